"""What it takes to add an economy to the box: a folder and a row."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import hinterland as hl
from hinterland.base_years import builds
from hinterland.data import box, check
from hinterland.economy import files as exchange


def test_an_economy_of_the_box_is_a_folder_and_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No line of code names it, and it is no base year that is built from figures."""
    folder = tmp_path / "box"
    shutil.copytree(str(box.BOX), folder)
    made = folder / "economies" / "mine"
    made.mkdir()
    exchange.write_npz(replace(hl.load("china-2020"), name="mine"), made / "arrays.npz")
    shutil.copy(folder / "economies" / "china-2020" / "arrays.csv", made / "arrays.csv")
    table = folder / "economies.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    rows.append(rows[-1].replace("china-2020,", "mine,", 1))
    table.write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr(box, "BOX", folder)
    box.economies.cache_clear()
    try:
        mine = hl.load("mine")
        assert mine.units == hl.load("china-2020").units
        np.testing.assert_array_equal(mine.value_c, hl.load("china-2020").value_c)
        made_of = {found.name: found.passed for found in check.economy_checks("mine", box.economy_arrays("mine"))}
        assert all(made_of[f"mine: {rule}"] for rule in ("sources", "codes", "trade shares", "migration shares"))
        assert builds.built() == ["china-2010", "china-2020"]
    finally:
        box.economies.cache_clear()


def test_every_built_year_offers_the_same_names():
    for name in builds.built():
        year = builds.base_year(name)
        assert all(callable(getattr(year, offered)) for offered in ("labelled", "checks", "sheet", "implied"))
    with pytest.raises(hl.DataError, match="no steps that build 'china-2000'"):
        builds.labelled("china-2000")
