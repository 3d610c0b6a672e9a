"""What an economy's arrays say of money and people by region: incomes, services, rents, capital, residents, workers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hinterland.arrays import BoolArray, FloatArray
from hinterland.data.figures import assumption
from hinterland.data.units import MILLION, MONEY, RELATIVE, YI_PER_BN
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.economy.neutral import array
from hinterland.errors import Bilingual, DataError, Problem, places

GDP_VINTAGES = ("gdp_rev4census", "gdp_rev5census")


@kept(BASE_YEARS)
def income_n(economy: Economy) -> FloatArray:
    """Income of domestic regions in the economy's own currency, (D,): value added, capital abroad, transfers."""
    arrays = economy.arrays
    income = arrays["value_added_nj"].sum(axis=1) + array(economy, "transfer_n")
    if "ownership_ni" in arrays:
        earned = (array(economy, "capital_share_nj") * arrays["value_added_nj"]).sum(axis=1)
        income = income + arrays["ownership_ni"] @ earned - earned
    return np.asarray(income[: economy.cells.regions])


@kept(BASE_YEARS)
def currency(economy: Economy) -> float:
    """Return how many bn CNY a unit of the economy's currency is: one where it counts in bn CNY.

    Economies that are known up to their scale, as the two-sector ones that count in shares of the world, are brought to
    the GDP of their provinces in the base year, of the vintage after the fourth economic census up to its last year;
    not a number where the panel has none of a region or of the year.
    """
    if economy.units.currency in MONEY:
        return MONEY[economy.units.currency]
    from hinterland.data import panel

    vintage = next((name for name in GDP_VINTAGES if economy.year in panel.years(name)), None)
    if vintage is None:
        return float("nan")
    gdp_n = panel.series(vintage, economy.year).reindex(list(economy.domestic_codes))
    added = economy.arrays["value_added_nj"][: economy.cells.regions].sum()
    return float(gdp_n.sum(skipna=False) / YI_PER_BN / added)


def gdp_n(economy: Economy) -> FloatArray:
    """GDP of domestic regions in the economy's own currency, (D,): value added of sectors, and rents of homes.

    In economies that are known up to their scale value added is GDP as published, homes in it.
    """
    added = economy.arrays["value_added_nj"][: economy.cells.regions].sum(axis=1)
    return np.asarray(added if economy.units.currency == RELATIVE else added + rents_of_homes_n(economy))


def kept_n(economy: Economy) -> FloatArray:
    """Part of income that taxes leave in domestic regions in the base year, (D,)."""
    taken = array(economy, "local_tax_n") + array(economy, "central_tax_n")
    return np.asarray(1.0 - taken)[: economy.cells.regions]


def has_budgets(economy: Economy) -> bool:
    """Whether local governments tax and spend in an economy."""
    return "local_tax_n" in economy.arrays


def require_amounts(economy: Economy, names: Sequence[str]) -> None:
    """Raise a DataError that names the arrays of domestic regions that are negative or no numbers, and where."""
    problems = []
    for name in names:
        value_n = np.asarray(economy.arrays[name])[: economy.cells.regions]
        if not (sound := np.isfinite(value_n) & (value_n >= 0)).all():
            where, first = worst(economy, sound, -value_n)
            problems.append(Problem("economy.positive", {"name": name, "where": where, "found": float(value_n[first])}))
    if problems:
        raise DataError(problems)


def require_sound(economy: Economy, key: str, sound: BoolArray, found_n: FloatArray) -> None:
    """Raise a DataError that names the domestic regions where an account is not sound, and how large it is at most."""
    if not sound.all():
        where, first = worst(economy, sound, found_n)
        raise DataError(Problem(key, {"where": where, "found": f"{found_n[first]:.3g}"}))


def worst(economy: Economy, sound: BoolArray, found_n: FloatArray) -> tuple[Bilingual, int]:
    """Return the domestic regions that are not sound, those with most first, and the number of the first."""
    bad = [n for n in np.argsort(-found_n, kind="stable").tolist() if not sound[n]]
    return places([economy.regions.label(economy.domestic_codes[n]) for n in bad], sound.size), bad[0]


def household_income_nr(economy: Economy) -> FloatArray | None:
    """Disposable income of households by residence in the economy's own currency, (D, R); None where not known.

    It counts where pools of homes are residences and there are budgets, which say who pays taxes.
    """
    given = economy.arrays.get("household_income_nr")
    if given is None or not has_budgets(economy) or not economy.cells.pools_are_residences:
        return None
    return np.asarray(given[: economy.cells.regions])


@kept(BASE_YEARS)
def household_share_n(economy: Economy) -> FloatArray | None:
    """Share of households in income after taxes, one abroad, (N,); None where it is not known."""
    own_nr = household_income_nr(economy)
    if own_nr is None:
        return None
    own_n = own_nr.sum(axis=1) / (kept_n(economy) * income_n(economy))
    return np.concatenate([own_n, np.ones(len(economy.foreign_codes))])


def services_n(economy: Economy) -> FloatArray:
    """What local governments spend in the base year, in the economy's currency, (D,)."""
    local, central, grant = (array(economy, name) for name in ("local_tax_n", "central_tax_n", "grant_share_n"))
    income = np.concatenate([income_n(economy), np.zeros(len(economy.foreign_codes))])
    return np.asarray((local * income + grant * (central @ income))[: economy.cells.regions])


def rents_of_homes_n(economy: Economy) -> FloatArray:
    """Rents of homes in the base year by region, in the economy's currency, (D,); no part of value added by sector."""
    goods = array(economy, "goods_share_n")[: economy.cells.regions]
    return np.asarray((1 - goods) / goods * income_n(economy))


def rural_persons_n(economy: Economy) -> FloatArray:
    """Rural residents by region, persons, (D,)."""
    return rural_n(economy) * MILLION


def rural_residents_per_worker_n(economy: Economy) -> FloatArray:
    """Residents for each worker who lives in a village (who farms, where residence is not told apart), (D,)."""
    workers_c = economy.workers_c * ~economy.town_c
    residents_n, workers_n = map(economy.cells.by_region, (workers_c * economy.residents_per_worker_c, workers_c))
    return np.asarray(residents_n / workers_n)


def capital_income_n(economy: Economy, chosen_j: BoolArray) -> FloatArray:
    """Income of capital by region, bn CNY, (D,)."""
    regions = slice(economy.cells.regions)
    share, added = (array(economy, name)[regions, chosen_j] for name in ("capital_share_nj", "value_added_nj"))
    return np.asarray((share * added).sum(axis=1) * currency(economy))


def output_n(economy: Economy, chosen_j: BoolArray) -> FloatArray:
    """Gross output of sectors by region in the economy's currency, (D,)."""
    added, share = (array(economy, name) for name in ("value_added_nj", "value_added_share_nj"))
    return np.asarray((added / share)[: economy.cells.regions, chosen_j].sum(axis=1))


def capital_n(economy: Economy, chosen_j: BoolArray) -> FloatArray:
    """Capital of sectors by region, bn CNY, (D,)."""
    return np.asarray(array(economy, "capital_nj")[: economy.cells.regions, chosen_j].sum(axis=1) * currency(economy))


def replaced_n(economy: Economy, chosen_j: BoolArray) -> FloatArray:
    """Investment that replaces capital of sectors by region, bn CNY a year, (D,)."""
    return assumption("depreciation") * capital_n(economy, chosen_j)


def residents_nr(economy: Economy) -> FloatArray:
    """Residents by region and residence, million, (D, R)."""
    return np.asarray(economy.cells.by_residence(economy.workers_c * economy.residents_per_worker_c))


def workers_nj(economy: Economy) -> FloatArray:
    """Workers by region and sector, million, (D, J)."""
    return np.asarray(economy.cells.by_sector(economy.workers_c))


def rural_n(economy: Economy) -> FloatArray:
    """Rural residents by region, million, (D,); farm workers where residence is not told apart."""
    return people_n(economy, ~economy.town_c)


def urban_n(economy: Economy) -> FloatArray:
    """Urban residents by region, million, (D,); workers outside agriculture where residence is not told apart."""
    return people_n(economy, economy.town_c)


def people_n(economy: Economy, chosen_c: BoolArray) -> FloatArray:
    """Residents of chosen cells by region, million, (D,); workers where residence is not told apart."""
    per_worker_c = economy.residents_per_worker_c if economy.cells.residences > 1 else 1.0
    return np.asarray(economy.cells.by_region(economy.workers_c * per_worker_c * chosen_c))
