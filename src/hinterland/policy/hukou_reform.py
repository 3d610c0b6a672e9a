"""Hukou reform (户籍制度改革): a lower cost of working where one's hukou is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy import Economy
from hinterland.policy.policy import Policy, domestic, limited_cut

AGRICULTURE, OTHER = 0, 1


@dataclass(frozen=True, kw_only=True)
class HukouReform(Policy):
    r"""Cut the iceberg cost of moving by a share: :math:`m' = \max(1, (1 - cut) m)`.

    `to` names the provinces or groups whose people (in_place, return_home) or whose jobs (across) it is for.

    * in_place: from the farm to other work inside one's own province (就地城镇化).
    * return_home: the same move for those who had left the province (返乡). The static model has no memory of
      who left, so a group's cut is weighted by the share of its people who work outside the province.
    * across: to any job of the named provinces, from other provinces.
    """

    instrument: ClassVar[str] = "hukou_reform"
    parameter: ClassVar[str] = "cut"
    choices: ClassVar[dict[str, tuple[str, ...]]] = {"moves": ("in_place", "return_home", "across")}
    to: Sequence[str] = ("Central", "West")
    moves: str = "in_place"
    cut: float = 0.04

    def apply(self, economy: Economy) -> Economy:
        """Write the lever of migration costs."""
        cut_gc = self.cut * self.reach_gc(economy)
        cost_gc = economy.migration_cost_gc * economy.levers.migration_cost_hat_gc
        return economy.with_levers(migration_cost_hat_gc=limited_cut(cut_gc, cost_gc))

    def reach_gc(self, economy: Economy) -> FloatArray:
        """Return how far the cut reaches each group and cell, between zero and one."""
        to_n = domestic(economy, self.to, f"{self.instrument}.to")
        regions, sectors = economy.workers_nj.shape
        reach_ohnj = np.zeros((regions, sectors, regions, sectors))
        if self.moves == "across":
            other_on = 1 - np.eye(regions)
            reach_ohnj += (other_on * to_n[None, :])[:, None, :, None]
        else:
            home = np.arange(regions)
            outside_o = outside_share_gn(economy)[:, AGRICULTURE] if self.moves == "return_home" else 1.0
            reach_ohnj[home, AGRICULTURE, home, OTHER] = to_n * outside_o
        return reach_ohnj.reshape(regions * sectors, -1)


def outside_share_gn(economy: Economy) -> FloatArray:
    """Share of each hukou group (home region, hukou) that works outside its home province."""
    regions, sectors = economy.workers_nj.shape
    share_ohn = economy.migration_share_gc.reshape(regions, sectors, regions, sectors).sum(axis=3)
    home = np.arange(regions)
    return np.asarray(1 - share_ohn[home, :, home])
