"""Caliendo, Dvorkin and Parro (2019): the static equilibrium of 2000, 50 US states and 37 countries, 22 sectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.replications.figure import Figure, read_arrays
from hinterland.solve.world import solve
from hinterland.world.world import World

INPUTS = ("Din", "gamma", "G", "VALjn0", "VARjn0", "alphas", "io", "T")
STATES = 50  # they come first; factors are fixed in each of their sectors, a country has one wage


def build(given: dict[str, FloatArray]) -> World:
    """Return the world of 2000 without deficits."""
    sectors, count = given["gamma"].shape
    added = (given["VALjn0"] + given["VARjn0"]).T
    return World.build(
        given["Din"].reshape(sectors, count, count).transpose(1, 2, 0),
        added,
        1 / given["T"],
        name="caliendo-dvorkin-parro-2019",
        balance="solve",
        value_added_share_nj=given["gamma"].T,
        input_share_nkj=given["G"].reshape(count, sectors, sectors),
        final_share_nj=given["alphas"].T,
        structures_share_nj=given["VARjn0"].T / added,
        portfolio_share_n=given["io"],
        one_wage_n=np.where(np.arange(count) < STATES, 0.0, 1.0),
    )


def caliendo_dvorkin_parro_2019(folder: Path) -> list[Figure]:
    """Remove the deficits of 2000: factor costs, prices and spending against the deposit's tight solution."""
    reference = read_arrays(folder, "outputs_tight.npz", ("om", "phat", "Xp"))
    outcome = solve(build(read_arrays(folder, "inputs.npz", INPUTS))).outcome
    numeraire = reference["om"][0, 0] / outcome.factor_hat_nj[0, 0]
    pairs = {
        "om": (numeraire * outcome.factor_hat_nj, reference["om"].T),
        "phat": (numeraire * outcome.price_hat_nj, reference["phat"].T),
        "Xp (relative)": (numeraire * outcome.spending_nj / reference["Xp"].T, np.ones_like(outcome.spending_nj)),
    }
    return [
        Figure(name, "1", 0.0, float(np.max(np.abs(ours - theirs))), 1e-8, "deposit")
        for name, (ours, theirs) in pairs.items()
    ]
