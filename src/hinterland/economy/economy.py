"""An economy: the base year of a country whose people move by hukou group. Frozen; it never solves itself.

Its arrays carry the names of `World.build`; the first regions are domestic, the last ones foreign.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from hinterland import schema
from hinterland.arrays import BoolArray, FloatArray
from hinterland.data.regions import Regions
from hinterland.economy.content import BESIDE as BESIDE_CONTENT
from hinterland.economy.content import content, frozen
from hinterland.economy.roles import Roles, in_order_of_pools, pools_of, roles_from
from hinterland.economy.units import Units, unit_problems
from hinterland.errors import DataError, ModelError, Problem, gone, hint, places
from hinterland.label_parts import Labels, crossed
from hinterland.labels import together
from hinterland.model.cells import Cells
from hinterland.model.levers import Levers
from hinterland.shown import Shown

T = TypeVar("T")
EDITED = " (edited)"  # stands behind the name of a base year whose figures were changed
BESIDE = schema.names_of("beside")  # told beside the model's arrays, one number a cell

# Functions of `implied` that were methods in the last version.
IMPLIED = (
    "home_c_g",
    "rebate_g",
    "cell_value_gc",
    "migration_cost_gc",
    "trade_cost_nij",
    "welfare_weight_g",
)


class told_once(cached_property[T]):  # noqa: N801 - it is written as a decorator, as property is
    """An array of an economy that is worked out when it is first asked for; nobody can write to it."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        super().__init__(lambda economy: frozen(work_out(economy)))
        self.__doc__ = work_out.__doc__


@dataclass(frozen=True, eq=False, repr=False)
class Economy(Shown):
    """A base year with its elasticities, what is known of its people, what it counts in, and the levers that stand."""

    name: str
    year: int
    regions: Regions  # the domestic ones first
    sectors: tuple[str, ...]
    residences: tuple[str, ...]  # one, where residence is not told apart
    classes: tuple[str, ...]  # of hukou, in the order of the pools of homes that are theirs
    roles: Roles  # which of these labels are farm, industry, town, rural hukou
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
        for name in ("arrays", "value_c", "real_income_c", "residents_per_worker_c", "measured"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        if self.regions.whole != original(self.name):  # one record for all that are made of an economy
            object.__setattr__(self, "regions", replace(self.regions, whole=original(self.name)))
        check(self)

    def __repr__(self) -> str:
        regions, sectors = len(self.region_codes), ", ".join(self.sectors)
        return f"<Economy {self.name}: {regions} regions ({sectors}), base year {self.year}>"

    @cached_property
    def content(self) -> bytes:
        """What tells base years apart: the hash of all that they hold."""
        return content(self)

    def note(self, lang: str) -> str:
        """What is to be known of this base year, in one language; its name where nothing is told."""
        return self.notes.get(lang, self.name)

    @cached_property
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

    @cached_property
    def namings(self) -> dict[str, tuple[Labels, ...]]:
        """Labels of every kind of index, in all their namings, by which arrays are aligned."""
        homes = tuple(names[: self.cells.regions] for names in self.regions.namings)
        sectors, residences, classes = ((names,) for names in self.axes.values())
        pools = (pools_of(len(self.classes), self.residences, self.sectors),)
        return {
            "region": self.regions.namings,
            "sector": sectors,
            "r": residences,
            "h": (*pools, *classes),
            "g": crossed(homes, classes),
            "c": crossed(homes, residences, sectors),
        }

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

    @told_once
    def workers_c(self) -> FloatArray:
        """Workers by cell, million."""
        return np.asarray(self.group_size_g @ self.migration_share_gc)

    @property
    def axes(self) -> dict[str, tuple[str, ...]]:
        """Labels by the axis that roles speak of."""
        return {"sectors": self.sectors, "residences": self.residences, "classes": self.classes}

    @told_once
    def farm_j(self) -> BoolArray:
        """Whether a sector is agriculture."""
        return np.array([sector in self.roles.farm for sector in self.sectors])

    @told_once
    def industry_j(self) -> BoolArray:
        """Whether a sector is industry; of two sectors all but agriculture."""
        return np.array([sector in self.roles.industry for sector in self.sectors])

    @told_once
    def town_r(self) -> BoolArray:
        """Whether a residence is a town; one that holds everybody is."""
        return np.array([residence in self.roles.town or len(self.residences) == 1 for residence in self.residences])

    @told_once
    def town_rj(self) -> BoolArray:
        """Whether a cell of a region counts as town: urban residence; without residence, work outside agriculture."""
        in_town_r = self.town_r[:, None] & np.ones(len(self.sectors), bool)
        return in_town_r if len(self.residences) > 1 else np.asarray(~self.farm_j[None, :])

    @told_once
    def town_c(self) -> BoolArray:
        """Whether a cell counts as town."""
        return np.tile(self.town_rj.reshape(-1), self.cells.regions)

    @told_once
    def farm_c(self) -> BoolArray:
        """Whether work in a cell is agriculture."""
        return np.tile(self.farm_j, self.cells.regions * self.cells.residences)

    @told_once
    def rural_g(self) -> BoolArray:
        """Whether a group holds rural (agricultural) hukou."""
        return np.tile([of in self.roles.rural_hukou for of in self.classes], self.cells.regions)

    def elasticity(self, name: str) -> float:
        """Return a scalar elasticity; the inner one is the outer where the choice is flat."""
        found = self.arrays.get(name, self.arrays["migration_elasticity"])
        return float(found)

    def has(self, name: str) -> bool:
        """Whether an elasticity is one of this economy's."""
        if name == "rural_efficiency":
            return self.cells.residences > 1
        if name == "household_income_scale":
            return "household_income_nr" in self.arrays
        return any(name + suffix in self.arrays for suffix in ("", "_j", "_n"))

    def told_as(self, **beside: Any) -> Economy:
        """Return the same base year under other levers, or with another name, notes, path: it is not looked at again.

        What is known of it stays known: nothing of these is in its content.
        """
        assert self.content  # worked out before the copy, that it need not be for each
        other = copy(self)
        for name in BESIDE_CONTENT:
            object.__setattr__(other, name, beside.pop(name, getattr(self, name)))
        if beside:
            raise TypeError(", ".join(beside))
        return other

    def with_levers(self, **changes: FloatArray) -> Economy:
        """Return the economy with the named hats multiplied by `changes`, aligned by label: policies compose."""
        current = self.levers._asdict()
        if unknown := sorted(set(changes) - set(current)):
            near = hint(unknown[0], list(current))
            raise DataError(Problem("world.unknown", {"value": unknown[0], "near": near}))
        aligned, _ = together(changes, schema.index_of, self.namings)
        problems = [
            Problem("world.shape", {"name": name, "shape": np.shape(current[name]), "found": value.shape})
            for name, value in aligned.items()
            if current[name] is not None and value.shape != np.shape(current[name])
        ]
        if problems:
            raise DataError(problems)
        combined = {name: value if current[name] is None else current[name] * value for name, value in aligned.items()}
        return replace(self, name=edited(self.name), levers=self.levers._replace(**combined))

    def with_elasticities(self, **values: float) -> Economy:
        """Return the economy with the named elasticities replaced, after checking their range."""
        problems = [problem for name, value in values.items() for problem in out_of_range(name, value)]
        if "rural_efficiency" in values and not self.has("rural_efficiency"):
            problems.append(Problem("economy.one_residence", {"place": self.name, "name": "rural_efficiency"}))
        if problems:
            raise ModelError(problems)
        arrays = dict(self.arrays)
        for name, value in values.items():
            arrays |= self.replaced(name, value)
        if "rural_efficiency" not in values:
            return replace(self, name=edited(self.name), arrays=arrays)
        income_n = self.cells.by_region(self.real_income_c * self.workers_c)
        value_c, real_income_c = wages_and_incomes(arrays, income_n)
        return replace(self, name=edited(self.name), arrays=arrays, value_c=value_c, real_income_c=real_income_c)

    def replaced(self, name: str, value: float) -> dict[str, FloatArray]:
        """Return the array that carries an elasticity, with its new value everywhere at home."""
        if name == "rural_efficiency":
            off_farm_in_village_rj = ~self.town_rj & ~self.farm_j
            return {"efficiency_rj": np.where(off_farm_in_village_rj, value, self.arrays["efficiency_rj"])}
        if name == "household_income_scale":
            return {"household_income_nr": value * self.arrays["household_income_nr"]}
        if name + "_j" in self.arrays:
            return {name + "_j": np.full_like(self.arrays[name + "_j"], value)}
        if name + "_n" in self.arrays:
            array = np.array(self.arrays[name + "_n"], dtype=float)
            array[: self.cells.regions] = value
            return {name + "_n": array}
        if name == "substitution_elasticity":
            # Base-year demand tells (1 - sigma) times differences of income elasticities alone: it stays.
            steeper = (1 - float(self.arrays[name])) / (1 - value)
            return {
                name: np.asarray(value, dtype=float),
                "income_elasticity_j": 1 + steeper * (self.arrays["income_elasticity_j"] - 1),
            }
        return {name: np.asarray(value, dtype=float)}

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            raise gone(self, name, {of: f"hinterland.economy.implied.{of}(economy)" for of in IMPLIED})


def edited(name: str) -> str:
    """Return what an economy is called once its figures are no more those that its name stands for."""
    return original(name) + EDITED


def original(name: str) -> str:
    """Return the name of an economy before it was edited; files hold it, and what differs is seen on reading them."""
    return name.removesuffix(EDITED)


def wages_and_incomes(arrays: Mapping[str, FloatArray], income_n: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return work worth its wage, and the income of each domestic region shared out by wages."""
    cells = Cells.of(arrays["migration_share_gc"].shape, arrays["efficiency_rj"].shape)
    people_c = arrays["group_size_g"] @ arrays["migration_share_gc"]
    land_nj, capital_nj = (arrays.get(name, 0.0) for name in ("structures_share_nj", "capital_share_nj"))
    labour_nj = (1 - land_nj - capital_nj) * arrays["value_added_nj"]
    wage_c = cells.wage_c(labour_nj[: cells.regions], people_c, arrays["efficiency_rj"])
    earned_n = cells.by_region(wage_c * people_c)
    return wage_c, wage_c * (income_n / earned_n).repeat(cells.per_region)


def out_of_range(name: str, value: float) -> list[Problem]:
    """Return what is wrong with one elasticity, by the schema's range."""
    known = {parameter.name.removesuffix("_j"): parameter for parameter in schema.parameters().values()}
    known["rural_efficiency"] = known["efficiency_rj"]
    if name not in known:
        return [Problem("economy.unknown_parameter", {"value": name, "near": hint(name, list(known))})]
    low, high = known[name].minimum, known[name].maximum
    if not (np.isfinite(value) and low <= value <= high):
        return [Problem("economy.parameter_range", {"name": name, "value": value, "low": low, "high": high})]
    return []


def check(economy: Economy) -> None:
    """Raise a DataError for what a world's door cannot know: units, roles, repeated codes, incomes without a cell."""
    codes, problems = economy.region_codes, unit_problems(economy.units, economy.year, economy.name)
    problems += [*role_problems(economy), *account_problems(economy)]
    if len(economy.residences) > 1 and "efficiency_rj" not in economy.arrays:
        problems.append(Problem("world.no_efficiency", {"place": economy.name, "found": len(economy.residences)}))
    repeated = sorted({economy.regions.label(code) for code in codes if codes.count(code) > 1})
    if repeated:
        problems.append(Problem("economy.duplicate", {"where": places(repeated, len(codes))}))
    count = economy.migration_share_gc.shape[1]
    for name in BESIDE:
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


def account_problems(economy: Economy) -> Iterator[Problem]:
    """Yield what is wrong with accounts that no equation reads: shapes, and incomes that no households can have."""
    if "household_income_nr" not in economy.arrays:
        return
    name, income = "household_income_nr", np.asarray(economy.arrays["household_income_nr"])
    shape = len(economy.region_codes), len(economy.residences)
    if income.shape != shape:
        yield Problem("economy.shape", {"name": name, "shape": shape, "found": income.shape})
        return
    home = income[: economy.cells.regions]
    bad = ~(np.isfinite(home) & (home > 0))
    if bad.any():
        labels = [economy.regions.label(economy.region_codes[int(n)]) for n in np.flatnonzero(bad.any(axis=1))]
        where = places(labels, len(home))
        yield Problem("economy.positive", {"name": name, "where": where, "found": float(home[bad][0])})


def role_problems(economy: Economy) -> list[Problem]:
    """Return what is wrong with roles, or with classes that do not stand as the pools of homes that are theirs."""
    problems = list[Problem]()
    roles_from(economy.roles._asdict(), economy.axes, economy.name, problems)
    wanted = in_order_of_pools(economy.axes, economy.roles)
    if not problems and (wanted != economy.classes or len(economy.classes) != economy.cells.classes):
        values: dict[str, object] = {"place": economy.name, "found": ", ".join(economy.classes)}
        problems.append(Problem("roles.classes", {**values, "count": economy.cells.classes}))
    return problems


def digest(economy: Economy) -> str:
    """Return the SHA-256 of what stands in a base year by name and label: no order, of arrays or labels, is in it."""
    codes, at_home = economy.region_codes, economy.cells.regions
    regions = [*by_label(codes[:at_home]), *(at_home + by_label(codes[at_home:]))]
    sectors, residences, classes = (by_label(names) for names in (economy.sectors, economy.residences, economy.classes))
    home, cells = np.array(regions[:at_home]), economy.cells
    in_region = (residences[:, None] * cells.sectors + sectors).reshape(-1)
    order: dict[str, Any] = dict.fromkeys("nim", regions) | dict.fromkeys("jk", sectors) | {"r": residences}
    order |= {"h": classes, "g": (home[:, None] * cells.classes + classes).reshape(-1)}
    order |= {"c": (home[:, None] * cells.per_region + in_region).reshape(-1)}
    labels = [*map(sorted, (codes[:at_home], codes[at_home:], *economy.axes.values(), *economy.roles))]
    hashed = hashlib.sha256(repr(labels).encode())
    for name, value in sorted((dict(economy.arrays) | {name: getattr(economy, name) for name in BESIDE}).items()):
        ordered = np.asarray(value, dtype=float)[np.ix_(*(order[letter] for letter in schema.index_of(name)))]
        hashed.update(name.encode() + np.ascontiguousarray(ordered + 0.0).tobytes())  # no zero is negative
    return hashed.hexdigest()


def by_label(names: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the positions of names in the order of the names themselves."""
    return np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)


def older_digest(economy: Economy) -> str:
    """Return the digest that results of older versions hold: of the arrays in their order, without names."""
    hashed = hashlib.sha256()
    for array in (*economy.arrays.values(), *(getattr(economy, name) for name in BESIDE)):
        hashed.update(np.ascontiguousarray(array).tobytes())
    return hashed.hexdigest()
