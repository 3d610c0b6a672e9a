"""The nation's input-output table in three sectors: inputs, factors, final uses, foreign trade."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.workers import SECTORS
from hinterland.calibrate.ras import ras
from hinterland.data.figures import table

USES = ("rural_households", "urban_households", "government", "investment")
RURAL, URBAN, GOVERNMENT, INVESTMENT = range(len(USES))
COLUMNS = (  # of the official table, by use
    ("household_consumption_rural",),
    ("household_consumption_urban",),
    ("government_consumption",),
    ("fixed_capital_formation", "inventory_change"),
)
FACTORS = ("labour_compensation", "net_taxes", "depreciation", "operating_surplus")


class NationalTable(NamedTuple):
    """A year's table, bn CNY of the year."""

    inputs_kj: FloatArray  # input, user
    uses_uj: FloatArray  # final use, sector of the good
    exports_j: FloatArray
    imports_j: FloatArray
    factors_fj: FloatArray  # compensation of labour, net taxes on production, depreciation, operating surplus

    @property
    def value_added_j(self) -> FloatArray:
        """Value added: what factors and the state get."""
        return np.asarray(self.factors_fj.sum(axis=0))

    @property
    def output_j(self) -> FloatArray:
        """Gross output: inputs and value added."""
        return np.asarray(self.inputs_kj.sum(axis=0) + self.value_added_j)

    @property
    def input_share_kj(self) -> FloatArray:
        """Input coefficients, share of gross output."""
        return np.asarray(self.inputs_kj / self.output_j)

    @property
    def compensation_share_j(self) -> FloatArray:
        """Compensation of labour over value added."""
        return np.asarray(self.factors_fj[FACTORS.index("labour_compensation")] / self.value_added_j)

    @property
    def production_tax_share(self) -> float:
        """Net taxes on production over value added of all sectors."""
        return self.share_of("net_taxes")

    @property
    def depreciation_share(self) -> float:
        """Depreciation over value added of all sectors."""
        return self.share_of("depreciation")

    def share_of(self, factor: str) -> float:
        """Return what a factor or the state gets of value added of all sectors."""
        return float(self.factors_fj[FACTORS.index(factor)].sum() / self.value_added_j.sum())


@cache
def national_table(year: int) -> NationalTable:
    """Return the official table of a year, added up to three sectors. [nbsinputoutput]."""
    rows = table("input_output.csv")
    wide = rows[rows["year"] == year].pivot(index="row", columns="column", values="value")
    sectors = list(SECTORS)

    def part(rows_of: list[str], columns: list[str]) -> FloatArray:
        return np.asarray(wide.loc[rows_of, columns], dtype=float)

    return NationalTable(
        part(sectors, sectors),
        np.stack([part(sectors, list(columns)).sum(axis=1) for columns in COLUMNS]),
        part(sectors, ["exports"])[:, 0],
        part(sectors, ["imports"])[:, 0],
        part(list(FACTORS), sectors),
    )


def use_share_uj(uses_uj: FloatArray, total_u: FloatArray, needed_j: FloatArray) -> FloatArray:
    r"""Share of each sector in each final use: the official table brought to what the base year uses and makes.

    .. math:: \sum_j x_{uj} = U_u, \quad \sum_u x_{uj} = R_j + M_j - E_j - \sum_k a_{jk} R_k

    Parameters
    ----------
    uses_uj : (4 uses, 3), >= 0
        The official table: only its odds ratios matter.
    total_u, needed_j : (4,), (3,), bn CNY
        What the base year spends on each use, and what of each good is left for final uses. Their sums must agree.

    Returns
    -------
    (4, 3), share
        Rows add up to one.

    Notes
    -----
    The table's sectors differ from those of the provinces' accounts (8.2, 38.1, 55.4 trn yuan of value added against
    7.9, 39.1, 56.2): without balancing, goods would not add up.
    """
    balanced = ras(uses_uj, total_u, needed_j, USES, SECTORS)
    return np.asarray(balanced / balanced.sum(axis=1, keepdims=True))
