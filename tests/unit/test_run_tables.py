"""The tables of a run: one row each says how a table is read and what it is; nothing else is worked out for one."""

from __future__ import annotations

import json
import re

import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland.instruments import INSTRUMENTS
from hinterland.report import record
from hinterland.report.answer import table_named
from hinterland.report.changes import in_change
from hinterland.report.charts.words import chosen_variable
from hinterland.report.export import markdown_of
from hinterland.report.instruments import instrument
from hinterland.report.quantities import counted, in_unit
from hinterland.report.run import report
from hinterland.report.run_tables import TABLES, sheets, table
from hinterland.report.run_workbook import read
from hinterland.report.tables import variable_name
from hinterland.schema import outcomes
from hinterland.schema.names import outcome_named
from hinterland.study import run
from hinterland.texts import LANGUAGES, text

HEAVY = {"decomposition", "channels", "benefits", "services", "sensitivity"}


def worked_out(result: hl.Result) -> set[str]:
    return {name for name in run.TABLES if f"_{name}" in vars(result)}


def test_every_table_that_a_run_keeps_has_a_row_and_every_row_two_names():
    assert set(run.TABLES) <= set(TABLES)
    names = [name for key in TABLES for name in {key, *(text(f"table.{key}", lang) for lang in LANGUAGES)}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["certificate", "flows", "gains", "各大区"])
def test_a_table_alone_is_worked_out_where_it_is_asked_for(name: str):
    result = hl.run("migration_2000_2005")
    report(result, "zh").parts(False, name, "zh")
    assert not worked_out(result) & HEAVY
    result.table(name, "zh")
    assert not worked_out(result) & HEAVY


def test_what_the_command_line_shows_by_a_name_is_what_the_frame_of_that_name_holds(dual_transfer):
    for name in TABLES:
        for said in {name, *(text(f"table.{name}", lang) for lang in LANGUAGES)}:
            assert table_named(said, TABLES) == name
        sheet, frame = sheets(dual_transfer, "en")[name], table(dual_transfer, name, "en")
        assert (sheet is None) == (not len(frame)), name


def test_a_table_that_this_run_has_not_is_told_with_those_it_has(dual_transfer):
    answer = report(dual_transfer, "en")
    teaches(lambda: answer.table("room", "en"), ("'room'", "nation, regions, macro-regions"), ("“承载上限”", "全国"))
    assert not len(dual_transfer.table("room"))


def test_frames_have_the_numbers_of_the_attributes_and_say_their_unit(dual_transfer):
    cases = [("budget", "present", "bn CNY"), ("gains", "variation", "bn CNY"), ("gains", "people", "million")]
    for name, column, unit in [*cases, ("bridge", "amount", "bn CNY"), ("benefits", "variation", "bn CNY")]:
        kept = getattr(dual_transfer, name)[column].tolist()
        for lang in LANGUAGES:
            of = counted(unit, lang)
            head = in_unit(text(f"column.{column}", lang), of.unit, lang)
            assert dual_transfer.table(name, lang)[head].tolist() == [of.factor * one for one in kept], (name, head)


def test_no_table_in_chinese_counts_as_nobody_in_china_does(dual_transfer, tmp_path):
    """By hand: 1 bn yuan is 10 亿元, a million people 100 万人; heads, units and numbers of files follow."""
    written = hl.write(dual_transfer, tmp_path / "run", lang="zh") / "tables"
    words = {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(written.iterdir())}
    assert [name for name, table in words.items() if re.search("十亿|百万", table)] == []
    people = dual_transfer.headline.set_index("variable").loc["workers_in_place"]
    told = dual_transfer.table("headline", "zh").set_index("代号").loc["workers_in_place"]
    assert told[["基期", "单位"]].tolist() == [100 * people["baseline"], "万人"]
    assert told["变化"] == people["change"]  # relative
    assert dual_transfer.table("flows", "zh")["基期"].tolist() == (100 * dual_transfer.flows["baseline"]).tolist()
    for name in INSTRUMENTS:
        assert not re.search("十亿|百万", instrument(name, "zh").as_text("csv")), name


def test_a_price_of_the_evidence_is_the_same_in_both_languages():
    """By hand: 200 m CNY per km2 are 2 亿元/平方公里."""
    for lang, told in (("en", (200.0, "m CNY per km2")), ("zh", (2.0, "亿元/平方公里"))):
        rows = {row["name"]: row for row in instrument("industrial_base", lang).as_counted}
        row = rows["industrial_base.cost_per_km2"]
        assert (row["value_plain"], row["unit"]) == told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_head_and_name_that_is_printed_of_an_outcome_is_found(lang: str):
    known = list(outcomes())
    for name, entry in outcomes().items():
        short, summary = (getattr(entry, f"{of}_{lang}") for of in ("short", "summary"))
        heads = [variable_name(name, lang), *(in_change(head, name, lang) for head in (short, summary) if head)]
        for head in heads:
            assert chosen_variable(head, known, known[0]) == name, head
            assert outcome_named(head) == name, head


def test_a_picture_is_drawn_of_a_printed_head(dual_transfer):
    english, chinese = (dual_transfer.plot("map", head) for head in ("welfare (%)", "福利（%）"))
    assert english.spec == chinese.spec == dual_transfer.plot("map", "welfare").spec


def test_a_head_with_its_unit_is_explained(dual_transfer):
    for lang in LANGUAGES:
        for head in dual_transfer.table("budget", lang).columns:
            assert hl.glossary(head, lang).terms


def test_the_record_holds_the_tables_that_are_kept(dual_transfer):
    known = json.loads(record.dumps(record.as_json(dual_transfer)))
    for name in run.TABLES:
        assert len(known[name]) == len(getattr(dual_transfer, name)), name


def test_what_a_policy_adds_is_in_the_unit_that_stands_beside_it(dual_transfer):
    """By hand: amounts of money are no shares of a base year; a planner's workbook holds both in 亿元."""
    kept = dual_transfer.decomposition.loc["total"]
    levels = dual_transfer.headline.set_index("variable")["unit"]
    for lang in LANGUAGES:
        frame = dual_transfer.table("decomposition", lang)
        rows = frame.set_index(text("column.key", lang)).groupby(level=0).last()
        for name, unit in (("goods_saved", levels["goods_saved"]), ("equivalent_variation", "bn CNY a year")):
            of = counted(unit, lang)
            assert rows.loc[name, text("column.change_unit", lang)] == of.unit
            assert rows.loc[name, text("column.change", lang)] == of.factor * kept[name]
    shown = read(dual_transfer, "decomposition", "zh").set_index("代号").groupby(level=0).last()
    assert shown.loc["goods_saved", ["变化", "变化的单位"]].tolist() == [10 * kept["goods_saved"], "亿元"]


def test_the_markdown_of_a_run_is_read_as_the_screen_is(dual_transfer, tmp_path):
    words = (hl.write(dual_transfer, tmp_path / "run", lang="zh") / "tables.md").read_text(encoding="utf-8")
    assert markdown_of(sheets(dual_transfer, "zh")["headline"]) in words
    assert "十亿元" not in words
    assert "百万人" not in words
