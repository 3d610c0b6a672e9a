"""The door to pictures: what there are, by name in either language, and what they may be of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from inspect import signature
from typing import Any

from hinterland.errors import DataError, Problem, require_language, told_in
from hinterland.report.charts.picture import Picture
from hinterland.report.charts.words import resolved, said_in_both
from hinterland.texts import LANGUAGES, text

# Name -> file of this folder whose `draw(of, variable, lang, **options)` makes the picture.
CHARTS = {
    "map": "map",
    "flows": "flows",
    "industry": "industry",
    "urbanization": "urbanization",
    "gains": "gains",
    "budget": "budget",
    "bridge": "bridge",
    "range": "range",
    "years": "years",
    "gains_by_year": "gains_by_year",
    "fan": "fan",
    "compare": "compare",
    "panel": "panel",
    "rank_size": "rank_size",
}


def names(lang: str | None = None) -> tuple[str, ...]:
    """Return the names of the pictures there are; what they are called in a language where one is given."""
    return tuple(CHARTS) if lang is None else tuple(text(f"chart.name.{name}", lang) for name in CHARTS)


def picture(of: Any, name: str, variable: str | None = None, lang: str = "en", **options: Any) -> Picture:
    """Return a picture by its name in either language.

    Parameters
    ----------
    of : Result; for fan also a Baseline or an Economy; for years, gains_by_year and map also a Path; for map, panel and
        rank_size also an Economy or a year, for map a Scenario or an Equilibrium too; for compare several Results
        What is shown.
    name : one of `names()`
        Which picture.
    variable : name of an outcome, indicator or series in either language
        What of it, where there is a choice; the picture's own first choice where none is given.
    lang : zh or en
        The language of all words.
    options : by picture
        See the `draw` of its file.

    Returns
    -------
    Picture

    Raises
    ------
    DataError
        No such picture, variable or option, with the nearest; or nothing of the kind to show.
    """
    require_language(lang)
    with told_in(lang):
        return drawn(of, name, variable, lang, options)


def drawn(of: Any, name: str, variable: str | None, lang: str, options: Mapping[str, Any]) -> Picture:
    """Return a picture; see `picture`."""
    chosen = resolved(
        name, {key: [text(f"chart.name.{key}", of) for of in LANGUAGES] for key in CHARTS}, "chart.unknown"
    )
    draw: Callable[..., Picture] = import_module(f"hinterland.report.charts.{CHARTS[chosen]}").draw
    known = [key for key, entry in signature(draw).parameters.items() if entry.kind is entry.KEYWORD_ONLY]
    strange = [key for key in options if key not in known]
    if strange:
        values: dict[str, object] = {"name": said_in_both(chosen), "value": ", ".join(strange)}
        raise DataError(Problem("chart.option" if known else "chart.no_options", values | {"known": ", ".join(known)}))
    return draw(of, variable, lang, **options)
