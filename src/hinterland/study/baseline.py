"""Where a country goes without a new policy: people still on the way since the base year, with a fan of assumptions.

Productivity, prices of the world, births and deaths stay as in the base year, so that nothing is said of output.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from hinterland.data.regions import NATION
from hinterland.economy.economy import Economy
from hinterland.economy.load import load
from hinterland.errors import DataError, Problem, require_kind
from hinterland.policy.combine import moved_base
from hinterland.shown import Picture, Shown, shows
from hinterland.solve.certificate import Certificate
from hinterland.solve.path import along
from hinterland.solve.static import Equilibrium
from hinterland.study.drivers import FURTHEST, URBAN, Drivers, costs_tgc, require_drivers
from hinterland.study.outcomes import Place, State, base_state, regional, state_of
from hinterland.study.own_copy import own_copy
from hinterland.study.pace import Pace, require_pace
from hinterland.study.path import first_column, worse

UNTIL = 2050
AIM = 70  # % of people in towns: what the State Council wants by 2030
MOVING = (URBAN, "workers_in_place", "workers_across", "workers_from_elsewhere")
KEYS = ["year", "region", "variable", "unit"]


@dataclass(frozen=True, repr=False)
class Baseline(Shown):
    """The base year and the years after it, each an equilibrium with its certificate: people as at the year's end."""

    economy: Economy
    drivers: Drivers
    pace: Pace
    equilibria: tuple[Equilibrium, ...]

    def __repr__(self) -> str:
        return f"<Baseline of {self.economy.name}: {self.years[0]} to {self.years[-1]}>"

    @property
    def years(self) -> tuple[int, ...]:
        """The base year and every year after it."""
        return tuple(range(self.economy.year, self.economy.year + len(self.equilibria)))

    @property
    def certificates(self) -> dict[int, Certificate]:
        """Why each year can be believed."""
        return dict(zip(self.years, (one.certificate for one in self.equilibria), strict=True))

    @property
    def certificate(self) -> Certificate:
        """Why the range can be believed: that of the year, under other assumptions, that can be least."""
        return worse(*(one for other in self.others.values() for one in other.equilibria))

    @cached_property
    def states(self) -> dict[int, State]:
        """The state at the end of each year."""
        return dict(zip(self.years, map(state_of, self.equilibria), strict=True))

    def by(self, grouping: str) -> pd.DataFrame:
        """Return outcomes of people by year, nation and group of a grouping: year, region, variable, unit, value."""
        codes = self.economy.domestic_codes
        groups = {NATION: codes} | self.economy.regions.grouping(grouping, codes, self.economy.year)
        before = base_state(self.economy)
        found = [regional(self.economy, before, state, groups).assign(year=year) for year, state in self.states.items()]
        table = pd.concat(found, ignore_index=True)
        return first_column("year", table[table["variable"].isin(MOVING)]).drop(columns=["baseline", "change"])

    @own_copy
    def levels(self) -> pd.DataFrame:
        """Outcomes of people in the nation and its macro-regions: year, region, variable, unit, value."""
        return self.by("macro_region")

    @own_copy
    def residents(self) -> pd.DataFrame:
        """Residents of each region over those of the base year, by year: all regions together stay as many."""
        all_n = np.ones(len(self.economy.domestic_codes), dtype=bool)
        found = {year: Place(self.economy, state, all_n).residents_n for year, state in self.states.items()}
        table = pd.DataFrame(found, index=list(self.economy.domestic_codes)).T
        return table / table.loc[self.economy.year]

    @cached_property
    def others(self) -> dict[tuple[str, float], Baseline]:
        """The same with one assumption at an end of its range, by its name and that end: each driver, each pace."""
        count = len(self.equilibria) - 1
        drivers = {(name, end): (one, self.pace) for name, end, one in self.drivers.varied()}
        paces = {(name, end): (self.drivers, one) for name, end, one in self.pace.varied()}
        return {key: followed(self.economy, *both, count) for key, both in (drivers | paces).items()}

    @own_copy
    def assumptions(self) -> pd.DataFrame:
        """What the last year hangs on, most first: assumption, value, low, high (its range), least, most.

        `least` and `most` are the nation's rate of urbanization, %, in the last year: at the ends and the given value.
        """
        known = self.drivers._asdict() | self.pace._asdict()
        ends: dict[str, list[tuple[float, float]]] = {}
        own = float(rates(self)[NATION].iloc[-1])
        for (name, end), one in self.others.items():
            ends.setdefault(name, []).append((end, float(rates(one)[NATION].iloc[-1])))
        rows = []
        for name, of in ends.items():
            low, high = sorted(end for end, _ in of)
            towns = [own, *(rate for _, rate in of)]
            rows.append((name, known[name], low, high, min(towns), max(towns)))
        rows.sort(key=lambda row: row[-2] - row[-1])
        return pd.DataFrame(rows, columns=["assumption", "value", "low", "high", "least", "most"])

    @own_copy
    def fan(self) -> pd.DataFrame:
        """Levels with the least and the largest under other assumptions: low and high beside what `levels` has."""
        found = pd.concat([one.levels for one in (self, *self.others.values())])
        ends = found.groupby(KEYS)["value"].agg(low="min", high="max")
        return self.levels.merge(ends.reset_index(), on=KEYS)

    def passing(self, levels: Iterable[float] | float = (65, 70, 75, 80)) -> pd.DataFrame:
        """Return in which year the rate of urbanization reaches levels, in %, by place: region, level, year, low, high.

        None: not by the last year; nor are levels told that the base year has. A DataError where a level is no percent
        between 1 and 100.
        """
        asked: Any = levels
        given: list[Any] = [asked] if isinstance(asked, Real) else [*asked]
        if wrong := [level for level in given if not isinstance(level, Real) or not 1 < float(level) < 100]:
            raise DataError(Problem("drivers.level", {"value": f"{wrong[0]!s:.20}"}))
        towns = [rates(one) for one in (self, *self.others.values())]
        rows = []
        for place, level in product(towns[0], given):
            if towns[0][place].iloc[0] >= level:
                continue
            years = [reached(of[place], level) for of in towns]
            known = [year for year in years if year is not None]
            last = None if None in years else max(known)
            rows.append((place, level, years[0], min(known, default=None), last))
        return pd.DataFrame(rows, columns=["region", "level", "year", "low", "high"], dtype=object)

    def table(self, name: str = "baseline", lang: str = "en") -> pd.DataFrame:
        """Return a table with heads and labels in one language: baseline, moved, passing, assumptions, projections.

        Named as the tables of `hinterland baseline --table`, or as either language calls them.
        """
        return shows().table(self, name, lang)

    def plot(self, name: str = "fan", variable: str | None = None, lang: str = "en") -> Picture:
        """Return the picture of the fan: the rate of urbanization of the nation, its range, and what others project."""
        return shows().plot(self, name, variable, lang)


def rates(one: Baseline) -> pd.DataFrame:
    """Return the rate of urbanization, %, by year and place, in the order of places."""
    levels = one.levels
    rows = levels[levels["variable"] == URBAN]
    table = rows.pivot(index="year", columns="region", values="value")
    return table[[*dict.fromkeys(rows["region"])]]


def reached(rate_t: pd.Series[float], level: float) -> int | None:
    """Return the first year in which a rate is at or above a level; None where there is none."""
    return next((int(year) for year in rate_t.index[rate_t >= level]), None)


def baseline(
    economy: Economy | str = "china-2020",
    drivers: Drivers | None = None,
    pace: Pace | None = None,
    until: int = UNTIL,
) -> Baseline:
    """Follow an economy without a new policy from its base year to a year.

    Raises a DataError where the panel has no record of the ten years before, or a value is outside its bounds; a
    NotSolvedError where a year is not found.
    """
    require_kind(economy, (Economy, str), "economy")
    base = load(economy) if isinstance(economy, str) else economy
    if problems := moved_base(base):
        raise DataError(problems)
    known, paced = drivers or Drivers.known(), pace or Pace.known()
    require_pace(paced)
    require_drivers(known, base.year)
    last: Any = until
    if not isinstance(last, Integral) or not base.year < int(last) <= FURTHEST:
        raise DataError(Problem("drivers.until", {"value": f"{until!s:.20}", "first": base.year + 1, "last": FURTHEST}))
    return followed(base, known, paced, int(until) - base.year)


def followed(economy: Economy, drivers: Drivers, pace: Pace, count: int) -> Baseline:
    """Follow an economy for a number of years.

    What a year's drivers ask for shows at its end: people of the base year choose under those of the year after.
    """
    costs = costs_tgc(economy, drivers, *pace, count)
    under = [economy.with_levers(migration_cost_hat_gc=cost_gc) for cost_gc in (*costs, costs[-1])]
    return Baseline(economy, drivers, pace, tuple(along(under, *pace)))
