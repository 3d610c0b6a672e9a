"""The schema: what every variable, parameter, instrument and indicator is, and where every number comes from.

Tables are CSV and BibTeX beside this file; this is their one loader. Code, docs and checks read them here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from hinterland.errors import Problem, nearest

HERE = files("hinterland") / "schema"


@dataclass(frozen=True)
class Variable:
    """A statistical series of the panel."""

    name: str
    zh: str
    en: str
    unit: str
    minimum: float
    maximum: float
    adds_up: str
    note: str


@dataclass(frozen=True)
class Parameter:
    """One number of a model; `index` says which sector (pair) where there are several."""

    name: str
    symbol: str
    economy: str
    index: str
    value: float
    minimum: float
    maximum: float
    unit: str
    zh: str
    en: str
    source: str
    note: str


@dataclass(frozen=True)
class Instrument:
    """A policy instrument: what its size means and what it writes."""

    name: str
    parameter: str
    zh: str
    en: str
    unit: str
    minimum: float
    maximum: float
    default: float
    lever: str
    cost: str
    source: str
    note: str


@dataclass(frozen=True)
class IndicatorEntry:
    """An indicator: unit, range, weights, formula, and which direction is better."""

    name: str
    zh: str
    en: str
    unit: str
    minimum: float
    maximum: float
    direction: str
    weights: str
    formula: str
    source: str


Entry = TypeVar("Entry", Variable, Parameter, Instrument, IndicatorEntry)
NUMBERS = ("minimum", "maximum", "value", "default")


def rows(kind: type[Entry], file: str) -> Iterator[Entry]:
    """Read one table; an empty bound is no bound."""
    unbounded = {"minimum": float("-inf"), "maximum": float("inf")}
    for row in csv.DictReader(HERE.joinpath(file).read_text(encoding="utf-8").splitlines()):
        values: dict[str, Any] = {field.name: row[field.name] for field in fields(kind)}
        for name in NUMBERS:
            if name in values:
                values[name] = float(values[name]) if values[name] else unbounded[name]
        yield kind(**values)


@cache
def variables() -> dict[str, Variable]:
    """Return the panel's variables by name."""
    return {entry.name: entry for entry in rows(Variable, "variables.csv")}


@cache
def parameters() -> dict[str, Parameter]:
    """Return the parameters by economy, name and index, such as `china-2000.labour_share_j.ag`."""
    return {
        ".".join(filter(None, (entry.economy, entry.name, entry.index))): entry
        for entry in rows(Parameter, "parameters.csv")
    }


@cache
def instruments() -> dict[str, Instrument]:
    """Return the policy instruments by name."""
    return {entry.name: entry for entry in rows(Instrument, "instruments.csv")}


@cache
def indicators() -> dict[str, IndicatorEntry]:
    """Return the indicators by name."""
    return {entry.name: entry for entry in rows(IndicatorEntry, "indicators.csv")}


@cache
def sources() -> dict[str, dict[str, str]]:
    """Return key -> fields of every publication in `sources.bib`, one field a line."""
    found: dict[str, dict[str, str]] = {}
    for line in HERE.joinpath("sources.bib").read_text(encoding="utf-8").splitlines():
        if start := re.match(r"@(\w+)\{([\w-]+),", line):
            current = found[start[2]] = {"kind": start[1]}
        elif field := re.match(r"\s*(\w+)\s*=\s*[{\"](.*)[}\"],?\s*$", line):
            current[field[1].lower()] = field[2]
    return found


def check_schema() -> list[Problem]:
    """Return every rule of the schema that its tables break."""
    problems = []
    tables: tuple[tuple[str, type[Any]], ...] = (
        ("variables.csv", Variable),
        ("parameters.csv", Parameter),
        ("instruments.csv", Instrument),
        ("indicators.csv", IndicatorEntry),
    )
    for file, kind in tables:
        entries: list[Any] = list(rows(kind, file))
        problems += [problem for entry in entries for problem in entry_problems(entry, file)]
        names = [(entry.name, getattr(entry, "economy", ""), getattr(entry, "index", "")) for entry in entries]
        for name in sorted({name for name in names if names.count(name) > 1}):
            problems.append(Problem("schema.repeated", {"file": file, "name": " ".join(name).strip()}))
    return problems


def entry_problems(entry: Any, file: str) -> list[Problem]:
    """Return what is wrong with one entry: names, range, value, source."""
    where = {"file": file, "name": entry.name}
    problems = []
    if not (entry.zh and entry.en and entry.unit):
        problems.append(Problem("schema.unnamed", where))
    value = getattr(entry, "value", getattr(entry, "default", entry.minimum))
    if not entry.minimum <= value <= entry.maximum:
        problems.append(Problem("schema.range", {**where, "value": value}))
    source = getattr(entry, "source", None)
    if source is not None and source not in sources():
        near = nearest(source, list(sources()))
        problems.append(Problem("schema.source", {**where, "value": source, "near": near}))
    return problems
