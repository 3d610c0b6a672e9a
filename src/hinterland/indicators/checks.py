"""The one door of the indicators: figures and weights are checked here, and nowhere else.

All problems are raised at once, with the positions (from 0, in numpy's order) at which they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, places

Rule = Literal["finite", "not_negative", "positive", "share"]


def check_figures(**figures: tuple[object, Rule]) -> None:
    """Raise `DataError` unless every figure keeps its rule; all figures have one shape or are single numbers.

    Parameters
    ----------
    figures : name = (numbers of any shape, rule)
        Rules: "finite"; "not_negative" (>= 0); "positive" (> 0); "share" (in [0, 1]).
        Each but the first must be one number or have the shape of the first.
    """
    arrays = {name: _numbers(figure, name) for name, (figure, _) in figures.items()}
    problems = [
        problem for name, (_, rule) in figures.items() for problem in _rule_problems(arrays[name], rule, name)
    ]
    (first, whole), *others = arrays.items()
    problems += [
        _length_problem(name, array, first, whole)
        for name, array in others
        if array.shape not in ((), whole.shape)
    ]
    _raise(problems)


def excess_problem(part: object, whole: object, tolerance: float) -> Problem | None:
    """Return the problem of parts larger than their whole, or None; both are already checked figures."""
    array, limit = _numbers(part, "part"), _numbers(whole, "whole")
    excess = array > limit * (1 + tolerance)
    if not excess.any():
        return None
    return Problem("indicator.part", {"name": "part", "other": "whole", **_finding(array, excess)})


def check_values(value_n: object, rule: Rule = "finite", name: str = "value_n") -> FloatArray:
    """Return `value_n` as (N,) floats, N >= 1, or raise `DataError` where it breaks its rule."""
    array = _numbers(value_n, name)
    _raise(_list_problems(array, name) or _rule_problems(array, rule, name))
    return array


def check_weights(value_n: object, weight_n: object, rule: Rule = "finite") -> tuple[FloatArray, FloatArray]:
    """Return values and weights as (N,) floats, or raise `DataError` with everything wrong in either.

    Parameters
    ----------
    value_n : (N,), in its own unit
        Must keep `rule`, also where the weight is zero.
    weight_n : (N,), in its own unit, >= 0
        One for each value; not all zero.
    rule : name of a rule
        With "not_negative" and "positive" the weighted mean must be positive too: measures of relative
        inequality divide by it.
    """
    value_array, weight_array = _numbers(value_n, "value_n"), _numbers(weight_n, "weight_n")
    problems = _list_problems(value_array, "value_n") + _list_problems(weight_array, "weight_n")
    if not problems and weight_array.shape != value_array.shape:
        problems = [_length_problem("weight_n", weight_array, "value_n", value_array)]
    problems += _rule_problems(value_array, rule, "value_n")
    problems += _rule_problems(weight_array, "not_negative", "weight_n")
    if not problems and not weight_array.sum() > 0:
        problems = [Problem("indicator.no_weight", {"name": "weight_n", "total": weight_array.size})]
    if not problems and rule != "finite" and not (value_array * weight_array).sum() > 0:
        problems = [Problem("indicator.zero_mean", {"name": "value_n", "total": value_array.size})]
    _raise(problems)
    return value_array, weight_array


def check_groups(group_n: Sequence[object] | NDArray[np.generic], length: int) -> NDArray[np.intp]:
    """Return the number (N,) of each region's group, or raise `DataError` where a region has none."""
    labels = list(group_n)
    if len(labels) != length:
        _raise([_length_problem("group_n", np.empty(len(labels)), "value_n", np.empty(length))])
    missing = [at for at, label in enumerate(labels) if label is None or label == "" or label != label]
    if missing:
        _raise([Problem("indicator.group", {"name": "group_n", "where": _where(missing, length)})])
    number = {label: at for at, label in enumerate(dict.fromkeys(labels))}
    return np.array([number[label] for label in labels], dtype=np.intp)


def check_matrix(matrix_nm: object, rule: Rule, name: str, shape: tuple[int | None, int]) -> FloatArray:
    """Return `matrix_nm` as floats of `shape` (None: any number of rows), or raise `DataError`."""
    array = _numbers(matrix_nm, name)
    if array.ndim != 2 or array.shape[1] != shape[1] or shape[0] not in (None, array.shape[0]):
        wanted = f"({'N' if shape[0] is None else shape[0]}, {shape[1]})"
        _raise([Problem("indicator.matrix", {"name": name, "shape": wanted, "found": array.shape})])
    _raise(_rule_problems(array, rule, name))
    return array


def check_different(value_n: FloatArray, name: str) -> None:
    """Raise `DataError` where there are not at least two different values."""
    if np.ptp(value_n) == 0:
        _raise(
            [Problem("indicator.constant", {"name": name, "total": value_n.size, "found": value_n.flat[0]})]
        )


def check_distances(distance_nm: object, sources: int) -> FloatArray:
    """Return (N, M) distances > 0, or raise `DataError`; infinity is allowed and means no link."""
    array = _numbers(distance_nm, "distance_nm")
    no_link = np.isposinf(array)
    check_matrix(np.where(no_link, 1.0, array), "finite", "distance_nm", (None, sources))
    bad = np.argwhere(array <= 0)
    if bad.size:
        where = _where([tuple(map(int, at)) for at in bad], array.size)
        _raise([Problem("indicator.distance", {"name": "distance_nm", "where": where})])
    return array


def check_neighbours(weight_nm: object, length: int | None = None) -> FloatArray:
    """Return (N, N) neighbour weights >= 0 with a zero diagonal, or raise `DataError`."""
    size = len(_numbers(weight_nm, "weight_nm")) if length is None else length
    array = check_matrix(weight_nm, "not_negative", "weight_nm", (size, size))
    own = [int(at) for at in np.flatnonzero(np.diag(array))]
    if own:
        _raise([Problem("indicator.diagonal", {"name": "weight_nm", "where": _where(own, size)})])
    return array


def _numbers(figure: object, name: str) -> FloatArray:
    try:
        return np.asarray(figure, dtype=np.float64)
    except (TypeError, ValueError):
        raise DataError(Problem("indicator.numbers", {"name": name})) from None


def _rule_problems(array: FloatArray, rule: Rule, name: str) -> list[Problem]:
    finite = np.isfinite(array)
    kept = {
        "finite": finite,
        "not_negative": array >= 0,
        "positive": array > 0,
        "share": (array >= 0) & (array <= 1),
    }[rule]
    return [
        Problem(f"indicator.{key}", {"name": name, **_finding(array, bad)})
        for key, bad in (("finite", ~finite), (rule, finite & ~kept))
        if bad.any()
    ]


def _list_problems(array: FloatArray, name: str) -> list[Problem]:
    if array.ndim == 1 and array.size:
        return []
    return [Problem("indicator.list", {"name": name, "found": array.shape})]


def _length_problem(name: str, array: FloatArray, other: str, whole: FloatArray) -> Problem:
    return Problem(
        "indicator.length", {"name": name, "other": other, "shape": whole.shape, "found": array.shape}
    )


def _finding(array: FloatArray, bad: NDArray[np.bool_]) -> dict[str, object]:
    at = [tuple(map(int, position)) for position in np.argwhere(np.atleast_1d(bad))]
    found = ", ".join(f"{figure:g}" for figure in array[bad].ravel()[:5])
    return {"where": _where([p[0] if len(p) == 1 else p for p in at], array.size), "found": found}


def _where(positions: Sequence[object], total: int) -> str:
    return places([str(position) for position in positions], total)


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise DataError(problems)
