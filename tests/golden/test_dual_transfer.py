"""Golden numbers of the main job, last of all tests.

They hold the package's own answer (china-2020, sizes of the preset) still: a change of the engine, the data or the
preset that moves them is told in the changelog under "Numbers that moved". Computed after access that two reforms give
was billed once; agreed upon by three solvers on china-2000 (tests/routes/test_solver.py).
"""

from __future__ import annotations

import pytest

GOLDEN = {
    "urbanization_rate": 0.3132,
    "nonag_share": 0.0003,
    "workers_in_place": 0.0217,
    "workers_across": 0.0029,
    "real_gdp": 0.0030,
    "welfare": -0.0083,
    "east_west_gap": 0.0070,
    "theil": 0.0005,
}


@pytest.mark.parametrize("variable", list(GOLDEN))
def test_headline(dual_transfer, variable: str):
    change = dual_transfer.headline.set_index("variable")["change"][variable]
    assert round(float(change), 4) == GOLDEN[variable]
