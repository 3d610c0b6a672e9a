"""Whatever heading is printed above a table is taken as its name, in either language."""

from __future__ import annotations

import pytest

from hinterland.names import columns
from hinterland.report import comparison, diagnosis, instruments
from hinterland.report.answer import Answer
from hinterland.report.layout import laid_out
from hinterland.report.run import report
from hinterland.report.run_tables import named, sheets
from hinterland.report.sheet import Sheet, make
from hinterland.texts import LANGUAGES


def printed(answer: Answer, lang: str) -> list[Sheet]:
    """Every table of the first screen and of --detail."""
    parts = [*answer.parts(False, "", lang), *answer.parts(True, "", lang)]
    return [part for part in parts if not isinstance(part, str)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_of_a_run_is_the_name_of_its_table(dual_transfer, lang: str):
    answer = report(dual_transfer, lang)
    shown = printed(answer, lang)
    assert len(shown) > 12
    for sheet in shown:
        key = named(sheet.title, lang)
        assert sheets(dual_transfer, lang)[key].columns[0] == sheet.columns[0] or key in ("headline", "extremes")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_of_other_answers_is_the_name_of_its_table(dual_transfer, lang: str):
    choice = comparison.Choice()
    answers = (
        diagnosis.dashboard("china-2020", None, diagnosis.Asked(), "present", lang),
        diagnosis.facts(lang),
        comparison.side_by_side(["dual_transfer"], {"dual_transfer": dual_transfer}, choice, None, lang),
        instruments.instrument("hukou_reform", lang),
    )
    for answer in answers:
        for sheet in printed(answer, lang):
            found = answer.table(sheet.title, lang)
            assert found.title == sheet.title
            assert {*sheet.rows[0]} <= {*found.rows[0]}


@pytest.mark.parametrize(("said", "rows"), [("各省", 31), ("大区", 5), ("Provinces", 31), ("macro-regions", 5)])
def test_the_tables_under_one_heading_stand_side_by_side(said: str, rows: int):
    lang = "en" if said.isascii() else "zh"
    found = diagnosis.dashboard("china-2020", None, diagnosis.Asked(), "present", lang).table(said, lang)
    assert len(found.rows) == rows
    assert len(found.heads) == len({*found.heads}) == 1 + sum(map(len, diagnosis.PARTS.values()))


def test_a_heading_is_not_broken_where_its_table_is_narrow_and_heads_have_few_lines():
    title = "A heading that is a good deal longer than the table below"
    lines = laid_out([make(title, ["place", *["实际收入变化"] * 9], [["here", *["1"] * 9]])], 80)
    assert lines[0] == title
    assert len(lines) <= 1 + 4 + 2
    assert max(map(columns, lines)) <= 80
