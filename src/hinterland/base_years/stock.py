"""Capital by province: perpetual inventory of capital formation at the prices of 2020."""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.figures import assumption
from hinterland.data.panel import rows

FIRST, LAST = 1993, 2020  # GDP of one vintage begins in 1992


def by_year(variable: str, codes: tuple[str, ...], first: int, last: int) -> FloatArray:
    """One variable of the panel, (T, N); a gap is NaN."""
    table = rows(variable).pivot(index="year", columns="region_code", values="value")
    return np.asarray(table.reindex(index=range(first, last + 1), columns=list(codes)), dtype=float)


def real_gdp_tn(codes: tuple[str, ...], gdp_2020_n: FloatArray) -> FloatArray:
    r"""GDP at the prices of 2020: the level of 2020 carried back by published growth.

    .. math:: Y_{t-1} = Y_t / (g_t / 100)

    (T, N), the unit of the level, 1993 to 2020. Source: indices of the panel [nbsdata].
    """
    growth = by_year("gdp_growth_index", codes, FIRST + 1, LAST) / 100
    back = np.cumprod(growth[::-1], axis=0)[::-1]
    return np.concatenate([gdp_2020_n[None, :] / back, gdp_2020_n[None, :]])


def investment_ratio_tn(codes: tuple[str, ...]) -> FloatArray:
    """Capital formation over GDP of the vintage after the fourth census, (T, N), 1993 to 2020.

    Capped, for yearbook investment stands against revised GDP (T9); 2019, 2020 and gaps take the mean of the three
    years before (of the first three years where a series begins late). Source: provincial yearbooks
    [provincialyearbooks].
    """
    ratio = by_year("gross_fixed_capital_formation", codes, FIRST, LAST) / by_year("gdp_rev4census", codes, FIRST, LAST)
    ratio = np.minimum(ratio, assumption("investment_ratio_cap"))
    years = int(assumption("last_investment_ratio_years"))
    first = np.array([column[np.isfinite(column)][:years].mean() for column in ratio.T])
    for year in range(len(ratio)):
        before = ratio[max(0, year - years) : year]
        filled = before.mean(axis=0) if len(before) else first
        ratio[year] = np.where(np.isfinite(ratio[year]), ratio[year], filled)
    return ratio


def capital_n(codes: tuple[str, ...], gdp_2020_n: FloatArray, depreciation: float | None = None) -> FloatArray:
    r"""Capital at the end of 2020, at the prices of 2020.

    .. math:: K_t = (1 - \delta) K_{t-1} + (I/Y)_t Y_t, \quad K_{1992} = I_{1993} / (\delta + g)

    Parameters
    ----------
    gdp_2020_n : (N,), bn CNY
    depreciation : share a year, default .096, band .06 to .12

    Returns
    -------
    (N,), bn CNY
        For levels and dynamics: in changes a common capital share cancels. Estimated.

    Notes
    -----
    Assumed: the price of capital moves as that of GDP (no provincial deflator of investment is in the data).
    """
    delta = assumption("depreciation") if depreciation is None else depreciation
    invested = investment_ratio_tn(codes) * real_gdp_tn(codes, gdp_2020_n)
    capital = invested[0] / (delta + assumption("initial_growth"))
    for flow in invested:
        capital = (1 - delta) * capital + flow
    return np.asarray(capital)
