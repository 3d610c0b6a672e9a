"""Mistakes in a user's copy are told at once, by file, line and province, in both languages; nothing bad is opened."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml
from tests.messages import teaches

import hinterland as hl
from hinterland.cli.main import main
from hinterland.data import panel
from hinterland.economy import files as exchange
from hinterland.economy import sources
from hinterland.economy.regions import regions_of
from hinterland.errors import Problem
from hinterland.report.exchange import take_in
from hinterland.world.assemble import chosen_model

Edit = Callable[[list[str]], list[str]]


def edit(folder: Path, file: str, change: Edit) -> None:
    text = (folder / file).read_text(encoding="utf-8-sig").splitlines()
    (folder / file).write_text("\n".join(change(text)) + "\n", encoding="utf-8")


def scaled(start: str, factor: float) -> Edit:
    """Multiply the value of rows that begin so."""

    def change(rows: list[str]) -> list[str]:
        cut = [row.rpartition(",") for row in rows]
        return [
            f"{left},{float(value) * factor!r}" if left.startswith(start) else f"{left},{value}"
            for left, _, value in cut
        ]

    return change


def without(start: str) -> Edit:
    return lambda rows: [row for row in rows if not row.startswith(start)]


def valued(line: int, value: str) -> Edit:
    return lambda rows: [f"{row.rpartition(',')[0]},{value}" if k + 1 == line else row for k, row in enumerate(rows)]


def renamed(folder: Path, name: str) -> None:
    edit(folder, "economy.yaml", lambda rows: [f"name: {name}", *rows[1:]])


def told(path: Path) -> tuple[str, str]:
    """Return the message in English and Chinese."""
    with pytest.raises(hl.DataError) as caught:
        exchange.read(path)
    return caught.value.text("en"), caught.value.text("zh")


CASES: dict[str, tuple[str, Edit, list[str], list[str]]] = {
    "a column that nothing reads": (
        "value_added_nj.csv",
        lambda rows: [f"{row},{'year' if k == 0 else 2017 + k % 2}" for k, row in enumerate(rows)],
        ["value_added_nj.csv has columns that nothing reads: 'year' (1 / 6)", "then delete these columns"],
        ["value_added_nj.csv 中有程序不读的列：'year' (1 / 6)", "删去这些列"],
    ),
    "a missing province": (
        "value_added_nj.csv",
        without("540000"),
        ["value_added_nj.csv lacks rows for region: Tibet (西藏) (1 / 34)", "Add the rows"],
        ["请补上这些行"],
    ),
    "a missing group of people": (
        "migration_share_gc.csv",
        without("540000"),
        ["migration_share_gc.csv lacks rows for group_home: Tibet (西藏) (1 / 31)"],
        ["请补上这些行"],
    ),
    "a missing row": (
        "final_share_nj.csv",
        without("130000,河北,Hebei,industry"),
        ["final_share_nj.csv lacks rows for region, sector: Hebei (河北) industry (1 / 102)"],
        ["河北 industry (1 / 102)"],
    ),
    "a wrong code, known by the name beside it": (
        "goods_share_n.csv",
        lambda rows: [row.replace("130000", "999999") for row in rows],
        ["goods_share_n.csv:4 '999999' → Hebei (河北)? (1 / 34)", "mistyped"],
        ["代码输错"],
    ),
    "a mistyped sector": (
        "capital_nj.csv",
        lambda rows: [row.replace("services", "sevices") if k == 3 else row for k, row in enumerate(rows)],
        ["capital_nj.csv:4 'sevices' → services? (1 / 102)"],
        ["capital_nj.csv:4"],
    ),
    "a repeated row": (
        "capital_nj.csv",
        lambda rows: [*rows, rows[6]],
        ["capital_nj.csv:7, 104 Tianjin (天津) services (1 / 103)", "Keep one row"],
        ["请只留一行"],
    ),
    "no number": (
        "capital_nj.csv",
        valued(8, "n/a"),
        ["capital_nj.csv:8 Hebei (河北) ag = 'n/a' (1 / 102)", "finite numbers"],
        ["有限的数字"],
    ),
    "an infinite number": (
        "capital_nj.csv",
        valued(8, "inf"),
        ["capital_nj.csv:8 Hebei (河北) ag = 'inf'"],
        ["有限的数字"],
    ),
    "a gap": ("capital_nj.csv", valued(8, ""), ["capital_nj.csv:8 Hebei (河北) ag = ''"], ["有限的数字"]),
    "negative capital": (
        "capital_nj.csv",
        valued(9, "-5"),
        ["capital_nj.csv:9 Hebei (河北) industry = -5 (1 / 102)", "must not be negative (unit: bn CNY of 2020)"],
        ["不得为负（单位：十亿元（2020 年价））"],
    ),
    "negative value added": (
        "value_added_nj.csv",
        valued(9, "-5"),
        ["value_added_nj.csv:9 Hebei (河北) industry = -5"],
        ["不得为负"],
    ),
    "no workers": (
        "group_size_g.csv",
        valued(6, "0"),
        ["group_size_g.csv:6 Hebei (河北) rural = 0", "must be positive"],
        ["必须为正"],
    ),
    "trade shares that do not add up": (
        "trade_share_nij.csv",
        scaled("510000", 1.02),
        ["Sichuan (四川) ag = 1.02, Sichuan (四川) industry = 1.02", "(3 / 102)", "Renormalise"],
        ["请重新归一化"],
    ),
    "trade shares in percent": (
        "trade_share_nij.csv",
        scaled("510000", 100),
        ["Sichuan (四川) ag = 100", "Percent? Divide by 100"],
        ["请除以 100"],
    ),
    "migration shares in percent": (
        "migration_share_gc.csv",
        scaled("510000,四川,Sichuan,rural", 100),
        ["migration_share_gc.csv", "Sichuan (四川) rural = 100 (1 / 62)", "Divide by 100"],
        ["请除以 100"],
    ),
    "final shares that do not add up": (
        "final_share_nj.csv",
        valued(2, "0.9"),
        ["final_share_nj.csv", "over sector", "Beijing (北京) = ", "(1 / 34)"],
        ["北京 = "],
    ),
    "inputs and value added that do not add up": (
        "value_added_share_nj.csv",
        scaled("510000", 0.5),
        ["value_added_share_nj.csv + input_share_nkj.csv", "Sichuan (四川) services = "],
        ["四川 services = "],
    ),
    "a tax in percent": (
        "local_tax_n.csv",
        scaled("510000", 100),
        ["local_tax_n.csv:24 Sichuan (四川) = ", "Percent? Divide by 100"],
        ["请除以 100"],
    ),
    "workers in 万": (
        "group_size_g.csv",
        scaled("510000", 100),
        ["group_size_g.csv:46 Sichuan (四川) rural = ", "(2 / 62)", "'million workers'", "Divide by 100."],
        ["百万就业者", "“万人”或“人”", "请除以 100。"],
    ),
    "workers as ten thousandth": (
        "group_size_g.csv",
        scaled("510000", 1.1e-4),
        ["group_size_g.csv:46 Sichuan (四川) rural", "Multiply by 10,000"],
        ["请乘以 10,000"],
    ),
    "workers in persons": (
        "group_size_g.csv",
        lambda rows: [rows[0], *scaled("", 1e6)(rows[1:])],
        ["Beijing (北京) rural", "(62 / 62)", "persons", "Divide by 1,000,000."],
        ["(62 / 62)", "请除以 1,000,000。"],
    ),
    "money in 万": (
        "value_added_nj.csv",
        scaled("510000", 1e4),
        ["value_added_nj.csv:68 Sichuan (四川) ag", "'bn CNY'", "10,000"],
        ["十亿元", "“亿元”“万元”或“元”"],
    ),
    "money in 亿": (
        "capital_nj.csv",
        scaled("510000", 10),
        ["capital_nj.csv:68 Sichuan (四川) ag", "Divide by 10."],
        ["请除以 10。"],
    ),
    "residents per worker in 万": (
        "residents_per_worker_c.csv",
        scaled("510000", 1e4),
        ["residents_per_worker_c.csv:134 Sichuan (四川) rural ag", "Divide by 10,000."],
        ["请除以 10,000。"],
    ),
    "income in yuan": (
        "real_income_c.csv",
        scaled("510000", 1e3),
        ["real_income_c.csv:134 Sichuan (四川) rural ag", "Divide by 1,000."],
        ["请除以 1,000。"],
    ),
    "a renamed column": (
        "capital_nj.csv",
        lambda rows: [rows[0].replace("value", "amount"), *rows[1:]],
        ["capital_nj.csv lacks the columns value", "'amount'", "Restore the header"],
        ["请恢复表头"],
    ),
    "semicolons": (
        "capital_nj.csv",
        lambda rows: [row.replace(",", ";") for row in rows],
        ["capital_nj.csv lacks the columns region, sector, value", "separator"],
        ["分隔符不是逗号"],
    ),
    "a comma in a number": (
        "capital_nj.csv",
        valued(9, "12,345.6"),
        ["capital_nj.csv:9 (1 / 103)", "a comma inside a number"],
        ["千分位"],
    ),
    "an empty table": ("capital_nj.csv", lambda rows: rows[:1], ["capital_nj.csv has no usable row"], ["没有一行可用"]),
    "no text at all": ("capital_nj.csv", lambda rows: [], ["capital_nj.csv lacks the columns"], ["缺少列"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_with_its_row(case: str, copy: Path):
    file, change, english, chinese = CASES[case]
    edit(copy, file, change)
    in_english, in_chinese = told(copy)
    for words in english:
        assert words in in_english
    for words in [file, *chinese]:
        assert words in in_chinese
    # No follow-up of one mistake: a wrong code leaves a gap, a comma a missing row; nothing else has two messages.
    doubled = case.startswith(("a wrong code", "a mistyped", "a comma"))
    assert len(in_english.splitlines()) == (2 if doubled else 1), in_english


def test_all_mistakes_at_once(copy: Path):
    chosen = ["a missing province", "a wrong code, known by the name beside it", "negative capital"]
    chosen += ["trade shares in percent", "workers in 万", "a missing group of people", "a tax in percent"]
    for case in chosen:
        edit(copy, *CASES[case][:2])
    edit(copy, "capital_nj.csv", lambda rows: [*rows, rows[6]])
    (copy / "value_ad_nj.csv").write_text("region,sector,value\n")
    in_english, in_chinese = told(copy)
    for case in chosen:
        assert all(words in in_english for words in CASES[case][2] if "/ 102)" not in words), case
        assert all(words in in_chinese for words in CASES[case][3]), case
    assert "capital_nj.csv:7, 104 Tianjin (天津) services" in in_english
    assert "'value_ad_nj.csv' is not named after a known array" in in_english
    assert "did you mean 'value_added_nj'" in in_english


def test_a_province_left_out_everywhere(copy: Path):
    for file in copy.glob("*.csv"):
        edit(copy, file.name, lambda rows: [row for row in rows if "540000" not in row])
    edit(copy, "economy.yaml", lambda rows: [row for row in rows if "540000" not in row])
    in_english, in_chinese = told(copy)
    assert "must have all its regions, but lacks Tibet (西藏) (1 / 34)" in in_english
    assert "another `name`" in in_english
    assert "西藏" in in_chinese


def test_a_missing_file_is_named(copy: Path):
    for name in ("trade_elasticity_j", "ownership_ni", "capital_nj"):
        (copy / f"{name}.csv").unlink()
    in_english, in_chinese = told(copy)
    assert "lacks these arrays: trade_elasticity_j. Every economy" in in_english
    assert "lacks these arrays: capital_nj, ownership_ni. Usual" in in_english
    assert "缺少数组：trade_elasticity_j。凡经济体" in in_chinese


@pytest.mark.parametrize("key", ["regions", "sectors", "residences", "classes"])
def test_a_missing_list_is_named(copy: Path, key: str):
    head = yaml.safe_load((copy / "economy.yaml").read_text(encoding="utf-8"))
    head.pop(key)
    (copy / "economy.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    in_english, in_chinese = told(copy)
    assert f"economy.yaml lacks the list `{key}`. Write it" in in_english
    assert f"economy.yaml 缺少列表 {key}。" in in_chinese
    assert "found []" not in in_english


def test_several_residences_need_their_efficiency(copy: Path):
    renamed(copy, "mine")
    (copy / "efficiency_rj.csv").unlink()
    in_english, in_chinese = told(copy)
    assert "mine lacks these arrays: efficiency_rj. Every economy needs trade_share_nij" in in_english
    assert "缺少数组：efficiency_rj" in in_chinese
    base = hl.load("china-2020")
    arrays = {name: value for name, value in base.arrays.items() if name != "efficiency_rj"}
    for bare in (
        lambda: replace(base, arrays=arrays),
        lambda: chosen_model({**arrays, "town_r": base.town_r.astype(float)}),
    ):
        error = teaches(bare, ("2 residences, but `efficiency_rj`",), ("2 处居住地，但缺少 `efficiency_rj`",))
        assert "must have shape" not in error.text("en")


def test_a_file_without_its_labels_says_which(tmp_path: Path):
    in_english, in_chinese = told(archive(tmp_path, residence=None))
    assert "lacks residence: without them no value has its place" in in_english
    assert "缺少 residence：" in in_chinese


def test_units_of_an_own_economy_are_held_against_official_figures(copy: Path):
    """Without a shipped economy of that name: workers by residents, value added by GDP of the year."""
    renamed(copy, "mine")
    assert exchange.read(copy).name == "mine"
    edit(copy, "group_size_g.csv", scaled("510000", 1e4))
    edit(copy, "value_added_nj.csv", scaled("130000", 100))
    in_english, _ = told(copy)
    assert "group_size_g.csv must be in the unit 'million workers'" in in_english
    assert "Sichuan (四川) = 533" in in_english
    assert "value_added_nj.csv must be in the unit" in in_english
    assert "Hebei (河北) = " in in_english
    assert len(in_english.splitlines()) == 2
    edit(copy, "economy.yaml", lambda rows: [row.replace("2020", "1900") for row in rows])
    assert 1900 not in panel.years("population_resident")
    in_english, in_chinese = told(copy)  # what is left is that they are more than mankind
    assert in_english.endswith("Correct them.")
    assert "the world never had 10,000 million" in in_english
    assert len(in_english.splitlines()) == len(in_chinese.splitlines()) == 1
    edit(copy, "group_size_g.csv", scaled("510000", 1e-4))
    assert exchange.read(copy).year == 1900


@pytest.mark.parametrize("by", [1e6, 1e-6, 1e-3])
def test_value_added_that_nobody_makes_is_refused_where_nothing_official_is_near(by: float, tmp_path: Path):
    """In an economy of one's own regions, whose figures nothing in the box is near to."""
    names = {f"P{number}": None for number in range(31)}
    today = hl.load("china-2020")
    ours = replace(today, name="mine", regions=regions_of([*names], today.foreign_codes))
    arrays = dict(ours.arrays) | {"value_added_nj": ours.arrays["value_added_nj"] * by}
    place = exchange.write_npz(replace(ours, arrays=arrays), tmp_path / "mine.npz")
    in_english, in_chinese = told(place)
    assert "between 100 and 10,000,000 CNY a year" in in_english
    assert ("P1 = " in in_english, "P1 = " in in_chinese) == (True, True)
    assert exchange.read(exchange.write_npz(ours, tmp_path / "sound.npz")).name == "mine"


HEADS = {
    "an alias bomb": (
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nname: {<<: [*c, *c]}\n",
        ["economy.yaml, line 2", "no aliases"],
        ["不接受标签"],
    ),
    "a python tag": ("name: !!python/object/apply:os.system ['touch pwned']\n", ["line 1", "no tags"], ["不接受标签"]),
    "a deep nest": ("name: " + "[" * 5000 + "]" * 5000 + "\n", ["no deep nests"], ["嵌套"]),
    "no yaml": ("name: [1, 2\n", ["not YAML"], ["不是允许的 YAML"]),
    "a list": ("- 1\n- 2\n", ["key: value"], ["键: 值"]),
    "a long number": ("year: " + "9" * 10_000 + "\n", ["economy.yaml"], ["economy.yaml"]),
}


@pytest.mark.parametrize("case", HEADS)
def test_a_hostile_head_is_refused(case: str, copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    content, english, chinese = HEADS[case]
    (copy / "economy.yaml").write_text(content, encoding="utf-8")
    in_english, in_chinese = told(copy)
    assert all(words in in_english for words in english)
    assert all(words in in_chinese for words in chinese)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    ("old", "new", "english", "chinese"),
    [
        ("name: china-2020", "name: ../../outside", "'../../outside'", "文件名"),
        ("name: china-2020", "name: /etc/passwd", "letters, digits", "文件名"),
        ("name: china-2020", 'name: "a\\u001b[2J"', "letters, digits", "文件名"),
        ("name: china-2020", "title: china-2020", "unknown key 'title'; no name is near it; there are name", "未知"),
        ("year: 2020", "year: soon", "a whole number such as 2020", "整数"),
        ("year: 2020", "year: true", "a whole number such as 2020", "整数"),
        (
            "- ASEAN",
            "- CARM",
            "economy.yaml: foreign may stand twice, but these do: Central Asia",
            "重复：中亚",
        ),
        ("- ASEAN", "- 130000", "economy.yaml: regions, foreign may stand twice, but these do: Hebei (河北)", "河北"),
        ("- rural\n- urban\nclasses", "- rural\n- rural\nclasses", "residences may stand twice", "重复：rural"),
        ("  '120000': Tianjin (天津)", "  '110000': Tianjin (天津)", "the key '110000' stands twice", "“110000”重复"),
        ("  '120000': Tianjin (天津)", "  Beijing: 北京", "regions may stand twice, but these do: Beijing", "北京"),
        ("year: 2020", "year: 2020\nyear: 2010", "line 3: the key 'year'", "第 3 行的键“year”重复"),
        ("Beijing (北京)", "Tianjin", "'110000' Beijing (北京) ≠ 'Tianjin' (1 / 31)", "指同一地区"),
        ("Beijing (北京)", "Beijing (天津)", "'110000' Beijing (北京) ≠ 'Beijing (天津)' (1 / 31)", "指同一地区"),
        ("Beijing (北京)", '"a\\u0007"', "cells of economy.yaml must be one line", "一行文字"),
        ("- ASEAN", '- "a\\u0007"', "none empty", "非空"),
    ],
)
def test_labels_are_checked(old: str, new: str, english: str, chinese: str, copy: Path, tmp_path: Path):
    head = copy / "economy.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    in_english, in_chinese = told(copy)
    assert english in in_english
    assert chinese in in_chinese
    with pytest.raises(hl.DataError):
        take_in(copy, tmp_path / "made", "en")
    assert not (tmp_path / "made").exists()


def test_too_many_regions_are_refused_before_arrays_are_made(copy: Path):
    many = [f"  '{position}': x{position}" for position in range(5000)]
    edit(
        copy,
        "economy.yaml",
        lambda rows: [row for line in rows for row in ([line, *many] if line == "regions:" else [line])],
    )
    assert "Merge regions or sectors" in told(copy)[0]


def test_a_huge_file_is_refused_by_its_size(copy: Path):
    with (copy / "capital_nj.csv").open("wb") as stream:
        stream.truncate(sources.LARGEST + 1)
    in_english, in_chinese = told(copy)
    assert "bytes, at most 104857600 are allowed" in in_english
    assert "最多允许 104857600 字节" in in_chinese
    edit(copy, "economy.yaml", lambda rows: ["#" * (sources.LARGEST_HEAD + 1)])
    (copy / "capital_nj.csv").unlink()
    assert f"at most {sources.LARGEST_HEAD} are allowed" in told(copy)[0]


def test_too_many_rows_or_files_are_refused(copy: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sources, "MOST_ROWS", 11_600)
    edit(copy, "trade_share_nij.csv", lambda rows: rows * 4)
    assert "trade_share_nij.csv has 13876 rows, at most 11600" in told(copy)[0]
    for position in range(sources.MOST_FILES):
        (copy / f"{position}.csv").touch()
    assert "at most 200 are allowed" in told(copy)[0]


def test_links_and_folders_are_not_opened(copy: Path, tmp_path: Path):
    secret = tmp_path / "secret.csv"
    secret.write_text("value\nsecret\n")
    (copy / "capital_elasticity.csv").unlink()
    (copy / "capital_elasticity.csv").symlink_to(secret)
    (copy / "amenity_n.csv").mkdir()
    os.mkfifo(copy / "entry_price_n.csv")
    in_english, in_chinese = told(copy)
    for name in ("capital_elasticity.csv", "amenity_n.csv", "entry_price_n.csv"):
        assert f"{name} is a link or no plain file" in in_english
        assert f"{name} 是链接或不是普通文件" in in_chinese
    assert "secret" not in in_english
    head = copy / "economy.yaml"
    head.rename(tmp_path / "head.yaml")
    head.symlink_to(tmp_path / "head.yaml")
    assert "economy.yaml is a link" in told(copy)[0]


@pytest.mark.parametrize("name", ["..\\capital_nj.csv", "capital_nj..csv", "%2e%2e%2fcapital_nj.csv", "capital_nj.CSV"])
def test_only_known_names_are_opened(name: str, copy: Path):
    (copy / name).write_text("value\nsecret\n")
    if name.startswith(".."):  # hidden: not looked at
        assert exchange.read(copy).name == "china-2020"
        return
    in_english, in_chinese = told(copy)
    assert f"'{name}' is not named after a known array and was not opened; did you mean 'capital_nj'" in in_english
    assert name in in_chinese
    assert "secret" not in in_english


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 64,
        "region,北京".encode("gbk"),
        b"PK\x03\x04\x00\x00",
        b'"' + b"x" * 200_000,
        b"a\x00b,value\n",
    ],
)
def test_garbage_is_no_table(content: bytes, copy: Path):
    (copy / "capital_nj.csv").write_bytes(content)
    in_english, in_chinese = told(copy)
    assert "capital_nj.csv is not CSV text in UTF-8" in in_english
    assert "CSV UTF-8" in in_chinese


def test_control_characters_do_not_reach_the_terminal(copy: Path):
    (copy / "a\x1b[2J.csv").touch()
    edit(copy, "capital_nj.csv", lambda rows: [*rows[:2], "\x1b[2J,x,x,ag,\x1b[31m5", *rows[3:]])
    assert "\x1b" not in told(copy)[0]


def archive(folder: Path, **changes: object) -> Path:
    """Write china-2020 as npz with some arrays changed; None leaves one out."""
    exchange.write_npz(hl.load("china-2020"), folder / "whole.npz")
    with np.load(folder / "whole.npz") as data:
        arrays = {**data, **changes}
    file = folder / "china-2020.npz"
    np.savez(file, **{name: value for name, value in arrays.items() if value is not None})
    return file


class Touch:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.system, ("touch pwned",))


def test_objects_in_npz_are_not_unpickled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    file = archive(
        tmp_path, capital_nj=np.array([Touch()], dtype=object), region_code=np.array([Touch()], dtype=object)
    )
    in_english, in_chinese = told(file)
    assert "`capital_nj` must be an array of numbers" in in_english
    assert "`capital_nj`" in in_chinese
    assert "region_code" in in_english
    (tmp_path / "bare.npz").write_bytes(pickle.dumps(Touch()))
    assert "cannot be read" in told(tmp_path / "bare.npz")[0]
    assert not (tmp_path / "pwned").exists()


def test_npz_shapes_names_and_numbers(tmp_path: Path):
    base = hl.load("china-2020")
    bad = np.array(base.arrays["capital_nj"])
    bad[2, 1] = -5
    changes = {"capital_nj": bad, "goods_share_n": np.ones(33), "../outside": np.ones(3), "value_c": None}
    in_english, in_chinese = told(archive(tmp_path, **changes))
    assert "capital_nj must not be negative" in in_english
    assert "Hebei (河北) industry = -5" in in_english
    assert "`goods_share_n` must have shape (34,); found (33,)" in in_english
    assert "'../outside' is not named after a known array" in in_english
    assert "lacks these arrays: value_c" in in_english
    assert "河北 industry = -5" in in_chinese
    codes = np.array([code for code in base.region_codes if code != "540000"])
    assert "missing province" in told(archive_again(tmp_path, region_code=codes))[0]
    assert "letters, digits" in told(archive_again(tmp_path, name=np.array("../x")))[0]
    assert "must be an array of numbers" in told(archive_again(tmp_path, sector=np.array([1.0, 2.0, 3.0])))[0]


def archive_again(folder: Path, **changes: object) -> Path:
    (folder / "whole.npz").unlink()
    return archive(folder, **changes)


@pytest.mark.parametrize("suffix", [".npz", ".nc"])
@pytest.mark.parametrize(
    "content", [b"", bytes(range(256)) * 8, b"\x89HDF\r\n\x1a\n" + b"\0" * 99, b"PK\x03\x04" + b"\0" * 99]
)
def test_a_broken_file_is_told(content: bytes, suffix: str, tmp_path: Path):
    (tmp_path / f"x{suffix}").write_bytes(content)
    in_english, in_chinese = told(tmp_path / f"x{suffix}")
    assert "cannot be read" in in_english
    assert "请重新导出" in in_chinese


def test_an_npz_that_unpacks_to_too_much_is_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "x.npz", "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("capital_nj.npy", bytes(sources.LARGEST + 1))
    assert "bytes, at most" in told(tmp_path / "x.npz")[0]
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, {"descr": "<f8", "fortran_order": False, "shape": (10**15,)})
    with zipfile.ZipFile(tmp_path / "y.npz", "w") as archived:
        archived.writestr("capital_nj.npy", head.getvalue())
    assert told(tmp_path / "y.npz")


def netcdf(folder: Path) -> Path:
    return exchange.export_netcdf(hl.load("china-2020"), folder / "china-2020.nc")


def test_netcdf_is_held_to_the_same_rules(tmp_path: Path):
    import h5py
    import xarray

    with xarray.open_dataset(netcdf(tmp_path), engine="h5netcdf") as data:
        bad = data.load()
    bad["capital_nj"].loc[{"region": "130000", "sector": "industry"}] = -5
    bad["group_size_g"][4] *= 1e4
    bad["goods_share_n"][2] = np.nan
    bad["surprise"] = ("region", np.ones(34))
    bad["local_tax_n"] = ("sector", np.ones(3))
    bad.to_netcdf(tmp_path / "bad.nc", engine="h5netcdf")
    in_english, in_chinese = told(tmp_path / "bad.nc")
    for words in (
        "Hebei (河北) industry = -5",
        "Hebei (河北) rural",
        "Divide by 10,000",
        "goods_share_n must hold finite numbers, but does not in",
        "Hebei (河北) = 'nan'",
        "surprise",
    ):
        assert words in in_english
    names = bad.region_zh.values.copy()
    names[:2] = "东岭"
    bad.assign_coords(region_zh=("region", names)).to_netcdf(tmp_path / "names.nc", engine="h5netcdf")
    for said in told(tmp_path / "names.nc"):
        assert "region_zh, region_en" in said
        assert "regions.csv" not in said
    assert "`local_tax_n` must have shape ('region',)" in in_english
    assert "请除以 10,000" in in_chinese
    fewer = bad.drop_vars(["surprise", "local_tax_n"]).isel(region=slice(1, None))
    fewer.to_netcdf(tmp_path / "fewer.nc", engine="h5netcdf")
    assert "Beijing (北京)" in told(tmp_path / "fewer.nc")[0]
    bad.drop_vars(["group_home", "region"]).to_netcdf(tmp_path / "bare.nc", engine="h5netcdf")
    assert "lacks the coordinates region('region',), group_home('group',)" in told(tmp_path / "bare.nc")[0]
    with h5py.File(tmp_path / "linked.nc", "w") as linked:
        linked["capital_nj"] = h5py.ExternalLink(str(tmp_path / "china-2020.nc"), "/capital_nj")
    assert "is a link" in told(tmp_path / "linked.nc")[0]
    with h5py.File(tmp_path / "outside.nc", "w") as outside:
        outside.create_dataset("capital_nj", (4,), "u1", external=[("/etc/hostname", 0, 4)])
    assert "is a link" in told(tmp_path / "outside.nc")[0]
    with h5py.File(tmp_path / "bomb.nc", "w") as bomb:
        bomb.create_dataset("region", (10**11,), "f8", chunks=(10**4,), compression="gzip")
    assert "bytes, at most" in told(tmp_path / "bomb.nc")[0]


@pytest.mark.parametrize("name", ["nowhere", "nowhere.npz", "nowhere.csv"])
def test_what_is_not_there_is_said_to_be_absent(name: str, tmp_path: Path):
    in_english, in_chinese = told(tmp_path / name)
    assert f"there is no file or folder {tmp_path / name}. Check the path" in in_english
    assert "请检查路径" in in_chinese


def test_what_is_no_economy_is_said_so(tmp_path: Path):
    (tmp_path / "text.txt").write_text("hello")
    in_english, in_chinese = told(tmp_path / "text.txt")
    assert "Give a folder of CSV tables" in in_english
    assert "请给出" in in_chinese


UNITS = {
    "an unknown currency": (("currency", "bn USD"), "currency", "'bn USD'", "relative, bn CNY"),
    "a number for a currency": (("currency", 5), "currency", "5", "relative, bn CNY"),
    "a translated unit": (("income_unit", "千元"), "income_unit", "'千元'", "relative, thousand yuan"),
    "several units": (("output_unit", ["bn yuan", "bn CNY"]), "output_unit", "['bn yuan', 'bn CNY']", "bn yuan"),
    "a year in words": (("price_year", "2020"), "price_year", "'2020'", "2020"),
    "a note of two lines": (("note_en", "a\nb"), "note_en", "'a\\nb'", "500"),
}


@pytest.mark.parametrize("form", ["", ".nc", ".npz"])
@pytest.mark.parametrize("case", UNITS)
def test_unknown_units_are_refused_by_file_and_key(case: str, form: str, tmp_path: Path):
    """The file, the key, what was found and what is known; also where a unit is taken out and the others are not."""
    (key, value), name, found, known = UNITS[case]
    file = headed(tmp_path, form, **{key: value})
    for message in told(file):
        place = "economy.yaml" if form == "" else str(file)
        assert all(words in message for words in (place, name, found, known)), message
        assert len(message.splitlines()) == 1


@pytest.mark.parametrize("form", ["", ".nc", ".npz"])
def test_some_units_without_the_others_are_refused(form: str, tmp_path: Path):
    in_english, in_chinese = told(headed(tmp_path, form, currency=None))
    assert "does not say its currency" in in_english
    assert "没有写明 currency" in in_chinese


def test_the_command_line_says_it_with_exit_code_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = headed(tmp_path, "", currency="bn USD")
    for lang, words in (("en", "must be one of the known units: relative, bn CNY"), ("zh", "必须是已知的单位之一")):
        with pytest.raises(SystemExit) as ended:
            main(["data", "import", str(folder), "--out", str(tmp_path / "made"), "--lang", lang])
        assert ended.value.code == 2
        assert words in capsys.readouterr().err
    assert not (tmp_path / "made").exists()


def headed(folder: Path, form: str, **changes: object) -> Path:
    """Write china-2000 with its head changed; None leaves a key out."""
    economy, file = hl.load("china-2000"), folder / f"copy{form}"
    kept = {key: value for key, value in changes.items() if value is not None}
    if form == "":
        head = exchange.export(economy, file) / "economy.yaml"
        given = {**yaml.safe_load(head.read_text(encoding="utf-8")), **kept}
        given = {key: value for key, value in given.items() if changes.get(key, value) is not None}
        head.write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    elif form == ".nc":
        data = exchange.to_dataset(economy)
        data.attrs = {
            key: value for key, value in {**data.attrs, **kept}.items() if changes.get(key, value) is not None
        }
        data.to_netcdf(file, engine="h5netcdf")
    else:
        with np.load(exchange.write_npz(economy, folder / "whole.npz")) as data:
            arrays = {key: value for key, value in {**data, **kept}.items() if changes.get(key, value) is not None}
        np.savez(file, **arrays)
    return file


def test_the_command_line_names_its_own_remedy_and_what_export_writes(capsys: pytest.CaptureFixture[str]):
    remedy = Problem("world.not_deficits", {"where": "P22"})
    assert all("--balance trade" in remedy.text(lang) for lang in ("en", "zh"))
    with pytest.raises(SystemExit):
        main(["data", "export", "--help"])
    shown = capsys.readouterr().out
    assert ".nc" in shown
    assert "results.csv" not in shown
