"""Township merger (乡镇合并、撤乡建镇; 县乡两级行政区划改革): nothing is established about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.economy.economy import Economy
from hinterland.policy.policy import Changes, Policy, default
from hinterland.policy.write import target, to_town


@dataclass(frozen=True, kw_only=True)
class TownshipMerger(Policy):
    r"""The cost of moving to town in place changes by a share that the user sets, of either sign; zero by default."""

    instrument: ClassVar[str] = "township_merger"
    to: Sequence[str] = default("township_merger.to")
    cut: float = default("township_merger.cut")

    def changes(self, economy: Economy) -> Changes:
        """Write the cost of moving to town in one's province."""
        to_n = target(economy, self.to, self.instrument)
        return {"migration_cost_hat_gc": 1 - self.cut * to_town(economy, to_n)} if self.cut else {}
