"""The box: it passes its own checks, and the checks can fail."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hinterland.data import box, check, panel, regions

TOOLS = Path(__file__).parents[2] / "tools"


def tool(name: str):
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_box_passes_every_check():
    assert [found.name for found in check.check_box() if not found.passed] == []


def broken(change) -> set[str]:
    table = panel.panel()
    return {found.name for found in check.panel_checks(change(table)) if not found.passed}


def set_at(column: str, value: object, variable: str = "census_population"):
    def change(table: pd.DataFrame) -> pd.DataFrame:
        row = table.index[table["variable"] == variable][0]
        table.loc[row, column] = value
        return table

    return change


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (set_at("region_code", "990000"), "codes"),
        (set_at("variable", "nonsense"), "known_variables"),
        (set_at("value", -5.0), "ranges"),
        (set_at("value", float("nan")), "ranges"),
        (set_at("value", 19_612_369.0), "census_totals"),
        (set_at("value", 60.0, "gdp_share_primary"), "adds_up_gdp_shares"),
        (set_at("value", 50.0, "employment_share_primary_census"), "adds_up_census_employment"),
        (set_at("quality", "X"), "quality_marks"),
        (set_at("source", "hearsay"), "sources"),
        (lambda table: pd.concat([table, table.head(1)]), "no_repetition"),
    ],
)
def test_each_rule_of_the_panel_finds_its_breach(change, rule: str):
    assert rule in broken(change)


def test_a_changed_file_is_found_by_its_hash(tmp_path: Path):
    folder = tmp_path / "box"
    shutil.copytree(str(box.BOX), folder)
    assert check.hash_check(folder).passed
    (folder / "groups.csv").write_text("group\n")
    (folder / "more.csv").write_text("")
    assert set(check.hash_check(folder).places) == {"groups.csv", "more.csv"}


@pytest.mark.parametrize(
    ("array", "rule"),
    [("trade_share_nij", "trade shares"), ("migration_share_gc", "migration shares"), ("workers_nj", "finite")],
)
def test_each_rule_of_an_economy_finds_its_breach(array: str, rule: str):
    arrays = box.economy_arrays("china-2000")
    arrays[array] = arrays[array].copy()
    arrays[array].flat[3] = -1.0
    failed = {found.name for found in check.economy_checks("china-2000", arrays) if not found.passed}
    assert f"china-2000: {rule}" in failed


def test_every_figure_names_its_source_and_every_file_is_small():
    table = panel.panel()
    assert table["source"].notna().all()
    assert sum(path.stat().st_size for path in Path(str(box.BOX)).rglob("*")) < 3_000_000


def test_known_figures():
    """Read in the publications: the communique of the census of 2020, table 1-1 of the yearbook of 2010."""
    assert panel.series("census_population", 2020)["440000"] == 126_012_510
    assert panel.series("census_population", 2010).sum() == 1_332_810_869
    assert panel.series("towns", 2009)["510000"] == 1821


def test_divisions_and_dates():
    assert regions.china().macro_region("210000") == "Northeast"
    assert regions.china().macro_region("210000", "old") == "East11"
    assert len(regions.china().groups_in(2009)["West"]) == 12  # named by the State Council in 2000
    assert regions.china().by_code["500000"].valid_from.startswith("1997")
    assert regions.china().code("广西壮族自治区") == regions.china().code("Guangxi")
    assert regions.china().code("内蒙古") == regions.china().code("inner mongolia") == "150000"


def test_what_is_shown_is_a_copy():
    mine = panel.panel()
    mine["value"] = 0.0
    assert panel.panel()["value"].abs().sum() > 0


def test_rebuilding_gives_the_same_panel(shared: Path):
    build = tool("build_panel")
    with box.open_file("panel.csv.gz") as stream:
        assert build.compressed(build.panel(shared / "data" / "provincial")) == stream.read()
    codes, matrix = build.distances(shared / "data" / "geo")
    stored = panel.distances()
    assert codes == list(stored.index)
    np.testing.assert_allclose(stored.to_numpy(), matrix, atol=5e-4)


def test_rebuilding_gives_the_same_economy(shared: Path, tmp_path: Path, monkeypatch):
    build = tool("build_china_2000")
    shutil.copy(build.BOX / "provinces.csv", tmp_path)
    (tmp_path / box.folder_of("china-2000")).mkdir(parents=True)
    monkeypatch.setattr(build, "BOX", tmp_path)
    build.main(shared / "replications" / "tombe_zhu_2019", shared / "data" / "geo")
    files = ((box.arrays_file("china-2000", of), of / "tombe-zhu-2019.npz") for of in (box.BOX, tmp_path))
    for old, new in zip(*files, strict=True):
        with old.open("rb") as stream, np.load(stream) as stored, np.load(new) as made:
            assert set(stored.files) == set(made.files)
            for key in stored.files:
                if stored[key].dtype.kind == "f":  # processors differ in the last digit
                    np.testing.assert_allclose(stored[key], made[key], rtol=1e-14, atol=1e-15)
                else:
                    np.testing.assert_array_equal(stored[key], made[key])
