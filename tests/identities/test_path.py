"""Laws of a path: what holds whatever the policy, the economy and the pace."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy.accounts import currency, income_n
from hinterland.model.laws import gradual_gc
from hinterland.policy.combine import MULTIPLY, partly
from hinterland.report.sentences import costs as cost_said
from hinterland.report.sentences import uncharged, who
from hinterland.scenario.file import presets
from hinterland.solve.path import along
from hinterland.study.apply import package
from hinterland.study.budget import budget_by_year, costs, present
from hinterland.study.outcomes import base_state, national
from hinterland.study.path import milestones, timed

EAGER = hl.Pace(0.2, 0.1)  # who comes to rest soon


@pytest.fixture(scope="module")
def followed() -> hl.Path:
    return hl.path("dual_transfer")


def grants(**dates: int) -> hl.Scenario:
    """Money for households of the West, at its full force at once."""
    return hl.Scenario("china-2020", [hl.policies.FiscalTransfer(to=["West"], per_head=500.0, ramp=1, **dates)])


def shares_tgc(path: hl.Path) -> np.ndarray:
    return np.array([one.outcome.migration_share_gc for one in path.equilibria])


@pytest.mark.parametrize("name", ["dual_transfer", "previous_round"])
def test_the_path_ends_where_the_economy_rests(name: str):
    """Law: with policies that stay, people come to where they would choose to be once and for all."""
    economy = hl.apply(name)
    last, rest = along([economy] * 120, *EAGER)[-1], hl.solve(economy)
    np.testing.assert_allclose(last.outcome.migration_share_gc, rest.outcome.migration_share_gc, atol=1e-8)
    ours, theirs = timed(last), timed(rest)
    for outcome, value in theirs.items():
        assert ours[outcome] == pytest.approx(value, rel=1e-8, abs=1e-8), outcome


@pytest.mark.parametrize("economy", ["china-2020", "china-2010", "china-2000"])
def test_without_a_policy_nothing_ever_moves(economy: str):
    still = hl.path(hl.Scenario(economy, [], horizon=8))
    base = national(still.scenario.economy, base_state(still.scenario.economy))
    for one in still.equilibria:
        np.testing.assert_allclose(
            one.outcome.migration_share_gc, still.scenario.economy.migration_share_gc, atol=1e-12
        )
        for outcome, value in timed(one).items():
            assert value == pytest.approx(base[outcome], rel=1e-10, abs=1e-10), outcome


def test_nobody_is_lost_or_below_zero(followed: hl.Path):
    shares = shares_tgc(followed)
    np.testing.assert_allclose(shares.sum(axis=2), 1, atol=1e-12)
    assert shares.min() >= 0
    workers = followed.headline.set_index(["year", "variable"])["value"]
    for year in followed.years:
        total = workers[year, "workers_ag"] + workers[year, "workers_nonag"]
        assert total == pytest.approx(followed.base["workers_ag"] + followed.base["workers_nonag"], rel=1e-12)


def test_every_year_has_a_certificate(followed: hl.Path):
    assert [*followed.certificates] == [*range(2021, 2051)]
    for known in followed.certificates.values():
        assert known.passed
        assert max(known.worst, known.error) < 1e-11


@pytest.mark.parametrize("name", presets())
def test_every_ready_scenario_comes_nearer_to_its_end_in_every_year(name: str):
    """Law: once what stays is in full force, people are nearer to where they rest in every year than in the last."""
    ready = hl.path(name)
    assert all(known.passed for known in ready.certificates.values())
    rest_gc = ready.rest.outcome.migration_share_gc
    size_g = ready.scenario.economy.group_size_g
    away_t = [float((size_g @ np.abs(share_gc - rest_gc)).sum()) for share_gc in shares_tgc(ready)]
    since = ready.scenario.rest_year - ready.scenario.economy.year
    assert all(later < sooner for sooner, later in pairwise(away_t[since:]))


def test_a_full_place_empties_to_its_limit():
    """Law: where fewer may live than do, people leave until the limit holds, and never pass below it."""
    limit = hl.policies.EcologicalProtection(to=["Shaanxi"], capacity=0.98, ramp=1)
    economy, cells = hl.apply(hl.Scenario("china-2020", [limit])), hl.load("china-2020").cells
    place = economy.domestic_codes.index("610000")
    base_n = cells.by_region(economy.workers_c)[place]
    people = [
        cells.by_region(economy.group_size_g @ one.outcome.migration_share_gc)[place] / base_n
        for one in along([economy] * 120, *EAGER)
    ]
    assert all(later <= sooner + 1e-12 for sooner, later in pairwise(people))
    assert people[1] > people[-1] == pytest.approx(0.98, abs=1e-6)


@pytest.mark.parametrize("dates", [{"start": 2025}, {"end": 2030}, {"start": 2023, "end": 2034}])
def test_a_limit_on_people_may_begin_later_and_end(dates: dict[str, int]):
    """A limit has an unknown of its own, its price, in the years alone in which it holds."""
    limit = hl.policies.EcologicalProtection(to=["Shaanxi"], capacity=0.98, ramp=1, **dates)
    followed = hl.path(hl.Scenario("china-2020", [limit], horizon=20))
    assert all(known.passed for known in followed.certificates.values())
    rows = followed.by("Shaanxi").query("variable == 'workers_from_elsewhere'").set_index("year")["change"]
    assert rows[2021] == pytest.approx(0, abs=1e-9) or "start" not in dates
    away = np.abs(shares_tgc(followed) - followed.rest.outcome.migration_share_gc).max(axis=(1, 2))
    since = dates.get("end", 2025) - 2020
    assert all(later < sooner for sooner, later in pairwise(away[since:]))


def test_a_policy_that_starts_later_does_the_same_later():
    """Law: nothing else has a date, so that years may be counted from the start of a policy."""
    soon, late = (shares_tgc(hl.path(grants(start=start))) for start in (2021, 2025))
    np.testing.assert_allclose(late[4:], soon[:-4], atol=1e-10)
    np.testing.assert_allclose(late[:5], late[:1].repeat(5, axis=0), atol=1e-12)  # who moves sees the year before


def test_what_ends_is_left_behind():
    """Law: after the end of a policy people go back; in the end nothing of it is left."""
    economy, base = hl.apply(grants()), hl.load("china-2020")
    years = along([economy] * 20 + [base] * 150, *EAGER)
    away = [np.abs(year.outcome.migration_share_gc - base.migration_share_gc).max() for year in years]
    assert away[20] > 1e-5
    assert away[-1] < 1e-9
    assert all(later < sooner for sooner, later in pairwise(away[21:100]))


def test_in_the_end_only_what_stays_counts():
    """Law: whatever has an end leaves nothing behind, however long it holds; what stays comes to the same end."""
    stays = hl.policies.HukouReform(to=["Sichuan"], access=0.5)
    alone = hl.path(hl.Scenario("china-2020", [stays]))
    for end in (2025, 2049):
        ends = hl.policies.Utilities(to=["Yunnan"], end=end)
        both = hl.path(hl.Scenario("china-2020", [stays, ends]))
        assert both.at_rest == pytest.approx(alone.at_rest, rel=1e-9, abs=1e-12)
        over = hl.path(hl.Scenario("china-2020", [ends]))
        assert all(abs(change) < 1e-10 for change in over.at_rest.values())
        assert milestones(over, ["real_income"])["year"].isna().all()


WORKS = {
    "at once": hl.policies.Utilities(to=["Sichuan"], ramp=1, payer={"province": 1.0}),
    "by and by": hl.policies.Utilities(to=["Sichuan"], ramp=5, start=2023, payer={"province": 1.0}),
    "that end": hl.policies.Utilities(to=["Sichuan"], ramp=2, end=2026, payer={"province": 1.0}),
    "being built": hl.policies.Transport(line=["Chengdu", "Chongqing"], payer={"centre": 0.5, "province": 0.5}),
}


@pytest.mark.parametrize("closure", ["by_payer", "debt"])
@pytest.mark.parametrize("works", WORKS)
def test_debts_are_worth_what_was_spent(works: str, closure: str):
    """Law: the years' charges and what is owed at the horizon are worth what is spent, at the interest of the debt."""
    scenario = hl.Scenario("china-2020", [WORKS[works]], closure=closure)
    budget = budget_by_year(package(scenario)).groupby("year")[["spent", "charged", "owed"]].sum()
    rate = scenario.rates["bond" if closure == "debt" else "discount"]
    charged, spent = (present(budget[name].to_numpy(), rate) for name in ("charged", "spent"))
    left = budget["owed"].iloc[-1]
    assert charged + left / (1 + rate) ** 30 == pytest.approx(spent, rel=1e-12)
    assert (budget["owed"] >= -1e-9).all()
    if works == "at once":
        assert left == pytest.approx(0, abs=1e-9)
    if works != "that end":
        assert budget["charged"].iloc[-1] == pytest.approx(costs(package(scenario))["charged"].sum(), rel=1e-12)


def test_an_end_is_felt_from_that_year_on_and_a_service_that_ended_lowers_no_bill():
    """Law: of services that several give each year's policies share the bill, so that no end changes earlier years."""

    def followed_to(*ends: int) -> hl.Path:
        stays = hl.policies.HukouReform(to=["Sichuan"], access=0.5, ramp=1)
        comes = [
            hl.policies.HukouReform(to=["Sichuan"], moves="return_home", access=1.0, ramp=1, end=end) for end in ends
        ]
        return hl.path(hl.Scenario("china-2020", [stays, *comes], horizon=20))

    alone, sooner, later = followed_to(), followed_to(2027), followed_to(2029)
    for name in ("real_income", "urbanization_rate"):
        np.testing.assert_allclose(sooner.changes(name).loc[:2027], later.changes(name).loc[:2027], rtol=1e-9)
        assert sooner.at_rest[name] == later.at_rest[name] == pytest.approx(alone.at_rest[name], rel=1e-9)
    bill = sooner.budget.groupby("year")["charged"].sum()
    alone_bill = alone.budget.groupby("year")["charged"].sum()
    assert bill[2028] == pytest.approx(alone_bill[2028], rel=1e-12)
    assert bill[2027] > 1.1 * alone_bill[2027]
    np.testing.assert_allclose(bill.loc[2021:2027], bill[2021], rtol=1e-12)


@pytest.mark.parametrize("closure", ["by_payer", "debt"])
@pytest.mark.parametrize("dates", [{}, {"start": 2040}, {"end": 2027}])
def test_what_a_run_costs_now_is_what_its_path_charges(dates: dict[str, int], closure: str):
    """Law: one calendar, also where policies share services in some years alone: each year has its own bill."""
    reform = hl.policies.HukouReform(to=["Sichuan"], access=0.5, ramp=1)
    comes = hl.policies.HukouReform(to=["Sichuan"], moves="return_home", access=1.0, ramp=1, **dates)
    policies = [reform, comes, hl.policies.Utilities(to=["Yunnan"], start=2030)]
    whole = package(hl.Scenario("china-2020", policies, closure=closure))
    charged_t = budget_by_year(whole).groupby("year")["charged"].sum().to_numpy()
    assert costs(whole)["present"].sum() == pytest.approx(present(charged_t, 0.08), rel=1e-12)


@pytest.mark.parametrize("base_year", ["china-2000", "china-2010"])
def test_what_is_said_to_cost_is_what_somebody_is_charged(base_year: str):
    """Law: where a part of a policy is charged to nobody the bill is that of the other part, as its path charges it."""
    paid = hl.policies.FiscalTransfer(
        to=["West"], per_head=300.0, use="households", payer={"centre": 0.4, "province": 0.6}
    )
    result = hl.run(hl.Scenario(base_year, [paid]))
    charged_t = budget_by_year(result.package).groupby("year")["charged"].sum().to_numpy()
    nobody = uncharged(result)
    assert set(nobody["payer"]) == {"province"}
    billed = result.budget.drop(nobody.index)
    assert billed["present"].sum() == pytest.approx(present(charged_t, 0.08), rel=1e-12)
    assert f"{billed['present'].sum():.1f} bn CNY at present value over 30 years): centre 100 %" in cost_said(
        result, "en"
    )
    assert f"({nobody['present'].sum():.1f} bn CNY at present value)" in cost_said(result, "en")
    assert "The bills that are charged being paid" in who(result, "en")


@pytest.mark.parametrize("works", ["at once", "by and by", "that end"])
def test_what_is_charged_in_a_year_leaves_an_income_in_that_year(works: str):
    followed = hl.path(hl.Scenario("china-2020", [WORKS[works]]))
    economy, place = followed.scenario.economy, followed.scenario.economy.region("Sichuan")
    levers = (one.economy.levers for one in followed.equilibria)
    income = income_n(economy)[place] * currency(economy)
    taken = [0.0 if of.programme_n is None else of.programme_n[place] * income for of in levers]
    charged = followed.budget.groupby("year")["charged"].sum()
    np.testing.assert_allclose(taken, charged, rtol=1e-12, atol=1e-12)
    assert charged[2050] > 0


def test_a_milestone_is_never_undone():
    """Law: from that year on a change stays as near to its end as is told, and the year before it was not."""
    for name in ("border_belt", "cluster_led", "dual_transfer", "jinsha_qianjiang"):
        ready = hl.path(name)
        for outcome, rest in ready.at_rest.items():
            away = (ready.changes(outcome) / rest - 1).abs() if abs(rest) > 1e-9 else None
            for part in (0.5, 0.9):
                year = ready.reached(outcome, part)
                if away is None or year is None:
                    assert away is None or away.iloc[-1] > 1 - part
                    continue
                assert away.loc[year:].max() <= 1 - part
                assert year == 2021 or away[year - 1] > 1 - part


@pytest.mark.parametrize("said", ["urbanization_rate", "城镇化率", "urbanization rate", "城镇化率（百分点）"])
def test_an_outcome_goes_by_any_of_its_names(followed: hl.Path, said: str):
    assert followed.changes(said).equals(followed.changes("urbanization_rate"))


@pytest.mark.parametrize(
    ("said", "key"), [("foo", "path.no_outcome"), ("welfare", "path.timeless"), ("福利", "path.timeless")]
)
def test_what_has_no_years_is_refused(followed: hl.Path, said: str, key: str):
    with pytest.raises(hl.DataError) as refused:
        followed.changes(said)
    assert refused.value.problems[0].key == key


def test_who_chooses_inside_his_province_does_not_leave_it(followed: hl.Path):
    economy, wanted = followed.scenario.economy, np.asarray(followed.rest.solved.outcome.wanted_share_gc)
    base, cells = economy.migration_share_gc, economy.cells
    inside = gradual_gc(base, wanted, 0.0, 0.3, cells)
    np.testing.assert_allclose(cells.by_region(inside), cells.by_region(base), atol=1e-14)
    assert np.abs(inside - base).max() > 1e-6
    np.testing.assert_allclose(gradual_gc(base, wanted, 1.0, 0.0, cells), wanted, atol=1e-15)
    np.testing.assert_allclose(gradual_gc(base, base, 0.4, 0.3, cells), base, atol=1e-15)


@pytest.mark.parametrize("name", presets())
def test_policies_of_full_force_are_those_of_the_rest_point(name: str):
    whole = package(hl.read(name))
    none = dict.fromkeys(whole.scenario.policies, 0.0)
    force = none | dict.fromkeys(whole.scenario.in_force(), 1.0)
    ours, theirs = whole.economy_in(force, force), whole.economy()
    for lever, value in theirs.levers._asdict().items():
        if value is not None:
            np.testing.assert_allclose(getattr(ours.levers, lever), value, rtol=1e-14, atol=1e-14, err_msg=lever)
    assert whole.economy_in(none, none) is whole.scenario.economy


def test_part_of_a_policy_is_that_part_of_its_money_and_a_root_of_its_hats(followed: hl.Path):
    for changes in followed.package.changes.values():
        half = partly(changes, 0.5)
        assert half.keys() == changes.keys()
        for name in changes.keys() & set(MULTIPLY):
            np.testing.assert_allclose(half[name] ** 2, changes[name], rtol=1e-14)
        twice = partly(partly(changes, 0.5), 0.5)
        quarter = partly(changes, 0.25)
        for name in changes.keys() & {*MULTIPLY, "transfer_n", "services_more_n"}:
            np.testing.assert_allclose(twice[name], quarter[name], rtol=1e-13)


def test_a_faster_pace_brings_what_comes_sooner(followed: hl.Path):
    slow, fast = (hl.path("dual_transfer", pace) for pace in (hl.Pace(0.04, 0.05), hl.Pace(0.065, 0.05)))
    for year in (2030, 2040):
        early, middle, late = (one.changes("urbanization_rate")[year] for one in (fast, followed, slow))
        assert early > middle > late


def test_a_milestone_is_the_year_from_which_a_part_is_there(followed: hl.Path):
    table = milestones(followed, ["urbanization_rate", "workers_across"]).set_index(["variable", "part"])
    share = followed.changes("urbanization_rate") / followed.at_rest["urbanization_rate"]
    half = table["year"]["urbanization_rate", "half"]
    assert share[half] >= 0.5 > share[half - 1]
    low, high = table.loc[("urbanization_rate", "half"), ["low", "high"]]
    assert low < half < high
    assert table["year"]["workers_across", "most"] is None  # not before the horizon


@pytest.mark.parametrize("pace", [(-0.1, 0.2), (0.0, 0.0), (0.7, 0.4), (float("nan"), 0.1)])
def test_shares_that_are_none_are_refused(pace: tuple[float, float]):
    with pytest.raises(hl.PolicyError) as refused:
        hl.path("dual_transfer", hl.Pace(*pace))
    assert refused.value.problems[0].key == "path.pace"
