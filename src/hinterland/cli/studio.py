"""`hinterland studio`."""

from collections.abc import Callable
from typing import Annotated

import typer

from hinterland.cli.terminal import note
from hinterland.texts import Lang, text


def add_studio(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that opens the page on this machine."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]

    @app.command(help=words("studio"), epilog=words("studio_example"))
    def studio(
        port: Annotated[int, typer.Option("--port", help=words("studio_port"))] = 8765,
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.studio.serve import serve

        serve(port, lang, lambda address: note(text("studio.open", lang, address=address)))
