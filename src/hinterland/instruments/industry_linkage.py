"""Industry linkage (产业融合): selling to partner provinces costs less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import income_n
from hinterland.economy.economy import Economy
from hinterland.policy.policy import Changes, Policy, default
from hinterland.policy.write import domestic_trade, target


@dataclass(frozen=True, kw_only=True)
class IndustryLinkage(Policy):
    r"""The iceberg cost of goods sold from `to` to `partners` falls by `cut`; the other way it does not."""

    instrument: ClassVar[str] = "industry_linkage"
    to: Sequence[str] = default("industry_linkage.to")
    partners: Sequence[str] = default("industry_linkage.partners")
    cut: float = default("industry_linkage.cut")

    def changes(self, economy: Economy) -> Changes:
        """Write the trade cost from the target to its partners."""
        seller_n = target(economy, self.to, self.instrument)
        buyer_n = target(economy, self.partners, self.instrument, "partners")
        cut_ni = self.cut * np.outer(buyer_n, seller_n) * (1 - np.eye(len(buyer_n)))
        return {"trade_cost_hat_nij": domestic_trade(economy, cut_ni)}

    def payers_n(self, economy: Economy) -> FloatArray:
        """The partners pay what provinces pay, by income: those who assist."""
        paying_n = income_n(economy) * target(economy, self.partners, self.instrument, "partners")
        return np.asarray(paying_n / paying_n.sum())
