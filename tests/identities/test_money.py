"""Laws of money: what no policy may do, and what useless works and transfers are worth, whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.worlds import random_world, shocked

import hinterland as hl
from hinterland.economy.accounts import income_n
from hinterland.economy.economy import wages_and_incomes
from hinterland.economy.implied import rebate_g
from hinterland.instruments import INSTRUMENTS
from hinterland.model.levers import unit_hats
from hinterland.policy.combine import with_all
from hinterland.policy.costs import outlays_of
from hinterland.schema import instruments, values
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


@pytest.mark.parametrize("seed", range(3))
def test_density_gains_value_added_and_not_output(seed):
    """Law: ln z = gamma nu ln D. The lever that says so does without density what density does."""
    world = shocked(random_world(seed, "hukou_towns", ("inputs", "density")), seed)
    dense = hl.solve(world)
    log_gain_n = world.model.density_n * np.log(dense.outcome.dense_hat_n)
    gain_nj = np.exp(world.model.inputs.value_added_share_nj * log_gain_n[:, None])
    without = replace(world, model=replace(world.model, productivity=()))
    levers = without.levers._replace(productivity_hat_nj=gain_nj * np.asarray(world.levers.productivity_hat_nj))
    same = hl.solve(replace(without, levers=levers))
    assert same.outcome.price_hat_nj == pytest.approx(dense.outcome.price_hat_nj, rel=1e-9)
    assert same.outcome.income_n == pytest.approx(dense.outcome.income_n, rel=1e-9)


COUNTED = {"hukou_reform"}  # the bill is that of those who come, who are not in proportion to the dose
PRICED = [name for name in INSTRUMENTS if name not in ("measured_change", "transport")]


@pytest.mark.parametrize("name", PRICED)
def test_a_cost_grows_with_the_dose(today, name):
    """Law: half a dose costs half of it, none nothing. (A line costs its length, whatever its speed.)"""
    dose = values(name)[instruments()[name].size]
    off, full = float(dose.off), dose.maximum if dose.given == float(dose.off) else dose.given

    def paid(part: float) -> float:
        policy = INSTRUMENTS[name](**{dose.name: off + part * (full - off)})
        return float(sum((outlay.once_n + outlay.yearly_n).sum() for outlay in outlays_of(policy, today)))

    assert paid(0.0) == pytest.approx(0.0, abs=1e-9)
    if name in COUNTED:
        assert 0 < paid(0.5) < paid(1.0)
    else:
        assert paid(0.5) == pytest.approx(paid(1.0) / 2, rel=1e-9)
