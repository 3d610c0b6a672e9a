"""`hinterland scenarios list|show|check|new|schema|summary`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hinterland.cli.names import economy_names, instrument_lists, preset_names
from hinterland.cli.terminal import Form, note, progress, show
from hinterland.errors import HinterlandError, Problem
from hinterland.names import several_in
from hinterland.texts import Lang, text


def add_scenarios(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the commands that list, show, check, begin and sum up scenarios."""
    group = typer.Typer(help=words("scenarios"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="scenarios")
    add_reading(group, words, lang_now)
    add_writing(group, words, lang_now)


def add_reading(group: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the commands that list, show and check scenarios."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @group.command("list", help=words("scenarios_list"), epilog=words("scenarios_list_example"))
    def list_all(
        measured: Annotated[bool, typer.Option("--measured", help=words("measured"))] = False,
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import scenarios

        show(scenarios.listing(measured, lang), format)

    @group.command("show", help=words("scenarios_show"), epilog=words("scenarios_show_example"))
    def show_one(
        name: Annotated[str, typer.Argument(help=words("scenario"), autocompletion=preset_names)],
        about: Annotated[bool, typer.Option("--about", help=words("scenario_about"))] = False,
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import scenarios
        from hinterland.scenario import file as scenario_file

        chosen = scenario_file.read(name)
        if about:
            typer.echo("\n".join([*scenarios.paragraphs(chosen, lang), ""]))
        typer.echo(chosen.to_yaml(), nl=False)

    @group.command("check", help=words("scenarios_check"), epilog=words("scenarios_check_example"))
    def check(
        files: Annotated[list[str], typer.Argument(help=words("scenario"), autocompletion=preset_names)],
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import scenarios
        from hinterland.scenario.remarks import remarks

        problems: list[Problem] = []
        for file in files:
            try:
                chosen = scenarios.sound(file)
            except HinterlandError as error:
                typer.echo(text("report.check_failed", lang, name=file))
                problems += error.problems
            else:
                typer.echo(text("report.check_passed", lang, name=file))
                typer.echo("\n".join(scenarios.policy_lines(chosen, lang)))
                for remark in remarks(chosen):
                    note(remark.text(lang))
        if problems:
            raise HinterlandError(problems)


def add_writing(group: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the commands that begin a scenario, print the schema of its file and sum up what scenarios do."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @group.command("new", help=words("scenarios_new"), epilog=words("scenarios_new_example"))
    def new(
        name: Annotated[str, typer.Argument(help=words("new_name"))],
        instruments: Annotated[
            str, typer.Option("--instruments", help=words("new_instruments"), autocompletion=instrument_lists)
        ] = "",
        economy: Annotated[
            str, typer.Option("--economy", help=words("new_economy"), autocompletion=economy_names)
        ] = "china-2020",
        out: Annotated[Path | None, typer.Option("--out", help=words("new_out"))] = None,
        with_schema: Annotated[bool, typer.Option("--schema", help=words("new_schema"))] = False,
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.scenario.template import template

        if with_schema and out is None:
            raise HinterlandError(Problem("cli.schema_without_out"))
        content = template(name, several_in(instruments), economy, lang, out.parent if out else None)
        if out is None:
            typer.echo(content, nl=False)
            return
        from hinterland.report import scenarios

        for place in scenarios.write_new(content, out, with_schema):
            typer.echo(text("report.table_written", lang, place=place))

    @group.command("schema", help=words("scenarios_schema"), epilog=words("scenarios_schema_example"))
    def schema(lang: lang_option = lang_now) -> None:
        del lang
        from hinterland.scenario.schema import published

        typer.echo(published(), nl=False)

    @group.command("summary", help=words("scenarios_summary"), epilog=words("scenarios_summary_example"))
    def summary(
        names: Annotated[
            list[str] | None, typer.Argument(help=words("summary_names"), autocompletion=preset_names)
        ] = None,
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import summary as summaries
        from hinterland.scenario.file import presets

        with progress(words("solving")) as advance:
            rows = summaries.rows(names or presets(), advance)
        show(summaries.glance(rows, lang), format, detail, table, lang)
