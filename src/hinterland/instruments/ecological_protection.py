"""Ecological protection (生态环境保护): farmland out of use, and a limit to the people that a region carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.regions import MOST_ABSENT
from hinterland.data.units import BN, MILLION
from hinterland.economy.accounts import workers_nj
from hinterland.economy.economy import Economy
from hinterland.economy.neutral import array
from hinterland.policy.costs import evidence, priced
from hinterland.policy.policy import Changes, Outlay, Policy, default, once
from hinterland.policy.write import factor_gain, some, target


@dataclass(frozen=True, kw_only=True)
class EcologicalProtection(Policy):
    r"""Land of agriculture falls by the share `closed`; `capacity` limits people to so many times the present.

    No gain of productivity is claimed. Where the limit binds, a price of entry keeps others out.
    """

    instrument: ClassVar[str] = "ecological_protection"
    to: Sequence[str] = default("ecological_protection.to")
    closed: float = default("ecological_protection.closed")
    capacity: float | None = default("ecological_protection.capacity")

    def changes(self, economy: Economy) -> Changes:
        """Write productivity of agriculture through its land, and capacity."""
        to_n = target(economy, self.to, self.instrument)
        if self.closed:
            land = array(economy, "structures_share_nj")[:, economy.farm_j] > 0
            some(economy, land, "role.farmland", "policy.nothing")
        log_land_n = np.log1p(-self.closed * to_n)
        changes: Changes = {
            "productivity_hat_nj": factor_gain(economy, log_land_n, "structures_share_nj", economy.farm_j)
        }
        if self.capacity is not None:
            workers_n = workers_nj(economy).sum(axis=1)
            limit_n = np.full(len(economy.region_codes), np.inf)
            limit_n[: len(to_n)] = np.where(to_n > 0, self.capacity * workers_n, np.inf)
            changes["capacity_n"] = limit_n
        return changes

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Paid to farmers by the hectare, where the economy is the whole of China's."""
        if not economy.regions.covers_china(MOST_ABSENT):
            return ()
        hectares_n = self.closed * farmland_n(economy) * target(economy, self.to, self.instrument)
        paid_n = hectares_n * priced(economy, "ecological_protection.cost_per_ha") / BN
        return (once(paid_n, to_residents=True, heads_c=economy.workers_c * economy.farm_c, wherever=True),)


def farmland_n(economy: Economy) -> FloatArray:
    """Farmland by region, hectares, (D,). Estimated: the nation's by farm workers, for the panel has none."""
    farmers_n = workers_nj(economy)[:, economy.farm_j].sum(axis=1)
    return np.asarray(evidence("ecological_protection.farmland") * MILLION * farmers_n / farmers_n.sum())
