"""What rests on an assumed size: said beside the result of none of it, and true."""

from __future__ import annotations

import pytest

import hinterland as hl
from hinterland import schema
from hinterland.report.instruments import ASSUMED
from hinterland.study.outcomes import state_of
from hinterland.texts import text


def test_zones_without_the_assumed_gain_are_worth_less_than_nothing(today):
    """What `policies show` says of them; where the returns stay as they were too, nothing at all happens."""
    none, nothing = (
        state_of(hl.solve(hl.apply(hl.Scenario(today, [policy], closure="none")))).variation
        for policy in (hl.policies.IndustrialBase(gain=0.0), hl.policies.IndustrialBase(gain=0.0, wedge=0.0))
    )
    assert none < 0
    assert nothing == pytest.approx(0.0, abs=1e-6)


def test_every_size_that_is_said_to_be_assumed_is(command):
    for name, key in ASSUMED.items():
        assert any(entry.status == "assumed" for entry in schema.values(name).values())
        for lang in ("zh", "en"):
            code, out, _ = command("policies", "show", name, "--lang", lang, "--format", "json")
            assert code == 0
            assert text(key, lang).replace('"', '\\"') in out
