"""Laws of the indicators: scale, split, relabelling, decomposition, bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hinterland import indicators

POSITIVE = st.floats(min_value=1e-3, max_value=1e6)
MEASURES = (indicators.gini, indicators.theil, indicators.coefficient_of_variation)


@st.composite
def regions(draw):
    size = draw(st.integers(min_value=2, max_value=12))
    value = draw(st.lists(POSITIVE, min_size=size, max_size=size))
    weight = draw(st.lists(POSITIVE, min_size=size, max_size=size))
    group = draw(st.lists(st.sampled_from("abc"), min_size=size, max_size=size))
    return np.array(value), np.array(weight), np.array(group)


@pytest.mark.parametrize("measure", MEASURES)
@given(regions(), POSITIVE)
def test_the_unit_of_income_and_of_people_does_not_matter(measure, given_regions, factor):
    value, weight, _ = given_regions
    expected = measure(value, weight)
    assert measure(value * factor, weight) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert measure(value, weight * factor) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("measure", MEASURES)
@given(regions(), st.floats(min_value=0.01, max_value=0.99))
def test_a_region_split_in_alike_parts_changes_nothing(measure, given_regions, part):
    value, weight, _ = given_regions
    split_value = np.append(value, value[0])
    split_weight = np.append(weight, weight[0] * part)
    split_weight[0] *= 1 - part
    assert measure(split_value, split_weight) == pytest.approx(measure(value, weight), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("measure", MEASURES)
@given(regions(), st.randoms(use_true_random=False))
def test_the_order_of_regions_does_not_matter(measure, given_regions, random):
    value, weight, _ = given_regions
    order = list(range(len(value)))
    random.shuffle(order)
    assert measure(value[order], weight[order]) == pytest.approx(measure(value, weight), rel=1e-9, abs=1e-12)


@given(regions())
def test_theil_within_and_between_add_up(given_regions):
    value, weight, group = given_regions
    within, between = indicators.theil_within_between(value, weight, group)
    assert within + between == pytest.approx(indicators.theil(value, weight), rel=1e-9, abs=1e-12)
    assert min(within, between) >= -1e-12


@given(regions())
def test_bounds(given_regions):
    value, weight, _ = given_regions
    assert -1e-12 <= indicators.gini(value, weight) < 1
    assert -1e-12 <= indicators.theil(value, weight) <= np.log(weight.sum() / weight.min()) + 1e-9


@given(regions(), st.floats(min_value=0.01, max_value=0.5))
def test_a_gift_from_rich_to_poor_lowers_inequality(given_regions, share):
    value, weight, _ = given_regions
    rich, poor = int(np.argmax(value)), int(np.argmin(value))
    if value[rich] <= value[poor] * 1.01:
        return
    gift = share * (value[rich] - value[poor]) * min(weight[rich], weight[poor])
    after = value.copy()
    after[rich] -= gift / weight[rich] / 2
    after[poor] += gift / weight[poor] / 2
    for measure in MEASURES:
        assert measure(after, weight) <= measure(value, weight) + 1e-9


@given(st.lists(POSITIVE, min_size=3, max_size=20), POSITIVE)
def test_city_indicators_do_not_depend_on_the_unit(sizes, factor):
    sizes = np.array(sizes)
    assert indicators.primacy(sizes * factor) == pytest.approx(indicators.primacy(sizes), rel=1e-9)
    if np.ptp(np.log(sizes)) > 1e-3:
        expected = indicators.rank_size_exponent(sizes)
        assert indicators.rank_size_exponent(sizes * factor) == pytest.approx(expected, rel=1e-6)
