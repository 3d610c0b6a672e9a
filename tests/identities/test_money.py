"""Laws of money: what no policy may do, and what useless works and transfers are worth, whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.worlds import random_world, shocked

import hinterland as hl
from hinterland.economy.accounts import currency, household_income_nr, household_share_n, income_n
from hinterland.economy.economy import wages_and_incomes
from hinterland.economy.implied import cell_income_c, rebate_g, wages_and_rents
from hinterland.instruments import INSTRUMENTS
from hinterland.model.levers import unit_hats
from hinterland.policy.combine import with_all
from hinterland.policy.costs import CLOSURES, outlays_of
from hinterland.policy.policy import Outlay, changes_of, yearly
from hinterland.scenario.file import presets
from hinterland.schema import instruments, values
from hinterland.study.apply import package
from hinterland.study.budget import costs
from hinterland.study.columns import PARTS
from hinterland.study.decompose import variations
from hinterland.study.outcomes import base_state, national, state_of
from hinterland.study.real_gdp import base_flows, flows_in, goods_saved, real_gdp
from hinterland.study.variation import Variation, bridge, gains, households, variation_in
from hinterland.study.worth import alone, benefits, funds_alarm
from hinterland.world.check import every_array


@pytest.fixture(scope="module")
def with_transfers(today) -> hl.Economy:
    """The base year of 2020, rents to those who stay, after transfers that then stand in it."""
    arrays = {name: array for name, array in today.arrays.items() if name != "household_income_nr"}
    return received_before(replace(today, arrays=arrays))


def received_before(economy: hl.Economy) -> hl.Economy:
    """Return an economy in whose base year a tenth of the richest region's income goes to all others, abroad too."""
    added_n = economy.arrays["value_added_nj"].sum(axis=1)
    received_n = np.full(len(added_n), 0.1 * added_n[0] / (len(added_n) - 1))
    received_n[0] = -0.1 * added_n[0]
    solved = hl.solve(replace(economy, levers=economy.levers._replace(transfer_n=received_n)))
    arrays = {name: array for name, array in every_array(solved.solved.as_base_year().model).items() if name in named}
    value_c, real_income_c = wages_and_incomes(arrays, solved.solved.outcome.income_n[: economy.cells.regions])
    levers = unit_hats(arrays["trade_share_nij"], arrays["migration_share_gc"])
    return replace(economy, arrays=arrays, value_c=value_c, real_income_c=real_income_c, levers=levers)


named = set(hl.schema.arrays()) - {"town_r", "base_income_n", "household_share_n"}


def test_no_policy_is_no_change_where_the_base_year_holds_transfers(with_transfers):
    """Law: levers that are written out in full leave the base year's transfers as they are."""
    nothing = with_all(with_transfers, [{}])
    solved = hl.solve(nothing).solved.outcome
    assert np.abs(solved.real_income_hat_c - 1).max() < 1e-9
    assert np.abs(solved.people_hat_n - 1).max() < 1e-9


def test_incomes_and_rebates_of_the_base_year_count_its_transfers(with_transfers):
    """Law: what the base year says of money is what its solution without a shock says."""
    solved = hl.solve(with_transfers).solved.outcome
    domestic = with_transfers.cells.regions
    assert income_n(with_transfers) == pytest.approx(solved.income_n[:domestic], rel=1e-9)
    assert rebate_g(with_transfers) == pytest.approx(solved.rebate_g, rel=1e-9)


@pytest.mark.parametrize("people", ["hukou", "hukou_towns"])
@pytest.mark.parametrize("seed", range(3))
def test_what_people_live_on_is_what_comes_in_and_the_rents_of_homes(seed: int, people: str):
    """Law: wages, what is paid beside, and rents of who stays are all there is to spend: no rent counts twice."""
    solved = hl.solve(shocked(random_world(seed, people, ("inputs", "transfers", "homes", "portfolio")), seed))
    block, outcome = solved.world.model.people, solved.outcome
    cells, here = block.cells, slice(block.cells.regions)
    labour_nj, land_nj, _ = solved.world.model.factor_incomes(outcome.value_added_nj)
    people_gc = block.group_size_g[:, None] * outcome.migration_share_gc
    wage_c = cells.wage_c(labour_nj[here], people_gc.sum(axis=0), block.efficiency_rj)
    beside_n = (outcome.income_n / (labour_nj + land_nj).sum(axis=1))[here]
    lived_on_gc = people_gc * wage_c * (1 + block.stays_gc * (outcome.rebate_g - 1)[:, None])
    spent_n = (outcome.income_n / solved.world.model.housing.goods_share_n)[here]
    assert np.ptp(beside_n) > 0.01
    np.testing.assert_allclose(beside_n * cells.by_region(lived_on_gc.sum(axis=0)), spent_n, rtol=1e-9)


RENTS_TO_STAYERS = ("china-2000", "china-2010")


@pytest.mark.parametrize("name", RENTS_TO_STAYERS)
def test_a_yuan_counts_as_one_wherever_it_is_cheap_to_live(name: str):
    """Law: what people live on is counted in money, which a transfer takes here and gives there."""
    economy = hl.load(name)
    own, here = households(economy), slice(economy.cells.regions)
    spent_n = income_n(economy) / economy.arrays["goods_share_n"][here]
    np.testing.assert_allclose(economy.cells.by_region(own.earned_gc.sum(axis=0)), spent_n, rtol=1e-12)


@pytest.mark.parametrize("name", RENTS_TO_STAYERS)
def test_a_small_transfer_is_worth_what_it_changes_of_trade_and_of_rents_that_leavers_give_up(name: str):
    r"""Law: :math:`dW = dF - \sum_p R_p\, d\ln L^{stay}_p`, F what is gained of those abroad, R rents of stayers.

    Nobody but households lives there: what one pays another gets, and who moves for a wage gains and loses nothing.
    Rents are shared by those at home: who is drawn home takes a part of his neighbours', who leaves gives up his own.
    """
    dose = hl.policies.FiscalTransfer(to=["West"], per_head=0.3, use="households")
    economy, variation, way = found_in(hl.Scenario(name, [dose]))
    way = way.set_index("item")["amount"]
    sent = currency(economy) * np.abs(economy.levers.transfer_n).sum() / 2
    base, now = economy.migration_share_gc, hl.solve(economy).solved.outcome.migration_share_gc
    at_home_g, stay_g = (
        (economy.group_size_g[:, None] * share_gc * economy.cells.stays_gc).sum(axis=1) for share_gc in (base, now)
    )
    rents = -currency(economy) * float(wages_and_rents(economy)[1] @ (stay_g / at_home_g - 1))
    found = currency(economy) * variation.total_gc.sum()
    assert found == pytest.approx(way["foreign"] + rents, abs=1e-4 * sent)
    assert way["surrendered"] == pytest.approx(rents, abs=1e-4 * sent)
    assert way["others"] == pytest.approx(0.0, abs=1e-12 * sent)  # governments and firms have nothing there
    assert way["homes"] == pytest.approx(0.0, abs=1e-4 * sent)  # as many as before
    assert abs(found) < 0.05 * sent


@pytest.mark.parametrize("name", RENTS_TO_STAYERS)
def test_a_wage_is_a_gain_on_wages_and_not_on_rents(name: str):
    """Law: to the first order the part of wages is what is earned times the change of real wages, whoever has rents."""
    dose = hl.policies.FiscalTransfer(to=["West"], per_head=0.3, use="households")
    economy, variation, _ = found_in(hl.Scenario(name, [dose]))
    after, (region_c, _, sector_c) = hl.solve(economy).solved.outcome, economy.cells.index_c
    prices = np.average(np.log(after.price_hat_n[: economy.cells.regions]), weights=income_n(economy))
    earned_c = economy.workers_c * wages_and_rents(economy)[0]
    expected = float(earned_c @ (np.log(after.wage_hat_nj)[region_c, sector_c] - prices))
    assert variation.parts["wage"].sum() == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_density_gains_value_added_and_not_output(seed):
    """Law: ln z = gamma nu ln D. The lever that says so does without density what density does."""
    world = shocked(random_world(seed, "hukou_towns", ("inputs", "density")), seed)
    dense = hl.solve(world)
    log_gain_n = world.model.density_n * np.log(dense.outcome.dense_hat_n)
    gain_nj = np.exp(world.model.inputs.value_added_share_nj * log_gain_n[:, None])
    without = replace(world, model=replace(world.model, productivity=()))
    levers = without.levers._replace(productivity_hat_nj=gain_nj * np.asarray(world.levers.productivity_hat_nj))
    same = hl.solve(replace(without, levers=levers))
    assert same.outcome.price_hat_nj == pytest.approx(dense.outcome.price_hat_nj, rel=1e-9)
    assert same.outcome.income_n == pytest.approx(dense.outcome.income_n, rel=1e-9)


COUNTED = {
    "hukou_reform",
    "public_services",
    "fiscal_transfer",
}  # the bill is that of those who come, who are not in proportion to the dose
PRICED = [name for name in INSTRUMENTS if name not in ("measured_change", "transport")]


@pytest.mark.parametrize("name", PRICED)
def test_a_cost_grows_with_the_dose(today, name):
    """Law: half a dose costs half of it, none nothing. (A line costs its length, whatever its speed.)"""
    dose = values(name)[instruments()[name].size]
    off, full = float(dose.off), dose.maximum if dose.given == float(dose.off) else dose.given

    def paid(part: float) -> float:
        policy = INSTRUMENTS[name](**{dose.name: off + part * (full - off)})
        return float(sum((outlay.once_n + outlay.yearly_n).sum() for outlay in outlays_of(policy, today)))

    assert paid(0.0) == pytest.approx(0.0, abs=1e-9)
    if name in COUNTED:
        assert 0 < paid(0.5) < paid(1.0)
    else:
        assert paid(0.5) == pytest.approx(paid(1.0) / 2, rel=1e-9)


def nation(economy: hl.Economy) -> np.ndarray:
    return np.arange(len(economy.region_codes)) < economy.cells.regions


def gdp_and_goods_saved(economy: hl.Economy) -> tuple[float, float, float]:
    """Real GDP by expenditure and the goods saved in a solved economy, and the same GDP by what factors produce."""
    solved = hl.solve(economy).solved
    before, after = base_flows(economy), flows_in(economy, solved.outcome)
    model, domestic = solved.world.model, nation(economy)
    log_z = np.log(economy.levers.productivity_hat_nj) / model.inputs.value_added_share_nj
    if model.productivity:
        log_z = log_z + (model.density_n * np.log(solved.outcome.dense_hat_n))[:, None]
    log_made = log_z + model.labour_share_nj * np.log(solved.outcome.labour_hat_nj)
    log_made = log_made + model.capital.capital_share_nj * getattr(solved.outcome, "log_capital_nj", 0.0)
    made = float((model.production.value_added_nj * np.exp(log_made))[domestic].sum())
    return real_gdp(before, after, domestic), goods_saved(before, after, domestic), made


@pytest.mark.parametrize("name", ["china-2000", "china-2010", "china-2020"])
def test_gdp_by_expenditure_is_what_is_produced_and_what_is_no_longer_lost(name):
    """Law: to the first order both are the same, and the same as goods saved where iceberg costs fall."""
    economy, size, random = hl.load(name), 1e-4, np.random.default_rng(3)
    hat_nj = np.exp(size * random.uniform(size=economy.arrays["value_added_nj"].shape))
    cost = np.exp(-size * random.uniform(size=economy.arrays["trade_share_nij"].shape))
    cost[np.arange(len(cost)), np.arange(len(cost))] = 1.0
    base = float(economy.arrays["value_added_nj"][nation(economy)].sum())
    gdp, saved, made = gdp_and_goods_saved(economy.with_levers(productivity_hat_nj=hat_nj))
    assert saved == 0
    assert gdp / base - 1 == pytest.approx(made / base - 1, rel=2e-3)
    gdp, saved, made = gdp_and_goods_saved(economy.with_levers(trade_cost_hat_nij=cost))
    assert saved > 0
    assert gdp / base - 1 == pytest.approx((made + saved) / base - 1, rel=2e-3)


def test_real_gdp_is_the_same_after_a_tax_that_all_feel_alike(today):
    """Law: a tax takes goods from some and buys the same for others: no quantity moves, real income falls by it."""
    local, central = today.arrays["local_tax_n"], today.arrays["central_tax_n"]
    taken_n = 0.02 * (1 - local - central) * household_share_n(today)  # of what households keep
    taxed = replace(today, levers=today.levers._replace(local_tax_n=local + taken_n, programme_n=taken_n))
    gdp, saved, _ = gdp_and_goods_saved(taxed)
    assert saved == 0
    assert gdp == pytest.approx(float(today.arrays["value_added_nj"][nation(today)].sum()), rel=1e-10)
    before, after = (national(today, state) for state in (base_state(today), state_of(hl.solve(taxed))))
    assert after["real_gdp"] == pytest.approx(before["real_gdp"], rel=1e-10)
    assert after["real_income"] < 0.99 * before["real_income"]


ALL_AT_ONCE = ["East", "Central", "West", "Northeast"]
CHARGING = [closure for closure in CLOSURES if closure != "none"]
PAYERS = [{"centre": 0.5, "province": 0.5}, {"province": 1.0}, {"firms": 0.7, "people": 0.3}]


class PaidBack(hl.policies.FiscalTransfer):
    """Money that people of a region get in proportion to what they pay: all by own income."""

    @property
    def said(self) -> str:
        return f"paid back {self.values()}"

    def outlays(self, economy: hl.Economy, share_gc: np.ndarray | None = None) -> tuple[Outlay, ...]:
        return (yearly(self.paid_n(economy), to_residents=True),)


def worth(economy: hl.Economy, closure: str, *policies: hl.policies.Policy) -> pd.DataFrame:
    found = hl.run(hl.Scenario(economy, policies, closure=closure))
    return benefits(found.package, found.budget, variations(found.package, found.states), found.bills)


@pytest.mark.parametrize("closure", CHARGING)
@pytest.mark.parametrize("payer", PAYERS, ids=["both", "province", "firms"])
def test_useless_works_are_worth_nothing_and_money_given_back_what_it_cost(today, closure: str, payer: dict):
    """Law: exactly zero and exactly one, however it is charged, beside a policy that does something, alone or not."""
    useless = hl.policies.SmallTowns(to=["West"], cost=500.0, payer=payer)
    once = hl.policies.SmallTowns(to=["East"], people=1e6, payer=payer)
    back = PaidBack(to=ALL_AT_ONCE, per_head=300.0, use="households", payer={"people": 1.0})
    useful = hl.policies.Utilities(to=["Sichuan"])
    table = worth(today, closure, useless, once, back, useful).set_index("policy")
    assert table.loc["small_towns", "benefit_per_yuan"] == pytest.approx(0.0, abs=1e-10)
    assert table.loc["small_towns_2", "benefit_per_yuan"] == pytest.approx(0.0, abs=1e-10)
    assert table.loc["fiscal_transfer", "benefit_per_yuan"] == pytest.approx(1.0, rel=1e-9)
    assert table.loc["utilities", "benefit_per_yuan"] > 0.5


@pytest.mark.parametrize("bill", [10.0, 500.0, 2000.0])
def test_useless_works_of_any_size_are_worth_nothing(today, bill: float):
    table = worth(today, "by_payer", hl.policies.SmallTowns(cost=bill, payer={"centre": 0.5, "province": 0.5}))
    assert table["benefit_per_yuan"][0] == pytest.approx(0.0, abs=1e-10)
    assert table["marginal_cost_of_funds"][0] == pytest.approx(1.0, abs=0.3)


def test_money_by_the_head_reaches_heads(today):
    """Law: everybody in a province gets the same, whatever he earns and wherever he goes, and pays by what he earns."""
    given = hl.policies.FiscalTransfer(to=["Gansu"], per_head=1000.0, use="households")
    economy = hl.apply(hl.Scenario(today, [given]))
    here = today.cells.index_c[0] == today.region("Gansu")
    kept_hat_c = economy.levers.given_hat_c * economy.levers.owed_hat_c
    assert (kept_hat_c[~here] == 1).all()
    own_c, heads_c = cell_income_c(today)[here], (today.workers_c * today.residents_per_worker_c)[here]
    more_c = (kept_hat_c[here] - 1) * own_c  # over what all of the province keep, who share its part of the tax
    (by_head, by_income), *_ = np.linalg.lstsq(np.stack([heads_c, own_c], axis=1), more_c)
    np.testing.assert_allclose(by_head * heads_c + by_income * own_c, more_c, atol=1e-12 * own_c.max())
    assert 0.9 < by_head < 1  # bn a million heads, of the thousand yuan
    assert by_head * heads_c.sum() == pytest.approx(-by_income * own_c.sum(), rel=1e-9)


@pytest.mark.parametrize("name", ["china-2020", "china-2000"])
def test_what_residents_are_paid_is_the_work_of_the_policy_that_pays_it(name: str):
    """Law: what paying takes is a part of its own where it can be burned; what residents get is the policy's."""
    cash = hl.policies.FiscalTransfer(to=["West"], per_head=300.0, use="households")
    found = hl.run(hl.Scenario(name, {"cash": cash, "road": hl.policies.MarketReform(to=["East"])}))
    split, bill = found.decomposition["equivalent_variation"], found.budget["charged"].sum()
    table = found.benefits.set_index("policy")
    assert table["variation"].to_dict() == pytest.approx(split[["cash", "road"]].to_dict(), rel=1e-9)
    if name == "china-2000":  # nothing can be burned there: who gets and who pays is one change
        assert "financing" not in split
        assert abs(split["cash"]) < 0.1 * bill
    else:
        assert split["financing"] == pytest.approx(-bill, rel=0.1)
        assert split["cash"] == pytest.approx(bill, rel=0.3)
    assert split["total"] == pytest.approx(split.drop("total").sum(), rel=1e-9)


def test_what_residents_get_is_their_policys_where_paying_nets_to_nothing(today):
    """Law: each province pays itself in proportion to what it gets; split and table of benefits say the same."""
    bare = replace(today, arrays={name: of for name, of in today.arrays.items() if name != "household_income_nr"})
    cash = hl.policies.FiscalTransfer(to=ALL_AT_ONCE, per_head=300.0, use="households", payer={"province": 1.0})
    found = hl.run(hl.Scenario(bare, {"cash": cash}, closure="local_tax"))
    split = found.decomposition["equivalent_variation"]
    assert split["total"] == pytest.approx(0.0, abs=1e-6)
    assert split["cash"] == pytest.approx(found.benefits["variation"][0], rel=1e-9)
    assert split["cash"] == pytest.approx(-split["financing"], rel=1e-9)
    assert split["cash"] > 100


@pytest.mark.parametrize("closure", ["land_revenue", "local_tax"])
def test_a_closure_that_nothing_can_follow_is_refused(closure: str):
    """Where no budgets are known no place can pay for what it gets: what would be said to hold would do nothing."""
    cash = hl.policies.FiscalTransfer(to=["West"], use="households")
    with pytest.raises(hl.PolicyError) as caught:
        hl.Scenario("china-2000", [cash], closure=closure)
    assert [problem.key for problem in caught.value.problems] == ["scenario.closure_needs_budgets"]


@pytest.mark.parametrize("payer", ["province", "people"])
def test_what_a_place_would_pay_itself_is_charged_to_nobody_where_no_budgets_are_known(payer: str):
    """Law: who is told to pay is charged, or the table of costs says that nobody is."""
    cash = hl.policies.FiscalTransfer(to=["West"], use="households", payer={payer: 1.0})
    found = hl.run(hl.Scenario("china-2000", [cash]))
    assert found.budget["present"].sum() > 0
    assert (found.budget["charged"] == 0).all()
    assert found.gains["variation"].abs().max() == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("name", RENTS_TO_STAYERS)
def test_a_transfer_is_a_transfer_and_no_rent(name: str):
    """Law: what others pay and some get stands among taxes and payments, and adds up to little there."""
    dose = hl.policies.FiscalTransfer(to=["West"], per_head=30.0, use="households")
    found = hl.run(hl.Scenario(name, [dose]))
    table = found.gains[found.gains["dimension"] == "macro_region"].set_index("who")
    sent = found.budget["charged"].sum()
    assert table.loc["West", "tax"] == pytest.approx(sent, rel=0.35)  # less what the West pays itself
    assert table["tax"].sum() == pytest.approx(0.0, abs=0.03 * sent)
    assert table["rents"].abs().max() < 0.1 * sent


def test_what_was_measured_moves_as_many_whatever_the_elasticity(china):
    r"""Law: :math:`(\hat m / \hat v)^{-\kappa}` is the change of shares that was observed, at any kappa."""
    series = hl.policies.MeasuredChange(series="migration_cost_2000_2005")
    income_c = china.measured["real_income_2000_2005"].reshape(-1)
    relative = income_c[None, :] / income_c[:, None]

    def shares(kappa: float) -> np.ndarray:
        hat = changes_of(series, china.with_elasticities(migration_elasticity=kappa))["migration_cost_hat_gc"]
        return np.where(hat == 1, 1.0, (hat / relative) ** -kappa)

    np.testing.assert_array_equal(
        changes_of(series, china)["migration_cost_hat_gc"], china.measured["migration_cost_2000_2005"]
    )
    for kappa in (1.0, 3.0):
        np.testing.assert_allclose(shares(kappa), shares(1.5), rtol=1e-9)


def test_what_was_measured_of_trade_moves_as_many_goods_whatever_the_elasticity(china):
    r"""Law: :math:`\hat d^{-\theta}` is the change of relative shares of trade that was observed, at any theta."""
    series = hl.policies.MeasuredChange(series="trade_cost_2002_2007")
    observed = china.measured["trade_cost_2002_2007"] ** -4.0
    for theta in (4.0, 8.0):
        hat = changes_of(series, china.with_elasticities(trade_elasticity=theta))["trade_cost_hat_nij"]
        np.testing.assert_allclose(hat**-theta, observed, rtol=1e-12)


def test_what_firms_and_people_pay_leaves_their_income(today):
    """Law: who pays at home is poorer by it, whether the government takes the money or not."""
    paid = [
        income_paid(today, hl.policies.SmallTowns(to=ALL_AT_ONCE, cost=500.0, payer=payer))
        for payer in ({"province": 1.0}, {"firms": 1.0}, {"people": 1.0})
    ]
    assert paid[0] < -0.003
    assert paid[1] == pytest.approx(paid[0], rel=1e-12)
    assert paid[2] == pytest.approx(paid[0], rel=1e-12)


def income_paid(economy: hl.Economy, policy: hl.policies.Policy) -> float:
    solved = hl.solve(hl.apply(hl.Scenario(economy, [policy])))
    before, after = (national(economy, state)["real_income"] for state in (base_state(economy), state_of(solved)))
    return after / before - 1


def test_nothing_charged_and_nothing_done_have_no_ratio(today, china):
    assert np.isnan(worth(today, "none", hl.policies.Utilities())["benefit_per_yuan"]).all()
    assert np.isnan(worth(china, "by_payer", hl.policies.Utilities())["benefit_per_yuan"]).all()  # it has no budgets
    assert np.isnan(worth(today, "by_payer", hl.policies.Utilities(increase=0.0))["benefit_per_yuan"]).all()


def test_a_start_beyond_the_horizon_is_refused(today):
    with pytest.raises(hl.PolicyError) as caught:
        hl.Scenario(today, [hl.policies.Utilities(start=2055)])
    assert [problem.key for problem in caught.value.problems] == ["policy.after_horizon"]
    hl.Scenario(today, [hl.policies.Utilities(start=2055)], horizon=35)


def found_in(scenario: hl.Scenario) -> tuple[hl.Economy, Variation, pd.DataFrame]:
    solved = hl.solve(hl.apply(scenario))
    outcome = solved.solved.outcome
    return solved.economy, variation_in(solved.economy, outcome), bridge(solved.economy, outcome)


@pytest.mark.parametrize("name", sorted(presets() + presets(measured=True)))
def test_the_bridge_and_every_division_of_people_add_up(name: str):
    """Law: from real GDP to equivalent variation to the last yuan; movers gain, whatever else they lose.

    Splits ask for the total alone, by a formula without parts: it is the sum of the parts.
    """
    scenario = hl.read(name)
    economy, variation, way = found_in(scenario)
    total = float(variation.total_gc.sum()) * currency(economy)
    assert way["amount"][:-1].sum() == pytest.approx(total, rel=1e-9, abs=1e-6)
    assert way["amount"].iloc[-1] == total
    assert state_of(hl.solve(hl.apply(scenario))).variation == pytest.approx(total, rel=1e-12)
    table = gains(economy, variation)
    for _, rows in table.groupby("dimension"):
        assert rows["variation"].sum() == pytest.approx(total, rel=1e-9, abs=1e-6)
        np.testing.assert_allclose(rows[list(PARTS)].sum(axis=1), rows["variation"], rtol=1e-9, atol=1e-6)
    movers_g = variation.parts["movers"].sum(axis=1)
    assert (movers_g > -1e-9 * variation.income_gc.sum()).all()


def test_a_mover_takes_no_share_of_rents_or_of_capital(today):
    """Law: who owns homes, land and firms does not hang on where anybody lives: a choice sees the wage alone."""
    assert household_income_nr(today) is not None
    assert (rebate_g(today) == 1).all()
    returns = np.where(np.arange(34) == today.region("Shanghai"), 1.2, 1.0)[:, None] * np.ones(3)
    after = hl.solve(today.with_levers(productivity_hat_nj=returns)).solved.outcome
    region_c, _, sector_c = today.cells.index_c
    value = np.log(after.real_income_hat_c) - np.log(after.wage_hat_nj)[region_c, sector_c]
    np.testing.assert_allclose(value, -np.log(after.living_cost_hat_g)[today.cells.pool_c], atol=1e-12)
    assert np.log(after.rents_g).max() > 0


BURNED = hl.policies.SmallTowns(cost=1000.0, payer={"centre": 0.5, "province": 0.5})


@pytest.mark.parametrize("closure", CHARGING)
def test_households_lose_what_is_burned(today, closure: str):
    """Law: a yuan that is burned costs households a yuan, but for people who move to where less is taken."""
    table = worth(today, closure, BURNED)
    assert table["marginal_cost_of_funds"][0] == pytest.approx(1.0, abs=0.04)
    assert funds_alarm(table) == []


@pytest.mark.parametrize(("goods", "elasticity"), [(0.76, 0.0), (0.87, 0.75), (0.99, 0.0)])
def test_what_homes_weigh_does_not_change_what_is_lost(today, goods: float, elasticity: float):
    """Law: what taxes take is spent on homes as well: they become no cheaper, and owners lose no rent."""
    arrays = {"goods_share_n": goods, "housing_supply_elasticity_n": elasticity}
    given = {name: np.where(np.arange(34) < 31, value, today.arrays[name]) for name, value in arrays.items()}
    without = {name: array for name, array in today.arrays.items() if name != "land_revenue_n"}
    table = worth(replace(today, arrays=without | given), "by_payer", BURNED)
    assert table["marginal_cost_of_funds"][0] == pytest.approx(1.0, abs=0.04)


def test_one_policy_alone_is_worth_what_it_is_in_its_table(today):
    """The short way, all solved together, and the table of a run agree."""
    policies = [
        hl.policies.FiscalTransfer(use="households"),
        hl.policies.TaxIncentive(),
        hl.policies.HukouReform(),
        hl.policies.Utilities(),
    ]
    found = alone([hl.Scenario(today, [policy]) for policy in policies])
    expected = [worth(today, "by_payer", policy)["benefit_per_yuan"][0] for policy in policies]
    assert found == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize(("place", "bill"), [("Tibet", 20.0), ("Tibet", 100.0), ("Gansu", 300.0)])
def test_what_is_burned_in_a_poor_place_enriches_nobody_there(today, place: str, bill: float):
    """Law: what the centre sends for works is spent on works: nobody taxes it, and nobody keeps a part of it."""
    works = hl.policies.SmallTowns(to=[place], cost=bill, payer={"centre": 1.0})
    table = worth(today, "by_payer", works)
    least = worth(today, "by_payer", hl.policies.SmallTowns(to=[place], cost=bill / 20, payer={"centre": 1.0}))
    assert table["marginal_cost_of_funds"][0] == pytest.approx(least["marginal_cost_of_funds"][0], rel=0.01)
    solved = hl.solve(hl.apply(hl.Scenario(today, [works])))
    taxes_n = variation_in(solved.economy, solved.solved.outcome).parts["tax"].sum(axis=1).reshape(31, -1).sum(axis=1)
    share_n = household_income_nr(today).sum(axis=1)
    paid = bill * income_n(today)[today.region(place)] / income_n(today).sum()
    assert -taxes_n[today.region(place)] < 2 * paid
    assert -taxes_n.sum() == pytest.approx(bill, rel=0.05)
    assert (taxes_n < 1e-9 * share_n.sum()).all()


@pytest.mark.parametrize(
    "policy",
    [hl.policies.PovertyAlleviation(per_head=0.0, gain=0.0), hl.policies.BorderSettlement(subsidy=0.0)],
    ids=str,
)
def test_a_cost_of_ones_own_reaches_people_where_the_rule_pays_nothing(today, policy: hl.policies.Policy):
    """Law: what is paid to people is worth about what it costs, whatever the amount is said by."""
    found = worth(today, "by_payer", replace(policy, cost=10.0))
    assert found["benefit_per_yuan"][0] == pytest.approx(1.0, abs=0.4)


@pytest.mark.parametrize(
    "policy",
    [
        hl.policies.FiscalTransfer(to=["West"], use="households"),
        hl.policies.PovertyAlleviation(gain=0.0),
        hl.policies.BorderSettlement(),
    ],
    ids=str,
)
def test_a_cost_of_ones_own_leaves_who_is_paid(today, policy: hl.policies.Policy):
    """Law: the rule's own bill, said by hand, is the rule: it replaces an amount and not the people."""
    bill = float(costs(package(hl.Scenario(today, [policy])))["charged"].sum())
    by_rule, by_hand = (worth(today, "by_payer", one) for one in (policy, replace(policy, cost=bill)))
    for name in ("charged", "variation", "benefit_per_yuan"):
        assert by_hand[name][0] == pytest.approx(by_rule[name][0], rel=1e-9)


@pytest.mark.parametrize("cost", [0.0, 50.0, 5000.0])
def test_services_of_a_transfer_cost_what_it_pays_and_nothing_else(cost: float):
    """Law: no services come from nowhere: a transfer for them has one amount, and another cost is refused by name."""
    with pytest.raises(hl.PolicyError, match=r"`fiscal_transfer\.cost`: .* costs what it pays .* Remove `cost`"):
        hl.policies.FiscalTransfer(to=["West"], per_head=500.0, cost=cost)


def test_what_a_levy_takes_is_in_every_table(today):
    """Law: works that nobody uses cost real income and welfare alike, from rents or from income, accounts or none."""
    bare = replace(today, arrays={name: of for name, of in today.arrays.items() if name != "household_income_nr"})
    for economy, place in ((today, "West"), *((bare, place) for place in ("West", "Guangdong", "Gansu", "Beijing"))):
        works = hl.policies.SmallTowns(to=[place], cost=300.0 if place == "West" else 50.0, payer={"province": 1.0})
        by_rents = hl.solve(hl.apply(hl.Scenario(economy, [works], closure="land_revenue")))
        before, after = (national(economy, state) for state in (base_state(economy), state_of(by_rents)))
        lost = 1 - after["real_income"] / before["real_income"], 1 - after["welfare"]
        assert lost[0] > 4e-4
        assert lost[1] == pytest.approx(lost[0], rel=0.4)  # weighed by what who stays lives on, and by heads


def test_what_a_levy_takes_is_a_tax_and_what_it_buys_is_bought_by_governments(today):
    """Law: the bridge has a levy on rents where it has any tax: money handed on buys nothing, works are purchases."""
    handed = hl.policies.FiscalTransfer(to=["West"], per_head=800.0, use="households", payer={"province": 1.0})
    works = hl.policies.SmallTowns(to=["West"], cost=300.0, payer={"province": 1.0})
    for policy, bought in ((handed, 0.0), (works, -300.0)):
        solved = hl.solve(hl.apply(hl.Scenario(today, [policy], closure="land_revenue")))
        rows = bridge(solved.economy, solved.solved.outcome).set_index("item")["amount"]
        assert rows["others"] == pytest.approx(bought, abs=10.0), policy.instrument  # a part in thirty
        assert rows["homes"] == pytest.approx(0.0, abs=10.0), policy.instrument


@pytest.mark.parametrize("per_head", [50.0, 800.0, 1600.0])
def test_rents_handed_to_residents_lose_nothing_whatever_their_sum(today, per_head: float):
    """Law: what owners of a region lose its residents get, where nobody moves and no price changes."""
    handed = hl.policies.FiscalTransfer(to=["West"], per_head=per_head, use="households", payer={"province": 1.0})
    solved = hl.solve(hl.apply(hl.Scenario(today, [handed], closure="land_revenue")))
    found = variation_in(solved.economy, solved.solved.outcome)
    assert currency(today) * found.total_gc.sum() == pytest.approx(0.0, abs=1e-3)


def test_works_from_rents_and_payments_from_taxes_add_up(today):
    """Law: neither is multiplied by the other; but a levy is a share of rents, which payments raise by a hundredth."""
    cash = hl.policies.FiscalTransfer(to=["West"], per_head=1500.0, use="households", payer={"centre": 1.0})
    works = hl.policies.SmallTowns(to=["West"], cost=500.0, payer={"province": 1.0})
    alone, other, both = (
        hl.solve(hl.apply(hl.Scenario(today, policies, closure="land_revenue")))
        for policies in ([cash], [works], [cash, works])
    )
    sums = [
        currency(today) * variation_in(one.economy, one.solved.outcome).total_gc.sum() for one in (alone, other, both)
    ]
    assert sums[2] == pytest.approx(sums[0] + sums[1], abs=5.0)


def test_payments_of_a_province_from_its_land_are_paid_by_owners(today):
    """Law: rents in towns bear what residents get; they pay no tax for it and services stay what they were."""
    paid = hl.policies.FiscalTransfer(to=["Sichuan"], per_head=500.0, use="households", payer={"province": 1.0})
    by_tax, by_rents = (
        hl.solve(hl.apply(hl.Scenario(today, [paid], closure=closure))) for closure in ("by_payer", "land_revenue")
    )
    from_tax, from_rents = (variation_in(one.economy, one.solved.outcome) for one in (by_tax, by_rents))
    home = np.repeat(np.arange(31), 2) == today.region("Sichuan")
    kept_g = by_rents.solved.outcome.rents_g / by_tax.solved.outcome.rents_g
    assert kept_g[np.repeat(np.arange(31), 2) == today.region("Sichuan")].min() < 0.95
    assert from_rents.parts["rents"][home].sum() == pytest.approx(from_tax.parts["rents"][home].sum(), abs=3.0)
    assert from_rents.parts["tax"][home].sum() == pytest.approx(from_tax.parts["tax"][home].sum(), abs=3.0)
    assert from_rents.total_gc.sum() == pytest.approx(0.0, abs=3.0)
    for one in (by_tax, by_rents):  # a transfer among households is no income of theirs, nor welfare, but for who moves
        before, after = (national(today, state) for state in (base_state(today), state_of(one)))
        assert after["real_income"] / before["real_income"] - 1 == pytest.approx(0.0, abs=1e-4)
        assert after["welfare"] - 1 == pytest.approx(0.0, abs=2e-4)
    services = [one.solved.outcome.blocks["services_n"][today.region("Sichuan")] for one in (by_tax, by_rents)]
    assert services[1] == pytest.approx(services[0], rel=2e-3)  # by the incomes that are taxed
