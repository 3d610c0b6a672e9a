"""Golden numbers of the main job, last of all tests.

They hold the package's own answer (china-2020, sizes of the preset) still: a change of the engine, the data or the
preset that moves them is told in the changelog under "Numbers that moved". Computed after the first instalment of
what is paid once came into the year of spending; agreed upon by three solvers on china-2000
(tests/routes/test_solver.py).
"""

from __future__ import annotations

import pytest

GOLDEN = {
    "urbanization_rate": 0.3110,
    "nonag_share": 0.0002,
    "workers_in_place": 0.0218,
    "workers_across": 0.0022,
    "real_gdp": 0.0030,
    "welfare": -0.0078,
    "east_west_gap": 0.0056,
    "theil": 0.0004,
}


@pytest.mark.parametrize("variable", list(GOLDEN))
def test_headline(dual_transfer, variable: str):
    change = dual_transfer.headline.set_index("variable")["change"][variable]
    assert round(float(change), 4) == GOLDEN[variable]
