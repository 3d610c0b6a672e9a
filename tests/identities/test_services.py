"""Services by hukou: access in money, its bill, and the laws both obey."""

from __future__ import annotations

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy.accounts import currency
from hinterland.economy.services import (
    access_gc,
    came_for_n,
    entitled_n,
    entitled_services_n,
    heads_per_worker_gc,
    lived_on_gc,
    services_a_head_n,
    services_gc,
    worth_hat_gc,
)
from hinterland.policy.combine import combined
from hinterland.policy.costs import outlays_of
from hinterland.policy.policy import changes_of, key_of
from hinterland.policy.served import part_alone, parts
from hinterland.policy.write import target
from hinterland.study.apply import movers, package
from hinterland.study.variation import variation_in
from hinterland.study.worth import alone, over_service_worth

REFORM = hl.policies.HukouReform
KINDS = {"public_services": hl.policies.PublicServices(), "fiscal_transfer": hl.policies.FiscalTransfer()}


def test_who_is_at_home_has_all_services_and_others_a_part(today, sichuan):
    """Villagers of Sichuan: all in their villages, half in Sichuan's towns and anywhere else; its townspeople all."""
    cells, access = today.cells, access_gc(today)
    rural, urban = (2 * sichuan + today.classes.index(name) for name in ("rural", "urban"))
    at_home, town = cells.at_home_gc[rural], today.town_c
    assert (access[rural][at_home & ~town] == 1).all()
    assert (access[rural][at_home & town] == 0.5).all()
    assert (access[rural][~at_home] == 0.5).all()
    assert (access[urban][at_home] == 1).all()
    assert (access[urban][~at_home] == 0.5).all()


def test_services_a_head_spend_what_local_budgets_spend(today):
    entitled = entitled_n(today, today.migration_share_gc, access_gc(today))
    np.testing.assert_allclose(services_a_head_n(today) * entitled, entitled_services_n(today), rtol=1e-12)
    away = ~today.cells.at_home_gc
    people = (today.group_size_g[:, None] * today.migration_share_gc * heads_per_worker_gc(today))[away].sum()
    assert people == pytest.approx(124.84, abs=0.05)  # the census of 2020: people in another province than their hukou


def test_access_is_worth_money_by_hand(today, sichuan):
    """A villager in a town of Sichuan: what a worker there earns and the services of those who come along."""
    worth, head = float(today.arrays["service_worth"]), services_a_head_n(today)[sichuan]
    group = 2 * sichuan + today.classes.index("rural")
    cell = sichuan * today.cells.per_region + today.cells.per_region - 1
    own, heads = lived_on_gc(today)[group, cell], today.residents_per_worker_c[cell]
    expected = (own + worth * heads * head) / (own + worth * heads * 0.5 * head)
    assert worth_hat_gc(today, 0.0)[group, cell] == pytest.approx(expected, rel=1e-12)
    none = today.with_elasticities(service_access=0.0)
    assert np.isfinite(worth_hat_gc(none, 0.0)).all()  # a power would be infinite


def test_a_yuan_of_services_is_worth_omega_to_those_who_get_it(today):
    """Law: the same for all who are there, whatever they earn: a bill of services is worth omega of it."""
    for worth in (0.25, 1.0):
        economy = today.with_elasticities(service_worth=worth)
        little = hl.policies.PublicServices(to=["China"], increase=1e-4)
        solved = hl.solve(hl.apply(hl.Scenario(economy, [little])))
        found = float(variation_in(solved.economy, solved.solved.outcome).parts["services"].sum())
        assert found == pytest.approx(worth * 1e-4 * entitled_services_n(today).sum(), rel=2e-3)


def test_what_people_leave_is_not_saved(today):
    """Law: moves out of villages lower no bill; more access costs at least what those there get more of it."""
    reform = REFORM(to=["China"], access=0.1)
    there = part_alone(reform, today, today.migration_share_gc).there_n * currency(today)
    for cut in (0.0, 0.1, 0.3):
        whole = package(hl.Scenario(today, [REFORM(to=["China"], access=0.1, cut=cut)]))
        assert (whole.outlays["hukou_reform"][0].yearly_n >= there * (1 - 1e-9)).all()


def test_access_is_given_once(today):
    """Law: two reforms give what is missing and no more."""
    twice = combined(today, [REFORM(access=1.0), REFORM(access=1.0, moves="return_home")]).levers.service_worth_hat_gc
    once = combined(today, [REFORM(access=1.0)]).levers.service_worth_hat_gc
    np.testing.assert_allclose(twice, once, rtol=1e-12)


@pytest.mark.parametrize("kind", ["public_services", "fiscal_transfer"])
def test_who_comes_for_services_is_charged_for_as_by_a_reform(today, kind: str):
    """Law: where people come, all that they get is paid for; where nobody does, the bill is what those there get."""
    policy = KINDS[kind]
    (base, *_), *_ = [policy.outlays(today, today.migration_share_gc)]
    counted = package(hl.Scenario(today, [policy])).outlays[kind]
    share_gc = next(iter(movers([(today, [policy])]).values()))
    reached_n = target(today, policy.to, kind)
    came_n = reached_n * came_for_n(today, share_gc, access_gc(today), policy.changes(today)["services_more_n"])
    assert came_n.sum() > 0
    paid_n = sum(outlay.yearly_n for outlay in counted)
    np.testing.assert_allclose(paid_n - base.yearly_n, came_n * currency(today), rtol=1e-9, atol=1e-12)


def test_the_bill_is_the_entitled_times_services_a_head(today):
    """Where nobody moves, it is the access that is given to those who are there."""
    reform = REFORM(to=["Sichuan"])
    given = reform.access_gc(today) - access_gc(today)
    heads = today.group_size_g[:, None] * today.migration_share_gc * heads_per_worker_gc(today)
    expected_n = today.cells.by_region((heads * given).sum(axis=0)) * services_a_head_n(today)
    (outlay,) = reform.outlays(today, today.migration_share_gc)
    found_n = outlay.yearly_n / currency(today)
    np.testing.assert_allclose(found_n, expected_n, rtol=1e-9, atol=1e-9)
    assert (found_n > 0).sum() == 1


def test_nobody_has_more_than_all_access(today):
    reform = REFORM(to=["China"], access=1.0, moves="across")
    assert reform.access_gc(today).max() == 1.0
    for value in (1.5, -0.1):
        with pytest.raises(hl.PolicyError):
            REFORM(access=value)
    with pytest.raises(hl.ModelError):
        today.with_elasticities(service_worth=1.2)


@pytest.mark.parametrize("moves", ["in_place", "return_home", "across"])
def test_what_nobody_values_is_worth_nothing_and_more_worth_is_worth_more(today, moves: str):
    """Law: at omega 0 access is a cost alone; benefit per yuan rises with omega."""
    worths = [today.with_elasticities(service_worth=worth) for worth in (0.0, 0.25, 0.5, 1.0)]
    found = alone([hl.Scenario(economy, [REFORM(moves=moves)]) for economy in worths])
    assert found[0] == pytest.approx(0.0, abs=1e-9)
    assert all(np.diff(found) > 0)


def test_the_range_over_omega_ends_at_both_ends(today):
    table = over_service_worth(package(hl.Scenario(today, [REFORM(), hl.policies.PublicServices(to=["Gansu"])])))
    assert list(table["policy"]) == ["hukou_reform", "public_services"]
    assert table["worth_0"].to_numpy() == pytest.approx(0.0, abs=1e-9)
    reach = table["worth_1"] >= 1  # else no worth of a yuan of services pays: there is no break-even to tell
    assert reach.tolist() == [False, True]
    assert (table["break_even"] * table["worth_1"])[reach].to_numpy() == pytest.approx(1.0, rel=1e-6)
    assert table["break_even"][~reach].isna().all()


def test_services_are_given_only_where_they_are_known(china):
    """Without accounts of services access alone is refused, and a cut has its unit cost."""
    with pytest.raises(hl.PolicyError) as caught:
        hl.Scenario(china, [REFORM()])
    assert [problem.key for problem in caught.value.problems] == ["policy.needs"]
    outlays = outlays_of(REFORM(cut=0.1), china)
    assert outlays[0].once_n.sum() > 0 == outlays[0].yearly_n.sum()


def test_a_reform_without_anybody_to_entitle_is_refused(today):
    whole = today.with_elasticities(service_access=1.0)
    with pytest.raises(hl.PolicyError) as caught:
        hl.Scenario(whole, [REFORM(to=["Sichuan"])])
    assert [problem.key for problem in caught.value.problems] == ["policy.all_entitled"]


P = hl.policies
WEST = ["West"]
PACKAGES = {
    "two reforms": [REFORM(to=WEST, access=1.0), REFORM(to=WEST, access=1.0, moves="return_home")],
    "reforms of parts": [REFORM(to=WEST, access=0.3), REFORM(to=["Gansu", "Sichuan"], access=0.6, moves="return_home")],
    "reform and services": [REFORM(to=WEST, access=0.5), P.PublicServices(to=WEST, increase=0.5)],
    "services and transfer": [P.PublicServices(to=WEST, increase=0.5), P.FiscalTransfer(to=["Gansu"], per_head=900.0)],
    "all": [
        REFORM(to=WEST, access=0.5),
        REFORM(to=WEST, access=0.5, moves="across"),
        REFORM(to=["Gansu"], access=1.0, moves="return_home"),
        P.PublicServices(to=["Gansu"], increase=0.5),
        P.FiscalTransfer(to=WEST, per_head=900.0),
    ],
}


def yearly(outlays) -> float:
    return float(sum(outlay.yearly_n.sum() for outlay in outlays))


@pytest.mark.parametrize("name", list(PACKAGES))
def test_the_bill_of_a_package_is_what_the_package_gives(today, name: str):
    """Law: at a worth of one those there gain what is charged for them, in the stocks of the base year."""
    economy = today.with_elasticities(service_worth=1.0)
    policies, still_gc = dict(enumerate(PACKAGES[name])), economy.migration_share_gc
    told = parts(economy, policies, dict.fromkeys(policies, still_gc), still_gc)
    billed = sum(yearly(outlays_of(policy, economy, still_gc, told[key])) for key, policy in policies.items())
    had_gc = lived_on_gc(economy) + services_gc(economy, access_gc(economy))
    gain_gc = (combined(economy, list(policies.values())).levers.service_worth_hat_gc - 1) * had_gc
    gained = (economy.group_size_g[:, None] * still_gc * gain_gc).sum() * currency(economy)
    assert gained == pytest.approx(billed, rel=1e-9)


@pytest.mark.parametrize("name", list(PACKAGES))
def test_who_comes_for_a_package_is_charged_once_for_all_that_he_gets(today, name: str):
    """Law: what policies bill for comers adds up to all services of those who come with all of them."""
    scenario = hl.Scenario(today, PACKAGES[name])
    policies, still_gc = list(scenario.policies.values()), today.migration_share_gc
    (all_gc,) = movers([(today, policies)]).values()
    gap = np.prod(
        [changes_of(policy, today).get("access_gap_hat_gc", np.ones_like(still_gc)) for policy in policies], 0
    )
    now = 1 - (1 - access_gc(today)) * gap
    more_n = sum(changes_of(policy, today).get("services_more_n", np.zeros(31)) for policy in policies)
    shared_n = more_n * entitled_n(today, still_gc, access_gc(today)) / entitled_n(today, still_gc, now)
    reached_n = np.max([policy.places_n(today) for policy in policies], axis=0)
    came = float(reached_n @ came_for_n(today, all_gc, now, shared_n)) * currency(today)
    there = parts(today, scenario.policies, dict.fromkeys(scenario.policies, still_gc), still_gc)
    billed = sum(yearly(outlays) for outlays in package(scenario).outlays.values())
    assert billed == pytest.approx(
        came + sum(part.there_n.sum() for part in there.values()) * currency(today), rel=1e-9
    )
    assert came > 0


@pytest.mark.parametrize(
    "beside",
    [
        REFORM(to=WEST, access=1.0, moves="return_home"),
        P.PublicServices(to=WEST, increase=0.0),
        P.FiscalTransfer(to=WEST, per_head=0.0),
    ],
    ids=lambda policy: policy.instrument,
)
def test_what_adds_nothing_costs_nothing(today, beside):
    """Law: a reform that gives what another has given already, and doses of nothing, leave the bill as it was."""
    whole = REFORM(to=WEST, access=1.0)
    alone_, both = (package(hl.Scenario(today, policies)).outlays for policies in ([whole], [whole, beside]))
    assert sum(map(yearly, both.values())) == pytest.approx(yearly(alone_["hukou_reform"]), rel=1e-9)


def test_the_same_reform_twice_shares_the_bill_alike(today):
    """Law: neither the name nor the order says who is billed for what both give."""
    both = [REFORM(to=WEST, access=1.0, start=2021), REFORM(to=WEST, access=1.0, start=2022, moves="return_home")]
    first, second = (package(hl.Scenario(today, order)) for order in (both, both[::-1]))
    by_policy = [
        {key_of(whole.scenario.policies[name]): yearly(outlays) for name, outlays in whole.outlays.items()}
        for whole in (first, second)
    ]
    assert by_policy[0] == by_policy[1]


def test_what_has_ended_is_billed_as_it_was_alone(today):
    """Its access is not given at the rest point, where the other gives all of what is missing."""
    ended, staying = REFORM(to=WEST, access=1.0, end=2027), REFORM(to=WEST, access=1.0, start=2028, moves="return_home")
    outlays = package(hl.Scenario(today, {"ended": ended, "staying": staying})).outlays
    for name, policy in (("ended", ended), ("staying", staying)):
        alone_ = package(hl.Scenario(today, {name: policy})).outlays[name]
        assert yearly(outlays[name]) == yearly(alone_)
