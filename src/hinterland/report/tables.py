"""Tables for the terminal, in the user's language. Numbers come from `study`, words from the table of texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from hinterland.texts import table as texts
from hinterland.texts import text
from hinterland.texts import unit_name as unit_name

if TYPE_CHECKING:
    from rich.table import Table


POINTS = ("nonag_share", "urbanization_rate")
IN_PERCENT = ("urbanization_rate",)  # told in % already: changes are points as they stand


def variable_name(name: str, lang: str) -> str:
    """Return the name of an outcome, or the name itself where the texts have none."""
    key = f"variable.{name}"
    return text(key, lang) if key in texts() else name


def make(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1, tail: int = 0) -> Table:
    """Return a table whose first `left` and last `tail` columns are words and the rest numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text  # plain text: a name such as [x] is no markup

    made = Table(title=Text(title, "table.title"), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for position, column in enumerate(columns):
        justify: Literal["left", "right"] = "left" if position < left or position >= len(columns) - tail else "right"
        made.add_column(Text(column), justify=justify, overflow="fold")  # nothing is cut off
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def number(value: Any, digits: int = 3) -> str:
    """Write a figure; a dash where there is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return f"{value:,.{digits}f}"


def percent(value: float, digits: int = 2, name: str = "") -> str:
    """Write a relative change in percent with its sign; a change of an outcome told in percent as it stands."""
    scale = 1 if name in IN_PERCENT else 100
    return "–" if math.isnan(value) else f"{scale * value:+.{digits}f}"


def part_name(part: str, lang: str) -> str:
    """Return the name of a channel or of the total; a policy's label as it is."""
    if part == "total":
        return text("report.total", lang)
    return text(f"channel.{part}", lang) if f"channel.{part}" in texts() else part


def parameter_name(name: str, lang: str) -> str:
    """Return the name of an elasticity with its symbol."""
    return text(f"parameter.{name}", lang)
