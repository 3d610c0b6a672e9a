"""A solution that is not determined says so wherever several scenarios stand side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

import hinterland as hl
from hinterland.errors import Problem
from hinterland.report import comparison, summary
from hinterland.study import compare as comparing

NAMES = ["trade_2002_2007", "migration_2000_2005"]
DIRECTION = Problem(
    "solve.direction", {"market": Problem("residual.factor"), "high": "Beijing", "low": "Sichuan, industry"}
)


@pytest.fixture(scope="module")
def pair() -> dict[str, comparing.Case]:
    return {name: comparing.solved(name) for name in NAMES}


def unsure(case: comparing.Case) -> comparing.Case:
    """The same solution with a certificate that does not prove it."""
    known = replace(case.equilibrium.certificate, error=3e-5, direction=DIRECTION)
    return comparing.Case(case.scenario, replace(case.equilibrium, certificate=known))


@pytest.mark.parametrize(("lang", "words"), [("zh", "未确定到 1e-6"), ("en", "not determined to 1e-6")])
def test_a_comparison_says_which_scenario_is_not_determined(pair, lang: str, words: str):
    choice = comparison.Choice()
    assert not comparison.side_by_side(NAMES, pair, choice, None, lang).closing
    answer = comparison.side_by_side(NAMES, pair | {NAMES[1]: unsure(pair[NAMES[1]])}, choice, None, lang)
    (line,) = answer.closing.splitlines()
    assert line.startswith(NAMES[1])
    for part in (words, "3e-05", "Beijing", "Sichuan"):
        assert part in line
    assert line in answer.as_text("md")


def test_a_comparison_in_python_keeps_the_verdicts(pair):
    table = hl.compare(pair | {NAMES[0]: unsure(pair[NAMES[0]])}, difference=True)
    assert table.attrs["verdict"] == {NAMES[0]: "undetermined", NAMES[1]: "passed"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_summary_says_it_too(pair, lang: str):
    row = {"scenario": "a", "title": {}, "real_gdp": 1.0, "certificate": pair[NAMES[0]].equilibrium.certificate}
    doubtful = row | {"scenario": "b", "certificate": unsure(pair[NAMES[0]]).equilibrium.certificate}
    answer = summary.glance([row, doubtful], lang)
    assert [line["verdict"] for line in answer.rows] == ["passed", "undetermined"]
    assert answer.closing.startswith("b")
