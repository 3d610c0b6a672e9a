"""`hinterland path`."""

from collections.abc import Callable
from typing import Annotated

import typer

from hinterland.cli.names import grouping_names, preset_names
from hinterland.cli.run import edited
from hinterland.cli.terminal import Form, note, progress, show
from hinterland.texts import Lang


def add_path(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that follows a scenario year by year."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @app.command(help=words("path"), epilog=words("path_example"))
    def path(
        scenario: Annotated[str, typer.Argument(help=words("scenario"), autocompletion=preset_names)] = "dual_transfer",
        values: Annotated[list[str] | None, typer.Option("--set", help=words("set"))] = None,
        by: Annotated[str, typer.Option("--by", help=words("path_by"), autocompletion=grouping_names)] = "",
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import path as reports
        from hinterland.scenario import file as scenarios
        from hinterland.scenario.remarks import remarks

        chosen = edited(scenarios.read(scenario), values)
        if by:
            chosen.economy.regions.known_grouping(by, chosen.economy.domestic_codes)
        for remark in remarks(chosen):
            note(remark.text(lang))
        from hinterland.study import path as study

        with progress(words("following")):
            followed = study.path(chosen)
        show(reports.report(followed, lang, by), format, False, table, lang)
