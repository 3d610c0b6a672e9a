"""What a scenario costs, by instrument, payer and region.

Money is in bn CNY at the prices of the base year. Present values count the years of the horizon after the base year at
the scenario's discount rate; the static closure knows one rest point, towards which effects grow with a policy's ramp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import has_budgets
from hinterland.policy.costs import charged_n, is_charged, under_closure
from hinterland.policy.policy import Policy
from hinterland.scenario.scenario import Scenario

if TYPE_CHECKING:
    from hinterland.study.apply import Package

CENTRE = "centre"


def present(flow_t: FloatArray, rate: float) -> float:
    """Present value of flows in the years after the base year."""
    return float(flow_t @ (1 + rate) ** -np.arange(1.0, len(flow_t) + 1))


def once_t(scenario: Scenario, policy: Policy) -> FloatArray:
    """When what is paid once is paid: in equal parts while it is built, or grows to its full force, (horizon,)."""
    start, years = scenario.start_of(policy), scenario.economy.year + 1 + np.arange(scenario.horizon)
    lasting = policy.building_years() or scenario.full_from(policy) - start + 1
    return np.asarray(((years >= start) & (years < start + lasting)) / lasting)


def costs(package: Package) -> pd.DataFrame:
    """Return outlays by policy, payer and region: once, yearly, charged (a year at the rest point), present value.

    Nothing is charged under the closure `none`; where the economy has no budgets no works, nor what places would pay
    to themselves; and nothing at the rest point for a policy that has ended by then.
    The centre's part stands under 'centre', other parts under the region that pays. A policy without a unit cost has no
    row.
    """
    scenario = package.scenario
    economy, in_force, rows = scenario.economy, scenario.in_force(), []
    rate = scenario.rates["bond" if scenario.closure == "debt" else "discount"]
    for name, policy in scenario.policies.items():
        once_pv, yearly_pv = (
            present(flow, scenario.discount) for flow in (once_t(scenario, policy), scenario.force_t(policy))
        )
        for outlay in package.outlays[name]:
            borne = name in in_force and is_charged(economy, scenario.closure, outlay)
            yearly_n = charged_n(outlay, rate, scenario.horizon)
            for payer, share in under_closure(outlay.payers or policy.payers(), scenario.closure).items():
                by_n = outlay.paid_by_n if outlay.paid_by_n is not None and payer != CENTRE else None
                moved = payer == CENTRE or by_n is not None or has_budgets(economy)  # else who gets it pays it
                once, yearly, charged = (
                    share * (amount if by_n is None else by_n * amount.sum())
                    for amount in (outlay.once_n, outlay.yearly_n, borne * moved * yearly_n)
                )
                places = (
                    {CENTRE: np.ones(len(once), bool)}
                    if payer == CENTRE
                    else dict(zip(economy.domestic_codes, np.eye(len(once), dtype=bool), strict=True))
                )
                for place, where in places.items():
                    parts = [float(amount[where].sum()) for amount in (once, yearly, charged)]
                    if any(parts):
                        worth = parts[0] * once_pv + parts[1] * yearly_pv
                        rows.append((name, policy.instrument, payer, place, *parts, worth))
    columns = ["policy", "instrument", "payer", "region", "once", "yearly", "charged", "present"]
    return pd.DataFrame(rows, columns=columns)
