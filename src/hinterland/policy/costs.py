"""What policies cost, who pays, and how it is raised: outlays at one price year, charged to budgets as levers.

The centre pays by transfer: what it gives to a region others pay in proportion to their income, so transfers add up to
zero. Works are bought by the region's government with a tax on its residents (or a levy on rents); payments go to
residents, to all of them by own income or to some by head. What firms and people pay themselves leaves the income of
the region's residents as such a tax does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.data.prices import price_ratio
from hinterland.data.units import MONEY
from hinterland.economy.accounts import currency, has_budgets, household_share_n, income_n, kept_n
from hinterland.economy.content import kept
from hinterland.economy.economy import Economy
from hinterland.economy.implied import cell_income_c, rents_that_pay_n
from hinterland.economy.neutral import array
from hinterland.errors import PolicyError, Problem, places
from hinterland.policy.policy import MOST, Outlay, Part, Policy, Said, yearly

LEVY = "land_revenue"  # the closure under which rents pay
OF_BUDGETS = (LEVY, "local_tax")  # closures by which places pay for what they get: nothing, where no budgets are known
CLOSURES = ("by_payer", "national_tax", "local_tax", LEVY, "debt", "none")
DISCOUNT, BOND = "core.discount_rate", "core.bond_rate"
HORIZON = 30  # years over which costs and values are counted


def outlays_of(
    policy: Policy, economy: Economy, share_gc: FloatArray | None = None, part: Part | None = None
) -> tuple[Outlay, ...]:
    """Return the outlays of a policy: those of its rule, or the cost a year that the user set, by income.

    In an economy whose money is not known in yuan works have no price, as where no unit cost is established; what is
    paid out is a part of what the policy does, and is refused. `share_gc` says where people are with the policy alone,
    `part` what it gives where several give services; without them outlays are kept by what is said and the base year.
    """
    if policy.cost is not None:
        require_money(economy, policy.instrument)
    if policy.cost is None and part is not None:
        outlays = policy.billed(economy, part)
    elif policy.cost is None and share_gc is economy.migration_share_gc:
        outlays = _still(economy, Said(policy))
    elif policy.cost is None and share_gc is not None:
        outlays = policy.outlays(economy, share_gc)
    else:
        outlays = _outlays(economy, Said(policy))
    if isfinite(currency(economy)):
        return outlays
    if any(outlay.to_residents for outlay in outlays):
        require_money(economy, policy.instrument)
    return ()


@kept(MOST)
def _still(economy: Economy, said: Said) -> tuple[Outlay, ...]:
    return said.policy.outlays(economy, economy.migration_share_gc)


@kept(MOST)
def _outlays(economy: Economy, said: Said) -> tuple[Outlay, ...]:
    policy = said.policy
    if policy.cost is None:
        return policy.outlays(economy)
    for outlay in policy.outlays(economy):  # what is paid to people stays so: another amount, the same people
        paid_n = outlay.once_n + outlay.yearly_n
        if outlay.to_residents:
            paid_n = paid_n if paid_n.any() else policy.places_n(economy) * income_n(economy)
            yearly_n = policy.cost * paid_n / paid_n.sum()
            return (replace(outlay, once_n=np.zeros_like(paid_n), yearly_n=yearly_n),)
    reached = policy.places_n(economy) * income_n(economy)
    return (yearly(policy.cost * reached / reached.sum(), paid_by_n=policy.payers_n(economy)),)


def require_money(economy: Economy, instrument: str) -> None:
    """Raise a PolicyError where an instrument speaks of yuan and the economy's money is not known in them."""
    if not isfinite(currency(economy)):
        values: dict[str, object] = {"where": instrument, "economy": economy.name, "year": economy.year}
        raise PolicyError(Problem("policy.no_currency", {**values, "known": ", ".join(MONEY)}))


def evidence(key: str) -> float:
    """Return a number of the evidence table."""
    return schema.evidence()[key].value


def price_year(key: str) -> int:
    """Return the year in whose prices a number of the evidence table is told."""
    return int(schema.evidence()[key].price_year)


def priced(economy: Economy, key: str) -> float:
    """Return a number in yuan of the evidence table at the prices of the base year."""
    return float(at_prices_of(economy, evidence(key), price_year(key)))


def at_prices_of(economy: Economy, amount: Any, year: int) -> Any:
    """Bring yuan of one year to the prices that the economy counts in; not a number where it knows no yuan."""
    if not isfinite(currency(economy)):
        return amount * float("nan")
    return amount * price_ratio(year, economy.units.price_year)


def annuity(rate: float, years: int) -> float:
    """Return what a yuan spent in a year costs a year over a number of years, of which that year is the first."""
    return rate / (1 + rate - (1 + rate) ** (1 - years))


def charged_n(outlay: Outlay, rate: float, years: int) -> FloatArray:
    """Cost a year at the rest point: what is paid every year and the annuity of what is paid once."""
    return outlay.yearly_n + outlay.once_n * annuity(rate, years)


def interest(rates: Mapping[str, float], closure: str) -> float:
    """Return the rate at which what is paid once is paid off: of bonds under `debt`, else the discount rate."""
    return rates["bond" if closure == "debt" else "discount"]


def financing(
    economy: Economy,
    spent: Sequence[tuple[Mapping[str, float], Sequence[Outlay]]],
    closure: str,
    rates: Mapping[str, float],
    years: int,
) -> dict[str, FloatArray]:
    """Return the increments of levers that pay for outlays: transfers, taxes, programmes, a levy, what some are given.

    `spent` holds the payers and outlays of each policy.

    by_payer: the centre's share by a national tax, the province's by a tax of its own; national_tax, local_tax: all of
    the governments' part so (firms and people pay where they are in any case); land_revenue: the province's part from
    rents; debt: as by_payer, at the interest of bonds, over as many years from each year of spending
    on; none: nothing is charged.
    """
    received_n, works_n, rents_n, handed_n, paid_c, owed_c = Bill.none(economy)
    if closure == "none":
        return {}
    rate = interest(rates, closure)
    share_n = income_n(economy) / income_n(economy).sum()
    for payers, outlays in spent:
        for outlay in (outlay for outlay in outlays if is_charged(economy, closure, outlay)):
            shares = closed(outlay.payers or payers, closure)
            cost_n = charged_n(outlay, rate, years) / currency(economy)
            centre_n, province_n = shares["centre"] * cost_n, shares["province"] * cost_n
            received_n += centre_n - share_n * centre_n.sum()
            residents_n = shares["residents"] * cost_n
            if outlay.paid_by_n is not None:
                local_n = province_n + residents_n
                received_n += local_n - outlay.paid_by_n * local_n.sum()
            onto_rents = closure == LEVY and outlay.paid_by_n is None
            rents_n += province_n if onto_rents else 0
            if outlay.to_residents:  # between places it is no more than the transfer, inside one some pay for others
                handed_n += province_n if onto_rents else 0
                if outlay.heads_c is not None:
                    theirs_c = shared_by_head(economy, cost_n, outlay.heads_c)
                    paid_c, owed_c = paid_c + theirs_c, owed_c + outlay.wherever * theirs_c
                continue
            works_n += centre_n + residents_n + (0 if onto_rents else province_n)
    return levers_that_pay(economy, Bill(received_n, works_n, rents_n, handed_n, paid_c, owed_c))


def shared_by_head(economy: Economy, amount_n: FloatArray, heads_c: FloatArray) -> FloatArray:
    """Return what people of each cell get of what is given in their region, (C,)."""
    region_c = economy.cells.index_c[0]
    heads_n = economy.cells.by_region(heads_c)
    return np.asarray(heads_c * (amount_n / np.where(heads_n > 0, heads_n, 1.0))[region_c])


def closed(shares: Mapping[str, float], closure: str) -> dict[str, float]:
    """Return the shares of centre, province, and of residents and their firms, under a closure."""
    paying = under_closure(shares, closure)
    centre, province, firms, people = (paying.get(payer, 0.0) for payer in ("centre", "province", "firms", "people"))
    return {"centre": centre, "province": province, "residents": firms + people}


def under_closure(shares: Mapping[str, float], closure: str) -> dict[str, float]:
    """Return who pays under a closure: a national tax is the centre's for what governments pay, a local one not."""
    alone = {"national_tax": "centre", "local_tax": "province"}.get(closure)
    if alone is None:
        return dict(shares)
    governments = shares.get("centre", 0.0) + shares.get("province", 0.0)
    others = {payer: share for payer, share in shares.items() if payer not in ("centre", "province")}
    return ({alone: governments} if governments else {}) | others


def charges(economy: Economy, closure: str) -> bool:
    """Whether what is paid leaves somebody's income: it does under a closure that charges, where there are budgets."""
    return closure != "none" and has_budgets(economy)


def is_charged(economy: Economy, closure: str, outlay: Outlay) -> bool:
    """Whether an outlay leaves somebody's income: works are bought by budgets, payments are transfers between places.

    Works that nobody buys must not be paid for: the centre's part would be a gift to where they stand.
    """
    return charges(economy, closure) or (closure != "none" and outlay.to_residents)


class Bill(NamedTuple):
    """What policies cost a year, in the currency of the economy: by region, and what some people get by cell."""

    received_n: FloatArray  # from other regions; adds up to zero
    works_n: FloatArray  # that are taxed from income
    rents_n: FloatArray  # that are taken from rents
    handed_n: FloatArray  # of it, to residents
    paid_c: FloatArray  # to some people of a region: in what it receives, or others there pay it
    owed_c: FloatArray  # of it, what they get wherever they go

    @classmethod
    def none(cls, economy: Economy) -> Bill:
        """Nothing."""
        regions, cells = economy.cells.regions, len(economy.workers_c)
        return cls(*(np.zeros(count) for count in (regions, regions, regions, regions, cells, cells)))


def levers_that_pay(economy: Economy, bill: Bill) -> dict[str, FloatArray]:
    """Write money as levers; where the economy has no budgets, works are told and not charged.

    A tax on income pays for programmes, so services stay as they were; works paid from rents need neither, and rents
    that are handed to residents leave as much less to tax. Where nothing is known of households' own income all of a
    region get what is paid to some.
    Raises a PolicyError where works and payments cost more than a region can pay from its taxes, or from its rents.
    """
    received_n, works_n, rents_n, handed_n, paid_c, _ = bill
    count = len(economy.region_codes)
    changes: dict[str, FloatArray] = {}
    if received_n.any():
        changes["transfer_n"] = abroad(received_n, count)
    if not has_budgets(economy):
        return changes
    before_n = income_n(economy)
    now_n = before_n + received_n
    own_n, left_n = household_share_n(economy), kept_n(economy)
    theirs_n = left_n * before_n * (1.0 if own_n is None else own_n[: len(left_n)])
    own_c = cell_income_c(economy)
    if own_c is not None and paid_c.any():
        changes |= given_to_some(economy, bill, own_c, theirs_n)
    if works_n.any() or handed_n.any():
        require_affordable(economy, "income", works_n / (theirs_n + received_n))
        changes["local_tax_n"] = changes["programme_n"] = abroad((works_n - handed_n) / now_n, count)
    if received_n.any():  # nobody taxes what pays for a policy
        for name in ("local_tax_n", "central_tax_n"):
            exempt_n = array(economy, name)[: len(now_n)] * (before_n / now_n - 1)
            changes[name] = changes.get(name, 0.0) + abroad(exempt_n, count)
    if rents_n.any():
        levy_n = rents_n / rents_that_pay_n(economy)
        require_affordable(economy, "rents", levy_n)
        changes["land_levy_n"] = abroad(levy_n, count)
    return changes


def given_to_some(economy: Economy, bill: Bill, own_c: FloatArray, theirs_n: FloatArray) -> dict[str, FloatArray]:
    """Return the levers of what some of a region get, from own incomes, (C,), and what all of its people keep, (N,).

    Raises a PolicyError where the payments cost more than a region can pay from its taxes.
    """
    paid_n = economy.cells.by_region(bill.paid_c)
    require_affordable(economy, "income", paid_n / (theirs_n + bill.received_n))
    earn_c = np.where(own_c > 0, own_c, 1.0)
    had_n = 1 + (bill.received_n + bill.handed_n) / theirs_n
    whole_c, here_c = (
        over_region_c(economy, some_c / earn_c, paid_n / theirs_n, had_n)
        for some_c in (bill.paid_c, bill.paid_c - bill.owed_c)
    )
    return {"given_hat_c": here_c, "owed_hat_c": whole_c / here_c}


def over_region_c(economy: Economy, to_them_c: FloatArray, on_average_n: FloatArray, had_n: FloatArray) -> FloatArray:
    r"""Return what people of a cell keep over what all of their region do, (C,).

    .. math:: 1 + (p_c / y_c - P_n / Y_n) / k_n

    with p what they are paid of all payments P to some in the region, y and Y own incomes, k what all have on average
    before works are paid: that tax takes the same part of everybody's.
    """
    region_c = economy.cells.index_c[0]
    return np.asarray(1 + (to_them_c - on_average_n[region_c]) / had_n[region_c])


def require_affordable(economy: Economy, source: str, more_n: FloatArray) -> None:
    """Raise a PolicyError where what is taken more of the income that people keep, or of rents, is all of it."""
    bad_n = more_n >= 1
    if bad_n.any():
        where = places([economy.regions.label(code) for code in np.array(economy.domestic_codes)[bad_n]], bad_n.size)
        found = float(more_n[bad_n].max())
        values: dict[str, object] = {
            "where": where,
            "found": f"{100 * found:.0f}",
            "source": Problem(f"policy.{source}"),
        }
        raise PolicyError(Problem("policy.unaffordable", values))


def abroad(value_n: FloatArray, count: int) -> FloatArray:
    """Append zeros for the regions abroad."""
    return np.concatenate([value_n, np.zeros(count - len(value_n))])
