"""How sure: each outcome under the default elasticities, with the lowest and the highest under others."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from hinterland.report.changes import seen, signs_that_turn
from hinterland.report.charts.picture import Picture, finished
from hinterland.report.charts.strips import WIDTH, domain, stacked
from hinterland.report.charts.theme import BAND, DOWN, INK, UP, width_of
from hinterland.report.charts.words import (
    change_reading,
    chosen_variable,
    figure,
    finer,
    name_of,
    result_of,
    title_of,
    with_and,
)
from hinterland.report.quantities import Reading, in_unit
from hinterland.report.tables import parameter_name, short_name
from hinterland.schema import outcomes
from hinterland.study.run import Result
from hinterland.texts import text

ABOUT_ZERO = "\N{ALMOST EQUAL TO}0"
DEFAULT = "default"
SIZE, BESIDE = 10, 5  # pixels of letters, and between words and what they are of


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return the range of every outcome over the elasticities; of one outcome, by elasticity, where one is named."""
    result = result_of(of)
    table: Any = result.sensitivity.set_index("parameter")
    known = [name for name in outcomes("sensitivity") if name in table]
    if variable is not None:
        return of_one(result, table, chosen_variable(variable, known, known[0]), lang)
    turning = [name_of(name, lang) for name in signs_that_turn(result.sensitivity)]
    words, shown, rows = list[str](), list[list[Any]](), list[list[dict[str, Any]]]()
    for name in known:
        read = read_as(result, name, table[name], lang)
        default, low, high = (float(of) for of in (table.loc[DEFAULT, name], table[name].min(), table[name].max()))
        rows.append([row_of(name, read, default, low, high)])
        words.append(in_unit(short_name(name, lang), read.unit, lang))
        shown.append([name_of(name, lang), read.unit, *(read.factor * of for of in (default, low, high))])
    moved = any(float(table[name].abs().max()) >= seen(name) for name in known)
    key = "turning" if turning else "sure" if moved else "hardly"
    sentence = text(f"chart.range.{key}", lang, names=with_and(turning, lang))
    return strips(result, rows, words, shown, sentence, text("chart.range.title", lang), lang)


def of_one(result: Result, table: Any, name: str, lang: str) -> Picture:
    """Return the range of one outcome over each elasticity."""
    read = read_as(result, name, table[name], lang)
    default = float(table.loc[DEFAULT, name])
    rows, words, shown = list[list[dict[str, Any]]](), list[str](), list[list[Any]]()
    for parameter in dict.fromkeys(of for of in table.index if of != DEFAULT):
        values = [float(of) for of in table.loc[[parameter], name].dropna()]
        low, high = min(*values, default), max(*values, default)
        rows.append([row_of(name, read, default, low, high)])
        words.append(parameter_name(str(parameter), lang))
        shown.append([words[-1], read.unit, *(read.factor * of for of in (default, low, high))])
    widest = max(shown, key=lambda row: row[4] - row[3])
    hardly = (widest[4] - widest[3]) / read.factor < seen(name)
    key = "chart.range.one_hardly" if hardly else "chart.range.one"
    sentence = text(key, lang, name=name_of(name, lang), parameter=widest[0])
    title = text("chart.range.title_one", lang, name=name_of(name, lang))
    return strips(result, rows, words, shown, sentence, title, lang, read.unit)


def read_as(result: Result, name: str, values: Any, lang: str) -> Reading:
    """Return how the changes of an outcome are read."""
    unit = str(result.headline.loc[result.headline["variable"] == name, "unit"].iloc[0])
    return finer(change_reading(name, unit, lang, values), values)


def row_of(name: str, read: Reading, default: float, low: float, high: float) -> dict[str, Any]:
    """Return the data of one strip; what is no change elsewhere is about zero here, lest a label cross zero alone."""
    low_words, high_words, default_words = (
        ABOUT_ZERO if abs(of) < seen(name) else figure(read, of, "+") for of in (low, high, default)
    )
    return {
        "value": read.factor * default,
        "low": read.factor * low,
        "high": read.factor * high,
        "default_words": default_words,
        "low_words": low_words if low < default else "",
        "high_words": high_words if high > default else "",
    }


def beside_zero(row: dict[str, Any], pixel: float) -> dict[str, float]:
    """Return where the words of a strip stand, of which none lies over the line at zero: on its other side, or beside.

    `pixel` is how much of the outcome one is wide.
    """
    wide = {key: pixel * (width_of(row[f"{key}_words"], SIZE) + BESIDE) for key in ("low", "high", "default")}
    low, high, value = row["low"], row["high"], row["value"]
    half = wide["default"] / 2
    return {
        "low_at": 0.0 if 0 < low < wide["low"] + pixel * BESIDE else low,
        "high_at": 0.0 if -wide["high"] - pixel * BESIDE < high < 0 else high,
        "default_at": value if abs(value) > half else math.copysign(half, value),
    }


def strips(
    result: Result,
    rows: list[list[dict[str, Any]]],
    words: list[str],
    shown: list[list[Any]],
    sentence: str,
    title: str,
    lang: str,
    unit: str | None = None,
) -> Picture:
    """Return a strip a row: a bar from the lowest to the highest, a dot at the default; `unit` is that of all."""
    colour = {"condition": {"test": "datum.value < 0", "value": DOWN}, "value": UP}
    marks: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": 9, "color": BAND},
            "encoding": {"x": {"field": "low"}, "x2": {"field": "high"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
            "encoding": {"x": {"field": "value"}, "color": colour},
        },
        *(
            {
                "mark": {"type": "text", "align": align, "dx": shift, "dy": down, "fontSize": SIZE, "color": INK},
                "encoding": {"x": {"field": f"{key}_at"}, "text": {"field": f"{key}_words"}},
            }
            for key, align, shift, down in (
                ("low", "right", -BESIDE, 0),
                ("high", "left", BESIDE, 0),
                ("default", "center", 0, -12),
            )
        ),
    ]
    keys = ("column.item", "column.unit", "report.default", "column.lowest", "column.highest")
    table = pd.DataFrame(shown, columns=[text(key, lang) for key in keys])
    subtitle = text("chart.range.subtitle", lang, scenario=title_of(result, lang))
    subtitle = subtitle if not unit else text("chart.range.unit", lang, subtitle=subtitle, unit=unit)
    every = [row for of in rows for row in of]
    for of in rows:
        ends = domain(every if unit is not None else of)
        for row in of:
            row |= beside_zero(row, (ends[1] - ends[0]) / WIDTH)
    body = stacked(words, rows, marks, shared=unit is not None)
    return finished("range", lang, title, subtitle, sentence, table, body, 540)
