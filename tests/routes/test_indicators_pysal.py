"""Two routes to one number: ours and PySAL's, where it has the indicator."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from hinterland import indicators

# Third-party imports warn about their own futures; ours stay errors.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    esda_moran = pytest.importorskip("esda.moran")
    weights = pytest.importorskip("libpysal.weights")
    gini_module = pytest.importorskip("inequality.gini")
    theil_module = pytest.importorskip("inequality.theil")

RANDOM = np.random.default_rng(20261124)
INCOME = RANDOM.lognormal(sigma=0.6, size=31)
PEOPLE = RANDOM.integers(1, 9, size=31)
GROUP = RANDOM.integers(0, 4, size=31)


def test_gini_of_people_is_pysals_on_every_person():
    everyone = np.repeat(INCOME, PEOPLE)
    assert indicators.gini(INCOME, PEOPLE) == pytest.approx(gini_module.Gini(everyone).g, rel=1e-12)


def test_theil_of_people_is_pysals_on_every_person():
    everyone = np.repeat(INCOME, PEOPLE)
    assert indicators.theil(INCOME, PEOPLE) == pytest.approx(theil_module.Theil(everyone).T, rel=1e-10)


def test_theil_between_and_within_are_pysals():
    split = theil_module.TheilD(np.repeat(INCOME, PEOPLE), np.repeat(GROUP, PEOPLE))
    within, between = indicators.theil_within_between(INCOME, PEOPLE, GROUP)
    assert between == pytest.approx(float(np.squeeze(split.bg)), rel=1e-10)
    assert within == pytest.approx(float(np.squeeze(split.wg)), rel=1e-10)


def test_morans_i_is_pysals():
    places = RANDOM.uniform(size=(31, 2))
    distance = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    near = np.where((distance > 0) & (distance < 0.4), 1.0, 0.0)
    standard = indicators.row_standardised(near)
    table = {n: {m: standard[n, m] for m in np.flatnonzero(near[n])} for n in range(31)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pysal = esda_moran.Moran(
            INCOME,
            weights.W({n: list(row) for n, row in table.items()}, {n: list(row.values()) for n, row in table.items()}),
            transformation="r",
            permutations=0,
        )
    assert indicators.morans_i(INCOME, standard) == pytest.approx(pysal.I, rel=1e-10)
