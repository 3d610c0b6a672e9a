"""What can go wrong, in the user's words: rule, place, finding with unit, usual cause, remedy.

An error carries keys of the table of texts and their values, so that it can be told in either language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Self

from hinterland.names import CHINESE, SHORTEST_PART, folded, is_part
from hinterland.texts import LANGUAGES, table, text

NEAR, NEAR_CHINESE = 0.7, 0.5  # of letters in common, from which a name may have been meant
LONGEST_SAID = 4_000  # letters of a value that a message repeats: a page of help is one
LONGEST_NAME = 300  # letters of what a name may have been meant by
MOST_BITS = 1000  # of a whole number, which a float can hold
HOLDS = 0.8  # what a name counts that holds what was said: as much as a likely slip of the keyboard


class Bilingual(str):
    """A text that messages in Chinese tell otherwise; it is its English one wherever a plain text is wanted."""

    zh: str

    def __new__(cls, en: str, zh: str | None = None) -> Self:
        """Return the text in both languages."""
        both = super().__new__(cls, en)
        both.zh = en if zh is None else zh
        return both

    def text(self, lang: str) -> str:
        """Return the text in one language."""
        return self.zh if lang == "zh" else str(self)


class Word(str):
    """A word of a message, which stands without quotes also where what was given is told in them."""

    __repr__ = str.__str__


@dataclass(frozen=True)
class Problem:
    """One finding: a key of the table of texts and the values that fill it; a value may be a text itself."""

    key: str
    values: dict[str, object] = field(default_factory=dict)

    def text(self, lang: str = "en", terminal: bool = True) -> str:
        """Tell the finding in one language; with the remedy that only a terminal, or only the page, has if any."""
        advice = f"{self.key}.{'terminal' if terminal else 'page'}"
        keys = [self.key, *([advice] if advice in table() else [])]
        values = {name: in_language(value, lang, terminal) for name, value in self.values.items()}
        return "".join(text(key, lang, **values) for key in keys)


def in_language(value: Any, lang: str, terminal: bool = True) -> Any:
    """Return a value of a message in one language, where it has several; what was given is told up to some length."""
    if isinstance(value, Problem):
        return value.text(lang, terminal)
    if isinstance(value, Bilingual):
        return value.text(lang)
    if value is None:
        return Word(text("kind.nothing", lang))
    if isinstance(value, str) and len(value) > LONGEST_SAID:
        return f"{value[:LONGEST_SAID]}…"
    return float("inf") if isinstance(value, int) and value.bit_length() > MOST_BITS else value


def joined(words: Iterable[str], between: str = " ") -> Bilingual:
    """Return one text of several, of which some may be told otherwise in Chinese."""
    kept = list(words)
    return Bilingual(*(between.join(in_language(word, lang) for word in kept) for lang in ("en", "zh")))


def kind_in_words(value: object) -> Problem | str:
    """Return of what kind a value is; what Python calls it where it is of no kind that a file may hold."""
    kinds: dict[str, type | tuple[type, ...]]
    kinds = {"nothing": type(None), "truth": bool, "text": str, "number": (int, float), "list": (list, tuple)}
    key = next((key for key, kind in kinds.items() if isinstance(value, kind)), "")
    return Problem(f"kind.{key}") if key else type(value).__name__


def reason(error: OSError) -> Problem | str:
    """Return why the system refused a file; what it says itself where that is none of the usual reasons."""
    kinds = {
        "absent": FileNotFoundError,
        "forbidden": PermissionError,
        "folder": IsADirectoryError,
        "no_folder": NotADirectoryError,
    }
    key = next((key for key, kind in kinds.items() if isinstance(error, kind)), "")
    return Problem(f"file.{key}") if key else str(error.strerror or error)


class HinterlandError(Exception):
    """All problems found at once; `exit_code` is what the command line returns."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(self.text("en"))

    def text(self, lang: str = "en") -> str:
        """Tell every problem in one language, one a line."""
        return "\n".join(problem.text(lang) for problem in self.problems)


class DataError(HinterlandError):
    """Figures, files or names that break a rule of the data."""


class PolicyError(HinterlandError):
    """A policy or scenario that cannot be what the user meant."""


class ModelError(HinterlandError):
    """Parameters for which the model has no meaning."""


class NotSolvedError(HinterlandError):
    """No equilibrium was found; the text says what to try."""

    exit_code = 1


def require_kind(given: object, kinds: type | tuple[type, ...], wanted: str) -> None:
    """Raise a DataError where something else stands in the place of what a door takes, which `wanted` names."""
    if not isinstance(given, kinds):
        raise DataError(Problem("door.of_what", {"wanted": Problem(f"door.{wanted}"), "found": f"{given!r:.80}"}))


def require_language(lang: object) -> None:
    """Raise a DataError where a language is asked for that no text is told in."""
    if lang not in LANGUAGES:
        raise DataError(Problem("door.lang", {"value": f"{lang!r:.40}"}))


@contextmanager
def told_in(lang: str) -> Iterator[None]:
    """Let an error that a call in one language ends with be printed in it: a traceback has one text alone."""
    try:
        yield
    except HinterlandError as error:
        error.args = (error.text(lang),)
        raise


def gone(holder: object, name: str, instead: Mapping[str, str]) -> AttributeError:
    """Return the error for a name that is not there; one that has gone says for one version what to use now."""
    kind = holder if isinstance(holder, str) else type(holder).__name__
    hint = f": it has gone; use {instead[name]}" if name in instead else ""
    return AttributeError(f"{kind!r} has no attribute {name!r}{hint}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name nearest to `name`: one that holds it, or differs by slips; empty where none is near."""
    said = str(name)
    if len(said) > LONGEST_NAME:
        return ""
    word, least = folded(said), NEAR_CHINESE if CHINESE.search(said) else NEAR
    if not word:
        return ""
    scores = {other: max(likeness(said, word) for word in ways_of(other)) for other in known}
    best = max(scores, key=lambda other: (scores[other], other), default="")  # of equals the last: the newest year
    return best if scores.get(best, 0.0) >= least else ""


def ways_of(name: str) -> set[str]:
    """Return a name in each language in which it is told."""
    return {str(name), name.zh.partition("（")[0]} if isinstance(name, Bilingual) else {name}


def in_both(names: Mapping[str, str]) -> list[Bilingual]:
    """Return keys as messages list them: in Chinese by their names, with the key to type."""
    return [Bilingual(key, f"{name}（{key}）") for key, name in names.items()]


def likeness(said: str, name: str) -> float:
    """Return how alike two names are, from 0 to 1; at least `HOLDS` where one holds the other or has its letters."""
    word, other = folded(said), folded(name)
    alike = SequenceMatcher(None, word, other).ratio()
    holds = (len(word) > 2 and is_part(said, name, begun=True)) or (len(other) >= SHORTEST_PART and other in word)
    swapped = len(word) > 2 and (sorted(word) == sorted(other) or is_slip(word, other))
    return max(alike, HOLDS + (1 - HOLDS) * alike) if holds or swapped else alike


def is_slip(word: str, other: str) -> bool:
    """Whether a word begins like another and has its letters in some order, but for one too many or too few."""
    said, meant = Counter(word), Counter(other)
    more, less = (said - meant).total(), (meant - said).total()
    return len(word) >= SHORTEST_PART and word[0] == other[:1] and more + less == 1


def hint(name: str, known: Iterable[str], shown: int = 6, also: Iterable[str] = ()) -> Problem:
    """Ask for the known name nearest to `name`; where none is near say so, with the first `shown` of the known.

    `also` holds other names of the known, which are taken and not listed.
    """
    names = [*known]
    if near := nearest(name, [*names, *also]):
        return Problem("hint.near", {"near": near})
    first = several([*names[:shown], *(["…"] if len(names) > shown else [])])
    return Problem("hint.known", {"known": first}) if shown and names else Problem("hint.none")


def several(names: Sequence[str]) -> Bilingual:
    """Return names as a message lists them, in Chinese as Chinese parts them."""
    return Bilingual(", ".join(map(str, names)), "、".join(in_language(name, "zh") for name in names))


def places(names: Sequence[str], total: int, shown: int = 5) -> Bilingual:
    """Return at most `shown` names and 'k / N', for the *where* of a message."""
    more = ", …" if len(names) > shown else ""
    return joined([joined(names[:shown], ", "), f"{more} ({len(names)} / {total})"], "")
