"""Words of the command line in either language: help asked for in words, numbers in wide digits, names of groupings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hinterland.data.regions import china, grouping_names
from hinterland.errors import HinterlandError
from hinterland.texts import LANGUAGES, text

pytestmark = pytest.mark.usefixtures("solved_once")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("run help", "run --help"),
        ("validate instruments help", "validate instruments --help"),
        ("validate help", "validate --help"),
        ("policies show help", "policies show --help"),
        ("policies show transport help", "policies show --help"),
        ("run 帮助", "run --help"),
        ("帮助", "--help"),
        ("help run", "run --help"),
    ],
)
def test_help_as_a_word_shows_the_help_of_that_command(command, words: str, said: str):
    code, out, err = command(*words.split())
    assert (code, err) == (0, "")
    assert out == command(*said.split())[1]


def test_help_is_no_call_where_it_is_the_value_of_an_option(command):
    code, out, err = command("run", "--table", "help")
    assert (code, out) == (2, "")
    assert "'help'" in err


@pytest.mark.parametrize("given", [("--year", "２０１５"), ("--year=２０１５",)])
def test_wide_digits_are_digits(command, given):
    assert command("diagnose", *given) == command("diagnose", "--year", "2015")
    assert command("data", "show", "urbanization_rate", *given)[0] == 0


@pytest.mark.parametrize("key", ["macro_region", "old", "region", "province", "nation", "city_cluster"])
def test_a_grouping_is_taken_by_every_name_it_goes_by(dual_transfer, key: str):
    regions = dual_transfer.scenario.economy.regions
    assert {regions.grouping_named(name) for name in (key, *grouping_names()[key])} == {key}


def test_no_name_is_of_two_groupings_or_of_a_grouping_and_a_group():
    names = [name for key in grouping_names() for name in {*grouping_names()[key]}]
    assert len(names) == len({*names})
    groups = {name for group in china().groups for name in (group.key, group.zh, group.en)}
    assert not groups & {*names}


@pytest.mark.parametrize("line", ["run", "diagnose", "compare dual_transfer"])
def test_groupings_are_asked_for_in_either_language_of_every_command(command, line: str):
    for lang in LANGUAGES:
        answers = {
            command(*line.split(), "--by", by, "--lang", lang)[1] for by in ("大区", "macro_region", "macro-region")
        }
        assert len(answers) == 1
        provinces = command(*line.split(), "--by", "省", "--lang", lang)
        assert provinces[0] == 0
        assert provinces == command(*line.split(), "--by", "province", "--lang", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_grouping_that_is_not_there_is_told_with_those_that_are_in_words(command, lang: str):
    code, _, err = command("diagnose", "--by", "xyz", "--lang", lang)
    assert code == 2
    assert text("grouping.city_cluster", lang) in err or "city_cluster" in err
    assert ("macro_region" in err) is (lang == "en")


@pytest.mark.parametrize("line", ["diagnose", "compare dual_transfer", "run"])
def test_a_province_and_a_group_are_asked_for_of_every_command(command, line: str):
    one, other = (command(*line.split(), "--province", name, "--lang", "zh") for name in ("四川", "510000"))
    assert one == other
    assert (one[0], "四川" in one[1], "北京" in one[1]) == (0, True, False)
    assert "长三角" in command(*line.split(), "--province", "yangtze_delta", "--lang", "zh")[1]
    code, out, err = command(*line.split(), "--province", "Sichuna")
    assert (code, out) == (2, "")
    assert "Sichuan" in err


def test_what_is_told_of_a_province_is_what_the_dashboard_has_of_it(command):
    whole = json.loads(command("diagnose", "--format", "json")[1])
    alone = json.loads(command("diagnose", "--province", "四川", "--format", "json")[1])
    assert alone == [row for row in whole if row["region"] == "510000"]
    macro = json.loads(command("diagnose", "--by", "macro_region", "--format", "json")[1])
    assert [row for row in macro if row["region"] == "West"] == [row for row in whole if row["region"] == "West"]
    assert len(macro) > len(alone)


@pytest.mark.parametrize(
    "line",
    [
        "run --out {}/run",
        "report --out {}/x.html",
        "compare trade_2002_2007 --out {}/x.csv",
        "data export china-2000 --out {}/tables",
        "data export china-2000 --out {}/x.xlsx",
        "data build china-2020 --out {}/x.npz",
        "scenarios new plan --out {}/plan.yaml",
    ],
)
def test_a_folder_that_does_not_exist_is_named_and_not_made(command, tmp_path: Path, line: str):
    for lang, rule in (("en", "does not exist"), ("zh", "不存在")):
        code, out, err = command(*line.format(tmp_path / "mistyped" / "deep").split(), "--lang", lang)
        assert (code, out) == (2, "")
        assert rule in err
        assert f"{tmp_path / 'mistyped'}" in err
        assert [*tmp_path.iterdir()] == []


def test_an_import_makes_its_last_folder_and_no_other(command, exported: Path, tmp_path: Path):
    code, _, err = command("data", "import", str(exported), "--out", str(tmp_path / "none" / "own"))
    assert (code, "none" in err, [*tmp_path.iterdir()]) == (2, True, [])
    assert command("data", "import", str(exported), "--out", str(tmp_path / "own"))[0] == 0
    assert [*(tmp_path / "own").iterdir()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pdf_is_refused_with_how_to_get_one(command, tmp_path: Path, lang: str):
    code, out, err = command("report", "--out", str(tmp_path / "x.pdf"), "--lang", lang)
    assert (code, out) == (2, "")
    assert {"zh": "打印成 PDF", "en": "print it to PDF"}[lang] in err
    assert ".html" in err


def test_a_grouping_of_no_region_is_an_error_of_data():
    with pytest.raises(HinterlandError):
        china().known_grouping("xyz", china().codes)
