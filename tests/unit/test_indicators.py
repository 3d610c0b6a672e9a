"""Indicators, solved by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hinterland import indicators


def test_gini_of_one_who_has_all():
    assert indicators.gini([0.0, 1.0], [1.0, 1.0]) == pytest.approx(0.5)


def test_gini_with_unequal_weights():
    # Three people with 1, one with 5: mean 2; pairs (1,5) differ by 4; G = 2 * 3 * 4 / (2 * 2 * 16).
    assert indicators.gini([1.0, 5.0], [3.0, 1.0]) == pytest.approx(0.375)


def test_theil_by_hand():
    # Incomes 1 and 3, equal people: mean 2; (1/2)(1/2) ln(1/2) + (1/2)(3/2) ln(3/2).
    assert indicators.theil([1.0, 3.0], [1.0, 1.0]) == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))


def test_theil_of_equal_groups_is_all_within():
    within, between = indicators.theil_within_between([1.0, 3.0, 3.0, 1.0], [1.0] * 4, ["a", "a", "b", "b"])
    assert between == pytest.approx(0.0, abs=1e-15)
    assert within == pytest.approx(indicators.theil([1.0, 3.0], [1.0, 1.0]))


def test_coefficient_of_variation_by_hand():
    assert indicators.coefficient_of_variation([1.0, 5.0], [3.0, 1.0]) == pytest.approx(math.sqrt(3.0) / 2)


def test_zipf_cities_have_an_exponent_near_one():
    sizes = 1000.0 / (np.arange(1, 40) - 0.5)
    assert indicators.rank_size_exponent(sizes) == pytest.approx(1.0)


def test_primacy_is_the_share_of_the_largest():
    assert indicators.primacy([1.0, 2.0, 5.0]) == pytest.approx(5 / 8)


def test_alternating_values_on_a_ring_are_perfectly_unlike():
    ring = np.roll(np.eye(4), 1, axis=1) + np.roll(np.eye(4), -1, axis=1)
    assert indicators.morans_i([0.0, 1.0, 0.0, 1.0], ring) == pytest.approx(-1.0)


def test_an_island_has_a_row_of_zeros():
    standard = indicators.row_standardised([[0, 2, 0], [2, 0, 0], [0, 0, 0]])
    np.testing.assert_array_equal(standard, [[0, 1, 0], [1, 0, 0], [0, 0, 0]])


def test_morans_i_has_no_origin():
    row = np.eye(4, k=1) + np.eye(4, k=-1)
    # Deviations -3/2, -1/2, 1/2, 3/2 on a line of four: (4/6) (3/4 - 1/4 + 3/4) 2 / 5.
    for first in (-2.0, 1.0):
        assert indicators.morans_i(first + np.arange(4), row) == pytest.approx(1 / 3, rel=1e-12)


def test_market_access_by_hand():
    access = indicators.market_access([2.0, 6.0], [[1.0, 3.0], [3.0, 2.0]])
    np.testing.assert_allclose(access, [2 / 1 + 6 / 3, 2 / 3 + 6 / 2])
