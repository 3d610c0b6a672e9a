"""Refusals of levers: shape, gap, sums, blocks that are off; alone, in a batch and in an economy."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.messages import teaches
from tests.worlds import COUNT, EVERY, MOBILITY, all_arrays, random_world, shocked, with_programmes

import hinterland as hl
from hinterland.model.levers import LEVER_SLOTS, Levers

SUMS = {"grant_share_n": "add up to 1", "transfer_n": "add up to zero"}


@cache
def worlds() -> list[hl.World]:
    return [with_programmes(shocked(random_world(1, people, EVERY), 1), 1) for people in MOBILITY]


def world_and_value(name: str) -> tuple[hl.World, np.ndarray]:
    for world in worlds():
        # A lever that is no hat replaces the model's array of its name.
        known = {"homes_hat_n": np.ones(COUNT), **all_arrays(world)}
        value = known.get(name) if getattr(world.levers, name) is None else getattr(world.levers, name)
        if value is not None:
            return world, np.asarray(value)
    raise AssertionError(name)


@pytest.mark.parametrize("name", Levers._fields)
def test_every_lever_has_the_shape_of_its_name(name: str):
    world, value = world_and_value(name)
    for bad in (value[..., None], value[:-1], value.ravel()[0]):
        teaches(lambda bad=bad: world.with_levers(**{name: bad}), (name, str(value.shape)), (name, str(value.shape)))


@pytest.mark.parametrize("name", Levers._fields)
def test_a_gap_in_a_lever_is_named_in_a_batch_too(name: str):
    world, value = world_and_value(name)
    bad = value.copy()
    bad.flat[-1] = np.nan
    teaches(lambda: world.with_levers(**{name: bad}), (f"levers.{name}", "nan", "Correct"), (name, "nan", "请改正"))
    teaches(lambda: hl.solve_many(world, **{name: np.stack([value, bad])}), (name, "finite"), (name, "有限"))


@pytest.mark.parametrize("name", SUMS)
def test_levers_that_add_up_to_something_must(name: str):
    world, value = world_and_value(name)
    with pytest.raises(hl.DataError, match=SUMS[name]):
        world.with_levers(**{name: value + 0.1})


@pytest.mark.parametrize("name", [*LEVER_SLOTS, "land_levy_n"])
def test_a_lever_of_a_block_that_is_off_moves_nothing_and_is_refused(name: str):
    plain = random_world(1)
    length = {"n": COUNT, "i": COUNT, "j": 2, "g": 6, "c": 6}
    value = np.full([length[letter] for letter in name.rsplit("_", 1)[-1]], 0.5)
    if name == "migration_cost_hat_gc":  # without groups no shape is right
        value = np.ones((6, 6))
    with pytest.raises(hl.DataError, match=name) as caught:
        plain.with_levers(**{name: value})
    assert {problem.key for problem in caught.value.problems} <= {"world.lever_off", "world.shape", "world.adds_up"}
