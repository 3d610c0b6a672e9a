"""The panel over time: an indicator of the macro-regions by year, the gap of East and West, the Theil index."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from hinterland import indicators, schema
from hinterland.data import panel as series_of
from hinterland.data.regions import DIVISIONS, MACRO_REGIONS, NATION, china
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, Problem, require_kind
from hinterland.report.charts.picture import Picture, data, finished
from hinterland.report.charts.theme import INK, SERIES, Spec
from hinterland.report.charts.words import chosen_variable, level_reading, name_of, with_unit
from hinterland.report.quantities import FINE, Reading, in_unit, number
from hinterland.study.run import Result
from hinterland.texts import text

PEOPLE, FIRST = "population_resident", "urbanization_rate"
ADD_UP = ("persons", "10k persons", "100m CNY", "10k USD", "count", "km", "km2")  # units of what is summed over places
EAST, WEST = "East", "West"
WIDTH, HIGH, LOW = 430, 220, 70
COLOURS = dict(zip((*MACRO_REGIONS["present"], NATION), (*SERIES[:4], INK), strict=True))


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return a series of the panel by macro-region and year: it is that of the provinces, whatever the year given.

    Rates and figures per head are weighted by residents, so that their years are those of which residents are known;
    totals are summed and have no Theil index. Years in which a province has no figure are left out.
    """
    economy = of.scenario.economy if isinstance(of, Result) else of
    if isinstance(economy, Economy) and not set(economy.domestic_codes) <= set(china().codes):
        raise DataError(Problem("chart.no_panel", {"name": economy.name}))
    if not isinstance(economy, Economy | int | None):
        require_kind(of, (Result, Economy), "result_economy_year")
    known = tuple(name for name in schema.variables() if years_of(name))
    chosen = chosen_variable(variable, known, FIRST)
    if len(years_of(chosen)) < 2:
        raise DataError(Problem("chart.few_years", {"name": name_of(chosen, lang), "count": len(years_of(chosen))}))
    table = by_year(chosen)
    read = level_reading(schema.variables()[chosen].unit, lang, table[NATION])
    names = {key: china().name(key, lang) for key in COLOURS}
    first, last = table.index[0], table.index[-1]
    sentence = text(
        f"chart.panel.{'sentence' if 'theil' in table else 'totals'}",
        lang,
        name=name_of(chosen, lang),
        first=first,
        last=last,
        before=with_unit(read, table.loc[first, NATION]),
        after=with_unit(read, table.loc[last, NATION]),
        gap_before=number(table.loc[first, "gap"], 2),
        gap_after=number(table.loc[last, "gap"], 2),
        theil_before=number(table["theil"].iloc[0], FINE) if "theil" in table else "",
        theil_after=number(table["theil"].iloc[-1], FINE) if "theil" in table else "",
    )
    title = text("chart.panel.title", lang, name=name_of(chosen, lang), first=first, last=last)
    subtitle = text(f"chart.panel.{'summed' if adds_up(chosen) else 'weighted'}", lang)
    shown = pd.DataFrame(
        {
            text("column.year", lang): table.index,
            **{in_unit(names[key], read.unit, lang): (read.factor * table[key]).tolist() for key in COLOURS},
            text("chart.panel.gap", lang): table["gap"].tolist(),
            **({text("chart.panel.theil", lang): table["theil"].tolist()} if "theil" in table else {}),
        }
    )
    return finished("panel", lang, title, subtitle, sentence, shown, body(table, read, names, lang), 560)


def adds_up(variable: str) -> bool:
    """Whether a series is summed over places; rates and figures per head are weighted by residents."""
    return schema.variables()[variable].unit in ADD_UP


def years_of(variable: str) -> list[int]:
    """Return the years in which every province has a figure, and residents to weight it by where it needs them."""
    years = set(series_of.full_years(variable))
    return sorted(years if adds_up(variable) else years & set(series_of.full_years(PEOPLE)))


@cache
def by_year(variable: str) -> pd.DataFrame:
    """Return a series by year: of the macro-regions and the nation, the ratio of East to West, and the Theil index."""
    codes, rows = list(china().codes), []
    macro = np.array([china().macro_region(code) for code in codes])
    for year in years_of(variable):
        value = series_of.series(variable, year)[codes].to_numpy(dtype=float)
        weight = np.ones(len(codes)) if adds_up(variable) else series_of.series(PEOPLE, year)[codes].to_numpy(float)
        row: dict[str, float] = {}
        for place in (*DIVISIONS["macro_region"], NATION):
            inside = np.ones(len(codes), dtype=bool) if place == NATION else macro == place
            total = float((value * weight)[inside].sum())
            row[place] = total if adds_up(variable) else total / float(weight[inside].sum())
        row["gap"] = row[EAST] / row[WEST] if row[WEST] else float("nan")
        if not adds_up(variable) and value.min() > 0:
            row["theil"] = sum(indicators.theil_within_between(value, weight, macro))
        rows.append(row)
    return pd.DataFrame(rows, index=years_of(variable)).dropna(axis=1)


def body(table: pd.DataFrame, read: Reading, names: dict[str, str], lang: str) -> Spec:
    """Return three panels over the same years: the lines of the places, the gap, the Theil index."""
    rows = [
        {"year": int(year), "place": names[key], "value": read.factor * float(table.loc[year, key])}
        for key in COLOURS
        for year in table.index
    ]
    colour = {"domain": list(names.values()), "range": list(COLOURS.values())}
    lines = {
        "width": WIDTH,
        "height": HIGH,
        "data": data(rows),
        "mark": {"type": "line", "point": {"size": 14}, "strokeWidth": 1.8},
        "encoding": {
            "x": across(table, labels=False),
            "y": {"field": "value", "type": "quantitative", "title": read.unit or None, "scale": {"zero": False}},
            "color": {"field": "place", "type": "nominal", "title": None, "scale": colour, "legend": {"orient": "top"}},
        },
    }
    below = [key for key in ("gap", "theil") if key in table]
    return {"vconcat": [lines, *(small(table, key, key == below[-1], lang) for key in below)], "spacing": 10}


def across(table: pd.DataFrame, labels: bool) -> Spec:
    """Return the axis of years."""
    ends = [int(table.index[0]), int(table.index[-1])]
    axis = {"format": "d", "tickMinStep": 1, "labels": labels, "ticks": labels, "grid": False}
    return {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": ends, "nice": False, "padding": 4},
        "axis": axis,
    }


def small(table: pd.DataFrame, key: str, last: bool, lang: str) -> Spec:
    """Return the panel of one measure of the gap."""
    rows = [{"year": int(year), "value": float(table.loc[year, key])} for year in table.index]
    axis = {"tickCount": 3, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "start", "titleX": 4, "titleY": -4}
    up = {"field": "value", "type": "quantitative", "title": text(f"chart.panel.{key}", lang), "axis": axis}
    return {
        "width": WIDTH,
        "height": LOW,
        "data": data(rows),
        "mark": {"type": "line", "point": {"size": 12}, "color": INK, "strokeWidth": 1.4},
        "encoding": {"x": across(table, labels=last), "y": up | {"scale": {"zero": False}}},
    }
