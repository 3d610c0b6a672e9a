"""What a scenario costs, by instrument, payer and region, and who gains.

Money is in bn CNY at the prices of the base year. Present values count the years of the horizon after the base year at
the scenario's discount rate; the static closure knows one rest point, towards which effects grow with a policy's ramp.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import currency, income_n
from hinterland.economy.economy import Economy
from hinterland.policy.costs import charged_n
from hinterland.policy.policy import Policy
from hinterland.scenario.scenario import Scenario
from hinterland.study.apply import Package
from hinterland.study.outcomes import State, macro_regions

CENTRE = "centre"


def spent_g(economy: Economy) -> FloatArray:
    r"""What each hukou group spends in the base year on goods and homes, after taxes, bn CNY a year, (G,).

    .. math:: \sum_g S_g = \sum_n (1 - \tau^{loc}_n - \tau^{cen}_n) Y_n / \alpha_n

    with Y income before the rents of homes, which residents pay to each other.
    """
    regions, arrays = economy.cells.regions, economy.arrays
    kept = 1 - sum(arrays[name][:regions] for name in ("local_tax_n", "central_tax_n") if name in arrays)
    total = float((kept * income_n(economy) / arrays["goods_share_n"][:regions]).sum()) * currency(economy)
    return np.asarray(spending_share_g(economy) * total)


def spending_share_g(economy: Economy) -> FloatArray:
    """Share of each hukou group in what all earn in the base year, (G,)."""
    earned = (economy.group_size_g[:, None] * economy.migration_share_gc) @ economy.real_income_c
    return np.asarray(earned / earned.sum())


def equivalent_variation_g(economy: Economy, state: State) -> FloatArray:
    r"""Spending a year that would have been worth as much to each group in the base year, bn CNY, (G,).

    Expected utility is homogeneous of degree one in spending: :math:`EV_g = S_g (\hat U_g - 1)`. A lower cost of moving
    counts as what it is worth to those who move.
    """
    return np.asarray(spent_g(economy) * (state.welfare_g - 1))


def present(flow_t: FloatArray, rate: float) -> float:
    """Present value of flows in the years after the base year."""
    return float(flow_t @ (1 + rate) ** -np.arange(1.0, len(flow_t) + 1))


def once_t(scenario: Scenario, policy: Policy) -> FloatArray:
    """When what is paid once is paid: in equal parts while the policy grows to its full force, (horizon,)."""
    first = scenario.start_of(policy) - scenario.economy.year - 1
    years = np.arange(scenario.horizon)
    built = (years >= first) & (years < first + max(policy.ramp, 1))
    return np.asarray(built / max(policy.ramp, 1))


def costs(package: Package) -> pd.DataFrame:
    """Return outlays by policy, payer and region: once, yearly, charged (a year at the rest point), present value.

    The centre's part stands under 'centre', other parts under the region that pays. A policy without a unit cost has no
    row.
    """
    scenario = package.scenario
    economy, rows = scenario.economy, []
    rate = scenario.rates["bond" if scenario.closure == "debt" else "discount"]
    for name, policy in scenario.policies.items():
        once_pv, yearly_pv = (
            present(flow, scenario.discount) for flow in (once_t(scenario, policy), scenario.force_t(policy))
        )
        for outlay in package.outlays[name]:
            for payer, share in policy.payers().items():
                by_n = outlay.paid_by_n if outlay.paid_by_n is not None and payer != CENTRE else None
                once, yearly, charged = (
                    share * (amount if by_n is None else by_n * amount.sum())
                    for amount in (outlay.once_n, outlay.yearly_n, charged_n(outlay, rate, scenario.horizon))
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


def gains(economy: Economy, before: State, after: State) -> pd.DataFrame:
    """Return who gains: equivalent variation and welfare by macro-region and hukou; real income by residence, sector.

    Groups are people by home; cells are people by where they live and work before and after, so that a cell's mean
    income answers to who moved in. bn CNY a year; changes are relative.
    """
    cells = economy.cells
    macro_n, kind = macro_regions(economy), np.where(economy.rural_g, "rural_hukou", "urban_hukou")
    homes = [] if macro_n is None else [("macro_region", macro_n[cells.home_g])]
    variation, income = equivalent_variation_g(economy, after), spent_g(economy)
    share = spending_share_g(economy)
    rows: list[dict[str, Any]] = []
    for dimension, label_g in [*homes, ("hukou", kind)]:
        for name in dict.fromkeys(label_g):
            chosen = label_g == name
            people, worth = float(economy.group_size_g[chosen].sum()), float(variation[chosen].sum())
            rows.append(
                {
                    "dimension": dimension,
                    "who": str(name),
                    "people": people,
                    "variation": worth,
                    "change": float(share[chosen] @ (after.welfare_g - 1)[chosen] / share[chosen].sum()),
                }
            )
    _, residence_c, sector_c = cells.index_c
    scale = income.sum() / float(before.workers_c @ before.real_income_c)
    for dimension, label_c, names in (
        ("residence", residence_c, economy.residences),
        ("sector", sector_c, economy.sectors),
    ):
        for number, name in enumerate(names if len(names) > 1 else ()):
            chosen = label_c == number
            mean = [
                float(state.workers_c[chosen] @ state.real_income_c[chosen] / state.workers_c[chosen].sum())
                for state in (before, after)
            ]
            people = float(before.workers_c[chosen].sum())
            rows.append(
                {
                    "dimension": dimension,
                    "who": str(name),
                    "people": people,
                    "variation": scale * people * (mean[1] - mean[0]),
                    "change": mean[1] / mean[0] - 1,
                }
            )
    return pd.DataFrame(rows)
