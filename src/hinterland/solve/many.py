"""Many scenarios of one base year, solved side by side with shared kernels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, NotSolvedError, Problem, hint
from hinterland.labels import together
from hinterland.model.evaluate import Outcome, kernels
from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.solve.anderson import anderson
from hinterland.solve.certificate import ACCEPTED
from hinterland.solve.error import DETERMINED, ROUNDING, push_of
from hinterland.solve.natural import natural_step, step_and_outcome
from hinterland.solve.parts import LINKED, apart, linked
from hinterland.solve.precondition import is_faint, prepared, start, trade_kernel_of, unknowns
from hinterland.solve.program import OPTIONS
from hinterland.solve.world import Given, evaluate_step, largest_residual, mixed, solve
from hinterland.world.assemble import chosen_model
from hinterland.world.check import bad_values, every_array, lengths, misshapen
from hinterland.world.of_economy import world_of
from hinterland.world.world import World

TOLERANCE = 2e-13
MOST_STEPS, MEMORY = 40, 6
LANES = 16  # worlds that are solved together: more do not fit the cache
SMALL = 2_000  # entries of an array that each world of a batch has for itself
CHUNK_BYTES = 2**21  # of what differs between the scenarios that are solved together
MOST_LANES = 1_024


@dataclass(frozen=True)
class Ensemble:
    """Outcomes with a leading axis of scenarios, the largest residual of each, and how far it may be from the solution.

    `error_s` is approximate: it takes the inverse Jacobian of the base year for that of the scenario, or a second start
    where a world is too large to have one.
    """

    world: World
    outcome: Outcome
    residual_s: FloatArray
    error_s: FloatArray

    def of(self, scenario: int) -> Outcome:
        """Return the outcome of one scenario."""
        return nth(self.outcome, scenario)


def nth(outcome: Outcome, scenario: int) -> Outcome:
    """Return the outcome of one scenario of many."""
    alone: Outcome = jax.tree.map(lambda many: many[scenario], outcome)
    return alone


def solve_many(world: World | Economy, **arrays: ArrayLike) -> Ensemble:
    """Solve many scenarios of a world or an economy at once; each array carries one more axis in front, of scenarios.

    Arrays are levers, or arrays of the model by their names in `World.build`: elasticities, say. What is not named is
    shared. Steps are those of a single solve, unmixed where only levers differ and the base year's inverse Jacobian is
    at hand. A scenario that they leave unsolved is solved alone, as is one in which parts of the world hardly trade.
    Where there may be several equilibria a batch can end at another than a single solve: ask `hl.solve(...).stable`.
    Raises NotSolvedError with the numbers of those that stay unsolved.
    """
    world = world if isinstance(world, World) else world_of(world)
    given = aligned(world, arrays)
    count = count_of(given)
    levers = {name: value for name, value in given.items() if name in Levers._fields}

    def alone(scenario: int) -> World:
        here = {name: value[scenario] for name, value in given.items()}
        inside = {name: here.pop(name) for name in tuple(here) if name not in levers}
        return (with_arrays(world, inside) if inside else world).with_levers(**here)

    first = alone(0)  # the door
    if len(levers) < len(given):
        worlds = [first, *(alone(scenario) for scenario in range(1, count))]
        return solve_each([(one.model, one.levers) for one in worlds], world)
    model, precondition = prepared(world.model)
    setting = (model, world.levers._replace(**levers))
    differs = (*[False for _ in jax.tree.leaves(model)], *(name in levers for name in set_levers(setting[1])))
    lane = 8 * unknowns(model) + sum(value[0].nbytes for value in levers.values())
    turns = max(-(-count * lane // CHUNK_BYTES), -(-count // MOST_LANES))
    return completed(world, in_turns(setting, differs, precondition, -(-count // turns)), alone)


def solve_each(settings: Sequence[tuple[Model, Levers]], like: World) -> Ensemble:
    """Solve models of the same blocks and shapes together, each with its levers, by the inverse Jacobian of `like`.

    Each has levers and small arrays of its own; a large array is shared where all hold the same.
    """
    each = [jax.tree.leaves(setting) for setting in settings]
    inside = len(jax.tree.leaves(settings[0][0]))
    leaves, differs = [], []
    for number, parts in enumerate(zip(*each, strict=True)):
        alike = all(part is parts[0] or np.array_equal(part, parts[0]) for part in parts)
        own = number >= inside or np.size(parts[0]) <= SMALL or not alike
        leaves.append(np.stack(parts) if own else parts[0])
        differs.append(own)
    setting = jax.tree.unflatten(jax.tree.structure(settings[0]), leaves)
    found = in_turns(setting, tuple(differs), prepared(like.model)[1], LANES)

    def alone(scenario: int) -> World:
        model, levers = settings[scenario]
        return replace(like, model=model, levers=levers)

    return completed(like, found, alone)


def aligned(world: World, arrays: Mapping[str, ArrayLike]) -> dict[str, FloatArray]:
    """Return the arrays of a batch in the world's order, scenarios first; raise a DataError that names unknown ones."""
    known = {*Levers._fields, *every_array(world.model)}
    if bad := [name for name in arrays if name not in known]:
        raise DataError(Problem("world.unknown", {"value": bad[0], "near": hint(bad[0], [*known])}))
    if not arrays:
        raise DataError(Problem("many.nothing"))
    given = together(arrays, lambda name: "s" + schema.index_of(name), world.namings)[0]
    problems = [problem for name, value in given.items() for problem in first_gap(world, name, value)]
    if problems:
        raise DataError(problems)
    return given


def first_gap(world: World, name: str, many: FloatArray) -> Iterator[Problem]:
    """Yield where in the first scenario that has one an array of a batch has a gap, if its shape tells the places."""
    known = lengths(every_array(world.model), world.regions, world.sectors)
    if many.ndim == 0 or not len(many) or any(misshapen({name: many[0]}, known)):
        return
    bad_s = ~np.isfinite(many).all(axis=tuple(range(1, many.ndim)))
    for scenario in map(int, np.flatnonzero(bad_s)[:1]):
        for why in bad_values({name: many[scenario]}, world.regions, world.sectors):
            yield Problem("many.scenario", {"number": scenario, "why": why})


def count_of(given: Mapping[str, FloatArray]) -> int:
    """Return the number of scenarios; raise a DataError where lengths or values make no batch."""
    counts = sorted({len(value) for value in given.values() if value.ndim})
    if counts == [0]:
        raise DataError(Problem("many.empty", {"names": ", ".join(given)}))
    bad = list[str]()
    if len(counts) == 1:
        bad = [name for name, value in given.items() if not (value.ndim and np.isfinite(value).all())]
    if bad or len(counts) != 1:
        raise DataError(Problem("many.levers", {"names": ", ".join(bad or given) or "-", "counts": counts}))
    return counts[0]


def with_arrays(world: World, arrays: Mapping[str, FloatArray]) -> World:
    """Return the world with arrays of its model replaced; income of the base year follows where it was not given."""
    kept = every_array(world.model)
    implied = chosen_model({name: value for name, value in kept.items() if name != "base_income_n"})
    if np.array_equal(implied.production.base_income_n, kept["base_income_n"]):
        del kept["base_income_n"]
    return replace(world, model=chosen_model(kept | dict(arrays)))


def set_levers(levers: Levers) -> list[str]:
    """Return the names of the levers that are not None."""
    return [name for name, value in levers._asdict().items() if value is not None]


def in_turns(setting: Any, differs: tuple[bool, ...], precondition: Any, size: int) -> Any:
    """Return outcome, residual and error of all scenarios, solved `size` at a time; the last is repeated to fill up."""
    leaves, tree = jax.tree.flatten(setting)
    count = next(len(leaf) for leaf, own in zip(leaves, differs, strict=True) if own)
    found = []
    for first in range(0, count, size):
        rows = np.minimum(np.arange(first, first + size), count - 1)
        parts = [leaf[rows] if own and size != count else leaf for leaf, own in zip(leaves, differs, strict=True)]
        found.append(_together(jax.tree.unflatten(tree, parts), precondition, differs))
    return jax.tree.map(
        lambda *parts: np.concatenate(parts)[:count] if parts[1:] else np.asarray(parts[0])[:count], *found
    )


def completed(world: World, found: Any, alone: Callable[[int], World]) -> Ensemble:
    """Return the batch, with the scenarios solved alone that it left unsolved or in which parts hardly trade."""
    outcome, residual_s, error_s, linked_s = found
    kept_s = (residual_s <= ACCEPTED) & ~(error_s > DETERMINED) & positive_s(outcome) & (not is_faint(world.model))
    for scenario in map(int, np.flatnonzero(kept_s & ~linked_s)):
        one, there = alone(scenario), nth(outcome, scenario)
        kept_s[scenario] = not apart(trade_kernel_of(one.model, one.levers), there, LINKED).size
    if kept_s.all():
        return Ensemble(world, outcome, residual_s, error_s)
    # What comes from the device cannot be written to.
    outcome, residual_s, error_s = jax.tree.map(np.array, (outcome, residual_s, error_s))
    problems = []
    for scenario in map(int, np.flatnonzero(~kept_s)):
        try:
            single = solve(alone(scenario))
        except NotSolvedError as error:
            problems += [Problem("many.scenario", {"number": scenario, "why": why}) for why in error.problems]
            continue
        certificate = single.certificate
        residual_s[scenario], error_s[scenario] = max(certificate.residuals.values()), certificate.error
        for many, one in zip(jax.tree.leaves(outcome), jax.tree.leaves(single.outcome), strict=True):
            many[scenario] = one
    if problems:
        raise NotSolvedError(problems)
    return Ensemble(world, outcome, residual_s, error_s)


def positive_s(outcome: Outcome) -> Any:
    """Whether income and utility are positive everywhere in each scenario."""
    values = (np.asarray(outcome.income_n), np.asarray(outcome.utility_n))
    return np.all([(value > 0).reshape(len(value), -1).all(axis=1) for value in values], axis=0)


@partial(jax.jit, static_argnums=2, compiler_options=OPTIONS)
def _together(setting: Any, precondition: Any, differs: tuple[bool, ...]) -> Any:
    """Solve scenarios side by side; one that is solved stays as it is while others go on."""
    leaves, tree = jax.tree.flatten(setting)

    def single(*own: Any) -> tuple[Outcome, Any, Any, Any]:
        model, levers = jax.tree.unflatten(tree, own)
        given = Given(model, levers, kernels(model, levers), precondition)
        begin = start(model)
        if getattr(precondition, "ndim", 0) != 2:
            found = mixed(given, begin, push_of(begin.size), TOLERANCE)
            there = found.evaluation
            return (
                there.outcome,
                largest_residual(there.residuals),
                found.error,
                linked(given.kernels.kernel_jni, there.outcome, LINKED),
            )
        take = partial(evaluate_step, given=given)
        if any(differs[: len(jax.tree.leaves(model))]):
            point = anderson(take, begin, TOLERANCE, MEMORY, MOST_STEPS).point
        else:
            point = stepped(take, begin)
        move, outcome, residuals = step_and_outcome(point, model, levers, given.kernels, natural_step)
        return (
            outcome,
            largest_residual(residuals),
            error(move, precondition),
            linked(given.kernels.kernel_jni, outcome, LINKED),
        )

    return jax.vmap(single, in_axes=[0 if own else None for own in differs])(*leaves)


def stepped(take: Callable[[Any], tuple[Any, Any]], begin: Any) -> Any:
    """Return where steps of the base year's inverse Jacobian lead: unmixed they are cheaper, and as many do."""

    def advance(state: Any) -> Any:
        point, move, _, steps = state
        return point + move, *take(point + move), steps + 1

    def going(state: Any) -> Any:
        return (state[2] > TOLERANCE) & (state[3] < MOST_STEPS)

    point, move, _, _ = jax.lax.while_loop(going, advance, (begin, jnp.zeros_like(begin), jnp.array(jnp.inf), 0))
    return point + move


def error(move: Any, inverse: Any) -> Any:
    r"""How far a point may be from the solution: :math:`\max |J^{-1}| \max(|s|, \epsilon)`, with the stored inverse."""
    return jnp.max(jnp.abs(inverse) @ jnp.maximum(jnp.abs(move), ROUNDING))
