"""How far a point can be from the solution: a small residual alone does not say.

Where trade between two parts of a world nearly stops, their relative wage hangs on shares of 1e-9 or less: the residual
hardly sees it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.solve.newton import Linear

DETERMINED = 1e-6  # largest log error of an unknown in a certificate that passes
ROUNDING = float(np.finfo(float).eps)  # no residual is known better
PUSH = 1e-5  # log distance of the second start from the first solution
SUSPICIOUS = 1e-8  # a second start that does not come so near to the solution, or an error above: the Jacobian is asked
SOLVED = 0.1  # what may be left of a right-hand side of ones in a system that tells an error


class Error(NamedTuple):
    """An estimate of the largest log error of an unknown, and the direction that it has."""

    size: float
    direction: FloatArray | None = None


@lru_cache(maxsize=16)
def push_of(size: int) -> FloatArray:
    """Return the way from a solution to a start beside it, from which one that is determined is found again."""
    return PUSH * np.random.default_rng(size).standard_normal(size)


def error_at(there: Linear, move: FloatArray) -> Error:
    r"""Return an estimate of the error, :math:`|J^{-1} F| + |J^{-1}| \epsilon`: what a step would mend, and rounding.

    The bound, rows of the inverse by their signs, where the Jacobian was formed; else one draw of signs, times the root
    of their number, by which the bound may be larger; infinite where the system was not solved for it.
    Source: Higham (2002), section 7.2: componentwise condition of a linear system [higham2002].
    """
    if there.matrix is None:
        signs = np.random.default_rng(move.size).choice([-1.0, 1.0], size=move.size)
        found = there.solve(signs)
        if largest(there.product(found) - signs) > SOLVED:
            return Error(float("inf"), found)
        return Error(largest(there.solve(move)) + ROUNDING * move.size**0.5 * largest(found), found)
    if not np.isfinite(there.matrix).all():
        return Error(float("inf"))
    try:
        inverse = np.linalg.inv(there.matrix)
    except np.linalg.LinAlgError:
        return Error(float("inf"), np.asarray(np.linalg.svd(there.matrix)[2][-1]))
    bound = np.abs(inverse @ move) + ROUNDING * np.abs(inverse).sum(axis=1)
    if not np.isfinite(bound).all():
        return Error(float("inf"))
    return Error(largest(bound), inverse @ np.sign(inverse[int(bound.argmax())]))


def largest(values: Any) -> float:
    """Return the largest absolute value; what is no number counts as infinite."""
    found = float(np.max(np.abs(values)))
    return found if np.isfinite(found) else float("inf")
