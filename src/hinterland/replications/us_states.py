"""Caliendo, Parro, Rossi-Hansberg and Sarte (2018): 50 US states, 26 sectors, 2007; labour moves freely."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.replications.figure import Figure, read_arrays
from hinterland.solve.world import solve
from hinterland.world.world import World

INPUTS = ("xbilat", "L_j_n", "IO", "gamma", "B", "alphas", "io", "T")
CALIFORNIA = 4  # states stand in alphabetical order


def build(given: dict[str, FloatArray]) -> World:
    """Return the states of 2007: structures fixed, part of their rents in a portfolio that all workers share alike.

    Trade between states does not balance in the data; the world starts from the shares and balances it.
    """
    sectors, count = given["gamma"].shape
    flow_jni = given["xbilat"].reshape(sectors, count, count)
    share = (flow_jni / flow_jni.sum(axis=2, keepdims=True)).transpose(1, 2, 0)
    added_share = given["gamma"].T
    people = given["L_j_n"].sum(axis=0)
    inputs = given["IO"] / given["IO"].sum(axis=0)  # printed to four digits
    return World.build(
        share,
        added_share * flow_jni.sum(axis=1).T,
        1 / given["T"].ravel(),
        name="us-states-2018",
        balance="solve",
        value_added_share_nj=added_share,
        input_share_nkj=inputs[None] * (1 - added_share)[:, None, :],
        final_share_nj=given["alphas"].T,
        structures_share_nj=np.repeat(given["B"].reshape(-1, 1), sectors, axis=1),
        contribution_share_n=given["io"].ravel(),
        portfolio_share_n=people / people.sum(),
        people_n=people,
        zone_n=np.ones(count),
    )


def us_states_2018(folder: Path) -> list[Figure]:
    """Raise California's productivity by 10 %: no published output is at hand, so the conditions are the claim."""
    world = build(read_arrays(folder, "inputs.npz", INPUTS))
    before = solve(world)
    hat = np.ones_like(world.model.production.value_added_nj)
    hat[CALIFORNIA] = 1.1
    after = solve(world.with_levers(productivity_hat_nj=hat))
    spread = float(np.ptp(after.outcome.utility_n))
    people_n = world.model.people.people_n
    people = float((after.outcome.people_hat_n * people_n).sum() / people_n.sum())
    return [
        Figure(
            "largest residual", "1", 0.0, max(before.certificate.worst, after.certificate.worst), 1e-10, "conditions"
        ),
        Figure("spread of utility", "1", 0.0, spread, 1e-10, "conditions"),
        Figure("people", "1", 1.0, people, 1e-12, "conditions"),
    ]
