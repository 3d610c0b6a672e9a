"""Draw the rebuilt hukou matrix of 2010 against the true one: docs/figures/rebuilt_2010.svg.

    python tools/rebuilt_picture.py

Plain SVG, made by hand: one dot a cell of another province, on log axes, rounded to whole pixels.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.rebuilt_2010 import flow_of, gravity_fitted, home_gc, judged, truth
from hinterland.calibrate.ras import ras
from hinterland.data.units import MILLION

PICTURE = Path(__file__).parents[1] / "docs" / "figures" / "rebuilt_2010.svg"
LOW, HIGH = 3, 7  # powers of ten of workers; smaller cells are not drawn
SIDE, LEFT, TOP, GAP = 320, 70, 50, 60
COLOURS = {"fitted": "#0072B2", "recent": "#D55E00"}  # told apart by the colour-blind
HEADS = {"fitted": "exact margins + gravity", "recent": "matrix of 2005 + exact margins"}


def rebuilt() -> dict[str, FloatArray]:
    """Return workers by group and cell, million, of the two methods that are drawn."""
    true = truth()[1]
    rows, columns = true.sum(axis=1), true.sum(axis=0)
    return {"fitted": gravity_fitted(rows, columns, true)[0], "recent": ras(flow_of(2005), rows, columns)}


def dots(true: FloatArray, made: FloatArray) -> list[tuple[int, int]]:
    """Return the places of the dots in a panel, each once: true to the right, rebuilt upwards."""
    away = ~home_gc()
    pairs = np.stack([true[away], made[away]]) * MILLION
    pairs = pairs[:, (pairs >= 10**LOW).all(axis=0)]
    along, up = np.rint((np.log10(pairs) - LOW) / (HIGH - LOW) * SIDE).astype(int)
    return sorted(set(zip(along.tolist(), (SIDE - up).tolist(), strict=True)))


def label(power: int) -> str:
    """Write a power of ten as people read it."""
    return f"{10**power:,}" if power < 6 else f"{10 ** (power - 6)} m"


def words(x: float, y: float, said: str, anchor: str = "middle", more: str = "") -> str:
    """Return one text."""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{more}>{said}</text>'


def panel(key: str, left: int, true: FloatArray, made: FloatArray) -> list[str]:
    """Return one panel: frame, ticks, the line of equal values, dots."""
    known = judged(key, made)
    lines = [f'<g transform="translate({left},{TOP})">']
    lines.append(words(SIDE / 2, -26, HEADS[key], more=' font-weight="bold"'))
    lines.append(words(SIDE / 2, -9, f"correlation {known.correlation:.3f}, misplaced {known.misplaced:.1f} m"))
    lines.append(f'<path d="M0 0V{SIDE}H{SIDE}M0 {SIDE}L{SIDE} 0" fill="none" stroke="#666"/>')
    for power in range(LOW, HIGH + 1):
        at = (power - LOW) / (HIGH - LOW) * SIDE
        lines.append(f'<path d="M{at:g} {SIDE}v5M0 {SIDE - at:g}h-5" stroke="#666"/>')
        lines.append(words(at, SIDE + 18, label(power)))
        lines.append(words(-8, SIDE - at + 4, label(power), "end"))
    lines.append(words(SIDE / 2, SIDE + 38, "workers in the true cell, 2010"))
    middle = SIDE / 2
    lines.append(words(-59, middle, "workers in the rebuilt cell", more=f' transform="rotate(-90 -59 {middle:g})"'))
    path = "".join(f"M{x} {y}h0" for x, y in dots(true, made))
    style = f'fill="none" stroke="{COLOURS[key]}" stroke-width="3" stroke-linecap="round" stroke-opacity=".6"'
    return [*lines, f'<path class="dots" d="{path}" {style}/>', "</g>"]


def drawing() -> str:
    """Return the picture."""
    true = truth()[1]
    width, height = LEFT + 2 * SIDE + GAP + LEFT - 10, TOP + SIDE + 50
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12" fill="#222" role="img">',
        "<title>The hukou matrix of 2010: rebuilt against true, cells of other provinces</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (key, made) in enumerate(rebuilt().items()):
        lines += panel(key, LEFT + number * (SIDE + GAP + 20), true, made)
    return "\n".join([*lines, "</svg>", ""])


def main() -> None:
    """Draw, write."""
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawing(), encoding="utf-8")


if __name__ == "__main__":
    main()
