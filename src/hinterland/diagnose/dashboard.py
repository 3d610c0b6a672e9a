"""Read where regions stand: the dashboard of a year by macro-region and province. The source's facts: `facts.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from hinterland import indicators
from hinterland.data import panel, regions
from hinterland.errors import DataError, Problem
from hinterland.shown import Shown, shows

NATION = regions.NATION
MUNICIPALITIES = (
    "110000",
    "120000",
    "310000",
    "500000",
)  # cities under the centre, in neither count of cities
FIRST_RATE = 2000  # the year urbanization rates of residents begin; before it only a reconstructed series exists
PER_AREA = 10_000  # km2
KEYS = dict(zip(regions.MACRO_REGIONS, regions.DIVISIONS, strict=True))  # of divisions: as asked for, as grouped by


@dataclass(frozen=True, repr=False)
class Dashboard(Shown):
    """Where regions stand in a year; `table` gives it with labels in either language.

    `years` says which year each column is from where it is another; `undivided` why macro-regions are left out, where
    some are known in part. What is not known is NaN.

    macro_regions, provinces: one row a place, the nation last among macro-regions
        - region (code): of a province or of one's own region, or the key of a group
        - population (10k persons): residents
        - urbanization_rate (%): urban share of residents
        - gdp_per_head (CNY): GDP over residents
        - primary_share (%): agriculture in GDP
        - secondary_share (%): industry and construction in GDP
        - tertiary_share (%): services in GDP
        - primary_employment_share (%): agriculture in employment
        - number_of_cities (count): of prefecture and county level, and municipalities
        - city_density (per 10k km2): cities over land
        - towns_per_10k_people (per 10k people): towns over residents
        - fiscal_revenue (100m CNY): of local general budgets
        - fiscal_revenue_per_head (CNY): the same over residents
        - rural_per_urban_resident (ratio): rural over urban residents
        - urban_rural_income_ratio (ratio): urban over rural income a head
        - land_area_share (%): of the nation's land
        - gdp_per_head_gap (CNY): GDP a head of the nation less that of the place
        - urban_residents_per_city (10k persons): urban residents over cities
        - growth (%): of real GDP in the year
        - growth_rank (rank): of provinces by growth, the fastest first
    nation: inequality between regions and the pattern of towns
        - indicator (key): what is measured
        - value (as the indicator says): its value
        - year (year): of the figures
    """

    year: int
    macro_regions: pd.DataFrame
    provinces: pd.DataFrame
    nation: pd.DataFrame
    years: dict[str, int]
    undivided: Problem | None = None
    regions: regions.Regions = field(default_factory=regions.china)  # what names them

    def __repr__(self) -> str:
        size = f"{len(self.provinces)} regions, {len(self.macro_regions)} groups, {len(self.nation)} indicators"
        return f"<Dashboard of {self.year}: {size} of {self.regions.whole or NATION}>"

    def table(self, name: str = "provinces", lang: str = "en") -> pd.DataFrame:
        """Return `macro_regions`, `provinces` or `nation` with heads, units and names in one language."""
        return shows().table(self, name, lang)


def members(region: str, year: int) -> list[str]:
    """Return the codes of the nation, a group or a province; raise with the nearest name."""
    found = regions.china().members(region, year)
    if found is None:
        raise DataError(Problem("diagnose.unknown_group", {"value": region, "near": regions.china().hint(region)}))
    return list(found)


READ: ContextVar[set[str] | None] = ContextVar("READ", default=None)


@contextmanager
def marks_noted() -> Iterator[set[str]]:
    """Collect the quality marks of all figures that are read while it lasts."""
    marks = set[str]()
    token = READ.set(marks)
    try:
        yield marks
    finally:
        READ.reset(token)


def at(variable: str, year: int, codes: Sequence[str]) -> pd.Series[float]:
    """Return a variable by province, all of `codes`, or raise where one has no figure."""
    if (marks := READ.get()) is not None:
        marks.add(panel.mark(variable, year, tuple(codes)))
    return _at(variable, year, tuple(codes)).copy()


@lru_cache(maxsize=4096)
def _at(variable: str, year: int, codes: tuple[str, ...]) -> pd.Series[float]:
    values = panel.series(variable, year).reindex(list(codes))
    missing = [regions.china().name(code) for code in values.index[values.isna()]]
    if missing:
        raise DataError(Problem("data.gap", {"name": variable, "value": year, "where": ", ".join(missing)}))
    return values


def total(variable: str, year: int, codes: Sequence[str]) -> float:
    """Return the sum of a variable over provinces."""
    return float(at(variable, year, codes).sum())


def people(year: int, codes: Sequence[str]) -> pd.Series[float]:
    """Return residents by province, 10,000 persons; registered at year's end before 2000."""
    return at("population_resident" if year >= FIRST_RATE else "population_compendium", year, codes)


def mean(variable: str, year: int, codes: Sequence[str], weight: pd.Series[float]) -> float:
    """Return the weighted mean of a variable."""
    return float(np.average(at(variable, year, codes), weights=weight))


def urbanization_rate(year: int, codes: Sequence[str]) -> float:
    """Urban share of residents, %; before 2000 the reconstructed series of quality C."""
    variable = "urbanization_rate" if year >= FIRST_RATE else "urban_share_reconstructed"
    return mean(variable, year, codes, people(year, codes))


def number_of_cities(year: int, codes: Sequence[str]) -> float:
    """Cities of county and prefecture level, and municipalities under the centre."""
    own = sum(code in MUNICIPALITIES for code in codes)
    return total("cities_prefecture_level", year, codes) + total("cities_county_level", year, codes) + own


def city_density(year: int, codes: Sequence[str]) -> float:
    """Cities per 10,000 km2."""
    return number_of_cities(year, codes) / total("land_area", 2020, codes) * PER_AREA


def towns_per_10k_people(year: int, codes: Sequence[str]) -> float:
    """Towns per 10,000 residents."""
    return total("towns", year, codes) / float(people(year, codes).sum())


def sector_share(sector: str, year: int, codes: Sequence[str]) -> float:
    """Share of a sector in the sum of provincial GDP, %."""
    return mean(f"gdp_share_{sector}", year, codes, at(gdp_variable(year, "new"), year, codes))


def gdp_variable(year: int, preferred: str = "old") -> str:
    """Return the GDP vintage that covers a year: never two vintages in one comparison of levels."""
    vintages = {"old": "gdp_rev4census", "new": "gdp_rev5census"}
    first = vintages[preferred]
    if year in panel.years(first):
        return first
    return vintages["old" if preferred == "new" else "new"]


def primary_employment_share(year: int, codes: Sequence[str]) -> float:
    """Primary share of employment in the nearest census, %."""
    census = nearest_year("employment_share_primary_census", year)
    return mean("employment_share_primary_census", census, codes, at("employed_longform_sample", census, codes))


def fiscal_revenue(year: int, codes: Sequence[str]) -> float:
    """Local general budget revenue, 100 million yuan."""
    return total("fiscal_revenue", year, codes)


def fiscal_revenue_per_head(year: int, codes: Sequence[str]) -> float:
    """Local general budget revenue per resident, yuan."""
    return fiscal_revenue(year, codes) / float(people(year, codes).sum()) * 1e4


def rural_per_urban_resident(year: int, codes: Sequence[str]) -> float:
    """Rural residents per urban resident."""
    return 100 / urbanization_rate(year, codes) - 1


def urban_rural_income_ratio(year: int, codes: Sequence[str]) -> float:
    """Urban over rural income per head, each weighted by its people; see `income_variables`."""
    urban, rural, basis = income_variables(year)
    residents = people(basis, codes)
    rate = at("urbanization_rate", basis, codes)
    urban_income = mean(urban, basis, codes, residents * rate)
    return urban_income / mean(rural, basis, codes, residents * (100 - rate))


def income_variables(year: int) -> tuple[str, str, int]:
    """Return urban and rural series of one survey basis and the nearest year that both cover."""
    old, new = (
        ("disposable_income_urban_survey", "rural_net_income"),
        ("disposable_income_urban", "disposable_income_rural"),
    )
    urban, rural = old if year < 2010 else new
    both = sorted(set(panel.full_years(urban)) & set(panel.full_years(rural)))
    return urban, rural, min(both, key=lambda other: abs(other - year))


def land_area_share(year: int, codes: Sequence[str]) -> float:
    """Share of the nation's land, %."""
    return 100 * total("land_area", 2020, codes) / total("land_area", 2020, members(NATION, year))


def gdp_per_head(year: int, codes: Sequence[str]) -> float:
    """GDP per resident, yuan, of the vintage after the fourth economic census up to 2020."""
    return total(gdp_variable(year), year, codes) / float(people(year, codes).sum()) * 1e4


def gdp_per_head_gap(year: int, codes: Sequence[str]) -> float:
    """GDP per head of the nation less that of the place, yuan."""
    return gdp_per_head(year, members(NATION, year)) - gdp_per_head(year, codes)


def urban_residents_per_city(year: int, codes: Sequence[str]) -> float:
    """Urban residents over the number of cities, 10,000 persons: a mean size, towns included."""
    residents = people(year, codes)
    urban = float((residents * at("urbanization_rate", year, codes)).sum()) / 100
    return urban / number_of_cities(year, codes)


def urbanization_gap(year: int, high: str = "East", low: str = "West") -> float:
    """East less West, percentage points."""
    return gap(urbanization_rate, year, high, low)


def growth(first: int, last: int, codes: Sequence[str]) -> float:
    """Mean growth of real GDP over the years, %: provinces chained by their shares in GDP of the year before."""
    level = 1.0
    for year in range(first, last + 1):
        weight = at(gdp_variable(year - 1), year - 1, codes)
        level *= float(np.average(at("gdp_growth_index", year, codes), weights=weight)) / 100
    return float(100 * (level ** (1 / (last - first + 1)) - 1))


def growth_rank(year: int, code: str) -> int:
    """Rank of a province by growth of real GDP in a year; one is the fastest."""
    index = at("gdp_growth_index", year, members(NATION, year))
    return int((index > index[code]).sum()) + 1


def rank_of_one(year: int, codes: Sequence[str]) -> float:
    """Rank of a single province by growth; a group has none."""
    if len(codes) != 1:
        raise DataError(Problem("diagnose.one_province", {"value": len(codes)}))
    return growth_rank(year, codes[0])


def nearest_year(variable: str, year: int) -> int:
    """Return the year nearest to `year` that has figures."""
    return min(panel.full_years(variable), key=lambda other: (abs(other - year), other))


Measure = Callable[[int, Sequence[str]], float]
# The dashboard's columns: how each is computed, and the series whose years decide which year is shown.
COLUMNS: dict[str, tuple[Measure, tuple[str, ...]]] = {
    "population": (lambda year, codes: float(people(year, codes).sum()), ("population_resident",)),
    "urbanization_rate": (urbanization_rate, ("urbanization_rate", "population_resident")),
    "gdp_per_head": (gdp_per_head, ("gdp_rev4census", "population_resident")),
    "primary_share": (lambda y, c: sector_share("primary", y, c), ("gdp_share_primary", "gdp_rev5census")),
    "secondary_share": (
        lambda y, c: sector_share("secondary", y, c),
        ("gdp_share_secondary", "gdp_rev5census"),
    ),
    "tertiary_share": (lambda y, c: sector_share("tertiary", y, c), ("gdp_share_tertiary", "gdp_rev5census")),
    "primary_employment_share": (primary_employment_share, ("employment_share_primary_census",)),
    "number_of_cities": (number_of_cities, ("cities_prefecture_level",)),
    "city_density": (city_density, ("cities_prefecture_level",)),
    "towns_per_10k_people": (towns_per_10k_people, ("towns",)),
    "fiscal_revenue": (fiscal_revenue, ("fiscal_revenue",)),
    "fiscal_revenue_per_head": (fiscal_revenue_per_head, ("fiscal_revenue",)),
    "rural_per_urban_resident": (rural_per_urban_resident, ("urbanization_rate", "population_resident")),
    "urban_rural_income_ratio": (urban_rural_income_ratio, ()),
    "land_area_share": (land_area_share, ("land_area",)),
    "gdp_per_head_gap": (gdp_per_head_gap, ("gdp_rev4census", "population_resident")),
    "urban_residents_per_city": (urban_residents_per_city, ("cities_prefecture_level",)),
    "growth": (lambda year, codes: growth(year, year, codes), ("gdp_growth_index",)),
    "growth_rank": (lambda year, codes: rank_of_one(year, codes), ("gdp_growth_index",)),
}


def column_year(name: str, year: int) -> int:
    """Return the year a column is shown for: `year`, or the nearest that all its series cover."""
    if name == "urban_rural_income_ratio":
        return income_variables(year)[2]
    if name == "land_area_share":
        return year
    if name.startswith("gdp_per_head"):
        covered = set(panel.full_years("gdp_rev4census")) | set(panel.full_years("gdp_rev5census"))
        covered &= set(panel.full_years("population_resident"))
    else:
        covered = set.intersection(*(set(panel.full_years(series)) for series in COLUMNS[name][1]))
    return min(covered, key=lambda other: (abs(other - year), other))


def dashboard(year: int = 2009, division: str = "present", group: str = "") -> Dashboard:
    """Return where macro-regions and provinces stand in a year. Nothing is interpolated: see `years`."""
    year, first, last = panel.whole_year(year), FIRST_RATE, panel.years("population_resident")[-1]
    if not first <= year <= last:
        raise DataError(Problem("diagnose.year", {"value": year, "first": first, "last": last}))
    macro = [*regions.MACRO_REGIONS[division], NATION]
    codes = members(group, year) if group else members(NATION, year)
    years = {name: column_year(name, year) for name in COLUMNS}
    return Dashboard(
        year,
        pd.DataFrame([row(name, members(name, year), years) for name in macro]),
        pd.DataFrame([row(code, [code], years) for code in codes]),
        pd.DataFrame(pattern(year, division)),
        {name: other for name, other in years.items() if other != year},
    )


def row(name: str, codes: Sequence[str], years: dict[str, int]) -> dict[str, Any]:
    """Return every column of one place; None where a province has no figure."""
    values: dict[str, Any] = {"region": name}
    for column, (measure, _) in COLUMNS.items():
        try:
            values[column] = measure(years[column], codes)
        except DataError:
            values[column] = None
    return values


def pattern(year: int, division: str) -> list[dict[str, Any]]:
    """Return inequality of GDP per head between provinces and the pattern of their urban people in space."""
    codes = members(NATION, year)
    basis = column_year("gdp_per_head", year)
    population = people(basis, codes).to_numpy()
    income = at(gdp_variable(basis), basis, codes).to_numpy() / population
    group = np.array([regions.china().macro_region(code, KEYS[division]) for code in codes])
    within, between = indicators.theil_within_between(income, population, group)
    towns = column_year("urbanization_rate", year)
    urban = people(towns, codes).to_numpy() * at("urbanization_rate", towns, codes).to_numpy() / 100
    distance = panel.distances().loc[codes, codes].to_numpy(dtype=float)
    area = at("land_area", 2020, codes).to_numpy()
    np.fill_diagonal(distance, 2 / 3 * np.sqrt(area / np.pi))
    access = indicators.market_access(income * population, distance)
    west = np.array([regions.china().macro_region(code) == "West" for code in codes])
    east = "East" if division == "present" else "East11"
    gaps = [urbanization_gap(other, east) for other in (FIRST_RATE, towns)]
    values = {
        "urbanization_gap": gaps[1],
        "urbanization_gap_change": gaps[1] - gaps[0],
        "theil": within + between,
        "theil_within": within,
        "theil_between": between,
        "gini": indicators.gini(income, population),
        "coefficient_of_variation": indicators.coefficient_of_variation(income, population),
        "coefficient_of_variation_west": indicators.coefficient_of_variation(income[west], population[west]),
        "rank_size_exponent": indicators.rank_size_exponent(urban),
        "primacy": indicators.primacy(urban),
        "morans_i": indicators.morans_i(income, indicators.row_standardised(1 / distance)),
        "market_access_west": float(
            np.average(access[west], weights=population[west]) / np.average(access, weights=population)
        ),
    }
    of_towns = ("urbanization_gap", "urbanization_gap_change", "rank_size_exponent", "primacy")
    return [
        {"indicator": name, "value": value, "year": towns if name in of_towns else basis}
        for name, value in values.items()
    ]


def gap(measure: Measure, year: int, high: str, low: str) -> float:
    """Return the difference of a measure between two places."""
    return measure(year, members(high, year)) - measure(year, members(low, year))
