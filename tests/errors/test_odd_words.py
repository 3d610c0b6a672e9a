"""Words of a command that are empty or contradict each other are refused, not read as if they were not there."""

from __future__ import annotations

import pytest

import hinterland as hl
from hinterland.report import charts
from hinterland.report.validation import narrow, sizes, study_says, study_size, unit_of
from hinterland.texts import LANGUAGES, text
from hinterland.validation.claim import Row

EMPTY = (
    ("run", ""),
    ("run", "--by", ""),
    ("run", "--by="),
    ("run", "--province", " "),
    ("run", "--table", ""),
    ("run", "--set", ""),
    ("compare", ""),
    ("compare", "dual_transfer", "--sort", ""),
    ("diagnose", "--group", ""),
    ("data", "show", ""),
    ("policies", "show", "　"),
    ("glossary", ""),
)


@pytest.mark.parametrize("arguments", EMPTY)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_name_or_option_is_refused_with_its_place(command, arguments: tuple[str, ...], lang: str):
    code, out, err = command(*arguments, "--lang", lang)
    option = next((word.rstrip("=") for word in arguments if word.startswith("--")), text("cli.empty_word", lang))
    assert (code, out) == (2, "")
    assert err.startswith(option)
    assert "hinterland --help" in err


@pytest.mark.parametrize("option", [("--lang", "zh", "en"), ("--format", "csv", "json")])
def test_an_option_with_two_values_is_refused_and_with_the_same_twice_is_not(command, option: tuple[str, str, str]):
    name, first, second = option
    code, out, err = command("policies", "list", name, first, f"{name}={second}")
    assert (code, out) == (2, "")
    assert name in err
    assert f"{first}, {second}" in err
    assert command("policies", "list", name, first, name, first)[0] == 0


@pytest.mark.parametrize(
    "line",
    [
        "run dual_transfer --table nation --table provinces",
        "run dual_transfer --out a --out=b",
        "run dual_transfer --by 大区 --by 省",
        "diagnose --year 2009 --year 2019",
        "data show urbanization_rate --year=2009 --year 2019",
        "compare dual_transfer --sort welfare --sort real_gdp",
        "scenarios new x --economy china-2000 --economy china-2020",
    ],
)
def test_an_option_of_one_value_is_not_given_two(command, line: str):
    """Neither of two wishes is dropped without a word; what may stand several times still may."""
    code, out, err = command(*line.split(), "--lang", "zh")
    assert (code, out) == (2, "")
    option = next(word for word in line.replace("=", " ").split() if word.startswith("--"))
    assert err.startswith(f"{option} 给了两次")


def test_an_option_of_several_values_takes_all(command):
    words = ("--province", "四川", "--province", "云南", "--format", "json", "--detail", "--detail")
    code, out, _ = command("data", "show", "urbanization_rate", "--year", "2019", *words)
    assert (code, out.count('"region"')) == (0, 2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_message_on_an_unknown_picture_is_a_sentence_of_one_language(dual_transfer, lang: str):
    with pytest.raises(hl.DataError) as refused:
        charts.picture(dual_transfer, "nosuch", None, lang)
    told = refused.value.text(lang)
    if lang == "zh":
        assert "、" in told
        assert ", " not in told
        assert "。没有相近" not in told
    else:
        assert told.isascii()
        assert ".Pictures" not in told
        assert "'; no name is near it. There are map, flows" in told


def test_validate_alone_shows_what_there_is_to_validate(command):
    code, out, err = command("validate", "--lang", "zh")
    told = out + err
    assert code in (0, 2)
    assert "hinterland validate instruments" in told
    assert text("cli.validate_instruments", "zh")[:10] in told


def row(**values: object) -> Row:
    given: dict = {"moment": "m", "source": "s", "evidence": "e", "unit": "%", "study": 36.0, "low": 35.5, "high": 36.5}
    given |= {"sign": 1, "rounded": True, "ours": 17.5, "verdict": "outside"}
    return Row(**(given | values))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_study_without_a_range_says_so_and_an_elasticity_has_no_unit(lang: str):
    assert study_says(row(), lang) == text("validation.no_range", lang, study="36")
    assert study_size(row(), lang) == "36"
    ranged = row(rounded=False, low=50.0, high=100.0)
    assert study_says(ranged, lang) == study_size(ranged, lang) == text("report.range", lang, low="50", high="100")
    assert study_says(row(low=float("nan"), high=float("nan"), rounded=False), lang) == "+"
    assert unit_of(row(unit="elasticity"), lang) == ""
    assert unit_of(row(), lang) == "%"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_narrow_screen_a_star_stands_for_no_range_and_the_heading_explains_it(lang: str):
    one, ranged = row(moment="productivity_per_migrant"), row(moment="less_inequality", rounded=False)
    starred, plain = narrow([one, ranged], lang), narrow([ranged], lang)
    assert [cells[1].endswith("*") for cells in starred.rows] == [True, False]
    assert starred.title == plain.title + text("validation.star", lang)
    assert sizes(row(unit="elasticity"), lang)["ours"] == "17.500"
    assert sizes(one, lang)["ours"] == "17.50 %"
