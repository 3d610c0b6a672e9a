"""Labels of groups, cells and pools: they lie in regions, and stand in the order of these, whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hinterland import schema
from hinterland.errors import DataError, Problem
from hinterland.label_parts import BETWEEN, Labels, crossed, turns
from hinterland.labels import difference
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
    homes = tuple(names[: at_home(length)] for names in named["region"])
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


def unique(*each: Any) -> tuple[Any, ...]:
    """Return what is given, each once."""
    return tuple(dict.fromkeys(each))


def in_regions(given: Mapping[str, Any], found: Mapping[str, Labels]) -> Namings:
    """Return the labels that arrays were found to have, those of groups, cells and pools in the order of the regions.

    Names of their own keep the order they have where neither regions nor sectors have labels. Raises a DataError where
    they have, and these do not explain the names.
    """
    regions, sectors = (*given["value_added_nj"].shape, 1, 1)[:2]
    length = lengths(given, (None,) * regions, (None,) * sectors)
    known: Namings = {kind: (labels,) for kind, labels in found.items() if kind not in "hgc"}
    if "h" in found:
        follow = namings_of(length, {"sector": (numbered("s", sectors),), **known})["h"]
        known["h"] = (next((names for names in follow if {*names} == {*found["h"]}), found["h"]),)
    if "g" not in length:
        return known | {kind: (found[kind],) for kind in "gc" if kind in found}
    if "region" not in known and (homes := shared(found, at_home(length))):
        known["region"] = ((*homes, *numbered("r", regions)[len(homes) :]),)
    problems = list[Problem]()
    for kind in (kind for kind in "cg" if kind in found):  # cells tell what residences are called
        own = found[kind]
        full = next(filter(None, (explained(kind, labels, length, known) for labels in turns(own))), {})
        if not full and ("region" in known or ("sector" in known and kind == "c" and sectors > 1)):
            follow = namings_of(length, known | namings_told(kind, own, length, known))[kind]
            of = ", ".join(name for name in given if kind in schema.index_of(name))
            nearest = max(follow, key=lambda names: (len({*names}.intersection(own)), -names[0].count(BETWEEN)))
            problems.append(Problem("labels.unexplained", difference(of, kind, own, nearest, "").values))
        known |= full or {kind: (own,)}
    if problems:
        raise DataError(problems)
    return known


def explained(kind: str, labels: Labels, length: Mapping[str, int], known: Namings) -> Namings:
    """Return the labels of groups or cells in the order of the regions, and those of classes and residences they tell.

    Empty where they are not each region with each class, or each residence and sector, as far as these are known.
    """
    own = namings_told(kind, labels, length, known)
    inside = {part: names for part, names in own.items() if part in "hr"}
    for more in ({}, inside):  # what other arrays say comes first
        read = {part: names for part, names in own.items() if part not in inside} | more
        for names in namings_of(length, known | read)[kind]:
            if {*names} == {*labels}:
                return {**more, kind: (names,)}
    return {}


def namings_told(kind: str, labels: Labels, length: Mapping[str, int], known: Namings) -> Namings:
    """Return what labels of groups or cells call the regions and what is inside these, where nothing else says it.

    Where they have more or fewer names than there must be, or none, these are cut or numbered.
    """
    columns = columns_of(labels)
    inside = ("h",) if kind == "g" else ("sector",) if length["r"] == 1 and len(columns) < 3 else ("r", "sector")
    size = {"region": at_home(length), "h": length["h"], "r": length["r"], "sector": length["j"]}
    own: dict[str, Labels] = {
        **dict.fromkeys((*inside, "sector"), ()),
        **dict(zip(("region", *inside), columns, strict=False)),
    }
    full = {part: (*names, *numbered(part[0], size[part])[len(names) :])[: size[part]] for part, names in own.items()}
    pools = known.get("h", ((),))[0]
    if pools and {*full.get("r", ())} == {
        *pools
    }:  # pools of homes that are called as residences are these: one order for both
        full["r"] = pools
    return {part: (names,) for part, names in full.items() if part not in known}


def at_home(length: Mapping[str, int]) -> int:
    """Return the number of regions that groups are from and cells are in."""
    return length["c"] // (length["r"] * length["j"])


def numbered(letter: str, count: int) -> Labels:
    """Return labels for what has none."""
    return tuple(f"{letter}{position + 1}" for position in range(count))


def heads(labels: Labels) -> Labels:
    """Return what labels begin with, which is a region if they are of regions, each once."""
    return columns_of(labels)[0] if labels else ()


def columns_of(labels: Labels) -> list[Labels]:
    """Return the parts of labels, those that stand at one place each once."""
    return [unique(*column) for column in zip(*(label.split(BETWEEN) for label in labels), strict=False)]


def shared(found: Mapping[str, Labels], count: int) -> Labels:
    """Return the homes of groups, if these are called as places of work are: that of their parts which cells have."""
    groups, cells = (columns_of(found.get(kind, ())) for kind in "gc")
    alike = [(len({*homes}.intersection(places)), homes) for homes in groups for places in cells]
    most = max(alike, key=lambda pair: (pair[0] > 0, len(pair[1]) == count, pair[0]), default=(0, ()))
    return most[1] if most[0] else ()
