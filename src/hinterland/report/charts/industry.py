"""Where industry goes: workers outside agriculture and real GDP, by macro-region."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hinterland.report.charts.panels import Quantity, beside
from hinterland.report.charts.picture import Picture, finished
from hinterland.report.charts.places import moved, places_of
from hinterland.report.charts.words import name_of, no_choice, result_of, title_of, with_and, with_unit
from hinterland.report.quantities import in_unit
from hinterland.texts import text

SHOWN = ("workers_nonag", "real_gdp")


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return the change of workers outside agriculture and of real GDP by macro-region, else by region."""
    no_choice(variable, "industry")
    result = result_of(of)
    places = places_of(result, SHOWN[0])
    names = [result.scenario.economy.regions.name(place, lang) for place in places]
    quantities = [Quantity(name_of(key, lang), *moved(result, key, places, lang)) for key in SHOWN]
    first = quantities[0]
    said = {
        up: [
            text("chart.place_figure", lang, place=name, figure=with_unit(first.reading, value, "+"))
            for name, value in zip(names, first.values, strict=True)
            if (value > 0) == up
        ]
        for up in (True, False)
    }
    key = "sentence" if said[True] and said[False] else "up" if said[True] else "down"
    sentence = text(f"chart.industry.{key}", lang, up=with_and(said[True], lang), down=with_and(said[False], lang))
    shown = pd.DataFrame(
        {
            text("column.region", lang): names,
            **{
                in_unit(of.title, of.reading.unit, lang): [of.reading.factor * value for value in of.values]
                for of in quantities
            },
        }
    )
    title = text("chart.industry.title", lang)
    body = beside(names, quantities, 230, lang)
    return finished("industry", lang, title, title_of(result, lang), sentence, shown, body, 560)
