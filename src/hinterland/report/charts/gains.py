"""Who gains and loses, and by what: equivalent variation by part, stacked, with its sum."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hinterland.report.charts.picture import Picture, data, finished
from hinterland.report.charts.theme import FAINT, INK, LABEL_SIZE, SERIES, Spec, width_of
from hinterland.report.charts.words import (
    figure,
    has_money,
    level_reading,
    no_choice,
    result_of,
    title_of,
    with_and,
    with_unit,
)
from hinterland.report.money import who_name
from hinterland.report.quantities import in_unit
from hinterland.study.columns import PARTS
from hinterland.texts import text

WIDTH, STEP = 430, 24


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return equivalent variation a year by part, for every way to divide people; an economy without money has none."""
    no_choice(variable, "gains")
    result = result_of(of)
    has_money(result, "gains")
    table, regions = result.gains, result.scenario.economy.regions
    read = level_reading("bn CNY a year", lang, table["variation"])
    groups = [
        {
            "dimension": text(f"dimension.{row['by']}", lang),
            "who": who_name(str(row["by"]), str(row["key"]), lang, regions),
            **row,
        }
        for row in table.rename(columns={"dimension": "by", "who": "key"}).to_dict("records")
    ]
    shown_parts = [part for part in PARTS if table[part].abs().max() > 1e-3 * table["variation"].abs().max()]
    rows = [
        {
            "dimension": group["dimension"],
            "who": group["who"],
            "part": text(f"column.{part}", lang),
            "order": order,
            "value": read.factor * group[part],
        }
        for group in groups
        for order, part in enumerate(shown_parts)
    ]
    sums = [
        {
            "dimension": group["dimension"],
            "who": group["who"],
            "sum": read.factor * group["variation"],
            "words": figure(read, group["variation"], "+"),
            "end": read.factor * sum(max(0.0, group[part]) for part in shown_parts),
        }
        for group in groups
    ]
    shown = pd.DataFrame(
        {
            text("column.dimension", lang): [group["dimension"] for group in groups],
            text("column.who", lang): [group["who"] for group in groups],
            **{in_unit(text(f"column.{part}", lang), read.unit, lang): read.factor * table[part] for part in PARTS},
            in_unit(text("chart.gains.sum", lang), read.unit, lang): read.factor * table["variation"],
        }
    )
    first = [group for group in groups if group["by"] == groups[0]["by"]]
    said = [
        text("chart.place_figure", lang, place=group["who"], figure=with_unit(read, group["variation"], "+"))
        for group in first
    ]
    total = sum(group["variation"] for group in first)
    sentence = text("chart.gains.sentence", lang, total=with_unit(read, total, "+"), groups=with_and(said, lang))
    title, subtitle = (
        text("chart.gains.title", lang),
        text("chart.gains.subtitle", lang, scenario=title_of(result, lang)),
    )
    body = stacked(rows, sums, [text(f"column.{part}", lang) for part in shown_parts], read.unit, lang)
    return finished("gains", lang, title, subtitle, sentence, shown, body, 640)


def stacked(rows: list[dict[str, Any]], sums: list[dict[str, Any]], parts: list[str], unit: str, lang: str) -> Spec:
    """Return a block of bars for each way to divide people, on one scale, with a diamond at the sum."""
    ends = [sum(min(0.0, row["value"]) for row in rows if row["who"] == of["who"]) for of in sums]
    low, high = min(*ends, 0.0), max(*(of["end"] for of in sums), 0.0)
    room = 0.02 * (high - low)
    scale = {"domain": [low - room, high + 0.16 * (high - low)], "nice": False}
    blocks = list(dict.fromkeys(of["dimension"] for of in sums))
    colour = {
        "field": "part",
        "type": "nominal",
        "sort": parts,
        "title": None,
        "scale": {"domain": parts, "range": list(SERIES[: len(parts)])},
        "legend": {"orient": "bottom", "columns": 5, "symbolType": "square"},
    }
    label_width = 8 + max(width_of(of["who"], LABEL_SIZE) for of in sums)
    found = []
    for block in blocks:
        last = block == blocks[-1]
        along = {
            "field": "value",
            "type": "quantitative",
            "scale": scale,
            "title": in_unit(text("chart.gains.sum", lang), unit, lang) if last else None,
            "axis": {"labels": last, "ticks": last, "domain": False, "tickCount": 6},
        }
        down = {
            "field": "who",
            "type": "nominal",
            "sort": None,
            "title": None,
            "axis": {"domain": False, "ticks": False, "minExtent": label_width},
        }
        found.append(
            {
                "width": WIDTH,
                "height": {"step": STEP},
                "title": {"text": block, "fontSize": 11.5, "offset": 3, "frame": "bounds"},
                "layer": [
                    {
                        "data": data([row for row in rows if row["dimension"] == block]),
                        "mark": {"type": "bar", "height": 15},
                        "encoding": {"y": down, "x": along, "color": colour, "order": {"field": "order"}},
                    },
                    {"mark": {"type": "rule", "color": FAINT}, "encoding": {"x": {"datum": 0}}},
                    {
                        "data": data([of for of in sums if of["dimension"] == block]),
                        "mark": {"type": "point", "shape": "diamond", "size": 70, "filled": True}
                        | {"color": "#ffffff", "stroke": INK, "strokeWidth": 1.5, "opacity": 1},
                        "encoding": {"y": down, "x": along | {"field": "sum"}},
                    },
                    {
                        "data": data([of for of in sums if of["dimension"] == block]),
                        "mark": {"type": "text", "align": "left", "dx": 6},
                        "encoding": {"y": down, "x": along | {"field": "end"}, "text": {"field": "words"}},
                    },
                ],
            }
        )
    return {"vconcat": found, "spacing": 12}
