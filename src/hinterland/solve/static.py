"""Solve an economy: its arrays are a setting of the model, its outcome is told in its own terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.model.evaluate import Outcome as WorldOutcome
from hinterland.model.levers import Levers
from hinterland.shown import Shown
from hinterland.solve import world
from hinterland.solve.certificate import Certificate
from hinterland.world.of_economy import world_of

TOLERANCE = 2e-13


class Outcome(NamedTuple):
    """Changes from the base year; nominal hats over the numeraire's."""

    wage_hat_nj: Any
    price_hat_nj: Any
    labour_hat_nj: Any
    value_added_hat_nj: Any
    spending_nj: Any
    real_income_hat_c: Any
    people_hat_c: Any
    rebate_g: Any
    migration_share_gc: Any
    welfare_hat_g: Any

    def __repr__(self) -> str:
        return f"<Outcome: {', '.join(f'{name} {np.shape(value)}' for name, value in self._asdict().items())}>"


@dataclass(frozen=True, repr=False)
class Equilibrium(Shown):
    """Labelled changes from the base year, with their certificate."""

    economy: Economy
    outcome: Outcome
    certificate: Certificate
    solved: world.WorldEquilibrium

    def __repr__(self) -> str:
        return f"<Equilibrium of {self.economy.name}: {self.certificate.words}>"

    @property
    def welfare_hat_g(self) -> FloatArray:
        """Change of each hukou group's expected utility."""
        return np.asarray(self.outcome.welfare_hat_g)

    @cached_property
    def trade_share_nij(self) -> FloatArray:
        """Shares of spending by destination, origin and sector."""
        return self.solved.trade_share_nij


def numeraire_hat(economy: Economy, solved: WorldOutcome) -> Any:
    """Change of the numeraire: the wage of agriculture in the last region abroad; all value added where none is."""
    if not economy.foreign_codes:
        return solved.value_added_nj.sum() / economy.arrays["value_added_nj"].sum()
    return solved.wage_hat_nj[-1, int(economy.farm_j.argmax())]


def outcome_of(economy: Economy, solved: WorldOutcome) -> Outcome:
    """Tell the model's outcome in the economy's terms."""
    wage = numeraire_hat(economy, solved)
    share = solved.migration_share_gc
    return Outcome(
        solved.wage_hat_nj / wage,
        solved.price_hat_nj / wage,
        solved.labour_hat_nj,
        solved.earned_nj / economy.arrays["value_added_nj"] / wage,
        solved.spending_nj / wage,
        solved.real_income_hat_c,
        (economy.group_size_g @ share) / economy.workers_c,
        solved.rebate_g,
        share,
        solved.welfare_hat_g,
    )


def solve(economy: Economy, tolerance: float = TOLERANCE) -> Equilibrium:
    """Solve the static equilibrium in exact hats; raise NotSolvedError where no solution is found."""
    return as_equilibrium(economy, world.solve_from(world_of(economy), None, tolerance))


def solve_like(economy: Economy, like: Economy) -> Equilibrium:
    """Solve an economy that is not solved again, by the steps of one of the same blocks and shapes."""
    return as_equilibrium(economy, world.solve_from(world_of(economy), None, like=world_of(like)))


def solve_once(economy: Economy) -> Equilibrium:
    """Solve a base year that is not solved again: by steps that need nothing prepared."""
    return as_equilibrium(economy, world.solve_from(world_of(economy), None, natural=True))


def as_equilibrium(economy: Economy, solved: world.WorldEquilibrium) -> Equilibrium:
    """Return a world's equilibrium in the economy's terms."""
    return Equilibrium(economy, outcome_of(economy, solved.outcome), solved.certificate, solved)


def response(economy: Economy) -> Callable[[Levers], Outcome]:
    """Return the outcome as a function of the economy's levers that `jax.grad` passes through."""
    solved = world.response(world_of(economy))

    def outcome(levers: Levers) -> Outcome:
        return outcome_of(economy, solved(levers))

    return outcome
