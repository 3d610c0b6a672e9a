"""An economy: the base year of a country whose people move by hukou group. Frozen; it never solves itself.

Its arrays carry the names of `World.build`; the first regions are domestic, the last ones foreign.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.data.regions import Regions
from hinterland.economy.units import Units, units_from
from hinterland.errors import DataError, ModelError, Problem, gone, nearest, places
from hinterland.model.cells import Cells
from hinterland.model.levers import Levers

# Functions of `implied` that were methods in the last version.
IMPLIED = (
    "home_c_g",
    "rebate_g",
    "cell_value_gc",
    "migration_cost_gc",
    "trade_cost_nij",
    "welfare_weight_g",
)


@dataclass(frozen=True, eq=False, repr=False)
class Economy:
    """A base year with its elasticities, what is known of its people, what it counts in, and the levers that stand."""

    name: str
    year: int
    regions: Regions  # the domestic ones first
    sectors: tuple[str, ...]
    residences: tuple[str, ...]  # one, where residence is not told apart
    arrays: Mapping[str, FloatArray]  # the base year in the names of `World.build`
    value_c: FloatArray  # worth of work in a cell in the base year, up to the rebate of those at home
    real_income_c: FloatArray  # income per worker
    residents_per_worker_c: FloatArray
    levers: Levers
    units: Units
    notes: Mapping[str, str] = field(default_factory=dict)  # what is to be known of the base year, by language
    measured: Mapping[str, FloatArray] = field(default_factory=dict)  # changes seen in the data, by series
    path: str = ""  # of the file it came from, where it is not in the box

    def __post_init__(self) -> None:
        check(self)

    def __repr__(self) -> str:
        regions, sectors = len(self.region_codes), ", ".join(self.sectors)
        return f"<Economy {self.name}: {regions} regions ({sectors}), base year {self.year}>"

    def note(self, lang: str) -> str:
        """What is to be known of this base year, in one language; its name where nothing is told."""
        return self.notes.get(lang, self.name)

    @property
    def cells(self) -> Cells:
        """Numbers of regions, classes, residences, sectors among which people choose."""
        return Cells.of(self.migration_share_gc.shape, (len(self.residences), len(self.sectors)))

    def region(self, name: str | int) -> int:
        """Return the position of a region by code or name in either language, or raise with the nearest name."""
        return self.region_codes.index(self.regions.code(name, self.name))

    @property
    def region_codes(self) -> tuple[str, ...]:
        """Codes of the regions in the order of the arrays."""
        return self.regions.codes

    @property
    def domestic_codes(self) -> tuple[str, ...]:
        """Codes of the regions whose people move."""
        return self.region_codes[: self.cells.regions]

    @property
    def foreign_codes(self) -> tuple[str, ...]:
        """Codes of the regions whose people do not."""
        return self.region_codes[self.cells.regions :]

    @property
    def migration_share_gc(self) -> FloatArray:
        """Share of group g that lives and works in cell c."""
        return np.asarray(self.arrays["migration_share_gc"])

    @property
    def group_size_g(self) -> FloatArray:
        """Workers by hukou group, million."""
        return np.asarray(self.arrays["group_size_g"])

    @property
    def workers_c(self) -> FloatArray:
        """Workers by cell, million."""
        return np.asarray(self.group_size_g @ self.migration_share_gc)

    @property
    def town_c(self) -> FloatArray:
        """Whether a cell counts as town: urban residence; without residence, work outside agriculture."""
        _, residence, sector = self.cells.index_c
        return np.asarray(residence == 1) if self.cells.residences > 1 else np.asarray(sector > 0)

    @property
    def rural_g(self) -> FloatArray:
        """Whether a group holds rural (agricultural) hukou: the first class of each region."""
        return np.asarray(self.cells.class_g == 0)

    def elasticity(self, name: str) -> float:
        """Return a scalar elasticity; the inner one is the outer where the choice is flat."""
        found = self.arrays.get(name, self.arrays["migration_elasticity"])
        return float(found)

    def has(self, name: str) -> bool:
        """Whether an elasticity is one of this economy's."""
        if name == "rural_efficiency":
            return self.cells.residences > 1
        return any(name + suffix in self.arrays for suffix in ("", "_j", "_n"))

    def with_levers(self, **changes: FloatArray) -> Economy:
        """Return the economy with the named hats multiplied by `changes`: policies compose."""
        current = self.levers._asdict()
        combined = {name: value if current[name] is None else current[name] * value for name, value in changes.items()}
        return replace(self, levers=self.levers._replace(**combined))

    def with_elasticities(self, **values: float) -> Economy:
        """Return the economy with the named elasticities replaced, after checking their range."""
        problems = [problem for name, value in values.items() for problem in out_of_range(name, value)]
        if problems:
            raise ModelError(problems)
        arrays = dict(self.arrays)
        for name, value in values.items():
            arrays |= replaced(arrays, name, value, self.cells)
        changed = replace(self, arrays=arrays)
        return changed.with_incomes() if "rural_efficiency" in values else changed

    def with_incomes(self) -> Economy:
        """Return the economy with work worth its wage, and the income of each province shared out by wages anew."""
        cells, arrays = self.cells, self.arrays
        labour_nj = (1 - arrays["structures_share_nj"] - arrays["capital_share_nj"]) * arrays["value_added_nj"]
        wage_c = cells.wage_c(labour_nj[: cells.regions], self.workers_c, arrays["efficiency_rj"])
        income_n, earned_n = (cells.by_region(value_c * self.workers_c) for value_c in (self.real_income_c, wage_c))
        return replace(self, value_c=wage_c, real_income_c=wage_c * (income_n / earned_n).repeat(cells.per_region))

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            raise gone(self, name, {of: f"hinterland.economy.implied.{of}(economy)" for of in IMPLIED})


def replaced(arrays: Mapping[str, FloatArray], name: str, value: float, cells: Cells) -> dict[str, FloatArray]:
    """Return the array that carries an elasticity, with its new value everywhere at home."""
    if name == "rural_efficiency":
        efficiency = arrays["efficiency_rj"].copy()
        efficiency[0, 1:] = value
        return {"efficiency_rj": efficiency}
    if name + "_j" in arrays:
        return {name + "_j": np.full_like(arrays[name + "_j"], value)}
    if name + "_n" in arrays:
        array = np.array(arrays[name + "_n"], dtype=float)
        array[: cells.regions] = value
        return {name + "_n": array}
    return {name: np.asarray(value, dtype=float)}


def out_of_range(name: str, value: float) -> list[Problem]:
    """Return what is wrong with one elasticity, by the schema's range."""
    known = {parameter.name.removesuffix("_j"): parameter for parameter in schema.parameters().values()}
    known["rural_efficiency"] = known["efficiency_rj"]
    if name not in known:
        return [Problem("economy.unknown_parameter", {"value": name, "near": nearest(name, list(known))})]
    low, high = known[name].minimum, known[name].maximum
    if not (np.isfinite(value) and low <= value <= high):
        return [Problem("economy.parameter_range", {"name": name, "value": value, "low": low, "high": high})]
    return []


def check(economy: Economy) -> None:
    """Raise a DataError for what a world's door cannot know: unknown units, repeated codes, incomes without a cell."""
    codes, problems = economy.region_codes, list[Problem]()
    units_from(economy.units.head(), economy.name, problems)
    repeated = sorted({economy.regions.label(code) for code in codes if codes.count(code) > 1})
    if repeated:
        problems.append(Problem("economy.duplicate", {"where": places(repeated, len(codes))}))
    count = economy.migration_share_gc.shape[1]
    for name in ("value_c", "real_income_c", "residents_per_worker_c"):
        value = np.asarray(getattr(economy, name))
        if value.shape != (count,):
            problems.append(Problem("economy.shape", {"name": name, "shape": (count,), "found": value.shape}))
            continue
        bad = ~(np.isfinite(value) & (value > 0))
        if bad.any():
            per_region = len(economy.residences) * len(economy.sectors)
            labels = [economy.regions.label(codes[int(c) // per_region]) for c in np.flatnonzero(bad)]
            where = places(list(dict.fromkeys(labels)), count // per_region)
            problems.append(Problem("economy.positive", {"name": name, "where": where, "found": float(value[bad][0])}))
    if problems:
        raise DataError(problems)


def digest(economy: Economy) -> str:
    """Return the SHA-256 of the arrays of a base year."""
    hashed = hashlib.sha256()
    for array in (*economy.arrays.values(), economy.value_c, economy.real_income_c, economy.residents_per_worker_c):
        hashed.update(np.ascontiguousarray(array).tobytes())
    return hashed.hexdigest()
