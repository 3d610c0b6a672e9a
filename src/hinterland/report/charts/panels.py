"""Bars by place, one panel a quantity, beside each other: what several pictures of changes share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from hinterland.report.charts.picture import data
from hinterland.report.charts.theme import DOWN, FAINT, LABEL_SIZE, UP, Spec, lines, width_of
from hinterland.report.charts.words import figure
from hinterland.report.quantities import Reading, in_unit

STEP = 30
BESIDE = 12  # pixels between a bar, its figure and what stands next to it


class Quantity(NamedTuple):
    """One panel: what is drawn, by place in order, and how it is read."""

    title: str
    reading: Reading
    values: Sequence[float]


def beside(places: Sequence[str], quantities: Sequence[Quantity], width: int, lang: str, shared: bool = False) -> Spec:
    """Return panels beside each other, the names of the places at the first; `shared` puts them on one scale."""
    return {
        "hconcat": [
            panel(places, of, width, lang, quantities if shared else (of,), first=not place)
            for place, of in enumerate(quantities)
        ],
        "spacing": 26,
    }


def ends(together: Sequence[Quantity], width: int) -> list[float]:
    """Return the ends of a scale that leave room for the widest figure beyond the longest bar of either sign."""
    seen = [of.reading.factor * value for of in together for value in of.values]
    words = [figure(of.reading, value, "+") for of in together for value in of.values]
    room = BESIDE + max(width_of(each, LABEL_SIZE) for each in words)
    low, high = min(*seen, 0.0), max(*seen, 0.0)
    unit = ((high - low) or 1.0) / (width - room * ((low < 0) + (high > 0)))  # a pixel
    return [low - (room * unit if low < 0 else 0.0), high + (room * unit if high > 0 else 0.0)]


def panel(
    places: Sequence[str], quantity: Quantity, width: int, lang: str, together: Sequence[Quantity], first: bool
) -> Spec:
    """Return the bars of one quantity with their figures; `together` are all that share its scale."""
    read = quantity.reading
    rows: list[dict[str, Any]] = [
        {"place": place, "value": read.factor * value, "words": figure(read, value, "+"), "up": bool(value >= 0)}
        for place, value in zip(places, quantity.values, strict=True)
    ]
    axis = {"domain": False, "ticks": False, "labels": first, "labelPadding": 8}
    down = {"field": "place", "type": "nominal", "sort": None, "title": None, "axis": axis}
    scale = {"domain": ends(together, width), "nice": False}
    along = {"field": "value", "type": "quantitative", "axis": None, "scale": scale}
    colour = {"condition": {"test": "datum.value < 0", "value": DOWN}, "value": UP}
    return {
        "width": width,
        "height": {"step": STEP},
        "data": data(rows),
        "title": {
            "text": lines(in_unit(quantity.title, read.unit, lang), width, 11.5),
            "fontSize": 11.5,
            "fontWeight": "normal",
            "offset": 6,
        },
        "layer": [
            {"mark": {"type": "bar", "height": 17}, "encoding": {"y": down, "x": along, "color": colour}},
            {"mark": {"type": "rule", "color": FAINT}, "encoding": {"x": {"datum": 0, "axis": None}}},
            *(
                {
                    "transform": [{"filter": f"{'' if up else '!'}datum.up"}],
                    "mark": {"type": "text", "align": "left" if up else "right", "dx": 5 if up else -5},
                    "encoding": {"y": down, "x": along, "text": {"field": "words"}},
                }
                for up in (True, False)
            ),
        ],
    }
