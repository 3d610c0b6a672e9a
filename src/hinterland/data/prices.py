"""One price year for costs of many: the implicit deflator of GDP."""

from __future__ import annotations

from functools import cache

from hinterland.data.figures import table
from hinterland.data.panel import series
from hinterland.errors import DataError, Problem

FIRST, SPLICE = 1993, 2020  # before the splice GDP is of the vintage after the fourth census, from it on of the fifth


@cache
def price_level() -> dict[int, float]:
    r"""Return the price level by year, over 1992.

    .. math:: p_t / p_{t-1} = (\sum_n Y_{nt} / \sum_n Y_{n,t-1}) / g_t

    with Y nominal GDP of the provinces, of one vintage, and g real growth of the national accounts: the growth of
    provinces was above it for years and would make the deflator too low.
    Source: provincial accounts, national accounts [nbsdata, csy2021].
    """
    level = {FIRST - 1: 1.0}
    for year, percent in table("national_growth.csv")[["year", "growth"]].to_numpy(dtype=float):
        year = int(year)
        vintage = "gdp_rev4census" if year <= SPLICE else "gdp_rev5census"
        now, before = (series(vintage, when) for when in (year, year - 1))
        both = now.index.intersection(before.index)
        level[year] = level[year - 1] * float(now[both].sum() / before[both].sum()) / (1 + percent / 100)
    return level


def price_ratio(given: int, wanted: int) -> float:
    """Return the factor that turns yuan of one year into yuan of another, or raise for a year without a deflator."""
    level = price_level()
    strange = [str(year) for year in dict.fromkeys((given, wanted)) if year not in level]
    if strange:
        values = {"found": ", ".join(strange), "first": min(level), "last": max(level)}
        raise DataError(Problem("data.no_deflator", values))
    return level[wanted] / level[given]
