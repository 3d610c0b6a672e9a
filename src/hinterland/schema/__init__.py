"""The schema: what every variable, parameter, instrument and indicator is, and where every number comes from.

Tables are CSV and BibTeX beside this file; this is their one loader. Code, docs and checks read them here.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from hinterland.errors import Problem, hint
from hinterland.schema.array_entries import (
    ArrayEntry,
    array_problems,
    arrays,
    index_of,
    may_be_infinite,
    names_of,
    sign_of,
)

# Offered from here beside what this file defines.
__all__ = ["ArrayEntry", "array_problems", "arrays", "index_of", "may_be_infinite", "names_of", "sign_of"]

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
    note_zh: str


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


MEASUREMENT = "measured_change"  # the instrument that feeds in a published change: no planner's lever


@dataclass(frozen=True)
class Instrument:
    """A policy instrument: what it is, which levers it writes, what it costs by which rule, who pays."""

    name: str
    size: str  # the value that is its dose
    zh: str
    en: str
    help_zh: str
    help_en: str
    words: str  # of the source
    lever: str
    cost_zh: str
    cost_en: str
    payer: str  # pairs who:share; the share a number or an entry of evidence.csv; what is left is the province's
    outcome: str  # that it is for, in the words of evidence.csv; the strength of its evidence is read off there
    rests_on: str  # pairs lever:keys, what the benefit of a written lever rests on: see `entering`
    source: str
    note: str

    @property
    def entering(self) -> dict[str, tuple[str, ...]]:
        """What the benefit of each lever that it writes rests on, by the name under which a policy writes it.

        Values of the instrument, rows of evidence.csv, own parameters and assumptions, and what the model has not.
        """
        pairs = (pair.partition(":") for pair in self.rests_on.split())
        return {lever: tuple(keys.split("+")) for lever, _, keys in pairs}


@dataclass(frozen=True)
class Value:
    """One value of an instrument: kind, unit, range, default, neutral value, and what it rests on."""

    instrument: str
    name: str
    kind: str  # number, integer, choice, places, cities, ports, shares
    unit: str
    minimum: float
    maximum: float
    default: str
    off: str
    choices: str
    status: str  # established, derived, assumed, not_established
    evidence: str  # an entry of evidence.csv
    zh: str
    en: str

    @property
    def given(self) -> Any:
        """The default in its own type; None where a value may be left out."""
        if self.kind in LISTS:
            return tuple(filter(None, self.default.split("|")))
        if self.kind == "choice":
            return self.default
        if not self.default:
            return None
        return int(self.default) if self.kind == "integer" else float(self.default)

    @property
    def known(self) -> tuple[str, ...]:
        """What a choice may be."""
        return tuple(self.choices.split("|")) if self.choices else ()


LISTS = ("places", "cities", "ports")


@dataclass(frozen=True)
class Evidence:
    """One finding, unit cost or payer share, with how it is known.

    `low` and `high` of an effect are the study's own confidence interval or the range that it states; what another
    study, another place or another closure gives is a row of its own. The grounds of an effect are causal, correlation,
    model, stated or accounts, those of a unit cost accounts, rule, estimate or total; a row without a number has none.
    """

    id: str
    instrument: str
    role: str  # effect, unit_cost, payer, parameter
    value: float
    low: float
    high: float
    unit: str
    price_year: str
    status: str
    seen: str  # read, abstract; assumed where there is nothing to see
    grounds: str
    in_china: str  # yes or no
    itself: str  # yes, or no where it is of a near instrument
    outcome: str  # that an effect is on
    source: str
    zh: str
    en: str


@dataclass(frozen=True)
class IndicatorEntry:
    """An indicator: unit, range, weights, formula, and which direction is better; what a run says of an outcome.

    The dashboard and a run may name one thing in other words and digits: `zh`, `en`, `digits` are the dashboard's.
    """

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
    digits: int  # of the dashboard
    outcome_zh: str
    outcome_en: str
    short_zh: str  # at the head of a column
    short_en: str
    summary_zh: str  # at the head of a column of `scenarios summary`
    summary_en: str
    change: str  # of an outcome: relative, points, difference; empty for an indicator that is none
    level_digits: int
    change_digits: int
    shown: Mapping[str, int]  # table of a run -> place among its outcomes


Entry = TypeVar("Entry", Variable, Parameter, Instrument, Value, IndicatorEntry)
ROUNDING = 1e-12
NUMBERS = ("minimum", "maximum", "value")
DIGITS = ("digits", "level_digits", "change_digits")


def rows(kind: type[Entry], file: str) -> Iterator[Entry]:
    """Read one table; an empty bound is no bound."""
    unbounded = {"minimum": float("-inf"), "maximum": float("inf")}
    for row in csv.DictReader(HERE.joinpath(file).read_text(encoding="utf-8").splitlines()):
        values: dict[str, Any] = {field.name: row[field.name] for field in fields(kind)}
        for name in NUMBERS:
            if name in values:
                values[name] = float(values[name]) if values[name] else unbounded[name]
        values |= {name: int(values[name] or 0) for name in DIGITS if name in values}
        if "shown" in values:
            pairs = (entry.partition(":") for entry in values["shown"].split())
            values["shown"] = {table: int(place) for table, _, place in pairs}
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
def _values() -> tuple[Value, ...]:
    return tuple(rows(Value, "values.csv"))


@cache
def values(instrument: str) -> dict[str, Value]:
    """Return the values of an instrument by name: its own, then those of every instrument."""
    table = _values()
    own = {entry.name: entry for entry in table if entry.instrument == instrument}
    return own | {entry.name: entry for entry in table if entry.instrument == "*"}


@cache
def evidence() -> dict[str, Evidence]:
    """Return the evidence behind instruments by id; a number that is not given is NaN."""
    found = {}
    for row in csv.DictReader(HERE.joinpath("evidence.csv").read_text(encoding="utf-8").splitlines()):
        numbers = {name: float(row[name]) if row[name] else math.nan for name in ("value", "low", "high")}
        fields_of: dict[str, Any] = {**row, **numbers}
        found[row["id"]] = Evidence(**fields_of)
    return found


def payers(instrument: str) -> dict[str, float]:
    """Return who pays by default and what share: the province pays what is left; empty where nobody is named."""
    said = instruments()[instrument].payer.split()
    if not said:
        return {}
    shares = {}
    for who, _, share in (pair.partition(":") for pair in said):
        if who != "province":
            shares[who] = evidence()[share].value if share in evidence() else float(share or 1)
    left = 1 - sum(shares.values())
    return shares | ({"province": left} if left > ROUNDING else {})


@cache
def indicators() -> dict[str, IndicatorEntry]:
    """Return the indicators by name."""
    return {entry.name: entry for entry in rows(IndicatorEntry, "indicators.csv")}


def outcomes(table: str = "headline") -> dict[str, IndicatorEntry]:
    """Return the outcomes that a table of a run shows, in its order: headline, regions, decomposition, and so on."""
    found = [entry for entry in indicators().values() if table in entry.shown]
    return {entry.name: entry for entry in sorted(found, key=lambda entry: entry.shown[table])}


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


def of_source(key: str, field: str, lang: str) -> str:
    """Return author or title of a publication: in Chinese those of a Chinese one, else as they stand; may be empty."""
    entry = sources()[key]
    return (entry.get(f"{field}zh") if lang == "zh" else None) or entry.get(field, "")


def check_schema() -> list[Problem]:
    """Return every rule of the schema that its tables break."""
    problems = []
    tables: tuple[tuple[str, type[Any]], ...] = (
        ("variables.csv", Variable),
        ("parameters.csv", Parameter),
        ("indicators.csv", IndicatorEntry),
    )
    for file, kind in tables:
        entries: list[Any] = list(rows(kind, file))
        problems += [problem for entry in entries for problem in entry_problems(entry, file)]
        names = [(entry.name, getattr(entry, "economy", ""), getattr(entry, "index", "")) for entry in entries]
        for name in sorted({name for name in names if names.count(name) > 1}):
            problems.append(Problem("schema.repeated", {"file": file, "name": " ".join(name).strip()}))
    problems += [problem for entry in arrays().values() for problem in array_problems(entry)]
    return [*problems, *instrument_problems()]


def instrument_problems() -> list[Problem]:
    """Return what is wrong with instruments, their values and their evidence: names, ranges, sources."""
    problems = []
    for entry in instruments().values():
        found = [value for value in values(entry.name).values() if value.instrument == entry.name]
        cited = [entry.source, *(evidence()[value.evidence].source for value in found if value.evidence)]
        for source in cited:
            if source not in sources():
                near = hint(source, list(sources()))
                problems.append(
                    Problem(
                        "schema.source", {"file": "instruments.csv", "name": entry.name, "value": source, "near": near}
                    )
                )
        for value in found:
            where: dict[str, object] = {"file": "values.csv", "name": f"{entry.name}.{value.name}"}
            if value.kind == "number" and value.default and not value.minimum <= value.given <= value.maximum:
                problems.append(Problem("schema.range", {**where, "value": value.given}))
            if not (value.zh and value.en):
                problems.append(Problem("schema.unnamed", where))
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
        near = hint(source, list(sources()))
        problems.append(Problem("schema.source", {**where, "value": source, "near": near}))
    return problems
