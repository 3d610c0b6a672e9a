"""Talent (人才培养与引进; 职业教育; 培训): schooling makes labour outside agriculture more productive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy.accounts import currency, workers_nj
from hinterland.economy.economy import Economy
from hinterland.economy.implied import own_wages_c
from hinterland.policy.costs import priced
from hinterland.policy.policy import Changes, Outlay, Policy, default, once
from hinterland.policy.write import factor_gain, off_farm_at_home, target


@dataclass(frozen=True, kw_only=True)
class Talent(Policy):
    r"""Labour counts for :math:`e^{(r + x) s}` where schooling rises by s years with return r and gain of others x.

    Who learns does not earn: wages of those years are a cost of their own, borne by people whoever pays the schools.
    Training may lower the cost of leaving the farm inside the province; nothing is established and the default is zero.
    """

    instrument: ClassVar[str] = "talent"
    of_size: ClassVar[tuple[str, ...]] = ("externality",)
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
        """Years of schooling for all who work outside agriculture in the base year, and the wages they forgo by it."""
        off_farm_j, years_n = ~economy.farm_j, self.years * target(economy, self.to, self.instrument)
        workers_n = workers_nj(economy)[:, off_farm_j].sum(axis=1) * MILLION
        tuition = once(years_n * workers_n * priced(economy, "talent.cost_per_year") / BN)
        wages_nj = economy.cells.by_sector(economy.workers_c * own_wages_c(economy))
        forgone_n = years_n * wages_nj[:, off_farm_j].sum(axis=1) * currency(economy)
        return tuition, once(forgone_n, payers={"people": 1.0})
