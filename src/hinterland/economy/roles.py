"""Which labels of an economy are farm, industry, town, rural hukou: found by name or stated, never by place.

Sectors, residences and classes may stand in any order. What `schema/roles.csv` knows by name needs no word; an economy
with labels of its own states their roles.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from hinterland.errors import Problem, hint

Axes = Mapping[str, tuple[str, ...]]  # labels by axis: sectors, residences, classes


class Roles(NamedTuple):
    """The labels that play each part; none where an economy has no such thing."""

    farm: tuple[str, ...]  # of sectors
    industry: tuple[str, ...]  # of sectors; of two, all but agriculture
    town: tuple[str, ...]  # of residences
    rural_hukou: tuple[str, ...]  # of classes


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Return by role: its axis, the names that play it, those that tell it from what else there is, and yet others."""
    table = files("hinterland").joinpath("schema", "roles.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["role"]: {
            key: value if key in ("role", "axis") else {*filter(None, value.split("|"))} for key, value in row.items()
        }
        for row in csv.DictReader(table)
    }


KEYS = {f"role_{role}": role for role in Roles._fields}  # in files without nested keys


def roles_stated(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Return the roles that the attributes or arrays of a file without nested keys state."""
    found = {role: np.asarray(arrays[key]) for key, role in KEYS.items() if key in arrays}
    return {role: names.item() if names.size == 1 else names.tolist() for role, names in found.items()}


def keyed(roles: Roles) -> dict[str, tuple[str, ...]]:
    """Return labels by the key of a file without nested keys."""
    return {key: getattr(roles, role) for key, role in KEYS.items()}


def roles_from(stated: Any, axes: Axes, place: str, problems: list[Problem]) -> Roles:
    """Return the roles that an economy states, and by the names of its labels those that it does not."""
    if not isinstance(stated, Mapping):
        problems.append(Problem("roles.list", {"place": place, "name": "roles", "found": f"{stated!r:.80}"}))
        stated = dict.fromkeys(entries(), ())
    for key in (key for key in stated if key not in entries()):
        values: dict[str, object] = {"place": place, "value": f"{key!s:.64}", "near": hint(str(key), [*entries()])}
        problems.append(Problem("scenario.unknown_key", values))
    found = dict[str, tuple[str, ...]]()
    for role, entry in entries().items():
        labels = axes[entry["axis"]]
        if role in stated:
            found[role] = stated_labels(stated[role], role, labels, place, problems)
            continue
        found[role] = tuple(label for label in labels if plays(role, label, axes, found))
        if not settled(role, axes, found[role]):
            values = {"place": place, "name": role, "what": Problem(f"role.{role}"), "known": ", ".join(labels)}
            problems.append(Problem("roles.unknown", values))
    both = [label for label in found["industry"] if label in found["farm"]]
    if both:
        problems.append(Problem("roles.twice", {"place": place, "found": ", ".join(both)}))
    return Roles(**found)


def stated_labels(
    given: Any, role: str, labels: tuple[str, ...], place: str, problems: list[Problem]
) -> tuple[str, ...]:
    """Return the labels that a role is stated for; one that the axis has not is a problem."""
    where: dict[str, object] = {"place": place, "name": f"roles.{role}"}
    several = tuple(filter(None, [given])) if isinstance(given, str) else given
    if not isinstance(several, list | tuple) or not all(isinstance(of, str | int) for of in several):
        problems.append(Problem("roles.list", {**where, "found": f"{given!r:.80}"}))
        return ()
    chosen = [str(of) for of in several]
    for label in (of for of in chosen if of not in labels):
        values = {"value": f"{label:.64}", "near": hint(label, labels, 0), "known": ", ".join(labels)}
        problems.append(Problem("roles.label", {**where, **values}))
    other = names_of_others(role)
    for label in (of for of in labels if of in chosen and of.casefold() in other):
        meant = [of for of in labels if of.casefold() in entries()[role]["labels"]]
        said: dict[str, object] = {"value": label, "what": Problem(f"role.{role}"), "known": f"[{', '.join(meant)}]"}
        problems.append(Problem("roles.contrary", {**where, **said}))
    return tuple(of for of in labels if of in chosen)


def names_of_others(role: str) -> set[str]:
    """Return the names of which it is known that they do not play a role: they play another, or are told not to."""
    entry = entries()[role]
    rivals = (of["labels"] for of in entries().values() if of["axis"] == entry["axis"] and of is not entry)
    return set().union(entry["others"], entry["never"], *rivals)


def plays(role: str, label: str, axes: Axes, found: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a label plays a role by its name; a class that is called as a pool of homes is what that pool is."""
    if role == "rural_hukou" and len(axes["residences"]) > 1 and label in axes["residences"]:
        return label not in found["town"]
    if role == "rural_hukou" and label in axes["sectors"]:
        return label in found["farm"]
    # One class holds everybody, and reforms are for all of them, unless it is called otherwise.
    everybody = role == "rural_hukou" and len(axes["classes"]) == 1
    return label.casefold() in entries()[role]["labels"] or (
        everybody and label.casefold() not in entries()[role]["others"]
    )


def settled(role: str, axes: Axes, found: tuple[str, ...]) -> bool:
    """Whether names say what plays a role: some do, and of residences and classes it is known that the rest do not."""
    entry = entries()[role]
    if not entry["others"]:
        return bool(found)
    labels = axes[entry["axis"]]
    pools = {*axes["residences"], *axes["sectors"]} if role == "rural_hukou" else set()
    rest = [label for label in labels if label not in found]
    known = all(label.casefold() in entry["others"] or label in pools for label in rest)
    return len(labels) == 1 or (known and bool(found) and bool(rest))


def pools_of(count: int, residences: tuple[str, ...], sectors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a region's pools of homes, which are residences or sectors, as many as it has classes."""
    fitting = [names for names in (residences, sectors) if len(names) == count]
    return fitting[0] if fitting else tuple(f"class{position + 1}" for position in range(count))


def in_order_of_pools(axes: Axes, roles: Roles) -> tuple[str, ...] | None:
    """Return classes in the order of the pools of homes that are their own, by name or by role; None: they do not fit.

    A class lives in its own pool where it is at home: rural hukou in the village, or on the farm.
    """
    classes = axes["classes"]
    pools = pools_of(len(classes), axes["residences"], axes["sectors"])
    if set(classes) == set(pools):
        return pools
    village = [pool not in roles.town if pool in axes["residences"] else pool in roles.farm for pool in pools]
    rural, other = ([of for of in classes if (of in roles.rural_hukou) == kind] for kind in (True, False))
    if len(classes) == 1:
        return classes
    if len(rural) == len(other) == 1 and sorted(village) == [False, True]:
        return (rural[0], other[0]) if village[0] else (other[0], rural[0])
    return None
