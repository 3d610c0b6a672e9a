"""Public services (就业、教育、医疗、住房; 社会保障一体化): more services per head make a place worth more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import currency, services_n
from hinterland.economy.economy import Economy
from hinterland.economy.services import (
    knows_services,
    require_served,
    services_a_head_n,
)
from hinterland.policy.policy import Changes, Outlay, Part, Policy, default, yearly
from hinterland.policy.served import part_alone
from hinterland.policy.write import amenity, target


@dataclass(frozen=True, kw_only=True)
class PublicServices(Policy):
    r"""Services an entitled head rise by the share x, and are worth omega of a yuan for each.

    In an economy without accounts of services the worth of a place rises by :math:`(1 + x)^{\chi}`.
    """

    instrument: ClassVar[str] = "public_services"
    needs: ClassVar[tuple[str, ...]] = ("government",)
    counts_movers: ClassVar[bool] = True
    to: Sequence[str] = default("public_services.to")
    increase: float = default("public_services.increase")
    elasticity: float = default("public_services.elasticity")

    def idle(self, economy: Economy) -> tuple[str, ...]:
        """Where services are known in money what they are worth is no elasticity."""
        return ("elasticity",) if knows_services(economy) else ()

    def more_n(self, economy: Economy) -> FloatArray:
        """Services that an entitled head gets more, bn of the currency a million heads, (D,)."""
        return self.increase * target(economy, self.to, self.instrument) * services_a_head_n(economy)

    def changes(self, economy: Economy) -> Changes:
        """Write what services are worth, or amenity."""
        to_n = target(economy, self.to, self.instrument)
        if knows_services(economy):
            require_served(economy, to_n, f"{self.instrument}.to")
            return {"services_more_n": self.more_n(economy)}
        return {"amenity_hat_n": amenity(economy, (1 + self.increase * to_n) ** self.elasticity)}

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """What those entitled get more and all services of those who come, or the same share of all local spending."""
        if not self.increase:
            return ()
        if knows_services(economy):
            return self.billed(economy, part_alone(self, economy, share_gc))
        return (yearly(self.increase * target(economy, self.to, self.instrument) * services_n(economy)),)

    def billed(self, economy: Economy, part: Part) -> tuple[Outlay, ...]:
        """What those entitled get more and all services of those who come."""
        return (yearly((part.there_n + part.came_n) * currency(economy)),)
