"""A solution that is not determined says so wherever several scenarios stand side by side."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import hinterland as hl
from hinterland.errors import Problem
from hinterland.report import comparison, summary
from hinterland.solve.certificate import place_of, undetermined
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


def test_the_record_of_a_comparison_holds_the_verdict_in_every_form(pair, tmp_path: Path):
    doubtful = pair | {NAMES[1]: unsure(pair[NAMES[1]])}
    expected = f"{NAMES[1]}: undetermined"
    for cases, verdict, words in ((pair, "passed", "通过"), (doubtful, expected, f"{NAMES[1]}: 未确定到 1e-6")):
        path = tmp_path / f"{words[-2:]}.csv"
        answer = comparison.side_by_side(NAMES, cases, comparison.Choice(), path, "zh")
        assert {row["verdict"] for row in json.loads(answer.as_text("json"))} == {verdict}
        assert set(pd.read_csv(io.StringIO(answer.as_text("csv")))["verdict"]) == {verdict}
        assert set(pd.read_csv(path)["结论"]) == {words}


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


REGIONS, SECTORS = ["home1", "home2", "abroad1", "abroad2", "abroad3"], ["farm", "shop"]


@pytest.mark.parametrize(
    ("name", "shape", "flat", "place"),
    [
        ("log_people_c", (4,), 3, "home2"),  # fewer cells than there are regions
        ("log_people_c", (4,), 1, "home1"),
        ("log_people_c", (12,), 6, "home2"),
        ("log_rebate_g", (2,), 1, "home2"),
        ("log_rebate_g", (4,), 2, "home2"),
        ("log_services_n", (5,), 3, "abroad2"),
        ("log_factor_nj", (5, 2), 7, "abroad2, shop"),
        ("log_factor_nj", (5, 1), 3, "abroad2"),
        ("log_abroad_nj", (3, 2), 3, "abroad2, shop"),
    ],
)
def test_a_cell_is_told_by_its_region_and_not_by_how_many_there_are(name, shape, flat, place):
    values = {"log_abroad_nj": np.zeros((3, 2)), name: np.zeros(shape)}
    assert place_of(name, values, flat, REGIONS, SECTORS) == place


def test_a_direction_names_the_homes_of_its_cells():
    found = undetermined({"log_people_c": np.array([0.0, -1, 0, 1]), "log_abroad_nj": np.zeros((3, 2))}, REGIONS, [""])
    assert "home2 relative to home1" in found.text("en")
