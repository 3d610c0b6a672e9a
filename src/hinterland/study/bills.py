"""What the bill of a policy does alone: its money burned on goods that serve nobody, or handed to residents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from hinterland.economy.economy import Economy
from hinterland.policy.costs import charges
from hinterland.study.apply import K, Package, where_paid
from hinterland.study.outcomes import State, base_state
from hinterland.study.together import states_of


class Bill(NamedTuple):
    """The states under the bill of one policy, whatever else the policy does."""

    burned: State | None  # the base year where nothing can be charged; None where it cannot be paid
    handed: State | None  # residents get what they are paid; None where they are paid nothing, or it cannot be paid


def bills(package: Package) -> dict[str, Bill]:
    """Return what the bill of each policy in force does alone; nothing under the closure that charges nobody."""
    scenario = package.scenario
    priced = [name for name in scenario.in_force() if package.outlays[name]]
    if not priced or scenario.closure == "none":
        return {}
    paying = [name for name in priced if any(outlay.to_residents for outlay in package.outlays[name])]
    charged = charges(scenario.economy, scenario.closure)  # else works are bought by nobody, payments are transfers
    makes = {(name, False): partial(package.economy, (), [name], for_nothing=True) for name in priced if charged}
    makes |= {(name, True): partial(package.economy, (), [name]) for name in paying}
    found = states_where_paid(makes, package.economy())
    free = None if charged else base_state(scenario.economy)
    return {name: Bill(found.get((name, False), free), found.get((name, True))) for name in priced}


def states_where_paid(makes: Mapping[K, Callable[[], Economy]], like: Economy | None = None) -> dict[K, State]:
    """Return the state under each economy whose bills can be paid, by the steps of `like`, or of the first."""
    under = where_paid(makes)
    if not under:
        return {}
    first = next(iter(under.values()))
    return dict(zip(under, states_of(list(under.values()), like or first), strict=True))
