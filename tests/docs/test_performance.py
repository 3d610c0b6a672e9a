"""docs/performance.md says how often a run solves, why so often, and in how many batches."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tests.tools import ROOT

import hinterland as hl
from hinterland.solve import many, world
from hinterland.study import apply, together
from hinterland.study import run as study

PARTS = {
    "states_of_policies": "instruments",
    "by_channel": "channels",
    "bills": "bills",
    "over_service_worth": "worth of services",
    "ends": "other elasticities",
}


@pytest.mark.slow
def test_a_run_solves_as_often_as_the_page_says(monkeypatch):
    made: Counter[str] = Counter()
    batches: Counter[str] = Counter()
    reason = ["the package"]
    solve, solve_each, in_turns = world.solve_from, together.solve_each, many._together

    def counted(*given, **options):
        made[reason[-1]] += 1
        return solve(*given, **options)

    def counted_together(settings, like):
        made[reason[-1]] += len(settings)
        return solve_each(settings, like)

    def counted_batch(*given):
        batches[reason[-1]] += 1
        return in_turns(*given)

    def told(name, part):
        def inside(*given):
            reason.append(PARTS[name])
            found = part(*given)
            reason.pop()
            return found

        return inside

    monkeypatch.setattr(world, "solve_from", counted)
    monkeypatch.setattr(together, "solve_each", counted_together)
    monkeypatch.setattr(many, "_together", counted_batch)
    apply._MOVERS.clear()
    for name in PARTS:
        monkeypatch.setattr(study, name, told(name, getattr(study, name)))
    hl.run("dual_transfer").complete()
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8").partition("counted by a test:")[2]
    found = re.findall(r"^\| ([a-z ]+) \| (\d+) \| (\d+) \|", page, re.MULTILINE)
    assert {name: int(solves) for name, solves, _ in found} == made | {"together": made.total()}
    assert {name: int(count) for name, _, count in found if int(count)} == batches | {"together": batches.total()}
