"""`hinterland run`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hinterland.cli.names import each, grouping_names, preset_names
from hinterland.cli.scenario import check_places, edited, noted, only_one
from hinterland.cli.terminal import Form, note, progress, show
from hinterland.texts import Lang, text


def add_run(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that solves a scenario and tells what it does."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @app.command(help=words("run"), epilog=words("run_example"))
    def run(
        scenario: Annotated[str, typer.Argument(help=words("scenario"), autocompletion=preset_names)] = "dual_transfer",
        values: Annotated[list[str] | None, typer.Option("--set", help=words("set"))] = None,
        out: Annotated[Path | None, typer.Option("--out", help=words("out"))] = None,
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        province: Annotated[list[str] | None, typer.Option("--province", help=words("province"))] = None,
        by: Annotated[str, typer.Option("--by", help=words("run_by"), autocompletion=grouping_names)] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import export, record
        from hinterland.report import run as reports
        from hinterland.report.run_tables import named
        from hinterland.scenario import file as scenarios

        only_one({"--table": table, "--province": province, "--by": by})
        chosen = edited(scenarios.read(scenario), values)
        check_places(chosen, each(province), by)
        if table:
            table = named(table, lang)
        if out is not None:
            export.check_out(out)
        above = noted(chosen, lang)
        from hinterland.study import run as study

        with progress(words("solving")) as advance:
            result = study.run(chosen)
            if (detail or out is not None or format != "table") and not (table or province or by):
                result.complete(advance)
        if out is not None:
            above.append(text("report.written", lang, place=record.write(result, out, lang)))
            note(above[-1])
        show(reports.report(result, lang, each(province), by), format, detail, table, lang, above)
