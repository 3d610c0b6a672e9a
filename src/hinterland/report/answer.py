"""What a command answers: rows for programs, tables for readers, an exit code; as JSON, CSV or Markdown."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.errors import Bilingual, DataError, Problem, hint, in_both, nearest, several
from hinterland.names import meant
from hinterland.report.export import in_digits, markdown_of
from hinterland.report.headings import named_by, titled
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
    heading: Callable[[], str] = str  # above one table that stands alone: of what it is
    meaning: Callable[[], str] = str  # below them, where it takes work to say
    closing: str = ""  # below them
    note: str = ""  # below them on a terminal
    short: bool = False  # whether the first screen ends after so many lines
    screen: Callable[[], Sequence[str | Sheet]] | None = None  # what is shown first, where that is not all of it
    frame: Callable[[str], pd.DataFrame] | None = None  # a table by its key with its numbers as they are
    as_counted: Sequence[Mapping[str, Any]] | None = None  # the rows in CSV, where a language counts in other units
    apart: Collection[str] = ()  # tables that are shown by name, not among all

    def as_text(self, form: str, only: str = "", lang: str = "en") -> str:
        """Return the answer, or the one table of a name, as JSON, CSV or Markdown."""
        rows, document = (self.rows_of(only, lang), None) if only else (self.rows, self.document)
        if form == "json":
            return dumps(list(rows) if document is None else document()) + "\n"
        if form == "csv":
            counted = rows if only or self.as_counted is None else self.as_counted
            read = [{name: in_digits(value) for name, value in row.items()} for row in counted]
            return str(pd.DataFrame(read, dtype=object).to_csv(index=False, lineterminator="\n"))
        if only:
            return "\n".join(filter(None, [self.heading(), markdown_of(self.table(only, lang))]))
        before, *after = (f"{words}\n" if words else "" for words in (self.opening(), self.meaning(), self.closing))
        return before + "\n".join(map(markdown_of, self.all_tables())) + "".join(after)

    def rows_of(self, said: str, lang: str) -> list[dict[str, Any]]:
        """Return the rows of the table of a name: with its numbers where they are at hand, else as they are read."""
        if self.frame is not None:
            return records(self.frame(self.named(said, lang)))
        sheet = self.table(said, lang)
        return [dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows]

    def parts(self, detail: bool, only: str, lang: str) -> Sequence[str | Sheet]:
        """Return what is printed on a terminal: the first screen, everything, or the table of a name in any language.

        Raises a DataError with the known names where there is no such table.
        """
        if only:
            return [*filter(None, [self.heading()]), self.table(only, lang)]
        if self.screen is not None and not detail:
            return self.screen()
        parts: list[str | Sheet] = [self.opening(), *self.all_tables(), self.meaning(), self.closing, self.note]
        return [part for part in parts if part]

    def all_tables(self) -> list[Sheet]:
        """Return the tables that there are, but for those that are shown by name."""
        found = (table for name, table in self.tables().items() if name not in self.apart)
        return [table for table in found if table is not None]

    def table(self, said: str, lang: str) -> Sheet:
        """Return the table of a name or heading in any language; a DataError has the known names where none is.

        Tables that stand under one heading are one, side by side.
        """
        tables = self.tables()
        key = table_named(said, tables)
        found = tables[key] if key else self.titled(said, tables)
        if found is None:
            there = [name for name, table in tables.items() if table is not None]
            raise empty_table(key, there) if key else unknown_table(said, there)
        return found

    def titled(self, said: str, tables: Mapping[str, Sheet | None]) -> Sheet | None:
        """Return the table above which a heading stands: among all, else among those of the first screen alone."""
        shown = self.screen() if self.screen else ()
        return titled(said, [*filter(None, tables.values())]) or titled(
            said, [part for part in shown if not isinstance(part, str)]
        )

    def named(self, said: str, lang: str) -> str:
        """Return the key of the table of a name in any language."""
        return require_table(said, self.tables(), lang)


def table_named(said: str, tables: Iterable[str]) -> str:
    """Return which of the names of tables is meant, by key or in either language; empty where none is."""
    return meant(said, {name: [name_in("table", name, of) for of in LANGUAGES] for name in tables})


def require_table(said: str, tables: Iterable[str], lang: str, heads: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the key of the table that is meant; raise with the nearest name, or all, where none is.

    `heads`: what may be printed above each.
    """
    known, said = [*tables], str(said)
    key = table_named(said, known) or named_by(said, heads or {})
    if not key:
        raise unknown_table(said, known)
    return key


def unknown_table(said: str, tables: Iterable[str]) -> DataError:
    """Say that no table is called so, with the nearest, or all that are."""
    keys = [*tables]
    near = nearest(said, [*called_so(keys), *in_both({key: name_in("table", key, "zh") for key in keys})])
    asked = Problem("hint.near", {"near": near}) if near else hint(said, called_so(keys), 30)
    return DataError(Problem("report.no_table", {"value": said, "near": asked}))


def empty_table(key: str, there: Iterable[str]) -> DataError:
    """Say that nothing would stand in a table, with those in which something does."""
    return DataError(Problem("report.empty_table", {"value": called_so([key])[0], "known": several(called_so(there))}))


def called_so(tables: Iterable[str]) -> list[Bilingual]:
    """Return tables as messages list them: by their names."""
    names = ((name_in("table", name, "en"), name_in("table", name, "zh")) for name in tables)
    return [Bilingual(en, zh) for en, zh in dict.fromkeys(names)]


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
