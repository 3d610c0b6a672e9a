"""The base years of China: official totals, identities, and the evidence for their origins."""

from __future__ import annotations

import numpy as np
import pytest

from hinterland.base_years import china_2010, china_2020, rebuilt_2010
from hinterland.calibrate.checked import Row
from hinterland.data import box
from hinterland.data.figures import table
from hinterland.texts import LANGUAGES, text

# Nothing is scaled to this one: the survey counts those away from their township, the base year all in towns.
SURVEYED_AWAY_ONLY = 0.15


@pytest.mark.parametrize("module", [china_2010, china_2020])
def test_official_totals_and_identities(module):
    for row in module.checks():
        assert abs(row.gap) <= (SURVEYED_AWAY_ONLY if row.holds is None else row.holds), row
        assert row.holds is None or row.holds <= (1e-9 if row.why in ("scaled", "identity", "stored") else 0.02), row


def test_every_check_has_its_unit_and_the_reason_of_its_tolerance_in_both_languages():
    rows = [row for module in (china_2010, china_2020) for row in module.checks()]
    for row in rows:
        for lang in LANGUAGES:
            assert text(f"balance.{row.key}", lang)
            assert row.holds is None or text(f"balance.why.{row.why}", lang)
    assert {row.unit for row in rows} <= {"persons", "million", "share", "bn CNY", "count", "1"}


def test_a_gap_beyond_its_tolerance_or_no_number_fails():
    assert Row("gdp", 1.0, 1.0 + 1e-6, "bn CNY", 1e-5).passed
    assert Row("gdp", 1.0, 1.0 + 1e-4, "bn CNY", 1e-5).passed is False
    assert Row("gdp", float("nan"), 1.0, "bn CNY", 1e-5).passed is False
    assert Row("gdp", 2.0, 1.0, "bn CNY").passed is None


def test_the_prior_of_urban_farmers_moves_them_and_no_margin():
    low, high = (china_2020.parts(share)["workers_nrj"] for share in (0.01, 0.10))
    np.testing.assert_allclose(low.sum(axis=1), high.sum(axis=1), rtol=1e-11)
    np.testing.assert_allclose(low.sum(axis=2), high.sum(axis=2), rtol=1e-11)
    assert (low[:, 1, 0] < high[:, 1, 0]).all()


def test_final_demand_and_trade_are_positive_and_blocs_buy_most_from_themselves():
    arrays = china_2020.build()
    assert (arrays["final_share_nj"] > 0).all()
    assert (arrays["trade_share_nij"] > 0).all()
    assert (np.einsum("nnj->nj", arrays["trade_share_nij"])[31:] > 0.5).all()


@pytest.mark.parametrize("module", [china_2010, china_2020])
def test_the_box_holds_what_the_code_makes(module):
    stored, made = box.economy_arrays(module.NAME), module.build()
    for name, value in made.items():
        np.testing.assert_allclose(stored[name], value, rtol=1e-9, atol=1e-12, err_msg=name)


def test_an_old_matrix_beats_gravity_and_honest_origins_are_worst():
    found = {result.key: result for result in rebuilt_2010.rebuild()}
    fitted, plain, old, recent, stocks, honest = found.values()
    assert recent.misplaced < old.misplaced < stocks.misplaced < fitted.misplaced < plain.misplaced < honest.misplaced
    assert recent.correlation == pytest.approx(0.995, abs=5e-4)
    assert fitted.distance == pytest.approx(-1.29, abs=5e-3)


def test_every_assumption_lies_in_its_range_and_has_both_names():
    assumed = table("assumptions.csv")
    assert ((assumed["low"] <= assumed["value"]) & (assumed["value"] <= assumed["high"])).all()
    assert assumed[["zh", "en", "unit", "source"]].notna().all(axis=None)
    assert assumed["name"].is_unique
