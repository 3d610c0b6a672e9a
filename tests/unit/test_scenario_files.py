"""The schema of scenario files says what the reader says; templates are scenarios; the ready ones are told in full."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import hinterland as hl
from hinterland import schema
from hinterland.cli import names
from hinterland.data import box
from hinterland.data.regions import china
from hinterland.instruments import INSTRUMENTS
from hinterland.report import summary
from hinterland.scenario import file as scenario_file
from hinterland.scenario import listed
from hinterland.scenario import schema as scenario_schema
from hinterland.scenario.template import template

ROOT = Path(__file__).parents[2]
READY = scenario_file.presets()
MEASURED = scenario_file.presets(measured=True)
SCHEMA = Draft202012Validator(json.loads(scenario_schema.published()))
COMMON = ("start", "end", "ramp", "cost", "payer")


def economy_for(instrument: str) -> str:
    return "china-2000" if instrument == "measured_change" else "china-2020"


def allowed(given: object) -> bool:
    return SCHEMA.is_valid(given)


def read(given: object) -> bool:
    """Whether the reader takes a file, through its YAML text as a user writes it."""
    try:
        scenario_file.parse(yaml.safe_dump(given, allow_unicode=True).encode(), "test")
    except hl.HinterlandError:
        return False
    return True


def test_the_published_schema_is_what_the_generator_makes():
    assert scenario_schema.published() == scenario_schema.as_text()
    Draft202012Validator.check_schema(SCHEMA.schema)


def test_the_schema_fetches_nothing():
    words = scenario_schema.published().replace(scenario_schema.DIALECT, "")
    assert "//" not in words
    assert set(re.findall(r'"\$ref": "(.)', words)) == {"#"}


@pytest.mark.parametrize("name", [*READY, *MEASURED])
def test_every_preset_is_valid(name: str):
    folder = scenario_file.PRESETS if name in READY else scenario_file.PRESETS / scenario_file.MEASURED
    given = yaml.safe_load(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in SCHEMA.iter_errors(given)] == []
    again = yaml.safe_load(hl.read(name).to_yaml())
    assert [error.message for error in SCHEMA.iter_errors(again)] == []


def one(**values: object) -> dict[str, object]:
    return {"policies": {"a": {"instrument": "hukou_reform", **values}}}


BAD = {
    "not a mapping": [],
    "an unknown key": {"policy": {}},
    "a name that is a number": {"name": 3},
    "a title in French": {"title": {"fr": "x"}},
    "a title that is empty": {"title": None},
    "a paragraph that is a list": {"facts": ["a"]},
    "an unknown economy": {"economy": "china-2021"},
    "an economy that is a list": {"economy": ["china-2020"]},
    "policies in a list": {"policies": [{"instrument": "hukou_reform"}]},
    "no policies after the key": {"policies": None},
    "a policy that is a number": {"policies": {"a": 0.3}},
    "a policy without instrument": {"policies": {"a": {"cut": 0.1}}},
    "an unknown instrument": {"policies": {"a": {"instrument": "hukou"}}},
    "an instrument that is a list": {"policies": {"a": {"instrument": ["hukou_reform"]}}},
    "a value of another instrument": one(speed=300),
    "an unknown value": one(cutt=0.1),
    "percent for share": one(cut=30),
    "a word for a number": one(cut="half"),
    "percent of a year": one(start="2026%"),
    "a word for an amount": one(cost="much"),
    "an unknown Chinese value": one(甲乙=0.1),
    "a flag for a number": one(cut=True),
    "an empty number": one(cut=None),
    "no place at all": one(to=[]),
    "a place that is a truth": one(to=[True]),
    "a place that is a fraction": one(to=[510000.5]),
    "an unknown choice": one(moves="everywhere"),
    "a year with a fraction": one(start=2026.5),
    "a reason that is a number": one(about=3),
    "an unknown payer": one(payer={"state": 1.0}),
    "a payer in percent": one(payer={"centre": 60, "province": 40}),
    "nobody who pays": one(payer={}),
    "a cost whose payer nobody knows": {"policies": {"a": {"instrument": "city_cluster", "cost": 1}}},
    "a cost of a transfer for services": {"policies": {"a": {"instrument": "fiscal_transfer", "cost": 50}}},
    "a line of one city": {"policies": {"a": {"instrument": "transport", "line": ["Chengdu"]}}},
    "an unknown closure": {"closure": "credit"},
    "a horizon of no years": {"horizon": 0},
    "a horizon with a fraction": {"horizon": 30.5},
    "a discount rate in percent": {"discount": 8},
}


@pytest.mark.parametrize("what", list(BAD))
def test_what_the_schema_refuses_the_reader_refuses(what: str):
    assert not allowed(BAD[what])
    assert not read(BAD[what])


GOOD = {
    "nothing": {},
    "a name": {"name": "a"},
    "a title in one language": {"title": {"zh": "甲"}},
    "terms": {"closure": "debt", "horizon": 100, "discount": 0.01},
    "a value that may be empty": one(start=None, end=2030, cost=None),
    "an instrument alone": one(),
    "a place without a list": one(to="West"),
    "a code without a list": one(to=510000),
    "a cost with its payer": {"policies": {"a": {"instrument": "city_cluster", "cost": 1, "payer": {"centre": 1}}}},
    "a cost of what residents get": {
        "policies": {"a": {"instrument": "fiscal_transfer", "cost": 50, "use": "households"}}
    },
    "a cost of nothing": {"policies": {"a": {"instrument": "city_cluster", "cost": 0}}},
    "Chinese throughout": {
        "标题": "甲",
        "年贴现率": "５%",
        "所付之款如何筹集": "举债",
        "政策": {
            "高铁": {"政策工具": "交通", "线路依次经过的城市": "成都、重庆", "设计速度": "350", "方式": "高铁"},
            "落户": {"政策工具": "户籍制度改革", "目标地区": "西部、河南", "其余迁移冰山成本的下降": "18.5％"},
        },
    },
    "a part of the name of a key": {"贴现": 0.05},
    "English names": {"policies": {"a": {"instrument": "hukou reform", "which moves": "in place", "first year": 2026}}},
    "an economy by its Chinese name": {"economy": "中国2020年"},
    "an elasticity by its name": {"elasticities": {"rural_efficiency": 0.5}},
    "a share in percent": one(cut="18.5 %"),
    "a number in a text, in wide digits": one(start="２０２６"),
    "an amount with its unit": one(cost="500亿元/年"),
    "an amount in English": one(cost="50 bn CNY"),
    "an amount in myriads": one(cost="3000万元"),
    "a speed with its unit": {
        "policies": {"a": {"instrument": "transport", "line": ["成都", "重庆"], "speed": "300公里/小时", "mode": "hsr"}}
    },
    "people with their unit": {"policies": {"a": {"instrument": "small_towns", "people": "20万人"}}},
    "money a head with its unit": {"policies": {"a": {"instrument": "fiscal_transfer", "per_head": "1,500元/人"}}},
    "years with their unit": one(ramp="3 年"),
    "a place among several in a text": one(to="西部、河南"),
    "payers in words and percent": one(payer={"中央": "60%", "province": 0.4}),
    "a payer by its Chinese key": {"policies": {"a": {"instrument": "city_cluster", "cost": 1, "谁付": {"中央": 1}}}},
    "a line with a closing comma": {"policies": {"a": {"instrument": "transport", "line": ["成都、重庆", "武汉"]}}},
    "an expression": one(to=["West and gdp_per_head < 0.6 * national", "河南"]),
}


@pytest.mark.parametrize("what", list(GOOD))
def test_what_the_reader_takes_the_schema_allows(what: str):
    assert read(GOOD[what])
    assert allowed(GOOD[what])


NO_NUMBERS = ("3 bananas", "1.2.3 bn CNY", "about 3 years", "1,2,3", "..3", "1e", "3 %%", "-", "百分之五", "5 bn bn")


@pytest.mark.parametrize("said", NO_NUMBERS)
@pytest.mark.parametrize("name", ["cost", "ramp", "cut"])
def test_a_text_that_is_no_number_is_one_neither_to_the_reader_nor_to_the_schema(name: str, said: str):
    assert not read(one(**{name: said}))
    assert not allowed(one(**{name: said}))


# What only the reader can know: names, sums, order, the base year; and numbers that JSON does not have.
READER_ALONE = {
    "an unknown place": one(to=["Heibei"]),
    "shares that do not add up": one(payer={"centre": 0.5}),
    "an end before the start": one(start=2030, end=2025),
    "a start before the base year": one(start=2000),
    "no number": one(cut=float("nan")),
    "a year written as a decimal": one(start=2026.0),
    "two alike": {"policies": {"a": {"instrument": "hukou_reform"}, "b": {"instrument": "hukou_reform"}}},
}


@pytest.mark.parametrize("what", list(READER_ALONE))
def test_the_rest_is_the_readers(what: str):
    assert allowed(READER_ALONE[what])
    assert not read(READER_ALONE[what])


def tries(entry: schema.Value) -> list[object]:
    """Values of every kind, at the bounds and past them."""
    anything = [None, True, "x", [], {}, ["West"], [""], [1], 3, 0.5, {"centre": 1}, {"centre": True}, *entry.known]
    if entry.kind not in ("number", "integer"):
        return anything
    bounds = [entry.minimum, entry.maximum, entry.minimum - 1, entry.maximum + 1]
    return [*anything, *(int(bound) if entry.kind == "integer" else bound for bound in bounds)]


@pytest.mark.parametrize("instrument", list(INSTRUMENTS))
def test_schema_and_reader_agree_on_every_value_of_every_instrument(instrument: str):
    verdicts = set()
    for name, entry in schema.values(instrument).items():
        for given in tries(entry):
            if entry.kind in ("cities", "ports", "places") and given == ["West"]:
                continue  # names are the reader's
            policy = {"instrument": instrument, name: given}
            try:
                scenario_file.policy_from(policy, "a")
                taken = True
            except hl.PolicyError:
                taken = False
            assert allowed({"policies": {"a": policy}}) == taken, (name, given)
            verdicts.add(taken)
    assert verdicts == {True, False}


@pytest.mark.parametrize("instrument", list(INSTRUMENTS))
def test_every_value_is_told_in_both_languages_with_its_unit(instrument: str):
    told = SCHEMA.schema["$defs"][instrument]["properties"]
    known = {"instrument", "about", *schema.values(instrument)}
    others = {name: words["$ref"] for name, words in told.items() if name not in known}
    assert known < set(told)
    assert {place.rpartition("/")[2] for place in others.values()} <= known  # other names of the same
    for name, entry in schema.values(instrument).items():
        words = told[name] if "description" in told[name] else SCHEMA.schema["$defs"][f"common.{name}"]
        assert entry.zh in words["description"]
        assert entry.en in words["description"]
        assert entry.unit in words["description"]
        if entry.kind == "number":
            assert (words["minimum"], words["maximum"]) == (entry.minimum, entry.maximum)
        if entry.instrument != "*" and entry.given is not None:
            assert words["default"] == (list(entry.given) if isinstance(entry.given, tuple) else entry.given)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("instrument", list(INSTRUMENTS))
def test_a_template_is_a_scenario_with_every_value_at_its_default(instrument: str, lang: str):
    made = template("plan", [instrument], economy_for(instrument), lang)
    scenario = scenario_file.parse(made.encode(), "plan")
    assert scenario.policies == {instrument: INSTRUMENTS[instrument]()}
    assert allowed(yaml.safe_load(made))
    for name, entry in schema.values(instrument).items():
        if (instrument, name) == ("fiscal_transfer", "cost"):
            continue  # a transfer for services has no other cost than what it pays
        at = list(re.finditer(rf"^    (# )?{name}: ", made, re.MULTILINE))[-1]
        assert getattr(entry, lang) in made[: at.start()].splitlines()[-1]
    assert ("成本规则：" in made) == (lang == "zh")


@pytest.mark.parametrize("instrument", list(INSTRUMENTS))
def test_what_a_template_comments_out_holds_when_it_is_put_in(instrument: str):
    made = template("plan", [instrument], economy_for(instrument))
    terms = "|".join((*COMMON, "capacity", "closure", "horizon", "discount"))
    opened, count = re.subn(rf"^( *)# ({terms}): ", r"\1\2: ", made, flags=re.MULTILINE)
    assert count >= len(COMMON) + 2
    assert allowed(yaml.safe_load(opened))
    scenario = scenario_file.parse(opened.encode(), "plan")
    common = [name for name in COMMON if (instrument, name) != ("fiscal_transfer", "cost")]
    assert all(getattr(scenario.policies[instrument], name) is not None for name in common)


@pytest.mark.parametrize("economy", list(box.economies()))
def test_a_template_without_instruments_holds_three_that_the_economy_can_express(economy: str):
    assert len(scenario_file.parse(template("plan", (), economy).encode(), "plan").policies) == 3


@pytest.mark.parametrize("name", ["yes", "a: b", "# x", "'", "计划", "1", "- a", "{"])
def test_a_template_keeps_any_name(name: str):
    assert scenario_file.parse(template(name, ["market_reform"]).encode(), "x").name == name


def test_new_writes_the_file_and_the_schema_beside_it(command, tmp_path: Path):
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    code, out, err = command("scenarios", "new", "plan", "--out", str(first), "--schema", "--lang", "zh")
    assert (code, err) == (0, "")
    assert str(first) in out
    assert (tmp_path / "scenario.schema.json").read_text(encoding="utf-8") == scenario_schema.published()
    assert first.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    assert command("scenarios", "new", "plan", "--out", str(second), "--schema")[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml", "scenario.schema.json"]
    assert command("scenarios", "check", str(first), str(second))[0] == 0


def test_new_leaves_what_exists(command, tmp_path: Path):
    (tmp_path / "scenario.schema.json").write_text("{}")
    target = tmp_path / "a.yaml"
    code, _, err = command("scenarios", "new", "plan", "--out", str(target), "--schema")
    assert (code, "scenario.schema.json" in err) == (2, True)
    assert not target.exists()
    target.write_text("mine")
    code, _, err = command("scenarios", "new", "plan", "--out", str(target))
    assert (code, "a.yaml" in err) == (2, True)
    assert target.read_text() == "mine"
    assert (tmp_path / "scenario.schema.json").read_text() == "{}"


def test_new_and_schema_print(command):
    code, out, err = command("scenarios", "new", "plan", "--instruments", "transport,market_reform")
    assert (code, err) == (0, "")
    assert list(yaml.safe_load(out)["policies"]) == ["transport", "market_reform"]
    assert command("scenarios", "schema") == (0, scenario_schema.published(), "")


def test_check_says_what_each_policy_does(command, tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "policies:\n  towns: {instrument: hukou_reform, to: [West, 河南], cut: 0.25}\n"
        "  own: {instrument: market_reform, to: [East], cost: 12.5, payer: {centre: 1}}\n"
    )
    _, out, _ = command("scenarios", "check", str(path), "--lang", "en")
    towns, own = out.splitlines()[1:]
    reform = hl.read(path).policies["towns"]
    spent = sum(outlay.yearly_n.sum() for outlay in reform.outlays(hl.read(path).economy))
    assert towns == (
        "  towns: hukou reform, access = 1 share; to: West, Henan; moves: in place; cut: 0.25 share;"
        f" {spent:,.4g} bn CNY a year (movers at base-year wages)"
    )
    assert own == "  own: market reform, cut = 0.02 share; to: East; 12.5 bn CNY a year"
    _, out, _ = command("scenarios", "check", str(path), "--lang", "zh")
    assert "西部、河南" in out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_tells_no_access_where_there_are_no_services(command, tmp_path: Path, lang: str):
    """A cut of costs in an economy without accounts of services: access gives nothing there, and is not told."""
    path = tmp_path / "a.yaml"
    path.write_text("economy: china-2000\npolicies:\n  towns: {instrument: hukou_reform, to: [West], cut: 0.25}\n")
    code, out, _ = command("scenarios", "check", str(path), "--lang", lang)
    assert code == 0
    (towns,) = out.splitlines()[1:]
    assert {"zh": "其余迁移冰山成本的下降 = 25 %", "en": "cut: 0.25"}[lang] in towns
    assert "access" not in towns


@pytest.mark.parametrize("measured", [False, True])
def test_list_names_every_scenario(command, measured: bool):
    code, out, err = command("scenarios", "list", *(["--measured"] if measured else []), "--format", "json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert [row["name"] for row in rows] == (MEASURED if measured else READY)
    for row in rows:
        scenario = hl.read(row["name"])
        assert (row["title"], row["economy"]) == (scenario.title["en"], scenario.economy.name)
        assert row["policies"] == len(scenario.policies)


def test_show_about_tells_the_paragraphs_as_comments(command, tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_text("title: 题目\nrepresents: {zh: 代表甲, en: stands for A}\nfacts: fact F\nassumptions: guess G\n")
    _, plain, _ = command("scenarios", "show", str(path))
    for lang, word in (("zh", "代表甲"), ("en", "stands for A")):
        code, out, _ = command("scenarios", "show", str(path), "--about", "--lang", lang)
        assert code == 0
        head = out.removesuffix(plain)
        assert all(line.startswith("#") for line in head.splitlines() if line)
        assert all(words in head for words in ("题目", word, "fact F", "guess G"))
        assert yaml.safe_load(out) == yaml.safe_load(plain)


@pytest.mark.parametrize("form", ["table", "md", "json", "csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_policies_are_told_in_every_form(command, form: str, lang: str):
    code, out, err = command("policies", "list", "--format", form, "--lang", lang)
    assert (code, err) == (0, "")
    assert all(name in out for name in INSTRUMENTS)
    assert ("户籍制度改革" in out) >= (lang == "zh")
    code, out, err = command("policies", "show", "hukou_reform", "--detail", "--format", form, "--lang", lang)
    assert (code, err) == (0, "")
    assert {"zh": "每人 8 万元", "en": "80,000 CNY"}[lang] in out
    assert ("61.1" if form in ("table", "md") else "0.611") in out


@pytest.mark.parametrize("instrument", list(INSTRUMENTS))
def test_show_tells_every_value_and_every_piece_of_evidence(command, instrument: str):
    code, out, _ = command("policies", "show", instrument, "--format", "json")
    assert code == 0
    rows = json.loads(out)
    told = {part: [row["name"] for row in rows if row["part"] == part] for part in ("value", "evidence")}
    assert told["value"] == list(schema.values(instrument))
    assert told["evidence"] == [key for key, entry in schema.evidence().items() if entry.instrument == instrument]
    assert len({tuple(row) for row in rows}) == 1
    code, out, _ = command("policies", "show", instrument, "--detail", "--lang", "zh")
    assert code == 0
    assert "…" not in out


def test_a_row_of_the_summary_is_what_the_run_says(command):
    """The published fall of migration costs: a town is no outcome of china-2000, a measurement has no price."""
    name = "migration_2000_2005"
    result = hl.run(name)
    change = result.headline.set_index("variable")["change"]
    code, out, _ = command("scenarios", "summary", name, "--format", "json")
    assert code == 0
    (row,) = json.loads(out)
    assert row["real_gdp"] == pytest.approx(100 * change["real_gdp"], rel=1e-12)
    assert row["east_west_gap"] == pytest.approx(change["east_west_gap"], rel=1e-12)
    assert row["workers_from_elsewhere"] == pytest.approx(100 * change["workers_from_elsewhere"], rel=1e-12)
    assert row["urbanization_rate"] is None
    assert (row["present_cost"], row["benefit_per_yuan"], row["unpriced"]) == (None, None, 1)
    code, out, _ = command("scenarios", "summary", name, "--format", "md", "--lang", "zh")
    assert code == 0
    assert f"{100 * change['real_gdp']:+.2f}" in out


def test_the_benefit_per_yuan_of_a_package_counts_what_has_a_price(today):
    """Money for households is priced, market reform has no known outlay: its worth is not the money's."""
    money = hl.policies.FiscalTransfer(use="households")
    alone = summary.summary_row(hl.run(hl.Scenario(today, [money])))
    both = hl.run(hl.Scenario(today, [money, hl.policies.MarketReform()]))
    row = summary.summary_row(both)
    priced = both.benefits.set_index("policy").loc["fiscal_transfer"]
    assert (alone["unpriced"], row["unpriced"]) == (0, 1)
    assert row["present_cost"] == pytest.approx(alone["present_cost"], rel=1e-12)
    assert row["benefit_per_yuan"] == pytest.approx(priced["benefit_per_yuan"], rel=1e-12)
    assert both.benefits["present_value"].sum() > 1.5 * abs(priced["present_value"])


def test_the_shell_completes_names():
    assert set(names.preset_names()) == {*READY, *MEASURED}
    assert names.instrument_names() == list(INSTRUMENTS)
    offered = names.instrument_lists("hukou_reform,tra")
    assert "hukou_reform,transport" in offered
    assert "hukou_reform,hukou_reform" not in offered
    assert "transport" in names.instrument_lists("tra")


def test_places_are_told_by_name():
    assert listed.in_words(["West", "510000", "East or Henan"], "places", "zh", china()) == "西部、四川、East or Henan"
    assert listed.in_words(["成都", "Wuhan"], "cities", "en", china()) == "Chengdu, Wuhan"
    assert listed.in_words(["瑞丽", "Khorgos"], "ports", "zh", china()) == "瑞丽、霍尔果斯"


def tool():
    spec = importlib.util.spec_from_file_location("scenario_pages", ROOT / "tools" / "scenario_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = tool()


@pytest.mark.parametrize("name", READY)
def test_every_ready_scenario_stands_on_the_page_as_its_file_says(name: str):
    page = PAGES.PLACE.read_text(encoding="utf-8")
    assert PAGES.section(hl.read(name)) in page
    assert len(re.findall(rf"^\| \[{name}\]\(#{name}\) \|", page, re.MULTILINE)) == 1


def test_a_row_of_the_page_is_what_the_model_says():
    """The scenario with the fewest policies; the last printed digit may differ."""
    name = min(READY, key=lambda one: (len(hl.read(one).policies), one))
    (made,) = summary.rows([name])
    line = next(row for row in PAGES.PLACE.read_text(encoding="utf-8").splitlines() if row.startswith(f"| [{name}]"))
    held = [cell.strip() for cell in line.strip("|").split("|")][1:]
    for text, now in zip(held, PAGES.row_of(made), strict=True):
        digits = len(now.partition(" · ")[0].partition(".")[2])
        if now == "–":
            assert text == now
        else:
            numbers = [float(number.replace(",", "").partition(" · ")[0]) for number in (text, now)]
            assert abs(numbers[0] - numbers[1]) <= 1.01 * 10**-digits * (digits > 0)
