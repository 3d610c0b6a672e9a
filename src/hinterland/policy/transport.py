"""Transport (交通): a lower cost of trade between the macro-regions it connects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.economy import Economy
from hinterland.policy.policy import Policy, domestic, limited_cut


@dataclass(frozen=True, kw_only=True)
class Transport(Policy):
    r"""Cut the iceberg cost of trade between different groups or provinces named in `regions`.

    .. math:: \tau'_{ni} = \max(1, (1 - cut) \tau_{ni})

    Both directions, every sector; trade inside one of the named groups is left alone. The floor rests on the
    symmetric cost implied by the base-year shares (Head and Ries).
    """

    instrument: ClassVar[str] = "transport"
    parameter: ClassVar[str] = "cut"
    regions: Sequence[str] = ("Central", "West", "East")
    cut: float = 0.02

    def apply(self, economy: Economy) -> Economy:
        """Write the lever of trade costs."""
        member_rn = np.stack([domestic(economy, [name], f"{self.instrument}.regions") for name in self.regions])
        named_n = member_rn.max(axis=0)
        together_ni = (member_rn.T @ member_rn) > 0
        reach_ni = np.outer(named_n, named_n) * ~together_ni
        at_home = slice(economy.cells.regions)
        cut_nij = np.zeros_like(economy.arrays["trade_share_nij"])
        cut_nij[at_home, at_home] = self.cut * reach_ni[:, :, None]
        cost_nij = economy.trade_cost_nij * economy.levers.trade_cost_hat_nij
        return economy.with_levers(trade_cost_hat_nij=limited_cut(cut_nij, cost_nij))
