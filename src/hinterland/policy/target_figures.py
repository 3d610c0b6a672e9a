"""What an expression can ask of a province: the base year's figures by name, with their units, and the nation's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.units import RELATIVE
from hinterland.economy.accounts import gdp_n
from hinterland.economy.economy import Economy

# The one list of indicators with their units; those in money are relative where the economy has no money.
UNITS = {
    "gdp_per_head": "CNY",
    "income_per_head": "thousand CNY",
    "population": "persons",
    "urbanization_rate": "%",
    "workers": "million",
    "nonag_share": "share",
    "density": "persons per km2",
    "longitude": "degrees",
    "latitude": "degrees",
}
MONEY = {"gdp_per_head": "output", "income_per_head": "income"}  # indicator -> which of the economy's units it has


@dataclass(frozen=True, eq=False)
class Figures:
    """One indicator of the domestic provinces: a total, or a ratio of two totals."""

    above_n: FloatArray
    below_n: FloatArray | None = None

    @property
    def value_n(self) -> FloatArray:
        """The value of each province."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.above_n if self.below_n is None else self.above_n / self.below_n

    @property
    def national(self) -> float:
        """The nation's value: the sum of a total, a ratio of sums for a ratio, never the mean of the provinces."""
        total = self.above_n.sum()
        return float(total if self.below_n is None else total / self.below_n.sum())


def figures(economy: Economy, name: str) -> Figures | None:
    """Return an indicator of the economy's base year; None where it has no figure for some province.

    The nation is the economy's own: china-2000 and china-2010 leave Tibet out. Policies do not move the figures: the
    place that a policy is for is where it was when the policy was made.
    """
    found = SOURCES[name](economy)
    usable = found is not None and bool(np.isfinite(found.value_n).all())
    return found if usable else None


def unit_of(economy: Economy, name: str) -> str:
    """Return the unit of an indicator in this economy."""
    return RELATIVE if is_relative(economy, name) else UNITS[name]


def is_relative(economy: Economy, name: str) -> bool:
    """Whether an indicator is known in this economy only up to its scale."""
    return name in MONEY and getattr(economy.units, MONEY[name]) == RELATIVE


def by_province(economy: Economy, value_c: FloatArray) -> FloatArray:
    """Sum over the cells of each province."""
    return np.asarray(economy.cells.by_region(value_c))


def from_panel(economy: Economy, variable: str, year: int) -> FloatArray | None:
    """Return a variable of the panel for every domestic province, or None where one is missing."""
    from hinterland.data import panel

    if year not in panel.years(variable):
        return None
    return np.asarray(panel.series(variable, year).reindex(list(economy.domestic_codes)), dtype=float)


def people_n(economy: Economy) -> FloatArray | None:
    """Residents, million: the economy's own where it tells them from workers, else those of the panel."""
    if (economy.residents_per_worker_c != 1).any():
        return by_province(economy, economy.workers_c * economy.residents_per_worker_c)
    people = from_panel(economy, "population_resident", economy.year)
    return None if people is None else people / 100


def per_head(economy: Economy, above_n: FloatArray) -> Figures | None:
    """Return a total by resident."""
    people = people_n(economy)
    return None if people is None else Figures(above_n, people)


def gdp_per_head(economy: Economy) -> Figures | None:
    """GDP by resident: CNY from billions by million persons."""
    scale = 1.0 if is_relative(economy, "gdp_per_head") else 1000.0
    return per_head(economy, scale * gdp_n(economy))


def income_per_head(economy: Economy) -> Figures | None:
    """What workers earn, own and are given, by resident, before taxes and without rents of homes."""
    return per_head(economy, by_province(economy, economy.real_income_c * economy.workers_c))


def population(economy: Economy) -> Figures | None:
    """Residents, persons."""
    people = people_n(economy)
    return None if people is None else Figures(1e6 * people)


def urbanization_rate(economy: Economy) -> Figures | None:
    """Share of residents who live in town: the economy's own where it tells residence apart, else the panel's."""
    people = people_n(economy)
    if people is None:
        return None
    if economy.cells.residences > 1:
        residents_c = economy.workers_c * economy.residents_per_worker_c
        return Figures(100 * by_province(economy, residents_c * economy.town_c), people)
    rate = from_panel(economy, "urbanization_rate", economy.year)
    return None if rate is None else Figures(rate * people, people)


def workers(economy: Economy) -> Figures:
    """Workers by province of work, million."""
    return Figures(by_province(economy, economy.workers_c))


def nonag_share(economy: Economy) -> Figures | None:
    """Share of workers outside agriculture."""
    if not economy.farm_j.any():
        return None
    return Figures(by_province(economy, economy.workers_c * ~economy.farm_c), by_province(economy, economy.workers_c))


def density(economy: Economy) -> Figures | None:
    """Residents by land area; the area of the panel's last full year."""
    from hinterland.data import panel

    people = people_n(economy)
    area = from_panel(economy, "land_area", panel.full_years("land_area")[-1])
    return None if people is None or area is None else Figures(1e6 * people, area)


def longitude(economy: Economy) -> Figures | None:
    """East of Greenwich, of the centre of a province's people; the nation's is weighted by people."""
    return centre(economy, "longitude")


def latitude(economy: Economy) -> Figures | None:
    """North of the equator, of the centre of a province's people; the nation's is weighted by people."""
    return centre(economy, "latitude")


def centre(economy: Economy, axis: str) -> Figures | None:
    """Return one coordinate of the centroids."""
    from hinterland.data import figures as box_figures

    people = people_n(economy)
    table = box_figures.table("centroids.csv").set_index("region_code")[axis]
    degrees = np.asarray(table.reindex(list(economy.domestic_codes)), dtype=float)
    return None if people is None else Figures(degrees * people, people)


SOURCES: dict[str, Callable[[Economy], Figures | None]] = {
    "gdp_per_head": gdp_per_head,
    "income_per_head": income_per_head,
    "population": population,
    "urbanization_rate": urbanization_rate,
    "workers": workers,
    "nonag_share": nonag_share,
    "density": density,
    "longitude": longitude,
    "latitude": latitude,
}
