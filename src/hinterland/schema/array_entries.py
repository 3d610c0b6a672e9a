"""The arrays of a model, of an economy and of the box, and the levers: unit, sign, sums, and what their indices are.

Files, the door of a world and the box read the rules here. An array of a block of your own needs no row: it must not be
negative.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hinterland.errors import Problem

FILE = "arrays.csv"
LETTERS = "nimjkgcrh"  # regions, origins, places of work; sectors, inputs; groups, cells, residences, pools
SIGNS = ("positive", "non-negative", "any")
# `model`: an array that the file of an economy may hold; `world`: one of people without hukou groups, which no economy
# has; `role`: told by the roles of an economy's labels; `beside`: told beside the model's arrays; `lever`: a change
# only; `account`: what an economy may say of its accounts that no equation reads; `box`: what the box holds beside all
# these.
BELONGS = ("model", "world", "role", "beside", "lever", "account", "box")
FLAGS = {"yes": True, "": False}


@dataclass(frozen=True)
class ArrayEntry:
    """An array or lever: where it belongs, its unit and its rules."""

    name: str
    belongs: str
    unit: str
    sign: str
    infinite: bool  # whether it may be
    sums_over: str  # the index letters over which it adds up to one
    required: bool  # whether the file of an economy must have it
    sparse: bool  # whether rows that are not there are zero
    zh: str
    en: str


@cache
def arrays() -> dict[str, ArrayEntry]:
    """Return every array and lever by name."""
    words = (files("hinterland") / "schema" / FILE).read_text(encoding="utf-8")
    return {row["name"]: entry_of(row) for row in csv.DictReader(words.splitlines())}


def entry_of(row: dict[str, str]) -> ArrayEntry:
    """Return the entry of a row; a flag that is neither yes nor empty is a KeyError."""
    flags = {key: FLAGS[row[key]] for key in ("infinite", "required", "sparse")}
    return ArrayEntry(
        row["name"],
        row["belongs"],
        row["unit"],
        row["sign"],
        sums_over=row["sums_over"],
        zh=row["zh"],
        en=row["en"],
        **flags,
    )


def names_of(*belongs: str) -> tuple[str, ...]:
    """Return the arrays that belong to one of several, in their order."""
    return tuple(entry.name for entry in arrays().values() if entry.belongs in belongs)


def sign_of(name: str) -> str:
    """Return the sign that an array must have; one without a row must not be negative."""
    return arrays()[name].sign if name in arrays() else "non-negative"


def may_be_infinite(name: str) -> bool:
    """Whether entries of an array may be infinite."""
    return name in arrays() and arrays()[name].infinite


def index_of(name: str) -> str:
    """Return the index letters of a name; none for a scalar."""
    letters = name.rsplit("_", 1)[-1]
    return letters if len(letters) <= 3 and set(letters) <= set(LETTERS) else ""


def array_problems(entry: ArrayEntry) -> list[Problem]:
    """Return what is wrong with one row: names, sign, where it belongs, indices that it has not."""
    where: dict[str, object] = {"file": FILE, "name": entry.name}
    problems = [] if entry.zh and entry.en and entry.unit else [Problem("schema.unnamed", where)]
    known = {entry.sign: SIGNS, entry.belongs: BELONGS} | {letter: index_of(entry.name) for letter in entry.sums_over}
    return problems + [
        Problem("schema.word", {**where, "value": value, "known": ", ".join(of)})
        for value, of in known.items()
        if value not in of
    ]
