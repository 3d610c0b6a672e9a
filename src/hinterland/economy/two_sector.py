"""The two-sector base years of Tombe and Zhu (2019): provinces and the world, hukou groups by province and sector.

Their nominal base follows from trade shares alone; `economy()` puts it into the names of the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.data.regions import china
from hinterland.economy.economy import Economy
from hinterland.economy.regions import regions_of
from hinterland.economy.roles import roles_from
from hinterland.economy.units import Units
from hinterland.errors import DataError, Problem, places
from hinterland.model.levers import unit_hats

ADDS_UP = 1e-9


class Elasticities(NamedTuple):
    """The constants of the model; values and sources in `schema/parameters.csv`."""

    trade_elasticity: FloatArray  # theta, scalar
    migration_elasticity: FloatArray  # kappa, scalar
    goods_share: FloatArray  # alpha: goods in spending, the rest is housing; scalar
    final_share_j: FloatArray  # epsilon: sector j in spending on goods
    labour_share_j: FloatArray  # beta: labour in gross output
    land_share_j: FloatArray  # eta: land in gross output
    input_share_jk: FloatArray  # gamma: good k in the intermediates of user j; rows add up to one


@dataclass(frozen=True, eq=False)
class TwoSector:
    """Published arrays of a base year. The last region is foreign, with one wage and fixed labour."""

    name: str
    year: int
    region_codes: tuple[str, ...]
    sectors: tuple[str, ...]
    trade_share_nij: FloatArray  # (N destination, N origin, J), adds up to one over origins
    workers_nj: FloatArray  # (D, J) million
    migration_share_gc: FloatArray  # (G, C) share of group g that works in cell c
    real_income_nj: FloatArray  # (D, J) real income per worker, relative to the nation
    elasticities: Elasticities
    value_added_nj: FloatArray | None = None  # (N, J); without it trade shares say what balances trade
    measured: Mapping[str, FloatArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self)

    def economy(self) -> Economy:
        """Return the economy: every array in the engine's names.

        Labour of each domestic sector comes by migration; the foreign region has one wage. Land of a sector, for
        production and for homes, belongs to those who stay in it.
        Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
        """
        par, shape = self.elasticities, self.trade_share_nij.shape[::2]
        sectors = shape[1]
        added_j = par.labour_share_j + par.land_share_j
        revenue = balanced_revenue(self.trade_share_nij, par)
        group_size = np.linalg.solve(self.migration_share_gc.T, self.workers_nj.ravel())
        arrays = {
            "trade_share_nij": self.trade_share_nij,
            "trade_elasticity_j": np.full(sectors, par.trade_elasticity),
            "value_added_nj": added_j * revenue if self.value_added_nj is None else self.value_added_nj,
            "value_added_share_nj": np.broadcast_to(added_j, shape),
            "input_share_nkj": np.broadcast_to(((1 - added_j)[:, None] * par.input_share_jk).T, (*shape, sectors)),
            "structures_share_nj": np.broadcast_to(par.land_share_j / added_j, shape),
            "final_share_nj": np.broadcast_to(par.final_share_j, shape),
            "goods_share_n": np.full(shape[0], par.goods_share),
            "migration_share_gc": self.migration_share_gc,
            "group_size_g": group_size,
            "migration_elasticity": np.asarray(par.migration_elasticity),
        }
        income_c = self.real_income_nj.ravel()
        return Economy(
            name=self.name,
            year=self.year,
            regions=regions_of(self.region_codes[:-1], self.region_codes[-1:]),
            sectors=self.sectors,
            residences=("all",),
            classes=self.sectors,
            roles=roles_from(
                {}, {"sectors": self.sectors, "residences": ("all",), "classes": self.sectors}, self.name, []
            ),
            arrays=arrays,
            value_c=income_c,
            real_income_c=income_c,
            residents_per_worker_c=np.ones_like(income_c),
            levers=unit_hats(self.trade_share_nij, self.migration_share_gc),
            units=Units.relative(self.year),
            measured=self.measured,
        )


def read(name: str, year: int, arrays: Mapping[str, Any]) -> TwoSector:
    """Return a two-sector base year from the arrays of the box."""
    return TwoSector(
        name=name,
        year=year,
        region_codes=tuple(str(code) for code in arrays["region_code"]),
        sectors=tuple(str(sector) for sector in arrays["sector"]),
        trade_share_nij=arrays["trade_share_nij"],
        workers_nj=arrays["workers_nj"],
        migration_share_gc=arrays["migration_share_gc"],
        real_income_nj=arrays["real_income_nj"],
        elasticities=elasticities(name, [str(sector) for sector in arrays["sector"]]),
        value_added_nj=arrays.get("value_added_nj"),
        measured={key.rsplit("_", 1)[0].replace("_hat", ""): value for key, value in arrays.items() if "_hat_" in key},
    )


def elasticities(name: str, sectors: Sequence[str] = ()) -> Elasticities:
    """Return the constants of an economy from `schema/parameters.csv`, for sectors in the table's order or in this."""
    values: dict[str, dict[str, float]] = {}
    for parameter in schema.parameters().values():
        if parameter.economy == name:
            values.setdefault(parameter.name, {})[parameter.index] = parameter.value
    known = tuple(sectors) or tuple(values["labour_share_j"])
    along = {"": [""], "j": [*known], "jk": [f"{user} {good}" for user in known for good in known]}
    shape = {key: (len(known),) * len(schema.index_of(key)) for key in values}
    return Elasticities(
        **{
            key: np.reshape([of[label] for label in along[schema.index_of(key)]], shape[key])
            for key, of in values.items()
        }
    )


def balanced_revenue(share_nij: FloatArray, par: Elasticities) -> FloatArray:
    r"""Revenue by region and sector at which every goods market clears and trade balances.

    .. math:: R_{ij} = \sum_n \pi_{nij} [\epsilon_j \sum_k (\beta_k + \eta_k) R_{nk} + \sum_k \mu_k \gamma_{kj} R_{nk}]

    with mu = 1 - beta - eta. The system is linear and homogeneous; the foreign region's income is one.
    Source: Tombe and Zhu (2019), initial nominal incomes [tombezhu2019]. Departure: none.
    """
    regions, _, sectors = share_nij.shape
    value_added_k = par.labour_share_j + par.land_share_j
    demand_jk = np.outer(par.final_share_j, value_added_k) + ((1 - value_added_k)[:, None] * par.input_share_jk).T
    system = np.einsum("nij,jk->ijnk", share_nij, demand_jk).reshape(regions * sectors, -1)
    system = system - np.eye(regions * sectors)
    income = np.zeros((regions, sectors))
    income[-1] = value_added_k
    system[-1] = income.ravel()
    target = np.zeros(regions * sectors)
    target[-1] = 1.0
    return np.linalg.solve(system, target).reshape(regions, sectors)


def check(base: TwoSector) -> None:
    """Raise a DataError that lists every broken rule of the arrays, by name of place."""
    problems = [*repeated_regions(base), *misshapen(base)]
    if not problems:
        problems = [*badly_signed(base), *not_adding_up(base)]
    if problems:
        raise DataError(problems)


POSITIVE = ("workers_nj", "real_income_nj")  # the other arrays may hold zeros


def arrays_by_region(base: TwoSector) -> dict[str, tuple[FloatArray, tuple[int, ...], tuple[str, ...]]]:
    """Return every array with the shape it must have and the labels of its first axis."""
    regions, sectors = len(base.region_codes), len(base.sectors)
    domestic = base.region_codes[:-1]
    groups = tuple(code for code in domestic for _ in base.sectors)
    return {
        "trade_share_nij": (base.trade_share_nij, (regions, regions, sectors), base.region_codes),
        "workers_nj": (base.workers_nj, (len(domestic), sectors), domestic),
        "migration_share_gc": (base.migration_share_gc, (len(groups), len(groups)), groups),
        "real_income_nj": (base.real_income_nj, (len(domestic), sectors), domestic),
    }


def repeated_regions(base: TwoSector) -> list[Problem]:
    """Return the codes that stand more than once."""
    codes = base.region_codes
    repeated = sorted({china().label(code) for code in codes if codes.count(code) > 1})
    return [Problem("economy.duplicate", {"where": places(repeated, len(codes))})] if repeated else []


def misshapen(base: TwoSector) -> list[Problem]:
    """Return the arrays of another shape than regions and sectors ask for."""
    return [
        Problem("economy.shape", {"name": name, "shape": shape, "found": np.shape(value)})
        for name, (value, shape, _) in arrays_by_region(base).items()
        if np.shape(value) != shape
    ]


def badly_signed(base: TwoSector) -> list[Problem]:
    """Return the arrays with entries that are missing, infinite, negative, or zero where they must not be."""
    problems = []
    for name, (value, _, labels) in arrays_by_region(base).items():
        rows = value.reshape(len(labels), -1)
        good = np.isfinite(rows) & ((rows > 0) if name in POSITIVE else (rows >= 0))
        bad = list(dict.fromkeys(china().label(labels[row]) for row in np.flatnonzero(~good.all(axis=1))))
        if bad:
            found = float(rows[~good][0])
            where = places(bad, len(set(labels)))
            problems.append(Problem("economy.positive", {"name": name, "where": where, "found": found}))
    return problems


def not_adding_up(base: TwoSector) -> list[Problem]:
    """Return the shares that do not add up to one: over origins of trade, over places of work."""
    problems = []
    for name in ("trade_share_nij", "migration_share_gc"):
        value, _, labels = arrays_by_region(base)[name]
        total = value.sum(axis=1).reshape(len(labels), -1)
        off = ~(np.abs(total - 1) <= ADDS_UP)
        bad = list(dict.fromkeys(china().label(labels[row]) for row in np.flatnonzero(off.any(axis=1))))
        if bad:
            where = places(bad, len(set(labels)))
            found = float(total[off][0])
            problems.append(Problem("economy.adds_up", {"name": name, "where": where, "found": found}))
    return problems
