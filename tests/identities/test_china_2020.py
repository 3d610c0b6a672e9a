"""The economy of 2020: town and country, and the base year under every closure."""

from __future__ import annotations

import numpy as np
import pytest

import hinterland as hl
from hinterland.data.panel import series
from hinterland.policy.combine import combined
from hinterland.world.of_economy import world_of

# Slots made neutral or elasticities at their limit: each is another model with the same base year.
CLOSURES = {
    "costly migration in a nest": lambda economy: world_of(economy),
    "flat choice": lambda economy: world_of(economy.with_elasticities(inner_elasticity=1.5)),
    "nobody moves": lambda economy: world_of(economy).without("people"),
    "capital stays": lambda economy: world_of(economy.with_elasticities(capital_elasticity=0.0)),
    "no gain from density": lambda economy: world_of(economy).without("productivity"),
}


@pytest.mark.parametrize("closure", list(CLOSURES))
def test_zero_shock_returns_the_base_under_every_closure(today, closure: str):
    solved = hl.solve(CLOSURES[closure](today))
    assert solved.certificate.worst < 1e-10
    for name in ("factor_hat_nj", "price_hat_nj", "labour_hat_nj", "people_hat_n", "utility_n"):
        np.testing.assert_allclose(getattr(solved.outcome, name), 1.0, atol=1e-10)


def test_households_keep_their_own_share_where_budgets_or_moves_are_left_out(today):
    """Two blocks read it: it refines the one that stays and calls back neither that is gone."""
    world, own_n = world_of(today), world_of(today).model.government.household_share_n
    for gone, stays in (("government", "people"), ("people", "government")):
        model = world.without(gone).model
        np.testing.assert_array_equal(getattr(model, stays).household_share_n, own_n)
        assert not hasattr(getattr(model, gone), "household_share_n")
    assert hl.solve(world.without("government")).certificate.worst < 1e-10


def test_the_urbanization_rate_is_the_census_rate_of_every_province(today):
    residence = today.cells.index_c[1]
    residents = (today.workers_c * today.residents_per_worker_c).reshape(today.cells.regions, -1)
    urban = residents[:, residence[: residents.shape[1]] == 1].sum(axis=1) / residents.sum(axis=1)
    codes = list(today.domestic_codes)
    census = series("census_population_urban", 2020)[codes] / series("census_population", 2020)[codes]
    np.testing.assert_allclose(urban, census, rtol=1e-12)
    assert residents.sum() * 1e6 == pytest.approx(1_409_778_724, rel=1e-12)


def test_reform_in_place_moves_villagers_to_towns_of_their_own_province(today):
    """A cut of the cost of living in town reaches rural hukou at home and no one else; the flow it is for rises."""
    reform = hl.policies.HukouReform(to=["Sichuan"], cut=0.2)
    changed = combined(today, [reform])
    hat = changed.levers.migration_cost_hat_gc
    sichuan = today.region("Sichuan")
    reached = np.argwhere(hat != 1)
    assert set(reached[:, 0]) == {2 * sichuan}
    assert {int(cell) // 6 for cell in reached[:, 1]} == {sichuan}
    before, after = today.migration_share_gc, hl.solve(changed).outcome.migration_share_gc
    towns = slice(6 * sichuan + 3, 6 * sichuan + 6)
    assert after[2 * sichuan, towns].sum() > before[2 * sichuan, towns].sum()


def test_the_signs_that_hang_on_elasticities_are_shown(dual_transfer):
    table = dual_transfer.sensitivity
    twice = {
        "migration_elasticity",
        "inner_elasticity",
        "rural_efficiency",
        "agglomeration_elasticity",
        "service_worth",
        "service_access",
        "capital_elasticity",
    }
    assert set(table["parameter"]) == {"default", "trade_elasticity", "household_income_scale", *twice}
    assert (table.groupby("parameter").size()[list(twice)] == 2).all()
    # A higher elasticity inside the province means more towns, less of it fewer.
    urban = table.set_index(["parameter", "value"])["urbanization_rate"]
    default = table.loc[table["parameter"] == "default", "urbanization_rate"].item()
    assert urban["inner_elasticity", 1.5] < default < urban["inner_elasticity", 5.0]


def test_a_base_year_built_anew_is_the_same_to_the_byte(command, tmp_path):
    """Twice on one machine; that it is the shipped one, up to the rounding of another processor, is told and tested
    in tests/calibrate.
    """
    made = [tmp_path / name for name in ("first.npz", "second.npz")]
    for path in made:
        code, told, _ = command("data", "build", "china-2020", "--out", str(path))
        assert code == 0
        assert "the shipped file" in told
    assert made[0].read_bytes() == made[1].read_bytes()
    code, _, told = command("data", "build", "china-2020", "--out", str(made[0]))
    assert code == 2  # nothing is overwritten
    assert "first.npz" in told
    code, _, told = command("data", "build", "china-2000", "--out", str(tmp_path / "other.npz"))
    assert code == 2
    assert "china-2010, china-2020" in told
