"""Outcomes of a run solved by hand: two provinces of the East, one of the West, a group of workers in each."""

from __future__ import annotations

from math import log, sqrt
from types import SimpleNamespace

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy.economy import wages_and_incomes
from hinterland.economy.regions import regions_of
from hinterland.model.cells import Cells
from hinterland.model.choice import Nest
from hinterland.report.money import who_name
from hinterland.study import outcomes
from hinterland.study.real_gdp import Flows

BEIJING, SHANGHAI, SICHUAN = "110000", "310000", "510000"


@pytest.fixture
def nation() -> outcomes.Place:
    """Residents 1, 3 and 4, of whom 1, 1 and 2 work; a worker earns 3, 3 and 1: income a head is 3, 1 and 1/2."""
    economy = SimpleNamespace(
        content=b"by hand",
        cells=Cells.of((3, 3), (1, 1)),
        domestic_codes=(BEIJING, SHANGHAI, SICHUAN),
        region_codes=(BEIJING, SHANGHAI, SICHUAN, "WORLD"),
        regions=regions_of((BEIJING, SHANGHAI, SICHUAN)),
        residents_per_worker_c=np.array([1.0, 3.0, 2.0]),
    )
    people = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 0.0, 1.0]])  # a worker of Shanghai is in Sichuan
    income, welfare, weight = np.array([3.0, 3.0, 1.0]), np.array([1.0, 2.0, 0.5]), np.array([1.0, 2.0, 1.0])
    state = outcomes.State(people, income, welfare, weight, *FLOWS)
    return outcomes.Place(economy, state, np.ones(3, dtype=bool))


SOLD = np.array([[2.0, 0.0, 1.0], [0.0, 2.0, 0.0], [0.0, 1.0, 2.0], [1.0, 0.0, 0.0]])  # to n from i, one sector
ONE = np.ones((4, 1))
# Three provinces and the world. Beijing buys a unit of Sichuan, which buys one of Shanghai; the world one of Beijing.
BEFORE = Flows(SOLD.sum(axis=1)[:, None], np.column_stack([SOLD, np.zeros(4)])[:, :, None], ONE, ONE)
COSTS = np.array([[2.0], [1.0], [1.0], [1.0]])
AFTER = Flows(
    np.array([[6.0], [2.0], [3.0], [1.0]]),
    np.array([[5.0, 0, 1, 0], [0, 2, 0, 0], [0, 1, 2, 0], [1, 0, 0, 0.0]])[:, :, None],
    np.array([[1.5], [1.0], [1.0], [2.0]]),
    COSTS,
    np.array([[1.0, 1, 0.5, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]])[:, :, None],
)
FLOWS = (BEFORE, AFTER)


def test_real_gdp_is_spending_and_exports_less_imports_at_both_prices(nation):
    """Base: 3 + 2 + 3 spent, 1 sold abroad. Now 6 / 1.5 + 2 + 3 + 1 / 2; at prices of now 12, not 4.5 + 2 + 3 + 2."""
    assert outcomes.real_gdp(nation) == pytest.approx(9 * sqrt((9.5 / 9) * (12 / 11.5)))
    sichuan = outcomes.Place(nation.economy, nation.state, np.array([False, False, True]))
    assert outcomes.real_gdp(sichuan) == pytest.approx(3.0)  # spends 3, sells 1, buys 1, and no price of its moves


def test_goods_saved_are_those_that_lower_iceberg_costs_leave_over(nation):
    """The unit that Sichuan sells to Beijing takes half as much to leave: half of the one then, one more now."""
    assert outcomes.goods_saved(nation) == pytest.approx((0.5 + 1.0) / 2)


def test_income_is_per_resident(nation):
    assert outcomes.real_income(nation) == pytest.approx(8 / 8)  # 2 a worker
    west = outcomes.Place(nation.economy, nation.state, np.array([False, False, True]))
    assert outcomes.real_income(west) == pytest.approx(2 / 4)
    assert outcomes.welfare(nation) == pytest.approx((1 + 4 + 0.5) / 4)


def test_the_gap_weighs_provinces_by_their_residents(nation):
    """East: 6 for 4 residents, not the mean of 3 and 1."""
    assert outcomes.east_west_gap(nation) == pytest.approx(1.5 / 0.5)


def test_theil_between_and_within_macro_regions(nation):
    """East has 3/4 of income at 3/2 of the mean, West 1/4 at half; in the East halves of income at 2 and 2/3."""
    assert outcomes.theil_between(nation) == pytest.approx(0.75 * log(1.5) + 0.25 * log(0.5))
    assert outcomes.theil_within(nation) == pytest.approx(0.75 * (0.5 * log(2.0) + 0.5 * log(2 / 3)))
    assert outcomes.theil(nation) == pytest.approx(outcomes.theil_between(nation) + outcomes.theil_within(nation))


@pytest.mark.parametrize("inner", [1.5, 3.0], ids=["flat", "nested"])
def test_expected_utility_is_the_inclusive_value_of_the_logit(inner: float):
    r"""Shares made by :math:`(\sum_n (\sum_{c \in n} v_c^{\kappa_{in}})^{\kappa/\kappa_{in}})^{1/\kappa}` reveal it."""
    outer, cells = 1.5, Cells.of((2, 6), (1, 3))
    worth = np.random.default_rng(0).lognormal(sigma=0.5, size=(2, 2, 3))
    of_region = (worth**inner).sum(axis=2) ** (outer / inner)
    share = (of_region / of_region.sum(axis=1, keepdims=True))[:, :, None] * worth**inner
    share = (share / (worth**inner).sum(axis=2, keepdims=True)).reshape(2, 6)
    reference = np.array([0, 4])
    inclusive = of_region.sum(axis=1) ** (1 / outer) / worth.reshape(2, 6)[[0, 1], reference]
    np.testing.assert_allclose(Nest(cells, outer, inner).expected_g(share, reference), inclusive, rtol=1e-13)


def test_labels_of_ones_own_are_their_names():
    """A label that the box does not know ended every run of such an economy in a KeyError."""
    regions = hl.load("china-2000").regions
    assert [who_name("sector", name, "zh", regions) for name in ("ag", "crops")] == ["农业", "crops"]


def test_what_an_economy_leaves_out_of_production_is_nothing():
    arrays = dict(hl.load("china-2020").arrays)
    income_n = np.ones(31)
    none = np.zeros_like(arrays["value_added_nj"])
    left_out = {
        name: value for name, value in arrays.items() if name not in ("structures_share_nj", "capital_share_nj")
    }
    nothing = arrays | {"structures_share_nj": none, "capital_share_nj": none}
    for found, expected in zip(
        wages_and_incomes(left_out, income_n), wages_and_incomes(nothing, income_n), strict=True
    ):
        np.testing.assert_array_equal(found, expected)
