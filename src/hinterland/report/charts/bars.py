"""Regions as bars, in the order of their numbers: where there is no map of them."""

from __future__ import annotations

from hinterland.report.charts.colours import ramp
from hinterland.report.charts.mapped import Mapped
from hinterland.report.charts.picture import data
from hinterland.report.charts.theme import Spec
from hinterland.report.charts.words import figure
from hinterland.report.quantities import in_unit
from hinterland.texts import text

MOST = 40  # bars that can be read
WIDTH, STEP = 360, 17


def body(what: Mapped, lang: str) -> Spec:
    """Return the layers of bars: all regions, or the highest and the lowest where they are many."""
    order = sorted(what.values, key=lambda code: -what.values[code])
    shown = order if len(order) <= MOST else order[: MOST // 2] + order[-MOST // 2 :]
    scaled, colours = what.scaled, ramp(list(what.scaled.values()), bool(what.sign))
    rows = [
        {
            "code": code,
            "place": what.regions.name(code, lang),
            "value": scaled[code],
            "words": figure(what.reading, what.values[code], what.sign),
            "align": "left" if scaled[code] >= 0 else "right",
        }
        for code in shown
    ]
    number = in_unit(text(f"chart.legend.{'change' if what.sign else 'level'}", lang), what.reading.unit, lang)
    down = {"field": "place", "type": "nominal", "sort": None, "title": None}
    along = {"field": "value", "type": "quantitative", "title": number, "scale": {"zero": True}}
    colour = {"field": "value", "type": "quantitative", "scale": colours.scale(), "legend": None}
    beside = [
        {
            "transform": [{"filter": f"datum.align === '{side}'"}],
            "mark": {"type": "text", "align": side, "dx": 4 if side == "left" else -4, "fontSize": 10},
            "encoding": {"text": {"field": "words"}},
        }
        for side in ("left", "right")
    ]
    return {
        "width": WIDTH,
        "height": {"step": STEP},
        "data": data(rows),
        "encoding": {"y": down, "x": along},
        "layer": [
            {"mark": {"type": "bar", "stroke": "#bbbbbb", "strokeWidth": 0.5}, "encoding": {"color": colour}},
            *beside,
        ],
    }
