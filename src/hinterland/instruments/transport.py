"""Transport (交通: 铁路、公路、机场): a line through named cities; costs follow travel times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.network import Link, link_km_n
from hinterland.data.units import BN, MILLION
from hinterland.economy.economy import Economy
from hinterland.policy.access import links_of, require_provinces
from hinterland.policy.costs import evidence, priced
from hinterland.policy.policy import Changes, Outlay, Policy, built, default
from hinterland.policy.write import domestic_trade


@dataclass(frozen=True, kw_only=True)
class Transport(Policy):
    r"""Times between capitals are recomputed by shortest path with the line in place; costs follow (`policy.access`).

    .. math:: \ln\hat\mu_{gc} = 2 k v (h'_{on} - h_{on}) / H, \quad
              \hat\tau_{nij} = (f'_{ni}/f_{ni})^{4 \eta_t / \theta_j}

    People: hours h saved on k trips home a year, on private trips and on business, worth the wage. Goods: freight
    hours f; a high-speed line carries none, and what it frees on old lines counts only if `freed_capacity` says so.
    The line is built for `building` years, opens then, and is kept up and renewed at a share of what it cost a year.
    Lines of several policies are one network. Air is not in the network; trips stay as many as before.
    """

    instrument: ClassVar[str] = "transport"
    line: Sequence[str] = default("transport.line")
    mode: str = default("transport.mode")
    terrain: str = default("transport.terrain")
    speed: float = default("transport.speed")
    building: int = default("transport.building")
    freed_capacity: float = default("transport.freed_capacity")

    def changes(self, economy: Economy) -> Changes:
        """Hand on the links of the line; the rule of combination recomputes times once for all lines."""
        require_provinces(economy, self.instrument)
        changes: Changes = {"links": frozenset(self.links())}
        if self.freed_capacity:
            changes["trade_cost_hat_nij"] = self.freed_hat_nij(economy)
        return changes

    def freed_hat_nij(self, economy: Economy) -> FloatArray:
        """Goods between provinces along the line cost less where old lines have room for them."""
        along_n = self.places_n(economy)
        between_ni = np.outer(along_n, along_n) * ~np.eye(len(along_n), dtype=bool)
        hat = domestic_trade(economy, self.freed_capacity * between_ni)
        hat[:, :, ~(economy.farm_j | economy.industry_j)] = 1.0
        return hat

    def building_years(self) -> int:
        """Return the years of building."""
        return self.building

    def stretches(self) -> list[tuple[str, str, str]]:
        """Return the cities at both ends of each piece, and its mode."""
        return [(min(link[:2]), max(link[:2]), self.mode) for link in self.links()]

    def places_n(self, economy: Economy) -> FloatArray:
        """The provinces along the line."""
        return np.asarray(link_km_n(self.links(), economy.domestic_codes) > 0, dtype=float)

    def links(self) -> tuple[Link, ...]:
        """Return the pieces of the line, one there and back, or raise with the nearest name of a city not known."""
        found = links_of(self.line, self.mode, self.speed, f"{self.instrument}.line")
        return tuple({frozenset((link.city_a, link.city_b)): link for link in found}.values())

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Kilometres by province at the unit cost of the mode, while built; upkeep and renewal once it is open."""
        key = f"transport.{self.mode}_cost" + (f"_{self.terrain}" if self.mode == "road" else "")
        built_n = link_km_n(self.links(), economy.domestic_codes) * priced(economy, key) * MILLION / BN
        return (built(built_n, evidence("transport.upkeep_share")),)
