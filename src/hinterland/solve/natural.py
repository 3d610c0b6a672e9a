"""The natural step: each region solves its own conditions with those of others given; Anderson mixes the rest.

Where a system is small the inverse Jacobian of the base year does better; these are for the large ones.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import Array

from hinterland.model.commuting import Commuting
from hinterland.model.evaluate import Kernels, Residuals, evaluate
from hinterland.model.levers import Levers
from hinterland.model.model import Model, pack, unpack
from hinterland.model.people import FreeMobility

LEAST = 0.05  # a place whose people react more than twentyfold to its worth is taken in smaller steps


def step(flat: Any, model: Model, levers: Levers, given: Kernels, natural: Any) -> tuple[Array, Residuals]:
    """Return the step that `natural` makes of the residuals, and these; it brings the numeraire back as well."""
    outcome, residuals = evaluate(unpack(flat, model), model, levers, given)
    moves = dict(natural(residuals.by_unknown, model))
    weight = outcome.value_added_nj / outcome.value_added_nj.sum()
    mean = (weight * moves["log_factor_nj"]).sum() + residuals.numeraire
    moves["log_factor_nj"] = moves["log_factor_nj"] - mean
    return pack(moves, model), residuals


def natural_step(moves: dict[str, Any], model: Model) -> dict[str, Any]:
    """Turn the residuals of every condition into a step of the unknowns."""
    theta = trade_reaction_nj(model)
    if isinstance(model.people, FreeMobility):
        moves = moves | free_mobility_step(moves, model, theta)
    elif isinstance(model.people, Commuting):
        moves = moves | commuting_step(moves, model, theta)
    else:
        moves = moves | {"log_factor_nj": moves["log_factor_nj"] / (1 + theta)}
    return moves


def trade_reaction_nj(model: Model) -> Any:
    """How much sales of a region fall when its factors alone become dearer, in the shape of the factors' cost."""
    shape = model.factor_shape
    cost_share = getattr(model.inputs, "value_added_share_nj", 1.0)
    reaction = model.trade.trade_elasticity_j[None, :] * cost_share * jnp.ones_like(model.production.value_added_nj)
    if shape[1] > 1 or reaction.shape[1] == 1:
        return jnp.broadcast_to(reaction, shape)
    weight = model.production.value_added_nj
    return ((weight * reaction).sum(axis=1) / weight.sum(axis=1))[:, None]


def labour_n(model: Model) -> Any:
    """Share of labour in value added by region."""
    weight = model.production.value_added_nj
    return (weight * model.labour_share_nj).sum(axis=1) / weight.sum(axis=1)


def free_mobility_step(moves: dict[str, Any], model: Model, theta: Any) -> dict[str, Any]:
    r"""Solve :math:`r_1 = (1+\theta) dw + (\lambda - \nu\theta) dL` and :math:`e\,dL = r_2 + u_w dw` in each region.

    e is how much the worth of a place falls with its people, u_w how much it rises with the cost of its factors.
    """
    theta = theta.mean(axis=1)
    labour = labour_n(model)
    homes = (1 - model.housing.goods_share_n) / (1 + model.housing.housing_supply_elasticity_n)
    falls = jnp.maximum(1 - labour + homes * labour + model.crowding_n, LEAST)
    rises, growth = 1 - homes, labour - model.density_n * theta
    first, second = moves["log_factor_nj"].mean(axis=1), moves["log_people_n"]
    slope = jnp.maximum(1 + theta + growth * rises / falls, 1.0)
    wage = (first - growth * second / falls) / slope
    moves_people = (second + rises * wage) / falls
    free = model.people.zone_n > 0
    wage = jnp.where(free, wage, first / (1 + theta))
    return {
        "log_factor_nj": jnp.broadcast_to(wage[:, None], moves["log_factor_nj"].shape),
        "log_people_n": jnp.where(free, moves_people, second),
    }


def commuting_step(moves: dict[str, Any], model: Model, theta: Any) -> dict[str, Any]:
    r"""Solve wages with workers, :math:`dL = r_2 + \epsilon\,dw`, and homes with residents, in each region."""
    theta = theta.mean(axis=1)
    epsilon, growth = model.people.commuting_elasticity, labour_n(model) - model.density_n * theta
    first = moves["log_factor_nj"].mean(axis=1)
    wage = (first - growth * moves["log_workers_n"]) / jnp.maximum(1 + theta + growth * epsilon, 1.0)
    supply = 1 + model.housing.housing_supply_elasticity_n
    repels = epsilon * (1 - model.housing.goods_share_n)
    residents = (moves["log_residents_n"] - repels * moves["log_rent_n"]) / (1 + repels / supply)
    return {
        "log_factor_nj": jnp.broadcast_to(wage[:, None], moves["log_factor_nj"].shape),
        "log_workers_n": moves["log_workers_n"] + epsilon * wage,
        "log_residents_n": residents,
        "log_rent_n": moves["log_rent_n"] + residents / supply,
    }
