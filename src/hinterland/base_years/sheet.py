"""The balance sheet of a base year in figures, and what it implies, as rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years import china_2010, china_2020, rebuilt_2010
from hinterland.base_years.workers import SECTORS, residents_nr
from hinterland.calibrate.checked import Row
from hinterland.calibrate.costs import costs_by_kind
from hinterland.calibrate.draw import gravity, log_draw_n
from hinterland.calibrate.levels import implied_productivity_nj
from hinterland.data import box
from hinterland.data.figures import national, table, values
from hinterland.data.panel import distances
from hinterland.data.regions import MACRO_REGIONS, NATION, macro_region
from hinterland.data.units import MILLION, YI_PER_BN
from hinterland.economy.load import load
from hinterland.world.of_economy import world_of

MODULES: dict[str, Any] = {"china-2020": china_2020, "china-2010": china_2010}


PLACES = (*MACRO_REGIONS["present"], NATION)
KAPPAS = ((1.5, 3.0), (1.5, 1.5), (3.0, 3.0))  # the economy's own, and flat choices


Record = dict[str, Any]


def record(section: str, item: str, unit: str, value: float, region: str = NATION, **more: Any) -> Record:
    """Return one row of what is told; every row has every column."""
    empty = {"official": None, "gap": None, "allowed": None, "passed": None, "kappa": None, "inner_kappa": None}
    head = {"section": section, "item": item, "title": "", "region": region, "unit": unit, "value": float(value)}
    return head | empty | more


def check_record(row: Row) -> Record:
    """Return a check as a row."""
    more: Record = {"official": row.official, "gap": row.gap, "allowed": row.holds, "passed": row.passed}
    return record("check", row.key, row.unit, row.found, **more)


def by_place(
    item: str, unit: str, value_n: FloatArray, weight_n: FloatArray | None = None, **more: Any
) -> list[Record]:
    """Return sums by macro-region and nation, or the ratio of sums where a weight is given; `more` is the nation's."""
    macro = np.array([macro_region(code) for code in china_2020.codes()])
    rows = []
    for place in PLACES:
        chosen = (macro == place) | (place == NATION)
        total = value_n[chosen].sum() / (1.0 if weight_n is None else weight_n[chosen].sum())
        rows.append(record("sheet", item, unit, total, place, **(more if place == NATION else {})))
    return rows


def sheet_2020() -> list[Record]:
    """Return the balance sheet of china-2020 as shipped, by macro-region, with official totals of the nation."""
    arrays, codes = box.economy_arrays(china_2020.NAME), china_2020.codes()
    home = slice(0, len(codes))
    residents = residents_nr(codes)
    people_nr = arrays["residents_per_worker_nr"] * arrays["workers_nrj"].sum(axis=2)
    flow = arrays["trade_share_nij"] * arrays["spending_nj"][:, None, :]
    group = arrays["group_size_g"].reshape(len(codes), 2)
    income, grants = arrays["income_n"], arrays["grant_share_n"] * (arrays["central_tax_n"] @ arrays["income_n"])
    workers, added = arrays["workers_nrj"].sum(axis=(1, 2)), arrays["value_added_nj"][home]
    million, money = "million", "bn CNY"
    elsewhere = national("hukou_elsewhere") / MILLION
    official_gdp = values("gdp_rev5census", 2020, codes) / YI_PER_BN
    sheet = [
        by_place("residents", million, people_nr.sum(axis=1), official=national("residents") / MILLION),
        by_place("workers", million, workers, official=national("workers")),
        by_place("urbanization_official", "share", residents[:, 1], residents.sum(axis=1)),
        by_place("urbanization", "share", people_nr[:, 1], people_nr.sum(axis=1), official=urban_share(residents)),
        by_place("urban_hukou", "share", group[:, 1], group.sum(axis=1), official=national("urban_hukou_share")),
        *[
            by_place(f"density_{level}", "share", residents.sum(axis=1) * share, residents.sum(axis=1))
            for level, share in county_density(codes).items()
        ],
        by_place("hukou_elsewhere", million, arrays["persons_elsewhere_on"].sum(axis=0), official=elsewhere),
        by_place("gdp", money, added.sum(axis=1), official=official_gdp.sum()),
        *[
            by_place(f"gdp_{sector}", money, added[:, j], official=sector_gdp(official_gdp, series))
            for j, (sector, series) in enumerate(zip(SECTORS, ("primary", "secondary", "tertiary"), strict=True))
        ],
        by_place("exports", money, flow[len(codes) :, home].sum(axis=(0, 2))),
        by_place("imports", money, flow[home, len(codes) :].sum(axis=(1, 2))),
        by_place("net_grants", money, (grants - arrays["central_tax_n"] * income)[home], official=0.0),
        by_place("capital", "bn CNY of 2020", arrays["capital_nj"][home].sum(axis=1)),
    ]
    return [row for rows in sheet for row in rows]


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
    shares = {name: values(f"gdp_share_{name}", 2020, china_2020.codes()) for name in names}
    return float((gdp_n * shares[series] / np.sum(list(shares.values()), axis=0)).sum())


def sheet_2010() -> list[Record]:
    """Return the national totals of china-2010 as shipped."""
    arrays = box.economy_arrays(china_2010.NAME)
    workers = arrays["workers_nj"].sum(axis=0)
    found = {"workers": workers.sum(), "workers_ag": workers[0], "workers_nonag": workers[1]}
    return [record("sheet", item, "million", value) for item, value in found.items()]


def implied_2020() -> list[Record]:
    """Return what china-2020 implies: costs of moving by kind, and what draws people to each macro-region."""
    economy = load(china_2020.NAME)
    rows = [
        record("implied", kind, "times", value, kappa=outer, inner_kappa=inner)
        for outer, inner in KAPPAS
        for kind, value in costs_by_kind(economy, outer, inner).items()
    ]
    return [*rows, *draw_rows()]


def draw_rows() -> list[Record]:
    """Return the implied draw of places (mean zero over workers) and what it goes with."""
    codes, arrays = china_2020.codes(), box.economy_arrays(china_2020.NAME)
    count, kappa = len(codes), float(arrays["migration_elasticity"])
    people = (arrays["group_size_g"][:, None] * arrays["migration_share_gc"]).reshape(count, 2, count, -1)
    flow = people.sum(axis=(1, 3))
    touch = np.zeros((count, count))
    pairs = table("adjacency.csv")
    for here, there in zip(pairs["region_code"], pairs["neighbour"], strict=True):
        touch[codes.index(here), codes.index(there)] = touch[codes.index(there), codes.index(here)] = 1.0
    fitted = gravity(flow, distances().loc[list(codes), list(codes)].to_numpy(dtype=float), touch)
    workers, added = flow.sum(axis=0), arrays["value_added_nj"][:count]
    labour = 1 - arrays["structures_share_nj"] - arrays["capital_share_nj"]
    wage = (labour[:count] * added).sum(axis=1) / workers
    draw = log_draw_n(fitted, wage, workers, kappa)
    macro = np.array([macro_region(code) for code in codes])

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
    economy = load(china_2020.NAME)
    level_nj = implied_productivity_nj(world_of(economy))
    added = economy.arrays["value_added_nj"][: len(level_nj)]
    labour = economy.cells.labour_dj(economy.workers_c, economy.arrays["efficiency_rj"])
    rows = []
    for j, sector in enumerate(economy.sectors):
        by_region = by_place(f"productivity_{sector}", "ratio", added[:, j] * np.log(level_nj[:, j]), added[:, j])
        rows += [{**row, "section": "levels", "value": float(np.exp(row["value"]))} for row in by_region]
        together = np.corrcoef(np.log(level_nj[:, j]), np.log(added[:, j] / labour[:, j]))[0, 1]
        rows.append(record("levels", f"with_output_{sector}", "1", together))
    return rows


def rebuilt() -> list[Record]:
    """Return how near the matrix of 2010 is rebuilt by each kind of information."""
    away = float(np.where(rebuilt_2010.home_gc(), 0.0, rebuilt_2010.truth()[1]).sum())
    rows = []
    for one in rebuilt_2010.rebuild():
        rows.append(record("rebuilt", one.key, "correlation", one.correlation))
        rows.append(record("rebuilt", one.key, "million misplaced", one.misplaced))
        rows.append(record("rebuilt", one.key, "share misplaced", one.misplaced / away))
    return rows
