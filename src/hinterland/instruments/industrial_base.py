"""Industrial base (产业基地、产业园区): zones where industry is more productive and capital earns more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy.accounts import currency, output_n
from hinterland.economy.economy import Economy
from hinterland.policy.combine import require
from hinterland.policy.costs import priced
from hinterland.policy.policy import Changes, Outlay, Policy, default, once
from hinterland.policy.write import factor_gain, target, wedge


@dataclass(frozen=True, kw_only=True)
class IndustrialBase(Policy):
    r"""In the share `covered` of industry productivity rises by `gain` and what owners keep by `wedge`.

    Industry is the second sector: all of non-agriculture where there are two. Zones raise the level of output and not
    its growth, mostly through capital. The dose is the share covered, which land is bought for.
    """

    instrument: ClassVar[str] = "industrial_base"
    to: Sequence[str] = default("industrial_base.to")
    gain: float = default("industrial_base.gain")
    covered: float = default("industrial_base.covered")
    wedge: float = default("industrial_base.wedge")

    def changes(self, economy: Economy) -> Changes:
        """Write productivity, and the wedge on returns where the economy has capital."""
        to_n = target(economy, self.to, self.instrument)
        changes: Changes = {
            "productivity_hat_nj": factor_gain(
                economy, np.log1p(self.gain * self.covered * to_n), "all", economy.industry_j
            )
        }
        if self.wedge:
            require(economy, self.instrument, ("capital",))
            changes["return_wedge_hat_nj"] = wedge(economy, 1 + self.wedge * self.covered * to_n, economy.industry_j)
        return changes

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Land of the zones, by the output that a square kilometre carries."""
        made_n = self.covered * output_n(economy, economy.industry_j) * currency(economy)
        density = priced(economy, "industrial_base.revenue_per_km2")
        cost = priced(economy, "industrial_base.cost_per_km2") * MILLION / BN
        return (once(made_n / density * cost * target(economy, self.to, self.instrument)),)
