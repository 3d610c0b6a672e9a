"""Random worlds of the stress run: shapes, arrays of a base year in balance, and shocks to every lever.

Worlds of one shape share their compiled programs: blocks, sizes and the set of levers are the shape's, numbers the
draw's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import numpy as np

from benchmarks.stress_balance import balanced
from benchmarks.stress_blocks import BLOCK_ARRAYS, PEOPLE_ARRAYS, Shape, people_of
from hinterland.world.world import World

Arrays = dict[str, Any]
Random = np.random.Generator

BLOCKS = (
    *("inputs", "luxuries", "tariffs", "structures", "portfolio", "transfers", "capital", "budgets", "homes"),
    *("capacity", "density", "neighbourhood", "congestion", "amenity", "own_factors"),
)
PEOPLE = ("stay", "free", "zones", "hukou", "hukou_towns", "commuting")
SIZES = (2, 2, 3, 3, 4, 4, 5, 6, 8, 10, 14, 20, 32)
SMALL = 84
LINKS = (0.0, 1e-18, 1e-9, 1e-6)  # shares across parts that hardly meet
# Least and most of every elasticity and share: the usual ones, and all that have a meaning.
RANGES = {
    "trade": ((2.0, 8.0), (1.0, 20.0)),
    "migration": ((1.0, 3.0), (0.3, 8.0)),
    "nest": ((1.0, 2.0), (1.0, 4.0)),
    "commuting": ((2.0, 5.0), (0.5, 12.0)),
    "homes_supply": ((0.05, 2.0), (0.001, 20.0)),
    "goods": ((0.6, 0.95), (0.2, 0.99)),
    "congestion": ((0.1, 0.4), (0.05, 2.0)),
    "capital": ((0.5, 3.0), (0.05, 30.0)),
    "structures": ((0.05, 0.3), (0.01, 0.45)),
    "added": ((0.3, 0.7), (0.1, 0.95)),
    "richer": ((0.5, 1.5), (0.1, 4.0)),
    "below_one": ((0.3, 0.9), (0.05, 0.98)),
    "above_one": ((1.2, 3.0), (1.02, 6.0)),
    "services": ((0.01, 0.2), (0.001, 0.5)),
}


class Kind(Protocol):
    """What a stratum says of its worlds."""

    trade: float
    productivity: float
    people: float
    rest: float
    links: str
    walls: bool
    elasticities: str
    transfers: str


LARGE = (
    Shape(400, 1, "stay", ()),
    Shape(150, 1, "commuting", ("homes",)),
    Shape(300, 1, "commuting", ("homes", "density")),
    Shape(400, 1, "commuting", ("homes",)),
    Shape(100, 3, "stay", ("inputs", "tariffs")),
    Shape(250, 1, "free", ("homes", "density", "congestion")),
    Shape(100, 1, "hukou_towns", ("structures", "capital", "budgets", "homes")),
    Shape(120, 2, "hukou", ("inputs", "homes")),
)


@cache
def small_shapes(seed: int) -> tuple[Shape, ...]:
    """Return shapes at random; so many hold every pair of choices, and nearly every three."""
    random = np.random.default_rng([seed, 0])
    return tuple(small_shape(random, PEOPLE[number % len(PEOPLE)]) for number in range(SMALL))


def small_shape(random: Random, people: str) -> Shape:
    on = dict(zip(BLOCKS, random.random(len(BLOCKS)) < 0.5, strict=True))
    regions, sectors = int(random.choice(SIZES)), int(random.choice((1, 1, 2, 2, 3, 4)))
    sectors = max(sectors, 2 if on["luxuries"] else 1)
    on["own_factors"] &= people in ("stay", "commuting") and sectors > 1
    # Where people move freely something must repel them, or there is no equilibrium with people everywhere.
    on["congestion"] |= people in ("free", "zones") and (on["density"] or on["neighbourhood"])
    return Shape(regions, sectors, people, tuple(name for name in BLOCKS if on[name]))


def world_of(kind: Kind, shape: Shape, random: Random) -> tuple[World, str]:
    """Return a shocked world, and what is known of it: a `solution` exists, `none` does, or the question is open."""
    arrays = base_year(kind, shape, random)
    parts = arrays.pop("parts")
    levers = shocks(kind, shape, arrays, random)
    expected = "solution" if kind.elasticities != "strong" else "open"
    if "transfers" in shape.blocks:
        levers["transfer_n"], expected = transfers_after(kind, shape, arrays, parts, random, expected)
    return World.build(**arrays).with_levers(**levers), expected


def base_year(kind: Kind, shape: Shape, random: Random) -> Arrays:
    """Return arrays in balance, with the numbers of parts."""
    draw = drawing(kind, random)
    parts, across = parts_of(kind, shape, random)
    regions, sectors = shape.regions, shape.sectors
    weight_ni = np.where(parts[:, None] == parts[None], 1.0, across)
    arrays: Arrays = {
        "trade_share_nij": trade_shares(kind, shape, weight_ni, random),
        "trade_elasticity_j": draw("trade", sectors),
        "final_share_nj": random.dirichlet(np.full(sectors, 3.0), regions),
    }
    arrays |= PEOPLE_ARRAYS[shape.people](shape, weight_ni, draw, random)
    for name in shape.blocks:
        if name not in ("transfers", "density", "neighbourhood"):
            arrays |= BLOCK_ARRAYS[name](shape, draw, random)
    arrays |= agglomeration(kind, shape, arrays, random)
    if "capacity" in shape.blocks:
        arrays["capacity_n"] = people_of(shape, arrays) * random.uniform(1.02, 3.0, regions)
    arrays |= balanced(arrays, parts, random if "transfers" in shape.blocks else None)
    return arrays | {"parts": parts}


def drawing(kind: Kind, random: Random) -> Callable[..., Any]:
    """Return a function that draws an elasticity by name, evenly in logs."""

    def draw(name: str, *size: int) -> Any:
        low, high = RANGES[name][kind.elasticities == "wide"]
        return np.exp(random.uniform(np.log(low), np.log(high), size or None))

    return draw


def parts_of(kind: Kind, shape: Shape, random: Random) -> tuple[np.ndarray, float]:
    """Return the part of each region, and what is left of shares across parts."""
    count = shape.regions
    if kind.walls:
        return (np.arange(count) >= count // 2).astype(int), 1.0
    if kind.links != "thin":
        return np.zeros(count, int), 1.0
    number = 3 if count > 5 and random.random() < 0.3 else 2
    return np.sort(np.arange(count) % number), float(random.choice(LINKS))


def trade_shares(kind: Kind, shape: Shape, weight_ni: np.ndarray, random: Random) -> np.ndarray:
    """Return gravity with a home bias; where links are sparse a ring is sure to be there, and home may be missing."""
    count, sectors = shape.regions, shape.sectors
    place = random.uniform(size=(count, 2))
    far = 0.3 + np.linalg.norm(place[:, None] - place[None], axis=2)
    away = random.lognormal(0.0, 1.0, (count, count, sectors)) * (far**-3.0 * weight_ni)[:, :, None]
    away *= (1 - np.eye(count))[:, :, None]
    home = random.uniform(0.3, 0.95, (count, sectors))
    if kind.links == "sparse":
        ring = np.roll(np.eye(count), 1, axis=1)[:, :, None] > 0
        away *= (random.random(away.shape) < 0.2) | ring
        home *= random.random(home.shape) < 0.9
    # Home and trade inside a part add up to one; a region alone in its part has nearly all at home.
    inside = (away * (weight_ni == 1)[:, :, None]).sum(axis=1)
    away *= np.where(inside > 0, (1 - home) / np.where(inside > 0, inside, 1.0), 1.0)[:, None]
    share = away + np.eye(count)[:, :, None] * np.where(inside > 0, home, 1.0)[:, None]
    return share / share.sum(axis=1, keepdims=True)


def agglomeration(kind: Kind, shape: Shape, arrays: Arrays, random: Random) -> Arrays:
    """Gains from density: below what repels people; in strata of strong agglomeration far beyond."""
    most = 0.3 / float(np.max(arrays["trade_elasticity_j"]))
    if shape.people in ("free", "zones"):
        most = min(most, 0.5 * float(np.min(arrays.get("congestion_elasticity_n", 0.0))))
    if kind.elasticities == "strong":
        most = 0.6
    found: Arrays = {}
    if "density" in shape.blocks:
        found["agglomeration_elasticity_n"] = random.uniform(0.0, most, shape.regions)
    if "neighbourhood" in shape.blocks:
        found["neighbour_elasticity_n"] = random.uniform(0.0, most / 2, shape.regions)
        found["neighbour_weight_ni"] = random.dirichlet(np.ones(shape.regions), shape.regions)
    return found


def hats(random: Random, factor: float, halves: bool, *size: int) -> np.ndarray:
    """Return changes by up to a factor: of single entries, of whole rows or columns, of all, or between two halves."""
    log = np.log(factor)
    if halves and len(size) > 1:
        rows, columns = (np.arange(length) >= length // 2 for length in size[:2])
        wall = (rows[:, None] != columns[None]).reshape(*size[:2], *[1] * (len(size) - 2))
        return np.exp(log * random.uniform(0.4, 1.0) * np.broadcast_to(wall, size))
    way = random.choice(["entries", "first", "second", "few"])
    values = random.uniform(-log, log, size)
    if way == "first":
        values = np.broadcast_to(random.uniform(-log, log, (size[0], *[1] * (len(size) - 1))), size)
    elif way == "second" and len(size) > 1:
        values = np.broadcast_to(random.uniform(-log, log, (1, size[1], *[1] * (len(size) - 2))), size)
    elif way == "few":
        values = values * (random.random(size) < 0.2)
    return np.exp(values)


def shocks(kind: Kind, shape: Shape, arrays: Arrays, random: Random) -> Arrays:
    """Return every lever that the shape's blocks know, but transfers."""
    count, sectors, wall = shape.regions, shape.sectors, kind.walls
    cost = hats(random, kind.trade, wall, count, count, sectors)
    moved: Arrays = {
        "trade_cost_hat_nij": np.where(np.eye(count)[:, :, None] > 0, 1.0, cost),
        "productivity_hat_nj": hats(random, kind.productivity, False, count, sectors),
    }
    if "migration_share_gc" in arrays:
        share = arrays["migration_share_gc"]
        moved["migration_cost_hat_gc"] = hats(random, kind.people, wall, *share.shape)
        moved["land_levy_n"] = random.uniform(0.0, min(0.02 * kind.rest, 0.9), count)
    if "commuting_share_ni" in arrays:
        moved["commuting_cost_hat_ni"] = hats(random, kind.people, wall, count, count)
    if shape.mobile:
        moved["amenity_hat_n"] = hats(random, min(kind.people, 10.0) if not wall else 1.2, False, count)
    return moved | other_shocks(kind.rest, shape, arrays, random)


def other_shocks(factor: float, shape: Shape, arrays: Arrays, random: Random) -> Arrays:
    """Return rates, wedges, homes and capacity."""
    count, blocks, moved = shape.regions, shape.blocks, dict[str, Any]()
    if "tariffs" in blocks:
        tariff = arrays["tariff_nij"]
        moved["tariff_nij"] = np.minimum(tariff * hats(random, factor, False, *tariff.shape), 5.0)
    if "capital" in blocks:
        moved["return_wedge_hat_nj"] = hats(random, factor, False, count, shape.sectors)
    if "budgets" in blocks:
        for name in ("local_tax_n", "central_tax_n"):
            moved[name] = np.minimum(arrays[name] * hats(random, factor, False, count), 0.45)
        grants = arrays["grant_share_n"] * hats(random, factor, False, count)
        moved |= {"grant_share_n": grants / grants.sum(), "programme_n": 0.5 * moved["local_tax_n"]}
    if "homes" in blocks:
        moved["homes_hat_n"] = hats(random, factor, False, count)
    if "capacity" in blocks:
        people = people_of(shape, arrays)
        moved["capacity_n"] = np.maximum(arrays["capacity_n"] / random.uniform(1.0, factor), 1.001 * people)
    return moved


def transfers_after(
    kind: Kind, shape: Shape, arrays: Arrays, parts: np.ndarray, random: Random, expected: str
) -> tuple[np.ndarray, str]:
    """Return transfers of the counterfactual, and what is known of the world with them."""
    base, earned = arrays["transfer_n"], arrays["value_added_nj"].sum(axis=1)
    if kind.transfers == "kept":
        return base, expected if kind.trade < 2 else "open"
    if kind.transfers == "closed":
        return np.zeros_like(base), expected
    if kind.transfers == "beyond":
        least = float(np.min(arrays.get("value_added_share_nj", 1.0)))
        most = earned.sum() * (1 + float(np.max(arrays.get("tariff_nij", 0.0))) * 2 / least)
        given = -most * random.uniform(1.05, 3.0) * (np.arange(len(base)) == random.integers(len(base)))
        return given - given.sum() * (given == 0) / (given == 0).sum(), "none"
    if kind.transfers == "within":
        size = random.uniform(-0.3, 0.3, len(base)) * earned
        for part in np.unique(parts):
            inside = parts == part
            size[inside] -= earned[inside] * size[inside].sum() / earned[inside].sum()
        return base + size * random.uniform(0.05, 1.0), "open"
    size = random.uniform(0.01, 0.3) * np.where(parts == 0, -earned / earned[parts == 0].sum(), 0.0)
    size += -size.sum() * np.where(parts > 0, earned, 0.0) / earned[parts > 0].sum()
    size *= min(earned[parts == 0].sum(), earned[parts > 0].sum())
    return base + size, "none" if cut(shape, arrays, parts) else "open"


def cut(shape: Shape, arrays: Arrays, parts: np.ndarray) -> bool:
    """Whether nothing at all passes between parts, so that a transfer across them can never be paid."""
    across = parts[:, None] != parts[None]
    passing = {"portfolio", "capital", "budgets"} & set(shape.blocks)
    return not passing and shape.people != "commuting" and not arrays["trade_share_nij"][across].any()
