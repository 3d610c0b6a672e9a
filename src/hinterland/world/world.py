"""A world: a base year of regions that trade, with one choice for each slot of the model. Frozen.

Build one from named arrays, `World.build`, or from an xarray Dataset, `World.from_dataset`. The names given decide
which blocks are on; what is not given is neutral and is not computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from hinterland.errors import DataError, Problem, nearest
from hinterland.model.levers import LEVER_SLOTS, Levers
from hinterland.model.model import MANY, SLOTS, Model
from hinterland.world.assemble import chosen_model
from hinterland.world.check import arrays_of, check

if TYPE_CHECKING:
    import xarray

NEUTRAL = Levers()
REQUIRED = ("trade_share_nij", "value_added_nj", "trade_elasticity_j")


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """A base year: labelled regions and sectors, the model's blocks with their arrays, the levers."""

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    model: Model
    levers: Levers = NEUTRAL
    name: str = "world"

    def __post_init__(self) -> None:
        check(self.model, self.levers, self.regions, self.sectors)

    def __repr__(self) -> str:
        return (
            f"<World {self.name}: {len(self.regions)} regions, {len(self.sectors)} sectors; {', '.join(self.blocks)}>"
        )

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks that are on."""
        chosen = [choice for part in self.model.parts.values() for choice in (part if type(part) is tuple else (part,))]
        neutral = {choices[0] for slot, choices in SLOTS.items() if slot not in MANY and len(choices) > 1}
        return tuple(type(block).__name__ for block in chosen if type(block) not in neutral)

    @classmethod
    def build(
        cls,
        trade_share_nij: ArrayLike,
        value_added_nj: ArrayLike,
        trade_elasticity_j: ArrayLike,
        *,
        regions: Sequence[str] | None = None,
        sectors: Sequence[str] | None = None,
        name: str = "world",
        **arrays: ArrayLike,
    ) -> World:
        """Return a world from named arrays; docs/own-model.md lists the names and shows their use.

        Shares of trade may be (N, N) where there is one sector, value added then (N,); the elasticity may be a number.
        Raises DataError with every problem found: unknown names, shapes, signs, shares that do not add up.
        """
        share, added = np.asarray(trade_share_nij, dtype=float), np.asarray(value_added_nj, dtype=float)
        share = share[:, :, None] if share.ndim == 2 else share
        added = added[:, None] if added.ndim == 1 else added
        for key, array, axes in (("trade_share_nij", share, 3), ("value_added_nj", added, 2)):
            if array.ndim != axes:
                shape = "(N, N, J)" if axes == 3 else "(N, J)"
                raise DataError(Problem("world.shape", {"name": key, "shape": shape, "found": array.shape}))
        theta = np.broadcast_to(np.asarray(trade_elasticity_j, dtype=float), share.shape[2:])
        given = {key: np.asarray(value, dtype=float) for key, value in arrays.items()}
        return cls(
            tuple(regions or (f"r{n + 1}" for n in range(added.shape[0]))),
            tuple(sectors or (f"s{j + 1}" for j in range(added.shape[1]))),
            chosen_model(given | dict(zip(REQUIRED, (share, added, theta.copy()), strict=True))),
            name=name,
        )

    @classmethod
    def from_dataset(cls, dataset: xarray.Dataset, name: str = "world") -> World:
        """Return a world from an xarray Dataset whose variables are named as in `World.build`.

        Axes come in the order of the index letters of a variable's name: n destination, i origin, j sector. Labels of
        regions and sectors are the coordinates of `value_added_nj`.
        """
        values = {str(key): variable.values for key, variable in dataset.data_vars.items()}
        missing = [key for key in REQUIRED if key not in values]
        if missing:
            raise DataError(Problem("world.missing", {"block": name, "names": ", ".join(missing)}))
        added = dataset["value_added_nj"]
        labels = [added[axis].values.astype(str).tolist() if axis in added.coords else None for axis in added.dims]
        regions, sectors = [*labels, None][:2]
        first = [values.pop(key) for key in REQUIRED]
        return cls.build(*first, regions=regions, sectors=sectors, name=name, **values)

    def with_levers(self, **values: ArrayLike) -> World:
        """Return the world with the named levers replaced: hats, rates, transfers, capacities."""
        unknown = sorted(set(values) - set(Levers._fields))
        if unknown:
            near = nearest(unknown[0], Levers._fields)
            raise DataError(Problem("world.unknown", {"value": unknown[0], "near": near}))
        changed = {key: np.asarray(value, dtype=float) for key, value in values.items()}
        return replace(self, levers=self.levers._replace(**changed))

    def without(self, *slots: str) -> World:
        """Return the world with the named slots neutral: `world.without("people")` lets nobody move."""
        closable = [slot for slot, choices in SLOTS.items() if slot in MANY or len(choices) > 1]
        unknown = sorted(set(slots) - set(closable))
        if unknown:
            raise DataError(Problem("world.unknown", {"value": unknown[0], "near": nearest(unknown[0], closable)}))
        kept: dict[str, Any] = {}
        for slot, part in self.model.parts.items():
            if slot not in slots:
                kept |= {name: value for name, value in arrays_of(part).items() if value is not None}
            elif slot == "demand":
                kept["final_share_nj"] = part.final_share_nj
            elif slot == "people":
                # People abroad are not in the data of hukou groups; one, as where no people are given.
                abroad = np.ones(len(self.regions) - part.people_n.size)
                kept["people_n"] = np.concatenate([part.people_n, abroad])
                if part.by_sector:  # who cannot move stays in his sector as well
                    kept.setdefault("one_wage_n", np.zeros(len(self.regions)))
        levers = {name: None for name, slot in LEVER_SLOTS.items() if slot in slots}
        return replace(self, model=chosen_model(kept), levers=self.levers._replace(**levers))
