"""What a run says of studies: met, in sign alone, and nothing where no study speaks."""

from __future__ import annotations

from hinterland import schema
from hinterland.report import moments
from hinterland.texts import LANGUAGES


def test_moments_are_counted_by_instrument_and_those_of_another_object_are_not(monkeypatch):
    judged = [("talent", "inside"), ("talent", "outside"), ("transport", "sign_only"), ("transport", "sign_differs")]
    monkeypatch.setattr(moments, "verdicts", lambda: tuple(judged))
    assert "of 2 moments of the instruments used here 1 lie" in moments.moments_met(["talent"], "en")
    both = moments.moments_met(["talent", "transport", "talent"], "en")
    assert "of 4 moments" in both
    assert "1 more agree in sign alone" in both
    assert "4 项中，1 项" in moments.moments_met(["talent", "transport"], "zh")
    for lang in LANGUAGES:
        assert moments.moments_met(["utilities"], lang) != moments.moments_met(["talent"], lang)


def test_the_table_names_evidence_that_exists_and_sets_aside_what_cannot_be_judged():
    assert {instrument for instrument, _ in moments.verdicts()} <= {*schema.instruments(), "core"}
    assert not {verdict for _, verdict in moments.verdicts()} & set(moments.SET_ASIDE)
