"""Investment subsidy (财政补贴、承接产业转移): a share of the purchase price of industrial capital."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import replaced_n
from hinterland.economy.economy import Economy
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly
from hinterland.policy.write import target, wedge


@dataclass(frozen=True, kw_only=True)
class InvestmentSubsidy(Policy):
    r"""The user cost of capital falls by the rate s, so owners keep :math:`1/(1-s)` times as much of a return."""

    instrument: ClassVar[str] = "investment_subsidy"
    needs: ClassVar[tuple[str, ...]] = ("capital",)
    to: Sequence[str] = default("investment_subsidy.to")
    rate: float = default("investment_subsidy.rate")

    def changes(self, economy: Economy) -> Changes:
        """Write the wedge on the returns of industry."""
        to_n = target(economy, self.to, self.instrument)
        return {"return_wedge_hat_nj": wedge(economy, 1 / (1 - self.rate * to_n), economy.industry_j)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The rate on replacement of the base year's capital."""
        invested_n = replaced_n(economy, economy.industry_j)
        return (yearly(self.rate * invested_n * target(economy, self.to, self.instrument)),)
