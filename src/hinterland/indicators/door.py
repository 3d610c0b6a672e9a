"""The one check at the door of the indicators: lengths, signs, gaps."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, places


def checked(
    name: str, value_n: ArrayLike, weight_n: ArrayLike, *, positive: bool = False
) -> tuple[FloatArray, FloatArray]:
    """Return values and weights as arrays, or raise with every position that breaks a rule."""
    value, weight = np.asarray(value_n, dtype=float), np.asarray(weight_n, dtype=float)
    if value.ndim != 1 or value.shape != weight.shape or not value.size:
        raise DataError(Problem("indicator.length", {"name": name, "value": value.shape, "weight": weight.shape}))
    problems = []
    bad = ~np.isfinite(value) | ((value <= 0) if positive else (value < 0))
    if bad.any():
        where = places([str(position) for position in np.flatnonzero(bad)], value.size)
        problems.append(
            Problem("indicator.positive" if positive else "indicator.value", {"name": name, "where": where})
        )
    bad = ~np.isfinite(weight) | (weight < 0)
    if bad.any():
        where = places([str(position) for position in np.flatnonzero(bad)], value.size)
        problems.append(Problem("indicator.weight", {"name": name, "where": where}))
    elif not weight.sum() or (not weight @ value > 0 and not problems):
        problems.append(Problem("indicator.nobody", {"name": name}))
    if problems:
        raise DataError(problems)
    return value, weight
