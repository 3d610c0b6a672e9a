"""Tables as files: CSV, Excel, Markdown. The same table gives the same bytes; text never becomes a formula.

CSV that people open carries the mark by which spreadsheets see UTF-8, and like Markdown twelve digits, of which none is
noise. `results.csv` of a run is for programs: it has neither, nor any letter beyond ASCII.
"""

from __future__ import annotations

import io
import math
import re
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from hinterland.data.save import save_atomically
from hinterland.errors import DataError, Problem
from hinterland.names import columns

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet
    from rich.table import Table

ENDINGS = (".csv", ".xlsx", ".md")
LONG_AGO = datetime(1980, 1, 1)  # the first day a zip archive knows
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet reads as a formula
WIDEST = 60  # characters
DIGITS = 12  # of a number that people read
MARKED = "utf-8-sig"


def check_out(place: Path) -> None:
    """Raise a DataError before any work where the results could not be written."""
    if place.exists():
        raise DataError(Problem("report.exists", {"place": place}))
    parent = next(above for above in place.absolute().parents if above.exists())
    try:  # permissions say yes to root, also where a file system says no
        tempfile.TemporaryFile(dir=parent).close()
    except OSError as error:
        raise DataError(Problem("report.unwritable", {"place": place, "why": str(parent)})) from error


def check_file(path: str | Path) -> None:
    """Raise a DataError, before any work, where a table could not be written: ending, existing file, permissions."""
    if Path(path).suffix.lower() not in ENDINGS:
        raise DataError(Problem("export.ending", {"place": path, "known": ", ".join(ENDINGS)}))
    check_out(Path(path))


def write_table(frame: pd.DataFrame, path: str | Path, title: str) -> Path:
    """Write a table to a new file of the kind its ending says; CSV holds no title."""
    return write_tables({title: frame}, path)


def write_tables(tables: Mapping[str, pd.DataFrame], path: str | Path) -> Path:
    """Write tables by title to one new file: sheets of a workbook, sections of Markdown; CSV takes the first alone."""
    check_file(path)
    return save_atomically(path, lambda file: file.write_bytes(as_bytes(tables, file.suffix.lower())))


def as_bytes(tables: Mapping[str, pd.DataFrame], ending: str) -> bytes:
    """Return what a file of that ending holds."""
    if ending == ".xlsx":
        return workbook(tables)
    if ending == ".csv":
        return csv(next(iter(tables.values()))).encode(MARKED)
    return "\n".join(markdown(title, heads_of(frame), body(frame)) for title, frame in tables.items()).encode()


def plain(value: Any) -> str | int | float | None:
    """Return a cell as text or a number of Python's; None where there is nothing."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def body(frame: pd.DataFrame) -> list[list[str | int | float | None]]:
    """Return the rows of a table."""
    columns = [frame.iloc[:, position] for position in range(frame.shape[1])]
    return [[plain(value) for value in row] for row in zip(*columns, strict=True)]


def heads_of(frame: pd.DataFrame) -> list[str]:
    """Return the names of the columns as text."""
    return [str(name) for name in frame.columns]


def csv(frame: pd.DataFrame) -> str:
    """Return a table as CSV; text that a spreadsheet would read as a formula gets an apostrophe before it."""
    rows = [[quoted(in_digits(value)) for value in row] for row in body(frame)]
    heads = [quoted(head) for head in heads_of(frame)]
    return str(pd.DataFrame(rows, columns=heads, dtype=object).to_csv(index=False, lineterminator="\n"))


def in_digits(value: Any) -> Any:
    """Return a number with as many digits as people read; anything else as it is."""
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def quoted(value: Any) -> Any:
    """Return text with an apostrophe where a spreadsheet would read it as a formula; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def markdown(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], numbers: Sequence[bool] = ()) -> str:
    """Return a table as Markdown under its title; `numbers` says which columns are set to the right."""
    rows = list(rows)
    right = list(numbers) or [
        any(not isinstance(row[place], str | None) for row in rows) for place in range(len(heads))
    ]
    lines = [heads, ["---:" if is_number else "---" for is_number in right]]
    lines += [["" if value is None else escaped(value) for value in row] for row in rows]
    lines[0] = [escaped(head) for head in heads]
    return f"## {escaped(title)}\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def escaped(value: object) -> str:
    """Return a cell of Markdown: one line, nothing that breaks the table or is HTML."""
    line = " ".join(str(in_digits(value)).split())
    return re.sub(r"([\\|])", r"\\\1", line).replace("<", "&lt;")


def markdown_of(table: Table) -> str:
    """Return a table of the terminal as Markdown."""
    rows = zip(*(column.cells for column in table.columns), strict=True)
    numbers = [column.justify == "right" for column in table.columns]
    return markdown(str(table.title or ""), [str(column.header) for column in table.columns], rows, numbers)


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
    """Put a table on a sheet: bold heads that stay in view, columns wide enough, text as text."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    heads = heads_of(frame)
    rows: list[list[str | int | float | None]] = [[*heads], *body(frame)]
    for down, row in enumerate(rows, start=1):
        for across, value in enumerate(row, start=1):
            put(cast("Cell", sheet.cell(down, across)), value)
    for across in range(1, len(heads) + 1):
        widest = max(width(row[across - 1]) for row in rows)
        sheet.column_dimensions[get_column_letter(across)].width = min(widest, WIDEST) + 2
        head = sheet.cell(1, across)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def put(cell: Cell, value: str | int | float | None) -> None:
    """Write a value into a cell; text stays text, whatever it starts with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:32_767]
    cell.data_type = "s"
    if value.startswith(FORMULA):
        cell.quotePrefix = True


def width(value: str | int | float | None) -> int:
    """Return how wide a cell is in Latin letters; a Chinese character takes two."""
    return columns(f"{value:g}" if isinstance(value, float) else str(value or ""))
