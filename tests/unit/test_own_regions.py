"""An economy with regions of its own is imported, checked, run, targeted, diagnosed and grouped like a shipped one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from tests.messages import teaches
from tests.own import CODES, own, saved
from tests.tools import ROOT

import hinterland as hl
from hinterland.data import panel
from hinterland.data.regions import NATION, china
from hinterland.economy import files
from hinterland.economy.accounts import currency, gdp_n
from hinterland.economy.regions import RegionTables, regions_of, rows_from, with_tables
from hinterland.economy.units import Units
from hinterland.policy.targets import chosen_n
from hinterland.study.outcomes import base_state, national
from hinterland.study.standing import dashboard
from hinterland.study.summary import cost_by_place
from hinterland.world.of_economy import evened

WRITERS = {"": files.export, ".nc": files.export_netcdf, ".npz": files.write_npz}
SCENARIO = {
    "name": "pref",
    "economy": "four.npz",
    "policies": {"reform": {"instrument": "hukou_reform", "to": ["nonag_share < national"], "cut": 0.3}},
}


def chosen(economy: hl.Economy, *names: object) -> list[str]:
    """Codes that a list chooses, by the door of a policy."""
    policy = hl.policies.HukouReform(to=list(names))
    found = chosen_n(economy, policy.to, "hukou_reform.to")
    return [code for code, one in zip(economy.domestic_codes, found, strict=True) if one]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the economy and a scenario."""
    saved(own(), tmp_path)
    (tmp_path / "pref.yaml").write_text(yaml.safe_dump(SCENARIO, allow_unicode=True), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["510100", "P22", "成都"])
@pytest.mark.parametrize("tables", [True, False])
def test_case_own_regions_as_targets(name: str, tables: bool):
    """`to: ["510100"]`, `["P22"]`, `["成都"]` on one's own economy, with names of their own or by codes alone."""
    assert chosen(own(tables), name) == [name]


def test_own_regions_go_by_names_in_both_languages_variants_parents_and_groups():
    economy = own()
    assert chosen(economy, "Mianyang") == chosen(economy, "绵阳市") == chosen(economy, "mien yang") == ["510100"]
    assert chosen(economy, "east ridge") == chosen(economy, "p22") == ["P22"]
    assert chosen(economy, "Sichuan") == chosen(economy, "四川省") == chosen(economy, 51) == list(CODES[:3])
    assert chosen(economy, "Chongqing") == ["500100"]
    assert chosen(economy, "basin") == chosen(economy, "盆地") == ["510100", "成都"]
    assert chosen(economy, "West") == chosen(economy, "全国") == chosen(economy, "China") == list(CODES)
    assert chosen(economy, "basin and not Chengdu") == ["510100"]
    assert chosen(economy, '"East Ridge" or 510100') == ["510100", "P22"]
    assert economy.region("Yuzhong") == 3


def test_a_group_that_had_ended_is_none_and_what_lies_abroad_is_no_target():
    economy = own()
    teaches(lambda: chosen(economy, "Old Circle"), ("Old Circle",), ("Old Circle",))
    assert chosen(replace(economy, year=1999, units=Units.relative(1999)), "Old Circle") == ["P22"]
    teaches(lambda: chosen(economy, "WORLD"), ("lies abroad",), ("境外",))
    teaches(lambda: chosen(economy, "Guangdong"), ("not covered by the economy four",), ("four",))
    teaches(lambda: chosen(economy, "Mianyan"), ("'Mianyang'",), ("（Mianyang）",))


def test_groups_of_ones_own_and_of_the_box_by_parent():
    economy = own()
    regions = economy.regions
    assert regions.grouping("macro_region", CODES, 2000) == {"West": CODES}
    assert regions.grouping("province", CODES, 2000) == {"510000": CODES[:3], "500000": CODES[3:]}
    assert regions.grouping("landform", CODES, 2000) == {"basin": ("510100", "成都")}
    assert list(regions.grouping("盆地", CODES, 2000)) == ["basin", "510100", "成都"]
    assert "city_cluster" not in regions.groupings()  # which prefectures a cluster holds is not known
    teaches(lambda: regions.known_grouping("landfrom", CODES), ("'landform'",), ("“landform”",))
    alone = own(tables=False).regions
    assert alone.groupings() == ("region", "nation")
    assert [alone.name(code, "zh") for code in CODES] == list(CODES)


def test_of_regions_in_no_known_province_a_group_of_the_box_is_told_with_its_remedy():
    """As a target, by `--by` and by `--group`; a region alone is a grouping of its own."""
    economy = own(tables=False)
    for ask in (
        lambda: chosen(economy, "West"),
        lambda: economy.regions.grouping("West", CODES, 2000),
        lambda: economy.regions.grouping("macro_region", CODES, 2000),
        lambda: dashboard(group="West", economy=economy),
    ):
        teaches(ask, ("P22", "no known province", "`parent`", "groups.csv"), ("P22", "parent", "groups.csv"))
    assert economy.regions.grouping("成都", CODES, 2000) == {"成都": ("成都",)}
    teaches(lambda: chosen(own(), "Guangdong"), ("not covered",), ("four",))  # all lie in known provinces


def test_six_digit_codes_lie_in_the_province_of_their_first_two_digits():
    """And provinces keep their names, and groups that hold parts of provinces where none of theirs is divided."""
    regions = regions_of(["510100", "510700", "500000", "110000"], ["ROW"])
    assert regions.grouping("province", regions.codes[:4], 2020)["510000"] == ("510100", "510700")
    assert regions.name("110000", "zh") == "北京"
    assert regions.name("ROW", "zh") == "世界其他地区"
    assert regions.by_group["West"].codes == ("510100", "510700", "500000")
    assert "chengdu_chongqing" not in regions.by_group
    assert regions_of(["510100", "P22"]).by_code["510100"].parent == ""  # codes of another kind: nothing is guessed


@pytest.mark.parametrize("form", WRITERS)
def test_what_files_say_of_regions_is_read_back(form: str, tmp_path: Path):
    economy = own()
    copy = files.read(WRITERS[form](economy, tmp_path / f"four{form}"))
    assert copy.regions.entries == economy.regions.entries
    assert set(copy.regions.groups) == set(economy.regions.groups)
    assert copy.regions.in_china
    assert chosen(copy, "盆地") == chosen(economy, "盆地")


@pytest.mark.parametrize("form", WRITERS)
def test_a_copy_of_the_box_keeps_its_regions(form: str, tmp_path: Path):
    economy = hl.load("china-2000")
    copy = files.read(WRITERS[form](economy, tmp_path / f"copy{form}"))
    assert copy.regions.entries == economy.regions.entries
    assert set(copy.regions.groups) == set(economy.regions.groups)


def test_a_folder_without_tables_of_regions_works(tmp_path: Path):
    folder = files.export(own(), tmp_path / "four")
    for file in ("regions.csv", "groups.csv"):
        (folder / file).unlink()
    copy = files.read(folder)
    assert copy.region_codes == own().region_codes
    assert chosen(copy, "P22") == ["P22"]


def test_tables_name_regions_by_their_own_names(tmp_path: Path):
    folder = files.export(own(), tmp_path / "four")
    file = folder / "value_added_nj.csv"
    words = file.read_text(encoding="utf-8-sig")
    file.write_text(words.replace("P22,", "East Ridge,").replace("510100,", "绵阳市,"), encoding="utf-8")
    np.testing.assert_array_equal(files.read(folder).arrays["value_added_nj"], own().arrays["value_added_nj"])


def test_names_beside_the_codes_of_a_list_are_those_of_the_regions(tmp_path: Path):
    """Without `regions.csv`; a code alone has no name, and what is exported is read back."""
    folder = files.export(own(), tmp_path / "four")
    (folder / "regions.csv").unlink()
    regions = files.read(folder).regions
    assert [regions.label(code) for code in CODES] == [own().regions.label(code) for code in CODES]
    assert regions.find("绵阳") == regions.find("mianyang") == "510100"
    for name, found in (("Kunming", ("Kunming", "Kunming")), ("'510100'", ("510100", "510100")), ("", ("510100",) * 2)):
        head = folder / "economy.yaml"
        words = re.sub("'510100': .*", f"'510100': {name}", head.read_text(encoding="utf-8"))
        head.write_text(words, encoding="utf-8")
        entry = files.read(folder).regions.by_code["510100"]
        assert (entry.zh, entry.en) == found


def test_a_list_and_a_table_that_name_a_region_otherwise_are_refused(tmp_path: Path):
    folder = files.export(own(), tmp_path / "four")
    head = folder / "economy.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("Mianyang (绵阳)", "Kunming"), encoding="utf-8")
    english, chinese = ("'510100' Mianyang (绵阳) ≠ 'Kunming' (1 / 4)", "'510100' 绵阳 ≠ 'Kunming' (1 / 4)")
    teaches(lambda: files.read(folder), ("economy.yaml", english), ("economy.yaml", chinese))


FAULTS = {
    "a code that is none": ("regions.csv", "P22,", "P23,", ("P23", "regions.csv"), ("P23",)),
    "a code twice": ("regions.csv", "P22,", "510100,", ("510100", "twice"), ("510100", "出现两次")),
    "a name of two": (
        "regions.csv",
        "Yuzhong",
        "Chengdu",
        ("chengdu: 500100, 成都", "Tell them apart"),
        ("请加以区分",),
    ),
    "a header": ("regions.csv", "code,zh", "code,zhongwen", ("zhongwen", "variants"), ("请改正表头",)),
    "no header": ("groups.csv", "region_code", "regions", ("must have the columns group, region_code",), ("表头",)),
    "a group of strangers": ("groups.csv", "landform,P22", "landform,X", ("X", "economy.yaml"), ("X",)),
    "a date": ("groups.csv", ",1999,", ",soon,", ("valid_to = soon",), ("valid_to = soon",)),
    "a neighbour": ("regions.csv", "East Ridge,,510000,成都", "East Ridge,,510000,Z", ("P22: Z",), ("P22: Z",)),
}


@pytest.mark.parametrize("fault", list(FAULTS))
def test_faults_of_the_tables_are_told(fault: str, tmp_path: Path):
    name, old, new, english, chinese = FAULTS[fault]
    if fault == "a group of strangers":
        old, new = "landform,510100", "landform,X"
    file = files.export(own(), tmp_path / "four") / name
    words = file.read_text(encoding="utf-8-sig")
    assert old in words
    file.write_text(words.replace(old, new, 1), encoding="utf-8")
    teaches(lambda: files.read(tmp_path / "four"), english, chinese)


def test_case_prefecture_scenario_is_checked_and_run(folder: Path, command):
    """`prefecture_scenario.yaml` beside an economy with codes of its own: check and run agree."""
    code, out, _ = command("scenarios", "check", str(folder / "pref.yaml"))
    assert code == 0
    assert "can be run" in out
    for lang, word in (("en", "four"), ("zh", "求解凭证")):
        code, out, _ = command("run", str(folder / "pref.yaml"), "--lang", lang)
        assert (code, word in out) == (0, True)
    code, out, _ = command("run", str(folder / "pref.yaml"), "--format", "json", "--out", str(folder / "out"))
    document = json.loads(out)
    assert code == 0
    assert {row["region"] for row in document["regions"]} == {*CODES, "West"}
    assert "Mianyang" in (folder / "out" / "results.csv").read_text(encoding="utf-8")
    code, out, _ = command("compare", str(folder / "pref.yaml"), "--by", "basin", "--format", "csv", "--lang", "zh")
    assert code == 0
    assert {"four", "盆地", "绵阳", "成都"} <= {line.split(",")[1] for line in out.splitlines()[1:]}


@pytest.mark.parametrize("form", WRITERS)
def test_an_economy_of_ones_own_is_checked_where_it_lies(form: str, tmp_path: Path, command):
    place = str(WRITERS[form](own(), tmp_path / f"four{form}"))
    code, out, _ = command("data", "check", place)
    assert (code, "5 regions (4 domestic)" in out, "keeps every rule" in out) == (0, True, True)
    assert "符合数据导入的全部规则" in command("data", "check", place, "--lang", "zh")[1]
    assert json.loads(command("data", "check", place, "--format", "json")[1])[0]["domestic"] == 4
    code, _, err = command("data", "check", str(tmp_path / "five.npz"))
    assert (code, "there is no file or folder" in err) == (2, True)


@pytest.mark.parametrize("out", ["out", "deep/er/out", "../elsewhere/out"])
def test_a_run_on_ones_own_economy_can_be_run_and_compared_again(out: str, folder: Path, command, monkeypatch):
    """The path of the economy is told from the folder of the run, wherever we stood and stand."""
    here = folder / "here"
    here.mkdir()
    (here / out).parent.resolve().mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(here)
    code, _, err = command("run", "../pref.yaml", "--out", out, "--format", "csv")
    assert code == 0, err
    written = (here / out).resolve()
    held = yaml.safe_load((written / "scenario.yaml").read_text(encoding="utf-8"))
    assert json.loads((written / "run.json").read_text(encoding="utf-8"))["scenario"] == (
        written / "scenario.yaml"
    ).read_text(encoding="utf-8")
    for place in (here, folder, written):
        monkeypatch.chdir(place)
        assert hl.read(written / "scenario.yaml").economy.domestic_codes == CODES
        assert command("compare", str(written), "--format", "csv")[0] == 0
    monkeypatch.chdir(written)
    assert Path(held["economy"]).resolve() == (folder / "four.npz").resolve()


def test_a_missing_economy_is_looked_for_beside_the_scenario(folder: Path):
    (folder / "four.npz").unlink()
    words = (str(folder / "four.npz"), "read from the folder of that file")
    teaches(lambda: hl.read(folder / "pref.yaml"), words, (words[0], "从该文件所在文件夹算起"))


def test_regions_that_do_not_cover_china_are_not_called_so(folder: Path, command):
    """All of them together go by the economy's name, in every table and as a target; 全国 still means all of them."""
    economy = own()
    assert [economy.regions.name(NATION, lang) for lang in ("en", "zh")] == ["four", "four"]
    assert chosen(economy, "four") == chosen(economy, "全国") == list(CODES)
    assert [hl.load(name).regions.name(NATION, "zh") for name in ("china-2000", "china-2020")] == ["全国"] * 2
    assert replace(economy, name="five").regions.name(NATION) == "five"
    assert replace(economy, name="Chengdu").regions.name(NATION) == "all regions"  # no region's name is that of all
    scenario, out = str(folder / "pref.yaml"), folder / "out"
    told = [command("run", scenario, "--out", str(out), "--format", form)[1] for form in ("md",)]
    told += [command("diagnose", str(folder / "four.npz"), "--detail", "--lang", lang)[1] for lang in ("en", "zh")]
    told += [command("compare", scenario, "--by", "nation", "--lang", lang)[1] for lang in ("en", "zh")]
    told.append((out / "results.csv").read_text(encoding="utf-8"))
    for words in told:
        assert not re.search(r"^\W*(China|全国)\W|[,|] *(China|全国) *[,|]", words, re.MULTILINE), words
    assert all("four" in words for words in told)


def uneven() -> hl.Economy:
    """One region's value added raised by a tenth: it earns too little by what is sold, and the others too much."""
    economy = own()
    arrays = {**economy.arrays, "value_added_nj": economy.arrays["value_added_nj"] * np.array([[1.1], *[[1.0]] * 4])}
    return replace(economy, arrays=arrays)


UNEVEN = (
    ("four", "0.0001", "Mianyang (绵阳) (-", "hinterland data import", "--balance trade"),
    ("绵阳 (-", "基期不平衡"),
)


def test_no_door_takes_a_base_year_that_does_not_balance(tmp_path: Path, command):
    """The way back to balance is no effect of a policy."""
    economy, scenario = uneven(), tmp_path / "pref.yaml"
    place = str(saved(economy, tmp_path))
    policies = {"reform": {"instrument": "hukou_reform", "to": ["P22"], "cut": 0.3}}
    scenario.write_text(yaml.safe_dump(SCENARIO | {"policies": policies}, allow_unicode=True), encoding="utf-8")
    reform = hl.policies.HukouReform(to=["P22"], cut=0.3)
    doors = (
        lambda: hl.load(place),
        lambda: hl.solve(economy),
        lambda: hl.run(hl.Scenario(economy, [reform])),
        lambda: hl.run(scenario),
        lambda: hl.compare([scenario]),
        lambda: hl.equilibria(economy, 1),
    )
    for door in doors:
        teaches(door, *UNEVEN)
    new = str(tmp_path / "new.npz")
    for words in (
        ("data", "check", place),
        ("data", "import", place, "--out", new),
        ("scenarios", "check", str(scenario)),
        ("run", str(scenario)),
    ):
        for lang, told in zip(("en", "zh"), UNEVEN, strict=True):
            code, _, err = command(*words, "--lang", lang)
            assert (code, [word for word in told if word not in err]) == (2, [])
    assert not Path(new).exists()
    even = str(files.write_npz(own(), tmp_path / "even.npz"))
    assert command("data", "check", even)[0] == 0


@pytest.mark.parametrize("way", ["deficits", "trade"])
def test_an_import_makes_a_base_year_balance_as_it_is_asked_to(way: str, tmp_path: Path, command):
    """Trade that transfers paid for is told without them: they are found again, or value added is."""
    paid = np.array([0.01, -0.01, 0.02, 0.0, -0.02]) * own().arrays["value_added_nj"].sum(axis=1).min()
    whole = evened(replace(own(), arrays={**own().arrays, "transfer_n": paid}), "trade")
    told = replace(whole, arrays={name: of for name, of in whole.arrays.items() if name != "transfer_n"}, notes={})
    place, new = str(saved(told, tmp_path)), str(tmp_path / "new.npz")
    code, out, err = command("data", "import", place, "--out", new, "--balance", way)
    words = {"deficits": "deficits kept as transfers", "trade": "value added adjusted to the trade shares"}[way]
    assert (code, err) == (0, "")
    assert (words in out, "value_c, real_income_c" in out) == (True, True)
    found, base = hl.load(new), told.arrays
    assert words in found.note("en")
    changed = {"deficits": "transfer_n", "trade": "value_added_nj"}[way]
    for name, array in found.arrays.items():
        assert np.array_equal(array, base.get(name)) is (name != changed), name
    if way == "deficits":
        np.testing.assert_allclose(found.arrays["transfer_n"], paid, rtol=1e-6, atol=1e-12)
    assert found.arrays["value_added_nj"].sum() == pytest.approx(base["value_added_nj"].sum())
    solved = hl.solve(found).outcome
    np.testing.assert_allclose(solved.real_income_hat_c, 1, rtol=1e-9)
    again = str(tmp_path / "again.npz")
    assert command("data", "import", new, "--out", again, "--balance", way)[0] == 0
    np.testing.assert_array_equal(hl.load(again).arrays[changed], found.arrays[changed])


def test_transfers_that_cannot_make_sectors_balance_are_refused_by_name(tmp_path: Path, command):
    place, new = str(saved(uneven(), tmp_path)), str(tmp_path / "new.npz")
    code, _, err = command("data", "import", place, "--out", new, "--balance", "deficits")
    assert (code, "Mianyang (绵阳)" in err, "balance='trade'" in err, Path(new).exists()) == (2, True, True, False)


@pytest.mark.parametrize("tables", [True, False])
def test_a_scenario_is_begun_for_an_economy_of_ones_own(tables: bool, tmp_path: Path, command, monkeypatch):
    """The path of the economy is told from where the scenario will lie, and places are some that the economy has."""
    saved(own(tables), tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    for place, written in (("plan.yaml", "four.npz"), ("plans/plan.yaml", "../four.npz")):
        code, _, err = command("scenarios", "new", "plan", "--economy", "four.npz", "--out", place)
        assert (code, err) == (0, "")
        assert yaml.safe_load(Path(place).read_text(encoding="utf-8"))["economy"] == written
        assert command("scenarios", "check", place)[0] == 0
    code, _, err = command("scenarios", "new", "plan", "--economy", "five.npz")
    assert (code, "there is no file or folder five.npz" in err) == (2, True)


@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_a_run_without_known_regions_leaves_out_what_asks_for_them(form: str, tmp_path: Path, command):
    saved(own(tables=False), tmp_path)
    content = SCENARIO | {"policies": {"reform": {"instrument": "hukou_reform", "to": ["P22"], "cut": 0.3}}}
    (tmp_path / "pref.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    code, out, err = command("run", str(tmp_path / "pref.yaml"), "--format", form)
    assert (code, err) == (0, "") or "solving" in err
    assert "East" not in out
    assert not re.search(r"\bnan\b", out)
    if form != "csv":
        assert "groups of the kind macro_region" in out
        assert "no amounts of money are told" in out


def test_codes_are_names_and_move_no_number():
    """The same base year under codes of one's own gives the same outcomes in every place."""
    economy = hl.load("china-2000")
    codes = [f"{code[:2]}0100" for code in economy.domestic_codes]
    other = replace(economy, regions=regions_of(codes, economy.foreign_codes))
    policy = hl.policies.MarketReform(cut=0.05)
    tables = [
        hl.compare([hl.Scenario(one, [policy])], by="region").droplevel("region")["scenario"]
        for one in (economy, other)
    ]
    np.testing.assert_array_equal(*tables)
    macro = [hl.compare([hl.Scenario(one, [policy])])["scenario"] for one in (economy, other)]
    assert macro[0].equals(macro[1])


REFUSED = {
    "transport": hl.policies.Transport(line=["Chengdu", "Chongqing"]),
    "measured_change": hl.policies.MeasuredChange(series="western_rail_2000_2009"),
    "border_opening": hl.policies.BorderOpening(ports=["Khorgos"]),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_instruments_on_figures_of_provinces_are_refused_by_name(name: str):
    words = ("Mianyang (绵阳)", "4 / 4", "china-2020")
    teaches(lambda: hl.Scenario(own(), [REFUSED[name]]), (name, *words), (name, "绵阳, ", *words[1:]))


def test_expressions_on_figures_of_provinces_are_refused_with_those_there_are():
    teaches(
        lambda: chosen(own(), "density > 3"), ("density", "Use one of: workers, nonag_share"), ("density", "workers")
    )


def test_a_cost_in_yuan_is_refused_where_money_is_not_known_in_yuan():
    economy = own()
    assert np.isnan(currency(economy))
    priced = hl.policies.HukouReform(to=["P22"], cut=0.1, cost=3.0)
    teaches(lambda: hl.Scenario(economy, [priced]), ("hukou_reform", "currency", "bn CNY"), ("currency", "bn CNY"))
    paid = hl.policies.PovertyAlleviation(to=["P22"])
    teaches(lambda: hl.Scenario(economy, [paid]), ("poverty_alleviation", "currency"), ("currency",))


def test_the_land_of_the_nation_is_no_ones_own():
    closed = hl.policies.EcologicalProtection(to=["P22"], closed=0.1)
    assert closed.outlays(own()) == ()
    assert closed.outlays(own(codes=("510100", "P22", "成都", "500100"))) == ()
    assert hl.policies.EcologicalProtection(to=["West"], closed=0.1).outlays(hl.load("china-2000"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_dashboard_reads_what_the_arrays_say(lang: str, tmp_path: Path, command, today):
    codes = [f"{code[:2]}0100" for code in today.domestic_codes]
    economy = replace(today, name="prefectures", regions=regions_of(codes, today.foreign_codes))
    board = dashboard(economy=economy)
    ours, nation = board.macro_regions.set_index("region"), national(today, base_state(today))
    assert ours.loc["China", "urbanization_rate"] == pytest.approx(nation["urbanization_rate"])
    assert ours.loc["China", "primary_employment_share"] == pytest.approx(100 * (1 - nation["nonag_share"]))
    assert ours["population"].drop("China").sum() == pytest.approx(ours.loc["China", "population"])
    people = (economy.workers_c * economy.residents_per_worker_c).sum()
    assert ours.loc["China", "gdp_per_head"] == pytest.approx(1000 * gdp_n(economy).sum() / people)
    assert board.nation.set_index("indicator").loc["theil", "value"] > 0
    assert ours["fiscal_revenue"].isna().all()
    code, out, _ = command("diagnose", str(saved(economy, tmp_path)), "--group", "West", "--detail", "--lang", lang)
    assert code == 0
    assert "510100" in out
    assert "310100" not in out
    code, _, err = command("diagnose", str(tmp_path / "prefectures.npz"), "--year", "2009")
    assert (code, "2020" in err) == (2, True)


def test_the_dashboard_of_an_economy_of_workers_has_dashes(tmp_path: Path, command):
    code, out, _ = command("diagnose", str(saved(own(), tmp_path)), "--detail")
    assert (code, "–" in out, "Mianyang" in out) == (0, True, True)


@pytest.mark.parametrize("unit", ["relative", "bn CNY"])
def test_case_base_year_2023_imports_and_runs(unit: str, tmp_path: Path):
    """The panel has figures to 2024: a relative economy is brought to the GDP of its own year."""
    shipped = {"relative": "china-2000", "bn CNY": "china-2020"}[unit]
    folder = files.export(hl.load(shipped), tmp_path / "E")
    head = yaml.safe_load((folder / "economy.yaml").read_text(encoding="utf-8"))
    head |= {"name": "mine", "year": 2023, "price_year": 2023}
    head["units"] = {name: words.replace("2020", "2023") for name, words in head["units"].items()}
    (folder / "economy.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    economy = files.read(folder)
    if unit == "relative":
        gdp = panel.series("gdp_rev5census", 2023).loc[list(economy.domestic_codes)].sum() / 10
        added = economy.arrays["value_added_nj"][:30].sum()
        assert currency(economy) * added == pytest.approx(gdp)
    result = hl.run(hl.Scenario(economy, [hl.policies.HukouReform(to=["gdp_per_head < national"], cut=0.1)]))
    assert result.certificate.passed
    assert len(result.budget) > 0
    assert np.isfinite(result.benefits["variation"]).all()


def test_a_year_before_and_after_every_figure_has_no_money_and_still_runs():
    economy = replace(hl.load("china-2000"), year=2030, units=Units.relative(2030))
    assert np.isnan(currency(economy))
    assert hl.run(hl.Scenario(economy, [hl.policies.MarketReform(cut=0.05)])).certificate.passed


def test_provinces_border_on_each_other():
    for code, entry in china().by_code.items():
        assert all(code in china().by_code[other].neighbours for other in entry.neighbours)
    assert "500000" in china().by_code["510000"].neighbours


def test_the_table_on_the_page_is_one_that_is_read():
    words = re.search(r"```\n(code,.*?)```", (ROOT / "docs" / "own-regions.md").read_text(encoding="utf-8"), re.DOTALL)
    assert words is not None
    problems: list = []
    table = RegionTables(rows_from(words[1], "regions.csv", problems))
    regions = with_tables(("510100", "P22"), (), table, problems)
    assert problems == []
    assert regions.find("Chengtu") == "510100"
    assert regions.province("P22") == "510000"
    assert regions.by_code["P22"].neighbours == ("510100",)


PARTLY = ("110000", "510000", "P22", "440000")  # one region of unknown parent among provinces


def test_a_part_of_a_macro_region_is_not_read_as_the_whole():
    """One province under a code of its own, of unknown parent: no table by macro-region, and one row of costs."""
    codes = PARTLY[:3]
    regions = regions_of(codes)
    for by in ("macro_region", "old", "West", "city_cluster"):
        teaches(lambda by=by: regions.grouping(by, codes, 2020), ("P22", "(1 / 3)", "`parent`"), ("P22", "所在省"))
    budget = pd.DataFrame({"region": codes, "payer": "local", "present": 1.0})
    assert cost_by_place(budget, regions).to_dict() == {"local": {NATION: 3.0}}
    assert set(cost_by_place(budget[:2], regions).index) == {"East", "West"}


def test_targets_that_hold_a_part_of_what_they_name_are_refused_by_name():
    """And 全国 and the printed name of the total are all regions, of known parent or not."""
    economy = own(tables=False, codes=PARTLY)
    for name in ("West", "西部", "China", "not West", "chengdu_chongqing"):
        teaches(lambda name=name: chosen(economy, name), ("hukou_reform.to", "P22", "(1 / 4)"), ("P22", "不知属于"))
    assert chosen(economy, "Sichuan", "Guangdong") == ["510000", "440000"]
    for name in ("全国", "所有地区", "all regions", economy.regions.name(NATION, "en")):
        assert chosen(economy, name) == list(PARTLY)
        assert chosen(own(tables=False), name) == list(CODES)
    teaches(lambda: chosen(own(tables=False), "China"), ("no known province", "(4 / 4)"), ("不知属于",))


def test_what_files_say_of_a_region_makes_macro_regions_whole():
    told = {
        "a parent": RegionTables(({"code": "P22", "parent": "云南"},)),
        "a group": RegionTables(
            (), ({"group": "West", "kind": "macro_region", "region_code": code} for code in ("510000", "P22"))
        ),
    }
    for name, said in told.items():
        regions = with_tables(PARTLY, ("WORLD",), said._replace(groups=tuple(said.groups)), [])
        economy = replace(own(tables=False, codes=PARTLY), regions=regions)
        assert chosen(economy, "West") == ["510000", "P22"], name


def rows_of_groups(**codes: str) -> list[dict[str, str]]:
    """Rows of `groups.csv`: macro-regions with their codes."""
    return [
        {"group": group, "kind": "macro_region", "region_code": code}
        for group, listed in codes.items()
        for code in listed.split()
    ]


def with_groups(parents: dict[str, str], **codes: str) -> hl.Economy:
    """The economy of `PARTLY` with what its files say of parents and macro-regions."""
    said = RegionTables([{"code": code, "parent": parent} for code, parent in parents.items()], rows_of_groups(**codes))
    problems: list = []
    regions = with_tables(PARTLY, ("WORLD",), said, problems)
    if problems:
        raise hl.DataError(problems)
    return replace(own(tables=False, codes=PARTLY), regions=regions)


def test_a_region_that_groups_leave_out_is_in_the_macro_region_of_its_province():
    """One rule for targets, `--by` and `--group`, whichever macro-regions the file of groups tells."""
    for groups in ({"West": "510000", "East": "110000 440000"}, {"East": "110000"}, {"West": "510000 P22"}, {}):
        economy = with_groups({"P22": "云南"}, **groups)
        assert set(chosen(economy, "West")) == {"510000", "P22"}
        by = economy.regions.grouping("macro_region", PARTLY, 2020)
        assert by == {"East": ("110000", "440000"), "West": ("510000", "P22")}
        assert set(economy.regions.grouping("West", PARTLY, 2020)["West"]) == {"510000", "P22"}
        assert set(dashboard(economy=economy).macro_regions["region"]) == {"East", "West", NATION}
        assert list(dashboard(group="West", economy=economy).provinces["region"]) == ["510000", "P22"]


def test_what_a_macro_region_lacks_is_lacking_at_every_door():
    economy = with_groups({}, West="510000", East="110000 440000")
    words = ("P22 (1 / 4) lie in no known province",)
    for door in (
        lambda: chosen(economy, "West"),
        lambda: economy.regions.grouping("West", PARTLY, 2020),
        lambda: economy.regions.grouping("macro_region", PARTLY, 2020),
        lambda: dashboard(group="West", economy=economy),
    ):
        teaches(door, words, ("P22 (1 / 4)", "不知属于哪个省份"))


def test_a_division_of_ones_own_that_leaves_a_region_out_is_told_as_that():
    economy = with_groups({"P22": "云南"}, North="110000", South="440000 510000")
    by = economy.regions.grouping
    teaches(
        lambda: by("macro_region", PARTLY, 2020),
        ("'macro_region' does not divide", "P22 (1 / 4)", "groups.csv"),
        ("P22 (1 / 4)", "不在任何同类地区组"),
    )
    assert chosen(economy, "South") == ["510000", "440000"]


def test_a_group_and_a_parent_that_disagree_are_refused_by_name():
    english = (
        "groups.csv",
        "P22 - East (东部) ≠ West (西部) / Yunnan (云南)",
        "(1 / 4)",
        "Correct the group or the parent",
    )
    chinese = ("P22 - 东部 ≠ 西部 / 云南", "请改正其中之一")
    teaches(lambda: with_groups({"P22": "云南"}, East="110000 P22"), english, chinese)
    with_groups({"P22": "云南"}, South="110000 P22")


def test_a_refusal_by_province_names_the_province():
    said = RegionTables(({"code": "A", "parent": "Sichuan"},))
    regions = with_tables(("A", "C"), (), said, [])
    teaches(
        lambda: regions.grouping("province", ("A", "C"), 2020),
        ("'Sichuan (四川)'", "C (1 / 2)"),
        ("“四川”", "C (1 / 2)"),
    )


@pytest.mark.parametrize("tables", [True, False])
def test_the_remedy_for_a_total_row_works(tables: bool):
    for economy in (own(tables), own(tables=False, codes=PARTLY)):
        error = teaches(lambda economy=economy: chosen(economy, "合计"), ("is a total",), ("是合计", "请写“全国”"))
        for lang, pattern in (("en", "write '(.*)'"), ("zh", "请写“(.*)”")):
            said = re.search(pattern, error.text(lang))
            assert said is not None
            assert chosen(economy, said[1]) == list(economy.domestic_codes)


def test_a_province_of_which_a_part_may_be_unknown_is_no_target():
    said = RegionTables(({"code": "A", "parent": "Sichuan"}, {"code": "B", "parent": "Sichuan"}))
    regions = with_tables(("A", "B", "C", "110000"), ("WORLD",), said, [])
    economy = replace(own(tables=False, codes=("A", "B", "C", "110000")), regions=regions)
    teaches(lambda: chosen(economy, "Sichuan"), ("'Sichuan'", "C", "(1 / 4)"), ("“Sichuan”",))
    assert chosen(economy, "Beijing", "A") == ["A", "110000"]


def test_the_dashboard_leaves_macro_regions_out_that_are_known_in_part(tmp_path: Path, command):
    economy = own(tables=False, codes=PARTLY)
    for division in ("present", "old"):
        assert list(dashboard(division=division, economy=economy).macro_regions["region"]) == [NATION]
    teaches(lambda: dashboard(group="West", economy=economy), ("'West'", "P22"), ("“West”", "P22"))
    place = str(saved(economy, tmp_path))
    for lang, words in (("en", "P22 (1 / 4) lie in no known province"), ("zh", "以下地区不知属于哪个省份")):
        code, out, _ = command("diagnose", place, "--lang", lang)
        assert (code, words in out) == (0, True)
