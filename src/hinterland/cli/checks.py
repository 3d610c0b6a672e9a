"""`hinterland replicate` and `hinterland selftest`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hinterland.cli.terminal import Form, show
from hinterland.texts import Lang


def add_checks(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the commands that compute published results again and check an installation."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @app.command(help=words("replicate"), epilog=words("replicate_example"))
    def replicate(
        case: Annotated[str, typer.Argument(help=words("case"))] = "",
        data: Annotated[Path | None, typer.Option("--data", help=words("replicate_data"))] = None,
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import checks

        show(checks.replication(case, data, lang) if case else checks.replications(data, lang), format)

    @app.command(help=words("selftest"), epilog=words("selftest_example"))
    def selftest(format: form_option = "table", lang: lang_option = lang_now) -> None:
        from hinterland.report import checks

        show(checks.selftest(lang), format)
