"""Laws of motion and the way back to a rest point: on small grids, against what must hold whatever the numbers."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from hinterland.errors import NotSolvedError
from hinterland.model.laws import moved_i, moving_share_ni, option_value_n
from hinterland.replications.kleinman_liu_redding import conditions, parted, rest_point
from hinterland.solve.transition import Transition, half_life, transition

PLACES = 4


@pytest.fixture(scope="module")
def grid() -> dict:
    """Places on a line, each of its own productivity."""
    away = np.abs(np.subtract.outer(np.arange(PLACES), np.arange(PLACES)))
    rng = np.random.default_rng(17)
    return {
        "z": np.exp(rng.normal(0, 0.2, PLACES)),
        "b": np.exp(rng.normal(0, 0.1, PLACES)),
        "tau": 1 + 0.4 * away,
        "kappa": np.exp(3.0 * away),
        "beta": 0.8,
        "rho": 2.0,
        "theta": 5.0,
        "mu": 0.6,
        "delta": 0.25,
    }


@pytest.fixture(scope="module")
def rest(grid: dict) -> np.ndarray:
    return rest_point(grid)


@pytest.fixture(scope="module")
def found(grid: dict, rest: np.ndarray) -> Transition:
    return transition(partial(conditions, grid), rest, 2 * PLACES, 2 * PLACES)


def test_a_rest_point_meets_all_conditions(grid: dict, rest: np.ndarray):
    assert np.abs(conditions(grid, rest, rest, np.zeros(2 * PLACES))).max() < 1e-12
    at = parted(rest)
    assert np.exp(at.people_n).sum() == pytest.approx(1, abs=1e-12)
    assert np.exp(at.wage_n + at.people_n).sum() == pytest.approx(1, abs=1e-12)


def test_shares_are_the_slope_of_the_option_value_and_move_everybody(grid: dict):
    """Law: what it is worth to be free to go changes by whom goes there (Williams, Daly and Zachary)."""
    value, step = np.linspace(-1, 1, PLACES), 1e-6
    share = np.asarray(moving_share_ni(value, grid["kappa"], grid["beta"], grid["rho"]))
    for place in range(PLACES):
        bump = step * np.eye(PLACES)[place]
        up, down = (
            np.asarray(option_value_n(value + sign * bump, grid["kappa"], grid["beta"], grid["rho"]))
            for sign in (1, -1)
        )
        np.testing.assert_allclose((up - down) / (2 * step), grid["beta"] * share[:, place], atol=1e-9)
    people = np.arange(1.0, PLACES + 1)
    assert float(moved_i(people, share).sum()) == pytest.approx(people.sum(), rel=1e-14)


def test_people_are_conserved_on_the_way(rest: np.ndarray, found: Transition):
    """Law: one root is one, that of people; whatever the shock, their number stays to first order."""
    people = np.exp(parted(rest).people_n)
    np.testing.assert_allclose(people @ found.state[:PLACES], np.append(people, np.zeros(PLACES)), atol=1e-9)
    np.testing.assert_allclose(people @ found.shock[:PLACES], 0, atol=1e-9)
    assert found.roots[0] == pytest.approx(1, abs=1e-9)
    assert found.roots[1] < 1


def test_the_way_ends_at_the_new_rest_point(grid: dict, rest: np.ndarray, found: Transition):
    """Law: after a small change that stays the path settles where the economy then rests, to second order."""
    gaps = []
    for size in (1e-2, 1e-3):
        shock = np.zeros(2 * PLACES)
        shock[0] = size
        new = rest_point({**grid, "z": grid["z"] * np.exp(shock[:PLACES])})
        gaps.append(np.abs(found.path(shock, 2000)[-1] - (new - rest)[: 2 * PLACES]).max())
    assert gaps[0] < 1e-3
    assert gaps[1] < gaps[0] / 90


def test_what_neither_settles_nor_is_one_path_is_refused():
    """A given thing that grows by itself has no way that settles; one that may jump and dies out has many."""
    with pytest.raises(NotSolvedError) as refused:
        transition(lambda now, then, shock: then - 2 * now + shock, np.zeros(1), 1, 1)
    assert refused.value.problems[0].values == {"found": 0, "wanted": 1}
    with pytest.raises(NotSolvedError):
        transition(lambda now, then, shock: then - 0.5 * now + shock, np.zeros(1), 0, 1)


def test_a_saddle_is_solved_to_the_digit():
    """x' = x / 2 + z, and a price that is half the next one plus x: p = (x + p') / 2, so that p = 2 x / 3 without z."""

    def saddle(now: Any, then: Any, shock: Any) -> Any:
        return jnp.stack((then[0] - now[0] / 2 - shock[0], now[1] - (now[0] + then[1]) / 2))

    way = transition(saddle, np.zeros(2), 1, 1)
    np.testing.assert_allclose(way.state, [[0.5]], atol=1e-12)
    np.testing.assert_allclose(way.path(np.ones(1), 60)[-1], [2.0], atol=1e-12)
    assert half_life(way.roots, 5.0)[0] == pytest.approx(5.0)


def test_no_rest_point_is_told(grid: dict):
    with pytest.raises(NotSolvedError) as refused:
        rest_point({**grid, "kappa": np.full((PLACES, PLACES), np.nan)})
    assert "rest point" in str(refused.value)
