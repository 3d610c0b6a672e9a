"""Talent (人才培养与引进; 职业教育; 培训): schooling makes labour outside agriculture more productive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy.accounts import workers_nj
from hinterland.economy.economy import Economy
from hinterland.policy.costs import priced
from hinterland.policy.policy import Changes, Outlay, Policy, default, once
from hinterland.policy.write import factor_gain, off_farm_at_home, target


@dataclass(frozen=True, kw_only=True)
class Talent(Policy):
    r"""Labour counts for :math:`e^{(r + x) s}` where schooling rises by s years with return r and gain of others x.

    Training may lower the cost of leaving the farm inside the province; nothing is established and the default is zero.
    """

    instrument: ClassVar[str] = "talent"
    to: Sequence[str] = default("talent.to")
    years: float = default("talent.years")
    yearly_return: float = default("talent.yearly_return")
    externality: float = default("talent.externality")
    switching_cut: float = default("talent.switching_cut")

    def changes(self, economy: Economy) -> Changes:
        """Write productivity through labour's share, and the cost of work outside agriculture in one's province."""
        to_n = target(economy, self.to, self.instrument)
        log_labour_n = (self.yearly_return + self.externality) * self.years * to_n
        changes: Changes = {"productivity_hat_nj": factor_gain(economy, log_labour_n, "labour", ~economy.farm_j)}
        if self.switching_cut:
            changes["migration_cost_hat_gc"] = 1 - self.switching_cut * off_farm_at_home(economy, to_n)
        return changes

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Years of schooling for everybody who works outside agriculture in the base year."""
        workers_n = workers_nj(economy)[:, ~economy.farm_j].sum(axis=1) * MILLION
        years_n = self.years * workers_n * target(economy, self.to, self.instrument)
        return (once(years_n * priced(economy, "talent.cost_per_year") / BN),)
