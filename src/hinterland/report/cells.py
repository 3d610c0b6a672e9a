"""Cells of tables as files hold them: text or numbers of Python's; what a spreadsheet would read as a formula."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet reads as a formula
Value = str | int | float | None


def plain(value: Any) -> Value:
    """Return a cell as text or a number of Python's; None where there is nothing."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def body(frame: pd.DataFrame) -> list[list[Value]]:
    """Return the rows of a table."""
    columns = [frame.iloc[:, position] for position in range(frame.shape[1])]
    return [[plain(value) for value in row] for row in zip(*columns, strict=True)]


def heads_of(frame: pd.DataFrame) -> list[str]:
    """Return the names of the columns as text."""
    return [str(name) for name in frame.columns]
