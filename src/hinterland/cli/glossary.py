"""`hinterland glossary`."""

from collections.abc import Callable
from typing import Annotated

import typer

from hinterland.cli.terminal import Form, show
from hinterland.texts import Lang


def add_glossary(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that says what the words of an answer mean."""

    @app.command(help=words("glossary"), epilog=words("glossary_example"))
    def glossary(
        term: Annotated[str, typer.Argument(help=words("glossary_term"))] = "",
        format: Annotated[Form, typer.Option("--format", help=words("format"))] = "table",
        lang: Annotated[Lang, typer.Option("--lang", help=words("lang"))] = lang_now,
    ) -> None:
        from hinterland.report import glossary as words_of

        show(words_of.answer(term, lang), format)
