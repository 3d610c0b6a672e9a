"""A place by any name: a region or a group of regions."""

from __future__ import annotations

from typing import Any

from hinterland.data.regions import Regions
from hinterland.errors import DataError


def place_in(regions: Regions, name: str, where: Any) -> str:
    """Return the code of a region or the key of a group among regions, whose holder is named where none is meant."""
    if regions.find(name) is not None:
        return regions.code(name, where)
    key = regions.grouping_named(name)
    if key == "nation" or regions.find_group(key) is not None:
        return key
    raise DataError(regions.unknown(name, where))
