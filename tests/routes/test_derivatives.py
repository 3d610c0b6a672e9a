"""Derivatives of a world with every block, in every lever and parameter: against differences and a library's solver."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optimistix
import pytest
from tests.worlds import COUNT, EVERY, SECTORS, all_arrays, random_world, shocked, with_programmes

import hinterland as hl
from hinterland.model.evaluate import evaluate, kernels
from hinterland.model.model import unpack
from hinterland.solve.natural import natural_step, step
from hinterland.solve.precondition import prepared, start

SEED = 11
LABELS = ("zone_n", "capital_pool_n", "one_wage_n")
# Every block stands in one of these; the ways to move stand alone, for a gradient takes long to compile.
WORLDS = {"free": EVERY, "hukou_towns": ("portfolio", "homes", "density"), "commuting": ("homes", "density")}
WEIGHT = np.array([1.0, -0.7, 0.4, 0.9])
STEP = 1e-5


def world_of(people: str):
    return with_programmes(shocked(random_world(SEED, people, WORLDS[people]), SEED), SEED)


def arrays_by_name() -> list[tuple[str, str]]:
    """Each lever and parameter once: that of a way to move in its own world, all else under free mobility."""
    seen: dict[str, str] = {}
    for people in WORLDS:
        world = world_of(people)
        levers = [f"levers.{name}" for name, value in world.levers._asdict().items() if value is not None]
        for name in [*all_arrays(world), *levers]:
            seen.setdefault(name, people)
    return [(people, name) for name, people in seen.items() if name not in LABELS]


def measure_of(outcome: Any) -> Any:
    """Something that depends on all: incomes, prices, people, what it is worth to be there."""
    logs = jnp.log(outcome.income_n / outcome.price_hat_n) + 0.5 * jnp.log(outcome.people_hat_n)
    return (logs + 0.3 * jnp.log(outcome.utility_n)) @ WEIGHT


@lru_cache(maxsize=len(WORLDS))
def gradient(people: str):
    """The measure as a function of levers and model, where it is taken, and its derivative there."""
    world = world_of(people)
    solved = hl.response(world)

    def measure(levers: Any, model: Any) -> Any:
        return measure_of(solved(levers, model))

    here = jax.tree.map(jnp.asarray, (world.levers, world.model))
    return measure, here, jax.grad(measure, argnums=(0, 1))(*here)


def replaced(tree: Any, name: str, change: Any) -> Any:
    """The levers and the model with the array `name` changed, and that array's entry in a tree of the same kind."""
    levers, model = tree
    if name.startswith("levers."):
        bare = name.removeprefix("levers.")
        return levers._replace(**{bare: change(getattr(levers, bare))}), model

    def part(block: Any) -> Any:
        if type(block) is tuple:
            return tuple(part(one) for one in block)
        return block._replace(**{name: change(getattr(block, name))}) if name in block._fields else block

    return levers, type(model)(**{slot: part(block) for slot, block in model.parts.items()})


@pytest.mark.parametrize(("people", "name"), arrays_by_name())
def test_the_gradient_is_that_of_central_differences(people, name):
    """In a random direction, relative to the array; solutions are exact to 5e-13, so differences to some 1e-7."""
    measure, here, slopes = gradient(people)
    found: list[Any] = []
    replaced(slopes, name, lambda array: found.append(array) or array)
    origin: list[Any] = []
    replaced(here, name, lambda array: origin.append(array) or array)
    direction = np.random.default_rng(len(name)).normal(size=origin[0].shape) * np.asarray(origin[0])

    def along(by: float) -> float:
        return float(measure(*replaced(here, name, lambda array: array + by * direction)))

    slope = (along(STEP) - along(-STEP)) / (2 * STEP)
    assert float((found[0] * direction).sum()) == pytest.approx(slope, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("people", list(WORLDS))
def test_the_linear_preview_is_off_by_the_square_of_the_change(people):
    """Half the change leaves a quarter of the error."""
    measure, (levers, model), (slope, _) = gradient(people)
    random = np.random.default_rng(2)
    direction = {
        "productivity_hat_nj": random.normal(size=(COUNT, SECTORS)),
        "trade_cost_hat_nij": random.normal(size=(COUNT, COUNT, SECTORS)),
    }
    base = float(measure(levers, model))
    preview = sum(float((getattr(slope, name) * way).sum()) for name, way in direction.items())

    def error(size: float) -> float:
        moved = {name: getattr(levers, name) + size * way for name, way in direction.items()}
        return float(measure(levers._replace(**moved), model)) - base - size * preview

    assert error(2e-3) / error(1e-3) == pytest.approx(4.0, rel=0.02)


def test_a_librarys_root_finder_comes_to_the_same_point():
    """optimistix's Newton on the same conditions, where people move freely; `test_gradient` compares derivatives."""
    world = shocked(random_world(SEED, "free", ("congestion",)), SEED)
    model, _ = prepared(world.model)
    given = kernels(model, world.levers)
    newton = optimistix.Newton(rtol=1e-13, atol=1e-13)

    @jax.jit
    def theirs_from(begin: Any) -> Any:
        found = optimistix.root_find(lambda x, _: step(x, model, world.levers, given, natural_step)[0], newton, begin)
        return evaluate(unpack(found.value, model), model, world.levers, given)[0]

    theirs = theirs_from(start(model))
    ours = hl.solve(world).outcome
    np.testing.assert_allclose(theirs.people_hat_n, ours.people_hat_n, rtol=1e-11)
    np.testing.assert_allclose(theirs.factor_hat_nj, ours.factor_hat_nj, rtol=1e-11)
