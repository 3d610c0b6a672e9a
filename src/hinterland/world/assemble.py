"""Put a model together from named arrays: in each slot the choice that knows them, else the neutral one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, nearest
from hinterland.model.levers import Levers
from hinterland.model.model import MANY, SLOTS, Model
from hinterland.model.tariffs import FreeTrade
from hinterland.world.check import arrays_of

MOST_ROUNDS, SETTLED = 500, 1e-15


def chosen_model(given: Mapping[str, FloatArray]) -> Model:
    """Return the model that the given arrays switch on: in each slot the choice that knows them, else the neutral."""
    known = {field for choices in SLOTS.values() for choice in choices for field in choice._fields}
    problems = [
        Problem("world.unknown", {"value": name, "near": nearest(name, sorted(known))})
        for name in given
        if name not in known
    ]
    parts: dict[str, Any] = {}
    for slot, choices in SLOTS.items():
        if slot in MANY:
            wanted = [choice for choice in choices if set(choice._fields) & set(given)]
            parts[slot] = tuple(filled(choice, given, problems) for choice in wanted)
            continue
        neutral, *others = choices
        wanted = [choice for choice in others if (set(choice._fields) - set(neutral._fields)) & set(given)]
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
        income = base_income_n(model)
        model = replace(model, production=model.production._replace(base_income_n=income))
    return model


def base_income_n(model: Model) -> FloatArray:
    """Return income of the base year by residence: what is earned, rents, capital, transfers, tariffs.

    Tariffs depend on spending and spending on income: a circuit that closes geometrically.
    """
    labour, land, capital = model.factor_incomes(model.production.value_added_nj)
    earned, share = labour.sum(axis=1), getattr(model.people, "commuting_share_ni", None)
    with np.errstate(divide="ignore", invalid="ignore"):
        at_home = earned if share is None else share @ (earned / share.sum(axis=0))
    fixed = at_home + (land + capital).sum(axis=1) + model.rents.given_n(land.sum(axis=1), np.ones(len(earned)))
    fixed = fixed + model.capital.received_n(capital) + model.transfers.received_n(Levers())
    if isinstance(model.tariffs, FreeTrade):
        return np.asarray(fixed)
    net = model.trade.trade_share_nij / (1 + model.tariffs.tariff_nij)
    inputs = getattr(model.inputs, "input_share_nkj", None)
    income, spending = fixed, fixed[:, None] * model.demand.final_share_nj
    for _ in range(MOST_ROUNDS):
        revenue = np.einsum("nij,nj->ij", net, spending)
        bought = 0.0 if inputs is None else np.einsum("nkj,nj->nk", inputs, revenue)
        income = fixed + (spending * (1 - net.sum(axis=1))).sum(axis=1)
        new = income[:, None] * model.demand.final_share_nj + bought
        settled = np.abs(new - spending).sum() <= SETTLED * new.sum()
        spending = new
        if settled:
            break
    return np.asarray(income)


def filled(choice: Any, given: Mapping[str, FloatArray], problems: list[Problem]) -> Any:
    """Return a block with the arrays given for it, and neutral ones where they may be left out."""
    optional = choice.optional(given) if hasattr(choice, "optional") else {}
    values = {**choice._field_defaults, **optional, **{name: given[name] for name in choice._fields if name in given}}
    missing = [name for name in choice._fields if name not in values]
    if missing:
        problems.append(Problem("world.missing", {"block": choice.__name__, "names": ", ".join(missing)}))
        return choice(**{**dict.fromkeys(choice._fields), **values})
    return choice(**values)
