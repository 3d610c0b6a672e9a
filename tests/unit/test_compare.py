"""Scenarios side by side, and tables as files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland.data import regions
from hinterland.economy.economy import digest, older_digest
from hinterland.report import export, workbook
from hinterland.study import compare as comparing

TRADE, MIGRATION = "trade_2002_2007", "migration_2000_2005"


@pytest.fixture(scope="module")
def pair() -> Mapping[str, comparing.Case]:
    """Two scenarios of 2000, solved once."""
    return {name: comparing.solved(name) for name in (TRADE, MIGRATION)}


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory) -> Path:
    """A run that was written, of the scenario with the fewest parts."""
    return hl.write(hl.run(MIGRATION), tmp_path_factory.mktemp("runs") / "plain")


def numbers_of(path: Path) -> tuple[list[list[float]], list[str]]:
    """The numbers of a table's file, row by row, and its heads."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        heads, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    elif path.suffix == ".csv":
        heads, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    else:
        section = path.read_text(encoding="utf-8-sig").partition("\n\n")[2].partition("\n\n")[0]
        heads, _, *rows = [line.strip("| ").split(" | ") for line in section.splitlines()]
    return [[float(cell) for cell in row[6:]] for row in rows], [str(head) for head in heads]


def test_a_difference_is_the_difference_of_the_columns(pair):
    table = hl.compare(pair, by="province", difference=True)
    assert list(table.columns) == [TRADE, MIGRATION, f"{MIGRATION} - {TRADE}"]
    np.testing.assert_array_equal(table.iloc[:, 2], table[MIGRATION] - table[TRADE])
    other = hl.compare(pair, by="province", difference=True, against=MIGRATION)
    np.testing.assert_array_equal(other[f"{TRADE} - {MIGRATION}"], -table.iloc[:, 2])


@pytest.mark.parametrize("by", ["macro_region", "old", "province"])
def test_groups_add_up_to_the_nation(pair, by: str):
    case = pair[TRADE]
    economy = case.scenario.economy
    before, after = comparing.base_state(economy), comparing.state_of(case.equilibrium)
    for grouping in (by, "nation"):
        groups = regions.china().grouping(grouping, economy.domestic_codes, economy.year)
        table = comparing.regional(economy, before, after, groups).groupby("variable")[["baseline", "value"]].sum()
        additive = table.loc[["workers_ag", "workers_nonag", "workers_across", "workers_in_place", "goods_saved"]]
        output = table.loc["real_gdp", "baseline"]  # an index of quantities at prices of two years adds up in none
        if grouping == by:
            parts, outputs = additive, output
    np.testing.assert_allclose(parts, additive, rtol=1e-12)
    assert outputs == pytest.approx(output, rel=1e-12)


def test_a_group_is_its_provinces(pair):
    table = hl.compare(pair, ["workers_ag"], by="West")
    assert list(table.loc["workers_ag"].index) == ["West", *regions.china().grouping("West", codes(pair), 2000)["West"]]
    assert table.loc[("workers_ag", "West"), TRADE] == hl.compare(pair, ["workers_ag"])[TRADE]["workers_ag", "West"]
    for name in ("西部", "West"):
        assert hl.compare(pair, ["welfare"], by=name).equals(hl.compare(pair, ["welfare"], by="West"))


def codes(pair) -> tuple[str, ...]:
    return pair[TRADE].scenario.economy.domestic_codes


@pytest.mark.parametrize("by", regions.GROUPINGS)
def test_every_grouping_answers(pair, by: str):
    table = hl.compare(pair, ["welfare", "real_income"], by=by)
    assert set(table.index.get_level_values("variable")) == {"welfare", "real_income"}
    assert table.notna().all(axis=None)


def test_a_group_without_a_province_in_the_economy_is_left_out():
    assert "southern_xinjiang" not in regions.china().grouping("poverty_area", ["510000"], 2020)
    assert "qinba_liupan" in regions.china().grouping("poverty_area", ["510000"], 2020)


def test_sorted_by_an_outcome_of_the_reference(pair):
    table = hl.compare(pair, ["welfare", "real_gdp"], by="province", sort="real_gdp", against=MIGRATION, nation=True)
    assert table.index[0] == ("welfare", "China")
    assert table[MIGRATION]["real_gdp"].drop("China").is_monotonic_decreasing
    places = [list(table.loc[name].index) for name in ("welfare", "real_gdp")]
    assert places[0] == places[1]
    group = hl.compare(pair, ["welfare"], by="West", sort="welfare")
    assert group.index[0] == ("welfare", "West")


def test_what_only_the_nation_has_is_told_where_it_is_asked_for(pair):
    assert list(hl.compare(pair, ["theil", "welfare"]).loc["theil"].index) == ["China"]
    assert "theil" not in hl.compare(pair).index
    assert "theil" in hl.compare(pair, by="nation").index


def test_scenarios_are_solved_where_they_are_not_yet(pair):
    table = hl.compare([hl.read(MIGRATION), pair[TRADE]], ["welfare"], by="nation")
    assert list(table.columns) == [MIGRATION, TRADE]
    assert hl.compare(MIGRATION, ["welfare"], by="nation")[MIGRATION].item() == table[MIGRATION].item()


def test_seven_scenarios_are_too_many(pair):
    teaches(lambda: hl.compare([pair[TRADE]] * 7), ["6", "7"], ["6", "7"])
    assert len(hl.compare([pair[TRADE]] * 6, ["welfare"], by="nation", difference=True).columns) == 6 + 5
    teaches(lambda: hl.compare([]), ["got 0"], ["0 个"])


def test_names_that_are_not_known(pair):
    near = [("by", "wst"), ("sort", "real_incom"), ("variables", ["welfar"]), ("against", "trade_2002")]
    found = ["West", "real_income", "welfare", TRADE]
    for (option, value), word in zip(near, found, strict=True):
        teaches(lambda option=option, value=value: hl.compare(pair, **{option: value}), [word], [word])
    teaches(lambda: hl.compare(pair, sort="theil"), ["theil", "macro_region"], ["theil"])


def test_other_base_years_are_not_compared(pair):
    empty = hl.Scenario("china-2010", [], name="later")
    teaches(lambda: hl.compare([pair[TRADE], empty]), ["china-2000", "china-2010"], ["china-2010"])


def test_the_three_files_hold_the_same_numbers(command, tmp_path: Path, pair):
    for ending in export.ENDINGS:
        path = tmp_path / f"table{ending}"
        code, out, err = command("compare", TRADE, MIGRATION, "--by", "province", "--out", str(path), "--lang", "zh")
        assert (code, bool(out)) == (0, True)
        assert str(path) in err
    expected = hl.compare(pair, by="province", difference=True, nation=True)
    for ending in export.ENDINGS:
        found, heads = numbers_of(tmp_path / f"table{ending}")
        assert heads[:2] == ["代号", "指标"]
        assert heads[6:] == list(expected.columns)
        np.testing.assert_allclose(found, expected, rtol=1e-15 if ending == ".xlsx" else 1e-11, atol=0)
    assert b"\r" not in (tmp_path / "table.csv").read_bytes()


def test_a_folder_is_solved_again_and_gives_what_was_written(command, run_folder: Path, pair):
    code, out, _ = command("compare", str(run_folder), TRADE, "--format", "json", "--against", TRADE)
    assert code == 0
    written = json.loads((run_folder / "run.json").read_text(encoding="utf-8"))
    rows = [{"region": "China", **row} for row in written["headline"]] + written["regions"]
    change = {(row["region"], row["variable"]): row["change"] for row in rows}
    told = json.loads(out)
    assert len(told) == len(hl.compare(pair, nation=True))
    name = f"{MIGRATION} (plain)"
    assert list(told[0])[5:] == [name, TRADE, f"{name} - {TRADE}"]
    for row in told:
        assert row[name] == pytest.approx(change[row["region"], row["variable"]], rel=1e-9, abs=1e-12)


def test_a_folder_of_an_older_version_holds_a_hash_that_followed_the_order_of_arrays(command, run_folder, tmp_path):
    """It is accepted for the base year that it was, and no other."""
    told = json.loads((run_folder / "run.json").read_text(encoding="utf-8"))
    china, other = hl.load("china-2000"), hl.load("china-2010")
    assert told["economy"]["sha256"] == digest(china) != older_digest(china)
    for name, economy, expected in (("same", china, 0), ("other", other, 2)):
        (tmp_path / name).mkdir()
        old = {**told, "economy": {**told["economy"], "sha256": older_digest(economy)}}
        (tmp_path / name / "run.json").write_text(json.dumps(old), encoding="utf-8")
        assert command("compare", str(tmp_path / name), TRADE, "--format", "json")[0] == expected


def test_a_folder_whose_base_year_is_another_or_gone(command, run_folder: Path, tmp_path: Path):
    told = json.loads((run_folder / "run.json").read_text(encoding="utf-8"))
    moved = {**told, "economy": {**told["economy"], "sha256": "0" * 64}}
    units = {**told["economy"]["units"], "price_year": 1990}  # the same arrays, counted in other money
    repriced = {**told, "economy": {**told["economy"], "units": units}}
    gone = {**told, "scenario": told["scenario"].replace("china-2000", "mine.npz")}
    for name, content, words in (
        ("moved", moved, ["china-2000", "hash"]),
        ("repriced", repriced, ["china-2000"]),
        ("gone", gone, ["mine.npz", "base year"]),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.json").write_text(json.dumps(content), encoding="utf-8")
        code, out, err = command("compare", str(tmp_path / name), TRADE)
        assert (code, out) == (2, "")
        assert all(word in err for word in [*words, str(tmp_path / name)])


def test_a_run_writes_every_table(run_folder: Path):
    names = [
        "headline",
        "regions",
        "flows",
        "decomposition",
        "channels",
        "benefits",
        "gains",
        "bridge",
        "sensitivity",
        "gain_ranges",
    ]
    assert sorted(path.stem for path in (run_folder / "tables").iterdir()) == sorted(names)
    sheets = openpyxl.load_workbook(run_folder / "tables.xlsx").worksheets
    sections = re.findall(r"^## .*\n\n((?:\|.*\n)+)", (run_folder / "tables.md").read_text(encoding="utf-8"), re.M)
    first, *sheets, last = sheets
    assert (first.title, last.title) == ("notes", "sources")
    assert len(sheets) == len(sections) == len(names)
    for name, sheet in zip(names, sheets, strict=True):
        assert sheet.max_row - 1 == len(pd.read_csv(run_folder / "tables" / f"{name}.csv")) > 0
    table = pd.read_csv(run_folder / "tables" / "headline.csv").set_index("key")
    written = json.loads((run_folder / "run.json").read_text(encoding="utf-8"))["headline"]
    assert {row["variable"]: float(f"{row['change']:.12g}") for row in written} == table["change"].to_dict()


def test_two_workbooks_of_one_table_are_the_same_bytes(tmp_path: Path, monkeypatch):
    frame = pd.DataFrame({"outcome": ["a", None], "change": [0.1, np.nan], "count": [1, 2]})
    first = export.write_tables({"Title": frame}, tmp_path / "a.xlsx")
    monkeypatch.setattr("time.time", lambda: 2e9)
    second = export.write_tables({"Title": frame}, tmp_path / "b.xlsx")
    assert first.read_bytes() == second.read_bytes()
    sheet = openpyxl.load_workbook(first).worksheets[0]
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.bold) == ("Title", "A2", True)
    assert [[cell.value for cell in row] for row in sheet["A2:C3"]] == [["a", 0.1, 1], [None, None, 2]]
    assert sheet["B2"].data_type == sheet["C2"].data_type == "n"


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")']


def test_text_is_never_a_formula(tmp_path: Path):
    frame = pd.DataFrame({"=head": DANGEROUS, "change": [-0.5] * len(DANGEROUS)})
    sheet = openpyxl.load_workbook(export.write_tables({"=title": frame}, tmp_path / "a.xlsx")).worksheets[0]
    cells = [sheet["A1"], *(row[0] for row in sheet.iter_rows(min_row=2))]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in ["=head", *DANGEROUS]]
    assert all(cell.quotePrefix for cell in cells)
    read = pd.read_csv(export.write_tables({"=title": frame}, tmp_path / "a.csv"))
    assert list(read.iloc[:, 0]) == [f"'{text}" for text in DANGEROUS]
    assert list(read["change"]) == [-0.5] * len(DANGEROUS)


def test_a_scenario_whose_title_is_a_formula(command, tmp_path: Path):
    text = hl.read(MIGRATION).to_yaml()
    file = tmp_path / "mine.yaml"
    file.write_text(re.sub(r"(?s)title:.*?economy", "title: '=1+1'\neconomy", text), encoding="utf-8")
    code, _, err = command("compare", str(file), "--out", str(tmp_path / "a.xlsx"))
    assert code == 0, err
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


def test_a_name_is_no_markup(command, tmp_path: Path):
    file = tmp_path / "mine.yaml"
    file.write_text(f"name: 'a[/b]'\n{hl.read(MIGRATION).to_yaml().partition(chr(10))[2]}", encoding="utf-8")
    for form in ("table", "md"):
        code, out, err = command("compare", str(file), "--by", "nation", "--format", form)
        assert (code, err) == (0, "")
        assert "a[/b]" in out


def test_markdown_keeps_its_columns(tmp_path: Path):
    frame = pd.DataFrame({"a|b": ["x|y\nz", "<b>"], "n": [0.1, np.nan]})
    told = export.write_tables({"T": frame}, tmp_path / "a.md").read_text(encoding="utf-8")
    assert told == "## T\n\n| a\\|b | n |\n| --- | ---: |\n| x\\|y z | 0.1 |\n| &lt;b> |  |\n"


def test_sheets_have_names_that_excel_takes():
    assert workbook.sheet_name("a/b[c]: 'd'?*", []) == "a b c d"
    assert workbook.sheet_name("x" * 40, ["x" * 31]) == "x" * 27 + " 2"
    assert workbook.sheet_name("[]", []) == "table"


def test_a_file_that_is_there_is_left_alone(tmp_path: Path):
    frame = pd.DataFrame({"a": [1]})
    path = export.write_tables({"T": frame}, tmp_path / "a.csv")
    teaches(lambda: export.write_tables({"T": frame}, path), ["a.csv", "exists"], ["a.csv"])
    teaches(lambda: export.write_tables({"T": frame}, tmp_path / "a.ods"), export.ENDINGS, export.ENDINGS)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


def test_an_amount_has_its_unit_in_either_language():
    """Goods no longer lost on the way are money: what `lang` prints is what the command prints."""
    plain = hl.compare(["dual_transfer"], ["goods_saved"], by="nation")
    said = hl.compare(["dual_transfer"], ["goods_saved"], by="nation", lang="zh")
    assert plain.attrs["change_unit"]["goods_saved"] == "bn yuan"
    assert said.iloc[0].tolist() == ["亿元", pytest.approx(10 * float(plain.iloc[0, 0]))]
