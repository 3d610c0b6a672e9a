"""Hukou reform (户籍制度改革): access to services where one's hukou is not, and a lower cost of being there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy import choice
from hinterland.economy.accounts import currency
from hinterland.economy.economy import Economy
from hinterland.economy.services import access_gc, knows_services, require_served
from hinterland.policy.combine import require
from hinterland.policy.costs import priced
from hinterland.policy.policy import Changes, Outlay, Part, Policy, default, once, yearly
from hinterland.policy.served import chosen_gc, part_alone
from hinterland.policy.write import some, target, to_town


@dataclass(frozen=True, kw_only=True)
class HukouReform(Policy):
    r"""Give a share `access` of the access to services that is missing, and cut what else the move costs by a share.

    .. math:: s' = s + a (1 - s), \quad m' = (1 - cut) m

    Access is worth money, and its bill is services an entitled head times the entitled, those who are there and those
    who come; in an economy without accounts of services the cut alone acts, at a unit cost for each who comes.
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
    access: float = default("hukou_reform.access")
    cut: float = default("hukou_reform.cut")

    def changes(self, economy: Economy) -> Changes:
        """Write what services are worth, and migration costs."""
        changes: Changes = {}
        if self.cut:
            changes["migration_cost_hat_gc"] = 1 - self.cut * self.reach_gc(economy)
        if self.access and knows_services(economy):
            require_served(economy, target(economy, self.to, self.instrument), f"{self.instrument}.to")
            left_gc = np.asarray(self.reach_gc(economy) * (1 - access_gc(economy)) > 0)
            some(economy, left_gc, "role.entitled", "policy.all_entitled")
            changes["access_gap_hat_gc"] = 1 - self.access * self.reach_gc(economy)
        elif self.access and not self.cut:
            require(economy, self.instrument, ("services",))
        return changes

    def idle(self, economy: Economy) -> tuple[str, ...]:
        """Without accounts of services there is nothing to give access to."""
        return () if knows_services(economy) else ("access",)

    def access_gc(self, economy: Economy) -> FloatArray:
        """Return access after the reform, (G, C)."""
        return np.asarray(1 - (1 - access_gc(economy)) * (1 - self.access * self.reach_gc(economy)))

    def reach_gc(self, economy: Economy) -> FloatArray:
        """Return how far the cut reaches each group and cell, between zero and one."""
        to_n = target(economy, self.to, self.instrument)
        if self.moves == "across":
            return np.asarray(~economy.cells.at_home_gc * to_n[economy.cells.index_c[0]][None, :])
        reach = to_town(economy, to_n)
        return reach * outside_share_g(economy)[:, None] if self.moves == "return_home" else reach

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Services of the entitled; without accounts of services, every new town resident by where he goes.

        Nothing where nothing is given and nothing is cut.
        """
        if not self.cut and not self.access:
            return ()
        if knows_services(economy):
            return self.billed(economy, part_alone(self, economy, share_gc))
        share_gc = chosen_gc(self, economy) if share_gc is None else share_gc
        people_n = choice.residents_to_towns_n(economy, share_gc) * MILLION
        return (once(people_n * priced(economy, "hukou_reform.cost_per_person") / BN),)

    def billed(self, economy: Economy, part: Part) -> tuple[Outlay, ...]:
        """Services of the entitled."""
        return (yearly((part.there_n + part.came_n) * currency(economy)),)


def outside_share_g(economy: Economy) -> FloatArray:
    """Share of each hukou group that works outside its home province."""
    return np.asarray((economy.migration_share_gc * ~economy.cells.at_home_gc).sum(axis=1))
