"""Preconditioners from the base year's Jacobian: its inverse, the inverses of its regions, its slowest directions."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from math import prod
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.model.evaluate import Kernels, kernels
from hinterland.model.levers import CHANGE_KERNELS, Levers
from hinterland.model.model import Model, shapes
from hinterland.solve.natural import natural_step, step
from hinterland.solve.program import program
from hinterland.solve.stored import stored

SMALL = 1100  # unknowns up to which the inverse Jacobian of the base year is the preconditioner
REGIONAL = 10**9  # unknowns times entries of a kernel up to which the Jacobian of each region is formed: about a second
RANK, POWERS = 64, 2
ROUNDS, ROUGH = 40, 1e-4
TINY = 1e-15
NONE = 1e-13
FAINT = 1e-4  # singular values of the base year's Jacobian are taken for no smaller, relative to the largest


class Slow(NamedTuple):
    """The slowest directions of a step, Q, and what solves them, (I - Q'HQ)^{-1} - I."""

    directions: Any
    solved: Any


class Regional(NamedTuple):
    """Minus the inverse Jacobian of each region's own conditions, and where its unknowns stand in the vector."""

    inverse_nab: Any
    slots_na: Any
    regional: Any  # the way back: where each entry of the vector stands among the slots


def preconditioned(precondition: Any, move: Any) -> Any:
    """Apply a preconditioner to a step."""
    match precondition:
        case None:
            return move
        case Slow(slow, solved):
            return move + slow @ (solved @ (move @ slow))
        case Regional(inverse_nab, slots_na, regional):
            return jnp.einsum("nab,nb->na", inverse_nab, move[slots_na]).reshape(-1)[regional]
        case inverse:
            return inverse @ move


def start(model: Model) -> Any:
    """Return the point from which the solver starts: no change, and spending that closes its circuit.

    Spending follows from income linearly; a few rounds of the circuit, in levels, are enough for a start.
    """
    zeros = {name: jnp.zeros(shape) for name, shape in shapes(model).items()}
    if model.solves_for_spending:
        zeros["log_spending_nj"] = jnp.log(circuit_nj(model))
    return jnp.concatenate([value.reshape(-1) for value in zeros.values()])


_start = program(start)


def circuit_nj(model: Model) -> Any:
    """Return spending that repeats itself through sales and inputs, nearly."""
    income = model.production.value_added_nj.sum(axis=1)
    net = model.tariffs.net(jnp.moveaxis(model.trade.trade_share_nij, 2, 0), Levers())
    final = income[:, None] * model.demand.final_share_nj

    def turn(state: Any) -> Any:
        spending, _, rounds = state
        new = final + model.inputs.bought_nj(jnp.einsum("jni,nj->ij", net, spending))
        return new, jnp.abs(new - spending).sum() / new.sum(), rounds + 1

    def unsettled(state: Any) -> Any:
        return (state[1] > ROUGH) & (state[2] < ROUNDS)

    spending, _, _ = jax.lax.while_loop(unsettled, turn, (final, jnp.array(1.0), jnp.array(0)))
    return jnp.maximum(spending, TINY * spending.sum())


def jacobian_of(natural: Any) -> Callable[..., Any]:
    """Return what forms the Jacobian of a step at a point, (U, U): linearized once, pushed along one unknown a time."""

    def jacobian(point: Any, model: Model, levers: Levers, given: Any) -> Any:
        _, push = jax.linearize(lambda flat: step(flat, model, levers, given, natural)[0], point)
        return jax.lax.map(push, jnp.eye(point.size)).T

    return program(jacobian)


jacobian = jacobian_of(natural_step)


@program
def _subspace(model: Model, here: Any) -> Any:
    r"""Return the directions in which the step is slowest, Q, and what solves them, :math:`G = (I - Q'HQ)^{-1} - I`.

    H is the Jacobian of the fixed point in the base year; its largest directions come by power iteration.
    """
    take = base_step(model)

    def moved(directions: Any) -> Any:
        push: Callable[[Any], Any] = jax.vmap(lambda one: one + jax.jvp(take, (here,), (one,))[1], 1, 1)
        return push(directions)

    directions = jax.random.normal(jax.random.key(0), (here.size, RANK))
    for _ in range(POWERS):
        directions = jnp.linalg.qr(moved(directions))[0]
    return Slow(directions, jnp.linalg.inv(jnp.eye(RANK) - directions.T @ moved(directions)) - jnp.eye(RANK))


@program
def _regional(model: Model, here: Any) -> Regional:
    """Return what solves each region's own conditions: of goods that are inputs, most of what it buys is its own."""
    ends = list(accumulate(prod(shape) for shape in shapes(model).values()))
    parts = jnp.split(jnp.arange(ends[-1]), ends[:-1])
    slots_na = jnp.concatenate([part.reshape(regions_of(model), -1) for part in parts], axis=1)
    _, push = jax.linearize(base_step(model), here)

    def column(region: Any, slot: Any) -> Any:
        return push(jnp.zeros_like(here).at[slot].set(1.0))[slots_na[region]]

    regions = jnp.broadcast_to(jnp.arange(len(slots_na))[:, None], slots_na.shape)
    columns = jax.lax.map(lambda pair: column(*pair), (regions.reshape(-1), slots_na.reshape(-1)))
    slope_nba = columns.reshape(*slots_na.shape, -1)
    return Regional(-jnp.linalg.inv(slope_nba.transpose(0, 2, 1)), slots_na, jnp.argsort(slots_na.reshape(-1)))


def regions_of(model: Model) -> int:
    """Return the number of regions."""
    return int(model.production.value_added_nj.shape[0])


def by_region(model: Model) -> bool:
    """Whether all unknowns stand by region, prices of inputs among them, and few enough to form their Jacobian."""
    regions = regions_of(model)
    work = unknowns(model) * regions * model.production.value_added_nj.size
    known = shapes(model).values()
    return model.solves_for_prices and work <= REGIONAL and all(shape[0] == regions for shape in known)


def base_step(model: Model) -> Callable[[Any], Any]:
    """Return the step of the base year as a function of the point."""
    given = kernels(model, Levers())
    return lambda point: step(point, model, Levers(), given, natural_step)[0]


_kernels = program(kernels)


def kernels_stay(levers: Levers) -> bool:
    """Whether no lever that is set changes a kernel."""
    return all(getattr(levers, name) is None for name in CHANGE_KERNELS)


def kernels_of(model: Model, levers: Levers) -> Kernels:
    """Return the kernels of a counterfactual; where no lever changes them those of the base year are not made again."""
    if kernels_stay(levers):
        return base_kernels(model)
    found: Kernels = _kernels(placed(model), levers)
    return found


_trade_kernel = program(lambda model, levers: kernels(model, levers).kernel_jni)


def trade_kernel_of(model: Model, levers: Levers) -> Any:
    """Return the kernel of trade of a counterfactual, (J, N, N), without those of people."""
    return np.asarray(base_kernels(model).kernel_jni if kernels_stay(levers) else _trade_kernel(placed(model), levers))


@lru_cache(maxsize=4)
def base_kernels(model: Model) -> Kernels:
    """Return the kernels of the base year on the device, made once."""
    found: Kernels = _kernels(placed(model), Levers())
    return found


@lru_cache(maxsize=16)
def placed(model: Model) -> Model:
    """Return the model on the device, put there once."""
    there: Model = jax.device_put(model)
    return there


@lru_cache(maxsize=16)
def begun(model: Model) -> Any:
    """Return the base year's point on the device, found once."""
    return _start(placed(model))


def unknowns(model: Model) -> int:
    """Return how many numbers the solver looks for."""
    return sum(prod(shape) for shape in shapes(model).values())


@lru_cache(maxsize=16)
def prepared(model: Model) -> tuple[Model, Any]:
    """Return the model on the device and its preconditioner, made once per base year."""
    there, here = placed(model), begun(model)
    if unknowns(model) <= SMALL:
        inverse = stored(model, here.size, lambda: minus_inverse(jacobian(here, there, Levers(), base_kernels(model))))
        return there, None if inverse is None else jnp.asarray(inverse)
    if by_region(model):
        regional = _regional(there, here)
        return there, regional if np.isfinite(regional.inverse_nab).all() else None
    return there, (_subspace(there, here) if set(shapes(model)) == {"log_factor_nj"} else None)


@lru_cache(maxsize=16)
def is_faint(model: Model) -> bool:
    """Whether the base year has directions that the step hardly sees, in which a stored inverse tells no error."""
    inverse = prepared(model)[1]
    if getattr(inverse, "ndim", 0) != 2 or float(np.abs(inverse).max()) < 1:
        return False
    gains = np.linalg.svd(np.asarray(inverse), compute_uv=False)
    return bool(gains[-1] < 2 * FAINT * gains[0])


def minus_inverse(slope: Any) -> FloatArray | None:
    """Return minus the inverse of a Jacobian, small in directions that the step hardly sees, zero in those it does not.

    In the first a full step from the base year would leap far away, and mixing finds the few that are left.
    """
    matrix = np.asarray(slope)
    if not np.isfinite(matrix).all():
        return None
    try:
        inverse = np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        inverse = np.full_like(matrix, np.inf)
    if not np.abs(inverse).max() < 1 / FAINT:
        left, values, right = np.linalg.svd(matrix)
        gains = np.where(values > NONE * values[0], 1 / np.maximum(values, FAINT * values[0]), 0.0)
        inverse = (right.T * gains) @ left.T
    return np.asarray(-inverse)
