"""Commuting, trade and homes in 401 German counties: a border for goods between East and West."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.commuting import Commuting, CommutingParameters
from hinterland.published.figure import Figure, read_arrays
from hinterland.solve.commuting import invert_productivity, solve

INPUTS = ("w_n", "v_n", "L_n", "R_n", "lambda_ni", "d_ni", "is_east", "alpha", "epsilon", "delta", "sigma", "nu")
BORDER = 1000.0
HATS = {
    "trade_what": "wage_hat_n",
    "trade_vhat": "residents_income_hat_n",
    "trade_qhat": "rent_hat_n",
    "trade_phat": "price_hat_n",
    "trade_rhat": "residents_hat_n",
    "trade_lhat": "workers_hat_n",
}
STOPS = 5e-4  # the reference stops at a step of 1e-4
INVERSION_STOPS = 1e-7  # the reference's wage bills equal sales to 2.7e-8


def build(given: dict[str, FloatArray]) -> tuple[Commuting, FloatArray]:
    """Return the base year and the productivity that rationalises it."""
    theta = float(given["sigma"]) - 1
    productivity, share = invert_productivity(
        given["w_n"], given["L_n"], given["v_n"] * given["R_n"], given["d_ni"], theta, float(given["nu"])
    )
    scalars = [np.asarray(theta), *(given[key] for key in ("epsilon", "alpha", "nu", "delta"))]
    parameters = CommutingParameters(share, given["lambda_ni"], given["w_n"], *scalars)
    return Commuting.build(parameters, name="german-counties"), productivity


def german_counties_2018(folder: Path) -> list[Figure]:
    """Invert for productivity, then make trade across the old border prohibitive."""
    given = read_arrays(folder, "inputs.npz", INPUTS)
    reference = read_arrays(folder, "outputs_trade.npz", ("A_n", "pi_obs", "trade_What_11", *HATS))
    commuting, productivity = build(given)
    east = given["is_east"] > 0
    barrier = np.where(east[:, None] != east[None, :], BORDER, 1.0)
    outcome = solve(commuting.with_levers(trade_cost_hat_ni=barrier)).outcome
    inverted = {
        "A_n": float(np.max(np.abs(productivity - reference["A_n"]))),
        "pi_obs": float(np.max(np.abs(commuting.parameters.trade_share_ni - reference["pi_obs"].T))),
    }
    figures = [Figure(name, "1", 0.0, gap, INVERSION_STOPS, "deposit") for name, gap in inverted.items()]
    figures += [
        Figure(name, "1", 0.0, float(np.max(np.abs(getattr(outcome, ours) - reference[name]))), STOPS, "deposit")
        for name, ours in HATS.items()
    ]
    welfare = Figure("welfare", "1", float(reference["trade_What_11"]), float(outcome.welfare_hat), STOPS, "deposit")
    return [*figures, welfare]
