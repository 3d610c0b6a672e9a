"""Parts of a world that trade with each other: between two that do not, the relative wage is open."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hinterland.arrays import BoolArray
from hinterland.model.evaluate import Outcome

LINK = 1e-13  # share of a market's spending below which float64 sees none
FAINT = (
    1e-7  # share below which a residual hardly sees a relative wage: rounding by it is the error that a solve allows
)


def apart(kernel_jni: Any, outcome: Outcome, link: float = LINK) -> NDArray[np.intp]:
    """Return the regions that trade, directly or not, with no region that the largest trades with, by position.

    Shares of a market's spending up to `link` are no trade.
    """
    kernel_jni = np.asarray(kernel_jni)
    strength_jn, market_jn = np.asarray(outcome.strength_nj).T, np.asarray(outcome.market_nj).T

    def meets(one: int, others: NDArray[np.intp] | slice = slice(None)) -> BoolArray:
        buys = kernel_jni[:, one, others] * strength_jn[:, others] / market_jn[:, [one]]
        sells = kernel_jni[:, others, one] * strength_jn[:, [one]] / market_jn[:, others]
        return np.asarray(((buys > link) | (sells > link)).any(axis=0))

    largest = int(np.asarray(outcome.value_added_nj).sum(axis=1).argmax())
    with np.errstate(invalid="ignore", divide="ignore"):  # a point without meaning has no links; it is refused as such
        reached_n = meets(largest)
        reached_n[largest] = True
        while True:
            found = [n for n in np.flatnonzero(~reached_n) if meets(int(n), np.flatnonzero(reached_n)).any()]
            if not found:
                return np.flatnonzero(~reached_n)
            reached_n[found] = True
