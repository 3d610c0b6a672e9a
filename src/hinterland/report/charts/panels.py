"""Bars by place, one panel a quantity, beside each other: what several pictures of changes share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from hinterland.report.charts.picture import data
from hinterland.report.charts.theme import DOWN, FAINT, UP, Spec, lines
from hinterland.report.charts.words import figure
from hinterland.report.quantities import Reading, in_unit

STEP = 30
ROOM = 0.36  # of the bars, for figures beyond their ends


class Quantity(NamedTuple):
    """One panel: what is drawn, by place in order, and how it is read."""

    title: str
    reading: Reading
    values: Sequence[float]


def beside(places: Sequence[str], quantities: Sequence[Quantity], width: int, lang: str, shared: bool = False) -> Spec:
    """Return panels beside each other, the names of the places at the first; `shared` puts them on one scale."""
    together = [of.reading.factor * value for of in quantities for value in of.values]
    return {
        "hconcat": [
            panel(places, of, width, lang, together if shared else (), first=not place)
            for place, of in enumerate(quantities)
        ],
        "spacing": 26,
    }


def panel(
    places: Sequence[str], quantity: Quantity, width: int, lang: str, together: Sequence[float], first: bool
) -> Spec:
    """Return the bars of one quantity with their figures; `together` are all that share its scale."""
    read = quantity.reading
    rows: list[dict[str, Any]] = [
        {"place": place, "value": read.factor * value, "words": figure(read, value, "+"), "up": bool(value >= 0)}
        for place, value in zip(places, quantity.values, strict=True)
    ]
    seen = together or [row["value"] for row in rows]
    room = ROOM * (max(*seen, 0.0) - min(*seen, 0.0) or 1.0)
    ends = [min(*seen, 0.0) - (room if min(seen) < 0 else 0.0), max(*seen, 0.0) + (room if max(seen) > 0 else 0.0)]
    axis = {"domain": False, "ticks": False, "labels": first, "labelPadding": 8}
    down = {"field": "place", "type": "nominal", "sort": None, "title": None, "axis": axis}
    along = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": ends, "nice": False}}
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
