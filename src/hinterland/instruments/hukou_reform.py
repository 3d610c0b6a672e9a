"""Hukou reform (户籍制度改革): a lower cost of living and working where one's hukou is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy import choice
from hinterland.economy.economy import Economy
from hinterland.policy.costs import priced
from hinterland.policy.policy import Changes, Outlay, Policy, default, once
from hinterland.policy.write import target, to_town


@dataclass(frozen=True, kw_only=True)
class HukouReform(Policy):
    r"""Cut the iceberg cost of moving by a share: :math:`m' = \max(1, (1 - cut) m)`.

    `to` names the provinces or groups whose people (in_place, return_home) or whose jobs (across) it is for.

    * in_place: from village to town inside one's own province (就地城镇化); where residence is not told apart, from
      the farm to other work.
    * return_home: the same move for those who had left the province (返乡). The static model has no memory of
      who left, so a group's cut is weighted by the share of its people who work outside the province.
    * across: to any job of the named provinces, from other provinces.
    """

    instrument: ClassVar[str] = "hukou_reform"
    counts_movers: ClassVar[bool] = True
    to: Sequence[str] = default("hukou_reform.to")
    moves: str = default("hukou_reform.moves")
    cut: float = default("hukou_reform.cut")

    def changes(self, economy: Economy) -> Changes:
        """Write the lever of migration costs."""
        return {"migration_cost_hat_gc": 1 - self.cut * self.reach_gc(economy)}

    def reach_gc(self, economy: Economy) -> FloatArray:
        """Return how far the cut reaches each group and cell, between zero and one."""
        to_n = target(economy, self.to, self.instrument)
        if self.moves == "across":
            return np.asarray(~economy.cells.at_home_gc * to_n[economy.cells.index_c[0]][None, :])
        reach = to_town(economy, to_n)
        return reach * outside_share_g(economy)[:, None] if self.moves == "return_home" else reach

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Every new town resident, by where he goes."""
        if share_gc is None:
            share_gc = choice.share_gc(economy, 1 - self.cut * self.reach_gc(economy))
        people_n = choice.residents_to_towns_n(economy, share_gc) * MILLION
        return (once(people_n * priced(economy, "hukou_reform.cost_per_person") / BN),)


def outside_share_g(economy: Economy) -> FloatArray:
    """Share of each hukou group that works outside its home province."""
    return np.asarray((economy.migration_share_gc * ~economy.cells.at_home_gc).sum(axis=1))
