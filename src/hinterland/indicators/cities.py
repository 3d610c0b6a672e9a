"""How people are spread over cities: rank and size, primacy."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hinterland.indicators.check import checked, varied


def rank_size_exponent(population_n: ArrayLike) -> float:
    r"""Exponent of the rank-size rule; one is Zipf's law.

    .. math:: \ln(rank_n - 1/2) = a - \zeta \ln size_n

    Parameters
    ----------
    population_n : (N,), > 0, people
        Size of city (or region's urban population) n; at least three.

    Returns
    -------
    exponent > 0
        Unchanged by scale and relabelling; large where sizes are alike.

    Notes
    -----
    With provinces instead of cities it describes the spread of provinces' towns, and is labelled so.

    Source
    ------
    Gabaix and Ibragimov (2011), eq. (2) [gabaixibragimov2011]. Departure: none.
    """
    size, _, _ = checked("rank_size_exponent", population_n, positive=True)
    varied("rank_size_exponent", size)
    log_size = np.log(np.sort(size)[::-1])
    log_rank = np.log(np.arange(1, size.size + 1) - 0.5)
    deviation = log_size - log_size.mean()
    return float(-(deviation @ log_rank) / (deviation @ deviation))


def primacy(population_n: ArrayLike) -> float:
    r"""Share of the largest in the whole.

    .. math:: \max_n size_n / \sum_n size_n

    Parameters
    ----------
    population_n : (N,), >= 0, people
        Size of city or region n.

    Returns
    -------
    share in [1/N, 1]
        Unchanged by scale and relabelling, not by splitting.

    Notes
    -----
    With provinces instead of cities it is the share of the largest province.

    Source
    ------
    Jefferson (1939) [jefferson1939]. Departure: share of all, not of the first two or three.
    """
    size, _, _ = checked("primacy", population_n)
    return float(size.max() / size.sum())
