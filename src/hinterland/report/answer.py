"""What a command answers: rows for programs, tables for readers, an exit code; as JSON, CSV or Markdown."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.errors import DataError, Problem, hint
from hinterland.names import meant
from hinterland.report.export import in_digits, markdown_of
from hinterland.texts import LANGUAGES, name_in

if TYPE_CHECKING:
    from hinterland.report.sheet import Sheet


@dataclass(frozen=True)
class Answer:
    """What is printed in one form or another, and the exit code."""

    rows: Sequence[Mapping[str, Any]]  # for programs
    tables: Callable[[], Mapping[str, Sheet]]  # for readers, by name
    code: int = 0  # 1 where a check failed
    document: Any = None  # JSON, where it is more than the rows
    opening: str = ""  # above the tables
    closing: str = ""  # below them
    note: str = ""  # below them on a terminal
    short: bool = False  # whether the first screen ends after so many lines
    screen: Callable[[], Sequence[str | Sheet]] | None = None  # what is shown first, where that is not all of it

    def as_text(self, form: str) -> str:
        """Return the answer as JSON, CSV or Markdown."""
        if form == "json":
            return dumps(list(self.rows) if self.document is None else self.document) + "\n"
        if form == "csv":
            rows = [{name: in_digits(value) for name, value in row.items()} for row in self.rows]
            return str(pd.DataFrame(rows).to_csv(index=False, lineterminator="\n"))
        opening, closing = (f"{words}\n" if words else "" for words in (self.opening, self.closing))
        return opening + "\n".join(markdown_of(table) for table in self.tables().values()) + closing

    def parts(self, detail: bool, only: str, lang: str) -> Sequence[str | Sheet]:
        """Return what is printed on a terminal: the first screen, everything, or the table of a name in any language.

        Raises a DataError with the known names where there is no such table.
        """
        if only:
            tables = self.tables()
            return [tables[named(only, tables, lang)]]
        if self.screen is not None and not detail:
            return self.screen()
        after = [words for words in (self.closing, self.note) if words]
        return [*([self.opening] if self.opening else []), *self.tables().values(), *after]


def named(only: str, tables: Iterable[str], lang: str) -> str:
    """Return which of the names of tables is meant, in either language; raise with all of them where none is."""
    known = {name: [name_in("table", name, of) for of in LANGUAGES] for name in tables}
    found = meant(only, known)
    if not found:
        names = [name_in("table", name, lang) for name in known]
        raise DataError(Problem("report.no_table", {"value": only, "near": hint(only, [*names, *known], 30)}))
    return found


def plain(value: Any) -> Any:
    """Return the value with NumPy numbers as Python's and NaN as None, so that JSON stays valid."""
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def dumps(value: Any) -> str:
    """Return JSON text: Chinese as it is, keys in the order given, every digit kept."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as mappings."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
