"""Labels of groups, cells and pools: they lie in regions, and stand in the order of these, whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hinterland import schema
from hinterland.errors import DataError, Problem
from hinterland.labels import BETWEEN, Labels, crossed, difference
from hinterland.world.check import lengths

Namings = dict[str, tuple[Labels, ...]]
NONE = ("",)


def namings_of(length: Mapping[str, int], known: Mapping[str, tuple[Labels, ...]]) -> Namings:
    """Return the labels of every kind of index: those that are known, and those that follow from the regions'.

    `length` is that of each index letter.
    """
    named = {kind: known.get(kind, ()) for kind in ("region", "sector", *"ghcr")}
    if "g" not in length:
        return named
    residences = named["r"] or ((NONE,) if length["r"] == 1 else ())
    pools = residences if length["h"] == length["r"] else named["sector"]
    homes = tuple(names[: length["c"] // (length["r"] * length["j"])] for names in named["region"])
    classes = unique(*named["h"], *pools)
    named["h"] = tuple(names for names in classes if names != NONE)
    named["g"] = unique(*named["g"], *crossed(homes, classes))
    named["c"] = unique(*named["c"], *crossed(homes, residences, named["sector"]))
    return named


def shown(namings: Namings, regions: Labels) -> tuple[tuple[str, Labels], ...]:
    """Return the labels of groups, cells and the like for messages: with regions as these are called, if any are."""
    return tuple(
        (kind, next((names for names in namings[kind] if heads(names)[:1] == regions[:1]), namings[kind][0]))
        for kind in "gchr"
        if namings.get(kind)
    )


def unique(*namings: Labels) -> tuple[Labels, ...]:
    """Return namings, each once."""
    return tuple(dict.fromkeys(namings))


def in_regions(given: Mapping[str, Any], found: Mapping[str, Labels]) -> Namings:
    """Return the labels that arrays were found to have, those of groups, cells and pools in the order of the regions.

    Names of their own keep the order they have. Raises a DataError where labels name places, and not the regions.
    """
    regions, sectors = (*given["value_added_nj"].shape, 1, 1)[:2]
    length = lengths(given, (None,) * regions, (None,) * sectors)
    known: Namings = {kind: (labels,) for kind, labels in found.items() if kind not in "ghc"}
    if "region" not in found and (homes := shared(found)):
        known["region"] = ((*homes, *numbered("r", regions)[len(homes) :]),)
    alike, problems = bool(shared(found)), list[Problem]()
    for kind in (kind for kind in "hgc" if kind in found):
        own = found[kind]
        follow = namings_of(length, {"sector": (numbered("s", sectors),), **known})[kind]
        same = [names for names in follow if set(names) == set(own)]
        places = (alike and kind != "h") or {*heads(own)}.intersection(*map(heads, follow))
        if follow and not same and places and not in_turn(own, heads(follow[0])):
            of = ", ".join(name for name in given if kind in schema.index_of(name))
            problems.append(difference(of, kind, own, follow[0], ""))
        known[kind] = (same[0] if same else own,)
    if problems:
        raise DataError(problems)
    return known


def numbered(letter: str, count: int) -> Labels:
    """Return labels for what has none."""
    return tuple(f"{letter}{position + 1}" for position in range(count))


def heads(labels: Labels) -> Labels:
    """Return what labels begin with, which is a region if they are of regions, each once."""
    return tuple(dict.fromkeys(label.partition(BETWEEN)[0] for label in labels))


def shared(found: Mapping[str, Labels]) -> Labels:
    """Return the homes of groups, if these are called as places of work are."""
    homes = heads(found.get("g", ()))
    return homes if {*homes}.intersection(heads(found.get("c", ()))) else ()


def in_turn(own: Labels, homes: Labels) -> bool:
    """Whether labels are those of regions in their order, each with the same names of its own in one order."""
    rest = tuple(dict.fromkeys(label.partition(BETWEEN)[2] for label in own))
    return crossed((homes,), (rest,))[0] == own
