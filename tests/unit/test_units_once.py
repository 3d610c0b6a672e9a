"""A unit is told by `quantities` alone: no text has one written by hand, and every quantity has one spelling."""

from __future__ import annotations

import re

import pytest

from hinterland.report.quantities import SPELT, reading, table
from hinterland.texts import LANGUAGES
from hinterland.texts import table as texts

TITLES = ("report.", "outlay.", "summary.", "screen.", "column.", "chart.", "paper.", "diagnose.")
BY_HAND = re.compile("亿元|万人|万亿|bn CNY|trn CNY|million")
MEANT = {"report.what_residents_are", "report.what_people_are"}  # which tell how people are counted, not a number


def test_no_heading_has_a_unit_of_money_or_people_written_by_hand():
    found = {
        key
        for key, words in texts().items()
        if key.startswith(TITLES) and key not in MEANT and any(BY_HAND.search(words[lang]) for lang in LANGUAGES)
    }
    assert found == set()


def test_a_quantity_has_one_spelling_of_its_unit():
    spelt = {re.sub("yuan|RMB|元", "CNY", unit) for unit, _ in table()}
    assert len(spelt) == len({unit for unit, _ in table()})
    assert not {*SPELT} & {unit for unit, _ in table()}
    assert {*SPELT.values()} <= {unit for unit, _ in table()}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", SPELT)
def test_another_spelling_reads_alike(unit: str, lang: str):
    for largest in (0.0, 500.0, 50000.0):
        assert reading(unit, lang, largest) == reading(SPELT[unit], lang, largest)
