"""The accounts that `data check china-2020` prints add up, every row has a name, and nothing is held to a value."""

from __future__ import annotations

import numpy as np
import pytest

from hinterland.base_years import accounts_2020, china_2010
from hinterland.base_years.national_table import national_table
from hinterland.data.figures import table
from hinterland.report.accounts import tables, wage_title
from hinterland.texts import LANGUAGES, text

SECTIONS = {"province", "wages", "sanity"}


@pytest.fixture(scope="module")
def rows():
    return accounts_2020.account_rows()


def test_what_provinces_use_beyond_what_they_make_is_given_to_them():
    """By grants, by transfers; and by trade: foreign, and with other provinces, which adds up to nothing."""
    of = accounts_2020.provinces()
    np.testing.assert_allclose(of.beyond_n / of.gdp_n, (of.grants_n + of.transfer_n) / of.gdp_n, atol=1e-11)
    within = -of.beyond_n - of.balance_n
    assert within.sum() / of.gdp_n.sum() == pytest.approx(0.0, abs=1e-12)
    official = national_table(2020)
    assert of.beyond_n.sum() == pytest.approx(official.imports_j.sum() - official.exports_j.sum(), rel=1e-9)


def test_incomes_of_factors_are_value_added():
    of = accounts_2020.provinces()
    np.testing.assert_allclose(of.labour_nj + of.land_nj + of.capital_nj, of.added_nj, rtol=1e-12)


def test_every_value_of_the_prototype_stands_beside_one_of_ours_and_no_verdict_is_given(rows):
    ours = {row["item"]: row for row in rows if row["section"] == "sanity"}
    assert set(table("prototype_2020.csv")["item"]) <= set(ours)
    assert all(row["passed"] is None and row["allowed"] is None for row in rows)


def test_a_series_goes_with_itself(rows):
    value = {row["item"]: row["value"] for row in rows if row["section"] == "wages"}
    assert value["the_series-units_2020"] == pytest.approx(1.0)
    assert all(-1 <= found <= 1 for found in value.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_a_name(rows, lang: str):
    assert {row["section"] for row in rows} == SECTIONS
    for row in rows:
        item, section = row["item"], row["section"]
        assert wage_title(item, lang) if section == "wages" else text(f"balance.{section}.{item}", lang)
    named = [{**row, "title": row["item"]} for row in rows]
    assert next(len(of.rows) for of in tables("china-2020", named, lang).values()) == 31


def test_an_economy_without_accounts_has_no_tables_of_them():
    assert china_2010.account_rows() == []
    assert tables("china-2010", [], "en") == {}
