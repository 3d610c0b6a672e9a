"""Elasticities of cost to travel time, and the speed of trains: the stored values are what the code makes."""

from __future__ import annotations

import numpy as np
import pytest

from hinterland import schema
from hinterland.base_years import access
from hinterland.data.figures import assumption


def test_the_schema_holds_what_is_estimated():
    found, entry = access.freight_time_elasticity(), schema.parameters()["china-2020.freight_time_elasticity"]
    assert found.value == pytest.approx(entry.value, abs=1e-3)
    assert f"s.e. {found.standard_error:.3f}" in entry.note
    assert f"{found.observations} pairs" in entry.note
    assert "not causal" in entry.note
    assert found.value > 5 * found.standard_error


@pytest.mark.parametrize(("in_hours", "digits"), [(False, 2), (True, 3)])
def test_changes_over_time_are_told_as_they_are_found_and_settle_nothing(in_hours: bool, digits: int):
    told = schema.evidence()["transport.moving_over_time"].en
    found = [access.moving_over_time(*years, in_hours) for years in ((2000, 2010), (2010, 2020))]
    for one in found:
        assert f"{one.value:+.{digits}f}" in told
        assert f"{one.standard_error:.{digits}f})" in told
    assert found[0].value > 0 > found[1].value


def test_a_cross_section_of_moving_is_steep():
    across = access.migration_time_elasticity()
    assert across.value > 5 * across.standard_error


def test_the_weight_of_a_pair_matters_little():
    values = [access.migration_time_elasticity(power).value for power in (0.0, 0.5, 1.0)]
    assert max(values) - min(values) < 0.05


def test_the_share_of_design_speed_is_fitted():
    fit = access.timetable_fit()
    assert fit.speed_share == pytest.approx(assumption("rail_speed_share"), abs=1e-3)
    assert fit.median_ratio == pytest.approx(1.0, abs=0.02)
    assert fit.correlation > 0.98


def problem(count: int = 60, groups: int = 5):
    random = np.random.default_rng(7)
    member = np.arange(count) % groups
    regressor, weight = random.normal(size=count), random.uniform(0.5, 2, count)
    outcome = 0.4 * regressor + member + random.normal(size=count) * 0.1
    return outcome, regressor, access.indicators(member), weight, member


def test_the_slope_by_another_route():
    """Weighted least squares with every dummy written out, and White's matrix with the usual small-sample factor."""
    outcome, regressor, effects, weight, _ = problem()
    count = len(outcome)
    found = access.slope(outcome, regressor, effects, weight, np.arange(count))
    whole = np.column_stack([regressor, effects])
    moment = np.linalg.inv(whole.T @ (weight[:, None] * whole))
    value = moment @ (whole.T @ (weight * outcome))
    score = whole * (weight * (outcome - whole @ value))[:, None]
    variance = moment @ score.T @ score @ moment * count / (count - whole.shape[1])
    assert found.value == pytest.approx(value[0], rel=1e-10)
    assert found.standard_error == pytest.approx(np.sqrt(variance[0, 0]), rel=1e-10)


def test_a_pair_counted_twice_tells_nothing_new_to_clustered_errors():
    outcome, regressor, effects, weight, _ = problem()
    single = np.arange(len(outcome))
    once = access.slope(outcome, regressor, effects, weight, single)
    doubled = [np.concatenate([value, value]) for value in (outcome, regressor, effects, weight)]
    twice = access.slope(*doubled, np.concatenate([single, single]))
    naive = access.slope(*doubled, np.arange(2 * len(single)))
    assert twice.value == pytest.approx(once.value)
    assert twice.standard_error == pytest.approx(once.standard_error, rel=0.06)  # but for the small-sample factor
    assert naive.standard_error < 0.75 * once.standard_error


def test_dependent_effects_do_no_harm():
    outcome, regressor, effects, weight, cluster = problem()
    repeated = np.hstack([effects, effects.sum(axis=1, keepdims=True)])
    assert access.slope(outcome, regressor, repeated, weight, cluster).value == pytest.approx(
        access.slope(outcome, regressor, effects, weight, cluster).value
    )
