"""The natural step: each region solves its own conditions with those of others given; Anderson mixes the rest.

Where a system is small the inverse Jacobian of the base year does better; these are for the large ones.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array

from hinterland.model.evaluate import Kernels, Outcome, Residuals, evaluate
from hinterland.model.levers import Levers
from hinterland.model.model import Model, pack, unpack
from hinterland.model.people import Reactions


def step(flat: Any, model: Model, levers: Levers, given: Kernels, natural: Any) -> tuple[Array, Residuals]:
    """Return the step that `natural` makes of the residuals, and these; it brings the numeraire back as well."""
    move, _, residuals = step_and_outcome(flat, model, levers, given, natural)
    return move, residuals


@partial(jax.jit, static_argnames="natural")
def step_and_outcome(
    flat: Any, model: Model, levers: Levers, given: Kernels, natural: Any
) -> tuple[Array, Outcome, Residuals]:
    """Return the step at a point, with the outcome and the residuals there."""
    outcome, residuals = evaluate(unpack(flat, model), model, levers, given)
    moves = dict(natural(residuals.by_unknown, model))
    weight = outcome.value_added_nj / outcome.value_added_nj.sum()
    mean = (weight * moves["log_factor_nj"]).sum() + residuals.numeraire
    moves["log_factor_nj"] = moves["log_factor_nj"] - mean
    return pack(moves, model), outcome, residuals


def natural_step(gaps: dict[str, Any], model: Model) -> dict[str, Any]:
    """Turn the residuals of every condition into a step: where people have none of their own, of factor costs alone."""
    reactions = reactions_of(model)
    moves = gaps | {"log_factor_nj": gaps["log_factor_nj"] / (1 + reactions.trade_reaction_nj)}
    return moves | model.people.natural_step(gaps, reactions) if hasattr(model.people, "natural_step") else moves


def as_they_are(gaps: dict[str, Any], model: Model) -> dict[str, Any]:
    """Take the residuals of every condition as the step."""
    del model
    return gaps


def reactions_of(model: Model) -> Reactions:
    """Return how much each region reacts by itself."""
    homes = model.housing
    return Reactions(
        trade_reaction_nj(model),
        labour_n(model),
        model.density_n,
        model.crowding_n,
        homes.goods_share_n,
        homes.housing_supply_elasticity_n,
    )


def trade_reaction_nj(model: Model) -> Any:
    """How much sales of a region fall when its factors alone become dearer, in the shape of the factors' cost."""
    shape = model.factor_shape
    cost_share = model.inputs.value_added_share_nj
    reaction = model.trade.trade_elasticity_j[None, :] * cost_share * jnp.ones_like(model.production.value_added_nj)
    if shape[1] > 1 or reaction.shape[1] == 1:
        return jnp.broadcast_to(reaction, shape)
    weight = model.production.value_added_nj
    return ((weight * reaction).sum(axis=1) / weight.sum(axis=1))[:, None]


def labour_n(model: Model) -> Any:
    """Share of labour in value added by region."""
    weight = model.production.value_added_nj
    return (weight * model.labour_share_nj).sum(axis=1) / weight.sum(axis=1)
