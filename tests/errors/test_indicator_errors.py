"""What a bad figure is told: the rule, the position and the remedy, in both languages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.messages import teaches

from hinterland.errors import DataError
from hinterland.indicators import (
    coefficient_of_variation,
    gini,
    market_access,
    morans_i,
    rank_size_exponent,
    row_standardised,
    theil,
    theil_within_between,
)

NAN = float("nan")
PAIR = np.array([[0.0, 1.0], [1.0, 0.0]])

# call, what stands in the English text, what stands in the Chinese text: place or finding, then remedy
CASES = {
    "gap in the figures": (
        lambda: gini([1, NAN, 3], [1, 1, 1]),
        ["1 (1 / 3)", "Fill"],
        ["1 (1 / 3)", "请补齐"],
    ),
    "negative figure": (
        lambda: coefficient_of_variation([1, 2, -3], [1, 1, 1]),
        ["2 (1 / 3)", "Fill it or drop"],
        ["2 (1 / 3)", "请补齐或去掉"],
    ),
    "zero in Theil": (
        lambda: theil([0, 2], [1, 1]),
        ["0 (1 / 2)", "positive", "Fill"],
        ["0 (1 / 2)", "请补齐"],
    ),
    "zero in Theil's parts": (
        lambda: theil_within_between([1, 0], [1, 1], ["a", "b"]),
        ["1 (1 / 2)", "Fill"],
        ["1 (1 / 2)", "请补齐"],
    ),
    "negative weight": (lambda: gini([1, 2], [1, -1]), ["1 (1 / 2)", "Correct"], ["1 (1 / 2)", "请改正"]),
    "gap in the weights": (
        lambda: theil([1, 2], [NAN, 1]),
        ["0 (1 / 2)", "Correct"],
        ["0 (1 / 2)", "请改正"],
    ),
    "no weight": (lambda: gini([1, 2], [0, 0]), ["nothing", "Check"], ["合计为零", "请检查"]),
    "lengths": (lambda: gini([1, 2, 3], [1, 1]), ["(3,)", "(2,)", "Align"], ["(3,)", "(2,)", "对齐"]),
    "matrix of other regions": (
        lambda: morans_i([1, 2, 3], PAIR),
        ["3 x 3", "(2, 2)", "Align"],
        ["3 × 3", "(2, 2)", "对齐"],
    ),
    "zero distance to oneself": (
        lambda: market_access([1, 2], PAIR, 1),
        ["zero", "Fill"],
        ["为零", "请填入"],
    ),
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
    "a gap in a list of names": (
        lambda: theil_within_between([1, 2, 3], [1, 1, 1], ["a", NAN, "b"]),
        ["1 (1 / 3)", "Add its group"],
        ["1 (1 / 3)", "请补上分组"],
    ),
    "a gap that NumPy made a text": (
        lambda: theil_within_between([1, 2, 3], [1, 1, 1], np.array(["a", NAN, " "])),
        ["1, 2 (2 / 3)", "Add its group"],
        ["1, 2 (2 / 3)", "请补上分组"],
    ),
    "a gap of pandas by region": (
        lambda: theil_within_between(
            pd.Series([1.0, 2.0], ["B", "A"]), [1, 1], pd.Series(["x", pd.NA], ["A", "B"], dtype="string")
        ),
        ["B (1 / 2)", "Add its group"],
        ["B (1 / 2)", "请补上分组"],
    ),
    "a list for a group": (
        lambda: theil_within_between([1, 2], [1, 1], [["a"], "b"]),
        ["0 (1 / 2)", "Add its group"],
        ["0 (1 / 2)", "请补上分组"],
    ),
    "a set of groups": (
        lambda: theil_within_between([1, 2], [1, 1], {"a", "b"}),
        ["theil.group_n", "found set", "Give a list"],
        ["theil.group_n", "set", "请改为列表"],
    ),
    "cities of one size": (lambda: rank_size_exponent([5, 5, 5]), ["all 3", "Add regions"], ["3 个", "请增加地区"]),
    "gap in Moran's figures": (lambda: morans_i([1, np.nan], PAIR), ["1 (1 / 2)", "Fill"], ["1 (1 / 2)", "请补齐"]),
    "zero distance": (lambda: market_access([1, 2], PAIR), ["(0, 0), (1, 1) (2 / 4)", "Fill"], ["(2 / 4)", "请填入"]),
    "negative nearness": (lambda: row_standardised(-PAIR), ["(0, 1), (1, 0) (2 / 4)"], ["(0, 1)", "(2 / 4)"]),
}


@pytest.mark.parametrize("case", CASES)
def test_place_and_remedy_stand_in_both_languages(case):
    assert isinstance(teaches(*CASES[case]), DataError)


def test_all_problems_are_told_at_once():
    with pytest.raises(DataError) as caught:
        gini([1, NAN, 3], [-1, NAN, 1])
    assert [problem.key for problem in caught.value.problems] == ["indicator.value", "indicator.weight"]


def test_many_positions_are_cut_at_five():
    with pytest.raises(DataError, match=r"0, 1, 2, 3, 4, … \(9 / 9\)"):
        gini([NAN] * 9, [1] * 9)


def test_no_region_left_by_a_filter():
    with pytest.raises(DataError, match="not empty"):
        theil([], [])
