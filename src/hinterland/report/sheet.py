"""A table of words, which every way of showing one reads: lines of a terminal, Markdown, a report, a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True)
class Sheet:
    """A table as text; `right` says which columns are numbers, `ends` that its first and last rows tell most."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    ends: bool = False

    @property
    def foremost(self) -> list[int]:
        """The rows in the order in which they are shown where there is no room for all: from both ends, or in order."""
        places = [*range(len(self.rows))]
        if not self.ends:
            return places
        half = -(-len(places) // 2)
        return [
            place for pair in zip_longest(places[:half], places[half:][::-1]) for place in pair if place is not None
        ]

    @property
    def columns(self) -> list[list[str]]:
        """The cells of each column."""
        return [[row[place] for row in self.rows] for place in range(len(self.heads))]


def make(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1, tail: int = 0) -> Sheet:
    """Return a table whose first `left` and last `tail` columns are words and the rest numbers."""
    right = tuple(left <= place < len(heads) - tail for place in range(len(heads)))
    return Sheet(title, tuple(heads), tuple(map(tuple, rows)), right)


class Sheets(Mapping[str, Sheet | None]):
    """Tables by name, each worked out when it is asked for; None where there is nothing of the kind."""

    def __init__(self, makes: Mapping[str, Callable[[], Sheet | None]]) -> None:
        self.makes = makes

    def __getitem__(self, name: str) -> Sheet | None:
        return self.makes[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self.makes)

    def __len__(self) -> int:
        return len(self.makes)
