"""What was wrong with a command itself, in the user's language: typer says it in English alone."""

from __future__ import annotations

import re
from typing import Any

import typer

from hinterland.errors import Problem, hint, nearest, several

SAID = {  # what typer says, by the text that says it in either language
    "cli.no_command": re.compile(r"No such command (?P<value>.*?)\.( Did you mean .*)?", re.DOTALL),
    "cli.no_subcommand": re.compile(r"Missing command\."),
    "cli.extra": re.compile(r"Got unexpected extra arguments?(\(s\))? \((?P<value>.*)\)", re.DOTALL),
    "cli.needs_value": re.compile(r"Option .* requires an argument\."),
    "cli.takes_no_value": re.compile(r"Option .* does not take a value\."),
    "cli.not_one_of": re.compile(r"(Value error, )?(?P<value>.*) is not one of (?P<known>.*?)\.*", re.DOTALL),
    "cli.not_number": re.compile(
        r"Input should be a valid number.*|.* is not a valid float.*|.*could not convert string to float.*", re.DOTALL
    ),
    "cli.not_whole": re.compile(r"Input should be a valid integer.*|.* is not a valid int.*", re.DOTALL),
}
LONGEST = 80


def usage(error: typer.TyperException) -> Problem | str:
    """Say what was wrong with the command, naming the option and the choices; a group alone asks for its help."""
    context, option = getattr(error, "ctx", None), getattr(error, "option_name", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.format_message()
    remedy = {"help": " ".join(["hinterland", *path(context), "--help"])}
    if hasattr(error, "possibilities"):
        near = nearest(str(option), error.possibilities or ())
        asked = Problem("hint.near", {"near": near}) if near else Problem("hint.none")
        return Problem("cli.no_option", {"value": option, "near": asked, **remedy})
    parameter = getattr(error, "param", None)
    where = option or (parameter and next(iter(sorted(parameter.opts, key=len, reverse=True)), parameter.name))
    if parameter is not None and not error.message:  # nothing was given
        return Problem("cli.missing", {"where": where, **remedy})
    key, found = next(
        ((key, found) for key, form in SAID.items() if (found := form.fullmatch(error.message))), ("", None)
    )
    if found is None:
        return Problem(
            "cli.bad_value" if where else "cli.usage", {"where": where, "why": error.format_message(), **remedy}
        )
    values: dict[str, Any] = {name: word.replace("'", "")[:LONGEST] for name, word in found.groupdict().items()}
    if "known" in values:
        values["known"] = several(values["known"].split(", "))
    if context is not None and key in ("cli.no_command", "cli.no_subcommand"):
        values["near"] = hint(values.get("value", ""), context.command.list_commands(context), 20)
    return Problem(key, {"where": where, **values, **remedy})


def path(context: Any) -> list[str]:
    """Return the words of a command after the program's own name."""
    return [] if context is None or context.parent is None else [*path(context.parent), context.info_name]
