"""`data show` says which year it shows and takes provinces; groups that stand for whole provinces are marked."""

from __future__ import annotations

import pytest

from hinterland.data import panel
from hinterland.data.regions import china
from hinterland.errors import DataError
from hinterland.report import diagnosis, holdings
from hinterland.report.layout import shortened
from hinterland.report.run import report
from hinterland.texts import LANGUAGES, text

RATE = "urbanization_rate"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [RATE, "towns", "gdp_rev5census"])
def test_the_year_that_is_shown_is_the_latest_of_the_fullest_and_is_explained(name: str, lang: str):
    answer = holdings.holding(name, None, lang)
    (year,) = {row["year"] for row in answer.rows}
    sizes = {of: len(panel.rows(name, of)) for of in panel.years(name)}
    assert sizes[year] == max(sizes.values())
    assert all(sizes[of] < sizes[year] for of in sizes if of > year)
    title = answer.tables()["holding"].title
    assert str(year) in title
    assert "--year" in title
    asked = holdings.holding(name, year, lang)
    assert "--year" not in asked.tables()["holding"].title
    assert asked.rows == answer.rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_province_is_shown_in_every_year_and_a_group_in_the_one_asked_for(lang: str):
    rows = holdings.holding(RATE, None, lang, ["四川", "Tibet"]).rows
    assert {row["region"] for row in rows} == {"510000", "540000"}
    known = [year for year in panel.years(RATE) if "510000" in panel.series(RATE, year)]
    assert [row["year"] for row in rows if row["region"] == "510000"] == known
    assert len(known) > 10
    group = holdings.holding(RATE, 2020, lang, ["西部"]).rows
    assert {row["region"] for row in group} == set(china().members("West"))
    assert len(holdings.holding(RATE, 2020, lang, ["全国"]).rows) == 31


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize(
    "name", [RATE, "disposable_income_urban", "gross_fixed_capital_formation", "census_population"]
)
def test_all_provinces_stand_on_the_first_screen_and_their_source_once_below(name: str, lang: str, width: int):
    answer = holdings.holding(name, None, lang)
    lines, left, _ = shortened(answer.parts(False, "", lang), width, 40)
    assert left == 0
    assert [row["name"] for row in answer.rows if not any(f" {row['name']} " in line for line in lines)] == []
    for source in {row["source"] for row in answer.rows}:
        assert "".join(lines).replace(" ", "").count(source.replace(" ", "")) == 1


def test_sources_of_several_figures_are_numbered():
    rows = [{"name": place, "value_plain": 1.0, "source": source} for place, source in zip("abc", "xyx", strict=True)]
    sheet, below = holdings.first_screen("T", rows, "", "en")
    assert [row[-1] for row in sheet.rows] == ["1", "2", "1"]
    assert below == "Source: [1] x; [2] y."


def test_people_are_counted_to_the_last_and_not_in_powers_of_ten():
    rows = {row[1]: row[3] for row in holdings.holding("census_population", 2020, "en").tables()["holding"].rows}
    assert rows["Beijing"] == "21,893,095"


@pytest.mark.parametrize(
    ("name", "place", "told"),
    [(RATE, "四穿", "四川"), ("groups", "四川", "--province"), ("china-2020", "四川", "data list")],
)
def test_what_has_no_such_province_is_said(name: str, place: str, told: str):
    with pytest.raises(DataError) as refused:
        holdings.holding(name, None, "zh", [place])
    assert told in refused.value.text("zh")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("by", "marked"), [("macro_region", False), ("city_cluster", True), ("成渝", True), ("西部", False)]
)
def test_groups_that_stand_for_whole_provinces_are_marked_in_run_and_diagnose(dual_transfer, lang, by, marked):
    mark = text("compare.by_province", lang)
    titles = [sheet.title for sheet in report(dual_transfer, lang, by=by).tables().values()]
    board = diagnosis.dashboard("china-2020", None, diagnosis.Asked(by=by), "present", lang)
    titles += [sheet.title for sheet in board.tables().values()]
    if by in ("成渝", "西部"):
        titles += [sheet.title for sheet in report(dual_transfer, lang, [by]).tables().values()]
        alone = diagnosis.dashboard("china-2020", None, diagnosis.Asked(places=[by]), "present", lang)
        titles += [sheet.title for sheet in alone.tables().values()]
    assert [title.endswith(mark) for title in titles] == [marked] * len(titles)
