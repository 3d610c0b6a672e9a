"""`hinterland policies list|show`."""

from collections.abc import Callable
from typing import Annotated

import typer

from hinterland.cli.names import instrument_names
from hinterland.cli.terminal import Form, show
from hinterland.texts import Lang


def add_policies(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the commands that list the instruments and show what one is, costs and rests on."""
    group = typer.Typer(help=words("policies"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="policies")
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @group.command("list", help=words("policies_list"), epilog=words("policies_list_example"))
    def list_all(
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import instruments

        show(instruments.listing(lang), format, detail, lang=lang)

    @group.command("show", help=words("policies_show"), epilog=words("policies_show_example"))
    def show_one(
        name: Annotated[str, typer.Argument(help=words("instrument"), autocompletion=instrument_names)],
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import instruments
        from hinterland.schema.names import instrument_named

        show(instruments.instrument(instrument_named(name) or name, lang), format, detail, table, lang)
