"""Cost changes that bring a stated number: Newton's method finds what bisection finds, in a tenth of the looks."""

from __future__ import annotations

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy import choice

AGREE = 1e-9


@pytest.fixture(scope="module")
def china() -> hl.Economy:
    return hl.load("china-2020")


def bisected(economy, to_gc, movers_g):
    """By halving, as slowly as surely: first costs of arriving fall, then those of staying rise."""
    wanted_g = movers_g / economy.group_size_g
    target_g = wanted_g + (economy.migration_share_gc * to_gc).sum(axis=1)
    moving = (wanted_g > 0)[:, None]

    def missing(hat_gc):
        return target_g - (choice.share_gc(economy, hat_gc) * to_gc).sum(axis=1)

    def halved(hat_at):
        low, high = np.zeros(len(wanted_g)), np.full(len(wanted_g), choice.DEEPEST)
        for _ in range(60):
            middle = (low + high) / 2
            more = missing(hat_at(middle)) > 0
            low, high = np.where(more, middle, low), np.where(more, high, middle)
        return (low + high) / 2

    def pulled(log_g):
        return np.where(moving, np.exp(-log_g[:, None] * to_gc), 1.0)

    return pulled(halved(pulled))


@pytest.mark.parametrize(
    ("share", "leave", "to"),
    [
        (0.0003, ["Ningxia"], ["Ningxia"]),
        (0.01, ["Guizhou", "Yunnan"], ["Guizhou"]),
        (0.2, ["Gansu"], ["Gansu", "Shaanxi"]),
        (0.6, ["Qinghai"], ["Qinghai"]),
        (0.9, ["Ningxia"], ["Beijing"]),
    ],
)
def test_newton_finds_what_bisection_finds(china, share, leave, to, monkeypatch):
    cells = china.cells
    of = {name: china.region(name) for name in (*leave, *to)}
    leaving_g = np.isin(cells.home_g, [of[name] for name in leave]) & china.rural_g
    movers_g = share * china.group_size_g * leaving_g * (china.migration_share_gc * cells.at_home_gc).sum(axis=1)
    towns = leaving_g[:, None] * (china.town_c * np.isin(cells.index_c[0], [of[name] for name in to]))[None, :]
    given = (china, towns, movers_g)
    seen = []
    weight = choice.share_and_slope_g
    monkeypatch.setattr(choice, "share_and_slope_g", lambda *asked: seen.append(1) or weight(*asked))
    np.testing.assert_allclose(choice.cost_hat_for(*given), bisected(*given), rtol=AGREE)
    assert len(seen) <= 40


def test_the_slope_is_that_of_a_difference(china):
    random = np.random.default_rng(0)
    shape = china.migration_share_gc.shape
    hat, slope = random.lognormal(sigma=0.3, size=shape), random.normal(size=shape)
    to = (random.uniform(size=shape) < 0.3).astype(float)
    share, rise = choice.share_and_slope_g(china, hat, slope, to)
    np.testing.assert_allclose(share, (choice.share_gc(china, hat) * to).sum(axis=1), rtol=1e-12)
    tiny = 1e-6
    above, below = (choice.share_and_slope_g(china, hat * np.exp(step * slope), slope, to)[0] for step in (tiny, -tiny))
    np.testing.assert_allclose(rise, (above - below) / (2 * tiny), rtol=1e-6, atol=1e-9)
