"""A base year: its balance sheet, its checks with verdicts, and what it implies, without a verdict."""

from __future__ import annotations

from hinterland.base_years.builds import base_year, built
from hinterland.base_years.sheet import KAPPAS, PLACES, Record, check_record, rebuilt
from hinterland.calibrate.checked import Row
from hinterland.data import box
from hinterland.data.regions import NATION, china
from hinterland.errors import DataError, Problem
from hinterland.report import accounts
from hinterland.report.answer import Answer
from hinterland.report.quantities import DASH, Reading, counted, number, reading
from hinterland.report.sheet import Sheet, make
from hinterland.texts import listed, text, unit_name

THOUSAND, FINE = 1000.0, 2  # bn CNY are read as trillions, with so many digits that the least place keeps two
SECTIONS = ("sheet", "check", "implied", "levels", "rebuilt")


def balance_sheet(name: str, lang: str) -> Answer:
    """Return sheet, checks and plausibility of a base year; 1 where a check that must hold does not."""
    box.known(name)
    if name not in built():
        raise DataError(Problem("balance.no_checks", {"value": name, "near": ", ".join(built())}))
    year = base_year(name)
    checks = year.checks()
    known = [*year.sheet(), *map(check_record, checks), *year.account_rows(), *year.implied(), *rebuilt()]
    titled = [{**row, "title": title(row, lang)} for row in known]
    rows = [{**row, "unit": unit_name(row["unit"], lang)} for row in titled]
    failed = any(row.passed is False for row in checks)
    return Answer(
        rows,
        lambda: tables(name, titled, checks, lang),
        code=1 if failed else 0,
        opening=lambda: verdict(checks, lang),
        short=True,
        as_counted=[as_counted(row, lang) for row in titled],
    )


def as_counted(row: Record, lang: str) -> Record:
    """Return a row with its number and unit as a language counts, with every digit."""
    of = counted(row["unit"], lang)
    return {**row, "value": of.factor * row["value"], "unit": of.unit} if of.factor != 1 else {**row, "unit": of.unit}


def verdict(checks: list[Row], lang: str) -> str:
    """Say how many checks hold, and which do not."""
    held = [row for row in checks if row.passed is not None]
    failed = [text(f"balance.{row.key}", lang) for row in held if not row.passed]
    if failed:
        return text(
            "balance.some_fail",
            lang,
            failed=len(failed),
            count=len(held),
            names=listed(failed, lang),
        )
    return text("balance.all_hold", lang, count=len(held), more=len(checks) - len(held))


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


def tables(name: str, rows: list[Record], checks: list[Row], lang: str) -> dict[str, Sheet]:
    """Return the tables for a terminal."""
    of = {section: [row for row in rows if row["section"] == section] for section in SECTIONS}
    found = {"sheet": sheet_table(name, of["sheet"], lang), "checks": check_table(name, of["check"], checks, lang)}
    found |= accounts.tables(name, rows, lang)
    if of["implied"]:
        found |= {"costs": cost_table(of["implied"], lang), "draw": draw_table(of["implied"], lang)}
    if of["levels"]:
        found["levels"] = levels_table(of["levels"], lang)
    return found | {"rebuilt": rebuilt_table(of["rebuilt"], lang)}


def sheet_table(name: str, rows: list[Record], lang: str) -> Sheet:
    """One row an item, one column a place, and the official total of the nation; money in trillions."""
    places = [place for place in PLACES if any(row["region"] == place for row in rows)]
    body = []
    for item in dict.fromkeys(row["item"] for row in rows):
        found = {row["region"]: row for row in rows if row["item"] == item}
        last = found[NATION]
        of = reading(last["unit"], lang, THOUSAND)
        of = of._replace(digits=FINE) if "CNY" in last["unit"] else of
        figures = (of.number(found[place]["value"], 1) for place in places)
        body.append((last["title"], of.unit, *figures, of.number(last["official"], 1)))
    names = [china().name(place, lang) for place in places]
    columns = [text("column.variable", lang), text("column.unit", lang), *names, text("balance.official", lang)]
    return make(text("balance.title_sheet", lang, name=name), columns, body, left=2)


def check_table(name: str, rows: list[Record], checks: list[Row], lang: str) -> Sheet:
    """Every check: what was found, what is official, the gap, what is allowed and why."""
    body = []
    for row, check in zip(rows, checks, strict=True):
        said, of = "report.passed" if check.passed else "report.failed", reading(check.unit, lang, check.found)
        body.append(
            (
                row["title"],
                DASH if check.unit == "1" else of.unit,
                exactly(of, check.found) if check.official or check.unit == "count" else f"{check.found:.1e}",
                exactly(of, check.official),
                f"{check.gap:.1e}",
                "–" if check.holds is None else f"{check.holds:.0e}",
                text("balance.information" if check.passed is None else said, lang),
                text(f"balance.why.{check.why}", lang) if check.why else "",
            )
        )
    heads = ("check", "unit", "found", "official", "gap", "within", "verdict", "reason")
    columns = [text(f"balance.{key}" if key in ("found", "official") else f"column.{key}", lang) for key in heads]
    return make(text("balance.title_checks", lang, name=name), columns, body, left=2, tail=2)


def exactly(of: Reading, value: float) -> str:
    """Write what is checked to ten digits, in the unit in which it is read."""
    return f"{of.factor * value:,.10g}"


def cost_table(rows: list[Record], lang: str) -> Sheet:
    """Implied costs by kind of move, one column a pair of elasticities."""
    costs = [row for row in rows if row["inner_kappa"] is not None]
    body = []
    for item in dict.fromkeys(row["item"] for row in costs):
        found = [row for row in costs if row["item"] == item]
        body.append((title({**found[0], "kappa": None}, lang), *(number(row["value"], 2) for row in found)))
    heads = [kappas(outer, inner, lang) for outer, inner in KAPPAS]
    return make(text("balance.title_costs", lang), [text("column.kind", lang), *heads], body)


def draw_table(rows: list[Record], lang: str) -> Sheet:
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


def levels_table(rows: list[Record], lang: str) -> Sheet:
    """Implied productivity, one column a place."""
    body = []
    for item in dict.fromkeys(row["item"] for row in rows):
        found = {row["region"]: row for row in rows if row["item"] == item}
        values = (number(found[place]["value"], 2) if place in found else "" for place in PLACES)
        body.append((found[NATION]["title"], *values))
    heads = [china().name(place, lang) for place in PLACES]
    return make(text("balance.title_levels", lang), [text("column.quantity", lang), *heads], body)


def rebuilt_table(rows: list[Record], lang: str) -> Sheet:
    """Correlation and misplaced people of the rebuilt matrix of 2010."""
    body, of = [], reading("million", lang)
    for item in dict.fromkeys(row["item"] for row in rows):
        correlation, people, share = (row["value"] for row in rows if row["item"] == item)
        words = next(row["title"] for row in rows if row["item"] == item)
        body.append((words, number(correlation, 3), of.number(people), number(100 * share, 0)))
    heads = ["information", "correlation", "misplaced", "misplaced_share"]
    columns = [text(f"balance.column.{key}", lang, unit=of.unit) for key in heads]
    return make(text("balance.title_rebuilt", lang), columns, body)
