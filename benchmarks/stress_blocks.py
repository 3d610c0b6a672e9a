"""Random arrays of every block by name, for worlds of the stress run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

Arrays = dict[str, Any]
Random = np.random.Generator


class Shape(NamedTuple):
    """What a compiled program depends on."""

    regions: int
    sectors: int
    people: str
    blocks: tuple[str, ...]

    @property
    def abroad(self) -> int:
        """Regions whose people are no hukou groups."""
        return int(self.people.startswith("hukou") and self.regions > 2)

    @property
    def mobile(self) -> bool:
        """Whether anybody moves."""
        return self.people != "stay"


def spread(random: Random, weight_ni: np.ndarray, stay: float) -> np.ndarray:
    """Return shares by destination of people from each place; `stay` of them at home."""
    share = random.lognormal(0.0, 1.0, weight_ni.shape) * weight_ni
    inside = (share * (weight_ni == 1)).sum(axis=1, keepdims=True)
    share = (1 - stay) * share / inside + stay * np.eye(len(share))
    return share / share.sum(axis=1, keepdims=True)


def stay(shape: Shape, weight_ni: np.ndarray, draw: Any, random: Random) -> Arrays:
    return {"people_n": random.lognormal(0.0, 1.0, shape.regions)}


def free(shape: Shape, weight_ni: np.ndarray, draw: Any, random: Random) -> Arrays:
    return stay(shape, weight_ni, draw, random) | {"zone_n": np.ones(shape.regions)}


def zones(shape: Shape, weight_ni: np.ndarray, draw: Any, random: Random) -> Arrays:
    number = 1.0 + (np.arange(shape.regions) >= shape.regions // 2)
    number[-1] = 0.0 if shape.regions > 2 else number[-1]
    return stay(shape, weight_ni, draw, random) | {"zone_n": number}


def commuting(shape: Shape, weight_ni: np.ndarray, draw: Any, random: Random) -> Arrays:
    share = random.lognormal(0.0, 1.0, (shape.regions, 1)) * spread(random, weight_ni, 0.7)
    return {"commuting_share_ni": share / share.sum(), "commuting_elasticity": draw("commuting")}


def hukou(shape: Shape, weight_ni: np.ndarray, draw: Any, random: Random) -> Arrays:
    residences = 2 if shape.people == "hukou_towns" else 1
    domestic, pools = shape.regions - shape.abroad, shape.sectors if residences == 1 else residences
    to_region = spread(random, weight_ni[:domestic, :domestic], 0.7).repeat(pools, axis=0)
    inside = random.dirichlet(np.full(residences * shape.sectors, 3.0), (domestic * pools, domestic))
    arrays = {
        "migration_share_gc": (to_region[:, :, None] * inside).reshape(domestic * pools, -1),
        "group_size_g": random.lognormal(0.0, 1.0, domestic * pools),
        "migration_elasticity": draw("migration"),
    }
    arrays["inner_elasticity"] = arrays["migration_elasticity"] * draw("nest")
    if residences > 1:
        arrays["efficiency_rj"] = random.uniform(0.7, 1.0, (residences, shape.sectors))
        arrays["land_share_hj"] = random.dirichlet(np.full(pools, 3.0), shape.sectors).T
    return arrays


PEOPLE_ARRAYS: dict[str, Callable[..., Arrays]] = {
    "stay": stay,
    "free": free,
    "zones": zones,
    "hukou": hukou,
    "hukou_towns": hukou,
    "commuting": commuting,
}


def people_of(shape: Shape, arrays: Arrays) -> np.ndarray:
    """People by region, abroad as many as one."""
    if "migration_share_gc" in arrays:
        by_cell = arrays["group_size_g"] @ arrays["migration_share_gc"]
        by_region = by_cell.reshape(shape.regions - shape.abroad, -1).sum(axis=1)
        return np.append(by_region, np.ones(shape.abroad))
    return arrays["commuting_share_ni"].sum(axis=1) if "commuting_share_ni" in arrays else arrays["people_n"]


def inputs(shape: Shape, draw: Any, random: Random) -> Arrays:
    added = draw("added", shape.regions, shape.sectors)
    bought = random.dirichlet(np.full(shape.sectors, 3.0), (shape.regions, shape.sectors)).transpose(0, 2, 1)
    return {"value_added_share_nj": added, "input_share_nkj": bought * (1 - added)[:, None]}


def luxuries(shape: Shape, draw: Any, random: Random) -> Arrays:
    sigma = draw(random.choice(["below_one", "above_one"]))
    return {"income_elasticity_j": draw("richer", shape.sectors), "substitution_elasticity": sigma}


def tariffs(shape: Shape, draw: Any, random: Random) -> Arrays:
    off_home = (1 - np.eye(shape.regions))[:, :, None]
    return {"tariff_nij": random.uniform(0.0, 0.3, (shape.regions, shape.regions, shape.sectors)) * off_home}


def structures(shape: Shape, draw: Any, random: Random) -> Arrays:
    return {"structures_share_nj": np.repeat(draw("structures", shape.regions, 1), shape.sectors, axis=1)}


def portfolio(shape: Shape, draw: Any, random: Random) -> Arrays:
    share = random.dirichlet(np.full(shape.regions, 3.0))
    given = random.uniform(0.1, 1.0, shape.regions)
    return structures(shape, draw, random) | {"portfolio_share_n": share, "contribution_share_n": given}


def capital(shape: Shape, draw: Any, random: Random) -> Arrays:
    owners = random.dirichlet(np.full(shape.regions, 0.5), shape.regions).T
    return {
        "capital_share_nj": np.repeat(draw("structures", shape.regions, 1), shape.sectors, axis=1),
        "capital_nj": random.lognormal(0.0, 1.0, (shape.regions, shape.sectors)),
        "capital_elasticity": draw("capital"),
        "capital_pool_n": np.minimum(random.integers(0, 3, shape.regions), shape.regions).astype(float),
        "ownership_ni": 0.7 * np.eye(shape.regions) + 0.3 * owners,
    }


def budgets(shape: Shape, draw: Any, random: Random) -> Arrays:
    return {
        "local_tax_n": random.uniform(0.02, 0.2, shape.regions),
        "central_tax_n": random.uniform(0.02, 0.2, shape.regions),
        "grant_share_n": random.dirichlet(np.full(shape.regions, 3.0)),
        "service_elasticity_n": draw("services", shape.regions),
    }


def homes(shape: Shape, draw: Any, random: Random) -> Arrays:
    supply = draw("homes_supply", shape.regions) * (random.random(shape.regions) < 0.8)
    return {"goods_share_n": draw("goods", shape.regions), "housing_supply_elasticity_n": supply}


def congestion(shape: Shape, draw: Any, random: Random) -> Arrays:
    return {"congestion_elasticity_n": draw("congestion", shape.regions)}


def amenity(shape: Shape, draw: Any, random: Random) -> Arrays:
    return {"amenity_n": np.ones(shape.regions) if shape.mobile else random.lognormal(0.0, 1.0, shape.regions)}


def own_factors(shape: Shape, draw: Any, random: Random) -> Arrays:
    return {"one_wage_n": (random.random(shape.regions) < 0.5).astype(float)}


BLOCK_ARRAYS: dict[str, Callable[..., Arrays]] = {
    "inputs": inputs,
    "luxuries": luxuries,
    "tariffs": tariffs,
    "structures": structures,
    "portfolio": portfolio,
    "capital": capital,
    "budgets": budgets,
    "homes": homes,
    "capacity": lambda *_: {},
    "congestion": congestion,
    "amenity": amenity,
    "own_factors": own_factors,
}
