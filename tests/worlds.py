"""Random worlds for laws: every block by name, a shock to every lever, and what leaves an equilibrium as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import jax
import numpy as np

import hinterland as hl
from hinterland.model.evaluate import evaluate, kernels
from hinterland.model.levers import Levers
from hinterland.schema import index_of
from hinterland.solve.world import WorldEquilibrium
from hinterland.world.assemble import chosen_model
from hinterland.world.check import arrays_of
from hinterland.world.world import World

Arrays = dict[str, Any]
COUNT, SECTORS = 4, 2
WITHOUT_CAPITAL = ("in_place", "return_home", "transport", "industry_transfer")  # what two sectors know of the main job

CUTS = {f"{label}.{name}": value for label in WITHOUT_CAPITAL[:2] for name, value in (("access", 0.0), ("cut", 0.185))}


def dual_transfer_2000(closure: str = "by_payer") -> hl.Economy:
    """The main job on the published base year, without what needs capital, budgets or services."""
    full = hl.read("dual_transfer").with_values({"industry_transfer.wedge": 0.0, **CUTS})
    kept = {label: full.policies[label] for label in WITHOUT_CAPITAL}
    return hl.apply(hl.Scenario("china-2000", kept, closure=closure))


TAXES = ("local_tax_n", "central_tax_n")
ABROAD = 1  # regions whose people do not move, last, where people are hukou groups

GOODS = ("inputs", "tariffs", "transfers", "portfolio", "homes", "luxuries", "capital", "budgets", "capacity")
PLACES = ("density", "neighbourhood", "congestion", "amenity")
EVERY = (*GOODS, *PLACES)
MOBILITY = ("stay", "free", "hukou", "hukou_towns", "commuting")


def dirichlet(random: np.random.Generator, size: int, *shape: int, even: float = 3.0) -> np.ndarray:
    return random.dirichlet(np.full(size, even), size=shape)


def inputs(random: np.random.Generator) -> Arrays:
    added = random.uniform(0.4, 0.7, size=(COUNT, SECTORS))
    bought = dirichlet(random, SECTORS, COUNT, SECTORS).transpose(0, 2, 1)
    return {"value_added_share_nj": added, "input_share_nkj": bought * (1 - added)[:, None, :]}


def tariffs(random: np.random.Generator) -> Arrays:
    off_home = (1 - np.eye(COUNT))[:, :, None]
    return {"tariff_nij": random.uniform(0.0, 0.3, size=(COUNT, COUNT, SECTORS)) * off_home}


def transfers(random: np.random.Generator) -> Arrays:
    received = random.normal(scale=0.02, size=COUNT)
    return {"transfer_n": received - received.mean()}


def structures(random: np.random.Generator) -> Arrays:
    return {"structures_share_nj": np.repeat(random.uniform(0.1, 0.3, size=(COUNT, 1)), SECTORS, axis=1)}


def portfolio(random: np.random.Generator) -> Arrays:
    shares = {"portfolio_share_n": dirichlet(random, COUNT), "contribution_share_n": random.uniform(0.2, 0.9, COUNT)}
    return structures(random) | shares


def homes(random: np.random.Generator) -> Arrays:
    goods, supply = random.uniform(0.7, 0.9, COUNT), random.uniform(0.0, 1.0, COUNT)
    return {"goods_share_n": goods, "housing_supply_elasticity_n": supply}


def luxuries(random: np.random.Generator) -> Arrays:
    return {
        "final_share_nj": dirichlet(random, SECTORS, COUNT, even=8.0),
        "income_elasticity_j": np.linspace(0.6, 1.3, SECTORS),
        "substitution_elasticity": random.choice([0.5, 1.5]),
    }


def capital(random: np.random.Generator) -> Arrays:
    return {
        "capital_share_nj": np.repeat(random.uniform(0.1, 0.3, size=(COUNT, 1)), SECTORS, axis=1),
        "capital_nj": random.uniform(0.5, 2.0, size=(COUNT, SECTORS)),
        "capital_elasticity": random.uniform(0.5, 3.0),
        "capital_pool_n": np.array([1.0, 1.0, 2.0, 2.0, *np.zeros(COUNT)])[:COUNT],
        "ownership_ni": dirichlet(random, COUNT, COUNT).T,
    }


def budgets(random: np.random.Generator) -> Arrays:
    return {
        "local_tax_n": random.uniform(0.02, 0.1, COUNT),
        "central_tax_n": random.uniform(0.02, 0.1, COUNT),
        "grant_share_n": dirichlet(random, COUNT),
        "service_elasticity_n": random.uniform(0.0, 0.2, COUNT),
    }


def people_of(arrays: Arrays) -> np.ndarray:
    """People by region where some stand in the arrays, abroad as many as one."""
    if "migration_share_gc" in arrays:
        people = arrays["group_size_g"] @ arrays["migration_share_gc"]
        return np.append(people.reshape(COUNT - ABROAD, -1).sum(axis=1), np.ones(ABROAD))
    if "commuting_share_ni" in arrays:
        return arrays["commuting_share_ni"].sum(axis=1)
    return arrays.get("people_n", np.ones(COUNT))


def places_of(name: str, random: np.random.Generator) -> Arrays:
    return {
        "density": {"agglomeration_elasticity_n": random.uniform(0.02, 0.06, COUNT)},
        "neighbourhood": {
            "neighbour_elasticity_n": random.uniform(0.0, 0.03, COUNT),
            "neighbour_weight_ni": dirichlet(random, COUNT, COUNT),
        },
        "congestion": {"congestion_elasticity_n": random.uniform(0.1, 0.4, COUNT)},
        "amenity": {"amenity_n": random.lognormal(sigma=0.05, size=COUNT)},
    }[name]


def hukou(random: np.random.Generator, residences: int, nested: bool = True) -> Arrays:
    """Most stay; the nest is steeper inside; with two residences a working day yields less in the village."""
    domestic, pools = COUNT - ABROAD, SECTORS if residences == 1 else residences
    groups, cells = domestic * pools, domestic * residences * SECTORS
    share = 0.3 * dirichlet(random, cells, groups)
    at_home = np.repeat(np.eye(domestic), pools, axis=0).repeat(residences * SECTORS, axis=1)
    share += 0.7 * at_home / (residences * SECTORS)
    arrays = {
        "migration_share_gc": share,
        "group_size_g": random.uniform(0.5, 2.0, groups),
        "migration_elasticity": 1.5,
    }
    if nested:
        arrays["inner_elasticity"] = 2.5
    if residences > 1:
        arrays["efficiency_rj"] = random.uniform(0.7, 1.0, size=(residences, SECTORS))
        arrays["land_share_hj"] = dirichlet(random, pools, SECTORS).T
    return arrays


def mobility(name: str, random: np.random.Generator) -> Arrays:
    if name == "free":
        return {"people_n": random.uniform(0.5, 2.0, COUNT), "zone_n": np.array([1.0, 1.0, 1.0, 0.0])}
    if name == "commuting":
        share = random.uniform(0.5, 1.5, size=(COUNT, COUNT)) * (0.1 + np.eye(COUNT))
        return {"commuting_share_ni": share / share.sum(), "commuting_elasticity": 3.0}
    if name.startswith("hukou"):
        return hukou(random, residences=2 if name == "hukou_towns" else 1, nested=name != "hukou_flat")
    return {"people_n": random.uniform(0.5, 2.0, COUNT)}


def random_arrays(seed: int, people: str, blocks: Iterable[str]) -> Arrays:
    random = np.random.default_rng(seed)
    share = dirichlet(random, COUNT, SECTORS, COUNT, even=2.0).transpose(1, 2, 0)
    arrays = {
        "trade_share_nij": share,
        "value_added_nj": random.uniform(0.5, 2.0, size=(COUNT, SECTORS)),
        "trade_elasticity_j": random.uniform(3.0, 6.0, size=SECTORS),
        "final_share_nj": dirichlet(random, SECTORS, COUNT, even=8.0),
        **mobility(people, random),
    }
    for name in blocks:
        if name == "capacity":
            arrays["capacity_n"] = people_of(arrays) * 1.02
        else:
            arrays |= places_of(name, random) if name in PLACES else globals()[name](random)
    return arrays


def random_world(seed: int, people: str = "stay", blocks: Iterable[str] = ()) -> World:
    """A world with the named blocks on. Its base year need not be an equilibrium."""
    return World.build(**random_arrays(seed, people, blocks), balance="solve")


def shocked(world: World, seed: int, size: float = 0.05) -> World:
    """Every lever that moves something is moved; by nothing where `size` is zero."""
    random, on = np.random.default_rng(seed + 1), world.model
    more = 0.2 * size * random.normal(size=COUNT)
    moved: Arrays = {
        "trade_cost_hat_nij": random.lognormal(sigma=size, size=on.trade.trade_share_nij.shape),
        "productivity_hat_nj": random.lognormal(sigma=size, size=on.production.value_added_nj.shape),
        "transfer_n": all_arrays(world).get("transfer_n", 0.0) + more - more.mean(),
        "amenity_hat_n": random.lognormal(sigma=size, size=COUNT),
    }
    known = all_arrays(world)
    if "tariff_nij" in known:
        moved["tariff_nij"] = known["tariff_nij"] * random.uniform(1 - 10 * size, 1, known["tariff_nij"].shape)
    if "capital_nj" in known:
        moved["return_wedge_hat_nj"] = random.lognormal(sigma=size, size=known["capital_nj"].shape)
    if "local_tax_n" in known:
        moved |= {name: known[name] * random.lognormal(sigma=size, size=COUNT) for name in TAXES}
        moved["grant_share_n"] = normal(known["grant_share_n"] * random.lognormal(sigma=size, size=COUNT))
    if "homes_hat_n" in known:
        moved["homes_hat_n"] = random.lognormal(sigma=size, size=COUNT)
    if "migration_share_gc" in known:
        for name in ("migration_cost_hat_gc", "service_worth_hat_gc"):
            moved[name] = random.lognormal(sigma=size, size=known["migration_share_gc"].shape)
        # A help for those who come is one of another generator, so that every other lever stays as it was.
        help_gc = size * np.random.default_rng(seed + 3).uniform(0.0, 1.0, known["migration_share_gc"].shape)
        moved["newcomer_cost_hat_gc"] = np.exp(-help_gc)
        count = known["migration_share_gc"].shape[1]
        for number, name in enumerate(("given_hat_c", "owed_hat_c"), start=4):
            moved[name] = np.random.default_rng(seed + number).lognormal(sigma=size, size=count)
    if "commuting_share_ni" in known:
        moved["commuting_cost_hat_ni"] = random.lognormal(sigma=size, size=(COUNT, COUNT))
    if "capacity_n" in known:
        moved["capacity_n"] = known["capacity_n"] * (1 + 0.02 * size)
    return world.with_levers(**moved)


def with_programmes(world: World, seed: int, size: float = 0.02) -> World:
    """Programmes are paid and rents levied where there are budgets and people of a hukou.

    Apart from `shocked`: no base year holds them, so that hats of worlds with and without do not compose.
    """
    random, known = np.random.default_rng(seed + 2), all_arrays(world)
    moved: Arrays = {}
    if "local_tax_n" in known:
        moved["programme_n"] = size * random.uniform(0.0, 1.0, COUNT)
    if "migration_share_gc" in known:
        moved["land_levy_n"] = 5 * size * random.uniform(0.0, 1.0, COUNT)
    return world.with_levers(**moved)


def all_arrays(world: World) -> Arrays:
    """Every array of the model by name; a lever's name has its own dictionary."""
    arrays = {name: value for part in world.model.parts.values() for name, value in arrays_of(part).items()}
    return {name: value for name, value in arrays.items() if value is not None}


def mapped(world: World, change: Callable[[str, Any], Any]) -> World:
    """The same world with every array and lever passed through `change(name, array)`."""
    model = chosen_model({name: change(name, value) for name, value in all_arrays(world).items()})
    levers = {name: None if value is None else change(name, value) for name, value in world.levers._asdict().items()}
    regions = tuple(f"r{n + 1}" for n in range(len(model.production.value_added_nj)))
    return replace(world, regions=regions, model=model, levers=Levers(**levers))


def taken(world: World, order: np.ndarray, halves: bool = False) -> World:
    """The world with regions `order`; `halves`: one that stands twice there is cut in two.

    What has a size is halved; people of a half that is home to them stay all in their own half.
    """
    weight = 1 / (np.bincount(order)[order] if halves else np.ones(len(order)))
    sizes = {"value_added_nj", "base_income_n", "people_n", "capital_nj", "group_size_g", "portfolio_share_n"}
    sizes |= {"transfer_n", "grant_share_n", "capacity_n"}
    by_origin = {"trade_share_nij": 1, "neighbour_weight_ni": 1, "ownership_ni": 0, "migration_share_gc": 1}
    by_pair = {"commuting_share_ni"}
    domestic = order[: len(order) - ABROAD]

    def spread(letter: str, per: int) -> tuple[np.ndarray, np.ndarray]:
        if letter in "gc":
            return (domestic[:, None] * per + np.arange(per)).ravel(), np.repeat(weight[: len(domestic)], per)
        return order, weight

    def change(name: str, array: Any) -> Any:
        letters = index_of(name)
        for axis, letter in enumerate(letters):
            if letter not in "nimgc":
                continue
            per = array.shape[axis] // (COUNT - ABROAD) if letter in "gc" else 1
            places, size = spread(letter, per)
            array = np.take(array, places, axis=axis)
            if (axis == 0 and name in sizes) or by_origin.get(name) == axis or name in by_pair:
                array = array * size.reshape([-1 if k == axis else 1 for k in range(array.ndim)])
        return own_half(array, order, domestic) if name == "migration_share_gc" and halves else array

    return mapped(world, change)


def own_half(share_gc: np.ndarray, order: np.ndarray, domestic: np.ndarray) -> np.ndarray:
    """People at home in one half live all there, and none in the other."""
    count = len(domestic)
    blocks = share_gc.reshape(count, share_gc.shape[0] // count, count, -1).copy()
    for one in range(count):
        for other in range(count):
            if one != other and domestic[one] == domestic[other]:
                blocks[one, :, one] += blocks[one, :, other]
                blocks[one, :, other] = 0.0
    return blocks.reshape(share_gc.shape)


def in_currency(world: World, rate: float) -> World:
    nominal = ("value_added_nj", "base_income_n", "transfer_n")
    return mapped(world, lambda name, array: array * rate if name in nominal else array)


def rebased(solved: WorldEquilibrium) -> World:
    """The world whose base year is the outcome: shares, incomes, people, stocks and rates as they are now."""
    outcome, world = solved.outcome, solved.world
    old, levers = all_arrays(world), world.levers._asdict()
    new = dict(old)
    new |= {"trade_share_nij": solved.trade_share_nij, "value_added_nj": outcome.value_added_nj}
    new |= {"base_income_n": outcome.income_n}
    new["final_share_nj"] = outcome.final_nj / outcome.final_nj.sum(axis=1, keepdims=True)
    new |= {name: levers[name] for name in set(levers) & set(old) if levers[name] is not None and "_hat_" not in name}
    if levers["transfer_n"] is not None:
        new["transfer_n"] = levers["transfer_n"]
    for name in ("migration_share_gc", "commuting_share_ni"):
        if name in old:
            new[name] = getattr(outcome, name)
    if "people_n" in old:
        new["people_n"] = old["people_n"] * outcome.people_hat_n
    if "capital_nj" in old:
        new["capital_nj"] = old["capital_nj"] * np.exp(outcome.log_capital_nj)
    if "portfolio_share_n" in old:
        new["portfolio_share_n"] = normal(old["portfolio_share_n"] * outcome.people_hat_n)
    if "neighbour_weight_ni" in old:
        new["neighbour_weight_ni"] = normal(old["neighbour_weight_ni"] * dense_hat_n(solved))
    if "amenity_n" in old:
        new["amenity_n"] = np.ones(COUNT)
    return replace(world, model=chosen_model(new), levers=Levers())


def normal(share: np.ndarray) -> np.ndarray:
    return share / share.sum(axis=-1, keepdims=True)


def dense_hat_n(solved: WorldEquilibrium) -> np.ndarray:
    """Change of the density that raises productivity, told apart only where towns or workplaces are."""
    people = solved.world.model.people
    if hasattr(people, "commuting_share_ni"):
        return solved.outcome.labour_hat_nj[:, 0]
    if hasattr(people, "efficiency_rj"):
        shape = (people.cells.regions, people.cells.residences, people.cells.sectors)
        now = people.group_size_g @ solved.outcome.migration_share_gc
        towns = [value.reshape(shape)[:, -1].sum(axis=1) for value in (now, people.people_c)]
        return np.append(towns[0] / towns[1], np.ones(ABROAD))
    return solved.outcome.people_hat_n


@jax.jit
def looked_at(point: dict[str, Any], model: Any, levers: Levers) -> Any:
    """The outcome and the gaps of every condition at a point, an equilibrium or not."""
    return evaluate(point, model, levers, kernels(model, levers))


def consistent(seed: int, people: str = "stay", blocks: Iterable[str] = ()) -> World:
    """A world whose base year is an equilibrium, with room for everybody. Neutral levers stand in it as arrays."""
    world = random_world(seed, people, blocks)
    world = mapped(world, lambda name, array: array * 100 if name == "capacity_n" else array)
    return shocked(rebased(hl.solve(shocked(world, seed))), seed, size=0.0)
