"""Laws of the model with commuting, on random counties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hinterland as hl
from hinterland.calibrate.productivity import invert_productivity
from hinterland.world.world import World

SEEDS = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=8)
THETA, NU, COUNT = 3.0, 0.05, 6


def built(share: np.ndarray, wage: np.ndarray, commuting: np.ndarray, **more: object) -> World:
    """Homes in elastic supply; varieties grow with workers (1/theta) and density raises productivity."""
    return World.build(
        share,
        wage * commuting.sum(axis=0),
        THETA,
        commuting_share_ni=commuting,
        commuting_elasticity=4.0,
        goods_share_n=np.full(COUNT, 0.7),
        housing_supply_elasticity_n=np.full(COUNT, 0.4),
        agglomeration_elasticity_n=np.full(COUNT, 1 / THETA + NU),
        **more,
    )


def random_counties(seed: int) -> tuple[World, dict[str, np.ndarray]]:
    """Counties at random places, inverted for productivity."""
    random = np.random.default_rng(seed)
    place = random.uniform(size=(COUNT, 2))
    distance = np.linalg.norm(place[:, None] - place[None], axis=2)
    commuting = np.exp(-6 * distance) * random.uniform(0.5, 1.5, size=(COUNT, COUNT))
    commuting /= commuting.sum()
    wage = random.uniform(0.7, 1.4, size=COUNT)
    cost = 1 + distance
    productivity, share = invert_productivity(wage, commuting.sum(axis=0), commuting @ wage, cost, THETA, NU)
    known = {"productivity": productivity, "wage": wage, "cost": cost, "commuting": commuting, "share": share}
    return built(share, wage, commuting), known


@FEW
@given(SEEDS)
def test_inversion_rationalises_the_data_and_zero_shock_returns_it(seed):
    counties, known = random_counties(seed)
    sales = known["share"].T @ (known["commuting"] @ known["wage"])
    np.testing.assert_allclose(sales, known["wage"] * known["commuting"].sum(axis=0), rtol=1e-10)
    assert known["productivity"].mean() == pytest.approx(1.0)
    solved = hl.solve(counties)
    np.testing.assert_allclose(solved.outcome.wage_hat_nj, 1.0, atol=1e-9)
    assert solved.certificate.worst < 1e-10


@FEW
@given(SEEDS)
def test_levels_and_hats_agree(seed):
    """Solve for a new trade cost in hats; the new levels satisfy the trade equation with the inverted fundamentals."""
    counties, known = random_counties(seed)
    random = np.random.default_rng(seed)
    hat = random.lognormal(sigma=0.1, size=known["cost"].shape)
    solved = hl.solve(counties.with_levers(trade_cost_hat_nij=hat[:, :, None]))
    outcome = solved.outcome
    wage = known["wage"] * outcome.wage_hat_nj[:, 0]
    workers = known["commuting"].sum(axis=0) * outcome.labour_hat_nj[:, 0]
    weight = known["productivity"] ** THETA * workers ** (1 + THETA * NU) * (known["cost"] * hat * wage[None]) ** -THETA
    share = weight / weight.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(solved.trade_share_nij[:, :, 0], share, rtol=1e-9)
    np.testing.assert_allclose(share.T @ (outcome.commuting_share_ni @ wage), wage * workers, rtol=1e-9)


@FEW
@given(SEEDS)
def test_the_order_of_counties_does_not_matter(seed):
    counties, known = random_counties(seed)
    order = np.random.default_rng(seed).permutation(COUNT)
    square = np.ix_(order, order)
    moved = built(known["share"][square], known["wage"][order], known["commuting"][square])
    hat = np.linspace(0.9, 1.1, COUNT)[:, None]
    first = hl.solve(counties.with_levers(productivity_hat_nj=hat)).outcome
    second = hl.solve(moved.with_levers(productivity_hat_nj=hat[order])).outcome
    np.testing.assert_allclose(second.people_hat_n, first.people_hat_n[order], rtol=1e-9)
    assert second.welfare_hat == pytest.approx(float(first.welfare_hat), rel=1e-10)


def test_cheaper_ways_for_all_move_nobody_and_raise_welfare_one_for_one():
    counties, known = random_counties(1)
    outcome = hl.solve(counties.with_levers(commuting_cost_hat_ni=np.full((COUNT, COUNT), 0.8))).outcome
    np.testing.assert_allclose(outcome.commuting_share_ni, known["commuting"], atol=1e-12)
    assert outcome.welfare_hat == pytest.approx(1 / 0.8, rel=1e-12)


def test_a_cheaper_way_carries_more_people_and_raises_welfare():
    counties, known = random_counties(3)
    way = np.ones((COUNT, COUNT))
    way[0, 1] = 0.9
    outcome = hl.solve(counties.with_levers(commuting_cost_hat_ni=way)).outcome
    assert outcome.commuting_share_ni[0, 1] > known["commuting"][0, 1]
    assert outcome.welfare_hat > 1


def test_a_county_without_wage_is_named():
    _, known = random_counties(2)
    wage = known["wage"].copy()
    wage[3] = np.nan
    with pytest.raises(hl.DataError) as caught:
        built(known["share"], wage, known["commuting"])
    assert all(word in caught.value.text(lang) for lang in ("zh", "en") for word in ("value_added_nj", "r4", "1 / 6"))
    with pytest.raises(hl.DataError, match="commuting_share_ni"):
        built(known["share"], known["wage"], known["commuting"] * 100, base_income_n=np.ones(COUNT))
