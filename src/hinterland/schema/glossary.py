"""The words that answers use, one sentence each in both languages: `glossary.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FILE = "glossary.csv"


@dataclass(frozen=True)
class Term:
    """A term: its names, its sentence, and the heads of tables that it explains."""

    key: str  # of an outcome or indicator, where it is one
    zh: str
    en: str
    heads: tuple[str, ...]  # as `column.HEAD` of the texts
    says_zh: str
    says_en: str

    def name(self, lang: str) -> str:
        """Return what it is called in one language."""
        return self.zh if lang == "zh" else self.en

    def says(self, lang: str) -> str:
        """Return its sentence in one language."""
        return self.says_zh if lang == "zh" else self.says_en


@cache
def terms() -> dict[str, Term]:
    """Return every term by key."""
    words = (files("hinterland") / "schema" / FILE).read_text(encoding="utf-8")
    return {row["key"]: term_of(row) for row in csv.DictReader(words.splitlines())}


def term_of(row: dict[str, str]) -> Term:
    """Return the term of a row."""
    return Term(row["key"], row["zh"], row["en"], tuple(row["heads"].split()), row["says_zh"], row["says_en"])
