"""Commuting, trade and homes in 401 German counties: a border for goods between East and West."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.calibrate.productivity import invert_productivity
from hinterland.replications.figure import Figure, read_arrays
from hinterland.solve.world import WorldEquilibrium, solve
from hinterland.world.world import World

INPUTS = ("w_n", "v_n", "L_n", "R_n", "lambda_ni", "d_ni", "is_east", "alpha", "epsilon", "delta", "sigma", "nu")
BORDER = 1000.0
HATS = ("trade_what", "trade_vhat", "trade_qhat", "trade_phat", "trade_rhat", "trade_lhat")
WELFARE = "trade_What_11"
STOPS = 5e-4  # the reference stops at a step of 1e-4
INVERSION_STOPS = 1e-7  # the reference's wage bills equal sales to 2.7e-8


def build(given: dict[str, FloatArray]) -> tuple[World, FloatArray]:
    """Return the base year and the productivity that rationalises it. More workers make more varieties (1/theta)."""
    theta, count = float(given["sigma"]) - 1, given["w_n"].size
    productivity, share = invert_productivity(
        given["w_n"], given["L_n"], given["v_n"] * given["R_n"], given["d_ni"], theta, float(given["nu"])
    )
    world = World.build(
        share,
        given["w_n"] * given["lambda_ni"].sum(axis=0),
        theta,
        name="german-counties-2018",
        commuting_share_ni=given["lambda_ni"],
        commuting_elasticity=given["epsilon"],
        goods_share_n=np.full(count, float(given["alpha"])),
        housing_supply_elasticity_n=np.full(count, float(given["delta"])),
        building_goods_share_n=np.zeros(count),
        agglomeration_elasticity_n=np.full(count, 1 / theta + float(given["nu"])),
    )
    return world, productivity


def hats(solved: WorldEquilibrium, wage_n: FloatArray) -> dict[str, FloatArray]:
    """Return the deposit's hats; the mean wage is its numeraire, on which nominal rents and so welfare depend."""
    outcome, residents = solved.outcome, solved.outcome.people_hat_n
    homes = solved.world.model.housing
    wage = outcome.wage_hat_nj[:, 0]
    unit = (wage * wage_n).mean() / wage_n.mean()
    income = outcome.income_n / solved.world.model.production.base_income_n
    supply = 1 / (1 + homes.housing_supply_elasticity_n)
    rent = np.exp(outcome.log_rent_n) / unit**supply
    workers = outcome.labour_hat_nj[:, 0]
    values = (wage / unit, income / residents / unit, rent, outcome.price_hat_n / unit, residents, workers)
    welfare = outcome.welfare_hat * unit ** ((1 - homes.goods_share_n[0]) * (supply[0] - 1))
    return dict(zip((*HATS, WELFARE), (*values, welfare), strict=True))


def german_counties_2018(folder: Path) -> list[Figure]:
    """Invert for productivity, then make trade across the old border prohibitive."""
    given = read_arrays(folder, "inputs.npz", INPUTS)
    reference = read_arrays(folder, "outputs_trade.npz", ("A_n", "pi_obs", WELFARE, *HATS))
    world, productivity = build(given)
    east = given["is_east"] > 0
    barrier = np.where(east[:, None] != east[None, :], BORDER, 1.0)[:, :, None]
    solved = solve(world.with_levers(trade_cost_hat_nij=barrier))
    inverted = {
        "A_n": float(np.max(np.abs(productivity - reference["A_n"]))),
        "pi_obs": float(np.max(np.abs(world.model.trade.trade_share_nij[:, :, 0] - reference["pi_obs"].T))),
    }
    figures = [Figure(name, "1", 0.0, gap, INVERSION_STOPS, "deposit") for name, gap in inverted.items()]
    ours = hats(solved, given["w_n"])
    figures += [
        Figure(name, "1", 0.0, float(np.max(np.abs(ours[name] - reference[name]))), STOPS, "deposit") for name in HATS
    ]
    return [*figures, Figure("welfare", "1", float(reference[WELFARE]), float(ours[WELFARE]), STOPS, "deposit")]
