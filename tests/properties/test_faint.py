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
    inside = (np.arange(8) < 4)[:, None] == (np.arange(8) < 4)[None]
    runs = hl.solve_many(world, trade_cost_hat_nij=np.where(inside, 1.0, cost)[None, :, :, None])
    alone = hl.solve(world.with_levers(trade_cost_hat_nij=np.where(inside, 1.0, cost)[:, :, None]))
    off = np.log(runs.outcome.factor_hat_nj[0] / alone.outcome.factor_hat_nj)
    assert np.abs(off).max() <= runs.error_s[0] + alone.certificate.error
    assert (runs.error_s[0] <= 1e-6) == alone.certificate.passed
