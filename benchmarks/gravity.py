"""One-sector gravity of N regions at random places, and scenarios of it."""

from __future__ import annotations

import numpy as np

from hinterland.world.world import World

THETA, ROWS = 4.0, 256  # rows are filled in blocks: at N = 10,000 a single N x N array takes 800 MB


def gravity(count: int, seed: int = 1) -> World:
    """Trade falls with distance to the power 1.5; productivity rises by a tenth in the first half of the regions.

    Distance is the same both ways, so trade balances where income is a region's weight times its market access.
    """
    random = np.random.default_rng(seed)
    place, weight = random.uniform(size=(count, 2)), random.lognormal(sigma=0.3, size=count)
    share = np.empty((count, count))
    for first in range(0, count, ROWS):
        gap = place[first : first + ROWS, None] - place[None]
        distance = np.sqrt(gap[..., 0] ** 2 + gap[..., 1] ** 2) + 0.02
        share[first : first + ROWS] = 1 / (distance * np.sqrt(distance))
    income = weight * (share @ weight)
    share *= weight
    share /= share.sum(axis=1, keepdims=True)
    hat = np.ones((count, 1))
    hat[: count // 2] = 1.1
    return World.build(share, income * (count / income.sum()), THETA).with_levers(productivity_hat_nj=hat)


def scenarios(count: int, regions: int, seed: int = 2) -> np.ndarray:
    """Changes of productivity by 5 % (standard deviation), (S, N, 1)."""
    return np.random.default_rng(seed).lognormal(sigma=0.05, size=(count, regions, 1))
