"""One-sector gravity of N regions: the engine against a plain damped loop, and many scenarios at once."""

from __future__ import annotations

import jax
import numpy as np

import hinterland as hl
from hinterland.world import World, WorldLevers


def gravity(count: int, seed: int = 1) -> World:
    """Regions at random places, with a rise of productivity in the first half."""
    random = np.random.default_rng(seed)
    place = random.uniform(size=(count, 2))
    distance = np.linalg.norm(place[:, None] - place[None], axis=2) + 0.02
    weight = random.lognormal(sigma=0.3, size=count)[None, :] * distance**-1.5
    share = weight / weight.sum(axis=1, keepdims=True)
    income = np.ones(count)
    for _ in range(2000):  # the incomes at which trade balances
        income = share.T @ income
    world = World.build(share, income, 4.0)
    hat = np.ones((count, 1))
    hat[: count // 2] = 1.1
    return world.with_levers(productivity_hat_nj=hat)


def plain(world: World, tolerance: float = 1e-12) -> tuple[np.ndarray, int]:
    """The usual loop: wages up where goods are in demand, damped, until they stand still."""
    share, income = world.parameters.trade_share_nij[:, :, 0], world.parameters.value_added_nj[:, 0]
    productivity, wage = world.levers.productivity_hat_nj[:, 0], np.ones(len(income))
    for steps in range(1, 20_000):
        weight = share * ((wage / productivity) ** -4.0)[None, :]
        weight /= weight.sum(axis=1, keepdims=True)
        new = wage * ((weight.T @ (wage * income)) / (wage * income)) ** 0.3
        new *= income.sum() / (new @ income)
        gap = np.max(np.abs(new / wage - 1))
        wage = new
        if gap < tolerance:
            return wage, steps
    raise RuntimeError("the plain loop did not settle")


def batch(world: World, scenarios: int = 256):
    """Return a call that solves many scenarios at once, and how many."""
    random = np.random.default_rng(2)
    count = len(world.regions)
    solved = hl.response(world)
    hats = random.lognormal(sigma=0.05, size=(scenarios, count, 1))
    axes = WorldLevers(None, 0, None, None)
    run = jax.jit(jax.vmap(lambda levers: solved(levers).factor_hat_nj, in_axes=(axes,)))
    levers = world.levers._replace(productivity_hat_nj=hats)
    return (lambda: jax.block_until_ready(run(levers))), scenarios
