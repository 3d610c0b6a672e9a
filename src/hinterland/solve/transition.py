"""The way back to a rest point, to first order: of laws in which people look ahead, the one path that settles.

Conditions :math:`f(y_t, y_{t+1}, z) = 0` hold in each period for what is given when it begins, x, and what may jump.
Their derivatives at the rest point make a pencil whose roots inside the unit circle are the ways that settle; there
must be as many as there are things given (Blanchard and Kahn 1980), by the generalized Schur form (Klein 2000).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import NotSolvedError, Problem

UNIT = 1e-9  # how far beyond one a root is one still: what is conserved, as people are, keeps its own


class Transition(NamedTuple):
    """Deviations from a rest point, :math:`x_{t+1} = P x_t + R z`, after a change z that is there to stay."""

    state: FloatArray  # P, (X, X)
    shock: FloatArray  # R, (X, Z)

    def path(self, shock: FloatArray, periods: int) -> FloatArray:
        """Return what is given in each period after the change, (periods, X), from the rest point on."""
        given, found = np.zeros(len(self.state)), []
        for _ in range(periods):
            given = self.state @ given + self.shock @ shock
            found.append(given)
        return np.array(found)

    @property
    def roots(self) -> FloatArray:
        """Sizes of the roots, (X,), the slowest first: what is left of each way after a period."""
        return np.sort(np.abs(np.linalg.eigvals(self.state)))[::-1]


def half_life(roots: FloatArray, period: float) -> FloatArray:
    """Return the years after which half of a deviation is gone, from sizes of roots below one and years a period."""
    return np.asarray(period * np.log(0.5) / np.log(roots))


def transition(conditions: Callable[..., Any], rest: FloatArray, given: int, shocks: int) -> Transition:
    """Return the path of `conditions(now, then, shock)` near a rest point whose first `given` entries are given.

    Raise NotSolvedError where more or fewer ways settle than things are given: none does, or many do.
    """
    still = np.zeros(shocks)
    now, then, shock = (np.asarray(part) for part in jax.jacobian(conditions, (0, 1, 2))(rest, rest, still))
    ways, roots = settling(now, then)
    if len(roots) != given:
        raise NotSolvedError(Problem("solve.ways", {"found": len(roots), "wanted": given}))
    unfold = np.linalg.inv(ways[:given])
    jump = (ways[given:] @ unfold).real
    state = (ways[:given] @ roots @ unfold).real
    carried = np.hstack([then[:, :given] + then[:, given:] @ jump, then[:, given:] + now[:, given:]])
    return Transition(state, np.linalg.solve(carried, -shock)[:given])


def settling(now: FloatArray, then: FloatArray) -> tuple[Any, Any]:
    """Return a basis of the ways that settle, (Y, S), and what a period makes of it, (S, S), upper triangular."""
    from scipy.linalg import ordqz  # it takes a tenth of a second, and only paths ask for it

    left, right, root, scale, _, ways = ordqz(-now, then, sort=inside, output="complex")
    count = int(inside(root, scale).sum())
    return ways[:, :count], np.linalg.solve(right[:count, :count], left[:count, :count])


def inside(root: Any, scale: Any) -> Any:
    """Whether roots, told as two parts of a fraction, lie in the unit circle or on it."""
    return np.abs(root) <= np.abs(scale) * (1 + UNIT)
