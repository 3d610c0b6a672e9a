"""Public services (就业、教育、医疗、住房; 社会保障一体化): more services per head make a place worth more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import services_n
from hinterland.economy.economy import Economy
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly
from hinterland.policy.write import amenity, target


@dataclass(frozen=True, kw_only=True)
class PublicServices(Policy):
    r"""The worth of a place rises by :math:`(1 + x)^{\chi}` where services per head rise by the share x."""

    instrument: ClassVar[str] = "public_services"
    needs: ClassVar[tuple[str, ...]] = ("government",)
    to: Sequence[str] = default("public_services.to")
    increase: float = default("public_services.increase")
    elasticity: float = default("public_services.elasticity")

    def changes(self, economy: Economy) -> Changes:
        """Write amenity."""
        to_n = target(economy, self.to, self.instrument)
        return {"amenity_hat_n": amenity(economy, (1 + self.increase * to_n) ** self.elasticity)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The same share of present local spending."""
        return (yearly(self.increase * services_n(economy) * target(economy, self.to, self.instrument)),)
