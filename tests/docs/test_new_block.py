"""docs/decisions/0008: a block is a class with the methods of its slot, and its name in one line of SLOTS."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import hinterland as hl
from hinterland.model.levers import Levers
from hinterland.model.model import SLOTS


class Clearings(NamedTuple):
    """Thinly settled places are worth more while there is room: a made-up block of three lines."""

    clearing_elasticity_n: Any

    def log_worth_n(self, log_people_n: Any) -> Any:
        return -self.clearing_elasticity_n * log_people_n


@pytest.fixture
def with_block(monkeypatch):
    monkeypatch.setitem(SLOTS, "worth", (*SLOTS["worth"], Clearings))


def world(**arrays: Any) -> hl.World:
    share = np.array([[0.8, 0.2], [0.3, 0.7]])
    bill = np.abs(np.linalg.svd(share.T - np.eye(2))[2][-1])
    return hl.World.build(share, bill, 4.0, zone_n=np.ones(2), goods_share_n=np.full(2, 0.8), people_n=bill, **arrays)


def test_its_arrays_are_keywords_checked_at_the_door(with_block):
    assert "Clearings" in repr(world(clearing_elasticity_n=np.full(2, 0.1)))
    with pytest.raises(hl.DataError, match=r"clearing_elasticity_n.*r2"):
        world(clearing_elasticity_n=np.array([0.1, np.nan]))
    with pytest.raises(hl.DataError, match=r"clearing_elasticity_n.*r1"):  # it has no row in the schema
        world(clearing_elasticity_n=np.array([-0.1, 0.1]))


def test_it_acts_and_has_a_derivative(with_block):
    """It does what congestion does, because its formula is the same; and less people come to the better place."""
    hat = np.array([[1.1], [1.0]])
    ours, congested, plain = (
        hl.solve(world(**arrays).with_levers(productivity_hat_nj=hat)).outcome.people_hat_n
        for arrays in (
            {"clearing_elasticity_n": np.full(2, 0.1)},
            {"congestion_elasticity_n": np.full(2, 0.1)},
            {},
        )
    )
    np.testing.assert_allclose(ours, congested, rtol=1e-12)
    assert 1 < ours[0] < plain[0]

    given = world(clearing_elasticity_n=np.full(2, 0.1))
    outcome = hl.response(given)
    levers = Levers(productivity_hat_nj=jnp.asarray(hat))
    slope = jax.grad(lambda model: outcome(levers, model).people_hat_n[0])(jax.tree.map(jnp.asarray, given.model))
    assert float(slope.worth[0].clearing_elasticity_n.sum()) < 0
