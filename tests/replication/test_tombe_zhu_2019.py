"""Tombe and Zhu (2019): the case 'internal trade costs', against the deposit's solution and the printed digits."""

from __future__ import annotations

import numpy as np
import pytest

import hinterland as hl
from hinterland.data import regions
from hinterland.economy.implied import welfare_weight_g
from hinterland.policy.combine import combined
from hinterland.replications import replicate
from hinterland.replications.tombe_zhu import with_rounding

SPELLING = {"Shannxi": "Shaanxi"}


def test_every_figure_agrees_with_what_is_published():
    figures = replicate("tombe-zhu-2019")
    assert {figure.quantity for figure in figures} >= {"gdp", "welfare", "wage_hat_nj", "labour_hat_nj"}
    assert [figure.quantity for figure in figures if not figure.agrees] == []


def test_printed_digits_of_the_paper():
    headline = hl.run("trade_2002_2007").headline.set_index("variable")["change"]
    assert round(100 * headline["real_income"], 1) == 11.2
    assert round(100 * headline["welfare"], 1) == 11.4


def test_hats_against_the_deposit_itself(shared, china):
    """The reference read from its own files, in its own order: nothing of the box but the economy."""
    folder = shared / "replications" / "tombe_zhu_2019"
    given, solution = np.load(folder / "inputs.npz"), np.load(folder / "outputs_internal.npz")
    codes = [regions.china().code(SPELLING.get(str(name), str(name))) for name in given["province"][:30]]
    order = [china.region(code) for code in codes]
    published = np.empty((30, 2))
    published[order] = given["L_data"]
    rounding = china.workers_c.reshape(30, 2) / published
    shock = hl.policies.MeasuredChange(series="trade_cost_2002_2007", scope="internal")
    outcome = hl.solve(combined(with_rounding(china, rounding), [shock])).outcome
    wage, price, labour = solution["internal_x"].reshape(3, 2, 31).transpose(0, 2, 1)
    numeraire = wage[-1, 0]
    np.testing.assert_allclose(numeraire * (outcome.wage_hat_nj[:-1] / rounding)[order], wage[:-1], rtol=0, atol=1e-8)
    np.testing.assert_allclose(numeraire * outcome.price_hat_nj[:-1][order], price[:-1], rtol=0, atol=1e-8)
    np.testing.assert_allclose((outcome.labour_hat_nj[:-1] * rounding)[order], labour[:-1], rtol=0, atol=1e-8)
    cells = (2 * np.array(order)[:, None] + np.arange(2)).ravel()
    moved = outcome.migration_share_gc[np.ix_(cells, cells)]
    np.testing.assert_allclose(moved, solution["internal_mij"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(welfare_weight_g(china)[cells], solution["omega"], rtol=0, atol=1e-8)


@pytest.mark.parametrize(
    ("name", "gdp"),
    # The paper's order: internal trade costs matter more than external ones; migration costs move people most.
    [("trade_2002_2007_external", "trade_2002_2007"), ("trade_2002_2007", "trade_2002_2007_all")],
)
def test_all_measured_changes_run_through_the_same_door(name: str, gdp: str):
    changes = [hl.run(case).headline.set_index("variable")["change"]["real_gdp"] for case in (name, gdp)]
    assert 0 < changes[0] < changes[1]


def test_migration_costs_move_more_people_than_trade_costs():
    across = {
        name: hl.run(name).headline.set_index("variable")["change"]["workers_from_elsewhere"]
        for name in ("migration_2000_2005", "trade_2002_2007_all")
    }
    assert across["migration_2000_2005"] > 10 * abs(across["trade_2002_2007_all"])


def test_measured_costs_are_the_ratio_of_the_two_matrices(china, shared):
    """Recomputed here from the matrices for the largest flow, Sichuan's farmers to Guangdong's factories."""
    import pandas as pd

    table = pd.read_csv(shared / "data" / "geo" / "migration_hukou_worker_60x60_2000_2005_2010.csv")
    table = table[(table["hukou_prov"] == "Sichuan") & (table["hukou_sector"] == "ag")]

    def share(year: int, province: str, sector: str) -> float:
        row = table[(table["year"] == year) & (table["work_prov"] == province) & (table["work_sector"] == sector)]
        return float(row["share_of_hukou_workers"].item())

    ratio = [share(year, "Guangdong", "na") / share(year, "Sichuan", "ag") for year in (2005, 2000)]
    income = china.measured["real_income_2000_2005"]
    sichuan, guangdong = china.region("Sichuan"), china.region("Guangdong")
    expected = (ratio[0] / ratio[1]) ** (-1 / 1.5) * income[guangdong, 1] / income[sichuan, 0]
    found = china.measured["migration_cost_2000_2005"][2 * sichuan, 2 * guangdong + 1]
    assert found == pytest.approx(expected, rel=1e-12)
