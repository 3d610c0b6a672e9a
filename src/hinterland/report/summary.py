"""One row a scenario: what it does to towns, output, welfare and the gap, what it costs, what a yuan brings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from hinterland.report import output
from hinterland.report.output import Show
from hinterland.report.tables import DASH, make, number, scaled
from hinterland.schema import outcomes
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.study.run import Result

MONEY = ("present_cost", "benefit_per_yuan", "unpriced")


def summary_row(result: Result) -> dict[str, Any]:
    """Return the row of a solved scenario; None where the economy has no such outcome or no policy has a price.

    Changes: urbanization in points, output, welfare and people in other provinces in %, the ratio of East to West as a
    difference. The benefit per yuan counts the policies with a known cost alone; `unpriced` says how many have none.
    """
    change = dict(zip(result.headline["variable"], result.headline["change"], strict=True))
    row: dict[str, Any] = {"scenario": result.scenario.name}
    row |= {name: scaled(name, float(change[name])) if name in change else None for name in outcomes("summary")}
    return row | money(result)


def money(result: Result) -> dict[str, Any]:
    """Return present cost in bn CNY, benefit per yuan of what has a price, and how many policies have none."""
    budget, benefits = getattr(result, "budget", None), getattr(result, "benefits", None)
    if budget is None or benefits is None:
        return {}
    priced = benefits[benefits["present_cost"] > 0]
    worth, cost = (priced["benefit_per_yuan"] * priced["present_cost"]).sum(), priced["present_cost"].sum()
    without = set(result.scenario.policies) - set(budget["policy"])
    return {
        "present_cost": float(budget["present"].sum()) if len(budget) else None,
        "benefit_per_yuan": float(worth / cost) if len(priced) else None,
        "unpriced": len(without),
    }


def rows(names: Sequence[str], progress: Callable[[float], None] | None = None) -> list[dict[str, Any]]:
    """Return the row of each scenario with its titles."""
    from hinterland.scenario import file as scenario_file
    from hinterland.study import run as study

    chosen = [scenario_file.read(name) for name in names]  # what is misspelt is said before anything is solved
    made = []
    for done, scenario in enumerate(chosen, start=1):
        made.append({**summary_row(study.run(scenario)), "title": dict(scenario.title)})
        if progress:
            progress(done / len(chosen))
    return made


def tell(made: Sequence[dict[str, Any]], form: str, lang: str, show: Show) -> None:
    """Print the rows."""
    told = [{"scenario": row["scenario"], "title": row["title"].get(lang, "")} | figures(row) for row in made]
    heads = [head(name, lang) for name in told[0]] if told else []

    def tables() -> list[Any]:
        made = make(text("summary.table", lang), heads, [cells(row) for row in told], left=2)
        made.columns[0].no_wrap = True  # a name is copied
        return [made]

    output.tell(told, form, tables, show)


def head(name: str, lang: str) -> str:
    """Return the head of a column."""
    if name in outcomes("summary"):
        return str(getattr(outcomes()[name], f"summary_{lang}"))
    return text(f"summary.{name}", lang)


def figures(row: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of a row in their order."""
    return {name: row[name] for name in (*outcomes("summary"), *MONEY) if name in row}


def cells(row: dict[str, Any]) -> list[str]:
    """Return a row as it is printed: signs on changes, a dash where there is nothing."""
    return [str(row[key]) for key in ("scenario", "title") if key in row] + [
        written(name, value) for name, value in figures(row).items()
    ]


def written(name: str, value: Any) -> str:
    """Write one number of a row."""
    if value is None or math.isnan(value):
        return DASH
    if name == "unpriced":
        return str(value)
    if name in outcomes("summary"):
        return f"{value:+.{outcomes()[name].change_digits}f}"
    return number(value, 2 if name == "benefit_per_yuan" else 1)
