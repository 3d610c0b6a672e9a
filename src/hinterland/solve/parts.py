"""Parts of a world that trade with each other: between two that do not, the relative wage is open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from hinterland.model.evaluate import Kernels, Outcome

LINK = 1e-13  # share of a market's spending below which float64 sees none


def apart(given: Kernels, outcome: Outcome) -> NDArray[np.intp]:
    """Return the positions of the regions that trade, directly or not, with no region of the largest part."""
    with np.errstate(invalid="ignore", divide="ignore"):  # a point without meaning has no links; it is refused as such
        return outside_the_largest(given, outcome)


def outside_the_largest(given: Kernels, outcome: Outcome) -> NDArray[np.intp]:
    """Return the positions of the regions outside the largest part."""
    kernel_jni = np.asarray(given.kernel_jni)
    strength_jn, market_jn = np.asarray(outcome.strength_nj).T, np.asarray(outcome.market_nj).T
    hub = int(np.asarray(outcome.value_added_nj).sum(axis=1).argmax())
    buys = kernel_jni[:, hub, :] * strength_jn / market_jn[:, [hub]]
    sells = kernel_jni[:, :, hub] * strength_jn[:, [hub]] / market_jn
    if ((buys > LINK) | (sells > LINK)).any(axis=0).all():
        return np.array([], dtype=int)
    share_jni = kernel_jni * strength_jn[:, None, :] / market_jn[:, :, None]
    _, part_n = connected_components(csr_array((share_jni > LINK).any(axis=0)), directed=False)
    return np.asarray(np.flatnonzero(part_n != np.bincount(part_n).argmax()))
