"""The baseline beside what happened: figures by hand, what is not beaten told first, both languages."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import hinterland as hl
from hinterland.report import backtest as report
from hinterland.validation.backtest import Backtest, backtest


@pytest.fixture(scope="module")
def found() -> Backtest:
    """The whole of it."""
    return backtest()


def test_half_the_linear_trend_by_hand(found: Backtest) -> None:
    """Error and skill of a forecast that takes a pencil."""
    before, now, actual = (hl.series("urbanization_rate", year) for year in (2010, 2020, 2021))
    error = now + 0.05 * (now - before) - actual
    row = found.provinces.query("variable == 'urbanization_rate' and year == 2021 and forecast == 'half_linear'").iloc[
        0
    ]
    assert row["places"] == 31
    assert row["error"] == pytest.approx(error.abs().mean())
    assert row["skill"] == pytest.approx(1 - (error**2).mean() / ((now - actual) ** 2).mean())


def test_no_change_has_no_skill_and_no_order(found: Backtest) -> None:
    """It is what the others are held against."""
    still = found.provinces[found.provinces["forecast"] == "no_change"]
    np.testing.assert_allclose(still["skill"], 0, atol=1e-12)
    assert still["rank"].isna().all()


def test_provinces_of_the_record_are_forecast_better_than_by_standing_still(found: Backtest) -> None:
    """What the page claims: rates with a skill of .9 and more, where people are with one of .3."""
    ours = found.provinces[found.provinces["forecast"] == "ours"].set_index(["variable", "year"])["skill"]
    assert (ours["urbanization_rate"] > 0.9).all()
    assert ours["population_resident", 2023] > 0.3


def test_what_is_not_beaten_comes_first(found: Backtest) -> None:
    """Each case stands once: where a simple forecast has as much skill, where it is better otherwise, where not."""
    first, second, third, _ = report.conclusion(found, "en")
    assert first.startswith("Not better")
    assert second.startswith("Better in skill alone")
    for variable, year in {*zip(found.provinces["variable"], found.provinces["year"], strict=True)}:
        rows = found.provinces.query(f"variable == '{variable}' and year == {year}").set_index("forecast")
        ours, rival = rows.loc["ours"], rows.loc[rows["skill"].drop(["ours", "momentum_alone"]).idxmax()]
        whole = ours["error"] < rival["error"] and ours["rank"] >= rival["rank"]
        said = first if ours["skill"] <= rival["skill"] else third if whole else second
        assert f"{report.text(f'backtest.{variable}', 'en')} in {year}" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_commands_answer_in_both_languages(lang: str, command: Any) -> None:
    """First screens, a table by name, JSON with certificates."""
    code, shown, _ = command("baseline", "--until", "2026", "--lang", lang)
    assert code == 0
    assert len(shown.splitlines()) <= 40
    table = {"zh": "达到年份", "en": "passing"}[lang]
    assert "65 %" in command("baseline", "--until", "2026", "--table", table, "--lang", lang)[1]
    assert {"zh": "没有胜过", "en": "Not better"}[lang] in command("validate", "backtest", "--lang", lang)[1]
    document = json.loads(command("baseline", "--until", "2022", "--format", "json")[1])
    assert [row["verdict"] for row in document["certificates"]] == ["passed"] * 3


def test_wrong_input_is_refused_with_code_2(command: Any) -> None:
    """In the user's language, with the bounds."""
    code, _, refused = command("baseline", "--momentum", "7", "--lang", "zh")
    assert code == 2
    assert "momentum" in refused
    assert command("baseline", "china-2010")[0] == 2
