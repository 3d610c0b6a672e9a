"""Ecological migration (生态移民、异地城镇化): a stated number of people moves, and their land is closed or freed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy import choice
from hinterland.economy.accounts import rural_persons_n, rural_residents_per_worker_n
from hinterland.economy.economy import Economy
from hinterland.errors import PolicyError, Problem
from hinterland.policy.costs import priced
from hinterland.policy.policy import Changes, Outlay, Policy, changes_of, default, once
from hinterland.policy.write import factor_gain, shared_out, target

MET = 0.99  # of the stated number, at base-year wages


@dataclass(frozen=True, kw_only=True)
class EcologicalMigration(Policy):
    """Move `people` rural residents of `leave` to the towns of `to`, by the migration costs that bring so many.

    The cost of moving there falls by as much as it takes, for those who come: who lives there already gets no home of
    it. The number is met at base-year wages; in equilibrium wages
    answer and the result shows the number that moves. Land of those who leave is closed (agriculture uses less) or
    freed (those who stay use it).
    """

    instrument: ClassVar[str] = "ecological_migration"
    leave: Sequence[str] = default("ecological_migration.leave")
    to: Sequence[str] = default("ecological_migration.to")
    people: float = default("ecological_migration.people")
    land: str = default("ecological_migration.land")

    def changes(self, economy: Economy) -> Changes:
        """Write the cost of coming and, where land is closed, productivity of agriculture through it."""
        changes: Changes = {"newcomer_cost_hat_gc": self.cost_hat_gc(economy)}
        if self.land == "closed":
            left_n = self.movers_n(economy) / rural_persons_n(economy)
            changes["productivity_hat_nj"] = factor_gain(
                economy, np.log1p(-left_n), "structures_share_nj", economy.farm_j
            )
        return changes

    def movers_n(self, economy: Economy) -> FloatArray:
        """Persons who leave, by region: shared out by rural residents, (D,)."""
        return shared_out(economy, self.people, self.leave, f"{self.instrument}.people", "leave")

    def cost_hat_gc(self, economy: Economy) -> FloatArray:
        """Costs that bring the stated number to the towns of `to`; raises where no cost brings so many."""
        cells, to_n = economy.cells, target(economy, self.to, self.instrument)
        workers_n = self.movers_n(economy) / MILLION / rural_residents_per_worker_n(economy)
        movers_g = workers_n[cells.home_g] * economy.rural_g
        towns = (movers_g > 0)[:, None] * (economy.town_c * to_n[cells.index_c[0]])[None, :]
        cost_hat = choice.cost_hat_for(economy, towns, movers_g)
        there = (choice.share_gc(economy, cost_hat) - economy.migration_share_gc) * towns
        moved = float(economy.group_size_g @ there.sum(axis=1))
        if moved < MET * movers_g.sum():
            most = self.people * moved / movers_g.sum()
            where = f"{self.instrument}.people"
            raise PolicyError(Problem("policy.cannot_move", {"where": where, "value": self.people, "most": most}))
        return cost_hat

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Homes, schools and clinics for everybody who moves, where he goes."""
        moved_gc = choice.share_gc(economy, changes_of(self, economy)["newcomer_cost_hat_gc"])
        arrived_n = choice.residents_to_towns_n(economy, moved_gc) * target(economy, self.to, self.instrument)
        people_n = self.people * arrived_n / max(arrived_n.sum(), 1 / MILLION)
        return (once(people_n * priced(economy, "ecological_migration.cost_per_mover") / BN),)
