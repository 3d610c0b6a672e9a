"""Scenarios side by side: the change of every outcome in every place, and how far each is from the first one's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from hinterland import schema
from hinterland.data.places import place_in
from hinterland.data.regions import NATION
from hinterland.economy.economy import Economy, digest
from hinterland.errors import Bilingual, DataError, Problem, hint, in_both, require_kind, several
from hinterland.scenario.file import named as scenario_named
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.schema.names import outcome_named
from hinterland.shown import shows
from hinterland.solve.static import Equilibrium, solve
from hinterland.study.apply import apply
from hinterland.study.decompose import VARIATION
from hinterland.study.outcomes import base_state, compared, national, regional, state_of, unit_of
from hinterland.study.path import Path as Followed
from hinterland.study.path import path as follow
from hinterland.study.run import Result
from hinterland.texts import name_in

MOST = 6
RELATIVE = "relative to baseline"


@dataclass(frozen=True, repr=False)
class Case:
    """A solved scenario without what a comparison does not read: decomposition and sensitivity."""

    scenario: Scenario
    equilibrium: Equilibrium

    def __repr__(self) -> str:
        return f"<Case of {self.scenario!r}: {self.equilibrium.certificate.words}>"


Given = Result | Case | Scenario | str | Path


def scenario_of(given: Given) -> Result | Case | Scenario:
    """Return what is at hand as it is, else the scenario of the box or of a file."""
    if isinstance(given, Followed):
        raise DataError(Problem("compare.a_path", {}))
    return given if isinstance(given, Result | Case | Scenario) else read(given)


def economy_of(given: Result | Case | Scenario) -> Economy:
    """Return the base year of a scenario, solved or not."""
    return (given if isinstance(given, Scenario) else given.scenario).economy


def solved(given: Given) -> Result | Case:
    """Return what is solved already as it is, else the solution of a scenario: yours, of the box, of a file."""
    entry = scenario_of(given)
    return Case(entry, solve(apply(entry))) if isinstance(entry, Scenario) else entry


def compare(
    results: Mapping[str, Given] | Iterable[Given] | Given,
    variables: Iterable[str] | str | None = None,
    by: str = "macro_region",
    *,
    difference: bool = False,
    against: str | None = None,
    sort: str | None = None,
    nation: bool = False,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return changes from the base year by variable and region, one column a scenario.

    Parameters
    ----------
    results : at most six
        Runs, or scenarios that are then solved; a mapping gives them names.
    variables : names of outcomes
        All where none are given. Outcomes of the nation alone (the Theil index) are given for the nation.
    by : region, province, macro_region, old, nation, city_cluster, poverty_area, border, a kind of groups of one's own,
        or a group such as West
        A group is followed by its regions.
    difference : bool
        Add each scenario's difference from the first, or from the one named by `against`.
    sort : name of an outcome
        Order the regions by its change in that scenario, the largest first.
    nation : bool
        Put the nation before the regions.
    lang : "zh" or "en"
        Names in one language in place of keys and codes, and the unit of each change before it.

    Returns
    -------
    (variable, region) x scenario
        - variable (key): the outcome, in the index
        - region (code): of a region, or the key of a group, in the index
        - one column a scenario (relative or difference): change from the base year, relative for levels (.01 = 1 %), a
          difference for shares (.01 = 1 point), rates in % (points), ratios and indices

        `attrs["verdict"]` holds the verdict of each scenario's certificate, `attrs["change_unit"]` the unit of the
        changes of each variable (with `lang` they stand in a column, in the units that it counts in).
    """
    several = isinstance(results, Iterable) and not isinstance(results, Given)
    check_listed(results, variables)
    given: Any = results if several else [results]
    variables = [variables] if isinstance(variables, str) else variables
    variables = None if variables is None else [outcome_named(name) or name for name in variables]
    sort = sort and (outcome_named(sort) or sort)
    check_count(len(given) if isinstance(given, Mapping) else len(given := list(given)))
    entries = [scenario_of(entry) for entry in (given.values() if isinstance(given, Mapping) else given)]
    for entry in entries:
        economy = economy_of(entry)
        economy.regions.known_grouping(by, economy.domestic_codes)
        by = economy.regions.grouping_named(by)
    found = [solved(entry) for entry in entries]
    cases = dict(zip(given, found, strict=True)) if isinstance(given, Mapping) else named(found)
    check_base({name: case.scenario.economy for name, case in cases.items()})
    reference = next(iter(cases)) if against is None else against
    if reference not in cases:
        near = hint(reference, list(cases))
        raise DataError(Problem("compare.unknown_scenario", {"value": reference, "near": near}))
    table = pd.DataFrame({name: changes(case, by) for name, case in cases.items()})
    lead = by not in economy_of(entries[0]).regions.groupings()
    rows = chosen(table[reference], variables, sort, by, nation, lead)
    table = table.loc[rows]
    if difference:
        table = pd.concat([table, differences(table, reference)], axis=1)
    names = dict.fromkeys(map(str, table.index.get_level_values("variable")))
    units = {name: change_unit(name, level_unit(name, entries[0])) for name in names}
    if lang is None:
        table.attrs["change_unit"] = units
    else:
        table = shows().comparison(table, economy_of(entries[0]).regions, units, lang)
    table.attrs["verdict"] = {name: case.equilibrium.certificate.verdict for name, case in cases.items()}
    return table


def compare_paths(paths: Mapping[str, Any] | Iterable[Any], place: str = "nation") -> pd.DataFrame:
    """Return changes by outcome and year, one column a path, of the years that all have: from what `Path` says.

    Parameters
    ----------
    paths : at most six, of one base year
        Paths, runs, or scenarios that are then followed; a mapping gives them names.
    place : a region or a group by any name; the nation where none is given

    Returns
    -------
    (variable, year) x path
        Changes as in `Path.headline`. A DataError where base years differ, or the place is none.
    """
    whole = paths_of(paths)
    check_count(len(whole))
    check_base({name: path.scenario.economy for name, path in whole.items()})
    if len({path.drivers for path in whole.values()}) > 1:
        raise DataError(Problem("compare.other_drivers", {"places": several([*whole])}))
    found = {name: changes_by_year(path, place) for name, path in whole.items()}
    return pd.DataFrame(found).dropna().rename_axis(["variable", "year"])


def paths_of(given: Any) -> dict[str, Followed]:
    """Return paths by name, those of a list by their scenarios'; runs and scenarios are followed."""
    if isinstance(given, Followed | Result | Scenario | str | Path) or not isinstance(given, Iterable):
        given = [given]
    if isinstance(given, Mapping):
        return {str(name): path_of(one) for name, one in given.items()}
    found: dict[str, Followed] = {}
    for one in map(path_of, given):
        found[unused(one.scenario.name, found)] = one
    return found


def path_of(one: Any) -> Followed:
    """Return a path, that of a run, or that of a scenario by name or file; a DataError names anything else."""
    require_kind(one, (Followed, Result, Scenario, str, Path), "path")
    if isinstance(one, Result):
        return one.followed
    return one if isinstance(one, Followed) else follow(one)


def changes_by_year(path: Followed, place: str) -> pd.Series[float]:
    """Return the changes of one path by outcome and year, of the nation or of a place."""
    require_kind(place, str, "place")
    code = place_in(path.scenario.economy.regions, place, path.scenario.economy.name)
    table = path.headline if code == "nation" else path.by(code)
    rows = table if code == "nation" else table[table["region"] == code]
    return rows.set_index(["variable", "year"])["change"].astype(float)


def level_unit(name: str, entry: Result | Case | Scenario) -> str:
    """Return the unit of an outcome's level in the economy of a scenario; empty where it is no outcome of a run."""
    return unit_of(economy_of(entry), name) if name in schema.outcomes() else ""


def check_listed(given: object, others: object) -> None:
    """Raise a DataError where a second scenario stands behind the first one, in the place of outcomes."""
    if isinstance(given, Followed) or isinstance(others, Followed):
        raise DataError(Problem("compare.a_path", {}))
    solved_already = isinstance(others, Result | Case | Scenario | Path)
    if solved_already or (isinstance(others, str) and not outcome_named(others) and scenario_named(others)):
        first, second = (of if isinstance(of, str) else "a" if of is given else "b" for of in (given, others))
        raise DataError(Problem("compare.in_a_list", {"first": first, "value": second}))


def check_count(count: int) -> None:
    """Raise a DataError where there is nothing to compare, or too much."""
    if not 1 <= count <= MOST:
        raise DataError(Problem("compare.count", {"found": count, "most": MOST}))


def check_base(economies: Mapping[str, Economy]) -> None:
    """Raise a DataError where the scenarios start from different base years."""
    if len({(digest(economy), economy.units) for economy in economies.values()}) > 1:
        where = ", ".join(f"{name}: {economy.name}" for name, economy in economies.items())
        raise DataError(Problem("compare.other_base", {"places": where}))


def named(cases: Sequence[Result | Case]) -> dict[str, Result | Case]:
    """Return cases by the names of their scenarios."""
    found: dict[str, Result | Case] = {}
    for case in cases:
        found[unused(case.scenario.name, found)] = case
    return found


def unused(name: str, taken: Iterable[str]) -> str:
    """Return the name, with a number where it is taken already."""
    known = set(taken)
    return next(free for free in (name, *(f"{name}_{n}" for n in range(2, len(known) + 3))) if free not in known)


def changes(case: Result | Case, by: str) -> pd.Series[float]:
    """Return the change of every outcome by (variable, region): the nation, then the regions of a grouping."""
    economy = case.scenario.economy
    before, after = base_state(economy), state_of(case.equilibrium)
    places = economy.regions.grouping(by, economy.domestic_codes, economy.year)
    whole = compared(economy, {"region": NATION}, national(economy, before), national(economy, after))
    parts = regional(economy, before, after, {key: codes for key, codes in places.items() if key != NATION})
    return pd.concat([pd.DataFrame(whole), parts]).set_index(["variable", "region"])["change"]


def chosen(
    change: pd.Series[float],
    variables: Iterable[str] | None,
    sort: str | None,
    by: str,
    nation: bool,
    lead: bool = False,
) -> list[tuple[str, str]]:
    """Return the rows to show in their order: variable by variable, regions as they stand or sorted."""
    known = list(dict.fromkeys(change.index.get_level_values("variable")))
    places = [place for place in dict.fromkeys(change.index.get_level_values("region")) if place != NATION]
    wanted = known if variables is None else list(dict.fromkeys(variables))
    sortable = [name for name in known if not places or (name, places[0]) in change.index]
    checks = [(name, known) for name in wanted] + ([] if sort is None else [(sort, sortable)])
    problems = [unknown_variable(name, by, of) for name, of in checks if name not in of]
    if problems:
        raise DataError(problems)
    if sort is not None and places:
        places = in_order(change, places, sort, lead)
    everywhere = nation or not places
    return [
        (name, place)
        for name in wanted
        for place in (NATION, *places)
        if (name, place) in change.index and (place != NATION or everywhere or asked_alone(name, sortable, variables))
    ]


def unknown_variable(name: str, by: str, known: Sequence[str]) -> Problem:
    """Say that no outcome has this name, with the nearest and all that are known."""
    titles = {key: schema.outcomes()[key].outcome_zh if key in schema.outcomes() else key for key in known}
    names, way = in_both(titles), Bilingual(by, name_in("grouping", by, "zh"))
    values = {"value": name, "by": way, "near": hint(name, names, 0), "known": several(names)}
    return Problem("compare.unknown_variable", values)


def in_order(change: pd.Series[float], places: Sequence[str], variable: str, lead: bool) -> list[str]:
    """Return places by the change of an outcome, the largest first; a group that leads stays before its regions."""
    first = list(places[:1]) if lead else []
    size = {place: change[variable, place] for place in places[len(first) :]}
    return first + sorted(size, key=lambda place: (size[place] != size[place], -size[place]))


def asked_alone(name: str, regional_names: Sequence[str], variables: Iterable[str] | None) -> bool:
    """Whether an outcome that only the nation has was asked for by name."""
    return variables is not None and name not in regional_names


def differences(table: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Return each scenario's difference from the reference, one column each: 'other - reference'."""
    others = [name for name in table if name != reference]
    return pd.DataFrame({f"{name} - {reference}": table[name] - table[reference] for name in others}, table.index)


def change_unit(variable: str, level: str = "") -> str:
    """Return the unit of an outcome's change: relative to the baseline, that of its level, pp for percent.

    `level` is the unit of its level in the economy at hand; where none is given, as the schema has it.
    """
    if variable == VARIATION:
        return "bn CNY a year"
    entry = schema.outcomes().get(variable)
    if entry is None or entry.change == "relative":
        return RELATIVE
    return "pp" if entry.unit == "%" else level if level and entry.change == "difference" else entry.unit
