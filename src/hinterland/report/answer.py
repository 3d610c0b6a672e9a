"""What a command answers: rows for programs, tables for readers, an exit code; as JSON, CSV or Markdown."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    tables: Callable[[], Mapping[str, Sheet | None]]  # for readers, by name; None where there is nothing of the kind
    code: int = 0  # 1 where a check failed
    document: Callable[[], Any] | None = None  # JSON, where it is more than the rows
    opening: Callable[[], str] = str  # above the tables
    meaning: Callable[[], str] = str  # below them, where it takes work to say
    closing: str = ""  # below them
    note: str = ""  # below them on a terminal
    short: bool = False  # whether the first screen ends after so many lines
    screen: Callable[[], Sequence[str | Sheet]] | None = None  # what is shown first, where that is not all of it
    apart: Collection[str] = ()  # tables that are shown by name, not among all

    def as_text(self, form: str) -> str:
        """Return the answer as JSON, CSV or Markdown."""
        if form == "json":
            return dumps(list(self.rows) if self.document is None else self.document()) + "\n"
        if form == "csv":
            rows = [{name: in_digits(value) for name, value in row.items()} for row in self.rows]
            return str(pd.DataFrame(rows).to_csv(index=False, lineterminator="\n"))
        before, *after = (f"{words}\n" if words else "" for words in (self.opening(), self.meaning(), self.closing))
        return before + "\n".join(map(markdown_of, self.all_tables())) + "".join(after)

    def parts(self, detail: bool, only: str, lang: str) -> Sequence[str | Sheet]:
        """Return what is printed on a terminal: the first screen, everything, or the table of a name in any language.

        Raises a DataError with the known names where there is no such table.
        """
        if only:
            return [self.table(only, lang)]
        if self.screen is not None and not detail:
            return self.screen()
        parts: list[str | Sheet] = [self.opening(), *self.all_tables(), self.meaning(), self.closing, self.note]
        return [part for part in parts if part]

    def all_tables(self) -> list[Sheet]:
        """Return the tables that there are, but for those that are shown by name."""
        found = (table for name, table in self.tables().items() if name not in self.apart)
        return [table for table in found if table is not None]

    def table(self, said: str, lang: str) -> Sheet:
        """Return the table of a name in any language; a DataError has the known names where there is none."""
        tables = self.tables()
        found = tables.get(table_named(said, tables))
        if found is None:
            raise unknown_table(said, [name for name, table in tables.items() if table is not None], lang)
        return found


def table_named(said: str, tables: Iterable[str]) -> str:
    """Return which of the names of tables is meant, by key or in either language; empty where none is."""
    return meant(said, {name: [name_in("table", name, of) for of in LANGUAGES] for name in tables})


def unknown_table(said: str, tables: Iterable[str], lang: str) -> DataError:
    """Say that no table is called so, with the nearest, or all that are."""
    names = [*(name_in("table", name, lang) for name in tables), *tables]
    return DataError(Problem("report.no_table", {"value": said, "near": hint(said, names, 30)}))


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
