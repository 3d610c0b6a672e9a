"""A run as a workbook that people read: its notes, every table in the units of the language, its sources."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pandas as pd

from hinterland import schema
from hinterland.report.certificate import certified
from hinterland.report.changes import is_difference, reading_of_change
from hinterland.report.charts.words import row_names
from hinterland.report.citations import cited, program, sources_of
from hinterland.report.columns import UNITS, read_in
from hinterland.report.frames import headed
from hinterland.report.quantities import Reading, reading
from hinterland.report.run_tables import TABLES, about
from hinterland.report.scenarios import reasons
from hinterland.report.sentences import sentences
from hinterland.report.terms import terms
from hinterland.report.workbook import workbook
from hinterland.schema import outcomes
from hinterland.study import run
from hinterland.study.compare import RELATIVE, change_unit
from hinterland.study.outcomes import unit_of
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.economy.economy import Economy
    from hinterland.study.run import Result

BY_POLICY = ("decomposition", "budget", "benefits", "services")
SHARES = {"share": 1.0, "%": 0.01}  # what makes a fraction of them, which a spreadsheet shows as percent


def run_workbook(result: Result, lang: str) -> bytes:
    """Return the workbook of a run: the same bytes for the same run."""
    tables = {name: frame for name in run.TABLES if len(frame := read(result, name, lang))}
    titled = {text(f"table.{name}", lang): frame for name, frame in tables.items()}
    first = {text("paper.notes", lang): notes(result, list(tables), lang)}
    return workbook(first | titled | {text("paper.sources_sheet", lang): sources(result, lang)})


def read(result: Result, name: str, lang: str) -> pd.DataFrame:
    """Return a table with its numbers in the units in which they are read, said in heads or beside them."""
    frame = TABLES[name].frame(result, lang)
    if name in BY_POLICY:
        frame = frame.assign(part=frame["part"].replace(row_names(result, lang)))
    if name in ("headline", "regions"):
        frame = levels(frame, list(getattr(result, name)["unit"]), lang)
    elif name == "flows":
        frame = levels(frame, ["million"] * len(frame), lang)
    if "change_unit" in frame:
        frame = changes(frame, lang, result.scenario.economy)
    ways = {key: read_in(key, lang) for key in frame if key in UNITS}
    scaled_up = frame.assign(**{key: of.factor * frame[key] for key, of in ways.items()})
    return headed(scaled_up, lang, {key: of.unit for key, of in ways.items()})


def levels(frame: pd.DataFrame, units: list[str], lang: str) -> pd.DataFrame:
    """Return a table with its levels as they are read: shares and rates as fractions, which are shown as percent."""
    found = frame.copy()
    readings = [reading(unit, lang, size) for unit, size in zip(units, frame["baseline"], strict=True)]
    factors = [SHARES.get(unit, of.factor) for unit, of in zip(units, readings, strict=True)]
    for column in ("baseline", "value"):
        found[column] = frame[column] * factors
    found["unit"] = ["%" if unit in SHARES else of.unit for unit, of in zip(units, readings, strict=True)]
    return found


def changes(frame: pd.DataFrame, lang: str, economy: Economy) -> pd.DataFrame:
    """Return a table with its changes as they are read: fractions shown as percent, points, differences as levels."""
    ways = {name: reading_in_cells(name, lang, economy) for name in dict.fromkeys(frame["key"])}
    change = [ways[name].factor * value for name, value in zip(frame["key"], frame["change"], strict=True)]
    return frame.assign(change=change, change_unit=[ways[name].unit for name in frame["key"]])


def reading_in_cells(name: str, lang: str, economy: Economy) -> Reading:
    """Return how a spreadsheet holds a change, which shows a fraction as percent."""
    if name not in outcomes() or is_difference(name):
        unit = change_unit(name, unit_of(economy, name) if name in outcomes() else "")
        return Reading(1.0, "%", None) if unit == RELATIVE else reading(unit, lang)
    of = reading_of_change(name, lang, counted=True)
    return of._replace(factor=1.0) if of.unit == "%" else of


def notes(result: Result, names: list[str], lang: str) -> pd.DataFrame:
    """Return what the workbook is: the scenario, the answer, each table, what is estimated, the certificate."""
    scenario = result.scenario
    policies = [*reasons(scenario, lang), *filter(None, [terms(scenario, lang)])]
    words = [
        (text("paper.scenario", lang), scenario.called(lang)),
        (text("shown.year", lang), f"{scenario.economy.name}: {scenario.economy.note(lang)}"),
        (text("shown.states", lang), scenario.states(lang)),
        *((text("paper.policy", lang), line) for line in policies),
        *((text("paper.answer", lang), sentence) for sentence in sentences(result, lang)),
        *(
            (text(f"about.{key}", lang), scenario.texts[key].get(lang, ""))
            for key in ("facts", "assumptions")
            if scenario.texts.get(key)
        ),
    ]
    tables = [(text(f"table.{name}", lang), about(result, name, lang)) for name in names]
    end = [
        (text("table.certificate", lang), certified(result, lang)),
        (text("paper.program", lang), f"Hinterland {version('hinterland')}"),
    ]
    return headed(pd.DataFrame([*words, *tables, *end], columns=["item", "what"]), lang)


def sources(result: Result, lang: str) -> pd.DataFrame:
    """Return how to cite, the publications behind a run, and what each finding of theirs rests on."""
    rows = [(program(lang), "", "", "")]
    names = dict.fromkeys(policy.instrument for policy in result.scenario.policies.values())
    instruments = schema.instruments()
    rows += [
        (
            cited(entry.source),
            str(getattr(instruments[entry.instrument], lang)),
            str(getattr(entry, lang)),
            text(f"known.{entry.status}", lang),
        )
        for entry in schema.evidence().values()
        if entry.instrument in names
    ]
    known = {row[0] for row in rows}
    rows += [(words, "", "", "") for key in sources_of(result.scenario) if (words := cited(key)) not in known]
    return headed(pd.DataFrame(rows, columns=["source", "instrument", "finding", "status"]), lang)
