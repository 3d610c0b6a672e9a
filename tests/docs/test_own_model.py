"""The examples of docs/own-model.md run, and say what the page says."""

from __future__ import annotations

import contextlib
import io
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import hinterland as hl

PAGE = Path(__file__).parents[2] / "docs" / "own-model.md"


def numbers(row: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+\.\d+", row)]


@pytest.fixture(scope="module")
def examples() -> list[tuple[dict[str, Any], list[str]]]:
    """What each example leaves behind, and the lines it prints."""
    ran = []
    for example in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        assert len(example.splitlines()) < 30
        left: dict[str, Any] = {}
        with contextlib.redirect_stdout(io.StringIO()) as told:
            exec(compile(example, str(PAGE), "exec"), left)
        ran.append((left, told.getvalue().splitlines()))
    return ran


def leaving(examples: list[Any], name: str) -> tuple[dict[str, Any], list[str]]:
    """Return the first example that leaves a value of this name behind."""
    return next(example for example in examples if name in example[0])


def test_the_agreement_moves_real_income_by_the_home_share(examples):
    left, lines = leaving(examples, "real")
    home = np.diagonal(left["solved"].trade_share_nij[:, :, 0]) / np.diagonal(left["share"])
    expected = home ** (-1 / 5.0)
    np.testing.assert_allclose(left["real"], expected, rtol=1e-10)
    members = zip("ABC", expected, strict=True)
    assert lines[:3] == [f"{name}: real income {100 * (value - 1):+.2f} %" for name, value in members]
    assert (expected > 1).tolist() == [True, True, False]


def test_nothing_moves_without_a_shock_whichever_way_the_base_year_balances(examples):
    left, lines = leaving(examples, "flow")
    share, income = left["share"], left["flow"].sum(axis=0)
    worlds = [hl.World.build(share, income, 4.0, balance=way) for way in ("deficits", "trade")]
    assert [line.split(" [")[0] for line in lines] == [world.note for world in worlds]
    np.testing.assert_allclose(numbers(lines[0]), [1.002803, 1.003399, 0.999590], atol=1e-6)


def test_the_best_province_is_the_one_of_the_steepest_slope(examples):
    left, lines = leaving(examples, "slope")
    place = int(np.argmax(left["slope"][:30]))
    assert lines == [str((left["china"].domestic_codes[place], float(left["slope"][place])))]


def test_people_follow_productivity_until_utility_is_the_same(examples):
    left, _ = leaving(examples, "better")
    hats = [
        getattr(left["better"].outcome, name) / getattr(left["base"].outcome, name)
        for name in ("people_hat_n", "utility_n")
    ]
    assert hats[0][0] > 1 > hats[0][1:].max()
    np.testing.assert_allclose(hats[1], hats[1][0], rtol=1e-10)
    now = left["people"] * left["better"].outcome.people_hat_n
    assert now.sum() == pytest.approx(left["people"].sum(), rel=1e-12)


def test_the_grid_is_an_equilibrium_in_levels(examples):
    """Written out: varieties grow with people, sales follow unit costs, and utility is one wherever people are."""
    left, lines = leaving(examples, "cost")
    outcome = left["solved"].outcome
    unit_cost = left["cost"] * outcome.factor_hat_nj[:, 0] / left["productivity"]
    weight = outcome.people_hat_n * unit_cost ** -left["theta"]
    np.testing.assert_allclose(
        left["solved"].trade_share_nij[:, :, 0], weight / weight.sum(axis=1, keepdims=True), rtol=1e-9
    )
    assert np.ptp(outcome.utility_n) < 1e-10
    assert outcome.people_hat_n.mean() == pytest.approx(1.0, rel=1e-12)
    assert numbers(lines[0])[0] == pytest.approx(outcome.people_hat_n.max())


def test_commuters_and_welfare_of_a_cheaper_way(examples):
    left, _ = leaving(examples, "commuting")
    outcome = left["solved"].outcome
    more = outcome.commuting_share_ni[0, 1] / left["commuting"][0, 1]
    assert 1 < outcome.welfare_hat < min(1 / 0.9, more)  # less than if every way were cheaper


def test_the_spread_of_many_runs_is_that_of_the_gradient(examples):
    """To first order real income moves by its slope in each place's productivity."""
    left, lines = leaving(examples, "runs")
    outcome = hl.response(left["world"])
    levers = left["world"].with_levers(productivity_hat_nj=np.ones((3, 1))).levers

    def log_real(hat: Any) -> Any:
        after = outcome(levers._replace(productivity_hat_nj=hat))
        return jnp.log(after.factor_hat_nj[:, 0] / after.price_hat_n)

    slope = jax.jacobian(log_real)(jnp.ones((3, 1)))[:, :, 0]
    spread = (np.log(left["hats"][:, :, 0]) @ np.asarray(slope).T).std(axis=0)
    assert [line.split(":")[0] for line in lines] == left["names"]
    np.testing.assert_allclose([numbers(line)[0] for line in lines], spread, rtol=0.01)


def test_density_that_pulls_more_than_homes_push_has_more_than_one_equilibrium(examples):
    left, lines = leaving(examples, "found")
    assert (lines[0].startswith("one equilibrium: True"), lines[2]) == (True, "one equilibrium: False")
    np.testing.assert_allclose(left["back"].amenity_n / left["back"].amenity_n[0], [1.0, 1.01], rtol=1e-9)
    found = [one.outcome.people_hat_n for one in left["found"]]
    assert len(lines[3:]) == len(found) > 1
    for one, other in combinations(found, 2):
        assert np.abs(one - other).max() > 1e-3


def test_the_table_of_arrays_is_that_of_the_model():
    """Every array of every block stands in the page's table, and nothing else."""
    from hinterland.model.model import SLOTS

    table = PAGE.read_text(encoding="utf-8").split("| slot |")[1].split("\n\n")[0]
    written = set(re.findall(r"`(\w+)`", table))
    fields = {field for choices in SLOTS.values() for choice in choices for field in choice._fields}
    assert fields - written == {"entry_price_n"}  # of a base year that was solved, not of data
    assert written <= fields
