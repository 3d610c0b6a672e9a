"""Where the regions of an economy stand in its base year, as far as its own arrays say: the dashboard's columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hinterland import indicators
from hinterland.arrays import BoolArray, FloatArray
from hinterland.data import panel
from hinterland.data.regions import NATION, china
from hinterland.data.units import MILLION, PERSONS_PER_WAN
from hinterland.diagnose import dashboard as provincial
from hinterland.diagnose.dashboard import COLUMNS, KEYS, Dashboard
from hinterland.economy.accounts import gdp_n
from hinterland.economy.economy import Economy
from hinterland.economy.load import load
from hinterland.errors import DataError, Problem, hint, require_kind
from hinterland.policy.target_figures import Figures, figures, is_relative


def dashboard(
    of: Economy | str | Path | int | None = None,
    division: str = "present",
    group: str = "",
    economy: Economy | str | Path | None = None,
    *,
    year: int | str | None = None,
) -> Dashboard:
    """Return where places stand: the provinces in a year (2009), or the regions of an economy in its base year.

    Parameters
    ----------
    of : year, or an economy, its name in the box or its file
        A year reads the figures of the provinces. Of an economy only its own arrays are read, of one of the box too:
        what they do not say is NaN. `year` and `economy` say the same by name.
    division : "present" or "old"
        Into which macro-regions.
    group : name of a group
        The regions of this one alone.

    Raises a DataError where both a year and an economy of another year are given. Nothing is interpolated.
    """
    year, economy = which(of, year, economy)
    division = division_named(division)
    if division not in KEYS:
        near = hint(str(division), KEYS)
        raise DataError(Problem("diagnose.division", {"value": division, "near": near}))
    if economy is None:
        return provincial.dashboard(2009 if year is None else panel.whole_year(year), division, group)
    economy = load(economy) if isinstance(economy, str | Path) else economy
    require_kind(economy, Economy, "economy")
    if year is not None and panel.whole_year(year) != economy.year:
        raise DataError(Problem("diagnose.base_year", {"name": economy.name, "value": year, "year": economy.year}))
    codes = economy.domestic_codes
    inside = codes if not group else economy.regions.members(group, economy.year)
    economy.regions.check_known([group] if group else [], codes)
    if inside is None:
        raise DataError(Problem("diagnose.unknown_group", {"value": group, "near": economy.regions.hint(group)}))
    macro = economy.regions.of_kind(KEYS[division])
    unknown = [economy.regions.partly_known(place, codes) for place in (KEYS[division], *macro) if macro]
    undivided = next(filter(None, unknown), None)
    places = {key: economy.regions.by_group[key].codes for key in macro if undivided is None}
    return Dashboard(
        economy.year,
        pd.DataFrame([row(economy, name, members) for name, members in (places | {NATION: codes}).items()]),
        pd.DataFrame([row(economy, code, (code,)) for code in codes if code in inside]),
        pd.DataFrame(list(pattern(economy)), columns=["indicator", "value", "year"]),
        {},
        undivided,
        economy.regions,
    )


def division_named(said: str) -> str:
    """Return the division into macro-regions that goes by a name of its grouping; what is unknown as it is."""
    return (
        said if said in KEYS else {"macro_region": "present", "old": "old"}.get(china().grouping_named(str(said)), said)
    )


def which(of: Any, year: Any, economy: Any) -> tuple[Any, Any]:
    """Return year and economy, of which either may stand first without its name."""
    if of is None:
        return year, economy
    if isinstance(of, Economy | Path) or (isinstance(of, str) and not of.strip().isdecimal()):
        if economy is not None:
            raise DataError(Problem("diagnose.two_economies", {"value": f"{of!r:.80}", "other": f"{economy!r:.80}"}))
        return year, of
    if year is not None:
        raise DataError(Problem("diagnose.two_years", {"value": f"{of!r:.80}", "other": f"{year!r:.80}"}))
    return of, economy


def columns(economy: Economy) -> dict[str, Figures]:
    """Return the columns that the arrays of an economy tell, as totals or ratios of totals by region."""
    found = {
        name: figures(economy, name) for name in ("population", "urbanization_rate", "gdp_per_head", "nonag_share")
    }
    known = {name: of for name, of in found.items() if of is not None}
    if "population" in known:
        known["population"] = Figures(known["population"].above_n / PERSONS_PER_WAN)
    if is_relative(economy, "gdp_per_head"):
        known.pop("gdp_per_head", None)
    if "nonag_share" in known:
        outside = known.pop("nonag_share")
        workers_n = np.asarray(outside.below_n)
        known["primary_employment_share"] = Figures(100 * (workers_n - outside.above_n), workers_n)
    if "urbanization_rate" in known:
        urban_n, people_n = known["urbanization_rate"].above_n / 100, np.asarray(known["urbanization_rate"].below_n)
        known["rural_per_urban_resident"] = Figures(people_n - urban_n, urban_n)
    gdp, added_nj = gdp_n(economy), economy.arrays["value_added_nj"][: economy.cells.regions]
    services_j = ~(economy.farm_j | economy.industry_j)
    homes_n = gdp - added_nj.sum(axis=1)  # statistics count them among services
    shares = {"primary_share": economy.farm_j, "secondary_share": economy.industry_j, "tertiary_share": services_j}
    sectors = shares if services_j.any() else {"primary_share": economy.farm_j}  # of two sectors the second is both
    for name, chosen_j in sectors.items():
        known[name] = Figures(100 * (added_nj[:, chosen_j].sum(axis=1) + homes_n * (chosen_j & services_j).any()), gdp)
    return known


def row(economy: Economy, name: str, members: Sequence[str]) -> dict[str, Any]:
    """Return every column of one place; None where the arrays do not tell it."""
    chosen_n, known = np.isin(economy.domestic_codes, members), columns(economy)
    values: dict[str, Any] = {"region": name} | dict.fromkeys(COLUMNS)
    for key, of in known.items():
        values[key] = part(of, chosen_n).national
    if "gdp_per_head" in known:
        values["gdp_per_head_gap"] = known["gdp_per_head"].national - values["gdp_per_head"]
    return values


def part(of: Figures, chosen_n: BoolArray) -> Figures:
    """Return an indicator of some regions."""
    return Figures(of.above_n[chosen_n], None if of.below_n is None else of.below_n[chosen_n])


def pattern(economy: Economy) -> Iterator[tuple[str, float, int]]:
    """Yield inequality of GDP per head between regions, and how urban people spread over them."""
    gdp, towns = figures(economy, "gdp_per_head"), figures(economy, "urbanization_rate")
    macro = economy.regions.macro_regions(economy.domestic_codes)
    values: dict[str, float] = {}
    if gdp is not None and gdp.below_n is not None and len(gdp.below_n) > 1:
        values |= inequality(gdp.value_n, gdp.below_n, macro)
    if towns is not None and len(towns.above_n) > 1:
        urban_n = towns.above_n / 100 * MILLION
        values |= {
            "rank_size_exponent": indicators.rank_size_exponent(urban_n),
            "primacy": indicators.primacy(urban_n),
        }
        if macro is not None and {"East", "West"} <= set(macro):
            east, west = (part(towns, np.array(macro) == name).national for name in ("East", "West"))
            values["urbanization_gap"] = east - west
    return ((name, value, economy.year) for name, value in values.items())


def inequality(value_n: FloatArray, people_n: FloatArray, macro: Sequence[str] | None) -> dict[str, float]:
    """Return indices of inequality between regions, cut in two where every region is in a macro-region."""
    group = np.zeros(len(value_n)) if macro is None else np.array(macro)
    within, between = indicators.theil_within_between(value_n, people_n, group)
    cut = {} if macro is None else {"theil_within": within, "theil_between": between}
    return {
        "theil": within + between,
        **cut,
        "gini": indicators.gini(value_n, people_n),
        "coefficient_of_variation": indicators.coefficient_of_variation(value_n, people_n),
    }
