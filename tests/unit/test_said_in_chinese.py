"""On a Chinese screen nothing goes by an English key: payers, choices, places, policies; what is hinted is meant."""

from __future__ import annotations

import re

import pytest

import hinterland as hl
from hinterland.errors import HinterlandError
from hinterland.report.holdings import holding, holding_named
from hinterland.report.scenarios import policy_lines
from hinterland.scenario.template import template

LETTERS = re.compile(r"[A-Za-z_]{3,}")


def refused(**values: object) -> HinterlandError:
    with pytest.raises(HinterlandError) as caught:
        hl.run(hl.read("dual_transfer").with_values({key.replace("__", "."): of for key, of in values.items()}))
    return caught.value


def test_payers_and_choices_that_a_user_set_are_told_by_their_chinese_names():
    changed = hl.read("dual_transfer").with_values(
        {"in_place.payer": {"centre": 0.5, "province": 0.5}, "return_home.moves": "across"}
    )
    assert "谁付改为 中央 0.5、省 0.5" in changed.about["in_place"]["zh"]
    assert "centre 0.5, province 0.5" in changed.about["in_place"]["en"]
    assert "哪一种迁移改为 跨省（原为 返乡）" in changed.about["return_home"]["zh"]


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("就地.access", "in_place", 0.8),
        ("返乡.享有程度", "return_home", 0.8),
        ("双转移.x", "", 0),
        ("园区.gain", "", 0.04),
    ],
)
def test_a_part_of_a_name_that_one_policy_alone_bears_is_that_policy(said: str, label: str, value: float):
    scenario = hl.read("dual_transfer")
    if said == "园区.gain":
        label = "industry_transfer"
    if not label:
        with pytest.raises(HinterlandError):
            scenario.with_values({said: value})
        return
    changed = scenario.with_values({said: value}).policies
    assert [name for name, of in changed.items() if of != scenario.policies[name]] == [label]


def test_a_part_that_several_bear_lists_them():
    told = refused(改革__access=1)
    assert "户籍制度改革：就地（in_place）、户籍制度改革：返乡（return_home）" in told.text("zh")


@pytest.mark.parametrize("place", ["东京", "巴黎", "纽约"])
def test_a_foreign_city_is_taken_for_no_place_of_china(place: str):
    target = refused(in_place__to=[place]).text("zh")
    assert "您是否想写" not in target
    assert LETTERS.findall(target.replace("in_place.to", "").replace("china", "").partition("`hinterland")[0]) == []
    stop = refused(transport__line=["成都", place]).text("zh")
    assert "您是否想写" not in stop


def test_a_slip_in_a_province_is_still_hinted():
    assert "四川" in refused(in_place__to=["四穿"]).text("zh")
    assert "西部（West）" in refused(in_place__to=["Wst"]).text("zh")


def test_a_speed_is_read_with_its_unit_in_words_and_another_unit_is_refused_by_name():
    changed = hl.read("dual_transfer").with_values({"transport.speed": "300公里每小时"})
    assert changed.policies["transport"].speed == 300
    told = refused(transport__speed="300米")
    assert "公里/小时" in told.text("zh")
    assert "0.3" not in told.text("zh")
    assert "km/h" in told.text("en")


@pytest.mark.parametrize(("said", "echo"), [("-5亿元", "实际为 -5亿元"), (-5, "实际为 -5（不写单位的数以 10亿元计）")])
def test_an_amount_out_of_range_is_echoed_as_it_was_written(said: object, echo: str):
    assert echo in refused(in_place__cost=said).text("zh")


def test_a_share_in_percent_is_a_share_in_python_as_on_the_command_line():
    assert hl.policies.HukouReform(access="30%").access == 0.3
    with pytest.raises(hl.PolicyError, match=r"0\.3 or 30%"):
        hl.policies.HukouReform(access="a third")
    with pytest.raises(hl.PolicyError, match="km/h"):
        hl.policies.Transport(speed="30%")


def test_the_lines_of_a_check_begin_with_the_names_of_policies():
    lines = policy_lines(hl.read("dual_transfer"), "zh")
    assert [line for line in lines if re.search(r"[a-z]{2,}_?[a-z]*", line)] == []
    assert len(lines) == 7


def test_what_explains_a_value_in_a_new_chinese_file_is_in_chinese():
    made = template("plan", ["hukou_reform", "transport", "poverty_alleviation"], lang="zh")
    assert "[就地 | 返乡 | 跨省]" in made
    assert "[高铁 | 普速铁路 | 高速公路]" in made
    assert "{中央: 0.8, 省: 0.2}" in made
    for chinese in ("mode: 高铁", "默认：成都、重庆、武汉、上海", "默认：中部、西部"):
        assert chinese in made


def test_a_payer_or_a_series_that_is_not_known_is_told_with_chinese_names():
    told = refused(in_place__payer=2).text("zh")
    assert "（中央、省、企业、个人）" in told
    assert "{中央: 0.6, 省: 0.4}" in told
    with pytest.raises(HinterlandError) as caught:
        holding("nothing", None, "zh")
    assert "普查常住人口（census_population）" in caught.value.text("zh")


@pytest.mark.parametrize("line", ["data list", "data show variables", "data show indicators"])
def test_a_chinese_list_of_data_goes_by_names_that_are_taken(command, monkeypatch, line: str):
    monkeypatch.setenv("COLUMNS", "160")
    _, out, _ = command(*line.split(), "--lang", "zh")
    rows = out.split("─\n")[1].splitlines()[:-1]
    assert len(rows) > 20
    names = [row.split("  ")[0].strip() for row in rows]
    assert [name for name in names if re.search("[a-z]_[a-z]", name)] == []
    assert [name for name in names if holding_named(name) == name] == []
