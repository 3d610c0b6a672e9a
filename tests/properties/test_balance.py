"""A base year that does not balance: nothing moves where nothing is changed, and deficits are transfers."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pandas as pd
import pytest
from tests.worlds import COUNT, random_arrays

import hinterland as hl
from hinterland.world.world import World

FLOWS = "destination,A,B,C\nA,100,30,20\nB,10,80,10\nC,5,5,60\n"
GOODS = ("inputs", "tariffs", "transfers", "portfolio", "homes", "luxuries", "capital", "budgets")


def real_income(world: World, **levers: np.ndarray) -> np.ndarray:
    outcome = hl.solve(world.with_levers(**levers)).outcome
    return outcome.factor_hat_nj[:, 0] / outcome.price_hat_n


def flows(balance: str) -> World:
    flow = pd.read_csv(StringIO(FLOWS), index_col="destination")
    return World.build(flow.div(flow.sum(axis=1), axis=0), flow.sum(), 4.0, balance=balance)


def test_the_published_case_with_deficits_kept():
    """Sales are income; the barrier between A and B falls by 2 %. Today's way moves real income without any change."""
    world, barrier = flows("deficits"), np.ones((3, 3, 1))
    barrier[0, 1] = barrier[1, 0] = 0.98
    np.testing.assert_allclose(real_income(world), 1.0, atol=1e-12)
    np.testing.assert_allclose(
        real_income(world, trade_cost_hat_nij=barrier), [1.002803, 1.003399, 0.999590], atol=5e-7
    )
    np.testing.assert_allclose(real_income(flows("solve")), [0.970955, 1.005182, 1.016116], atol=5e-7)
    np.testing.assert_allclose(world.model.transfers.transfer_n, [35.0, -15.0, -20.0], rtol=1e-10)
    assert "deficits kept" in repr(world)


def test_balanced_by_trade_in_two_countries_by_hand():
    """A buys .3 abroad and B .5: exports are alike where income is 5 to 3; the world's total stays."""
    share = np.array([[0.7, 0.3], [0.5, 0.5]])
    world = World.build(share, [1.0, 1.0], 4.0, balance="trade")
    np.testing.assert_allclose(world.model.production.value_added_nj[:, 0], [1.25, 0.75], rtol=1e-12)
    np.testing.assert_allclose(
        World.build(share, [1.0, 1.0], 4.0, balance="solve").imbalance_n, [0.2, -0.2], rtol=1e-12
    )
    assert "adjusted" in repr(world)


@pytest.mark.parametrize(
    ("people", "blocks"),
    [("stay", ()), ("stay", ("tariffs",)), ("free", GOODS), ("commuting", ("inputs",))],
    ids=["plain", "tariffs", "every block", "commuting"],
)
@pytest.mark.parametrize("balance", ["deficits", "trade"])
def test_nothing_moves_where_nothing_is_changed(balance: str, people: str, blocks: tuple[str, ...]):
    world = World.build(**near(random_arrays(3, people, blocks)), balance=balance)
    outcome = hl.solve(world).outcome
    for hat in (outcome.factor_hat_nj, outcome.price_hat_n, outcome.people_hat_n, outcome.income_n / income(world)):
        np.testing.assert_allclose(hat, 1.0, atol=1e-9)
    assert world.model.production.value_added_nj.sum() == pytest.approx(
        near(random_arrays(3, people, blocks))["value_added_nj"].sum()
    )


@pytest.mark.parametrize("sectors", ["fixed", "hukou_towns"])
def test_where_factors_are_fixed_in_sectors_trade_balances_each_of_them(sectors: str):
    people, more = ("stay", {"one_wage_n": np.zeros(COUNT)}) if sectors == "fixed" else (sectors, {})
    arrays = near(random_arrays(5, people, ("inputs", "transfers"))) | more
    np.testing.assert_allclose(hl.solve(World.build(**arrays, balance="trade")).outcome.factor_hat_nj, 1.0, atol=1e-9)
    with pytest.raises(hl.DataError, match="factors of their own"):
        World.build(**arrays, balance="deficits")


def near(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Regions that buy mostly at home, so that trade says what each of them spends."""
    home = np.eye(COUNT)[:, :, None]
    return arrays | {"trade_share_nij": 0.6 * home + 0.4 * arrays["trade_share_nij"]}


def income(world: World) -> np.ndarray:
    return world.model.production.base_income_n


def test_to_take_deficits_away_is_what_solving_the_bare_figures_did():
    arrays = near(random_arrays(7, "stay", ("inputs", "portfolio")))
    kept, bare = (World.build(**arrays, balance=balance) for balance in ("deficits", "solve"))
    first = hl.solve(kept.with_levers(transfer_n=np.zeros(COUNT))).outcome
    second = hl.solve(bare).outcome
    np.testing.assert_allclose(first.factor_hat_nj, second.factor_hat_nj, rtol=1e-10)
    assert "deficits" not in repr(kept.without("transfers"))


def test_figures_that_are_printed_with_five_digits_balance():
    arrays = near(random_arrays(9, "stay", ()))
    even = World.build(**arrays, balance="trade").model
    share = even.trade.trade_share_nij.round(6)
    rounded = arrays | {"trade_share_nij": share / share.sum(axis=1, keepdims=True)}
    world = World.build(**rounded | {"value_added_nj": even.production.value_added_nj.round(5)})
    assert 0 < np.abs(world.imbalance_n).max() < 1e-4
    assert world.balance is None
