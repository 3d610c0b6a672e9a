"""`hinterland baseline`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hinterland.cli.line import share
from hinterland.cli.names import economy_names
from hinterland.cli.terminal import Form, note, progress, show
from hinterland.texts import Lang, text


def add_baseline(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that follows a country without a new policy."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @app.command(help=words("baseline"), epilog=words("baseline_example"))
    def baseline(
        economy: Annotated[str, typer.Argument(help=words("economy"), autocompletion=economy_names)] = "china-2020",
        until: Annotated[int | None, typer.Option("--until", help=words("until"))] = None,
        momentum: Annotated[float | None, share("--momentum", words("momentum"))] = None,
        town_cost: Annotated[float | None, share("--town-cost", words("town_cost"))] = None,
        fades: Annotated[float | None, typer.Option("--fades", help=words("fades"))] = None,
        out: Annotated[Path | None, typer.Option("--out", help=words("out_path"))] = None,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import baseline as reports
        from hinterland.report import export

        if out is not None:
            export.check_file(out)
        from hinterland.study import baseline as study
        from hinterland.study.drivers import Drivers
        from hinterland.world.load import load

        given = {"momentum": momentum, "town_cost": town_cost, "fades": fades}
        drivers = Drivers.known()._replace(**{name: value for name, value in given.items() if value is not None})
        with progress(words("following")):
            found = study.baseline(load(economy), drivers, until=study.UNTIL if until is None else until)
            answer = reports.report(found, lang)
        if out is not None:
            note(text("report.table_written", lang, place=reports.write(found, out, lang)))
        show(answer, format, False, table, lang)
