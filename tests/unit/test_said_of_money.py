"""What first screens say of money that their numbers alone would leave to be misread."""

from __future__ import annotations

import pytest

import hinterland as hl
from hinterland.report.first_screen import notices
from hinterland.report.sentences import costs, happens, sentences
from hinterland.scenario.remarks import remarks
from hinterland.study.budget import budget_by_year
from hinterland.study.path import path
from hinterland.texts import LANGUAGES, text

KINDS = hl.policies


def run_of(*policies: hl.policies.Policy, base_year: str = "china-2020", **terms: str) -> hl.Result:
    return hl.run(hl.Scenario(base_year, [*policies], **terms))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_comes_of_paying_alone_is_said_to(lang: str):
    """Law: where no policy changes anything but who pays and who is paid the screen says so, and else does not."""
    works, cash = KINDS.SmallTowns(to=["West"], cost=300.0), KINDS.FiscalTransfer(to=["West"], use="households")
    for policy, alone in ((works, True), (cash, True), (KINDS.Utilities(to=["West"]), False)):
        assert (text("screen.by_paying", lang) in happens(run_of(policy), lang)) is alone, policy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_firms_bills_are_said_to_leave_incomes_of_residents(lang: str):
    for payer, told in (({"firms": 1.0}, True), ({"province": 1.0}, False)):
        words = costs(run_of(KINDS.Utilities(to=["West"], payer=payer)), lang)
        assert (text("screen.firms_pay", lang).strip() in words) is told


def test_what_late_works_leave_to_pay_is_told():
    """Law: it is what the path still owes at the horizon."""
    late = run_of(KINDS.Utilities(to=["West"], start=2048, ramp=1))
    table = budget_by_year(late.package)
    left = table.loc[table["year"] == 2050, "owed"].sum()
    assert f"; {left:.1f} bn CNY are still owed at the end of 2050" in costs(late, "en")
    assert "still owed" not in costs(run_of(KINDS.Utilities(to=["West"], ramp=1)), "en")


def test_a_limit_on_people_is_a_dose():
    limit = KINDS.EcologicalProtection(to=["Shanghai"], closed=0.0, capacity=0.9)
    result = run_of(limit)
    assert remarks(result.scenario) == []
    assert "dose of zero" not in " ".join(sentences(result, "en"))
    idle = hl.Scenario("china-2020", [KINDS.EcologicalProtection(to=["Shanghai"], closed=0.0)])
    assert [problem.key for problem in remarks(idle)] == ["scenario.no_dose"]


def test_a_gain_of_others_from_schooling_of_nobody_is_no_dose():
    untaught = hl.Scenario("china-2020", [KINDS.Talent(to=["Sichuan"], years=0.0, externality=0.05)])
    assert [problem.key for problem in remarks(untaught)] == ["scenario.no_dose"]
    cheaper = hl.Scenario("china-2020", [KINDS.Talent(to=["Sichuan"], years=0.0, switching_cut=0.05)])
    assert remarks(cheaper) == []


def test_what_provinces_pay_each_other_is_said_to_leave_no_rents():
    """Law: under the levy it is paid as under `by_payer`, and the note says so."""
    quota = KINDS.LandQuota(to=["Guangdong"], giving=["Sichuan"], increase=0.05)
    levied, plain = (hl.Scenario("china-2020", [quota], closure=of) for of in ("land_revenue", "by_payer"))
    assert [problem.key for problem in remarks(levied)] == ["scenario.from_income"]
    assert remarks(plain) == []
    gains = [hl.run(of).gain_in_all[0] for of in (levied, plain)]
    assert gains[0] == pytest.approx(gains[1], rel=1e-9)


@pytest.mark.parametrize("share", [1.0, 0.3, 0.01])
def test_what_is_charged_in_part_is_worth_and_costs_that_part(share: float):
    """Law: money handed out in part is worth its part, a year and at present alike."""
    paid = KINDS.FiscalTransfer(to=["West"], use="households", payer={"centre": share, "people": 1 - share})
    result = run_of(paid, base_year="china-2000")
    (row,) = result.benefits.to_dict("records")
    years = row["present_cost"] / row["charged"]
    assert row["present_value"] == pytest.approx(row["variation"] * years, rel=0.02)
    assert (text("screen.unpaid", "en", count=1) in costs(result, "en")) is (share < 1)


@pytest.mark.parametrize("instrument", [KINDS.PublicServices, KINDS.FiscalTransfer])
def test_a_value_that_does_nothing_here_is_told(instrument: type):
    """Law: it moves nothing to the last bit, and the note says so."""
    plain, set_otherwise = (
        hl.Scenario("china-2020", [instrument(to=["West"], **of)]) for of in ({}, {"elasticity": 0.2})
    )
    assert [problem.key for problem in remarks(set_otherwise)] == ["scenario.in_vain.elasticity"]
    assert remarks(plain) == []
    first, second = (hl.solve(hl.apply(one)).solved.outcome.real_income_hat_c for one in (plain, set_otherwise))
    assert (first == second).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notices_are_of_what_is_there(lang: str):
    heads, alarm = text("screen.heads", lang), text("screen.funds", lang, names="", low=0.95, high=1.3)[-20:]
    paid = KINDS.PovertyAlleviation(per_head=1000.0)
    assert heads in notices(run_of(paid, base_year="china-2010"), lang)
    assert heads not in notices(run_of(paid), lang)
    places = {"Shanghai": True, "West": False}
    for place, told in places.items():
        works = KINDS.SmallTowns(to=[place], cost=100.0, payer={"province": 1.0})
        assert any(said.endswith(alarm) for said in notices(run_of(works), lang)) is told


def test_what_others_buy_is_told_with_the_number_of_the_bridge(dual_transfer):
    bought = -dual_transfer.bridge.set_index("item")["amount"]["others"]
    assert f"Governments and firms buy {bought:.1f} bn CNY more" in " ".join(notices(dual_transfer, "en"))


PACES = [hl.Pace(among=0.0, inside=0.3), hl.Pace(0.5, 0.5), (0.05, 0.05), 0.05, hl.Pace(among="a", inside=0.1)]


@pytest.mark.parametrize("pace", PACES, ids=str)
def test_a_pace_that_never_rests_swings_or_is_none_is_refused(pace: object):
    with pytest.raises(hl.PolicyError) as refused:
        path("dual_transfer", pace)
    assert refused.value.problems[0].key == "path.pace"
