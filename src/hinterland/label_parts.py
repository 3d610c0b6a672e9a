"""Labels of what lies on several axes, such as hukou groups: parts with a bar between (`510000|rural`), region first.

Levels of pandas and coordinates of xarray are such parts. Their names say in which order they stand, or the labels that
are known do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations, product
from typing import Any

import numpy as np

from hinterland.dimensions import order_of_levels

Labels = tuple[str, ...]
BETWEEN = "|"
MOST_PARTS = 3  # region, residence, sector


def label_of(label: Any) -> str:
    """Return a label as a text: a code that is a number is its digits."""
    if isinstance(label, tuple):
        return BETWEEN.join(map(label_of, label))
    return str(int(label)) if isinstance(label, float | np.floating) and float(label).is_integer() else str(label)


def labels_in_order(labels: Iterable[Any], levels: Sequence[Any]) -> Labels:
    """Return labels as texts; of several levels in the order that the names of these say, region first."""
    order = order_of_levels(levels) if len(levels) > 1 else None
    if order is None:
        return tuple(map(label_of, labels))
    return tuple(label_of(tuple(label[level] for level in order)) for label in labels)


@lru_cache(maxsize=64)
def crossed(*axes: tuple[Labels, ...]) -> tuple[Labels, ...]:
    """Return every naming of what lies on several axes, each in any of its namings.

    A label that is alone on its axis may be left out.
    """
    options = [dict.fromkeys((*axis, ("",)) if axis and len(axis[0]) == 1 else axis) for axis in axes]
    return tuple(tuple(BETWEEN.join(filter(None, parts)) for parts in product(*chosen)) for chosen in product(*options))


def turns(labels: Labels) -> Iterator[Labels]:
    """Yield labels with their parts in every order, as they are first."""
    parts = [label.split(BETWEEN) for label in labels]
    widths = {len(part) for part in parts}
    for order in permutations(range(max(widths))) if len(widths) == 1 and max(widths) <= MOST_PARTS else ():
        yield tuple(BETWEEN.join(part[at] for at in order) for part in parts)


def turned(labels: Labels, namings: Iterable[Labels]) -> Labels | None:
    """Return labels with their parts in the order in which a naming has them; None where none has, or two could."""
    known = [{*naming} for naming in namings]
    if {*labels} in known:
        return labels
    found = {again for again in turns(labels) if {*again} in known}
    return found.pop() if len(found) == 1 else None
