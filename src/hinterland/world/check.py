"""The door of a world: every array checked once, in NumPy, before jax sees anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from hinterland import schema
from hinterland.errors import DataError, Problem, places
from hinterland.model.commuting import Commuting
from hinterland.model.ecology import Capacity
from hinterland.model.levers import LEVER_SLOTS, Levers
from hinterland.model.mobility import HukouGroups
from hinterland.model.people import FreeMobility, Stay

ADDS_UP = 1e-6  # published input shares are rounded
BALANCED = 1e-9  # of value added
EVEN = 1e-12
# What moves only people of one kind; rents go to those of a hukou.
OF_PEOPLE = {
    "migration_cost_hat_gc": HukouGroups,
    "newcomer_cost_hat_gc": HukouGroups,
    "service_worth_hat_gc": HukouGroups,
    "given_hat_c": HukouGroups,
    "owed_hat_c": HukouGroups,
    "commuting_cost_hat_ni": Commuting,
    "land_levy_n": HukouGroups,
}
POLE = 1e-6  # how near an elasticity may come to the value at which its formula has no limit


def arrays_of(part: Any) -> dict[str, Any]:
    """Return the arrays of a block, or of several, by name."""
    if type(part) is tuple:
        return {name: value for block in part for name, value in arrays_of(block).items()}
    return dict(part._asdict())


Named = tuple[tuple[str, tuple[str, ...]], ...]  # labels by index letter, of groups and cells, say


def check(model: Any, levers: Levers, regions: tuple[str, ...], sectors: tuple[str, ...], named: Named = ()) -> None:
    """Raise a DataError with every broken rule: shapes, signs, adding-up, elasticities at a pole, empty regions."""
    check_model(model, regions, sectors, named)
    given = {f"levers.{name}": np.asarray(value) for name, value in levers._asdict().items() if value is not None}
    problems = [*misshapen(given, lengths(every_array(model), regions, sectors))]
    if not problems:
        scale = float(model.production.value_added_nj.sum())
        problems = [*bad_values(given, regions, sectors, named), *bad_sums(given, scale, regions, sectors, named)]
    if not problems:
        problems = [*levers_against(model, levers, regions, named)]
    if problems:
        raise DataError(problems)


@lru_cache(maxsize=16)
def check_model(model: Any, regions: tuple[str, ...], sectors: tuple[str, ...], named: Named = ()) -> None:
    """Raise a DataError with every broken rule of the base year; a model that passed is not looked at again."""
    arrays = every_array(model)
    problems = [*repeated(regions), *misshapen(arrays, lengths(arrays, regions, sectors))]
    if not problems:
        problems = [*empty(model, regions)]
    if not problems:
        scale = float(arrays["value_added_nj"].sum())
        problems = [*bad_values(arrays, regions, sectors, named), *bad_sums(arrays, scale, regions, sectors, named)]
    if not problems:
        problems = [*contradictions(model, regions, named)]
    if problems:
        raise DataError(problems)


def every_array(model: Any) -> dict[str, Any]:
    """Return every array of a model by name."""
    parts = {name: value for part in model.parts.values() for name, value in arrays_of(part).items()}
    return {name: np.asarray(value) for name, value in parts.items() if value is not None}


def where(bad: Any, labels: Sequence[str]) -> str:
    """Return the labels of the entries that are true, and how many of how many."""
    return places([labels[int(position)] for position in np.flatnonzero(bad)], len(labels))


def repeated(regions: Sequence[str]) -> Iterator[Problem]:
    """Yield the names that stand more than once."""
    if len(set(regions)) < len(regions):
        names = sorted({name for name in regions if list(regions).count(name) > 1})
        yield Problem("economy.duplicate", {"where": places(names, len(regions))})


def lengths(arrays: Mapping[str, Any], regions: Sequence[object], sectors: Sequence[object]) -> dict[str, int]:
    """Return the length of each index letter."""
    known = dict.fromkeys("nim", len(regions)) | dict.fromkeys("jk", len(sectors))
    if "migration_share_gc" in arrays and arrays["migration_share_gc"].ndim == 2:
        groups, cells = arrays["migration_share_gc"].shape
        residences = max(1, len(np.atleast_1d(arrays.get("efficiency_rj", 1.0))))
        domestic = max(1, cells // (residences * len(sectors)))
        known |= {"g": groups, "c": domestic * residences * len(sectors), "r": residences, "h": groups // domestic}
    return known


def labels_of(
    index: str, length: int, regions: Sequence[str], sectors: Sequence[str], named: Named = ()
) -> Sequence[str]:
    """Return the labels of the first axis of an array."""
    known: dict[str, Sequence[str]] = {"n": regions, "i": regions, "j": sectors}
    known |= {letter: labels for letter, labels in named if len(labels) == length}
    return known.get(index[:1]) or [f"{index[:1]}{position + 1}" for position in range(length)]


def misshapen(arrays: Mapping[str, Any], known: Mapping[str, int]) -> Iterator[Problem]:
    """Yield the arrays of another shape than the lengths of their index letters ask for."""
    for name, value in arrays.items():
        shape = tuple(known.get(letter, -1) for letter in schema.index_of(name))
        if value.shape != shape:
            found: dict[str, object] = {"name": name, "shape": shape, "found": value.shape}
            yield Problem("world.shape", found)
    if {"h", "r"} <= set(known) and known["h"] not in (known["r"], known["j"] if known["r"] == 1 else -1):
        pools = f"(D * {known['r']},)"
        yield Problem("world.shape", {"name": "group_size_g", "shape": pools, "found": f"({known['g']},)"})


def bad_values(
    arrays: Mapping[str, Any], regions: Sequence[str], sectors: Sequence[str], named: Named = ()
) -> Iterator[Problem]:
    """Yield the arrays with values that are missing, infinite, or of a sign that has no meaning."""
    for name, value in arrays.items():
        bare = name.removeprefix("levers.")
        good = np.isfinite(value) | ((value == np.inf) & schema.may_be_infinite(bare))
        if schema.sign_of(bare) != "any":
            good = good & ((value > 0) if schema.sign_of(bare) == "positive" else (value >= 0))
        if good.all():
            continue
        rows = np.atleast_1d(good)
        labels = labels_of(schema.index_of(name), len(rows), regions, sectors, named) if value.ndim else (name,)
        bad = ~rows.reshape(len(rows), -1).all(axis=1)
        found = float(np.atleast_1d(value)[~rows].flat[0])
        yield Problem("world.value", {"name": name, "where": where(bad, labels), "found": found})


def bad_sums(
    arrays: Mapping[str, Any], scale: float, regions: Sequence[str], sectors: Sequence[str], named: Named = ()
) -> Iterator[Problem]:
    """Yield the shares that do not add up, by name of place; and transfers that do not balance."""
    sums = totals(arrays, len(regions))
    if "input_share_nkj" in arrays:
        used = arrays["input_share_nkj"].sum(axis=1)
        sums["value_added_share_nj + input_share_nkj"] = arrays["value_added_share_nj"] + used
    for name, total in sums.items():
        rows = total.reshape(len(total), -1)
        off = ~(np.abs(rows - 1) <= ADDS_UP).all(axis=1)
        if off.any():
            index = "j" if name == "land_share_hj" else schema.index_of(name)
            labels = labels_of(index, len(rows), regions, sectors, named)
            found = float(rows[off].flat[0])
            yield Problem("world.adds_up", {"name": name, "where": where(off, labels), "found": found})
    for name in ("transfer_n", "levers.transfer_n"):
        if name in arrays and abs(arrays[name].sum()) > BALANCED * scale:
            yield Problem("world.transfers", {"found": float(arrays[name].sum())})


def totals(arrays: Mapping[str, Any], count: int) -> dict[str, Any]:
    """Return the sums of shares that add up to one: by place, or one for all places where all of them add up."""
    by_place, of_all = dict[str, Any](), dict[str, Any]()
    summed = {entry.name: entry.sums_over for entry in schema.arrays().values() if entry.sums_over}
    for bare, over in summed.items():
        for name in (of for of in (bare, f"levers.{bare}") if of in arrays):
            index = schema.index_of(bare)
            if over == index:
                of_all[name] = np.full(count, arrays[name].sum())
            else:
                by_place[name] = arrays[name].sum(axis=index.index(over))
    return by_place | of_all


def fixed_in_sectors(model: Any) -> Any:
    """Return where the factors of each sector are its own."""
    count, one_wage = len(model.production.value_added_nj), model.production.one_wage_n
    return np.full(count, model.people.by_sector) if one_wage is None else (one_wage == 0) | model.people.by_sector


def empty(model: Any, regions: Sequence[str]) -> Iterator[Problem]:
    """Yield the regions that earn nothing, or nothing in a sector whose factors are its own."""
    added = model.production.value_added_nj
    bad = np.where(fixed_in_sectors(model), added.min(axis=1), added.sum(axis=1)) == 0
    if bad.any():
        yield Problem("world.empty", {"where": where(bad, regions)})


def contradictions(model: Any, regions: Sequence[str], named: Named = ()) -> Iterator[Problem]:
    """Yield what single arrays do not show: factors that use more than all, a pole, nobody at home, no room."""
    production, people, count = model.production, model.people, len(regions)
    added, fixed = production.value_added_nj, fixed_in_sectors(model)
    used = production.structures_share_nj + model.capital.capital_share_nj
    findings: list[tuple[str, Any, dict[str, object]]] = [
        ("world.factors", (used >= 1).any(axis=1), {"found": float(np.max(used))}),
    ]
    moving = people.zone_n > 0 if isinstance(people, FreeMobility) else np.zeros(count, bool)
    capital = np.broadcast_to(model.capital.capital_share_nj, added.shape)
    uneven = moving & ((np.ptp(used, axis=1) > EVEN) | fixed) | ~fixed & (np.ptp(capital, axis=1) > EVEN)
    findings.append(("world.uneven", uneven, {}))
    for name, block in (("zone_n", people), ("capital_pool_n", model.capital)):
        label = getattr(block, name, np.zeros(count))
        off = (label != np.round(label)) | (label > count)
        findings.append(("world.zone", off, {"name": name, "most": count}))
    for key, bad, values in findings:
        if np.any(bad):
            yield Problem(key, {"where": where(bad, regions), **values})
    if (own := getattr(model.demand, "consumption_share_nj", None)) is not None:
        part = 1.0 if model.demand.consumption_part_n is None else model.demand.consumption_part_n[:, None]
        beyond = part * own - model.demand.final_share_nj
        if np.any(beyond > ADDS_UP):
            yield Problem("world.consumption", {"where": where((beyond > ADDS_UP).any(axis=1), regions)})
    sigma = float(getattr(model.demand, "substitution_elasticity", 0.0))
    if abs(sigma - 1) < POLE:
        yield Problem("world.pole", {"name": "substitution_elasticity", "found": sigma})
    if isinstance(people, HukouGroups):
        away = (people.migration_share_gc * people.stays_gc).sum(axis=1) <= 0
        if np.any(away):
            labels = labels_of("g", len(away), regions, (), named)
            yield Problem("world.nobody_home", {"where": where(away, labels)})
    yield from levers_against(model, Levers(), regions, named)


def levers_against(model: Any, levers: Levers, regions: Sequence[str], named: Named = ()) -> Iterator[Problem]:
    """Yield the levers whose block is off, taxes that take everything, capacities that leave no room."""
    for name, slot in LEVER_SLOTS.items():
        held = arrays_of(model.parts[slot])
        own = name in schema.arrays() and schema.arrays()[name].belongs == "model"  # a level of one of its arrays
        if getattr(levers, name) is not None and not (name in held if own else held):
            yield Problem("world.lever_off", {"name": name, "slot": slot})
    for name, choice in OF_PEOPLE.items():
        if getattr(levers, name) is not None and not isinstance(model.people, choice):
            yield Problem("world.lever_off", {"name": name, "slot": "people"})
    coming = levers.newcomer_cost_hat_gc
    if coming is not None and np.any(coming > 1):
        labels = labels_of("g", len(coming), regions, (), named)
        toll = {"where": where((coming > 1).any(axis=1), labels), "found": float(np.max(coming))}
        yield Problem("world.toll", {"name": "newcomer_cost_hat_gc", **toll})
    if hasattr(model.government, "local_tax_n"):
        local, central, _ = model.government.now(levers)
        if np.any(local + central >= 1):
            yield Problem("world.taxes", {"where": where(local + central >= 1, regions)})
    if isinstance(model.ecology, Capacity):
        yield from no_room(model, levers, regions)


def no_room(model: Any, levers: Levers, regions: Sequence[str]) -> Iterator[Problem]:
    """Yield the places between which people move and that together carry fewer than they are."""
    people = np.asarray(model.people.people_n)
    capacity = model.ecology.now_n(levers)[: people.size]
    alone = -np.arange(1.0, people.size + 1)
    if isinstance(model.people, Stay):
        zones = alone
    elif isinstance(model.people, HukouGroups | Commuting):
        zones = np.ones(people.size)
    else:
        zones = np.where(model.people.zone_n > 0, model.people.zone_n, alone)
    for zone in np.unique(zones):
        inside = zones == zone
        held, most = float(people[inside].sum()), float(capacity[inside].sum())
        if held > most * (1 + BALANCED):
            names = [regions[int(n)] for n in np.flatnonzero(inside)]
            yield Problem("world.no_room", {"where": places(names, people.size), "found": held, "most": most})
