"""Published worlds: against the deposits' tight solutions, else the papers' own equations."""

from __future__ import annotations

from pathlib import Path

import pytest

import hinterland as hl

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("as_shipped")]

CASES = {
    "caliendo-parro-2015": "cp2015_nafta",
    "caliendo-dvorkin-parro-2019": "cdp_base_2000",
    "us-states-2018": "cprhs_us_states",
    "helpman-grid-2017": "rrh2017_helpman_grid",
    "kleinman-liu-redding-2023": "klr2023_toolkit",
    "german-counties-2018": "mrrh_germany_border",
}


@pytest.mark.parametrize("case", list(CASES))
def test_every_figure_agrees(case: str, shared: Path):
    figures = hl.replicate(case, shared / "replications" / CASES[case])
    assert figures
    assert [(figure.quantity, figure.gap) for figure in figures if not figure.agrees] == []
    if case not in ("german-counties-2018", "kleinman-liu-redding-2023"):  # references that stop at 1e-4 and 1e-7
        assert max(figure.gap for figure in figures if figure.source != "paper") < 1e-8


def test_table_2_to_the_printed_digit(shared: Path):
    figures = {f.quantity: f for f in hl.replicate("caliendo-parro-2015", shared / "replications" / "cp2015_nafta")}
    assert round(figures["welfare Mexico"].computed, 2) == 1.31
    assert round(figures["welfare USA"].computed, 2) == 0.08
    assert round(figures["welfare Canada"].computed, 2) == -0.06
