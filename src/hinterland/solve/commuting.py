"""Solve the model with commuting, and invert it: productivity that rationalises wages and workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.commuting import Commuting
from hinterland.model.commuting import CommutingOutcome, CommutingResiduals, evaluate, step, unpack
from hinterland.solve.anderson import anderson, largest_gap
from hinterland.solve.implicit import root
from hinterland.solve.status import ACCEPTED, Certificate, largest, require_passed

TOLERANCE = 1e-12
DAMPING = 0.3
MEMORY = 15
MAX_STEPS = 1000


@dataclass(frozen=True)
class CommutingEquilibrium:
    """Changes from the base year, with their certificate."""

    commuting: Commuting
    outcome: CommutingOutcome
    certificate: Certificate


def look(point: Any, values: Any) -> tuple[Any, Any]:
    """Return the step and the largest residual at a point."""
    par, levers = values
    move, residuals = step(point, par, levers, DAMPING)
    return move, largest_gap(residuals[:-1])


@jax.jit
def _solve(par: Any, levers: Any, tolerance: Any) -> Any:
    start = jnp.zeros(4 * par.wage_n.size)
    point, made = root(look, MEMORY, MAX_STEPS, start, (par, levers), tolerance)
    outcome, residuals = evaluate(unpack(point), par, levers)
    return outcome, residuals, made


def solve(commuting: Commuting, tolerance: float = TOLERANCE) -> CommutingEquilibrium:
    """Solve the equilibrium in exact hats; raise NotSolvedError where no solution is found."""
    outcome, residuals, made = jax.device_get(_solve(commuting.parameters, commuting.levers, tolerance))
    certificate = certify(outcome, residuals, int(made))
    require_passed(certificate, residuals._asdict(), commuting.regions)
    return CommutingEquilibrium(commuting, outcome, certificate)


def certify(outcome: CommutingOutcome, residuals: CommutingResiduals, made: int) -> Certificate:
    """Collect residuals by market and check people and trade."""
    gaps = {name.partition("_")[0]: largest(values) for name, values in residuals._asdict().items()}
    walras = gaps.pop("walras")
    identities = {
        "people": abs(float(outcome.commuting_share_ni.sum()) - 1),
        "trade_shares": largest(outcome.trade_share_ni.sum(axis=1) - 1),
    }
    return Certificate(gaps, walras, identities, ACCEPTED, made)


def invert_productivity(
    wage_n: FloatArray,
    workers_n: FloatArray,
    spending_n: FloatArray,
    trade_cost_ni: FloatArray,
    trade_elasticity: float,
    agglomeration_elasticity: float,
) -> tuple[FloatArray, FloatArray]:
    r"""Return productivity (mean one) at which wage bills equal sales, and the trade shares that it implies.

    .. math:: w_i L_i = \sum_n \pi_{ni} X_n, \quad
              \pi_{ni} \propto A_i^\theta L_i^{1+\theta\nu} (d_{ni} w_i)^{-\theta}

    Source: Monte, Redding and Rossi-Hansberg (2018), section 3 [monte2018]. Departure: none.
    """
    theta = trade_elasticity
    fixed_ni = workers_n ** (1 + theta * agglomeration_elasticity) * (trade_cost_ni * wage_n[None, :]) ** -theta

    def shares(log_productivity: Any) -> Any:
        weight = fixed_ni * jnp.exp(theta * log_productivity)[None, :]
        return weight / weight.sum(axis=1, keepdims=True)

    def look_inverse(log_productivity: Any) -> tuple[Any, Any]:
        gap = jnp.log(wage_n * workers_n / (shares(log_productivity).T @ spending_n))
        move = gap / theta
        target = log_productivity + move
        return target - jnp.log(jnp.exp(target).mean()) - log_productivity, jnp.max(jnp.abs(gap))

    run = jax.jit(lambda start: anderson(look_inverse, start, TOLERANCE, MEMORY, MAX_STEPS))
    point, _, made = run(jnp.zeros(wage_n.size))
    share_ni, bill_n = np.asarray(shares(point)), wage_n * workers_n
    gap_n = np.log(bill_n / (share_ni.T @ spending_n))
    certificate = Certificate(
        {"wage": largest(gap_n)},
        abs(float(np.log(bill_n.sum() / spending_n.sum()))),
        {"trade_shares": largest(share_ni.sum(axis=1) - 1)},
        ACCEPTED,
        int(made),
    )
    require_passed(certificate, {"wage_n": gap_n}, [str(n + 1) for n in range(wage_n.size)])
    return np.asarray(jnp.exp(point)), share_ni
