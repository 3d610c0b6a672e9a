"""Local budgets of 2020 as taxes on income and grants of the centre."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.figures import national, table, values
from hinterland.data.units import YI_PER_BN

ENTITLED = ("education", "health", "housing")  # pensions and relief are in households' income already


class LocalBudgets(NamedTuple):
    """Rates on income and shares of grants by region, as `hl.World` wants them."""

    local_tax_n: FloatArray
    central_tax_n: FloatArray
    grant_share_n: FloatArray

    def spent_n(self, income_n: FloatArray) -> FloatArray:
        """Private and public spending by region; adds up to income."""
        grants = self.grant_share_n * (self.central_tax_n @ income_n)
        return np.asarray((1 - self.central_tax_n) * income_n + grants)


def budgets_n(codes: tuple[str, ...]) -> tuple[FloatArray, FloatArray]:
    """Local revenue and expenditure of the provinces, bn CNY, (D,), (D,)."""
    revenue, expenditure = (values(name, 2020, codes) / YI_PER_BN for name in ("fiscal_revenue", "fiscal_expenditure"))
    return revenue, expenditure


def entitled_services_n(codes: tuple[str, ...]) -> FloatArray:
    """Local spending of 2020 on education, health and housing, bn CNY, (D,).

    All local spending of 2020 at the shares of 2017, the last year by purpose. Assumed: these are for those entitled,
    all else is for everybody. Social security is paid in cash, which the survey counts as income.
    """
    by_purpose = table("services_2017.csv").set_index("region_code").loc[list(codes)]
    share = by_purpose[list(ENTITLED)].sum(axis=1) / by_purpose["all_purposes"]
    return np.asarray(budgets_n(codes)[1] * share)


def land_revenue_n(key_n: FloatArray) -> FloatArray:
    """What local governments keep of selling rights to use land, bn CNY, spread by a key, (D,).

    Of 8.4 trn yuan four fifths went to those whose land and homes it was and to making it ready (2015). Assumed: the
    same part in 2020; spread over the provinces by rents of land off the farm and of homes, for no table has it.
    Source: budgets of government funds [landfund2020, landcost2015].
    """
    kept = national("land_revenue") * (1 - national("land_revenue_costs"))
    return np.asarray(kept * key_n / key_n.sum())


def income_that_spends_n(codes: tuple[str, ...], spent_n: FloatArray) -> FloatArray:
    r"""Income of the provinces before taxes at which they spend what their accounts say, bn CNY, (D,).

    .. math:: Y_n = \frac{F_n - (G_n - T_n)}{1 - \tau^{cen}}, \quad
              \tau^{cen} = \sum_m (G_m - T_m) / \sum_m F_m

    Parameters
    ----------
    spent_n : (D,), bn CNY
        Final uses of households, government and investors.

    Returns
    -------
    (D,), bn CNY
        What taxes and grants of `budgets` then move makes spending that of the accounts; the sum is that of spending.
    """
    revenue, expenditure = budgets_n(codes)
    gap = expenditure - revenue
    return np.asarray((spent_n - gap) / (1 - gap.sum() / spent_n.sum()))


def budgets(codes: tuple[str, ...], income_n: FloatArray, abroad: int) -> LocalBudgets:
    r"""Rates at which services of every province are its published expenditure.

    .. math:: \tau^{loc}_n = T_n / Y_n, \quad g_n \propto G_n - T_n, \quad \tau^{cen} = \sum_n (G_n - T_n) / \sum_n Y_n

    Parameters
    ----------
    income_n : (D,), bn CNY
        Income of the provinces before taxes.
    abroad : number of foreign regions: no grants, no central tax

    Returns
    -------
    LocalBudgets over D + abroad regions
        Grants add up to one; what the centre takes it gives back. Blocs have the mean local rate of the provinces:
        spent where it is raised, on the same goods, it changes nothing, and the model has no place without services.

    Notes
    -----
    Assumed: the gap between local expenditure and revenue (11.0 trn yuan; official transfers 8.3 trn, the rest bonds,
    funds carried over and drawn down) is all paid by one central tax at one rate. The centre's own purchases (3.5 trn)
    are not in the model. Revenue is expenditure times self-sufficiency (quality B).

    Source
    ------
    General public budgets of the provinces, in the panel [statisticalyearbook, provincialdatabase6].
    """
    revenue, expenditure = budgets_n(codes)
    gap = expenditure - revenue
    none = np.zeros(abroad)
    rate = gap.sum() / income_n.sum()
    return LocalBudgets(
        np.concatenate([revenue / income_n, np.full(abroad, revenue.sum() / income_n.sum())]),
        np.concatenate([np.full(len(codes), rate), none]),
        np.concatenate([gap / gap.sum(), none]),
    )
