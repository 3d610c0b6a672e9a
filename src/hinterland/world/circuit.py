"""The circuit of the base year, in NumPy: income is spent, spending reaches the sellers, sellers pay factors."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.model.tariffs import FreeTrade

MOST_ROUNDS, SETTLED = 500, 1e-15


class BaseCircuit(NamedTuple):
    """What residents get, what is spent, and what the factors of a region earn by what is sold."""

    income_n: FloatArray
    final_nj: FloatArray  # spending that is no input
    spending_nj: FloatArray
    earned_nj: FloatArray


def base_circuit(model: Model) -> BaseCircuit:
    """Return the circuit at the prices of the base year; linear in value added and transfers.

    Tariffs and inputs make spending its own cause: a circuit that closes geometrically.
    """
    fixed = income_before_tariffs_n(model)
    free, net = isinstance(model.tariffs, FreeTrade), model.trade.trade_share_nij
    net = net if free else net / (1 + model.tariffs.tariff_nij)
    lost_nj = 0.0 if free else 1 - net.sum(axis=1)
    inputs = getattr(model.inputs, "input_share_nkj", None)
    spending, settled = np.zeros(model.production.value_added_nj.shape), False
    for _ in range(MOST_ROUNDS if model.solves_for_spending else 1):
        income = fixed + (spending * lost_nj).sum(axis=1)
        new = final = model.government.spent_n(income, Levers())[:, None] * model.demand.final_share_nj
        if inputs is not None:
            sold = np.einsum("nij,nj->ij", net, spending)
            used = sold if model.solves_for_spending else model.inputs.revenue_nj(model.production.value_added_nj)
            new = new + np.einsum("nkj,nj->nk", inputs, used)
        settled = np.abs(new - spending).sum() <= SETTLED * np.abs(new).sum()
        spending = new
        if settled:
            break
    sold_nj = np.einsum("nij,nj->ij", net, spending)
    return BaseCircuit(income, np.asarray(final), spending, np.asarray(model.inputs.earned_nj(sold_nj)))


def income_before_tariffs_n(model: Model) -> FloatArray:
    """Return income of the base year by residence: what is earned, rents, capital, transfers."""
    labour, land, capital = model.factor_incomes(model.production.value_added_nj)
    earned, share = labour.sum(axis=1), getattr(model.people, "commuting_share_ni", None)
    with np.errstate(divide="ignore", invalid="ignore"):
        at_home = earned if share is None else share @ (earned / share.sum(axis=0))
    fixed = at_home + (land + capital).sum(axis=1) + model.rents.given_n(land.sum(axis=1), np.ones(len(earned)))
    return np.asarray(fixed + model.capital.received_n(capital) + model.transfers.received_n(Levers()))


def base_income_n(model: Model) -> FloatArray:
    """Return income of the base year by residence: what is earned, rents, capital, transfers, tariffs."""
    if isinstance(model.tariffs, FreeTrade):
        return income_before_tariffs_n(model)
    return base_circuit(model).income_n
