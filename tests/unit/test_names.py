"""Whatever name is printed is taken as input, in both languages and the usual variants; hints are near or none."""

from __future__ import annotations

import json

import pytest

import hinterland as hl
from hinterland import names, schema
from hinterland.data import box, network
from hinterland.data.ports import ports
from hinterland.data.regions import GROUPINGS, china
from hinterland.errors import nearest
from hinterland.report import holdings
from hinterland.scenario import file as scenario_file
from hinterland.scenario.edits import as_said
from hinterland.schema.names import instrument_named, outcome_named, variable_named
from hinterland.texts import LANGUAGES, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_printed_name_of_the_schema_is_taken(lang: str):
    assert [one.name for one in schema.instruments().values() if instrument_named(getattr(one, lang)) != one.name] == []
    assert [one.name for one in schema.variables().values() if variable_named(getattr(one, lang)) != one.name] == []
    for one in schema.outcomes().values():
        for printed in ("outcome", "short", ""):
            said = getattr(one, f"{printed}_{lang}".strip("_"))
            assert not said or outcome_named(said) == one.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_title_of_a_scenario_is_taken(lang: str):
    for name in [*hl.presets(), *hl.presets(measured=True)]:
        assert scenario_file.named(hl.read(name).title[lang]) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [("西部大开发", "western_development"), ("双转移", "dual_transfer"), ("Great Qinling", "great_qinling")],
)
def test_a_part_that_no_other_title_has_will_do(said: str, name: str):
    assert hl.read(said).name == name


def test_a_part_of_several_titles_is_nobodys():
    assert scenario_file.named("贸易成本") == ""


@pytest.mark.parametrize("said", ["户籍", "hukou", "hukou reform", "铁路", "railways", "转移支付"])
def test_a_word_of_what_explains_a_title_names_no_scenario_and_is_told_where_it_stands(command, said: str):
    for line in (["run"], ["path"], ["compare", "dual_transfer"]):
        code, _, words = command(*line, said)
        assert code == 2
        assert "guided_agglomeration" in words or "previous_round" in words
    with pytest.raises(hl.PolicyError):
        hl.read("贸易成本")


@pytest.mark.parametrize("said", ["china-2020", "China 2020", "中国2020", "中国 2020", "中国2020年", "CHINA2020"])
def test_an_economy_goes_by_its_names(said: str):
    assert hl.load(said).name == "china-2020"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_group_and_grouping_is_taken_by_its_name(lang: str):
    groups = {group.key: getattr(group, lang) for group in china().groups if group.kind != "macro_region_old"}
    assert {key: china().grouping_named(said) for key, said in groups.items()} == {key: key for key in groups}
    for key in GROUPINGS:
        assert china().grouping_named(text(f"grouping.{key}", lang)) == key


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("全国", "nation"),
        ("中国", "nation"),
        ("长三角", "yangtze_delta"),
        ("京津冀", "beijing_tianjin_hebei"),
        ("珠三角", "pearl_delta"),
        ("西部地区", "West"),
        ("西部", "West"),
        ("大区", "macro_region"),
        ("城市群", "city_cluster"),
        ("west", "West"),
    ],
)
def test_the_usual_names_of_groups_are_taken(said: str, key: str):
    assert china().grouping_named(said) == key


@pytest.mark.usefixtures("solved_once")
def test_a_comparison_takes_the_names_that_it_prints(command):
    plain = ("compare", "trade_2002_2007", "--by", "West", "--sort", "welfare", "--variable", "welfare")
    named = ("compare", "2002—2007 年测得的贸易成本变化（省际）", "--by", "西部地区")
    answers = [
        command(*words, "--format", "json") for words in (plain, (*named, "--sort", "福利", "--variable", "福利"))
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("城镇化率", ("data", "show", "urbanization_rate")),
        ("常住人口城镇化率", ("data", "show", "urbanization_rate")),
        ("GDP per head", ("data", "show", "gdp_per_capita")),
        ("统计变量", ("data", "show", "variables")),
        ("地区组", ("data", "show", "groups")),
        ("中国2010", ("data", "show", "china-2010")),
        ("基尼系数", ("data", "show", "gini")),
        ("城市", ("data", "show", "cities")),
        ("口岸", ("data", "show", "ports")),
        ("户籍制度改革", ("policies", "show", "hukou_reform")),
        ("户籍", ("policies", "show", "hukou_reform")),
        ("中部崛起", ("scenarios", "show", "central_rise")),
    ],
)
def test_a_command_takes_a_printed_name(command, said: str, words: tuple[str, ...]):
    code, out, err = command(*words[:2], said, "--lang", "zh")
    assert code == 0
    assert (code, out, err) == command(*words, "--lang", "zh")


@pytest.mark.parametrize(
    ("said", "number"),
    [*((said, 0.3) for said in ("30%", "30 %", "３０％", "0.3", "０.３", "０．３", ".3", "+0.3")), ("−0.3", -0.3)],
)
def test_a_number_is_read_as_it_is_written(said: str, number: float):
    assert as_said(schema.values("hukou_reform")["access"], said) == number


def test_what_is_no_share_has_no_percent_and_a_word_is_no_number():
    assert as_said(schema.values("fiscal_transfer")["per_head"], "30%") == "30%"
    assert names.number_in("a third") is None
    with pytest.raises(hl.PolicyError, match="per_head"):
        hl.Scenario("china-2020", [hl.policies.FiscalTransfer()]).with_values({"fiscal_transfer.per_head": "30%"})


def test_set_takes_percent_codes_and_chinese_names():
    given = {"in_place.access": "３０%", "in_place.to": 510000, "贴现率": "5%", "closure": "举债"}
    changed = hl.read("dual_transfer").with_values(given)
    policy = changed.policies["in_place"]
    assert (policy.access, policy.to, changed.discount, changed.closure) == (0.3, ("510000",), 0.05, "debt")
    talent = hl.read("dual_transfer").with_values({"人才与职业教育.平均受教育年限的增加": 0.2}).policies["talent"]
    assert talent.years == 0.2


def test_an_instrument_that_stands_twice_is_named_by_its_label():
    with pytest.raises(hl.PolicyError) as raised:
        hl.read("dual_transfer").with_values({"户籍制度改革.access": 0.2})
    assert "户籍制度改革：就地（in_place）、户籍制度改革：返乡（return_home）" in raised.value.text("zh")
    assert "hukou reform: in place (in_place), hukou reform: return home (return_home)" in raised.value.text("en")


def test_names_in_a_list_may_stand_between_chinese_commas():
    changed = hl.read("dual_transfer").with_values({"in_place.to": "四川、重庆", "transport.line": "成都，重庆"})
    assert changed.policies["in_place"].to == ("四川", "重庆")
    assert changed.policies["transport"].line == ("成都", "重庆")
    border = china().by_group["border_asean"].zh  # holds such commas inside brackets
    assert as_said(schema.values("talent")["to"], border) == border


def test_cities_and_ports_are_listed_by_names_that_scenarios_take(command):
    for lang in LANGUAGES:
        code, out, _ = command("data", "show", "cities", "--format", "json", "--lang", lang)
        rows = json.loads(out)
        assert (code, len(rows)) == (0, len(network.cities()))
        assert {network.find_city(row[key]).zh == row["zh"] for row in rows for key in ("zh", "en")} == {True}
        rows = json.loads(command("data", "show", "ports", "--format", "json", "--lang", lang)[1])
        assert {row[key] for row in rows for key in ("zh", "en")} == set(ports())
        assert rows[0]["province"] == china().name(rows[0]["region"], lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_data_that_lack_provinces_say_which(command, lang: str):
    _, out, err = command("data", "show", "urbanization_rate", "--year", "2023", "--lang", lang)
    said = {"en": "15 of 31 provinces; missing: Beijing, Liaoning", "zh": "31 个省份中只有 15 个有数字；缺：北京、辽宁"}
    assert said[lang] in out
    assert err == ""
    _, out, err = command("data", "show", "urbanization_rate", "--year", "2023", "--lang", lang, "--format", "csv")
    assert said[lang] in err
    assert len(out.splitlines()) == 16
    assert holdings.holding("urbanization_rate", 2009, lang).closing == ""


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("dual_tranfser", "dual_transfer"),
        ("western", "western_development"),
        ("zzz", ""),
        ("sports", ""),
        ("run", ""),
        ("hello", ""),
        ("", ""),
    ],
)
def test_a_hint_is_near_or_none(said: str, near: str):
    assert nearest(said, [*hl.presets(), *schema.instruments()]) == near


def test_an_economy_of_the_box_has_names_in_both_languages():
    for name, entry in box.economies().items():
        assert {box.named(entry[lang]) for lang in LANGUAGES} == {name}
