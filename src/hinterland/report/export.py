"""Tables as files: CSV, Excel, Markdown. The same table gives the same bytes; text never becomes a formula.

CSV that people open carries the mark by which spreadsheets see UTF-8, and like Markdown twelve digits, of which none is
noise. `results.csv` of a run is for programs: it has neither, nor any letter beyond ASCII.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.data.save import require_folder, save_atomically
from hinterland.errors import DataError, Problem
from hinterland.report.cells import FORMULA, body, heads_of
from hinterland.report.workbook import workbook

if TYPE_CHECKING:
    from hinterland.report.sheet import Sheet

ENDINGS = (".csv", ".xlsx", ".md")
DIGITS = 12  # of a number that people read
MARKED = "utf-8-sig"


def check_out(place: Path) -> None:
    """Raise a DataError before any work where the results could not be written."""
    if place.exists():
        raise DataError(Problem("report.exists", {"place": place}))
    require_folder(place)
    parent = place.absolute().parent
    try:  # permissions say yes to root, also where a file system says no
        tempfile.TemporaryFile(dir=parent).close()
    except OSError as error:
        raise DataError(Problem("report.unwritable", {"place": place, "why": str(parent)})) from error


def check_file(path: str | Path) -> None:
    """Raise a DataError, before any work, where a table could not be written: ending, existing file, permissions."""
    if Path(path).suffix.lower() not in ENDINGS:
        raise DataError(Problem("export.ending", {"place": path, "known": ", ".join(ENDINGS)}))
    check_out(Path(path))


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


def markdown_of(sheet: Sheet) -> str:
    """Return a table of words as Markdown."""
    return markdown(sheet.title, sheet.heads, sheet.rows, sheet.right)
