"""Parts of a world that trade with each other: between two that do not, the relative wage is open."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hinterland.model.evaluate import Outcome

LINK = 1e-13  # share of a market's spending below which float64 sees none
LINKED = 1e-5  # share above which what mixing leaves of a residual is no matter to a relative wage
FAINT = (
    1e-7  # share below which a residual hardly sees a relative wage: rounding by it is the error that a solve allows
)


def apart(kernel_jni: Any, outcome: Outcome, link: float = LINK) -> NDArray[np.intp]:
    """Return the regions that trade, directly or not, with no region that the largest trades with, by position.

    Shares of a market's spending up to `link` are no trade.
    """
    kernel_jni = np.asarray(kernel_jni)
    with np.errstate(invalid="ignore", divide="ignore"):  # a point without meaning has no links; it is refused as such
        reached_n = np.array(meets(kernel_jni, outcome, hub(outcome), link))
        reached_n[hub(outcome)] = True
        while True:
            waiting, known = np.flatnonzero(~reached_n), np.flatnonzero(reached_n)
            found = [n for n in waiting if meets(kernel_jni, outcome, n, link, known).any()]
            if not found:
                return waiting
            reached_n[found] = True


def linked(kernel_jni: Any, outcome: Outcome, link: float) -> Any:
    """Return whether every region trades with the largest by more than a share, directly; NumPy's arrays or JAX's."""
    return meets(kernel_jni, outcome, hub(outcome), link).all()


def hub(outcome: Outcome) -> Any:
    """Return the position of the region with the largest value added."""
    return outcome.value_added_nj.sum(axis=1).argmax()


def meets(kernel_jni: Any, outcome: Outcome, one: Any, link: float, others: Any = slice(None)) -> Any:
    """Return whether a region and each of others trade with each other; NumPy's arrays or JAX's."""
    strength_jn, market_jn = outcome.strength_nj.T, outcome.market_nj.T
    buys = kernel_jni[:, one, others] * strength_jn[:, others] / market_jn[:, one][:, None]
    sells = kernel_jni[:, others, one] * strength_jn[:, one][:, None] / market_jn[:, others]
    return ((buys > link) | (sells > link)).any(axis=0)
