"""Input coefficients of China and of the foreign blocs in three sectors."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hinterland.arrays import FloatArray
from hinterland.base_years.workers import SECTORS
from hinterland.data.figures import table


def block_1993(economy: str) -> FloatArray:
    """Input coefficients (3, 3) of 1993, input by user, share of gross output. [caliendoparro2015]."""
    rows = table("inputs_1993.csv")
    wide = rows[rows["economy"] == economy].pivot(index="input", columns="user", values="coefficient")
    return np.asarray(wide.loc[list(SECTORS), list(SECTORS)], dtype=float)


def mean_2007(column: str) -> FloatArray:
    """Coefficient of 2007 by broad sector, mean of the printed sectors by output. [csy2012]."""
    rows = table("inputs_china_2007.csv")
    weight: pd.Series[float] = rows["output_weight_1993"]
    total = (rows[column] * weight).groupby(rows["broad_sector"]).sum() / weight.groupby(rows["broad_sector"]).sum()
    return np.asarray(total.loc[list(SECTORS)], dtype=float)


def china_kj() -> FloatArray:
    r"""Input coefficients of China in 2007.

    .. math:: a_{ag,j} = a^{2007}_{ag,j}, \quad
              a_{kj} = (a^{2007}_j - a^{2007}_{ag,j}) \frac{a^{1993}_{kj}}{\sum_{k \ne ag} a^{1993}_{kj}}

    Returns
    -------
    (3 input, 3 user), share of gross output
        Columns add up to .414, .757, .473, official; the split of the rest between industry and services is that of
        1993. Weights of the 17 printed sectors are outputs of 1993. Assumed: coefficients of 2007 hold in 2020.

    Source
    ------
    China Statistical Yearbook 2012, table 2-28; world table of 1993 [csy2012, caliendoparro2015].
    """
    before, farm, total = block_1993("CHN"), mean_2007("agricultural_inputs"), mean_2007("intermediate_inputs")
    rest = before[1:] / before[1:].sum(axis=0) * (total - farm)
    return np.concatenate([farm[None, :], rest])
