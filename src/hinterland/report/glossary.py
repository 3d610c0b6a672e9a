"""The glossary as it is asked for: every term, or those that a word means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from hinterland.errors import Bilingual, DataError, Problem, hint, require_language
from hinterland.names import without_unit
from hinterland.report.answer import Answer
from hinterland.report.frames import headed
from hinterland.report.sheet import Sheet, make
from hinterland.schema.glossary import Term, terms
from hinterland.shown import Shown
from hinterland.texts import LANGUAGES, text

HEADS = ("key", "term", "meaning")


@dataclass(frozen=True, repr=False)
class Glossary(Shown):
    """Terms with their sentences, in one language."""

    terms: tuple[Term, ...]
    lang: str

    def __repr__(self) -> str:
        if len(self.terms) > 1:
            return f'<Glossary: {len(self.terms)} terms; .table(), or hl.glossary("{self.terms[0].key}") for one>'
        return "\n".join(f"{term.name(self.lang)}: {term.says(self.lang)}" for term in self.terms)

    def table(self) -> pd.DataFrame:
        """Return one row a term.

        - key (key): as in code
        - term (text): what it is called
        - meaning (text): one sentence
        """
        return headed(pd.DataFrame(rows(self.terms, self.lang), columns=list(HEADS)), self.lang)


def glossary(term: str = "", lang: str = "en") -> Glossary:
    """Return what a word means: a term, an outcome or the head of a table, in either language; all where none is named.

    A DataError names the nearest where nothing is called so.
    """
    require_language(lang)
    return Glossary(tuple(meant(term) if term else terms().values()), lang)


def meant(word: str) -> list[Term]:
    """Return the terms of this name, with or without a unit, else those in whose names it stands; raise where none."""
    known, asked = [(term, called(term)) for term in terms().values()], plain(word)
    found = [term for term, names in known if asked in names]
    found = found or [term for term, names in known if plain(without_unit(str(word))) in names]
    found = found or [term for term, names in known if asked and any(asked in name for name in names)]
    if not found:
        near = hint(asked, [Bilingual(term.en, term.zh) for term, _ in known])
        raise DataError(Problem("glossary.unknown", {"value": word, "near": near}))
    return found


def called(term: Term) -> list[str]:
    """Return every name of a term: key, names in both languages, heads of tables."""
    heads = [text(f"column.{head}", lang) for head in term.heads for lang in LANGUAGES]
    return [plain(name) for name in (term.key, term.zh, term.en, *heads)]


def plain(name: str) -> str:
    """Return a name without what is no part of it: case, underscores, blanks around."""
    return " ".join(str(name).replace("_", " ").casefold().split())


def rows(chosen: Iterable[Term], lang: str) -> list[tuple[str, str, str]]:
    """Return key, name and sentence of terms."""
    return [(term.key, term.name(lang), term.says(lang)) for term in chosen]


def answer(term: str, lang: str) -> Answer:
    """Return the glossary, or what a word means, as it is printed."""
    found = [dict(zip(HEADS, row, strict=True)) for row in rows(glossary(term, lang).terms, lang)]

    def tables() -> dict[str, Sheet]:
        heads = [text(f"column.{name}", lang) for name in HEADS[1:]]
        said = [(row["term"], row["meaning"]) for row in found]
        return {"glossary": make(text("glossary.title", lang), heads, said, left=2)}

    return Answer(found, tables)
