"""`hinterland data list|show|check|build|export|import`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from hinterland.cli.names import each, economy_names, series_names
from hinterland.cli.terminal import Form, note, show
from hinterland.texts import Lang


def add_data(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add `hinterland data list|show|check`."""
    group = typer.Typer(help=words("data"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="data")
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @group.command("list", help=words("data_list"), epilog=words("data_list_example"))
    def list_all(
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import holdings

        show(holdings.listing(lang), format, detail, table, lang)

    @group.command("show", help=words("data_show"), epilog=words("data_show_example"))
    def show_one(
        name: Annotated[str, typer.Argument(help=words("data_name"), autocompletion=series_names)],
        year: Annotated[int | None, typer.Option("--year", help=words("year"))] = None,
        province: Annotated[list[str] | None, typer.Option("--province", help=words("data_province"))] = None,
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import holdings

        answer = holdings.holding(name, year, lang, each(province))
        if answer.closing and format in ("csv", "json"):  # which hold rows alone
            note(answer.closing)
        show(answer, format, detail, table, lang)

    @group.command("check", help=words("data_check"), epilog=words("data_check_example"))
    def check(
        name: Annotated[str, typer.Argument(help=words("check_name"), autocompletion=economy_names)] = "",
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.data import box
        from hinterland.report import balance, exchange, holdings

        name = box.named(name) or name if name else name
        if exchange.is_own(name):
            show(exchange.checked(name, lang), format)
        else:
            answer = balance.balance_sheet(name, lang) if name else holdings.checks(lang)
            show(answer, format, detail, table, lang)

    @group.command("build", help=words("data_build"), epilog=words("data_build_example"))
    def build_one(
        name: Annotated[str, typer.Argument(help=words("economy"), autocompletion=economy_names)],
        out: Annotated[Path, typer.Option("--out", help=words("out_file"))],
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.data import box
        from hinterland.report import exchange

        typer.echo(exchange.build(box.named(name) or name, out, lang))

    @group.command("export", help=words("data_export"), epilog=words("data_export_example"))
    def export(
        name: Annotated[str, typer.Argument(help=words("economy"), autocompletion=economy_names)],
        out: Annotated[Path, typer.Option("--out", help=words("out_economy"))],
        kind: Annotated[Literal["csv", "netcdf", "xlsx"] | None, typer.Option("--as", help=words("export_as"))] = None,
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import exchange

        typer.echo(exchange.write_out(name, out, kind, lang))

    @group.command("import", help=words("data_import"), epilog=words("data_import_example"))
    def import_one(
        source: Annotated[Path, typer.Argument(help=words("data_import"))],
        out: Annotated[Path, typer.Option("--out", help=words("out_file"))],
        balance: Annotated[Literal["deficits", "trade"] | None, typer.Option(help=words("import_balance"))] = None,
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import exchange

        typer.echo(exchange.take_in(source, out, lang, balance))
