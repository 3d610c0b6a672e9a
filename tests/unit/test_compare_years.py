"""Scenarios side by side by year: the numbers are those of their paths, on every surface."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

import hinterland as hl
from hinterland.texts import LANGUAGES

NAMES = ["dual_transfer", "northeast_revival"]


@pytest.fixture(scope="module")
def paths(dual_transfer: hl.Result) -> dict[str, hl.Path]:
    return {"dual_transfer": dual_transfer.followed, "northeast_revival": hl.path("northeast_revival")}


def test_the_columns_are_the_paths_own_changes(paths: dict[str, hl.Path]):
    table = hl.compare_paths(paths)
    for name, path in paths.items():
        of = table[name].xs("real_gdp", level="variable")
        pd.testing.assert_series_equal(of, path.changes("real_gdp"), check_names=False)
    place = hl.compare_paths(paths, "辽宁")["northeast_revival"].xs("real_gdp", level="variable")
    own = paths["northeast_revival"].by("辽宁").query("variable == 'real_gdp' and region == '210000'")
    assert place.to_numpy() == pytest.approx(own["change"].to_numpy())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_screen_of_years_fits_and_names_who_leads(command: Any, paths: dict[str, hl.Path], lang: str, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = command("compare", *NAMES, "--years", "--lang", lang)
    assert code == 0
    assert len(out.splitlines()) <= 40
    first = paths["dual_transfer"].changes("urbanization_rate")
    assert f"{first[2030]:+.2f}" in out


def test_programs_get_every_year(command: Any, paths: dict[str, hl.Path], tmp_path):
    code, out, _ = command("compare", *NAMES, "--years", "--variable", "real_gdp", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert [row["year"] for row in rows] == list(range(2021, 2051))
    assert rows[9]["dual_transfer"] == paths["dual_transfer"].changes("real_gdp")[2030]
    file = tmp_path / "years.csv"
    assert command("compare", *NAMES, "--years", "--out", str(file), "--lang", "zh")[0] == 0
    assert "年份" in pd.read_csv(file).columns


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_has_a_line_for_each(paths: dict[str, hl.Path], lang: str):
    drawn = hl.charts.picture(paths, "years", "real_gdp", lang)
    assert drawn.table.iloc[10, 1] == pytest.approx(100 * paths["dual_transfer"].changes("real_gdp")[2030])
    assert "2030" in drawn.sentence
    with pytest.raises(hl.DataError):
        hl.charts.picture(paths, "years", "welfare", lang)


def test_other_base_years_and_options_of_levels_are_refused(command: Any):
    code, _, words = command("compare", "dual_transfer", "previous_round", "--years")
    assert code == 2
    assert "china-2000" in words
    code, _, words = command("compare", *NAMES, "--years", "--by", "province")
    assert (code, "--by" in words) == (2, True)
    for line, word in (
        (["--variable", "welfare"], "welfare"),
        (["--variable", "theil", "--province", "四川"], "real_gdp"),
    ):
        code, _, words = command("compare", "dual_transfer", "--years", *line)
        assert (code, word in words) == (2, True)
