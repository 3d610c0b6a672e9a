"""Flows of people between macro-regions: where those of each hukou work, and how that changes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hinterland.data.regions import Regions
from hinterland.errors import DataError, Problem
from hinterland.report.charts.colours import ramp
from hinterland.report.charts.picture import Picture, data, finished
from hinterland.report.charts.theme import Spec
from hinterland.report.charts.words import (
    figure,
    finer,
    level_reading,
    no_choice,
    result_of,
    title_of,
    with_unit,
)
from hinterland.report.quantities import Reading
from hinterland.texts import text

WIDE, HIGH = 116, 62


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return workers by macro-region of hukou (rows) and of work (columns): the change, above before and after."""
    no_choice(variable, "flows")
    result = result_of(of)
    if not result.macro_regions:
        raise DataError(Problem("chart.no_macro_regions", {"name": result.scenario.economy.name}))
    table = result.flows.assign(more=result.flows["value"] - result.flows["baseline"])
    level = level_reading("million", lang, table["value"])
    change = finer(level, table["more"])
    regions = result.scenario.economy.regions
    shade = ramp([float(value) for value in change.factor * table["more"]], centred=True)
    rows = [
        {
            "home": regions.name(row["origin"], lang),
            "work": regions.name(row["destination"], lang),
            "value": change.factor * row["more"],
            "change": figure(change, row["more"], "+"),
            "levels": f"{figure(level, row['baseline'])} → {figure(level, row['value'])}",
            "ink": shade.ink(change.factor * row["more"]),
        }
        for row in table.to_dict("records")
    ]
    sentence = sentence_of(table, change, regions, lang)
    shown = pd.DataFrame(
        {
            text("column.hukou_in", lang): [row["home"] for row in rows],
            text("column.work_in", lang): [row["work"] for row in rows],
            **{
                f"{text(f'column.{column}', lang)} ({level.unit})": level.factor * table[key]
                for column, key in (("baseline", "baseline"), ("value", "value"), ("change", "more"))
            },
        }
    )
    title = text("chart.flows.title", lang)
    subtitle = text("chart.flows.subtitle", lang, scenario=title_of(result, lang), unit=level.unit)
    count = len(set(table["origin"]))
    return finished("flows", lang, title, subtitle, sentence, shown, body(rows, shade.scale(), lang, count), 560)


def sentence_of(table: pd.DataFrame, change: Reading, regions: Regions, lang: str) -> str:
    """Say which flow between macro-regions changes most each way; of one alone, or of none, that it is so."""
    away = table[table["origin"] != table["destination"]].sort_values("more")
    seen = away[away["more"].abs() >= change.least]
    if not len(seen):
        return text("chart.flows.still" if len(away) else "chart.flows.no_other", lang)
    shown = seen if len(seen) == 1 else away
    ends = [
        text(
            "chart.flows.move",
            lang,
            origin=regions.name(row["origin"], lang),
            destination=regions.name(row["destination"], lang),
            figure=with_unit(change, row["more"], "+"),
        )
        for row in (shown.iloc[-1].to_dict(), shown.iloc[0].to_dict())
    ]
    if len(seen) == 1:
        return text("chart.flows.one", lang, move=ends[0])
    return text("chart.flows.sentence", lang, most=ends[0], least=ends[1])


def body(rows: list[dict[str, Any]], scale: dict[str, Any], lang: str, count: int) -> Spec:
    """Return the layers of the matrix."""
    ends = {
        "x": {"field": "work", "type": "nominal", "sort": None, "title": text("column.work_in", lang)}
        | {"axis": {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False}},
        "y": {"field": "home", "type": "nominal", "sort": None, "title": text("column.hukou_in", lang)}
        | {"axis": {"domain": False, "ticks": False}},
    }
    words = [
        {
            "mark": {"type": "text", "dy": down, "fontSize": size},
            "encoding": {"text": {"field": field}, "color": {"field": "ink", "type": "nominal", "scale": None}},
        }
        for field, down, size in (("change", -8, 12.5), ("levels", 11, 10))
    ]
    colour = {"field": "value", "type": "quantitative", "scale": scale, "legend": None}
    return {
        "width": count * WIDE,
        "height": count * HIGH,
        "data": data(rows),
        "encoding": ends,
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 3, "cornerRadius": 4},
                "encoding": {"color": colour},
            },
            *words,
        ],
        "resolve": {"scale": {"color": "independent"}},
    }
