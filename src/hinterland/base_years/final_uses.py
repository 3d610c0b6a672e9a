"""Final uses of the provinces: consumption of rural and urban households, government, investment."""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.national_table import USES
from hinterland.base_years.workers import residents_nr
from hinterland.data.figures import assumption, values
from hinterland.data.units import BN, YI_PER_BN

LAST_INVESTMENT = 2017  # the last year with capital formation of every province


def survey_income_nr(codes: tuple[str, ...]) -> FloatArray:
    r"""Disposable income of the households of 2020 by province and residence, bn CNY, (D, 2).

    .. math:: Y_{nr} = y_{nr} N_{nr} \frac{\bar y_n N_n}{\sum_r y_{nr} N_{nr}}

    with y the survey's income a head, :math:`\bar y` that of all residents, N residents of the census. The survey's
    mean implies an urban share of 56.4 %, the census counts 63.9 %: the total (mean times residents) and the published
    ratio of town to country are kept, and one factor a province brings the two together. Transformed.
    Source: household survey and census, in the panel [nbsdata, census2020].
    """
    residents = residents_nr(codes)
    each = np.stack([values(f"disposable_income_{name}", 2020, codes) for name in ("rural", "urban")], axis=1)
    total = values("disposable_income_all", 2020, codes) * residents.sum(axis=1)
    income = each * residents
    return np.asarray(income * (total / income.sum(axis=1))[:, None] / BN)


def investment_n(codes: tuple[str, ...], gdp_n: FloatArray) -> FloatArray:
    """Investment by province up to its scale, bn CNY: capital formation over GDP of 2017 times GDP of 2020, (D,).

    Both of one vintage, capped: provincial capital formation of later years adds up to more than the nation's, and
    passes GDP in places. Estimated. Source: provincial yearbooks, in the panel [provincialyearbooks].
    """
    ratio = values("gross_fixed_capital_formation", LAST_INVESTMENT, codes) / values(
        "gdp_rev4census", LAST_INVESTMENT, codes
    )
    return np.asarray(np.minimum(ratio, assumption("investment_ratio_cap")) * gdp_n)


def uses_nu(codes: tuple[str, ...], gdp_n: FloatArray, total_u: FloatArray) -> FloatArray:
    """Final uses by province, bn CNY, (D, 4): the nation's total of each, spread over the provinces.

    Consumption of households by their disposable income, of the government by local expenditure, investment (with
    stocks) by `investment_n`. Consumption transformed, investment estimated.
    Source: local budgets, in the panel [statisticalyearbook].
    """
    income = survey_income_nr(codes)
    expenditure = values("fiscal_expenditure", 2020, codes) / YI_PER_BN
    keys = np.stack([income[:, 0], income[:, 1], expenditure, investment_n(codes, gdp_n)], axis=1)
    assert keys.shape[1] == len(USES)
    return np.asarray(keys / keys.sum(axis=0) * total_u)
