"""What mixing leaves: Newton's method finishes it, and the certificate says how far the answer can be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import root

import hinterland as hl
from hinterland.solve.newton import linear, newton


def two_parts(count: int, across: float, seed: int = 0, **arrays) -> hl.World:
    """A balanced world in two halves, whose shares of trade across are `across` of the rest; own goods by distance."""
    random = np.random.default_rng(seed)
    place = random.uniform(size=(count, 2))
    near = np.exp(-3 * np.linalg.norm(place[:, None] - place[None], axis=2)) * random.lognormal(0, 0.3, count)[None]
    half = np.arange(count) < count // 2
    near = np.where(half[:, None] == half[None], near, across * near)
    flow = near + near.T  # what is bought is sold: trade balances for each pair
    return hl.World.build(flow / flow.sum(axis=1, keepdims=True), flow.sum(axis=1), 4.0, **arrays)


def productivity(world: hl.World, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(0, 0.2, (len(world.regions), 1))


def log_relative_wage(solved) -> float:
    """Log wage of the first region over that of the last, which stands in the other half."""
    wage = np.log(solved.outcome.factor_hat_nj[:, 0])
    return float(wage[0] - wage[-1])


def by_continuation(world: hl.World, hat: np.ndarray) -> float:
    """The same relative wage from a plain loop: SciPy's root finder on excess demand, in twenty steps of the shock."""
    share, added = world.model.trade.trade_share_nij[:, :, 0], world.model.production.value_added_nj[:, 0]
    log_wage = np.zeros(len(added))
    for part in np.linspace(0.05, 1, 20):

        def excess(log_wage, part=part):
            weight = share * (np.exp(log_wage) / hat[:, 0] ** part) ** -4.0
            income = added * np.exp(log_wage)
            sold = (weight / weight.sum(axis=1, keepdims=True) * income[:, None]).sum(axis=0)
            gap = (sold - income) / added
            half = len(added) // 2
            # Trade across is tiny beside trade inside: what one half sells the other in all is a condition of its own.
            gap[0] = 1e8 * (sold[:half] - income[:half]).sum() / added[:half].sum()
            gap[-1] = np.log((added * np.exp(log_wage)).sum() / added.sum())
            return gap

        log_wage = root(excess, log_wage, tol=1e-13).x
    return float(log_wage[0] - log_wage[-1])


@pytest.mark.parametrize("across", [1e-3, 1e-6, 1e-8])
def test_the_relative_wage_of_two_parts_that_hardly_trade_is_found(across: float):
    world = two_parts(8, across)
    hat = productivity(world)
    solved = hl.solve(world.with_levers(productivity_hat_nj=hat))
    assert solved.certificate.verdict == "passed"
    assert abs(log_relative_wage(solved) - by_continuation(world, hat)) < max(1e-9, 10 * solved.certificate.error)


def test_a_residual_that_passes_does_not_prove_the_answer():
    """From a start with the parts' relative wage wrong by a tenth the residual is small, and the answer is right."""
    world = two_parts(8, 1e-9)
    shocked = world.with_levers(productivity_hat_nj=productivity(world))
    right = log_relative_wage(hl.solve(shocked))
    wrong = np.where(np.arange(8) < 4, 0.1, 0.0)
    from hinterland.solve.world import solve_from

    assert abs(log_relative_wage(solve_from(shocked, wrong)) - right) < 1e-5


@pytest.mark.parametrize("across", [0.0, 1e-18])
def test_what_nothing_determines_is_said_and_named(across: float):
    world = two_parts(8, across)
    certificate = hl.solve(world.with_levers(productivity_hat_nj=productivity(world))).certificate
    assert (certificate.verdict, certificate.passed) == ("undetermined", False)
    assert max(certificate.residuals.values()) <= 1e-10
    high, low = (int(certificate.direction.values[end][1]) for end in ("high", "low"))
    assert {high <= 4, low <= 4} == {True, False}  # one end in each half
    for lang in ("zh", "en"):
        assert certificate.direction.text(lang)


@pytest.mark.parametrize("across", [0.0, 1e-18])
def test_no_single_equilibrium_is_claimed_for_parts_that_do_not_trade(across: float):
    world = two_parts(8, across)
    found = hl.solve(world).certificate.uniqueness
    assert (found.holds, found.rule) == (None, "disconnected")
    assert "r5" in str(found.places) or "r1" in str(found.places)
    cut = np.where((np.arange(8) < 4)[:, None] == (np.arange(8) < 4)[None], 1.0, 1e5)[:, :, None]
    whole = two_parts(8, 1.0)
    assert hl.solve(whole).certificate.uniqueness.holds
    assert hl.solve(whole.with_levers(trade_cost_hat_nij=cut)).certificate.uniqueness.rule == "disconnected"


def test_real_income_inside_each_part_is_determined_all_the_same():
    world = two_parts(8, 0.0)
    hat = productivity(world)
    solved = hl.solve(world.with_levers(productivity_hat_nj=hat))
    alone = hl.solve(
        hl.World.build(
            world.model.trade.trade_share_nij[:4, :4], world.model.production.value_added_nj[:4], 4.0
        ).with_levers(productivity_hat_nj=hat[:4])
    )
    real = solved.outcome.factor_hat_nj[:, 0] / solved.outcome.price_hat_n
    np.testing.assert_allclose(real[:4], alone.outcome.factor_hat_nj[:, 0] / alone.outcome.price_hat_n, rtol=1e-9)


class Rosenbrock:
    """A valley in which the residual of a full Newton step rises a thousandfold, though the step leads on."""

    def move(self, point):
        return np.array([1 - point[0], 100 * (point[1] - point[0] ** 2)])

    def jacobian(self, point):
        return np.array([[-1.0, 0.0], [-200 * point[0], 100.0]])

    def pushed(self, point, direction):
        return self.jacobian(point) @ direction


def test_newton_goes_on_where_the_residual_first_rises():
    valley, begin = Rosenbrock(), np.array([-1.2, 1.44])
    there = linear(valley, begin)
    rises = np.abs(valley.move(begin - there.solve(valley.move(begin)))).max() / np.abs(valley.move(begin)).max()
    found = newton(valley, begin)
    assert rises > 100
    assert found.converged
    np.testing.assert_allclose(found.point, 1.0, rtol=1e-12)


def test_newton_by_products_alone_is_newton_with_a_jacobian(monkeypatch):
    world = two_parts(12, 1e-6)
    shocked = world.with_levers(productivity_hat_nj=productivity(world))
    formed = hl.solve(shocked)
    monkeypatch.setattr("hinterland.solve.newton.DENSE", 0)
    by_products = hl.solve(shocked)
    assert by_products.certificate.verdict == "passed"
    assert abs(log_relative_wage(by_products) - log_relative_wage(formed)) < 1e-7


def test_stability_tells_a_core_from_an_equal_split():
    """Two places alike with density that pulls more than homes push: the equal split is an equilibrium nobody keeps."""
    alike = hl.Fundamentals(
        trade_cost_nij=np.array([[1.0, 1.5], [1.5, 1.0]])[:, :, None],
        productivity_nj=np.ones((2, 1)),
        endowment_nj=np.ones((2, 1)),
        people_n=np.ones(2),
        amenity_n=np.ones(2),
    )
    for density, kept in ((0.05, True), (0.4, False)):
        world = hl.levels(
            alike, 4.0, agglomeration_elasticity_n=np.full(2, density), zone_n=np.ones(2), goods_share_n=np.full(2, 0.8)
        )
        solved = hl.solve(world)
        np.testing.assert_allclose(solved.outcome.people_hat_n, 1.0, rtol=1e-9)
        assert solved.stable is kept


@pytest.mark.parametrize(("density", "stays"), [(0.15, True), (0.25, False)])
def test_a_place_that_gets_better_gains_people_or_the_equilibrium_is_told_to_be_unstable(density: float, stays: bool):
    """Nothing repels: nobody would keep the base year, and the solution beside it loses people where things get better.

    With density at .15 that solution ends on the way, and people leap to the better place.
    """
    world = hl.World.build(
        np.array([[0.93, 0.07], [0.28, 0.72]]),
        np.array([4.0, 1.0]),
        4.0,
        people_n=np.array([4.0, 1.0]),
        zone_n=np.ones(2),
        agglomeration_elasticity_n=np.full(2, density),
    )
    solved = hl.solve(world.with_levers(productivity_hat_nj=np.array([[1.0], [1.3]])))
    assert solved.certificate.passed
    assert (solved.stable, bool(solved.outcome.people_hat_n[1] > 1)) == (stays, stays)
    assert hl.solve(world).stable is False


def test_who_stays_needs_no_stability():
    assert hl.solve(two_parts(8, 1.0)).stable is None
