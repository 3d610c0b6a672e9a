"""Put a model together from named arrays: in each slot the choice that knows them, else the neutral one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, hint
from hinterland.model.model import MANY, SLOTS, Model
from hinterland.world.check import arrays_of, lengths, misshapen
from hinterland.world.circuit import base_income_n


def chosen_model(given: Mapping[str, FloatArray]) -> Model:
    """Return the model that the given arrays switch on: in each slot the choice that knows them, else the neutral."""
    known = {field for choices in SLOTS.values() for choice in choices for field in choice._fields}
    problems = [
        Problem("world.unknown", {"value": name, "near": hint(name, sorted(known))})
        for name in given
        if name not in known
    ]
    if (count := np.size(given.get("town_r", 0.0))) > 1 and "efficiency_rj" not in given:
        problems.append(Problem("world.no_efficiency", {"place": "town_r", "found": count}))
    if not problems and "value_added_nj" in given:
        regions, sectors = ((None,) * size for size in given["value_added_nj"].shape)
        problems += misshapen(given, lengths(given, regions, sectors))
    if problems:
        raise DataError(problems)
    parts: dict[str, Any] = {}
    for slot, choices in SLOTS.items():
        if slot in MANY:
            wanted = [choice for choice in choices if switches(choice) & set(given)]
            parts[slot] = tuple(filled(choice, given, problems) for choice in wanted)
            continue
        neutral, *others = choices
        wanted = [choice for choice in others if (switches(choice) - set(neutral._fields)) & set(given)]
        if len(wanted) > 1:
            names = " + ".join(choice.__name__ for choice in wanted)
            problems.append(Problem("world.conflict", {"slot": slot, "names": names}))
        parts[slot] = filled(wanted[0] if wanted else neutral, given, problems)
    used = {name for part in parts.values() for name in arrays_of(part)}
    idle = sorted((set(given) & known) - used)
    if idle and not problems:
        problems.append(Problem("world.idle", {"names": ", ".join(idle)}))
    if problems:
        raise DataError(problems)
    model = Model(**parts)
    if "base_income_n" not in given:
        with np.errstate(all="ignore"):  # what is not finite is refused by its place
            income = base_income_n(model)
        model = replace(model, production=model.production._replace(base_income_n=income))
    return model


def switches(choice: Any) -> set[str]:
    """Return the arrays that switch a block on: not those that refine it where it stands, as two blocks may share."""
    return {name for name in choice._fields if choice._field_defaults.get(name, name) is not None}


def filled(choice: Any, given: Mapping[str, FloatArray], problems: list[Problem]) -> Any:
    """Return a block with the arrays given for it, and neutral ones where they may be left out."""
    optional = choice.optional(given) if hasattr(choice, "optional") else {}
    values = {**choice._field_defaults, **optional, **{name: given[name] for name in choice._fields if name in given}}
    missing = [name for name in choice._fields if name not in values]
    if missing:
        problems.append(Problem("world.missing", {"block": choice.__name__, "names": ", ".join(missing)}))
        return choice(**{**dict.fromkeys(choice._fields), **values})
    return choice(**values)
