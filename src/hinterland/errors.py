"""What can go wrong, in the user's words: rule, place, finding with unit, usual cause, remedy.

An error carries keys of the table of texts and their values, so that it can be told in either language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Self

from hinterland.texts import text


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


@dataclass(frozen=True)
class Problem:
    """One finding: a key of the table of texts and the values that fill it; a value may be a text itself."""

    key: str
    values: dict[str, object] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """Tell the finding in one language."""
        return text(self.key, lang, **{name: in_language(value, lang) for name, value in self.values.items()})


def in_language(value: Any, lang: str) -> Any:
    """Return a value of a message in one language, where it has several."""
    return value.text(lang) if isinstance(value, Problem | Bilingual) else value


def joined(words: Iterable[str], between: str = " ") -> Bilingual:
    """Return one text of several, of which some may be told otherwise in Chinese."""
    kept = list(words)
    return Bilingual(*(between.join(in_language(word, lang) for word in kept) for lang in ("en", "zh")))


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


def gone(holder: object, name: str, instead: Mapping[str, str]) -> AttributeError:
    """Return the error for a name that is not there; one that has gone says for one version what to use now."""
    kind = holder if isinstance(holder, str) else type(holder).__name__
    hint = f": it has gone; use {instead[name]}" if name in instead else ""
    return AttributeError(f"{kind!r} has no attribute {name!r}{hint}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name nearest to `name`; empty where none is near."""
    folded = {known_name.casefold(): known_name for known_name in known}
    close = get_close_matches(str(name).casefold(), list(folded), n=1, cutoff=0.5)
    return folded[close[0]] if close else ""


def hint(name: str, known: Iterable[str], shown: int = 6) -> Problem:
    """Ask for the known name nearest to `name`; where none is near say so, with the first `shown` of the known."""
    names = [*known]
    if near := nearest(name, names):
        return Problem("hint.near", {"near": near})
    first = ", ".join(names[:shown]) + (", …" if len(names) > shown else "")
    return Problem("hint.known", {"known": first}) if shown and names else Problem("hint.none")


def places(names: Sequence[str], total: int, shown: int = 5) -> Bilingual:
    """Return at most `shown` names and 'k / N', for the *where* of a message."""
    more = ", …" if len(names) > shown else ""
    return joined([joined(names[:shown], ", "), f"{more} ({len(names)} / {total})"], "")
