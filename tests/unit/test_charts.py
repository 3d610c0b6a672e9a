"""Pictures: what they show is what the tables say, every one is a spec that Altair reads, letters can be read."""

from __future__ import annotations

import time

import pandas as pd
import pytest

import hinterland as hl
from hinterland.data.regions import china
from hinterland.report import charts
from hinterland.report.charts.colours import CHANGES, LEVELS, channels, contrast, luminance, ramp
from hinterland.report.charts.tiles import LEGEND, tiles
from hinterland.texts import LANGUAGES

READABLE = 4.5  # the contrast that the web's rules ask of text


@pytest.fixture(scope="module")
def result() -> hl.Result:
    return hl.run("dual_transfer")


def numbers(picture: charts.Picture, column: int = -1) -> pd.Series:
    return picture.table.iloc[:, column].dropna()


def test_every_province_has_one_tile_and_no_two_share_a_cell():
    cells = [(tile.column, tile.row) for tile in tiles().values()]
    assert set(tiles()) == {*china().codes, "710000", "810000", "820000"}
    assert len(set(cells)) == len(cells) == 34
    column, row, side = LEGEND
    assert not [cell for cell in cells if cell[0] < column + side and cell[1] - side < row < cell[1] + 1]


def test_tiles_lie_roughly_as_the_provinces_do():
    at = {tile.code: (tile.column, tile.row) for tile in tiles().values()}
    for west, east in (("650000", "110000"), ("510000", "310000"), ("350000", "710000"), ("820000", "810000")):
        assert at[west][0] < at[east][0]
    for north, south in (("230000", "440000"), ("150000", "420000"), ("430000", "460000"), ("440000", "810000")):
        assert at[north][1] < at[south][1]


def test_the_map_shows_the_change_of_every_province_and_marks_what_has_none(result):
    picture = charts.picture(result, "map", "real_income")
    rows = result.regions[result.regions["variable"] == "real_income"].set_index("region")["change"]
    shown = picture.table.set_index("code").iloc[:, -1]
    assert shown.to_dict() == pytest.approx((100 * rows[shown.index]).to_dict())
    layers = picture.spec["layer"]
    assert len(layers[0]["data"]["values"]) == 31
    assert len(layers[1]["data"]["values"]) == 3 + 1  # Hong Kong, Macao, Taiwan and the sign of what it means
    assert "no data" in str(layers)


@pytest.mark.parametrize("stops", [LEVELS, CHANGES])
def test_words_are_read_on_every_colour(stops):
    scale = ramp([-1.0, 1.0], stops is CHANGES)
    for place in range(101):
        value = -1 + place / 50
        assert contrast(luminance(scale.colour(value)), luminance(channels(scale.ink(value)))) >= READABLE


def test_changes_are_coloured_about_zero_and_levels_from_light_to_dark():
    changes = ramp([-0.2, 1.0], centred=True)
    assert (changes.low, changes.high) == (-1, 1)
    light = [luminance(channels(stop)) for stop in LEVELS]
    assert light == sorted(light, reverse=True)


def test_the_map_of_a_series_says_which_provinces_have_no_figure():
    picture = charts.picture(2007, "map", "employment_primary", "zh")
    lacking = picture.table.iloc[:, -1].isna().sum()
    assert lacking == 31 - len(hl.series("employment_primary", 2007)) > 0
    assert f"31 个地区中有 {lacking} 个无数据" in picture.sentence
    assert len(picture.spec["layer"][1]["data"]["values"]) == lacking + 3 + 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_is_a_spec_that_altair_accepts(result, lang):
    for name in charts.names():
        picture = charts.picture(result, name, lang=lang)
        assert picture.chart().to_dict()["description"] == picture.sentence
        assert not picture.table.empty


def test_names_are_taken_in_both_languages(result):
    for name in charts.names():
        for lang in LANGUAGES:
            said = dict(zip(charts.names(), charts.names(lang), strict=True))[name]
            assert charts.picture(result, said).name == name


def test_a_spec_is_made_in_fifty_milliseconds(result):
    for name in charts.names():
        charts.picture(result, name)
        times = []
        for _ in range(3):
            start = time.perf_counter()
            charts.picture(result, name)
            times.append(time.perf_counter() - start)
        assert min(times) < 0.05, name


def test_svg_stands_alone(result):
    for name in charts.names():
        drawn = charts.picture(result, name, lang="zh").svg()
        assert drawn.startswith("<svg")
        assert "<script" not in drawn
        assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")


def test_no_such_picture_variable_or_option(result):
    for lang, said in (("en", "did you mean 'map'"), ("zh", "地图")):
        with pytest.raises(hl.DataError) as caught:
            charts.picture(result, "mapp")
        assert said in caught.value.text(lang)
    with pytest.raises(hl.DataError, match="real_income"):
        charts.picture(result, "map", "housing")
    with pytest.raises(hl.DataError, match="has no option colour"):
        charts.picture(result, "map", colour="red")
    with pytest.raises(hl.DataError, match="expected the result of a run"):
        charts.picture([1, 2], "map")
