"""A condition under which a world has one equilibrium only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from hinterland.model.agglomeration import Neighbourhood
from hinterland.model.model import Model
from hinterland.model.people import FreeMobility, Stay

ROUNDING = 1e-9


class Uniqueness(NamedTuple):
    """Whether a sufficient condition holds; None where none is known for these blocks."""

    holds: bool | None
    value: float | None = None  # spectral radius; at most one where the condition holds
    rule: str = "none"  # a key of the table of texts: uniqueness.<rule>
    places: object = ""  # that stand apart, where the world is in parts


def uniqueness(model: Model, levers: Any) -> Uniqueness:
    """Return the condition that is known for the blocks that are on."""
    plain = not (model.solves_for_prices or model.solves_for_spending) and levers.transfer_n is None
    neutral = (model.rents, model.transfers, model.capital, model.government, model.ecology)
    plain = plain and model.production.value_added_nj.shape[1] == 1 and all(not block._fields for block in neutral)
    if not plain or any(isinstance(block, Neighbourhood) for block in model.productivity):
        return Uniqueness(None)
    if isinstance(model.people, Stay):
        return Uniqueness(True, None, "gross_substitutes")
    if not isinstance(model.people, FreeMobility):
        return Uniqueness(None)
    alike = exponents(replace(model, housing=model.housing.now(levers)))
    if alike is None or len(set(np.asarray(model.people.zone_n).tolist())) > 1 or not np.all(model.people.zone_n > 0):
        return Uniqueness(None)
    value = spectral_radius(*alike)
    return Uniqueness(bool(value <= 1 + ROUNDING), value, "spectral_radius")


def exponents(model: Model) -> tuple[float, ...] | None:
    r"""Return theta, nu, labour's share, A_w and A_L of :math:`\ln P = A_w \ln\omega + A_L \ln L`; None: they differ.

    Free mobility makes the price of goods a function of the cost of factors and of people.
    """
    labour = 1 - model.production.structures_share_nj[:, 0]
    homes, supply = model.housing, model.housing.housing_supply_elasticity_n
    rent = (1 - homes.goods_share_n) / (1 + supply)
    built = rent * supply * getattr(homes, "building_goods_share_n", 1.0)
    keeps, price = 1 - rent, homes.goods_share_n + built
    arrays = (model.density_n, labour, keeps / price, (keeps * labour - 1 - model.crowding_n) / price)
    values = [np.broadcast_to(np.asarray(array, dtype=float), labour.shape) for array in arrays]
    if any(np.ptp(value) > ROUNDING for value in values):
        return None
    return (float(model.trade.trade_elasticity_j[0]), *(float(value[0]) for value in values))


def spectral_radius(theta: float, density: float, labour: float, on_wage: float, on_people: float) -> float:
    r"""Return the spectral radius of :math:`|\Gamma B^{-1}|` of the system in costs of factors and people.

    .. math:: \omega_i^{1+\theta} L_i^{\lambda-\nu\theta} \propto \sum_n \tau_{ni}^{-\theta} P_n^\theta \omega_n
              L_n^\lambda, \quad P_n^{-\theta} = \sum_i \tau_{ni}^{-\theta} \omega_i^{-\theta} L_i^{\nu\theta}

    At most one: a single equilibrium. The scale of prices always gives an eigenvalue of one.
    Source: Allen, Arkolakis and Li (2024), theorem 1 [allenarkolakisli2024]. Departure: none.
    """
    left = np.array([[1 + theta, labour - density * theta], [-theta * on_wage, -theta * on_people]])
    right = np.array([[1 + theta * on_wage, labour + theta * on_people], [-theta, density * theta]])
    if abs(np.linalg.det(left)) < ROUNDING:
        return float("inf")
    return float(np.max(np.abs(np.linalg.eigvals(np.abs(right @ np.linalg.inv(left))))))
