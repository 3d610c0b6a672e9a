"""Figures that once passed the door of the indicators, or fell through it in numpy's words."""

from __future__ import annotations

import numpy as np
import pytest

from hinterland.errors import DataError
from hinterland.indicators import (
    gini,
    market_access,
    morans_i,
    rank_size_exponent,
    row_standardised,
    theil_within_between,
)

PAIR = np.array([[0.0, 1.0], [1.0, 0.0]])
CASES = {
    "words": (lambda: gini(["1,000", 2], [1, 1]), ["gini", "Convert"], ["gini", "请先转换"]),
    "groups of other regions": (
        lambda: theil_within_between([1, 2, 3], [1, 1, 1], ["a", "b"]),
        ["(3,)", "(2,)", "Align"],
        ["(3,)", "(2,)", "对齐"],
    ),
    "no group": (
        lambda: theil_within_between([1, 2, 3], [1, 1, 1], ["a", None, "b"]),
        ["1 (1 / 3)", "Add its group"],
        ["1 (1 / 3)", "请补上分组"],
    ),
    "cities of one size": (lambda: rank_size_exponent([5, 5, 5]), ["all 3", "Add regions"], ["3 个", "请增加地区"]),
    "gap in Moran's figures": (lambda: morans_i([1, np.nan], PAIR), ["1 (1 / 2)", "Fill"], ["1 (1 / 2)", "请补齐"]),
    "zero distance": (lambda: market_access([1, 2], PAIR), ["(0, 0), (1, 1) (2 / 4)", "Fill"], ["(2 / 4)", "请填入"]),
    "negative nearness": (lambda: row_standardised(-PAIR), ["(0, 1), (1, 0) (2 / 4)"], ["(0, 1)", "(2 / 4)"]),
}


@pytest.mark.parametrize("case", CASES)
def test_place_and_remedy_stand_in_both_languages(case):
    call, english, chinese = CASES[case]
    with pytest.raises(DataError) as caught:
        call()
    assert [words for words in english if words not in caught.value.text("en")] == []
    assert [words for words in chinese if words not in caught.value.text("zh")] == []


def test_an_island_has_a_row_of_zeros():
    np.testing.assert_array_equal(row_standardised([[0, 2, 0], [2, 0, 0], [0, 0, 0]]), [[0, 1, 0], [1, 0, 0], [0] * 3])


def test_morans_i_has_no_origin():
    row = np.eye(4, k=1) + np.eye(4, k=-1)
    assert morans_i([-2, -1, 0, 1], row) == pytest.approx(morans_i([1, 2, 3, 4], row), rel=1e-12)
