"""Food: households buy a smaller share of farm goods the richer they are, so that better farms let workers go."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import hinterland as hl
from hinterland.base_years import arrays_2020
from hinterland.base_years.food import eaten_u, farm_goods_in_food, income_elasticity_j, table_past_food
from hinterland.base_years.homes import table_without_homes
from hinterland.base_years.national_table import GOVERNMENT, INVESTMENT
from hinterland.model.levers import Levers
from hinterland.solve.static import Equilibrium
from hinterland.world.of_economy import model_of

FOOD = ("income_elasticity_j", "substitution_elasticity", "consumption_part_n", "consumption_share_nj")


@pytest.fixture(scope="module")
def china():
    return hl.load("china-2020")


def better(economy: hl.Economy, hat: float, farms_alone: bool) -> Equilibrium:
    """The base year where value added for the same factors rises, on farms or everywhere."""
    hat_nj = np.ones(economy.arrays["value_added_nj"].shape)
    home = slice(0, economy.cells.regions)
    sectors = economy.farm_j if farms_alone else np.ones_like(economy.farm_j)
    hat_nj[home] = np.where(sectors, hat ** economy.arrays["value_added_share_nj"][home], 1.0)
    return hl.solve(economy.with_levers(productivity_hat_nj=hat_nj))


def farm_workers(economy: hl.Economy, solved: Equilibrium) -> float:
    """Workers on farms over those of the base year, less one."""
    now_c = economy.group_size_g @ np.asarray(solved.solved.outcome.migration_share_gc)
    return float(now_c[economy.farm_c].sum() / economy.workers_c[economy.farm_c].sum() - 1)


def test_better_farms_let_workers_go_at_every_substitution_of_the_range(china):
    for sigma in (0.1, 0.3, 0.4):
        economy = china.with_elasticities(substitution_elasticity=sigma)
        assert farm_workers(economy, better(economy, 1.1, farms_alone=True)) < 0


def test_without_rich_and_poor_they_would_draw_them_in(china):
    plain = replace(china, arrays={name: array for name, array in china.arrays.items() if name not in FOOD})
    assert farm_workers(plain, better(plain, 1.1, farms_alone=True)) > 0


def test_growth_alike_in_all_sectors_takes_workers_off_farms(china):
    assert farm_workers(china, better(china, 1.1, farms_alone=False)) < -0.01


def test_farm_goods_past_the_food_industry_leave_every_sum_of_the_table():
    """Value added, each good's uses and supply, each user's spending: as before; only who sells to whom has moved."""
    before, after, moved = table_without_homes(), table_past_food(), farm_goods_in_food()
    np.testing.assert_allclose(after.value_added_j, before.value_added_j, rtol=1e-14)
    np.testing.assert_allclose(after.uses_uj.sum(axis=1), before.uses_uj.sum(axis=1), rtol=1e-14)
    np.testing.assert_allclose(after.output_j - before.output_j, [0.0, -moved, 0.0], atol=1e-9)
    gaps = [
        table.inputs_kj.sum(axis=1) + table.uses_uj.sum(axis=0) + table.exports_j - table.imports_j - table.output_j
        for table in (before, after)
    ]
    np.testing.assert_allclose(gaps[1], gaps[0], atol=1e-9)
    np.testing.assert_array_equal(after.uses_uj[[GOVERNMENT, INVESTMENT]], before.uses_uj[[GOVERNMENT, INVESTMENT]])


def test_more_is_moved_than_nothing_and_less_than_the_food_industry_buys_from_farms():
    assert 0 < farm_goods_in_food() < table_without_homes().inputs_kj[0, 1]
    assert eaten_u(np.array([1.0, 3.0])).sum() == pytest.approx(1.0)


def test_elasticities_give_back_what_town_and_country_consume():
    """From the country's shares, at the town's consumption, the block makes the town's shares: to the first order."""
    shares, uses = np.array([[0.3, 0.3, 0.4], [0.29, 0.302, 0.408]]), np.array([1.0, 2.0])
    for sigma in (0.1, 0.4):
        epsilon = income_elasticity_j(shares, uses, np.array([1.0, 1.05]), sigma)
        assert uses @ shares @ epsilon / uses.sum() == pytest.approx(1.0)
        weight = shares[0] * 1.05 ** ((1 - sigma) * epsilon)
        np.testing.assert_allclose(weight / weight.sum(), shares[1], rtol=1e-12)


def test_another_substitution_keeps_what_the_table_identifies(china):
    other = china.with_elasticities(substitution_elasticity=0.1)
    products = [
        (1 - economy.arrays["substitution_elasticity"]) * np.diff(economy.arrays["income_elasticity_j"])
        for economy in (china, other)
    ]
    np.testing.assert_allclose(products[1], products[0], rtol=1e-12)


def test_others_keep_their_shares(china):
    """What governments and investors buy has the shares of the base year, whatever households do."""
    solved = better(china, 1.2, farms_alone=True)
    demand, outcome = model_of(china).demand, solved.solved.outcome
    weight = demand.weight_nj(
        {"log_consumption_n": np.asarray(outcome.log_consumption_n)}, np.log(np.asarray(outcome.price_hat_nj))
    )
    part_n = demand.consumption_part_n[:, None]
    mine = np.asarray(weight / weight.sum(axis=1, keepdims=True)) * part_n
    final = np.asarray(outcome.final_nj)
    others = final / final.sum(axis=1, keepdims=True) - mine
    np.testing.assert_allclose(others, demand.final_share_nj - part_n * demand.consumption_share_nj, atol=1e-9)


def test_a_moved_base_year_has_the_shares_of_the_outcome(china):
    solved = better(china, 1.2, farms_alone=True)
    demand = model_of(china).demand.after(solved.solved.outcome, Levers())
    for share in (demand.final_share_nj, demand.consumption_share_nj):
        np.testing.assert_allclose(np.asarray(share).sum(axis=1), 1.0, rtol=1e-12)
    part_n, home = np.asarray(demand.consumption_part_n)[:, None], slice(0, 31)
    assert (
        np.asarray(demand.consumption_share_nj)[home, 0] < arrays_2020.build()["consumption_share_nj"][home, 0]
    ).all()
    assert (np.asarray(demand.final_share_nj) - part_n * np.asarray(demand.consumption_share_nj) > -1e-9).all()
