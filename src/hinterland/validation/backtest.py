"""The baseline held against what happened since the base year: rates of towns and where people are, by province.

The nation's rate of 2024 chose one of three assumptions (`core.town_cost`), so that rates of the nation are no test of
it; provinces are, and so are both without it (`momentum_alone`). Forecasts that anybody can make stand beside.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hinterland.data import figures
from hinterland.data.panel import series, years
from hinterland.data.regions import NATION
from hinterland.economy.economy import Economy
from hinterland.economy.load import load
from hinterland.study.baseline import Baseline, baseline, rates
from hinterland.study.drivers import BEFORE, URBAN, Drivers

PEOPLE = "population_resident"
OURS = ("ours", "momentum_alone")
NAIVE = ("no_change", "linear", "half_linear", "logistic", "national")
HALF = 0.5


@dataclass(frozen=True)
class Backtest:
    """How the baseline fares: `nation` by year, and `provinces` by variable, year and forecast."""

    nation: pd.DataFrame  # year, official, ours, momentum_alone: %
    provinces: pd.DataFrame  # variable, year, places, forecast, error (mean, pp), skill, skill_demeaned, rank
    misses: pd.DataFrame  # region, official, ours, error: the last year of rates, largest error first


def backtest(economy: Economy | str = "china-2020") -> Backtest:
    """Hold the baseline of an economy against the figures of the years since."""
    base = load(economy) if isinstance(economy, str) else economy
    official = official_rates()
    last = int(official.index.max())
    known = {"ours": baseline(base, until=last)}
    known["momentum_alone"] = baseline(base, Drivers.known()._replace(town_cost=0.0), until=last)
    risen = {name: risen_t(one) for name, one in known.items()}
    rated = {year: towns(base.year, risen, official, year) for year in years(URBAN) if year > base.year}
    found = [compared(URBAN, year, forecasts) for year, forecasts in rated.items()]
    found.append(compared(PEOPLE, max(years(PEOPLE)), people(known, max(years(PEOPLE)))))
    return Backtest(nation(known, official), pd.concat(found, ignore_index=True), missed(rated[max(rated)]))


def official_rates() -> pd.Series[float]:
    """Return the official rate of urbanization of the nation, %, by year."""
    table = figures.table("urbanization_china.csv")
    rows = table[(table["kind"] == "official") & (table["region"] == NATION)]
    return rows.set_index("year")["value"]


def nation(known: Mapping[str, Baseline], official: pd.Series[float]) -> pd.DataFrame:
    """Return the official rate and those of the baselines by year."""
    found = {name: rates(one)[NATION] for name, one in known.items()}
    return pd.DataFrame({"official": official, **found}).dropna().rename_axis("year").reset_index()


def towns(
    base: int, risen: Mapping[str, pd.DataFrame], official: pd.Series[float], year: int
) -> dict[str, pd.Series[float]]:
    """Return rates of provinces in a year: as they are, in the base year, and under every forecast."""
    now, before, actual = (series(URBAN, when) for when in (base, base - BEFORE, year))
    count, trend = year - base, (now - before) / BEFORE
    left = (100 - official[year]) / (100 - official[base])
    return {
        "actual": actual,
        "no_change": now,
        "linear": now + count * trend,
        "half_linear": now + HALF * count * trend,
        "logistic": logistic(log_odds(now) + count * (log_odds(now) - log_odds(before)) / BEFORE),
        "national": 100 - (100 - now) * left,
        **{name: now + pd.Series(of.loc[year]) for name, of in risen.items()},
    }


def people(known: Mapping[str, Baseline], year: int) -> dict[str, pd.Series[float]]:
    """Return shares of provinces in the people of all, %, in the same way."""
    base = known["ours"].economy.year
    now, before, actual = (shares(series(PEOPLE, when)) for when in (base, base - BEFORE, year))
    count, trend = year - base, (now - before) / BEFORE
    ours = {name: shares(now * pd.Series(one.residents.loc[year]).reindex(now.index)) for name, one in known.items()}
    return {
        "actual": actual,
        "no_change": now,
        "linear": now + count * trend,
        "half_linear": now + HALF * count * trend,
        "logistic": shares(now * (now / before) ** (count / BEFORE)),
        **ours,
    }


def compared(variable: str, year: int, found: Mapping[str, pd.Series[float]]) -> pd.DataFrame:
    """Return how each forecast fares in the provinces that have a figure of the year."""
    table = pd.DataFrame(found).dropna()
    actual, still = table["actual"], table["no_change"]
    moved, rows = actual - still, []
    for name in (one for one in (*OURS, *NAIVE) if one in table):
        error, ahead = table[name] - actual, table[name] - still
        rank = np.nan if name == "no_change" else float(ahead.rank().corr(moved.rank()))
        skill = 1 - float((error**2).mean() / (moved**2).mean())
        demeaned = 1 - float(error.var() / moved.var())
        rows.append((variable, year, len(table), name, float(error.abs().mean()), skill, demeaned, rank))
    return pd.DataFrame(
        rows, columns=["variable", "year", "places", "forecast", "error", "skill", "skill_demeaned", "rank"]
    )


def missed(found: Mapping[str, pd.Series[float]]) -> pd.DataFrame:
    """Return the rates of a year that are, and ours, by province, those missed most first."""
    table = pd.DataFrame({"official": found["actual"], "ours": found["ours"]}).dropna()
    table["error"] = table["ours"] - table["official"]
    order = table["error"].abs().sort_values(ascending=False).index
    return table.loc[order].rename_axis("region").reset_index()


def risen_t(one: Baseline) -> pd.DataFrame:
    """Return by how much the rate of each province has risen by the end of each year, percentage points."""
    rows = one.by("region")
    table = rows[rows["variable"] == URBAN].pivot(index="year", columns="region", values="value")
    return table - table.loc[one.economy.year]


def shares(people: pd.Series[float]) -> pd.Series[float]:
    """Return parts of the sum, %."""
    return 100 * people / people.sum()


def log_odds(rate: pd.Series[float]) -> pd.Series[float]:
    """Return the log odds of a rate in %."""
    return (rate / (100 - rate)).map(math.log)


def logistic(odds: pd.Series[float]) -> pd.Series[float]:
    """Return the rate in % of log odds."""
    return 100 / (1 + (-odds).map(math.exp))
