"""A second way to an equilibrium, which shares the equations with the engine and nothing of its way to solve them.

From the base year, which is solved by construction, levers are raised together. The curve of solutions is followed by
its length (Keller 1977), so that it may turn back and come again: each step goes along the tangent and returns to the
curve by Newton's method with a dense Jacobian.
"""

from __future__ import annotations

import time
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.model.evaluate import evaluate, kernels
from hinterland.model.levers import Levers
from hinterland.model.model import Model, pack, shapes, unpack
from hinterland.world.check import arrays_of
from hinterland.world.world import World

SOLVED, CLOSE = 1e-11, 1e-8  # largest residual at the end, and on the way
LEAST, LONGEST, MOST_STEPS = 1e-6, 1.0, 2000  # lengths of a step, root mean square of logs; their number
MOST_NEWTON, WORSE = 8, 100.0  # steps of Newton; growth of the residual at which they are given up
FAR, CUT = 1e3, 1e-14  # a longer step goes where the equations hardly see: singular values below the cut are none
PACES = ((1.0, 1.0), (1.0, 3.0), (3.0, 1.0))
ROUNDING = float(np.finfo(float).eps)


class Reached(NamedTuple):
    """Where the second method came: part of the way, and the point there."""

    way: float
    point: np.ndarray
    steps: int


class Curve(NamedTuple):
    """A world between its base year and its levers; the last number of a state is the part of the way."""

    model: Model
    before: dict[str, Any]
    levers: Levers
    pace: Any  # (2,): costs of trade and moving, and all else, go with the way to these powers


@jax.jit
def gaps(point: Any, model: Model, levers: Levers) -> Any:
    """Return the residuals, no numbers where income is negative; the numeraire stands in the redundant market."""
    outcome, residuals = evaluate(unpack(point, model), model, levers, kernels(model, levers))
    found = dict(residuals.by_unknown)
    positive = 0.0 * jnp.log(outcome.income_n).sum()
    found["log_factor_nj"] = found["log_factor_nj"] + residuals.numeraire + positive
    return pack(found, model)


def curve_gaps(state: Any, curve: Curve) -> Any:
    return gaps(state[:-1], curve.model, between(curve, state[-1]))


@jax.jit
def both(state: Any, curve: Curve) -> tuple[Any, Any]:
    """Return the residuals of a state and their slopes (U, U + 1)."""
    return curve_gaps(state, curve), jax.jacfwd(curve_gaps)(state, curve)


def followed(world: World, seconds: float) -> Reached:
    """Follow the solutions from the base year to the levers of the world, together or some before others."""
    curve = whole(world)
    for pace in PACES:
        reached = along(curve._replace(pace=np.array(pace)), base_point(world), seconds / len(PACES))
        if reached.way == 1:
            break
    return reached


def along(curve: Curve, start: np.ndarray, seconds: float) -> Reached:
    """Follow one curve as far as it goes."""
    state = np.append(start, 0.0)
    weight = np.append(np.full(len(state) - 1, 1.0 / (len(state) - 1)), 1.0)
    tangent = direction(both(state, curve)[1], np.append(np.zeros(len(state) - 1), 1.0), weight)
    length, steps, end = 0.1, 0, time.perf_counter() + seconds
    while length > LEAST and steps < MOST_STEPS and time.perf_counter() < end:
        steps += 1
        ahead = state + length * tangent
        if ahead[-1] >= 1:
            part = (1 - state[-1]) / (ahead[-1] - state[-1])
            final = corrected(state + part * (ahead - state), curve, None, SOLVED)
            if final is not None:
                return Reached(1.0, final[0][:-1], steps)
            found = None
        else:
            found = corrected(ahead, curve, tangent * weight, CLOSE)
        if found is None or found[0][-1] < -0.1 or not np.isfinite(found[1]).all():
            length /= 2
            continue
        state, slopes, quick = found
        tangent = direction(slopes, tangent * weight, weight)
        length = min(LONGEST, length * (2.0 if quick else 1.2))
    return Reached(float(state[-1]), state[:-1], steps)


def direction(slopes: Any, towards: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the tangent of the curve, of length one, that goes on as before."""
    goal = np.zeros(len(towards))
    goal[-1] = 1.0
    found = solved(np.vstack([slopes, towards]), goal)
    return found / np.sqrt((weight * found**2).sum())


def corrected(state: np.ndarray, curve: Curve, plane: np.ndarray | None, enough: float) -> Any:
    """Return the state of the curve in a plane (None: where the way ends), its slopes, and whether it was near."""
    state, before, ends = np.array(state), np.inf, plane is None
    plane = np.eye(len(state))[-1] if plane is None else plane
    for step in range(MOST_NEWTON):
        state[-1] = 1.0 if ends else state[-1]
        gap, slopes = (np.asarray(value) for value in both(state, curve))
        worst = float(np.max(np.abs(gap)))
        if worst <= enough:
            return state, slopes, step < 4
        if not np.isfinite(worst) or not np.isfinite(slopes).all() or worst > WORSE * before:
            return None
        before = worst
        move = solved(np.vstack([slopes, plane]), np.append(gap, 0.0))
        if not np.isfinite(move).all():
            return None
        state = state - move
    return None


def solved(matrix: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """Return the step, nothing in directions that the equations do not see; no numbers where none is found."""
    for method in (np.linalg.solve, partial(np.linalg.lstsq, rcond=CUT)):
        try:
            found = method(matrix, gap)
        except np.linalg.LinAlgError:
            continue
        move = np.asarray(found[0] if isinstance(found, tuple) else found)
        if method is not np.linalg.solve or np.max(np.abs(move)) < FAR:
            return move
    return np.full_like(gap, np.nan)


def whole(world: World) -> Curve:
    """Return the curve on which all levers go together."""
    return Curve(jax.tree.map(jnp.asarray, world.model), base_levers(world), world.levers, np.ones(2))


class Judged(NamedTuple):
    """How far a point is from a solution, and how far rounding alone lets it be."""

    distance: float
    bound: float


def judged(world: World, point: np.ndarray) -> Judged:
    r"""Return how far Newton's method moves from a point, and :math:`|J^{-1} F| + |J^{-1}| \epsilon`."""
    curve = whole(world)
    gap, slopes = (np.asarray(value) for value in both(np.append(point, 1.0), curve))
    try:
        inverse = np.linalg.inv(slopes[:, :-1])
    except np.linalg.LinAlgError:
        return Judged(0.0, np.inf)
    bound = float(np.max(np.abs(inverse @ gap) + ROUNDING * np.abs(inverse).sum(axis=1)))
    here = np.asarray(point)
    for _ in range(3):
        here = here - solved(slopes[:, :-1], gap)
        gap, slopes = (np.asarray(value) for value in both(np.append(here, 1.0), curve))
    distance = float(np.max(np.abs(here - point)))
    return Judged(distance if np.isfinite(distance) else np.inf, bound if np.isfinite(bound) else np.inf)


def base_point(world: World) -> np.ndarray:
    """Return the base year as a point: no change, and the spending that its income and sales bring."""
    model = world.model
    unknown: dict[str, Any] = {name: np.zeros(shape) for name, shape in shapes(model).items()}
    if "log_spending_nj" in unknown:
        revenue = model.production.value_added_nj / getattr(model.inputs, "value_added_share_nj", 1.0)
        private = np.asarray(model.government.spent_n(model.production.base_income_n, Levers()))
        final = private[:, None] * model.demand.final_share_nj
        unknown["log_spending_nj"] = np.log(final + np.asarray(model.inputs.bought_nj(revenue)))
    return np.asarray(pack(unknown, model))


def base_levers(world: World) -> dict[str, Any]:
    """Return the levers that leave the base year as it is, for all that are set."""
    levels = arrays_of(tuple(part for part in world.model.parts.values() if type(part) is not tuple))
    found = dict[str, Any]()
    for name, value in world.levers._asdict().items():
        if value is not None:
            neutral = np.ones_like(value) if "_hat_" in name else np.zeros_like(value)
            found[name] = levels.get(name, neutral)
    return found


def between(curve: Curve, way: Any) -> Levers:
    """Return levers on the way: hats and capacities in logs, rates and transfers evenly."""
    now = dict[str, Any]()
    for name, first in curve.before.items():
        last = getattr(curve.levers, name)
        part = jnp.sign(way) * jnp.abs(way) ** curve.pace[0 if "_cost_hat_" in name else 1]
        if "_hat_" in name or name == "capacity_n":
            now[name] = first * (last / first) ** part
        else:
            now[name] = (1 - part) * first + part * last
    return curve.levers._replace(**now)
