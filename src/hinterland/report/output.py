"""The four forms of an answer: a table to read, Markdown, JSON, CSV. One place decides."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from hinterland.report.export import markdown_of
from hinterland.report.record import dumps

Show = Callable[[Sequence[Any]], None]


def tell(rows: Sequence[Mapping[str, Any]], form: str, tables: Callable[[], Sequence[Any]], show: Show) -> None:
    """Print rows as JSON or CSV, or the tables made of them, to read or as Markdown."""
    if form == "json":
        sys.stdout.write(dumps(list(rows)) + "\n")
    elif form == "csv":
        sys.stdout.write(pd.DataFrame(list(rows)).to_csv(index=False, lineterminator="\n"))
    else:
        put(tables(), form, show)


def put(tables: Sequence[Any], form: str, show: Show) -> None:
    """Print tables to read, or as Markdown."""
    if form == "md":
        sys.stdout.write("\n".join(markdown_of(table) for table in tables))
    else:
        show(tables)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as mappings."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
