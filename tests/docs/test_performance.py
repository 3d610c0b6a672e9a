"""docs/performance.md says how often a run solves, and why so often."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tests.tools import ROOT

import hinterland as hl
from hinterland.solve import world
from hinterland.study import run as study

PARTS = {"by_instrument": "instruments", "by_channel": "channels", "sensitivity": "other elasticities"}


@pytest.mark.slow
def test_a_run_solves_as_often_as_the_page_says(monkeypatch):
    made: Counter[str] = Counter()
    reason = ["the package"]
    solve = world.solve_from

    def counted(*given, **options):
        made[reason[-1]] += 1
        return solve(*given, **options)

    def told(name, part):
        def inside(*given):
            reason.append(PARTS[name])
            found = part(*given)
            reason.pop()
            return found

        return inside

    monkeypatch.setattr(world, "solve_from", counted)
    for name in PARTS:
        monkeypatch.setattr(study, name, told(name, getattr(study, name)))
    hl.run("dual_transfer")
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8").partition("counted by a test:")[2]
    rows = {name: int(number) for name, number in re.findall(r"^\| ([a-z ]+) \| (\d+) \|", page, re.MULTILINE)}
    assert rows == made | {"together": made.total()}
