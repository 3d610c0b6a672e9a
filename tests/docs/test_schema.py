"""Schema, code and docs agree; texts exist in both languages and are used."""

from __future__ import annotations

import dataclasses
import re
import string
from pathlib import Path

import pytest

import hinterland as hl
from hinterland import diagnose, schema, study, texts, two_sector
from hinterland.data import panel
from hinterland.levers import Levers
from hinterland.policy import INSTRUMENTS
from hinterland.two_sector import Elasticities

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hinterland"


def test_the_schema_keeps_its_rules():
    assert [problem.text() for problem in schema.check_schema()] == []


def test_each_rule_of_the_schema_finds_its_breach():
    entry = next(iter(schema.parameters().values()))
    for change in ({"source": "hearsay"}, {"value": 99.0}, {"zh": ""}):
        assert len(schema.entry_problems(dataclasses.replace(entry, **change), "parameters.csv")) == 1


def test_variables_are_those_of_the_panel():
    assert set(schema.variables()) == set(panel.panel()["variable"])


def test_parameters_are_those_of_the_model():
    names = {entry.name for entry in schema.parameters().values() if entry.economy == "china-2000"}
    assert names == set(Elasticities._fields)
    par = two_sector.elasticities("china-2000")
    assert par.final_share_j.sum() == pytest.approx(1.0)
    assert par.input_share_jk.sum(axis=1) == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("name", list(INSTRUMENTS))
def test_an_instrument_is_what_the_schema_says(name: str, china):
    kind, entry = INSTRUMENTS[name], schema.instruments()[name]
    assert set(INSTRUMENTS) == set(schema.instruments())
    assert kind.parameter == entry.parameter
    assert getattr(kind(), kind.parameter) == entry.default
    assert set(entry.lever.split()) <= set(Levers._fields)
    assert entry.minimum <= entry.default <= entry.maximum
    changed = kind().apply(china).levers
    written = {field for field, value in changed._asdict().items() if value is not None and (value != 1).any()}
    assert written
    assert written <= set(entry.lever.split())


def test_indicators_are_those_of_the_code():
    computed = {*diagnose.COLUMNS, *study.UNITS, *hl.indicators.__all__}
    computed -= {"row_standardised", "theil_within_between"}
    board = hl.dashboard(2009)
    computed |= set(board.nation["indicator"]) | {"growth", "growth_rank"}
    assert set(schema.indicators()) == computed


def test_units_of_outcomes_are_those_of_the_schema():
    for name, unit in study.UNITS.items():
        if name not in ("theil", "theil_within", "theil_between"):
            assert schema.indicators()[name].unit == unit


def test_every_source_cited_in_the_code_is_in_the_bibliography():
    cited = {
        key
        for path in SOURCE.rglob("*.py")
        for key in re.findall(r"\[([a-z]+\d{4})\]", path.read_text(encoding="utf-8"))
    }
    assert cited
    assert cited <= set(schema.sources())


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_texts_fill_the_same_fields_in_both_languages():
    for key, entry in texts.table().items():
        assert all(entry.values()), key
        assert fields_of(entry["zh"]) == fields_of(entry["en"]), key


def test_no_text_stands_twice_and_every_text_is_used():
    lines = (SOURCE / "texts.csv").read_text(encoding="utf-8").splitlines()[1:]
    keys = [line.partition(",")[0] for line in lines]
    assert len(keys) == len(set(keys))
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    built = {"cli.", "residual.", *re.findall(r"""f["']([a-z_.]+\.)\{""", code)}
    unused = [key for key in keys if f'"{key}"' not in code and not any(key.startswith(prefix) for prefix in built)]
    assert unused == []


def test_every_unit_has_a_chinese_name():
    units = {
        entry.unit for table in (schema.variables, schema.indicators, schema.parameters) for entry in table().values()
    }
    plain = {"%", "1", "index", "share", "ratio", "years"}
    assert [unit for unit in units if f"unit.{unit}" not in texts.table() and unit not in plain] == []


def test_what_the_package_offers_exists_and_is_listed():
    for name in hl.__all__:
        assert getattr(hl, name) is not None
    assert dir(hl) == hl.__all__
    with pytest.raises(AttributeError):
        getattr(hl, "noth" + "ing")
