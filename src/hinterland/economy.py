"""An economy: the base year of a set of regions with its elasticities. Frozen; it never solves itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.data import box
from hinterland.data import regions as regions_table
from hinterland.errors import DataError, ModelError, Problem, nearest, places


class Elasticities(NamedTuple):
    """The constants of the static model; values and sources in `schema/parameters.csv`."""

    trade_elasticity: FloatArray  # theta, scalar
    migration_elasticity: FloatArray  # kappa, scalar
    goods_share: FloatArray  # alpha: goods in spending, the rest is housing; scalar
    final_share_j: FloatArray  # epsilon: sector j in spending on goods
    labour_share_j: FloatArray  # beta: labour in gross output
    land_share_j: FloatArray  # eta: land in gross output
    input_share_jk: FloatArray  # gamma: good k in the intermediates of user j; rows add up to one


class Levers(NamedTuple):
    """What policies and measured changes write, as changes from the base year; one is neutral."""

    trade_cost_hat_nij: FloatArray  # iceberg cost of selling from i to n
    productivity_hat_nj: FloatArray  # output per unit of input
    migration_cost_hat_gc: FloatArray  # iceberg cost of group g working in cell c


@dataclass(frozen=True, eq=False, repr=False)
class Economy:
    """A base year. Domestic regions come first; the last is foreign, with one wage and fixed labour."""

    name: str
    year: int
    region_codes: tuple[str, ...]
    sectors: tuple[str, ...]
    trade_share_nij: FloatArray  # (N destination, N origin, J), adds up to one over origins
    workers_nj: FloatArray  # (D, J) million
    foreign_workers: float  # million
    migration_share_gc: FloatArray  # (G, C) share of group g that works in cell c
    real_income_nj: FloatArray  # (D, J) real income per worker, relative to the nation
    elasticities: Elasticities
    levers: Levers
    measured: dict[str, FloatArray] = field(default_factory=dict)  # changes seen in the data, by series

    def __post_init__(self) -> None:
        check(self)

    def __repr__(self) -> str:
        regions, sectors = len(self.region_codes), ", ".join(self.sectors)
        return f"<Economy {self.name}: {regions} regions ({sectors}), base year {self.year}>"

    def region(self, name: str) -> int:
        """Return the position of a region named in Chinese, English or by code, or raise with the nearest name."""
        code = regions_table.find_code(name) or name
        if code not in self.region_codes:
            near = nearest(name, [*regions_table.names(), self.region_codes[-1]])
            raise DataError(Problem("error.unknown_region", {"value": name, "place": self.name, "near": near}))
        return self.region_codes.index(code)

    @property
    def domestic_codes(self) -> tuple[str, ...]:
        """Codes of the regions whose people move."""
        return self.region_codes[:-1]

    @property
    def group_size_g(self) -> FloatArray:
        """Workers by hukou group, million: the sizes that put `workers_nj` where they are."""
        return np.asarray(np.linalg.solve(self.migration_share_gc.T, self.workers_nj.ravel()))

    @property
    def revenue_nj(self) -> FloatArray:
        """Nominal revenue (N, J) that balances trade, in units of the foreign region's income."""
        return balanced_revenue(self.trade_share_nij, self.elasticities)

    @property
    def rebate_g(self) -> FloatArray:
        r"""Income of a stayer over the wage in the base year, by group."""
        return np.asarray(
            rebate_nj(
                self.workers_nj,
                (np.diag(self.migration_share_gc) * self.group_size_g).reshape(self.workers_nj.shape),
                self.elasticities,
            )
        ).ravel()

    @property
    def migration_cost_gc(self) -> FloatArray:
        r"""Iceberg cost of working in cell c for group g that rationalises the base-year shares.

        .. math:: m_{gc} = V_c / (V_g \delta_g) (m_{gc} / m_{gg})^{-1/\kappa}

        One at home, infinite where nobody went. It scales with kappa: never read it without kappa.
        Source: Tombe and Zhu (2019), section 4 [tombezhu2019]. Departure: none.
        """
        value_c, share = self.real_income_nj.ravel(), self.migration_share_gc
        with np.errstate(divide="ignore"):
            relative = (share / np.diag(share)[:, None]) ** (-1 / self.elasticities.migration_elasticity)
        cost = value_c[None, :] / (value_c * self.rebate_g)[:, None] * relative
        np.fill_diagonal(cost, 1.0)
        return cost

    @property
    def trade_cost_nij(self) -> FloatArray:
        r"""Symmetric iceberg cost of trade implied by the base-year shares; one at home.

        .. math:: \tau_{nij} = (\pi_{nnj} \pi_{iij} / (\pi_{nij} \pi_{inj}))^{1/(2\theta)}

        Source: Head and Ries (2001) [headries2001]. Infinite where there is no trade.
        """
        share = self.trade_share_nij
        own = np.diagonal(share, axis1=0, axis2=1).T
        with np.errstate(divide="ignore"):
            ratio = own[:, None, :] * own[None, :, :] / (share * share.transpose(1, 0, 2))
        return np.asarray(ratio ** (1 / (2 * self.elasticities.trade_elasticity)))

    @property
    def welfare_weight_g(self) -> FloatArray:
        r"""Weight of each hukou group in aggregate welfare: its size times its expected real income.

        .. math:: \omega_g \propto \bar L_g V_g \delta_g m_{gg}^{-1/\kappa}

        Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
        """
        home = np.diag(self.migration_share_gc) ** (-1 / self.elasticities.migration_elasticity)
        weight = self.group_size_g * self.real_income_nj.ravel() * self.rebate_g * home
        return np.asarray(weight / weight.sum())

    def with_levers(self, **changes: FloatArray) -> Economy:
        """Return the economy with the named levers multiplied by `changes`: policies compose."""
        current = self.levers._asdict()
        return replace(self, levers=Levers(**{name: value * changes.get(name, 1.0) for name, value in current.items()}))

    def with_elasticities(self, **values: float) -> Economy:
        """Return the economy with the named elasticities replaced, after checking their range."""
        problems = [problem for name, value in values.items() for problem in out_of_range(name, value)]
        if problems:
            raise ModelError(problems)
        return replace(
            self,
            elasticities=self.elasticities._replace(**{k: np.asarray(v, float) for k, v in values.items()}),
        )


def out_of_range(name: str, value: float) -> list[Problem]:
    """Return what is wrong with one elasticity, by the schema's range."""
    known = {parameter.name: parameter for parameter in schema.parameters().values()}
    if name not in known:
        return [Problem("economy.unknown_parameter", {"value": name, "near": nearest(name, list(known))})]
    low, high = known[name].minimum, known[name].maximum
    if not (np.isfinite(value) and low <= value <= high):
        return [Problem("economy.parameter_range", {"name": name, "value": value, "low": low, "high": high})]
    return []


def load(name: str = "china-2000") -> Economy:
    """Return an economy of the box by name; a DataError names the nearest where there is none."""
    arrays = box.economy_arrays(name)
    trade_share = arrays["trade_share_nij"]
    return Economy(
        name=name,
        year=int(box.economies()[name]["year"]),
        region_codes=tuple(str(code) for code in arrays["region_code"]),
        sectors=tuple(str(sector) for sector in arrays["sector"]),
        trade_share_nij=trade_share,
        workers_nj=arrays["workers_nj"],
        foreign_workers=float(arrays["foreign_workers"][0]),
        migration_share_gc=arrays["migration_share_gc"],
        real_income_nj=arrays["real_income_nj"],
        elasticities=elasticities(name),
        levers=neutral_levers(trade_share, arrays["migration_share_gc"]),
        measured={key.rsplit("_", 1)[0].replace("_hat", ""): value for key, value in arrays.items() if "_hat_" in key},
    )


def elasticities(name: str) -> Elasticities:
    """Return the constants of an economy from `schema/parameters.csv`, in the order of its sectors."""
    values: dict[str, Any] = {}
    for parameter in schema.parameters().values():
        if parameter.economy == name:
            values.setdefault(parameter.name, []).append(parameter.value)
    sectors = len(values["labour_share_j"])
    values["input_share_jk"] = np.reshape(values["input_share_jk"], (sectors, sectors)).tolist()
    scalars = ("trade_elasticity", "migration_elasticity", "goods_share")
    return Elasticities(
        **{key: np.asarray(value[0] if key in scalars else value, float) for key, value in values.items()}
    )


def neutral_levers(trade_share_nij: FloatArray, migration_share_gc: FloatArray) -> Levers:
    """Return levers that change nothing."""
    return Levers(np.ones_like(trade_share_nij), np.ones(trade_share_nij.shape[::2]), np.ones_like(migration_share_gc))


def rebate_nj(labour_nj: FloatArray, stayers_nj: FloatArray, par: Elasticities) -> FloatArray:
    r"""Income of a stayer over the wage, when the rents of a cell are shared among its stayers.

    .. math:: \delta_{nj} = 1 + \frac{(1-\alpha)\beta_j + \eta_j}{\alpha\beta_j} \frac{L_{nj}}{m_{stay} \bar L_{nj}}

    Million workers. It stands here and not in `model`, because the base year's costs of moving rest on it too;
    only operators, so that it serves NumPy and jax alike.
    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
    """
    rent_per_wage_j = ((1 - par.goods_share) * par.labour_share_j + par.land_share_j) / (
        par.goods_share * par.labour_share_j
    )
    return 1 + rent_per_wage_j[None, :] * labour_nj / stayers_nj


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


def check(economy: Economy) -> None:
    """Raise a DataError that lists every broken rule of the economy's arrays, by name of place."""
    problems = [*repeated_regions(economy), *misshapen(economy)]
    if not problems:
        problems = [*badly_signed(economy), *not_adding_up(economy)]
    if problems:
        raise DataError(problems)


POSITIVE = ("workers_nj", "real_income_nj", *Levers._fields)  # the other arrays may hold zeros


def arrays_by_region(economy: Economy) -> dict[str, tuple[FloatArray, tuple[int, ...], tuple[str, ...]]]:
    """Return every array with the shape it must have and the labels of its first axis."""
    regions, sectors = len(economy.region_codes), len(economy.sectors)
    domestic = economy.domestic_codes
    groups = tuple(code for code in domestic for _ in economy.sectors)
    trade, cells = (regions, regions, sectors), (len(groups), len(groups))
    return {
        "trade_share_nij": (economy.trade_share_nij, trade, economy.region_codes),
        "workers_nj": (economy.workers_nj, (len(domestic), sectors), domestic),
        "migration_share_gc": (economy.migration_share_gc, cells, groups),
        "real_income_nj": (economy.real_income_nj, (len(domestic), sectors), domestic),
        "trade_cost_hat_nij": (economy.levers.trade_cost_hat_nij, trade, economy.region_codes),
        "productivity_hat_nj": (economy.levers.productivity_hat_nj, (regions, sectors), economy.region_codes),
        "migration_cost_hat_gc": (economy.levers.migration_cost_hat_gc, cells, groups),
    }


def repeated_regions(economy: Economy) -> list[Problem]:
    """Return the codes that stand more than once."""
    codes = economy.region_codes
    repeated = sorted({regions_table.label(code) for code in codes if codes.count(code) > 1})
    return [Problem("economy.duplicate", {"where": places(repeated, len(codes))})] if repeated else []


def misshapen(economy: Economy) -> list[Problem]:
    """Return the arrays of another shape than regions and sectors ask for."""
    return [
        Problem("economy.shape", {"name": name, "shape": shape, "found": np.shape(value)})
        for name, (value, shape, _) in arrays_by_region(economy).items()
        if np.shape(value) != shape
    ]


def badly_signed(economy: Economy) -> list[Problem]:
    """Return the arrays with entries that are missing, infinite, negative, or zero where they must not be."""
    problems = []
    for name, (value, _, labels) in arrays_by_region(economy).items():
        rows = value.reshape(len(labels), -1)
        good = np.isfinite(rows) & ((rows > 0) if name in POSITIVE else (rows >= 0))
        bad = list(dict.fromkeys(regions_table.label(labels[row]) for row in np.flatnonzero(~good.all(axis=1))))
        if bad:
            found = float(rows[~good][0])
            where = places(bad, len(set(labels)))
            problems.append(Problem("economy.positive", {"name": name, "where": where, "found": found}))
    return problems


def not_adding_up(economy: Economy) -> list[Problem]:
    """Return the shares that do not add up to one: over origins of trade, over places of work."""
    problems = []
    for name in ("trade_share_nij", "migration_share_gc"):
        value, _, labels = arrays_by_region(economy)[name]
        total = value.sum(axis=1).reshape(len(labels), -1)
        off = ~(np.abs(total - 1) <= 1e-9)
        bad = list(dict.fromkeys(regions_table.label(labels[row]) for row in np.flatnonzero(off.any(axis=1))))
        if bad:
            where = places(bad, len(set(labels)))
            found = float(total[off][0])
            problems.append(Problem("economy.adds_up", {"name": name, "where": where, "found": found}))
    return problems
