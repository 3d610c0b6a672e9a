"""Records at a prompt and in a notebook: few words, tables in either language, every column told, no HTML let in."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.messages import teaches
from tests.own import own, saved
from tests.telling import CHINESE

import hinterland as hl
from hinterland import schema
from hinterland.diagnose.dashboard import Dashboard
from hinterland.report import charts, run_tables
from hinterland.report.soundness import Checked
from hinterland.study.apply import package
from hinterland.study.compare import Case, change_unit
from hinterland.study.run import TABLES
from hinterland.texts import text

ASKED = 600  # characters at a prompt
COLUMN = re.compile(r"^ *- (\w+) \(([^)]+)\): \S", re.MULTILINE)


def told(docstring: str | None, name: str = "") -> dict[str, str]:
    """Column -> unit of a table in a docstring; the whole of it where no table is named."""
    assert docstring
    part = docstring
    if name:
        heads = [*re.finditer(r"^    ([a-z_, ]+): ", docstring, re.MULTILINE)]
        place = next(number for number, head in enumerate(heads) if name in head[1].split(", "))
        end = heads[place + 1].start() if place + 1 < len(heads) else len(docstring)
        part = docstring[heads[place].end() : end]
    return dict(COLUMN.findall(part))


@pytest.fixture(scope="module")
def records(dual_transfer) -> dict[str, object]:
    scenario, equilibrium = dual_transfer.scenario, dual_transfer.equilibrium
    return {
        "economy": scenario.economy,
        "regions": scenario.economy.regions,
        "scenario": scenario,
        "result": dual_transfer,
        "equilibrium": equilibrium,
        "outcome": equilibrium.outcome,
        "solved world": equilibrium.solved,
        "world": equilibrium.solved.world,
        "certificate": dual_transfer.certificate,
        "package": package(scenario),
        "case": Case(scenario, equilibrium),
        "dashboard": hl.dashboard(2009),
        "fact": hl.facts_table()[0],
        **scenario.policies,
    }


def test_no_record_floods_the_prompt(records):
    for name, record in records.items():
        assert len(repr(record)) <= ASKED, name
        assert len(repr(record).splitlines()) <= 4, name
        assert "array(" not in repr(record), name


def test_a_prompt_says_what_it_is_and_how_sure(records):
    assert "dual_transfer on china-2020" in repr(records["scenario"])
    for name in ("result", "equilibrium", "certificate", "case"):
        assert "passed" in repr(records[name])
    change = records["result"].headline.set_index("variable")["change"]["real_gdp"]
    assert f"real GDP {100 * change:+.2f} %" in repr(records["result"])


@pytest.mark.parametrize("name", ["economy", "scenario", "result", "equilibrium", "dashboard"])
def test_a_notebook_shows_a_table_in_the_language_of_the_environment(records, name: str, monkeypatch):
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    shown = {}
    for lang, locale in (("en", "en_GB.UTF-8"), ("zh", "zh_CN.UTF-8")):
        monkeypatch.setenv("LANG", locale)
        shown[lang] = records[name]._repr_html_()
        assert "<table" in shown[lang]
        assert ">nan" not in shown[lang]
    assert CHINESE.search(shown["zh"])
    assert not CHINESE.search(shown["en"])


def test_labels_of_ones_own_are_no_html(monkeypatch):
    monkeypatch.setenv("LANG", "C")
    odd = replace(own(), name="<script>x</script>", notes={"en": "<b>"})
    for record in (odd, hl.Scenario(odd, [], name="<i>"), hl.solve(odd)):
        assert not re.search("<script|<b>|<i>", record._repr_html_())
        assert "&lt;script&gt;" in record._repr_html_()


def test_a_record_of_places_is_shown_with_a_map_that_is_said(records, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("economy", "result", "scenario", "equilibrium"):
        shown = records[name]._repr_html_()
        picture = charts.picture(records[name], "map", None, "zh")
        assert shown.count("<svg ") == shown.count("</svg>") == 1
        assert f"<figcaption>{picture.sentence}</figcaption>" in shown
        assert len(shown) < 100_000


def test_the_map_of_a_solution_is_that_of_its_run(records):
    assert records["equilibrium"].economy.name == records["result"].scenario.economy.name
    of_run, solved = (charts.picture(records[name], "map", "real_gdp").table for name in ("result", "equilibrium"))
    assert solved.iloc[:, 2].tolist() == pytest.approx(of_run.iloc[:, 2].tolist(), rel=1e-12)


def test_the_map_of_a_scenario_counts_the_policies_that_name_a_region(today):
    line = hl.policies.Transport(line=["Shanghai", "Nanjing"], mode="hsr", speed=350.0)
    crossing = hl.policies.BorderOpening(ports=["Khorgos"])
    wide = hl.policies.Utilities(to=["West"], increase=0.1)
    table = charts.picture(hl.Scenario(today, [line, crossing, wide]), "map").table.set_index("region").iloc[:, 1]
    assert table[["Shanghai", "Jiangsu", "Xinjiang", "Sichuan", "Henan"]].tolist() == [1, 1, 2, 1, 0]


def test_an_economy_without_figures_for_a_map_is_shown_as_a_table(monkeypatch):
    def nothing(*given, **options):
        raise hl.DataError([])

    monkeypatch.setattr("hinterland.report.notebook.picture", nothing)
    assert "<svg" not in own()._repr_html_()
    assert "<table" in own()._repr_html_()


def test_a_run_is_plotted_by_the_names_of_the_pictures(dual_transfer):
    drawn = dual_transfer.plot("map", "real_income", lang="zh")
    assert "实际收入" in drawn.sentence
    assert len(drawn.table) == 31
    known = re.search(r"one of ([a-z_, ]+);", hl.Result.plot.__doc__)
    assert set(charts.names()) - {"compare", "panel", "rank_size"} <= set(known[1].split(", "))  # of one run
    teaches(lambda: dual_transfer.plot("mop"), ("mop", "map"), ("mop",))


def tables(result: hl.Result) -> dict[str, pd.DataFrame]:
    found = {name: getattr(result, name) for name in TABLES}
    return {name: frame.reset_index() if frame.index.name else frame for name, frame in found.items()}


def test_every_column_of_a_run_is_in_the_docstring_with_its_unit(dual_transfer):
    for name, frame in tables(dual_transfer).items():
        known = told(hl.Result.__doc__, name)
        if name == "sensitivity":  # besides its own two, the outcomes that a split is told of
            known |= {of: unit for of, unit in told(hl.Result.__doc__, "decomposition").items() if of in frame}
        assert set(frame.columns) - {"part"} == set(known), name
        for column, unit in known.items():
            if column in schema.outcomes() and column != "goods_saved":  # an amount, in the unit of real GDP
                wanted = change_unit(column).replace("relative to baseline", "relative")
                assert unit == wanted, (name, column)


def test_every_column_of_a_dashboard_is_in_the_docstring_with_its_unit():
    board = hl.dashboard(2009)
    for name in ("macro_regions", "provinces", "nation"):
        known = told(Dashboard.__doc__, name.replace("macro_regions", "provinces"))
        assert set(getattr(board, name).columns) == set(known)
        for column in known.keys() & schema.indicators().keys():
            assert known[column] == schema.indicators()[column].unit


def test_every_column_of_the_panel_and_of_a_comparison_is_in_the_docstring(dual_transfer):
    assert list(hl.panel().columns) == list(told(hl.panel.__doc__))
    assert set(hl.compare(dual_transfer).index.names) <= set(told(hl.compare.__doc__))
    assert "(relative or difference)" in hl.compare.__doc__


@pytest.mark.parametrize("name", run_tables.TABLES)
def test_a_table_is_found_by_its_name_in_either_language(dual_transfer, name: str):
    by_key = {lang: dual_transfer.table(name, lang) for lang in ("en", "zh")}
    for lang, frame in by_key.items():
        for given in (name, text(f"table.{name}", "zh"), text(f"table.{name}", "en")):
            assert dual_transfer.table(given, lang).equals(frame)
    assert not CHINESE.search("".join(by_key["en"].columns))
    assert all(CHINESE.search(head) for head in by_key["zh"])
    assert by_key["en"].shape == by_key["zh"].shape


def test_the_headline_with_labels_has_the_numbers_of_the_one_without(dual_transfer):
    labelled = dual_transfer.table("headline", "zh")
    times = [10 if unit == "亿元" else 1 for unit in labelled["变化的单位"]]  # bn CNY, as they are counted in Chinese
    assert labelled["变化"].tolist() == [n * of for n, of in zip(times, dual_transfer.headline["change"], strict=True)]
    assert "实际 GDP" in labelled["指标"].tolist()


def test_a_table_that_is_none_is_refused_with_the_nearest(dual_transfer):
    teaches(lambda: dual_transfer.table("headlin"), ("'headlin'", "headline"), ("“headlin”", "headline"))
    teaches(lambda: hl.dashboard(2009).table("province"), ("'province'", "provinces"), ("“province”", "各省"))


def test_a_comparison_is_labelled_where_a_language_is_asked_for(dual_transfer):
    plain = hl.compare(dual_transfer, ["real_gdp", "urbanization_rate"])
    labelled = hl.compare(dual_transfer, ["real_gdp", "urbanization_rate"], lang="zh")
    assert labelled["dual_transfer"].tolist() == plain["dual_transfer"].tolist()
    assert labelled.attrs["verdict"] == plain.attrs["verdict"]
    assert set(plain.attrs["change_unit"]) == {"real_gdp", "urbanization_rate"}  # a column where it is labelled
    assert labelled.index[2] == ("实际 GDP", "西部")
    assert "个百分点" in labelled["变化的单位"].tolist()


def test_a_dashboard_is_labelled_with_unit_and_year():
    table = hl.dashboard(2009).table("macro_regions", "zh")
    assert table["地区"].tolist() == ["东部", "中部", "西部", "东北", "全国"]
    assert "城乡收入比 (比值) [2008]" in table
    assert hl.dashboard(2009).table("各大区", "zh").equals(table)


@pytest.mark.parametrize(
    ("given", "more"), [(("china-2020",), {}), ((), {"economy": "china-2020"}), ((2020,), {"economy": "china-2020"})]
)
def test_a_dashboard_takes_an_economy_first_or_by_name(today, given, more):
    assert hl.dashboard(*given, **more).provinces.equals(hl.dashboard(today).provinces)


def test_a_dashboard_of_ones_own_economy_is_named_in_its_terms():
    board = hl.dashboard(own())
    assert board.table("provinces", "zh")["地区"].tolist() == ["绵阳", "东岭", "成都", "渝中"]
    assert "four" in repr(board)


def test_a_year_is_a_number_or_a_text():
    boards = [hl.dashboard(2009), hl.dashboard("2009"), hl.dashboard(year=2009)]
    assert len({board.provinces.to_json() for board in boards}) == 1


REFUSED = {
    "neither a year nor an economy": (lambda: hl.dashboard("last"), "china-2020"),
    "another year than the economy's": (lambda: hl.dashboard(2009, economy="china-2020"), "2020"),
    "two years": (lambda: hl.dashboard(2009, year=2010), "2010"),
    "two economies": (lambda: hl.dashboard("china-2020", economy="china-2010"), "china-2010"),
    "another division": (lambda: hl.dashboard(2009, "newest"), "present"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_dashboard_cannot_mean_is_refused(case: str):
    call, word = REFUSED[case]
    teaches(call, (word,), (word,))


def test_a_check_takes_ones_own_economy_as_it_is_and_by_its_file(tmp_path):
    economy = own()
    for found in (hl.check(economy), hl.check(saved(economy, tmp_path)), hl.check(str(tmp_path / "four.npz"))):
        assert found.passed
        assert not found.problems
        assert repr(found) == "<Check of four: 4 checks, passed>"


def test_an_economy_that_does_not_balance_fails_its_check_and_says_where(monkeypatch):
    economy = own()
    added = economy.arrays["value_added_nj"] * np.array([[1.1], [1.0], [1.0], [1.0], [1.0]])
    found = hl.check(replace(economy, arrays={**economy.arrays, "value_added_nj": added}))
    assert not found.passed
    assert "failed: rules, even" in repr(found)
    assert "绵阳" in found.problems[0].text("zh")
    verdicts = dict(zip(found.table("zh")["检查"], found.table("zh")["结论"], strict=True))
    assert sorted(verdicts.values()) == ["未通过", "未通过", "通过", "通过"]
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "绵阳" in found._repr_html_()


def test_an_economy_of_the_box_is_held_to_official_totals_as_the_command_does(command):
    found = hl.check("china-2010")
    _, out, _ = command("data", "check", "china-2010", "--format", "json")
    official = {row["item"]: row["passed"] for row in json.loads(out) if row["section"] == "check"}
    assert official
    assert {check.key: check.passed for check in found.checks if check.key in official} == official
    assert len(found.checks) == len(official) + 4
    assert len(hl.check(hl.load("china-2010")).checks) == 4


def test_every_column_of_a_check_is_in_the_docstring():
    known = told(Checked.table.__doc__)
    assert [text(f"column.{name}", "en") for name in known] == list(hl.check(own()).table().columns)


def test_a_check_of_something_else_is_refused():
    teaches(lambda: hl.check(3), ("hl.load(name or file)",), ("hl.load",))
    teaches(lambda: hl.check("china-2021"), ("china-2020",), ("china-2020",))


def test_a_difference_is_in_the_unit_of_its_levels_and_points_are_in_the_language(records, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    shown = re.sub("<[^>]+>", "|", records["result"]._repr_html_())
    change = records["result"].headline.set_index("variable")["change"]
    assert re.search(rf"少损耗的货物[^|]*\|\|0\|\|[\d,]+\|\|\+{round(10 * change['goods_saved'])}\|", shown)
    assert f"{change['urbanization_rate']:+.2f} 百分点" in shown
