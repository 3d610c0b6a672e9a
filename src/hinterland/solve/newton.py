"""Newton's method where mixing ends: damped so that the next step gets shorter, not the residual.

On the way to the solution of a nearly disconnected world the residual first rises; the natural level
:math:`|J^{-1} F|`, the size of the step itself, falls. Source: Deuflhard (2011), algorithm NLEQ-ERR [deuflhard2011].
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np
from scipy.linalg import lstsq
from scipy.linalg.lapack import dgetrf, dgetrs
from scipy.sparse.linalg import LinearOperator, gmres

from hinterland.arrays import FloatArray

DENSE = 2500  # unknowns up to which the Jacobian is formed
STEPS, SHORTEST = 25, 1e-4
FINE = 1e-9  # a step below it is the last: the next would be its square
SMALL = 1e-9  # a residual near the solution
FLOOR = 2e-15  # no residual can be told from rounding below it
ROUNDING = 1e-13  # relative; singular values below it are none
EXACT, TURNS = 1e-10, 300


class System(Protocol):
    """A step that is zero at the solution, and its Jacobian there, whole or along a direction."""

    def move(self, point: FloatArray) -> FloatArray:
        """Return the step, (U,)."""

    def jacobian(self, point: FloatArray) -> FloatArray:
        """Return its Jacobian, (U, U)."""

    def pushed(self, point: FloatArray, direction: FloatArray) -> FloatArray:
        """Return the Jacobian's product with a direction, (U,)."""


class Linear(NamedTuple):
    """The Jacobian at a point: what it makes of a right-hand side, and itself where it was formed."""

    solve: Callable[[FloatArray], FloatArray]
    matrix: FloatArray | None


class Found(NamedTuple):
    """Where Newton's method ended."""

    point: FloatArray
    evaluations: int  # of the step
    converged: bool


def linear(system: System, point: FloatArray) -> Linear:
    """Return what solves the linearized system at a point; in a direction that nothing determines it stays."""
    size = point.size
    if size > DENSE:
        operator = LinearOperator(
            (size, size), lambda direction: system.pushed(point, direction.reshape(-1)), dtype=float
        )
        return Linear(lambda right: gmres(operator, right, rtol=EXACT, restart=TURNS, maxiter=1)[0], None)
    matrix = system.jacobian(point)
    if not np.isfinite(matrix).all():
        return Linear(lambda right: np.full_like(right, np.nan), matrix)
    factors, order, _ = dgetrf(matrix)
    pivots = np.abs(np.diagonal(factors))
    if pivots.min() < ROUNDING * pivots.max():
        return Linear(lambda right: np.asarray(lstsq(matrix, right, cond=ROUNDING)[0]), matrix)
    return Linear(lambda right: np.asarray(dgetrs(factors, order, right)[0]), matrix)


def newton(system: System, point: FloatArray) -> Found:
    """Return where damped Newton steps lead from a point; never raises."""
    move, damping, count = system.move(point), 0.5, 1
    for _ in range(STEPS):
        if float(np.abs(move).max()) <= FLOOR:
            return Found(point, count, True)
        there = linear(system, point)
        step = -there.solve(move)
        length, widest = float(np.linalg.norm(step)), float(np.abs(step).max())
        if not np.isfinite(length):
            break
        damping, before = min(1.0, 2 * damping), float(np.abs(move).max())
        while True:
            move, count = system.move(point + damping * step), count + 1
            simplified = -there.solve(move) if np.isfinite(move).all() else np.full_like(step, np.inf)
            if np.linalg.norm(simplified) <= (1 - damping / 4) * length:
                break
            if damping == 1.0 and before <= SMALL and float(np.abs(move).max()) < before / 2:
                break  # in a direction that is hardly determined rounding alone makes the next step as long
            if widest <= FINE:  # the floor of rounding
                return Found(point, count, True)
            damping = shorter(damping, step, simplified, length)
            if damping < SHORTEST:
                return Found(point, count, False)
        point = point + damping * step
        if widest <= FINE:
            return Found(point, count, True)
    return Found(point, count, False)


def shorter(damping: float, step: FloatArray, simplified: FloatArray, length: float) -> float:
    """Return the damping that the curvature seen asks for: a tenth to a half of the last."""
    bent = float(np.linalg.norm(simplified - (1 - damping) * step))
    wanted = damping**2 * length / (2 * bent) if np.isfinite(bent) else 0.0
    return float(np.clip(wanted, damping / 10, damping / 2))
