"""Old-base revitalization (老工业基地振兴): an investment credit for industry, by default in the Northeast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import replaced_n
from hinterland.economy.economy import Economy
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly
from hinterland.policy.write import factor_gain, target, wedge


@dataclass(frozen=True, kw_only=True)
class OldBaseRevitalization(Policy):
    r"""As an investment subsidy; a gain of productivity may be set and is zero by default: the package shows none."""

    instrument: ClassVar[str] = "old_base_revitalization"
    needs: ClassVar[tuple[str, ...]] = ("capital",)
    to: Sequence[str] = default("old_base_revitalization.to")
    rate: float = default("old_base_revitalization.rate")
    gain: float = default("old_base_revitalization.gain")

    def changes(self, economy: Economy) -> Changes:
        """Write the wedge on the returns of industry, and its productivity."""
        to_n = target(economy, self.to, self.instrument)
        return {
            "return_wedge_hat_nj": wedge(economy, 1 / (1 - self.rate * to_n), economy.industry_j),
            "productivity_hat_nj": factor_gain(economy, np.log1p(self.gain * to_n), "all", economy.industry_j),
        }

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The rate on replacement of the base year's capital."""
        invested_n = replaced_n(economy, economy.industry_j)
        return (yearly(self.rate * invested_n * target(economy, self.to, self.instrument)),)
