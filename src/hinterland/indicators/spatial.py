"""Where regions lie: likeness of neighbours, access to markets."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem
from hinterland.indicators.door import checked


def morans_i(value_n: ArrayLike, weight_nm: ArrayLike) -> float:
    r"""Moran's I: whether neighbours are alike.

    .. math:: I = \frac{N}{\sum_{nm} w_{nm}} \frac{\sum_{nm} w_{nm} z_n z_m}{\sum_n z_n^2}, \quad z = x - \bar x

    Parameters
    ----------
    value_n : (N,), >= 0, any unit
        Quantity of region n.
    weight_nm : (N, N), >= 0
        Nearness of region m to n; the diagonal is not used.

    Returns
    -------
    index, about [-1, 1]
        Unchanged by scale and relabelling; its mean without any pattern is -1/(N-1).

    Notes
    -----
    Regions count equally, whatever their people.

    Source
    ------
    Moran (1950) [moran1950]. Departure: none.
    """
    value, _ = checked("morans_i", value_n, np.ones(np.size(value_n)))
    weight = square("morans_i", weight_nm, value.size)
    np.fill_diagonal(weight, 0.0)
    deviation = value - value.mean()
    if not weight.sum() or not deviation.any():
        raise DataError(Problem("indicator.nobody", {"name": "morans_i"}))
    return float(value.size / weight.sum() * (deviation @ weight @ deviation) / (deviation @ deviation))


def row_standardised(weight_nm: ArrayLike) -> FloatArray:
    r"""Nearness divided by its row sum, :math:`w_{nm} / \sum_k w_{nk}`, without the diagonal; rows add up to one."""
    weight = np.array(weight_nm, dtype=float)
    np.fill_diagonal(weight, 0.0)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


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
    array = np.array(matrix, dtype=float)
    if array.shape != (size, size):
        raise DataError(Problem("indicator.matrix", {"name": name, "size": size, "found": array.shape}))
    if not np.all(np.isfinite(array) & ((array > 0) if positive else (array >= 0))):
        raise DataError(Problem("indicator.distance", {"name": name}))
    return array
