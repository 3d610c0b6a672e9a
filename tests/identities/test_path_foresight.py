"""Laws of a path whose people know the years to come: rest, announcement, what ends, and what they go by."""

import numpy as np
import pytest

import hinterland as hl
from hinterland.model.laws import gradual_gc
from hinterland.solve import foresight
from hinterland.solve.path import along
from hinterland.study.path import economies

PACE = hl.Pace(among=0.2, inside=0.1)  # fast, so that few years come near to rest
OUTCOME, OPENS = "urbanization_rate", 2031


def reform(**dates) -> hl.Scenario:
    return hl.Scenario("china-2020", [hl.policies.HukouReform(to=["West"], access=0.4, ramp=0, **dates)], horizon=20)


@pytest.fixture(scope="module")
def announced() -> hl.Path:
    return hl.path(reform(start=OPENS), PACE, foresight=True)


def test_who_knows_nothing_of_it_goes_by_the_year():
    whole = hl.path(reform(), PACE)
    under = economies(whole.package)[:4]
    seen = foresight.foreseen(under, whole.rest, *PACE, patience=0.0).years
    for one, other in zip(seen, along(under, *PACE), strict=True):
        np.testing.assert_allclose(one.solved.outcome.income_n, other.solved.outcome.income_n, rtol=1e-9)


def test_what_is_announced_moves_people_before_it_comes_and_else_does_not(announced):
    ahead, by_year = announced.changes(OUTCOME), hl.path(reform(start=OPENS), PACE).changes(OUTCOME)
    assert np.abs(by_year.loc[:OPENS]).max() < 1e-9
    assert ahead[OPENS] > ahead[OPENS - 1] > ahead[OPENS - 5] > 1e-4
    assert ahead[2021] == pytest.approx(0, abs=1e-12)  # people are where they were


def test_people_come_to_the_rest_point_of_a_run(announced):
    rest = hl.run(reform()).headline.set_index("variable").loc[OUTCOME, "change"]
    assert announced.at_rest[OUTCOME] == pytest.approx(rest, rel=1e-7)
    gaps = np.abs(announced.changes(OUTCOME) - rest)
    assert gaps.iloc[-1] < 0.1 * gaps.iloc[0]
    assert announced.horizon_gap < 1e-3


def test_fewer_come_for_what_is_known_to_end():
    ending, lasting = (hl.path(reform(**dates), PACE, foresight=True) for dates in ({"end": 2023}, {}))
    assert ending.changes(OUTCOME)[2023] < 0.8 * lasting.changes(OUTCOME)[2023]
    by_year = [hl.path(reform(**dates), PACE).changes(OUTCOME)[2023] for dates in ({"end": 2023}, {})]
    assert by_year[0] == pytest.approx(by_year[1], rel=1e-2)  # but for the bill of what is paid off later


def test_nobody_moves_where_nothing_is_to_come():
    still = hl.path(hl.Scenario("china-2020", [], horizon=5), foresight=True)
    assert still.headline["change"].abs().max() < 1e-9
    assert still.horizon_gap < 1e-9


def test_each_year_is_an_equilibrium_and_the_rounds_agree(announced):
    assert all(of.passed for of in announced.certificates.values())
    chosen_tgc = foresight.choices_tgc(
        announced.equilibria, announced.rest, *PACE, patience=1 / (1 + announced.scenario.discount)
    )
    where_tgc = [np.asarray(one.solved.outcome.migration_share_gc) for one in announced.equilibria]
    cells = announced.scenario.economy.cells
    for before, after, chosen in zip(where_tgc, where_tgc[1:], chosen_tgc, strict=False):
        np.testing.assert_allclose(gradual_gc(before, chosen, *PACE, cells), after, atol=1e-8)


def test_a_country_that_moves_by_itself_is_refused():
    with pytest.raises(hl.PolicyError, match="foresight"):
        hl.path(reform(), drivers=hl.Drivers.known(), foresight=True)
