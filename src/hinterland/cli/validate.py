"""`hinterland validate`: instruments beside studies, the baseline beside what happened."""

from collections.abc import Callable
from typing import Annotated

import typer

from hinterland.cli.terminal import Form, progress, show
from hinterland.texts import Lang


def add_validate(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add what holds answers against what is known."""
    group = typer.Typer(
        help=words("validate"), epilog=words("validate_example"), no_args_is_help=True, rich_markup_mode=None
    )
    app.add_typer(group, name="validate")

    @group.command("instruments", help=words("validate_instruments"), epilog=words("validate_example"))
    def instruments(
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: Annotated[Form, typer.Option("--format", help=words("format"))] = "table",
        lang: Annotated[Lang, typer.Option("--lang", help=words("lang"))] = lang_now,
    ) -> None:
        from hinterland.report import validation

        with progress(words("solving")) as advance:
            answer = validation.instruments(lang, advance)
        show(answer, format, detail, table, lang)

    @group.command("backtest", help=words("validate_backtest"), epilog=words("backtest_example"))
    def backtest(
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: Annotated[Form, typer.Option("--format", help=words("format"))] = "table",
        lang: Annotated[Lang, typer.Option("--lang", help=words("lang"))] = lang_now,
    ) -> None:
        from hinterland.report import backtest as reports

        with progress(words("following")):
            answer = reports.report(lang)
        show(answer, format, False, table, lang)
