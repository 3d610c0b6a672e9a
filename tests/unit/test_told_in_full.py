"""What a user wrote and a scenario does not do as written is told: payers that a closure replaces, amounts, kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import hinterland as hl
from hinterland.errors import DataError, PolicyError, nearest
from hinterland.report.changes import from_to
from hinterland.report.charts.range import row_of
from hinterland.report.charts.words import finer
from hinterland.report.instruments import rests_on
from hinterland.report.layout import fitted
from hinterland.report.quantities import Reading
from hinterland.report.run_tables import TABLES
from hinterland.report.run_workbook import read as read_for_workbook
from hinterland.report.workbook import formats
from hinterland.scenario import file
from hinterland.scenario.remarks import remarks
from hinterland.scenario.said import file_said as said_in_file
from hinterland.scenario.template import template
from hinterland.texts import LANGUAGES, text


def works(closure: str = "by_payer", **values: object) -> bytes:
    """Return a scenario of one policy with a cost of its own."""
    entry = {"instrument": "utilities", "to": ["West"], "cost": "50亿元", **values}
    return yaml.safe_dump({"closure": closure, "policies": {"works": entry}}, allow_unicode=True).encode()


def told(content: bytes) -> list[str]:
    """Return the keys of what is said of a scenario."""
    return [remark.key for remark in remarks(file.parse(content, "a"))]


def test_payers_that_a_closure_replaces_are_told_by_name_with_who_pays_instead(command, tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_bytes(works("national_tax", payer={"centre": 0.1, "province": 0.9}))
    for lang, parts in {"zh": ("中央 10 %、省 90 %", "中央 100 %"), "en": ("centre 10 %", "centre 100 %")}.items():
        code, _, err = command("scenarios", "check", str(path), "--lang", lang)
        assert code == 0
        assert "policies.works" in err
        assert all(part in err for part in parts)


@pytest.mark.parametrize(
    ("closure", "payer"),
    [
        ("by_payer", {"centre": 0.1, "province": 0.9}),
        ("national_tax", {"centre": 1.0, "province": 0.0}),
        ("national_tax", {"firms": 1.0}),
        ("local_tax", {"province": 0.5, "people": 0.5}),
        ("national_tax", None),
    ],
)
def test_payers_that_pay_as_written_are_not_remarked(closure: str, payer: dict[str, float] | None):
    assert "scenario.payer_replaced" not in told(works(closure, payer=payer))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_closure_says_that_it_is_about_what_governments_pay(lang: str):
    """Law: a budget whose rows firms pay is not called paid `all by a national tax`."""
    part = {"zh": "政府负担的部分", "en": "what governments pay"}[lang]
    assert all(part in text(f"closure.{name}", lang) for name in ("national_tax", "local_tax"))


@pytest.mark.parametrize(("said", "bn"), [("50亿元", 5.0), ("1.5 trn CNY", 1500.0), (50, 50.0)])
def test_python_takes_an_amount_as_a_file_does(said: object, bn: float):
    assert hl.policies.HukouReform(cost=said).cost == bn


@pytest.mark.parametrize("said", ["50亿美元", "￥50亿", "3 billion USD", "much"])
def test_an_amount_that_is_not_in_yuan_is_refused_with_how_to_write_it(said: str):
    for refused_by in (lambda: hl.policies.HukouReform(cost=said), lambda: file.parse(works(cost=said), "a")):
        with pytest.raises(PolicyError) as refused:
            refused_by()
        assert said in refused.value.text("en")
        assert "300 million CNY" in refused.value.text("en")
        assert "5万亿元" in refused.value.text("zh")


@pytest.mark.parametrize(("lang", "advice"), [("zh", "请连单位"), ("en", "with its unit")])
def test_who_wrote_a_unit_is_not_told_to_write_one(lang: str, advice: str):
    (remark,) = remarks(file.parse(works(), "a"))
    assert advice not in remark.text(lang)
    assert {"zh": "10亿元", "en": "bn CNY"}[lang] in remark.text(lang)


def test_a_template_says_what_a_bare_amount_counts_and_years_that_are_taken():
    made = template("plan", ["utilities"], lang="zh")
    assert "不写单位的 50 即 500亿元" in made
    assert "2021 – 2050" in made
    assert "1,900" not in made


@pytest.mark.parametrize(
    ("refused_by", "words"),
    [
        (lambda: hl.policies.HukouReform(ramp=None), ("nothing", "空的")),
        (lambda: file.parse(b"policies: [a]", "a"), ("a list", "列表")),
        (lambda: file.parse(b"policies: 3", "a"), ("a number", "一个数")),
        (lambda: hl.policies.HukouReform(cost=-3), ("between 0 and 100,000", "0 到 1,000,000")),
    ],
)
def test_a_message_tells_in_words_what_was_given_and_between_what_a_value_lies(refused_by, words: tuple[str, str]):
    with pytest.raises(PolicyError) as refused:
        refused_by()
    en, zh = refused.value.text("en"), refused.value.text("zh")
    assert words[0] in en
    assert words[1] in zh
    assert not [python for python in ("None", "list'", "[0") if python in en + zh]


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (("--province", "Sichuan", "--table", "gains"), ("--table", "--province")),
        (("--by", "West", "--table", "gains"), ("--table", "--by")),
        (("--by", "West", "--province", "Sichuan"), ("--province", "--by")),
    ],
)
def test_what_shows_one_thing_alone_does_not_go_with_another(command, asked: tuple[str, ...], parts: tuple[str, str]):
    code, out, err = command("run", "border_belt", *asked)
    assert (code, out) == (2, "")
    assert all(part in err for part in parts)
    assert "cannot stand together" in err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_economy_in_place_of_a_scenario_is_told_where_to_write_it(command, lang: str):
    code, _, err = command("run", "my_china.npz", "--lang", lang)
    assert code == 2
    assert "economy: my_china.npz" in err


def test_scenarios_one_behind_the_other_are_told_to_be_a_list():
    with pytest.raises(DataError, match=r"hl.compare\(\['dual_transfer', 'border_belt'\]\)"):
        hl.compare("dual_transfer", "border_belt")


@pytest.mark.parametrize(
    ("said", "meant"), [("gian", "gains"), ("gain", "gains"), ("bugdet", "budget"), ("xylo", ""), ("an", "")]
)
def test_a_slip_with_a_letter_too_few_is_a_near_miss(said: str, meant: str):
    assert nearest(said, ["gains", "budget", "rests", "flows"]) == meant


def test_labels_of_a_range_say_what_is_drawn():
    """Law: beside a bar from -0.0004 to +0.0082 points no label says 0.0000: what is too small is about zero."""
    ends = (0.0017, -0.0004, 0.0082)
    row = row_of("urbanization_rate", finer(Reading(1.0, "pp", 2), ends), *ends)
    assert (row["default_words"], row["low_words"], row["high_words"]) == ("≈0", "≈0", "+0.0082")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_of_a_run_keep_what_tells_their_rows_and_numbers_apart(dual_transfer, lang: str):
    """Rows of one name stand with their value in every part of a cut table; money and ends of ranges with a unit."""
    cut = fitted(TABLES["sensitivity"].sheet(dual_transfer, lang), 80)
    assert len(cut) > 1
    assert all(part.sheet.heads[1].replace("\n", "") == text("column.value_of", lang) for part in cut)
    assert {"zh": "（亿元）", "en": "(bn CNY)"}[lang] in TABLES["benefits"].sheet(dual_transfer, lang).title
    frame = read_for_workbook(dual_transfer, "gain_ranges", lang)
    shown = dict(zip(frame, formats([*frame], frame.astype(object).to_numpy().tolist()), strict=True))
    for name in ("change", "low", "high"):
        assert {of.count("%") for of in shown[text(f"column.{name}", lang)]} == {3}


@pytest.mark.parametrize(("lang", "amount"), [("zh", "50 亿元"), ("en", "5 bn CNY")])
def test_a_ratio_tells_a_cost_of_ones_own_with_its_unit(lang: str, amount: str):
    words = rests_on("utilities", ["cost"], hl.policies.Utilities(cost=5).values(), lang)
    assert amount in words
    assert "自定的年成本" not in words


def test_a_comparison_says_in_what_its_changes_are_told(dual_transfer):
    table = hl.compare({"a": dual_transfer}, ["urbanization_rate", "nonag_share", "real_gdp"])
    assert table.attrs["change_unit"] == {
        "urbanization_rate": "pp",
        "nonag_share": "share",
        "real_gdp": "relative to baseline",
    }


IN_PRINTED_NAMES = """
名称: 试
筹资方式: 全国税
期限（年）: 25
贴现率: 6%
政策:
  路:
    工具: 市政与能源水利
    目标地区: 西部
"""


def test_a_file_is_taken_in_the_names_of_screen_glossary_and_template():
    scenario = file.parse(IN_PRINTED_NAMES.encode(), "a")
    assert (scenario.name, scenario.closure, scenario.horizon, scenario.discount) == ("试", "national_tax", 25, 0.06)
    assert scenario.policies["路"].instrument == "utilities"
    for said, key in {"筹资": "closure", "筹资方式（闭合）": "closure", "期限": "horizon", "计算期": "horizon"}.items():
        assert said_in_file({said: 1}, file.KEYS) == {key: 1}
    for lang in LANGUAGES:
        for key in ("closure", "horizon"):
            assert said_in_file({text(f"terms.{key}", lang): 1}, file.KEYS) == {key: 1}


def test_an_unknown_key_is_answered_in_chinese_with_chinese_names():
    with pytest.raises(PolicyError) as refused:
        file.parse("胡同: 1".encode(), "a")
    assert "方案名称（name）" in refused.value.text("zh")
    assert "name, title" in refused.value.text("en")


def test_a_range_whose_ends_read_alike_is_one_number():
    assert from_to("+0.01", "+0.01", "zh") == "+0.01"
    assert from_to("+0.01", "+0.02", "zh") == "+0.01 至 +0.02"
