"""What is printed is taken as input, and read as it was meant: names, amounts, lists; or refused in one message."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

import hinterland as hl
from hinterland import schema
from hinterland.cli.terminal import note
from hinterland.data.regions import china
from hinterland.errors import HinterlandError
from hinterland.instruments import INSTRUMENTS
from hinterland.names import columns
from hinterland.policy.targets import chosen_n
from hinterland.report.changes import change_figure
from hinterland.report.comparison_names import titles
from hinterland.report.diagnosis import facts
from hinterland.report.layout import shortened
from hinterland.report.quantities import number, reading
from hinterland.report.run import report
from hinterland.scenario import edits, file
from hinterland.scenario.remarks import remarks
from hinterland.scenario.template import template
from hinterland.schema.names import instrument_named
from hinterland.study.compare import RELATIVE
from hinterland.texts import text


def works(cost: object) -> bytes:
    entry = {"instrument": "utilities", "to": ["West"], "cost": cost}
    return yaml.safe_dump({"policies": {"works": entry}}, allow_unicode=True).encode()


@pytest.mark.parametrize(
    ("said", "bn"),
    [
        (50, 50.0),
        ("50", 50.0),
        ("500亿元", 50.0),
        ("500 亿元/年", 50.0),
        ("每年５００亿元", 50.0),
        ("500亿", 50.0),
        ("5万亿元", 5000.0),
        ("50十亿元", 50.0),
        ("300万元", 0.003),
        ("3000万元/年", 0.03),
        ("50 bn CNY", 50.0),
        ("50 billion yuan a year", 50.0),
        ("1.5 trn CNY", 1500.0),
        ("300 million CNY per year", 0.3),
    ],
)
def test_an_amount_is_read_with_its_unit_and_told_as_it_was_read(said: object, bn: float):
    scenario = file.parse(works(said), "a")
    assert scenario.policies["works"].cost == pytest.approx(bn)
    (remark,) = remarks(scenario)
    assert f"{bn:,.10g} bn CNY a year" in remark.text("en")
    assert f"每年 {10 * bn:,.10g} 亿元" in remark.text("zh")


@pytest.mark.parametrize(("lang", "amount"), [("zh", "# cost: 10亿元"), ("en", "# cost: 1 bn CNY")])
def test_a_template_shows_an_amount_with_its_unit(lang: str, amount: str):
    made = template("plan", ["utilities"], lang=lang)
    assert amount in made
    assert "十亿" not in made
    opened = made.replace(amount, amount.removeprefix("# "))
    assert file.parse(opened.encode(), "a").policies["utilities"].cost == 1.0


def test_a_number_without_a_unit_is_told_on_the_run_as_it_was_read(command, tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_bytes(works(50))
    code, _, err = command("run", str(path), "--lang", "zh")
    assert code == 0
    assert "按每年 500 亿元计" in err


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_an_instrument_is_taken_as_messages_and_titles_print_it(name: str):
    entry = schema.instruments()[name]
    for said in (f"{entry.zh}（{name}）", f"{entry.zh} ({name})", f"{name} ({entry.en})"):
        assert instrument_named(said) == name
    assert instrument_named(f"{entry.zh}（nothing of the kind）") == ""


def test_a_scenario_and_a_place_are_taken_with_their_other_name():
    for name, words in file.titles().items():
        assert all(file.named(f"{title}（{name}）") == name for title in words)
    regions = china()
    for entry in regions.entries:
        assert regions.find(f"{entry.zh}（{entry.code}）") == regions.find(f"{entry.en} ({entry.zh})") == entry.code
    assert regions.find_group("西部（West）") == regions.find_group("West") == "West"
    assert regions.find("四川（Yunnan）") is None


def test_a_value_is_taken_with_the_unit_that_is_printed_behind_it():
    known = schema.values("transport")
    assert edits.as_said(known["speed"], "300公里/小时") == edits.as_said(known["speed"], "300 km/h") == 300
    assert edits.as_said(known["ramp"], "3 年") == edits.as_said(known["ramp"], "3 years") == 3
    assert edits.as_said(schema.values("small_towns")["people"], "20万人") == 200_000
    assert edits.as_said(schema.values("fiscal_transfer")["per_head"], "1,500元/人") == 1500
    assert edits.as_said(schema.values("hukou_reform")["cut"], "18.5%") == pytest.approx(0.185)
    assert edits.as_said(known["speed"], "300公里") == 300
    assert edits.as_said(known["speed"], "300 吨") == "300 吨"  # refused by name


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("人均GDP < 0.8 * 全国", "gdp_per_head < 0.8 * national"),
        ("人均 GDP＜８０％ × 全国平均", "gdp_per_head < 0.8 * national"),
        ("西部 且 城镇化率 < 60%", "West and urbanization_rate < 60"),
        ("城镇化率 < 90% * 全国 或 东北", "urbanization_rate < 0.9 * national or Northeast"),
        ("非农就业份额 < 60%", "nonag_share < 0.6"),
        ("非 西部", "not West"),
        ('"GDP per head" < 0.6 * national', "gdp_per_head < 0.6 * national"),
    ],
)
def test_a_condition_is_read_in_the_words_of_either_language(today, said: str, same: str):
    chosen = chosen_n(today, [said], "x.to")
    assert 0 < chosen.sum() < len(chosen)
    assert (chosen == chosen_n(today, [same], "x.to")).all()


def test_what_cannot_be_compared_is_told_in_chinese_with_what_can(today):
    with pytest.raises(HinterlandError) as refused:
        chosen_n(today, ["人均工资 < 5"], "x.to")
    words = refused.value.text("zh")
    assert "人均GDP（元）" in words
    assert "gdp_per_head" not in words


@pytest.mark.parametrize("comma", [",", "，", "、", "; "])
def test_a_list_is_read_alike_whatever_parts_it_and_wherever_it_stands(command, tmp_path: Path, comma: str):
    both = f"四川{comma}云南"
    assert edits.as_said(schema.values("utilities")["to"], both) == ["四川", "云南"]
    code, out, _ = command("data", "show", "人均GDP", "--year", "2019", "--province", both, "--format", "json")
    assert (code, {row["region"] for row in yaml.safe_load(out)}) == (0, {"510000", "530000"})
    code, out, _ = command("scenarios", "new", "x", "--instruments", f"交通{comma}转移支付")
    assert (code, list(yaml.safe_load(out)["policies"])) == (0, ["transport", "fiscal_transfer"])


def test_comparing_in_python_takes_the_names_of_the_tables(dual_transfer):
    by_key = hl.compare(dual_transfer, ["real_gdp", "welfare"], by="province", sort="welfare")
    by_name = hl.compare(dual_transfer, ["实际 GDP", "福利"], by="各省", sort="福利")
    assert by_name.equals(by_key)
    with pytest.raises(HinterlandError) as refused:
        hl.compare(dual_transfer, ["没有这个"])
    assert "按“大区”" in (words := refused.value.text("zh"))
    assert not re.search(r"(?<![（\w])[a-z]+_[a-z_]+", words)  # a key stands behind its name alone


def test_a_table_without_rows_is_told_by_its_name_and_not_offered(command):
    code, _, err = command("run", "migration_2000_2005", "--table", "承载上限", "--lang", "zh")
    assert code == 2
    assert "“承载上限”" in err
    assert "承载上限" not in err.partition("已有")[2]
    assert "room" not in err


def test_the_old_division_is_taken_by_its_name(command):
    assert command("diagnose", "--division", "旧三分法") == command("diagnose", "--division", "old")
    assert command("diagnose", "--division", "五分法")[0] == 2


def test_two_ways_of_choosing_places_are_refused_and_not_dropped(command):
    code, _, err = command("compare", "dual_transfer", "--by", "省", "--province", "四川", "--lang", "zh")
    assert (code, "--by" in err, "--province" in err) == (2, True, True)


@pytest.mark.parametrize("name", ["run.json", ""])
def test_the_record_of_a_run_is_no_scenario_and_says_so_in_one_line(command, tmp_path: Path, name: str):
    hl.write(hl.run("migration_2000_2005"), tmp_path / "r")
    for call in (("run", "--lang", "zh"), ("run", "--lang", "en")):
        code, _, err = command(call[0], str(tmp_path / "r" / name), *call[1:])
        assert (code, len(err.splitlines())) == (2, 1)
        assert "scenario.yaml" in err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("name: a\npolicies:\n  a:\n    instrument： transport\n    line: [成都, 重庆]\n", 4),
        ("name：a\npolicies:\n  a: {instrument: transport}\n", 1),
        ("# 说明：x\nname： a\n", 2),
    ],
)
def test_a_full_width_colon_is_told_in_the_line_where_it_stands(words: str, line: int):
    with pytest.raises(HinterlandError) as refused:
        file.parse(words.encode(), "a.yaml")
    assert f"第 {line} 行" in refused.value.text("zh")
    assert "：" in refused.value.text("zh")
    assert f"line {line}" in refused.value.text("en")


def test_scenarios_of_one_title_are_told_apart_in_chinese(dual_transfer):
    edited = hl.run(dual_transfer.scenario.with_values({"talent.years": 2}))
    found = {"dual_transfer": dual_transfer, "dual_transfer (a)": dual_transfer, "edited": edited}
    called = titles(found, "zh")
    assert len({*called.values()}) == 3
    assert all(name.startswith("产业人口双转移") for name in called.values())
    assert called["edited"].endswith("（改动：人才与职业教育：平均受教育年限的增加 = 2）")


@pytest.mark.parametrize("value", [0.0, -0.0, 0.004, -0.004, -1e-12])
def test_what_rounds_to_zero_neither_rises_nor_falls(value: float):
    assert number(value, 2, "+") == "0.00"
    assert reading("bn CNY", "en").number(value, sign="+") == "0.0"
    assert change_figure("real_gdp", value / 100) == "0.00"
    assert number(0.006, 2, "+") == "+0.01"
    assert number(-0.006, 2, "+") == "-0.01"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("lines", [18, 24, 40])
def test_no_heading_counts_rows_that_are_not_shown(dual_transfer, lang: str, lines: int):
    shown, *_ = shortened(report(dual_transfer, lang).parts(False, "", lang), 80, lines)
    titles = {text(f"report.{key}", lang) for key in ("extremes", "extremes_turn", "extremes_own")}
    headings = [line for line in shown if line in titles]
    assert len(headings) == (lines == 40)
    assert not any(re.search(r"\d", heading) for heading in headings)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_note_fits_the_terminal_where_one_is_read(monkeypatch, capsys, lang: str):
    words = text("scenario.own_cost", lang, where="policies.works", name="cost", amount="50") * 3
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    note(words)
    lines = capsys.readouterr().err.splitlines()
    assert max(map(columns, lines)) <= 60
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_the_change_of_a_place_stands_beside_its_unit_in_csv(command):
    for asked in (("--province", "四川"), ("--by", "大区")):
        _, out, _ = command("run", "migration_2000_2005", *asked, "--format", "csv")
        head, *rows = csv.reader(out.splitlines())
        units = {row[head.index("variable")]: row[head.index("change_unit")] for row in rows}
        assert units["real_gdp"] == RELATIVE
        assert units["nonag_share"] == "share"


def test_a_fact_in_chinese_has_its_unit_in_chinese():
    units = {row["unit"] for row in facts("zh").rows}
    assert not any(re.search("[a-z]{2,}", unit) for unit in units)
