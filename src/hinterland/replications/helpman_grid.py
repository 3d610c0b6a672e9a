"""Redding and Rossi-Hansberg (2017): the Helpman model on a grid of 30 x 30 cells in two countries."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.replications.figure import Figure, read_arrays
from hinterland.solve.world import solve
from hinterland.world.world import World

INPUTS = ("a", "west", "dist_pow", "alpha", "sigma", "LL")
BORDER = 2.0  # of trade cost between cells, and once more between the countries


def trade_cost(given: dict[str, FloatArray], between_countries: float = BORDER) -> FloatArray:
    """Return the iceberg cost between cells: distance, a border between cells, one between the countries."""
    west = given["west"].astype(bool)
    other_cell = ~np.eye(west.size, dtype=bool)
    cost = given["dist_pow"] * np.where(other_cell, BORDER, 1.0)
    return np.asarray(cost * np.where(west[:, None] != west[None, :], between_countries, 1.0))


def build(given: dict[str, FloatArray], cost_ni: FloatArray) -> World:
    """Return a world whose base year is a guess, people spread evenly at one wage: its solution is the model in levels.

    Varieties grow with people, so productivity does with elasticity 1/(sigma - 1); homes are fixed, and what is spent
    on them comes back to residents. Amenity carries the price index of the guess, which hats cannot see.
    """
    theta = float(given["sigma"]) - 1
    productivity, count = given["a"].ravel(), given["a"].size
    people = np.full(count, float(given["LL"]) / count)
    weight = people[None, :] * productivity[None, :] ** theta * cost_ni**-theta
    price = weight.sum(axis=1) ** (-1 / theta)
    return World.build(
        weight / weight.sum(axis=1, keepdims=True),
        people,
        theta,
        name="helpman-grid-2017",
        balance="solve",
        people_n=people,
        zone_n=np.where(given["west"].astype(bool), 1.0, 2.0),
        amenity_n=price ** -float(given["alpha"]),
        goods_share_n=np.full(count, float(given["alpha"])),
        agglomeration_elasticity_n=np.full(count, 1 / theta),
    )


def helpman_grid_2017(folder: Path) -> list[Figure]:
    """Solve the base; no published output is at hand, so the paper's own two equations in levels are the claim."""
    given = read_arrays(folder, "inputs.npz", INPUTS)
    cost = trade_cost(given)
    world = build(given, cost)
    solved = solve(world)
    theta, alpha, sigma = float(given["sigma"]) - 1, float(given["alpha"]), float(given["sigma"])
    people = world.model.people.people_n * solved.outcome.people_hat_n
    wage, productivity = solved.outcome.factor_hat_nj[:, 0], given["a"].ravel()
    share = (people * productivity**theta * wage**-theta)[None, :] * cost**-theta
    share /= share.sum(axis=1, keepdims=True)
    bill = wage * people
    homes = (productivity**alpha * np.diagonal(share) ** (-alpha / theta)) ** (theta / (sigma * (1 - alpha) - 1))
    west = given["west"].astype(bool)
    spread = max(
        float(np.ptp(people[side] / homes[side]) / np.mean(people[side] / homes[side])) for side in (west, ~west)
    )
    return [
        Figure("largest residual", "1", 0.0, solved.certificate.worst, 1e-10, "conditions"),
        Figure(
            "wages: w L = sum pi w L", "1", 0.0, float(np.max(np.abs(bill @ share / bill - 1))), 1e-10, "conditions"
        ),
        # The exponent 16 in this equation multiplies what rounding is left in shares.
        Figure("people: equal real wages", "1", 0.0, spread, 1e-9, "conditions"),
    ]
