"""What each policy is worth for a yuan of what it costs, held against the same money burned.

The burn buys the programme's own goods, charged by the same closure, dates and payers, and serves nobody: what
residents lose by it for each yuan is the marginal cost of public funds. Works that do nothing are worth exactly nothing
then, and money that is handed back to those who pay exactly what it cost.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from hinterland.policy.costs import charges
from hinterland.policy.strength import NONE, strength
from hinterland.scenario.scenario import Scenario
from hinterland.study.apply import Package, packages
from hinterland.study.budget import costs, present
from hinterland.study.sensitivity import SENSITIVE
from hinterland.study.together import states_of

FUNDS = (0.95, 1.3)  # outside, the marginal cost of public funds is more likely an error of the accounts than a finding


class Baseline(NamedTuple):
    """What a policy's bill alone does to residents: equivalent variations, bn CNY a year."""

    lost: float  # where the money buys goods that serve nobody
    returned: float  # of that, what payments to residents give back


def baselines(package: Package) -> dict[str, Baseline]:
    """Return what the bill of each policy in force does alone; nothing where nothing is charged."""
    scenario = package.scenario
    priced = [name for name in scenario.in_force() if package.outlays[name]]
    if not priced or not charges(scenario.economy, scenario.closure):
        return {}
    paying = [name for name in priced if any(outlay.to_residents for outlay in package.outlays[name])]
    burned = [package.economy((), [name], for_nothing=True) for name in priced]
    paid = [package.economy((), [name]) for name in paying]
    worths = [state.variation for state in states_of([*burned, *paid], package.economy())]
    lost = dict(zip(priced, (-worth for worth in worths), strict=False))
    given = dict(zip(paying, worths[len(priced) :], strict=True))
    return {name: Baseline(lost[name], given[name] + lost[name] if name in given else 0.0) for name in priced}


def benefits(package: Package, budget: pd.DataFrame, effects: Mapping[str, float]) -> pd.DataFrame:
    r"""Return what each policy is worth to residents, bn CNY, what it costs, and the benefit per yuan.

    .. math:: b = \frac{PV_{bill}(W_m - W_b) + PV_{force}(W_p - W_m)}{\mu\, PV(C)}, \quad
              \mu = \frac{W_0 - W_b}{c}

    W is residents' equivalent variation: without a policy (0), with the bill c burned (b), with its payments made and
    no other effect (m), with the policy (p); `effects` holds :math:`W_p - W_m`. What the bill does follows its dates,
    what the policy does its force. Not a number where nothing is charged.
    """
    scenario, found, rows = package.scenario, baselines(package), []
    for name, policy in scenario.in_force().items():
        own = budget[budget["policy"] == name]
        charged, cost = float(own["charged"].sum()), float(own["present"].sum())
        lost, returned = found.get(name, Baseline(math.nan, 0.0))
        funds = lost / charged if charged > 0 else math.nan
        bill = returned * cost / charged if charged > 0 else 0.0
        worth = bill + effects[name] * present(scenario.force_t(policy), scenario.discount)
        per_yuan = worth / (funds * cost) if cost > 0 and funds > 0 else math.nan
        rows.append((name, policy.instrument, charged, cost, funds, effects[name] + returned, worth, per_yuan))
    columns = ["policy", "instrument", "charged", "present_cost", "marginal_cost_of_funds"]
    return pd.DataFrame(rows, columns=[*columns, "variation", "present_value", "benefit_per_yuan"])


def established(table: pd.DataFrame) -> pd.DataFrame:
    """Return benefits without the ratios that no evidence carries: instruments of which no effect is established."""
    marks = table["instrument"].map(strength)
    return table.assign(benefit_per_yuan=table["benefit_per_yuan"].where(marks != NONE))


def funds_alarm(table: pd.DataFrame) -> list[str]:
    """Return the policies whose marginal cost of public funds lies where it should not."""
    known = table[table["marginal_cost_of_funds"].notna()]
    low, high = FUNDS
    odd = known[(known["marginal_cost_of_funds"] < low) | (known["marginal_cost_of_funds"] > high)]
    return [str(name) for name in odd["policy"]]


def over_service_worth(package: Package) -> pd.DataFrame:
    r"""Return the benefit per yuan of each policy that gives services, alone, at :math:`\omega` of 0 and 1.

    `break_even` is the worth of a yuan of services at which a yuan spent is a yuan gained, on the line between both;
    not a number where none is.
    """
    scenario = package.scenario
    serving = [name for name in scenario.in_force() if "service_worth_hat_gc" in package.changes[name]]
    ends = [scenario.economy.with_elasticities(service_worth=worth) for worth in (0.0, 1.0)]
    asked = [
        scenario.replace(economy=economy, policies={name: scenario.policies[name]})
        for name in serving
        for economy in ends
    ]
    found = iter(alone(asked))
    rows = [
        (name, none, whole, break_even(none, whole)) for name, none, whole in zip(serving, found, found, strict=False)
    ]
    return pd.DataFrame(rows, columns=["policy", "worth_0", "worth_1", "break_even"])


def break_even(none: float, whole: float) -> float:
    """Return where the line from the benefit per yuan at zero to that at one is one."""
    return (1 - none) / (whole - none) if whole > none else math.nan


def over_elasticities(scenario: Scenario) -> pd.DataFrame:
    """Return the benefit per yuan of a scenario of one policy at other elasticities, one at a time; default first."""
    asked = [(name, value) for name, ends in SENSITIVE.items() if scenario.economy.has(name) for value in ends]
    others = [scenario.replace(economy=scenario.economy.with_elasticities(**{name: value})) for name, value in asked]
    found = alone([scenario, *others])
    rows = [
        (name, value, per_yuan) for (name, value), per_yuan in zip([("default", math.nan), *asked], found, strict=True)
    ]
    return pd.DataFrame(rows, columns=["parameter", "value", "benefit_per_yuan"])


def alone(scenarios: Sequence[Scenario]) -> list[float]:
    """Return the benefit per yuan of scenarios of one policy each, all solved together; as `benefits` does."""
    if not scenarios:
        return []
    wholes = packages(scenarios)
    under = [
        economy
        for whole in wholes
        for economy in (
            whole.economy(),
            whole.economy((), whole.scenario.policies),
            whole.economy((), whole.scenario.policies, for_nothing=True),
        )
    ]
    worths = iter([state.variation for state in states_of(under, under[0])])
    return [
        per_yuan(whole, *three) for whole, three in zip(wholes, zip(worths, worths, worths, strict=True), strict=True)
    ]


def per_yuan(package: Package, whole: float, paid: float, burned: float) -> float:
    """Return the benefit per yuan of a policy from residents' variations under it, under its bill, and burned."""
    scenario, budget = package.scenario, costs(package)
    charged, cost = float(budget["charged"].sum()), float(budget["present"].sum())
    if not charged > 0 or not charges(scenario.economy, scenario.closure):
        return math.nan
    (policy,) = scenario.policies.values()
    worth = (paid - burned) * cost / charged
    worth += (whole - paid) * present(scenario.force_t(policy), scenario.discount)
    return worth / (-burned / charged * cost)
