"""The one check at the door of the indicators: labels, lengths, signs, gaps."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hinterland import labels
from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, places
from hinterland.label_parts import Labels

NO_GROUP = ("", "nan", "<NA>", "NaT")  # gaps as NumPy writes them in an array of texts
ROUNDING = 4 * np.finfo(float).eps  # differences that a sum of alike numbers may leave


def aligned(name: str, **given: Any) -> tuple[list[FloatArray], Labels | None]:
    """Return arguments of an indicator in one order of regions, that of the first labelled one, and its labels."""
    arrays, found = labels.together(
        {f"{name}.{argument}": figures for argument, figures in given.items()}, lambda of: of.rsplit("_", 1)[-1]
    )
    return list(arrays.values()), found.get("region")


def where(bad: Any, regions: Labels | None) -> str:
    """Return the regions that are true by label, or by position where they have none."""
    known = regions if regions and len(regions) == len(bad) else tuple(map(str, range(len(bad))))
    return places([known[int(at)] for at in np.flatnonzero(bad)], len(bad))


def checked(
    name: str, value_n: ArrayLike, weight_n: ArrayLike | None = None, *, positive: bool = False
) -> tuple[FloatArray, FloatArray, Labels | None]:
    """Return values, weights (one if not given) and labels, or raise with every region that breaks a rule."""
    (value, *weights), regions = aligned(name, value_n=value_n, **({} if weight_n is None else {"weight_n": weight_n}))
    weight = weights[0] if weights else np.ones(value.shape)
    if value.ndim != 1 or value.shape != weight.shape or not value.size:
        raise DataError(Problem("indicator.length", {"name": name, "value": value.shape, "weight": weight.shape}))
    problems = []
    bad = ~np.isfinite(value) | ((value <= 0) if positive else (value < 0))
    if bad.any():
        key = "indicator.positive" if positive else "indicator.value"
        problems.append(Problem(key, {"name": name, "where": where(bad, regions)}))
    bad = ~np.isfinite(weight) | (weight < 0)
    if bad.any():
        problems.append(Problem("indicator.weight", {"name": name, "where": where(bad, regions)}))
    elif not weight.any() or (not problems and not scaled(weight) @ scaled(value) > 0):
        problems.append(Problem("indicator.nobody", {"name": name}))
    if problems:
        raise DataError(problems)
    return scaled(value), scaled(weight), regions


def scaled(figures: FloatArray) -> FloatArray:
    """Return figures over the power of two that is next to the largest: in this unit no sum is too large."""
    return np.asarray(np.ldexp(figures, -int(np.frexp(np.abs(figures).max(initial=0.0))[1])))


def finite(name: str, value: FloatArray, regions: Labels | None) -> None:
    """Raise unless values (N,) of any sign are finite, with every region where they are not."""
    if value.ndim != 1 or not value.size:
        raise DataError(Problem("indicator.length", {"name": name, "value": value.shape, "weight": value.shape}))
    bad = ~np.isfinite(value)
    if bad.any():
        raise DataError(Problem("indicator.gap", {"name": name, "where": where(bad, regions)}))


def varied(name: str, value: FloatArray) -> None:
    """Raise where all values are the same, but for rounding."""
    if np.ptp(value) <= ROUNDING * np.abs(value).max():
        raise DataError(Problem("indicator.constant", {"name": name, "total": value.size}))


def grouped(name: str, group_n: Any, size: int, regions: Labels | None) -> NDArray[np.intp]:
    """Return the number (N,) of each region's group, or raise where a region has none."""
    groups = labels.cells(f"{name}.group_n", group_n, "n", regions)
    groups = [group.strip() if isinstance(group, str) else group for group in groups]  # as in a table in a file
    if len(groups) != size:
        raise DataError(Problem("indicator.length", {"name": name, "value": (size,), "weight": (len(groups),)}))
    missing = [
        labels.is_absent(group) or not isinstance(group, Hashable) or group != group or str(group).strip() in NO_GROUP
        for group in groups
    ]
    if any(missing):
        raise DataError(Problem("indicator.group", {"name": name, "where": where(np.array(missing), regions)}))
    number = {group: at for at, group in enumerate(dict.fromkeys(groups))}
    return np.array([number[group] for group in groups], dtype=np.intp)


def square(name: str, matrix: FloatArray, size: int, regions: Labels | None, *, positive: bool = False) -> None:
    """Raise unless an (N, N) matrix is without negative (zero: `positive`) or missing entries."""
    if matrix.shape != (size, size):
        raise DataError(Problem("indicator.matrix", {"name": name, "size": size, "found": matrix.shape}))
    bad = ~(np.isfinite(matrix) & ((matrix > 0) if positive else (matrix >= 0)))
    if bad.any():
        known = regions or tuple(map(str, range(size)))
        at = places([f"({known[n]}, {known[m]})" for n, m in np.argwhere(bad).tolist()], matrix.size)
        raise DataError(Problem("indicator.distance", {"name": name, "where": at}))
