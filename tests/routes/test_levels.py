"""Two formulations of one model: data inverted for fundamentals, and fundamentals solved in levels, come back."""

from __future__ import annotations

import numpy as np
import pytest
from tests.worlds import all_arrays, random_world, rebased

import hinterland as hl
from hinterland.calibrate.levels import invert, levels

DATA = ("trade_share_nij", "value_added_nj", "trade_elasticity_j", "people_n", "amenity_n", "base_income_n")
BLOCKS = ("inputs", "homes", "density", "congestion")


@pytest.mark.parametrize(("people", "blocks"), [("stay", BLOCKS), ("free", BLOCKS), ("free", (*BLOCKS, "tariffs"))])
def test_fundamentals_of_the_data_solved_in_levels_are_the_data(people, blocks):
    """From the guess that every bundle costs one, to the trade shares, people and relative incomes of the data."""
    data = rebased(hl.solve(random_world(2, people, blocks)))
    known = all_arrays(data)
    more = {name: value for name, value in known.items() if name not in DATA}
    solved = hl.solve(levels(invert(data), known["trade_elasticity_j"], **more))
    np.testing.assert_allclose(solved.trade_share_nij, known["trade_share_nij"], atol=1e-11)
    np.testing.assert_allclose(solved.outcome.people_hat_n, 1.0, rtol=1e-10)
    incomes, before = solved.outcome.income_n, known["base_income_n"]
    np.testing.assert_allclose(incomes / incomes.sum(), before / before.sum(), rtol=1e-10)
