"""Services that several policies give: the bill of a package is what the package gives, shared among its policies.

Access that two reforms give is given once, and who comes is served once, whatever brought him. Alone a policy is billed
for all that it gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy import choice
from hinterland.economy.economy import Economy
from hinterland.economy.services import (
    access_gc,
    came_for_n,
    entitled_n,
    heads_gc,
    services_a_head_n,
    shared_n,
    worth_hat_gc,
)
from hinterland.policy.combine import shares_of
from hinterland.policy.costs import outlays_of
from hinterland.policy.policy import Outlay, Part, Policy, changes_of, key_of

LEAST = np.finfo(float).tiny  # where only together they bring anybody, they share alike


def outlays_together(
    economy: Economy,
    policies: Mapping[str, Policy],
    serving: Mapping[str, Policy],
    alone_gc: Mapping[str, FloatArray],
    all_gc: FloatArray,
) -> dict[str, tuple[Outlay, ...]]:
    """Return the outlays of policies by label, of which `serving` give services together.

    `alone_gc` says where people are with each that counts movers alone, `all_gc` with all that serve.
    """
    given = parts(economy, serving, alone_gc, all_gc) if len(serving) > 1 else {}
    return {name: outlays_of(policy, economy, alone_gc.get(name), given.get(name)) for name, policy in policies.items()}


def part_alone(policy: Policy, economy: Economy, share_gc: FloatArray | None = None) -> Part:
    """Return what a policy gives alone; without `share_gc` people are where they would be at base-year wages."""
    share_gc = chosen_gc(policy, economy) if share_gc is None else share_gc
    return parts(economy, {"": policy}, {"": share_gc}, share_gc)[""]


def chosen_gc(policy: Policy, economy: Economy) -> FloatArray:
    """Return where people would be with a policy at base-year wages, (G, C)."""
    changes = changes_of(policy, economy)
    cost_hat = changes.get("migration_cost_hat_gc", np.ones_like(economy.migration_share_gc))
    if {"access_gap_hat_gc", "services_more_n"} & set(changes):
        gap_hat_gc, more_n = changes.get("access_gap_hat_gc", 1.0), changes.get("services_more_n", 0.0)
        cost_hat = cost_hat / worth_hat_gc(economy, gap_hat_gc, more_n)
    return choice.share_gc(economy, cost_hat)


def parts(
    economy: Economy, policies: Mapping[str, Policy], alone_gc: Mapping[str, FloatArray], all_gc: FloatArray
) -> dict[str, Part]:
    r"""Return the part of each policy, by label, in what all of them give; the parts add up to it.

    .. math:: a_p = (1 - s) (1 - \prod_q g_q) \frac{1 - g_p}{\sum_q (1 - g_q)}

    is the access that those there have by p, with g what it leaves of what is missing. Who comes in equilibrium with
    all of them (`all_gc`) gets all that the package gives; policies share his services as those that each alone
    (`alone_gc`) would bring.
    """
    names = sorted(policies, key=lambda name: key_of(policies[name]))
    changes = [changes_of(policies[name], economy) for name in names]
    gaps = [one.get("access_gap_hat_gc", 1.0) for one in changes]
    mores = [one.get("services_more_n", 0.0) for one in changes]
    still_gc, before = economy.migration_share_gc, access_gc(economy)
    now = 1 - (1 - before) * reduce(np.multiply, gaps)
    given_gc, were_n = heads_gc(economy, still_gc) * (now - before), entitled_n(economy, still_gc, before)
    there = [
        economy.cells.by_region((given_gc * share).sum(axis=0)) * services_a_head_n(economy) + were_n * own_n
        for share, own_n in zip(shares_of([1 - gap for gap in gaps]), mores, strict=True)
    ]
    reached = [policies[name].places_n(economy) for name in names]
    more_n = shared_n(economy, sum(mores), now)
    all_n, *brought = (
        came_for_n(economy, share_gc, now, more_n) for share_gc in (all_gc, *(alone_gc[name] for name in names))
    )
    parted = shares_of([to_n * np.maximum(own_n, LEAST) for to_n, own_n in zip(reached, brought, strict=True)])
    came = [all_n * share for share in parted]
    return {
        name: Part(there_n, came_n, alone_gc[name]) for name, there_n, came_n in zip(names, there, came, strict=True)
    }
