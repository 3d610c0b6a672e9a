"""Productivity at which wage bills equal sales: the inversion of gravity with given costs of trade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.solve.anderson import anderson
from hinterland.solve.certificate import ACCEPTED, Certificate, require_passed
from hinterland.solve.error import largest

TOLERANCE, MEMORY, MAX_STEPS = 1e-12, 15, 1000


def invert_productivity(
    wage_n: FloatArray,
    workers_n: FloatArray,
    spending_n: FloatArray,
    trade_cost_ni: FloatArray,
    trade_elasticity: float,
    agglomeration_elasticity: float,
    regions: Sequence[str] | None = None,
) -> tuple[FloatArray, FloatArray]:
    r"""Return productivity (mean one) at which wage bills equal sales, and the trade shares that it implies.

    .. math:: w_i L_i = \sum_n \pi_{ni} X_n, \quad
              \pi_{ni} \propto A_i^\theta L_i^{1+\theta\nu} (d_{ni} w_i)^{-\theta}

    Parameters
    ----------
    wage_n, workers_n, spending_n : (N,), > 0
        By place of work, by place of work, by place of residence; wage bills and spending have the same sum.
    trade_cost_ni : (N destination, N origin), iceberg, > 0

    Raises
    ------
    NotSolvedError
        Where wage bills and spending do not have the same sum, or no productivity is found.

    Source
    ------
    Monte, Redding and Rossi-Hansberg (2018), section 3 [monte2018]. Departure: none.
    """
    theta = trade_elasticity
    fixed_ni = workers_n ** (1 + theta * agglomeration_elasticity) * (trade_cost_ni * wage_n[None, :]) ** -theta

    def shares(log_productivity: Any) -> Any:
        weight = fixed_ni * jnp.exp(theta * log_productivity)[None, :]
        return weight / weight.sum(axis=1, keepdims=True)

    def evaluate_step(log_productivity: Any) -> tuple[Any, Any]:
        gap = jnp.log(wage_n * workers_n / (shares(log_productivity).T @ spending_n))
        target = log_productivity + gap / theta
        return target - jnp.log(jnp.exp(target).mean()) - log_productivity, jnp.max(jnp.abs(gap))

    run = jax.jit(lambda start: anderson(evaluate_step, start, TOLERANCE, MEMORY, MAX_STEPS))
    ended = run(jnp.zeros(wage_n.size))
    share_ni, bill_n = np.asarray(shares(ended.point)), wage_n * workers_n
    gap_n = np.log(bill_n / (share_ni.T @ spending_n))
    certificate = Certificate(
        {"wage": largest(gap_n)},
        abs(float(np.log(bill_n.sum() / spending_n.sum()))),
        {"trade_shares": largest(share_ni.sum(axis=1) - 1)},
        ACCEPTED,
        int(ended.evaluations),
    )
    names = regions or [str(n + 1) for n in range(wage_n.size)]
    require_passed(certificate, {"wage_n": gap_n}, names)
    return np.asarray(jnp.exp(ended.point)), share_ni
