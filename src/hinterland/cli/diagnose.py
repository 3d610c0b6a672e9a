"""`hinterland diagnose`."""

from collections.abc import Callable
from typing import Annotated

import typer

from hinterland.cli.names import each, economy_names, grouping_names
from hinterland.cli.terminal import Form, show
from hinterland.texts import Lang


def add_diagnose(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that tells where regions stand, and the source's facts."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @app.command(help=words("diagnose"), epilog=words("diagnose_example"))
    def diagnose(
        economy: Annotated[str, typer.Argument(help=words("economy"), autocompletion=economy_names)] = "china-2020",
        year: Annotated[int | None, typer.Option("--year", help=words("year"))] = None,
        facts: Annotated[bool, typer.Option("--facts", help=words("facts"))] = False,
        group: Annotated[str, typer.Option("--group", help=words("group"))] = "",
        division: Annotated[
            str, typer.Option("--division", help=words("division"), metavar="<present|old>")
        ] = "present",
        province: Annotated[list[str] | None, typer.Option("--province", help=words("province"))] = None,
        by: Annotated[str, typer.Option("--by", help=words("diagnose_by"), autocompletion=grouping_names)] = "",
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.data import box
        from hinterland.report import diagnosis

        economy = box.named(economy) or economy

        if facts:
            show(diagnosis.facts(lang), format, detail, table, lang)
        else:
            asked = diagnosis.Asked(group, each(province), by)
            show(diagnosis.dashboard(economy, year, asked, division, lang), format, detail, table, lang)
