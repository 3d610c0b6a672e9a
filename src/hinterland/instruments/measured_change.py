"""A change measured in the data, fed to the model through the same door as a policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data import network
from hinterland.data.figures import values
from hinterland.data.units import YI_PER_BN
from hinterland.economy.accounts import currency
from hinterland.economy.economy import Economy
from hinterland.economy.implied import home_c_g
from hinterland.errors import PolicyError, Problem
from hinterland.policy.access import cost_hats, require_provinces
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly

RAIL, TRANSFERS = "western_rail_2000_2009", "western_transfers_2000_2009"
FIRST, LAST = 2000, 2009
MOVING, INCOMES = "migration_cost", "real_income"  # series of costs, and of the incomes from which they are inferred
TRADED_AT = 4.0  # theta at which series of trade costs are kept: of shares of trade a power of 1 / theta
INFERRED_AT = 1.5  # kappa at which series of costs are kept; Tombe and Zhu (2019) [tombezhu2019]


@dataclass(frozen=True, kw_only=True)
class MeasuredChange(Policy):
    r"""Apply a measured series, or a share of it: :math:`\hat x^{share}`.

    * trade_cost_2002_2007, migration_cost_2000_2005: changes inferred from shares; `scope` says which trade it is for:
      internal (between provinces), external (with the world) or all.
    * western_rail_2000_2009: travel times of 2009 with the links that touch the West and opened after 2000, over those
      without; costs follow as in `transport`.
    * western_transfers_2000_2009: what the West's local governments spent in 2009 and could not have at the
      self-sufficiency of 2000, in proportion to the economy; the centre paid, so others do by income.
    """

    instrument: ClassVar[str] = "measured_change"
    series: str = default("measured_change.series")
    scope: str = default("measured_change.scope")
    share: float = default("measured_change.share")

    def changes(self, economy: Economy) -> Changes:
        """Write the lever the series belongs to."""
        if self.series in (RAIL, TRANSFERS):
            require_provinces(economy, self.instrument)
        if self.series == RAIL:
            return {name: hat**self.share for name, hat in western_rail_hats(economy).items()}
        if self.series == TRANSFERS:
            return {}
        if self.series not in economy.measured:
            known = ", ".join([*economy.measured, RAIL, TRANSFERS])
            where = f"{self.instrument}.series"
            problem: dict[str, object] = {"where": where, "value": self.series, "economy": economy.name, "known": known}
            raise PolicyError(Problem("policy.no_series", problem))
        if self.series.startswith(MOVING):
            return {"migration_cost_hat_gc": inferred_gc(economy, self.series) ** self.share}
        theta_j = economy.arrays["trade_elasticity_j"]
        hat = np.asarray(economy.measured[self.series] ** (self.share * TRADED_AT / theta_j))
        external = np.zeros(hat.shape, dtype=bool)
        abroad = slice(economy.cells.regions, None)
        external[abroad], external[:, abroad] = True, True
        kept = {"all": np.ones_like(external), "internal": ~external, "external": external}[self.scope]
        return {"trade_cost_hat_nij": np.where(kept, hat, 1.0)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The measured transfer; changes of costs have no outlay of their own."""
        if self.series != TRANSFERS:
            return ()
        return (yearly(self.share * western_transfers_n(economy), to_residents=True),)

    def payers(self) -> dict[str, float]:
        """The centre pays transfers; nobody pays for what was measured else."""
        return {"centre": 1.0} if self.series == TRANSFERS else {}


def inferred_gc(economy: Economy, series: str) -> FloatArray:
    r"""Return measured changes of costs of moving at the migration elasticity of an economy, (G, C).

    .. math:: \hat m(\kappa) = \hat v \, (\hat m(\kappa_0) / \hat v)^{\kappa_0 / \kappa}

    They are inferred from changes of shares and of relative incomes v, as :math:`\hat v\, \hat s^{-1/\kappa}`: where
    people answer more, less of a cost moves as many. Where too few moved to infer any they stay one.
    """
    hat, incomes = np.asarray(economy.measured[series]), economy.measured.get(series.replace(MOVING, INCOMES))
    if incomes is None:
        return hat
    region_c, _, sector_c = economy.cells.index_c
    income_c = np.asarray(incomes)[region_c, sector_c]
    relative_gc = income_c[None, :] / income_c[home_c_g(economy)][:, None]
    exponent = INFERRED_AT / economy.elasticity("migration_elasticity")
    return np.asarray(np.where(hat == 1, 1.0, relative_gc * (hat / relative_gc) ** exponent))


def western_rail_hats(economy: Economy) -> dict[str, FloatArray]:
    """What times with the West's new railways change against those without."""
    without = network.western_links(FIRST, LAST)
    codes = economy.domestic_codes
    return cost_hats(economy, network.times(LAST, codes=codes, without=without), network.times(LAST, codes=codes))


def western_transfers_n(economy: Economy) -> FloatArray:
    r"""Transfers of the programme to western provinces, bn CNY at the size of the base year's economy, (D,).

    .. math:: T_n = \max(0, G_n - R_n / s^{2000}_n) \; Y / Y^{2009}

    with G spending and R revenue of local governments in 2009, s the share of spending that revenue paid for in 2000,
    Y the country's GDP: what was spent in 2009 and could not have been at the self-sufficiency of 2000. Estimated:
    spending of 2000 itself is not in the panel. Source: local budgets [statisticalyearbook, provincialdatabase6].
    """
    codes = economy.domestic_codes
    spent, earned = (values(name, LAST, codes) / YI_PER_BN for name in ("fiscal_expenditure", "fiscal_revenue"))
    sufficiency = values("fiscal_self_sufficiency", FIRST, codes) / 100
    west = np.isin(codes, economy.regions.groups_in(LAST)["West"])
    gdp = values("gdp_rev4census", LAST, codes).sum() / YI_PER_BN
    grown = np.maximum(0.0, spent - earned / sufficiency) * west / gdp
    return np.asarray(grown * currency(economy) * economy.arrays["value_added_nj"][: economy.cells.regions].sum())
