"""Homes inside GDP: what dwellings yield is carved out of services, of the official table and of the provinces."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.national_table import FACTORS, RURAL, URBAN, NationalTable, national_table
from hinterland.base_years.workers import SECTORS
from hinterland.data.figures import table

YEAR = 2020
SERVICES = SECTORS.index("services")
HOUSEHOLDS = [RURAL, URBAN]


class Dwellings(NamedTuple):
    """Homes of the nation, bn CNY a year."""

    consumption: float  # what households consume of real estate, most of it the rent of their own homes
    input_j: FloatArray  # goods that go into it
    factor_f: FloatArray  # what factors and the state get: no wages, a dwelling employs nobody

    @property
    def value_added(self) -> float:
        """What dwellings yield."""
        return float(self.factor_f.sum())


@cache
def dwellings() -> Dwellings:
    r"""Return the homes of the nation: final consumption of real estate, with the inputs of that sector.

    .. math:: H = C_{re} (1 - \sum_k a_{k,re})

    4.0 trn yuan in 2020, of which nothing is compensation: what the sector pays its employees for is sold to others.
    Assumed: the inputs of all real estate stand for those of dwellings. Source: table of 2020 [nbsinputoutput].
    """
    rows = table("real_estate_2020.csv").set_index("item")["value"]
    inputs, factors = rows.loc[list(SECTORS)].to_numpy(dtype=float), rows.loc[list(FACTORS)].to_numpy(dtype=float)
    consumption, output = float(rows["final_consumption"]), inputs.sum() + factors.sum()
    paid = np.where(np.array(FACTORS) == "labour_compensation", 0.0, factors)
    used = inputs * consumption / output
    return Dwellings(consumption, used, paid / paid.sum() * (consumption - used.sum()))


@cache
def table_without_homes() -> NationalTable:
    """Return the official table of 2020 as if households bought the inputs of their homes themselves.

    Services make and sell less by what is consumed of dwellings; goods that went into them are final. Every identity of
    the table holds. Households of town and country share homes in proportion to their consumption (assumed).
    """
    whole, homes = national_table(YEAR), dwellings()
    inputs, uses, factors = whole.inputs_kj.copy(), whole.uses_uj.copy(), whole.factors_fj.copy()
    inputs[:, SERVICES] -= homes.input_j
    factors[:, SERVICES] -= homes.factor_f
    sold = np.where(np.arange(len(SECTORS)) == SERVICES, homes.consumption, 0.0)
    consumption = uses[HOUSEHOLDS].sum(axis=1)
    uses[HOUSEHOLDS] += consumption[:, None] / consumption.sum() * (homes.input_j - sold)
    return whole._replace(inputs_kj=inputs, uses_uj=uses, factors_fj=factors)


def goods_share(income_n: FloatArray) -> float:
    r"""Share of goods in spending at which rents of homes are what dwellings yield.

    .. math:: \frac{1 - \alpha}{\alpha} \sum_n Y_n = H

    The model's homes take a share of all spending of a province, with government and investment in it: goods are .96 of
    that. Households alone spend .86 on goods.
    """
    return float(income_n.sum() / (income_n.sum() + dwellings().value_added))
