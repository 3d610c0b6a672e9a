"""Solve a world without mobility: a fixed point in factor costs, prices and spending at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.model.goods import sales_nj
from hinterland.model.world import WorldOutcome, WorldResiduals, evaluate, kernels, step, unpack
from hinterland.solve.anderson import largest_gap
from hinterland.solve.implicit import root
from hinterland.solve.status import ACCEPTED, Certificate, largest, require_passed
from hinterland.world import World, WorldLevers

TOLERANCE = 1e-12
MEMORY = 25
MAX_STEPS = 1000
ROUNDS, ROUGH = 40, 1e-4
TINY = 1e-15


class Damping(NamedTuple):
    """Parts of a full step. Full steps in factor costs overshoot where trade elasticities are large."""

    factor: float = 0.3
    people: float = 1.0


@dataclass(frozen=True)
class WorldEquilibrium:
    """Changes from the base year, with their certificate."""

    world: World
    outcome: WorldOutcome
    certificate: Certificate


def look(point: Any, values: Any) -> tuple[Any, Any]:
    """Return the step and the largest residual at a point."""
    par, levers, given = values
    move, residuals = step(point, par, levers, given, Damping())
    return move, largest_gap(residuals[:-1])


def start(par: Any) -> Any:
    """Return the point from which the solver starts: no change of costs and prices, spending that closes its circuit.

    Spending follows from income linearly; a few rounds of the circuit, in levels, are enough for a start.
    """
    income = par.value_added_nj.sum(axis=1)
    net_share = par.trade_share_nij / (1 + par.tariff_nij)
    final = income[:, None] * par.final_share_nj

    def circuit(state: Any) -> Any:
        spending, _, rounds = state
        new = final + jnp.einsum("nkj,nj->nk", par.input_share_nkj, sales_nj(net_share, spending))
        return new, jnp.abs(new - spending).sum() / new.sum(), rounds + 1

    def unsettled(state: Any) -> Any:
        return (state[1] > ROUGH) & (state[2] < ROUNDS)

    spending, _, _ = jax.lax.while_loop(unsettled, circuit, (final, jnp.array(1.0), jnp.array(0)))
    log_spending = jnp.log(jnp.maximum(spending, TINY * spending.sum())).reshape(-1)
    return jnp.concatenate([jnp.zeros(2 * spending.size), log_spending, jnp.zeros(income.size)])


@jax.jit
def _solve(par: Any, levers: Any, tolerance: Any) -> Any:
    given = kernels(par, levers)
    point, made = root(look, MEMORY, MAX_STEPS, start(par), (par, levers, given), tolerance)
    outcome, residuals = evaluate(unpack(point, par), par, levers, given)
    return outcome, residuals, made


def solve(world: World, tolerance: float = TOLERANCE) -> WorldEquilibrium:
    """Solve the static equilibrium of a world in exact hats; raise NotSolvedError where no solution is found."""
    outcome, residuals, made = jax.device_get(_solve(world.parameters, world.levers, tolerance))
    certificate = certify(world, outcome, residuals, int(made))
    require_passed(certificate, residuals._asdict(), world.regions, world.sectors)
    return WorldEquilibrium(world, outcome, certificate)


def response(world: World) -> Callable[[WorldLevers], WorldOutcome]:
    """Return outcome as a function of the levers that `jax.grad` passes through."""

    def outcome(levers: WorldLevers) -> WorldOutcome:
        solved: WorldOutcome = _solve(world.parameters, levers, TOLERANCE)[0]
        return solved

    return outcome


def certify(world: World, outcome: WorldOutcome, residuals: WorldResiduals, made: int) -> Certificate:
    """Collect residuals by market and check budgets, trade and the value of what is sold."""
    par, levers = world.parameters, world.levers
    capacity = par.value_added_nj * outcome.people_hat_n[:, None] ** (1 - par.structures_share_nj)
    added = (outcome.factor_hat_nj * capacity).sum()
    final = outcome.spending_nj.sum() - (outcome.revenue_nj[:, None, :] * par.input_share_nkj).sum()
    tariffs = (
        levers.tariff_nij / (1 + levers.tariff_nij) * outcome.trade_share_nij * outcome.spending_nj[:, None]
    ).sum()
    rounding = np.abs(par.income_share_nj + par.input_share_nkj.sum(axis=1) - 1).max()
    gaps = {name: largest(values) for name, values in residuals._asdict().items()}
    return Certificate(
        {name.partition("_")[0]: gap for name, gap in gaps.items() if name != "walras"},
        gaps["walras"],
        {
            "gdp_income_expenditure": abs(float(final / (added + tariffs) - 1)),
            "trade_shares": largest(outcome.trade_share_nij.sum(axis=1) - 1),
        },
        ACCEPTED,
        made,
        float(rounding),
    )
