"""Hukou reform (户籍制度改革): a lower cost of working where one's hukou is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy import Economy
from hinterland.policy.policy import Policy, domestic, limited_cut


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
        cells = economy.cells
        to_n = domestic(economy, self.to, f"{self.instrument}.to")
        home_g = np.arange(economy.group_size_g.size) // cells.classes
        place_c = cells.index_c[0]
        if self.moves == "across":
            return np.asarray((home_g[:, None] != place_c[None, :]) * to_n[place_c][None, :])
        weight_g = economy.rural_g * to_n[home_g]
        if self.moves == "return_home":
            weight_g = weight_g * outside_share_g(economy)
        in_town = (home_g[:, None] == place_c[None, :]) & economy.town_c[None, :]
        return np.asarray(in_town * weight_g[:, None])


def outside_share_g(economy: Economy) -> FloatArray:
    """Share of each hukou group that works outside its home province."""
    home_g = np.arange(economy.group_size_g.size) // economy.cells.classes
    away = home_g[:, None] != economy.cells.index_c[0][None, :]
    return np.asarray((economy.migration_share_gc * away).sum(axis=1))
