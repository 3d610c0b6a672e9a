"""Split what a package does: into its instruments and into channels (Shapley), exactly or from sampled orders."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.economy.neutral import array
from hinterland.policy.combine import ADD, base_year_levers
from hinterland.study.apply import Package
from hinterland.study.bills import Bill
from hinterland.study.columns import PAYING, TOTAL
from hinterland.study.outcomes import State, base_state, change, national
from hinterland.study.together import states_of

EXACT = 8  # parts up to which every coalition is solved: 256
ORDERS = 40  # sampled beyond, each with its reverse
SEED = 20
VARIATION = "equivalent_variation"  # of residents, bn CNY a year
ERROR = "sampling_error"
NOISE = 1e-12  # of a solve that changes nothing
SETTLED = 1e-9  # of the whole, as far as two solves of one state may differ

Worth = Callable[[frozenset[str]], FloatArray]


def shapley(parts: Sequence[str], worth: Worth) -> dict[str, Any]:
    r"""Return each part's average marginal contribution over all orders; they add up to the whole.

    .. math:: \phi_p = \sum_{S \not\ni p} \frac{|S|!\,(n-|S|-1)!}{n!} [v(S \cup p) - v(S)]

    Source: Shapley (1953) [shapley1953].
    """
    count = len(parts)
    shares: dict[str, Any] = {}
    for part in parts:
        others = [other for other in parts if other != part]
        shares[part] = sum(
            math.factorial(size)
            * math.factorial(count - size - 1)
            / math.factorial(count)
            * (worth(frozenset(chosen) | {part}) - worth(frozenset(chosen)))
            for size in range(count)
            for chosen in combinations(others, size)
        )
    return shares


def walks(parts: Sequence[str], orders: int = ORDERS) -> list[tuple[list[str], list[str]]]:
    """Return the sampled orders, each with its reverse."""
    random = np.random.default_rng(SEED)
    drawn = [list(random.permutation(list(parts))) for _ in range(orders)]
    return [(order, order[::-1]) for order in drawn]


def sampled_shapley(parts: Sequence[str], worth: Worth, orders: int = ORDERS) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the same from sampled orders, each with its reverse, and the standard error of each part.

    They add up to the whole as well. Source: Castro, Gomez and Tejada (2009) [castro2009]. Departure: reversed orders.
    """
    draws: dict[str, list[Any]] = {part: [] for part in parts}
    for both in walks(parts, orders):
        pair: dict[str, list[Any]] = {part: [] for part in parts}
        for walk in both:
            for number, part in enumerate(walk):
                pair[part].append(worth(frozenset(walk[: number + 1])) - worth(frozenset(walk[:number])))
        for part, found in pair.items():
            draws[part].append(np.mean(found, axis=0))
    mean = {part: np.mean(found, axis=0) for part, found in draws.items()}
    error = {part: np.std(found, axis=0, ddof=1) / math.sqrt(orders) for part, found in draws.items()}
    return mean, error


def coalitions(parts: Sequence[str]) -> list[frozenset[str]]:
    """Return the sets of parts that a split asks for: all up to eight parts, else those along sampled orders."""
    if len(parts) <= EXACT:
        return [frozenset(chosen) for size in range(len(parts) + 1) for chosen in combinations(parts, size)]
    along = (walk[:size] for both in walks(parts) for walk in both for size in range(len(parts) + 1))
    return list(dict.fromkeys(map(frozenset, along)))


def outcome_changes(economy: Economy, base: Mapping[str, float], state: State) -> dict[str, float]:
    """Return the changes of the nation's outcomes from those of the base year, and residents' equivalent variation."""
    after = national(economy, state)
    changes = {name: change(name, base[name], after[name]) for name in base}
    return changes | {VARIATION: state.variation}


def split(parts: Sequence[str], changes: Mapping[frozenset[str], Mapping[str, float]]) -> pd.DataFrame:
    """Return outcomes (columns) by part (rows) and in total; where orders are sampled, with the largest error.

    `changes` holds those of outcomes by coalition; what stands under none of them is a part of its own.
    """
    whole = frozenset(parts)
    names = list(changes[whole])
    worths = {chosen: np.array([found[name] for name in names]) for chosen, found in changes.items()}
    if len(parts) <= EXACT:
        found, errors = shapley(parts, worths.__getitem__), {part: np.zeros(len(names)) for part in parts}
    else:
        found, errors = sampled_shapley(parts, worths.__getitem__)
    table = pd.DataFrame([found[part] for part in parts], index=list(parts), columns=names)
    floor = np.maximum(np.abs(worths[whole]), 1e-12)
    table[ERROR] = [float(np.max(np.abs(errors[part]) / floor)) for part in parts]
    if (np.abs(worths[frozenset()]) > NOISE).any():
        table.loc[PAYING] = [*worths[frozenset()], 0.0]
    table.loc[TOTAL] = [*worths[whole], 0.0]
    table.index.name = "part"
    return table


def states_of_policies(package: Package, after: State) -> dict[frozenset[str], State]:
    """Return the state under each set of the policies in force, where `after` is that under all of them.

    All bills are paid throughout, so that a part is worth what the policy does; what paying alone does is a part of its
    own.
    """
    parts = list(package.scenario.in_force())
    under = {chosen: package.economy(chosen, parts) for chosen in coalitions(parts)}
    return states_under(package.scenario.economy, under, after)


def by_instrument(package: Package, states: Mapping[frozenset[str], State], alone: Mapping[str, Bill]) -> pd.DataFrame:
    """Split a package into the policies in force; exactly up to eight, else from sampled orders with their error.

    What residents get of a bill, by `alone` its policy's, is that policy's; of paying is left what burning does.
    """
    economy, parts = package.scenario.economy, list(package.scenario.in_force())
    table = split(parts, changes_in(economy, states))
    received_by = receipts(economy, alone)
    if received_by and PAYING not in table.index:  # what is paid goes back to where it comes from
        table.loc[PAYING] = 0.0
        table = table.loc[[*parts, PAYING, TOTAL]]
    if PAYING not in table.index:
        return table
    for name, received in received_by.items():
        outcomes = list(received)
        table.loc[name, outcomes] += list(received.values())
        table.loc[PAYING, outcomes] -= list(received.values())
    if (table.loc[PAYING].abs() <= NOISE + SETTLED * table.loc[TOTAL].abs()).all():
        return table.drop(PAYING)
    return table


def receipts(economy: Economy, alone: Mapping[str, Bill]) -> dict[str, dict[str, float]]:
    """Return what outcomes change by what residents are paid, by policy: against the same money burned."""
    base, found = national(economy, base_state(economy)), dict[str, dict[str, float]]()
    for name, bill in alone.items():
        if bill.handed is not None and bill.burned is not None:
            handed, burned = (outcome_changes(economy, base, state) for state in (bill.handed, bill.burned))
            found[name] = {outcome: handed[outcome] - burned[outcome] for outcome in handed}
    return found


def variations(package: Package, states: Mapping[frozenset[str], State]) -> dict[str, float]:
    """Return the equivalent variation of residents by policy in force, bn CNY a year."""
    worth = {chosen: {VARIATION: state.variation} for chosen, state in states.items()}
    table = split(list(package.scenario.in_force()), worth)
    return {str(part): float(value) for part, value in table[VARIATION].items()}


def changes_in(economy: Economy, states: Mapping[frozenset[str], State]) -> dict[frozenset[str], Mapping[str, float]]:
    """Return the changes of outcomes from the base year by coalition."""
    base = national(economy, base_state(economy))
    return {chosen: outcome_changes(economy, base, state) for chosen, state in states.items()}


def states_under(
    economy: Economy, under: Mapping[frozenset[str], Economy], after: State
) -> dict[frozenset[str], State]:
    """Return the state of each coalition, by the steps of the whole; that of the economy itself is the base year."""
    whole = max(under, key=len)
    known = {chosen: base_state(economy) for chosen, other in under.items() if other is economy}
    known.setdefault(whole, after)
    moved = {chosen: other for chosen, other in under.items() if chosen not in known}
    return known | dict(zip(moved, states_of(list(moved.values()), under[whole]), strict=True))


# Channels by the levers that carry them; costs of moving are cut in two by whether the cell is at home.
LEVERS = {
    "industry_transfer": ("productivity_hat_nj", "return_wedge_hat_nj"),
    "market_access": ("trade_cost_hat_nij",),
    "public_services": ("amenity_hat_n", "service_worth_hat_gc"),
    "land": ("homes_hat_n",),
    "financing": (*ADD, "given_hat_c", "owed_hat_c"),
}
MOVES = {"population_transfer": False, "in_situ_urbanization": True}
COSTS_OF_MOVING = ("migration_cost_hat_gc", "newcomer_cost_hat_gc")
ELASTIC = 1e6  # supply of homes at which they do not become scarce


def by_channel(package: Package, after: State) -> pd.DataFrame:
    """Split a package into channels: which lever moves, and whether density and scarce homes answer.

    industry_transfer: productivity and returns of capital; population_transfer: costs of moving to other provinces;
    in_situ_urbanization: costs of moving inside one's own; market_access: trade costs; public_services: amenity and
    what services are worth; land: homes; financing: taxes, transfers and what some are given; agglomeration: density
    raises productivity or does not; congestion: homes become scarce or not. Only channels that the package moves are
    told; they add up to the whole.
    """
    full = package.economy()
    economy = replace(full, levers=package.scenario.economy.levers)
    moving = [name for name in (*LEVERS, *MOVES) if moved(full, name)]
    answering = ["congestion"] + (["agglomeration"] if economy.has("agglomeration_elasticity") else [])
    parts = [*moving, *answering] if moving else []
    under = {
        chosen: replace(full, arrays=answering_arrays(full, chosen), levers=levers_of(full, chosen))
        if chosen.intersection(moving)
        else economy
        for chosen in coalitions(parts)
    }
    return split(parts, changes_in(economy, states_under(economy, under, after)))


def moved(full: Economy, channel: str) -> bool:
    """Whether a package writes the levers of a channel."""
    if channel in MOVES:
        return any(bool((part_of_moves(full, channel, name) != 1).any()) for name in COSTS_OF_MOVING)
    neutral = base_year_levers(full) | dict.fromkeys(("productivity_hat_nj", "trade_cost_hat_nij"), 1.0)
    levers = full.levers._asdict()
    return any(
        levers[name] is not None and bool((levers[name] != neutral.get(name, 0.0)).any()) for name in LEVERS[channel]
    )


def part_of_moves(full: Economy, channel: str, name: str) -> FloatArray:
    """Changes of a cost of moving at home or elsewhere, one in the other cells, (G, C)."""
    hat = getattr(full.levers, name)
    return np.where(full.cells.at_home_gc == MOVES[channel], 1.0 if hat is None else hat, 1.0)


def levers_of(full: Economy, chosen: Iterable[str]) -> Any:
    """Return the levers of the chosen channels, the others as in the base year; homes are scarce where chosen."""
    inside = set(chosen)
    neutral = base_year_levers(full)
    changes: dict[str, Any] = {}
    for channel, names in LEVERS.items():
        for name in names:
            value = getattr(full.levers, name)
            if channel not in inside and value is not None:
                changes[name] = neutral.get(name, np.ones_like(value))
    for name in COSTS_OF_MOVING:
        changes[name] = np.ones_like(full.migration_share_gc)
        for channel in (channel for channel in MOVES if channel in inside):
            changes[name] = changes[name] * part_of_moves(full, channel, name)
    count = len(full.region_codes)
    scarce_n = full.levers.housing_supply_elasticity_n
    if scarce_n is None:
        scarce_n = array(full, "housing_supply_elasticity_n")
    changes["housing_supply_elasticity_n"] = scarce_n if "congestion" in inside else np.full(count, ELASTIC)
    return full.levers._replace(**changes)


def answering_arrays(full: Economy, chosen: Iterable[str]) -> dict[str, FloatArray]:
    """Return the arrays of the economy; density answers only where agglomeration is chosen."""
    arrays = dict(full.arrays)
    if "agglomeration" not in set(chosen) and full.has("agglomeration_elasticity"):
        arrays["agglomeration_elasticity_n"] = np.zeros_like(arrays["agglomeration_elasticity_n"])
    return arrays
