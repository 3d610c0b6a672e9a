"""Inequality between regions, with the weight of each region stated."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hinterland.arrays import FloatArray
from hinterland.indicators.check import checked, grouped


def gini(value_n: ArrayLike, weight_n: ArrayLike) -> float:
    r"""Population-weighted Gini coefficient: that of the people, each with the mean of his region.

    .. math:: G = \frac{1}{2\bar x W^2} \sum_i \sum_k w_i w_k |x_i - x_k|

    Parameters
    ----------
    value_n : (N,), >= 0, any unit
        Income (or another quantity) per head of region n.
    weight_n : (N,), >= 0, people
        Weight of region n.

    Returns
    -------
    share in [0, 1)
        Unchanged by scale, by relabelling, and by splitting a region in identical parts.

    Notes
    -----
    Differences inside regions are not seen, so it is a lower bound on the Gini of persons.

    Source
    ------
    Gini (1912) [gini1912]; computed from the Lorenz curve. Departure: none.
    """
    value, weight, _ = checked("gini", value_n, weight_n)
    order = np.argsort(value, kind="stable")
    value, weight = value[order], weight[order]
    people = np.concatenate([[0.0], np.cumsum(weight)]) / weight.sum()
    income = np.concatenate([[0.0], np.cumsum(weight * value)]) / (weight @ value)
    return float(1 - np.sum(np.diff(people) * (income[1:] + income[:-1])))


def theil(value_n: ArrayLike, weight_n: ArrayLike) -> float:
    r"""Population-weighted Theil index (T).

    .. math:: T = \sum_n \frac{w_n}{W} \frac{x_n}{\bar x} \ln\frac{x_n}{\bar x}

    Parameters
    ----------
    value_n : (N,), > 0, any unit
        Income per head of region n.
    weight_n : (N,), >= 0, people
        Weight of region n.

    Returns
    -------
    index in [0, ln(W / smallest w)]
        Zero where all are equal; unchanged by scale, relabelling and splitting.

    Notes
    -----
    Needs positive values: the logarithm of zero is not taken.

    Source
    ------
    Theil (1967), chapter 4 [theil1967]. Departure: none.
    """
    value, weight, _ = checked("theil", value_n, weight_n, positive=True)
    return _theil(value, weight)


def _theil(value_n: FloatArray, weight_n: FloatArray) -> float:
    """The index of values that have been checked."""
    share = weight_n / weight_n.sum()
    relative = value_n / (share @ value_n)
    return float(np.sum(share * relative * np.log(relative)))


def theil_within_between(value_n: ArrayLike, weight_n: ArrayLike, group_n: Any) -> tuple[float, float]:
    r"""Theil index split into inequality within groups of regions and between them.

    .. math:: T = \sum_g s_g T_g + \sum_g s_g \ln\frac{\bar x_g}{\bar x}

    with s_g the group's share of income.

    Parameters
    ----------
    value_n, weight_n : (N,), > 0 and >= 0
        Income per head and people of region n.
    group_n : (N,) labels
        Group of region n.

    Returns
    -------
    (within, between)
        They add up to `theil` of the whole.

    Notes
    -----
    The split depends on how the country is divided: name the division beside the figure.

    Source
    ------
    Theil (1967), chapter 4 [theil1967]. Departure: none.
    """
    value, weight, regions = checked("theil", value_n, weight_n, positive=True)
    groups = grouped("theil", group_n, value.size, regions)
    total, mean = weight @ value, weight @ value / weight.sum()
    within = between = 0.0
    for group in np.unique(groups):
        chosen = groups == group
        if not weight[chosen].sum():
            continue
        income = weight[chosen] @ value[chosen]
        within += income / total * _theil(value[chosen], weight[chosen])
        between += income / total * np.log(income / weight[chosen].sum() / mean)
    return float(within), float(between)


def coefficient_of_variation(value_n: ArrayLike, weight_n: ArrayLike) -> float:
    r"""Population-weighted coefficient of variation between regions.

    .. math:: V = \frac{1}{\bar x}\sqrt{\sum_n \frac{w_n}{W} (x_n - \bar x)^2}

    Parameters
    ----------
    value_n : (N,), >= 0, any unit
        Income per head of region n.
    weight_n : (N,), >= 0, people
        Weight of region n.

    Returns
    -------
    ratio >= 0
        Unchanged by scale, relabelling and splitting.

    Notes
    -----
    Dominated by rich regions; read it beside the Theil index.

    Source
    ------
    Williamson (1965), eq. (1) [williamson1965]. Departure: none.
    """
    value, weight, _ = checked("coefficient_of_variation", value_n, weight_n)
    share = weight / weight.sum()
    mean = share @ value
    return float(np.sqrt(share @ (value - mean) ** 2) / mean)
