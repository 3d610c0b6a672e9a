"""The model of a world: the blocks of trade, goods, income and residence put together.

Unknowns are logs: cost of factors, price and people as hats, spending in levels. Nominal values are homogeneous; the
world's value added is the numeraire.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from hinterland.model.goods import spending_nj
from hinterland.model.income import income_n, tariff_revenue_n
from hinterland.model.production import unit_cost_hat
from hinterland.model.residence import crowding_n, pull_n, utility_n
from hinterland.model.trade import kernel_nij, market_nj, sold_nj


class WorldUnknowns(NamedTuple):
    """Logs."""

    factor_nj: Float[Array, "N J"]
    price_nj: Float[Array, "N J"]
    spending_nj: Float[Array, "N J"]
    people_n: Float[Array, "N"]


class WorldOutcome(NamedTuple):
    """Everything that follows from the unknowns."""

    factor_hat_nj: Any  # cost of a unit of factors; the wage where sectors share one and nobody moves
    price_hat_nj: Any
    people_hat_n: Any
    trade_share_nij: Any
    spending_nj: Any
    revenue_nj: Any  # net of tariffs
    income_n: Any
    price_hat_n: Any  # of final spending
    utility_n: Any


class WorldResiduals(NamedTuple):
    """Log gaps of every condition; zero in equilibrium. `walras` is the market left out: it follows from the others."""

    factor_nj: Float[Array, "N J"]
    price_nj: Float[Array, "N J"]
    spending_nj: Float[Array, "N J"]
    utility_n: Float[Array, "N"]
    people_n: Float[Array, "N"]
    numeraire: Float[Array, ""]
    walras: Float[Array, ""]


class Kernels(NamedTuple):
    """What trade costs and tariffs make of the base-year shares: the same at every step, sector first."""

    kernel_jni: Any
    net_kernel_jni: Any  # over one plus the tariff: what reaches the seller


def kernels(par: Any, levers: Any) -> Kernels:
    """Return the kernels of a counterfactual."""
    barrier = levers.trade_cost_hat_nij * (1 + levers.tariff_nij) / (1 + par.tariff_nij)
    kernel = kernel_nij(par.trade_share_nij, barrier, par.trade_elasticity_j)
    net = kernel / (1 + levers.tariff_nij)
    return Kernels(jnp.moveaxis(kernel, 2, 0), jnp.moveaxis(net, 2, 0))


def evaluate(unknowns: WorldUnknowns, par: Any, levers: Any, given: Kernels) -> tuple[WorldOutcome, WorldResiduals]:
    """Pass through the blocks once, in MODEL's order."""
    factor, price, spending, people = (jnp.exp(value) for value in unknowns)
    theta = par.trade_elasticity_j
    productivity = levers.productivity_hat_nj * (people**par.agglomeration_elasticity_n)[:, None]
    cost = unit_cost_hat(factor, price, productivity, par.value_added_share_nj, par.input_share_nkj)
    strength = cost ** -theta[None, :]
    market, net_market = (market_nj(kernel, strength) for kernel in given)
    revenue = sold_nj(given.net_kernel_jni, strength, market, spending)
    # Structures stay where they are, so the bundle of factors grows with people by labour's share.
    capacity = par.value_added_nj * people[:, None] ** (1 - par.structures_share_nj)
    value_added = factor * capacity
    tariffs = tariff_revenue_n(spending, market, net_market)
    owned = par.portfolio_share_n * people
    income = income_n(
        value_added,
        par.structures_share_nj,
        par.contribution_share_n,
        owned / owned.sum(),
        tariffs,
        levers.transfer_n,
    )
    demanded = spending_nj(income, revenue, par.final_share_nj, par.input_share_nkj)
    consumer = jnp.exp((par.final_share_nj * unknowns.price_nj).sum(axis=1))
    utility = utility_n(income, par.base_income_n, people, consumer, par.amenity_n, par.goods_share_n)
    now = people * par.people_n
    earned = par.income_share_nj * revenue
    walras = jnp.log(earned.sum() / value_added.sum())
    residuals = WorldResiduals(
        jnp.log(earned_hat_nj(earned, capacity, par.one_wage_n)) - unknowns.factor_nj - walras,
        -jnp.log(market) / theta[None, :] - unknowns.price_nj,
        jnp.log(demanded) - unknowns.spending_nj,
        pull_n(utility, now, par.zone_n),
        crowding_n(now, par.people_n, par.zone_n),
        jnp.log(value_added.sum() / par.value_added_nj.sum()),
        walras,
    )
    share = jnp.moveaxis(given.kernel_jni, 0, 2) * strength[None] / market[:, None]
    return WorldOutcome(factor, price, people, share, spending, revenue, income, consumer, utility), residuals


def earned_hat_nj(
    earned_nj: Float[Array, "N J"], capacity_nj: Float[Array, "N J"], one_wage_n: Float[Array, "N"]
) -> Float[Array, "N J"]:
    """What a unit of factors earns over the base year: in the region where they are free to move, else by sector."""
    one_wage = (one_wage_n > 0)[:, None]
    by_region = (earned_nj.sum(axis=1) / capacity_nj.sum(axis=1))[:, None]
    by_sector = jnp.where(one_wage, 1.0, earned_nj) / jnp.where(one_wage, 1.0, capacity_nj)
    return jnp.where(one_wage, by_region, by_sector)


def unpack(flat: Float[Array, "U"], par: Any) -> WorldUnknowns:
    """Cut the solver's vector into named unknowns."""
    shape = par.value_added_nj.shape
    size = shape[0] * shape[1]
    factor, price, spending = (flat[k * size : (k + 1) * size].reshape(shape) for k in range(3))
    return WorldUnknowns(factor, price, spending, flat[3 * size :])


def step(flat: Float[Array, "U"], par: Any, levers: Any, given: Kernels, damping: Any) -> tuple[Array, WorldResiduals]:
    """Return one damped step towards equilibrium, with the residuals it rests on; nominal values are kept in scale."""
    unknowns = unpack(flat, par)
    _, residuals = evaluate(unknowns, par, levers, given)
    people = unknowns.people_n
    capacity = par.value_added_nj * jnp.exp(people)[:, None] ** (1 - par.structures_share_nj)
    target = unknowns.factor_nj + residuals.factor_nj
    scale = jnp.log((jnp.exp(target) * capacity).sum() / par.value_added_nj.sum())
    moves = (
        damping.factor * (target - scale - unknowns.factor_nj),
        residuals.price_nj,
        residuals.spending_nj,
        damping.people * residuals.utility_n - residuals.people_n,
    )
    return jnp.concatenate([move.reshape(-1) for move in moves]), residuals
