"""A world: regions that trade in many sectors, with inputs from all of them, tariffs, transfers, rents; people stay or
move freely within zones, where density may raise productivity and homes are scarce.

The base year of Caliendo and Parro (2015) and of the static equilibrium of Caliendo, Dvorkin and Parro (2019); with
free mobility that of Caliendo, Parro, Rossi-Hansberg and Sarte (2018) and of Helpman (1998); with one sector and no
inputs it is Armington gravity. Build one from plain arrays with `World.build`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, places

ADDS_UP = 1e-6  # published input shares are rounded


class WorldLevers(NamedTuple):
    """What changes in a counterfactual: costs and productivity as hats, tariffs and transfers as new levels."""

    trade_cost_hat_nij: FloatArray
    productivity_hat_nj: FloatArray
    tariff_nij: FloatArray
    transfer_n: FloatArray


class WorldParameters(NamedTuple):
    """Base-year values and elasticities, as the blocks see them."""

    trade_share_nij: FloatArray  # (N destination, N origin, J) of spending, tariffs included
    tariff_nij: FloatArray  # ad valorem rate of the base year
    trade_elasticity_j: FloatArray
    value_added_nj: FloatArray  # any currency
    value_added_share_nj: FloatArray  # factors in the cost of output
    income_share_nj: FloatArray  # factors in revenue: the same, but for the rounding of published tables
    input_share_nkj: FloatArray  # (N, K input, J user) of gross output
    final_share_nj: FloatArray  # of final spending
    structures_share_nj: FloatArray  # rents of structures in value added
    portfolio_share_n: FloatArray  # of all rents; adds up to one
    one_wage_n: FloatArray  # one where factors move freely between sectors, zero where they are fixed in each
    contribution_share_n: FloatArray  # of a region's rents that go into the portfolio
    people_n: FloatArray  # any unit
    zone_n: FloatArray  # people move freely between regions of the same positive number; zero: they stay
    amenity_n: FloatArray  # worth of a place beside real income, in levels
    base_income_n: FloatArray  # income of the base year, of which utility counts the change per head
    goods_share_n: FloatArray  # of spending; the rest is for homes in fixed supply, whose rents return to residents
    agglomeration_elasticity_n: FloatArray  # of productivity to people


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """A base year without mobility; frozen. `levers` hold the counterfactual."""

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    parameters: WorldParameters
    levers: WorldLevers
    name: str = "world"

    def __post_init__(self) -> None:
        check(self)

    def __repr__(self) -> str:
        return f"<World {self.name}: {len(self.regions)} regions, {len(self.sectors)} sectors>"

    @classmethod
    def build(
        cls,
        trade_share_nij: ArrayLike,
        value_added_nj: ArrayLike,
        trade_elasticity: ArrayLike,
        *,
        regions: Sequence[str] | None = None,
        sectors: Sequence[str] | None = None,
        name: str = "world",
        **optional: ArrayLike,
    ) -> World:
        """Return a world from plain arrays; what is not given is neutral.

        Neutral means: no tariffs, no inputs (value added is all of output), no structures, transfers of zero, one wage
        a region, final spending in proportion to the nation's purchases where inputs are absent.
        `trade_share_nij` may be (N, N) where there is one sector; `value_added_nj` then (N,).
        """
        share = np.asarray(trade_share_nij, dtype=float)
        share = share[:, :, None] if share.ndim == 2 else share
        added = np.asarray(value_added_nj, dtype=float)
        added = added[:, None] if added.ndim == 1 else added
        if share.ndim != 3:
            raise DataError(
                Problem("world.shape", {"name": "trade_share_nij", "shape": "(N, N, J)", "found": share.shape})
            )
        count, sector_count = share.shape[0], share.shape[2]
        given = {key: np.asarray(value, dtype=float) for key, value in optional.items()}
        unknown = sorted(set(given) - set(WorldParameters._fields) - {"transfer_n"})
        if unknown:
            near = ", ".join(WorldParameters._fields)
            raise DataError(Problem("world.unknown", {"value": ", ".join(unknown), "near": near}))
        flows = np.ones((count, sector_count)) / sector_count
        neutral = WorldParameters(
            share,
            np.zeros_like(share),
            np.broadcast_to(np.asarray(trade_elasticity, dtype=float), (sector_count,)).copy(),
            added,
            given.get("value_added_share_nj", np.ones((count, sector_count))),
            given.get("value_added_share_nj", np.ones((count, sector_count))),
            np.zeros((count, sector_count, sector_count)),
            flows,
            np.zeros((count, sector_count)),
            np.full(count, 1.0 / count),
            np.ones(count),
            np.ones(count),
            np.ones(count),
            np.zeros(count),
            np.ones(count),
            added.sum(axis=1),
            np.ones(count),
            np.zeros(count),
        )
        parameters = neutral._replace(**{key: value for key, value in given.items() if key != "transfer_n"})
        levers = WorldLevers(
            np.ones_like(share),
            np.ones((count, sector_count)),
            parameters.tariff_nij,
            given.get("transfer_n", np.zeros(count)),
        )
        return cls(
            tuple(regions or (f"r{n + 1}" for n in range(count))),
            tuple(sectors or (f"s{j + 1}" for j in range(sector_count))),
            parameters,
            levers,
            name,
        )

    def with_levers(self, **values: FloatArray) -> World:
        """Return the world with the named levers replaced: hats, tariff rates, transfers."""
        return replace(self, levers=self.levers._replace(**values))


def shapes(world: World) -> dict[str, tuple[Any, tuple[int, ...]]]:
    """Return every array with the shape it must have."""
    count, sectors = len(world.regions), len(world.sectors)
    letters = {"n": count, "i": count, "j": sectors, "k": sectors}
    arrays = {**world.parameters._asdict(), **{f"levers.{k}": v for k, v in world.levers._asdict().items()}}
    return {name: (value, tuple(letters[i] for i in name.rsplit("_", 1)[1])) for name, value in arrays.items()}


def check(world: World) -> None:
    """Raise a DataError with every broken rule: shapes, signs, adding-up, elasticities at a pole, empty regions."""
    problems = [
        Problem("world.shape", {"name": name, "shape": shape, "found": np.shape(value)})
        for name, (value, shape) in shapes(world).items()
        if np.shape(value) != shape
    ]
    if not problems:
        problems = [*bad_values(world), *bad_sums(world)]
    if problems:
        raise DataError(problems)


MAY_BE_NEGATIVE = (
    "levers.transfer_n",
    "input_share_nkj",
    "agglomeration_elasticity_n",
)  # published input-output tables hold small negatives
MUST_BE_POSITIVE = (
    "trade_elasticity_j",
    "levers.trade_cost_hat_nij",
    "levers.productivity_hat_nj",
    "people_n",
    "amenity_n",
    "goods_share_n",
)


def bad_values(world: World) -> list[Problem]:
    """Return the arrays with values that are missing, infinite, or of a sign that has no meaning."""
    problems = []
    for name, (value, _) in shapes(world).items():
        good = np.isfinite(value)
        if name in MUST_BE_POSITIVE:
            good &= value > 0
        elif name not in MAY_BE_NEGATIVE:
            good &= value >= 0
        if not good.all():
            labels = world.sectors if name == "trade_elasticity_j" else world.regions
            bad = list(dict.fromkeys(labels[position[0]] for position in np.argwhere(~good)))
            found = float(np.asarray(value)[~good][0])
            where = places(bad, len(labels))
            problems.append(Problem("world.value", {"name": name, "where": where, "found": found}))
    return problems


def bad_sums(world: World) -> list[Problem]:
    """Return the shares that do not add up, and the regions that earn nothing."""
    par, problems = world.parameters, []
    sums = {
        "trade_share_nij": par.trade_share_nij.sum(axis=1),
        "value_added_share_nj + input_share_nkj": par.value_added_share_nj + par.input_share_nkj.sum(axis=1),
        "final_share_nj": par.final_share_nj.sum(axis=1),
        "portfolio_share_n": np.full(len(world.regions), par.portfolio_share_n.sum()),
    }
    for name, total in sums.items():
        off = ~(np.abs(total - 1) <= ADDS_UP).reshape(len(world.regions), -1).all(axis=1)
        if off.any():
            where = places([world.regions[n] for n in np.flatnonzero(off)], len(world.regions))
            found = float(total.reshape(len(world.regions), -1)[off].flat[0])
            problems.append(Problem("world.adds_up", {"name": name, "where": where, "found": found}))
    fixed = par.one_wage_n == 0
    empty = np.where(fixed, par.value_added_nj.min(axis=1), par.value_added_nj.sum(axis=1)) <= 0
    if empty.any():
        where = places([world.regions[n] for n in np.flatnonzero(empty)], len(world.regions))
        problems.append(Problem("world.empty", {"where": where}))
    uneven = (par.zone_n > 0) & ((np.ptp(par.structures_share_nj, axis=1) > 0) | fixed)
    if uneven.any():
        where = places([world.regions[n] for n in np.flatnonzero(uneven)], len(world.regions))
        problems.append(Problem("world.uneven", {"where": where}))
    label = (par.zone_n == np.round(par.zone_n)) & (par.zone_n <= len(world.regions))
    if not label.all():
        where = places([world.regions[n] for n in np.flatnonzero(~label)], len(world.regions))
        problems.append(Problem("world.zone", {"where": where, "most": len(world.regions)}))
    gap = abs(float(world.levers.transfer_n.sum())) / max(float(par.value_added_nj.sum()), 1e-300)
    if gap > 1e-9:
        problems.append(Problem("world.transfers", {"found": float(world.levers.transfer_n.sum())}))
    return problems
