"""What policies cost, who pays and how it is raised, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.messages import teaches
from tests.own import without_services

import hinterland as hl
from hinterland import schema
from hinterland.data.figures import assumption, table, values
from hinterland.data.panel import series
from hinterland.data.prices import price_ratio
from hinterland.economy import accounts
from hinterland.economy.choice import share_gc
from hinterland.economy.implied import levied_g, rents_that_pay_n, wages_and_rents
from hinterland.instruments import INSTRUMENTS
from hinterland.policy import costs
from hinterland.policy.combine import combined
from hinterland.policy.policy import Outlay
from hinterland.policy.values import PAYERS
from hinterland.study.apply import package
from hinterland.study.budget import costs as bill_of
from hinterland.study.variation import households

ONLY_SICHUAN = {"to": ["Sichuan"]}
YEARS, DISCOUNT, BOND = 30, 0.08, 0.03


def charged(economy: hl.Economy, policy: hl.policies.Policy, closure: str = "by_payer") -> dict[str, np.ndarray]:
    """Transfers beside those that stand, and what is paid from taxes and from rents, bn CNY a year, by province at
    base-year values.
    """
    levers = hl.apply(hl.Scenario(economy, [policy], closure=closure)).levers
    income = accounts.income_n(economy)
    received = (levers.transfer_n - economy.arrays.get("transfer_n", 0.0))[:31]
    before = (economy.arrays["local_tax_n"] + economy.arrays["central_tax_n"])[:31]
    now = (levers.local_tax_n + levers.central_tax_n)[:31]
    return {
        "transfer": received,
        "tax": now * (income + received) - before * income,  # nobody taxes what is received
        "programme": levers.programme_n[:31] * (income + received),
        "levy": levers.land_levy_n[:31] * rents_that_pay_n(economy),
    }


def services_at(economy: hl.Economy, outcome) -> np.ndarray:
    """Services at the rates of the base year: own taxes and the grant."""
    local, central, grant = (economy.arrays[name] for name in ("local_tax_n", "central_tax_n", "grant_share_n"))
    return local * outcome.income_n + grant * (central * outcome.income_n).sum()


def only(outlays: tuple[Outlay, ...]) -> Outlay:
    (outlay,) = outlays
    return outlay


# One price year


def test_the_deflator_is_nominal_growth_over_real_growth():
    """From 2010 to 2020: GDP of all provinces over GDP then, less what the national accounts call real in between."""
    growth = table("national_growth.csv").set_index("year")["growth"].loc[2011:2020]
    now, before = (series("gdp_rev4census", year).sum() for year in (2020, 2010))
    assert price_ratio(2010, 2020) == pytest.approx(now / before / (1 + growth / 100).prod(), rel=1e-12)


def test_prices_chain_and_turn_back():
    assert price_ratio(2010, 2020) == pytest.approx(price_ratio(2010, 2013) * price_ratio(2013, 2020), rel=1e-12)
    assert price_ratio(2010, 2020) * price_ratio(2020, 2010) == pytest.approx(1, rel=1e-15)
    assert price_ratio(2020, 2020) == 1
    teaches(lambda: price_ratio(1950, 2031), ["1950, 2031", "1992", "2024"], ["1950, 2031", "1992", "2024"])


# Who pays


def test_payers_of_the_schema_add_up_to_one():
    for name in INSTRUMENTS:
        shares = schema.payers(name)
        if name in ("city_cluster", "township_merger", "market_reform", "measured_change"):
            assert shares == {}  # no outlay is known and nobody is named
        else:
            assert sum(shares.values()) == pytest.approx(1.0, abs=1e-12)
            assert set(shares) <= set(PAYERS)


def test_payers_by_hand():
    assert schema.payers("tax_incentive") == pytest.approx({"centre": 0.6, "province": 0.4})
    assert schema.payers("investment_subsidy") == {"province": 1.0}
    assert schema.payers("hukou_reform") == pytest.approx({"centre": 0.8, "province": 0.2})  # as services are
    assert schema.payers("ecological_protection") == {"centre": 1.0}
    own = hl.policies.TaxIncentive(payer={"firms": 0.5, "people": 0.5})
    assert own.payers() == {"firms": 0.5, "people": 0.5}


# Rules


def test_an_annuity_by_hand():
    """A yuan of this year at 8 % over this year and the next: a + a / 1.08 = 1."""
    yearly = costs.annuity(0.08, 2)
    assert yearly + yearly / 1.08 == pytest.approx(1, rel=1e-14)
    assert costs.annuity(0.08, 1) == pytest.approx(1)
    outlay = Outlay(np.array([10.0]), np.array([3.0]))
    assert costs.charged_n(outlay, 0.08, 2)[0] == pytest.approx(3 + 10 * yearly)


def test_revenue_forgone_by_hand(today, sichuan):
    policy = hl.policies.TaxIncentive(**ONLY_SICHUAN, rate=0.15, eligible=0.3)
    share, added = (today.arrays[name][sichuan, 1:] for name in ("capital_share_nj", "value_added_nj"))
    outlay = only(policy.outlays(today))
    assert outlay.yearly_n[sichuan] == pytest.approx(0.1 * 0.34 * 0.3 * (share * added).sum(), rel=1e-13)
    assert np.count_nonzero(outlay.yearly_n) == 1
    assert not outlay.to_residents  # what firms keep is no income of households
    assert not outlay.once_n.any()


@pytest.mark.parametrize("name", ["investment_subsidy", "old_base_revitalization"])
def test_a_subsidy_is_paid_on_replacement(today, sichuan, name: str):
    outlay = only(INSTRUMENTS[name](**ONLY_SICHUAN, rate=0.1).outlays(today))
    replaced = assumption("depreciation") * today.arrays["capital_nj"][sichuan, 1]
    assert outlay.yearly_n[sichuan] == pytest.approx(0.1 * replaced, rel=1e-13)


def test_interest_by_hand(today, sichuan):
    outlay = only(hl.policies.CreditSupport(**ONLY_SICHUAN, points=0.02, covered=0.5).outlays(today))
    assert outlay.yearly_n[sichuan] == pytest.approx(0.01 * today.arrays["capital_nj"][sichuan, 1:].sum(), rel=1e-13)


def test_zones_by_hand(today, sichuan):
    """Half of industry's output, at 12.98 bn CNY a km2 of 2011, on land at 200 m CNY a km2 of 2004."""
    outlay = only(hl.policies.IndustrialBase(**ONLY_SICHUAN, covered=0.5).outlays(today))
    made = today.arrays["value_added_nj"][sichuan, 1] / today.arrays["value_added_share_nj"][sichuan, 1]
    area = 0.5 * made / (12.98 * price_ratio(2011, 2020))
    assert outlay.once_n[sichuan] == pytest.approx(area * 0.2 * price_ratio(2004, 2020), rel=1e-12)
    assert not outlay.to_residents


def test_services_by_hand(today, sichuan):
    """A part of what is spent on those entitled; of all local spending where no account tells that."""
    policy = hl.policies.PublicServices(**ONLY_SICHUAN, increase=0.2)
    entitled = today.arrays["entitled_services_n"][sichuan]
    assert entitled < accounts.services_n(today)[sichuan]
    assert only(policy.outlays(today, today.migration_share_gc)).yearly_n[sichuan] == pytest.approx(
        0.2 * entitled, rel=1e-14
    )
    outlay = only(policy.outlays(without_services(today)))
    assert outlay.yearly_n[sichuan] == pytest.approx(0.2 * accounts.services_n(today)[sichuan], rel=1e-14)


def test_services_of_the_base_year_are_what_the_model_says(today):
    solved = hl.solve(today)
    np.testing.assert_allclose(accounts.services_n(today), solved.solved.outcome.blocks["services_n"][:31], rtol=1e-9)


def test_income_of_the_base_year_is_what_the_model_says(today, china):
    for economy in (today, china):
        income = hl.solve(economy).solved.outcome.income_n[: economy.cells.regions]
        np.testing.assert_allclose(accounts.income_n(economy), income, rtol=1e-9)


def test_works_by_hand(today, sichuan):
    urban = accounts.residents_nr(today)[sichuan, 1] * 1e6
    unit = 20_000 * price_ratio(2006, 2020) / 1e9
    utilities = only(hl.policies.Utilities(**ONLY_SICHUAN, increase=0.1).outlays(today))
    assert utilities.once_n[sichuan] == pytest.approx(0.1 * urban * unit, rel=1e-12)
    assert utilities.yearly_n[sichuan] == pytest.approx(0.02 * utilities.once_n[sichuan], rel=1e-12)
    towns = only(hl.policies.SmallTowns(**ONLY_SICHUAN, people=50_000.0).outlays(today))
    assert towns.once_n[sichuan] == pytest.approx(50_000 * unit, rel=1e-12)


@pytest.mark.parametrize("name", ["transport", "utilities"])
def test_what_is_built_is_kept_up_at_a_share_of_its_price(today, name: str):
    """Law: works with an effect for good are paid for as long: the same assumed share a year, with its range."""
    outlay, share = only(INSTRUMENTS[name]().outlays(today)), schema.evidence()[f"{name}.upkeep_share"]
    np.testing.assert_allclose(outlay.yearly_n, share.value * outlay.once_n, rtol=1e-12)
    assert (share.low, share.value, share.high, share.status) == (0.01, 0.02, 0.04, "assumed")


def test_schooling_by_hand(today, sichuan):
    """The schools, and the wages of those who sit in them, which they bear themselves whoever pays the schools."""
    schools, forgone = hl.policies.Talent(**ONLY_SICHUAN, years=0.5).outlays(today)
    workers = today.workers_c.reshape(31, 2, 3)[sichuan, :, 1:].sum() * 1e6
    assert schools.once_n[sichuan] == pytest.approx(0.5 * workers * 24_839 * price_ratio(2023, 2020) / 1e9, rel=1e-12)
    earned_gc = households(today).earned_gc  # what households get of wages, as all that they gain is counted
    off_farm_c = today.cells.index_c[2] > 0
    there = earned_gc[:, off_farm_c & (today.cells.index_c[0] == sichuan)].sum()
    assert forgone.once_n[sichuan] == pytest.approx(0.5 * there, rel=1e-12)
    assert (schools.payers, forgone.payers) == (None, {"people": 1.0})


@pytest.mark.parametrize("closure", ["by_payer", "national_tax", "debt"])
def test_wages_forgone_are_borne_by_people_whoever_pays_the_schools(today, closure):
    """Law: the bill of the governments is the schools' alone, and the rest leaves the income of those at home there."""
    talent = hl.policies.Talent(**ONLY_SICHUAN, payer={"centre": 1.0})
    found = package(hl.Scenario(today, [talent], closure=closure))
    schools, forgone = found.outlays["talent"]
    rows = bill_of(found).set_index("payer")
    assert rows.loc["centre", "once"] == pytest.approx(schools.once_n.sum(), rel=1e-12)
    assert rows.loc["people", "once"] == pytest.approx(forgone.once_n.sum(), rel=1e-12)
    assert rows.loc["people", "region"] == "510000"


@pytest.mark.parametrize(
    ("closure", "expected"),
    [
        ("by_payer", {"centre": 4.0, "province": 4.0, "firms": 2.0}),
        ("national_tax", {"centre": 8.0, "firms": 2.0}),
        ("local_tax", {"province": 8.0, "firms": 2.0}),
    ],
)
def test_the_budget_names_who_pays_under_the_closure(today, closure: str, expected: dict):
    """Law: the table tells whose money the levers take; firms pay where they are under every closure."""
    payer = {"centre": 0.4, "province": 0.4, "firms": 0.2}
    works = hl.policies.SmallTowns(to=["Sichuan"], cost=10.0, payer=payer)
    rows = bill_of(package(hl.Scenario(today, [works], closure=closure)))
    assert rows.groupby("payer")["charged"].sum().to_dict() == pytest.approx(expected)


def test_a_line_by_hand(today):
    line = hl.policies.Transport(line=["Lanzhou", "Chengdu"], mode="hsr")
    outlay = only(line.outlays(today))
    km = sum(link.km for link in line.links())
    assert outlay.once_n.sum() == pytest.approx(km * 0.1437 * price_ratio(2013, 2020), rel=1e-12)
    gansu, sichuan = today.region("Gansu"), today.region("Sichuan")
    assert outlay.once_n[gansu] == outlay.once_n[sichuan] == pytest.approx(outlay.once_n.sum() / 2)
    road, plain = (
        only(
            hl.policies.Transport(line=["Lanzhou", "Chengdu"], mode="road", speed=100.0, terrain=terrain).outlays(today)
        ).once_n.sum()
        for terrain in ("mountain", "plain")
    )
    assert road / plain == pytest.approx(174.3 / (50 * price_ratio(2012, 2020)), rel=1e-12)


def test_movers_by_hand(today):
    policy = hl.policies.EcologicalMigration(leave=["Gansu"], to=["Ningxia", "Shaanxi"], people=20_000.0)
    outlay = only(policy.outlays(today))
    assert outlay.once_n.sum() == pytest.approx(20_000 * 61_162 * price_ratio(2018, 2020) / 1e9, rel=1e-9)
    assert {int(n) for n in np.flatnonzero(outlay.once_n)} == {today.region("Ningxia"), today.region("Shaanxi")}


def test_new_townspeople_by_hand(today, sichuan):
    """Gains of share times the size of groups, as residents, at 80,000 CNY of 2010, where no account tells services."""
    reform = hl.policies.HukouReform(**ONLY_SICHUAN, cut=0.1)
    today = without_services(today)
    outlay = only(reform.outlays(today))
    gain_gc = share_gc(today, combined(today, [reform]).levers.migration_cost_hat_gc) - today.migration_share_gc
    cells = today.cells.index_c[0] == sichuan
    people = (today.group_size_g @ gain_gc)[cells] @ (today.residents_per_worker_c * today.town_c)[cells]
    assert outlay.once_n[sichuan] == pytest.approx(people * 1e6 * 80_000 * price_ratio(2010, 2020) / 1e9, rel=1e-9)


def test_farmers_are_paid_by_the_hectare(today, sichuan):
    outlay = only(hl.policies.EcologicalProtection(**ONLY_SICHUAN, closed=0.1).outlays(today))
    farmers = today.workers_c.reshape(31, 2, 3).sum(axis=1)[:, 0]
    hectares = 0.1 * 127.86e6 * farmers[sichuan] / farmers.sum()
    assert outlay.once_n[sichuan] == pytest.approx(hectares * 18_000 / 1e9, rel=1e-12)  # prices of 2020
    assert outlay.to_residents


def test_payments_to_people_by_hand(today, sichuan):
    people = accounts.residents_nr(today)[sichuan] * 1e6
    transfer, _ = hl.policies.FiscalTransfer(**ONLY_SICHUAN, per_head=500.0).outlays(today)
    assert transfer.yearly_n[sichuan] == pytest.approx(500 * people.sum() / 1e9, rel=1e-13)
    poverty = only(hl.policies.PovertyAlleviation(**ONLY_SICHUAN, covered=0.2, per_head=2000.0).outlays(today))
    assert poverty.yearly_n[sichuan] == pytest.approx(0.2 * people[0] * 2000 * price_ratio(2017, 2020) / 1e9, rel=1e-12)
    border = only(hl.policies.BorderSettlement(to=["Tibet"], subsidy=2700.0, people=100_000.0).outlays(today))
    assert border.yearly_n.sum() == pytest.approx(2700 * 100_000 * price_ratio(2017, 2020) / 1e9, rel=1e-12)


def test_land_that_is_given_is_paid_for_and_new_land_is_not(today, sichuan):
    """Urban residents at 100 m2, a mu of 666.7 m2 at 203,057 CNY of 2014 (land tickets)."""
    assert hl.policies.LandQuota(**ONLY_SICHUAN, giving=[]).outlays(today) == ()
    quota = hl.policies.LandQuota(**ONLY_SICHUAN, giving=["Guangdong", "Zhejiang"], increase=0.1)
    outlay = only(quota.outlays(today))
    urban = accounts.residents_nr(today)[:, 1] * 1e6
    bought = 0.1 * urban[sichuan] * 100 / (10_000 / 15) * 203_057 * price_ratio(2014, 2020) / 1e9
    assert outlay.once_n.sum() == pytest.approx(bought, rel=1e-12)
    given = [today.region("Guangdong"), today.region("Zhejiang")]
    np.testing.assert_allclose(outlay.once_n[given], bought * urban[given] / urban[given].sum(), rtol=1e-12)
    assert outlay.paid_by_n[sichuan] == pytest.approx(1.0)


@pytest.mark.parametrize(
    "name", ["industry_linkage", "border_opening", "city_cluster", "township_merger", "market_reform"]
)
def test_where_no_unit_cost_is_established_nothing_is_charged(today, name: str):
    assert INSTRUMENTS[name]().outlays(today) == ()


@pytest.mark.parametrize("accounts", [True, False])
def test_a_levy_takes_what_it_is_to_pay(today, accounts: bool):
    """Law: what owners lose by it adds up, by home, to the bill, whether rents go to owners or to who stays."""
    kept = (
        today.arrays if accounts else {name: of for name, of in today.arrays.items() if name != "household_income_nr"}
    )
    works = hl.policies.SmallTowns(to=["West"], cost=300.0, payer={"province": 1.0})
    scenario = hl.Scenario(replace(today, arrays=kept), [works], closure="land_revenue")
    taken_n = levied_g(hl.apply(scenario)).reshape(31, -1).sum(axis=1)
    charged = hl.run(scenario).budget.groupby("region")["charged"].sum()
    np.testing.assert_allclose(taken_n[taken_n > 0], charged[charged > 0].to_numpy(), rtol=1e-12)
    assert taken_n.sum() == pytest.approx(300.0, rel=1e-12)


def test_a_cost_of_ones_own_replaces_the_rule_and_falls_by_income(today):
    own = hl.policies.Utilities(to=["Sichuan", "Tibet"], cost=12.0)
    outlay = only(costs.outlays_of(own, today))
    income = accounts.income_n(today)
    pair = [today.region("Sichuan"), today.region("Tibet")]
    np.testing.assert_allclose(outlay.yearly_n[pair], 12 * income[pair] / income[pair].sum(), rtol=1e-14)
    assert outlay.yearly_n.sum() == pytest.approx(12.0)
    assert not outlay.once_n.any()


def test_the_unit_of_account_is_the_gdp_of_the_year(today, china):
    """The two-sector economy counts in shares of the world: a unit is so many bn CNY that China's GDP is China's."""
    assert accounts.currency(today) == 1
    gdp = values("gdp_rev4census", 2000, china.domestic_codes).sum() / 10
    assert accounts.currency(china) * china.arrays["value_added_nj"][:30].sum() == pytest.approx(gdp, rel=1e-12)


# How it is raised

HALF = {"centre": 0.5, "province": 0.5}


@pytest.fixture(scope="module")
def works() -> hl.policies.Policy:
    """Ten bn CNY a year in Sichuan, half of the centre."""
    return hl.policies.Utilities(**ONLY_SICHUAN, cost=10.0, payer=HALF)


def test_by_payer_the_centre_gives_its_half_and_all_provinces_raise_it(today, sichuan, works):
    paid = charged(today, works)
    income = accounts.income_n(today)
    received = 5.0 * (np.arange(31) == sichuan) - 5.0 * income / income.sum()
    np.testing.assert_allclose(paid["transfer"], received, atol=1e-12)
    expected = 10.0 * (np.arange(31) == sichuan)
    np.testing.assert_allclose(paid["tax"], expected, atol=1e-10)
    np.testing.assert_allclose(paid["programme"], expected, atol=1e-10)
    assert not paid["levy"].any()


@pytest.mark.parametrize(("closure", "from_centre"), [("national_tax", 10.0), ("local_tax", 0.0), ("by_payer", 5.0)])
def test_closures_move_money_between_centre_and_province(today, sichuan, works, closure: str, from_centre: float):
    paid = charged(today, works, closure)
    income = accounts.income_n(today)
    received = from_centre * ((np.arange(31) == sichuan) - income / income.sum())
    np.testing.assert_allclose(paid["transfer"], received, atol=1e-12)
    assert paid["programme"].sum() == pytest.approx(10.0, rel=1e-10)
    assert paid["tax"].sum() == pytest.approx(10.0, rel=1e-10)


def test_from_land_the_province_takes_its_half_of_rents_and_taxes_nobody_for_it(today, sichuan, works):
    paid = charged(today, works, "land_revenue")
    assert paid["levy"][sichuan] == pytest.approx(5.0, rel=1e-12)
    assert paid["tax"][sichuan] == pytest.approx(5.0, rel=1e-10)
    assert paid["programme"][sichuan] == pytest.approx(5.0, rel=1e-10)
    assert np.count_nonzero(paid["levy"]) == 1


def test_a_levy_raises_what_it_should_and_leaves_services_as_they_are(today, sichuan):
    """The levy times households' own rents in towns are the works; it takes from owners there and from nobody else."""
    works = hl.policies.SmallTowns(to=["Sichuan"], cost=10.0, payer={"province": 1.0})
    scenario = hl.Scenario(today, [works], closure="land_revenue")
    solved = hl.solve(hl.apply(scenario))
    levy = solved.economy.levers.land_levy_n[sichuan]
    outcome = solved.solved.outcome
    left_g = np.asarray(outcome.rents_g) / wages_and_rents(today)[1]
    town = today.cells.residences * sichuan + 1
    assert left_g[town] == pytest.approx(1 - levy, rel=1e-9)
    np.testing.assert_allclose(np.delete(left_g, town), 1.0, rtol=1e-9)
    assert levy == pytest.approx(10.0 / rents_that_pay_n(today)[sichuan], rel=1e-12)
    assert outcome.blocks["services_n"][sichuan] == pytest.approx(services_at(today, outcome)[sichuan], rel=1e-10)


def test_programmes_leave_services_as_they_were(today, sichuan):
    """The tax pays for them: services are what the rates of the base year bring in of the new incomes."""
    nothing = hl.policies.SmallTowns(to=["Sichuan"], cost=10.0, payer={"province": 1.0})
    outcome = hl.solve(hl.apply(hl.Scenario(today, [nothing]))).solved.outcome
    assert outcome.blocks["services_n"][sichuan] == pytest.approx(services_at(today, outcome)[sichuan], rel=1e-10)


def test_debt_is_repaid_at_the_interest_of_bonds_and_the_rest_discounted(today, sichuan):
    policy = hl.policies.Utilities(**ONLY_SICHUAN, increase=0.1)
    (outlay,) = policy.outlays(today)
    once, upkeep = outlay.once_n[sichuan], outlay.yearly_n[sichuan]
    assert [schema.evidence()[f"core.{name}_rate"].value for name in ("discount", "bond")] == [DISCOUNT, BOND]
    now = charged(today, policy)["programme"].sum()
    assert now == pytest.approx(once * costs.annuity(DISCOUNT, YEARS) + upkeep, rel=1e-10)
    debt = charged(today, policy, "debt")["programme"].sum()
    assert debt == pytest.approx(once * costs.annuity(BOND, YEARS) + upkeep, rel=1e-10)


def test_a_horizon_of_ones_own_and_a_rate_of_ones_own(today, sichuan):
    policy = hl.policies.Utilities(**ONLY_SICHUAN, increase=0.1)
    (outlay,) = policy.outlays(today)
    charged_now = outlay.once_n[sichuan] * costs.annuity(0.05, 10) + outlay.yearly_n[sichuan]
    levers = hl.apply(hl.Scenario(today, [policy], horizon=10, discount=0.05)).levers
    income = accounts.income_n(today) + (levers.transfer_n - today.arrays["transfer_n"])[:31]
    assert (levers.programme_n[:31] * income).sum() == pytest.approx(charged_now, rel=1e-10)


def test_who_buys_land_pays_who_gives_it(today, sichuan):
    quota = hl.policies.LandQuota(**ONLY_SICHUAN, giving=["Guangdong"], increase=0.1)
    paid = charged(today, quota)
    yearly = only(quota.outlays(today)).once_n.sum() * costs.annuity(DISCOUNT, YEARS)
    assert paid["transfer"][today.region("Guangdong")] == pytest.approx(yearly, rel=1e-10)
    assert paid["transfer"][sichuan] == pytest.approx(-yearly, rel=1e-10)
    assert np.count_nonzero(np.abs(paid["transfer"]) > 1e-12) == 2
    assert not paid["programme"].any()


def test_what_firms_and_people_pay_leaves_the_income_of_their_region(today):
    """As a tax of the region would, under every closure that charges."""
    own, taxed = (
        hl.policies.Utilities(**ONLY_SICHUAN, cost=10.0, payer=payer)
        for payer in ({"firms": 0.6, "people": 0.4}, {"province": 1.0})
    )
    by_tax = charged(today, taxed, "local_tax")
    for closure in costs.CLOSURES:
        paid = charged(today, own, closure)
        if closure == "none":
            assert not any(amount.any() for amount in paid.values())
        else:
            assert {name: amount.tolist() for name, amount in paid.items()} == {
                name: amount.tolist() for name, amount in by_tax.items()
            }


def test_where_there_are_no_budgets_works_are_told_and_only_payments_are_charged(china):
    """The centre's part of works that nobody buys would be a gift to where they stand."""
    works = hl.policies.Utilities(**ONLY_SICHUAN, cost=10.0, payer=HALF)
    paid = hl.policies.FiscalTransfer(**ONLY_SICHUAN, per_head=1000.0, use="households")
    income = accounts.income_n(china)
    own = income[china.region("Sichuan")] / income.sum()  # its part of the national tax
    for policies, amount in (([works], 0.0), ([works, paid], paid.outlays(china)[0].yearly_n.sum())):
        levers = hl.apply(hl.Scenario(china, policies)).levers
        received = levers.transfer_n[china.region("Sichuan")] * accounts.currency(china)
        assert received == pytest.approx(amount * (1 - own), rel=1e-12)
        assert levers.transfer_n.sum() == pytest.approx(0.0, abs=1e-15)
        assert levers.local_tax_n is None


def test_a_pure_transfer_between_alike_regions_changes_income_by_its_amount():
    """Both buy the same: goods have one price, so real income moves one for one, of both together not at all."""
    world = hl.World.build(np.full((2, 2), 0.5), [1.0, 1.0], 4.0)
    for amount in (0.01, 0.1):
        outcome = hl.solve(world.with_levers(transfer_n=[amount, -amount])).outcome
        real = outcome.income_n / outcome.price_hat_n
        np.testing.assert_allclose(real, [1 + amount, 1 - amount], rtol=1e-12)
        np.testing.assert_allclose(outcome.utility_n, real, rtol=1e-12)
