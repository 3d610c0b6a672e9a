"""Fiscal transfer (转移支付; 国家力量): the centre pays a region by the head, for services or to residents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import BN, MILLION
from hinterland.economy.accounts import currency, residents_nr, services_n
from hinterland.economy.economy import Economy
from hinterland.economy.services import access_gc, entitled_n, knows_services
from hinterland.errors import Problem
from hinterland.policy.combine import require
from hinterland.policy.costs import require_money
from hinterland.policy.policy import Changes, Outlay, Part, Policy, default, yearly
from hinterland.policy.served import part_alone
from hinterland.policy.write import amenity, residents_c, some, target


@dataclass(frozen=True, kw_only=True)
class FiscalTransfer(Policy):
    r"""The money is a transfer that others pay in proportion to income; transfers add up to zero.

    Given to households it is the people's: each of those who live there gets as much, wherever he goes then; where no
    accounts of households are known it is shared by income, among who lives there. Spent on services it is the place's:
    each entitled head gets so much more, worth omega of a yuan for each; in an economy without accounts of services the
    worth of the place rises by :math:`(1 + x)^{\chi}`, x the rise of services per head.
    """

    instrument: ClassVar[str] = "fiscal_transfer"
    counts_movers: ClassVar[bool] = True
    to: Sequence[str] = default("fiscal_transfer.to")
    per_head: float = default("fiscal_transfer.per_head")
    use: str = default("fiscal_transfer.use")
    elasticity: float = default("fiscal_transfer.elasticity")

    def problems(self) -> list[Problem]:
        """Return what is wrong with values; services of a transfer that cost other than it pays come from nowhere."""
        found = super().problems()
        if not found and self.cost is not None and self.use == "services":
            found.append(Problem("policy.cost_of_transfer", {"where": f"{self.instrument}.cost", "value": self.cost}))
        return found

    def changes(self, economy: Economy) -> Changes:
        """Write what services are worth where the money serves; the transfer itself is charged by the scenario."""
        require_money(economy, self.instrument)
        if self.use == "households":
            return {}
        require(economy, self.instrument, ("government",))
        if knows_services(economy):
            return {"services_more_n": self.more_n(economy)}
        spent_n = services_n(economy)
        some(economy, np.all(spent_n > 0, keepdims=True), "role.spending", "policy.nothing")
        risen_n = self.paid_n(economy) / (spent_n * currency(economy))
        return {"amenity_hat_n": amenity(economy, (1 + risen_n) ** self.elasticity)}

    def paid_n(self, economy: Economy) -> FloatArray:
        """The transfer by region, bn CNY a year, (D,)."""
        people_n = residents_nr(economy).sum(axis=1) * MILLION
        return np.asarray(self.per_head * people_n * target(economy, self.to, self.instrument) / BN)

    def idle(self, economy: Economy) -> tuple[str, ...]:
        """Where services are known in money what they are worth is no elasticity."""
        return ("elasticity",) if knows_services(economy) else ()

    def more_n(self, economy: Economy) -> FloatArray:
        """Services that an entitled head gets more, bn of the currency a million heads, (D,)."""
        return (
            self.paid_n(economy)
            / currency(economy)
            / entitled_n(economy, economy.migration_share_gc, access_gc(economy))
        )

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The transfer itself; where it serves, the province pays the services of those who come."""
        if self.per_head and self.use == "services" and knows_services(economy):
            return self.billed(economy, part_alone(self, economy, share_gc))
        if self.use == "households":
            return (yearly(self.paid_n(economy), to_residents=True, heads_c=residents_c(economy), wherever=True),)
        return (yearly(self.paid_n(economy)),)

    def billed(self, economy: Economy, part: Part) -> tuple[Outlay, ...]:
        """The transfer, which is what those there get more, and from the province the services of those who come."""
        came = yearly(part.came_n * currency(economy), payers={"province": 1.0})
        return (yearly(self.paid_n(economy)), came)
