"""Two formulations of one model: exact hats from data, and levels from fundamentals.

Hats are exact around any point, so levels are hats from a guess: `levels` builds a world whose base year is a guess
with these fundamentals, and its solution is the equilibrium. `invert` goes back: fundamentals that rationalise data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, require_kind
from hinterland.labels import together
from hinterland.model.model import Model
from hinterland.world.assemble import chosen_model
from hinterland.world.check import where
from hinterland.world.circuit import base_income_n
from hinterland.world.world import World, namings

PRICE_TOLERANCE, MOST_ROUNDS = 1e-14, 10_000


class Fundamentals(NamedTuple):
    """What data come from."""

    trade_cost_nij: FloatArray  # iceberg cost, one at home
    productivity_nj: FloatArray  # at unit density
    endowment_nj: FloatArray  # bundles of factors that one unit of people would have
    people_n: FloatArray
    amenity_n: FloatArray  # with the stock of land for homes


def invert(world: World, endowment_nj: ArrayLike | None = None) -> Fundamentals:
    r"""Return the fundamentals at which the base year is an equilibrium, in closed form.

    .. math:: \tau_{nij} = \frac{P_{nj}}{P_{ij}} \left(\frac{\pi_{nij}}{\pi_{iij}}\right)^{-1/\theta_j}, \quad
              z_{ij} = \frac{\omega_{ij}^{\gamma_{ij}} \prod_k P_{ik}^{\gamma_{ikj}}}{P_{ij} L_i^{\nu_i}}
              \pi_{iij}^{1/\theta_j}, \quad \omega_{ij} = VA_{ij} / (F_{ij} L_i^{\lambda_{ij}})

    Any prices would do: they are the units of goods. These make trade costs as symmetric as the data allow, and exactly
    so where they were. Amenity makes utility that of the base year; its level has no meaning. Tariffs stay tariffs.

    Parameters
    ----------
    world : World
        Its people stay or move freely in zones.
    endowment_nj : (N, J), default ones
        Bundles of factors that one unit of people would have.

    Raises
    ------
    DataError
        Where a region buys nothing from itself, or people choose at a cost: such costs are implied by shares.

    Source
    ------
    Redding and Rossi-Hansberg (2017), section 3 [reddingrossihansberg2017]; Head and Ries (2001) [headries2001].
    Departure: prices by least squares.
    """
    require_kind(world, World, "world")
    model = world.model
    refuse_choices(model)
    share, theta_j = model.trade.trade_share_nij, model.trade.trade_elasticity_j
    own_nj = np.einsum("nnj->nj", share)
    if (own_nj <= 0).any():
        at = where((own_nj <= 0).any(axis=1), world.regions)
        raise DataError(Problem("world.no_own_trade", {"where": at}))
    price = symmetric_price_nj(share, theta_j)
    added = model.production.value_added_nj
    endowment = endowment_of(world, endowment_nj)
    people = model.people.people_n
    factor = np.asarray(model.earned_hat_nj(added, endowment * people[:, None] ** model.labour_share_nj))
    with np.errstate(divide="ignore"):
        barrier = (share / own_nj[None]) ** (-1 / theta_j) * price[:, None] / price[None]
    cost = barrier / (1 + getattr(model.tariffs, "tariff_nij", 0.0))
    log_bundle = np.asarray(model.inputs.log_unit_cost_nj(np.log(factor), np.log(price)))
    productivity = np.exp(log_bundle) / price * own_nj ** (1 / theta_j) / density_gain_nj(model, people)
    worth = real_income_n(model, model.production.base_income_n, people, consumer_price_n(model, price))
    return Fundamentals(cost, productivity, endowment, people, base_amenity_n(model) / worth)


def density_gain_nj(model: Model, people_n: FloatArray) -> Any:
    """Return what density makes of productivity, a gain in value added, (N, J)."""
    return np.exp(model.inputs.value_added_share_nj * (model.density_n * np.log(people_n))[:, None])


def endowment_of(world: World, endowment_nj: ArrayLike | None) -> FloatArray:
    """Return an endowment (N, J) aligned with a world, ones where none is given; raise where it is not positive."""
    added = world.model.production.value_added_nj
    if endowment_nj is None:
        return np.ones_like(added)
    given, _ = together({"endowment_nj": endowment_nj}, schema.index_of, world.namings)
    endowment = given["endowment_nj"]
    shape: dict[str, object] = {"name": "endowment_nj", "shape": added.shape, "found": endowment.shape}
    if endowment.shape != added.shape:
        raise DataError(Problem("world.shape", shape))
    bad = ~(np.isfinite(endowment) & (endowment > 0))
    if bad.any():
        at = where(bad.any(axis=1), world.regions)
        raise DataError(Problem("world.value", {"name": "endowment_nj", "where": at, "found": endowment[bad][0]}))
    return endowment


def implied_productivity_nj(world: World) -> FloatArray:
    r"""Return productivity over its mean by sector, weighted by value added, in domestic regions of hukou groups.

    .. math:: z_{nj} = \frac{\omega_{nj}^{\gamma_{nj}} \prod_k P_{nk}^{\gamma_{nkj}}}{P_{nj}} \pi_{nnj}^{1/\theta_j},
              \quad \omega_{nj} = VA_{nj} / (L_{nj}^{\lambda_{nj}} K_{nj}^{\zeta_{nj}})

    Prices make trade costs as symmetric as the data allow; land, which stays, is in productivity, and so are price
    levels that trade does not show. Source: as `invert`. Departure: labour and capital are those of the base year.
    """
    model, people = world.model, world.model.people
    count = people.cells.regions
    added, labour = model.production.value_added_nj[:count], np.asarray(people.labour_dj(people.people_c))
    capital = getattr(model.capital, "capital_nj", np.ones_like(model.production.value_added_nj))[:count]
    share = np.broadcast_to(model.capital.capital_share_nj, model.production.value_added_nj.shape)[:count]
    factor = added / (labour ** model.labour_share_nj[:count] * capital**share)
    price = symmetric_price_nj(model.trade.trade_share_nij, model.trade.trade_elasticity_j)
    everywhere = np.ones_like(price)
    everywhere[:count] = factor
    log_bundle = np.asarray(model.inputs.log_unit_cost_nj(np.log(everywhere), np.log(price)))[:count]
    own_nj = np.einsum("nnj->nj", model.trade.trade_share_nij)[:count]
    log_level = log_bundle - np.log(price[:count]) + np.log(own_nj) / model.trade.trade_elasticity_j
    return np.asarray(np.exp(log_level - (added * log_level).sum(axis=0) / added.sum(axis=0)))


def symmetric_price_nj(share_nij: FloatArray, theta_j: FloatArray) -> FloatArray:
    r"""Return prices at which trade costs are symmetric, by least squares over pairs that trade both ways.

    .. math:: \ln (P_{nj} / P_{ij}) = \frac{1}{2\theta_j}
              \ln \frac{\pi_{nij} \pi_{nnj}}{\pi_{inj} \pi_{iij}}
    """
    own_nj = np.einsum("nnj->nj", share_nij)
    back_nij = share_nij.transpose(1, 0, 2)
    both = (share_nij > 0) & (back_nij > 0)
    ratio = np.where(both, share_nij, 1.0) / np.where(both, back_nij, 1.0) * own_nj[:, None] / own_nj[None]
    return np.asarray(np.exp((np.where(both, np.log(ratio), 0.0) / (2 * theta_j)).sum(axis=1) / both.sum(axis=1)))


def levels(
    fundamentals: Fundamentals,
    trade_elasticity_j: ArrayLike,
    *,
    regions: Sequence[object] | None = None,
    sectors: Sequence[object] | None = None,
    name: str = "world",
    **arrays: ArrayLike,
) -> World:
    """Return a world with these fundamentals; `hl.solve` finds its equilibrium, `as_base_year` makes data of it.

    `arrays` are those of `World.build` beside trade shares, value added, people and amenity: elasticities, shares of
    cost and demand, zones, tariffs; all are aligned by label, as there. The base year is a guess: every bundle of
    factors costs one, which is the currency of transfers.
    """
    require_kind(fundamentals, Fundamentals, "fundamentals")
    of_town = fundamentals._asdict() | {"trade_elasticity_j": trade_elasticity_j}
    given, found = together(of_town | arrays, schema.index_of, namings(regions, sectors))
    cost, productivity, added, people, amenity, theta_j = (given.pop(key) for key in of_town)
    if cost.ndim != len(schema.index_of("trade_cost_nij")):
        raise DataError(Problem("world.shape", {"name": "trade_cost_nij", "shape": "(N, N, J)", "found": cost.shape}))
    added, theta_j = spread("endowment_nj", added, cost.shape), spread("trade_elasticity_j", theta_j, cost.shape)
    productivity, people = spread("productivity_nj", productivity, cost.shape), spread("people_n", people, cost.shape)
    amenity = spread("amenity_n", amenity, cost.shape)
    uniform = np.full_like(cost, 1 / cost.shape[1])
    guess = chosen_model(
        given | {"trade_share_nij": uniform, "value_added_nj": added, "trade_elasticity_j": theta_j, "people_n": people}
    )
    refuse_choices(guess)
    added = added * people[:, None] ** guess.labour_share_nj
    productivity = productivity * density_gain_nj(guess, people)
    share, price = prices(cost * (1 + given.get("tariff_nij", 0.0)), productivity, guess)
    guess = replace(guess, production=guess.production._replace(value_added_nj=added))
    guess = replace(guess, trade=guess.trade._replace(trade_share_nij=share))
    income = base_income_n(guess)
    worth = real_income_n(guess, income, people, consumer_price_n(guess, price))
    rest: dict[str, Any] = given | {"people_n": people, "amenity_n": amenity * worth}
    rest |= {"regions": found.get("region"), "sectors": found.get("sector"), "name": name}
    return World.build(share, added, theta_j, **rest, balance="solve")


def spread(name: str, value: FloatArray, lengths: tuple[int, ...]) -> FloatArray:
    """Return an array in the shape of its name, one number spread over it; raise where it has another shape."""
    length = dict(zip("nij", lengths, strict=True))
    shape = tuple(length[letter] for letter in schema.index_of(name))
    if value.shape not in ((), shape):
        raise DataError(Problem("world.shape", {"name": name, "shape": shape, "found": value.shape}))
    return np.array(np.broadcast_to(value, shape))


def refuse_choices(model: Model) -> None:
    """Raise where people choose at a cost, by which their shares are rationalised and not by amenity."""
    if not hasattr(model.people, "people_n") or model.people.by_sector or hasattr(model.people, "commuting_share_ni"):
        raise DataError(Problem("world.no_levels", {"block": type(model.people).__name__}))


def prices(cost_nij: FloatArray, productivity_nj: FloatArray, model: Model) -> tuple[FloatArray, FloatArray]:
    """Return trade shares and prices (N, J) where every bundle of factors costs one: a contraction, inputs inside."""
    theta_j = model.trade.trade_elasticity_j
    kernel, inputs = cost_nij**-theta_j, getattr(model.inputs, "input_share_nkj", None)
    price = np.ones_like(productivity_nj)
    for _ in range(MOST_ROUNDS):
        bundle = 1.0 if inputs is None else np.exp(np.einsum("nkj,nk->nj", inputs, np.log(price)))
        weight = kernel * (bundle / productivity_nj) ** -theta_j
        new = weight.sum(axis=1) ** (-1 / theta_j)
        gap = np.max(np.abs(new / price - 1))
        price = new
        if gap < PRICE_TOLERANCE:
            break
    return weight / weight.sum(axis=1, keepdims=True), price


def consumer_price_n(model: Model, price_nj: FloatArray) -> FloatArray:
    """Return the Cobb-Douglas price of final spending; other demand has no level, only changes."""
    if not hasattr(model.demand, "final_share_nj") or hasattr(model.demand, "substitution_elasticity"):
        raise DataError(Problem("world.no_levels", {"block": type(model.demand).__name__}))
    return np.asarray(np.exp((model.demand.final_share_nj * np.log(price_nj)).sum(axis=1)))


def real_income_n(model: Model, income_n: FloatArray, people_n: FloatArray, price_n: FloatArray) -> FloatArray:
    """Return real income per head with homes in its price, less congestion: the worth of a place without amenity."""
    log_living = model.housing.log_living_cost_n(
        np.log(price_n), model.housing.log_rent_n(np.log(income_n), np.log(price_n))
    )
    return np.asarray(income_n / people_n ** (1 + model.crowding_n) / np.exp(log_living))


def base_amenity_n(model: Model) -> FloatArray:
    """Return what the base year says that each place is worth."""
    return np.asarray(
        np.prod([block.amenity_n for block in model.worth if hasattr(block, "amenity_n")] or [1.0], axis=0)
    )
