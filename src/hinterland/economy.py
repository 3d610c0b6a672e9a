"""An economy: the base year of a set of regions with its elasticities. Frozen; it never solves itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, nearest, places


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


@dataclass(frozen=True)
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
    measured: dict[str, FloatArray] = field(default_factory=dict)
    levers: Levers | None = None

    def __post_init__(self) -> None:
        check(self)
        if self.levers is None:
            object.__setattr__(self, "levers", neutral_levers(self))

    @property
    def domestic_codes(self) -> tuple[str, ...]:
        """Codes of the regions whose people move."""
        return self.region_codes[:-1]

    @property
    def group_size_g(self) -> FloatArray:
        """Workers by hukou group, million: the sizes that put `workers_nj` where they are."""
        return np.linalg.solve(self.migration_share_gc.T, self.workers_nj.ravel())

    @property
    def revenue_nj(self) -> FloatArray:
        """Nominal revenue (N, J) that balances trade, in units of the foreign region's income."""
        return balanced_revenue(self.trade_share_nij, self.elasticities)

    def region(self, code: str) -> int:
        """Position of a region, by code."""
        if code not in self.region_codes:
            raise DataError(
                Problem(
                    "error.unknown_region",
                    {"value": code, "place": self.name, "near": nearest(code, self.region_codes)},
                )
            )
        return self.region_codes.index(code)

    def with_levers(self, **changes: FloatArray) -> Economy:
        """Return the economy with the named levers multiplied by `changes`."""
        assert self.levers is not None
        current = self.levers._asdict()
        return replace(
            self, levers=Levers(**{name: value * changes.get(name, 1.0) for name, value in current.items()})
        )


def neutral_levers(economy: Economy) -> Levers:
    """Return levers that change nothing."""
    return Levers(
        np.ones_like(economy.trade_share_nij),
        np.ones(economy.trade_share_nij.shape[::2]),
        np.ones_like(economy.migration_share_gc),
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


def check(economy: Economy) -> None:
    """Raise a DataError that lists every broken rule of the economy's arrays, by name of place."""
    problems = []
    regions, sectors = len(economy.region_codes), len(economy.sectors)
    domestic = regions - 1
    repeated = sorted({c for c in economy.region_codes if economy.region_codes.count(c) > 1})
    if repeated:
        problems.append(Problem("economy.duplicate", {"where": places(repeated, regions)}))
    shapes = {
        "trade_share_nij": (regions, regions, sectors),
        "workers_nj": (domestic, sectors),
        "migration_share_gc": (domestic * sectors, domestic * sectors),
        "real_income_nj": (domestic, sectors),
    }
    for name, shape in shapes.items():
        value = np.asarray(getattr(economy, name))
        if value.shape != shape:
            problems.append(Problem("economy.shape", {"name": name, "shape": shape, "found": value.shape}))
            continue
        labels = economy.region_codes if name == "trade_share_nij" else economy.domestic_codes
        rows = value.reshape(len(labels), -1)
        bad = [code for code, row in zip(labels, rows, strict=True) if not np.all(np.isfinite(row) & (row >= 0))]
        if name in ("workers_nj", "real_income_nj"):
            bad = [code for code, row in zip(labels, rows, strict=True) if not np.all(np.isfinite(row) & (row > 0))]
        if bad:
            problems.append(Problem("economy.positive", {"name": name, "where": places(bad, len(labels))}))
    if not problems:
        for name, axis, labels in (
            ("trade_share_nij", 1, economy.region_codes),
            ("migration_share_gc", 1, tuple(c for c in economy.domestic_codes for _ in economy.sectors)),
        ):
            gap = np.abs(getattr(economy, name).sum(axis=axis) - 1).reshape(len(labels), -1).max(axis=1)
            bad = [code for code, value in zip(labels, gap, strict=True) if value > 1e-6]
            if bad:
                problems.append(Problem("economy.adds_up", {"name": name, "where": places(bad, len(labels))}))
    if problems:
        raise DataError(problems)
