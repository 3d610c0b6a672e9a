"""Batches of worlds whose parts hardly trade, and arrays that a user changes after a world was made of them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.routes.test_finish import two_parts

import hinterland as hl


def test_a_batch_of_a_world_in_faint_parts_is_its_scenarios_one_by_one():
    world = two_parts(8, 1e-8)
    hats = np.where(np.arange(8) < 4, 1.001, 1.0)[None, :, None] * np.array([1.0, 1.2])[:, None, None]
    runs = hl.solve_many(world, productivity_hat_nj=hats)
    for scenario, hat in enumerate(hats):
        alone = hl.solve(world.with_levers(productivity_hat_nj=hat))
        off = np.log(runs.outcome.factor_hat_nj[scenario] / alone.outcome.factor_hat_nj)
        assert np.abs(off).max() <= runs.error_s[scenario] + alone.certificate.error


def test_the_relative_wage_of_faint_parts_moves_with_a_small_shock():
    """By continuity of the derivative: a tenth of a per cent moves it by a tenth of what one per cent does."""
    world = two_parts(8, 1e-9)
    moved = []
    for size in (0.001, 0.01):
        hat = np.exp(size * (np.arange(8) < 4))[:, None]
        wage = np.log(hl.solve(world.with_levers(productivity_hat_nj=hat)).outcome.factor_hat_nj[:, 0])
        moved.append(wage[0] - wage[-1])
    assert abs(moved[0]) > 5e-4
    assert moved[1] == pytest.approx(10 * moved[0], rel=0.01)


def test_what_is_done_to_an_array_afterwards_is_not_done_to_the_world():
    share, added = np.full((3, 3), 1 / 3), np.ones(3)
    barrier = np.full((3, 3, 1), 1.1)
    world = hl.World.build(share, added, 4.0)
    shocked = world.with_levers(trade_cost_hat_nij=barrier)
    before = hl.solve(shocked).outcome.price_hat_n
    share[:], added[:], barrier[:] = np.nan, -1.0, 2.0
    np.testing.assert_array_equal(hl.solve(shocked).outcome.price_hat_n, before)


@pytest.mark.parametrize("cost", [3.0, 100.0, 1e3, 1e5])
def test_a_batch_tells_that_costs_cut_a_connected_world_in_two(cost: float):
    """The inverse Jacobian of the base year knows nothing of it."""
    world = two_parts(8, 1.0)
    across = np.where(HALF[:, None] == HALF[None], 1.0, cost)
    batch_is_alone(world, trade_cost_hat_nij=across[:, :, None])


def test_a_batch_tells_that_tariffs_cut_a_connected_world_in_two():
    share, added = two_parts(8, 1.0).model.trade.trade_share_nij[:, :, 0], np.ones(8)
    world = hl.World.build(share, added, 4.0, tariff_nij=np.zeros((8, 8, 1)), balance="trade")
    batch_is_alone(world, tariff_nij=np.where(HALF[:, None] == HALF[None], 0.0, 600.0)[:, :, None])


def test_a_batch_tells_that_costs_cut_it_in_two_that_change_less_than_tenfold():
    across = np.where(HALF[:, None] == HALF[None], 1 / 9.9, 9.9)
    batch_is_alone(two_parts(8, 1.0).with_levers(), trade_cost_hat_nij=across[:, :, None])


def test_a_batch_tells_that_productivity_makes_trade_between_parts_faint():
    """Only two regions sell across the halves; they become worse, and no cost changes."""
    half = np.arange(12) < 6
    first = np.where(half[:, None] == half[None], 1.0, 0.0)
    first[:, [0, 6]] = 1.0
    share = np.stack([first, np.where(half[:, None] == half[None], 1.0, 0.0)], axis=2)
    share /= share.sum(axis=1, keepdims=True)
    world = hl.World.build(share, np.ones((12, 2)), 12.0, balance="trade")
    for hat in (0.5, 0.2, 0.1):
        shock = np.ones((12, 2))
        shock[[0, 6], 0] = hat
        batch_is_alone(world, productivity_hat_nj=shock)


def test_a_batch_without_an_inverse_tells_its_errors(monkeypatch):
    """As one of more than 1,100 unknowns."""
    monkeypatch.setattr("hinterland.solve.precondition.SMALL", 0)
    half = np.arange(80) < 40
    across = np.where(half[:, None] == half[None], 1.0, 300.0)
    batch_is_alone(two_parts(80, 1.0), trade_cost_hat_nij=across[:, :, None])
    runs = hl.solve_many(two_parts(80, 1.0), productivity_hat_nj=np.linspace(0.9, 1.1, 80)[None, :, None])
    assert 0 < runs.error_s[0] < 1e-8


HALF = np.arange(8) < 4


def batch_is_alone(world: hl.World, **levers: np.ndarray) -> None:
    """A batch of one gives what a solve alone gives, within the errors of both, and is as sure."""
    runs = hl.solve_many(world, **{name: values[None] for name, values in levers.items()})
    alone = hl.solve(world.with_levers(**levers))
    off = np.log(runs.outcome.factor_hat_nj[0] / alone.outcome.factor_hat_nj)
    assert np.abs(off).max() <= runs.error_s[0] + alone.certificate.error
    assert (runs.error_s[0] <= 1e-6) == alone.certificate.passed


def in_parts(kind: str, count: int, across: float, seed: int) -> tuple[hl.World, np.ndarray]:
    """Twenty-four regions in parts that trade little: with the first, the next, or ever less; and a shock."""
    random = np.random.default_rng((seed, count, len(kind)))
    part = random.permutation(24) % count
    place = random.uniform(size=(24, 2))
    near = np.exp(-3 * np.linalg.norm(place[:, None] - place[None], axis=2)) * random.lognormal(0, 0.3, 24)[None]
    links = np.eye(count)
    for k in range(count - 1):
        link = across ** ((k + 1) / (count - 1)) if kind == "graded" else across
        one = 0 if kind == "star" else k
        links[one, k + 1] = links[k + 1, one] = link
    flow = near * np.where(links > 0, links, across * 1e-8)[part][:, part]
    flow = flow + flow.T
    world = hl.World.build(flow / flow.sum(axis=1, keepdims=True), flow.sum(axis=1), 4.0)
    return world, random.lognormal(0, 0.3, (24, 1))


@pytest.mark.parametrize(
    ("kind", "count", "across", "seed"),
    [
        ("star", 8, 1e-10, 0),
        ("chain", 4, 1e-10, 0),
        ("star", 24, 1e-9, 2),
        ("chain", 24, 1e-10, 3),
        ("graded", 4, 1e-14, 5),
        ("graded", 24, 1e-12, 5),
        ("graded", 8, 1e-14, 6),
    ],
)
def test_many_faint_parts_are_no_reason_to_refuse(kind: str, count: int, across: float, seed: int):
    """Goods are gross substitutes and no money stands between regions: there is one equilibrium."""
    world, hat = in_parts(kind, count, across, seed)
    certificate = hl.solve(world.with_levers(productivity_hat_nj=hat)).certificate
    assert certificate.verdict == "undetermined"
    assert max(certificate.residuals.values()) <= 1e-10


def halves_at_random(count: int, across: float, seed: int) -> tuple[hl.World, np.ndarray]:
    """A world in two halves whose members are drawn, and a shock to productivity."""
    random = np.random.default_rng(10**6 + seed)
    half, hat = random.permutation(count) < count // 2, random.lognormal(0, 0.2, (count, 1))
    random = np.random.default_rng(seed)
    place = random.uniform(size=(count, 2))
    near = np.exp(-3 * np.linalg.norm(place[:, None] - place[None], axis=2)) * random.lognormal(0, 0.3, count)[None]
    near = np.where(half[:, None] == half[None], near, across * near)
    flow = near + near.T
    return hl.World.build(flow / flow.sum(axis=1, keepdims=True), flow.sum(axis=1), 4.0), hat


@pytest.mark.parametrize("seed", [269, 87])
def test_a_second_start_that_lies_well_by_chance_proves_nothing(seed: int):
    """In these worlds the push means the same in both halves: the way back never saw their relative wage."""
    world, hat = halves_at_random(100, 1e-11, seed)
    assert hl.solve(world.with_levers(productivity_hat_nj=hat)).certificate.verdict == "undetermined"


def test_products_that_do_not_solve_the_system_tell_no_error(monkeypatch):
    """Above 2,500 unknowns GMRES may end before it has seen the direction between the parts."""
    world, hat = halves_at_random(100, 1e-11, 1)
    monkeypatch.setattr("hinterland.solve.newton.DENSE", 0)
    assert hl.solve(world.with_levers(productivity_hat_nj=hat)).certificate.verdict == "undetermined"
