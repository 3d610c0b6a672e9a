"""`hinterland run`."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hinterland.cli.names import each, grouping_names, preset_names
from hinterland.cli.terminal import Form, note, progress, show
from hinterland.errors import HinterlandError, Problem
from hinterland.texts import Lang, text

if TYPE_CHECKING:
    from hinterland.scenario.scenario import Scenario


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
        from hinterland.scenario.remarks import remarks

        only_one({"--table": table, "--province": province, "--by": by})
        chosen = edited(scenarios.read(scenario), values)
        check_places(chosen, each(province), by)
        if table:
            table = named(table, lang)
        if out is not None:
            export.check_out(out)
        above = [remark.text(lang) for remark in remarks(chosen)]
        for line in above:
            note(line)
        from hinterland.study import run as study

        with progress(words("solving")) as advance:
            result = study.run(chosen)
            if (detail or out is not None or format != "table") and not (table or province or by):
                result.complete(advance)
        if out is not None:
            above.append(text("report.written", lang, place=record.write(result, out, lang)))
            note(above[-1])
        show(reports.report(result, lang, each(province), by), format, detail, table, lang, above)


def only_one(asked: Mapping[str, object]) -> None:
    """Raise where several are asked for of options each of which shows its own alone."""
    if len(several := [name for name, given in asked.items() if given]) > 1:
        raise HinterlandError(Problem("cli.one_of_two", {"first": several[0], "second": several[1]}))


def check_places(scenario: "Scenario", places: Sequence[str], by: str) -> None:
    """Raise, before any work, where a place or a grouping is not known."""
    from hinterland.report.places import place_of

    for name in places:
        place_of(scenario.economy, name)
    if by:
        scenario.economy.regions.known_grouping(by, scenario.economy.domestic_codes)


def edited(scenario: "Scenario", values: list[str] | None) -> "Scenario":
    """Return a scenario as `--set` changes it."""
    return scenario.with_values(changes(values)) if values else scenario


def changes(given: list[str]) -> dict[str, Any]:
    """Return what `--set` asks for by key, or raise: a key that stands twice would hide one of two wishes."""
    pairs = [pair(one) for one in given]
    twice = sorted({key for key, _ in pairs if [other for other, _ in pairs].count(key) > 1})
    if twice:
        raise HinterlandError(Problem("cli.set_twice", {"value": key}) for key in twice)
    return dict(pairs)


def pair(given: str) -> tuple[str, Any]:
    """Cut `policy.value=number`, or `closure=debt` and its like, in two, or raise."""
    from hinterland.scenario.edits import STOPS, term_named
    from hinterland.scenario.file import read_value
    from hinterland.scenario.scenario import TERMS

    key, equals, value = given.replace("\uff1d", "=").partition("=")
    key = key.translate(STOPS)
    if not equals or not ("." in key or term_named(key, TERMS)):
        raise HinterlandError(Problem("cli.set_form", {"value": given}))
    return key.strip(), read_value(value)
