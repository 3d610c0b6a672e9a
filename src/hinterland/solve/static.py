"""Solve the static model of an economy: `solve(economy)` hands out an equilibrium with its certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.regions import label
from hinterland.economy import Economy, Levers, neutral_levers
from hinterland.model.model import Base, Outcome, count_unknowns, evaluate, system, unpack
from hinterland.solve.implicit import root
from hinterland.solve.status import ACCEPTED, Certificate, largest, require_passed

TOLERANCE = 2e-13
MEMORY = 8
MAX_STEPS = 200


@dataclass(frozen=True)
class Equilibrium:
    """Labelled changes from the base year, with their certificate."""

    economy: Economy
    outcome: Outcome
    certificate: Certificate

    @property
    def welfare_hat_g(self) -> FloatArray:
        r"""Change of each hukou group's expected utility, :math:`\hat V_g \hat\delta_g (m'_{gg}/m_{gg})^{-1/\kappa}`.

        Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
        """
        economy, outcome = self.economy, self.outcome
        stay_hat_g = np.diag(outcome.migration_share_gc) / np.diag(economy.migration_share_gc)
        return np.asarray(
            outcome.real_income_hat_nj.ravel()
            * (outcome.rebate_g / economy.rebate_g)
            * stay_hat_g ** (-1 / economy.elasticities.migration_elasticity)
        )


def base_of(economy: Economy) -> Base:
    """Give the blocks the base year they see; foreign labour is split by the sectors' wage bills."""
    par = economy.elasticities
    revenue = economy.revenue_nj
    bill = par.labour_share_j * revenue[-1]
    foreign = economy.foreign_workers * bill / bill.sum()
    return Base(
        economy.trade_share_nij,
        revenue,
        np.vstack([economy.workers_nj, foreign]),
        economy.migration_share_gc,
        economy.group_size_g,
        economy.rebate_g,
        par,
    )


@jax.jit
def _inverse_jacobian(start: Any, base: Base, neutral: Levers) -> Any:
    return jnp.linalg.inv(jax.jacfwd(system)(start, base, neutral))


@lru_cache(maxsize=16)
def _prepared(key: bytes, holder: _Held) -> tuple[Base, Any]:
    base = jax.tree.map(jnp.asarray, base_of(holder.economy))
    start = jnp.zeros(count_unknowns(base))
    neutral = jax.tree.map(
        jnp.asarray, neutral_levers(holder.economy.trade_share_nij, holder.economy.migration_share_gc)
    )
    return base, _inverse_jacobian(start, base, neutral)


class _Held:
    """An economy as a cache key: equal whenever the base-year arrays are (the key says so)."""

    def __init__(self, economy: Economy) -> None:
        self.economy = economy

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


def prepared(economy: Economy) -> tuple[Base, Any]:
    """Return the base on the device and its inverse Jacobian, made once per base year."""
    arrays = [economy.trade_share_nij, economy.workers_nj, economy.migration_share_gc, *economy.elasticities]
    return _prepared(b"".join(np.ascontiguousarray(a).tobytes() for a in arrays), _Held(economy))


def look(point: Any, values: Any) -> tuple[Any, Any]:
    """Return the preconditioned step and the largest residual at a point."""
    base, levers, inverse = values
    gap = system(point, base, levers)
    return -inverse @ gap, jnp.max(jnp.abs(gap))


@jax.jit
def _solve(base: Base, levers: Levers, inverse: Any, tolerance: Any) -> Any:
    start = jnp.zeros(count_unknowns(base))
    point, made = root(look, MEMORY, MAX_STEPS, start, (base, levers, inverse), tolerance)
    outcome, residuals = evaluate(unpack(point, base), base, levers)
    return outcome, residuals, made


def solve(economy: Economy, tolerance: float = TOLERANCE) -> Equilibrium:
    """Solve the static equilibrium in exact hats; raise NotSolvedError where no solution is found."""
    base, inverse = prepared(economy)
    outcome, residuals, count = jax.device_get(_solve(base, economy.levers, inverse, tolerance))
    certificate = certify(base, outcome, residuals, int(count))
    places = [label(code) for code in economy.region_codes]
    require_passed(certificate, residuals._asdict(), places, economy.sectors)
    return Equilibrium(economy, outcome, certificate)


def response(economy: Economy) -> Callable[[Levers], Outcome]:
    """Return outcome as a function of the levers that `jax.grad` passes through (implicit function theorem)."""
    base, inverse = prepared(economy)

    def outcome(levers: Levers) -> Outcome:
        solved: Outcome = _solve(base, levers, inverse, TOLERANCE)[0]
        return solved

    return outcome


def certify(base: Base, outcome: Outcome, residuals: Any, count: int) -> Certificate:
    """Collect residuals by market and check people, budgets and trade."""

    goods = np.asarray(residuals.goods_nj).ravel()
    par = base.elasticities
    people = np.asarray(outcome.labour_hat_nj * base.labour_nj)[:-1].sum() / np.asarray(base.group_size_g).sum()
    value_added = (outcome.revenue_nj * np.asarray(par.labour_share_j + par.land_share_j)).sum()
    materials = outcome.revenue_nj * np.asarray(1 - par.labour_share_j - par.land_share_j)
    expenditure = outcome.spending_nj.sum() - materials.sum()
    return Certificate(
        {
            "goods": largest(goods[:-1]),
            "price": largest(residuals.price_nj),
            "labour": largest(residuals.labour_nj),
            "stayers": largest(residuals.stayers_g),
            "foreign": largest(residuals.foreign),
        },
        largest(goods[-1:]),
        {
            "people": largest(np.array([people - 1])),
            "gdp_production_expenditure": largest(np.array([expenditure / value_added - 1])),
            "trade_shares": largest(outcome.trade_share_nij.sum(axis=1) - 1),
            "migration_shares": largest(outcome.migration_share_gc.sum(axis=1) - 1),
        },
        ACCEPTED,
        count,
    )
