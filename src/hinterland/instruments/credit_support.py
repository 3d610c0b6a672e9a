"""Credit support (融资和信贷支持、降低融资成本): points off the cost of finance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.data.figures import assumption
from hinterland.economy.accounts import capital_n
from hinterland.economy.economy import Economy
from hinterland.policy.costs import evidence
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly
from hinterland.policy.write import target, wedge


@dataclass(frozen=True, kw_only=True)
class CreditSupport(Policy):
    r"""The user cost of capital, discount rate plus depreciation, falls by the points where loans are supported.

    One study finds the opposite sign for private firms (city banks turned credit to infrastructure): see the evidence.
    """

    instrument: ClassVar[str] = "credit_support"
    needs: ClassVar[tuple[str, ...]] = ("capital",)
    to: Sequence[str] = default("credit_support.to")
    points: float = default("credit_support.points")
    covered: float = default("credit_support.covered")

    def changes(self, economy: Economy) -> Changes:
        """Write the wedge on returns outside agriculture."""
        user_cost = evidence("core.discount_rate") + assumption("depreciation")
        gain = user_cost / (user_cost - self.points) - 1
        to_n = target(economy, self.to, self.instrument)
        return {"return_wedge_hat_nj": wedge(economy, 1 + to_n * self.covered * gain, ~economy.farm_j)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Interest paid on the capital of the base year that is covered."""
        covered_n = self.covered * capital_n(economy, ~economy.farm_j) * target(economy, self.to, self.instrument)
        return (yearly(self.points * covered_n),)
