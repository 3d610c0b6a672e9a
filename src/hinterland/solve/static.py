"""Solve an economy whose people move by hukou group: its setting of the model, and its outcome in its own terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.regions import label
from hinterland.economy import Economy, Levers
from hinterland.model import levers as model_levers
from hinterland.model.model import Model
from hinterland.model.model import Outcome as WorldOutcome
from hinterland.solve import world
from hinterland.solve.status import Certificate
from hinterland.world import World, chosen_model

TOLERANCE = 2e-13
MOST_MODELS = 16


class Outcome(NamedTuple):
    """Changes from the base year; nominal hats over the foreign wage."""

    wage_hat_nj: Any
    price_hat_nj: Any
    labour_hat_nj: Any
    revenue_nj: Any
    spending_nj: Any
    real_income_hat_nj: Any  # (D, J)
    rebate_g: Any
    migration_share_gc: Any
    welfare_hat_g: Any


@dataclass(frozen=True)
class Equilibrium:
    """Labelled changes from the base year, with their certificate."""

    economy: Economy
    outcome: Outcome
    certificate: Certificate
    solved: world.WorldEquilibrium

    @property
    def welfare_hat_g(self) -> FloatArray:
        """Change of each hukou group's expected utility."""
        return np.asarray(self.outcome.welfare_hat_g)

    @cached_property
    def trade_share_nij(self) -> FloatArray:
        """Shares of spending by destination, origin and sector."""
        return self.solved.trade_share_nij


def model_of(economy: Economy) -> Model:
    """Return the economy's setting of the model.

    Labour of each domestic sector comes by migration; the foreign region, last, has one wage. Land of a sector, for
    production and for homes, belongs to those who stay in it.
    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
    """
    par = economy.elasticities
    regions, sectors = len(economy.region_codes), len(economy.sectors)
    added_j = par.labour_share_j + par.land_share_j
    shape = (regions, sectors)
    inputs_kj = ((1 - added_j)[:, None] * par.input_share_jk).T
    return chosen_model(
        {
            "trade_share_nij": economy.trade_share_nij,
            "trade_elasticity_j": np.full(sectors, par.trade_elasticity),
            "value_added_nj": added_j * economy.revenue_nj,
            "value_added_share_nj": np.broadcast_to(added_j, shape),
            "input_share_nkj": np.broadcast_to(inputs_kj, (regions, sectors, sectors)),
            "structures_share_nj": np.broadcast_to(par.land_share_j / added_j, shape),
            "final_share_nj": np.broadcast_to(par.final_share_j, shape),
            "goods_share_n": np.full(regions, par.goods_share),
            "migration_share_gc": economy.migration_share_gc,
            "group_size_g": economy.group_size_g,
            "migration_elasticity": np.asarray(par.migration_elasticity),
        }
    )


_MODELS: dict[bytes, Model] = {}


def world_of(economy: Economy) -> World:
    """Return the economy as a world. Models are kept by the content of the base year, so that solvers know them."""
    arrays = [economy.trade_share_nij, economy.workers_nj, economy.migration_share_gc, *economy.elasticities]
    key = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
    if key not in _MODELS:
        while len(_MODELS) >= MOST_MODELS:
            del _MODELS[next(iter(_MODELS))]
        _MODELS[key] = model_of(economy)
    places = tuple(label(code) for code in economy.region_codes)
    levers = model_levers.Levers(**economy.levers._asdict())
    return World(places, economy.sectors, _MODELS[key], levers, economy.name)


def outcome_of(economy: Economy, solved: WorldOutcome) -> Outcome:
    """Tell the model's outcome in the economy's terms: the foreign wage is the numeraire, revenue in its income."""
    domestic, wage = len(economy.domestic_codes), solved.wage_hat_nj[-1, 0]
    return Outcome(
        solved.wage_hat_nj / wage,
        solved.price_hat_nj / wage,
        solved.labour_hat_nj,
        solved.revenue_nj / wage,
        solved.spending_nj / wage,
        solved.real_income_hat_c.reshape(domestic, -1),
        solved.rebate_g,
        solved.migration_share_gc,
        solved.welfare_hat_g,
    )


def solve(economy: Economy, tolerance: float = TOLERANCE) -> Equilibrium:
    """Solve the static equilibrium in exact hats; raise NotSolvedError where no solution is found."""
    solved = world.solve(world_of(economy), tolerance)
    return Equilibrium(economy, outcome_of(economy, solved.outcome), solved.certificate, solved)


def response(economy: Economy) -> Callable[[Levers], Outcome]:
    """Return the outcome as a function of the economy's levers that `jax.grad` passes through."""
    solved = world.response(world_of(economy))

    def outcome(levers: Levers) -> Outcome:
        return outcome_of(economy, solved(model_levers.Levers(**levers._asdict())))

    return outcome
