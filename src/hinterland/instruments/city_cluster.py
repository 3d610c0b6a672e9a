"""City cluster (以城市群带动中小城镇群落): towns of a cluster radiate to each other, and trade inside costs less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.economy.economy import Economy
from hinterland.policy.policy import Changes, Cluster, Policy, default
from hinterland.policy.write import domestic_trade, target


@dataclass(frozen=True, kw_only=True)
class CityCluster(Policy):
    r"""Productivity answers with the elasticity `spillover` to the mean density of the cluster's towns (either sign).

    Alone the spillover changes nothing: it passes on what other policies do to towns. Nothing is established; both
    values are zero by default ("no evidence").
    """

    instrument: ClassVar[str] = "city_cluster"
    to: Sequence[str] = default("city_cluster.to")
    spillover: float = default("city_cluster.spillover")
    cut: float = default("city_cluster.cut")

    def changes(self, economy: Economy) -> Changes:
        """Write the neighbourhood of the cluster and the trade cost inside."""
        member_n = target(economy, self.to, self.instrument)
        changes: Changes = {}
        if self.spillover:
            changes["clusters"] = (Cluster(member_n, self.spillover),)
        if self.cut:
            cut_ni = self.cut * np.outer(member_n, member_n) * (1 - np.eye(len(member_n)))
            changes["trade_cost_hat_nij"] = domestic_trade(economy, cut_ni)
        return changes
