"""Border opening (边境经济特区、跨境经济合作区): trade through named ports with the bloc beyond costs less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.ports import Port, find_port
from hinterland.economy.economy import Economy
from hinterland.errors import PolicyError, Problem
from hinterland.policy.access import require_provinces
from hinterland.policy.costs import evidence
from hinterland.policy.policy import Changes, Policy, default


@dataclass(frozen=True, kw_only=True)
class BorderOpening(Policy):
    r"""Cut the iceberg cost of trade with the bloc beyond the ports, less with distance from them.

    .. math:: \hat\tau_{nb} = 1 - cut \max_p e^{-d_{np} / D}

    d is the distance from the port to the province's centre of population, zero for the province that holds it. D is
    derived from the gradient of lights at borders. Both directions, every sector.
    """

    instrument: ClassVar[str] = "border_opening"
    ports: Sequence[str] = default("border_opening.ports")
    cut: float = default("border_opening.cut")

    def changes(self, economy: Economy) -> Changes:
        """Write trade costs between provinces and blocs."""
        require_provinces(economy, self.instrument)
        hat = np.ones_like(economy.arrays["trade_share_nij"])
        for bloc, reach_n in self.reach_bn(economy).items():
            abroad = economy.region_codes.index(bloc)
            home = slice(economy.cells.regions)
            hat[home, abroad] = hat[abroad, home] = (1 - self.cut * reach_n)[:, None]
        return {"trade_cost_hat_nij": hat}

    def reach_bn(self, economy: Economy) -> dict[str, np.ndarray]:
        """How far the opening reaches each province, (D,) between zero and one, by bloc."""
        reach: dict[str, np.ndarray] = {}
        for port in self.found(economy):
            near_n = np.exp(-port.distance_n(economy.domestic_codes) / evidence("border_opening.decay_km"))
            reach[port.bloc] = np.maximum(reach.get(port.bloc, 0.0), near_n)
        return reach

    def places_n(self, economy: Economy) -> FloatArray:
        """The provinces that hold the ports."""
        held = {port.region_code for port in self.found(economy)}
        return np.array([float(code in held) for code in economy.domestic_codes])

    def found(self, economy: Economy) -> list[Port]:
        """Return the ports, or raise with the nearest name; blocs that the economy has not are an error."""
        ports: list[Port] = []
        problems: list[Problem] = []
        for name in self.ports:
            try:
                ports += find_port(name, f"{self.instrument}.ports")
            except PolicyError as error:
                problems += error.problems
        if not problems and any(port.bloc not in economy.foreign_codes for port in ports):
            values: dict[str, object] = {"where": self.instrument, "block": "blocs", "economy": economy.name}
            problems.append(Problem("policy.needs", values))
        if problems:
            raise PolicyError(problems)
        return ports
