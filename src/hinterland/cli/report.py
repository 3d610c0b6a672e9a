"""`hinterland report`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hinterland.cli.names import preset_names
from hinterland.cli.scenario import edited, noted
from hinterland.cli.terminal import progress
from hinterland.texts import Lang, text


def add_report(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that writes a run as a report to hand over."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]

    @app.command(help=words("report"), epilog=words("report_example"))
    def report(
        source: Annotated[
            str, typer.Argument(help=words("report_source"), autocompletion=preset_names)
        ] = "dual_transfer",
        values: Annotated[list[str] | None, typer.Option("--set", help=words("set"))] = None,
        out: Annotated[Path, typer.Option("--out", help=words("report_out"))] = Path("report.html"),
        geojson: Annotated[Path | None, typer.Option("--geojson", help=words("report_geojson"))] = None,
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report.again import scenario_of
        from hinterland.report.html import check_outlines, check_report, write_report

        check_report(out)
        chosen = edited(scenario_of(source), values)
        if geojson is not None:
            check_outlines(geojson, out, chosen.economy)
        noted(chosen, lang)
        from hinterland.study import run as study

        with progress(words("solving")):
            place = write_report(study.run(chosen), out, lang, geojson)
        typer.echo(text("paper.written", lang, place=place))
