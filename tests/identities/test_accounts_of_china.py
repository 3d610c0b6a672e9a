"""The accounts of the base year 2020: inputs and final uses are those of the official table, and everything adds up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland.base_years import arrays_2020
from hinterland.base_years.final_uses import survey_income_nr
from hinterland.base_years.flows import customs_n, national_share_b
from hinterland.base_years.food import farm_goods_in_food, table_past_food
from hinterland.base_years.homes import dwellings, table_without_homes
from hinterland.base_years.labour_shares import labour_share_n, observed_wage_n
from hinterland.base_years.national_table import USES, national_table, use_share_uj
from hinterland.base_years.workers import residents_nr
from hinterland.data.figures import table, values
from hinterland.economy import files
from hinterland.economy.accounts import household_income_nr, rents_of_homes_n
from hinterland.policy.combine import combined
from hinterland.world.of_economy import world_of

HOME = slice(0, 31)


@pytest.fixture(scope="module")
def steps():
    return arrays_2020.parts()


@pytest.fixture(scope="module")
def arrays():
    return arrays_2020.build()


def test_the_official_table_balances():
    """What is used and exported is what is made and imported, good by good, to the last printed digit."""
    official = national_table(2020)
    used = official.inputs_kj.sum(axis=1) + official.uses_uj.sum(axis=0) + official.exports_j - official.imports_j
    np.testing.assert_allclose(used, official.output_j, rtol=1e-7)
    rows = table("input_output.csv").query("year == 2020 and column == 'gross_output'").set_index("row")["value"]
    np.testing.assert_allclose(official.output_j, rows.loc[["ag", "industry", "services"]], rtol=1e-7)


def test_inputs_of_provinces_are_those_of_the_official_table(arrays):
    """Column by column: agriculture as published, services without homes, industry without farm goods in food."""
    official, without, moved = national_table(2020), table_without_homes(), farm_goods_in_food()
    industry = (official.inputs_kj[:, 1] - [moved, 0.0, 0.0]) / (official.output_j[1] - moved)
    for province in arrays["input_share_nkj"][HOME]:
        np.testing.assert_allclose(province[:, 0], official.inputs_kj[:, 0] / official.output_j[0], rtol=1e-12)
        np.testing.assert_allclose(province[:, 1], industry, rtol=1e-12)
        np.testing.assert_allclose(province[:, 2], without.inputs_kj[:, 2] / without.output_j[2], rtol=1e-12)
    past = table_past_food()
    np.testing.assert_allclose(arrays["value_added_share_nj"][0], past.value_added_j / past.output_j, rtol=1e-12)
    np.testing.assert_allclose(past.value_added_j, without.value_added_j, rtol=1e-14)


def test_final_uses_take_what_inputs_and_trade_leave(steps):
    """R (1 - A) + M - E of the nation, good by good; and each province spends on all its uses together."""
    revenue, flow = steps["revenue_nj"], steps["flow_nij"]
    bought = np.einsum("nkj,nj->nk", steps["input_share_nkj"], revenue)
    abroad = flow[HOME, 31:].sum(axis=(0, 1)) - flow[31:, HOME].sum(axis=(0, 1))
    needed = (revenue - bought)[HOME].sum(axis=0) + abroad
    final = steps["spending_nj"] - bought
    np.testing.assert_allclose(final[HOME].sum(axis=0), needed, rtol=1e-12)
    np.testing.assert_allclose(final[HOME].sum(axis=1), steps["uses_nu"].sum(axis=1), rtol=1e-12)
    assert (final[HOME] > 0).all()


def test_balanced_uses_keep_the_odds_of_the_official_table():
    """A table that fits already is returned; one that does not keeps its odds ratios, and its zeros."""
    uses = national_table(2020).uses_uj
    same = use_share_uj(uses, uses.sum(axis=1), uses.sum(axis=0))
    np.testing.assert_allclose(same, uses / uses.sum(axis=1, keepdims=True), rtol=1e-12)
    total_j = uses.sum(axis=0) * [0.9, 1.1, 1.0]
    other = use_share_uj(uses, uses.sum(axis=1) * total_j.sum() / uses.sum(), total_j)

    def odds(share: np.ndarray) -> float:
        return float(share[0, 0] * share[1, 1] / (share[0, 1] * share[1, 0]))

    assert odds(other) == pytest.approx(odds(same), rel=1e-10)
    assert other[USES.index("government"), 1] == 0


def test_survey_incomes_keep_the_total_and_the_ratio_of_town_to_country():
    codes = arrays_2020.codes()
    income, residents = survey_income_nr(codes), residents_nr(codes)
    total = values("disposable_income_all", 2020, codes) * residents.sum(axis=1)
    np.testing.assert_allclose(income.sum(axis=1) * 1e9, total, rtol=1e-12)
    each = income / residents
    published = values("disposable_income_urban", 2020, codes) / values("disposable_income_rural", 2020, codes)
    np.testing.assert_allclose(each[:, 1] / each[:, 0], published, rtol=1e-12)


def test_what_provinces_spend_beyond_their_value_added_is_net_imports_and_what_they_are_given(steps):
    """D = C + G + I - VA, three ways: by uses, by trade, by budgets and transfers; to 3e-12 of income."""
    flow, income = steps["flow_nij"], steps["income_n"]
    added = steps["value_added_nj"].sum(axis=1)
    trade = flow.sum(axis=(1, 2)) - flow.sum(axis=(0, 2))
    given = steps["budget"].spent_n(income) - income + steps["transfer_n"]
    np.testing.assert_allclose(trade / income, given / income, atol=3e-12)
    uses = steps["uses_nu"].sum(axis=1)
    np.testing.assert_allclose((uses - added[HOME]) / income[HOME], given[HOME] / income[HOME], atol=3e-12)


def test_transfers_add_up_only_with_the_blocs_which_get_the_surplus(steps):
    official, transfer = national_table(2020), steps["transfer_n"]
    surplus = official.exports_j.sum() - official.imports_j.sum()
    assert transfer.sum() == pytest.approx(0.0, abs=1e-9)
    assert transfer[HOME].sum() == pytest.approx(-surplus, rel=1e-9)
    np.testing.assert_allclose(transfer[31:], surplus * national_share_b(), rtol=1e-9)


def test_foreign_trade_is_the_official_total_of_every_sector_and_follows_customs(steps):
    official, flow, codes = national_table(2020), steps["flow_nij"], arrays_2020.codes()
    np.testing.assert_allclose(flow[31:, HOME].sum(axis=(0, 1)), official.exports_j, rtol=1e-10)
    np.testing.assert_allclose(flow[HOME, 31:].sum(axis=(0, 1)), official.imports_j, rtol=1e-10)
    balance = flow[31:, HOME].sum(axis=(0, 2)) - flow[HOME, 31:].sum(axis=(1, 2))
    exports, imports = customs_n(codes)
    total = values("trade_total_cny", 2020, codes) / 10
    np.testing.assert_allclose(exports + imports, total, rtol=1e-12)
    assert np.corrcoef(balance, exports - imports)[0, 1] > 0.99  # farm goods alone are spread otherwise


def test_budgets_spend_what_provinces_published(steps):
    """Services are local expenditure of the panel in every province, taxes its revenue."""
    budget, income, codes = steps["budget"], steps["income_n"], arrays_2020.codes()
    services = budget.local_tax_n * income + budget.grant_share_n * (budget.central_tax_n @ income)
    np.testing.assert_allclose(services[HOME], values("fiscal_expenditure", 2020, codes) / 10, rtol=1e-12)
    np.testing.assert_allclose((budget.local_tax_n * income)[HOME], values("fiscal_revenue", 2020, codes) / 10)
    assert (income > 0).all()


def test_no_policy_leaves_the_transfers_of_the_base_year_alone(today):
    """A lever written where no policy touches it holds what stands: an instrument of no dose changes nothing."""
    nothing = combined(today, [hl.policies.MarketReform(to=["Sichuan", "Guizhou"], cut=0.0)])
    np.testing.assert_array_equal(nothing.levers.transfer_n, today.arrays["transfer_n"])
    solved = hl.solve(world_of(nothing))
    for name in ("factor_hat_nj", "price_hat_nj", "labour_hat_nj", "people_hat_n"):
        np.testing.assert_allclose(getattr(solved.outcome, name), 1.0, atol=1e-10)


def test_labour_has_the_nations_share_of_every_sector(arrays):
    """Compensation over value added of the official table; agriculture's is assumed; factors leave nothing."""
    added, capital, land = (
        arrays[name][HOME] for name in ("value_added_nj", "capital_share_nj", "structures_share_nj")
    )
    labour = ((1 - capital - land) * added).sum(axis=0) / added.sum(axis=0)
    np.testing.assert_allclose(labour[1:], table_without_homes().compensation_share_j[1:], rtol=1e-10)
    assert labour[0] == pytest.approx(0.65)
    assert (capital > 0).all()


def test_wages_follow_observed_ones_between_provinces(arrays):
    """ln w = a ln W + (1 - a) ln (VA / L) up to one constant a sector, wherever no bound cuts."""
    codes, steps = arrays_2020.codes(), arrays_2020.parts()
    added = arrays["value_added_nj"][HOME]
    labour = (steps["workers_nrj"] * arrays["efficiency_rj"]).sum(axis=1)
    share = (1 - arrays["capital_share_nj"] - arrays["structures_share_nj"])[HOME]
    wage = share * added / labour
    for j, bounds in ((1, (0.20, 0.75)), (2, (0.30, 0.80))):
        line = np.log(wage[:, j]) - 0.75 * np.log(observed_wage_n(codes)) - 0.25 * np.log(added[:, j] / labour[:, j])
        free = (share[:, j] > bounds[0] + 1e-9) & (share[:, j] < bounds[1] - 1e-9)
        assert free.sum() >= 30
        np.testing.assert_allclose(line[free], line[free][0], atol=1e-9)
    assert (share[:, 1] >= 0.20).all()
    assert (share[:, 2] <= 0.80 + 1e-12).all()


def test_shares_of_labour_solved_by_hand():
    """Two places of one size and one labour, the same value added: the one with twice the wage has 2^.75 the share."""
    share = labour_share_n(np.ones(2), np.ones(2), np.array([1.0, 2.0]), 0.4, (0.01, 0.99))
    assert share[1] / share[0] == pytest.approx(2**0.75, rel=1e-12)
    assert share.mean() == pytest.approx(0.4, rel=1e-12)
    cut = labour_share_n(np.ones(2), np.ones(2), np.array([1.0, 2.0]), 0.4, (0.01, 0.45))
    np.testing.assert_allclose(cut, [0.35, 0.45], rtol=1e-10)  # what the bound takes the other gets


def test_homes_leave_the_official_table_in_balance():
    """What is taken out is what was in: output, value added, consumption; wages stay, for a dwelling employs nobody."""
    whole, without, homes = national_table(2020), table_without_homes(), dwellings()
    used = without.inputs_kj.sum(axis=1) + without.uses_uj.sum(axis=0) + without.exports_j - without.imports_j
    np.testing.assert_allclose(used, without.output_j, rtol=1e-7)
    assert whole.output_j[2] - without.output_j[2] == pytest.approx(homes.consumption, rel=1e-12)
    assert whole.value_added_j.sum() - without.value_added_j.sum() == pytest.approx(homes.value_added, rel=1e-10)
    assert whole.uses_uj.sum() - without.uses_uj.sum() == pytest.approx(homes.value_added, rel=1e-10)
    np.testing.assert_array_equal(whole.factors_fj[0], without.factors_fj[0])
    assert (without.inputs_kj > 0).all()
    assert (without.factors_fj[:, 2] > 0).all()


def test_homes_are_inside_gdp(today, steps):
    """Value added of three sectors and rents of homes are the GDP of every province; nothing stands on top."""
    rents = rents_of_homes_n(today)
    gdp = values("gdp_rev5census", 2020, today.domestic_codes) / 10
    np.testing.assert_allclose(today.arrays["value_added_nj"][HOME].sum(axis=1) + rents, gdp, rtol=1e-12)
    assert rents.sum() == pytest.approx(dwellings().value_added, rel=1e-12)


def test_the_economy_keeps_the_income_of_its_households(today, tmp_path):
    """Of 31 provinces by town and country, zero abroad; it goes through files and no equation reads it."""
    income = household_income_nr(today)
    np.testing.assert_allclose(income, survey_income_nr(today.domestic_codes), rtol=1e-12)
    assert not today.arrays["household_income_nr"][31:].any()
    economy = replace(today, name="mine")
    copy = files.read(files.export(economy, tmp_path / "mine"))
    np.testing.assert_allclose(household_income_nr(copy), income, rtol=1e-12)
    without = {name: value for name, value in today.arrays.items() if name != "household_income_nr"}
    assert household_income_nr(replace(today, arrays=without)) is None
    assert hl.solve(world_of(replace(today, arrays=without))).certificate.worst < 1e-10


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan])
def test_households_without_income_are_named(today, value: float):
    broken = np.array(today.arrays["household_income_nr"])
    broken[today.region("Gansu"), 0] = value
    with pytest.raises(hl.DataError, match=r"household_income_nr.*Gansu"):
        replace(today, arrays={**today.arrays, "household_income_nr": broken})
    with pytest.raises(hl.DataError, match=r"household_income_nr.*34, 2"):
        replace(today, arrays={**today.arrays, "household_income_nr": broken[:31]})


def test_households_that_have_more_than_their_province_are_named(today):
    """Ten times the income of Gansu's households, as in 100 million yuan: more than taxes leave of all income there."""
    income = np.array(today.arrays["household_income_nr"])
    income[today.region("Gansu")] *= 10
    economy = replace(today, arrays={**today.arrays, "household_income_nr": income})
    teaches(
        lambda: world_of(economy),
        ("household_income_nr", "Gansu", "times as much", "unit of money", "Correct"),
        ("household_income_nr", "甘肃", "倍", "货币单位", "请改正"),
    )
