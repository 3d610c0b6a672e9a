"""The provincial panel: tidy, every figure with its quality mark and its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd

from hinterland import schema
from hinterland.data import regions
from hinterland.data.box import BOX
from hinterland.errors import Bilingual, DataError, Problem, hint, in_both, joined

YEAR = re.compile(r"\d{4}(\.0)?", re.ASCII)
SHOWN = 6  # variables in a message


@cache
def _panel() -> pd.DataFrame:
    with BOX.joinpath("panel.csv.gz").open("rb") as stream:
        table = pd.read_csv(stream, compression="gzip", dtype={"region_code": str})
    return table


def panel() -> pd.DataFrame:
    """Return the whole panel, one row a figure; what has none has no row.

    - region_code (code): of the province
    - year (year): of the figure
    - variable (key): the series; `hinterland data list` names them
    - value (as the series says): the figure, in the unit of `schema.variables()`
    - quality (A, B, C): printed in an official table, worked out from such, reconstructed
    - source (key): the publication
    """
    return _panel().copy()


@cache
def _of(variable: str) -> pd.DataFrame:
    table = _panel()
    return table[table["variable"] == variable]


def years(variable: str) -> list[int]:
    """Return the years for which a variable has figures; a DataError names the nearest if it is unknown."""
    if not isinstance(variable, str) or variable not in schema.variables():
        raise DataError(unknown_variable(str(variable)))
    return list(_years(variable))


def unknown_variable(said: str, others: Iterable[str] = ()) -> Problem:
    """Say that no variable is named so, with those in whose name or title it stands, else with the nearest name."""
    word, entries = said.strip().casefold(), schema.variables().values()
    titled = {entry.name: [of.casefold() for of in (entry.name, entry.zh, entry.en)] for entry in entries}
    holds = [name for name, words in titled.items() if word and any(word in of for of in words)]
    first = sorted(holds, key=lambda name: not any(of.startswith(word) for of in titled[name]))[:SHOWN]
    meant = [schema.variables()[name] for name in first]
    known = joined((Bilingual(f"{entry.name} ({entry.en})", f"{entry.name}（{entry.zh}）") for entry in meant), ", ")
    near = (
        Problem("hint.several", {"known": known})
        if meant
        else hint(said, [*in_both({name: of.zh for name, of in schema.variables().items()}), *others])
    )
    return Problem("data.unknown_variable", {"value": said, "near": near})


@cache
def _years(variable: str) -> tuple[int, ...]:
    return tuple(sorted(int(year) for year in _of(variable)["year"].unique()))


@cache
def full_years(variable: str) -> tuple[int, ...]:
    """Return the years for which every province has a figure."""
    table = _panel()
    counts = table[table["variable"] == variable].groupby("year")["region_code"].nunique()
    return tuple(int(year) for year in counts.index[counts == len(regions.china().codes)])


def rows(variable: str, year: int | None = None) -> pd.DataFrame:
    """Return the panel's rows of one variable, of one year or all; a DataError names the years there are."""
    known = years(variable)
    if year is not None and year not in known:
        near = min(known, key=lambda other: abs(other - year))
        raise DataError(
            Problem(
                "data.no_year",
                {"name": variable, "value": year, "first": known[0], "last": known[-1], "near": near},
            )
        )
    chosen = _of(variable)
    return chosen if year is None else chosen[chosen["year"] == year]


def series(variable: str, year: int) -> pd.Series[float]:
    """Return one variable in one year by six-digit code; provinces without a figure are absent."""
    years(variable)
    return _series(variable, whole_year(year)).copy()


def whole_year(given: Any) -> int:
    """Return one year, which may be written as a text or as a whole float; anything else is refused."""
    said = str(given)
    if isinstance(given, bool) or not YEAR.fullmatch(said):
        raise DataError(Problem("data.one_year", {"value": f"{' '.join(said.split()):.80}"}))
    return int(float(said))


@cache
def _series(variable: str, year: int) -> pd.Series[float]:
    return rows(variable, year).set_index("region_code")["value"]


@cache
def mark(variable: str, year: int, codes: tuple[str, ...]) -> str:
    """Return the worst quality mark of some provinces' figures in one year: A, B or C; empty where none has any."""
    chosen = rows(variable, year)
    return max(chosen.loc[chosen["region_code"].isin(codes), "quality"], default="")


@cache
def distances() -> pd.DataFrame:
    """Return distances between population-weighted centroids, km, by code; zero inside a province."""
    with BOX.joinpath("distances.csv").open("rb") as stream:
        return pd.read_csv(stream, dtype={"region_code": str}).set_index("region_code")
