"""Every block in two alike regions, solved by hand.

Both regions buy half of everything from each other whatever it costs to live there, so goods have one price. With z
the gain in productivity of the first, f the relative cost of its factors and F its relative bundle of them, sales give
f F = (f / z)^-theta, in logs d f (1 + theta) = theta ln z - d F. The block says how F and f hang together.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

import hinterland as hl
from hinterland.model.cells import Cells
from hinterland.model.housing import MetHomes
from hinterland.world.world import World

THETA, Z = 4.0, 1.1
PUSH = THETA * np.log(Z)
BETTER = np.array([[Z], [1.0]])
EVEN = np.full((2, 2), 0.5)
CHI, XI, NU, ALPHA, DELTA, KAPPA = 0.25, 0.2, 0.04, 0.8, 0.5, 1.5
FREE = {"zone_n": [1, 1]}
CROWDED = FREE | {"congestion_elasticity_n": [CHI, CHI]}
HOMES = (1 - ALPHA) / (1 + DELTA)


def two(**arrays: object) -> World:
    return World.build(EVEN, [1.0, 1.0], THETA, **arrays)


def log_ratio(hat: np.ndarray) -> float:
    return float(np.log(hat[0] / hat[1]).item())


# Each block beside the others at what is neutral, which must be as if they were off: one compilation serves all.
NEUTRAL = CROWDED | {
    "goods_share_n": [1.0, 1.0],
    "housing_supply_elasticity_n": [0.0, 0.0],
    "agglomeration_elasticity_n": [0.0, 0.0],
    "neighbour_elasticity_n": [0.0, 0.0],
    "neighbour_weight_ni": np.eye(2),
    "structures_share_nj": np.zeros((2, 1)),
}
# Log people of the first over the second, by what must be equal in both.
PEOPLE = {
    # f = L^chi.
    "congestion": ({}, PUSH / (CHI * (1 + THETA) + 1)),
    # Homes take (1 - alpha)/(1 + delta) of the log of regional income: f = L^(h / (1 - h)).
    "homes in elastic supply": (
        {
            "congestion_elasticity_n": [0.0, 0.0],
            "goods_share_n": [ALPHA, ALPHA],
            "housing_supply_elasticity_n": [DELTA, DELTA],
        },
        PUSH / (HOMES / (1 - HOMES) * (1 + THETA) + 1),
    ),
    # More people make each more productive: theta nu less of the push is needed.
    "density": ({"agglomeration_elasticity_n": [NU, NU]}, PUSH / (CHI * (1 + THETA) + 1 - THETA * NU)),
    # A neighbourhood that is the region itself is density.
    "neighbourhood": ({"neighbour_elasticity_n": [NU, NU]}, PUSH / (CHI * (1 + THETA) + 1 - THETA * NU)),
    # Structures stay: F = L^(1 - xi), income per head f L^-xi.
    "structures": ({"structures_share_nj": np.full((2, 1), XI)}, PUSH / ((CHI + XI) * (1 + THETA) + 1 - XI)),
}


@pytest.mark.parametrize("block", list(PEOPLE))
def test_people_by_hand_where_they_move_freely(block):
    arrays, expected = PEOPLE[block]
    outcome = hl.solve(two(**NEUTRAL | arrays).with_levers(productivity_hat_nj=BETTER)).outcome
    assert log_ratio(outcome.people_hat_n) == pytest.approx(expected, rel=1e-10)
    assert np.ptp(outcome.utility_n) < 1e-11


def test_hukou_groups_by_hand():
    """Everybody had even odds: L = w^kappa, so d w (1 + theta + kappa) = theta ln z."""
    world = two(migration_share_gc=EVEN, group_size_g=[1, 1], migration_elasticity=KAPPA)
    outcome = hl.solve(world.with_levers(productivity_hat_nj=BETTER)).outcome
    expected = PUSH / (1 + THETA + KAPPA)
    assert log_ratio(outcome.wage_hat_nj) == pytest.approx(expected, rel=1e-10)
    assert log_ratio(outcome.labour_hat_nj) == pytest.approx(KAPPA * expected, rel=1e-10)
    value = outcome.real_income_hat_c
    np.testing.assert_allclose(outcome.welfare_hat_g, (value**KAPPA).mean() ** (1 / KAPPA), rtol=1e-12)


def test_commuting_by_hand():
    """Even odds of all pairs: workers follow wages, residents stay, for goods have one price."""
    world = two(commuting_share_ni=EVEN / 2, commuting_elasticity=3.0)
    outcome = hl.solve(world.with_levers(productivity_hat_nj=BETTER)).outcome
    expected = PUSH / (1 + THETA + 3.0)
    assert log_ratio(outcome.wage_hat_nj) == pytest.approx(expected, rel=1e-10)
    assert log_ratio(outcome.labour_hat_nj) == pytest.approx(3.0 * expected, rel=1e-10)
    np.testing.assert_allclose(outcome.people_hat_n, 1.0, atol=1e-12)


@pytest.mark.parametrize("epsilon", [0.0, 2.0, 1e6])
def test_capital_by_hand(epsilon):
    """Stocks go with value added to the power e = epsilon / (1 + epsilon): d VA (1 + theta (1 - zeta e)) = push."""
    world = two(capital_share_nj=np.full((2, 1), 0.3), capital_elasticity=epsilon)
    outcome = hl.solve(world.with_levers(productivity_hat_nj=BETTER)).outcome
    power = epsilon / (1 + epsilon)
    expected = PUSH / (1 + THETA * (1 - 0.3 * power))
    assert log_ratio(outcome.value_added_nj) == pytest.approx(expected, rel=1e-10)
    assert log_ratio(np.exp(outcome.log_capital_nj)) == pytest.approx(power * expected, rel=1e-9, abs=1e-13)


def test_room_by_hand():
    """Two per cent more fit in: the price of entry is the gap in utility that is left."""
    world = two(**CROWDED, capacity_n=[1.02, np.inf]).with_levers(productivity_hat_nj=BETTER)
    outcome = hl.solve(world).outcome
    np.testing.assert_allclose(outcome.people_hat_n, [1.02, 0.98], rtol=1e-12)
    more = np.log(1.02 / 0.98)
    np.testing.assert_allclose(outcome.multiplier_n, [(PUSH - more) / (1 + THETA) - CHI * more, 0.0], atol=1e-11)


def test_budgets_by_hand():
    """The centre gives the first seven tenths of what it gave each half of: incomes stay, services follow."""
    budgets = {"local_tax_n": [0.0, 0.0], "central_tax_n": [0.1, 0.1], "service_elasticity_n": [0.3, 0.3]}
    outcome = hl.solve(two(**budgets).with_levers(grant_share_n=[0.7, 0.3])).outcome
    np.testing.assert_allclose(outcome.income_n, 1.0, rtol=1e-12)
    np.testing.assert_allclose(outcome.blocks["services_n"], [0.14, 0.06], rtol=1e-12)
    np.testing.assert_allclose(outcome.utility_n, np.array([1.4, 0.6]) ** 0.3, rtol=1e-11)


def test_local_taxes_by_hand():
    """Doubled, they leave 0.8 of income where 0.9 was and double services, in the first region only."""
    budgets = {"local_tax_n": [0.1, 0.1], "service_elasticity_n": [0.3, 0.3]}
    outcome = hl.solve(two(**budgets).with_levers(local_tax_n=[0.2, 0.1])).outcome
    np.testing.assert_allclose(outcome.utility_n, [0.8 / 0.9 * 2**0.3, 1.0], rtol=1e-11)


def test_rents_by_hand():
    """Spending up by 10 %, goods by 5 %, a fifth more homes at given rents, supply elasticity one half."""
    block = MetHomes(*(np.array([value]) for value in (ALPHA, DELTA, 1.0, 1.2)))
    rent = float(block.log_rent_n(np.log([1.1]), np.log([1.05])).item())
    assert rent == pytest.approx((np.log(1.1) + 0.5 * np.log(1.05) - np.log(1.2)) / 1.5, rel=1e-12)


def test_more_homes_by_hand():
    """A tenth more homes: f (1 - h) = h L - h ln 1.1 with h = (1 - alpha)/(1 + delta), and f = -L/(1 + theta)."""
    arrays = NEUTRAL | PEOPLE["homes in elastic supply"][0]
    levers = {"productivity_hat_nj": np.ones((2, 1)), "homes_hat_n": [1.1, 1.0]}
    outcome = hl.solve(two(**arrays).with_levers(**levers)).outcome
    expected = HOMES * np.log(1.1) / (HOMES + (1 - HOMES) / (1 + THETA))
    assert log_ratio(outcome.people_hat_n) == pytest.approx(expected, rel=1e-10)
    assert np.ptp(outcome.utility_n) < 1e-11


def test_programmes_by_hand():
    """Four of ten parts of the first's budget go to programmes: services fall to six tenths, incomes stay."""
    budgets = {"local_tax_n": [0.1, 0.1], "service_elasticity_n": [0.3, 0.3]}
    taxes = np.array([0.1, 0.1])
    outcome = hl.solve(two(**budgets).with_levers(local_tax_n=taxes, programme_n=[0.04, 0.0])).outcome
    np.testing.assert_allclose(outcome.blocks["services_n"], [0.06, 0.1], rtol=1e-12)
    np.testing.assert_allclose(outcome.income_n, 1.0, rtol=1e-12)
    np.testing.assert_allclose(outcome.utility_n, [0.6**0.3, 1.0], rtol=1e-11)
    # A tax that pays for them leaves services alone and takes four of ninety parts of what was kept.
    outcome = hl.solve(two(**budgets).with_levers(local_tax_n=[0.14, 0.1], programme_n=[0.04, 0.0])).outcome
    np.testing.assert_allclose(outcome.blocks["services_n"], 0.1, rtol=1e-12)
    np.testing.assert_allclose(outcome.utility_n, [0.86 / 0.9, 1.0], rtol=1e-11)


@pytest.mark.parametrize("levy", [0.0, 0.3, 0.9])
def test_a_levy_on_rents_by_hand(levy):
    """One region of spending 1, of which wages are 0.7: residents' spending and the levy's make it up exactly.

    Residents have 1 + R less the levy on rents R and land 0.3 and spend alpha of it on goods, the rest, R, on homes.
    """
    homes = (1 - ALPHA) * (1 - 0.3 * levy) / (ALPHA + levy * (1 - ALPHA))
    goods = ALPHA / (1 - ALPHA) * homes
    one = np.ones(1)
    spent, found = Cells(1, 1, 1, 1).homes(one, 0.7 * one, 0.3 * one, one, ALPHA * one, levy * one)
    assert spent.item() == pytest.approx(goods, rel=1e-14)
    assert spent.item() + levy * (homes + 0.3) == pytest.approx(1.0, rel=1e-14)
    assert homes == pytest.approx((1 - ALPHA) * (1 + homes - levy * (homes + 0.3)), rel=1e-14)
    assert found.item() == pytest.approx(homes, rel=1e-14)


def test_owners_by_hand():
    """Two pools of a region, village and town: homes 4 and 6, of which half pays for building, land 1 and 2.

    A fifth of what is left to owners in town is the local government's, and half of the rest the levy's.
    """
    homes_p, land_p = np.array([4.0, 6.0]), np.array([1.0, 2.0])
    cells, one = Cells(1, 2, 2, 1), np.ones(1)
    owned = cells.owners(homes_p, land_p, 0.5 * one, 0.2 * one, 0.5 * one, np.array([0.0, 1.0]))
    np.testing.assert_allclose(owned, [2.0 + 1.0, 0.8 * 0.5 * (3.0 + 2.0)], rtol=1e-15)


def test_a_levy_makes_fewer_stay_by_hand():
    """A half of rents taken in both regions alike: nothing moves but who stays, by what staying is still worth."""
    world = two(
        migration_share_gc=EVEN,
        group_size_g=[1, 1],
        migration_elasticity=KAPPA,
        goods_share_n=[ALPHA, ALPHA],
        structures_share_nj=np.full((2, 1), XI),
    )
    outcome = hl.solve(world.with_levers(land_levy_n=[0.5, 0.5])).outcome

    def rebate(stay: float, levy: float) -> float:
        homes = (1 - ALPHA) * (1 - XI * levy) / (ALPHA + levy * (1 - ALPHA))
        return 1 + (1 - levy) * (homes + XI) / ((1 - XI) * stay)

    def odds(stay: float) -> float:
        return float(stay / (1 - stay) - (rebate(stay, 0.5) / rebate(0.5, 0.0)) ** KAPPA)

    stay = brentq(odds, 0.01, 0.99, xtol=1e-15)
    np.testing.assert_allclose(np.diagonal(outcome.migration_share_gc), stay, rtol=1e-10)
    np.testing.assert_allclose(outcome.blocks["rebate_g"], rebate(stay, 0.5), rtol=1e-10)
    np.testing.assert_allclose(outcome.wage_hat_nj, 1.0, rtol=1e-11)
    assert stay < 0.45


def test_a_levy_where_nobody_has_a_hukou_is_refused():
    with pytest.raises(hl.DataError, match="land_levy_n"):
        two(**FREE).with_levers(land_levy_n=[0.1, 0.1])


def test_a_portfolio_by_hand():
    """Half of all rents (a fifth of value added) go into a fund of which the first owns a quarter."""
    owned = {"structures_share_nj": np.full((2, 1), XI), "contribution_share_n": [0.5, 0.5]}
    world = two(**owned, portfolio_share_n=[0.25, 0.75]).with_levers(productivity_hat_nj=BETTER)
    first = 2 / (1 + np.exp(-PUSH / (1 + THETA)))
    added = np.array([first, 2 - first])
    expected = added * (1 - XI / 2) + np.array([0.25, 0.75]) * XI / 2 * 2
    np.testing.assert_allclose(hl.solve(world).outcome.income_n, expected, rtol=1e-11)


def test_transfers_by_hand():
    """They move spending one for one and nothing else, where both buy the same things."""
    outcome = hl.solve(two().with_levers(transfer_n=[0.1, -0.1])).outcome
    np.testing.assert_allclose(outcome.income_n, [1.1, 0.9], rtol=1e-12)
    np.testing.assert_allclose(outcome.factor_hat_nj, 1.0, atol=1e-12)


def test_tariffs_by_hand():
    """Both raise a tariff t: the foreign share falls to (1+t)^-theta / (1 + (1+t)^-theta), t/(1+t) of it comes back."""
    rate = 0.25 * (1 - np.eye(2))[:, :, None]
    outcome = hl.solve(two(tariff_nij=np.zeros((2, 2, 1))).with_levers(tariff_nij=rate)).outcome
    foreign = 1.25**-THETA / (1 + 1.25**-THETA)
    spending = 1 / (1 - foreign * 0.2)
    np.testing.assert_allclose(outcome.income_n, spending, rtol=1e-11)
    np.testing.assert_allclose(outcome.tariff_revenue_n, spending * foreign * 0.2, rtol=1e-11)


def test_inputs_by_hand():
    """Half of cost is inputs of the same sector: a gain of z in both halves prices twice, P / w = z^-2."""
    half = {"value_added_share_nj": np.full((2, 1), 0.5), "input_share_nkj": np.full((2, 1, 1), 0.5)}
    outcome = hl.solve(two(**half).with_levers(productivity_hat_nj=np.full((2, 1), Z))).outcome
    np.testing.assert_allclose(outcome.price_hat_n / outcome.factor_hat_nj[:, 0], Z**-2, rtol=1e-11)
    np.testing.assert_allclose(outcome.revenue_nj, 2.0, rtol=1e-11)


@pytest.mark.parametrize("sigma", [0.5, 1.5])
def test_luxuries_by_hand(sigma):
    """Spending stays, prices fall by z: real consumption C solves sum_j s_j (z^-1 C^e_j)^(1 - sigma) = 1."""
    share, elasticity = np.array([0.3, 0.7]), np.array([0.5, 1.4])
    world = World.build(
        np.full((2, 2, 2), 0.5),
        np.tile(share, (2, 1)),
        [THETA, THETA],
        final_share_nj=np.tile(share, (2, 1)),
        income_elasticity_j=elasticity,
        substitution_elasticity=sigma,
    )
    outcome = hl.solve(world.with_levers(productivity_hat_nj=np.full((2, 2), Z))).outcome

    def weight(log_real: float) -> np.ndarray:
        return share * np.exp((1 - sigma) * (elasticity * log_real - np.log(Z)))

    real = brentq(lambda x: np.log(weight(x).sum()), -1, 1, xtol=1e-14)
    np.testing.assert_allclose(outcome.log_consumption_n, real, rtol=1e-10)
    np.testing.assert_allclose(outcome.utility_n, np.exp(real), rtol=1e-10)
    np.testing.assert_allclose(outcome.final_nj, np.tile(weight(real), (2, 1)), rtol=1e-10)
