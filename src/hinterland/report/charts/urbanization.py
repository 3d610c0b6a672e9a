"""In place or away: who leaves farm or village in the own province, near by, or for another macro-region."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hinterland.errors import DataError, Problem
from hinterland.report.charts.panels import Quantity, beside
from hinterland.report.charts.picture import Picture, finished
from hinterland.report.charts.places import moved
from hinterland.report.charts.words import (
    digits_for,
    largest,
    no_choice,
    result_of,
    title_of,
    with_unit,
)
from hinterland.report.quantities import Reading, in_unit
from hinterland.texts import text

SHOWN = ("workers_in_place", "workers_within_macro_region", "workers_across")


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return the change of workers moved in place, near by and across, by macro-region of their hukou."""
    no_choice(variable, "urbanization")
    result = result_of(of)
    places = result.macro_regions
    if not places:
        raise DataError(Problem("chart.no_macro_regions", {"name": result.scenario.economy.name}))
    names = [result.scenario.economy.regions.name(place, lang) for place in places]
    found = [moved(result, key, places, lang) for key in SHOWN]
    digits = 1 + digits_for(max(read.factor * largest(values) for read, values in found))
    quantities = [
        Quantity(text(f"chart.urbanization.{key}", lang), Reading(read.factor, read.unit, digits), values)
        for key, (read, values) in zip(SHOWN, found, strict=True)
    ]
    totals = [with_unit(of.reading, sum(of.values), "+") for of in quantities]
    sentence = text("chart.urbanization.sentence", lang, in_place=totals[0], near=totals[1], across=totals[2])
    shown = pd.DataFrame(
        {
            text("column.hukou_in", lang): names,
            **{
                in_unit(of.title, of.reading.unit, lang): [of.reading.factor * value for value in of.values]
                for of in quantities
            },
        }
    )
    title, subtitle = text("chart.urbanization.title", lang), title_of(result, lang)
    body = beside(names, quantities, 190, lang, shared=True)
    return finished("urbanization", lang, title, subtitle, sentence, shown, body, 640)
