"""Rank and size: how urban people are spread over places, on log axes, beside the line of the rank-size rule."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from hinterland import indicators
from hinterland.data import panel
from hinterland.data.regions import Regions, china
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, Problem
from hinterland.policy.target_figures import figures
from hinterland.report.charts.picture import Picture, data, finished
from hinterland.report.charts.theme import DOWN, UP, Spec
from hinterland.report.charts.words import level_reading, no_choice, with_unit
from hinterland.report.quantities import Reading, in_unit, number
from hinterland.study.run import Result
from hinterland.texts import text

RIGHT, LEFT = (0, 1, 2), (4, 8)  # places from the largest whose names have room beside the dots, and the last
LEAST = 3  # places that make a line


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return the urban residents of every place by rank: of an Economy, of a Result's base year, or of a year."""
    no_choice(variable, "rank_size")
    sizes, regions, year = sizes_of(of)
    if len(sizes) < LEAST:
        raise DataError(Problem("chart.few_places", {"found": len(sizes), "least": LEAST}))
    order = sorted(sizes, key=lambda code: -sizes[code])
    people_n = np.array([sizes[code] for code in order])
    exponent, first = indicators.rank_size_exponent(people_n), indicators.primacy(people_n)
    read = level_reading("persons", lang, people_n)
    right = {*RIGHT, len(order) - 1}
    rows = [
        {
            "rank": rank + 1,
            "size": read.factor * sizes[code],
            "right": regions.name(code, lang) if rank in right else "",
            "left": regions.name(code, lang) if rank in set(LEFT) - right else "",
        }
        for rank, code in enumerate(order)
    ]
    sentence = text(
        "chart.rank_size.sentence",
        lang,
        largest=regions.name(order[0], lang),
        figure=with_unit(read, sizes[order[0]]),
        share=f"{number(100 * first, 1)} %",
        exponent=number(exponent, 2),
    )
    title = text("chart.rank_size.title", lang, year=year)
    subtitle = text("chart.rank_size.subtitle", lang, exponent=number(exponent, 2))
    size = in_unit(text("chart.rank_size.size", lang), read.unit, lang)
    shown = pd.DataFrame(
        {
            text("chart.rank_size.rank", lang): range(1, len(order) + 1),
            text("column.region", lang): [regions.name(code, lang) for code in order],
            size: read.factor * people_n,
        }
    )
    body = layers(rows, fitted(people_n, exponent, read), size, text("chart.rank_size.rank", lang))
    return finished("rank_size", lang, title, subtitle, sentence, shown, body, 500)


def sizes_of(of: Any) -> tuple[dict[str, float], Regions, int]:
    """Return urban residents by region that has any, persons, with the regions and the year."""
    if isinstance(of, Result | Economy):
        economy = of.scenario.economy if isinstance(of, Result) else of
        found = figures(economy, "urbanization_rate")
        if found is None:
            raise DataError(Problem("chart.no_towns", {"name": economy.name}))
        people = 1e6 * np.asarray(found.above_n) / 100
        numbers = dict(zip(economy.domestic_codes, people.tolist(), strict=True))
        return {code: size for code, size in numbers.items() if size > 0}, economy.regions, economy.year
    year = panel.full_years("urbanization_rate")[-1] if of is None else panel.whole_year(of)
    rate, residents = panel.series("urbanization_rate", year), panel.series("population_resident", year)
    urban = (1e4 * residents * rate / 100).dropna()
    return {str(code): float(size) for code, size in urban.items()}, china(), year


def fitted(people_n: Any, exponent: float, read: Reading) -> list[dict[str, float]]:
    """Return the ends of the line of the rank-size rule: log rank falls by the exponent times log size."""
    log_size = np.log(people_n)
    level = float(np.mean(np.log(np.arange(1, len(people_n) + 1) - 0.5) + exponent * log_size))
    ends = (float(log_size.min()), float(log_size.max()))
    return [{"size": read.factor * math.exp(end), "rank": 0.5 + math.exp(level - exponent * end)} for end in ends]


def layers(rows: list[dict[str, Any]], line: list[dict[str, float]], size: str, rank: str) -> Spec:
    """Return the layers: the line, the places, the names that have room."""
    ends = [row["size"] for row in rows]
    across = {
        "field": "size",
        "type": "quantitative",
        "title": size,
        "scale": {"type": "log", "domain": [min(ends) / 1.25, max(ends) * 1.6], "nice": False},
        "axis": {"format": ",~r", "tickCount": 5},
    }
    up = {
        "field": "rank",
        "type": "quantitative",
        "title": rank,
        "scale": {"type": "log", "domain": [len(rows) * 1.3, 0.8], "nice": False},
        "axis": {"format": "d", "values": [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]},
    }
    sides = {"x": across, "y": up}
    return {
        "width": 420,
        "height": 300,
        "layer": [
            {
                "data": data(line),
                "mark": {"type": "line", "color": DOWN, "strokeDash": [5, 3], "clip": True},
                "encoding": sides,
            },
            {
                "data": data(rows),
                "mark": {"type": "point", "filled": True, "size": 45, "color": UP, "opacity": 1},
                "encoding": sides,
            },
            *(
                {
                    "data": data(rows),
                    "mark": {"type": "text", "align": align, "dx": shift},
                    "encoding": sides | {"text": {"field": side}},
                }
                for side, align, shift in (("right", "left", 8), ("left", "right", -8))
            ),
        ],
    }
