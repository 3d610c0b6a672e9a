"""The base year china-2020: its arrays with their labels, its checks, its balance sheet and what it implies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years import accounts_2020
from hinterland.base_years.arrays_2020 import HENAN_ELSEWHERE, NAME, RESIDENCES, beside, build, codes, parts
from hinterland.base_years.flows import BLOCS, customs_n, foreign_totals
from hinterland.base_years.homes import SERVICES, dwellings
from hinterland.base_years.origins import HENAN
from hinterland.base_years.sheet import KAPPAS, Record, by_place, record
from hinterland.base_years.workers import SECTORS, employment_nj, residents_nr
from hinterland.calibrate.checked import Row, identity, scaled, stored
from hinterland.calibrate.costs import costs_by_kind
from hinterland.calibrate.draw import gravity, log_draw_n
from hinterland.calibrate.levels import implied_productivity_nj
from hinterland.data import box
from hinterland.data.figures import national, table, values
from hinterland.data.panel import distances
from hinterland.data.regions import MACRO_REGIONS, NATION, china
from hinterland.data.units import MILLION, YI_PER_BN
from hinterland.economy.accounts import rents_of_homes_n
from hinterland.economy.load import load
from hinterland.world.of_economy import world_of

if TYPE_CHECKING:
    from hinterland.world.world import World


def labelled() -> dict[str, Any]:
    """Return every array with the labels of its axes."""
    labels = {"region_code": [*codes(), *BLOCS], "sector": SECTORS, "residence": RESIDENCES}
    return {**{key: np.array(names) for key, names in labels.items()}, **build(), **beside()}


def checks() -> list[Row]:
    """Hold the arrays to official totals and identities."""
    steps, more, arrays = parts(), beside(), build()
    whole = stored(NAME, arrays | more)
    return [*people_checks(steps, more), *money_checks(steps, arrays), *closure_checks(steps, arrays), whole]


def people_checks(steps: dict[str, Any], more: dict[str, FloatArray]) -> list[Row]:
    """Residents, people with hukou elsewhere, employment: against census, yearbook and survey."""
    workers, home = steps["workers_nrj"], np.eye(len(codes()), dtype=bool)
    nation, groups = workers.sum(axis=0), steps["cells_gc"].reshape(len(codes()), 2, len(codes()), 2, len(SECTORS))
    people = more["residents_per_worker_nr"] * workers.sum(axis=2) * MILLION
    urban = residents_nr(codes())[:, 1] / residents_nr(codes()).sum(axis=1)
    persons = more["persons_elsewhere_on"] * MILLION
    there = persons.sum(axis=0)
    by_census, in_towns = employment_nj(codes()).sum(axis=0), groups[:, 0, :, 1].sum()
    from_henan, million = persons[codes().index(HENAN)].sum() / MILLION, "million"
    across = groups[:, 0][~home].sum()
    return [
        scaled("residents", people.sum(), national("residents"), "persons"),
        identity("urban_share_gap", np.abs(people[:, 1] / people.sum(axis=1) - urban).max()),
        scaled("hukou_elsewhere", persons.sum(), national("hukou_elsewhere"), "persons"),
        identity("hukou_elsewhere_gap", largest(there, "migrants_hukou_other_province")),
        scaled("from_henan", from_henan, national(HENAN_ELSEWHERE), million),
        scaled("workers", workers.sum(), national("workers"), million),
        *[scaled(f"workers_{name}", nation[:, j].sum(), by_census[j], million) for j, name in enumerate(SECTORS)],
        scaled("urban_workers", nation[1].sum(), national("urban_workers"), million),
        scaled("rural_hukou_across", across, national("cross_province_rural_migrants"), million),
        scaled("urban_hukou_share", groups[:, 1].sum() / groups.sum(), national("urban_hukou_share"), "share"),
        Row("rural_hukou_in_towns", float(in_towns), national("migrant_workers_in_towns"), million),
    ]


def money_checks(steps: dict[str, Any], arrays: dict[str, FloatArray]) -> list[Row]:
    """GDP, foreign trade and budgets: against the panel and communiques."""
    home, money = slice(0, len(codes())), "bn CNY"
    gdp, flow, asean = steps["value_added_nj"][home].sum(axis=1) + steps["homes_n"], steps["flow_nij"], len(codes())
    exports, imports = foreign_totals()
    with_asean = flow[asean, home].sum() + flow[home, asean].sum()
    goods, customs = (exports + imports)[:2].sum(), national("goods_exports") + national("goods_imports")
    both = [side.sum() for side in customs_n(codes())]
    budget, income = steps["budget"], steps["income_n"]
    services = budget.spent_n(income) - (1 - budget.local_tax_n - budget.central_tax_n) * income
    raised, spent = (budget.local_tax_n * income)[home].sum(), services[home].sum()
    asean_share = with_asean / (exports + imports).sum()
    alpha, homes = arrays["goods_share_n"][home], steps["homes_n"]
    rents = (1 - alpha) / alpha * income[home]
    return [
        scaled("gdp", gdp.sum(), values("gdp_rev5census", 2020, codes()).sum() / YI_PER_BN, money),
        identity("gdp_gap", largest(gdp * YI_PER_BN, "gdp_rev5census")),
        scaled("homes", homes.sum(), dwellings().value_added, money),
        identity("homes_gap", np.abs(rents / homes - 1).max()),
        scaled("exports", flow[len(codes()) :, home].sum(), exports.sum(), money),
        scaled("imports", flow[home, len(codes()) :].sum(), imports.sum(), money),
        Row("goods_both_ways", float(goods), customs, money),
        Row("customs_exports", float(both[0]), national("goods_exports"), money, 0.01, "seen"),
        Row("customs_imports", float(both[1]), national("goods_imports"), money, 0.01, "seen"),
        scaled("asean_share", asean_share, national("trade_share_asean"), "share"),
        Row("local_revenue", float(raised), national("local_revenue"), money, 0.001, "released"),
        Row("local_expenditure", float(spent), national("local_expenditure"), money, 0.001, "released"),
    ]


def closure_checks(steps: dict[str, Any], arrays: dict[str, FloatArray]) -> list[Row]:
    """The base year is an equilibrium: markets, budgets, no shock, no change; final demand is positive."""
    flow, income = steps["flow_nij"], steps["income_n"]
    sold = np.einsum("nij,nj->ij", arrays["trade_share_nij"], steps["spending_nj"])
    given = steps["budget"].spent_n(income) - income + steps["transfer_n"]
    deficit = flow.sum(axis=(1, 2)) - flow.sum(axis=(0, 2)) - given
    worst, moved = zero_shock(arrays)
    return [
        identity("sales_gap", np.abs(sold / steps["revenue_nj"] - 1).max()),
        identity("deficit_gap", np.abs(deficit / income).max()),
        identity("transfers_add_up", steps["transfer_n"].sum() / income.sum()),
        identity("zero_shock_residual", worst),
        identity("zero_shock_change", moved),
        Row("final_demand_not_positive", float((arrays["final_share_nj"] <= 0).sum()), 0.0, "count", 0.0, "door"),
    ]


def largest(found_n: FloatArray, variable: str) -> float:
    """Largest relative gap to a variable of the panel in 2020."""
    return float(np.abs(found_n / values(variable, 2020, codes()) - 1).max())


def world(arrays: dict[str, FloatArray]) -> World:
    """Return the world of the base year, labelled."""
    from hinterland.world.world import REQUIRED, World

    given = dict(arrays)
    first = [given.pop(name) for name in REQUIRED]
    rest: dict[str, Any] = given
    return World.build(*first, regions=(*codes(), *BLOCS), sectors=SECTORS, name=NAME, **rest)


def zero_shock(arrays: dict[str, FloatArray]) -> tuple[float, float]:
    """Solve without a shock: the worst residual and the largest distance of a change from one."""
    from hinterland import solve

    solved = solve(world(arrays))
    names = ("factor_hat_nj", "wage_hat_nj", "price_hat_nj", "labour_hat_nj", "people_hat_n", "price_hat_n")
    moved = max(float(np.abs(np.asarray(getattr(solved.outcome, name)) - 1).max()) for name in names)
    return float(solved.certificate.worst), moved


def sheet() -> list[Record]:
    """Return the balance sheet of china-2020 as shipped, by macro-region, with official totals of the nation."""
    arrays, provinces = box.economy_arrays(NAME), codes()
    home = slice(0, len(provinces))
    residents = residents_nr(provinces)
    steps = arrays["residents_per_worker_nr"] * arrays["workers_nrj"].sum(axis=2)
    flow = arrays["trade_share_nij"] * arrays["spending_nj"][:, None, :]
    group = arrays["group_size_g"].reshape(len(provinces), 2)
    income, grants = arrays["income_n"], arrays["grant_share_n"] * (arrays["central_tax_n"] @ arrays["income_n"])
    workers, added = arrays["workers_nrj"].sum(axis=(1, 2)), arrays["value_added_nj"][home].copy()
    homes, households = rents_of_homes_n(load(NAME)), arrays["household_income_nr"][home]
    exports, imports = foreign_totals()
    added[:, SERVICES] += homes
    million, money = "million", "bn CNY"
    elsewhere = national("hukou_elsewhere") / MILLION
    official_gdp = values("gdp_rev5census", 2020, provinces) / YI_PER_BN
    place = partial(by_place, provinces)
    rows = [
        place("residents", million, steps.sum(axis=1), official=national("residents") / MILLION),
        place("workers", million, workers, official=national("workers")),
        place("urbanization_official", "share", residents[:, 1], residents.sum(axis=1)),
        place("urbanization", "share", steps[:, 1], steps.sum(axis=1), official=urban_share(residents)),
        place("urban_hukou", "share", group[:, 1], group.sum(axis=1), official=national("urban_hukou_share")),
        *[
            place(f"density_{level}", "share", residents.sum(axis=1) * share, residents.sum(axis=1))
            for level, share in county_density(provinces).items()
        ],
        place("hukou_elsewhere", million, arrays["persons_elsewhere_on"].sum(axis=0), official=elsewhere),
        place("gdp", money, added.sum(axis=1), official=official_gdp.sum()),
        *[
            place(f"gdp_{sector}", money, added[:, j], official=sector_gdp(official_gdp, series))
            for j, (sector, series) in enumerate(zip(SECTORS, ("primary", "secondary", "tertiary"), strict=True))
        ],
        place("homes", money, homes, official=dwellings().value_added),
        place("exports", money, flow[len(provinces) :, home].sum(axis=(0, 2))),
        place("imports", money, flow[home, len(provinces) :].sum(axis=(1, 2))),
        place("net_grants", money, (grants - arrays["central_tax_n"] * income)[home], official=0.0),
        place("transfers", money, arrays["transfer_n"][home], official=imports.sum() - exports.sum()),
        place("household_income_rural", money, households[:, 0]),
        place("household_income_urban", money, households[:, 1]),
        place("capital", "bn CNY of 2020", arrays["capital_nj"][home].sum(axis=1)),
    ]
    return [row for rows_of in rows for row in rows_of]


def county_density(codes: tuple[str, ...]) -> dict[str, FloatArray]:
    """Residents of dense and of dense or intermediate counties, share: the degree of urbanisation, on counties."""
    known = table("county_density_2020.csv").set_index("region_code").loc[list(codes)]
    dense, middle = known["dense"].to_numpy(dtype=float), known["intermediate"].to_numpy(dtype=float)
    return {"cities": dense, "cities_and_towns": dense + middle}


def urban_share(residents: FloatArray) -> float:
    """Urban residents over all in the census."""
    return float(residents[:, 1].sum() / residents.sum())


def sector_gdp(gdp_n: FloatArray, series: str) -> float:
    """National value added of one sector by published shares of the provinces, which add up to 100 within .001."""
    names = ("primary", "secondary", "tertiary")
    shares = {name: values(f"gdp_share_{name}", 2020, codes()) for name in names}
    return float((gdp_n * shares[series] / np.sum(list(shares.values()), axis=0)).sum())


def account_rows() -> list[Record]:
    """Return the accounts of provinces, wages beside observed ones, values beside those of a prototype."""
    return accounts_2020.account_rows()


def implied() -> list[Record]:
    """Return what the base year implies: costs of moving by kind, what draws people to places, productivity."""
    economy = load(NAME)
    costs = [
        record("implied", kind, "times", value, kappa=outer, inner_kappa=inner)
        for outer, inner in KAPPAS
        for kind, value in costs_by_kind(economy, outer, inner).items()
    ]
    return [*costs, *draw_rows(), *productivity_rows()]


def draw_rows() -> list[Record]:
    """Return the implied draw of places (mean zero over workers) and what it goes with."""
    provinces, arrays = codes(), box.economy_arrays(NAME)
    count, kappa = len(provinces), float(arrays["migration_elasticity"])
    people = (arrays["group_size_g"][:, None] * arrays["migration_share_gc"]).reshape(count, 2, count, -1)
    flow = people.sum(axis=(1, 3))
    touch = np.zeros((count, count))
    pairs = table("adjacency.csv")
    for here, there in zip(pairs["region_code"], pairs["neighbour"], strict=True):
        touch[provinces.index(here), provinces.index(there)] = touch[provinces.index(there), provinces.index(here)] = (
            1.0
        )
    fitted = gravity(flow, distances().loc[list(provinces), list(provinces)].to_numpy(dtype=float), touch)
    workers, added = flow.sum(axis=0), arrays["value_added_nj"][:count]
    labour = 1 - arrays["structures_share_nj"] - arrays["capital_share_nj"]
    wage = (labour[:count] * added).sum(axis=1) / workers
    draw = log_draw_n(fitted, wage, workers, kappa)
    macro = np.array([china().macro_region(code) for code in provinces])

    def row(item: str, unit: str, value: float, region: str = NATION) -> Record:
        return record("implied", item, unit, value, region, kappa=kappa)

    beside = {"wage": wage, "workers": workers, "gdp_a_worker": added.sum(axis=1) / workers}
    return [
        *[
            row("draw", "log", np.average(draw[macro == name], weights=workers[macro == name]), name)
            for name in MACRO_REGIONS["present"]
        ],
        *[row(f"draw_and_{name}", "1", np.corrcoef(draw, np.log(value))[0, 1]) for name, value in beside.items()],
        record("implied", "distance", "1", fitted.distance),
        record("implied", "adjacency", "1", fitted.adjacency),
    ]


def productivity_rows() -> list[Record]:
    """Return implied productivity over the nation's mean, by sector, and how it goes with output per worker."""
    economy = load(NAME)
    level_nj = implied_productivity_nj(world_of(economy))
    added = economy.arrays["value_added_nj"][: len(level_nj)]
    labour = economy.cells.labour_dj(economy.workers_c, economy.arrays["efficiency_rj"])
    rows = []
    for j, sector in enumerate(economy.sectors):
        steps = by_place(codes(), f"productivity_{sector}", "ratio", added[:, j] * np.log(level_nj[:, j]), added[:, j])
        rows += [{**row, "section": "levels", "value": float(np.exp(row["value"]))} for row in steps]
        together = np.corrcoef(np.log(level_nj[:, j]), np.log(added[:, j] / labour[:, j]))[0, 1]
        rows.append(record("levels", f"with_output_{sector}", "1", together))
    return rows
