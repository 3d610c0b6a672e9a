"""Small towns (小城镇; 县城和建制镇): works for new residents; no gain is automatic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.data.units import BN
from hinterland.economy.economy import Economy
from hinterland.policy.costs import priced
from hinterland.policy.policy import Changes, Outlay, Policy, default, once
from hinterland.policy.write import shared_out, target, to_town


@dataclass(frozen=True, kw_only=True)
class SmallTowns(Policy):
    r"""Works are built for so many new residents; a cut of the cost of moving to town in place may be set.

    The title of a city alone changed nothing in the one study with a design, so the cut is zero by default.
    """

    instrument: ClassVar[str] = "small_towns"
    to: Sequence[str] = default("small_towns.to")
    people: float = default("small_towns.people")
    cut: float = default("small_towns.cut")

    def changes(self, economy: Economy) -> Changes:
        """Write the cost of moving to town in one's province."""
        to_n = target(economy, self.to, self.instrument)
        return {"migration_cost_hat_gc": 1 - self.cut * to_town(economy, to_n)} if self.cut else {}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Municipal works of a small city for every new resident."""
        people_n = shared_out(economy, self.people, self.to, f"{self.instrument}.people")
        return (once(people_n * priced(economy, "small_towns.cost_per_person") / BN),)
