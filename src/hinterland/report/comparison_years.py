"""Scenarios side by side year by year: the change of a few outcomes in each, in the nation or in places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.data.regions import NATION, Regions
from hinterland.errors import DataError
from hinterland.report.answer import Answer, records
from hinterland.report.changes import reading_beside
from hinterland.report.comparison import Choice
from hinterland.report.comparison_names import key_of, letters, titles
from hinterland.report.export import write_tables
from hinterland.report.frames import headed
from hinterland.report.path import bills_said, leader, sentence_years, years_shown
from hinterland.report.places import approximate, place_of
from hinterland.report.quantities import counted, in_unit
from hinterland.report.sheet import Sheet, Sheets, make
from hinterland.report.tables import MAIN, called, foremost, variable_name
from hinterland.report.terms import foresight_said
from hinterland.report.years import certified
from hinterland.scenario.called import endings
from hinterland.study.compare import change_unit, compare_paths, unknown_variable
from hinterland.study.outcomes import unit_of
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.study.path import Path
    from hinterland.study.run import Result

SHOWN = ("urbanization_rate", "nonag_share", "workers_across", "real_gdp", "real_income")
EVERYWHERE = "nation"


def years_beside(found: Mapping[str, Result], choice: Choice, out: File | None, lang: str) -> Answer:
    """Return the comparison by year, written to a new file where one is named."""
    paths = {name: result.followed for name, result in found.items()}
    economy = next(iter(found.values())).scenario.economy
    places = [place_of(economy, name) for name in choice.places] or [EVERYWHERE]
    tables = {place: compare_paths(paths, place) for place in places}
    known = {str(name) for table in tables.values() for name in table.index.get_level_values("variable")}
    first = next(iter(paths.values()))
    for name in choice.variables or ():
        if first.outcome(name) not in known:
            raise DataError(unknown_variable(name, ", ".join(choice.places), sorted(known)))
    asked = [first.outcome(name) for name in choice.variables or ()]
    variables = [*dict.fromkeys(asked)] or foremost(SHOWN, known)
    units = {name: unit_of(economy, name) for name in variables}
    rows = [row for place in places for row in rows_of(tables[place], place, variables, economy.regions, units, lang)]
    if out is not None:
        write_tables({text("compare.by_year", lang): in_one_language(rows, [*paths], lang)}, out)
    whole = titles(found, lang)
    names, shortest = letters(whole) or whole, min(paths.values(), key=lambda one: len(one.years))
    above = [text("compare.years", lang, base=economy.year, last=shortest.years[-1])]
    if len(paths) > 1:
        main = [name for name in MAIN if name in variables] or variables
        years, found_in = sentence_years(shortest), {name: of_outcome(tables[places[0]], name) for name in main}
        ways = {name: reading_beside(name, units[name], lang, of.abs().max().max()) for name, of in found_in.items()}
        above += [f"- {leader(of, name, years, names, ways[name], lang)}" for name, of in found_in.items()]
    sheets = {
        f"{variable}_{place}": partial(sheet, paths, years_shown(shortest), tables[place], place, variable, names, lang)
        for place in places
        for variable in variables
    }
    below = [certainty(path, lang, name) for name, path in zip(names.values(), paths.values(), strict=True)]
    return Answer(
        rows,
        lambda: Sheets(sheets),
        opening=lambda: key_of(whole) + "\n".join(above) + "\n",
        heading=lambda: key_of(whole),
        closing="\n".join([*below, text("path.limits", lang)]),
    )


def certainty(followed: Path, lang: str, name: str) -> str:
    """Say of one scenario how sure each year is, whose bills are paid in incomes, and which policies end."""
    scenario = followed.scenario
    bills = text("compare.bills", lang, bills=bills_said(followed, lang))
    ends = endings("path.ends", scenario.policies, scenario.economy.regions, lang)
    return f"{certified(followed, lang, name)}{bills}{ends}{foresight_said(followed, lang)}"


def rows_of(
    table: pd.DataFrame, place: str, variables: Sequence[str], regions: Regions, units: Mapping[str, str], lang: str
) -> Iterator[dict[str, Any]]:
    """Yield the changes of some outcomes of one place, a row for each outcome and year; `units` are those of levels."""
    code = NATION if place == EVERYWHERE else place
    for variable in variables:
        for row in records(of_outcome(table, variable).reset_index()):
            about = {"region": code, "name": regions.name(code, lang), "variable": variable}
            yield about | {"year": row.pop("year"), "unit": change_unit(variable, units.get(variable, ""))} | row


def in_one_language(rows: Sequence[Mapping[str, Any]], names: Sequence[str], lang: str) -> pd.DataFrame:
    """Return the rows as a file has them: names in one language, changes in the unit that it counts in."""
    ways = [counted(row["unit"], lang) for row in rows]
    words = {
        "code": [row["region"] for row in rows],
        "region": [row["name"] for row in rows],
        "key": [row["variable"] for row in rows],
        "variable": [variable_name(row["variable"], lang) for row in rows],
        "year": [row["year"] for row in rows],
        "change_unit": [way.unit for way in ways],
    }
    numbers = {name: [way.factor * row[name] for way, row in zip(ways, rows, strict=True)] for name in names}
    return headed(pd.DataFrame(words), lang).join(pd.DataFrame(numbers))


def of_outcome(table: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Return the changes of one outcome: by year, one column a scenario."""
    return pd.DataFrame(table.xs(variable, level="variable"))


def sheet(
    paths: Mapping[str, Path],
    years: Sequence[int],
    table: pd.DataFrame,
    place: str,
    variable: str,
    names: Mapping[str, str],
    lang: str,
) -> Sheet:
    """Return one outcome of one place: scenarios by year, and in the end."""
    regions = next(iter(paths.values())).scenario.economy.regions
    code, of_years = NATION if place == EVERYWHERE else place, of_outcome(table, variable).loc[[*years]]
    changes = {name: (*of_years[name], end_of(path, place, code, variable)) for name, path in paths.items()}
    unit = unit_of(next(iter(paths.values())).scenario.economy, variable)
    way = reading_beside(variable, unit, lang, max(abs(one) for of in changes.values() for one in of))
    rows = [(names[name], *(way.number(one, sign="+") for one in of)) for name, of in changes.items()]
    where = regions.name(code, lang) + ("" if code == NATION else approximate(place, regions, lang))
    title = text("compare.of_place", lang, place=where, what=in_unit(called(variable, lang), way.unit, lang))
    return make(title, [text("table.scenarios", lang), *map(str, years), text("column.at_rest", lang)], rows)


def end_of(path: Path, place: str, code: str, variable: str) -> float:
    """Return the change of an outcome of a place at the rest point."""
    if place == EVERYWHERE:
        return path.at_rest[variable]
    table = path.at_rest_by(place).set_index(["region", "variable"])["change"]
    return float(table[code, variable])
