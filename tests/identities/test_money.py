"""Laws of money: what no policy may do, and what useless works and transfers are worth, whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy.accounts import income_n
from hinterland.economy.economy import wages_and_incomes
from hinterland.economy.implied import rebate_g
from hinterland.model.levers import unit_hats
from hinterland.policy.combine import with_all
from hinterland.world.check import every_array


@pytest.fixture(scope="module")
def with_transfers(today) -> hl.Economy:
    """The base year of 2020 after transfers that then stand in it: the East gives, the West and a bloc receive."""
    return received_before(today)


def received_before(economy: hl.Economy) -> hl.Economy:
    """Return an economy in whose base year a tenth of the richest region's income goes to all others, abroad too."""
    added_n = economy.arrays["value_added_nj"].sum(axis=1)
    received_n = np.full(len(added_n), 0.1 * added_n[0] / (len(added_n) - 1))
    received_n[0] = -0.1 * added_n[0]
    solved = hl.solve(replace(economy, levers=economy.levers._replace(transfer_n=received_n)))
    arrays = {name: array for name, array in every_array(solved.solved.as_base_year().model).items() if name in named}
    value_c, real_income_c = wages_and_incomes(arrays, solved.solved.outcome.income_n[: economy.cells.regions])
    levers = unit_hats(arrays["trade_share_nij"], arrays["migration_share_gc"])
    return replace(economy, arrays=arrays, value_c=value_c, real_income_c=real_income_c, levers=levers)


named = set(hl.schema.arrays()) - {"town_r", "base_income_n"}


def test_no_policy_is_no_change_where_the_base_year_holds_transfers(with_transfers):
    """Law: levers that are written out in full leave the base year's transfers as they are."""
    nothing = with_all(with_transfers, [{}])
    solved = hl.solve(nothing).solved.outcome
    assert np.abs(solved.real_income_hat_c - 1).max() < 1e-9
    assert np.abs(solved.people_hat_n - 1).max() < 1e-9


def test_incomes_and_rebates_of_the_base_year_count_its_transfers(with_transfers):
    """Law: what the base year says of money is what its solution without a shock says."""
    solved = hl.solve(with_transfers).solved.outcome
    domestic = with_transfers.cells.regions
    assert income_n(with_transfers) == pytest.approx(solved.income_n[:domestic], rel=1e-9)
    assert rebate_g(with_transfers) == pytest.approx(solved.rebate_g, rel=1e-9)
