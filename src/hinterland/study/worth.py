"""What each policy is worth for a yuan of what it costs, held against the same money burned.

The burn buys the programme's own goods, charged by the same closure, dates and payers, and serves nobody: what
residents lose by it for each yuan is the marginal cost of public funds. Works that do nothing are worth exactly nothing
then, and money that is handed back to those who pay exactly what it cost.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from hinterland.economy.economy import Economy
from hinterland.policy.costs import charges
from hinterland.policy.strength import NONE, RANGE, entering, ratio_mark
from hinterland.scenario.scenario import Scenario
from hinterland.study.apply import Package, elsewhere, packages, unless_refused
from hinterland.study.bills import Bill, states_where_paid
from hinterland.study.budget import costs, present
from hinterland.study.outcomes import State
from hinterland.study.sensitivity import SENSITIVE

FUNDS = (0.95, 1.3)  # outside, the marginal cost of public funds is more likely an error of the accounts than a finding


class BillAlone(NamedTuple):
    """What a policy's bill alone does to residents: equivalent variations, bn CNY a year."""

    lost: float  # where the money buys goods that serve nobody; not a number where nothing is charged
    returned: float  # of that, what payments to residents give back


UNCHARGED = BillAlone(math.nan, 0.0)


def bills_alone(package: Package, alone: Mapping[str, Bill]) -> dict[str, BillAlone]:
    """Return what the bill of each policy in force does alone, from the states under it."""
    charged = charges(package.scenario.economy, package.scenario.closure)
    return {
        name: bill_alone(variation_of(bill.burned), variation_of(bill.handed), charged) for name, bill in alone.items()
    }


def variation_of(state: State | None) -> float | None:
    """Return the equivalent variation of a state; None where there is none."""
    return None if state is None else state.variation


def bill_alone(burned: float | None, handed: float | None, charged: bool) -> BillAlone:
    """Return what a bill does to residents, by the variations under it; not a number where it cannot be paid."""
    lost = math.nan if burned is None else burned
    return BillAlone(-lost if charged else math.nan, 0.0 if handed is None else handed - lost)


def variations_under(makes: Sequence[Callable[[], Economy]], like: Economy | None) -> list[float]:
    """Return the equivalent variation under each economy, by the steps of `like`, or of the first.

    Not a number where its bills cannot be paid.
    """
    found = states_where_paid(dict(enumerate(makes)), like)
    return [found[number].variation if number in found else math.nan for number in range(len(makes))]


class Worth(NamedTuple):
    """What a policy is worth and costs, bn CNY: a year at the rest point, and present."""

    charged: float
    present_cost: float
    marginal_cost_of_funds: float  # what residents lose of a yuan that is burned
    variation: float
    present_value: float
    benefit_per_yuan: float


def weighed(scenario: Scenario, name: str, budget: pd.DataFrame, bill: BillAlone, effect: float) -> Worth:
    r"""Return what a policy is worth and costs, from what its bill does alone and what it does beside, its effect.

    .. math:: b = \frac{PV_{bill}(W_m - W_b) + PV_{force}(W_p - W_m)}{\mu\, PV(C)}, \quad
              \mu = \frac{W_0 - W_b}{c}

    W is residents' equivalent variation: without a policy (0), with the bill c burned (b), with its payments made and
    no other effect (m), with the policy (p). What the bill does follows its dates, what the policy does its force. Not
    a number where nothing is charged.
    """
    own = budget[budget["policy"] == name]
    billed = own[own["charged"] > 0] if (own["charged"] > 0).any() else own  # what nobody is charged for is no bill
    charged, cost = (float(billed[column].sum(min_count=1)) for column in ("charged", "present"))  # no price: no number
    funds = bill.lost / charged if charged > 0 else math.nan
    paid = bill.returned * cost / charged if charged > 0 else 0.0
    worth = paid + effect * present(scenario.force_t(scenario.policies[name]), scenario.discount)
    per_yuan = worth / (funds * cost) if cost > 0 and funds > 0 else math.nan
    return Worth(charged, cost, funds, effect + bill.returned, worth, per_yuan)


def benefits(
    package: Package, budget: pd.DataFrame, effects: Mapping[str, float], alone: Mapping[str, Bill]
) -> pd.DataFrame:
    """Return what each policy in force is worth to residents, what it costs, and the benefit per yuan."""
    scenario, found, rows = package.scenario, bills_alone(package, alone), []
    for name, policy in scenario.in_force().items():
        worth = weighed(scenario, name, budget, found.get(name, UNCHARGED), effects[name])
        rows.append((name, policy.instrument, *worth))
    return pd.DataFrame(rows, columns=["policy", "instrument", *Worth._fields])


def marks(package: Package) -> dict[str, str]:
    """Return the mark of the ratio of each policy in force."""
    return {name: ratio_mark(policy, package.changes[name]) for name, policy in package.scenario.in_force().items()}


def established(table: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Return benefits with the mark of each ratio and what it rests on, without the ratios that nothing carries."""
    policies, changes = package.scenario.policies, package.changes
    rests = [" ".join(entering(policies[name], changes[name])) for name in table["policy"]]
    marked = table.assign(mark=table["policy"].map(marks(package)), rests_on=rests)
    marked.loc[marked["mark"].isin((NONE, RANGE)), "benefit_per_yuan"] = math.nan
    return marked


def funds_alarm(table: pd.DataFrame) -> list[str]:
    """Return the policies whose marginal cost of public funds lies where it should not."""
    known = table[table["marginal_cost_of_funds"].notna()]
    low, high = FUNDS
    odd = known[(known["marginal_cost_of_funds"] < low) | (known["marginal_cost_of_funds"] > high)]
    return [str(name) for name in odd["policy"]]


def over_service_worth(package: Package) -> pd.DataFrame:
    r"""Return the benefit per yuan of each policy that only the worth of services leaves open.

    Each alone, at :math:`\omega` of 0 and 1; not a number where it cannot be paid. `break_even` is the worth of a yuan
    of services at which a yuan spent is a yuan gained, on the line between both; not a number where none is.
    """
    scenario = package.scenario
    serving = [name for name, mark in marks(package).items() if mark == RANGE]
    ends = [scenario.economy.with_elasticities(service_worth=worth) for worth in (0.0, 1.0)]
    asked = [
        unless_refused(partial(scenario.replace, economy=economy, policies={name: scenario.policies[name]}))
        for name in serving
        for economy in ends
    ]
    found = iter(alone(asked, package.economy()))
    rows = [
        (name, none, whole, break_even(none, whole)) for name, none, whole in zip(serving, found, found, strict=False)
    ]
    return pd.DataFrame(rows, columns=["policy", "worth_0", "worth_1", "break_even"])


def break_even(none: float, whole: float) -> float:
    """Return where the line from the benefit per yuan at zero to that at one is one; nowhere outside zero to one."""
    found = (1 - none) / (whole - none) if whole > none else math.nan
    return found if 0 <= found <= 1 else math.nan


def over_elasticities(scenario: Scenario) -> pd.DataFrame:
    """Return the benefit per yuan of a scenario of one policy at other elasticities, one at a time; default first."""
    asked = [(name, value) for name, ends in SENSITIVE.items() if scenario.economy.has(name) for value in ends]
    found = alone([scenario, *(elsewhere(scenario, name, value) for name, value in asked)])
    rows = [
        (name, value, per_yuan) for (name, value), per_yuan in zip([("default", math.nan), *asked], found, strict=True)
    ]
    return pd.DataFrame(rows, columns=["parameter", "value", "benefit_per_yuan"])


def per_yuan_range(scenario: Scenario) -> tuple[float, float] | None:
    """Return the least and the largest benefit per yuan of a scenario of one policy over the elasticities; else None.

    What each of several policies is worth at another elasticity takes every set of them there.
    """
    if len(scenario.policies) != 1:
        return None
    found = over_elasticities(scenario)["benefit_per_yuan"]
    return float(found.min()), float(found.max())


def alone(scenarios: Sequence[Scenario | None], like: Economy | None = None) -> list[float]:
    """Return the benefit per yuan of scenarios of one policy each, all solved together by the steps of `like`.

    Not a number where there is no scenario, or its bill cannot be paid.
    """
    wholes = packages([scenario for scenario in scenarios if scenario is not None], like)
    makes = [
        make
        for whole in wholes
        for make in (
            whole.economy,
            partial(whole.economy, (), whole.scenario.policies),
            partial(whole.economy, (), whole.scenario.policies, for_nothing=True),
        )
    ]
    worths = iter(variations_under(makes, like))
    found = iter([weighed_alone(whole, next(worths), next(worths), next(worths)).benefit_per_yuan for whole in wholes])
    return [math.nan if scenario is None else next(found) for scenario in scenarios]


def weighed_alone(package: Package, whole: float, paid: float, burned: float) -> Worth:
    """Return what the one policy of a scenario is worth: from variations under it, under its bill, and burned."""
    (name,), scenario = package.scenario.policies, package.scenario
    charged = charges(scenario.economy, scenario.closure)
    bill = bill_alone(burned, paid, charged)
    return weighed(scenario, name, costs(package), bill, whole - paid)
