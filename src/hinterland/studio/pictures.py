"""Pictures as the browser takes them: the spec without its data, so that a move changes the data alone."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

import hinterland as hl
from hinterland.studio.api import Chart, Table, Years

HEADS = ("title", "description", "config", "$schema")  # which the page has in its own words and colours
MINUS, HYPHEN = "\N{MINUS SIGN}", re.compile(r"(?<!\w)-(?=\d)")
LAST = 9  # digits after the point, beyond which nothing is told


def chart(block: str, picture: Any, closed: bool = False) -> Chart:
    """Return a picture as a block of a view."""
    data: dict[str, list[dict[str, Any]]] = {}
    spec = without_data({key: value for key, value in picture.spec.items() if key not in HEADS}, data)
    return Chart(block, picture.title, minus(picture.sentence), spec, data, table_of(picture.table), closed)


def maps(block: str, title: str, found: Mapping[int, Any], lang: str, **more: Any) -> Years:
    """Return the maps of several years, on one scale of colours, as a block of a view."""
    last = found[max(found)]
    numbers = [value for of in found.values() for value in of.scaled.values()]
    scale = hl.charts.ramp(numbers, bool(last.sign))
    tiles = {year: hl.charts.coloured(of, lang, scale) for year, of in found.items()}
    return Years(
        block,
        title,
        last.reading.unit,
        list(scale.stops),
        cell(scale.low),
        cell(scale.high),
        [of.code for of in tiles[max(found)]],
        [of.name for of in tiles[max(found)]],
        {year: [(of.value, of.words, of.colour, of.ink) for of in row] for year, row in tiles.items()},
        **more,
    )


def without_data(spec: Any, data: dict[str, list[dict[str, Any]]]) -> Any:
    """Return a part of a spec whose data stand by name in `data`: the same rows are one set of data."""
    if isinstance(spec, list | tuple):
        return [without_data(part, data) for part in spec]
    if not isinstance(spec, Mapping):
        return spec
    if set(spec) == {"values"} and isinstance(spec["values"], list):
        rows = spec["values"]
        name = next((known for known, held in data.items() if held == rows), f"d{len(data)}")
        data[name] = rows
        return {"name": name}
    return {key: without_data(part, data) for key, part in spec.items()}


def table_of(frame: Any) -> Table:
    """Return a table in words."""
    shown = frame.reset_index() if frame.index.name else frame
    return Table(
        [str(head) for head in shown.columns],
        [[cell(of) for of in row] for row in shown.astype(object).to_numpy().tolist()],
    )


def cell(value: Any) -> str:
    """Write a cell: numbers with four digits that count, nothing where there is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "\N{EN DASH}"
    if not isinstance(value, float):
        return str(value)
    if abs(value) >= 1000:
        return minus(f"{value:,.0f}")
    return minus(np.format_float_positional(round(value, LAST) + 0.0, precision=4, fractional=False, trim="-"))


def minus(words: str) -> str:
    """Return words with a minus where a terminal writes a hyphen before a number."""
    return HYPHEN.sub(MINUS, words)
