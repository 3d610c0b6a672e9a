"""A scenario year by year: policies come into force, markets clear where people are, and people follow by and by.

What the policies do and nothing else: all else stays as in the base year, or moves on by itself under `Drivers` and
each year is held against the same year without the policies. Productivity and births stay. No forecast.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as File
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd

from hinterland import schema
from hinterland.data.regions import NATION
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, PolicyError, Problem, hint, in_both, several
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.schema.names import names_of, outcome_named
from hinterland.shown import Picture, Shown, shows
from hinterland.solve.certificate import Certificate
from hinterland.solve.foresight import foreseen
from hinterland.solve.path import along
from hinterland.solve.static import Equilibrium, solve
from hinterland.study.apply import Package, package
from hinterland.study.budget import budget_by_year, packages_by_year, spent_t
from hinterland.study.drivers import Drivers, costs_tgc, require_drivers
from hinterland.study.outcomes import State, base_state, change, national, regional, state_of, unit_of
from hinterland.study.own_copy import own_copy
from hinterland.study.pace import Pace, require_pace
from hinterland.study.variation import gains_of_stayers

TIMELESS = ("welfare",)
NOUGHT = 1e-9  # changes at a rest point below are those of its solver
PARTS = {"half": 0.5, "most": 0.9}  # of the change at the rest point, whose year is told


@dataclass(frozen=True, repr=False)
class Path(Shown):
    """The years of a scenario after its base year, each an equilibrium with its certificate, and the rest point.

    The rest point is that of the policies that never end: to it people come in the end. Where the country moves by
    itself, `without` has the same years without the policies, and last the rest point; else all is held against the
    base year.
    """

    timeless: ClassVar = TIMELESS  # outcomes that are of a choice for life and have no years
    package: Package
    pace: Pace
    equilibria: tuple[Equilibrium, ...]
    rest: Equilibrium
    drivers: Drivers | None = None
    without: tuple[Equilibrium, ...] = ()
    horizon_gap: float | None = None  # where people look ahead: part of those who choose that a longer horizon moves

    def __repr__(self) -> str:
        first, last = self.years[0], self.years[-1]
        held = ", against the same years without it" if self.drivers else ", foreseen" if self.foresight else ""
        return f"<Path of {self.scenario.name} on {self.scenario.economy.name}: {first} to {last}{held}>"

    @property
    def scenario(self) -> Scenario:
        """The scenario that is followed."""
        return self.package.scenario

    @property
    def years(self) -> tuple[int, ...]:
        """Every year after the base year up to the horizon."""
        base = self.scenario.economy.year
        return tuple(range(base + 1, base + self.scenario.horizon + 1))

    @property
    def foresight(self) -> bool:
        """Whether those who choose anew know the years to come."""
        return self.horizon_gap is not None

    @property
    def certificates(self) -> dict[int, Certificate]:
        """Why each year can be believed; where it is held against one without the policies, the worse of both."""
        pairs = zip(self.equilibria, self.without or self.equilibria, strict=False)
        return dict(zip(self.years, (worse(*pair) for pair in pairs), strict=True))

    @property
    def certificate(self) -> Certificate:
        """Why the rest point can be believed; where it is held against one without the policies, the worse of both."""
        return worse(self.rest, *self.without[-1:])

    @own_copy
    def headline(self) -> pd.DataFrame:
        """Outcomes of the nation by year, with people as at the end of the year before.

        year, variable, unit, baseline (of the base year, or of the same year without the policies), value, change
        (relative for levels, a difference for shares, rates and indices). Expected utility is none of them: it is that
        of choosing once and for all.
        """
        economy = self.scenario.economy
        rows = [
            (year, name, unit_of(economy, name), before[name], now[name], change(name, before[name], now[name]))
            for year, before, now in zip(self.years, self.before_t, map(timed, self.equilibria), strict=False)
            for name in now
        ]
        return pd.DataFrame(rows, columns=["year", "variable", "unit", "baseline", "value", "change"])

    @cached_property
    def base(self) -> Mapping[str, float]:
        """Outcomes of the nation in the base year."""
        return MappingProxyType(national(self.scenario.economy, base_state(self.scenario.economy)))

    @cached_property
    def before_t(self) -> list[Mapping[str, float]]:
        """Outcomes of the nation that each year, and last the rest point, is held against."""
        return [timed(one) for one in self.without] or [self.base] * (len(self.equilibria) + 1)

    @cached_property
    def _states_before(self) -> list[State]:
        known = [state_of(one) for one in self.without]
        return known or [base_state(self.scenario.economy)] * (len(self.equilibria) + 1)

    @cached_property
    def at_rest(self) -> Mapping[str, float]:
        """Change of each outcome of the nation at the rest point, read as in `headline`."""
        before = self.before_t[-1]
        found = {name: change(name, before[name], value) for name, value in timed(self.rest).items()}
        return MappingProxyType(found)

    def changes(self, name: str) -> pd.Series[float]:
        """Return the change of an outcome of the nation by year, by its key or its name in either language.

        Raises a DataError with the known names where it is none, or has no years.
        """
        rows = self.headline[self.headline["variable"] == self.outcome(name)]
        return rows.set_index("year")["change"].astype(float)

    def outcome(self, said: str) -> str:
        """Return the key of the outcome that is meant; raise where none is, or where it has no years."""
        name, known = outcome_named(said), names_of(schema.outcomes())
        if name in self.at_rest:
            return name
        there = in_both({name: known[name][0] for name in self.at_rest})
        if name in TIMELESS:
            raise DataError(Problem("path.timeless", {"value": said, "known": several(there)}))
        near = hint(said, [word for of in self.at_rest for word in (of, *known[of])], 0)
        raise DataError(Problem("path.no_outcome", {"value": f"{said!s:.60}", "near": near, "known": several(there)}))

    def year(self, said: int) -> int:
        """Return a year that the path holds; a DataError says which these are where it is none."""
        if said not in self.years:
            values: dict[str, object] = {"value": said, "first": self.years[0], "last": self.years[-1]}
            raise DataError(Problem("path.no_year", values))
        return int(said)

    def table(self, name: str = "path", lang: str = "en") -> pd.DataFrame:
        """Return a table of every year with heads and labels in one language: path, milestones, budget or gains.

        Named as the tables of `hinterland path --table`, or as either language calls them; a DataError names the
        nearest.
        """
        return shows().table(self, name, lang)

    def plot(
        self, name: str = "years", variable: str | None = None, lang: str = "en", year: int | None = None
    ) -> Picture:
        """Return a picture that a notebook shows: an outcome by year of the nation and its macro-regions, or others.

        `name` is years, gains_by_year or map; the map is that of a year, else of the last. A DataError names the
        nearest.
        """
        options = {} if year is None else {"year": self.year(year)}
        return shows().plot(self, name, variable, lang, **options)

    def by(self, grouping: str) -> pd.DataFrame:
        """Return outcomes by year and group of a grouping as in `headline`: year, region, and the columns of that."""
        years = zip(self.years, self.equilibria, self._states_before, strict=False)
        each = [self._by(one, before, grouping).assign(year=year) for year, one, before in years]
        found = pd.concat(each, ignore_index=True)
        return first_column("year", found)

    @own_copy
    def budget(self) -> pd.DataFrame:
        """What is spent, charged and owed, bn CNY: year, policy, instrument, payer, spent, charged, owed."""
        return budget_by_year(self.package)

    @own_copy
    def gains(self) -> pd.DataFrame:
        """Who gains and loses by year, where he was: year, and the columns of a run's `gains` but `movers`.

        bn CNY a year, by all, macro-region of hukou, hukou, residence and sector. What those who move gain by moving is
        that of a choice for life and has no years; bills of the year are paid.
        """
        years = zip(self.years, self.equilibria, self.without or (None,) * len(self.equilibria), strict=False)
        found = [gained(one, without).assign(year=year) for year, one, without in years]
        return first_column("year", pd.concat(found, ignore_index=True))

    @own_copy
    def gains_at_rest(self) -> pd.DataFrame:
        """The same at the rest point."""
        return gained(self.rest, self.without[-1] if self.without else None)

    @cached_property
    def at_ends(self) -> list[Path]:
        """The same at the ends of both paces."""
        rest = None if self.drivers else self.rest  # where people are bound hangs on the pace
        return [followed(self.package, pace, rest, self.drivers) for pace in Pace.ends()]

    def at_rest_by(self, grouping: str) -> pd.DataFrame:
        """Return outcomes at the rest point by group of a grouping, as `by` does for years."""
        return self._by(self.rest, self._states_before[-1], grouping)

    def _by(self, one: Equilibrium, before: State, grouping: str) -> pd.DataFrame:
        economy = self.scenario.economy
        groups = economy.regions.grouping(grouping, economy.domestic_codes, economy.year)
        found = regional(economy, before, state_of(one), groups)
        return found[~found["variable"].isin(TIMELESS)]

    def reached(self, name: str, part: float) -> int | None:
        """Return from which year on an outcome has a part of its change at the rest point, up to the horizon.

        From then on it differs from the rest point by no more than what is left of that change, on either side: a year
        in which it only passes by is none. None where there is no such year, or nothing changes in the end. A DataError
        where no outcome goes by that name.
        """
        name = self.outcome(name)
        rest, changes_t = self.at_rest[name], self.changes(name).to_numpy()
        if abs(rest) < NOUGHT:
            return None
        away_t = np.flatnonzero(np.abs(changes_t / rest - 1) > 1 - part)
        later = [year for number, year in enumerate(self.years) if away_t.size == 0 or number > away_t[-1]]
        return next(iter(later), None)


def first_column(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with one of its columns before the others."""
    return frame[[name, *(other for other in frame if other != name)]]


def changes_by_place(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the change of an outcome by year and place, in the order of `by`, without the nation above them."""
    table = rows[rows["variable"] == name].pivot(index="year", columns="region", values="change")
    places = [*dict.fromkeys(rows["region"])]
    return table[[place for place in places if place != NATION or len(places) == 1]]


def worse(*solved: Equilibrium) -> Certificate:
    """Return the certificate of the solution that can be believed least."""
    return max((one.certificate for one in solved), key=lambda of: (not of.passed, of.worst))


def gained(one: Equilibrium, without: Equilibrium | None) -> pd.DataFrame:
    """Return what people gain where they were, beyond what they gain without the policies where that is known.

    Costs that fall by themselves are in neither: they would weigh the gains of those whom they hold or draw.
    """
    if without is None:
        return gains_of_stayers(one.economy, one.solved.outcome)
    again = 1 / np.asarray(without.economy.levers.migration_cost_hat_gc)
    table, other = (
        gains_of_stayers(of.economy.with_levers(migration_cost_hat_gc=again), of.solved.outcome)
        for of in (one, without)
    )
    amounts = [str(name) for name in table if name not in ("dimension", "who", "people")]
    return table.assign(**{name: table[name] - other[name] for name in amounts})


def timed(one: Equilibrium) -> dict[str, float]:
    """Return the outcomes of the nation that a year has."""
    found = national(one.economy, state_of(one))
    return {name: value for name, value in found.items() if name not in TIMELESS}


def path(
    scenario: Scenario | str | File, pace: Pace | None = None, drivers: Drivers | None = None, foresight: bool = False
) -> Path:
    """Follow a scenario (of the box, a file, or your own) from the year after its base year to its horizon.

    Each year markets clear where people are, under the policies as far as they are in force; a share of people then
    chooses anew (`pace`). With `drivers` the country moves on by itself as in `baseline`, and each year is held against
    the same year without the policies; else all but the policies stays as in the base year. With `foresight`, or where
    the scenario's expectations are so, those who choose know the years to come, discounted at the scenario's rate, and
    not with drivers: these are fitted to people who go by the year. Raises a PolicyError where the policies are
    refused, a DataError where drivers are, a NotSolvedError where a year is not found.
    """
    chosen = scenario if isinstance(scenario, Scenario) else read(scenario)
    ahead = {"expectations": "foresight"} if foresight else {}
    return followed(package(chosen.with_values(ahead)), pace, drivers=drivers)


def followed(
    whole: Package,
    pace: Pace | None = None,
    rest: Equilibrium | None = None,
    drivers: Drivers | None = None,
) -> Path:
    """Follow a package, whose rest point may be solved already; `path` says how."""
    paced, base, staying = pace or Pace.known(), whole.scenario.economy, whole.scenario.staying()
    require_pace(paced)
    under, foresight = economies(whole), whole.scenario.expectations == "foresight"
    if drivers is None:
        rest = rest or solve(whole.acting(staying).economy(staying))
        if not foresight:
            return Path(whole, paced, tuple(along(under, *paced)), rest)
        years, gap = foreseen(under, rest, *paced, 1 / (1 + whole.scenario.discount))
        return Path(whole, paced, tuple(years), rest, horizon_gap=gap)
    if foresight:
        raise PolicyError(Problem("path.foresight_alone"))
    require_drivers(drivers, base.year)
    lasting = max(len(under), int(drivers.fades) - base.year)  # at the rest point costs have fallen as far as they will
    *costs, end_gc = costs_tgc(base, drivers, *paced, lasting + 1)
    costs = costs[: len(under)]
    alone = [base.with_levers(migration_cost_hat_gc=cost_gc) for cost_gc in costs]
    moved = [one.with_levers(migration_cost_hat_gc=cost_gc) for one, cost_gc in zip(under, costs, strict=True)]
    end = whole.acting(staying).economy(staying).with_levers(migration_cost_hat_gc=end_gc)
    without = (*along(alone, *paced), solve(base.with_levers(migration_cost_hat_gc=end_gc)))
    return Path(whole, paced, tuple(along(moved, *paced)), solve(end), drivers, without)


def economies(whole: Package) -> list[Economy]:
    """Return the economy under the policies of each year; years that are alike share one.

    What a policy spends once is paid off from the year of spending to the horizon, whether it is in force or not.
    """
    scenario, policies = whole.scenario, whole.scenario.policies
    forces = {name: scenario.force_t(policy) for name, policy in policies.items()}
    shares = {name: spent_t(scenario, policy) for name, policy in policies.items()}
    known: dict[Hashable, Economy] = {}
    found = []
    for number, acting in enumerate(packages_by_year(whole)):
        force, spent = ({name: float(of[number]) for name, of in by.items()} for by in (forces, shares))
        key = (*force.values(), *spent.values())
        if key not in known:
            known[key] = acting.economy_in(force, spent)
        found.append(known[key])
    return found


def milestones(found: Path, names: Iterable[str]) -> pd.DataFrame:
    """Return from when half and nine tenths of the change at the rest point are there, over the range of the pace.

    variable, part (of the change), year (`Path.reached`; None: not before the horizon), low, high (earliest and latest
    over the ends of both shares; None: not before the horizon), which are those of the year itself where people look
    ahead. Outcomes that in the end are as they were have no rows.
    """
    rows, others = [], [] if found.foresight else found.at_ends  # of which each would take as long again
    for name in (name for name in names if abs(found.at_rest[name]) >= NOUGHT):
        for key, part in PARTS.items():
            years = [one.reached(name, part) for one in (found, *others)]
            known = [year for year in years if year is not None]
            late = len(known) < len(years)
            rows.append((name, key, years[0], min(known, default=None), None if late else max(known)))
    return pd.DataFrame(rows, columns=["variable", "part", "year", "low", "high"], dtype=object)
