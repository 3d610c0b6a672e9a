"""Several equilibria of one scenario: the search from other starts than the base year."""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, NotSolvedError, Problem
from hinterland.solve.precondition import begun, kernels_of, placed
from hinterland.solve.wander import wandered
from hinterland.solve.world import WorldEquilibrium, solve_from
from hinterland.world.of_economy import world_of
from hinterland.world.world import World

SPREAD = 0.5  # standard deviation of log starts around the base year
SAME = 1e-6  # two solutions closer than this are one


def equilibria(world: World | Economy, starts: int = 8, seed: int = 0) -> list[WorldEquilibrium]:
    """Return the different equilibria found from the base year and from `starts` random points around it.

    The first is the one that `solve` hands out. From each other start people first go, step by step, where it is
    better: they come to an equilibrium at which they would stay. Starts that lead nowhere are left out.
    """
    world = world if isinstance(world, World) else world_of(world)
    for name, value in (("starts", starts), ("seed", seed)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 0:
            raise DataError(Problem("solve.whole", {"name": name, "found": f"{value!r:.80}"}))
    found = [solve_from(world, None)]
    fixed = (placed(world.model), world.levers, kernels_of(world.model, world.levers))
    base = np.asarray(begun(world.model))
    random = np.random.default_rng(seed)
    for _ in range(starts):
        begin = wandered(base + random.normal(scale=SPREAD, size=base.size), *fixed)
        try:
            other = solve_from(world, begin, natural=True)
        except NotSolvedError:
            continue
        if all(distance(other, known) > SAME for known in found):
            found.append(other)
    return found


def distance(first: WorldEquilibrium, second: WorldEquilibrium) -> float:
    """Return the largest log difference of real values."""
    pairs = zip(real(first), real(second), strict=True)
    return max(float(np.max(np.abs(np.log(one / other)))) for one, other in pairs)


def real(solved: WorldEquilibrium) -> tuple[FloatArray, FloatArray]:
    """Return people and real wages."""
    outcome = solved.outcome
    return outcome.people_hat_n, outcome.wage_hat_nj / outcome.price_hat_n[:, None]
