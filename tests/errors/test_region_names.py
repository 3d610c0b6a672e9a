"""The names that provinces go by are found; what is none is told as what it is, and nothing else is suggested."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.messages import teaches
from tests.own import own

import hinterland as hl
from hinterland.data.regions import china, known_place, more_names
from hinterland.economy import files
from hinterland.names import folded
from hinterland.policy.targets import chosen_n

PROVINCES = {  # lines of names.txt, and what they mean
    "Xizang": "540000",
    "Shannxi": "610000",
    "Neimenggu": "150000",
    "Nei Mongol": "150000",
    "Guangxi Zhuang": "450000",
    "Tibet Autonomous Region": "540000",
    "11": "110000",
    "51": "510000",
    "510000": "510000",
}
ABSENT = ("Hong Kong", "Taiwan", "香港特别行政区", "Macau")
TOTALS = ("全国", "合计", "总计", "Total", "China")
OTHERS = {
    "内蒙": "150000",
    "廣西壯族自治區": "450000",
    "Szechwan": "510000",
    "Xinjiang Uyghur Autonomous Region": "650000",
    "Beijing Municipality": "110000",
    "Hebei Province": "130000",
    "heilong-jiang": "230000",
    "沪": "310000",
    "CN-GD": "440000",
    "110000.0": "110000",
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The values of an exported copy, to be written anew."""
    return files.export(hl.load("china-2020"), tmp_path / "E") / "value_added_nj.csv"


def renamed(table: Path, old: str, new: str) -> Path:
    """Write another name in the rows of a region, or rows of a new one after them; return the folder."""
    words = table.read_text(encoding="utf-8-sig").splitlines()
    rows = [row for row in words if row.startswith(old)]
    named = [",".join([new, *row.split(",")[1:]]) for row in rows]
    bare = [",".join([new, "", "", *row.split(",")[3:]]) for row in rows]
    kept = (
        [*words, *bare]
        if new in (*TOTALS, *ABSENT, "西部地区")
        else [named.pop(0) if row in rows else row for row in words]
    )
    table.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return table.parent


@pytest.mark.parametrize("name", [*PROVINCES, *OTHERS])
def test_case_names_txt_as_targets(name: str, today):
    code = (PROVINCES | OTHERS)[name]
    found = chosen_n(today, [name], "hukou_reform.to")
    assert [of for of, one in zip(today.domestic_codes, found, strict=True) if one] == [code]


@pytest.mark.parametrize("name", list(PROVINCES))
def test_case_names_txt_in_imports(name: str, table: Path, today):
    copy = files.read(renamed(table, PROVINCES[name], name))
    np.testing.assert_array_equal(copy.arrays["value_added_nj"], today.arrays["value_added_nj"])


def test_case_western_region_and_the_nation_are_places(today):
    west, everywhere = (chosen_n(today, [name], "") for name in ("西部地区", "China"))
    np.testing.assert_array_equal(west, chosen_n(today, ["West"], ""))
    assert west.sum() == 12
    assert everywhere.all()
    np.testing.assert_array_equal(everywhere, chosen_n(today, ["全国"], ""))


@pytest.mark.parametrize("name", ABSENT)
def test_case_hong_kong_and_taiwan_are_not_covered(name: str, today, table: Path):
    error = teaches(lambda: chosen_n(today, [name], "a.to"), (name, "not covered by the economy"), (name, "数据之内"))
    assert "?" not in error.text("en")
    teaches(lambda: files.read(renamed(table, "110000", name)), (f"'{name}'", "does not cover"), (name, "不含的地区"))


@pytest.mark.parametrize("name", TOTALS)
def test_case_a_total_row_is_to_be_removed(name: str, table: Path):
    error = teaches(
        lambda: files.read(renamed(table, "110000", name)), (f"'{name}'", "total row", "Remove it"), ("合计行",)
    )
    assert "→" not in error.text("en")


def test_a_total_is_no_target(today):
    teaches(lambda: chosen_n(today, ["合计"], "a.to"), ("合计", "is a total", "China"), ("是合计", "全国"))


def test_a_group_is_no_row_of_a_region(table: Path):
    teaches(
        lambda: files.read(renamed(table, "110000", "西部地区")), ("groups of regions", "Remove"), ("地区组", "删去")
    )


def test_case_a_code_as_a_number_is_a_code(tmp_path: Path, today, command):
    """`target_code_int.yaml`, numbers of NumPy and of a spreadsheet."""
    file = tmp_path / "target_code_int.yaml"
    file.write_text("name: x\npolicies:\n  r:\n    instrument: hukou_reform\n    to: [510000]\n    cut: 0.3\n")
    code, out, _ = command("scenarios", "check", str(file))
    assert (code, "to: Sichuan" in out) == (0, True)
    for given in (510000, np.int64(510000), 510000.0, 51):
        policy = hl.policies.HukouReform(to=[given], cut=0.3)
        np.testing.assert_array_equal(chosen_n(today, policy.to, ""), chosen_n(today, ["Sichuan"], ""))
    assert today.region(510000) == today.region("Sichuan")
    teaches(lambda: hl.policies.HukouReform(to=[True], cut=0.3), ("hukou_reform.to",), ("hukou_reform.to",))


def test_case_a_set_of_targets_is_put_in_order_and_a_line_is_none():
    assert hl.policies.HukouReform(to={"West", "Henan", 510000}, cut=0.1).to == ("510000", "Henan", "West")
    teaches(lambda: hl.policies.Transport(line={"Chengdu", "Wuhan"}), ("cities in order",), ("依次",))


HONEST = {"Heibei": {"Hebei"}, "Guangdon": {"Guangdong"}, "Shaxi": {"Shanxi", "Shaanxi"}, "四用": {"四川"}}


@pytest.mark.parametrize("name", [*HONEST, "Atlantis", "XX", "wrong"])
def test_only_what_is_near_is_suggested_and_all_that_is_as_near(name: str, today):
    error = teaches(lambda: chosen_n(today, [name], "a.to"), (name,), (name,))
    suggested = error.problems[0].values.get("near")
    if name in HONEST:
        assert set(str(suggested).split(" / ")) == HONEST[name]
    else:
        assert suggested is None
        assert "no name is near it" in error.text("en")


DELTAS = {
    ("长三角", "长江三角洲", "Yangtze River Delta", "YRD"): {"310000", "320000", "330000", "340000"},
    ("京津冀", "Beijing-Tianjin-Hebei", "Jingjinji"): {"110000", "120000", "130000"},
    ("珠三角", "Pearl River Delta"): {"440000"},
}


@pytest.mark.parametrize("names", DELTAS)
def test_the_regions_of_the_outline_plans_are_places(names: tuple[str, ...], today):
    for name in names:
        found = chosen_n(today, [name], "")
        assert {code for code, one in zip(today.domestic_codes, found, strict=True) if one} == DELTAS[names]


def test_no_two_places_share_a_name():
    holders: dict[str, str] = {}
    for key, names in more_names().items():
        for name in names:
            assert holders.setdefault(folded(name), key) == key, name
    for entry in china().entries:
        for name in (entry.zh, entry.en, *entry.variants):
            assert known_place(name) == entry.code == china().find(name)


def test_a_prefecture_city_of_the_same_name_is_not_the_province():
    assert china().find("吉林市") is None
    assert china().find("吉林省") == china().find("吉林") == "220000"


HEADS = {"regions.csv": "code,zh,en,parent\n", "groups.csv": "group,region_code,zh,en,kind\n"}
TAKEN = {  # a row of a table, and what the refusal says of it
    "a province by its Chinese name": ("regions.csv", "P22,四川,East Ridge,120000", ("P22: 四川 = 510000 ≠ 120000",)),
    "a province by its English name": ("regions.csv", "P22,东岭,sichuan,天津", ("P22: sichuan = 510000 ≠ 120000",)),
    "another parent of one's own": ("regions.csv", "P22,四川,East Ridge,Hills", ("P22: 四川 = 510000 ≠ Hills",)),
    "a region as China": ("regions.csv", "P22,东岭,China,四川", ("P22: China", "a total, China")),
    "a region as a total": ("regions.csv", "P22,合计,East Ridge,四川", ("P22: 合计",)),
    "a region as the West": ("regions.csv", "P22,西部,East Ridge,四川", ("P22: 西部",)),
    "China": ("groups.csv", "China,P22,,,", ("China: China", "all regions")),
    "the nation in Chinese": ("groups.csv", "whole,P22,全国,Whole,zone", ("whole: 全国",)),
    "all regions": ("groups.csv", "whole,P22,,all regions,zone", ("whole: all regions",)),
    "a total": ("groups.csv", "合计,P22,,,", ("合计: 合计",)),
    "a region's name": ("groups.csv", "east ridge,P22,,,", ("east ridge: east ridge = P22",)),
    "a region's code": ("groups.csv", "hills,P22,p22,Hills,zone", ("hills: p22 = P22",)),
    "a region's variant": ("groups.csv", "绵阳市,P22,,,", ("绵阳市: 绵阳市 = 510100",)),
    "a province that lies elsewhere": (
        "groups.csv",
        "四川,500100,,,",
        ("四川: [", "Yuzhong (渝中)] ≠ Sichuan (四川) [Mianyang (绵阳)"),
    ),
    "a part of a province": ("groups.csv", "sc,510100,四川省,Basin,zone", ("sc: [", "Mianyang (绵阳)] ≠ Sichuan")),
    "more than a province": (
        "groups.csv",
        "chongqing,500100,,,\nchongqing,P22,,,",
        ("chongqing: [", "Yuzhong (渝中), East Ridge (东岭)] ≠ "),
    ),
    "a name of a group of the box": ("groups.csv", "西部,P22,,,zone", ("西部: West, 西部", "`group`")),
    "a name of two groups": ("groups.csv", "a,P22,山,,zone\nb,成都,山,,zone", ("山: a, b",)),
    "a province of no region": ("groups.csv", "51,500100,,,\n天津,P22,,,", ("51: [", "天津: [East Ridge", "[-]")),
}


def with_row(folder: Path, name: str, row: str) -> Path:
    """Write a table with one row in a copy of the small economy; `regions.csv` alone loses its other rows."""
    files.export(own(), folder)
    (folder / name).write_text(HEADS[name] + row + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", TAKEN)
def test_a_name_that_means_another_place_is_refused(case: str, tmp_path: Path):
    name, row, words = TAKEN[case]
    error = teaches(lambda: files.read(with_row(tmp_path / "E", name, row)), words, words[:1])
    assert name in error.text("en") or "regions.reserved_name" in {problem.key for problem in error.problems}


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("regions.csv", "P22,吉林,Jilin,吉林省"),
        ("regions.csv", "P22,四川,Sichuan,"),
        ("groups.csv", "West,P22,西部,West,macro_region"),
        ("groups.csv", "Chongqing,500100,重庆,,zone"),
    ],
)
def test_a_name_that_may_be_shared_is_read(name: str, row: str, tmp_path: Path):
    folder = with_row(tmp_path / "E", name, row)
    if name == "regions.csv":
        (folder / "groups.csv").unlink()
        head = folder / "economy.yaml"
        head.write_text(head.read_text(encoding="utf-8").replace("East Ridge (东岭)", ""), encoding="utf-8")
    entry = files.read(folder).regions
    first, second, third, *_ = row.split(",")
    assert entry.find(second) == first or entry.find_group(third) == first


FORMS = {
    "fields beyond the header": ("regions.csv", "P22,东岭,East Ridge,,四川,", ("regions.csv:2 (6)", "4 列")),
    "fields that lack": ("groups.csv", "hills,P22,,,zone\nhills,成都,山地", ("groups.csv:3 (3)", "5 列")),
    "a group of two names": ("groups.csv", "hills,P22,山,,zone\nhills,成都,岭,,zone", ("hills zh: 山 ≠ 岭",)),
    "a group of two kinds": ("groups.csv", "hills,P22,,,zone\nhills,成都,,,land", ("hills kind: zone ≠ land",)),
    "a parent that is the region": ("regions.csv", "P22,东岭,East Ridge,P22", ("P22: P22", "parent")),
    "a kind of regions": ("groups.csv", "hills,P22,,,region", ("hills: region", "nation")),
    "a kind of the old division": ("groups.csv", "hills,P22,,,old", ("hills: old",)),
    "no row of a region": ("regions.csv", "", ("regions.csv",)),
}


@pytest.mark.parametrize("case", FORMS)
def test_a_table_that_would_be_read_otherwise_than_written_is_refused(case: str, tmp_path: Path):
    name, row, words = FORMS[case]
    error = teaches(lambda: files.read(with_row(tmp_path / "E", name, row)), (name, *words[:1]), words)
    assert any(problem.key.startswith("regions.") for problem in error.problems)


def test_a_file_of_regions_without_a_letter_is_refused_and_one_of_groups_is_none(tmp_path: Path):
    folder = files.export(own(), tmp_path / "E")
    (folder / "groups.csv").write_text("", encoding="utf-8")
    assert files.read(folder).regions.find_group("basin") is None
    (folder / "regions.csv").write_text("", encoding="utf-8")
    teaches(lambda: files.read(folder), ("regions.csv has no row",), ("regions.csv 没有",))


def test_a_region_stands_once_in_a_group(tmp_path: Path):
    rows = "group,region_code\nbasin,510100\nbasin,P22\nbasin,绵阳\nhills,510100\n"
    folder = files.export(own(), tmp_path / "E")
    (folder / "groups.csv").write_text(rows.replace("绵阳", "510100"), encoding="utf-8")
    teaches(
        lambda: files.read(folder), ("groups.csv", "basin: 510100 (1 / 4)", "Keep one row"), ("groups.csv", "只留一行")
    )


def test_a_province_that_lies_in_itself_by_name_is_refused(tmp_path: Path):
    folder = files.export(hl.load("china-2020"), tmp_path / "E")
    (folder / "regions.csv").write_text("code,parent\n110000,北京市\n", encoding="utf-8")
    teaches(lambda: files.read(folder), ("110000: 北京市",), ("110000: 北京市",))
