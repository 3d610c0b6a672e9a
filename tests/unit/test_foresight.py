"""Looking ahead: the recursion in changes against the same one in levels, and its limits."""

import numpy as np
import pytest
from scipy.special import logsumexp

from hinterland.model.cells import Cells
from hinterland.model.choice import Nest
from hinterland.solve.foresight import foreseen_tgc

REGIONS, PER_REGION, GROUPS, YEARS = 4, 3, 5, 40
CELLS = Cells(REGIONS, 1, 1, PER_REGION)
KAPPA, KAPPA_IN, AMONG, INSIDE, BETA = 1.5, 2.4, 0.05, 0.08, 0.92


def chosen(value_gc, outer: float, inner: float):
    """Return the shares of a nested choice of levels, and what each region offers."""
    inside_gnc = inner * value_gc.reshape(-1, REGIONS, PER_REGION)
    offer_gn = logsumexp(inside_gnc, axis=2) / inner
    between_gn = np.exp(outer * offer_gn - logsumexp(outer * offer_gn, axis=1, keepdims=True))
    within_gnc = np.exp(inside_gnc - inner * offer_gn[:, :, None])
    return (between_gn[:, :, None] * within_gnc).reshape(value_gc.shape), offer_gn.repeat(PER_REGION, axis=1)


def in_levels(worth_tgc, beta: float):
    """Return what those choose who look ahead: Bellman's equation in levels, from a last year that lasts 3,000."""
    lasts = beta * (1 - AMONG - INSIDE)
    outer, inner = KAPPA * (1 - beta * (1 - AMONG)), KAPPA_IN * (1 - lasts)
    value_gc, found = worth_tgc[-1], []
    for worth_gc in [*[worth_tgc[-1]] * 3000, *worth_tgc[::-1]]:
        _, offer_gc = chosen(value_gc, outer, inner)
        value_gc = worth_gc + lasts * value_gc + beta * INSIDE * offer_gc
        value_gc = value_gc - value_gc.mean(axis=1, keepdims=True)
        found.append(chosen(value_gc, outer, inner)[0])
    return np.stack(found[: -YEARS - 1 : -1])


@pytest.fixture
def worth_tgc():
    return np.random.default_rng(3).normal(scale=0.4, size=(YEARS, GROUPS, REGIONS * PER_REGION))


@pytest.fixture
def wanted_tgc(worth_tgc):
    return np.stack([chosen(worth_gc, KAPPA, KAPPA_IN)[0] for worth_gc in worth_tgc])


def ahead(wanted_tgc, share_gc, beta: float = BETA):
    return foreseen_tgc(wanted_tgc, share_gc, Nest(CELLS, KAPPA, KAPPA_IN), AMONG, INSIDE, beta)


def test_changes_say_what_levels_say(worth_tgc, wanted_tgc):
    base_gc = wanted_tgc[0]  # at rest those who look ahead choose as others do, so that base shares are those of a year
    steady = in_levels(np.stack([worth_tgc[0]] * YEARS), BETA)
    np.testing.assert_allclose(steady[0], base_gc, rtol=1e-10)
    np.testing.assert_allclose(ahead(wanted_tgc, base_gc), in_levels(worth_tgc, BETA), rtol=1e-9)


def test_without_patience_each_year_is_chosen_for_itself(wanted_tgc):
    np.testing.assert_allclose(ahead(wanted_tgc, wanted_tgc[7], 0.0), wanted_tgc, rtol=1e-12)


def test_the_last_year_is_chosen_as_if_nobody_looked_ahead(wanted_tgc):
    np.testing.assert_allclose(ahead(wanted_tgc, wanted_tgc[7])[-1], wanted_tgc[-1], rtol=1e-11)


def test_cells_where_nobody_was_stay_empty(wanted_tgc):
    wanted_tgc[:, :, 1] = 0.0
    wanted_tgc[:, 2, 3:6] = 0.0  # a region to which a group never went
    wanted_tgc /= wanted_tgc.sum(axis=2, keepdims=True)
    found_tgc = ahead(wanted_tgc, wanted_tgc[0])
    assert np.isfinite(found_tgc).all()
    assert (found_tgc[:, :, 1] == 0).all()
    assert (found_tgc[:, 2, 3:6] == 0).all()
    np.testing.assert_allclose(found_tgc.sum(axis=2), 1.0, rtol=1e-12)
