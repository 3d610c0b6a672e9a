"""The tables of a run: one row each, from which the screen, `--table`, `result.table` and every file follow.

`study` keeps the tables that are worked out (`study.run.TABLES`); those among the rows here are written to files. A row
says how a table is read on a screen, and what it is with its numbers as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hinterland.report import certificate, frames, money, outcome_tables, places
from hinterland.report.answer import require_table
from hinterland.report.columns import counted_in
from hinterland.report.headings import headings
from hinterland.report.sheet import Sheet, Sheets
from hinterland.study import run
from hinterland.texts import text

if TYPE_CHECKING:
    import pandas as pd

    from hinterland.study.run import Result


class RunTable(NamedTuple):
    """A table of a run, in the words of one language."""

    sheet: Callable[[Result, str], Sheet | None]  # as it is read; None where the run has nothing of the kind
    frame: Callable[[Result, str], pd.DataFrame]  # with its numbers as they are and keys for heads; it may be empty
    apart: bool = False  # shown where it is asked for by name, not among all
    about: str = ""  # key of what the frame is called, where that is not the title of the sheet
    heads: tuple[str, ...] = ()  # keys of what is printed above it, beside `report.` with its name


TABLES = {
    "headline": RunTable(outcome_tables.headline, frames.headline, heads=("screen.headline",)),
    "regions": RunTable(places.everywhere, frames.regions, apart=True, about="paper.by_place", heads=("paper.places",)),
    "macro_regions": RunTable(places.macro_regions, frames.macro_regions, heads=("report.by_macro_region",)),
    "extremes": RunTable(places.extremes, frames.extremes, heads=("report.extremes_own", "report.extremes_turn")),
    "flows": RunTable(outcome_tables.flows, frames.flows, about="paper.flows"),
    "decomposition": RunTable(outcome_tables.decomposition, frames.decomposition),
    "channels": RunTable(outcome_tables.channels, frames.channels),
    "budget": RunTable(money.budget, money.budget_frame),
    "payers": RunTable(money.payers, money.payers_frame),
    "benefits": RunTable(money.benefits, money.benefits_frame, heads=("report.benefits_unfunded",)),
    "rests": RunTable(money.rests, money.rests_frame),
    "services": RunTable(money.services, money.services_frame),
    "gains": RunTable(money.gains, money.gains_frame),
    "gain_ranges": RunTable(money.gain_ranges, money.gain_ranges_frame, apart=True),
    "bridge": RunTable(money.bridge, money.bridge_frame),
    "room": RunTable(places.room, frames.room),
    "sensitivity": RunTable(outcome_tables.sensitivity, frames.sensitivity),
    "certificate": RunTable(certificate.certificate, frames.certificate),
}


def sheets(result: Result, lang: str) -> Sheets:
    """Return the tables of a run as they are read, each worked out when it is asked for."""
    return Sheets({name: partial(row.sheet, result, lang) for name, row in TABLES.items()})


def named(said: str, lang: str) -> str:
    """Return the key of the table that goes by a name or a heading; a DataError names the nearest where none does."""
    heads = {name: headings((f"report.{name}", row.about, *row.heads)) for name, row in TABLES.items()}
    return require_table(said, TABLES, lang, heads)


def table(result: Result, name: str, lang: str) -> pd.DataFrame:
    """Return one table of a run with heads and labels in one language, numbers as they are; it may be empty.

    A DataError names the nearest where no table is named so, by its key or in either language.
    """
    key = named(name, lang)
    frame, ways = TABLES[key].frame(result, lang), counted_in(lang)
    scaled = frame.assign(**{name: ways[name].factor * frame[name] for name in frame if name in ways})
    return frames.headed(frames.with_units(scaled, lang), lang, {name: of.unit for name, of in ways.items()})


def for_files(result: Result, lang: str) -> dict[str, pd.DataFrame]:
    """Return the tables of a run that are written to files and have rows, with their heads in one language."""
    found = {name: table(result, name, lang) for name in run.TABLES}
    return {name: frame for name, frame in found.items() if len(frame)}


def about(result: Result, name: str, lang: str) -> str:
    """Return in words what a table holds."""
    row = TABLES[name]
    sheet = None if row.about else row.sheet(result, lang)
    return text(row.about or f"table.{name}", lang) if sheet is None else sheet.title
