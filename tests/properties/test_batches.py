"""A batch gives what its scenarios give one by one, easy and hard, small and large, whatever differs between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import jax
import numpy as np
import pytest
from tests.worlds import random_world, shocked

import hinterland as hl
from hinterland.model.levers import Levers
from hinterland.solve.many import DETERMINED, Ensemble, solve_each
from hinterland.world.of_economy import world_of
from hinterland.world.world import World

AGREE = 1e-10
COUNT = 20


def gravity(regions: int, seed: int = 0) -> World:
    """Places on a line that trade less the farther they are."""
    random = np.random.default_rng(seed)
    place = np.sort(random.uniform(size=regions))
    share = np.exp(-8 * np.abs(place[:, None] - place)) * random.uniform(0.5, 1.5, size=(regions, regions))
    return World.build(
        share / share.sum(axis=1, keepdims=True), random.uniform(0.5, 2.0, regions), 4.0, balance="solve"
    )


def same(batch: Ensemble, worlds: list[World]) -> None:
    """Hold every array of every scenario against the scenario alone, as near as their certificates say they are."""
    assert len(batch.residual_s) == len(batch.error_s) == len(worlds)
    assert (batch.error_s <= DETERMINED).all()  # a bound that is infinite or no number would hold anything
    for number, world in enumerate(worlds):
        alone = hl.solve(world)
        errors = alone.certificate.error + batch.error_s[number]
        near = max(AGREE, float(np.max(world.model.trade.trade_elasticity_j)) * errors)  # sales are costs to this power
        for ours, theirs in zip(jax.tree.leaves(batch.of(number)), jax.tree.leaves(alone.outcome), strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=near, atol=near, err_msg=f"scenario {number}")


def stacked(worlds: list[World]) -> dict[str, np.ndarray]:
    """The levers that are set, with an axis of scenarios in front."""
    set_levers = [name for name, value in worlds[0].levers._asdict().items() if value is not None]
    return {name: np.stack([getattr(world.levers, name) for world in worlds]) for name in set_levers}


def sizes() -> Iterator[float]:
    """Most scenarios are small; some move every lever by a factor of two or three."""
    random = np.random.default_rng(5)
    return iter(np.where(np.arange(COUNT) % 4 == 3, random.uniform(0.6, 1.2, COUNT), random.uniform(0.0, 0.2, COUNT)))


@pytest.mark.parametrize("people", ["stay", "hukou_towns"])
def test_a_batch_is_its_scenarios_one_by_one(people):
    world = random_world(3, people, ("inputs", "homes", "density"))
    worlds = [shocked(world, seed, size) for seed, size in enumerate(sizes())]
    batch = hl.solve_many(world, **stacked(worlds))
    same(batch, worlds)


def test_a_large_world_is_mixed_as_well(monkeypatch):
    """Where no inverse is stored, as above 1,100 unknowns; a fourfold productivity among small changes."""
    monkeypatch.setattr("hinterland.solve.precondition.SMALL", 0)
    world, random = gravity(720), np.random.default_rng(1)
    hats = random.lognormal(sigma=0.05, size=(COUNT, 720, 1))
    hats[4, 10], hats[9] = 40.0, random.lognormal(sigma=1.0, size=(720, 1))
    batch = hl.solve_many(world, productivity_hat_nj=hats)
    same(batch, [world.with_levers(productivity_hat_nj=hat) for hat in hats])


@pytest.mark.slow
def test_a_province_four_times_as_productive_does_not_spoil_the_others():
    china = hl.load("china-2020")
    hats = np.ones((4, *china.arrays["value_added_nj"].shape))
    hats[1, china.region("Guangdong")], hats[2, 0], hats[3] = 4.0, 1.01, 1.001
    batch = hl.solve_many(china, productivity_hat_nj=hats)
    same(batch, [replace(world_of(china), levers=Levers(productivity_hat_nj=hat)) for hat in hats])


def test_a_batch_over_elasticities_is_worlds_built_with_each():
    world = random_world(2, "hukou_towns", ("homes", "density"))
    kappa, delta = np.linspace(1.1, 3.0, 5), np.linspace(0.0, 2.0, 5)[:, None] * np.ones(4)
    hat = shocked(world, 1).levers.productivity_hat_nj
    batch = hl.solve_many(
        world,
        migration_elasticity=kappa,
        housing_supply_elasticity_n=delta,
        productivity_hat_nj=np.broadcast_to(hat, (5, *hat.shape)),
    )
    arrays = {name: np.asarray(value) for part in world.model.parts.values() for name, value in named(part).items()}
    worlds = [
        World.build(
            **arrays | {"migration_elasticity": k, "housing_supply_elasticity_n": d}, balance="solve"
        ).with_levers(productivity_hat_nj=hat)
        for k, d in zip(kappa, delta, strict=True)
    ]
    same(batch, worlds)
    assert not np.allclose(batch.of(0).people_hat_n, batch.of(4).people_hat_n, rtol=1e-6)


def named(part: object) -> dict[str, object]:
    from hinterland.world.check import arrays_of

    return {name: value for name, value in arrays_of(part).items() if value is not None}


def test_more_worlds_than_lanes_come_back_in_their_order():
    world = random_world(1, "free", ("homes",))
    worlds = [shocked(world, seed) for seed in range(35)]
    batch = solve_each([(one.model, one.levers) for one in worlds], world)
    assert batch.residual_s.shape == (35,)
    for number in (0, 15, 16, 34):
        np.testing.assert_allclose(
            batch.of(number).people_hat_n, hl.solve(worlds[number]).outcome.people_hat_n, rtol=AGREE
        )


def test_a_large_array_is_shared_by_what_it_holds():
    """Whatever was solved before: a copy of an array is that array, and the answer the same to the last bit."""
    world, random = world_of(hl.load("china-2020")), np.random.default_rng(2)
    levers = [Levers(productivity_hat_nj=random.lognormal(sigma=0.1, size=(34, 3))) for _ in range(4)]
    one = [(world.model, own) for own in levers]
    copies = [(jax.tree.map(np.array, world.model), own) for own in levers]
    first, second = (solve_each(settings, world).outcome for settings in (one, copies))
    jax.tree.map(np.testing.assert_array_equal, first, second)


def test_an_error_bound_holds_what_a_residual_does_not_show():
    """Two parts that hardly trade: the relative wage of one is known by 1e-9 of its trade."""
    world = gravity(6)
    batch = hl.solve_many(world, productivity_hat_nj=np.ones((3, 6, 1)))
    assert (batch.error_s < 1e-11).all()
    share = np.array([[0.6, 0.4, 1e-9, 0.0], [0.4, 0.6, 0.0, 0.0], [0.0, 0.0, 0.6, 0.4], [0.0, 1e-9, 0.4, 0.6]])
    apart = World.build(share / share.sum(axis=1, keepdims=True), np.ones(4), 4.0, balance="solve")
    loose = hl.solve_many(apart, productivity_hat_nj=np.ones((2, 4, 1)))
    assert (loose.residual_s < 1e-12).all()
    assert ((loose.error_s > 1e-9) & np.isfinite(loose.error_s)).all()


def test_an_empty_batch_is_refused_by_its_name():
    with pytest.raises(hl.DataError) as refused:
        hl.solve_many(gravity(4), productivity_hat_nj=np.ones((0, 4, 1)))
    assert "productivity_hat_nj" in refused.value.text("en")
    assert "at least one scenario" in refused.value.text("en")
    assert "至少给出一个情景" in refused.value.text("zh")


def test_a_scenario_without_an_equilibrium_is_named_by_its_number():
    world = gravity(4)
    transfers = np.zeros((3, 4))
    transfers[1] = np.array([-5.0, 5.0, 0.0, 0.0])
    with pytest.raises(hl.NotSolvedError) as refused:
        hl.solve_many(world, transfer_n=transfers)
    assert "scenario 1" in refused.value.text("en")
    assert "scenario 0" not in refused.value.text("en")
    assert "第 1 个情景" in refused.value.text("zh")


@pytest.mark.parametrize(
    ("arrays", "named_as"),
    [
        ({"productivity_hat_nj": np.ones((2, 4, 1)), "amenity_hat_n": np.ones((3, 4))}, "productivity_hat_nj"),
        ({"productivity": np.ones((2, 4, 1))}, "productivity"),
        ({"productivity_hat_nj": np.full((2, 4, 1), np.nan)}, "productivity_hat_nj"),
        ({}, "leading axis"),
    ],
)
def test_what_makes_no_batch_is_refused(arrays, named_as):
    with pytest.raises(hl.DataError) as refused:
        hl.solve_many(gravity(4), **arrays)
    assert named_as in refused.value.text("en")
