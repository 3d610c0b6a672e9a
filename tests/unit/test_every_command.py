"""Laws of every command: its four forms hold the same, its two languages say the same, each in words of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tests.telling import (
    CHINESE,
    foreign,
    is_in_csv,
    is_printed,
    leaked,
    letters,
    letters_of_markdown,
    lines_of_csv,
    said_in_another_language,
    sections,
)

import hinterland as hl
from hinterland import schema, texts
from hinterland.data import box, check, regions
from hinterland.diagnose import facts
from hinterland.scenario import schema as scenario_schema
from hinterland.scenario.file import parse
from hinterland.texts import LANGUAGES

pytestmark = pytest.mark.usefixtures("solved_once")

SCREENS = (
    "run",
    "diagnose",
    "compare",
    "policies list",
    "policies show",
    "data list",
    "data show",
    "data check",
    "validate",
)  # that show a part first
# One row of the table for each row of JSON.
FLAT = (
    "diagnose --facts",
    "scenarios list",
    "scenarios list --measured",
    "policies list",
    "data list",
    "data show urbanization_rate --year 2009",
    "data show china-2000",
    "data show china-2020",
    "data show parameters",
    "data show instruments",
    "data show indicators",
    "data show variables",
    "data show groups",
    "data show sources",
    "data check",
)
TABLES = (
    *FLAT,
    "diagnose --year 2009",
    "diagnose --division old --group West",
    "policies show city_cluster",
    "policies show transport",
    "data check china-2010",
    "replicate tombe-zhu-2019",
    "compare trade_2002_2007",
)
RUN = "run trade_2002_2007"  # its JSON and CSV are records of their own: test_study, test_cli
# By head: what is a quotation, a symbol or a title of its own language.
MEANT = {
    "en": {
        "policies list": {"words of the source": "the plans are Chinese"},
        "data show instruments": {"words of the source": "the plans are Chinese"},
        "policies show city_cluster": {"value": "the words of the plans are Chinese"},
        "policies show transport": {"value": "the words of the plans are Chinese"},
    },
    "zh": {
        "data show sources": {"标题": "a title is in the language of the book"},
        "policies show transport": {"数值": "a source is told by its title"},
        "data show indicators": {"方向": "one text in the schema", "权重": "one text in the schema"},
        "data show groups": {"精度": "one text in the box"},
    },
}


@pytest.fixture(scope="module")
def kept() -> dict[tuple[str, str, str], str]:
    """Answers by command, form and language: each command is asked once."""
    return {}


@pytest.fixture
def told(command, kept) -> Callable[[str, str, str], str]:
    """The answer of a command that must succeed and say nothing beside it."""

    def answer(line: str, form: str, lang: str) -> str:
        if (line, form, lang) not in kept:
            whole = ["--detail"] if form == "table" and line.startswith(SCREENS) else []  # more than the first screen
            code, out, err = command(*line.split(), *whole, *(["--format", form] if form else []), "--lang", lang)
            assert (code, err) == (0, "")
            kept[line, form, lang] = out
        return kept[line, form, lang]

    return answer


@pytest.mark.parametrize("line", TABLES)
def test_json_and_csv_hold_the_same_to_the_twelfth_digit(told, line: str):
    rows, lines = json.loads(told(line, "json", "zh")), lines_of_csv(told(line, "csv", "zh"))
    assert len(rows) == len(lines) > 0
    for row, found in zip(rows, lines, strict=True):
        assert set(row) == set(found)
        unlike = {name for name in row if not is_in_csv(row[name], found[name])}
        counted = str(row.get("unit", "")).startswith(("十亿", "百万"))  # CSV, which people open, in 亿 and 万
        assert unlike <= ({"unit", "value", "value_plain", "minimum", "maximum", "default"} if counted else set())


@pytest.mark.parametrize("line", [*TABLES, RUN])
def test_a_table_to_read_and_markdown_hold_the_same_letters(told, line: str):
    assert sections(told(line, "md", "en"))
    assert letters(told(line, "table", "en")) == letters_of_markdown(told(line, "md", "en"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", FLAT)
def test_a_cell_of_the_table_is_a_value_of_json_to_its_last_digit(told, line: str, lang: str):
    rows = json.loads(told(line, "json", lang))
    (table,) = sections(told(line, "md", lang))
    wrong = [
        (head, cell)
        for row, shown in zip(rows, table.rows, strict=True)
        for head, cell in zip(table.heads, shown, strict=True)
        if not any(is_printed(value, cell, lang) for value in row.values())
    ]
    assert wrong == []


@pytest.mark.parametrize("line", TABLES)
def test_both_languages_give_the_same_numbers_and_differ_in_words_alone(told, line: str):
    english, chinese = (json.loads(told(line, "json", lang)) for lang in ("en", "zh"))
    for ours, theirs in zip(english, chinese, strict=True):
        assert list(ours) == list(theirs)
        differ = [(ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]]
        assert [pair for pair in differ if CHINESE.search(str(pair[0])) or not CHINESE.search(str(pair[1]))] == []


@pytest.mark.parametrize("line", [*TABLES, RUN])
def test_heads_and_titles_are_words_of_each_language(told, line: str):
    english, chinese = (sections(told(line, "md", lang)) for lang in ("en", "zh"))
    for ours, theirs in zip(english, chinese, strict=True):
        assert len(ours.rows) == len(theirs.rows)
        assert CHINESE.search(theirs.title)
        for head, other in zip(ours.heads, theirs.heads, strict=True):
            named_alike = (head == other and head in hl.presets(measured=True)) or other.startswith("κ")
            assert named_alike or CHINESE.search(other), (head, other)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", [*TABLES, RUN])
def test_nothing_is_said_in_the_other_language_and_no_key_of_a_text_is_shown(told, line: str, lang: str):
    tables = sections(told(line, "md", lang))
    meant: Mapping[str, str] = MEANT[lang].get(line, {})
    assert foreign(tables, lang, meant) == {}
    for form in ("md", "json"):
        assert leaked(told(line, form, lang)) == set()


def registered(line: str, lang: str) -> list[tuple[str, Any]]:
    """What a list must hold: the names of its register in their order, with what each is called."""
    entries = {
        "policies list": schema.instruments,
        "data show instruments": schema.instruments,
        "data show parameters": schema.parameters,
        "data show indicators": schema.indicators,
        "data show variables": schema.variables,
    }
    if line in entries:
        return [(entry.name, getattr(entry, lang)) for entry in entries[line]().values()]
    if line.startswith("scenarios list"):
        return [(name, hl.read(name).title[lang]) for name in hl.presets(measured="--measured" in line)]
    if line == "data list":
        economies = [(name, entry[lang]) for name, entry in box.economies().items()]
        return [*economies, *((entry.name, getattr(entry, lang)) for entry in schema.variables().values())]
    if line == "data show china-2020":
        return [(row["array"], row[lang]) for row in box.manifest("china-2020")]
    if line == "data show sources":
        return [(key, schema.of_source(key, "title", lang)) for key in schema.sources()]
    if line == "diagnose --facts":
        return [(name, fact.statement[lang]) for name, fact in facts.facts().items()]
    if line == "data check":
        return [(found.name, found.looked_at) for found in check.check_box()]
    return [(code, regions.china().name(code, lang)) for code in regions.china().codes]


NAMES = {
    "data show china-2020": ("array", "title"),
    "data show sources": ("key", "title"),
    "diagnose --facts": ("id", "statement"),
    "data check": ("name", "looked_at"),
    "data show urbanization_rate --year 2009": ("region", "name"),
}
LISTS = [line for line in FLAT if line not in ("data show china-2000", "data show groups")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", LISTS)
def test_a_list_holds_its_register_in_its_order_and_nothing_else(told, line: str, lang: str):
    name, title = NAMES.get(line, ("name", "title"))
    rows = [(row[name], row[title]) for row in json.loads(told(line, "json", lang))]
    if line == "data check":  # the schema's own rules stand last
        assert rows.pop()[0] == "schema"
    assert rows == registered(line, lang)


def test_the_checks_of_the_self_test_pass_and_are_of_every_kind(told):
    """Solved twice: a row of the table for each of JSON."""
    rows, (table,) = json.loads(told("selftest", "json", "en")), sections(told("selftest", "md", "zh"))
    kinds = {key.partition(".")[2] for key in texts.table() if key.startswith("selftest.")}
    assert {row["kind"] for row in rows} == kinds
    assert all(row["passed"] is True for row in rows)
    words = [texts.text(f"selftest.{row['kind']}", "zh") for row in rows]
    assert [row[:2] for row in table.rows] == [[kind, row["name"]] for kind, row in zip(words, rows, strict=True)]


# Answers that are files


def test_files_for_programs_are_the_same_in_both_languages(told):
    for lang in LANGUAGES:
        assert told("scenarios show dual_transfer", "", lang) == hl.read("dual_transfer").to_yaml()
        assert told("scenarios schema", "", lang) == scenario_schema.published()


def test_a_new_scenario_asks_for_the_same_in_both_languages(told):
    english, chinese = (parse(told("scenarios new plan", "", lang).encode(), "plan") for lang in ("en", "zh"))
    assert english.policies == chinese.policies
    assert english.economy.name == chinese.economy.name


def test_comments_of_a_new_scenario_are_in_the_users_language(told):
    for lang in LANGUAGES:
        comments = [
            part for row in told("scenarios new plan", "", lang).splitlines() if (part := row.partition("#")[2])
        ]
        assert comments
        assert [words for words in comments if said_in_another_language(words, lang)] == []
        assert any(CHINESE.search(words) for words in comments) == (lang == "zh")


def test_check_tells_a_line_for_each_policy_in_the_users_language(told):
    line = "scenarios check dual_transfer trade_2002_2007"
    policies = {**hl.read("dual_transfer").policies, **hl.read("trade_2002_2007").policies}
    for lang in LANGUAGES:
        out = told(line, "", lang)
        lines = [row for row in out.splitlines() if row.startswith("  ")]
        assert len(lines) == len(policies)
        for row, (label, policy) in zip(lines, policies.items(), strict=True):
            assert row.startswith(f"  {label}:") == (lang == "en")  # in Chinese its name says which it is
            assert getattr(schema.instruments()[policy.instrument], lang) in row
        assert said_in_another_language(out, lang) == []
        assert leaked(out) == set()
