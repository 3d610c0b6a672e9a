"""Where regions lie: likeness of neighbours, access to markets."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, places
from hinterland.indicators.check import checked, numbers, series


def morans_i(value_n: ArrayLike, weight_nm: ArrayLike) -> float:
    r"""Moran's I: whether neighbours are alike.

    .. math:: I = \frac{N}{\sum_{nm} w_{nm}} \frac{\sum_{nm} w_{nm} z_n z_m}{\sum_n z_n^2}, \quad z = x - \bar x

    Parameters
    ----------
    value_n : (N,), finite, any unit
        Quantity of region n, such as growth: it may be negative.
    weight_nm : (N, N), >= 0
        Nearness of region m to n; the diagonal is not used.

    Returns
    -------
    index, about [-1, 1]
        Unchanged by scale, origin and relabelling; its mean without any pattern is -1/(N-1).

    Notes
    -----
    Regions count equally, whatever their people.

    Source
    ------
    Moran (1950) [moran1950]. Departure: none.
    """
    value = series("morans_i", value_n)
    weight = square("morans_i", weight_nm, value.size)
    np.fill_diagonal(weight, 0.0)
    deviation = value - value.mean()
    if not weight.sum() or not deviation.any():
        raise DataError(Problem("indicator.nobody", {"name": "morans_i"}))
    return float(value.size / weight.sum() * (deviation @ weight @ deviation) / (deviation @ deviation))


def row_standardised(weight_nm: ArrayLike) -> FloatArray:
    r"""Nearness divided by its row sum, :math:`w_{nm} / \sum_k w_{nk}`, without the diagonal.

    Rows add up to one, or to zero where a region has no neighbour (an island such as Hainan).
    """
    weight = square("row_standardised", weight_nm, len(np.atleast_1d(weight_nm)))
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1, keepdims=True)
    return np.asarray(weight / np.where(total > 0, total, 1.0))


def market_access(size_m: ArrayLike, distance_nm: ArrayLike, decay: float = 1.0) -> FloatArray:
    r"""Market access (potential) of each region.

    .. math:: A_n = \sum_m size_m\, d_{nm}^{-decay}

    Parameters
    ----------
    size_m : (N,), >= 0
        Size of market m (GDP or people).
    distance_nm : (N, N), > 0, km
        Distance from n to m; the diagonal is the distance inside a region.
    decay : > 0
        Distance elasticity; one is Harris's potential.

    Returns
    -------
    (N,), unit of size over km^decay
        Rises with every market's size, falls with every distance.

    Notes
    -----
    An accounting measure: it does not solve for prices.

    Source
    ------
    Harris (1954) [harris1954]. Departure: none.
    """
    size, _ = checked("market_access", size_m, np.ones(np.size(size_m)))
    distance = square("market_access", distance_nm, size.size, positive=True)
    return np.asarray(distance**-decay @ size)


def square(name: str, matrix: ArrayLike, size: int, *, positive: bool = False) -> FloatArray:
    """Return a copy of an (N, N) matrix without negative or missing entries, or raise."""
    array = numbers(name, matrix).copy()
    if array.shape != (size, size):
        raise DataError(Problem("indicator.matrix", {"name": name, "size": size, "found": array.shape}))
    bad = ~(np.isfinite(array) & ((array > 0) if positive else (array >= 0)))
    if bad.any():
        where = places([f"({n}, {m})" for n, m in np.argwhere(bad)], array.size)
        raise DataError(Problem("indicator.distance", {"name": name, "where": where}))
    return array
