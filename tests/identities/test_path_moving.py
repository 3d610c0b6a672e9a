"""Policies in a country that moves by itself: held against the same year without them, at no costs that fall alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import hinterland as hl
from hinterland.errors import DataError
from hinterland.report.path import report, residents
from hinterland.report.path_moving import rates
from hinterland.report.path_tables import for_files
from hinterland.study.drivers import URBAN

YEARS = 6


def scenario(**policies: hl.policies.Policy) -> hl.Scenario:
    """Some policies on the base year with towns and a record, for a few years."""
    return hl.Scenario("china-2020", policies, horizon=YEARS)


def work(cost: float) -> hl.policies.Policy:
    """A programme that costs bn CNY a year and does nothing."""
    return hl.policies.SmallTowns(to=["West"], cost=cost, payer={"centre": 0.5, "province": 0.5})


@pytest.fixture(scope="module")
def reform() -> Mapping[str, hl.policies.Policy]:
    return {"reform": hl.policies.HukouReform(to=["Sichuan"], access=0.3)}


@pytest.fixture(scope="module")
def moving(reform) -> hl.Path:
    return hl.path(scenario(**reform), drivers=hl.Drivers.known())


def test_without_a_policy_each_year_is_that_of_the_baseline_to_the_last_bit():
    alone = hl.path(scenario(), drivers=hl.Drivers.known())
    assert (alone.headline["change"] == 0).all()
    assert not any(alone.at_rest.values())
    parts = alone.gains.drop(columns=["year", "dimension", "who", "people", "income"], errors="ignore")
    assert (parts == 0).all(axis=None)


def test_its_people_are_those_of_the_baseline_at_the_end_of_the_year_before(moving: hl.Path):
    rate = rates(moving)["China"]["baseline"]
    known = hl.baseline(until=2020 + YEARS).levels
    known = known[(known["variable"] == URBAN) & (known["region"] == "China")].set_index("year")["value"]
    np.testing.assert_allclose(rate, known[rate.index], rtol=1e-9)


def test_where_nothing_drives_it_is_the_path_from_the_base_year(reform):
    still = hl.path(scenario(**reform), drivers=hl.Drivers(momentum=0.0, town_cost=0.0, fades=2035.0))
    path = hl.path(scenario(**reform))
    pd.testing.assert_series_equal(still.headline["change"], path.headline["change"], atol=1e-9)
    np.testing.assert_allclose(still.gains["variation"], path.gains["variation"], atol=1e-5)


def test_gains_of_the_first_year_are_those_at_base_costs(moving: hl.Path, reform):
    """Law: nobody has moved yet, so that prices and services are the same; costs that fall alone weigh nothing."""
    first, path = moving.years[0], hl.path(scenario(**reform))
    now, still = (of.gains[of.gains["year"] == first] for of in (moving, path))
    np.testing.assert_allclose(now["variation"], still["variation"], atol=1e-6)


def test_useless_works_cost_what_is_charged_while_people_move():
    """Law: what is bought and does nothing is lost by those who pay for it, and no output comes of it at once."""
    nothing = scenario(nothing=work(100.0))
    path, still = hl.path(nothing, drivers=hl.Drivers.known()), hl.path(nothing)
    first = path.years[0]
    assert path.changes("real_gdp")[first] == pytest.approx(still.changes("real_gdp")[first], abs=1e-12)
    whole = path.gains[path.gains["dimension"] == "nation"].set_index("year")["variation"]
    charged = path.budget.groupby("year")["charged"].sum()
    np.testing.assert_allclose(-whole, charged, rtol=1e-2)


def test_each_year_has_the_certificate_of_the_worse_of_both(moving: hl.Path):
    assert [*moving.certificates] == [*moving.years]
    for known, one, other in zip(moving.certificates.values(), moving.equilibria, moving.without, strict=False):
        assert known.worst == max(one.certificate.worst, other.certificate.worst)


def test_the_rest_point_is_believed_for_its_own_certificate(moving: hl.Path):
    """A rest point that is not determined is told, with its numbers and for programs."""
    doubtful = replace(moving.rest, certificate=replace(moving.rest.certificate, error=1.0))
    path = replace(moving, rest=doubtful)
    assert not path.certificate.passed
    answer = report(path, "en")
    assert "in the end" in answer.closing
    assert "error 1e+00" in answer.closing
    assert answer.document()["rest_certificate"]["verdict"] == "undetermined"


def test_the_rest_point_hangs_on_no_horizon(reform):
    """Law: costs there have fallen as far as they will, wherever the years end (what is paid off in them is not)."""
    free = hl.Scenario("china-2020", dict(reform), horizon=YEARS, closure="none")
    longer = hl.Scenario("china-2020", dict(reform), horizon=2 * YEARS, closure="none")
    one, other = (hl.path(of, drivers=hl.Drivers()).at_rest for of in (free, longer))
    np.testing.assert_allclose([*one.values()], [*other.values()], atol=1e-10)


def test_paths_under_other_drivers_do_not_stand_side_by_side(moving: hl.Path, reform):
    with pytest.raises(DataError, match="drivers"):
        hl.compare_paths([moving, hl.path(scenario(**reform))])


def test_drivers_out_of_bounds_and_a_base_year_without_a_record_are_refused(reform):
    with pytest.raises(DataError, match="momentum"):
        hl.path(scenario(**reform), drivers=hl.Drivers(2.0, 0.02, 2035.0))
    with pytest.raises(DataError, match="china-2000"):
        hl.path(hl.Scenario("china-2000", {}), drivers=hl.Drivers.known())


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有这些政策"), ("en", "without the policies")])
def test_the_command_says_against_what_and_when_places_pass_the_aim(command, lang: str, words: str):
    code, out, _ = command("path", "northeast_revival", "--set", f"horizon={YEARS}", "--baseline", "--lang", lang)
    assert code == 0
    assert out.count(words) >= 3
    assert "70" in out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_files_say_what_they_are_held_against(moving: hl.Path, lang: str):
    tables = for_files(moving, lang)
    first, *_, last = tables.values()
    assert {"zh": "没有政策时（同年）", "en": "the same year without"}[lang] in first
    assert {"zh": "没有这些政策的同一年", "en": "the same year without the policies"}[lang] == last.iloc[0, 0]


def test_bills_are_said_to_be_of_the_people_of_the_base_year(moving: hl.Path):
    """What those who come by themselves are given and cost is in no account, and the sentence says so."""
    said = residents(moving, "en")
    assert "counted on the people of 2020" in said
    assert "come by themselves are in neither" in said


def test_a_path_is_no_result_to_compare(moving: hl.Path):
    for given in ((moving,), ([moving, moving],), (moving, moving)):
        with pytest.raises(DataError, match="compare_paths"):
            hl.compare(*given)
