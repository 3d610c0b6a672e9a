"""The static model: blocks put together into named unknowns and named residuals.

Unknowns are logs of hats: wage, price and labour by region and sector, stayers by group. One goods market
(the foreign region's last sector) is redundant by Walras's law: a numeraire takes its place, and its own
residual is reported.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from hinterland.economy import Elasticities, rebate_nj
from hinterland.model.goods import sales_nj, spending_nj
from hinterland.model.housing import real_income_hat_nj
from hinterland.model.mobility import share_gc
from hinterland.model.production import factor_bundle_hat, unit_cost_hat
from hinterland.model.trade import kernel_nij, price_hat_nj, share_nij, weight_nij


class Base(NamedTuple):
    """The base year as the blocks see it."""

    trade_share_nij: Any
    revenue_nj: Any
    labour_nj: Any  # (N, J) million, foreign region last
    migration_share_gc: Any
    group_size_g: Any
    rebate_g: Any
    elasticities: Elasticities


class Unknowns(NamedTuple):
    """Logs of hats."""

    wage_nj: Float[Array, "N J"]
    price_nj: Float[Array, "N J"]
    labour_nj: Float[Array, "N J"]
    stayers_g: Float[Array, "G"]


class Outcome(NamedTuple):
    """Everything that follows from the unknowns."""

    wage_hat_nj: Any
    price_hat_nj: Any
    labour_hat_nj: Any
    trade_share_nij: Any
    revenue_nj: Any
    spending_nj: Any
    real_income_hat_nj: Any  # (D, J)
    rebate_g: Any
    migration_share_gc: Any


class Residuals(NamedTuple):
    """Log gaps of every condition; zero in equilibrium. `goods` holds all markets, the redundant one too."""

    goods_nj: Float[Array, "N J"]
    price_nj: Float[Array, "N J"]
    labour_nj: Float[Array, "D J"]
    stayers_g: Float[Array, "G"]
    foreign: Float[Array, "J"]


def evaluate(unknowns: Unknowns, base: Base, levers: Any) -> tuple[Outcome, Residuals]:
    """Pass through the blocks once, in MODEL's order."""
    par: Any = base.elasticities
    wage, price, labour = (jnp.exp(unknowns.wage_nj), jnp.exp(unknowns.price_nj), jnp.exp(unknowns.labour_nj))
    shape = wage.shape
    added_j = par.labour_share_j + par.land_share_j
    added_nj, land_nj, final_nj = (
        jnp.broadcast_to(row_j, shape) for row_j in (added_j, par.land_share_j / added_j, par.final_share_j)
    )
    input_nkj = jnp.broadcast_to(((1 - added_j)[:, None] * par.input_share_jk).T, (shape[0], shape[1], shape[1]))
    theta_j = jnp.broadcast_to(par.trade_elasticity, shape[1:])
    factor = factor_bundle_hat(wage, labour, land_nj)
    cost = unit_cost_hat(factor, price, levers.productivity_hat_nj, added_nj, input_nkj)
    kernel = kernel_nij(base.trade_share_nij, levers.trade_cost_hat_nij, theta_j)
    weight = weight_nij(kernel, cost, theta_j)
    price_implied = price_hat_nj(weight, theta_j)
    share = share_nij(weight)
    revenue = wage * labour * base.revenue_nj
    # Housing rents return to residents as income, so what is spent on goods is value added.
    spending = spending_nj((added_nj * revenue).sum(axis=1), revenue, final_nj, input_nkj)
    sales = sales_nj(share, spending)
    value = real_income_hat_nj(wage[:-1], price[:-1], labour[:-1], par.goods_share, par.final_share_j)

    home_share_g = jnp.diagonal(base.migration_share_gc)
    labour_base_g = base.labour_nj[:-1].reshape(-1)
    stayers_base_g = home_share_g * base.group_size_g
    labour_g = labour_base_g * labour[:-1].reshape(-1)
    stayers_g = stayers_base_g * jnp.exp(unknowns.stayers_g)
    rebate = rebate_nj(labour_g.reshape(value.shape), stayers_g.reshape(value.shape), par).reshape(-1)
    moved = share_gc(
        base.migration_share_gc,
        value.reshape(-1),
        levers.migration_cost_hat_gc,
        rebate / base.rebate_g,
        par.migration_elasticity,
    )
    supplied_c = base.group_size_g @ moved
    foreign_total = (jnp.exp(unknowns.labour_nj[-1]) * base.labour_nj[-1]).sum() / base.labour_nj[-1].sum()
    residuals = Residuals(
        goods_nj=jnp.log(sales / revenue),
        price_nj=jnp.log(price_implied) - unknowns.price_nj,
        labour_nj=jnp.log(supplied_c / labour_g).reshape(value.shape),
        stayers_g=jnp.log(jnp.diagonal(moved) / home_share_g) - unknowns.stayers_g,
        foreign=jnp.append(unknowns.wage_nj[-1, 1:] - unknowns.wage_nj[-1, :1], jnp.log(foreign_total)),
    )
    outcome = Outcome(wage, price, labour, share, revenue, spending, value, rebate, moved)
    return outcome, residuals


def system(flat: Float[Array, "U"], base: Base, levers: Any) -> Float[Array, "U"]:
    """Stack the residuals that the solver drives to zero: the redundant market gives way to the numeraire."""
    unknowns = unpack(flat, base)
    _, res = evaluate(unknowns, base, levers)
    goods = res.goods_nj.reshape(-1)[:-1]
    numeraire = unknowns.wage_nj[-1, :1]
    return jnp.concatenate(
        [goods, numeraire, res.price_nj.reshape(-1), res.labour_nj.reshape(-1), res.foreign, res.stayers_g]
    )


def unpack(flat: Float[Array, "U"], base: Base) -> Unknowns:
    """Cut the solver's vector into named unknowns."""
    shape = base.labour_nj.shape
    size = shape[0] * shape[1]
    wage, price, labour = (flat[k * size : (k + 1) * size].reshape(shape) for k in range(3))
    return Unknowns(wage, price, labour, flat[3 * size :])


def count_unknowns(base: Base) -> int:
    """Length of the solver's vector."""
    return int(3 * base.labour_nj.size + base.group_size_g.size)
