"""The command line: thin. It reads words, calls the public functions, prints; help is in the user's language.

jax, pandas and rich are imported inside the commands, so that `--help` answers at once.
"""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from hinterland.cli.baseline import add_baseline
from hinterland.cli.checks import add_checks
from hinterland.cli.compare import add_compare
from hinterland.cli.consoles import leave, open_consoles, writes_chinese
from hinterland.cli.data import add_data
from hinterland.cli.diagnose import add_diagnose
from hinterland.cli.glossary import add_glossary
from hinterland.cli.help import speak
from hinterland.cli.line import options_with_one_value, ordered, refuse_twice, spoken, taken
from hinterland.cli.path import add_path
from hinterland.cli.policies import add_policies
from hinterland.cli.report import add_report
from hinterland.cli.run import add_run
from hinterland.cli.scenarios import add_scenarios
from hinterland.cli.studio import add_studio
from hinterland.cli.terminal import collect_seldom, keep_compiled, note, one_thread
from hinterland.cli.usage import usage
from hinterland.cli.validate import add_validate
from hinterland.errors import HinterlandError, Problem, in_language
from hinterland.texts import Lang, text


def build(lang: Lang) -> Any:
    """Return the application with its help in one language."""

    def words(key: str) -> str:
        return text(f"cli.{key}", lang)

    app = typer.Typer(
        help=words("about"),
        epilog=words("about_example"),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(invoke_without_command=True)
    def main_options(
        version: Annotated[bool, typer.Option("--version", help=words("version"))] = False,
        spoken_in: Annotated[Lang, typer.Option("--lang", help=words("lang"))] = lang,  # `spoken` has read it
    ) -> None:
        del spoken_in
        if version:
            from importlib.metadata import version as installed

            typer.echo(f"hinterland {installed('hinterland')}")
            raise typer.Exit

    add_diagnose(app, words, lang)
    add_run(app, words, lang)
    add_path(app, words, lang)
    add_baseline(app, words, lang)
    add_report(app, words, lang)
    add_studio(app, words, lang)
    add_compare(app, words, lang)
    add_checks(app, words, lang)
    add_scenarios(app, words, lang)
    add_policies(app, words, lang)
    add_data(app, words, lang)
    add_validate(app, words, lang)
    add_glossary(app, words, lang)
    command = typer.main.get_command(app)
    speak(command, lang)
    return command


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit with 0 done, 1 not solved or a check failed, 2 wrong input."""
    keep_compiled()
    one_thread()
    if arguments is None:  # a process of its own
        collect_seldom()
    given = list(sys.argv[1:] if arguments is None else arguments)
    open_consoles(form_of(given))
    sys.exit(answered(given, within_reach(spoken(given, os.environ), given)))


def form_of(given: Sequence[str]) -> str:
    """Return the form that is asked for; empty where none is, or none is said."""
    try:
        return taken(given, "--format")[0] or ""
    except HinterlandError:
        return ""


def within_reach(lang: Lang, given: Sequence[str]) -> Lang:
    """Return the language to write: English where the console has no Chinese letters and Chinese is not insisted on."""
    if lang == "en" or writes_chinese() or form_of(given) == "json":
        return lang
    if not any(word.startswith("--lang") for word in given):
        return "en"
    note(text("console.no_chinese", "en", encoding=sys.stdout.encoding))
    return lang


def answered(given: Sequence[str], lang: Lang) -> int:
    """Run a command and return its exit code; what is wrong is told on standard error."""
    try:
        command, words = build(lang), ordered(given)
        refuse_twice(words, options_with_one_value(command))
        code = command(words, standalone_mode=False)
        sys.stdout.flush()
    except HinterlandError as error:
        note(error.text(lang))
        return error.exit_code
    except typer.Abort:
        return 130
    except typer.TyperException as error:
        note(in_language(usage(error), lang))
        return 2
    except BrokenPipeError:
        return leave()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            note(Problem("console.long_name", {"value": f"{error.filename!s:.40}..."}).text(lang))
            return 2
        if error.errno != errno.ENOSPC:
            raise
        note(Problem("console.refused", {"why": error.strerror or str(error)}).text(lang))
        leave()
        return 2
    except SystemExit as stop:  # typer and rich leave so when nobody reads
        return leave() if isinstance(stop.__context__, BrokenPipeError) else code_of(stop.code)
    return code_of(code)


def code_of(given: object) -> int:
    """Return an exit code; anything but a number is none."""
    return given if isinstance(given, int) else 0
