"""What a scenario costs, by instrument, payer and region.

Money is in bn CNY at the prices of the base year. Present values count the years of the horizon after the base year at
the scenario's discount rate; the static closure knows one rest point, towards which effects grow with a policy's ramp.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import has_budgets
from hinterland.policy.costs import annuity, interest, is_charged, under_closure
from hinterland.policy.policy import Policy
from hinterland.scenario.scenario import Scenario

if TYPE_CHECKING:
    from hinterland.study.apply import Package

CENTRE = "centre"
SAME = 12  # digits to which parts that are spent are told apart
BY_YEAR = ("spent", "charged", "owed")


def present(flow_t: FloatArray, rate: float) -> float:
    """Present value of flows in the years after the base year."""
    return float(flow_t @ (1 + rate) ** -np.arange(1.0, len(flow_t) + 1))


def once_t(scenario: Scenario, policy: Policy) -> FloatArray:
    """When what is paid once is paid: in equal parts while it is built, or grows to its full force, (horizon,)."""
    start, years = scenario.start_of(policy), scenario.economy.year + 1 + np.arange(scenario.horizon)
    lasting = policy.building_years() or scenario.full_from(policy) - start + 1
    return np.asarray(((years >= start) & (years < start + lasting)) / lasting)


class Due(NamedTuple):
    """What one payer in one place pays of an outlay: once, and a year at full force; whether it leaves an income."""

    policy: str
    outlay: int  # which of its outlays
    payer: str
    region: str
    once: float
    yearly: float
    charged: bool
    paid: bool  # a payment to residents that nobody is charged for is not

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What tells it from others of a package."""
        return self[:4]


def dues(package: Package) -> Iterator[Due]:
    """Yield who pays what of each outlay.

    Nothing is charged under the closure `none`; where the economy has no budgets no works, nor what places would pay
    to themselves. The centre's part stands under 'centre', other parts under the region that pays.
    """
    scenario = package.scenario
    economy = scenario.economy
    for name, policy in scenario.policies.items():
        for number, outlay in enumerate(package.outlays[name]):
            borne = is_charged(economy, scenario.closure, outlay)
            for payer, share in under_closure(outlay.payers or policy.payers(), scenario.closure).items():
                by_n = outlay.paid_by_n if outlay.paid_by_n is not None and payer != CENTRE else None
                moved = payer == CENTRE or by_n is not None or has_budgets(economy)  # else who gets it pays it
                once_n, yearly_n = (
                    share * (amount if by_n is None else by_n * amount.sum())
                    for amount in (outlay.once_n, outlay.yearly_n)
                )
                if payer == CENTRE:
                    amounts = [(CENTRE, float(once_n.sum()), float(yearly_n.sum()))]
                else:
                    amounts = [*zip(economy.domestic_codes, map(float, once_n), map(float, yearly_n), strict=True)]
                for place, once, yearly in amounts:
                    if once or yearly:
                        charged = borne and moved
                        yield Due(name, number, payer, place, once, yearly, charged, charged or not outlay.to_residents)


def spent_t(scenario: Scenario, policy: Policy) -> FloatArray:
    """Return the part of what is paid once that is spent by each year, (horizon,)."""
    return np.asarray(np.cumsum(once_t(scenario, policy)).round(SAME))


def packages_by_year(package: Package) -> list[Package]:
    """Return for each year the package in which only the policies of that year share bills; years alike share one."""
    policies = package.scenario.policies
    acting_tp = np.array([package.scenario.force_t(policy) > 0 for policy in policies.values()]).T
    known: dict[tuple[bool, ...], Package] = {}
    found = []
    for acting_p in acting_tp.reshape(package.scenario.horizon, len(policies)):
        key = tuple(acting_p)
        if key not in known:
            known[key] = package.acting(name for name, acts in zip(policies, key, strict=True) if acts)
        found.append(known[key])
    return found


def costs(package: Package) -> pd.DataFrame:
    """Return outlays by policy, payer and region: once, yearly, charged (a year at the rest point), present value.

    Nothing is charged at the rest point for a policy that has ended by then. A policy without a unit cost has no row.
    The present value is that of what is charged, or would be, in the years up to the horizon, as is that of what
    policies are worth: of what is paid once the instalments of these years; services are billed to who gives them then.
    """
    scenario, policies = package.scenario, package.scenario.policies
    in_force, per_yuan = scenario.in_force(), instalment(scenario)
    acting = packages_by_year(package)
    known = {one: {due.key: due for due in dues(of)} for one, of in each_once([*acting, package]).items()}
    factors = {name: factors_of(scenario, policy, acting) for name, policy in policies.items()}
    rows = []
    for due in {key: due for of in known.values() for key, due in of.items()}.values():
        at_rest = known[id(package)].get(due.key)
        once_pv, yearly_pv = factors[due.policy]
        yearly = at_rest.yearly if at_rest else 0.0
        worth = due.once * once_pv
        worth += sum(pv * known[one][due.key].yearly for one, pv in yearly_pv.items() if due.key in known[one])
        charged = (yearly + per_yuan * due.once) * (due.charged and due.policy in in_force)
        place = (due.policy, policies[due.policy].instrument, due.payer, due.region)
        rows.append((*place, due.once, yearly, charged, worth))
    columns = ["policy", "instrument", "payer", "region", "once", "yearly", "charged", "present"]
    return pd.DataFrame(rows, columns=columns)


def factors_of(scenario: Scenario, policy: Policy, acting: Sequence[Package]) -> tuple[float, dict[int, float]]:
    """Return the present value of a yuan paid once, and of one a year at full force in the years of each package."""
    force_t = scenario.force_t(policy)
    yearly = {
        key: present(force_t * np.array([of is one for of in acting]), scenario.discount)
        for key, one in each_once(acting).items()
    }
    return instalment(scenario) * present(spent_t(scenario, policy), scenario.discount), yearly


def each_once(acting: Sequence[Package]) -> dict[int, Package]:
    """Return the packages of years, each once, by what tells one from another."""
    return {id(one): one for one in acting}


def instalment(scenario: Scenario) -> float:
    """Return what is charged a year of a yuan that is paid once."""
    return annuity(interest(scenario.rates, scenario.closure), scenario.horizon)


def budget_by_year(package: Package) -> pd.DataFrame:
    r"""Return what each payer spends, is charged and owes for each policy in the years up to the horizon, bn CNY.

    year, policy, instrument, payer, spent (as it falls due), charged (what is spent every year, and instalments on what
    was spent once, from its year on), owed (of it at the end of the year):

    .. math:: D_t = (1 + r) D_{t-1} + s_t - a \sum_{u \le t} s_u

    with s what is spent once, a its annuity and r its interest. What nobody is charged for nobody owes.
    """
    scenario, rows = package.scenario, []
    rate, per_yuan = interest(scenario.rates, scenario.closure), instalment(scenario)
    acting = packages_by_year(package)
    full = {key: at_full_force(one) for key, one in each_once(acting).items()}
    years = scenario.economy.year + 1 + np.arange(scenario.horizon)
    for name, payer, charged in dict.fromkeys(key for of in full.values() for key in of):
        policy = scenario.policies[name]
        amounts_t = np.array([full[id(one)].get((name, payer, charged), (0.0, 0.0)) for one in acting])
        once_now_t, yearly_t = (amounts_t * np.array([once_t(scenario, policy), scenario.force_t(policy)]).T).T
        paid_off_t = per_yuan * np.cumsum(once_now_t)
        owed_t = accumulate(once_now_t - paid_off_t, lambda owed, more: (1 + rate) * owed + more)
        columns = (years, once_now_t + yearly_t, charged * (paid_off_t + yearly_t), (charged * of for of in owed_t))
        rows += [(year, name, policy.instrument, payer, *amounts) for year, *amounts in zip(*columns, strict=True)]
    return pd.DataFrame(rows, columns=["year", "policy", "instrument", "payer", *BY_YEAR])


def at_full_force(package: Package) -> dict[tuple[str, str, bool], tuple[float, float]]:
    """Return what is paid once, and a year at full force, by policy, payer and whether it leaves an income.

    A payment to residents that nobody is charged for is not made.
    """
    sums: dict[tuple[str, str, bool], tuple[float, float]] = {}
    for due in filter(attrgetter("paid"), dues(package)):
        key = (due.policy, due.payer, due.charged)
        once, yearly = sums.get(key, (0.0, 0.0))
        sums[key] = once + due.once, yearly + due.yearly
    return sums
