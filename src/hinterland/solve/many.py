"""Many solutions of one base year: a batch of scenarios with shared kernels, and several starts of one scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, NotSolvedError, Problem
from hinterland.labels import together
from hinterland.model.evaluate import Outcome, evaluate, kernels
from hinterland.model.levers import Levers
from hinterland.model.model import Model, unpack
from hinterland.solve.certificate import ACCEPTED
from hinterland.solve.natural import step
from hinterland.solve.precondition import placed, prepared, start
from hinterland.solve.world import TOLERANCE as ONE_TOLERANCE
from hinterland.solve.world import Given, WorldEquilibrium, evaluate_step, solve_from
from hinterland.world.of_economy import world_of
from hinterland.world.world import World

MOST_STEPS = 60
TOLERANCE = 1e-12
SPREAD = 0.5  # standard deviation of log starts around the base year
WANDERS, PACE = 1000, 0.15  # steps, and the part of each, before a start is solved
SAME = 1e-6  # two solutions closer than this are one


@dataclass(frozen=True)
class Ensemble:
    """Outcomes with a leading axis of scenarios, and the largest residual of each."""

    world: World
    outcome: Outcome
    residual_s: FloatArray


def solve_many(world: World | Economy, **levers: ArrayLike) -> Ensemble:
    """Solve many scenarios of a world or an economy at once; each lever carries one more axis in front, of scenarios.

    What no lever changes is shared. Steps are those of the base year's inverse Jacobian, for all scenarios together; a
    scenario that they leave unsolved is solved alone. Raises NotSolvedError with the numbers of those that stay so.
    """
    world = world if isinstance(world, World) else world_of(world)
    given, _ = together(levers, lambda name: "s" + schema.index_of(name), world.namings)
    unknown = sorted(set(given) - set(Levers._fields))
    counts = {len(value) if value.ndim else 0 for value in given.values()}
    if unknown or len(counts) != 1 or not all(counts):
        raise DataError(Problem("many.levers", {"names": ", ".join(unknown or given) or "-", "counts": sorted(counts)}))
    world.with_levers(**{name: value[0] for name, value in given.items()})  # the door
    if bad := [name for name, value in given.items() if not np.isfinite(value).all()]:
        raise DataError(Problem("many.levers", {"names": ", ".join(bad), "counts": sorted(counts)}))
    model, precondition = prepared(world.model)
    shared = world.levers._replace(**dict.fromkeys(given))
    outcome, residual = jax.device_get(_together(model, shared, given, precondition))
    failed = [int(s) for s in np.flatnonzero(~(residual <= ACCEPTED))]
    for scenario in failed:
        alone = solve(world.with_levers(**{name: value[scenario] for name, value in given.items()}))
        residual[scenario] = max(alone.certificate.residuals.values())
        outcome = jax.tree.map(lambda many, single, s=scenario: replaced(many, s, single), outcome, alone.outcome)
    return Ensemble(world, outcome, residual)


def replaced(many: FloatArray, place: int, single: Any) -> FloatArray:
    """Return the array with one scenario's values put in."""
    many = np.array(many)
    many[place] = single
    return many


@jax.jit
def _together(model: Model, shared: Levers, levers: dict[str, Any], precondition: Any) -> Any:
    """Step all scenarios until the worst of them is solved, or the steps are used up."""
    begin = start(model)
    scenarios = len(next(iter(levers.values())))

    def given_for(own: dict[str, Any]) -> Given:
        now = shared._replace(**own)
        return Given(model, now, kernels(model, now), precondition)

    evaluate_steps: Callable[..., Any] = jax.vmap(lambda point, own: evaluate_step(point, given_for(own)))

    def unfinished(state: Any) -> Any:
        _, _, worst, iterations = state
        return (jnp.nanmax(worst) > TOLERANCE) & (iterations < MOST_STEPS)

    def advance(state: Any) -> Any:
        points, steps, _, iterations = state
        points = points + steps
        return points, *evaluate_steps(points, levers), iterations + 1

    points = jnp.broadcast_to(begin, (scenarios, begin.size))
    points, _, worst, _ = jax.lax.while_loop(
        unfinished, advance, (points, *evaluate_steps(points, levers), jnp.array(1))
    )

    def outcome_at(point: Any, own: dict[str, Any]) -> Outcome:
        now = given_for(own)
        return evaluate(unpack(point, model), model, now.levers, now.kernels)[0]

    return jax.vmap(outcome_at)(points, levers), worst


def equilibria(world: World | Economy, starts: int = 8, seed: int = 0) -> list[WorldEquilibrium]:
    """Return the different equilibria found from the base year and from `starts` random points around it.

    The first is the one that `solve` hands out. From each other start people first go, step by step, where it is
    better: they come to an equilibrium at which they would stay. Starts that lead nowhere are left out.
    """
    world = world if isinstance(world, World) else world_of(world)
    found = [solve_from(world, None)]
    model = placed(world.model)
    base = np.asarray(start(model))
    random = np.random.default_rng(seed)
    for _ in range(starts):
        begin = _wandered(model, world.levers, base + random.normal(scale=SPREAD, size=base.size))
        try:
            other = solve_from(world, begin, natural=True)
        except NotSolvedError:
            continue
        if all(distance(other, known) > SAME for known in found):
            found.append(other)
    return found


@jax.jit
def _wandered(model: Model, levers: Levers, begin: Any) -> Any:
    """Return where small parts of the gaps lead: wages up where goods are short, people to better places."""
    given = kernels(model, levers)

    def advance(_: Any, point: Any) -> Any:
        return point + PACE * step(point, model, levers, given, lambda gaps, _: gaps)[0]

    return jax.lax.fori_loop(0, WANDERS, advance, begin)


def distance(first: WorldEquilibrium, second: WorldEquilibrium) -> float:
    """Return the largest log difference of real values."""
    pairs = zip(real(first), real(second), strict=True)
    return max(float(np.max(np.abs(np.log(one / other)))) for one, other in pairs)


def real(solved: WorldEquilibrium) -> tuple[FloatArray, FloatArray]:
    """Return people and real wages."""
    outcome = solved.outcome
    return outcome.people_hat_n, outcome.wage_hat_nj / outcome.price_hat_n[:, None]


def solve(world: World, tolerance: float = ONE_TOLERANCE) -> WorldEquilibrium:
    """Solve the static equilibrium of a world; raise NotSolvedError where no solution is found.

    Where a condition for a single equilibrium is known and fails, several starts are tried and `others` lists what
    they found beside the equilibrium that is reached from the base year.
    """
    first = solve_from(world, None, tolerance)
    if first.certificate.uniqueness.holds is False:
        return replace(first, others=tuple(equilibria(world)[1:]))
    return first
