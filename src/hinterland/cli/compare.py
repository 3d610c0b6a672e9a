"""`hinterland compare`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hinterland.cli.names import each, grouping_names, preset_names
from hinterland.cli.scenario import only_one
from hinterland.cli.terminal import Form, note, progress, show
from hinterland.errors import HinterlandError, Problem
from hinterland.texts import Lang, text


def add_compare(app: typer.Typer, words: Callable[[str], str], lang_now: Lang) -> None:
    """Add the command that lays scenarios side by side."""
    lang_option = Annotated[Lang, typer.Option("--lang", help=words("lang"))]
    form_option = Annotated[Form, typer.Option("--format", help=words("format"))]

    @app.command(help=words("compare"), epilog=words("compare_example"))
    def compare(
        sources: Annotated[list[str], typer.Argument(help=words("compared"), autocompletion=preset_names)],
        by: Annotated[str, typer.Option("--by", help=words("by"), autocompletion=grouping_names)] = "",
        province: Annotated[list[str] | None, typer.Option("--province", help=words("province"))] = None,
        sort: Annotated[str | None, typer.Option("--sort", help=words("sort"))] = None,
        variables: Annotated[list[str] | None, typer.Option("--variable", help=words("variable"))] = None,
        against: Annotated[str | None, typer.Option("--against", help=words("against"))] = None,
        out: Annotated[Path | None, typer.Option("--out", help=words("out_table"))] = None,
        years: Annotated[bool, typer.Option("--years", help=words("years"))] = False,
        detail: Annotated[bool, typer.Option("--detail", help=words("detail"))] = False,
        table: Annotated[str, typer.Option("--table", help=words("table"))] = "",
        format: form_option = "table",
        lang: lang_option = lang_now,
    ) -> None:
        from hinterland.report import comparison, export
        from hinterland.scenario import file as scenarios

        if by and province:
            raise HinterlandError(Problem("cli.one_of_two", {"first": "--by", "second": "--province"}))
        if years:
            only_one({"--years": years, "--by": by, "--sort": sort, "--against": against})
        if out is not None:
            export.check_file(out)
        sources = [source if Path(source).exists() else scenarios.named(source) or source for source in sources]
        against = against and (against if against in sources else scenarios.named(against) or against)
        sort, variables = sort and outcome(sort), [outcome(one) for one in each(variables)] or None
        choice = comparison.Choice(by or "macro_region", sort, variables, against, each(province))
        with progress(words("solving")) as advance:
            cases = comparison.cases(sources, choice, advance)
        if years:
            from hinterland.report.comparison_years import years_beside

            with progress(words("following")):
                answer = years_beside(cases, choice, out, lang)
        else:
            answer = comparison.side_by_side(sources, cases, choice, out, lang)
        above = [text("report.table_written", lang, place=out)] if out is not None else []
        for line in above:
            note(line)
        show(answer, format, detail, table, lang, above)


def outcome(said: str) -> str:
    """Return the outcome that is meant by a name in either language; what is unknown as it is."""
    from hinterland.schema.names import outcome_named

    return outcome_named(said) or said
