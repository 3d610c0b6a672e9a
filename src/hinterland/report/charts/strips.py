"""Strips: one row an outcome, each on a scale of its own, with zero marked; for numbers of different units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hinterland.report.charts.picture import data
from hinterland.report.charts.theme import FAINT, LABEL_SIZE, Spec, lines, width_of

WIDTH, HEIGHT = 380, 34
BROKEN = "split(datum.label, '\\n')"  # an axis breaks no label by itself


def stacked(
    labels: Sequence[str], rows: Sequence[Sequence[dict[str, Any]]], marks: Sequence[Spec], shared: bool = False
) -> Spec:
    """Return a strip for each label: `rows` hold its data with `low`, `high` or `value`, `marks` are drawn on it.

    `shared` puts all on one scale, where they are of one unit.
    """
    wide = min(210.0, max(width_of(label, LABEL_SIZE) for label in labels))
    return {
        "vconcat": [
            strip(label, of, [row for each in rows for row in each] if shared else of, marks, wide)
            for label, of in zip(labels, rows, strict=True)
        ],
        "spacing": 10,
    }


def strip(
    label: str,
    rows: Sequence[dict[str, Any]],
    together: Sequence[dict[str, Any]],
    marks: Sequence[Spec],
    wide: float,
) -> Spec:
    """Return one strip; `together` share a scale. The legends of strips are one, being alike."""
    scale = {"domain": domain(together), "nice": False}
    axis = {"tickCount": 5, "domain": False, "grid": True, "labelFontSize": 9.5, "ticks": False}
    along = {"type": "quantitative", "scale": scale, "title": None, "axis": axis}
    beside = {
        "datum": "\n".join(lines(label, wide + 4, LABEL_SIZE)),
        "type": "nominal",
        "title": None,
        "axis": {"domain": False, "ticks": False, "labelPadding": 10, "minExtent": wide + 14, "labelExpr": BROKEN},
    }
    zero = {"mark": {"type": "rule", "color": FAINT}, "encoding": {"x": along | {"datum": 0}}}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": data(rows),
        "layer": [
            zero,
            *(
                {**mark, "encoding": {**mark["encoding"], "y": beside, "x": along | mark["encoding"]["x"]}}
                for mark in marks
            ),
        ],
    }


def domain(together: Sequence[dict[str, Any]]) -> list[float]:
    """Return the ends of the scale of some strips: zero and all their numbers, with room for words on either side."""
    ends = [0.0, *(row[key] for row in together for key in ("low", "high", "value") if row.get(key) is not None)]
    room = (max(ends) - min(ends)) or 1.0
    return [min(ends) - 0.14 * room, max(ends) + 0.14 * room]
