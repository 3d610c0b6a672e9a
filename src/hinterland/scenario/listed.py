"""Lists of a policy in words: places, cities and ports by their names in one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hinterland.data import network
from hinterland.data.figures import table
from hinterland.data.regions import Regions
from hinterland.texts import listed


def in_words(given: Sequence[str], kind: str, lang: str, regions: Regions) -> str:
    """Return a list of places, cities or ports by their names in one language; an expression as it stands."""
    if kind == "places":
        found = (regions.find(name) or regions.find_group(name) or name for name in given)
        return listed((regions.name(code, lang) for code in found), lang)
    name_of = {"cities": city, "ports": port}
    return listed((name_of[kind](name, lang) for name in given), lang)


def city(name: str, lang: str) -> str:
    """Return the name of a city."""
    return str(getattr(network.find_city(name), lang))


def port(name: str, lang: str) -> str:
    """Return the name of a land port."""
    rows: list[dict[Any, Any]] = table("ports.csv").to_dict("records")
    asked = name.strip().casefold()
    return next((str(row[lang]) for row in rows if asked in (row["zh"].casefold(), row["en"].casefold())), name)
