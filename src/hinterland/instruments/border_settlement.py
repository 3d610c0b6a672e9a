"""Border settlement (逆城市化、驻城维稳): a subsidy for residents of the border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hinterland.arrays import FloatArray
from hinterland.data.ports import at_the_border
from hinterland.data.regions import china
from hinterland.data.units import BN
from hinterland.economy.economy import Economy
from hinterland.errors import PolicyError, Problem, places
from hinterland.policy.costs import at_prices_of, price_year
from hinterland.policy.policy import Changes, Outlay, Policy, default, yearly
from hinterland.policy.write import amenity, shared_out, target, villagers_c


@dataclass(frozen=True, kw_only=True)
class BorderSettlement(Policy):
    r"""Villagers of `to` receive a subsidy; whether anybody stays for it is left to the migration elasticities.

    No evaluation is known: a gain of amenity may be set and is zero by default ("no evidence").
    """

    instrument: ClassVar[str] = "border_settlement"
    to: Sequence[str] = default("border_settlement.to")
    subsidy: float = default("border_settlement.subsidy")
    people: float = default("border_settlement.people")
    amenity: float = default("border_settlement.amenity")

    def changes(self, economy: Economy) -> Changes:
        """Write amenity; the subsidy itself is a transfer that the scenario charges."""
        self.recipients_n(economy)
        to_n = target(economy, self.to, self.instrument)
        return {"amenity_hat_n": amenity(economy, 1 + self.amenity * to_n)} if self.amenity else {}

    def recipients_n(self, economy: Economy) -> FloatArray:
        """Persons who are paid, by region: shared out by rural residents, (D,). None but at the border is entitled."""
        to_n, border = target(economy, self.to, self.instrument), at_the_border()
        chosen = [code for code, to in zip(economy.domestic_codes, to_n, strict=True) if to]
        inland = [economy.regions.label(code) for code in chosen if code in china().by_code and code not in border]
        if inland:
            where = places(inland, len(chosen))
            raise PolicyError(Problem("policy.no_border", {"where": f"{self.instrument}.to", "places": where}))
        return shared_out(economy, self.people, self.to, f"{self.instrument}.people")

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """The subsidy to everybody who is paid."""
        year = price_year("border_settlement.subsidy")
        paid_n = at_prices_of(economy, self.subsidy, year) * self.recipients_n(economy)
        return (yearly(paid_n / BN, to_residents=True, heads_c=villagers_c(economy)),)
