"""A scenario year by year: policies come into force, markets clear where people are, and people follow by and by.

What the policies do and nothing else: productivity, births and all else stay as in the base year. No forecast.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as File
from typing import NamedTuple

import pandas as pd

from hinterland import schema
from hinterland.data.regions import NATION
from hinterland.economy.economy import Economy
from hinterland.errors import PolicyError, Problem
from hinterland.policy.costs import evidence
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.shown import Picture, Shown, shows
from hinterland.solve.certificate import Certificate
from hinterland.solve.path import along
from hinterland.solve.static import Equilibrium, solve
from hinterland.study.apply import Package, package
from hinterland.study.outcomes import base_state, change, national, regional, state_of, unit_of

AMONG, INSIDE = "core.mobility_among", "core.mobility_inside"
TIMELESS = ("welfare",)
PARTS = {"half": 0.5, "most": 0.9}  # of the change at the rest point, whose year is told


class Pace(NamedTuple):
    """Shares of people who choose anew in a year: between all provinces, and inside their own."""

    among: float
    inside: float

    @classmethod
    def known(cls) -> Pace:
        """Return the pace of the evidence table; it is assumed."""
        return cls(evidence(AMONG), evidence(INSIDE))

    def ends(self) -> list[Pace]:
        """Return this pace with each share at the ends of its range, one at a time."""
        among, inside = (schema.evidence()[key] for key in (AMONG, INSIDE))
        return [
            *(self._replace(among=value) for value in (among.low, among.high)),
            *(self._replace(inside=value) for value in (inside.low, inside.high)),
        ]


@dataclass(frozen=True, repr=False)
class Path(Shown):
    """The years of a scenario after its base year, each an equilibrium with its certificate, and the rest point."""

    package: Package
    pace: Pace
    equilibria: tuple[Equilibrium, ...]
    rest: Equilibrium

    def __repr__(self) -> str:
        first, last = self.years[0], self.years[-1]
        return f"<Path of {self.scenario.name} on {self.scenario.economy.name}: {first} to {last}>"

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
    def certificates(self) -> dict[int, Certificate]:
        """Why each year can be believed."""
        return dict(zip(self.years, (one.certificate for one in self.equilibria), strict=True))

    @cached_property
    def headline(self) -> pd.DataFrame:
        """Outcomes of the nation by year.

        year, variable, unit, baseline (as in the base year), value, change (relative for levels, a difference for
        shares, rates and indices). Expected utility is none of them: it is that of choosing once and for all.
        """
        economy = self.scenario.economy
        rows = [
            (year, name, unit_of(economy, name), self.base[name], now[name], change(name, self.base[name], now[name]))
            for year, now in zip(self.years, map(timed, self.equilibria), strict=True)
            for name in now
        ]
        return pd.DataFrame(rows, columns=["year", "variable", "unit", "baseline", "value", "change"])

    @cached_property
    def base(self) -> dict[str, float]:
        """Outcomes of the nation in the base year."""
        economy = self.scenario.economy
        return national(economy, base_state(economy))

    @cached_property
    def at_rest(self) -> dict[str, float]:
        """Change of each outcome of the nation at the rest point, read as in `headline`."""
        return {name: change(name, self.base[name], value) for name, value in timed(self.rest).items()}

    def changes(self, name: str) -> pd.Series[float]:
        """Return the change of an outcome of the nation by year."""
        rows = self.headline[self.headline["variable"] == name]
        return rows.set_index("year")["change"].astype(float)

    def plot(self, variable: str | None = None, lang: str = "en") -> Picture:
        """Return a picture of an outcome by year, of the nation and its macro-regions, that a notebook shows."""
        return shows().plot(self, "years", variable, lang)

    def by(self, grouping: str) -> pd.DataFrame:
        """Return outcomes by year and group of a grouping: year, region, variable, unit, baseline, value, change."""
        economy = self.scenario.economy
        groups = economy.regions.grouping(grouping, economy.domestic_codes, economy.year)
        before = base_state(economy)
        tables = [
            regional(economy, before, state_of(one), groups).assign(year=year)
            for year, one in zip(self.years, self.equilibria, strict=True)
        ]
        found = pd.concat(tables, ignore_index=True)
        return found.loc[~found["variable"].isin(TIMELESS), ["year", *(name for name in found if name != "year")]]

    def reached(self, name: str, part: float) -> int | None:
        """Return the first year in which an outcome has a part of its change at the rest point; None where it has not.

        It may go beyond and come back: what is told is the first year.
        """
        rest, changes_t = self.at_rest[name], self.changes(name).to_numpy()
        there = (year for year, now in zip(self.years, changes_t, strict=True) if rest and now / rest >= part)
        return next(there, None)


def changes_by_place(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the change of an outcome by year and place, in the order of the places of `by`, the nation left out."""
    table = rows[rows["variable"] == name].pivot(index="year", columns="region", values="change")
    return table[[place for place in dict.fromkeys(rows["region"]) if place != NATION]]


def timed(one: Equilibrium) -> dict[str, float]:
    """Return the outcomes of the nation that a year has."""
    found = national(one.economy, state_of(one))
    return {name: value for name, value in found.items() if name not in TIMELESS}


def path(scenario: Scenario | str | File, pace: Pace | None = None) -> Path:
    """Follow a scenario (of the box, a file, or your own) from the year after its base year to its horizon.

    Each year markets clear where people are, under the policies as far as they are in force; a share of people then
    chooses anew (`pace`). Raises a PolicyError where the policies are refused, a NotSolvedError where a year is not
    found.
    """
    whole = package(scenario if isinstance(scenario, Scenario) else read(scenario))
    return followed(whole, solve(whole.economy()), pace)


def followed(whole: Package, rest: Equilibrium, pace: Pace | None = None) -> Path:
    """Follow a package whose rest point is solved; `path` says how."""
    paced = pace or Pace.known()
    require_pace(paced)
    return Path(whole, paced, tuple(along(economies(whole), *paced)), rest)


def require_pace(pace: Pace) -> None:
    """Raise where shares of people who choose anew are no shares, or together more than all."""
    if not (min(pace) >= 0 and 0 < sum(pace) <= 1):
        raise PolicyError(Problem("path.pace", {"among": pace.among, "inside": pace.inside}))


def economies(whole: Package) -> list[Economy]:
    """Return the economy under the policies of each year; years that are alike are one."""
    scenario = whole.scenario
    forces = {name: scenario.force_t(policy) for name, policy in scenario.policies.items()}
    known: dict[tuple[float, ...], Economy] = {}
    found = []
    for number in range(scenario.horizon):
        force = {name: float(force_t[number]) for name, force_t in forces.items()}
        key = tuple(force.values())
        if key not in known:
            known[key] = whole.economy_in(force)
        found.append(known[key])
    return found


def milestones(found: Path, names: Iterable[str]) -> pd.DataFrame:
    """Return when outcomes have half and nine tenths of their change at the rest point, over the range of the pace.

    variable, part (of the change), year (None: not before the horizon), low, high (years at the ends of the pace, one
    at a time; None: not before the horizon).
    """
    others = [followed(found.package, found.rest, pace) for pace in found.pace.ends()]
    rows = []
    for name in names:
        for key, part in PARTS.items():
            years = [one.reached(name, part) for one in (found, *others)]
            known = [year for year in years if year is not None]
            late = len(known) < len(years)
            rows.append((name, key, years[0], min(known, default=None), None if late else max(known)))
    return pd.DataFrame(rows, columns=["variable", "part", "year", "low", "high"], dtype=object)
