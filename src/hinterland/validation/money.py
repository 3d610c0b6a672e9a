"""Moments of money: subsidies of capital, place-based programmes, zones, transfers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from hinterland import schema
from hinterland.economy.economy import Economy
from hinterland.instruments.fiscal_transfer import FiscalTransfer
from hinterland.instruments.industrial_base import IndustrialBase
from hinterland.instruments.investment_subsidy import InvestmentSubsidy
from hinterland.instruments.tax_incentive import TaxIncentive
from hinterland.policy.combine import combined
from hinterland.scenario.scenario import Scenario
from hinterland.solve.static import solve
from hinterland.study.apply import apply
from hinterland.validation.claim import Found
from hinterland.validation.experiment import (
    EVERYWHERE,
    LATEST,
    capital_hat,
    china,
    group_rows,
    nominal_gdp_hat_n,
    others,
    real_gdp_hat_n,
    under,
    value_added_nj,
    workers_hat,
)

ELASTICITY, LOW, HIGH = "china-2020.capital_elasticity", 0.7, 3.0  # the range of its note
PILOT = "Northeast"


def credit() -> float:
    """Share of the purchase price that the pilot gave back."""
    return schema.evidence()["investment_subsidy.credit"].value


def at_given_returns(elasticity: float) -> float:
    """Rise of capital where its user cost falls by the credit and returns do not answer."""
    return float((1 / (1 - credit())) ** elasticity - 1)


def capital_in_the_pilot(economy: Economy) -> float:
    """Capital of industry in the Northeast over that of the rest, with the credit there alone."""
    solved = solve(combined(economy, [InvestmentSubsidy(to=(PILOT,), rate=credit())]))
    pilot = group_rows(economy, PILOT)
    inside, outside = (capital_hat(solved, rows, economy.industry_j) for rows in (pilot, others(economy, pilot)))
    return inside / outside - 1


def capital_in_equilibrium() -> Found:
    """The pilot in equilibrium; beside it the credit for the whole country, where capital in all is given."""
    everywhere = under(LATEST, InvestmentSubsidy(to=EVERYWHERE, rate=credit()))
    rows = range(china(LATEST).cells.regions)
    epsilon = schema.parameters()[ELASTICITY].value
    at_given_output = at_given_returns(epsilon / (1 + epsilon))
    largest = schema.parameters()[ELASTICITY].maximum
    mobile = china(LATEST).with_elasticities(capital_elasticity=largest)
    figures = {
        "nation": 100 * (capital_hat(everywhere, rows, everywhere.economy.industry_j) - 1),
        "given_output": 100 * at_given_output,
        "largest": largest,
        "mobile": 100 * capital_in_the_pilot(mobile),
    }
    return Found(capital_in_the_pilot(china(LATEST)), figures)


def capital_in_part() -> Found:
    """The same at given returns, by the elasticity alone."""
    low, high = (100 * at_given_returns(elasticity) for elasticity in (LOW, HIGH))
    epsilon = schema.parameters()[ELASTICITY].value
    return Found(at_given_returns(epsilon), {"low": low, "high": high, "epsilon": epsilon})


def place_based_money() -> Found:
    """Capital of the West under tax relief and subsidy, less what its jobs outside agriculture gain."""
    solved, west = under(LATEST, TaxIncentive(), InvestmentSubsidy()), group_rows(china(LATEST), "West")
    off_farm_j = ~china(LATEST).farm_j
    capital, jobs = (hat(solved, west, off_farm_j) - 1 for hat in (capital_hat, workers_hat))
    gdp = float(np.average(real_gdp_hat_n(solved)[west], weights=value_added_nj(china(LATEST))[west].sum(axis=1)) - 1)
    return Found(capital - jobs, {"capital": 100 * capital, "jobs": 100 * jobs, "gdp": 100 * gdp})


def inland() -> list[str]:
    """Codes of the provinces of centre and west."""
    groups = china(LATEST).regions.by_group
    return [*groups["Central"].codes, *groups["West"].codes]


def zone(covered: float) -> tuple[float, float, float]:
    """GDP of a province all by itself a zone, over the nation's: mean, least and most over centre and west."""
    economy = china(LATEST)
    gains = [
        nominal_gdp_hat_n(under(LATEST, IndustrialBase(to=(code,), covered=covered)))[economy.region(code)] - 1
        for code in inland()
    ]
    return float(np.mean(gains)), float(min(gains)), float(max(gains))


def zone_city() -> Found:
    """A province as if it were the zone's city: all of its industry inside."""
    mean, least, most = zone(1.0)
    preset = IndustrialBase()
    usual, _, _ = zone(preset.covered)
    figures = {"least": 100 * least, "most": 100 * most, "usual": 100 * usual}
    return Found(mean, figures | {"gain": 100 * preset.gain, "wedge": 100 * preset.wedge})


@cache
def multipliers(use: str) -> tuple[float, ...]:
    """GDP gained by each western province for a yuan received, one province at a time.

    GDP is nominal, relative to the nation's, in the currency of the base year; received is the transfer less what the
    province pays for it in taxes.
    """
    economy = china(LATEST)

    def one(code: str) -> float:
        row = economy.region(code)
        applied = apply(Scenario(economy, [FiscalTransfer(to=(code,), use=use)]))
        gained = nominal_gdp_hat_n(solve(applied))[row] - 1
        return float(gained * value_added_nj(economy)[row].sum() / np.asarray(applied.levers.transfer_n)[row])

    return tuple(one(code) for code in economy.regions.by_group["West"].codes)


def multiplier(use: str) -> Callable[[], Found]:
    """The mean over the western provinces, by what the money is for."""

    def found() -> Found:
        ratios = multipliers(use)
        figures = {"least": min(ratios), "most": max(ratios), "worth": float(china(LATEST).arrays["service_worth"])}
        return Found(float(np.mean(ratios)), figures)

    return found
