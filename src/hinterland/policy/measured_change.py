"""A change measured in the data, fed to the model through the same door as a policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.figures import values
from hinterland.data.network import measured_hat
from hinterland.data.prices import price_ratio
from hinterland.data.regions import groups
from hinterland.economy import Economy
from hinterland.errors import PolicyError, Problem
from hinterland.policy.access import cost_hats
from hinterland.policy.combine import Changes
from hinterland.policy.costs import BN, Outlay, currency, income_n, yearly
from hinterland.policy.policy import Policy, default

RAIL, TRANSFERS = "western_rail_2000_2009", "western_transfers_2000_2009"
FIRST, LAST = 2000, 2009


@dataclass(frozen=True, kw_only=True)
class MeasuredChange(Policy):
    r"""Apply a measured series, or a share of it: :math:`\hat x^{share}`.

    * trade_cost_2002_2007, migration_cost_2000_2005: changes inferred from shares; `scope` says which trade it is for:
      internal (between provinces), external (with the world) or all.
    * western_rail_2000_2009: travel times of 2009 with the links that touch the West and opened after 2000, over those
      without; costs follow as in `transport`.
    * western_transfers_2000_2009: what the West's local governments spent in 2009 beyond their own revenue, as far as
      it grew faster than the rest of the country's did, in real terms; paid by the others in proportion to income.
    """

    instrument: ClassVar[str] = "measured_change"
    series: str = default("measured_change.series")
    scope: str = default("measured_change.scope")
    share: float = default("measured_change.share")

    def changes(self, economy: Economy) -> Changes:
        """Write the lever the series belongs to."""
        if self.series == RAIL:
            return {name: hat**self.share for name, hat in cost_hats(economy, western_rail_hat_ni(economy)).items()}
        if self.series == TRANSFERS:
            return {}
        if self.series not in economy.measured:
            known = ", ".join([*economy.measured, RAIL, TRANSFERS])
            where = f"{self.instrument}.series"
            problem: dict[str, object] = {"where": where, "value": self.series, "economy": economy.name, "known": known}
            raise PolicyError(Problem("policy.no_series", problem))
        hat = np.asarray(economy.measured[self.series] ** self.share)
        if self.series.startswith("migration_cost"):
            return {"migration_cost_hat_gc": hat}
        external = np.zeros(hat.shape, dtype=bool)
        abroad = slice(economy.cells.regions, None)
        external[abroad], external[:, abroad] = True, True
        kept = {"all": np.ones_like(external), "internal": ~external, "external": external}[self.scope]
        return {"trade_cost_hat_nij": np.where(kept, hat, 1.0)}

    def outlays(self, economy: Economy) -> tuple[Outlay, ...]:
        """The measured transfer; changes of costs have no outlay of their own."""
        if self.series != TRANSFERS:
            return ()
        return (yearly(self.share * western_transfers_n(economy), to_residents=True),)

    def payers(self) -> dict[str, float]:
        """The centre pays transfers."""
        return {"centre": 1.0}


def western_rail_hat_ni(economy: Economy) -> FloatArray:
    """Travel times with the West's new railways over those without, (D, D)."""
    all_links = measured_hat(FIRST, LAST, economy.domestic_codes)
    return np.asarray(all_links / measured_hat(FIRST, LAST, economy.domestic_codes, without_west=True))


def western_transfers_n(economy: Economy) -> FloatArray:
    r"""Transfers of the programme to western provinces, bn CNY at prices of the base year, (D,).

    .. math:: T_n = \max(0, G_n - g\, G^{2000}_n) , \quad g = \sum_{m \notin W} G_m / \sum_{m \notin W} G^{2000}_m

    with G the gap between local expenditure and revenue over GDP: what the West's share of GDP rose beyond the rest's.
    """
    raise NotImplementedError(groups, values, price_ratio, BN, currency, income_n)
