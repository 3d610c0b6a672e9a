"""A run as a workbook that people read: its notes, every table in the units of the language, its sources."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pandas as pd

from hinterland import schema
from hinterland.report import first_screen
from hinterland.report.charts.words import row_names
from hinterland.report.citations import cited, program, sources_of
from hinterland.report.frames import TABLES, headed
from hinterland.report.money import money_of, money_tables
from hinterland.report.quantities import reading
from hinterland.report.tables import scaled
from hinterland.report.workbook import workbook
from hinterland.schema import outcomes
from hinterland.study.summary import AMOUNTS
from hinterland.study.variation import PARTS
from hinterland.texts import text, unit_name

if TYPE_CHECKING:
    from hinterland.study.run import Result

MONEY = {*AMOUNTS, *PARTS, "variation", "present_value"}
BY_POLICY = ("decomposition", "budget", "benefits", "services")
SHARES = {"share": 1.0, "%": 0.01}  # what makes a fraction of them, which a spreadsheet shows as percent
TITLES = {  # of tables that are not of money
    "headline": "report.headline",
    "regions": "paper.by_place",
    "flows": "paper.flows",
    "decomposition": "report.decomposition",
    "channels": "report.channels",
    "sensitivity": "report.sensitivity",
}


def run_workbook(result: Result, lang: str) -> bytes:
    """Return the workbook of a run: the same bytes for the same run."""
    tables = {name: frame for name in TABLES if len(frame := read(result, name, lang))}
    titled = {text(f"table.{name}", lang): frame for name, frame in tables.items()}
    first = {text("paper.notes", lang): notes(result, list(tables), lang)}
    return workbook(first | titled | {text("paper.sources_sheet", lang): sources(result, lang)})


def read(result: Result, name: str, lang: str) -> pd.DataFrame:
    """Return a table with its numbers in the units in which they are read, said in heads or beside them."""
    frame = TABLES[name](result, lang)
    if name in BY_POLICY:
        frame = frame.assign(part=frame["part"].replace(row_names(result, lang)))
    if name in ("headline", "regions"):
        frame = levels(frame, list(getattr(result, name)["unit"]), lang)
    elif name == "flows":
        frame = levels(frame, ["million"] * len(frame), lang)
    if "change_unit" in frame:
        frame = changes(frame, lang)
    money = money_of(lang).unit
    heads = {key: in_brackets(text(f"column.{key}", lang), money, lang) for key in frame if key in MONEY}
    return headed(frame, lang).rename(columns={text(f"column.{key}", lang): head for key, head in heads.items()})


def in_brackets(head: str, unit: str, lang: str) -> str:
    """Return a head with its unit."""
    return f"{head}（{unit}）" if lang == "zh" else f"{head} ({unit})"


def levels(frame: pd.DataFrame, units: list[str], lang: str) -> pd.DataFrame:
    """Return a table with its levels as they are read: shares and rates as fractions, which are shown as percent."""
    found = frame.copy()
    readings = [reading(unit, lang, size) for unit, size in zip(units, frame["baseline"], strict=True)]
    factors = [SHARES.get(unit, of.factor) for unit, of in zip(units, readings, strict=True)]
    for column in ("baseline", "value"):
        found[column] = frame[column] * factors
    found["unit"] = ["%" if unit in SHARES else of.unit for unit, of in zip(units, readings, strict=True)]
    return found


def changes(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return a table with its changes as they are read: fractions shown as percent, points, differences."""
    found, entries = frame.copy(), outcomes()
    points = [entries[key].change == "points" if key in entries else False for key in frame["key"]]
    found["change"] = [
        scaled(key, change) if is_points else change
        for key, change, is_points in zip(frame["key"], frame["change"], points, strict=True)
    ]
    relative = [key not in entries or entries[key].change == "relative" for key in frame["key"]]
    found["change_unit"] = [
        unit_name("pp", lang) if is_points else "%" if is_relative else unit
        for is_points, is_relative, unit in zip(points, relative, frame["change_unit"], strict=True)
    ]
    return found


def notes(result: Result, names: list[str], lang: str) -> pd.DataFrame:
    """Return what the workbook is: the scenario, the answer, each table, what is estimated, the certificate."""
    scenario, money = result.scenario, money_tables(result, lang)
    about = [
        (text("paper.scenario", lang), scenario.title.get(lang) or scenario.name),
        (text("shown.year", lang), f"{scenario.economy.name}: {scenario.economy.note(lang)}"),
        ("", text("screen.compared", lang, base=scenario.economy.year, year=scenario.rest_year)),
        *((text("paper.answer", lang), sentence) for sentence in first_screen.sentences(result, lang)),
        *(
            (text(f"about.{key}", lang), scenario.texts[key].get(lang, ""))
            for key in ("facts", "assumptions")
            if scenario.texts.get(key)
        ),
    ]
    tables = [
        (text(f"table.{name}", lang), money[name].title if name in money else text(TITLES[name], lang))
        for name in names
    ]
    end = [
        (text("table.certificate", lang), first_screen.certified(result, lang)),
        (text("paper.program", lang), f"Hinterland {version('hinterland')}"),
    ]
    return headed(pd.DataFrame([*about, *tables, *end], columns=["item", "what"]), lang)


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
