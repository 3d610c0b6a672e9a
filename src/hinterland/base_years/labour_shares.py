"""Shares of factors in value added by province and sector, at which wages of the base year follow observed ones."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from hinterland.arrays import FloatArray
from hinterland.base_years.homes import table_without_homes
from hinterland.base_years.workers import SECTORS
from hinterland.data.figures import assumption, table, values

YEAR = 2020
LEAST = 1e-3  # of the scale of wages between which it is sought, and its inverse


def unit_wage_n(codes: tuple[str, ...]) -> FloatArray:
    """Average wage in urban units, CNY a year, (D,): prefectures weighted by employees. [cityyearbook]."""
    return np.asarray(table("urban_wages_2020.csv").set_index("region_code").loc[list(codes), "wage"], dtype=float)


def observed_wage_n(codes: tuple[str, ...]) -> FloatArray:
    r"""What is observed of wages by province, over its mean, (D,).

    .. math:: W_n = \sqrt{\frac{w^{unit}_n}{\bar w^{unit}} \frac{y^{urban}_n}{\bar y^{urban}}}

    Wages of urban units speak of their employees alone (the state's are many in Tibet), incomes of townspeople hold
    more than wages: the mean of both logs. Source: city yearbook, household survey [cityyearbook, nbsdata].
    """
    unit, income = unit_wage_n(codes), values("disposable_income_urban", YEAR, codes)
    return np.asarray(np.sqrt(unit / unit.mean() * income / income.mean()))


def labour_share_n(
    added_n: FloatArray, labour_n: FloatArray, observed_n: FloatArray, nation: float, bounds: tuple[float, float]
) -> FloatArray:
    r"""Share of labour in the value added of one sector by province.

    .. math:: w_n \propto W_n^a (VA_n / L^e_n)^{1-a}, \quad s_n = w_n L^e_n / VA_n, \quad
              \sum_n s_n VA_n = \bar s \sum_n VA_n

    Parameters
    ----------
    added_n, labour_n, observed_n : (D,), bn CNY, efficiency units, 1
        Value added, labour, observed wages.
    nation : compensation of labour over value added of the sector in the nation
    bounds : between which each share must lie

    Returns
    -------
    (D,), share
        Estimated: the wage is observed by province, not by sector; a is assumed. One scale brings the nation to its
        share, whatever the bounds cut.
    """
    weight = assumption("observed_wage_weight")
    share = observed_n**weight * (added_n / labour_n) ** (1 - weight) * labour_n / added_n
    share = share * nation * added_n.sum() / (share * added_n).sum()

    def gap(scale: float) -> float:
        return float((np.clip(scale * share, *bounds) * added_n).sum() / added_n.sum() - nation)

    return np.asarray(np.clip(float(brentq(gap, LEAST, 1 / LEAST, xtol=1e-15, rtol=1e-14)) * share, *bounds))


def labour_share_nj(codes: tuple[str, ...], added_nj: FloatArray, labour_nj: FloatArray) -> FloatArray:
    """Share of labour in value added by province and sector, (D, 3).

    Agriculture's is assumed, for the table counts all of farmers' mixed income as wages; the nation's shares of
    industry and services are those of the table, homes apart. [nbsinputoutput].
    """
    observed, nation = observed_wage_n(codes), table_without_homes().compensation_share_j
    shares = [np.full(len(codes), assumption("labour_share_ag"))]
    for j, sector in enumerate(SECTORS[1:], start=1):
        bounds = assumption(f"labour_share_{sector}_low"), assumption(f"labour_share_{sector}_high")
        shares.append(labour_share_n(added_nj[:, j], labour_nj[:, j], observed, float(nation[j]), bounds))
    return np.stack(shares, axis=1)


def capital_share_nj(
    codes: tuple[str, ...], added_nj: FloatArray, labour_nj: FloatArray, land_j: FloatArray
) -> FloatArray:
    """Share of capital in value added: what labour and land leave; abroad that of China, (N, 3).

    Net taxes on production (8.8 % of value added) are inside it: the elasticity of output to capital is too high by
    that, .43 instead of .35 of value added.
    """
    count = len(codes)
    labour = labour_share_nj(codes, added_nj[:count], labour_nj)
    nation = (labour * added_nj[:count]).sum(axis=0) / added_nj[:count].sum(axis=0)
    everywhere = np.concatenate([labour, np.broadcast_to(nation, (len(added_nj) - count, len(SECTORS)))])
    return np.asarray(1 - land_j - everywhere)
