"""The command line: thin. It reads words, calls the public functions, prints; help is in the user's language.

jax, pandas and rich are imported inside the commands, so that `--help` answers at once.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from hinterland.cli.data import add_data
from hinterland.cli.names import economy_names, grouping_names, preset_names
from hinterland.cli.policies import add_policies
from hinterland.cli.scenarios import add_scenarios
from hinterland.cli.terminal import Form, keep_compiled, note, progress, show
from hinterland.cli.validate import add_validate
from hinterland.errors import HinterlandError, Problem
from hinterland.texts import LANGUAGES, Lang, text


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language of `--lang`, else of the environment, else English."""
    for position, argument in enumerate(arguments):
        given = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and position + 1 < len(arguments):
            given = arguments[position + 1]
        for lang in LANGUAGES:
            if given == lang:
                return lang
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


def build(lang: Lang) -> typer.Typer:
    """Return the application with its help in one language."""

    def words(key: str) -> str:
        return text(f"cli.{key}", lang)

    app = typer.Typer(help=words("about"), no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @app.callback(invoke_without_command=True)
    def main_options(
        version: Annotated[bool, typer.Option("--version", help=words("version"))] = False,
    ) -> None:
        if version:
            from importlib.metadata import version as installed

            typer.echo(f"hinterland {installed('hinterland')}")
            raise typer.Exit

    @app.command(help=words("diagnose"), epilog=words("diagnose_example"))
    def diagnose(
        economy: Annotated[str, typer.Argument(help=words("economy"), autocompletion=economy_names)] = "china-2020",
        year: Annotated[int | None, typer.Option("--year", help=words("year"))] = None,
        facts: Annotated[bool, typer.Option("--facts", help=words("facts"))] = False,
        group: Annotated[str, typer.Option("--group", help=words("group"))] = "",
        division: Annotated[Literal["present", "old"], typer.Option("--division", help=words("division"))] = "present",
        format: form_option = "table",
        lang: lang_option = lang,
    ) -> None:
        from hinterland.report import diagnosis

        if facts:
            show(diagnosis.facts(lang), format)
        else:
            chosen = diagnosis.year_of(economy) if year is None else year
            show(diagnosis.dashboard(chosen, group, division, lang), format)

    @app.command(help=words("run"), epilog=words("run_example"))
    def run(
        scenario: Annotated[str, typer.Argument(help=words("scenario"), autocompletion=preset_names)] = "dual_transfer",
        values: Annotated[list[str] | None, typer.Option("--set", help=words("set"))] = None,
        out: Annotated[Path | None, typer.Option("--out", help=words("out"))] = None,
        format: form_option = "table",
        lang: lang_option = lang,
    ) -> None:
        keep_compiled()
        from hinterland.report import export, record
        from hinterland.report import run as reports
        from hinterland.scenario import file as scenarios

        chosen = scenarios.read(scenario)
        if values:
            chosen = chosen.with_values(dict(pair(value) for value in values))
        if out is not None:
            export.check_out(out)
        from hinterland.study import run as study

        with progress(words("solving")) as advance:
            result = study.run(chosen, advance)
        if out is not None:
            note(text("report.written", lang, place=record.write(result, out, lang)))
        show(reports.report(result, lang), format)

    @app.command(help=words("compare"), epilog=words("compare_example"))
    def compare(
        sources: Annotated[list[str], typer.Argument(help=words("compared"), autocompletion=preset_names)],
        by: Annotated[str, typer.Option("--by", help=words("by"), autocompletion=grouping_names)] = "macro_region",
        sort: Annotated[str | None, typer.Option("--sort", help=words("sort"))] = None,
        variables: Annotated[list[str] | None, typer.Option("--variable", help=words("variable"))] = None,
        against: Annotated[str | None, typer.Option("--against", help=words("against"))] = None,
        out: Annotated[Path | None, typer.Option("--out", help=words("out_table"))] = None,
        format: form_option = "table",
        lang: lang_option = lang,
    ) -> None:
        keep_compiled()
        from hinterland.report import comparison, export

        if out is not None:
            export.check_file(out)
        choice = comparison.Choice(by, sort, variables, against)
        with progress(words("solving")) as advance:
            cases = comparison.cases(sources, choice, advance)
        answer = comparison.side_by_side(sources, cases, choice, out, lang)
        if out is not None:
            note(text("report.table_written", lang, place=out))
        show(answer, format)

    @app.command(help=words("replicate"), epilog=words("replicate_example"))
    def replicate(
        case: Annotated[str, typer.Argument(help=words("case"))] = "",
        data: Annotated[Path | None, typer.Option("--data", help=words("replicate_data"))] = None,
        format: form_option = "table",
        lang: lang_option = lang,
    ) -> None:
        keep_compiled()
        from hinterland.report import checks

        show(checks.replication(case, data, lang) if case else checks.replications(data, lang), format)

    @app.command(help=words("selftest"))
    def selftest(format: form_option = "table", lang: lang_option = lang) -> None:
        keep_compiled()
        from hinterland.report import checks

        show(checks.selftest(lang), format)

    add_scenarios(app, words, lang)
    add_policies(app, words, lang)
    add_data(app, words, lang)
    add_validate(app, words, lang)
    return app


def pair(given: str) -> tuple[str, Any]:
    """Cut `policy.value=number`, or `closure=debt` and its like, in two, or raise."""
    from hinterland.scenario.file import read_value
    from hinterland.scenario.scenario import TERMS

    key, equals, value = given.partition("=")
    if not equals or not ("." in key or key.strip() in TERMS):
        raise HinterlandError(Problem("cli.set_form", {"value": given}))
    return key.strip(), read_value(value)


def usage(error: typer.TyperException) -> Problem:
    """Say what was wrong with the command itself, naming the option and the choices."""
    option = getattr(error, "option_name", None)
    if option:
        near = ", ".join(getattr(error, "possibilities", None) or ["--help"])
        return Problem("cli.no_option", {"value": option, "near": near})
    parameter = getattr(error, "param", None)
    if parameter is not None:
        named = next(iter(sorted(parameter.opts, key=len, reverse=True)), parameter.name)
        return Problem("cli.bad_value", {"where": named, "why": error.message})
    return Problem("cli.usage", {"why": error.format_message()})


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit with 0 done, 1 not solved or a check failed, 2 wrong input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = spoken(given, os.environ)
    try:
        code = build(lang)(given, standalone_mode=False)
    except HinterlandError as error:
        note(error.text(lang))
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(130)
    except typer.TyperException as error:
        note(usage(error).text(lang))
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)
