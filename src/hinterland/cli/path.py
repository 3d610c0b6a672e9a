"""`hinterland path`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hinterland.cli.names import each, grouping_names, preset_names
from hinterland.cli.scenario import check_places, edited, noted, only_one
from hinterland.cli.terminal import Form, note, progress, show
from hinterland.texts import Lang, text


def add_path(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that follows a scenario year by year."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @app.command(help=words("path"), epilog=words("path_example"))
    def path(
        scenario: Annotated[str, typer.Argument(help=words("scenario"), autocompletion=preset_names)] = "dual_transfer",
        values: Annotated[list[str] | None, typer.Option("--set", help=words("set"))] = None,
        province: Annotated[list[str] | None, typer.Option("--province", help=words("province"))] = None,
        by: Annotated[str, typer.Option("--by", help=words("path_by"), autocompletion=grouping_names)] = "",
        baseline: Annotated[bool, typer.Option("--baseline", help=words("path_baseline"))] = False,
        foresight: Annotated[bool, typer.Option("--foresight", help=words("path_foresight"))] = False,
        out: Annotated[Path | None, typer.Option("--out", help=words("out_path"))] = None,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import export
        from hinterland.report import path as reports
        from hinterland.scenario import file as scenarios

        only_one({"--table": table, "--province": province, "--by": by})
        only_one({"--baseline": baseline, "--foresight": foresight})
        chosen = edited(scenarios.read(scenario), values)
        check_places(chosen, each(province), by)
        if out is not None:
            export.check_file(out)
        noted(chosen, lang)
        from hinterland.study import path as study
        from hinterland.study.drivers import Drivers

        with progress(words("following")):
            followed = study.path(chosen, drivers=Drivers.known() if baseline else None, foresight=foresight)
        if out is not None:
            note(text("report.table_written", lang, place=reports.write(followed, out, lang)))
        show(reports.report(followed, lang, each(province), by), format, False, table, lang)
