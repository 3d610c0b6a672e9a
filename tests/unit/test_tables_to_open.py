"""Tables that people open: the mark of UTF-8 for spreadsheets, twelve digits, a workbook of a base year."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import hinterland as hl
from hinterland.report import exchange, export

FRAME = pd.DataFrame({"地区": ["四川"], "share": [1 / 3], "n": [3]})


def test_csv_for_people_carries_the_mark_and_is_read_back(tmp_path: Path):
    file = export.write_tables({"x": FRAME}, tmp_path / "a.csv")
    assert file.read_bytes().startswith(codecs.BOM_UTF8)
    back = pd.read_csv(file)
    assert list(back) == list(FRAME)
    assert back["share"][0] == 0.333333333333


def test_markdown_has_twelve_digits_and_a_workbook_every_one(tmp_path: Path):
    assert "0.333333333333 |" in export.write_tables({"x": FRAME}, tmp_path / "a.md").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(export.write_tables({"x": FRAME}, tmp_path / "a.xlsx"))
    assert book.worksheets[0]["B2"].value == 1 / 3


def test_a_run_marks_what_people_open_and_nothing_that_programs_read(tmp_path: Path):
    folder = hl.write(hl.run("migration_2000_2005"), tmp_path / "run", lang="zh")
    tables = sorted((folder / "tables").glob("*.csv"))
    assert tables
    for file in tables:
        assert file.read_bytes().startswith(codecs.BOM_UTF8)
        words = file.read_text(encoding="utf-8-sig").splitlines()
        cells = [cell for row in csv.reader(words) for cell in row if "." in cell and cell.replace(".", "").isdigit()]
        assert max((len(cell.replace(".", "").lstrip("0")) for cell in cells), default=0) <= 12
    assert (folder / "results.csv").read_bytes().isascii()
    for name in ("run.json", "scenario.yaml", "tables.md"):
        assert not (folder / name).read_bytes().startswith(codecs.BOM_UTF8)


def test_standard_output_has_no_mark(command):
    _, out, _ = command("data", "list", "--format", "csv", "--lang", "zh")
    assert out.startswith("name,")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_base_year_is_written_as_a_workbook_with_units(lang: str, tmp_path: Path):
    file = tmp_path / "china.xlsx"
    assert str(file) in exchange.write_out("china-2000", file, None, lang)
    book = openpyxl.load_workbook(file, read_only=True)
    contents, *_ = book.worksheets
    rows = list(contents.iter_rows(values_only=True))[1:]
    assert [row[0] for row in rows] == book.sheetnames[1:]
    assert all(row[2] for row in rows)
    economy = hl.load("china-2000")
    sheet = list(book["value_added_nj"].iter_rows(values_only=True))
    assert len(sheet) - 1 == economy.arrays["value_added_nj"].size
    assert sum(row[-1] for row in sheet[1:]) == pytest.approx(economy.arrays["value_added_nj"].sum(), rel=1e-12)
    assert {row[0]: row[2] for row in rows}["value_added_nj"] in sheet[0][-1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_another_ending_is_told_what_is_possible(command, lang: str, tmp_path: Path):
    code, _, err = command("data", "export", "china-2020", "--out", str(tmp_path / "x.pdf"), "--lang", lang)
    assert code == 2
    assert all(word in err for word in ("x.pdf", ".nc", ".xlsx", "CSV"))
    assert not (tmp_path / "x.pdf").exists()
