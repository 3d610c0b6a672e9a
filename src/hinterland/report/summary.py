"""One row a scenario: what it does to towns, output, welfare and the gap, what it costs, what a yuan brings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from hinterland.report.answer import Answer
from hinterland.report.changes import in_change, scaled
from hinterland.report.quantities import reading
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import DASH, number
from hinterland.report.verdict import doubts
from hinterland.schema import outcomes
from hinterland.study.summary import money
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.study.run import Result

MONEY = ("present_cost", "benefit_per_yuan", "unpriced")


def summary_row(result: Result) -> dict[str, Any]:
    """Return the row of a solved scenario; None where the economy has no such outcome or no policy has a price.

    Changes: urbanization in points, output, welfare and people in other provinces in %, the ratio of East to West as a
    difference. The benefit per yuan counts the policies with a known cost alone; `unpriced` says how many have none.
    `certificate` says how sure they are.
    """
    change = dict(zip(result.headline["variable"], result.headline["change"], strict=True))
    row: dict[str, Any] = {"scenario": result.scenario.name}
    row |= {name: scaled(name, float(change[name])) if name in change else None for name in outcomes("summary")}
    return row | money(result) | {"certificate": result.certificate}


def rows(names: Sequence[str], progress: Callable[[float], None] | None = None) -> list[dict[str, Any]]:
    """Return the row of each scenario with its titles."""
    from hinterland.scenario import file as scenario_file
    from hinterland.study import run as study

    chosen = [scenario_file.read(name) for name in names]  # what is misspelt is said before anything is solved
    found = []
    for done, scenario in enumerate(chosen, start=1):
        found.append({**summary_row(study.run(scenario)), "title": dict(scenario.title)})
        if progress:
            progress(done / len(chosen))
    return found


def glance(solved: Sequence[dict[str, Any]], lang: str) -> Answer:
    """Return the rows of solved scenarios with their titles in one language."""
    rows = [{"scenario": row["scenario"], "title": row["title"].get(lang, "")} | figures(row) for row in solved]
    heads = [head(name, lang) for name in rows[0]] if rows else []

    def tables() -> dict[str, Sheet]:
        body = [cells(row, lang) for row in rows]
        return {"summary": make(text("summary.table", lang), heads, body, left=2)}

    unsure = doubts({row["scenario"]: row["certificate"] for row in solved}, lang)
    for row, known in zip(rows, solved, strict=True):
        row["verdict"] = known["certificate"].verdict
    return Answer(rows, tables, closing=unsure, note=text("summary.note", lang), short=True)


def head(name: str, lang: str) -> str:
    """Return the head of a column."""
    if name in outcomes("summary"):
        return in_change(str(getattr(outcomes()[name], f"summary_{lang}")), name, lang)
    return text(f"summary.{name}", lang, unit=reading("bn CNY", lang).unit)


def figures(row: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of a row in their order."""
    return {name: row[name] for name in (*outcomes("summary"), *MONEY) if name in row}


def cells(row: dict[str, Any], lang: str) -> list[str]:
    """Return a row as it is printed: signs on changes, a dash where there is nothing."""
    return [str(row[key]) for key in ("scenario", "title") if key in row] + [
        figure(name, value, lang) for name, value in figures(row).items()
    ]


def figure(name: str, value: Any, lang: str) -> str:
    """Write one number of a row."""
    if value is None or math.isnan(value):
        return DASH
    if name == "unpriced":
        return str(value)
    if name in outcomes("summary"):
        return number(value, outcomes()[name].change_digits, "+")
    return reading("bn CNY", lang).number(value) if name == "present_cost" else number(value, 2)
