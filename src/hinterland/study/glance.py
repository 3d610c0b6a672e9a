"""An answer without splits, for a page on which a lever moves: the nation and its provinces as plain vectors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.solve.static import solve
from hinterland.study.apply import package
from hinterland.study.outcomes import base_state, by_place, change, national, unit_of
from hinterland.study.run import Result
from hinterland.study.solved import Solved


class Levels(NamedTuple):
    """Outcomes by variable, in the order of the headline: of the nation one number each, of provinces (D,) each.

    A change is relative to the base year (.01 = 1 %) for levels, a difference for shares, rates and indices, as in
    `Result.headline`; units are those of both levels.
    """

    units: dict[str, str]
    baseline: dict[str, Any]
    value: dict[str, Any]
    change: dict[str, Any]


@dataclass(frozen=True, repr=False)
class Glance(Solved):
    """A solved scenario: equilibrium and certificate, headline, provinces; `result` has every table of a run.

    `codes` names the provinces, in the order of each vector of `provinces`. Each part is worked out when it is first
    asked for.
    """

    def __repr__(self) -> str:
        return f"<Glance at {self.scenario.name}: {self.certificate.words}>"

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the provinces."""
        return self.scenario.economy.domestic_codes

    @cached_property
    def headline(self) -> Levels:
        """The nation: each outcome a number."""
        economy = self.scenario.economy
        return levels(economy, before(economy)[0], national(economy, self.after))

    @cached_property
    def provinces(self) -> Levels:
        """Its provinces: each outcome a vector, (D,), in the order of `codes`."""
        economy = self.scenario.economy
        return levels(economy, before(economy)[1], by_place(economy, self.after, each_alone(economy)))

    @cached_property
    def result(self) -> Result:
        """The same solution as a `Result`, with the tables that take longer: nothing is solved again for it."""
        return Result(self.package, self.equilibrium)


def glance(scenario: Scenario | str | Path) -> Glance:
    """Solve a scenario (of the box, a file, or your own) for what is seen at once; some ten milliseconds when warm.

    The numbers are those of `hl.run`, and so are its errors: a PolicyError where the policies are refused, a
    NotSolvedError where nothing is found. What follows from the base year alone, what each policy changes and where
    people move with it are kept by their content, so that a lever that moves costs what hangs on it.

    Threads may ask for different scenarios at once, or for the same: economies, scenarios, policies and results are
    frozen, and what is kept is whole or not there; only work may be done twice. Each gets the same bits as when they
    ask one after another, unless movers are counted with more than three policies of one scenario: these are solved in
    a batch, whose last digits hang on what is known already.
    """
    whole = package(scenario if isinstance(scenario, Scenario) else read(scenario))
    return Glance(whole, solve(whole.economy()))


@kept(BASE_YEARS)
def before(economy: Economy) -> tuple[dict[str, float], dict[str, FloatArray]]:
    """Return the outcomes of the base year: of the nation, and of its provinces."""
    base = base_state(economy)
    return national(economy, base), by_place(economy, base, each_alone(economy))


def each_alone(economy: Economy) -> FloatArray:
    """Return the places that are one domestic region each, (D, D)."""
    return np.eye(economy.cells.regions)


def levels(economy: Economy, base: dict[str, Any], now: dict[str, Any]) -> Levels:
    """Return outcomes before and after with their units and changes."""
    units = {name: unit_of(economy, name) for name in base}
    return Levels(units, dict(base), now, {name: change(name, base[name], now[name]) for name in base})
