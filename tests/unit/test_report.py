"""The report to hand over: it says what the run says, names every policy, mark and source, and stands alone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import yaml
from tests.html import Page
from tests.own import own

import hinterland as hl
from hinterland import schema
from hinterland.report import citations, html
from hinterland.report.again import commands
from hinterland.report.changes import change_figure
from hinterland.report.charts.words import policy_names
from hinterland.report.quantities import number, reading
from hinterland.report.record import as_json
from hinterland.report.sentences import sentences
from hinterland.report.tables import variable_name
from hinterland.texts import LANGUAGES, text

ROOT = Path(__file__).parents[2]
LARGEST = 3_000_000  # bytes
BAD = '</title><script>alert("x")</script><img src=x onerror=alert(1)>'
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def pages(dual_transfer) -> dict[str, Page]:
    return {lang: Page(html.page(dual_transfer, lang)) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def named(tmp_path_factory) -> Page:
    """A scenario of one's own, whose words are HTML."""
    scenario = hl.read("trade_2002_2007")
    label = next(iter(scenario.policies))
    words = {"en": BAD, "zh": BAD}
    own_words = scenario.replace(
        name="a<b>", title=words, about={label: words}, texts=dict.fromkeys(("represents", "facts"), words)
    )
    path = hl.run(own_words).report(tmp_path_factory.mktemp("report") / "own.html")
    return Page(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_sound_html_that_loads_nothing(pages, dual_transfer, lang: str):
    content = html.page(dual_transfer, lang)
    assert pages[lang].problems == []
    assert content.startswith("<!DOCTYPE html>")
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in content
    assert len(content.encode()) <= LARGEST
    assert not re.search(r"<script|javascript:|@import|url\((?!#)|\bon\w+=", content)
    addresses = set(re.findall(r'https?://[^\s"<]+', content))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # names, which nothing fetches


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_have_captions_and_pictures_their_sentence(pages, lang: str):
    page = pages[lang]
    assert len(page.labels) == 8
    assert all(label and label in page.text.replace(NO_BREAK, " ") for label in page.labels)
    assert len(page.tables) >= 20
    assert all(page.captions)
    for table in page.tables:
        assert len({len(row) for row in table}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_is_that_of_the_first_screen(pages, dual_transfer, lang: str):
    for sentence in sentences(dual_transfer, lang):
        assert sentence in pages[lang].text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_change_of_the_nation_and_of_each_province_equals_the_record(pages, dual_transfer, lang: str):
    written = as_json(dual_transfer)
    rows = {row[0]: row for table in pages[lang].tables for row in table if len(row) == 5}
    for entry in written["headline"]:
        row = rows[variable_name(entry["variable"], lang)]
        wanted = change_figure(entry["variable"], entry["change"])
        if entry["variable"] == "goods_saved":  # money, in the unit of its level
            wanted = reading(entry["unit"], lang).number(entry["change"], sign="+")
        assert row[-1].split(NO_BREAK)[0] == wanted
    regions = dual_transfer.scenario.economy.regions
    places = {row[0]: row for table in pages[lang].tables for row in table if len(row) == 14}
    welfare = {row["region"]: row["change"] for row in written["regions"] if row["variable"] == "welfare"}
    assert len(welfare) == 35
    for code, change in welfare.items():
        assert places[regions.name(code, lang)][-1] == change_figure("welfare", change)
    for code, gain in dual_transfer.gain_by_home.items():
        assert places[regions.name(code, lang)][1] == number(100 * gain, 2, "+")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_policy_mark_and_source_is_named(pages, dual_transfer, lang: str):
    said = pages[lang].text
    for label, name in policy_names(dual_transfer, lang).items():
        assert (name if lang == "zh" else f"{name} [{label}]") in said
        assert dual_transfer.scenario.about[label][lang] in said
    instruments = {policy.instrument for policy in dual_transfer.scenario.policies.values()}
    for entry in schema.evidence().values():
        if entry.instrument in instruments:
            assert " ".join(getattr(entry, lang).split()) in said, entry.id
            assert text(f"known.{entry.status}", lang) in said
            assert entry.source == citations.SELF or citations.cited(entry.source) in said, entry.source
    assert re.search("[{}]|--", "".join(map(citations.cited, schema.sources()))) is None


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "自定成本每年 500 亿元；中央"), ("en", "own cost 50.0 bn CNY a year; centre")]
)
def test_a_cost_of_the_users_own_stands_among_the_policies(lang: str, told: str):
    scenario = hl.Scenario("china-2000", {"works": hl.policies.Utilities(to=["West"])}, name="works")
    result = hl.run(scenario.with_values({"works.cost": 50}))
    said = Page(html.page(result, lang)).text
    assert told in said
    assert ("50 bn CNY a year, was" if lang == "en" else "自定的年成本改为 500 亿元/年") in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_tells_how_it_is_made_again_and_cited(pages, dual_transfer, lang: str):
    command, python = commands(dual_transfer, lang)
    said = pages[lang].text
    assert command == f"hinterland report dual_transfer --lang {lang} --out report.html"
    assert command in said
    assert " ".join(python.split()) in said
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for words in (cff["title"], cff["authors"][0]["name"], cff["license"], str(cff["version"]), project["version"]):
        assert words in citations.program(lang)
    assert cff["references"][0]["title"] in citations.cited(citations.MODEL)


def test_a_changed_scenario_is_told_whole(dual_transfer):
    changed = dual_transfer.scenario.with_values({"in_place.access": 0.6})
    result = replace(dual_transfer, package=replace(dual_transfer.package, scenario=changed))
    command, python = commands(result, "en")
    assert "scenario.yaml" in command
    assert "scenario.yaml" in python


def test_words_of_the_user_are_no_html(named):
    assert named.problems == []
    assert named.text.count('<script>alert("x")</script>') >= 4


@pytest.mark.parametrize("tables", [True, False])
def test_an_economy_of_ones_own_has_the_sections_that_it_can(tables: bool):
    """With or without macro-regions, money and policies."""
    page = Page(html.page(hl.run(hl.Scenario(own(tables), [], name="nothing")), "zh"))
    assert page.problems == []
    assert text("report.no_policies", "zh") in page.text


def test_it_is_written_whole_and_never_over_another(dual_transfer, tmp_path: Path):
    (tmp_path / "new").mkdir()
    place = dual_transfer.report(tmp_path / "new" / "a.html", lang="zh")
    assert place.read_text(encoding="utf-8").rstrip().endswith("</html>")
    with pytest.raises(hl.DataError):
        dual_transfer.report(place)
    assert [file.name for file in place.parent.iterdir()] == ["a.html"]


@pytest.mark.usefixtures("solved_once")
def test_the_command_writes_what_the_method_writes(command, dual_transfer, tmp_path: Path):
    code, out, _ = command("report", "dual_transfer", "--lang", "zh", "--out", str(tmp_path / "a.html"))
    assert (code, out.split()[-1]) == (0, str(tmp_path / "a.html"))
    other = dual_transfer.report(tmp_path / "b.html", lang="zh")
    assert (tmp_path / "a.html").read_bytes() == other.read_bytes()


def test_a_folder_of_a_run_gives_the_report_of_its_scenario(command, tmp_path: Path):
    assert command("run", "trade_2002_2007", "--out", str(tmp_path / "run"))[0] == 0
    for source, name in ((str(tmp_path / "run"), "a.html"), ("trade_2002_2007", "b.html")):
        assert command("report", source, "--out", str(tmp_path / name))[0] == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


BAD_CALLS = {
    "an existing file": ("taken.html", "exists", "已经存在"),
    "a place that cannot be written": ("/proc/a.html", "permissions", "权限"),
    "a folder that is not there": ("/proc/none/a.html", "does not exist", "不存在"),
    "a wrong ending": ("a.txt", ".html, .xlsx", ".html, .xlsx"),
    "a PDF": ("a.pdf", "print it to PDF", "打印成 PDF"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", BAD_CALLS)
def test_what_cannot_be_written_is_said_before_any_work(command, tmp_path: Path, monkeypatch, case: str, lang: str):
    monkeypatch.chdir(tmp_path)
    Path("taken.html").write_text("mine")
    monkeypatch.setattr("hinterland.study.run.run", None)
    out, en, zh = BAD_CALLS[case]
    code, said, err = command("report", "dual_transfer", "--out", out, "--lang", lang)
    assert (code, said, len(err.splitlines())) == (2, "", 1)
    assert {"en": en, "zh": zh}[lang] in err
    assert Path("taken.html").read_text() == "mine"
    assert [file.name for file in tmp_path.iterdir()] == ["taken.html"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_run_is_said(command, tmp_path: Path, lang: str):
    for source, words in ((str(tmp_path), "run.json"), ("dual_transferr", "dual_transfer")):
        code, _, err = command("report", source, "--out", str(tmp_path / "a.html"), "--lang", lang)
        assert (code, words in err) == (2, True)
        assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_shows_percent_and_units_and_says_what_it_is(dual_transfer, tmp_path: Path, lang: str):
    book = openpyxl.load_workbook(dual_transfer.report(tmp_path / "a.xlsx", lang=lang))
    notes, sources = book.worksheets[0], book.worksheets[-1]
    said = [str(cell.value) for row in notes.iter_rows() for cell in row]
    assert all(sentence in said for sentence in sentences(dual_transfer, lang))
    assert {sheet.title for sheet in book.worksheets[1:-1]} <= set(said)
    assert any("Tombe" in str(row[0].value) for row in sources.iter_rows())
    assert all(sheet.freeze_panes == "A2" for sheet in book.worksheets)
    nation = book[text("table.headline", lang)]
    heads = [cell.value for cell in nation[1]]
    at = {key: heads.index(text(f"column.{key}", lang)) for key in ("key", "baseline", "change", "change_unit", "unit")}
    rows = {row[at["key"]].value: row for row in nation.iter_rows(min_row=2)}
    change = dual_transfer.headline.set_index("variable")["change"]
    gdp, urban = rows["real_gdp"], rows["urbanization_rate"]
    assert gdp[at["change"]].value == pytest.approx(change["real_gdp"], rel=1e-14)
    assert (gdp[at["change"]].number_format, gdp[at["change_unit"]].value) == ("+0.00%;-0.00%;0.00%", "%")
    assert urban[at["change"]].value == pytest.approx(change["urbanization_rate"], rel=1e-12)
    assert urban[at["change"]].number_format.startswith("+0.00;")
    assert (urban[at["baseline"]].number_format, urban[at["unit"]].value) == ("0.0%", "%")
    assert urban[at["baseline"]].value == pytest.approx(0.638, abs=1e-3)
    budget = [str(cell.value) for cell in book[text("table.budget", lang)][1]]
    assert sum({"zh": "（亿元）", "en": "(bn CNY)"}[lang] in head for head in budget) == 4
    numbers = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float)]
    assert numbers
    assert all(cell.number_format != "General" for cell in numbers)
