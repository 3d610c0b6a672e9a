"""Where regions lie: likeness of neighbours, access to markets."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem
from hinterland.indicators.check import aligned, checked, finite, scaled, square, varied, where


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
    (value, nearness), regions = aligned("morans_i", value_n=value_n, weight_nm=weight_nm)
    finite("morans_i", value, regions)
    square("morans_i", nearness, value.size, regions)
    value, weight = scaled(value), scaled(without_diagonal(nearness))
    varied("morans_i", value)
    deviation = value - value.mean()
    if not weight.sum():
        raise DataError(Problem("indicator.nobody", {"name": "morans_i"}))
    return float(value.size / weight.sum() * (deviation @ weight @ deviation) / (deviation @ deviation))


def row_standardised(weight_nm: ArrayLike) -> FloatArray:
    r"""Nearness divided by its row sum, :math:`w_{nm} / \sum_k w_{nk}`, without the diagonal.

    Rows add up to one, or to zero where a region has no neighbour (an island such as Hainan).
    """
    (nearness,), regions = aligned("row_standardised", weight_nm=weight_nm)
    square("row_standardised", nearness, len(np.atleast_1d(nearness)), regions)
    weight = scaled(without_diagonal(nearness))
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
        In the order of `size_m`. Rises with every market's size, falls with every distance.

    Notes
    -----
    An accounting measure: it does not solve for prices.

    Source
    ------
    Harris (1954) [harris1954]. Departure: none.
    """
    if np.ndim(decay) or np.asarray(decay).dtype.kind not in "fiu" or not 0 < decay < np.inf:
        raise DataError(Problem("indicator.decay", {"found": f"{decay!r:.40}"}))
    (size, distance), regions = aligned("market_access", size_m=size_m, distance_nm=distance_nm)
    checked("market_access", size)
    square("market_access", distance, size.size, regions, positive=True)
    with np.errstate(over="ignore", invalid="ignore"):
        access = np.asarray(distance**-decay @ size)
    if not np.isfinite(access).all():
        raise DataError(
            Problem("indicator.overflow", {"name": "market_access", "where": where(~np.isfinite(access), regions)})
        )
    return access


def without_diagonal(matrix: FloatArray) -> FloatArray:
    """Return a copy with a diagonal of zeros."""
    return np.asarray(np.where(np.eye(len(matrix), dtype=bool), 0.0, matrix))
