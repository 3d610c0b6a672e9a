"""Laws of the model with commuting, on random counties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hinterland as hl
from hinterland.commuting import Commuting, CommutingParameters
from hinterland.solve.commuting import invert_productivity

SEEDS = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=8)
THETA, NU = 3.0, 0.05


def random_counties(seed: int, count: int = 6) -> tuple[Commuting, dict[str, np.ndarray]]:
    """Counties at random places, inverted for productivity."""
    random = np.random.default_rng(seed)
    place = random.uniform(size=(count, 2))
    distance = np.linalg.norm(place[:, None] - place[None], axis=2)
    commuting = np.exp(-6 * distance) * random.uniform(0.5, 1.5, size=(count, count))
    commuting /= commuting.sum()
    wage = random.uniform(0.7, 1.4, size=count)
    cost = 1 + distance
    productivity, share = invert_productivity(wage, commuting.sum(axis=0), commuting @ wage, cost, THETA, NU)
    scalars = (np.asarray(value) for value in (THETA, 4.0, 0.7, NU, 0.4))
    known = {"productivity": productivity, "wage": wage, "cost": cost, "commuting": commuting}
    return Commuting.build(CommutingParameters(share, commuting, wage, *scalars)), known


@FEW
@given(SEEDS)
def test_inversion_rationalises_the_data_and_zero_shock_returns_it(seed):
    counties, known = random_counties(seed)
    sales = counties.parameters.trade_share_ni.T @ (known["commuting"] @ known["wage"])
    np.testing.assert_allclose(sales, known["wage"] * known["commuting"].sum(axis=0), rtol=1e-10)
    assert known["productivity"].mean() == pytest.approx(1.0)
    solved = hl.solve(counties)
    np.testing.assert_allclose(solved.outcome.wage_hat_n, 1.0, atol=1e-9)
    assert solved.certificate.worst < 1e-10


@FEW
@given(SEEDS)
def test_levels_and_hats_agree(seed):
    """Solve for a new trade cost in hats; the new levels satisfy the trade equation with the inverted fundamentals."""
    counties, known = random_counties(seed)
    random = np.random.default_rng(seed)
    hat = random.lognormal(sigma=0.1, size=known["cost"].shape)
    outcome = hl.solve(counties.with_levers(trade_cost_hat_ni=hat)).outcome
    wage = known["wage"] * outcome.wage_hat_n
    workers = known["commuting"].sum(axis=0) * outcome.workers_hat_n
    weight = known["productivity"] ** THETA * workers ** (1 + THETA * NU) * (known["cost"] * hat * wage[None]) ** -THETA
    share = weight / weight.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(outcome.trade_share_ni, share, rtol=1e-9)
    np.testing.assert_allclose(share.T @ (outcome.commuting_share_ni @ wage), wage * workers, rtol=1e-9)


@FEW
@given(SEEDS)
def test_the_order_of_counties_does_not_matter(seed):
    counties, _ = random_counties(seed)
    order = np.random.default_rng(seed).permutation(6)
    par = counties.parameters
    moved = par._replace(
        trade_share_ni=par.trade_share_ni[np.ix_(order, order)],
        commuting_share_ni=par.commuting_share_ni[np.ix_(order, order)],
        wage_n=par.wage_n[order],
    )
    hat = np.linspace(0.9, 1.1, 6)
    first = hl.solve(counties.with_levers(productivity_hat_n=hat)).outcome
    second = hl.solve(Commuting.build(moved).with_levers(productivity_hat_n=hat[order])).outcome
    np.testing.assert_allclose(second.residents_hat_n, first.residents_hat_n[order], rtol=1e-9)
    assert second.welfare_hat == pytest.approx(float(first.welfare_hat), rel=1e-10)


def test_cheaper_ways_for_all_move_nobody_and_raise_welfare_one_for_one():
    counties, _ = random_counties(1)
    outcome = hl.solve(counties.with_levers(commuting_cost_hat_ni=np.full((6, 6), 0.8))).outcome
    np.testing.assert_allclose(outcome.commuting_share_ni, counties.parameters.commuting_share_ni, atol=1e-12)
    assert outcome.welfare_hat == pytest.approx(1 / 0.8, rel=1e-12)


def test_a_county_without_wage_is_named():
    counties, _ = random_counties(2)
    wage = counties.parameters.wage_n.copy()
    wage[3] = np.nan
    with pytest.raises(hl.DataError) as caught:
        Commuting.build(counties.parameters._replace(wage_n=wage))
    assert all(word in caught.value.text(lang) for lang in ("zh", "en") for word in ("wage_n", "r4", "1 / 6"))
    with pytest.raises(hl.DataError, match="commuting_share_ni"):
        Commuting.build(counties.parameters._replace(commuting_share_ni=counties.parameters.commuting_share_ni * 100))
