"""Accounts of the provinces in 2020: what they make, homes apart, what they use, what they earn before taxes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.budgets import income_that_spends_n
from hinterland.base_years.final_uses import uses_nu
from hinterland.base_years.flows import foreign_totals
from hinterland.base_years.food import table_past_food
from hinterland.base_years.homes import HOUSEHOLDS, SERVICES, dwellings
from hinterland.base_years.national_table import use_share_uj


class ProvinceAccounts(NamedTuple):
    """What provinces make, use and earn, bn CNY."""

    added_nj: FloatArray  # value added, services without homes
    homes_n: FloatArray  # what dwellings yield
    uses_nu: FloatArray  # final uses by kind, goods alone
    share_uj: FloatArray  # goods in each use
    income_n: FloatArray  # before taxes: value added and transfers, rents of homes apart

    @property
    def final_nj(self) -> FloatArray:
        """Final uses by good."""
        return np.asarray(self.uses_nu @ self.share_uj)

    @property
    def consumption_nj(self) -> FloatArray:
        """What households consume by good."""
        return np.asarray(self.uses_nu[:, HOUSEHOLDS] @ self.share_uj[HOUSEHOLDS])


def needed_j(added_j: FloatArray) -> FloatArray:
    """What the nation has left of each good after inputs and foreign trade, bn CNY, (3,); `added_j` is value added."""
    inputs, (exports, imports) = table_past_food().input_share_kj, foreign_totals()
    output = added_j / (1 - inputs.sum(axis=0))
    return np.asarray(output - inputs @ output + imports - exports)


def accounts_of(codes: tuple[str, ...], gdp_nj: FloatArray) -> ProvinceAccounts:
    r"""Return the accounts of provinces whose GDP by sector is given, homes among services.

    .. math:: F_{nj} = \sum_u U_{nu} \phi_{uj}, \quad \sum_n F_{nj} = R_j - \sum_k a_{jk} R_k + M_j - E_j, \quad
              H_n = H\, Y_n / \sum_m Y_m

    Parameters
    ----------
    gdp_nj : (D, 3), bn CNY

    Notes
    -----
    Final uses have the nation's goods in them. Homes are spread by income before taxes, so that their share of spending
    is one all over the country: no table by province tells rents from other consumption, and with shares that differ a
    tax that all pay alike would move people to where homes weigh more. Estimated.
    """
    nation = gdp_nj.sum(axis=0)
    nation[SERVICES] -= dwellings().value_added
    needed, table = needed_j(nation), table_past_food()
    uses = uses_nu(codes, gdp_nj.sum(axis=1), table.uses_uj.sum(axis=1))
    uses = uses * (needed.sum() / uses.sum())
    income = income_that_spends_n(codes, uses.sum(axis=1))
    homes = dwellings().value_added * income / income.sum()
    added = gdp_nj.copy()
    added[:, SERVICES] -= homes
    return ProvinceAccounts(added, homes, uses, use_share_uj(table.uses_uj, uses.sum(axis=0), needed), income)
