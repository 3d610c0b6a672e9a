"""Poverty alleviation (集中连片扶贫开发): transfers to rural people of poor areas, and better farms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy.accounts import rural_n
from hinterland.economy.economy import Economy
from hinterland.policy.costs import at_prices_of, price_year
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly
from hinterland.policy.write import factor_gain, target, villagers_c


@dataclass(frozen=True, kw_only=True)
class PovertyAlleviation(Policy):
    r"""Farm productivity of the share `covered` of rural people rises by `gain`; they receive `per_head` a year.

    Poor areas are known by the provinces that hold a part of them until counties come.
    """

    instrument: ClassVar[str] = "poverty_alleviation"
    to: Sequence[str] = default("poverty_alleviation.to")
    covered: float = default("poverty_alleviation.covered")
    per_head: float = default("poverty_alleviation.per_head")
    gain: float = default("poverty_alleviation.gain")

    def changes(self, economy: Economy) -> Changes:
        """Write productivity of agriculture; the transfer is charged by the scenario."""
        to_n = target(economy, self.to, self.instrument)
        log_gain_n = np.log1p(self.gain * self.covered * to_n)
        return {"productivity_hat_nj": factor_gain(economy, log_gain_n, "all", economy.farm_j)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The transfer to everybody covered, and to nobody who lives in town."""
        people_n = self.covered * rural_n(economy) * MILLION * target(economy, self.to, self.instrument)
        per_head = at_prices_of(economy, self.per_head, price_year("poverty_alleviation.cost_per_person"))
        return (yearly(people_n * per_head / BN, to_residents=True, heads_c=villagers_c(economy), wherever=True),)
