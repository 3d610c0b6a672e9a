"""How several policies act together: each tells its changes from the base year, a rule for each lever combines them.

No rule depends on the order: policies are taken in an order of their own, by what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.economy.implied import trade_cost_nij
from hinterland.economy.neutral import array
from hinterland.economy.services import knows_services, worth_hat_gc
from hinterland.errors import PolicyError, Problem, places
from hinterland.policy.access import time_hats
from hinterland.policy.policy import Changes, Cluster, Policy, changes_of, key_of

# Changes of costs, productivities and worths multiply; money adds up; the tightest capacity holds; what can stand only
# once (a supply elasticity, a cluster of a region) may not be written twice.
MULTIPLY = (
    "trade_cost_hat_nij",
    "migration_cost_hat_gc",
    "newcomer_cost_hat_gc",
    "given_hat_c",
    "owed_hat_c",
    "productivity_hat_nj",
    "amenity_hat_n",
    "return_wedge_hat_nj",
    "homes_hat_n",
)
GAP = "access_gap_hat_gc"  # what is left of what people lack of access to services
ADD = ("transfer_n", "local_tax_n", "central_tax_n", "programme_n", "land_levy_n")
RULES: dict[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(MULTIPLY, lambda first, second: first * second),
    **dict.fromkeys((*ADD, "services_more_n"), lambda first, second: first + second),
    GAP: lambda first, second: first * second,
    "capacity_n": np.minimum,
    "links": lambda first, second: first | second,
    "clusters": lambda first, second: (*first, *second),
    "housing_supply_elasticity_n": lambda first, second: np.where(np.isnan(first), second, first),
}


# The array whose presence says that an economy has a block; services need several.
BLOCKS = {
    "capital": "capital_share_nj",
    "government": "local_tax_n",
    "housing": "housing_supply_elasticity_n",
}


def require(economy: Economy, instrument: str, blocks: Sequence[str]) -> None:
    """Raise a PolicyError where the economy lacks a block that an instrument acts through."""
    missing = [
        block
        for block in blocks
        if not (knows_services(economy) if block == "services" else BLOCKS[block] in economy.arrays)
    ]
    if missing:
        values: dict[str, object] = {"where": instrument, "block": missing[0], "economy": economy.name}
        raise PolicyError(Problem("policy.needs", values))


def combined(economy: Economy, policies: Sequence[Policy]) -> Economy:
    """Return the economy under policies, whose costs nobody pays; without any, the economy itself."""
    for policy in policies:
        require(economy, policy.instrument, policy.needs)
    several = [changes_of(policy, economy) for policy in sorted(policies, key=key_of)]
    return with_all(economy, several) if several else economy


def with_all(economy: Economy, several: Sequence[Changes]) -> Economy:
    """Return the economy under changes that were told of it, in their order."""
    return with_changes(economy, merged(economy, several))


def partly(changes: Changes, force: float) -> Changes:
    """Return the changes of a policy that has a part of its force: hats to that power, money and access in that part.

    What stands or does not (a line, a cluster, a limit, an elasticity) stands whole.
    """
    scaled = {name: changes[name] ** force for name in MULTIPLY if name in changes}
    if GAP in changes:
        scaled[GAP] = 1 - force * (1 - changes[GAP])
    scaled |= {name: force * changes[name] for name in (*ADD, "services_more_n") if name in changes}
    return changes | scaled


def partly_together(several: Sequence[Changes], forces: Sequence[float]) -> list[Changes]:
    r"""Return the changes of policies that each have a part of their force; what several give of access is given once.

    .. math:: 1 - \prod_q g_q \text{ shared as } (1 - g_p) / \sum_q (1 - g_q), \text{ of which } f_p \text{ has come}

    with g what a policy leaves of what is missing, f its force: as the bill is shared (`served.parts`). The first of
    them carries what all give.
    """
    scaled = [partly(changes, force) for changes, force in zip(several, forces, strict=True)]
    giving = [number for number, changes in enumerate(several) if GAP in changes]
    if len(giving) > 1:
        given = [1 - several[number][GAP] for number in giving]
        come = sum(forces[number] * share for number, share in zip(giving, shares_of(given), strict=True))
        scaled[giving[0]][GAP] = 1 - come * (1 - reduce(np.multiply, (several[number][GAP] for number in giving)))
        for number in giving[1:]:
            del scaled[number][GAP]
    return scaled


def shares_of(amounts: Sequence[Any]) -> list[FloatArray]:
    """Return the share of each amount in all of them, zero where there is none."""
    total = np.asarray(sum(amounts))
    return [np.asarray(amount / np.where(total > 0, total, 1.0)) for amount in amounts]


def merged(economy: Economy, several: Sequence[Changes]) -> Changes:
    """Return changes put together in their order; raise a PolicyError where what may stand only once is told twice."""
    combined: Changes = {}
    for name in RULES:
        found = [changes[name] for changes in several if name in changes]
        if found:
            require_single(economy, name, found)
            combined[name] = reduce(RULES[name], found)
    return combined


def require_single(economy: Economy, name: str, found: Sequence[Any]) -> None:
    """Raise a PolicyError where what may stand only once is written twice."""
    if name == "housing_supply_elasticity_n":
        twice = (~np.isnan(np.stack(found))).sum(axis=0) > 1
    elif name == "clusters":
        twice = sum(cluster.member_n for clusters in found for cluster in clusters) > 1
    else:
        return
    if twice.any():
        codes = np.array(economy.region_codes[: twice.size])[twice]
        where = places([economy.regions.label(code) for code in codes], twice.size)
        raise PolicyError(Problem("policy.twice", {"name": name, "where": where}))


def with_changes(economy: Economy, changes: Changes) -> Economy:
    """Return the economy with combined changes written on its levers; costs of trade never fall below one.

    The level of a cost of moving holds amenity and is not identified: no floor is put under it.
    """
    hats = {name: changes[name] for name in MULTIPLY if name in changes}
    if "links" in changes:
        for name, hat in time_hats(economy, changes["links"]).items():
            hats[name] = hats[name] * hat if name in hats else hat
    if {GAP, "services_more_n"} & set(changes):
        gap_hat_gc, more_n = changes.get(GAP, 1.0), changes.get("services_more_n", 0.0)
        hats["service_worth_hat_gc"] = worth_hat_gc(economy, gap_hat_gc, more_n)
    levers = economy.levers._asdict()
    for name, hat in hats.items():
        levers[name] = hat if levers[name] is None else levers[name] * hat
    if "trade_cost_hat_nij" in hats:
        levers["trade_cost_hat_nij"] = floored(levers["trade_cost_hat_nij"], trade_cost_nij(economy))
    for name in (name for name in ADD if name in changes):
        base = levers[name] if levers[name] is not None else economy.arrays.get(name, 0.0)
        levers[name] = base + changes[name]
    if "capacity_n" in changes:
        levers["capacity_n"] = changes["capacity_n"]
    if "housing_supply_elasticity_n" in changes:
        new, old = changes["housing_supply_elasticity_n"], economy.arrays["housing_supply_elasticity_n"]
        levers["housing_supply_elasticity_n"] = np.where(np.isnan(new), old, new)
    if "clusters" in changes:
        levers |= neighbourhoods(economy, changes["clusters"])
    neutral = {name: value for name, value in base_year_levers(economy).items() if levers[name] is None}
    beside = {name: getattr(economy, name) for name in ("name", "notes", "path")}
    with_blocks = written_on(economy, "capacity_n" in changes)
    return with_blocks.told_as(**beside, levers=type(economy.levers)(**levers | neutral))


@kept(BASE_YEARS)
def written_on(economy: Economy, limited: bool) -> Economy:
    """Return the base year with the blocks that policies write on and that do nothing before they do."""
    arrays = neutral_neighbourhood(economy) | dict(economy.arrays)
    if limited:
        arrays.setdefault("capacity_n", np.full(len(economy.region_codes), np.inf))
    return replace(economy, arrays=arrays)


@kept(BASE_YEARS)
def base_year_levers(economy: Economy) -> dict[str, FloatArray]:
    """Return every lever that instruments may write, as it stands in the base year.

    Written out in full, so that all scenarios of an economy are one compiled program.
    """
    count, arrays = len(economy.region_codes), economy.arrays
    ones, zeros = np.ones(count), np.zeros(count)
    neutral = {"amenity_hat_n": ones, "transfer_n": array(economy, "transfer_n"), "land_levy_n": zeros}
    neutral |= {name: arrays.get(name, value) for name, value in neutral_neighbourhood(economy).items()}
    for name in ("newcomer_cost_hat_gc", "service_worth_hat_gc"):
        neutral[name] = np.ones_like(economy.migration_share_gc)
    for name in ("given_hat_c", "owed_hat_c"):
        neutral[name] = np.ones(len(economy.workers_c))
    if BLOCKS["housing"] in arrays:
        neutral |= {"homes_hat_n": ones, "housing_supply_elasticity_n": arrays["housing_supply_elasticity_n"]}
    if BLOCKS["capital"] in arrays:
        neutral["return_wedge_hat_nj"] = np.ones_like(arrays["value_added_nj"])
    if BLOCKS["government"] in arrays:
        neutral |= {name: array(economy, name) for name in ("local_tax_n", "central_tax_n")} | {"programme_n": zeros}
    return neutral


def moved_levers(economy: Economy) -> list[str]:
    """Return the levers of an economy that do not stand as in its base year."""
    at_rest = base_year_levers(economy)
    return [
        name
        for name, value in economy.levers._asdict().items()
        if value is not None
        and not np.array_equal(value, np.broadcast_to(at_base(economy, name, at_rest), np.shape(value)))
    ]


def moved_base(economy: Economy) -> list[Problem]:
    """Return what is wrong with an economy that is no base year: what has moved it already would be counted in."""
    moved = moved_levers(economy)
    return [Problem("scenario.moved_base", {"name": economy.name, "found": ", ".join(moved)})] if moved else []


def at_base(economy: Economy, name: str, at_rest: Mapping[str, FloatArray]) -> Any:
    """Return how a lever stands in the base year: a change at one, a level as in the arrays, or where it is none."""
    if name in at_rest:
        return at_rest[name]
    if "_hat_" in name:
        return 1.0
    if name == "grant_share_n":
        return array(economy, name)
    return economy.arrays.get(name, np.inf if name == "capacity_n" else 0.0)


def floored(hat: FloatArray, cost: FloatArray) -> FloatArray:
    """Keep a change of an iceberg cost from taking the cost below one; a cost below one already does not fall."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.where(hat < 1, np.maximum(hat, np.minimum(1.0, 1 / cost)), hat))


def neutral_neighbourhood(economy: Economy) -> dict[str, FloatArray]:
    """Return a neighbourhood in which everybody sees himself and learns nothing."""
    count = len(economy.region_codes)
    return {"neighbour_elasticity_n": np.zeros(count), "neighbour_weight_ni": np.eye(count)}


def neighbourhoods(economy: Economy, clusters: Sequence[Cluster]) -> dict[str, FloatArray]:
    """Return the levers of the neighbourhood: members see their cluster's towns, the others themselves."""
    count, towns_n = len(economy.region_codes), economy.cells.by_region(economy.workers_c * economy.town_c)
    elasticity, weight = np.zeros(count), np.eye(count)
    for cluster in clusters:
        member = np.flatnonzero(cluster.member_n)
        elasticity[member] = cluster.elasticity
        weight[np.ix_(member, member)] = (towns_n[member] / towns_n[member].sum())[None, :]
    return {"neighbour_elasticity_n": elasticity, "neighbour_weight_ni": weight}
