"""A path as it is read: one screen, every number that of the path, both languages."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import hinterland as hl
from hinterland.cli.main import main
from hinterland.report.answer import dumps
from hinterland.report.path import called_who, gains_by_year, report, residents, write
from hinterland.report.sheet import Sheet
from hinterland.texts import LANGUAGES, text


@pytest.fixture(scope="module")
def followed() -> hl.Path:
    return hl.path("dual_transfer")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["dual_transfer", "previous_round", "border_belt"])
def test_a_path_fits_one_screen(name: str, lang: str, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as done:
        main(["path", name, "--lang", lang])
    assert done.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 40
    assert ("最终" if lang == "zh" else "in the end") in "\n".join(lines)


def test_the_table_has_the_numbers_of_the_path(followed: hl.Path):
    table = report(followed, "en").table("path", "en")
    row = next(row for row in table.rows if row[0].startswith("urbanization rate"))
    changes = followed.changes("urbanization_rate")
    assert table.heads[1:] == ("2021", "2025", "2030", "2040", "2050", "in the end")
    told = [*(changes[int(year)] for year in table.heads[1:-1]), followed.at_rest["urbanization_rate"]]
    assert [float(figure) for figure in row[1:]] == [round(one, 2) for one in told]


def test_json_has_every_year_with_its_certificate(followed: hl.Path):
    found = json.loads(dumps(report(followed, "en").document()))
    assert [row["year"] for row in found["certificates"]] == [*range(2021, 2051)]
    assert {row["verdict"] for row in found["certificates"]} == {"passed"}
    assert {row["year"] for row in found["headline"]} == {*range(2021, 2051)}
    assert found["pace"] == {"among": 0.05, "inside": 0.05}
    assert "welfare" not in {row["variable"] for row in found["headline"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_years_are_told_by_groups(followed: hl.Path, lang: str):
    answer = report(followed, lang, by="macro_region")
    table = answer.tables()["real_gdp"]
    assert isinstance(table, Sheet)
    assert len(table.rows) == 4
    assert {row["year"] for row in answer.rows} == {*range(2021, 2051)}
    last = followed.by("macro_region").query("variable == 'real_gdp' and year == 2050").set_index("region")["change"]
    assert float(table.rows[0][-2]) == pytest.approx(100 * last.iloc[0], abs=0.005)
    rest = followed.at_rest_by("macro_region").query("variable == 'real_gdp'").set_index("region")["change"]
    assert float(table.rows[0][-1]) == pytest.approx(100 * rest.iloc[0], abs=0.005)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_years_are_told_of_a_place(followed: hl.Path, lang: str):
    answer = report(followed, lang, ["四川", "yangtze_delta"])
    table = answer.tables()["510000"]
    assert isinstance(table, Sheet)
    rows = followed.by("四川").query("variable == 'urbanization_rate'").set_index("year")["change"]
    told = next(row for row in table.rows if row[0].startswith(("城镇化率", "urban")))
    assert [float(figure) for figure in told[1:-1]] == [round(rows[int(year)], 2) for year in table.heads[1:-1]]
    assert {row["region"] for row in answer.rows} > {"510000", "yangtze_delta"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_year_of_a_path_has_its_map(followed: hl.Path, lang: str):
    drawn = followed.plot("map", "urbanization_rate", lang, year=2035)
    rows = followed.by("region").query("variable == 'urbanization_rate' and year == 2035").set_index("region")["change"]
    told = drawn.table.set_index(text("column.code", lang)).iloc[:, -1].dropna()
    assert told.to_dict() == pytest.approx(rows[told.index].to_dict())
    assert "2035" in drawn.title
    with pytest.raises(hl.DataError) as refused:
        followed.plot("map", "urbanization_rate", lang, year=2051)
    assert refused.value.problems[0].key == "path.no_year"
    for picture in ("map", "years"):
        with pytest.raises(hl.DataError) as refused:
            followed.plot(picture, "welfare", lang)
        assert refused.value.problems[0].key == "path.timeless"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_gains_are_told_by_year(followed: hl.Path, lang: str):
    table = report(followed, lang).table("gains", lang)
    known = followed.gains.query("dimension == 'macro_region' and who == 'West'").set_index("year")["change"]
    row = next(row for row in table.rows if row[0] == {"zh": "西部", "en": "West"}[lang])
    assert [float(one) for one in row[1:-1]] == pytest.approx(
        [100 * known[int(of)] for of in table.heads[1:-1]], abs=5e-3
    )
    drawn = followed.plot("gains_by_year", lang=lang)
    assert len(drawn.table) == 31
    assert drawn.sentence == residents(followed, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_loses_first_and_gains_later_is_told(lang: str):
    """Law: a loss that is seen in some year, and a gain in the end, or the other way round."""
    costly = hl.policies.HukouReform(to=["West"], access=0.5)
    found = hl.path(hl.Scenario("china-2020", [costly], horizon=20))
    said = residents(found, lang)
    for (dimension, who), (changes, end) in gains_by_year(found).items():
        name = called_who(found, dimension, who, lang)
        turned = dimension != "nation" and (
            changes.min() <= -5e-5 <= 5e-5 <= end or end <= -5e-5 <= 5e-5 <= changes.max()
        )
        told = any(f"{name}{after}" in said for after in ("（至", " (until"))
        assert told is bool(turned), (who, said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_money_is_told_by_year(followed: hl.Path, lang: str):
    table = report(followed, lang).table("budget", lang)
    charged = followed.budget.groupby("year")["charged"].sum()
    row = next(row for row in table.rows if row[0] == text("path.charged", lang))
    factor = 10 if lang == "zh" else 1
    assert [float(one.replace(",", "")) for one in row[1:]] == pytest.approx(
        [factor * charged[int(year)] for year in table.heads[1:]], abs=0.5
    )


def test_a_path_is_written_as_a_workbook(followed: hl.Path, tmp_path):
    file = write(followed, tmp_path / "path.xlsx", "zh")
    sheets = pd.read_excel(file, sheet_name=None)
    assert len(sheets) == 5
    assert {*sheets["逐年变化"]["年份"]} == {*followed.years}
    assert sheets["地区"]["地区"].nunique() == 31
    english = [head for sheet in sheets.values() for head in sheet if str(head).isascii()]
    assert english == []
    charged = sheets["预算"].groupby("年份")["负担（亿元）"].sum()
    assert charged.to_dict() == pytest.approx((10 * followed.budget.groupby("year")["charged"].sum()).to_dict())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_path_gives_its_tables_in_either_language(followed: hl.Path, lang: str):
    for name in ("path", "milestones", "budget", "gains"):
        by_name, by_title = followed.table(name, lang), followed.table(text(f"table.{name}", lang), lang)
        assert len(by_name) > 0
        pd.testing.assert_frame_equal(by_name, by_title)
    with pytest.raises(hl.DataError):
        followed.table("bugdet", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("narrowed", [["--by", "macro_region"], ["--province", "四川"], ["--table", "path"]])
@pytest.mark.parametrize("command", ["run", "path"])
def test_a_table_alone_says_of_what_it_is(command: str, narrowed: list[str], lang: str, capsys):
    narrowed = ["--table", "headline"] if command == "run" and narrowed[0] == "--table" else narrowed
    with pytest.raises(SystemExit) as done:
        main([command, "--lang", lang, "--set", "in_place.access=0.4", "--set", "in_place.end=2040", *narrowed])
    assert done.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    for words in ("[china-2020]", text("edit.title", lang), text("edit.by_user", lang, changes=""), "2020", "2040"):
        assert words.strip() in told


def test_a_short_horizon_is_told_once(capsys):
    with pytest.raises(SystemExit):
        main(["path", "--lang", "en", "--set", "horizon=10"])
    assert "by 2030, +" not in capsys.readouterr().out.split("by 2030", 1)[1].splitlines()[0]


def test_a_path_is_short_in_a_prompt(followed: hl.Path):
    assert repr(followed) == "<Path of dual_transfer on china-2020: 2021 to 2050>"
