"""Land ports by name: where they are and which bloc lies beyond."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.figures import table
from hinterland.data.network import great_circle_km
from hinterland.errors import PolicyError, Problem, hint

# Countries beyond the border by bloc; what is in neither belongs to the rest of the world.
BLOCS = {
    **dict.fromkeys(("MM", "LA", "VN"), "ASEAN"),
    **dict.fromkeys(("RU", "KP/RU", "MN", "KZ", "KG", "TJ"), "CARM"),
}


@dataclass(frozen=True)
class Port:
    """A land crossing."""

    name: str
    bloc: str
    region_code: str
    longitude: float
    latitude: float

    def distance_n(self, codes: tuple[str, ...]) -> FloatArray:
        """Distance to each province's centre of population, km; zero for the province that holds the port."""
        centres = table("centroids.csv").set_index("region_code").loc[list(codes)]
        there = centres[["longitude", "latitude"]].to_numpy(dtype=float).T
        away = great_circle_km(np.asarray(self.longitude), np.asarray(self.latitude), *there)
        return np.where(np.array(codes) == self.region_code, 0.0, away)


def at_the_border() -> frozenset[str]:
    """Return the provinces that have a land border with another country."""
    crossings = table("border_crossings.csv")
    return frozenset(crossings["region_code"][~crossings["beyond"].isin(("HK", "MO"))].astype(str))


@cache
def ports() -> dict[str, tuple[Port, ...]]:
    """Return the crossings by every name they go by, Chinese and English; Kashgar means four."""
    crossings = table("border_crossings.csv").set_index("crossing")
    found: dict[str, tuple[Port, ...]] = {}
    for row in table("ports.csv").to_dict("records"):
        place = crossings.loc[row["crossing"]]
        port = Port(
            str(row["crossing"]),
            BLOCS.get(str(place["beyond"]), "ROW"),
            str(place["region_code"]),
            float(place["longitude"]),
            float(place["latitude"]),
        )
        for name in (str(row["zh"]), str(row["en"])):
            found[name] = (*found.get(name, ()), port)
    return found


def find_port(name: str, where: str) -> tuple[Port, ...]:
    """Return the crossings that a name means, or raise with the nearest name."""
    known = {port.casefold(): port for port in ports()}
    if name.strip().casefold() not in known:
        near = hint(name, list(ports()))
        raise PolicyError(Problem("policy.unknown_port", {"where": where, "value": name, "near": near}))
    return ports()[known[name.strip().casefold()]]
