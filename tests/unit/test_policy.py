"""What policies write, checked by hand for one province."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from tests.own import without_services

import hinterland as hl
from hinterland import schema
from hinterland.data import network
from hinterland.data.figures import assumption
from hinterland.data.ports import find_port, ports
from hinterland.economy import accounts, choice
from hinterland.policy.combine import RULES, combined, floored

ONLY_SICHUAN = {"to": ["Sichuan"]}


def changed(hat: np.ndarray) -> set[int]:
    """The regions (first axis) in which a hat is not one."""
    return {int(n) for n in np.argwhere(hat != 1)[:, 0]}


# Wedges


def test_a_tax_incentive_by_hand(today, sichuan):
    """A statutory rate of 25 %, 15 % for a third of profits, of which 34 % of a gross return are taxable."""
    hat = combined(
        today, [hl.policies.TaxIncentive(**ONLY_SICHUAN, rate=0.15, eligible=1 / 3)]
    ).levers.return_wedge_hat_nj
    assert schema.evidence()["tax_incentive.statutory_rate"].value == 0.25
    assert schema.evidence()["tax_incentive.taxable_share"].value == 0.34
    paid = 0.15 / 3 + 0.25 * 2 / 3
    np.testing.assert_allclose(hat[sichuan], [1, *[(1 - 0.34 * paid) / (1 - 0.34 * 0.25)] * 2], rtol=1e-15)
    assert changed(hat) == {sichuan}


def test_an_investment_subsidy_by_hand(today, sichuan):
    """A tenth of the price paid back: the user cost falls to nine tenths, in industry alone."""
    for kind in (hl.policies.InvestmentSubsidy, hl.policies.OldBaseRevitalization):
        hat = combined(today, [kind(**ONLY_SICHUAN, rate=0.1)]).levers.return_wedge_hat_nj
        np.testing.assert_allclose(hat[sichuan], [1, 1 / 0.9, 1], rtol=1e-15)
        assert changed(hat) == {sichuan}


def test_credit_support_by_hand(today, sichuan):
    """A user cost of 8 % and depreciation, two points less for half of capital."""
    hat = combined(
        today, [hl.policies.CreditSupport(**ONLY_SICHUAN, points=0.02, covered=0.5)]
    ).levers.return_wedge_hat_nj
    user_cost = 0.08 + assumption("depreciation")
    gain = user_cost / (user_cost - 0.02) - 1
    np.testing.assert_allclose(hat[sichuan], [1, 1 + gain / 2, 1 + gain / 2], rtol=1e-15)


def test_an_industrial_base_by_hand(today, sichuan):
    """Two fifths of industry in zones: its value added and returns rise by two fifths of the gain."""
    added = today.arrays["value_added_share_nj"][sichuan, 1]
    base = hl.policies.IndustrialBase(**ONLY_SICHUAN, gain=0.1, covered=0.4, wedge=0.05)
    levers = combined(today, [base]).levers
    np.testing.assert_allclose(levers.productivity_hat_nj[sichuan], [1, 1.04**added, 1], rtol=1e-14)
    np.testing.assert_allclose(levers.return_wedge_hat_nj[sichuan], [1, 1.02, 1], rtol=1e-14)


def test_an_industrial_base_without_a_wedge_needs_no_capital(china):
    """Where there are two sectors, industry is all of non-agriculture."""
    base = hl.policies.IndustrialBase(**ONLY_SICHUAN, gain=0.1, covered=1.0, wedge=0.0)
    sichuan = china.region("Sichuan")
    added = china.arrays["value_added_share_nj"][sichuan, 1]
    assert combined(china, [base]).levers.productivity_hat_nj[sichuan].tolist() == pytest.approx([1, 1.1**added])


# Productivity through a factor


def test_utilities_by_hand(today, sichuan):
    """Works double, elasticity 0.1: value added rises by 2^0.1, output per unit of input by that to its share."""
    hat = combined(
        today, [hl.policies.Utilities(**ONLY_SICHUAN, increase=1.0, elasticity=0.1)]
    ).levers.productivity_hat_nj
    added = today.arrays["value_added_share_nj"][sichuan]
    np.testing.assert_allclose(hat[sichuan], [1, 2 ** (0.1 * added[1]), 2 ** (0.1 * added[2])], rtol=1e-14)


def test_talent_by_hand(today, sichuan):
    """Half a year at 8 %: labour counts for e^0.04, and labour is what is left of value added by land and capital."""
    hat = combined(
        today, [hl.policies.Talent(**ONLY_SICHUAN, years=0.5, yearly_return=0.08)]
    ).levers.productivity_hat_nj
    added, land, capital = (
        today.arrays[name][sichuan] for name in ("value_added_share_nj", "structures_share_nj", "capital_share_nj")
    )
    np.testing.assert_allclose(hat[sichuan], [1, *np.exp(0.04 * added * (1 - land - capital))[1:]], rtol=1e-14)
    # What others gain and the way off the farm are off by default, and act where they are set.
    more = hl.policies.Talent(**ONLY_SICHUAN, years=0.5, externality=0.04, switching_cut=0.1)
    levers = combined(today, [more]).levers
    np.testing.assert_allclose(levers.productivity_hat_nj[sichuan, 1], hat[sichuan, 1] ** 1.5, rtol=1e-14)
    reached = np.argwhere(levers.migration_cost_hat_gc != 1)
    assert set(reached[:, 0]) == {2 * sichuan}
    assert {int(cell) for cell in reached[:, 1]} == {6 * sichuan + k for k in (1, 2, 4, 5)}


def test_land_out_of_use_by_hand(today, sichuan):
    """A tenth of the land: agriculture makes 0.9 to the power of land's share in cost of the same."""
    hat = combined(today, [hl.policies.EcologicalProtection(**ONLY_SICHUAN, closed=0.1)]).levers.productivity_hat_nj
    added, land = (today.arrays[name][sichuan, 0] for name in ("value_added_share_nj", "structures_share_nj"))
    np.testing.assert_allclose(hat[sichuan], [0.9 ** (added * land), 1, 1], rtol=1e-14)
    assert land > 0


def test_a_capacity_is_a_multiple_of_the_workers_who_are_there(today, sichuan):
    limited = combined(today, [hl.policies.EcologicalProtection(**ONLY_SICHUAN, closed=0.0, capacity=1.2)])
    workers = today.workers_c.reshape(31, -1).sum(axis=1)
    assert limited.levers.capacity_n[sichuan] == pytest.approx(1.2 * workers[sichuan], rel=1e-14)
    assert np.isinf(np.delete(limited.levers.capacity_n, sichuan)).all()


def test_poverty_alleviation_by_hand(today, sichuan):
    """A fifth of villagers gain 10 %: farm value added rises by 2 %."""
    help_ = hl.policies.PovertyAlleviation(**ONLY_SICHUAN, covered=0.2, gain=0.1)
    hat = combined(today, [help_]).levers.productivity_hat_nj
    added = today.arrays["value_added_share_nj"][sichuan, 0]
    np.testing.assert_allclose(hat[sichuan], [1.02**added, 1, 1], rtol=1e-14)


# Trade


def test_linkage_lowers_the_cost_of_selling_one_way(today, sichuan):
    link = hl.policies.IndustryLinkage(to=["Sichuan"], partners=["Shanghai"], cut=0.02)
    hat = combined(today, [link]).levers.trade_cost_hat_nij
    shanghai = today.region("Shanghai")
    np.testing.assert_allclose(hat[shanghai, sichuan], 0.98)
    assert np.count_nonzero(hat != 1) == 3


def test_market_reform_lowers_the_cost_between_and_not_inside(today, sichuan):
    hat = combined(today, [hl.policies.MarketReform(to=["Sichuan", "Chongqing"], cut=0.05)]).levers.trade_cost_hat_nij
    chongqing = today.region("Chongqing")
    np.testing.assert_allclose([hat[chongqing, sichuan], hat[sichuan, chongqing]], 0.95)
    assert np.count_nonzero(hat != 1) == 6


def test_a_cluster_lowers_trade_costs_inside_and_joins_its_towns(today, sichuan):
    cluster = combined(today, [hl.policies.CityCluster(to=["Sichuan", "Chongqing"], spillover=0.01, cut=0.02)])
    chongqing = today.region("Chongqing")
    hat, weight = cluster.levers.trade_cost_hat_nij, cluster.levers.neighbour_weight_ni
    np.testing.assert_allclose([hat[chongqing, sichuan], hat[sichuan, chongqing]], 0.98)
    towns = (today.workers_c * today.town_c).reshape(31, -1).sum(axis=1)
    expected = towns[sichuan] / (towns[sichuan] + towns[chongqing])
    assert weight[chongqing, sichuan] == weight[sichuan, sichuan] == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(weight.sum(axis=1), 1.0, atol=1e-14)
    assert cluster.levers.neighbour_elasticity_n.tolist() == [
        0.01 if n in (sichuan, chongqing) else 0.0 for n in range(34)
    ]


def test_kashgar_means_four_crossings():
    crossings = find_port("Kashgar", "here")
    assert crossings == find_port("喀什", "here")
    assert sorted(port.name for port in crossings) == sorted(["吐尔尕特", "伊尔克什坦", "卡拉苏", "红其拉甫"])
    assert {port.bloc for port in crossings} == {"CARM", "ROW"}  # Pakistan, behind Khunjerab, is in neither bloc


def test_a_port_is_no_way_off_at_home_and_its_reach_falls_with_distance(today):
    for name in ("Khorgos", "Pingxiang", "Heihe"):
        port = ports()[name][0]
        distance = port.distance_n(today.domestic_codes)
        home = today.domestic_codes.index(port.region_code)
        assert distance[home] == 0
        assert np.delete(distance, home).min() > 0
    opened = hl.policies.BorderOpening(ports=["Khorgos"], cut=0.06)
    hat = combined(today, [opened]).levers.trade_cost_hat_nij
    xinjiang, gansu, bloc = today.region("Xinjiang"), today.region("Gansu"), today.region_codes.index("CARM")
    away = ports()["Khorgos"][0].distance_n(today.domestic_codes)[gansu]
    np.testing.assert_allclose(hat[xinjiang, bloc], 0.94, rtol=1e-14)
    np.testing.assert_allclose(hat[gansu, bloc], 1 - 0.06 * np.exp(-away / 594), rtol=1e-12)
    np.testing.assert_array_equal(hat[bloc], hat[:, bloc])
    others = np.delete(hat, bloc, axis=0)
    assert (np.delete(others, bloc, axis=1) == 1).all()


def test_two_ports_reach_as_far_as_the_nearer_and_not_the_sum(today):
    both, one, other = (
        combined(today, [hl.policies.BorderOpening(ports=names)]).levers.trade_cost_hat_nij
        for names in (["Pingxiang", "Ruili"], ["Pingxiang"], ["Ruili"])
    )
    np.testing.assert_array_equal(both, np.minimum(one, other))


# Lines


def test_two_lines_are_one_network(today):
    """Each alone joins a village to nothing; together they are the way. One policy or two say the same."""
    west, east = ["Lanzhou", "Chengdu"], ["Chengdu", "Guiyang"]
    lines = [hl.policies.Transport(line=names, speed=400.0) for names in (west, east)]
    whole = combined(today, [hl.policies.Transport(line=[*west, "Guiyang"], speed=400.0)]).levers
    together = hl.apply(hl.Scenario(today, lines, closure="none")).levers
    for name in ("trade_cost_hat_nij", "migration_cost_hat_gc"):
        np.testing.assert_array_equal(getattr(together, name), getattr(whole, name))
    lanzhou, guiyang = today.region("Gansu"), today.region("Guizhou")
    alone = [combined(today, [line]).levers.trade_cost_hat_nij[lanzhou, guiyang, 1] for line in lines]
    assert whole.trade_cost_hat_nij[lanzhou, guiyang, 1] <= min(alone)
    assert (
        whole.trade_cost_hat_nij <= np.minimum(*(combined(today, [line]).levers.trade_cost_hat_nij for line in lines))
    ).all()


def test_costs_follow_times_by_hand(today):
    """Goods by freight hours and their elasticity; who works away by hours on two trips home and back."""
    line = hl.policies.Transport(line=["Lanzhou", "Chengdu"], mode="road", speed=100.0)
    levers = combined(today, [line]).levers
    gansu, sichuan = today.region("Gansu"), today.region("Sichuan")
    before, after = (network.times(2020, extra, today.domestic_codes) for extra in ((), line.links()))
    ratio = (after.freight_ni / np.maximum(before.freight_ni, 1e-9))[gansu, sichuan]
    assert ratio < 1
    freight = schema.parameters()["china-2020.freight_time_elasticity"].value
    np.testing.assert_allclose(levers.trade_cost_hat_nij[gansu, sichuan, :2], ratio**freight, rtol=1e-12)
    fast = hl.policies.Transport(line=["Lanzhou", "Chengdu"], speed=400.0)
    levers, after = combined(today, [fast]).levers, network.times(2020, fast.links(), today.domestic_codes)
    saved = (before.people_ni - after.people_ni)[gansu, sichuan]
    assert saved > 0
    away = np.exp(-4 * saved / assumption("hours_worked"))
    np.testing.assert_allclose(levers.migration_cost_hat_gc[2 * gansu, 6 * sichuan + 1], away, rtol=1e-12)


def test_a_line_is_as_long_as_its_pieces(today):
    line = hl.policies.Transport(line=["Lanzhou", "Chengdu", "Guiyang"])
    assert [(link.city_a, link.city_b) for link in line.links()] == list(pairwise(["兰州", "成都", "贵阳"]))
    km = network.link_km_n(line.links(), today.domestic_codes)
    assert km.sum() == pytest.approx(sum(link.km for link in line.links()), rel=1e-12)
    assert np.count_nonzero(km) == 3


# People


def test_in_place_reform_reaches_farm_hukou_of_the_named_province_only(china):
    reform = hl.policies.HukouReform(to=["Sichuan"], cut=0.2)
    hat = combined(china, [reform]).levers.migration_cost_hat_gc
    sichuan = 2 * china.region("510000")
    assert hat[sichuan, sichuan + 1] == pytest.approx(0.8)
    assert np.count_nonzero(hat != 1) == 1


def test_coming_home_is_weighted_by_those_who_left(china):
    reform = hl.policies.HukouReform(to=["Sichuan"], cut=0.2, moves="return_home")
    sichuan = 2 * china.region("510000")
    people = china.migration_share_gc[sichuan]
    left = 1 - people[sichuan] - people[sichuan + 1]
    hat = combined(china, [reform]).levers.migration_cost_hat_gc
    assert hat[sichuan, sichuan + 1] == pytest.approx(1 - 0.2 * left)


def test_across_reform_leaves_the_own_province_alone(china):
    hat = combined(
        china, [hl.policies.HukouReform(to=["Guangdong"], cut=0.1, moves="across")]
    ).levers.migration_cost_hat_gc
    guangdong = china.region("440000")
    blocks = hat.reshape(30, 2, 30, 2)
    assert np.all(blocks[guangdong] == 1)
    assert np.all(np.delete(blocks, guangdong, axis=2) == 1)
    assert blocks[0, 0, guangdong, 1] == pytest.approx(0.9)


@pytest.mark.parametrize("kind", [hl.policies.SmallTowns, hl.policies.TownshipMerger])
def test_cheaper_towns_reach_the_same_as_a_reform_in_place(today, kind):
    cheaper = combined(today, [kind(**ONLY_SICHUAN, cut=0.1)]).levers.migration_cost_hat_gc
    reform = combined(today, [hl.policies.HukouReform(**ONLY_SICHUAN, cut=0.1)]).levers.migration_cost_hat_gc
    np.testing.assert_array_equal(cheaper, reform)
    assert "migration_cost_hat_gc" not in kind().changes(today)  # nothing is established


def test_a_cut_of_a_cost_of_trade_never_takes_it_below_one():
    hat = floored(np.array([0.5, 0.5, 0.5, 1.5, 0.5]), np.array([4.0, 1.25, 0.8, 0.8, np.inf]))
    np.testing.assert_allclose(hat, [0.5, 0.8, 1.0, 1.5, 0.5])


def test_ecological_migration_meets_its_number_at_the_wages_of_the_base_year(today):
    """From three provinces to the towns of two: gains of share times the size of groups are the people, as workers."""
    leave, to, people = ["Ningxia", "Gansu", "Qinghai"], ["Shaanxi", "Ningxia"], 50_000.0
    moving = hl.policies.EcologicalMigration(leave=leave, to=to, people=people)
    hat = combined(today, [moving]).levers.newcomer_cost_hat_gc
    gain_gc = choice.share_gc(today, hat) - today.migration_share_gc
    places = [today.region(name) for name in to]
    towns = today.town_c & np.isin(today.cells.index_c[0], places)
    homes = [today.region(name) for name in leave]
    arrived_g = today.group_size_g * (gain_gc * towns).sum(axis=1)
    residents = accounts.residents_nr(today)[:, 0]
    workers = today.workers_c.reshape(31, 2, 3).sum(axis=2)[:, 0]
    for home in homes:
        persons = people * residents[home] / residents[homes].sum()
        expected = persons / 1e6 * workers[home] / residents[home]
        assert arrived_g[2 * home] == pytest.approx(expected, rel=1e-6)
        assert arrived_g[2 * home + 1] == pytest.approx(0.0, abs=1e-12)  # townspeople stay where they are
    untouched = np.delete(np.arange(62), [2 * home for home in homes])
    assert (hat[untouched] == 1).all()


def test_land_of_those_who_leave_is_closed_or_freed(today):
    ningxia = today.region("Ningxia")
    closed, freed = (hl.policies.EcologicalMigration(people=100_000.0, land=land) for land in ("closed", "freed"))
    assert "productivity_hat_nj" not in freed.changes(today)
    added, land = (today.arrays[name][ningxia, 0] for name in ("value_added_share_nj", "structures_share_nj"))
    left = 100_000 / (accounts.residents_nr(today)[ningxia, 0] * 1e6)
    hat = closed.changes(today)["productivity_hat_nj"]
    assert hat[ningxia, 0] == pytest.approx((1 - left) ** (added * land), rel=1e-14)
    assert changed(hat) == {ningxia}


# Homes, services


def test_a_land_quota_keeps_land_as_it_is_counted_by_urban_residents(today, sichuan):
    quota = hl.policies.LandQuota(to=["Sichuan"], giving=["Shanghai", "Beijing"], increase=0.1)
    levers = combined(today, [quota]).levers
    urban = accounts.residents_nr(today)[:, 1]
    hat = levers.homes_hat_n[:31]
    assert hat[sichuan] == pytest.approx(1.1)
    assert float(hat @ urban) == pytest.approx(urban.sum(), rel=1e-14)
    shanghai, beijing = today.region("Shanghai"), today.region("Beijing")
    assert hat[shanghai] == hat[beijing] < 1
    added, land = (today.arrays[name][sichuan] for name in ("value_added_share_nj", "structures_share_nj"))
    np.testing.assert_allclose(levers.productivity_hat_nj[sichuan], [1, *1.1 ** (added * land)[1:]], rtol=1e-14)


def test_new_quota_takes_from_nobody_and_relaxes_supply_where_it_is_given(today, sichuan):
    quota = combined(today, [hl.policies.LandQuota(**ONLY_SICHUAN, giving=[], increase=0.1, supply_elasticity=1.05)])
    assert np.delete(quota.levers.homes_hat_n, sichuan).tolist() == [1.0] * 33
    supply, before = quota.levers.housing_supply_elasticity_n, today.arrays["housing_supply_elasticity_n"]
    assert supply[sichuan] == 1.05
    np.testing.assert_array_equal(np.delete(supply, sichuan), np.delete(before, sichuan))


def test_services_make_a_place_worth_more(today, sichuan):
    """Where no account tells who is entitled to them."""
    hat = combined(
        without_services(today), [hl.policies.PublicServices(**ONLY_SICHUAN, increase=0.5, elasticity=0.2)]
    ).levers.amenity_hat_n
    assert hat[sichuan] == pytest.approx(1.5**0.2, rel=1e-14)
    assert changed(hat[:, None]) == {sichuan}


def test_a_transfer_serves_by_what_it_adds_to_services_per_head(today, sichuan):
    """Services of the base year are own taxes and the grant; people are all residents; no account tells more."""
    today = without_services(today)
    given = hl.policies.FiscalTransfer(**ONLY_SICHUAN, per_head=1000.0, elasticity=0.2)
    arrays, count = today.arrays, len(today.region_codes)
    added = arrays["value_added_nj"].sum(axis=1)
    earned = (arrays["capital_share_nj"] * arrays["value_added_nj"]).sum(axis=1)
    income = added - earned + arrays["ownership_ni"] @ earned + arrays["transfer_n"]
    domestic = np.arange(count) < 31
    grant = arrays["grant_share_n"] * (arrays["central_tax_n"] * income * domestic).sum()
    services = (arrays["local_tax_n"] * income + grant)[sichuan]
    paid = 1000 * accounts.residents_nr(today)[sichuan].sum() * 1e6 / 1e9
    hat = combined(today, [given]).levers.amenity_hat_n
    assert hat[sichuan] == pytest.approx((1 + paid / services) ** 0.2, rel=1e-12)
    assert hl.policies.FiscalTransfer(use="households").changes(today) == {}


def test_border_settlement_has_an_amenity_only_where_it_is_set(today):
    assert hl.policies.BorderSettlement().changes(today) == {}
    hat = combined(today, [hl.policies.BorderSettlement(amenity=0.05)]).levers.amenity_hat_n
    assert changed(hat[:, None]) == {today.region("Tibet")}
    assert hat[today.region("Tibet")] == 1.05


# Composition


def test_a_measured_change_of_internal_and_external_trade_make_the_whole(china):
    parts = [combined(china, [hl.policies.MeasuredChange(scope=scope)]).levers for scope in ("internal", "external")]
    whole = combined(china, [hl.policies.MeasuredChange(scope="all")]).levers
    np.testing.assert_array_equal(parts[0].trade_cost_hat_nij * parts[1].trade_cost_hat_nij, whole.trade_cost_hat_nij)


def test_policies_compose_and_leave_the_economy_as_it_was(china):
    base = hl.policies.IndustrialBase(to=["West"], gain=0.1, covered=1.0, wedge=0.0)
    twice = combined(combined(china, [base]), [base])
    sichuan = china.region("510000")
    assert twice.levers.productivity_hat_nj[sichuan, 1] == pytest.approx(
        1.21 ** china.arrays["value_added_share_nj"][sichuan, 1]
    )
    assert np.all(china.levers.productivity_hat_nj == 1)


def test_gains_multiply_and_money_adds_up(today, sichuan):
    gains = [hl.policies.Utilities(**ONLY_SICHUAN), hl.policies.Talent(**ONLY_SICHUAN)]
    both, first, second = (hl.apply(hl.Scenario(today, chosen)).levers for chosen in (gains, gains[:1], gains[1:]))
    product = first.productivity_hat_nj * second.productivity_hat_nj
    np.testing.assert_allclose(both.productivity_hat_nj, product, rtol=1e-15)
    assert both.productivity_hat_nj[sichuan, 1] > first.productivity_hat_nj[sichuan, 1]
    moved, one, other = (levers.transfer_n - today.arrays["transfer_n"] for levers in (both, first, second))
    np.testing.assert_allclose(moved, one + other, atol=1e-12)


def test_of_two_capacities_the_tighter_holds(today, sichuan):
    limits = [
        hl.policies.EcologicalProtection(to=["Sichuan"], closed=0.0, capacity=1.2),
        hl.policies.EcologicalProtection(to=["West"], closed=0.0, capacity=1.5),
    ]
    told = [limit.changes(today)["capacity_n"] for limit in limits]
    tighter = RULES["capacity_n"](*told)
    assert tighter[sichuan] == told[0][sichuan] < told[1][sichuan]
    assert tighter[today.region("Yunnan")] == told[1][today.region("Yunnan")]


def test_groups_and_names_in_either_language_mean_the_same(china):
    first, second, third = (
        combined(china, [hl.policies.IndustrialBase(to=[name], wedge=0.0)]).levers.productivity_hat_nj
        for name in ("Sichuan", "四川", "510000")
    )
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first, third)


def test_the_order_of_a_target_does_not_matter(today):
    one, other = (
        combined(today, [hl.policies.Utilities(to=names)]).levers for names in (["West", "Hebei"], ["河北", "West"])
    )
    np.testing.assert_array_equal(one.productivity_hat_nj, other.productivity_hat_nj)
