"""A base year: its balance sheet, its checks with verdicts, and what it implies, without a verdict."""

from __future__ import annotations

from typing import Any

from hinterland.base_years.builds import base_year, built
from hinterland.base_years.sheet import KAPPAS, PLACES, Record, check_record, rebuilt
from hinterland.calibrate.checked import Row
from hinterland.data import box
from hinterland.data.regions import NATION, china
from hinterland.errors import DataError, Problem
from hinterland.report import accounts
from hinterland.report.answer import Answer
from hinterland.report.tables import make, number, unit_name
from hinterland.texts import text

SECTIONS = ("sheet", "check", "implied", "levels", "rebuilt")


def balance_sheet(name: str, lang: str) -> Answer:
    """Return sheet, checks and plausibility of a base year; 1 where a check that must hold does not."""
    box.known(name)
    if name not in built():
        raise DataError(Problem("balance.no_checks", {"value": name, "near": ", ".join(built())}))
    year = base_year(name)
    checks = year.checks()
    known = [*year.sheet(), *map(check_record, checks), *year.account_rows(), *year.implied(), *rebuilt()]
    rows = [{**row, "title": title(row, lang), "unit": unit_name(row["unit"], lang)} for row in known]
    failed = any(row.passed is False for row in checks)
    return Answer(rows, lambda: tables(name, rows, checks, lang), code=1 if failed else 0, short=True)


def title(row: Record, lang: str) -> str:
    """Return the name of a row, with the elasticities that it hangs on."""
    if row["section"] == "wages":
        return accounts.wage_title(row["item"], lang)
    place, _, macro = row["item"].partition("in_place_")
    key = "in_place_region" if macro and not place else row["item"]
    values_of = {"region": china().name(macro, lang)} if macro else {}
    words = text(f"balance.{'' if row['section'] == 'check' else row['section'] + '.'}{key}", lang, **values_of)
    if row["kappa"] is None:
        return words
    return text("balance.at_kappa", lang, what=words, at=kappas(row["kappa"], row["inner_kappa"], lang))


def kappas(outer: float, inner: float | None, lang: str) -> str:
    """Write the elasticity of choice between provinces and, where there is one, that inside a province."""
    said = text("balance.kappa", lang, value=f"{outer:g}")
    return said if inner is None else said + text("balance.inner_kappa", lang, value=f"{inner:g}")


def tables(name: str, rows: list[Record], checks: list[Row], lang: str) -> dict[str, Any]:
    """Return the tables for a terminal."""
    of = {section: [row for row in rows if row["section"] == section] for section in SECTIONS}
    found = {"sheet": sheet_table(name, of["sheet"], lang), "checks": check_table(name, of["check"], checks, lang)}
    found |= accounts.tables(name, rows, lang)
    if of["implied"]:
        found |= {"costs": cost_table(of["implied"], lang), "draw": draw_table(of["implied"], lang)}
    if of["levels"]:
        found["levels"] = levels_table(of["levels"], lang)
    return found | {"rebuilt": rebuilt_table(of["rebuilt"], lang)}


def sheet_table(name: str, rows: list[Record], lang: str) -> Any:
    """One row an item, one column a place, and the official total of the nation."""
    places = [place for place in PLACES if any(row["region"] == place for row in rows)]
    body = []
    for item in dict.fromkeys(row["item"] for row in rows):
        found = {row["region"]: row for row in rows if row["item"] == item}
        last = found[NATION]
        digits = 3 if abs(last["value"]) < 1 and last["unit"] == unit_name("share", lang) else 1
        body.append(
            (
                last["title"],
                last["unit"],
                *(number(round(found[place]["value"], digits) + 0.0, digits) for place in places),
                number(last["official"], digits),
            )
        )
    names = [china().name(place, lang) for place in places]
    columns = [text("column.variable", lang), text("column.unit", lang), *names, text("balance.official", lang)]
    return make(text("balance.title_sheet", lang, name=name), columns, body, left=2)


def check_table(name: str, rows: list[Record], checks: list[Row], lang: str) -> Any:
    """Every check: what was found, what is official, the gap, what is allowed and why."""
    body = []
    for row, check in zip(rows, checks, strict=True):
        verdict = "report.passed" if check.passed else "report.failed"
        body.append(
            (
                row["title"],
                row["unit"],
                f"{check.found:,.10g}" if check.official or check.unit == "count" else f"{check.found:.1e}",
                f"{check.official:,.10g}",
                f"{check.gap:.1e}",
                "–" if check.holds is None else f"{check.holds:.0e}",
                text("balance.information" if check.passed is None else verdict, lang),
                text(f"balance.why.{check.why}", lang) if check.why else "",
            )
        )
    heads = ("check", "unit", "found", "official", "gap", "within", "verdict", "reason")
    columns = [text(f"balance.{key}" if key in ("found", "official") else f"column.{key}", lang) for key in heads]
    return make(text("balance.title_checks", lang, name=name), columns, body, left=2, tail=2)


def cost_table(rows: list[Record], lang: str) -> Any:
    """Implied costs by kind of move, one column a pair of elasticities."""
    costs = [row for row in rows if row["inner_kappa"] is not None]
    body = []
    for item in dict.fromkeys(row["item"] for row in costs):
        found = [row for row in costs if row["item"] == item]
        body.append((title({**found[0], "kappa": None}, lang), *(number(row["value"], 2) for row in found)))
    heads = [kappas(outer, inner, lang) for outer, inner in KAPPAS]
    return make(text("balance.title_costs", lang), [text("column.kind", lang), *heads], body)


def draw_table(rows: list[Record], lang: str) -> Any:
    """Implied draw of places and its correlations."""
    body = [
        (
            row["title"],
            china().name(row["region"], lang),
            number(row["value"], 2),
        )
        for row in rows
        if row["inner_kappa"] is None
    ]
    body.append((text("balance.no_geography", lang), "", "–"))
    columns = [text("column.quantity", lang), text("column.region", lang), text("column.value_plain", lang)]
    return make(text("balance.title_draw", lang), columns, body, left=2)


def levels_table(rows: list[Record], lang: str) -> Any:
    """Implied productivity, one column a place."""
    body = []
    for item in dict.fromkeys(row["item"] for row in rows):
        found = {row["region"]: row for row in rows if row["item"] == item}
        values = (number(found[place]["value"], 2) if place in found else "" for place in PLACES)
        body.append((found[NATION]["title"], *values))
    heads = [china().name(place, lang) for place in PLACES]
    return make(text("balance.title_levels", lang), [text("column.quantity", lang), *heads], body)


def rebuilt_table(rows: list[Record], lang: str) -> Any:
    """Correlation and misplaced people of the rebuilt matrix of 2010."""
    body = []
    for item in dict.fromkeys(row["item"] for row in rows):
        correlation, people, share = (row["value"] for row in rows if row["item"] == item)
        words = next(row["title"] for row in rows if row["item"] == item)
        body.append((words, number(correlation, 3), number(people, 1), number(100 * share, 0)))
    heads = ["information", "correlation", "misplaced", "misplaced_share"]
    columns = [text(f"balance.column.{key}", lang) for key in heads]
    return make(text("balance.title_rebuilt", lang), columns, body)
