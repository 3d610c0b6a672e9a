"""A world: a base year of regions that trade, with one choice for each slot of the model. Frozen.

Build one from named arrays, `World.build`, or from an xarray Dataset, `World.from_dataset`. The names given decide
which blocks are on; what is not given is neutral and is not computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from hinterland.arrays import FloatArray
from hinterland.door import arrays_of, check
from hinterland.errors import DataError, Problem, nearest
from hinterland.levers import LEVER_SLOTS, Levers
from hinterland.model.model import MANY, SLOTS, Model, factor_incomes
from hinterland.model.tariffs import FreeTrade

if TYPE_CHECKING:
    import xarray

MOST_ROUNDS, SETTLED = 500, 1e-15
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


def chosen_model(given: Mapping[str, FloatArray]) -> Model:
    """Return the model that the given arrays switch on: in each slot the choice that knows them, else the neutral."""
    known = {field for choices in SLOTS.values() for choice in choices for field in choice._fields}
    problems = [
        Problem("world.unknown", {"value": name, "near": nearest(name, sorted(known))})
        for name in given
        if name not in known
    ]
    parts: dict[str, Any] = {}
    for slot, choices in SLOTS.items():
        if slot in MANY:
            wanted = [choice for choice in choices if set(choice._fields) & set(given)]
            parts[slot] = tuple(filled(choice, given, problems) for choice in wanted)
            continue
        neutral, *others = choices
        wanted = [choice for choice in others if (set(choice._fields) - set(neutral._fields)) & set(given)]
        if len(wanted) > 1:
            names = " + ".join(choice.__name__ for choice in wanted)
            problems.append(Problem("world.conflict", {"slot": slot, "names": names}))
        parts[slot] = filled(wanted[0] if wanted else neutral, given, problems)
    used = {name for part in parts.values() for name in arrays_of(part)}
    idle = sorted((set(given) & known) - used)
    if idle and not problems:
        problems.append(Problem("world.idle", {"names": ", ".join(idle)}))
    if problems:
        raise DataError(problems)
    model = Model(**parts)
    if "base_income_n" not in given:
        income = base_income_n(model)
        model = replace(model, production=model.production._replace(base_income_n=income))
    return model


def base_income_n(model: Model) -> FloatArray:
    """Return income of the base year by residence: what is earned, rents, capital, transfers, tariffs.

    Tariffs depend on spending and spending on income: a circuit that closes geometrically.
    """
    labour, land, capital = factor_incomes(model, model.production.value_added_nj)
    earned, share = labour.sum(axis=1), getattr(model.people, "commuting_share_ni", None)
    with np.errstate(divide="ignore", invalid="ignore"):
        at_home = earned if share is None else share @ (earned / share.sum(axis=0))
    fixed = at_home + (land + capital).sum(axis=1) + model.rents.given_n(land.sum(axis=1), np.ones(len(earned)))
    fixed = fixed + model.capital.received_n(capital) + model.transfers.received_n(Levers())
    if isinstance(model.tariffs, FreeTrade):
        return np.asarray(fixed)
    net = model.trade.trade_share_nij / (1 + model.tariffs.tariff_nij)
    inputs = getattr(model.inputs, "input_share_nkj", None)
    income, spending = fixed, fixed[:, None] * model.demand.final_share_nj
    for _ in range(MOST_ROUNDS):
        revenue = np.einsum("nij,nj->ij", net, spending)
        bought = 0.0 if inputs is None else np.einsum("nkj,nj->nk", inputs, revenue)
        income = fixed + (spending * (1 - net.sum(axis=1))).sum(axis=1)
        new = income[:, None] * model.demand.final_share_nj + bought
        settled = np.abs(new - spending).sum() <= SETTLED * new.sum()
        spending = new
        if settled:
            break
    return np.asarray(income)


def filled(choice: Any, given: Mapping[str, FloatArray], problems: list[Problem]) -> Any:
    """Return a block with the arrays given for it, and neutral ones where they may be left out."""
    optional = choice.optional(given) if hasattr(choice, "optional") else {}
    values = {**choice._field_defaults, **optional, **{name: given[name] for name in choice._fields if name in given}}
    missing = [name for name in choice._fields if name not in values]
    if missing:
        problems.append(Problem("world.missing", {"block": choice.__name__, "names": ", ".join(missing)}))
        return choice(**{**dict.fromkeys(choice._fields), **values})
    return choice(**values)
