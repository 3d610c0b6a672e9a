"""Public services (就业、教育、医疗、住房; 社会保障一体化): more services per head make a place worth more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import services_n
from hinterland.economy.economy import Economy
from hinterland.economy.services import (
    entitled_services_n,
    knows_services,
    require_served,
    services_a_head_n,
)
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly
from hinterland.policy.write import amenity, target


@dataclass(frozen=True, kw_only=True)
class PublicServices(Policy):
    r"""Services an entitled head rise by the share x, and are worth omega of a yuan for each.

    In an economy without accounts of services the worth of a place rises by :math:`(1 + x)^{\chi}`.
    """

    instrument: ClassVar[str] = "public_services"
    needs: ClassVar[tuple[str, ...]] = ("government",)
    to: Sequence[str] = default("public_services.to")
    increase: float = default("public_services.increase")
    elasticity: float = default("public_services.elasticity")

    def changes(self, economy: Economy) -> Changes:
        """Write what services are worth, or amenity."""
        to_n = target(economy, self.to, self.instrument)
        if knows_services(economy):
            require_served(economy, to_n, f"{self.instrument}.to")
            return {"services_more_n": self.increase * to_n * services_a_head_n(economy)}
        return {"amenity_hat_n": amenity(economy, (1 + self.increase * to_n) ** self.elasticity)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The same share of present local spending on what is for those entitled, or of all."""
        spent_n = entitled_services_n(economy) if knows_services(economy) else services_n(economy)
        return (yearly(self.increase * spent_n * target(economy, self.to, self.instrument)),)
