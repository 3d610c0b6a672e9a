"""The model of a world without mobility: the blocks of trade, goods and income put together.

Unknowns are logs: cost of factors and price as hats, spending in levels. Nominal values are homogeneous; the
world's value added is the numeraire.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from hinterland.model.goods import sales_nj, spending_nj
from hinterland.model.income import income_n, tariff_revenue_n
from hinterland.model.production import unit_cost_hat
from hinterland.model.trade import price_hat_nj, share_nij, weight_nij


class WorldUnknowns(NamedTuple):
    """Logs."""

    factor_nj: Float[Array, "N J"]
    price_nj: Float[Array, "N J"]
    spending_nj: Float[Array, "N J"]


class WorldOutcome(NamedTuple):
    """Everything that follows from the unknowns."""

    factor_hat_nj: Any  # cost of a unit of factors; the wage where sectors share one
    price_hat_nj: Any
    trade_share_nij: Any
    spending_nj: Any
    revenue_nj: Any  # net of tariffs
    income_n: Any
    price_hat_n: Any  # of final spending


class WorldResiduals(NamedTuple):
    """Log gaps of every condition; zero in equilibrium. `walras` is the market left out: it follows from the others."""

    factor_nj: Float[Array, "N J"]
    price_nj: Float[Array, "N J"]
    spending_nj: Float[Array, "N J"]
    numeraire: Float[Array, ""]
    walras: Float[Array, ""]


def evaluate(unknowns: WorldUnknowns, par: Any, levers: Any) -> tuple[WorldOutcome, WorldResiduals]:
    """Pass through the blocks once, in MODEL's order."""
    factor, price, spending = (jnp.exp(value) for value in unknowns)
    theta = par.trade_elasticity_j
    cost = unit_cost_hat(factor, price, levers.productivity_hat_nj, par.value_added_share_nj, par.input_share_nkj)
    barrier = levers.trade_cost_hat_nij * (1 + levers.tariff_nij) / (1 + par.tariff_nij)
    weight = weight_nij(par.trade_share_nij, barrier, cost, theta)
    share = share_nij(weight)
    net_share = share / (1 + levers.tariff_nij)
    revenue = sales_nj(net_share, spending)
    value_added = factor * par.value_added_nj
    tariffs = tariff_revenue_n(levers.tariff_nij, net_share, spending)
    income = income_n(value_added, par.structures_share_nj, par.portfolio_share_n, tariffs, levers.transfer_n)
    demanded = spending_nj(income, revenue, par.final_share_nj, par.input_share_nkj)
    earned = par.income_share_nj * revenue
    one_wage = (par.one_wage_n > 0)[:, None]
    walras = jnp.log(earned.sum() / value_added.sum())
    # What factors earn over the base year: of the whole region where they are free to move, else sector by sector.
    earned_hat_nj = jnp.where(
        one_wage,
        (earned.sum(axis=1) / par.value_added_nj.sum(axis=1))[:, None],
        jnp.where(one_wage, 1.0, earned) / jnp.where(one_wage, 1.0, par.value_added_nj),
    )
    residuals = WorldResiduals(
        jnp.log(earned_hat_nj) - unknowns.factor_nj - walras,
        jnp.log(price_hat_nj(weight, theta)) - unknowns.price_nj,
        jnp.log(demanded) - unknowns.spending_nj,
        jnp.log(value_added.sum() / par.value_added_nj.sum()),
        walras,
    )
    consumer = jnp.exp((par.final_share_nj * unknowns.price_nj).sum(axis=1))
    return WorldOutcome(factor, price, share, spending, revenue, income, consumer), residuals


def unpack(flat: Float[Array, "U"], par: Any) -> WorldUnknowns:
    """Cut the solver's vector into named unknowns."""
    shape = par.value_added_nj.shape
    size = shape[0] * shape[1]
    return WorldUnknowns(*(flat[k * size : (k + 1) * size].reshape(shape) for k in range(3)))


def step(flat: Float[Array, "U"], par: Any, levers: Any, damping: float) -> tuple[Array, WorldResiduals]:
    """Return one damped step towards equilibrium, with the residuals it rests on; nominal values are kept in scale."""
    unknowns = unpack(flat, par)
    _, residuals = evaluate(unknowns, par, levers)
    target = unknowns.factor_nj + residuals.factor_nj
    scale = jnp.log((jnp.exp(target) * par.value_added_nj).sum() / par.value_added_nj.sum())
    moves = (damping * (target - scale - unknowns.factor_nj), residuals.price_nj, residuals.spending_nj)
    return jnp.concatenate([move.reshape(-1) for move in moves]), residuals
