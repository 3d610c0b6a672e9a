"""The model with commuting: where people live and where they work are two choices made at once.

Unknowns are logs of hats: wage, price, workers, price of homes. The mean wage is the numeraire.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from hinterland.model.trade import kernel_nij, price_hat_nj, share_nij, weight_nij


class CommutingUnknowns(NamedTuple):
    """Logs of hats."""

    wage_n: Float[Array, "N"]
    price_n: Float[Array, "N"]
    workers_n: Float[Array, "N"]
    rent_n: Float[Array, "N"]


class CommutingOutcome(NamedTuple):
    """Everything that follows from the unknowns."""

    wage_hat_n: Any
    price_hat_n: Any
    workers_hat_n: Any
    residents_hat_n: Any
    residents_income_hat_n: Any
    rent_hat_n: Any
    trade_share_ni: Any
    commuting_share_ni: Any
    welfare_hat: Any


class CommutingResiduals(NamedTuple):
    """Log gaps of every condition; `walras` is the market left out."""

    wage_n: Float[Array, "N"]
    price_n: Float[Array, "N"]
    workers_n: Float[Array, "N"]
    rent_n: Float[Array, "N"]
    numeraire: Float[Array, ""]
    walras: Float[Array, ""]


def commuting_share_ni(
    base_share_ni: Float[Array, "N N"],
    living_cost_hat_n: Float[Array, "N"],
    wage_hat_n: Float[Array, "N"],
    commuting_cost_hat_ni: Float[Array, "N N"],
    epsilon: Float[Array, ""],
) -> tuple[Float[Array, "N N"], Float[Array, ""]]:
    r"""Share of people who live in n and work in i, and the change of everybody's expected utility.

    .. math:: \lambda'_{ni} = \lambda_{ni} (\hat w_i / (\hat\kappa_{ni} \hat P_n^\alpha \hat Q_n^{1-\alpha}))^\epsilon
              / \sum(\cdot), \quad \hat U = (\sum \cdot)^{1/\epsilon}

    Adds up to one. Source: Monte, Redding and Rossi-Hansberg (2018), eq. (11) [monte2018]. Departure: none.
    """
    gain_ni = wage_hat_n[None, :] / (commuting_cost_hat_ni * living_cost_hat_n[:, None])
    weight = base_share_ni * gain_ni**epsilon
    return weight / weight.sum(), weight.sum() ** (1 / epsilon)


def evaluate(unknowns: CommutingUnknowns, par: Any, levers: Any) -> tuple[CommutingOutcome, CommutingResiduals]:
    """Pass through the blocks once."""
    wage, price, workers, rent = (jnp.exp(value) for value in unknowns)
    theta_j = jnp.broadcast_to(par.trade_elasticity, (1,))
    # More workers make more varieties (1/theta) and are more productive (nu).
    gain = workers ** (1 / par.trade_elasticity + par.agglomeration_elasticity)
    cost = wage / (levers.productivity_hat_n * gain)
    kernel = kernel_nij(par.trade_share_ni[:, :, None], levers.trade_cost_hat_ni[:, :, None], theta_j)
    weight = weight_nij(kernel, cost[:, None], theta_j)
    share = share_nij(weight)[:, :, 0]
    living = price**par.goods_share * rent ** (1 - par.goods_share)
    commuting, welfare = commuting_share_ni(
        par.commuting_share_ni, living, wage, levers.commuting_cost_hat_ni, par.commuting_elasticity
    )
    base = par.commuting_share_ni
    earned_base_n, earned_n = base @ par.wage_n, commuting @ (par.wage_n * wage)
    residents = commuting.sum(axis=1) / base.sum(axis=1)
    bill_n = par.wage_n * wage * base.sum(axis=0) * workers
    sales_n = share.T @ earned_n
    walras = jnp.log(sales_n.sum() / bill_n.sum())
    spent_on_homes = earned_n / earned_base_n
    residuals = CommutingResiduals(
        jnp.log(sales_n / bill_n) - walras,
        jnp.log(price_hat_nj(weight, theta_j)[:, 0]) - unknowns.price_n,
        jnp.log(commuting.sum(axis=0) / base.sum(axis=0)) - unknowns.workers_n,
        jnp.log(spent_on_homes) / (1 + par.housing_supply_elasticity) - unknowns.rent_n,
        jnp.log((par.wage_n * wage).mean() / par.wage_n.mean()),
        walras,
    )
    income = spent_on_homes / residents
    outcome = CommutingOutcome(wage, price, workers, residents, income, rent, share, commuting, welfare)
    return outcome, residuals


def unpack(flat: Float[Array, "U"]) -> CommutingUnknowns:
    """Cut the solver's vector into named unknowns."""
    return CommutingUnknowns(*flat.reshape(4, -1))


def step(flat: Float[Array, "U"], par: Any, levers: Any, damping: float) -> tuple[Array, CommutingResiduals]:
    """Return one damped step, with the residuals it rests on; the mean wage is kept."""
    unknowns = unpack(flat)
    _, residuals = evaluate(unknowns, par, levers)
    target = unknowns.wage_n + damping * residuals.wage_n
    scale = jnp.log((par.wage_n * jnp.exp(target)).mean() / par.wage_n.mean())
    moves = (target - scale - unknowns.wage_n, residuals.price_n, residuals.workers_n, residuals.rent_n)
    return jnp.concatenate([moves[0], moves[1], damping * moves[2], moves[3]]), residuals
