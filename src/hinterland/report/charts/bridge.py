"""The bridge: what each policy or channel adds, from nothing to the total; or from real GDP to what residents get."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from hinterland.errors import DataError, Problem
from hinterland.report.charts.picture import Picture, data, finished
from hinterland.report.charts.theme import DOWN, FAINT, TOTAL, UP, Spec
from hinterland.report.charts.words import (
    change_reading,
    chosen_variable,
    figure,
    finer,
    has_money,
    level_reading,
    name_of,
    part_names,
    resolved,
    result_of,
    title_of,
    with_unit,
)
from hinterland.report.quantities import Reading, in_unit
from hinterland.study.decompose import ERROR, VARIATION
from hinterland.study.run import Result
from hinterland.texts import listed, text

WAYS = ("policy", "channel", "gdp")
WIDTH, STEP = 380, 30


def draw(of: Any, variable: str | None, lang: str, *, by: str = "policy") -> Picture:
    """Return the bridge of an outcome (real GDP where none is named), by policy or by channel.

    `by`: policy, channel, or gdp: from the change of real GDP to residents' equivalent variation.
    """
    result = result_of(of)
    way = resolved(by, {key: [text(f"chart.bridge.by.{key}", of) for of in ("zh", "en")] for key in WAYS}, "chart.by")
    if way == "gdp":
        return from_gdp(result, variable, lang)
    table = result.decomposition if way == "policy" else result.channels
    columns = [str(name) for name in table if name != ERROR and table[name].notna().all()]
    chosen = chosen_variable(variable, columns, "real_gdp")
    values = [float(value) for value in table[chosen]]
    if chosen == VARIATION:
        read = level_reading("bn CNY a year", lang, values)
    else:
        rows = result.headline[result.headline["variable"] == chosen]
        unit = str(rows["unit"].iloc[0])
        read = change_reading(chosen, unit, lang, values)
    least, read = read.least, finer(read, values)
    parts = table.index
    labels = part_names(result, parts, lang, way == "policy")
    title = text(f"chart.bridge.title.{way}", lang, name=plain(name_of(chosen, lang)))
    return waterfall(list(zip(labels, values, strict=True)), read, title, title_of(result, lang), lang, least)


def plain(name: str) -> str:
    """Return a name without the unit in its brackets, which the axis says."""
    return name.partition("（")[0].partition(" (bn")[0]


def from_gdp(result: Result, variable: str | None, lang: str) -> Picture:
    """Return the way from real GDP to equivalent variation: each bar adds what the one before leaves out."""
    if variable is not None:
        raise DataError(Problem("chart.gdp_way", {"value": f"{variable!s:.60}"}))
    has_money(result, "bridge")
    values = [float(amount) for amount in result.bridge["amount"]]
    labels = [text(f"bridge.{item}", lang) for item in result.bridge["item"]]
    read = level_reading("bn CNY a year", lang, values)
    title = text("chart.bridge.title.gdp", lang)
    return waterfall(list(zip(labels, values, strict=True)), read, title, title_of(result, lang), lang)


def waterfall(
    parts: list[tuple[str, float]], read: Reading, title: str, subtitle: str, lang: str, least: float = 0.0
) -> Picture:
    """Return bars of which each begins where the one before ends; the last is the total, from zero.

    Where none is as large as `least` none is called the largest.
    """
    rows, reached = list[dict[str, Any]](), 0.0
    for place, (label, value) in enumerate(parts):
        last = place == len(parts) - 1
        start, end = (0.0, value) if last else (reached, reached + value)
        reached = end
        rows.append(
            {
                "part": label,
                "start": read.factor * start,
                "end": read.factor * end,
                "right": read.factor * max(start, end),
                "words": figure(read, value, "+"),
                "kind": "total" if last else "up" if value >= 0 else "down",
            }
        )
    for row, following in pairwise(rows):
        row["next"] = following["part"]
    single = sorted(parts[:-1], key=lambda part: -abs(part[1]))[:3]
    said = [text("chart.place_figure", lang, place=name, figure=with_unit(read, value, "+")) for name, value in single]
    still = all(abs(value) < least for _, value in parts)
    sentence = text(
        "chart.bridge.still" if still else "chart.bridge.sentence",
        lang,
        title=title,
        total=with_unit(read, parts[-1][1], "+"),
        parts=listed(said, lang),
    )
    head = in_unit(text("column.change", lang), read.unit, lang)
    shown = pd.DataFrame(
        {text("column.item", lang): [name for name, _ in parts], head: [read.factor * value for _, value in parts]}
    )
    return finished("bridge", lang, title, subtitle, sentence, shown, body(rows, head), 600)


def body(rows: list[dict[str, Any]], head: str) -> Spec:
    """Return the layers of a waterfall."""
    ends = [0.0, *(row[side] for row in rows for side in ("start", "end"))]
    room = (max(ends) - min(ends)) or 1.0
    scale = {"domain": [min(ends) - 0.03 * room, max(ends) + 0.16 * room], "nice": False}
    order = [row["part"] for row in rows]
    axis = {"domain": False, "ticks": False, "labelPadding": 6, "labelLimit": 330}
    down = {"field": "part", "type": "nominal", "sort": order, "title": None, "axis": axis}
    along = {"type": "quantitative", "scale": scale, "title": head, "axis": {"domain": False, "tickCount": 6}}
    kinds = {"domain": ["up", "down", "total"], "range": [UP, DOWN, TOTAL]}
    colour = {"field": "kind", "type": "nominal", "scale": kinds, "legend": None}
    return {
        "width": WIDTH,
        "height": {"step": STEP},
        "data": data(rows),
        "layer": [
            {"mark": {"type": "rule", "color": FAINT}, "encoding": {"x": {"datum": 0}}},
            {
                "mark": {"type": "bar", "height": 17},
                "encoding": {"y": down, "x": along | {"field": "start"}, "x2": {"field": "end"}, "color": colour},
            },
            {
                "transform": [{"filter": "isValid(datum.next)"}],
                "mark": {"type": "rule", "color": FAINT, "strokeDash": [2, 2]},
                "encoding": {"y": down, "y2": {"field": "next"}, "x": along | {"field": "end"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"y": down, "x": along | {"field": "right"}, "text": {"field": "words"}},
            },
        ],
    }
