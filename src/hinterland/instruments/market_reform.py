"""Market reform (市场力量; 降低制度性障碍): lower barriers to trade between regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.economy.economy import Economy
from hinterland.errors import PolicyError, Problem
from hinterland.policy.policy import Changes, Policy, default
from hinterland.policy.write import domestic_trade, target

PARTNERS = 2  # fewer have nobody to trade with more freely


@dataclass(frozen=True, kw_only=True)
class MarketReform(Policy):
    r"""The iceberg cost of trade between different provinces of the target falls by `cut`, in both directions."""

    instrument: ClassVar[str] = "market_reform"
    to: Sequence[str] = default("market_reform.to")
    cut: float = default("market_reform.cut")

    def changes(self, economy: Economy) -> Changes:
        """Write the trade cost between provinces of the target."""
        to_n = target(economy, self.to, self.instrument)
        if (to_n > 0).sum() < PARTNERS:
            raise PolicyError(Problem("policy.needs_two", {"where": f"{self.instrument}.to", "found": len(self.to)}))
        cut_ni = self.cut * np.outer(to_n, to_n) * (1 - np.eye(len(to_n)))
        return {"trade_cost_hat_nij": domestic_trade(economy, cut_ni)}
