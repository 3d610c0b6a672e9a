"""The command line: thin. It reads words, calls the public functions, prints; help is in the user's language.

jax, pandas and rich are imported inside the commands, so that `--help` answers at once.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from hinterland.cli.checks import add_checks
from hinterland.cli.compare import add_compare
from hinterland.cli.data import add_data
from hinterland.cli.diagnose import add_diagnose
from hinterland.cli.glossary import add_glossary
from hinterland.cli.policies import add_policies
from hinterland.cli.run import add_run
from hinterland.cli.scenarios import add_scenarios
from hinterland.cli.terminal import keep_compiled, note, one_thread
from hinterland.cli.usage import usage
from hinterland.cli.validate import add_validate
from hinterland.errors import HinterlandError, in_language
from hinterland.texts import LANGUAGES, Lang, spoken_in, text


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language of `--lang`, else of the environment, else English."""
    for position, argument in enumerate(arguments):
        given = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and position + 1 < len(arguments):
            given = arguments[position + 1]
        for lang in LANGUAGES:
            if given == lang:
                return lang
    return spoken_in(environment)


def build(lang: Lang) -> typer.Typer:
    """Return the application with its help in one language."""

    def words(key: str) -> str:
        return text(f"cli.{key}", lang)

    app = typer.Typer(help=words("about"), no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)

    @app.callback(invoke_without_command=True)
    def main_options(
        version: Annotated[bool, typer.Option("--version", help=words("version"))] = False,
        given_lang: Annotated[Lang, typer.Option("--lang", help=words("lang"))] = lang,  # `spoken` has read it
    ) -> None:
        del given_lang
        if version:
            from importlib.metadata import version as installed

            typer.echo(f"hinterland {installed('hinterland')}")
            raise typer.Exit

    add_diagnose(app, words, lang)
    add_run(app, words, lang)
    add_compare(app, words, lang)
    add_checks(app, words, lang)
    add_scenarios(app, words, lang)
    add_policies(app, words, lang)
    add_data(app, words, lang)
    add_validate(app, words, lang)
    add_glossary(app, words, lang)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit with 0 done, 1 not solved or a check failed, 2 wrong input."""
    keep_compiled()
    one_thread()
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
        note(in_language(usage(error), lang))
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)
