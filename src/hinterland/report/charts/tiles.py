"""Provinces as tiles of one size: where each lies, roughly, and no boundary; what has no number is hatched."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from hinterland.report.charts.colours import Ramp, ramp
from hinterland.report.charts.mapped import Mapped
from hinterland.report.charts.picture import data
from hinterland.report.charts.theme import FAINT, INK, LABEL_SIZE, Spec
from hinterland.report.charts.words import figure
from hinterland.report.quantities import in_unit
from hinterland.texts import text

SIDE = 62  # pixels
GAP = 0.035  # of a tile, on each side
HATCHES = 5  # lines in a tile, either side of its diagonal
SIZES = {"zh": 11.5, "en": 10}  # of letters
LEGEND = (0.0, 6.3, 0.42)  # where "no data" is explained: column, row, and side of the square


class Tile(NamedTuple):
    """A province, its cell counted from the north-west, and the short name that stands on it."""

    code: str
    column: int
    row: int
    zh: str
    en: str


@cache
def tiles() -> dict[str, Tile]:
    """Return the tile of every province by code, from `schema/tiles.csv`."""
    lines = files("hinterland").joinpath("schema", "tiles.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines)
    return {row["code"]: Tile(row["code"], int(row["column"]), int(row["row"]), row["zh"], row["en"]) for row in rows}


@dataclass(frozen=True)
class Coloured:
    """A province with its tile, and the number, the colour and the ink that a map of tiles gives it."""

    code: str
    column: int
    row: int
    name: str
    value: float | None  # in the unit in which it is read
    words: str
    colour: str
    ink: str


def coloured(what: Mapped, lang: str, ramp_of: Ramp | None = None) -> list[Coloured]:
    """Return every tile of a map with the number and the colours that `body` draws; without them where there is none.

    `ramp_of` is a scale of colours that several maps share, such as those of one series over the years.
    """
    known = what.scaled
    colours = ramp_of or ramp(list(known.values()), bool(what.sign))
    return [
        Coloured(
            tile.code,
            tile.column,
            tile.row,
            tile.zh if lang == "zh" else tile.en,
            known.get(tile.code),
            figure(what.reading, what.values[tile.code], what.sign) if tile.code in known else "",
            colours.code(known[tile.code]) if tile.code in known else "",
            colours.ink(known[tile.code]) if tile.code in known else INK,
        )
        for tile in tiles().values()
    ]


def body(what: Mapped, lang: str) -> Spec:
    """Return the layers of a tile map."""
    known = what.scaled
    colours = ramp(list(known.values()), bool(what.sign))
    columns, rows = extent()
    full = [{**square(tile), "value": known[tile.code]} for tile in tiles().values() if tile.code in known]
    empty = [tile for tile in tiles().values() if tile.code not in known]
    words = [
        word
        for tile in tiles().values()
        for word in on_tile(
            tile,
            lang,
            figure(what.reading, what.values[tile.code], what.sign) if tile.code in known else "",
            colours.ink(known[tile.code]) if tile.code in known else INK,
        )
    ]
    legend = {
        "title": in_unit(text(f"chart.legend.{'change' if what.sign else 'level'}", lang), what.reading.unit, lang),
        "orient": "none",
        "direction": "horizontal",
        "legendX": 16,  # room for half of the first label
        "legendY": 4,
        "gradientLength": 2.7 * SIDE,
        "tickCount": 4,
    }
    colour = {"field": "value", "type": "quantitative", "scale": colours.scale(), "legend": legend}
    return {
        "width": columns * SIDE,
        "height": rows * SIDE,
        "layer": [
            {"data": data(full), "mark": {"type": "rect", "cornerRadius": 3}, "encoding": sides() | {"color": colour}},
            *hatched(empty, lang),
            {"data": data(words), "mark": {"type": "text"}, "encoding": lettering(lang)},
        ],
        "resolve": {"scale": {"x": "shared", "y": "shared"}},
    }


def place(field: str, most: float, upwards: bool = False) -> Spec:
    """Return where a mark stands in the grid: one cell is one unit, rows are counted downwards."""
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [most, 0] if upwards else [0, most], "nice": False, "zero": False},
    }


def extent() -> tuple[int, int]:
    """Return columns and rows of the grid."""
    columns, rows = (1 + max(getattr(tile, side) for tile in tiles().values()) for side in ("column", "row"))
    return columns, rows


def sides() -> Spec:
    """Return the encoding of something from x to x2 and y to y2."""
    columns, rows = extent()
    return {"x": place("x", columns), "y": place("y", rows, True), "x2": {"field": "x2"}, "y2": {"field": "y2"}}


def lettering(lang: str) -> Spec:
    """Return the encoding of words, whose colour stands in the data."""
    columns, rows = extent()
    return {
        "x": place("x", columns),
        "y": place("y", rows, True),
        "text": {"field": "words"},
        "color": {"field": "ink", "type": "nominal", "scale": None},
        "size": {"value": SIZES[lang]},
    }


def square(tile: Tile) -> dict[str, Any]:
    """Return the sides of a tile."""
    return corners(tile.column, tile.row)


def corners(column: float, row: float, side: float = 1.0) -> dict[str, Any]:
    """Return the sides of a square in the grid."""
    return {"x": column + GAP, "x2": column + side - GAP, "y": row + GAP, "y2": row + side - GAP}


def on_tile(tile: Tile, lang: str, number: str, ink: str) -> Iterable[dict[str, Any]]:
    """Yield the words on a tile: its name, and its number below."""
    for words, down in ((tile.zh if lang == "zh" else tile.en, 0.34), (number, 0.66)):
        yield {"x": tile.column + 0.5, "y": tile.row + down, "words": words, "ink": ink}


def hatched(empty: Sequence[Tile], lang: str) -> list[Spec]:
    """Return the layers of tiles without a number: outline and hatching, and what they mean."""
    if not empty:
        return []
    column, row, side = LEGEND
    squares = [*map(square, empty), corners(column, row, side)]
    lines = [line for of in squares for line in hatching(of)]
    words = {"x": column + side + 0.1, "y": row + side / 2, "words": text("chart.no_data", lang)}
    columns, rows = extent()
    at = {"x": place("x", columns), "y": place("y", rows, True)}
    return [
        {
            "data": data(squares),
            "mark": {"type": "rect", "fill": "#fafafa", "stroke": FAINT, "strokeWidth": 0.8, "cornerRadius": 3},
            "encoding": sides(),
        },
        {"data": data(lines), "mark": {"type": "rule", "color": "#cfcfcf", "strokeWidth": 1}, "encoding": sides()},
        {
            "data": data([words]),
            "mark": {"type": "text", "align": "left", "fontSize": LABEL_SIZE},
            "encoding": at | {"text": {"field": "words"}},
        },
    ]


def hatching(square: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield the lines across a square, from its lower left to its upper right."""
    left, right, top, bottom = square["x"], square["x2"], square["y"], square["y2"]
    wide = right - left
    count = max(3, round(HATCHES * wide))
    for part in range(1, 2 * count):
        along = wide * part / count
        yield {
            "x": left + max(0.0, along - wide),
            "y": top + min(along, wide),
            "x2": left + min(along, wide),
            "y2": top + max(0.0, along - (bottom - top)),
        }
