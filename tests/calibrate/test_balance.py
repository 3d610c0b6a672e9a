"""Balancing: a table solved by hand, the law that only odds ratios matter, and errors that name the place."""

from __future__ import annotations

import numpy as np
import pytest

from hinterland.calibrate.ras import ras, ras_with_bounds, spread_with_caps
from hinterland.errors import DataError


def test_a_table_with_equal_odds_becomes_the_product_of_its_margins():
    fitted = ras(np.ones((2, 3)), np.array([6.0, 4.0]), np.array([5.0, 3.0, 2.0]))
    np.testing.assert_allclose(fitted, np.outer([6.0, 4.0], [0.5, 0.3, 0.2]), rtol=1e-13)


def test_rows_and_columns_hold_and_scaling_the_seed_changes_nothing():
    rng = np.random.default_rng(0)
    seed, scale = rng.lognormal(size=(5, 4)), rng.lognormal(size=(5, 1))
    rows = rng.lognormal(size=5)
    columns = rng.dirichlet(np.ones(4)) * rows.sum()
    fitted = ras(seed, rows, columns)
    np.testing.assert_allclose(fitted.sum(axis=1), rows, rtol=1e-12)
    np.testing.assert_allclose(fitted.sum(axis=0), columns, rtol=1e-12)
    np.testing.assert_allclose(ras(seed * scale, rows, columns), fitted, rtol=1e-11)
    odds = fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0])
    assert odds == pytest.approx(seed[0, 0] * seed[1, 1] / (seed[0, 1] * seed[1, 0]), rel=1e-11)


@pytest.mark.parametrize(
    ("seed", "rows", "columns", "remedy"),
    [
        ([[1.0, 1.0], [0.0, 0.0]], [1.0, 1.0], [1.0, 1.0], "Fill it or drop the place"),
        ([[1.0, 1.0], [1.0, 1.0]], [1.0, 1.0], [1.0, 2.0], "Check both"),
        ([[1.0, 0.0], [1.0, 0.0]], [1.0, 1.0], [1.0, 1.0], "Fill it or drop the place"),
        ([[1.0, 0.0], [1.0, 1.0]], [2.0, 1.0], [1.0, 2.0], "small positive seeds"),
    ],
)
def test_an_impossible_table_is_refused_with_place_and_remedy(seed, rows, columns, remedy):
    with pytest.raises(DataError) as caught:
        ras(np.array(seed), np.array(rows), np.array(columns), ["Gansu", "Tibet"], ["a", "b"])
    assert remedy in str(caught.value)
    if "Check" not in remedy:
        assert any(place in caught.value.text("zh") for place in ("Gansu", "Tibet", "b"))


def test_rows_inside_their_bounds_keep_their_factor():
    seed, columns = np.array([[1.0, 2.0], [3.0, 1.0], [1.0, 1.0]]), np.array([5.0, 4.0])
    free = ras_with_bounds(seed, np.zeros(3), np.full(3, np.inf), columns)
    np.testing.assert_allclose(free, seed * columns / seed.sum(axis=0), rtol=1e-13)
    bound = ras_with_bounds(seed, np.array([4.0, 0.0, 0.0]), np.full(3, np.inf), columns)
    assert bound[0].sum() == pytest.approx(4.0, rel=1e-12)
    np.testing.assert_allclose(bound.sum(axis=0), columns, rtol=1e-13)
    others = bound[1:] / seed[1:]
    np.testing.assert_allclose(others[0], others[1], rtol=1e-12)


def test_what_is_over_a_cap_goes_to_the_others_by_weight():
    given = spread_with_caps(10.0, np.array([6.0, 2.0, 2.0]), np.array([4.0, 10.0, 10.0]))
    np.testing.assert_allclose(given, [4.0, 3.0, 3.0])
    with pytest.raises(DataError, match="Raise the caps"):
        spread_with_caps(10.0, np.ones(2), np.ones(2))
