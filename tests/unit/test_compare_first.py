"""The first screen of a comparison: the outcome that orders it comes first, and what is alike is called so."""

from __future__ import annotations

import pytest

import hinterland as hl
from hinterland.report.comparison import Choice, changes_of, reference, side_by_side
from hinterland.report.comparison_names import letters, titles
from hinterland.report.layout import shortened
from hinterland.report.sheet import Sheet
from hinterland.report.tables import called
from hinterland.texts import LANGUAGES, text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sort", ["workers_in_place", "workers_ag"])
def test_the_outcome_that_orders_the_places_stands_first_in_both_tables(dual_transfer, lang: str, sort: str):
    choice = Choice(by="province", sort=sort)
    answer = side_by_side(["one"], {"one": dual_transfer}, choice, None, lang)
    nation, places = (part for part in answer.parts(False, "", lang) if isinstance(part, Sheet))
    for sheet in (nation, places):
        assert sheet.rows[0][0].startswith(called(sort, lang))
    shown = [float(row[2]) for row in places.rows[:31]]
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_that_are_alike_are_called_so_and_neither_is_best(dual_transfer, lang: str):
    answer = side_by_side(["a", "b"], {"a": dual_transfer, "b": dual_transfer}, Choice(), None, lang)
    said = str(answer.parts(False, "", lang)[0])
    assert said.count("- ") == 1
    assert text("compare.same", lang, names="")[-8:] in said


@pytest.fixture(scope="module")
def four(dual_transfer) -> dict[str, hl.Result]:
    cheaper = hl.run(dual_transfer.scenario.with_values({"in_place.access": 0.4}))
    dearer = hl.run(dual_transfer.scenario.with_values({"in_place.cost": "50亿元", "closure": "debt"}))
    return {of.scenario.name: of for of in (dual_transfer, cheaper, dearer, hl.run("western_development"))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_scenarios_go_by_letters_and_all_their_columns_stand_at_eighty(four, lang: str):
    answer = side_by_side([*four], four, Choice(), None, lang)
    parts = answer.parts(False, "", lang)
    screen = shortened(parts, 80, 39)
    assert not screen.cut
    for sheet in (part for part in parts if isinstance(part, Sheet)):
        assert [*sheet.heads[-7:]] == ["A", "B", "C", "D", "Δ B", "Δ C", "Δ D"]
    said = "".join(screen.lines)
    for name, letter in zip(four, "ABCD", strict=True):
        assert said.replace(" ", "").count(f"{letter}{titles(four, lang)[name]}".replace(" ", "")) == 1


def test_the_chinese_legend_says_in_chinese_what_was_changed(four):
    _, cheaper, dearer, west = titles(four, "zh").values()
    assert cheaper.endswith("（改动：户籍制度改革：就地：补足的公共服务享有程度 = 0.4）")
    assert "自定的年成本 = 50 亿元/年" in dearer
    assert "举债" in dearer
    assert west == "西部大开发"
    assert not any("a" <= letter <= "z" for letter in cheaper + dearer)


def test_two_with_short_names_keep_them_and_a_letter_is_taken_as_it_is_printed(four):
    names = [*four]
    assert letters({"a": "dual_transfer", "b": "western_development"}) == {}
    assert reference(names, four, "B") == names[1]
    assert reference(names, four, names[2]) == names[2]
    table = changes_of(four, Choice(against="B"), reference(names, four, "B"))
    assert f"{names[0]} - {names[1]}" in table.columns
