"""Tax incentive (税收减免、税收优惠): a preferred rate for the profits of eligible firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import capital_income_n
from hinterland.economy.economy import Economy
from hinterland.policy.costs import evidence
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly
from hinterland.policy.write import target, wedge


@dataclass(frozen=True, kw_only=True)
class TaxIncentive(Policy):
    r"""Owners keep more of a return, :math:`\hat\omega = (1 - \phi(e t' + (1-e) t)) / (1 - \phi t)`.

    t is the statutory rate, t' the preferred one, e the eligible share of profits, phi the part of a gross return that
    is taxable. Capital follows in industry and services. The revenue forgone goes to owners.
    """

    instrument: ClassVar[str] = "tax_incentive"
    needs: ClassVar[tuple[str, ...]] = ("capital",)
    to: Sequence[str] = default("tax_incentive.to")
    rate: float = default("tax_incentive.rate")
    eligible: float = default("tax_incentive.eligible")

    def changes(self, economy: Economy) -> Changes:
        """Write the wedge on returns."""
        statutory, taxable = evidence("tax_incentive.statutory_rate"), evidence("tax_incentive.taxable_share")
        paid = self.eligible * self.rate + (1 - self.eligible) * statutory
        kept = (1 - taxable * paid) / (1 - taxable * statutory)
        to_n = target(economy, self.to, self.instrument)
        return {"return_wedge_hat_nj": wedge(economy, 1 + to_n * (kept - 1), ~economy.farm_j)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Revenue forgone on the capital income of the base year."""
        relief = (evidence("tax_incentive.statutory_rate") - self.rate) * evidence("tax_incentive.taxable_share")
        income_n = capital_income_n(economy, ~economy.farm_j) * target(economy, self.to, self.instrument)
        return (yearly(relief * self.eligible * income_n),)
