"""What policies write, checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

import hinterland as hl
from hinterland.policy.policy import limited_cut


def test_a_cut_is_a_share_of_the_cost_and_never_takes_it_below_one():
    np.testing.assert_allclose(limited_cut(np.array([0.5, 0.5, 0.5]), np.array([4.0, 1.25, 0.8])), [0.5, 0.8, 1.0])


def test_in_place_reform_reaches_farm_hukou_of_the_named_province_only(china):
    reform = hl.policies.HukouReform(to=["Sichuan"], cut=0.2)
    hat = reform.apply(china).levers.migration_cost_hat_gc
    sichuan = 2 * china.region("510000")
    assert hat[sichuan, sichuan + 1] == pytest.approx(0.8)
    assert np.count_nonzero(hat != 1) == 1


def test_coming_home_is_weighted_by_those_who_left(china):
    reform = hl.policies.HukouReform(to=["Sichuan"], cut=0.2, moves="return_home")
    sichuan = 2 * china.region("510000")
    people = china.migration_share_gc[sichuan]
    left = 1 - people[sichuan] - people[sichuan + 1]
    hat = reform.apply(china).levers.migration_cost_hat_gc
    assert hat[sichuan, sichuan + 1] == pytest.approx(1 - 0.2 * left)


def test_across_reform_leaves_the_own_province_alone(china):
    hat = hl.policies.HukouReform(to=["Guangdong"], cut=0.1, moves="across").apply(china).levers.migration_cost_hat_gc
    guangdong = china.region("440000")
    blocks = hat.reshape(30, 2, 30, 2)
    assert np.all(blocks[guangdong] == 1)
    assert np.all(np.delete(blocks, guangdong, axis=2) == 1)
    assert blocks[0, 0, guangdong, 1] == pytest.approx(0.9)


def test_transport_connects_groups_and_leaves_their_inside_and_the_world_alone(china):
    hat = hl.policies.Transport(regions=["East", "West"], cut=0.1).apply(china).levers.trade_cost_hat_nij
    beijing, shanghai, sichuan, henan = (china.region(code) for code in ("110000", "310000", "510000", "410000"))
    assert hat[beijing, sichuan, 1] == hat[sichuan, beijing, 0] == pytest.approx(0.9)
    assert hat[beijing, shanghai, 1] == hat[henan, sichuan, 1] == 1
    assert np.all(hat[-1] == 1)
    assert np.all(hat[:, -1] == 1)


def test_a_measured_change_of_internal_and_external_trade_make_the_whole(china):
    parts = [hl.policies.MeasuredChange(scope=scope).apply(china).levers for scope in ("internal", "external")]
    whole = hl.policies.MeasuredChange(scope="all").apply(china).levers
    np.testing.assert_array_equal(parts[0].trade_cost_hat_nij * parts[1].trade_cost_hat_nij, whole.trade_cost_hat_nij)


def test_policies_compose_and_leave_the_economy_as_it_was(china):
    base = hl.policies.IndustrialBase(to=["West"], gain=0.1)
    twice = base.apply(base.apply(china))
    sichuan = china.region("510000")
    assert twice.levers.productivity_hat_nj[sichuan, 1] == pytest.approx(1.21)
    assert np.all(china.levers.productivity_hat_nj == 1)


def test_groups_and_names_in_either_language_mean_the_same(china):
    first, second, third = (
        hl.policies.IndustrialBase(to=[name]).apply(china).levers.productivity_hat_nj
        for name in ("Sichuan", "四川", "510000")
    )
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first, third)
