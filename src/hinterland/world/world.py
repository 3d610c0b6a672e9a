"""A world: a base year of regions that trade, with one choice for each slot of the model. Frozen.

Build one from named arrays, `World.build`, or from an xarray Dataset, `World.from_dataset`. The names given decide
which blocks are on; what is not given is neutral and is not computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, hint, require_kind
from hinterland.label_parts import Labels
from hinterland.labels import is_of, names, of_one_sector, together
from hinterland.model.levers import LEVER_SLOTS, Levers
from hinterland.model.model import MANY, SLOTS, Model
from hinterland.world.assemble import chosen_model
from hinterland.world.balance import balanced
from hinterland.world.check import arrays_of, check, every_array, lengths
from hinterland.world.circuit import base_circuit
from hinterland.world.namings import in_regions, namings_of, numbered, shown

if TYPE_CHECKING:
    import xarray

NEUTRAL = Levers()
REQUIRED = ("trade_share_nij", "value_added_nj", "trade_elasticity_j")
DERIVED = tuple(name for name in schema.names_of("model", "world", "role") if name not in REQUIRED)


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """A base year: labelled regions and sectors, the model's blocks with their arrays, the levers."""

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    model: Model
    levers: Levers = NEUTRAL
    name: str = "world"
    balance: str | None = None  # how a base year that need not balance is read, as `build` was asked to
    labels: Mapping[str, tuple[Labels, ...]] = field(default_factory=dict)  # more of them, by kind of index

    def __post_init__(self) -> None:
        try:
            check(self.model, self.levers, self.regions, self.sectors)
        except DataError:  # told again, by the labels of groups and cells
            check(self.model, self.levers, self.regions, self.sectors, shown(self.namings, self.regions))
            raise

    def __repr__(self) -> str:
        size = f"{len(self.regions)} regions, {len(self.sectors)} sectors"
        return f"<World {self.name}: {size}; {', '.join(self.blocks)}{self.note and '; '}{self.note}>"

    @property
    def note(self) -> str:
        """What was done about a base year that does not balance; empty where nothing was."""
        return Problem(f"note.balance.{self.balance}").text() if self.balance else ""

    @property
    def namings(self) -> dict[str, tuple[Labels, ...]]:
        """Labels of every kind of index, by which arrays are aligned; none where nothing says them."""
        known = {"region": (self.regions, *self.labels.get("region", ())), "sector": (self.sectors,)}
        return namings_of(lengths(every_array(self.model), self.regions, self.sectors), {**self.labels, **known})

    @property
    def imbalance_n(self) -> FloatArray:
        """What a region's sales earn beyond its value added in the base year, over that value added."""
        model = self.model
        added_n = model.production.value_added_nj.sum(axis=1)
        return np.asarray(base_circuit(model).earned_nj.sum(axis=1) / added_n - 1)

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
        regions: Sequence[object] | None = None,
        sectors: Sequence[object] | None = None,
        name: str = "world",
        balance: str | None = None,
        **arrays: ArrayLike,
    ) -> World:
        """Return a world from named arrays; docs/own-model.md lists the names and shows their use.

        Shares of trade may be (N, N) where there is one sector, value added then (N,); the elasticity may be a number.
        Other arrays with labels may then leave the sector out as well.
        Arrays with labels (pandas, xarray) are aligned by them: with `regions` and `sectors`, or with the first that
        has any. Where trade does not balance beyond rounding, `balance` says what is meant: "deficits" keeps them as
        transfers, "trade" makes value added what trade says, "solve" leaves it to the solver (the figures are a guess).
        Raises DataError with every problem found: unknown names, labels, shapes, signs, shares that do not add up.
        """
        given: dict[str, Any] = dict(zip(REQUIRED, (trade_share_nij, value_added_nj, trade_elasticity_j), strict=True))
        labelled = given | arrays
        given, found = together(labelled, schema.index_of, namings(regions, sectors))
        if {*"gch"}.intersection(found):
            given, found = together(labelled, schema.index_of, in_regions(given, found))
        if given["value_added_nj"].ndim == 1:
            given = of_one_sector(given, labelled, schema.index_of)
        share, added = given["trade_share_nij"], given["value_added_nj"]
        share = share[:, :, None] if share.ndim == 2 else share
        added = added[:, None] if added.ndim == 1 else added
        theta = given["trade_elasticity_j"]
        theta = np.full(added.shape[-1:], theta) if theta.ndim == 0 else theta
        for key, array, axes in (("trade_share_nij", share, "(N, N, J)"), ("value_added_nj", added, "(N, J)")):
            if array.ndim != axes.count(",") + 1:
                raise DataError(Problem("world.shape", {"name": key, "shape": axes, "found": array.shape}))
        given |= dict(zip(REQUIRED, (share, added, theta), strict=True))
        regions = found.get("region") or numbered("r", added.shape[0])
        sectors = found.get("sector") or numbered("s", added.shape[1])
        own = {kind: (labels,) for kind, labels in found.items() if kind in "gchr"}
        try:
            world = cls(regions, sectors, chosen_model(given), name=name, labels=own)
        except DataError as error:  # what was made of the given arrays is wrong where these are, and is not named
            problems = [
                problem for problem in error.problems if problem.values.get("name") not in {*DERIVED} - {*given}
            ]
            raise DataError(problems or error.problems) from None
        return replace(world, model=balanced(world.model, given, balance, world.regions), balance=balance)

    @classmethod
    def from_dataset(cls, dataset: xarray.Dataset, name: str = "world", balance: str | None = None) -> World:
        """Return a world from an xarray Dataset whose variables are named as in `World.build`.

        Dimensions stand in any order and are told by name: the index letters of a variable's name, or region (or
        destination), origin, sector, and so on. Labels are their coordinates. Accounts that no equation reads are left.
        """
        if not is_of(dataset, "xarray", "Dataset"):
            require_kind(dataset, (), "dataset")
        left = schema.names_of("account")
        values: dict[str, Any] = {str(key): value for key, value in dataset.data_vars.items() if key not in left}
        missing = [key for key in REQUIRED if key not in values]
        if missing:
            raise DataError(Problem("world.missing", {"block": name, "names": ", ".join(missing)}))
        return cls.build(**values, name=name, balance=balance)

    def with_levers(self, **values: ArrayLike) -> World:
        """Return the world with the named levers replaced: hats, rates, transfers, capacities; aligned by label."""
        unknown = sorted(set(values) - set(Levers._fields))
        if unknown:
            near = hint(unknown[0], Levers._fields)
            raise DataError(Problem("world.unknown", {"value": unknown[0], "near": near}))
        changed, _ = together(values, schema.index_of, self.namings)
        return replace(self, levers=self.levers._replace(**changed))

    def without(self, *slots: str) -> World:
        """Return the world with the named slots neutral: `world.without("people")` lets nobody move."""
        closable = [slot for slot, choices in SLOTS.items() if slot in MANY or len(choices) > 1]
        unknown = sorted(set(slots) - set(closable))
        if unknown:
            raise DataError(Problem("world.unknown", {"value": unknown[0], "near": hint(unknown[0], closable)}))
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
        balance = None if {"transfers"} & set(slots) else self.balance
        return replace(self, model=chosen_model(kept), levers=self.levers._replace(**levers), balance=balance)


def namings(regions: Any, sectors: Any) -> dict[str, tuple[Labels, ...]]:
    """Return the labels that a user lists, by kind of index."""
    listed = {"region": names("regions", regions), "sector": names("sectors", sectors)}
    return {kind: (labels,) for kind, labels in listed.items() if labels}
