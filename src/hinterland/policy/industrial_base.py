"""Industrial bases (产业基地、产业园区): higher productivity of industry where capital moves in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.economy import Economy
from hinterland.policy.policy import Policy, domestic

INDUSTRY = 1


@dataclass(frozen=True, kw_only=True)
class IndustrialBase(Policy):
    r"""Raise the productivity of industry in `to`: :math:`\hat z = 1 + gain`.

    Industry is the second sector: all of non-agriculture where there are two. The two-sector economies have no capital
    of their own: there productivity stands for what arrives with it.
    """

    instrument: ClassVar[str] = "industrial_base"
    parameter: ClassVar[str] = "gain"
    to: Sequence[str] = ("Central", "West")
    gain: float = 0.03

    def apply(self, economy: Economy) -> Economy:
        """Write the lever of productivity."""
        hat_nj = np.ones_like(economy.levers.productivity_hat_nj)
        hat_nj[: economy.cells.regions, INDUSTRY] += self.gain * domestic(economy, self.to, f"{self.instrument}.to")
        return economy.with_levers(productivity_hat_nj=hat_nj)
