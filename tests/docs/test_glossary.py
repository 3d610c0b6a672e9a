"""The glossary has a sentence for every word that an answer uses, in both languages, and finds it by any name."""

from __future__ import annotations

import json
import re

import pytest
from tests.messages import teaches
from tests.telling import CHINESE, sections
from tests.tools import ROOT

import hinterland as hl
from hinterland import schema, texts
from hinterland.data.regions import china
from hinterland.diagnose.dashboard import COLUMNS
from hinterland.report import run_tables
from hinterland.report.columns import counted_in
from hinterland.schema.glossary import terms
from hinterland.texts import table, text

LATIN = re.compile(r"[A-Za-z_]{3,}")
SYMBOLS = {"GDP", "_in"}  # as Chinese planners write it, and of a symbol


def heads(result: hl.Result) -> set[str]:
    """The heads of every table of a run, without the units of its columns."""
    known = {f" ({unit})" for unit in {of.unit for of in counted_in("en").values()}}
    every = {str(head) for name in run_tables.TABLES for head in result.table(name).columns}
    return {next((head.removesuffix(unit) for unit in known if head.endswith(unit)), head) for head in every}


def test_every_outcome_and_every_head_of_a_run_has_an_entry(dual_transfer):
    explained = {text(f"column.{head}", "en") for term in terms().values() for head in term.heads}
    assert set(schema.outcomes()) - set(terms()) == set()
    assert heads(dual_transfer) - explained == set()


def test_a_head_is_explained_once_and_exists():
    every = [head for term in terms().values() for head in term.heads]
    assert len(every) == len(set(every))
    assert [head for head in every if f"column.{head}" not in table()] == []


def test_a_term_is_one_sentence_in_its_own_language():
    for term in terms().values():
        assert term.says_en.endswith(".")
        assert term.says_zh.endswith("。")
        assert term.says_zh.count("。") == 1
        assert not re.search(r"(?<!\d)\. [A-Z]", term.says_en), term.key
        assert not CHINESE.search(term.en + term.says_en), term.key
        assert CHINESE.search(term.zh)
        assert set(LATIN.findall(term.zh + term.says_zh)) <= SYMBOLS, term.key


def test_names_are_told_apart():
    for lang in ("en", "zh"):
        names = [term.name(lang) for term in terms().values()]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("key", schema.outcomes())
def test_an_outcome_is_found_by_the_names_that_a_run_prints(key: str):
    assert [term.key for term in hl.glossary(key).terms] == [key]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Welfare", "welfare"),
        ("福利", "welfare"),
        ("每元效益", "benefit_per_yuan"),
        ("variation a year", "equivalent_variation"),
    ],
)
def test_a_word_is_found_in_either_language(word: str, key: str):
    (found,) = hl.glossary(word).terms
    assert found.key == key


def test_at_a_prompt_one_term_is_its_sentence_and_all_are_a_line():
    assert repr(hl.glossary("福利", lang="zh")) == f"福利: {terms()['welfare'].says_zh}"
    assert len(repr(hl.glossary())) < 100
    assert len(hl.glossary().table()) == len(terms())
    assert "<table" in hl.glossary()._repr_html_()


def test_a_word_that_is_none_is_refused_with_the_nearest():
    teaches(lambda: hl.glossary("welfair"), ("'welfair'", "welfare"), ("“welfair”", "福利"))


@pytest.mark.parametrize(("lang", "word"), [("zh", "福利"), ("en", "welfare")])
def test_the_command_says_what_a_word_means(command, lang: str, word: str):
    code, out, _ = command("glossary", word, "--lang", lang, "--format", "json")
    assert code == 0
    assert json.loads(out) == [{"key": "welfare", "term": word, "meaning": terms()["welfare"].says(lang)}]


def test_the_command_refuses_a_word_that_is_none(command):
    code, out, err = command("glossary", "welfair", "--lang", "zh")
    assert (code, out) == (2, "")
    assert "“welfair”" in err


def test_dashboards_words_that_are_no_plain_counts_have_an_entry():
    """Shares of sectors, counts and money a head say what they are; indices do not."""
    indices = {"urbanization_rate", "gdp_per_head", "urban_rural_income_ratio"} & COLUMNS.keys()
    pattern = set(hl.dashboard(2009).nation["indicator"])
    of_one = {name.removesuffix("_west").removesuffix("_change") for name in pattern} - {"urbanization_gap"}
    assert indices | of_one <= set(terms())


SCREENS = (
    "run dual_transfer",
    "run dual_transfer --by macro_region",
    "run dual_transfer --province Sichuan",
    "diagnose",
    "diagnose --facts",
    "diagnose --province Sichuan",
    "compare dual_transfer",
    "policies list",
    "policies show hukou_reform",
    "data show urbanization_rate",
    "data show china-2020",
    "data check",
    "validate instruments",
    "scenarios list",
)
PLAIN = {  # heads that are words of everyday language, by `column.HEAD`
    *("name", "title", "key", "region", "year", "years", "source", "reason", "note", "unit", "count", "meaning"),
    *("value_plain", "minimum", "maximum", "default", "choices", "price_year", "role", "check", "places", "looked_at"),
    *("id", "statement", "stated", "computed", "difference", "study", "discussion", "array", "dims", "policies"),
    *("economy", "words", "indicator", "quantity", "kind", "item", "within", "gap", "agrees", "official", "found"),
}
UNIT = re.compile(r"(?: ?[（(][^（）()]*[）)]| \[\d+\])+$")  # behind the words of a head


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("line", SCREENS)
def test_a_head_of_a_first_screen_is_in_the_glossary_or_a_plain_word(command, line: str, lang: str):
    shown = sections(command(*line.split(), "--lang", lang, "--format", "md")[1])
    explained = {text(f"column.{head}", lang) for term in terms().values() for head in term.heads}
    explained |= {text(f"column.{head}", lang) for head in PLAIN if f"column.{head}" in table()}
    for name in terms():
        entry = schema.outcomes().get(name) or schema.indicators().get(name)
        explained |= {getattr(entry, f"{of}{lang}", "") for of in ("short_", "outcome_", "")} if entry else set()
        explained |= {terms()[name].name(lang)}
    explained |= {getattr(schema.indicators()[name], lang) for name in COLUMNS}  # say what they are, see above
    explained |= {china().name(key, lang) for key in ("East", "Central", "West", "Northeast")}
    explained |= {text(f"payer.{who}", lang) for who in ("centre", "province", "firms", "people")}
    explained |= {text(f"balance.{key}", lang) for key in ("found", "official")}
    explained |= {name for preset in hl.presets() for name in (preset, hl.read(preset).title[lang])}
    unknown = {head for section in shown for head in section.heads if not {head, UNIT.sub("", head)} & explained}
    assert {head for head in unknown if not head.startswith(("κ", "kappa"))} == set()


PAGES = [
    "README.md",
    "README.zh.md",
    "docs/scenarios.md",
    "docs/money.md",
    "docs/parameters.md",
    "docs/policies/README.md",
]


@pytest.mark.parametrize("page", PAGES)
def test_pages_with_tables_of_results_lead_to_the_glossary(page: str):
    links = re.findall(r"\]\(([^)#]*glossary[^)#]*)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert links
    assert all((ROOT / page).parent.joinpath(link).is_file() for link in links)
