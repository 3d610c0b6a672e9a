"""What is written is read back exactly, and the copy is an economy like any other."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

import hinterland as hl
from hinterland.data import box
from hinterland.economy import files as exchange
from hinterland.economy.economy import BESIDE
from hinterland.policy.combine import combined
from hinterland.report.exchange import take_in, write_out

WRITERS = {"": exchange.export, ".nc": exchange.export_netcdf, ".npz": exchange.write_npz}


def copied(economy: hl.Economy, folder: Path, form: str) -> hl.Economy:
    return exchange.read(WRITERS[form](economy, folder / f"copy{form}"))


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", list(box.economies()))
def test_a_copy_is_equal(name: str, form: str, tmp_path: Path):
    economy = hl.load(name)
    copy = copied(economy, tmp_path, form)
    assert set(copy.arrays) == set(economy.arrays)
    for key, value in economy.arrays.items():
        np.testing.assert_allclose(copy.arrays[key], value, rtol=1e-12, atol=0, err_msg=key)
    for key in BESIDE:
        np.testing.assert_allclose(getattr(copy, key), getattr(economy, key), rtol=1e-12, atol=0)
    for key in ("name", "year", "region_codes", "sectors", "residences"):
        assert getattr(copy, key) == getattr(economy, key)


@pytest.mark.parametrize("form", WRITERS)
def test_a_copy_solves(form: str, tmp_path: Path):
    assert hl.solve(copied(hl.load("china-2000"), tmp_path, form)).certificate.worst < 1e-10


@pytest.mark.slow
def test_a_copy_with_residence_and_capital_solves(tmp_path: Path):
    assert hl.solve(copied(hl.load("china-2020"), tmp_path, "")).certificate.worst < 1e-10


def test_arrays_of_the_box_are_read(tmp_path: Path):
    with box.arrays_file("china-2020").open("rb") as stream:
        (tmp_path / "china-2020.npz").write_bytes(stream.read())
    np.testing.assert_array_equal(exchange.read(tmp_path / "china-2020.npz").value_c, hl.load("china-2020").value_c)


def test_tables_are_tidy_and_name_regions_in_both_languages(tmp_path: Path):
    folder = exchange.export(hl.load("china-2020"), tmp_path / "copy")
    with (folder / "migration_share_gc.csv").open(encoding="utf-8-sig") as stream:
        first = next(csv.DictReader(stream))
    assert list(first) == [
        *("group_home", "group_home_zh", "group_home_en", "group_class"),
        *("work_region", "work_region_zh", "work_region_en", "residence", "sector", "value"),
    ]
    assert (first["group_home"], first["group_home_zh"], first["group_home_en"]) == ("110000", "北京", "Beijing")
    header = (folder / "input_share_nkj.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == "region,region_zh,region_en,input_sector,user_sector,value"
    head = yaml.safe_load((folder / "economy.yaml").read_text(encoding="utf-8"))
    assert head["foreign"] == ["ASEAN", "CARM", "ROW"]
    assert head["units"]["group_size_g"] == "million workers"


def test_rows_may_be_shuffled_renamed_and_zeros_left_out(tmp_path: Path):
    """The order of rows, names in place of codes, and a code that a spreadsheet wrote as a number do not matter."""
    economy = hl.load("china-2000")
    folder = exchange.export(economy, tmp_path / "copy")
    file = folder / "value_added_nj.csv"
    first, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    rows = [row.replace("130000,", "河北省,", 1) for row in reversed(rows)]
    file.write_text("\n".join([first, *rows]), encoding="utf-8")
    np.testing.assert_array_equal(exchange.read(folder).arrays["value_added_nj"], economy.arrays["value_added_nj"])


def test_netcdf_is_labelled_and_a_world_can_be_made_of_it(tmp_path: Path):
    import xarray

    file = exchange.export_netcdf(hl.load("china-2020"), tmp_path / "copy.nc")
    with xarray.open_dataset(file, engine="h5netcdf") as data:
        assert data["trade_share_nij"].dims == ("region", "origin", "sector")
        assert data["group_size_g"].attrs["units"] == "million workers"
        assert float(data["value_added_nj"].sel(region="510000", sector="industry")) > 0
        world = hl.World.from_dataset(data.drop_vars(list(BESIDE)), name="copy")
    assert world.sectors == ("ag", "industry", "services")


def test_nothing_that_exists_is_overwritten(tmp_path: Path):
    folder = exchange.export(hl.load("china-2000"), tmp_path / "copy")
    before = sorted(file.name for file in folder.iterdir())
    with pytest.raises(hl.DataError, match="exists already"):
        exchange.export(hl.load("china-2000"), folder)
    (tmp_path / "copy.npz").write_text("mine")
    with pytest.raises(hl.DataError, match="exists already"):
        exchange.write_npz(hl.load("china-2000"), tmp_path / "copy.npz")
    assert sorted(file.name for file in folder.iterdir()) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy", "copy.npz"]


def test_policies_are_no_base_year(tmp_path: Path):
    with pytest.raises(hl.DataError, match="carries policies"):
        exchange.export(combined(hl.load("china-2000"), [hl.policies.MarketReform(cut=0.05)]), tmp_path / "copy")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_import_tells_what_came_in_and_how_to_use_it(lang: str, tmp_path: Path):
    folder = tmp_path / "copy"
    assert str(folder) in write_out("china-2000", folder, "csv", lang)
    head = folder / "economy.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("name: china-2000", "name: 我的"), encoding="utf-8")
    told = take_in(folder, tmp_path / "made", lang)
    written = tmp_path / "made" / "我的.npz"
    assert f"hl.load('{written}')" in told
    assert f"economy: {written}" in told
    assert "ag, nonag" in told
    assert exchange.read(written).name == "我的"


def test_the_door_of_the_model_is_passed_before_anything_is_written(tmp_path: Path):
    economy = hl.load("china-2000")
    odd = replace(economy, name="odd", arrays={**economy.arrays, "capital_share_nj": np.full((31, 2), 0.2)})
    folder = exchange.export(odd, tmp_path / "copy")
    with pytest.raises(hl.DataError, match="capital_elasticity"):
        take_in(folder, tmp_path / "made", "en")
    assert not (tmp_path / "made").exists()


def test_the_ending_of_a_file_says_what_is_written(tmp_path: Path, command):
    for out, options, written in (
        ("c.nc", (), Path.is_file),
        ("c2", (), Path.is_dir),
        ("c3.nc", ("--as", "csv"), Path.is_dir),
    ):
        code, _, err = command("data", "export", "china-2000", "--out", str(tmp_path / out), *options)
        assert (code, err, written(tmp_path / out)) == (0, "", True)
    assert hl.load(tmp_path / "c.nc").name == "china-2000"
    code, _, err = command("data", "export", "china-2000", "--out", str(tmp_path / "c.npz"))
    assert (code, "--as csv" in err, "c.npz" in err, (tmp_path / "c.npz").exists()) == (2, True, True, False)
