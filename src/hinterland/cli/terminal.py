"""What every command needs of the terminal: an answer in a form, notes, a bar of progress, compiled programs."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NoReturn

import typer

from hinterland.texts import Lang, text

if TYPE_CHECKING:
    from hinterland.report.answer import Answer
    from hinterland.report.layout import Screen

Form = Literal["table", "md", "json", "csv"]
LINES = 40  # of a first screen
PIPED = 100  # columns where nobody's terminal is known


def show(
    answer: "Answer", form: Form, detail: bool = False, only: str = "", lang: Lang = "en", above: Sequence[str] = ()
) -> NoReturn:
    """Print an answer in a form and leave: its first screen, all of it, or the one table that is asked for.

    `above`: notes that stand above it already, which its first screen leaves room for.
    """
    if form != "table":
        typer.echo(answer.as_text(form, only, lang), nl=False)
        raise typer.Exit(answer.code)
    from hinterland.report.layout import laid_out, shortened
    from hinterland.report.lines import wrapped

    parts, columns = answer.parts(detail, only, lang), width()
    if answer.short and not (detail or only):
        room = LINES - sum(len(wrapped(words, columns)) for words in above)
        first = shortened(parts, columns, room)
        lines = first.lines
        if said := left_out(first, lang):  # what is said of it takes room too, and leaves less
            first = shortened(parts, columns, room - len(wrapped(said, columns)))
            lines = [*first.lines, *wrapped(left_out(first, lang), columns)]
    else:
        lines = laid_out(parts, columns)
    typer.echo("\n".join(lines))
    raise typer.Exit(answer.code)


def left_out(first: "Screen", lang: Lang) -> str:
    """Say what of the tables is not on the first screen, and how it is seen; nothing where all is there."""
    if first.left:
        return text("screen.left" if first.cut else "screen.rows", lang, count=first.left)
    return text("screen.columns", lang) if first.cut else ""


def width() -> int:
    """Return the columns of the user's terminal, also where the answer goes through a pipe."""
    if os.environ.get("COLUMNS", "").isdecimal():
        return max(20, int(os.environ["COLUMNS"]))
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        try:
            if stream.isatty():
                return os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError, AttributeError):
            continue
    return PIPED


def note(words: str) -> None:
    """Say something that is not the answer: to standard error, in lines that fit where somebody reads them."""
    if sys.stderr.isatty():
        from hinterland.report.lines import wrapped

        words = "\n".join(wrapped(words, width()))
    typer.echo(words, err=True)


def keep_compiled() -> None:
    """Let jax keep compiled programs in the user's cache folder, unless the environment says where already."""
    from platformdirs import user_cache_path

    if "JAX_COMPILATION_CACHE_DIR" not in os.environ:
        cache = user_cache_path("hinterland")
        try:
            cache.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        os.environ["JAX_COMPILATION_CACHE_DIR"] = str(cache)
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "0")


def one_thread() -> None:
    """Let NumPy invert its small matrices in one thread: on a busy machine several wait for each other for seconds."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def collect_seldom() -> None:
    """Let Python look for rings of objects that nobody holds every half million new ones, not every 700.

    What is imported and traced is held until the end: looking through it again and again took a fifth of a run.
    """
    gc.set_threshold(500_000)


@contextmanager
def progress(label: str) -> Iterator[Callable[[float], None] | None]:
    """Show a bar on standard error while work lasts, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=1.0)
        yield lambda done: bar.update(task, completed=done)
