"""The model: one choice for each slot, put together once. Every published model is a setting of it.

Unknowns are logs of changes, that of spending the log of its level. `evaluate.py` passes data through the slots.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import accumulate
from math import prod
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array

from hinterland.model.agglomeration import Density, Neighbourhood
from hinterland.model.amenity import Amenity, Congestion
from hinterland.model.capital import Capital, NoCapital
from hinterland.model.commuting import Commuting
from hinterland.model.demand import CobbDouglas, NonHomotheticCES
from hinterland.model.ecology import Capacity, NoLimit
from hinterland.model.government import Budgets, NoGovernment
from hinterland.model.housing import Homes, NoHomes
from hinterland.model.income import LocalRents, NoTransfers, Portfolio, Transfers
from hinterland.model.mobility import HukouGroups
from hinterland.model.people import FreeMobility, Stay
from hinterland.model.production import Inputs, NoInputs, Production, earned_hat_nj
from hinterland.model.tariffs import FreeTrade, Tariffs
from hinterland.model.trade import Trade

# One line for each slot: the choices that fill it. Several may fill `productivity` and `worth`.
SLOTS: dict[str, tuple[Any, ...]] = {
    "trade": (Trade,),
    "production": (Production,),
    "inputs": (NoInputs, Inputs),
    "demand": (CobbDouglas, NonHomotheticCES),
    "tariffs": (FreeTrade, Tariffs),
    "rents": (LocalRents, Portfolio),
    "transfers": (NoTransfers, Transfers),
    "capital": (NoCapital, Capital),
    "government": (NoGovernment, Budgets),
    "housing": (NoHomes, Homes),
    "people": (Stay, FreeMobility, HukouGroups, Commuting),
    "ecology": (NoLimit, Capacity),
    "productivity": (Density, Neighbourhood),
    "worth": (Amenity, Congestion),
}
MANY = ("productivity", "worth")


@jax.tree_util.register_dataclass
@dataclass(frozen=True, eq=False)
class Model:
    """A frozen record with one choice for each slot. It equals itself only: solvers keep what they prepared for it."""

    trade: Any
    production: Any
    inputs: Any
    demand: Any
    tariffs: Any
    rents: Any
    transfers: Any
    capital: Any
    government: Any
    housing: Any
    people: Any
    ecology: Any
    productivity: tuple[Any, ...]
    worth: tuple[Any, ...]

    @property
    def parts(self) -> dict[str, Any]:
        """What fills each slot."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def solves_for_prices(self) -> bool:
        """Whether prices are unknowns: they are where inputs make them their own cause."""
        return isinstance(self.inputs, Inputs)

    @property
    def solves_for_spending(self) -> bool:
        """Whether spending is an unknown: it is where inputs or tariffs make it its own cause."""
        return isinstance(self.tariffs, Tariffs) or (self.solves_for_prices and not self.people.by_sector)

    @property
    def labour_share_nj(self) -> Any:
        """Share of labour in value added."""
        return 1 - self.production.structures_share_nj - self.capital.capital_share_nj

    @property
    def density_n(self) -> Any:
        """Elasticity of productivity to the people of a place itself; zero where density does not act."""
        return sum(block.agglomeration_elasticity_n for block in self.productivity if isinstance(block, Density))

    @property
    def crowding_n(self) -> Any:
        """Elasticity by which a place loses worth with its people; zero where nothing crowds."""
        return sum(block.congestion_elasticity_n for block in self.worth if isinstance(block, Congestion))

    @property
    def factor_shape(self) -> tuple[int, int]:
        """Shape of the cost of factors: one a region, or one a region and sector."""
        regions, sectors = self.production.value_added_nj.shape
        by_sector = self.people.by_sector or self.production.one_wage_n is not None
        return (regions, sectors if by_sector else 1)

    def factor_incomes(self, value_added_nj: Any) -> tuple[Any, Any, Any]:
        """Split value added into labour, structures and land, capital."""
        shares = (self.labour_share_nj, self.production.structures_share_nj, self.capital.capital_share_nj)
        labour, structures, capital = (share * value_added_nj for share in shares)
        return labour, structures, capital

    def earned_hat_nj(self, earned_nj: Any, capacity_nj: Any) -> Any:
        """What a unit of factors earns, in the shape of its cost."""
        if self.people.by_sector:
            return earned_nj / capacity_nj
        return earned_hat_nj(earned_nj, capacity_nj, self.production.one_wage_n)

    def factor_gap_nj(self, earned_nj: Any, value_added_nj: Any, log_factor_nj: Any) -> Any:
        """Log of what factors earn over what they cost.

        Where some regions have one cost of factors and others one for each sector, all sectors of the first are drawn
        to one target; with their own targets the fixed point would be right and its derivative singular.
        """
        if self.people.by_sector or self.production.one_wage_n is None:
            return jnp.log(self.earned_hat_nj(earned_nj, value_added_nj))
        bundles = value_added_nj * jnp.exp(-log_factor_nj)
        return jnp.log(self.earned_hat_nj(earned_nj, bundles)) - log_factor_nj


def shapes(model: Model) -> dict[str, tuple[int, ...]]:
    """Return the unknowns with their shapes, in the order of the solver's vector."""
    regions, sectors = model.production.value_added_nj.shape
    goods = {"log_factor_nj": model.factor_shape}
    if model.solves_for_prices:
        goods["log_price_nj"] = (regions, sectors)
    if model.solves_for_spending:
        goods["log_spending_nj"] = (regions, sectors)
    blocks = (model.demand, model.capital, model.government, model.people, model.ecology)
    return goods | {name: shape for block in blocks for name, shape in block.unknowns((regions, sectors)).items()}


def pack(unknown: dict[str, Any], model: Model) -> Array:
    """Put named unknowns into the solver's vector."""
    return jnp.concatenate([unknown[name].reshape(-1) for name in shapes(model)])


def unpack(flat: Any, model: Model) -> dict[str, Any]:
    """Cut the solver's vector into named unknowns."""
    named = shapes(model)
    ends = list(accumulate(prod(shape) for shape in named.values()))
    parts = jnp.split(flat, ends[:-1])
    return {name: part.reshape(shape) for (name, shape), part in zip(named.items(), parts, strict=True)}
