"""What the accounts of china-2020 say: provinces, wages beside observed ones, values beside those of a prototype."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from scipy.stats import spearmanr

from hinterland.arrays import FloatArray
from hinterland.base_years.arrays_2020 import beside, codes, efficiency_rj, parts
from hinterland.base_years.arrays_2020 import build as build_arrays
from hinterland.base_years.budgets import budgets_n
from hinterland.base_years.final_uses import survey_income_nr
from hinterland.base_years.food import farm_goods_in_food
from hinterland.base_years.homes import HOUSEHOLDS, dwellings, table_without_homes
from hinterland.base_years.labour_shares import labour_share_n, unit_wage_n
from hinterland.base_years.national_table import GOVERNMENT, INVESTMENT, RURAL, URBAN, national_table
from hinterland.base_years.sheet import Record, record
from hinterland.base_years.workers import SECTORS, residents_nr
from hinterland.data.figures import assumption, national, table, values
from hinterland.data.regions import china
from hinterland.data.units import BN, MILLION

YEAR = 2020
FARM = SECTORS.index("ag")
BEIJING, SHANGHAI, GANSU = "110000", "310000", "620000"
PERSON, SHARE, MONEY = "CNY per person", "share", "bn CNY"


class Provinces(NamedTuple):
    """Accounts of the provinces, (D,) or (D, J), bn CNY unless said."""

    gdp_n: FloatArray
    added_nj: FloatArray
    uses_nu: FloatArray
    grants_n: FloatArray  # received less central tax
    transfer_n: FloatArray
    balance_n: FloatArray  # of foreign trade
    households_nr: FloatArray
    residents_nr: FloatArray  # persons
    labour_nj: FloatArray  # income
    land_nj: FloatArray  # income
    capital_nj: FloatArray  # income
    stock_n: FloatArray
    workers_nj: FloatArray  # million
    efficient_nj: FloatArray  # million

    @property
    def beyond_n(self) -> FloatArray:
        """Final uses less value added."""
        return np.asarray(self.uses_nu.sum(axis=1) - self.added_nj.sum(axis=1))

    @property
    def beside_labour_n(self) -> FloatArray:
        """Income of capital, of land off the farm and of homes, which the inventory of capital holds in part."""
        homes = self.gdp_n - self.added_nj.sum(axis=1)
        off = np.arange(len(SECTORS)) != FARM
        return np.asarray(self.capital_nj.sum(axis=1) + self.land_nj[:, off].sum(axis=1) + homes)

    @property
    def wage_nj(self) -> FloatArray:
        """Wage by efficiency unit, thousand CNY."""
        return np.asarray(self.labour_nj / self.efficient_nj)

    @property
    def wage_off_farm_n(self) -> FloatArray:
        """Wage of a worker outside agriculture, thousand CNY."""
        off = np.arange(len(SECTORS)) != FARM
        return np.asarray(self.labour_nj[:, off].sum(axis=1) / self.workers_nj[:, off].sum(axis=1))


@cache
def provinces() -> Provinces:
    """Return the accounts of the provinces as built."""
    steps, arrays, home = parts(), build_arrays(), slice(0, len(codes()))
    added, flow, income = steps["value_added_nj"][home], steps["flow_nij"], steps["income_n"]
    land, capital = (arrays[name][home] * added for name in ("structures_share_nj", "capital_share_nj"))
    abroad = slice(len(codes()), None)
    return Provinces(
        added.sum(axis=1) + steps["homes_n"],
        added,
        steps["uses_nu"],
        (steps["budget"].spent_n(income) - income)[home],
        steps["transfer_n"][home],
        flow[abroad, home].sum(axis=(0, 2)) - flow[home, abroad].sum(axis=(1, 2)),
        survey_income_nr(codes()),
        residents_nr(codes()),
        added - land - capital,
        land,
        capital,
        arrays["capital_nj"][home].sum(axis=1),
        steps["workers_nrj"].sum(axis=1),
        (steps["workers_nrj"] * efficiency_rj()).sum(axis=1),
    )


def province_rows() -> list[Record]:
    """Return the accounts of every province: balances over GDP, households' income, wages, shares, returns."""
    of = provinces()
    labour = of.labour_nj / of.added_nj
    columns = {
        "gdp": (MONEY, of.gdp_n),
        "beyond": (SHARE, of.beyond_n / of.gdp_n),
        "grants": (SHARE, of.grants_n / of.gdp_n),
        "transfer": (SHARE, of.transfer_n / of.gdp_n),
        "abroad": (SHARE, of.balance_n / of.gdp_n),
        "income_rural": (PERSON, of.households_nr[:, 0] / of.residents_nr[:, 0] * BN),
        "income_urban": (PERSON, of.households_nr[:, 1] / of.residents_nr[:, 1] * BN),
        "income_over_gdp": (SHARE, of.households_nr.sum(axis=1) / of.gdp_n),
        "wage_off_farm": ("thousand CNY", of.wage_off_farm_n),
        "land_revenue": (SHARE, beside()["land_revenue_n"][: len(codes())] / of.gdp_n),
        "labour_industry": (SHARE, labour[:, 1]),
        "labour_services": (SHARE, labour[:, 2]),
        "return": (SHARE, of.beside_labour_n / of.stock_n),
    }
    return [
        record("province", item, unit, value, code)
        for item, (unit, value_n) in columns.items()
        for code, value in zip(codes(), value_n, strict=True)
    ]


def observed() -> dict[str, FloatArray]:
    """Series that wages are held against, CNY a year, by name."""
    return {
        "units_2018": values("wage_average_urban_units", 2018, codes()),
        "units_2020": unit_wage_n(codes()),
        "income_urban": values("disposable_income_urban", YEAR, codes()),
    }


def wage_rows() -> list[Record]:
    """Return rank correlations of wages with observed series, and those with the series held out."""
    of, seen = provinces(), observed()
    ours = {"industry": of.wage_nj[:, 1], "services": of.wage_nj[:, 2], "off_farm": of.wage_off_farm_n}
    ours |= {f"only_{name}": only(seen[name]) for name in ("units_2020", "income_urban")}
    ours |= {"the_series": seen["units_2020"]}
    return [
        record("wages", f"{name}-{series}", "1", float(spearmanr(wage_n, seen_n).statistic))
        for name, wage_n in ours.items()
        for series, seen_n in seen.items()
    ]


def only(seen_n: FloatArray) -> FloatArray:
    """Wages off the farm that one observed series alone would make: what it says of the others is a test."""
    of, nation = provinces(), table_without_homes().compensation_share_j
    bill = np.zeros(len(codes()))
    for j, sector in enumerate(SECTORS[1:], start=1):
        bounds = assumption(f"labour_share_{sector}_low"), assumption(f"labour_share_{sector}_high")
        added, labour = of.added_nj[:, j], of.efficient_nj[:, j]
        bill += added * labour_share_n(added, labour, seen_n / seen_n.mean(), float(nation[j]), bounds)
    return np.asarray(bill / of.workers_nj[:, 1:].sum(axis=1))


def sanity_rows() -> list[Record]:
    """Return values of the accounts beside those that a prototype found: for judgement, never for tuning."""
    prototype = table("prototype_2020.csv").set_index("item")
    ours = {**household_values(), **food_values(), **balance_values(), **factor_values()}
    rows = []
    for item, (unit, value) in ours.items():
        beside = prototype["value"].get(item)
        rows.append(record("sanity", item, unit, value, official=None if beside is None else float(beside)))
    return rows


def household_values() -> dict[str, tuple[str, float]]:
    """Income of households: totals, ratios, the other scale."""
    of = provinces()
    income, people = of.households_nr.sum(axis=0), of.residents_nr.sum(axis=0)
    each = income / people * BN
    survey = np.stack([values(f"disposable_income_{name}", YEAR, codes()) for name in ("rural", "urban")], axis=1)
    head = of.households_nr.sum(axis=1) / of.residents_nr.sum(axis=1) * MILLION
    earned = (of.labour_nj.sum(axis=1) + of.land_nj[:, FARM]) / of.households_nr.sum(axis=1)
    over_gdp = (survey * of.residents_nr).sum(axis=1) / BN / of.gdp_n
    uses = national_table(YEAR).uses_uj.sum(axis=1)
    consumption = uses[HOUSEHOLDS].sum()
    return {
        "income_by_residence": (MONEY, float((survey * of.residents_nr).sum() / BN)),
        "income": (MONEY, float(income.sum())),
        "income_rural": (MONEY, float(income[0])),
        "income_urban": (MONEY, float(income[1])),
        "income_a_head": (PERSON, float(income.sum() / people.sum() * BN)),
        "income_a_head_published": (PERSON, national("income_per_resident")),
        "town_over_country": ("ratio", float(each[1] / each[0])),
        "income_shanghai": ("thousand CNY", float(head[codes().index(SHANGHAI)])),
        "income_gansu": ("thousand CNY", float(head[codes().index(GANSU)])),
        "income_over_gdp_lowest": (SHARE, float(over_gdp.min())),
        "income_over_gdp_highest": (SHARE, float(over_gdp.max())),
        "income_over_earned": (SHARE, float(income.sum() / (of.labour_nj.sum() + of.land_nj[:, FARM].sum()))),
        "income_over_earned_spread": ("log", float(np.log(earned).std())),
        "flow_of_funds": ("ratio", float(national("household_income_flow_of_funds") / income.sum())),
        "homes": (MONEY, dwellings().value_added),
        "homes_in_consumption": (SHARE, float(dwellings().consumption / consumption)),
        "households_use": (MONEY, float(consumption)),
        "government_use": (MONEY, float(uses[GOVERNMENT])),
        "investment_use": (MONEY, float(uses[INVESTMENT])),
    }


def food_values() -> dict[str, tuple[str, float]]:
    """What is eaten: farm goods past the food industry, their share in consumption, how it falls with income."""
    share_uj, arrays = parts()["share_uj"], build_arrays()
    sigma, elasticity_j = (arrays[name] for name in ("substitution_elasticity", "income_elasticity_j"))
    return {
        "farm_goods_in_food": (MONEY, farm_goods_in_food()),
        "farm_share_rural": (SHARE, float(share_uj[RURAL, FARM])),
        "farm_share_urban": (SHARE, float(share_uj[URBAN, FARM])),
        "farm_spending_elasticity": ("1", float(sigma + (1 - sigma) * elasticity_j[FARM])),
    }


def balance_values() -> dict[str, tuple[str, float]]:
    """What provinces use beyond what they make, and what it goes with."""
    of, steps = provinces(), parts()
    beyond, (revenue, expenditure) = of.beyond_n / of.gdp_n, budgets_n(codes())
    by_gdp = expenditure - revenue - (expenditure - revenue).sum() * of.gdp_n / of.gdp_n.sum()
    within = -of.beyond_n - of.balance_n
    final = steps["final_share_nj"][: len(codes())]
    at_home = steps["flow_nij"][: len(codes()), : len(codes())]
    own = np.einsum("nnj->nj", at_home) / at_home.sum(axis=1)
    spent = of.uses_nu.sum(axis=1)[:, None] * final
    found = {
        "beyond_moved": (MONEY, float(np.abs(of.beyond_n).sum() / 2)),
        "grants_moved": (MONEY, float(np.abs(of.grants_n).sum() / 2)),
        "grants_by_gdp": (MONEY, float(np.abs(by_gdp).sum() / 2)),
        "surplus": (MONEY, float(of.balance_n.sum())),
        "beyond_with_grants": ("1", float(np.corrcoef(beyond, by_gdp / of.gdp_n)[0, 1])),
        "beyond_with_abroad": ("1", float(np.corrcoef(beyond, of.balance_n / of.gdp_n)[0, 1])),
        "within_beijing": (SHARE, float((within / of.gdp_n)[codes().index(BEIJING)])),
        "within_shanghai": (SHARE, float((within / of.gdp_n)[codes().index(SHANGHAI)])),
        "final_ag_lowest": (SHARE, float(final[:, FARM].min())),
        "final_ag_highest": (SHARE, float(final[:, FARM].max())),
        "final_smallest": (MONEY, float(spent.min())),
    }
    land = beside()["land_revenue_n"][: len(codes())]
    coast = np.array([china().macro_region(code) == "East" for code in codes()])
    found |= {
        "land_revenue_gross": (MONEY, national("land_revenue")),
        "land_revenue": (MONEY, float(land.sum())),
        "land_revenue_coast": (SHARE, float(land[coast].sum() / land.sum())),
    }
    found |= {f"own_{sector}": (SHARE, float(own[:, j].mean())) for j, sector in enumerate(SECTORS)}
    return found


def factor_values() -> dict[str, tuple[str, float]]:
    """Who gets what of value added: shares, wages, the return to capital."""
    of, official = provinces(), national_table(YEAR)
    labour = of.labour_nj / of.added_nj
    earned, stock, gdp = of.beside_labour_n.sum(), of.stock_n.sum(), of.gdp_n.sum()
    after_taxes = earned - official.production_tax_share * gdp
    found = {
        "production_taxes": (SHARE, official.production_tax_share),
        "wage_off_farm": ("thousand CNY", float(of.labour_nj[:, 1:].sum() / of.workers_nj[:, 1:].sum())),
        "wage_shanghai": ("thousand CNY", float(of.wage_off_farm_n[codes().index(SHANGHAI)])),
        "wage_gansu": ("thousand CNY", float(of.wage_off_farm_n[codes().index(GANSU)])),
        "return": (SHARE, float(earned / stock)),
        "return_after_taxes": (SHARE, float(after_taxes / stock)),
        "return_net": (SHARE, float((after_taxes - official.depreciation_share * gdp) / stock)),
    }
    for j, sector in enumerate(SECTORS[1:], start=1):
        found |= {
            f"labour_{sector}_lowest": (SHARE, float(labour[:, j].min())),
            f"labour_{sector}_highest": (SHARE, float(labour[:, j].max())),
            f"capital_{sector}": (SHARE, float(of.capital_nj[:, j].sum() / of.added_nj[:, j].sum())),
        }
    for j, sector in enumerate(SECTORS):
        share = float(official.value_added_j[j] / official.output_j[j])
        found[f"added_{sector}"] = (SHARE, share)
    return found


def account_rows() -> list[Record]:
    """Return all rows of the accounts."""
    return [*province_rows(), *wage_rows(), *sanity_rows()]
