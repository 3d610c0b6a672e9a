"""One rule of what is too small to be printed, for sentences, tables and pictures; one place that writes numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import hinterland as hl
from hinterland.report import charts
from hinterland.report.changes import change_figure, seen, signs_that_turn
from hinterland.report.charts import range as range_picture
from hinterland.report.charts.words import MINUS, name_of
from hinterland.report.quantities import reading
from hinterland.schema import outcomes
from hinterland.texts import LANGUAGES

REPORT = Path(hl.__file__).parent / "report"
DIGIT = re.compile("[1-9]")


@pytest.mark.parametrize("name", outcomes())
def test_what_is_seen_is_printed_with_a_digit_and_what_is_not_is_nought(name: str):
    assert DIGIT.search(change_figure(name, 1.001 * seen(name)))
    assert not DIGIT.search(change_figure(name, -0.999 * seen(name)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", ["million", "bn CNY", "share", "%"])
def test_the_least_of_a_unit_is_half_of_its_last_digit(unit: str, lang: str):
    of = reading(unit, lang)
    assert DIGIT.search(of.number(1.001 * of.least))
    assert not DIGIT.search(of.number(0.999 * of.least))


@pytest.fixture(scope="module")
def border_belt() -> hl.Result:
    """A run in which one range over the elasticities crosses zero by less than is printed elsewhere."""
    return hl.run("border_belt")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("which", ["dual_transfer", "border_belt"])
def test_the_sentence_of_the_range_picture_and_its_labels_agree_on_signs(request, which: str, lang: str):
    result = request.getfixturevalue(which)
    table, known = result.sensitivity, [name for name in outcomes("sensitivity") if name in result.sensitivity]
    sentence, crossing = charts.picture(result, "range", None, lang).sentence, []
    for name in known:
        ends = (float(table[name].iloc[0]), float(table[name].min()), float(table[name].max()))
        row = range_picture.row_of(name, range_picture.read_as(result, name, table[name], lang), *ends)
        if row["low_words"].startswith(MINUS) and row["high_words"].startswith("+"):
            crossing.append(name)
    assert crossing == signs_that_turn(table)
    assert [name for name in known if name_of(name, lang) in sentence] == crossing


def test_border_belt_has_a_range_that_crosses_zero_by_less_than_is_printed(border_belt):
    column = border_belt.sensitivity["real_income"]
    assert column.min() < 0 < column.max() < seen("real_income")


def test_numbers_are_written_in_one_place():
    """Digits after the point are set by `quantities.number` alone; `e` and `g` are for residuals and parameters."""
    fixed = re.compile(r"\{[^{}]*:[^{}]*\.[^{}]*f\}|\{[^{}]*digits\}f")
    found = [
        f"{path.relative_to(REPORT)}: {line.strip()}"
        for path in sorted(REPORT.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if fixed.search(line)
    ]
    assert [line for line in found if not line.startswith("quantities.py")] == []
