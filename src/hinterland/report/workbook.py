"""Excel workbooks: percent as percent, units in the heads, heads that stay in view; a run with its notes and sources.

The same tables give the same bytes; text never becomes a formula.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

import pandas as pd

from hinterland.names import columns
from hinterland.report.cells import FORMULA, Value, body, heads_of
from hinterland.texts import LANGUAGES, text, unit_name

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LONG_AGO = datetime(1980, 1, 1)  # the first day a zip archive knows
WIDEST = 60  # characters
COUNT = 4  # digits of a number that count
FINEST = 6  # digits after the point
UNITS = ("unit", "change_unit")
POINTS = {unit_name("pp", lang) for lang in LANGUAGES}
PERCENT = {"%", *(unit_name("relative to baseline", lang) for lang in LANGUAGES)}


def workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return an Excel workbook with one sheet a table: the same bytes for the same tables."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, frame in tables.items():
        fill(book.create_sheet(sheet_name(title, book.sheetnames)), frame)
    book.properties.created = book.properties.modified = LONG_AGO
    stream = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(stream, "w")).save()  # unlike `Workbook.save` it does not write the time
    return timeless(stream)


def timeless(stream: io.BytesIO) -> bytes:
    """Return an archive with the same files in the same order, all of one time long ago."""
    copy = io.BytesIO()
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(copy, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, LONG_AGO.timetuple()[:6])
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            after.writestr(entry, before.read(name))
    return copy.getvalue()


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """Return a title as the name of a sheet: at most 31 letters, none that Excel refuses, none twice."""
    words = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", re.split("[(（]", title)[0]).split()
    short = " ".join(words)[:31].strip() or "table"
    known = {name.casefold() for name in taken}
    numbered = (f"{short[:27]} {count}" for count in range(2, len(known) + 3))
    return next(name for name in (short, *numbered) if name.casefold() not in known)


def fill(sheet: Worksheet, frame: pd.DataFrame) -> None:
    """Put a table on a sheet: bold heads that stay in view, columns wide enough, numbers as they are read."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    heads, rows = heads_of(frame), body(frame)
    for across, head in enumerate(heads, start=1):
        top = cast("Cell", sheet.cell(1, across))
        put(top, head)
        top.font, top.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        widest = max(width(value) for value in (head, *(row[across - 1] for row in rows)))
        sheet.column_dimensions[get_column_letter(across)].width = min(widest, WIDEST) + 2
    forms = formats(heads, rows)
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            cell = cast("Cell", sheet.cell(down + 2, across + 1))
            put(cell, value)
            if isinstance(value, float):
                cell.number_format = forms[across][down]
            elif isinstance(value, str) and columns(value) > WIDEST:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def put(cell: Cell, value: Value) -> None:
    """Write a value into a cell; text stays text, whatever it starts with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:32_767]
    cell.data_type = "s"
    if value.startswith(FORMULA):
        cell.quotePrefix = True


def width(value: Value) -> int:
    """Return how wide a cell is in Latin letters; a Chinese character takes two."""
    return columns(f"{value:,.4g}" if isinstance(value, float) else str(value or ""))


def formats(heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[list[str]]:
    """Return the number format of each cell, by column: as the units beside it say, with the digits that count.

    Changes are those under that head, with both ends of their range; in a comparison, which has none, those of every
    scenario.
    """
    unit, change_unit = (next((heads.index(head) for head in called(key) if head in heads), None) for key in UNITS)
    compared = change_unit is not None and not called("change") & {*heads}
    changing = called("change") | (called("low") | called("high") if called("change") & {*heads} else set())
    found = []
    for place, head in enumerate(heads):
        change = head in changing or (compared and place > (change_unit or 0))
        beside = change_unit if change else unit if head in called("baseline") | called("value") else None
        values = [row[place] for row in rows]
        units = ["%" if change else ""] * len(rows) if beside is None else [str(row[beside]) for row in rows]
        alike = format_of("", None, values, change)  # looked for once: the cells of a base year are many
        found.append(
            [format_of(of, value, values, change) if of else alike for of, value in zip(units, values, strict=True)]
        )
    return found


def called(key: str) -> set[str]:
    """Return the heads of a column in both languages."""
    return {text(f"column.{key}", lang) for lang in LANGUAGES}


def format_of(unit: str, value: Value, values: Sequence[Value], change: bool) -> str:
    """Return the number format of a cell: percent, points, differences; digits by its size, or by its column's."""
    if unit in PERCENT:
        plain = "0.00%" if change else "0.0%"
    elif change:
        plain = "0.00" if unit in POINTS else "0.0000"
    else:
        sizes = [abs(one) for one in ([value] if unit else values) if isinstance(one, int | float)]
        digits = COUNT - 1 - math.floor(math.log10(max(sizes))) if any(sizes) else 0
        digits = max(0, min(FINEST, digits))
        plain = "#,##0" + ("." + "0" * digits if digits else "")
    return f"+{plain};-{plain};{plain}" if change else plain
