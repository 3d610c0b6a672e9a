"""The words of a command put in order: options that may stand anywhere, `help` as a word, the user's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import normalize

import typer

from hinterland.errors import HinterlandError, Problem
from hinterland.names import as_share, number_in
from hinterland.texts import LANGUAGES, Lang, spoken_in

SAME = {"markdown": "md"}  # forms by another name
HELP = "--help"
CALLS = ("help", "帮助")  # at the beginning, or at the end of what has no options: a file of that name has a suffix


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
    refuse_empty(rest)
    rest = [plain_number(word) for word in rest]
    if not rest:
        return [HELP]
    if rest[0].lower() in CALLS:
        return [*rest[1:], HELP]
    if rest[-1].lower() in CALLS and not any(word.startswith("-") for word in rest):
        return [*rest[:-1], HELP]
    return rest if form is None else [rest[0], *rest[1:], "--format", SAME.get(form, form)]


def options_with_one_value(command: Any) -> set[str]:
    """Return the options of a command, and of all below it, of which only one value counts."""
    found = {
        name
        for of in command.params
        if of.param_type_name == "option" and not (of.multiple or of.is_flag)
        for name in of.opts
    }
    return found.union(*map(options_with_one_value, getattr(command, "commands", {}).values()))


def refuse_twice(words: Sequence[str], single: set[str]) -> None:
    """Raise where an option of one value has two: neither may be dropped without a word."""
    for option in dict.fromkeys(word.partition("=")[0] for word in words if word.startswith("--")):
        if option in single and words.count(option) + sum(word.startswith(f"{option}=") for word in words) > 1:
            taken(words, option)


def refuse_empty(words: Sequence[str]) -> None:
    """Raise where an option, or a name, is given as nothing: it would be read as if it had been left out."""
    help_of = {"help": "hinterland --help"}
    for before, word in zip(["", *words], words, strict=False):
        option, equals, value = word.partition("=") if word.startswith("--") else (before, "=", word)
        if equals and not value.strip():
            where = option if option.startswith("--") else Problem("cli.empty_word")
            raise HinterlandError(Problem("cli.empty", {"where": where, **help_of}))


def plain_number(word: str) -> str:
    """Return a number in wide digits, alone or behind an option's `=`, in plain ones; any other word as it is."""
    option, equals, value = word.rpartition("=") if word.startswith("--") else ("", "", word)
    plain = normalize("NFKC", value)
    return option + equals + plain if number_in(plain) is not None and plain != value else word


def share(option: str, words: str) -> Any:
    """Return an option that takes a share, as a number or in percent."""

    def parsed(word: str) -> float:
        return float(as_share(word))

    return typer.Option(option, help=words, metavar="<float>", parser=parsed)


def taken(arguments: Sequence[str], option: str) -> tuple[str | None, list[str]]:
    """Return the value of an option, wherever it stands, and the other words; what follows `--` is no option.

    Two different values are an error: neither may be dropped without a word.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    words, rest, values = iter(arguments[:end]), list[str](), list[str]()
    for word in words:
        if word == option:
            value = next(words, None)
            if value is None:
                raise HinterlandError(Problem("cli.needs_value", {"where": option, "help": "hinterland --help"}))
            values.append(value)
        elif word.startswith(f"{option}="):
            values.append(word.partition("=")[2])
        else:
            rest.append(word)
    if len({*values}) > 1:
        raise HinterlandError(Problem("cli.twice", {"where": option, "value": ", ".join(values)}))
    return (values[0] if values else None), [*rest, *arguments[end:]]
