"""Pictures: what they show is what the tables say, every one is a spec that Altair reads, letters can be read."""

from __future__ import annotations

import json
import math
import re
import zlib
from itertools import pairwise

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import validate_jsonschema
from jsonschema import ValidationError
from tests.tools import tool

import hinterland as hl
from hinterland import schema
from hinterland.data.regions import china
from hinterland.report import charts
from hinterland.report.charts import render
from hinterland.report.charts import words as words_of_charts
from hinterland.report.charts.colours import CHANGES, DARK, LEVELS, LIGHT, channels, contrast, luminance, ramp
from hinterland.report.charts.range import SIZE, beside_zero
from hinterland.report.charts.strips import WIDTH, domain
from hinterland.report.charts.theme import families, lines, width_of
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


@pytest.mark.parametrize("stops", [LEVELS, CHANGES])
def test_no_dark_tile_has_black_letters_but_for_a_jump_of_one_step(stops):
    """A ground that looks dark has white letters: of a thousand numbers those in the jump alone fall between."""
    scale, between = ramp([-1.0, 1.0], stops is CHANGES), 0
    for place in range(1001):
        value = -1 + place / 500
        ground = luminance(scale.colour(value))
        between += 0.183 < ground < 0.26
        assert scale.ink(value) == (LIGHT if ground < 0.179 else DARK)
    assert between <= 16
    light = [luminance(channels(stop)) for stop in scale.stops[len(scale.stops) // 2 if stops is CHANGES else 0 :]]
    assert light == pytest.approx(sorted(light, reverse=True), abs=0.003)  # a colour is of whole steps of 256


@pytest.mark.parametrize(
    ("low", "high", "value", "where"),
    [
        (0.042, 0.575, 0.313, (0.0, 0.575, 0.313)),  # the words of the lowest would lie over zero: beyond it
        (-0.575, -0.042, -0.313, (-0.575, 0.0, -0.313)),
        (-0.3, 0.9, 0.01, (-0.3, 0.9, None)),  # those of the default stand beside it
        (0.3, 0.9, 0.5, (0.3, 0.9, 0.5)),
    ],
)
def test_no_words_of_a_range_lie_over_the_line_at_zero(low, high, value, where):
    words = {f"{key}_words": "+0.313" for key in ("low", "high", "default")}
    row = {"low": low, "high": high, "value": value, **words}
    ends = domain([row])
    pixel = (ends[1] - ends[0]) / WIDTH
    found = beside_zero(row, pixel)
    wide = pixel * width_of("+0.313", SIZE)
    spans = {
        "low": (found["low_at"] - 5 * pixel - wide, found["low_at"] - 5 * pixel),
        "high": (found["high_at"] + 5 * pixel, found["high_at"] + 5 * pixel + wide),
        "default": (found["default_at"] - wide / 2, found["default_at"] + wide / 2),
    }
    assert [key for key, (left, right) in spans.items() if left < 0 < right] == []
    kept = (found["low_at"], found["high_at"], found["default_at"])
    assert all(one == other for one, other in zip(kept, where, strict=True) if other is not None)


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
    schema = alt.load_schema()
    for name in charts.names():
        picture = charts.picture(result, name, lang=lang)
        validate_jsonschema(picture.spec, schema)
        assert picture.spec["description"] == picture.sentence
        assert not picture.table.empty
    with pytest.raises(ValidationError):
        validate_jsonschema({**picture.spec, "layer": [{"mark": "nonsense"}]}, schema)


def test_a_picture_is_an_altair_chart_where_that_is_wanted(result):
    picture = charts.picture(result, "rank_size")
    assert isinstance(picture.chart(), alt.LayerChart)
    assert picture._repr_svg_() == picture.svg()


def test_names_are_taken_in_both_languages(result):
    for name in charts.names():
        for lang in LANGUAGES:
            said = dict(zip(charts.names(), charts.names(lang), strict=True))[name]
            assert charts.picture(result, said).name == name


def test_the_map_of_an_economy_shows_its_dashboard_and_its_outcomes(result):
    china_2020 = result.scenario.economy
    board = hl.dashboard(economy=china_2020).provinces.set_index("region")
    for variable in ("urbanization_rate", "gdp_per_head", "primary_share"):
        shown = charts.picture(china_2020, "map", variable).table.set_index("code").iloc[:, -1]
        assert shown.to_dict() == pytest.approx(board[variable].to_dict())
    shown = charts.picture(china_2020, "map", "workers_in_place").table.set_index("code").iloc[:, -1]
    rows = result.regions[result.regions["variable"] == "workers_in_place"].set_index("region")["baseline"]
    assert shown.to_dict() == pytest.approx(rows[shown.index].to_dict())


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


def test_flows_show_what_the_table_of_flows_says(result):
    picture = charts.picture(result, "flows", lang="zh")
    assert numbers(picture).tolist() == pytest.approx(
        (100 * (result.flows["value"] - result.flows["baseline"])).tolist()
    )
    assert "万人" in picture.table.columns[-1]
    assert sum(numbers(picture)) == pytest.approx(0, abs=1e-6)  # who leaves one place is in another


def test_people_and_industry_are_those_of_the_macro_regions(result):
    rows = result.regions.set_index(["variable", "region"])
    for name, shown in (
        ("industry", ("workers_nonag", "real_gdp")),
        ("urbanization", ("workers_in_place", "workers_within_macro_region", "workers_across")),
    ):
        table = charts.picture(result, name).table
        for column, variable in enumerate(shown, start=1):
            change = rows.loc[variable]["value"] - rows.loc[variable]["baseline"]
            assert table.iloc[:, column].tolist() == pytest.approx(
                change[["East", "Central", "West", "Northeast"]].tolist()
            )


def test_the_parts_of_gains_add_up_to_their_sum(result):
    table = charts.picture(result, "gains").table
    assert table.iloc[:, 2:-1].sum(axis=1).tolist() == pytest.approx(table.iloc[:, -1].tolist())
    assert numbers(charts.picture(result, "gains", lang="zh")).tolist() == pytest.approx(
        (10 * result.gains["variation"]).tolist()
    )


def test_cost_by_payer_is_all_that_is_charged(result):
    table = charts.picture(result, "budget").table
    assert table.iloc[:, 1:-1].to_numpy().sum() == pytest.approx(result.budget["charged"].sum())
    assert table.iloc[:, -1].sum() == pytest.approx(result.benefits["variation"].sum())


@pytest.mark.parametrize("by", ["policy", "channel", "gdp", "渠道"])
def test_a_bridge_adds_up_to_its_total(result, by):
    for variable in (None,) if by == "gdp" else ("real_gdp", "福利", "equivalent_variation", "urbanization_rate"):
        parts = numbers(charts.picture(result, "bridge", variable, by=by))
        assert parts.iloc[:-1].sum() == pytest.approx(parts.iloc[-1], abs=1e-9)


def test_each_bar_of_a_bridge_begins_where_the_one_before_ends(result):
    bars = charts.picture(result, "bridge", "welfare").spec["data"]["values"]
    for before, after in pairwise(bars[:-1]):
        assert after["start"] == before["end"]
    assert (bars[-1]["start"], bars[-1]["end"]) == (0, pytest.approx(bars[-2]["end"]))


def test_two_policies_of_one_instrument_are_told_apart_by_what_they_choose(result):
    names = charts.picture(result, "bridge", lang="zh").table.iloc[:, 0].tolist()
    assert {"户籍制度改革：就地", "户籍制度改革：返乡"} <= set(names)
    assert len(set(names)) == len(names)


def test_the_range_is_the_lowest_and_the_highest_over_the_elasticities(result):
    table = charts.picture(result, "range").table.set_index("item")
    found = result.sensitivity["welfare"]
    assert table.loc["welfare", ["as in this scenario", "lowest", "highest"]].tolist() == pytest.approx(
        [100 * found.iloc[0], 100 * found.min(), 100 * found.max()]
    )
    picture = charts.picture(result, "range", "城镇化率", "zh")
    rows = result.sensitivity.groupby("parameter")["urbanization_rate"]
    widest = max(rows.groups, key=lambda name: rows.get_group(name).max() - rows.get_group(name).min())
    assert widest == "service_worth"
    assert "一元公共服务所值" in picture.sentence


def test_an_outcome_whose_sign_hangs_on_elasticities_is_said(result):
    picture = charts.picture(result, "range")
    turning = [
        name
        for name in schema.outcomes("sensitivity")
        if result.sensitivity[name].min() < 0 < result.sensitivity[name].max()
    ]
    assert turning == ["workers_in_place", "workers_across", "workers_from_elsewhere"]
    assert "workers from other provinces may turn" in picture.sentence


def test_scenarios_are_compared_by_name_and_two_of_one_name_are_told_apart(result):
    table = charts.picture([result, result], "compare").table
    title = result.scenario.title["en"]
    assert table.columns[2:].tolist() == [title, f"{title}_2"]
    assert (table.iloc[:, 2] == table.iloc[:, 3]).all()
    named = charts.picture({"一": result, "二": result}, "compare", "real_income", "zh").table
    assert named.columns[2:].tolist() == ["一", "二"]
    rows = result.regions[result.regions["variable"] == "real_income"].set_index("region")["change"]
    assert named["一"].tolist() == pytest.approx((100 * rows[["East", "Central", "West", "Northeast"]]).tolist())
    with pytest.raises(hl.DataError, match="1 to 6 scenarios"):
        charts.picture([], "compare")


def test_every_chinese_letter_is_drawn_and_none_is_a_box(result):
    if not render.draws_chinese(families("zh")):
        pytest.skip("no font of this computer has Chinese letters")
    letters = sorted(
        {letter for name in charts.names() for letter in words_of(result, name) if render.HAN.match(letter)}
    )
    assert len(letters) > 200
    box = render.letter_drawn("\ufdd0", families("zh"))  # stands for nothing in any font
    drawn = {letter: render.letter_drawn(letter, families("zh")) for letter in letters}
    assert len(set(drawn.values())) == len(letters)
    assert box not in drawn.values()


def words_of(result: hl.Result, name: str) -> str:
    picture = charts.picture(result, name, lang="zh")
    return json.dumps(picture.spec, ensure_ascii=False) + picture.sentence


def test_ids_in_svg_are_its_own_so_that_several_stand_in_one_page(result):
    drawn = [
        charts.picture(result, "map", name, lang).svg() for name in ("real_income", "welfare") for lang in LANGUAGES
    ]
    ids = [set(re.findall(r'\bid="([^"]+)"', of)) for of in drawn]
    assert all(ids)
    assert sum(map(len, ids)) == len(set.union(*ids))
    for of, names in zip(drawn, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", of)) <= names


def test_the_sentence_is_the_title_of_the_svg(result):
    picture = charts.picture(result, "map", lang="zh")
    assert f"<title>{picture.sentence}</title>" in picture.svg()
    assert 'role="img"' in picture.svg()


def test_the_panel_is_weighted_by_residents_and_its_theil_is_that_of_the_dashboard():
    table = charts.picture(None, "panel", "urbanization_rate").table.set_index("year")
    board = hl.dashboard(2015).macro_regions.set_index("region")["urbanization_rate"]
    assert table.iloc[:, :4].loc[2015].tolist() == pytest.approx(board.iloc[:4].tolist())
    assert table.iloc[:, 4].loc[2015] == pytest.approx(board["China"])
    rate, people = hl.series("urbanization_rate", 2015), hl.series("population_resident", 2015)
    assert table.iloc[:, -1].loc[2015] == pytest.approx(hl.indicators.theil(rate.to_numpy(), people.to_numpy()))


def test_totals_of_the_panel_are_sums_without_a_theil_index():
    picture = charts.picture(None, "panel", "gdp_rev4census", "zh")
    assert picture.table.shape[1] == 1 + 5 + 1
    assert picture.table.iloc[-1, 5] == pytest.approx(hl.series("gdp_rev4census", 2020).sum() / 1e4)
    assert "万亿元" in picture.table.columns[5]


def test_rank_and_size_are_those_of_the_dashboard():
    picture = charts.picture(2020, "rank_size")
    shown = hl.dashboard(2020).nation.set_index("indicator")["value"]
    sizes = numbers(picture).to_numpy()
    assert hl.indicators.rank_size_exponent(sizes) == pytest.approx(shown["rank_size_exponent"])
    assert f"{shown['rank_size_exponent']:.2f}" in picture.sentence
    assert sorted(sizes, reverse=True) == sizes.tolist()


def test_titles_are_broken_between_words_and_chinese_letters():
    assert lines("one two three", 50, 11) == ["one two", "three"]
    broken = lines("产业人口双转移，与中西部就地城镇化", 80, 10)
    assert all(width_of(line, 10) <= 90 for line in broken)
    assert not [line for line in broken if line[0] in "，。；"]
    assert "".join(broken) == "产业人口双转移，与中西部就地城镇化"


def test_what_is_shown_in_money_needs_an_economy_with_money(result, monkeypatch):
    monkeypatch.setattr(words_of_charts, "currency", lambda economy: math.nan)
    for name, options in (("gains", {}), ("budget", {}), ("bridge", {"by": "gdp"})):
        with pytest.raises(hl.DataError) as caught:
            charts.picture(result, name, **options)
        assert "currency" in caught.value.text("en")
        assert "没有金额" in caught.value.text("zh")


def test_a_packed_png_has_the_same_pixels(result):
    import vl_convert

    picture = charts.picture(result, "bridge")
    plain = vl_convert.vegalite_to_png(picture.spec, scale=1)
    pressed = picture.png(1)
    assert len(pressed) < 0.6 * len(plain)
    assert pixels(pressed) == pixels(plain)
    assert pressed[:33] == plain[:33]  # signature, width and height


def pixels(drawn: bytes) -> bytes:
    found, place = b"", 8
    while place < len(drawn):
        size = int.from_bytes(drawn[place : place + 4])
        kind, content = drawn[place + 4 : place + 8], drawn[place + 8 : place + 8 + size]
        assert zlib.crc32(kind + content) == int.from_bytes(drawn[place + 8 + size : place + 12 + size])
        found += content if kind == b"IDAT" else b""
        place += 12 + size
    return zlib.decompress(found)


def test_the_pictures_of_the_docs_are_there_and_small(result, monkeypatch):
    made = tool("figures_page")
    monkeypatch.setattr(charts.Picture, "png", lambda picture, scale: picture.title.encode())
    files = {path.name: path.stat().st_size for path in made.FIGURES.glob("*.png")}
    assert set(made.drawn(result)) <= set(files)
    assert sum(files[name] for name in made.drawn(result)) < 500_000
    for lang in LANGUAGES:
        assert files[f"report_{lang}.png"] < 150_000


def test_what_costs_nothing_has_no_dearest_policy():
    picture = charts.picture(hl.run("trade_2002_2007"), "budget")
    assert picture.sentence.startswith("Nobody is charged anything")
