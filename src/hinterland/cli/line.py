"""The words of a command put in order: options that may stand anywhere, `help` as a word, the user's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hinterland.errors import HinterlandError, Problem
from hinterland.texts import LANGUAGES, Lang, spoken_in

SAME = {"markdown": "md"}  # forms by another name
HELP = "--help"


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language of `--lang`, else of the environment, else English."""
    try:
        given = language(taken(arguments, "--lang")[0] or "")
    except HinterlandError:
        given = None
    return given or spoken_in(environment)


def language(said: str) -> Lang | None:
    """Return the language that is meant: zh, zh-CN, zh_CN.UTF-8, en and the like; None for another."""
    first = said.lower().replace("_", "-").partition("-")[0]
    return next((lang for lang in LANGUAGES if lang == first), None)


def ordered(arguments: Sequence[str]) -> list[str]:
    """Return the words as typer reads them: without `--lang`, `--format` last, no word or `help` as a call for help."""
    said, rest = taken(arguments, "--lang")
    if said is not None and language(said) is None:
        known = ", ".join(LANGUAGES)
        raise HinterlandError(Problem("cli.not_one_of", {"where": "--lang", "value": said, "known": known}))
    form, rest = taken(rest, "--format")
    if not rest:
        return [HELP]
    if rest[0] == "help":
        return [*rest[1:], HELP]
    return rest if form is None else [rest[0], *rest[1:], "--format", SAME.get(form, form)]


def taken(arguments: Sequence[str], option: str) -> tuple[str | None, list[str]]:
    """Return the last value of an option, wherever it stands, and the other words; what follows `--` is no option."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    words, rest, value = iter(arguments[:end]), list[str](), None
    for word in words:
        if word == option:
            value = next(words, None)
            if value is None:
                raise HinterlandError(Problem("cli.needs_value", {"where": option, "help": "hinterland --help"}))
        elif word.startswith(f"{option}="):
            value = word.partition("=")[2]
        else:
            rest.append(word)
    return value, [*rest, *arguments[end:]]
