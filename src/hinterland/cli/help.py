"""The help of a command in the user's language: headings, defaults, kinds of values; lines as wide as letters are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, cast

import typer

from hinterland.names import columns
from hinterland.report.lines import wrapped
from hinterland.texts import Lang, text

WIDEST, NARROWEST = 80, 50  # columns
FIRST = 30  # columns of the widest option that has its explanation beside it
SAID = {  # what typer says, by the text that says it in either language
    "Arguments": "arguments",
    "Options": "options",
    "Commands": "commands",
    "[OPTIONS]": "any_options",
    "COMMAND [ARGS]...": "a_command",
    "Show this message and exit.": "help",
    "Install completion for the current shell.": "install",
    "Show completion for the current shell, to copy it or customize the installation.": "completion",
}
ADDED = re.compile(r"\[(default: (?P<default>[^\]]*?))?(; )?(?P<required>required)?\]$")
KIND = re.compile(r"<(list\[)?(?P<kind>str|int|path)\]?>")
EXAMPLES = re.compile(r"[;；：:] ?(?=hinterland )")
# A Chinese letter or a word, with the marks behind it that begin no line, and the spaces after it.


def speak(command: Any, lang: Lang) -> None:
    """Let a command, and all below it, write its help in one language."""

    class Spoken(typer.Context):
        formatter_class = cast(Any, partial(Help, lang))

    command.context_class = Spoken
    for below in getattr(command, "commands", {}).values():
        speak(below, lang)


class Help:
    """What typer writes the help of a command into; its own knows no language and no wide letters."""

    def __init__(self, lang: Lang, width: int | None = None, max_width: int | None = None) -> None:
        most = max_width or WIDEST
        self.lang, self.width = lang, width or max(min(shutil.get_terminal_size().columns, most) - 2, NARROWEST)
        self.current_indent, self.buffer = 0, list[str]()

    def words(self, key: str, **values: object) -> str:
        """Return a text of the help in the user's language."""
        return text(f"help.{key}", self.lang, **values)

    def translated(self, said: str) -> str:
        """Return what typer says in the user's language; anything else as it is."""
        return self.words(SAID[said]) if said in SAID else said

    def write(self, string: str) -> None:
        """Add a text as it is."""
        self.buffer.append(string)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Add the line that says how a command is written."""
        for english in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(english, self.translated(english))
        first = f"{prefix or self.words('usage')}{prog} "
        self.lines(first, args, " " * columns(first))

    def write_heading(self, heading: str) -> None:
        """Add the heading of a section."""
        self.write(self.words("heading", heading=self.translated(heading)) + "\n")

    def write_paragraph(self) -> None:
        """Add an empty line."""
        if self.buffer:
            self.write("\n")

    def write_text(self, text: str) -> None:
        """Add a text; examples stand one a line."""
        indent = " " * self.current_indent
        for number, line in enumerate(EXAMPLES.split(text)):
            deeper = indent + ("  " if number else "")
            self.lines(deeper, line, deeper + ("  " if number else ""))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = FIRST, col_spacing: int = 2) -> None:
        """Add a list of options or commands, each with what it is."""
        entries = [(self.kinds(first), self.explained(second)) for first, second in rows]
        indent = " " * self.current_indent
        beside = min(max(columns(first) for first, _ in entries), col_max) + col_spacing
        for first, second in entries:
            if columns(first) + col_spacing > beside:
                self.write(f"{indent}{first}\n")
                first = ""
            self.lines(f"{indent}{first}{' ' * (beside - columns(first))}", second, indent + " " * beside)

    def kinds(self, first: str) -> str:
        """Return an option with the kind of its value in the user's language."""
        return KIND.sub(lambda found: f"<{self.words(found['kind'])}>", first)

    def explained(self, second: str) -> str:
        """Return what an option is, with its default, in the user's language."""
        said, found = second, ADDED.search(second)
        if found:
            default = found["default"] and self.words("default", default=found["default"])
            added = [default, found["required"] and self.words("required")]
            said = f"{second[: found.start()]}[{self.words('and').join(filter(None, added))}]"
        return self.translated(said)

    def lines(self, first: str, words: str, indent: str) -> None:
        """Add a text behind `first`, its further lines behind `indent`."""
        pieces = wrapped(" ".join(words.split()), self.width - columns(indent))
        self.write(
            "".join(
                f"{before}{line}".rstrip() + "\n" for before, line in zip(befores(first, indent), pieces, strict=False)
            )
        )

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Add a heading, and what is written while it lasts below it."""
        self.write_paragraph()
        self.write_heading(name)
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """Indent what is written while it lasts."""
        self.current_indent += 2
        try:
            yield
        finally:
            self.current_indent -= 2

    def getvalue(self) -> str:
        """Return what has been written."""
        return "".join(self.buffer)


def befores(first: str, indent: str) -> Iterator[str]:
    """Yield what stands before the first line, then before every other."""
    yield first
    while True:
        yield indent
