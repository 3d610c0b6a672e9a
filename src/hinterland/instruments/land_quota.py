"""Land quota (土地): more urban land for homes and production, given up elsewhere where it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy.accounts import urban_n
from hinterland.economy.economy import Economy
from hinterland.errors import PolicyError, Problem
from hinterland.policy.costs import evidence, priced
from hinterland.policy.policy import Changes, Outlay, Policy, default, once
from hinterland.policy.write import factor_gain, target

MU = 10_000 / 15  # m2
MOST_LOST = 0.5
TINY = 1e-300


@dataclass(frozen=True, kw_only=True)
class LandQuota(Policy):
    r"""Homes that stand at given rents and land in industry and services grow by the share `increase`.

    `giving` regions lose as much, counted by urban residents. Where quota is given, supply of homes answers to rents
    with `supply_elasticity`. Moving land to where it earns less lowers national output.
    """

    instrument: ClassVar[str] = "land_quota"
    needs: ClassVar[tuple[str, ...]] = ("housing",)
    to: Sequence[str] = default("land_quota.to")
    increase: float = default("land_quota.increase")
    giving: Sequence[str] = default("land_quota.giving")
    supply_elasticity: float = default("land_quota.supply_elasticity")

    def changes(self, economy: Economy) -> Changes:
        """Write homes, productivity through land, and the elasticity of supply."""
        to_n, land_hat_n = target(economy, self.to, self.instrument), self.land_hat_n(economy)
        relaxed_n = np.full(len(economy.region_codes), np.nan)
        relaxed_n[: len(to_n)][to_n > 0] = self.supply_elasticity
        return {
            "homes_hat_n": np.concatenate([land_hat_n, np.ones(len(economy.foreign_codes))]),
            "productivity_hat_nj": factor_gain(economy, np.log(land_hat_n), "structures_share_nj", ~economy.farm_j),
            "housing_supply_elasticity_n": relaxed_n,
        }

    def giving_n(self, economy: Economy) -> FloatArray:
        """Regions that give land up, (D,)."""
        if not self.giving:
            return np.zeros(economy.cells.regions)
        return target(economy, self.giving, self.instrument, "giving")

    def land_hat_n(self, economy: Economy) -> FloatArray:
        """Change of urban land, (D,): as much is lost as is won, by urban residents, where somebody gives."""
        to_n, giving_n, people_n = target(economy, self.to, self.instrument), self.giving_n(economy), urban_n(economy)
        won = self.increase * float(to_n @ people_n)
        lost = won / float(giving_n @ people_n) if giving_n.any() else 0.0
        if lost >= MOST_LOST or (to_n * giving_n).any():
            where = f"{self.instrument}.giving"
            raise PolicyError(Problem("policy.quota", {"where": where, "found": f"{lost:.2f}", "most": MOST_LOST}))
        return np.asarray(1 + self.increase * to_n - lost * giving_n)

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The receiving regions pay the giving ones by the area; new quota has no seller."""
        to_n, giving_n, people_n = target(economy, self.to, self.instrument), self.giving_n(economy), urban_n(economy)
        if not giving_n.any():
            return ()
        bought_n = self.increase * to_n * people_n * MILLION * evidence("land_quota.area_per_person") / MU
        cost_n = bought_n * priced(economy, "land_quota.land_ticket") / BN
        received_n = giving_n * people_n / float(giving_n @ people_n) * cost_n.sum()
        return (once(received_n, to_residents=True, paid_by_n=cost_n / max(cost_n.sum(), TINY)),)
