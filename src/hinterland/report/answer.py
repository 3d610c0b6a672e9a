"""What a command answers: rows for programs, tables for readers, an exit code; as JSON, CSV or Markdown."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.report.export import markdown_of

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True)
class Answer:
    """What is printed in one form or another, and the exit code."""

    rows: Sequence[Mapping[str, Any]]  # for programs
    tables: Callable[[], Sequence[Table]]  # for readers
    code: int = 0  # 1 where a check failed
    document: Any = None  # JSON, where it is more than the rows
    opening: str = ""  # above the tables
    closing: str = ""  # below them
    note: str = ""  # below them on a terminal

    def as_text(self, form: str) -> str:
        """Return the answer as JSON, CSV or Markdown."""
        if form == "json":
            return dumps(list(self.rows) if self.document is None else self.document) + "\n"
        if form == "csv":
            return str(pd.DataFrame(list(self.rows)).to_csv(index=False, lineterminator="\n"))
        opening, closing = (f"{words}\n" if words else "" for words in (self.opening, self.closing))
        return opening + "\n".join(markdown_of(table) for table in self.tables()) + closing


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
