"""Every sign that `schema/arrays.csv` tells is enforced at the door, of arrays and of levers."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.worlds import COUNT, EVERY, MOBILITY, SECTORS, all_arrays, random_world, shocked, with_programmes

import hinterland as hl
from hinterland import schema
from hinterland.model.levers import Levers
from hinterland.model.mobility import HukouGroups
from hinterland.world.assemble import chosen_model

# In no random world.
BESIDE = {
    "one_wage_n": np.ones(COUNT),
    "homes_hat_n": np.ones(COUNT),
    "household_share_n": np.full(COUNT, 0.5),
    "owned_homes_n": np.full(COUNT, 0.5),
    "land_revenue_share_n": np.full(COUNT, 0.2),
    "consumption_part_n": np.full(COUNT, 0.5),
    "consumption_share_nj": np.full((COUNT, SECTORS), 1 / SECTORS),
}
OF_GROUPS = ("owned_homes_n", "land_revenue_share_n", "present_share_gc")  # which no other kind of people reads
SIGNS = {"positive": (0.0, -0.1), "non-negative": (-0.1,), "any": (np.nan,)}


@cache
def worlds() -> list[hl.World]:
    return [with_programmes(shocked(random_world(1, people, EVERY), 1), 1) for people in MOBILITY]


def beside() -> dict[str, np.ndarray]:
    """What is in no random world, where people are among it."""
    groups = next(world.model.people for world in worlds() if isinstance(world.model.people, HukouGroups))
    return {**BESIDE, "present_share_gc": np.asarray(groups.migration_share_gc)}


def broken(array: Any, value: float) -> np.ndarray:
    copy = np.array(array, dtype=float)
    copy.flat[0] = value
    return copy


def refused(call: Any, name: str, value: float) -> None:
    with pytest.raises(hl.DataError, match=name) as caught:
        call()
    first = caught.value.problems[0]  # shares then do not add up either
    assert (first.key, first.values["name"]) == ("world.value", name)
    assert first.values["found"] == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize("name", schema.names_of("model", "world"))
def test_the_sign_of_every_array(name: str):
    read = [world for world in worlds() if name not in OF_GROUPS or isinstance(world.model.people, HukouGroups)]
    world = next(world for world in read if name in all_arrays(world) | beside())
    arrays = all_arrays(world) | {of: array for of, array in beside().items() if of == name}
    for value in SIGNS[schema.sign_of(name)]:
        changed = arrays | {name: broken(arrays[name], value)}
        refused(lambda given=changed: hl.World(world.regions, world.sectors, chosen_model(given)), name, value)


@pytest.mark.parametrize("name", Levers._fields)
def test_the_sign_of_every_lever(name: str):
    # A lever that is no hat replaces the model's array of its name.
    known = [(world, {**BESIDE, **all_arrays(world), **set_levers(world)}) for world in worlds()]
    world, arrays = next(one for one in known if name in one[1])
    for value in SIGNS[schema.sign_of(name)]:
        changed = broken(arrays[name], value)
        refused(lambda given=changed: world.with_levers(**{name: given}), f"levers.{name}", value)


def set_levers(world: hl.World) -> dict[str, Any]:
    return {name: value for name, value in world.levers._asdict().items() if value is not None}


@pytest.mark.parametrize("name", schema.names_of("beside"))
def test_the_sign_of_what_stands_beside_an_economy(name: str):
    china = hl.load("china-2000")
    for value in SIGNS[schema.sign_of(name)]:
        with pytest.raises(hl.DataError, match=f"{name}.*Beijing"):
            dataclasses.replace(china, **{name: broken(getattr(china, name), value)})
