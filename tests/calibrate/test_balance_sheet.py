"""The balance sheet of a base year: sums are official totals, both languages print, a broken total is an exit code."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from hinterland.base_years import china_2020
from hinterland.base_years.workers import SECTORS
from hinterland.calibrate.costs import costs_by_kind
from hinterland.calibrate.draw import gravity, log_draw_n
from hinterland.data.figures import national
from hinterland.data.regions import MACRO_REGIONS
from hinterland.economy.load import load
from hinterland.errors import DataError
from hinterland.report import balance
from hinterland.texts import LANGUAGES

SUMS = ("residents", "workers", "hukou_elsewhere", "gdp", "gdp_ag", "exports", "imports", "net_grants", "capital")


@pytest.fixture(scope="module")
def sheet():
    return {(row["item"], row["region"]): row for row in china_2020.sheet()}


def test_regions_add_up_to_the_nation_and_the_nation_is_official(sheet):
    for item in SUMS:
        parts = sum(sheet[item, region]["value"] for region in MACRO_REGIONS["present"])
        assert parts == pytest.approx(sheet[item, "China"]["value"], rel=1e-12, abs=1e-8), item
    official = [row for row in sheet.values() if row["official"] is not None]
    assert {row["item"] for row in official} >= {*SUMS[:5], "urbanization", "urban_hukou", "net_grants"}
    for row in official:
        assert row["value"] == pytest.approx(row["official"], rel=1e-11, abs=1e-8), row["item"]
    assert sheet["residents", "China"]["value"] == pytest.approx(1409.778724, rel=1e-12)
    assert sheet["hukou_elsewhere", "China"]["value"] == pytest.approx(124.837153, rel=1e-12)
    sectors = sum(sheet[f"gdp_{name}", "East"]["value"] for name in SECTORS)
    assert sectors == pytest.approx(sheet["gdp", "East"]["value"], rel=1e-12)


def test_the_urbanization_rate_of_the_base_year_is_the_census_in_every_region(sheet):
    for region in balance.PLACES:
        made, census = (sheet[name, region]["value"] for name in ("urbanization", "urbanization_official"))
        assert made == pytest.approx(census, rel=1e-12)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_print_with_costs_beside_their_kappa(lang, command):
    code, told, _ = command("data", "check", "china-2020", "--detail", "--lang", lang)
    assert code == 0
    assert {"en": "kappa 1.5, kappa_in 3", "zh": "κ = 1.5，κ_in = 3"}[lang] in told
    for word in {"en": ("Northeast", "passed", "information"), "zh": ("东北", "通过", "仅供参考")}[lang]:
        assert word in told


def test_json_and_csv_hold_the_same_rows():
    answer = balance.balance_sheet("china-2020", "zh")
    assert answer.code == 0
    rows = json.loads(answer.as_text("json"))
    table = list(csv.DictReader(io.StringIO(answer.as_text("csv"))))
    assert [row["title"] for row in table] == [row["title"] for row in rows]
    assert {row["section"] for row in rows} == {
        "sheet",
        "check",
        "implied",
        "levels",
        "rebuilt",
        "province",
        "wages",
        "sanity",
    }
    assert all(row["kappa"] for row in rows if row["unit"] == "倍")


def test_a_broken_total_is_exit_code_one_and_named(monkeypatch):
    def doubled(name: str) -> float:
        return national(name) * (2.0 if name == "hukou_elsewhere" else 1.0)

    monkeypatch.setattr(china_2020, "national", doubled)
    answer = balance.balance_sheet("china-2020", "en")
    assert answer.code == 1
    failed = [row["item"] for row in answer.rows if row["passed"] is False]
    assert failed == ["hukou_elsewhere"]


def test_china_2010_has_its_checks_and_an_economy_without_any_is_named(command):
    code, out, _ = command("data", "check", "china-2010")
    assert code == 0
    assert "workers without Tibet" in out
    with pytest.raises(DataError, match=r"china-2000.*china-2020"):
        balance.balance_sheet("china-2000", "en")
    with pytest.raises(DataError, match="did you mean"):
        balance.balance_sheet("china-2002", "en")


def test_a_higher_elasticity_implies_lower_costs_and_none_to_stay():
    economy = load("china-2020")
    flat, steep = (costs_by_kind(economy, kappa, kappa) for kappa in (1.5, 3.0))
    assert all(steep[kind] < flat[kind] for kind in flat if flat[kind] > 1.1)
    assert flat["same_macro_region"] > flat["in_place"] > 1


def test_gravity_finds_what_flows_were_made_of():
    rng = np.random.default_rng(0)
    place, km = rng.normal(size=6), rng.uniform(100, 2000, (6, 6))
    km, touch = (km + km.T) / 2, np.triu(rng.random((6, 6)) < 0.4, 1).astype(float)
    touch = touch + touch.T
    np.fill_diagonal(km, 1.0)
    found = gravity(np.exp(rng.normal(size=6)[:, None] + place[None, :] + 0.3 * touch) * km**-1.2, km, touch)
    assert found.distance == pytest.approx(-1.2, abs=1e-9)
    assert found.adjacency == pytest.approx(0.3, abs=1e-9)
    np.testing.assert_allclose(found.destination_n, place - place.mean(), atol=1e-9)
    draw = log_draw_n(found, np.exp(place), np.ones(6), 1.0)
    np.testing.assert_allclose(draw, 0.0, atol=1e-9)
