"""Cities, lines and the fastest way between capitals."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from tests.messages import teaches

from hinterland.data import network
from hinterland.data.figures import assumption, table
from hinterland.data.network import Link, hours_ni, link_km_n
from hinterland.data.regions import china

CODES = china().codes
AWAY = ~np.eye(len(CODES), dtype=bool)


def at(code: str) -> int:
    return CODES.index(code)


def test_the_fastest_way_on_three_cities_by_hand():
    """A to C: seven hours straight, five by way of B. D hangs on nothing."""
    none = np.inf
    direct = np.array([[none, 2, 7, none], [2, none, 3, none], [7, 3, none, none], [none, none, none, none]])
    np.testing.assert_allclose(network.between(direct, [0, 1, 2]), [[0, 2, 5], [2, 0, 3], [5, 3, 0]])
    assert np.isinf(network.between(direct, [0, 3])[0, 1])


def test_one_link_by_hand():
    """Beijing to Tianjin by the line of 2008, 350 km/h, and the fixed time."""
    hours = hours_ni(2021)[at("110000"), at("120000")]
    km = 1.2 * float(network.great_circle_km(116.42, 39.93, 117.2, 39.12))
    assert hours == pytest.approx(0.5 + km / (350 * assumption("rail_speed_share")), rel=1e-3)
    assert network.great_circle_km(0, 0, 90, 0) == pytest.approx(np.pi / 2 * 6371)


@pytest.mark.parametrize("year", [1995, 2007, 2021])
def test_hours_are_a_distance(year):
    hours = hours_ni(year)
    np.testing.assert_array_equal(hours, hours.T)
    assert (np.diag(hours) == 0).all()
    assert (hours[AWAY] > assumption("trip_hours")).all()
    assert np.isfinite(hours).all()
    detour = hours[:, :, None] + hours[None, :, :]  # n by way of k to i
    assert (hours[:, None, :] <= detour + 1e-12).all()


def test_lines_open_and_time_never_grows():
    every = [hours_ni(year) for year in range(1990, 2022)]
    assert all((later <= earlier + 1e-12).all() for earlier, later in pairwise(every))


@pytest.mark.parametrize("mode", list(network.MODES))
def test_a_new_line_never_lengthens_a_trip(mode):
    before = hours_ni(2020)
    new = network.line(["成都", "Kangding", "林芝", "Lhasa"], mode)
    after = hours_ni(2020, new)
    assert (after <= before + 1e-12).all()
    way = assumption("trip_hours") + sum(link.hours for link in new)  # faster than any way there was
    assert after[at("510000"), at("540000")] == pytest.approx(way, rel=1e-12)
    assert way < before[at("510000"), at("540000")]


def test_a_slow_line_changes_nothing_and_a_fast_one_by_hand():
    slow, fast = (Link("西安", "武汉", 780.0, speed, "hsr") for speed in (10.0, 350.0))
    np.testing.assert_array_equal(hours_ni(2020, [slow]), hours_ni(2020))
    found = hours_ni(2020, [fast])[at("610000"), at("420000")]
    assert found == pytest.approx(0.5 + 780 / (350 * assumption("rail_speed_share")))
    road = Link("西安", "武汉", 780.0, 100.0, "road")
    assert road.hours == pytest.approx(780 / 85)


def test_the_order_of_codes_is_theirs():
    chosen = ("540000", "110000", "650000")
    places = [at(code) for code in chosen]
    np.testing.assert_array_equal(hours_ni(2010, codes=chosen), hours_ni(2010)[np.ix_(places, places)])


def test_length_by_province_adds_up_to_the_line():
    line = network.line(["Xi'an", "成都", "Chongqing"], "rail")
    km = link_km_n(line)
    assert km.sum() == pytest.approx(sum(link.km for link in line))
    first, second = (link.km for link in line)
    assert km[at("610000")] == pytest.approx(first / 2)
    assert km[at("510000")] == pytest.approx((first + second) / 2)
    assert [link.speed for link in line] == [160.0, 160.0]
    assert link_km_n(line, ["610000"]) == pytest.approx([first / 2])


def test_a_city_is_found_in_either_language():
    names = ("乌鲁木齐", "乌鲁木齐市", "Urumqi", " urumqi ")
    assert {network.find_city(name).zh for name in names} == {"乌鲁木齐"}
    assert set(network.capitals()) == set(CODES)
    assert network.find_city("Chongqing").longitude == pytest.approx(106.55, abs=0.1)


NEAREST = {
    "Chengdou": ("Chengdu (成都)", "成都（Chengdu）"),
    "乌鲁木其": ("Urumqi (乌鲁木齐)", "乌鲁木齐（Urumqi）"),
    "Yulin": (
        "Yulin, Guangxi (玉林) / Yulin, Shaanxi (榆林)",
        "玉林（Yulin, Guangxi） / 榆林（Yulin, Shaanxi）",
    ),
}


@pytest.mark.parametrize("wrong", list(NEAREST))
def test_an_unknown_city_names_the_nearest(wrong):
    near, chinese = NEAREST[wrong]
    teaches(lambda: network.find_city(wrong), [wrong, near, "data show cities"], [wrong, chinese, "城市"])


def test_a_bad_line_teaches():
    teaches(lambda: network.line(["Chengdu"]), ["at least two", "Chengdu"], ["至少经过两个", "Chengdu"])
    teaches(lambda: network.line(["Chengdu", "成都"]), ["in a row"], ["相邻"])
    teaches(lambda: network.line(["Chengdu", "Lhasa"], "rial"), ["'rial'", "rail"], ["rial", "rail"])
    teaches(lambda: network.line(["Chengdu", "Lhasa"], "road", 300), ["expressway", "140"], ["高速公路", "140"])
    teaches(lambda: network.line(["Harbin", "Kunming"]), ["Harbin", "Kunming", "2,000"], ["哈尔滨", "昆明", "停站"])
    teaches(lambda: hours_ni(2020, codes=["999999"]), ["999999"], ["999999"])


@pytest.mark.parametrize("speed", [-1, 30, float("nan"), 500])
def test_a_speed_that_no_fast_line_has_teaches(speed):
    words = ["300", str(speed)]
    teaches(lambda: network.line(["Chengdu", "Lhasa"], speed=speed), [*words, "km/h"], [*words, "公里/小时"])


def test_every_link_runs_between_known_cities():
    links = network.rail_links()
    assert set(links["city_a"]) | set(links["city_b"]) <= set(network.cities())
    assert links["opened"].between(1880, 2021).all()
    assert links["km"].between(5, 1100).all()
    assert links["speed_kmh"].between(60, 350).all()


def test_times_of_2021_are_those_of_the_timetable():
    """870 pairs of capitals with a train: correlation of logs 0.989; the share of design speed was fitted to them."""
    wide = table("rail_minutes_2021.csv").pivot(index="origin", columns="destination", values="minutes")
    printed = wide.reindex(index=CODES, columns=CODES).to_numpy() / 60
    known = np.isfinite(printed)
    ratio = np.log((hours_ni(2021)[known] - assumption("trip_hours")) / printed[known])
    assert known.sum() == 30 * 29  # every capital but Haikou, which the ferry reaches
    assert np.corrcoef(ratio + np.log(printed[known]), np.log(printed[known]))[0, 1] == pytest.approx(0.989, abs=5e-4)
    assert ratio.mean() == pytest.approx(0.0, abs=5e-4)  # the share of design speed is stored with three digits
    distance = np.log(network.great_circle_km(*positions(known)))
    assert np.corrcoef(distance, np.log(printed[known]))[0, 1] < 0.95  # what distance alone would give


def positions(known):
    place = np.array([[city.longitude, city.latitude] for city in network.capitals().values()])
    rows, columns = np.nonzero(known)
    return *place[rows].T, *place[columns].T


def test_what_the_west_built_is_between_nothing_and_everything():
    with_all, before = hours_ni(2009), hours_ni(2000)
    without = hours_ni(2009, without=network.western_links(2000, 2009))
    assert (with_all <= without + 1e-12).all()
    assert (without <= before + 1e-12).all()
    west = [at(code) for code in china().groups_in(2009)["West"]]
    east = [at(code) for code in china().groups_in(2009)["East"]]
    ratio = network.ratio_ni(with_all, without)[np.ix_(west, east)]
    assert ratio.mean() == pytest.approx(0.972, abs=0.002)
    lines = set(network.rail_links().loc[list(network.western_links(2000, 2009)), "line"])
    assert {"青藏铁路-格拉段", "渝怀铁路"} <= lines
    assert "武广客运专线" not in lines


def test_freight_keeps_off_fast_lines():
    """Law: no fast line changes an hour of freight; others do where they are the shorter way."""
    ends = at("610000"), at("420000")
    before = hours_ni(2020, freight=True)
    for line in (Link("西安", "武汉", 780.0, 350.0, "hsr"), Link("西安", "武汉", 780.0, 250.0, "rail")):
        np.testing.assert_array_equal(hours_ni(2020, [line], freight=True), before)
    slow, fast, road = (
        Link("西安", "武汉", 600.0, speed, mode) for speed, mode in ((80.0, "rail"), (160.0, "rail"), (100.0, "road"))
    )
    share = assumption("rail_speed_share")
    assert [link.freight_hours for link in (slow, fast, road)] == pytest.approx(
        [600 / (80 * share), 600 / (assumption("freight_train_speed") * share), 600 / 85]
    )
    found = hours_ni(2020, [road], freight=True)
    assert found[ends] == pytest.approx(min(before[ends], 0.5 + 600 / 85))
    assert (found <= before + 1e-12).all()
    opened = hours_ni(2008), hours_ni(2020)
    assert (opened[1] < opened[0]).mean() > 0.8  # of people


def test_the_trains_that_were_opened_since_hardly_carry_freight():
    before, after = (hours_ni(year, freight=True) for year in (2008, 2020))
    people = hours_ni(2020) / np.where(hours_ni(2008) > 0, hours_ni(2008), 1)
    freight = after / np.where(before > 0, before, 1)
    away = before > 0
    assert people[away].mean() < 0.7
    assert freight[away].mean() > 0.95
