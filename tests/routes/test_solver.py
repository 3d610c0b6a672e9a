"""Two routes to one equilibrium: ours, a library's root finder, and a plain damped loop."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import optimistix
import pytest
from benchmarks.plain import solve_plain
from scipy.optimize import root

import hinterland as hl
from hinterland.model.model import system, unpack
from hinterland.solve.static import prepared


@pytest.fixture(scope="module")
def shocked() -> hl.Economy:
    return hl.read("dual_transfer").applied()


def test_ours_is_optimistixs_newton(shocked):
    base, _ = prepared(shocked)
    start = jnp.zeros(246)
    solution = optimistix.root_find(
        lambda x, levers: system(x, base, levers), optimistix.Newton(rtol=1e-13, atol=1e-13), start, args=shocked.levers
    )
    theirs = unpack(solution.value, base)
    ours = hl.solve(shocked).outcome
    np.testing.assert_allclose(jnp.exp(theirs.wage_nj), ours.wage_hat_nj, rtol=1e-11)
    np.testing.assert_allclose(jnp.exp(theirs.labour_nj), ours.labour_hat_nj, rtol=1e-11)


def test_ours_is_scipys_root(shocked):
    base, _ = prepared(shocked)
    residual = jax.jit(lambda x: system(x, base, shocked.levers))
    slope = jax.jit(jax.jacfwd(residual))
    found = root(lambda x: np.asarray(residual(x)), np.zeros(246), jac=lambda x: np.asarray(slope(x)), tol=1e-12)
    assert found.success
    theirs = unpack(jnp.asarray(found.x), base)
    np.testing.assert_allclose(jnp.exp(theirs.price_nj), hl.solve(shocked).outcome.price_hat_nj, rtol=1e-9)


@pytest.mark.parametrize("name", ["dual_transfer", "migration_2000_2005", "trade_2002_2007"])
def test_ours_is_the_plain_damped_loop(name: str):
    economy = hl.read(name).applied()
    ours, plain = hl.solve(economy).outcome, solve_plain(economy)
    for key, value in plain.items():
        np.testing.assert_allclose(getattr(ours, key), value, rtol=1e-9)


def test_from_elsewhere_the_solver_comes_to_the_same_point(shocked):
    from hinterland.solve.anderson import anderson

    base, inverse = prepared(shocked)
    random = np.random.default_rng(7)
    start = jnp.asarray(random.normal(scale=0.1, size=246))

    def look(here):
        gap = system(here, base, shocked.levers)
        return -inverse @ gap, jnp.max(jnp.abs(gap))

    point, worst, _ = jax.jit(lambda x: anderson(look, x, 2e-13, 8, 200))(start)
    assert worst < 1e-12
    np.testing.assert_allclose(jnp.exp(unpack(point, base).wage_nj), hl.solve(shocked).outcome.wage_hat_nj, rtol=1e-11)
