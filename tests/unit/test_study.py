"""Tables, decomposition and files of a run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import hinterland as hl
from hinterland.data.regions import china
from hinterland.report.record import as_json, dumps
from hinterland.study.apply import package
from hinterland.study.run import TABLES, iamc
from hinterland.study.worth import over_elasticities
from hinterland.world.of_economy import model_of


def test_the_parts_add_up_to_the_total(dual_transfer):
    table = dual_transfer.decomposition.copy()
    assert list(table.index) == [*hl.read("dual_transfer").policies, "financing", "total"]
    # Changes are of the order of one; the equivalent variation counts thousands of bn CNY.
    np.testing.assert_allclose(table.iloc[:-1].sum(), table.loc["total"], rtol=1e-14, atol=1e-12)
    assert (table.pop("sampling_error") == 0).all()  # every coalition is solved
    variation = table.pop("equivalent_variation")["total"]  # no row of the headline
    assert variation == pytest.approx(dual_transfer.bridge["amount"].iloc[-1], rel=1e-9)
    headline = dual_transfer.headline.set_index("variable")["change"]
    np.testing.assert_allclose(table.loc["total"], headline[table.columns], rtol=0, atol=1e-15)


def test_nobody_is_lost(dual_transfer):
    table = dual_transfer.regions.pivot(index="region", columns="variable", values="value")
    base = dual_transfer.regions.pivot(index="region", columns="variable", values="baseline")
    workers = [frame[["workers_ag", "workers_nonag"]].sum(axis=1) for frame in (base, table)]
    macro = ["East", "Central", "West", "Northeast"]
    assert workers[0][macro].sum() == pytest.approx(workers[1][macro].sum(), rel=1e-12)
    flows = dual_transfer.flows
    assert flows["baseline"].sum() == pytest.approx(flows["value"].sum(), rel=1e-12)
    assert flows["value"].sum() == pytest.approx(workers[1][macro].sum(), rel=1e-12)


def test_provinces_add_up_to_macro_regions(dual_transfer):
    for column in ("baseline", "value"):
        table = dual_transfer.regions.pivot(index="region", columns="variable", values=column)
        west = [code for code in table.index if code.isdigit() and china().macro_region(code) == "West"]
        for name in ("workers_ag", "workers_nonag", "workers_across", "workers_in_place"):
            assert table.loc[west, name].sum() == pytest.approx(table.loc["West", name], rel=1e-12)


def test_each_lever_does_what_the_source_expects_of_it(dual_transfer):
    parts = dual_transfer.decomposition
    assert parts.loc["in_place", "workers_in_place"] > 0 > parts.loc["in_place", "workers_across"]
    assert parts.loc["industry_transfer", "east_west_gap"] < 0 < parts.loc["industry_transfer", "real_gdp"]
    assert parts.loc["transport", "real_gdp"] > 0


def test_two_runs_give_the_same_bytes_and_the_second_prepares_nothing_again(dual_transfer):
    """Its model outlasts those of other elasticities: what solvers prepare for it is kept by that one object.

    One after the other: movers that were forgotten meanwhile may be counted in other company, to another last digit.
    """
    first = dumps(as_json(hl.run("dual_transfer")))
    model = model_of(package(dual_transfer.scenario).economy())
    assert first == dumps(as_json(hl.run("dual_transfer")))
    assert model_of(package(dual_transfer.scenario).economy()) is model


def test_json_holds_every_table_of_a_run(dual_transfer):
    written = as_json(dual_transfer)
    tables = {name: getattr(dual_transfer, name) for name in TABLES}
    assert "sensitivity" in tables
    for name, table in tables.items():
        assert len(written[name]) == len(table), name
    default, *others = written["sensitivity"]
    assert (default["parameter"], default["value"]) == ("default", None)  # nothing is varied: no number
    assert others
    assert all(isinstance(row["value"], float) for row in others)


def test_files_are_whole_and_read_back(dual_transfer, tmp_path: Path):
    folder = hl.write(dual_transfer, tmp_path / "run")
    assert folder.stat().st_mode & 0o777 == 0o755  # others may read it, unlike the temporary folder it came from
    names = ["results.csv", "run.json", "scenario.yaml", "tables", "tables.md", "tables.xlsx"]
    assert sorted(path.name for path in folder.iterdir()) == names
    table = pd.read_csv(folder / "results.csv")
    assert list(table.columns) == ["Model", "Scenario", "Region", "Variable", "Unit", "2020"]
    assert set(table["Scenario"]) == {"dual_transfer baseline", "dual_transfer"}
    assert not table.duplicated(["Scenario", "Region", "Variable"]).any()
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["certificate"]["passed"] is True
    again = hl.read(folder / "scenario.yaml")
    assert again.policies == dual_transfer.scenario.policies
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_iamc_holds_every_value_twice(dual_transfer):
    expected = 2 * (len(dual_transfer.regions) + len(dual_transfer.headline))
    assert len(iamc(dual_transfer)) == expected


def test_compare_sets_scenarios_side_by_side(dual_transfer):
    softer = hl.run(dual_transfer.scenario.with_values({"industry_transfer.gain": 0.01}))
    table = hl.compare([dual_transfer, softer], ["real_gdp"], by="nation")
    assert list(table.columns) == ["dual_transfer", "dual_transfer (industry_transfer.gain=0.01)"]
    assert 0 < table.iloc[0, 1] < table.iloc[0, 0]
    provinces = hl.compare(dual_transfer, by="province").loc["welfare"].index
    assert list(provinces) == list(dual_transfer.scenario.economy.domestic_codes)


def test_an_empty_scenario_changes_nothing(china):
    result = hl.run(hl.Scenario(china, []))
    assert result.headline["change"].abs().max() < 1e-12


def test_what_cannot_be_paid_at_another_elasticity_is_not_a_number_there(today):
    """Tibet can pay for this at the default worth of services and not where all come that come at a worth of one."""
    policy = hl.policies.PublicServices(to=["Tibet"], increase=0.18779, payer={"province": 1.0})
    result = hl.run(hl.Scenario(today, [policy], closure="land_revenue")).complete()
    assert result.certificate.verdict == "passed"
    (services,) = result.services.to_dict("records")
    assert services["worth_0"] == pytest.approx(0.0, abs=1e-9)
    assert np.isnan([services["worth_1"], services["break_even"]]).all()
    table = result.sensitivity.set_index(["parameter", "value"])
    assert table.loc[("service_worth", 1.0)].isna().all()
    assert table.loc[("service_worth", 0.0)].notna().all()
    other = over_elasticities(result.scenario).set_index(["parameter", "value"])["benefit_per_yuan"]
    assert np.isnan(other["service_worth", 1.0])
    assert other.notna().sum() >= 5


def test_a_bill_that_the_others_money_pays_has_no_cost_of_funds_alone(today):
    """Works that Tibet can pay from what it is given, and not from what it has."""
    given = hl.policies.FiscalTransfer(to=["Tibet"], per_head=5_000.0, use="households")
    works = hl.policies.SmallTowns(to=["Tibet"], cost=88.0, payer={"province": 1.0})
    result = hl.run(hl.Scenario(today, {"given": given, "works": works}))
    table = result.benefits.set_index("policy")
    assert np.isnan(table.loc["works", "marginal_cost_of_funds"])
    assert table.loc["given", "marginal_cost_of_funds"] > 0


def test_what_is_done_to_a_table_that_was_handed_out_reaches_no_other(today):
    """Each is spoilt before the next is worked out of it; asked again, all are as they were."""
    policies = [hl.policies.PublicServices(to=["Gansu"]), hl.policies.Utilities(to=["Gansu"])]
    clean, spoilt = (hl.run(hl.Scenario(today, policies)) for _ in range(2))
    for name in TABLES:
        mine = getattr(spoilt, name)
        for column in mine.select_dtypes("number"):
            mine[column] *= 100
        mine["mine"] = 1.0
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(spoilt, name), getattr(clean, name))


def test_the_range_of_a_gain_is_what_runs_at_the_ends_find(today):
    """Law: each end is the scenario in the economy with that elasticity, and the default lies in the range."""
    scenario = hl.Scenario(today, [hl.policies.PublicServices(to=["Gansu"]), hl.policies.Utilities(to=["Gansu"])])
    result = hl.run(scenario)
    ranges = result.gain_ranges
    np.testing.assert_array_equal(ranges["low"], result._gains_elsewhere.min())
    np.testing.assert_array_equal(ranges["high"], result._gains_elsewhere.max())
    known = ranges.set_index(["dimension", "who"])
    for worth in (0.0, 1.0):
        other = hl.run(scenario.replace(economy=today.with_elasticities(service_worth=worth)))
        found = other.gains.set_index(["dimension", "who"])["change"]
        at_end = result._gains_elsewhere.loc["service_worth", worth]
        assert at_end[found.index].to_list() == pytest.approx(found.to_list(), abs=1e-9)
        assert at_end["region", "620000"] == pytest.approx(other.gain_by_home["620000"], abs=1e-9)
    assert known.loc["region", "620000"]["parameter"] == "service_worth"
