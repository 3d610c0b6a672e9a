"""What cannot be drawn is said in one message, in both languages, with the remedy; no name of a file is ever code."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from tests.own import own

import hinterland as hl
from hinterland.data.regions import china
from hinterland.report import charts
from hinterland.report.charts import polygons, render

SQUARE = [[[100.0, 30.0], [101.0, 30.0], [101.0, 31.0], [100.0, 31.0], [100.0, 30.0]]]
BAD = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def feature(code: object, coordinates: object = SQUARE, kind: str = "Polygon", **more: object) -> dict:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"code": code, **more}, "geometry": geometry}


def collection(path: Path, features: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def said(call) -> tuple[str, str]:
    with pytest.raises(hl.DataError) as caught:
        call()
    return caught.value.text("en"), caught.value.text("zh")


def test_every_province_is_drawn_as_its_own_polygon_and_names_of_the_file_are_not_read(tmp_path):
    features = [feature(code, name=BAD) for code in china().codes] + [feature("710000")]
    path = collection(tmp_path / "own.geojson", features)
    picture = charts.picture(2020, "map", geojson=path)
    colours, hatched = picture.spec["layer"][0]["data"]["values"], picture.spec["layer"][1]["data"]["values"]
    assert (len(colours), len(hatched)) == (31, 1)
    assert "alert" not in json.dumps(picture.spec)
    assert "alert" not in picture.svg()
    picture.chart()


@pytest.mark.parametrize(
    ("features", "en", "zh"),
    [
        (
            [feature(code) for code in china().codes[1:]],
            "lacks regions of the economy: Beijing",
            "缺少该经济体的以下地区",
        ),
        ([feature(BAD)], "name no region of the economy", "不属于该经济体的任何地区"),
        ([feature("110000"), feature("北京")], "more than once: 2: '北京'", "不止一次"),
        ([feature("110000", [1.0, 2.0], "Point")], "must be a Polygon", "必须是 Polygon"),
        ([feature("110000", [[[4e5, 3e6]] * 4])], "projected to metres", "投影成米"),
        ([feature("110000", [[[math.nan, 3]] * 4])], "in degrees", "经纬度"),
        ([feature("110000", [[[1, 2], [3, 4]]])], "four points or more", "至少四点"),
        ([feature("110000", [])], "must be a Polygon", "必须是 Polygon"),
        ([], "at least one feature", "至少有一个 feature"),
        ("text", "FeatureCollection", "FeatureCollection"),
        ([{"type": "Feature", "geometry": None}], "must be a Polygon", "必须是 Polygon"),
    ],
)
def test_polygons_that_are_none_or_of_other_regions(tmp_path, features, en, zh):
    path = collection(tmp_path / "own.geojson", features)
    told = said(lambda: charts.picture(2020, "map", geojson=path))
    assert en in told[0]
    assert zh in told[1]
    assert str(path) in told[0]


def test_a_file_that_is_too_large_is_not_parsed(tmp_path, monkeypatch):
    path = tmp_path / "large.geojson"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    monkeypatch.setattr(polygons, "features_of", lambda *_: pytest.fail("it was parsed"))
    en, zh = said(lambda: charts.picture(2020, "map", geojson=path))
    assert "has 200 MB" in en
    assert "不能超过 20 MB" in zh


@pytest.mark.parametrize(
    ("content", "en"), [(b"{", "is no JSON"), (b"[" * 100_000, "is no JSON"), (b"\xff\xfe\x00", "no text in UTF-8")]
)
def test_a_file_that_is_no_geojson(tmp_path, content, en):
    path = tmp_path / "own.geojson"
    path.write_bytes(content)
    assert en in said(lambda: charts.picture(2020, "map", geojson=path))[0]
    assert "no such file" in said(lambda: charts.picture(2020, "map", geojson=tmp_path / "none"))[0]


def test_regions_of_ones_own_are_bars_and_have_no_course_over_time():
    economy = own()
    picture = charts.picture(economy, "map", "nonag_share", "zh")
    assert picture.table.iloc[:, 1].tolist() == ["绵阳", "东岭", "成都", "渝中"]
    assert [mark["mark"]["type"] for mark in picture.spec["layer"]] == ["bar", "text", "text"]
    en, zh = said(lambda: charts.picture(economy, "panel"))
    assert "provincial panel" in en
    assert "省级面板" in zh
    assert "real_gdp" in said(lambda: charts.picture(economy, "map", "housing"))[0]


def test_names_of_ones_own_are_text_and_no_code():
    economy = own()
    entries = tuple(replace(entry, en=BAD) if entry.code == "P22" else entry for entry in economy.regions.entries)
    named = replace(economy, regions=replace(economy.regions, entries=entries))
    drawn = charts.picture(named, "map", "nonag_share").svg()
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "&lt;" in drawn


def test_a_year_or_a_series_without_figures():
    assert "the nearest year" in said(lambda: charts.picture(1950, "map", "urbanization_rate"))[0]
    assert "single year on the map" in said(lambda: charts.picture(None, "panel", "land_area"))[0]
    assert "takes no variable" in said(lambda: charts.picture(2020, "rank_size", "welfare"))[0]


def test_without_a_chinese_font_a_png_is_refused_and_no_box_is_drawn(monkeypatch):
    monkeypatch.setattr(render, "draws_chinese", lambda fonts: False)
    picture = charts.picture(2020, "map", lang="zh")
    en, zh = said(picture.png)
    assert "Install one" in en
    assert "请安装一种中文字体" in zh
    assert "四川" in picture.svg()  # letters are drawn by what opens it
    assert charts.picture(2020, "map", lang="en").png(0.5).startswith(b"\x89PNG")


@pytest.mark.parametrize("scale", [0, -1, 9, float("nan")])
def test_a_scale_out_of_range(scale):
    assert "at most 8" in said(lambda: charts.picture(2020, "map").png(scale))[0]


def test_a_report_draws_the_users_own_outlines_and_says_so_in_its_command(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = collection(tmp_path / "own.geojson", [feature(code) for code in china().codes])
    code, _, err = command("report", "dual_transfer", "--geojson", path.name, "--out", "a.html", "--lang", "zh")
    assert (code, err) == (0, "")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "--geojson own.geojson" in page
    assert "geojson=&#34;own.geojson&#34;" in page
    tiles, own = (
        charts.picture(hl.run("dual_transfer"), "map", "urbanization_rate", "zh", **of).svg()
        for of in ({}, {"geojson": path})
    )
    assert own in page
    assert tiles not in page


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "不属于该经济体的任何地区"), ("en", "name no region of the economy")]
)
def test_outlines_of_other_regions_are_refused_in_the_language_asked_for(command, tmp_path, lang, words):
    path = collection(tmp_path / "own.geojson", [feature("JP-13")])
    with pytest.raises(hl.DataError) as refused:
        charts.picture(2020, "map", lang=lang, geojson=path)
    assert words in str(refused.value)
    out = tmp_path / "a.html"
    code, _, err = command("report", "dual_transfer", "--geojson", str(path), "--out", str(out), "--lang", lang)
    assert code == 2
    assert words in err
    assert not out.exists()
    code, _, err = command("report", "--geojson", str(path), "--out", str(tmp_path / "a.xlsx"), "--lang", lang)
    assert code == 2
    assert "geojson" in err
