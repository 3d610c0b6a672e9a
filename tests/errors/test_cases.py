"""What real users' files and reports of the field led to: answered rightly or refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from tests.messages import in_chinese, teaches

import hinterland as hl
from hinterland.cli.main import main
from hinterland.economy import files as exchange
from hinterland.economy.economy import digest
from hinterland.economy.regions import regions_of
from hinterland.economy.roles import Roles
from hinterland.economy.units import Units
from hinterland.study.outcomes import base_state, national, state_of

URBANIZATION = 63.8392
HEADER = "region,region_zh,region_en,sector,value"


def headed(folder: Path, **changes: Any) -> Path:
    head = folder / "economy.yaml"
    given = {**yaml.safe_load(head.read_text(encoding="utf-8")), **changes}
    head.write_text(yaml.safe_dump(given, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def rewritten(file: Path, rows: list[str]) -> None:
    """Put rows in place of those of the same region and sector."""
    old = file.read_text(encoding="utf-8-sig").splitlines()
    keys = {tuple(row.split(",")[1:4]) for row in rows}
    file.write_text("\n".join([*rows, *(row for row in old[1:] if tuple(row.split(",")[1:4]) not in keys)]), "utf-8")


def urbanization(economy: hl.Economy) -> float:
    return national(economy, base_state(economy))["urbanization_rate"]


def gained(economy: hl.Economy) -> float:
    """What a hukou reform in Sichuan and Chongqing does to the urbanization rate, in points."""
    reform = hl.policies.HukouReform(to=["Sichuan", "Chongqing"], cut=0.3)
    solved = hl.solve(hl.apply(hl.Scenario(economy, [reform])))
    return national(economy, state_of(solved))["urbanization_rate"] - urbanization(economy)


@cache
def gained_by_ours(units: Units) -> float:
    """The same in the economy of the box, where it counts in these units."""
    return gained(replace(hl.load("china-2020"), units=units))


@pytest.mark.parametrize("axis", ["residences", "classes", "sectors", "regions"])
def test_the_order_of_labels_in_the_head_changes_nothing(axis: str, copy: Path):
    head = yaml.safe_load((copy / "economy.yaml").read_text(encoding="utf-8"))
    economy = exchange.read(headed(copy, **{axis: list(reversed(list(head[axis])))}))
    assert urbanization(economy) == pytest.approx(URBANIZATION, abs=5e-5)
    assert digest(economy) == digest(hl.load("china-2020"))
    if axis != "regions":
        assert gained(economy) == pytest.approx(gained_by_ours(economy.units), abs=5e-5)


@pytest.mark.parametrize("axis", ["residences", "classes"])
def test_the_heads_that_were_misread(axis: str, copy: Path, shared: Path):
    shutil.copy(shared / "cases" / f"economy_{axis}_reversed.yaml", copy / "economy.yaml")
    economy = exchange.read(copy)
    assert urbanization(economy) == pytest.approx(URBANIZATION, abs=5e-5)
    assert gained(economy) == pytest.approx(gained_by_ours(economy.units), abs=5e-5)


@pytest.mark.parametrize("axis", ["region", "origin", "sector", "residence", "cell", "group", "pool", "input_sector"])
def test_the_order_of_coordinates_changes_nothing(axis: str, tmp_path: Path):
    data = exchange.to_dataset(hl.load("china-2020"))
    order = np.arange(data.sizes[axis])[::-1]
    data.isel({axis: order}).to_netcdf(tmp_path / "E.nc", engine="h5netcdf")
    if axis == "region":  # regions abroad come last in the economy that is read
        assert exchange.read(tmp_path / "E.nc").foreign_codes == ("ROW", "CARM", "ASEAN")
    assert digest(exchange.read(tmp_path / "E.nc")) == digest(hl.load("china-2020"))


def npz(folder: Path, **changes: Any) -> Path:
    with np.load(exchange.write_npz(hl.load("china-2020"), folder / "whole.npz")) as data:
        np.savez(folder / "china-2020.npz", **{**data, **changes})
    return folder / "china-2020.npz"


def test_classes_of_npz_stand_as_the_pools_of_homes_or_are_refused(tmp_path: Path):
    assert digest(exchange.read(npz(tmp_path))) == digest(hl.load("china-2020"))
    (tmp_path / "other").mkdir()
    file = npz(tmp_path / "other", **{"class": ["urban", "rural"]})
    teaches(lambda: exchange.read(file), ["urban, rural", "in the same order"], ["urban, rural", "次序相同"])


def test_labels_of_ones_own_need_roles(tmp_path: Path):
    names = {"sectors": ("crops", "industry", "services"), "residences": ("land", "stadt"), "classes": ("A", "B")}
    roles = Roles(farm=("crops",), industry=("industry",), town=("stadt",), rural_hukou=("A",))
    own = exchange.export(replace(hl.load("china-2020"), name="own", **names, roles=roles), tmp_path / "own")
    economy = exchange.read(headed(own, classes=["B", "A"], residences=["stadt", "land"]))
    assert (economy.roles, economy.classes) == (roles, ("B", "A"))
    assert gained(economy) == pytest.approx(gained_by_ours(economy.units), abs=5e-5)
    english = [
        "economy.yaml",
        "crops, industry, services",
        "sectors of agriculture",
        "`roles: {farm: [names]}`",
        "land",
    ]
    teaches(
        lambda: exchange.read(headed(own, roles={})), english, ["农业部门", "城镇居住地", "`roles: {town: [名称]}`"]
    )
    wrong = {"farm": ["corn"], "towns": [], "industry": 5}
    english = ["roles.farm", "'corn'", "'towns'", "roles.industry"]
    teaches(lambda: exchange.read(headed(own, roles=wrong)), english, ["“corn”", "towns", "roles.industry"])


ROLES = {"farm": ["ag"], "industry": ["industry"], "town": ["urban"], "rural_hukou": ["rural"]}


@pytest.mark.parametrize(
    ("role", "label", "meant"),
    [
        ("town", "rural", "urban"),
        ("rural_hukou", "urban", "rural"),
        ("farm", "industry", "ag"),
        ("industry", "ag", "industry"),
        ("farm", "services", "ag"),
    ],
)
def test_a_role_that_the_name_of_a_label_denies_is_refused(role: str, label: str, meant: str, copy: Path):
    """The village as town gave an urbanization rate of 36.16 % in silence."""
    others = {} if role in ("town", "rural_hukou") else {"farm": [], "industry": []}
    folder = headed(copy, roles={**ROLES, **others, role: [label]})
    words = [f"roles.{role}", label, f"[{meant}]"]
    teaches(lambda: exchange.read(folder), [*words, "Take it out of the role"], [*words, "请从该角色中删去"])


def test_a_head_in_another_encoding_is_told_as_text(copy: Path):
    head = copy / "economy.yaml"
    head.write_bytes(head.read_text(encoding="utf-8").encode("gb18030"))
    error = teaches(lambda: exchange.read(copy), ["economy.yaml is not text in UTF-8", "GB18030"], ["请", "UTF-8"])
    assert "CSV" not in error.text("en") + error.text("zh")


def test_a_header_among_the_rows_is_one_mistake(copy: Path):
    file = copy / "value_added_nj.csv"
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\n".join([*rows[:40], rows[0], *rows[40:], rows[0]]), encoding="utf-8")
    words = [f"value_added_nj.csv:41, value_added_nj.csv:{len(rows) + 2} (2 / "]
    error = teaches(lambda: exchange.read(copy), [*words, "Remove these rows"], [*words, "表头", "请删去这些行"])
    assert len(error.problems) == 1


def test_a_currency_that_nobody_knows_is_one_mistake(copy: Path):
    error = teaches(
        lambda: exchange.read(headed(copy, currency="亿元")), ["currency", "'亿元'"], ["currency", "'亿元'"]
    )
    assert len(error.problems) == 1


def test_ten_times_the_money_is_told_in_chinese_with_its_inverse(copy: Path):
    file = copy / "capital_nj.csv"
    rows = [row.rpartition(",") for row in file.read_text(encoding="utf-8-sig").splitlines()]
    file.write_text("\n".join(f"{left},{value if value == 'value' else float(value) * 10}" for left, _, value in rows))
    teaches(lambda: exchange.read(copy), ["factor of about 10"], ["10 倍或 1/10"])


SWAPPED = [
    HEADER,
    "120000,北京,Beijing,ag,11.474072799999998",
    "120000,北京,Beijing,industry,609.6660023999999",
    "110000,天津,Tianjin,industry,485.4268188",
]


def test_a_code_and_a_name_that_disagree_are_refused(copy: Path, shared: Path):
    rewritten(copy / "value_added_nj.csv", SWAPPED)
    told = [
        "value_added_nj.csv:2 '120000' Tianjin (天津) ≠ '北京'",
        "value_added_nj.csv:4 '110000' Beijing (北京) ≠ '天津'",
    ]
    teaches(lambda: exchange.read(copy), [*told, "one region"], [*map(in_chinese, told), "同一地区"])
    rows = (shared / "cases" / "swapped_code_name.csv").read_text(encoding="utf-8-sig").splitlines()
    rewritten(copy / "value_added_nj.csv", rows)
    teaches(lambda: exchange.read(copy), ["'120000' Tianjin (天津) ≠ '北京'"], ["(6 / "])


def test_a_header_that_names_a_column_twice_is_refused(copy: Path, shared: Path):
    (copy / "value_added_nj.csv").write_text(f"{HEADER},value\n110000,北京,Beijing,ag,1,0\n", encoding="utf-8")
    teaches(lambda: exchange.read(copy), ["value_added_nj.csv", "twice: 'value'"], ["重复的列名：'value'"])
    shutil.copy(shared / "cases" / "two_value_columns.csv", copy / "value_added_nj.csv")
    teaches(lambda: exchange.read(copy), ["value_added_nj.csv", "twice: 'value'"], ["重复的列名：'value'"])


def test_a_unit_that_is_not_that_of_the_array_is_refused(copy: Path, tmp_path: Path):
    units = yaml.safe_load((copy / "economy.yaml").read_text(encoding="utf-8"))["units"]
    headed(copy, units={**units, "value_added_nj": "parsecs"})
    words = ["economy.yaml", "value_added_nj", "bn CNY", "'parsecs'"]
    teaches(lambda: exchange.read(copy), [*words, "Nothing is converted"], [*words, "不换算单位"])
    headed(copy, units={"value_added_nj": "十亿元", "value_ad_nj": "bn CNY"})
    teaches(lambda: exchange.read(copy), ["units.value_ad_nj", "did you mean 'value_added_nj'"], ["units.value_ad_nj"])
    assert exchange.read(headed(copy, units={"value_added_nj": "十亿元"})).units.currency == "bn CNY"
    data = exchange.to_dataset(hl.load("china-2020"))
    data["capital_nj"].attrs["units"] = "bn USD"
    data.to_netcdf(tmp_path / "E.nc", engine="h5netcdf")
    teaches(lambda: exchange.read(tmp_path / "E.nc"), ["capital_nj", "bn CNY of 2020", "'bn USD'"], ["'bn USD'"])


@pytest.mark.parametrize("form", ["csv", "nc", "npz"])
def test_ten_times_the_workers_of_a_country_are_refused(form: str, tmp_path: Path):
    china = hl.load("china-2020")
    many = replace(china, name="mine", arrays={**china.arrays, "group_size_g": 10 * china.group_size_g})
    write = {"csv": exchange.export, "nc": exchange.export_netcdf, "npz": exchange.write_npz}[form]
    place = write(many, tmp_path / (f"E.{form}" if form != "csv" else "E"))
    words = ["group_size_g", "(31 / 31)", "2020", "10,000 million", "14,098 million"]
    teaches(lambda: exchange.read(place), words, ["group_size_g", "常住人口（2020 年）", "10,000"])


def test_a_region_that_nobody_has_figures_of_may_have_any_workers_that_the_world_has(tmp_path: Path):
    """Prefectures and other countries pass where they are not more than mankind."""
    china = hl.load("china-2020")
    codes = [code.replace("510000", "P22") for code in china.domestic_codes]
    size_g = np.where(china.cells.home_g == china.region("Sichuan"), 1000.0, china.group_size_g)
    own = replace(
        china,
        name="own",
        regions=regions_of(codes, china.foreign_codes),
        arrays={**china.arrays, "group_size_g": size_g},
    )
    assert exchange.read(exchange.write_npz(own, tmp_path / "own.npz")).group_size_g.max() == 1000


CELLS = {
    "199,863": ("separators", "千分位"),
    "199 863": ("separators", "千分位"),
    "1_000": ("separators", "千分位"),
    "": ("blanks", "空缺"),
    "—": ("blanks", "空缺"),
    "12%": ("percent", "百分号"),
    "１２": ("full-width", "全角"),
    "12 亿": ("Usual cause", "常见原因"),
}


def test_cells_that_are_no_numbers_are_told_by_array_cell_and_cause(copy: Path):
    rows = (copy / "capital_nj.csv").read_text(encoding="utf-8-sig").splitlines()
    for line, cell in enumerate(CELLS, start=7):
        rows[line] = f'{rows[line].rpartition(",")[0]},"{cell}"'
    (copy / "capital_nj.csv").write_text("\n".join(rows), encoding="utf-8")
    words = [f"capital_nj.csv:{line} Hebei (河北) {sector} = " for line, sector in ((8, "ag"), (9, "industry"))]
    words += [f"'{cell}'" for cell in CELLS]
    english, chinese = zip(*CELLS.values(), strict=True)
    error = teaches(lambda: exchange.read(copy), [*words, *english], [*map(in_chinese, words), *chinese])
    assert len(error.problems) == len(set(english))


@pytest.mark.parametrize("form", ["nc", "npz"])
def test_numbers_written_as_texts_are_read_or_told_by_their_cell(form: str, tmp_path: Path):
    china = hl.load("china-2000")
    for given, cell in ((None, "0.25"), ("199,863", "199,863")):
        texts = china.arrays["value_added_nj"].astype(str).astype(object)
        texts[2, 1] = given or texts[2, 1]
        place = tmp_path / f"{cell}.{form}"
        if form == "nc":
            data = exchange.to_dataset(china)
            data["value_added_nj"] = (("region", "sector"), texts)
            data.to_netcdf(place, engine="h5netcdf")
        else:
            with np.load(exchange.write_npz(china, tmp_path / f"whole {cell}.npz")) as arrays:
                np.savez(place, **{**arrays, "value_added_nj": texts.astype(str)})
        if given is None:
            assert digest(exchange.read(place)) == digest(china)
        else:
            words = ["value_added_nj", "Hebei (河北) nonag = '199,863'"]
            teaches(
                lambda place=place: exchange.read(place), [*words, "separators"], [*map(in_chinese, words), "千分位"]
            )


def test_a_sheet_of_migrants_is_no_tidy_table(copy: Path, shared: Path):
    shutil.copy(shared / "cases" / "migration_thousands_blank_diagonal.csv", copy / "migration_share_gc.csv")
    words = ["migration_share_gc.csv", "group_home", "'orig'"]
    teaches(lambda: exchange.read(copy), [*words, "header"], [*words, "表头"])


def test_the_command_line_refuses_with_exit_code_two_and_writes_nothing(copy: Path, capsys: pytest.CaptureFixture[str]):
    rewritten(copy / "value_added_nj.csv", SWAPPED)
    with pytest.raises(SystemExit) as ended:
        main(["data", "import", str(copy), "--out", str(copy.parent / "made"), "--lang", "zh"])
    assert ended.value.code == 2
    assert "'120000' 天津 ≠ '北京'" in capsys.readouterr().err
    assert not (copy.parent / "made").exists()
