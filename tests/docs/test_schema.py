"""Schema, code and docs agree; texts exist in both languages and are used."""

from __future__ import annotations

import dataclasses
import re
import string
from pathlib import Path

import numpy as np
import pytest

import hinterland as hl
from hinterland import schema, texts
from hinterland.data import box, panel
from hinterland.diagnose import dashboard as diagnose
from hinterland.economy import two_sector
from hinterland.economy.sheets import array_units
from hinterland.economy.two_sector import Elasticities
from hinterland.instruments import INSTRUMENTS
from hinterland.model.commuting import Commuting
from hinterland.model.levers import Levers
from hinterland.model.model import SLOTS
from hinterland.model.people import FreeMobility, Stay
from hinterland.schema.array_entries import BELONGS
from hinterland.study import outcomes

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


def test_arrays_are_those_of_the_blocks_the_levers_and_what_stands_beside_them():
    """A row for each and no other; what people need where there are no hukou groups is no part of an economy."""
    own = {name: {field for block in blocks for field in block._fields} for name, blocks in SLOTS.items()}
    elsewhere = {field for block in (Stay, FreeMobility, Commuting) for field in block._fields}
    # An economy holds these in yuan, or they follow from what it holds.
    elsewhere |= {"household_share_n", "owned_homes_n", "land_revenue_share_n", "present_share_gc"}
    kinds = {kind: set(schema.names_of(kind)) for kind in BELONGS}
    assert kinds["world"] == elsewhere
    assert kinds["role"] == {"town_r"}
    assert kinds["model"] == set().union(*own.values()) - elsewhere - kinds["role"]
    assert kinds["lever"] == set(Levers._fields) - kinds["model"]
    economy = {field.name for field in dataclasses.fields(hl.Economy)}
    assert kinds["beside"] == {name for name in economy if schema.index_of(name) == "c"}
    assert kinds["box"] | kinds["account"] == set(box.economy_arrays("china-2020")) - kinds["model"]
    assert kinds["account"] == set(hl.load("china-2020").arrays) - kinds["model"]


def test_a_rule_of_arrays_is_broken_by_each_wrong_word():
    entry = schema.arrays()["trade_share_nij"]
    for change in ({"sign": "sometimes"}, {"belongs": "nowhere"}, {"sums_over": "k"}, {"zh": ""}):
        assert len(schema.array_problems(dataclasses.replace(entry, **change))) == 1


def test_an_economy_of_the_box_keeps_the_signs_and_sums_of_its_rows():
    for name in box.economies():
        for key, value in hl.load(name).arrays.items():
            entry = schema.arrays()[key]
            assert entry.sign == "any" or (value >= 0).all(), key
            assert entry.sign != "positive" or (value > 0).all(), key
            axes = tuple(schema.index_of(key).index(letter) for letter in entry.sums_over)
            if axes:
                np.testing.assert_allclose(value.sum(axis=axes), 1.0, atol=1e-6, err_msg=key)


NO_EVIDENCE = ("city_cluster", "small_towns", "township_merger", "border_settlement")  # no effect by default


@pytest.mark.parametrize("name", list(INSTRUMENTS))
def test_an_instrument_is_what_the_schema_says(name: str, china):
    kind, entry = INSTRUMENTS[name], schema.instruments()[name]
    assert set(INSTRUMENTS) == set(schema.instruments())
    own = {value.name: value for value in schema.values(name).values() if value.instrument == name}
    common = {value.name: value for value in schema.values(name).values() if value.instrument == "*"}
    assert {field.name for field in dataclasses.fields(kind)} == {*own, *common}
    made = kind()
    assert {key: getattr(made, key) for key in own} == {key: value.given for key, value in own.items()}
    size = own[entry.size]
    assert size.kind == "number"
    assert made.size == size.given
    assert size.minimum <= float(size.off) <= size.maximum
    for value in own.values():
        assert value.status in ("", "established", "derived", "assumed", "not_established")
        if value.status == "not_established":
            assert value.given == 0, value.name
        if value.kind == "number" and value.given is not None:
            assert value.minimum <= value.given <= value.maximum, value.name
            assert value.status, value.name  # no number without its evidence
    economy = china if name == "measured_change" else hl.load("china-2020")
    # neighbour and supply elasticities are arrays of the base year; programmes, taxes and levies pay for all of them
    levers = {*Levers._fields}
    assert set(entry.lever.split()) <= levers
    written = set(made.changes(economy))
    named = {"clusters": {"neighbour_elasticity_n"}, "links": {"trade_cost_hat_nij", "migration_cost_hat_gc"}}
    named |= {key: {"service_worth_hat_gc"} for key in ("access_gap_hat_gc", "services_more_n")}
    assert bool(written) == (name not in NO_EVIDENCE)
    for lever in written:
        assert named.get(lever, {lever}) <= set(entry.lever.split())


def test_indicators_are_those_of_the_code():
    computed = {*diagnose.COLUMNS, *outcomes.OUTCOMES, *outcomes.NATIONAL, *hl.indicators.__all__}
    computed -= {"row_standardised", "theil_within_between"}
    board = hl.dashboard(2009)
    computed |= set(board.nation["indicator"]) | {"growth", "growth_rank"}
    assert set(schema.indicators()) == computed


def test_every_outcome_has_a_row_and_a_function():
    assert not set(outcomes.OUTCOMES) & set(outcomes.NATIONAL)
    rows = {name for name, entry in schema.indicators().items() if entry.change}
    assert rows == set(schema.outcomes()) == {*outcomes.OUTCOMES, *outcomes.NATIONAL}


TABLES = ("headline", "regions", "decomposition", "sensitivity", "summary")


@pytest.mark.parametrize("entry", schema.outcomes().values(), ids=lambda entry: entry.name)
def test_an_outcome_says_how_every_table_that_shows_it_prints_it(entry: schema.IndicatorEntry):
    assert entry.change in ("relative", "points", "difference")
    assert set(entry.shown) <= set(TABLES)
    assert entry.outcome_zh
    assert entry.outcome_en
    assert entry.level_digits
    assert entry.change_digits
    if set(entry.shown) & {"regions", "decomposition", "sensitivity"}:
        assert entry.short_zh
        assert entry.short_en
    if "summary" in entry.shown:
        assert entry.summary_zh
        assert entry.summary_en
    if "regions" in entry.shown:
        assert entry.name in outcomes.OUTCOMES  # what the nation alone has is no column of regions


@pytest.mark.parametrize("table", TABLES)
def test_no_two_outcomes_take_one_place_in_a_table(table: str):
    places = [entry.shown[table] for entry in schema.outcomes(table).values()]
    assert places
    assert len(places) == len(set(places))


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
    page = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.js"))
    code += " ".join(f'"studio.{key}"' for key in re.findall(r"""\bt\(["']([a-z_.]+)["']\)""", page))
    built = {
        "cli.",
        "residual.",
        *(f"studio.{key}" for key in re.findall(r"\bt\(`([a-z_]+\.)\$\{", page)),
        *re.findall(r"""f["']([a-z_]+\.[a-z_.]*)\{""", code),
    }
    built |= {f"{kind}." for kind in re.findall(r"""name_in\("([a-z_]+)",""", code)}
    stems = {key: re.sub(r"\.(terminal|page)$", "", key) for key in keys}  # and what only there can be done
    unused = [key for key in keys if f'"{stems[key]}"' not in code and not key.startswith(tuple(built))]
    assert unused == []


def test_every_unit_has_a_chinese_name():
    units = {
        entry.unit for table in (schema.variables, schema.indicators, schema.parameters) for entry in table().values()
    }
    units |= {unit for name in box.economies() for unit in array_units(hl.load(name).units).values()}
    plain = {"%", "1", "index", "share", "ratio", "years"}
    assert [unit for unit in units if f"unit.{unit}" not in texts.table() and unit not in plain] == []


def test_what_the_package_offers_exists_and_is_listed():
    for name in hl.__all__:
        assert getattr(hl, name) is not None
    assert dir(hl) == hl.__all__
    with pytest.raises(AttributeError):
        getattr(hl, "noth" + "ing")
