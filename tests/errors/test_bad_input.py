"""Bad input: one message that names the rule, the place, what was found and the remedy, in both languages.

Each case lists words that must stand in the message: the place, the value and the nearest name or the remedy.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland import indicators
from hinterland.data import box, panel, regions
from hinterland.economy import two_sector
from hinterland.replications import replicate
from hinterland.report import record
from hinterland.scenario import file as scenario_file

HEAD = b"economy: china-2000\npolicies:\n  a:\n    instrument: hukou_reform\n"


def published() -> two_sector.TwoSector:
    """The published arrays of china-2000."""
    return two_sector.read("china-2000", 2000, box.economy_arrays("china-2000"))


def changed(**arrays: Callable[[np.ndarray], np.ndarray]) -> Callable[[], object]:
    """Return a call that builds china-2000 with some arrays changed."""

    def build() -> two_sector.TwoSector:
        base = published()
        return dataclasses.replace(base, **{name: change(getattr(base, name)) for name, change in arrays.items()})

    return build


def put(value: float, *where: int) -> Callable[[np.ndarray], np.ndarray]:
    """Return a change of one entry."""

    def change(array: np.ndarray) -> np.ndarray:
        copy = array.copy()
        copy[where] = value
        return copy

    return change


def parsed(content: bytes) -> Callable[[], object]:
    return lambda: scenario_file.parse(content, "mine.yaml")


def hukou(**values: object) -> Callable[[], object]:
    return lambda: hl.policies.HukouReform(**values)


def in_scenario(**values: object) -> Callable[[], object]:
    return lambda: hl.Scenario("china-2000", [hl.policies.HukouReform(cut=0.3, **values)])


def unsolvable() -> object:
    """The first gives away three times what it earns."""
    free = np.zeros((2, 2, 1))
    world = hl.World.build(np.full((2, 2), 0.5), [1.0, 1.0], 4.0, tariff_nij=free, regions=["Here", "There"])
    return hl.solve(world.with_levers(transfer_n=[-3.0, 3.0]))


def repeated_province() -> object:
    base = published()
    return dataclasses.replace(base, region_codes=("110000", "110000", *base.region_codes[2:]))


CASES: dict[str, tuple[Callable[[], object], tuple[str, ...], tuple[str, ...]]] = {
    "unknown economy": (
        lambda: hl.load("chna-2000"),
        ("chna-2000", "china-2000", "data list"),
        ("chna-2000", "china-2000", "data list"),
    ),
    "unknown province": (lambda: regions.china().code("Heibei"), ("Heibei", "Hebei"), ("Heibei", "Hebei")),
    "unknown province in Chinese": (lambda: hl.load().region("黑龙汇"), ("黑龙汇", "黑龙江"), ("黑龙汇", "黑龙江")),
    "unknown variable": (
        lambda: panel.series("urbanisation_rate", 2009),
        ("urbanization_rate",),
        ("urbanization_rate",),
    ),
    "a variable by its Chinese title": (
        lambda: panel.series("地区生产总值", 2009),
        ("地区生产总值", "gdp_rev5census (GDP", "data list"),
        ("地区生产总值", "gdp_rev5census（地区生产总值", "data list"),
    ),
    "a variable that nothing is near to": (
        lambda: panel.series("zzzz", 2009),
        ("'zzzz'; no name is near it; there are census_population,", "data list"),
        ("“zzzz”的变量；没有相近的名称；已有：普查常住人口（census_population）、", "data list"),
    ),
    "a group that nothing is near to": (
        lambda: hl.dashboard(2009, group="foo"),
        ("'foo'; no name is near it; there are East (东部)", "show groups"),
        ("“foo”的地区组或省份；没有相近的名称；已有：东部", "show groups"),
    ),
    "year without data": (
        lambda: panel.series("towns", 2007),
        ("towns", "2007", "2005", "interpolated"),
        ("towns", "2007", "2005", "插补"),
    ),
    "dashboard out of range": (lambda: hl.dashboard(1850), ("1850", "2000", "2023"), ("1850", "2000", "2023")),
    "unknown group": (lambda: hl.dashboard(2009, group="Wst"), ("Wst", "West"), ("Wst", "West")),
    "unknown published case": (lambda: replicate("tombe-zhu"), ("tombe-zhu-2019",), ("tombe-zhu-2019",)),
    "share of 30 for 0.30": (
        hukou(cut=30),
        ("hukou_reform.cut", "30", "Divide by 100", "0.3"),
        ("hukou_reform.cut", "30", "除以 100", "0.3"),
    ),
    "NaN": (hukou(cut=float("nan")), ("hukou_reform.cut", "nan", "finite"), ("hukou_reform.cut", "nan", "有限")),
    "infinity": (hukou(cut=float("inf")), ("hukou_reform.cut", "inf"), ("hukou_reform.cut", "inf")),
    "negative cut": (hukou(cut=-0.2), ("hukou_reform.cut", "-0.2", "between 0 and 0.95"), ("-0.2", "0 到 0.95")),
    "cut of everything": (hukou(cut=1.0), ("hukou_reform.cut", "0.95"), ("hukou_reform.cut", "0.95")),
    "words for a number": (hukou(cut="0.3"), ("hukou_reform.cut", "'0.3'", "quotes"), ("'0.3'", "引号")),
    "yes for a number": (hukou(cut=True), ("hukou_reform.cut", "True"), ("hukou_reform.cut", "True")),
    "misspelt margin": (hukou(moves="in_plaec"), ("in_plaec", "in_place"), ("in_plaec", "in_place")),
    "a truth for a list": (hukou(to=True), ("hukou_reform.to", "True", "list"), ("True", "列表")),
    "nobody": (hukou(to=[]), ("hukou_reform.to", "not empty"), ("hukou_reform.to", "不能为空")),
    "a year in words": (hukou(start="soon"), ("hukou_reform.start", "'soon'", "2026"), ("'soon'", "2026")),
    "unknown place of a policy": (in_scenario(to=["Sichuen"]), ("Sichuen", "Sichuan"), ("Sichuen", "Sichuan")),
    "place without data": (
        in_scenario(to=["Tibet"]),
        ("Tibet", "china-2000", "Remove"),
        ("Tibet", "china-2000", "去掉"),
    ),
    "not a policy": (lambda: hl.Scenario("china-2000", [0.3]), ("a number", "policies"), ("一个数", "policies")),
    "unknown scenario": (lambda: hl.read("dual_transfr"), ("dual_transfr", "dual_transfer"), ("dual_transfer",)),
    "missing file": (lambda: hl.read("no/such/file.yaml"), ("no/such/file.yaml", "path"), ("file.yaml", "路径")),
    "a folder for a file": (lambda: hl.read("tests"), ("tests", "cannot be read"), ("tests", "无法读取")),
    "binary file": (parsed(b"\x00\x01\xff\xfe" * 9), ("mine.yaml", "UTF-8"), ("mine.yaml", "UTF-8")),
    "NUL in text": (parsed(b"name: a\x00b"), ("mine.yaml", "UTF-8"), ("mine.yaml", "UTF-8")),
    "broken YAML": (parsed(b"name: [a\npolicies: }"), ("mine.yaml", "line 2"), ("mine.yaml", "第 2 行")),
    "alias bomb": (
        parsed(b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]"),
        ("mine.yaml", "line 2", "aliases"),
        ("mine.yaml", "第 2 行", "别名"),
    ),
    "a deep nest": (parsed(b"a: " + b"[" * 60 + b"]" * 60), ("mine.yaml", "8 levels"), ("mine.yaml", "8 层")),
    "a huge file": (parsed(b"#" * 300_000), ("mine.yaml", "300000", "262144"), ("300000", "262144")),
    "code in YAML": (parsed(b"name: !!python/object/apply:os.getcwd []"), ("mine.yaml", "line 1"), ("第 1 行",)),
    "not a mapping": (parsed(b"- a\n- b"), ("mine.yaml", "policies"), ("mine.yaml", "policies")),
    "policies in a list": (parsed(b"policies: [a]"), ("mine.yaml", "a list"), ("mine.yaml", "一个列表")),
    "repeated key": (parsed(b"name: a\nname: b"), ("mine.yaml", "line 2", "name"), ("第 2 行", "name")),
    "unknown key": (parsed(b"polices: {}"), ("mine.yaml", "polices", "policies"), ("polices", "policies")),
    "unknown key of a policy": (parsed(HEAD + b"    cutt: 0.1"), ("policies.a", "cutt", "cut"), ("policies.a", "cutt")),
    "unknown instrument": (
        parsed(b"policies: {a: {instrument: hukuo_reform}}"),
        ("policies.a", "hukuo_reform", "hukou_reform"),
        ("policies.a", "hukuo_reform", "hukou_reform"),
    ),
    "no instrument": (parsed(b"policies: {a: {cut: 1}}"), ("policies.a", "transport"), ("policies.a", "transport")),
    "unknown economy in a file": (parsed(b"economy: china-2021"), ("china-2021", "china-2020"), ("china-2020",)),
    "a number for a name": (parsed(b"name: 5"), ("mine.yaml", "name", "5", "quotes"), ("name", "5", "引号")),
    "another language": (parsed(b"title: {fr: bonjour}"), ("title", "zh, en"), ("title", "zh、en")),
    "NaN in a file": (parsed(HEAD + b"    cut: .nan"), ("policies.a.cut", "nan"), ("policies.a.cut", "nan")),
    "a policy of another scenario": (
        lambda: hl.read("dual_transfer").with_values({"inplase.cut": 0.1}),
        ("inplase", "in_place"),
        ("inplase", "in_place"),
    ),
    "an unknown value": (
        lambda: hl.read("dual_transfer").with_values({"in_place.size": 0.1}),
        ("policies.in_place", "size"),
        ("policies.in_place", "size"),
    ),
    "negative workers": (
        changed(workers_nj=put(-1.0, 0, 0)),
        ("workers_nj", "Beijing", "1 / 30", "-1"),
        ("workers_nj", "北京", "1 / 30", "-1"),
    ),
    "a gap in incomes": (changed(real_income_nj=put(np.nan, 5, 1)), ("Liaoning", "gap"), ("辽宁", "缺值")),
    "an infinite share": (changed(trade_share_nij=put(np.inf, 3, 2, 0)), ("Shanxi", "inf"), ("山西", "inf")),
    "percent for shares": (
        changed(migration_share_gc=lambda share: share * 100),
        ("migration_share_gc", "30 / 30", "100", "Divide"),
        ("migration_share_gc", "30 / 30", "除以 100"),
    ),
    "a missing province": (changed(workers_nj=lambda array: array[1:]), ("(30, 2)", "(29, 2)"), ("(30, 2)", "(29, 2)")),
    "a transposed table": (changed(workers_nj=lambda array: array.T), ("(30, 2)", "(2, 30)"), ("(2, 30)", "颠倒")),
    "a repeated province": (repeated_province, ("Beijing", "unique"), ("北京", "重复")),
    "an elasticity out of range": (
        lambda: hl.load().with_elasticities(trade_elasticity=-4.0),
        ("trade_elasticity", "-4"),
        ("trade_elasticity", "-4"),
    ),
    "an unknown elasticity": (
        lambda: hl.load().with_elasticities(trade_elastcity=4.0),
        ("trade_elastcity", "trade_elasticity"),
        ("trade_elastcity", "trade_elasticity"),
    ),
    "an elasticity between residences where there is one": (
        lambda: hl.load("china-2000").with_elasticities(rural_efficiency=0.8),
        ("china-2000 has one residence", "rural_efficiency", "china-2020"),
        ("china-2000 只有一处居住地", "rural_efficiency", "china-2020"),
    ),
    "no equilibrium": (
        unsolvable,
        ("33.3%", "income", "Here", "below that part"),
        ("33.3%", "收入", "Here", "减小"),
    ),
    "a case without its data": (lambda: replicate("caliendo-parro-2015"), ("--data",), ("--data",)),
    "a folder without the data": (
        lambda: replicate("caliendo-parro-2015", "tests"),
        ("inputs.npz", "--data"),
        ("inputs.npz", "--data"),
    ),
    "no run in a folder": (lambda: record.read_run("tests"), ("run.json", "hinterland run --out"), ("run.json",)),
    "lengths that differ": (lambda: indicators.gini([1.0, 2.0], [1.0]), ("gini", "(2,)", "(1,)"), ("gini", "(1,)")),
    "a zero under a logarithm": (
        lambda: indicators.theil([0.0, 1.0], [1, 1]),
        ("theil", "0 (1 / 2)"),
        ("theil", "补齐"),
    ),
    "negative people": (lambda: indicators.gini([1.0, 1.0], [1, -1]), ("gini", "1 (1 / 2)"), ("gini", "人口")),
    "nobody at all": (lambda: indicators.gini([1.0, 1.0], [0, 0]), ("gini", "nothing"), ("gini", "零")),
    "a distance of zero": (
        lambda: indicators.market_access([1.0, 1.0], [[0.0, 1.0], [1.0, 0.0]]),
        ("market_access", "distance"),
        ("market_access", "距离"),
    ),
}


@pytest.mark.parametrize("name", list(CASES))
def test_the_message_names_place_value_and_remedy_in_both_languages(name: str):
    call, english, chinese = CASES[name]
    error = teaches(call, english, chinese)
    assert "{" not in error.text("en").replace("{}", "") or name == "unknown key"
    assert error.exit_code == (1 if name == "no equilibrium" else 2)


def test_all_problems_come_at_once():
    content = HEAD + b"    cut: 30\n    movs: x\n  b:\n    instrument: transprt\nnme: x\n"
    with pytest.raises(hl.PolicyError) as caught:
        scenario_file.parse(content, "mine.yaml")
    assert len(caught.value.problems) == 4
    assert all(word in caught.value.text("en") for word in ("30", "movs", "transprt", "nme"))


def test_an_existing_folder_is_left_as_it_is(dual_transfer, tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(hl.DataError, match="exists already"):
        hl.write(dual_transfer, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_failure_half_way_leaves_nothing(dual_transfer, tmp_path: Path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(record, "dumps", full)
    with pytest.raises(hl.DataError, match="No space left"):
        hl.write(dual_transfer, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_a_folder_should_be(dual_transfer, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(hl.DataError) as caught:
        hl.write(dual_transfer, tmp_path / "file" / "run")
    assert "file" in caught.value.text("zh")


@pytest.mark.parametrize("year", [{2020}, [2020], (2019, 2020), "last", 2020.5, True, None])
def test_a_series_is_of_one_year(year):
    words = ("`year`", str(year), "hl.panel()")
    teaches(lambda: hl.series("population_resident", year), words, words)
    if year not in (None, "last"):  # the dashboard has a year of its own, and reads a word as the name of an economy
        teaches(lambda: hl.dashboard(year), words, words)


def test_a_year_may_be_written_as_a_text_and_a_name_that_is_none_is_told():
    assert hl.series("population_resident", "2020").equals(hl.series("population_resident", 2020))
    for name in ({"population_resident"}, ["population_resident"]):
        teaches(lambda name=name: hl.series(name, 2020), ("no variable named", "population_resident"), ("没有名为",))


@pytest.mark.parametrize("year", [1850, 2025])
def test_a_year_without_figures_is_told_with_the_first_and_the_last(year: int, command):
    teaches(lambda: hl.series("population_resident", year), ("2000 to 2023", str(year)), ("2000 至 2023",))
    for words in (("data", "show", "population_resident"), ("diagnose",)):
        code, _, err = command(*words, "--year", str(year))
        assert (code, "2000" in err, "2023" in err) == (2, True, True)
    for name in ("groups", "china-2020"):
        for lang, said in (("en", f"nothing of {year}"), ("zh", f"没有 {year} 年")):
            code, _, err = command("data", "show", name, "--year", str(year), "--lang", lang)
            assert (code, said in err) == (2, True)
    assert command("data", "show", "china-2020", "--year", "2020")[0] == 0
