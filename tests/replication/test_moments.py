"""Instruments beside studies: verdicts by hand, what theory fixes, and the page that shows every miss."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest
from tests.tools import tool

from hinterland import schema
from hinterland import validation as moments
from hinterland.errors import ModelError, Problem
from hinterland.instruments import MarketReform
from hinterland.report import validation
from hinterland.texts import LANGUAGES, table
from hinterland.validation import claim, growth, people
from hinterland.validation.experiment import LATEST, after, before, china, nominal_gdp_hat_n, under, value_added_nj

validation_page = tool("validation_page")
NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?![\w.])")


@pytest.fixture(scope="module")
def rows() -> dict[str, moments.Row]:
    return {row.moment: row for row in moments.computed()}


# Verdicts and ranges, by hand.


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        (-0.05, "inside"),
        (-0.079, "inside"),
        (-0.026, "inside"),
        (-0.08, "outside"),
        (-0.01, "outside"),
        (0.0, "sign_differs"),
        (0.1, "sign_differs"),
        (math.nan, "not_computed"),
    ],
)
def test_a_range_is_inside_outside_or_of_the_other_sign(ours: float, verdict: str):
    assert claim.ranged("hukou_reform.incumbent_wages").verdict(ours) == verdict


def test_a_range_below_zero_has_a_sign_as_well():
    loss = claim.ranged("land_quota.interior_workers")
    assert [loss.verdict(ours) for ours in (-0.015, -0.03, 0.01)] == ["inside", "outside", "sign_differs"]


def test_where_the_dose_is_not_known_no_more_than_the_sign_is_compared():
    loss = claim.ranged("land_quota.interior_workers", sized=False)
    assert [loss.verdict(ours) for ours in (-0.015, -0.03, 0.01)] == ["sign_only", "sign_only", "sign_differs"]
    sign = claim.signed("transport.periphery_growth", 1)
    assert [sign.verdict(ours) for ours in (0.2, 0.0, -0.2)] == ["sign_only", "sign_differs", "sign_differs"]


def test_a_range_with_both_signs_has_none_to_miss():
    both = claim.Claim("core.bond_rate", low=-0.1, high=0.1)
    assert [both.verdict(ours) for ours in (-0.05, 0.5)] == ["inside", "outside"]


def test_another_object_is_never_judged():
    assert claim.printed("transport.expressway_income", same=False).verdict(0.06) == "other_object"


def test_a_number_alone_is_known_to_half_its_last_digit():
    assert [claim.half_digit(number) for number in (0.6, 0.112, 0.0961)] == pytest.approx([0.05, 0.0005, 0.00005])
    alone = claim.printed("fiscal_transfer.multiplier")
    assert (alone.low, alone.high) == pytest.approx((0.55, 0.65))
    loss = claim.printed("land_quota.output_loss", loss=True)
    assert (loss.low, loss.value, loss.high, loss.sign) == pytest.approx((-0.0245, -0.024, -0.0235, -1))


@pytest.mark.parametrize("moment", moments.MOMENTS, ids=lambda moment: moment.key)
def test_an_interval_is_the_studys_own_and_never_ends_in_its_number(moment):
    entry = schema.evidence()[moment.claim.evidence]
    assert entry.status == "established" or math.isnan(entry.low)
    assert not any(entry.value == end for end in (entry.low, entry.high))


def test_a_quotient_carries_the_rounding_of_both():
    found = claim.quotient("hukou_reform.national_productivity", "hukou_reform.national_migrants", 0.1)
    by_hand = (0.1 * 0.011 / 0.09, 0.1 * 0.0105 / 0.095, 0.1 * 0.0115 / 0.085)
    assert (found.value, found.low, found.high) == pytest.approx(by_hand)


# What the experiments must obey.


def test_internal_trade_costs_agree_to_the_printed_digit(rows):
    row = rows["internal_trade"]
    assert (round(row.ours, 1), row.study, row.verdict) == (11.2, 11.2, "inside")


@pytest.mark.parametrize(
    "name",
    # Cheaper capital draws capital; lower costs of moving or trading raise output; money received is spent at home too;
    # land moved to where it earns less lowers output; more workers of a kind lower their wage.
    ["capital_equilibrium", "capital_partial", "liberalization", "liberalization_all", "liberalization_partial"]
    + ["productivity_per_migrant", "resettlement", "multiplier_households", "multiplier_services", "land_output"]
    + ["zone", "place_based", "out_of_farming", "less_inequality", "incumbents", "border", "trunk_losers"]
    + [f"growth_{name}" for name in growth.PARTS],
)
def test_the_sign_is_the_studys(rows, name: str):
    assert rows[name].sign * rows[name].ours > 0


def test_capital_at_given_returns_and_at_given_output_by_hand(rows):
    figures = rows["capital_partial"].figures
    assert rows["capital_partial"].ours == pytest.approx(100 * (0.83**-1.8 - 1))
    assert (figures["low"], figures["high"]) == pytest.approx((100 * (0.83**-0.7 - 1), 100 * (0.83**-3.0 - 1)))
    assert rows["capital_equilibrium"].figures["given_output"] == pytest.approx(100 * (0.83 ** (-1.8 / 2.8) - 1))
    assert rows["capital_equilibrium"].ours < rows["capital_equilibrium"].figures["mobile"]


def test_the_reform_brings_the_studys_migrants_and_answers_damp_it(rows):
    _, solved = people.liberal("across")
    assert people.across(after(solved)) / people.across(before(LATEST)) == pytest.approx(1.09, abs=1e-6)
    _, everywhere = people.liberal("across", "in_place")
    assert people.movers(after(everywhere)) / people.movers(before(LATEST)) == pytest.approx(1.09, abs=1e-6)
    output, migrants = people.at_fixed_incomes()
    assert migrants > 0.09
    assert output > rows["liberalization"].ours / 100


def test_gdp_relative_to_the_nation_averages_to_one(rows):
    solved, size_n = under(LATEST, MarketReform()), value_added_nj(china(LATEST)).sum(axis=1)
    hat_n = nominal_gdp_hat_n(solved)
    assert np.ptp(hat_n) > 1e-3
    assert np.average(hat_n, weights=size_n) == pytest.approx(1.0, abs=1e-12)


def test_an_economy_left_alone_gives_nothing_to_read():
    still = under(LATEST, MarketReform(cut=0.0))
    np.testing.assert_allclose(nominal_gdp_hat_n(still), 1.0, atol=1e-10)
    assert after(still)["real_gdp"] == pytest.approx(before(LATEST)["real_gdp"], rel=1e-10)


def test_parts_of_growth_add_up_to_the_published_total(rows):
    total = 100 * schema.evidence()["core.growth_total"].value
    assert sum(rows[f"growth_{name}"].ours for name in growth.PARTS) == pytest.approx(total, abs=1e-6)
    alone = 100 * np.log1p(rows["internal_trade"].ours / 100)  # the split is in log points
    assert rows["growth_internal_trade"].figures["alone"] == pytest.approx(alone, abs=1e-9)


# Every miss is shown, with words in both languages.


def test_every_study_that_the_plan_names_has_a_row(rows):
    figures = {row.evidence for row in rows.values()}
    assert len(rows) == len(moments.MOMENTS)
    assert figures >= {
        "investment_subsidy.investment_response",
        "hukou_reform.national_productivity",
        "ecological_migration.income",
        "market_reform.trade_costs",
        "fiscal_transfer.multiplier",
        "transport.bypassed_counties",
    }
    assert all(math.isfinite(row.ours) for row in rows.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_words_in_both_languages(rows, lang: str):
    for row in rows.values():
        assert validation.moment_name(row, lang)
        sentence = validation.discussion(row, lang)
        assert sentence.endswith("。" if lang == "zh" else ".")
        assert "{" not in sentence
        assert "nan" not in sentence
    for name in moments.VERDICTS:
        assert table()[f"verdict.{name}"][lang]
        assert table()[f"verdict.{name}.means"][lang]


def test_both_languages_tell_the_same_numbers():
    for moment in moments.MOMENTS:
        words = table()[f"moment.{moment.key}.why"]
        figures = [sorted(re.findall(r"\{(\w+)", words[lang])) for lang in LANGUAGES]
        assert figures[0] == figures[1], moment.key


def test_the_page_is_what_the_code_makes_within_rounding(rows):
    written, made = validation_page.PAGE.read_text(encoding="utf-8"), validation_page.page(list(rows.values()))
    assert NUMBER.sub("#", written) == NUMBER.sub("#", made)
    for was, now in zip(NUMBER.findall(written), NUMBER.findall(made), strict=True):
        last = 10.0 ** -len(now.partition(".")[2])
        assert abs(float(was) - float(now)) <= (1.01 * last if "." in now else 0), (was, now)


def test_a_run_reads_the_verdicts_that_the_code_makes(rows):
    assert validation_page.TABLE.read_text(encoding="utf-8") == validation_page.verdicts(list(rows.values()))


@pytest.mark.parametrize(
    ("source", "en", "zh"),
    [
        ("faber2014", "Faber (2014)", "Faber (2014)"),
        ("tombezhu2019", "Tombe and Zhu (2019)", "Tombe、Zhu (2019)"),
        ("brulhart2023", "Brülhart et al. (2023)", "Brülhart 等 (2023)"),
    ],
)
def test_a_study_goes_by_its_authors_and_year(source: str, en: str, zh: str):
    assert (validation.study_name(source, "en"), validation.study_name(source, "zh")) == (en, zh)


# The command.


def one(experiment) -> tuple[claim.Moment, ...]:
    return (claim.Moment("multiplier_households", claim.printed("fiscal_transfer.multiplier"), "ratio", experiment),)


def test_a_miss_is_no_failure(command, monkeypatch):
    figures = {"least": 0.1, "most": 0.3, "elasticity": 0.11}
    monkeypatch.setattr(moments, "MOMENTS", one(lambda: claim.Found(0.2, figures)))
    code, out, _ = command("validate", "instruments", "--format", "json")
    row = json.loads(out)[0]
    assert (code, row["verdict"], row["ours"], row["published"], row["study"]) == (
        0,
        "outside",
        0.2,
        0.6,
        "Guo et al. (2016)",
    )
    code, out, _ = command("validate", "instruments", "--lang", "zh")
    assert code == 0
    assert "范围之外" in out
    assert "0.200" in out


def test_a_moment_that_cannot_be_computed_is_a_failure_and_stays_visible(command, monkeypatch):
    def fails() -> claim.Found:
        raise ModelError(Problem("policy.line", {"where": "here", "why": "no line"}))

    monkeypatch.setattr(moments, "MOMENTS", one(fails))
    code, out, _ = command("validate", "instruments", "--format", "json")
    row = json.loads(out)[0]
    assert (code, row["ours"], row["verdict"]) == (1, None, "not_computed")
    code, out, _ = command("validate", "instruments")
    assert code == 1
    assert "not computed" in out
