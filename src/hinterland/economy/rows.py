"""What single rows of a table may say wrongly: a code beside another region's name, a number that is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from hinterland.labels import SEPARATED

if TYPE_CHECKING:
    import pandas as pd

# What a program reads as a number everywhere: no separators, no signs of percent, digits of ASCII.
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|\+?inf(inity)?", re.ASCII)
CAUSES = {  # by the text that says it: how numbers look that are written for people
    "import.full_width": re.compile(r".*[０-９．，％－＋].*"),
    "import.in_percent": re.compile(r".*[%‰]"),
    "import.separators": SEPARATED,
    "import.blank": re.compile(r"|[-–—.…]+|n/?a|nan|null|none|缺|缺失", re.IGNORECASE),
}


def number(given: Any) -> float:
    """Return a number as it was stored, or as a program writes one; NaN for what is none."""
    if not isinstance(given, str):
        return float(given)
    return float(given) if NUMBER.fullmatch(given.strip().lower()) else float("nan")


def cause_of(given: str) -> str:
    """Return the text that says why a cell is no number."""
    return next((key for key, looks in CAUSES.items() if looks.fullmatch(given.strip())), "import.odd")


def contrary(
    table: pd.DataFrame, columns: Sequence[str], find: Callable[[str], str | None]
) -> Iterator[tuple[int, str, str, str]]:
    """Yield row, column, code and name where a region's name beside its code is another region's; a row once."""
    for column in columns:
        words = [
            [str(word).strip() for word in table[name].tolist()]
            for name in (column, f"{column}_zh", f"{column}_en")
            if name in table
        ]
        meant = {word: find(word) for word in {word for several in words for word in several}}
        for row, (given, *names) in enumerate(zip(*words, strict=True)):
            code = meant[given]
            other = next((name for name in names if code and meant[name] not in (None, code)), None)
            if code and other is not None:
                yield row, column, code, other
