"""Scenarios side by side: the change of each outcome of the nation, or of one outcome in each macro-region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hinterland.data.regions import NATION
from hinterland.errors import DataError, Problem
from hinterland.report.charts.picture import Picture, finished
from hinterland.report.charts.strips import stacked
from hinterland.report.charts.theme import INK, SERIES
from hinterland.report.charts.words import (
    change_reading,
    chosen_variable,
    finer,
    name_of,
    result_of,
    title_of,
    with_unit,
)
from hinterland.report.quantities import in_unit
from hinterland.report.tables import short_name
from hinterland.schema import outcomes
from hinterland.study.compare import check_base, check_count, unused
from hinterland.study.run import Result
from hinterland.texts import text


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return a dot plot of several runs of one base year, at most six: a list, or a mapping that gives them names."""
    runs = named(of, lang)
    first = next(iter(runs.values()))
    if variable is None:
        columns = [name for name in outcomes("sensitivity") if name in set(first.headline["variable"])]
        tables: dict[str, Any] = {name: run.headline.set_index("variable") for name, run in runs.items()}
        cells = [(name, name, NATION) for name in columns]
    else:
        places = first.macro_regions
        if not places:
            raise DataError(Problem("chart.no_macro_regions", {"name": first.scenario.economy.name}))
        known = list(dict.fromkeys(first.regions["variable"]))
        chosen = chosen_variable(variable, known, known[0])
        rows_of = {name: run.regions[run.regions["variable"] == chosen] for name, run in runs.items()}
        tables = {name: rows.set_index("region") for name, rows in rows_of.items()}
        cells = [(place, chosen, place) for place in places]
    rows, labels, shown = [], [], []
    for key, outcome, place in cells:
        changes = {name: float(table.loc[key, "change"]) for name, table in tables.items()}
        unit = str(next(iter(tables.values())).loc[key, "unit"])
        read = finer(change_reading(outcome, unit, lang, changes.values()), changes.values())
        what = short_name(outcome, lang) if variable is None else first.scenario.economy.regions.name(place, lang)
        labels.append(in_unit(what, read.unit, lang))
        rows.append([{"scenario": name, "value": read.factor * change} for name, change in changes.items()])
        shown.append([what, read.unit, *(read.factor * change for change in changes.values())])
        if len(shown) == 1:
            ends = sorted(changes, key=lambda name: changes[name])
            said = [with_unit(read, changes[name], "+") for name in (ends[-1], ends[0])]
            words = {"what": what, "most": ends[-1], "high": said[0], "least": ends[0], "low": said[1]}
    key = "single" if len(runs) == 1 else "alike" if words["high"] == words["low"] else "sentence"
    sentence = text(f"chart.compare.{key}", lang, **words)
    heads = [text("column.item", lang), text("column.unit", lang), *runs]
    title = (
        text("chart.compare.title", lang)
        if variable is None
        else text("chart.title.change", lang, name=name_of(chosen, lang))
    )
    subtitle = text("chart.compare.subtitle", lang, year=first.scenario.economy.year)
    body = stacked(labels, rows, [dots([*runs])], shared=variable is not None)
    return finished("compare", lang, title, subtitle, sentence, pd.DataFrame(shown, columns=heads), body, 520)


def named(given: Any, lang: str) -> dict[str, Result]:
    """Return runs by name, each checked, all of one base year; titles where no names are given."""
    if isinstance(given, Mapping):
        runs = {str(name): result_of(run) for name, run in given.items()}
    else:
        runs = {}
        several = isinstance(given, Iterable) and not isinstance(given, str | Result)
        for run in [result_of(entry) for entry in (given if several else [given])]:
            runs[unused(title_of(run, lang), runs)] = run
    check_count(len(runs))
    check_base({name: run.scenario.economy for name, run in runs.items()})
    return runs


def dots(names: list[str]) -> dict[str, Any]:
    """Return the dots of scenarios, told apart by colour and shape."""
    shapes = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
    legend = {"orient": "top", "direction": "vertical", "title": None, "labelLimit": 760, "symbolStrokeWidth": 1}
    colour = {"field": "scenario", "type": "nominal", "scale": {"domain": names, "range": list(SERIES[: len(names)])}}
    shape = {"field": "scenario", "type": "nominal", "scale": {"domain": names, "range": list(shapes[: len(names)])}}
    encoding = {"color": colour | {"legend": legend}, "shape": shape | {"legend": legend}}
    return {
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 0.95, "stroke": INK, "strokeWidth": 0.4},
        "encoding": {"x": {"field": "value"}, **encoding},
    }
