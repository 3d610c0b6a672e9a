"""The implicit derivative of the economy with migration, against finite differences and a library's."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import optimistix
import pytest
from tests.worlds import dual_transfer_2000

import hinterland as hl
from hinterland.economy import two_sector
from hinterland.economy.economy import Levers
from hinterland.model import levers as model_levers
from hinterland.model.evaluate import evaluate, kernels
from hinterland.model.model import unpack
from hinterland.solve.natural import natural_step, step
from hinterland.solve.precondition import prepared, start
from hinterland.solve.static import outcome_of
from hinterland.world.of_economy import world_of


@pytest.fixture(scope="module")
def shocked() -> hl.Economy:
    return dual_transfer_2000()


@pytest.fixture(scope="module")
def solved(shocked):
    return hl.response(shocked)


@pytest.fixture(scope="module")
def gradient(shocked, solved):
    levers = jax.tree.map(jnp.asarray, shocked.levers)
    return jax.grad(lambda given: measure_of(shocked, solved(given)))(levers)


def measure_of(economy: hl.Economy, outcome):
    weight = jnp.asarray(economy.real_income_c * economy.workers_c)
    return (weight * outcome.real_income_hat_c * outcome.people_hat_c).sum() / weight.sum()


SET = ("trade_cost_hat_nij", "productivity_hat_nj", "migration_cost_hat_gc")


@pytest.mark.parametrize("name", SET)
def test_gradient_of_real_gdp_is_that_of_central_differences(shocked, solved, gradient, name: str):
    direction = np.random.default_rng(5).normal(size=getattr(shocked.levers, name).shape)
    size = 1e-5

    def along(by: float) -> float:
        moved = shocked.levers._replace(**{name: getattr(shocked.levers, name) + by * direction})
        return float(measure_of(shocked, solved(moved)))

    slope = (along(size) - along(-size)) / (2 * size)
    assert float((getattr(gradient, name) * direction).sum()) == pytest.approx(slope, rel=1e-7)


def test_gradient_is_optimistixs(shocked, gradient):
    model, _ = prepared(world_of(shocked).model)

    def theirs(levers: model_levers.Levers):
        solution = optimistix.root_find(
            lambda x, given: step(x, model, given, kernels(model, given), natural_step)[0],
            optimistix.Newton(rtol=1e-13, atol=1e-13),
            start(model),
            args=levers,
        )
        outcome, _ = evaluate(unpack(solution.value, model), model, levers, kernels(model, levers))
        return measure_of(shocked, outcome_of(shocked, outcome))

    ours = gradient._asdict()
    levers = jax.tree.map(jnp.asarray, shocked.levers)
    others = jax.jit(jax.grad(theirs))(model_levers.Levers(**levers._asdict()))
    assert set(ours) == set(Levers._fields)
    for name in SET:
        mine = ours[name]
        np.testing.assert_allclose(mine, getattr(others, name), rtol=1e-8, atol=1e-12)


def test_productivity_everywhere_raises_gdp_by_the_sum_of_its_gradient(china):
    """In closed form: prices over wages fall by what inputs make of the rise, real income by that to goods' share."""
    solved = hl.response(china)
    gradient = jax.grad(lambda levers: measure_of(china, solved(levers)))(china.levers)
    par = two_sector.elasticities("china-2000")
    materials = (1 - par.labour_share_j - par.land_share_j)[:, None] * par.input_share_jk
    fall_j = np.linalg.solve(np.eye(2) - materials, np.ones(2))
    expected = par.goods_share * fall_j @ par.final_share_j
    assert float(gradient.productivity_hat_nj.sum()) == pytest.approx(float(expected), rel=1e-9)
