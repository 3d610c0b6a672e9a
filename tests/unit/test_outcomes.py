"""A new outcome of a run is one row of the schema and one function."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import hinterland as hl
from hinterland import schema
from hinterland.report import comparison, record, run_tables, summary
from hinterland.report import run as report
from hinterland.report.quantities import in_unit
from hinterland.study import outcomes
from hinterland.study.run import iamc

NAME = "output_per_worker"
ROW = {
    "name": NAME,
    "unit": "relative",
    "outcome_zh": "劳均产出",
    "outcome_en": "output per worker",
    "short_zh": "劳均",
    "short_en": "a worker",
    "summary_zh": "劳均产出",
    "summary_en": "a worker",
    "change": "relative",
    "level_digits": 4,
    "change_digits": 2,
    "shown": dict.fromkeys(("headline", "regions", "decomposition", "sensitivity", "summary"), 100),
}


def output_per_worker(place: outcomes.Place) -> Any:
    """Real income of all workers over their number."""
    return place.workers_c @ place.state.real_income_c / place.workers_c.sum(axis=-1)


@pytest.fixture
def result(monkeypatch) -> hl.Result:
    """A run that knows one outcome more."""
    entry = dataclasses.replace(schema.indicators()["real_gdp"], **ROW)
    known = schema.indicators() | {NAME: entry}
    monkeypatch.setattr(schema, "indicators", lambda: known)
    monkeypatch.setitem(outcomes.OUTCOMES, NAME, output_per_worker)
    return hl.run("migration_2000_2005")


def words_of(table) -> list[str]:
    return [*table.heads, *table.columns[0]]


def test_a_new_outcome_is_one_row_and_one_function(result):
    headline = result.headline.set_index("variable")
    assert headline.index[-1] == NAME
    # People are as many before and after, so that output a worker moves as output does.
    assert headline.loc[NAME, "change"] == pytest.approx(headline.loc["real_income", "change"], rel=1e-9)
    assert len(result.regions[result.regions["variable"] == NAME]) == len(set(result.regions["region"]))
    for table in (result.decomposition, result.channels, result.sensitivity):
        assert NAME in table
    assert [row["variable"] for row in record.as_json(result)["headline"]][-1] == NAME
    assert set(iamc(result)["Variable"]) >= {NAME}
    assert hl.compare(result, [NAME], by="nation").notna().all(axis=None)
    assert summary.summary_row(result)[NAME] == pytest.approx(100 * headline.loc[NAME, "change"])
    assert comparison.change_unit(NAME) == "relative to baseline"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_prints_a_new_outcome_as_its_row_says(result, lang: str):
    said = report.report(result, lang).all_tables()
    name, short = ROW[f"outcome_{lang}"], ROW[f"short_{lang}"]
    assert name in words_of(said[0])
    heads = [table.heads for table in said]
    assert sum(in_unit(short, "%", lang) in head for head in heads) == 4  # two tables of regions, policies and channels
    assert sum(short in head for head in heads) == 1  # other elasticities
    files = run_tables.for_files(result, lang)
    for table in ("headline", "regions", "decomposition", "channels", "sensitivity"):
        assert name in files[table].to_numpy()
    assert summary.head(NAME, lang) == in_unit(str(ROW[f"summary_{lang}"]), "%", lang)
