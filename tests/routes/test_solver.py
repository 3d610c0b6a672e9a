"""Two routes to one equilibrium: ours, a library's root finder, and a plain damped loop."""

from __future__ import annotations

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import optimistix
import pytest
from benchmarks.plain import solve_plain
from scipy.optimize import root
from tests.worlds import dual_transfer_2000

import hinterland as hl
from hinterland.model.evaluate import evaluate, kernels
from hinterland.model.model import unpack
from hinterland.solve.natural import natural_step, step
from hinterland.solve.precondition import prepared, start
from hinterland.solve.static import outcome_of
from hinterland.world.of_economy import world_of


@pytest.fixture(scope="module")
def shocked() -> hl.Economy:
    return dual_transfer_2000()


def system(economy: hl.Economy):
    """The step of the economy's world as a function of the point, with where it starts and what it tells there."""
    world = world_of(economy)
    model, _ = prepared(world.model)
    given = kernels(model, world.levers)

    def told(point):
        return outcome_of(economy, evaluate(unpack(jnp.asarray(point), model), model, world.levers, given)[0])

    return lambda point: step(point, model, world.levers, given, natural_step)[0], start(model), told


def test_ours_is_optimistixs_newton(shocked):
    move, begin, told = system(shocked)
    newton = optimistix.Newton(rtol=1e-13, atol=1e-13)
    theirs = told(optimistix.root_find(lambda x, _: move(x), newton, begin).value)
    ours = hl.solve(shocked).outcome
    np.testing.assert_allclose(theirs.wage_hat_nj, ours.wage_hat_nj, rtol=1e-11)
    np.testing.assert_allclose(theirs.labour_hat_nj, ours.labour_hat_nj, rtol=1e-11)


def test_ours_is_scipys_root(shocked):
    move, begin, told = system(shocked)
    move = jax.jit(move)
    slope = jax.jit(jax.jacfwd(move))
    found = root(lambda x: np.asarray(move(x)), np.asarray(begin), jac=lambda x: np.asarray(slope(x)), tol=1e-12)
    assert found.success
    np.testing.assert_allclose(told(found.x).price_hat_nj, hl.solve(shocked).outcome.price_hat_nj, rtol=1e-9)


@pytest.mark.parametrize("name", ["dual_transfer", "migration_2000_2005", "trade_2002_2007"])
def test_ours_is_the_plain_damped_loop(name: str):
    # the plain loop knows no money between regions and no worth of places: nothing is charged, no time of people saved
    economy = dual_transfer_2000(closure="none") if name == "dual_transfer" else hl.apply(hl.read(name))
    economy = replace(economy, levers=economy.levers._replace(amenity_hat_n=None))
    ours, plain = hl.solve(economy).outcome, solve_plain(economy)
    for key, value in plain.items():
        np.testing.assert_allclose(getattr(ours, key), value, rtol=1e-9)


def test_from_elsewhere_the_solver_comes_to_the_same_point(shocked):
    from hinterland.solve.world import solve_from

    world = world_of(shocked)
    here = np.asarray(start(prepared(world.model)[0]))
    theirs = solve_from(world, here + np.random.default_rng(7).normal(scale=0.1, size=here.size))
    np.testing.assert_allclose(
        outcome_of(shocked, theirs.outcome).wage_hat_nj, hl.solve(shocked).outcome.wage_hat_nj, rtol=1e-11
    )
