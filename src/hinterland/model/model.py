"""The model: one choice for each slot, put together once. Every published model is a setting of it.

Unknowns are logs of changes, spending in levels. Data pass through the slots in MODEL's order. Nominal values are
homogeneous: the world's value added is the numeraire. One market is redundant by Walras's law and reported.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import accumulate
from math import prod
from typing import Any, NamedTuple

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
from hinterland.model.levers import Levers
from hinterland.model.mobility import HukouGroups
from hinterland.model.people import FreeMobility, Market, Stay
from hinterland.model.production import Inputs, NoInputs, Production, earned_hat_nj, log_capacity_hat_nj
from hinterland.model.tariffs import FreeTrade, Tariffs
from hinterland.model.trade import Trade, kernel_jni, log_price_nj, market_nj, sold_nj, strength_nj

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


class Outcome(NamedTuple):
    """Everything that follows from the unknowns; what blocks add is read by its name."""

    factor_hat_nj: Any  # cost of a unit of factors
    wage_hat_nj: Any
    price_hat_nj: Any
    labour_hat_nj: Any
    people_hat_n: Any
    dense_hat_n: Any  # of those whose density raises productivity
    strength_nj: Any  # competitiveness of an origin: unit cost to the power -theta
    market_nj: Any  # of all origins in a market
    spending_nj: Any
    final_nj: Any  # spending that is no input
    revenue_nj: Any
    value_added_nj: Any  # what factors cost; by sector only where they are fixed in sectors
    earned_nj: Any  # value added by sector, of what is sold
    tariff_revenue_n: Any
    income_n: Any
    price_hat_n: Any  # of final spending on goods
    utility_n: Any
    blocks: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        blocks = object.__getattribute__(self, "blocks")
        if name not in blocks:
            raise AttributeError(name)
        return blocks[name]


class Residuals(NamedTuple):
    """Log gaps of every condition, by unknown; zero in equilibrium. `walras` is the market left out."""

    by_unknown: dict[str, Any]
    walras: Any
    numeraire: Any


class Kernels(NamedTuple):
    """What levers make of base-year shares: the same at every step."""

    kernel_jni: Any
    net_kernel_jni: Any  # what reaches the seller
    people: Any


def shapes(model: Model) -> dict[str, tuple[int, ...]]:
    """Return the unknowns with their shapes, in the order of the solver's vector."""
    regions, sectors = model.production.value_added_nj.shape
    goods = {"factor_nj": model.factor_shape}
    if model.solves_for_prices:
        goods["price_nj"] = (regions, sectors)
    if model.solves_for_spending:
        goods["spending_nj"] = (regions, sectors)
    blocks = (model.demand, model.capital, model.government, model.people, model.ecology)
    return goods | {name: shape for block in blocks for name, shape in block.unknowns((regions, sectors)).items()}


def kernels(model: Model, levers: Levers) -> Kernels:
    """Return the kernels of a counterfactual."""
    theta_j = model.trade.trade_elasticity_j
    kernel = kernel_jni(model.trade.trade_share_nij, model.tariffs.barrier_hat_nij(levers), theta_j)
    added, count = model.production.value_added_nj, model.production.value_added_nj.shape[0]
    labour, structures, _ = factor_incomes(model, added)
    base = Market(labour, structures, model.production.base_income_n, jnp.zeros(count), jnp.zeros(count))
    return Kernels(kernel, model.tariffs.net(kernel, levers), model.people.kernel(levers, model.housing, base))


def factor_incomes(model: Model, value_added_nj: Any) -> tuple[Any, Any, Any]:
    """Split value added into labour, structures and land, capital."""
    shares = (model.labour_share_nj, model.production.structures_share_nj, model.capital.capital_share_nj)
    labour, structures, capital = (share * value_added_nj for share in shares)
    return labour, structures, capital


def evaluate(unknown: dict[str, Any], model: Model, levers: Levers, given: Kernels) -> tuple[Outcome, Residuals]:
    """Pass through the slots once, in MODEL's order."""
    log_kept = model.government.log_kept_n(levers)
    housing = model.housing.met(levers, log_kept)
    production, theta_j = model.production, model.trade.trade_elasticity_j
    shape = production.value_added_nj.shape
    log_labour, log_people, log_dense = model.people.located(unknown)
    log_capital = model.capital.log_stock_nj(unknown)

    log_productivity = log_or_zero(levers.productivity_hat_nj)
    if model.productivity:
        log_productivity += sum(block.log_gain_n(log_dense) for block in model.productivity)[:, None]
    log_factor, log_price = unknown["factor_nj"], unknown.get("price_nj")
    log_cost = jnp.broadcast_to(model.inputs.log_unit_cost_nj(log_factor, log_price) - log_productivity, shape)
    strength = strength_nj(log_cost, theta_j)
    market = market_nj(given.kernel_jni, strength)
    log_price_implied = log_price_nj(market, theta_j)
    log_price = log_price_implied if log_price is None else log_price
    log_consumer = model.demand.log_consumer_price_n(unknown, log_price)

    log_bundles = log_capacity_hat_nj(log_labour, model.labour_share_nj, log_capital, model.capital.capital_share_nj)
    value_added = production.value_added_nj * jnp.exp(log_factor + log_bundles)
    labour_income, land_income, capital_income = factor_incomes(model, value_added)
    log_worth = (
        sum(block.log_worth_n(log_people) for block in model.worth)
        + log_or_zero(levers.amenity_hat_n)
        + log_kept
        + model.government.log_worth_n(unknown)
        + model.ecology.log_worth_n(unknown)
    )
    place = Market(labour_income, land_income, None, log_consumer, log_worth)
    income = (
        model.people.at_home_n(labour_income.sum(axis=1), unknown, given.people, housing, place)
        + (land_income + capital_income).sum(axis=1)
        + model.rents.given_n(land_income.sum(axis=1), jnp.exp(log_people))
        + model.capital.received_n(capital_income)
        + model.transfers.received_n(levers)
    )

    if model.solves_for_spending:
        spending = jnp.exp(unknown["spending_nj"])
        net_market = market if given.net_kernel_jni is given.kernel_jni else market_nj(given.net_kernel_jni, strength)
        tariffs = model.tariffs.revenue_n(spending, market, net_market)
        revenue = sold_nj(given.net_kernel_jni, strength, market, spending)
        bought = model.inputs.bought_nj(revenue)
    else:
        tariffs = 0.0
        bought = model.inputs.bought_nj(model.inputs.revenue_nj(value_added))
    income += tariffs
    final = model.demand.share_nj(unknown, log_price) * model.government.spent_n(income, levers)[:, None]
    if not model.solves_for_spending:
        spending = final + bought
        revenue = sold_nj(given.net_kernel_jni, strength, market, spending)
    earned = model.inputs.earned_nj(revenue)
    walras = jnp.log(earned.sum() / value_added.sum())

    log_income = jnp.log(income / production.base_income_n)
    log_living = housing.log_living_cost_n(log_consumer, housing.log_rent_n(log_income, log_consumer))
    log_utility = log_worth + log_income - log_people - log_living
    place = place._replace(income_n=income)
    government_gaps, services = model.government.residuals(
        unknown, levers, income, production.base_income_n, log_consumer, log_people
    )
    people_gaps, moved = model.people.residuals(unknown, given.people, housing, place, log_utility)
    gaps = {
        "factor_nj": model.factor_gap_nj(earned, value_added, log_factor) - walras,
        "price_nj": log_price_implied - log_price,
        "spending_nj": jnp.log(final + bought) - unknown.get("spending_nj", 0.0),
        **model.demand.residuals(unknown, log_price, log_income + log_kept - log_people),
        **model.capital.residuals(unknown, model.earned_hat_nj(earned, production.value_added_nj), levers),
        **government_gaps,
        **people_gaps,
        **model.ecology.residuals(unknown, model.people.people_n, log_people, levers),
    }
    numeraire = jnp.log(value_added.sum() / production.value_added_nj.sum())
    blocks = moved | services | {name: value for name, value in unknown.items() if name in TOLD}
    outcome = Outcome(
        jnp.exp(log_factor),
        jnp.exp(log_factor + log_bundles - log_labour),
        jnp.exp(log_price),
        jnp.exp(log_labour),
        jnp.exp(log_people),
        jnp.exp(log_dense),
        strength,
        market,
        spending,
        spending - model.inputs.bought_nj(revenue),
        revenue,
        value_added,
        earned,
        tariffs,
        income,
        jnp.exp(log_consumer),
        jnp.exp(log_utility),
        blocks,
    )
    return outcome, Residuals({name: gaps[name] for name in unknown}, walras, numeraire)


TOLD = ("capital_nj", "rent_n", "workers_n", "residents_n", "consumption_n", "multiplier_n", "people_c")


def log_or_zero(hat: Any) -> Any:
    """A lever that is None changes nothing."""
    return 0.0 if hat is None else jnp.log(hat)


def pack(unknown: dict[str, Any], model: Model) -> Array:
    """Put named unknowns into the solver's vector."""
    return jnp.concatenate([unknown[name].reshape(-1) for name in shapes(model)])


def unpack(flat: Any, model: Model) -> dict[str, Any]:
    """Cut the solver's vector into named unknowns."""
    named = shapes(model)
    ends = list(accumulate(prod(shape) for shape in named.values()))
    parts = jnp.split(flat, ends[:-1])
    return {name: part.reshape(shape) for (name, shape), part in zip(named.items(), parts, strict=True)}


def step(flat: Any, model: Model, levers: Levers, given: Kernels, natural: Any) -> tuple[Array, Residuals]:
    """Return the step that `natural` makes of the residuals, and these; it brings the numeraire back as well."""
    outcome, residuals = evaluate(unpack(flat, model), model, levers, given)
    moves = dict(natural(residuals.by_unknown, model))
    weight = outcome.value_added_nj / outcome.value_added_nj.sum()
    mean = (weight * moves["factor_nj"]).sum() + residuals.numeraire
    moves["factor_nj"] = moves["factor_nj"] - mean
    return pack(moves, model), residuals
