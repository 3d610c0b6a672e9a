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
from hinterland.policy.costs import priced
from hinterland.policy.policy import Changes, Outlay, Policy, default, once


@dataclass(frozen=True, kw_only=True)
class Transport(Policy):
    r"""Travel times between capitals are recomputed by shortest path with the line in place; costs follow.

    .. math:: \hat\tau_{ni} = (t'_{ni}/t_{ni})^{\eta_t}, \quad \hat\mu_{gc} = (t'_{on}/t_{on})^{\eta_m}

    Lines of several policies are one network. The two elasticities are parameters of the schema, estimated on a cross
    section (`base_years.access`); goods and people answer apart. Air is not in the network.
    """

    instrument: ClassVar[str] = "transport"
    line: Sequence[str] = default("transport.line")
    mode: str = default("transport.mode")
    terrain: str = default("transport.terrain")
    speed: float = default("transport.speed")

    def changes(self, economy: Economy) -> Changes:
        """Hand on the links of the line; the rule of combination recomputes travel times once for all lines."""
        require_provinces(economy, self.instrument)
        return {"links": frozenset(self.links())}

    def places_n(self, economy: Economy) -> FloatArray:
        """The provinces along the line."""
        return np.asarray(link_km_n(self.links(), economy.domestic_codes) > 0, dtype=float)

    def links(self) -> tuple[Link, ...]:
        """Return the pieces of the line, or raise with the nearest name of a city that is not known."""
        return links_of(self.line, self.mode, self.speed, f"{self.instrument}.line")

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Kilometres by province at the unit cost of the mode."""
        key = f"transport.{self.mode}_cost" + (f"_{self.terrain}" if self.mode == "road" else "")
        km_n = link_km_n(self.links(), economy.domestic_codes)
        return (once(km_n * priced(economy, key) * MILLION / BN),)
