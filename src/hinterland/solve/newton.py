"""Newton's method where mixing ends: damped so that the next step gets shorter, not the residual.

On the way to the solution of a nearly disconnected world the residual first rises; the natural level
:math:`|J^{-1} F|`, the size of the step itself, falls. Source: Deuflhard (2011), algorithm NLEQ-ERR [deuflhard2011].
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from hinterland.arrays import FloatArray

DENSE = 2500  # unknowns up to which the Jacobian is formed
STEPS, SHORTEST = 25, 1e-4
FINE = 1e-9  # a step below it is the last: the next would be its square
SMALL, NEAR = 1e-9, 1e-11  # a residual near the solution; one that the last step leaves
FLOOR, ROUNDED = 2e-15, 1e-13  # no residual can be told from rounding below the first; none need be above the second
CLOSE, FALLS = 1e-5, 10.0  # where a full step takes such a residual down so much, Newton's method is on its way
ROUNDING = 1e-13  # relative; singular values below it are none
EXACT, TURNS = 1e-10, 300
CUTS = (1e-5, 1e-7, 1e-9, 1e-11, ROUNDING)


class System(Protocol):
    """A step that is zero at the solution, and its Jacobian there, whole or along a direction."""

    def move(self, point: FloatArray) -> FloatArray:
        """Return the step, (U,)."""

    def jacobian(self, point: FloatArray) -> FloatArray:
        """Return its Jacobian, (U, U)."""

    def pushed(self, point: FloatArray, direction: FloatArray) -> FloatArray:
        """Return the Jacobian's product with a direction, (U,)."""


class Linear(NamedTuple):
    """The Jacobian at a point: what it makes of a right-hand side, its products, and itself where it was formed."""

    solve: Callable[[FloatArray], FloatArray]
    product: Callable[[FloatArray], FloatArray]
    matrix: FloatArray | None


class Found(NamedTuple):
    """Where Newton's method ended."""

    point: FloatArray
    evaluations: int  # of the step
    converged: bool


def linear(system: System, point: FloatArray, cut: float = ROUNDING) -> Linear:
    """Return what solves the linearized system at a point; in directions that hardly anything determines it stays.

    These are those whose singular values are below `cut` of the largest, where the Jacobian is formed.
    """
    from scipy.linalg.lapack import dgetrf, dgetrs  # it takes a tenth of a second, and most solves end by mixing
    from scipy.sparse.linalg import LinearOperator, gmres

    size = point.size
    if size > DENSE:

        def times(direction: FloatArray) -> FloatArray:
            return system.pushed(point, direction.reshape(-1))

        operator = LinearOperator((size, size), times, dtype=float)
        return Linear(lambda right: gmres(operator, right, rtol=EXACT, restart=TURNS, maxiter=1)[0], times, None)
    matrix = system.jacobian(point)
    if not np.isfinite(matrix).all():
        return Linear(lambda right: np.full_like(right, np.nan), matrix.dot, matrix)
    factors, order, _ = dgetrf(matrix)
    pivots = np.abs(np.diagonal(factors))
    if cut > ROUNDING or pivots.min() < cut * pivots.max():
        left, values, right = np.linalg.svd(matrix)
        kept = values > cut * values[0]
        return Linear(lambda given: right[kept].T @ ((given @ left[:, kept]) / values[kept]), matrix.dot, matrix)
    return Linear(lambda right: np.asarray(dgetrs(factors, order, right)[0]), matrix.dot, matrix)


def gradually(system: System, point: FloatArray) -> Found:
    """Return where Newton steps lead that leave what is hardly determined for last, one order after another.

    The best point of all: a last order that rounding hides may lead away again.
    """
    best, count, least = Found(point, 0, False), 0, np.inf
    for cut in CUTS if hardly_determined(system, point) else ():
        found = newton(system, point, cut)
        point, count = found.point, count + found.evaluations
        left = float(np.abs(system.move(point)).max())
        if left < least:
            best, least = found, left
    return best._replace(evaluations=count)


def hardly_determined(system: System, point: FloatArray) -> bool:
    """Whether there are directions at a point that are hardly determined, where the Jacobian is small enough to ask."""
    if point.size > DENSE:
        return False
    matrix = system.jacobian(point)
    if not np.isfinite(matrix).all():
        return False
    values = np.linalg.svd(matrix, compute_uv=False)
    return bool(values[-1] < CUTS[0] * values[0])


def newton(system: System, point: FloatArray, cut: float = ROUNDING) -> Found:
    """Return where damped Newton steps lead from a point; never raises."""
    move, damping, count = system.move(point), 0.5, 1
    for _ in range(STEPS):
        before = float(np.abs(move).max())
        if before <= FLOOR:
            return Found(point, count, True)
        there = linear(system, point, cut)
        step = -there.solve(move)
        length, widest = float(np.linalg.norm(step)), float(np.abs(step).max())
        if not np.isfinite(length):
            break
        damping = min(1.0, 2 * damping)
        while True:
            move, count = system.move(point + damping * step), count + 1
            simplified = -there.solve(move) if np.isfinite(move).all() else np.full_like(step, np.inf)
            if np.linalg.norm(simplified) <= (1 - damping / 4) * length:
                break
            if damping == 1.0 and falls(before, float(np.abs(move).max())):
                break  # in a direction that is hardly determined rounding alone makes the next step as long
            if widest <= FINE:  # the floor of rounding
                return Found(point, count, before <= SMALL)
            damping = shorter(damping, step, simplified, length)
            if damping < SHORTEST:
                return Found(point, count, before <= ROUNDED)
        point = point + damping * step
        if widest <= FINE and float(np.abs(move).max()) <= NEAR:
            return Found(point, count, True)
    return Found(point, count, False)


def falls(before: float, after: float) -> bool:
    """Whether a small residual falls enough for a step to be right, whatever the next one would be."""
    return after < before / (2 if before <= SMALL else FALLS) and before <= CLOSE


def shorter(damping: float, step: FloatArray, simplified: FloatArray, length: float) -> float:
    """Return the damping that the curvature seen asks for: a tenth to a half of the last."""
    bent = float(np.linalg.norm(simplified - (1 - damping) * step))
    wanted = damping**2 * length / (2 * bent) if np.isfinite(bent) else 0.0
    return float(np.clip(wanted, damping / 10, damping / 2))
