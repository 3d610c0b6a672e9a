"""Instruments held against studies: for each moment that the model can speak to, the study's range and ours.

Nothing is tuned to these: sizes of instruments are their defaults or the study's own dose. Misses stay and are
discussed (`moment.*.why` in the texts). A number that a study gives alone is known to half its last digit.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from hinterland.errors import HinterlandError
from hinterland.validation import growth, money, people, places
from hinterland.validation.claim import (
    NOT_COMPUTED,
    OUTSIDE,
    SIGN_DIFFERS,
    VERDICTS,
    Claim,
    Found,
    Moment,
    Row,
    printed,
    quotient,
    ranged,
    row_of,
    signed,
)

__all__ = ["MOMENTS", "NOT_COMPUTED", "OUTSIDE", "SIGN_DIFFERS", "VERDICTS", "Claim", "Moment", "Row", "computed"]

CAPITAL, LIBERAL = "investment_subsidy.investment_response", "hukou_reform.national_productivity"
PARTIAL = "hukou_reform.partial_productivity"
MULTIPLIER, COSTS = "fiscal_transfer.multiplier", "hukou_reform.fifteen_years"


def most_of(key: str) -> Claim:
    """Return the claim that something explains most of a change: more than half and not more than all."""
    return Claim(key, low=0.5, high=1.0, sign=1)


MOMENTS: tuple[Moment, ...] = (
    Moment("capital_equilibrium", printed(CAPITAL), "%", money.capital_in_equilibrium),
    Moment("capital_partial", printed(CAPITAL), "%", money.capital_in_part),
    Moment("liberalization", printed(LIBERAL), "%", people.liberalization),
    Moment("liberalization_all", printed(LIBERAL), "%", people.liberalization_all),
    Moment("liberalization_partial", printed(PARTIAL), "%", people.liberalization_partial),
    Moment(
        "productivity_per_migrant",
        quotient(LIBERAL, "hukou_reform.national_migrants", 0.1),
        "%",
        people.productivity_per_migrant,
    ),
    Moment("resettlement", printed("ecological_migration.income"), "%", people.resettlement),
    Moment("internal_trade", printed("market_reform.trade_costs"), "%", places.internal_trade),
    Moment("multiplier_households", printed(MULTIPLIER), "ratio", money.multiplier("households")),
    Moment("multiplier_services", printed(MULTIPLIER), "ratio", money.multiplier("services")),
    Moment("trunk_losers", signed("transport.periphery_growth", 1), "%", places.off_the_line),
    Moment("trunk_loss", printed("transport.bypassed_counties"), "%", places.bypassed),
    Moment("trunk_industry", signed("transport.hinterland_cities", 1), "%", places.off_the_line_industry),
    Moment("network", printed("transport.expressway_income", same=False), "%", places.railways),
    Moment("land_output", printed("land_quota.output_loss", loss=True, sized=False), "%", places.land_output),
    Moment("land_workers", ranged("land_quota.interior_workers", sized=False), "%", places.land_workers),
    Moment("zone", printed("industrial_base.gdp_level"), "%", money.zone_city),
    Moment("place_based", signed("investment_subsidy.western_jobs", 1), "pp", money.place_based_money),
    Moment("out_of_farming", most_of(COSTS), "%", people.out_of_farming),
    Moment("less_inequality", most_of(COSTS), "%", people.less_inequality),
    Moment("incumbents", ranged("hukou_reform.incumbent_wages", sized=False), "%", people.incumbents),
    Moment("border", printed("border_opening.light_elasticity"), "elasticity", places.border),
    *(Moment(f"growth_{name}", printed(f"core.growth_{name}"), "pp", growth.part(name)) for name in growth.PARTS),
)


def computed(progress: Callable[[float], None] | None = None) -> list[Row]:
    """Compute every moment; one that cannot be computed keeps its row, without a number."""
    rows: list[Row] = []
    for done, moment in enumerate(MOMENTS, start=1):
        try:
            rows.append(row_of(moment, moment.experiment()))
        except HinterlandError:
            rows.append(replace(row_of(moment, Found(math.nan)), verdict=NOT_COMPUTED))
        if progress:
            progress(done / len(MOMENTS))
    return rows
