"""Packages split into instruments and channels: parts add up, symmetry, errors of sampling that are true."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import hinterland as hl
from hinterland.study import decompose
from hinterland.study.decompose import coalitions, sampled_shapley, shapley, split

GAINS = {"a": 1.0, "b": 2.0, "c": 4.0}


def glove(chosen: frozenset[str]) -> np.ndarray:
    """Two left gloves and a right one: a pair is worth one."""
    return np.array([float("r" in chosen and bool(chosen & {"a", "b"}))])


def test_the_glove_market_is_the_textbooks():
    shares = shapley(["a", "b", "r"], glove)
    assert [shares[part][0] for part in ("a", "b", "r")] == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_sampled_orders_add_up_and_stay_within_their_error():
    parts = [f"p{number}" for number in range(10)]
    random = np.random.default_rng(3)
    alone = dict(zip(parts, random.normal(size=10), strict=True))
    both = {pair: random.normal() for pair in itertools.combinations(parts, 2)}

    def worth(chosen: frozenset[str]) -> np.ndarray:
        pairs = sum(value for pair, value in both.items() if chosen.issuperset(pair))
        return np.array([sum(alone[part] for part in chosen) + pairs])

    # With pairs alone a part is worth its own and half of its pairs; a sampled order and its reverse give just that.
    exact = {part: alone[part] + sum(value for pair, value in both.items() if part in pair) / 2 for part in parts}
    mean, error = sampled_shapley(parts, worth)
    assert sum(mean[part][0] for part in parts) == pytest.approx(worth(frozenset(parts))[0])
    for part in parts:
        assert mean[part][0] == pytest.approx(exact[part])
        assert error[part][0] == pytest.approx(0.0, abs=1e-12)


def test_the_error_of_sampling_is_no_smaller_than_what_is_missed():
    parts = [f"p{number}" for number in range(9)]

    def worth(chosen: frozenset[str]) -> np.ndarray:
        return np.array([float({"p0", "p1", "p2"} <= chosen)])  # a triple: exact shares are a third each

    mean, error = sampled_shapley(parts, worth)
    for part in parts:
        true = 1 / 3 if part in ("p0", "p1", "p2") else 0.0
        assert abs(mean[part][0] - true) <= 4 * error[part][0] + 1e-12
    assert max(error[part][0] for part in parts) > 0


def triple(parts: list[str]) -> dict[frozenset[str], dict[str, float]]:
    """Each part is worth one, and three of them together one more."""
    return {chosen: {"x": float(len(chosen)) + float({"p0", "p1", "p2"} <= chosen)} for chosen in coalitions(parts)}


def test_more_than_eight_parts_are_sampled_and_say_so(monkeypatch):
    parts = [f"p{number}" for number in range(9)]
    table = split(
        parts, {chosen: {"x": float(len(chosen)) + float({"p0", "p1", "p2"} <= chosen)} for chosen in coalitions(parts)}
    )
    assert table.loc["total", "x"] == 10.0
    assert table["x"].drop("total").sum() == pytest.approx(10.0)
    assert (table.loc[["p0", "p1", "p2"], decompose.ERROR] > 0).all()
    monkeypatch.setattr(decompose, "EXACT", 9)
    exact = split(
        parts, {chosen: {"x": float(len(chosen)) + float({"p0", "p1", "p2"} <= chosen)} for chosen in coalitions(parts)}
    )
    assert exact.loc["p0", "x"] == pytest.approx(4 / 3)
    assert (exact[decompose.ERROR] == 0).all()


@pytest.fixture(scope="module")
def result() -> hl.Result:
    kinds = hl.policies
    reforms = kinds.HukouReform(access=0.0, cut=0.185), kinds.MarketReform()
    return hl.run(hl.Scenario("china-2020", [*reforms, kinds.IndustrialBase()]))


def test_instruments_and_channels_add_up_to_the_same_total(result: hl.Result):
    instruments, channels = result.decomposition, result.channels
    total = instruments.loc["total"]
    for table in (instruments, channels):
        np.testing.assert_allclose(table.drop("total").sum(), total, atol=1e-9)
    np.testing.assert_allclose(channels.loc["total"], total, atol=1e-9)
    assert set(channels.index) == {
        "industry_transfer",
        "market_access",
        "financing",
        "in_situ_urbanization",
        "congestion",
        "agglomeration",
        "total",
    }


def test_each_channel_carries_the_instrument_that_writes_it(result: hl.Result):
    """Towns grow by the in-situ channel, output by trade and industry; scarce homes take from what towns gain."""
    channels = result.channels
    assert channels["urbanization_rate"].drop("total").idxmax() == "in_situ_urbanization"
    assert channels.loc["market_access", "real_gdp"] > 0
    assert channels.loc["agglomeration", "real_gdp"] > 0
    assert channels.loc["congestion", "urbanization_rate"] < 0


def test_access_to_services_is_a_channel_beside_what_else_moving_costs():
    reform = hl.policies.HukouReform(access=0.5, cut=0.1)
    channels = hl.run(hl.Scenario("china-2020", [reform])).channels
    assert {"public_services", "in_situ_urbanization"} < set(channels.index)
    assert (channels.loc[["public_services", "in_situ_urbanization"], "urbanization_rate"] > 0).all()


def test_a_scenario_without_policies_is_told_and_not_split():
    empty = hl.Scenario("china-2000", [])
    table = hl.run(empty).decomposition
    assert list(table.index) == ["total"]
    assert table.loc["total", "real_gdp"] == 0.0
