"""Shares, gaps and figures per head: what yearbooks print, with the weights made explicit.

The functions take one number or one for each region, and give back the same; the second argument may be
one number for all regions. Nothing broadcasts.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from hinterland.arrays import Float, FloatArray
from hinterland.errors import DataError
from hinterland.indicators.checks import check_figures, check_values, check_weights, excess_problem

Figures = TypeVar("Figures", float, FloatArray)
ROUNDING = 1e-9  # by which the sum of published parts may exceed the published whole


def share(part: Figures, whole: float | Figures) -> Figures:
    r"""Part of a whole, such as the West's land in the nation's.

    .. math:: s = part / whole

    Parameters
    ----------
    part : one number or (N,), any unit, in [0, whole]
        The part.
    whole : one number or (N,), same unit, > 0
        The whole.

    Returns
    -------
    one number or (N,), share in [0, 1]
        The shares of all parts add up to one.

    Notes
    -----
    Not percent: multiply by 100 to print. A part above the whole is a `DataError` (by more than 1e-9 of it).

    Source
    ------
    Own definition [hinterland]; facts F01 to F06, F25 to F28 and F38 of the source text.
    """
    check_figures(part=(part, "not_negative"), whole=(whole, "positive"))
    too_large = excess_problem(part, whole, ROUNDING)
    if too_large:
        raise DataError(too_large)
    result: Figures = np.minimum(np.divide(part, whole), 1.0)
    return result


def weighted_mean(value_n: Float[FloatArray, "N"], weight_n: Float[FloatArray, "N"]) -> float:
    r"""Mean of a figure over people and not over regions.

    .. math:: \bar x = \sum_n w_n x_n / \sum_n w_n

    Parameters
    ----------
    value_n : (N,), any unit, finite
        Figure per person, such as the urbanization rate.
    weight_n : (N,), persons, >= 0, not all zero
        The people it is per: total population for a rate, rural people for rural income.

    Returns
    -------
    in the unit of `value_n`
        Between the smallest and the largest; the same under division of a region into identical parts.

    Notes
    -----
    A gap is an error also where the weight is zero.

    Source
    ------
    Own definition [hinterland]; facts F04 to F06 and F35 of the source text.
    """
    value_n, weight_n = check_weights(value_n, weight_n)
    return float((value_n * weight_n).sum() / weight_n.sum())


def ratio(value: Figures, reference: float | Figures) -> Figures:
    r"""How many times the reference a figure is, such as urban over rural income.

    .. math:: r = value / reference

    Parameters
    ----------
    value : one number or (N,), any unit, finite
        The figure.
    reference : one number or (N,), same unit, > 0
        What it is held against.

    Returns
    -------
    one number or (N,), ratio
        One where they are equal; the same for any unit.

    Notes
    -----
    Both must be in current prices, or both in those of one year.

    Source
    ------
    Own definition [hinterland]; facts F30, F32 and F35 of the source text.
    """
    check_figures(value=(value, "finite"), reference=(reference, "positive"))
    result: Figures = np.divide(value, reference)
    return result


def gap(value: Figures, reference: float | Figures) -> Figures:
    r"""How far a figure stands above its reference; the change of a gap is the gap of two gaps.

    .. math:: g = value - reference

    Parameters
    ----------
    value : one number or (N,), any unit, finite
        The figure, such as the East's urbanization rate.
    reference : one number or (N,), same unit, finite
        What it is held against, such as the West's.

    Returns
    -------
    one number or (N,), in the unit of `value`
        Zero where they are equal; exchanging the two changes its sign.

    Notes
    -----
    Rates are shares: a gap of 0.173 is 17.3 percentage points.

    Source
    ------
    Own definition [hinterland]; facts F07 to F11, F25 to F28, F36, F37 and F39 to F41 of the source text.
    """
    check_figures(value=(value, "finite"), reference=(reference, "finite"))
    result: Figures = np.subtract(value, reference)
    return result


def per_head(total: Figures, population: float | Figures) -> Figures:
    r"""A total over the people it is for.

    .. math:: x = total / population

    Parameters
    ----------
    total : one number or (N,), any unit, finite
        Such as fiscal revenue (yuan) or the number of towns.
    population : one number or (N,), persons (or 10,000 persons), > 0
        Resident population, if not said otherwise.

    Returns
    -------
    one number or (N,), unit of the total per person
        Weighted by population, its mean is the figure of the whole.

    Notes
    -----
    Registered and resident population differ by more than a tenth in some provinces: name which.

    Source
    ------
    Own definition [hinterland]; facts F16 to F18, F31, F39 and F40 of the source text.
    """
    check_figures(total=(total, "finite"), population=(population, "positive"))
    result: Figures = np.divide(total, population)
    return result


def density(count: Figures, area: float | Figures) -> Figures:
    r"""How many there are on a unit of land.

    .. math:: d = count / area

    Parameters
    ----------
    count : one number or (N,), count, >= 0
        Such as cities or people.
    area : one number or (N,), 10,000 km2 (or km2), > 0
        Land.

    Returns
    -------
    one number or (N,), count per unit of area, >= 0
        Weighted by area, its mean is the density of the whole.

    Notes
    -----
    The source text prints cities per 10,000 hectares; only 10,000 km2 is possible.

    Source
    ------
    Own definition [hinterland]; facts F19 to F21 of the source text.
    """
    check_figures(count=(count, "not_negative"), area=(area, "positive"))
    result: Figures = np.divide(count, area)
    return result


def rural_per_urban(urban_share: Figures) -> Figures:
    r"""Rural residents for each urban one: what the towns of a region have to carry.

    .. math:: r = (1 - u) / u

    Parameters
    ----------
    urban_share : one number or (N,), share in (0, 1]
        Urbanization rate, not in percent.

    Returns
    -------
    one number or (N,), rural residents per urban resident, >= 0
        One at an urbanization rate of one half; falls as it rises.

    Notes
    -----
    Of a group of regions, take it from the group's rate: the mean of the regions' ratios is larger.

    Source
    ------
    Own definition [hinterland]; facts F33 and F34 of the source text.
    """
    check_figures(urban_share=(urban_share, "share"))
    check_figures(urban_share=(urban_share, "positive"))
    result: Figures = np.divide(np.subtract(1.0, urban_share), urban_share)
    return result


def growth_rate(start: Figures, end: Figures, years: float) -> Figures:
    r"""Mean yearly growth between two years.

    .. math:: g = (end / start)^{1 / years} - 1

    Parameters
    ----------
    start, end : one number or (N,), constant prices, > 0
        The figure in the first and in the last year.
    years : > 0
        Years between them.

    Returns
    -------
    one number or (N,), share per year, > -1
        Compounded over the years it leads from start to end.

    Notes
    -----
    Use constant prices or a volume index: current prices mix in inflation.

    Source
    ------
    Own definition [hinterland]; fact F42 of the source text.
    """
    check_figures(start=(start, "positive"), end=(end, "positive"))
    check_figures(years=(years, "positive"))
    result: Figures = np.power(np.divide(end, start), 1 / years) - 1
    return result


def growth_rank(growth_n: Float[FloatArray, "N"]) -> Float[FloatArray, "N"]:
    r"""Place of each region when the fastest is first.

    .. math:: rank_n = 1 + \#\{m : growth_m > growth_n\}

    Parameters
    ----------
    growth_n : (N,), share per year (or any unit), finite
        Growth of each region.

    Returns
    -------
    (N,), rank in [1, N]
        One for the fastest; equal growth has equal rank, and the next rank is left out.

    Notes
    -----
    Ranks say nothing on distance: a tenth of a point may lie between the first and the tenth.

    Source
    ------
    Own definition [hinterland]; fact F43 of the source text.
    """
    growth_n = check_values(growth_n, name="growth_n")
    return 1.0 + growth_n.size - np.searchsorted(np.sort(growth_n), growth_n, side="right")


def number_above(value_n: Float[FloatArray, "N"], reference: float) -> int:
    r"""How many regions stand above a reference, such as growth above the nation's.

    .. math:: k = \#\{n : value_n > reference\}

    Parameters
    ----------
    value_n : (N,), any unit, finite
        Figure of each region.
    reference : same unit, finite
        What they are held against.

    Returns
    -------
    count in [0, N]
        Equal does not count as above.

    Notes
    -----
    Each region counts once, whatever its people.

    Source
    ------
    Own definition [hinterland]; fact F42 of the source text.
    """
    value_n = check_values(value_n)
    check_figures(reference=(reference, "finite"))
    return int((value_n > reference).sum())
