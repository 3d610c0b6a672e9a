"""Where the country stands: a series by province and year, macro-regions over time, where it goes, the facts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import hinterland as hl
from hinterland.studio import again
from hinterland.studio.api import Block, Chart, State, Table, Years
from hinterland.studio.levers import years_of
from hinterland.studio.pictures import chart, maps
from hinterland.texts import text, unit_name

FIRST, ACROSS = "gdp_per_capita", "urbanization_rate"  # the other axis of the scatter, and what it is for the first
KEPT = 40


def blocks(state: State) -> Iterator[Block]:
    """Yield where the country stands."""
    name = shown(state)
    yield by_year(name, state.lang)
    yield from over_time(name, state.lang)
    yield Chart("fan", text("studio.part.fan", state.lang), closed=True, more=True)
    year = state.year if state.year in full_years() else full_years()[-1]
    yield chart("rank_size", hl.charts.picture(year, "rank_size", None, state.lang), closed=True)
    yield facts(state.lang)
    yield again.later(state)


def shown(state: State) -> str:
    """Return the series that is shown."""
    return state.indicator if years_of(state.indicator) else FIRST


@lru_cache(KEPT)
def by_year(name: str, lang: str) -> Years:
    """Return a series by province in every year, on one scale of colours, with the other axis of the scatter."""
    found, title, known = hl.charts.over_years(name, lang), hl.charts.name_of(name, lang), hl.schema.variables()
    other = ACROSS if name == FIRST else FIRST
    across = {year: column(other, year) for year in found}
    axes = [f"{hl.charts.name_of(of, lang)} ({unit_name(known[of].unit, lang)})" for of in (other, name)]
    return maps("years", title, found, lang, across=across, spec=scatter(*axes))


def column(name: str, year: int) -> list[float | None]:
    """Return a series in a year in the order of the tiles; nothing where it has no figure."""
    known = years_of(name)
    if year not in known:
        return []
    values = hl.series(name, year)
    return [float(value) if value == value else None for value in values.reindex([*hl.charts.tiles()])]


def scatter(across: str, up: str) -> dict[str, Any]:
    """Return the spec of provinces by two series; the one that is chosen stands out."""
    axis = {"type": "quantitative", "scale": {"zero": False, "nice": True}}
    return {
        "width": "container",
        "height": 240,
        "params": [{"name": "chosen", "value": ""}],
        "data": {"name": "d0"},
        "layer": [
            {
                "mark": {"type": "point", "filled": True, "opacity": 0.9},
                "encoding": {
                    "size": {"condition": {"test": "datum.code === chosen", "value": 180}, "value": 55},
                    "color": {"field": "colour", "type": "nominal", "scale": None},
                    "stroke": {"value": "#777777"},
                },
            },
            {
                "mark": {"type": "text", "dy": -12},
                "encoding": {"text": {"condition": {"test": "datum.code === chosen", "field": "name"}, "value": ""}},
            },
        ],
        "encoding": {
            "x": {"field": "x", "title": across, **axis},
            "y": {"field": "y", "title": up, **axis},
            "tooltip": [{"field": "name"}, {"field": "words"}],
        },
    }


def over_time(name: str, lang: str) -> Iterator[Block]:
    """Yield the macro-regions over the years, where a series has two years of all provinces."""
    try:
        yield _over_time(name, lang)
    except hl.DataError:
        return


@lru_cache(KEPT)
def _over_time(name: str, lang: str) -> Chart:
    return chart("panel", hl.charts.picture(None, "panel", name, lang))


@lru_cache(2)
def fan(lang: str) -> Any:
    """Return the picture of where the country goes without a new policy."""
    return hl.charts.picture(baseline(), "fan", None, lang)


@lru_cache(1)
def baseline() -> hl.Baseline:
    """Return it with the years that its range needs, solved once."""
    return hl.baseline()


@lru_cache(1)
def full_years() -> tuple[int, ...]:
    """Return the years of rank and size: those in which every province has its figure."""
    counts = {year: hl.series(ACROSS, year).notna().sum() for year in years_of(ACROSS)}
    return tuple(year for year, count in counts.items() if count == max(counts.values()))


@lru_cache(2)
def facts(lang: str) -> Chart:
    """Return the source's facts beside our figures."""
    names = ("statement", "year", "stated", "computed", "unit", "quality", "verdict")
    heads = [text(f"column.{key}", lang) for key in names]
    rows = [[of.words(lang)[name] for name in names] for of in hl.facts_table()]
    return Chart("facts", text("studio.facts", lang), text("studio.facts_help", lang), table=Table(heads, rows))
