"""What every command needs of the terminal: an answer in a form, notes, a bar of progress, compiled programs."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from hinterland.report.answer import Answer

Form = Literal["table", "md", "json", "csv"]


def show(answer: "Answer", form: Form) -> NoReturn:
    """Print an answer in a form, tables wide enough for their columns where the output is no terminal; leave."""
    if form != "table":
        typer.echo(answer.as_text(form), nl=False)
        raise typer.Exit(answer.code)
    from rich.console import Console

    if answer.opening:
        typer.echo(answer.opening)
    console = Console(width=None if sys.stdout.isatty() else 140)
    for table in answer.tables():
        console.print(table)
    for words in filter(None, (answer.closing, answer.note)):
        typer.echo(words)
    raise typer.Exit(answer.code)


def note(words: str) -> None:
    """Say something that is not the answer: to standard error."""
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
