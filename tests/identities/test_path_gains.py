"""Laws of what people gain by year where they were: nothing before a policy, all but the movers' part in the end."""

from __future__ import annotations

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy.accounts import currency
from hinterland.economy.services import with_services_gc
from hinterland.study.columns import PARTS
from hinterland.study.path import followed

PLACED = [part for part in PARTS if part != "movers"]


@pytest.fixture(scope="module")
def dual(dual_transfer) -> hl.Path:
    return dual_transfer.followed


def in_all(followed: hl.Path) -> np.ndarray:
    table = followed.gains
    return table[table["dimension"] == "nation"].set_index("year")["variation"].to_numpy()


def test_in_the_end_it_is_what_a_run_says_but_for_those_who_move(dual: hl.Path, dual_transfer: hl.Result):
    """Law: the rest point's parts are those of the run's table of gains, part by part, and the rest is the movers'."""
    run, end = (
        table[table["dimension"] == "hukou"].set_index("who") for table in (dual_transfer.gains, dual.gains_at_rest)
    )
    np.testing.assert_allclose(end[PLACED].loc[run.index], run[PLACED], atol=1e-9)
    np.testing.assert_allclose(end["variation"].loc[run.index] + run["movers"], run["variation"], atol=1e-9)
    assert (run["movers"] >= 0).all()


def test_every_division_of_people_adds_up_in_every_year(dual: hl.Path):
    sums = dual.gains.groupby(["year", "dimension"])[["variation", *PLACED]].sum()
    for _, by_dimension in sums.groupby("year"):
        np.testing.assert_allclose(
            by_dimension, by_dimension.iloc[[0]].to_numpy().repeat(len(by_dimension), 0), atol=1e-8
        )
    np.testing.assert_allclose(sums[PLACED].sum(axis=1), sums["variation"], atol=1e-8)


def test_nobody_gains_or_loses_before_a_policy_and_all_do_as_much_whenever_it_begins():
    """Law: a later start does the same later."""
    sooner, later = (
        hl.path(hl.Scenario("china-2020", [hl.policies.Utilities(to=["West"], start=start, ramp=3)], horizon=20))
        for start in (2021, 2027)
    )
    assert np.abs(in_all(later)[:6]).max() < 1e-6
    np.testing.assert_allclose(in_all(later)[6:], in_all(sooner)[:14], rtol=1e-5)


@pytest.mark.parametrize("payer", [{"centre": 1.0}, {"province": 1.0}])
def test_useless_works_cost_those_who_pay_what_is_charged_in_that_year(payer: dict[str, float]):
    """Law: in the first year nobody has moved, and households bear what is charged, at little more or less."""
    works = hl.policies.SmallTowns(to=["Central"], cost=100.0, payer=payer, ramp=4)
    found = hl.path(hl.Scenario("china-2020", [works], horizon=8))
    charged = found.budget.groupby("year")["charged"].sum().to_numpy()
    np.testing.assert_allclose(-in_all(found), charged, rtol=0.02)


def test_what_is_gained_comes_to_its_end():
    """Law: after a hundred years people are where the rest point has them."""
    found = hl.path(hl.Scenario("china-2020", [hl.policies.HukouReform(to=["West"], access=0.5)], horizon=100))
    end = found.gains_at_rest.set_index(["dimension", "who"])["change"]
    last = found.gains.query("year == 2120").set_index(["dimension", "who"])["change"]
    np.testing.assert_allclose(last, end.loc[last.index], atol=2e-5)
    first = found.gains.query("year == 2025").set_index(["dimension", "who"])["change"]
    assert np.abs(first - end.loc[first.index]).max() > 2e-4


def test_a_rest_point_that_is_known_gives_the_same(dual: hl.Path):
    again = followed(dual.package, dual.pace)
    assert again.gains_at_rest["variation"].to_numpy() == pytest.approx(
        dual.gains_at_rest["variation"].to_numpy(), abs=1e-6
    )


@pytest.mark.parametrize("access", [0.5, 1.0])
def test_services_come_as_they_are_paid_for(access: float):
    """Law: in a year with a fifth of the force a fifth of the gap is closed, as a fifth of the bill falls due."""
    reform = hl.policies.HukouReform(to=["West"], access=access, ramp=5)
    found = hl.path(hl.Scenario("china-2020", [reform], horizon=10))
    services = found.gains.query("dimension == 'nation'").set_index("year")["services"]
    charged = found.budget.groupby("year")["charged"].sum()
    np.testing.assert_allclose(services / services[2025], charged / charged[2025], rtol=0.01)


def given_over_charged(found: hl.Path, year: int) -> float:
    """What services more are worth at their cost to those who were there, over what is charged for them that year."""
    base = found.scenario.economy
    one = found.equilibria[found.years.index(year)]
    hat = np.asarray(one.economy.levers.service_worth_hat_gc)
    people = base.group_size_g[:, None] * base.migration_share_gc
    given = (people * (hat - 1) * with_services_gc(base)).sum() * currency(base) / float(base.arrays["service_worth"])
    serving = {"hukou_reform", "public_services"}
    rows = found.budget[(found.budget["year"] == year) & found.budget["instrument"].isin(serving)]
    return float(given / rows["charged"].sum())


def test_services_that_several_reforms_give_come_as_they_are_paid_for(dual: hl.Path):
    """Law: of reforms that reach the same people what has come of access and of its bill is the same part each year."""
    everywhere = ["East", "Central", "West", "Northeast"]
    both = {
        "in_place": hl.policies.HukouReform(to=everywhere, access=1.0, ramp=10),
        "return_home": hl.policies.HukouReform(to=everywhere, moves="return_home", access=1.0, ramp=10),
    }
    for found in (dual, hl.path(hl.Scenario("china-2020", both, horizon=12))):
        parts = [given_over_charged(found, year) for year in (2021, 2022, 2025, 2030)]
        np.testing.assert_allclose(parts, parts[-1], rtol=1e-3)


def test_money_that_nobody_is_charged_for_is_not_spent():
    """A payment that nobody is charged for is not made; works that nobody is charged for are built all the same."""
    grant = hl.policies.FiscalTransfer(to=["West"], per_head=800.0, use="households")
    free = hl.path(hl.Scenario("china-2020", [grant], closure="none", horizon=5))
    assert free.budget["spent"].sum() == 0
    works = hl.policies.SmallTowns(to=["Central"], cost=100.0)
    assert hl.path(hl.Scenario("china-2020", [works], closure="none", horizon=5)).budget["spent"].sum() > 0
