"""The first screens of `compare` and `validate` begin with what the tables come to, and end with how sure that is."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import hinterland as hl
from hinterland.names import columns
from hinterland.report import comparison, validation
from hinterland.report.changes import change_figure
from hinterland.report.comparison_names import titles
from hinterland.report.layout import laid_out
from hinterland.texts import LANGUAGES, text
from hinterland.validation import OUTSIDE, SIGN_DIFFERS, computed

NAMES = ["dual_transfer", "western_development"]


@pytest.fixture(scope="module")
def cases(dual_transfer) -> dict[str, hl.Result]:
    return {NAMES[0]: dual_transfer, NAMES[1]: hl.run(NAMES[1])}


@pytest.fixture(scope="module")
def rows() -> list[validation.Row]:
    return computed()


def screen(cases, lang: str, width: int = 80) -> list[str]:
    answer = comparison.side_by_side([*cases], cases, comparison.Choice(), None, lang)
    return laid_out(answer.parts(False, "", lang), width)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_says_which_does_most_and_whether_that_turns(cases, lang: str):
    said = " ".join(screen(cases, lang, 4000)[:4])
    called = titles(cases, lang)
    for outcome in comparison.FIRST:
        changes = {name: case.headline.set_index("variable").loc[outcome, "change"] for name, case in cases.items()}
        best, worst = max(changes, key=changes.get), min(changes, key=changes.get)
        told = re.escape(called[best]) + r"\W+\w*\W*" + re.escape(change_figure(outcome, changes[best]))
        assert re.search(told, said), (outcome, best)
        assert change_figure(outcome, changes[worst]) in said
    dual, west = (cases[name].sensitivity["urbanization_rate"] for name in NAMES)
    assert (dual > west).all()
    assert {"zh": "高下不变", "en": "one at a time, the order of urbanization rate stays: dual_transfer"}[lang] in said


def test_an_order_is_held_at_the_same_elasticity_however_far_ranges_overlap(dual_transfer):
    """More of the same stays more at each elasticity; what services alone decide turns with what they are worth."""
    softer = hl.run(dual_transfer.scenario.with_values({"in_place.access": 0.49}))
    one, other = (case.sensitivity["urbanization_rate"] for case in (dual_transfer, softer))
    assert one.min() < other.max()
    assert "the order of urbanization rate stays (at some of them no difference is seen): a " in " ".join(
        screen({"a": dual_transfer, "b": softer}, "en", 4000)[:4]
    )
    served, free = (
        hl.run(hl.Scenario("china-2020", [policy]))
        for policy in (hl.policies.HukouReform(to=["West"]), hl.policies.Talent())
    )
    one, other = (case.sensitivity["urbanization_rate"] for case in (served, free))
    assert (one > other).any()
    assert (one < other).any()
    assert "the order of urbanization rate turns" in " ".join(screen({"a": served, "b": free}, "en", 4000)[:4])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_ends_with_one_line_on_the_certificates(cases, lang: str):
    lines = screen(cases, lang, 200)
    (line,) = [row for row in lines if text("compare.certificates", lang, count=2, worst="", error="")[:6] in row]
    assert "2" in line


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_the_verdicts_are_seen_on_a_narrow_screen(rows, lang: str, width: int):
    lines = laid_out([*(f"{row}" for row in validation.conclusion(rows, lang)), validation.narrow(rows, lang)], width)
    assert max(map(columns, lines)) <= width
    for row in rows:
        assert any(one.rstrip().endswith(text(f"verdict.{row.verdict}", lang)) for one in lines)
    assert sum(text("column.verdict", lang) in one for one in lines) == 1  # one table, not several


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_validation_counts_every_row_and_names_what_misses_most(rows, lang: str):
    counts, *others = validation.conclusion(rows, lang)
    numbers = [int(found) for found in re.findall(r"\d+", counts)]
    assert numbers[0] == sum(numbers[1:]) == len(rows)
    contrary = [row for row in rows if row.verdict == SIGN_DIFFERS]
    assert sum(validation.moment_name(row, lang) in " ".join(others) for row in contrary) == len(contrary)
    furthest = max((row for row in rows if row.verdict == OUTSIDE), key=validation.distance)
    assert validation.moment_name(furthest, lang) in others[-1]


def test_distance_is_the_logarithm_of_the_ratio_to_the_nearer_end(rows):
    row = next(row for row in rows if row.moment == "resettlement")
    assert validation.distance(row) == pytest.approx(0.8, abs=0.02)  # ln(21.53 / 9.61)
    assert all(validation.distance(row) == 0 for row in rows if row.verdict != OUTSIDE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_screen_of_validate_has_forty_lines(command, rows, monkeypatch, lang: str):
    monkeypatch.setattr(validation, "computed", lambda progress=None: rows)
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = command("validate", "instruments", "--lang", lang)
    assert code == 0
    lines = out.rstrip("\n").split("\n")
    assert len(lines) <= 40
    assert max(map(columns, lines)) <= 80


def test_an_order_holds_only_where_it_holds_between_every_two():
    """Law: places in the middle may turn where the first and the last do not (service worth moves one of them)."""
    names = ["border_belt", "ningxia_demonstration", "cluster_led", "dual_transfer"]
    found = {name: hl.run(name) for name in names}
    changes = pd.DataFrame({name: case.sensitivity["urbanization_rate"] for name, case in found.items()})
    middle = changes[["ningxia_demonstration", "cluster_led"]]
    assert (middle.diff(axis=1).iloc[:, 1] > 0.005).any()
    assert (middle.diff(axis=1).iloc[:, 1] < -0.005).any()
    assert "the order of urbanization rate turns" in " ".join(comparison.conditions(found, "en"))
