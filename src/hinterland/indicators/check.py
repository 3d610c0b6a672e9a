"""The one check at the door of the indicators: lengths, signs, gaps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, places


def checked(
    name: str, value_n: ArrayLike, weight_n: ArrayLike, *, positive: bool = False
) -> tuple[FloatArray, FloatArray]:
    """Return values and weights as arrays, or raise with every position that breaks a rule."""
    value, weight = numbers(name, value_n), numbers(name, weight_n)
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


def numbers(name: str, figures: ArrayLike) -> FloatArray:
    """Return figures as floats, or raise where they hold something that is no number."""
    try:
        return np.asarray(figures, dtype=np.float64)
    except (TypeError, ValueError):
        raise DataError(Problem("indicator.numbers", {"name": name})) from None


def series(name: str, value_n: ArrayLike) -> FloatArray:
    """Return (N,) finite values of any sign, or raise with every position that is none."""
    value = numbers(name, value_n)
    if value.ndim != 1 or not value.size:
        raise DataError(Problem("indicator.length", {"name": name, "value": value.shape, "weight": value.shape}))
    bad = np.flatnonzero(~np.isfinite(value))
    if bad.size:
        where = places([str(position) for position in bad], value.size)
        raise DataError(Problem("indicator.gap", {"name": name, "where": where}))
    return value


def is_missing(label: object) -> bool:
    """Whether a label is none: None, an empty text, NaN, or a value of pandas that is not even equal to itself."""
    same = label == label
    return label is None or not (isinstance(same, bool | np.bool_) and same) or label == ""


def grouped(name: str, group_n: Sequence[object] | NDArray[np.generic], size: int) -> NDArray[np.intp]:
    """Return the number (N,) of each region's group, or raise where a region has none."""
    labels = list(group_n)
    if len(labels) != size:
        raise DataError(Problem("indicator.length", {"name": name, "value": (size,), "weight": (len(labels),)}))
    missing = [at for at, label in enumerate(labels) if is_missing(label)]
    if missing:
        where = places([str(position) for position in missing], size)
        raise DataError(Problem("indicator.group", {"name": name, "where": where}))
    number = {label: at for at, label in enumerate(dict.fromkeys(labels))}
    return np.array([number[label] for label in labels], dtype=np.intp)
