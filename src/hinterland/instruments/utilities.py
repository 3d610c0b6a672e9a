"""Utilities (能源、水利、通讯、供排水、污水和垃圾处理): more municipal works raise productivity outside agriculture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy.accounts import urban_n
from hinterland.economy.economy import Economy
from hinterland.policy.costs import evidence, priced
from hinterland.policy.policy import Changes, Outlay, Policy, built, default
from hinterland.policy.write import factor_gain, target


@dataclass(frozen=True, kw_only=True)
class Utilities(Policy):
    r"""Value added per factor rises by :math:`(1 + x)^{\epsilon}` where the stock of works rises by the share x."""

    instrument: ClassVar[str] = "utilities"
    to: Sequence[str] = default("utilities.to")
    increase: float = default("utilities.increase")
    elasticity: float = default("utilities.elasticity")

    def changes(self, economy: Economy) -> Changes:
        """Write productivity of industry and services."""
        log_works_n = np.log1p(self.increase * target(economy, self.to, self.instrument))
        return {"productivity_hat_nj": factor_gain(economy, self.elasticity * log_works_n, "all", ~economy.farm_j)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Works for the urban residents of the base year, valued as in a small city; their upkeep and renewal."""
        people_n = urban_n(economy) * MILLION * target(economy, self.to, self.instrument)
        works_n = self.increase * people_n * priced(economy, "utilities.cost_per_person") / BN
        return (built(works_n, evidence("utilities.upkeep_share")),)
