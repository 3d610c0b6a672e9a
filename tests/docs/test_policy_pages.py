"""Every instrument has a page: what is generated is what the tool makes, what is written by hand names what exists."""

from __future__ import annotations

import math
import re

import pytest
from tests.tools import tool

from hinterland import schema
from hinterland.instruments import INSTRUMENTS
from hinterland.scenario.file import parse

pages = tool("policy_pages")

ENGLISH = ("In practice", "The lever", "The evidence", "Left out")
CHINESE = ("实践中的做法", "为何用这个杠杆", "证据说了什么", "未包括的")
ID = re.compile(r"`([a-z_0-9]+\.[a-z_0-9]+)`")
NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")


def page(name: str) -> str:
    return (pages.PAGES / f"{name}.md").read_text(encoding="utf-8")


def languages(name: str) -> tuple[str, str]:
    """The two sections written by hand."""
    english, chinese = page(name).split("\n## 中文\n")
    return english.split("\n## In English\n")[1], chinese.split("\n## Evidence · 证据\n")[0]


def test_every_instrument_has_a_page_and_every_page_an_instrument():
    held = {path.stem for path in pages.PAGES.glob("*.md")} - {"README"}
    assert held == set(pages.NAMES) == set(INSTRUMENTS) - {"measured_change"}


def test_the_index_links_every_page():
    assert set(re.findall(r"\]\((\w+)\.md\)", page("README"))) == set(pages.NAMES)


def test_a_block_is_replaced_and_the_words_around_it_stay():
    given = "before\n<!-- facts -->\nold\n<!-- /facts -->\nafter\n"
    assert pages.filled(given, "facts", "new") == given.replace("old", "new")


@pytest.mark.parametrize("name", pages.NAMES)
def test_both_languages_say_the_four_things(name):
    english, chinese = languages(name)
    assert re.findall(r"^\*\*([^*]+)\.\*\*", english, re.MULTILINE) == list(ENGLISH)
    assert re.findall(r"^\*\*([^*]+)。\*\*", chinese, re.MULTILINE) == list(CHINESE)
    assert 150 <= len(re.sub(r"`[^`]*`", "", english).split()) <= 300
    assert 200 <= len(re.findall(r"[\u4e00-\u9fff]", chinese)) <= 450


@pytest.mark.parametrize("name", pages.NAMES)
def test_every_id_exists_and_both_languages_cite_the_same(name):
    english, chinese = (set(ID.findall(words)) for words in languages(name))
    assert english
    assert english == chinese
    assert english <= set(schema.evidence())


def numbers(words: str) -> set[float]:
    return {abs(float(found.replace(",", ""))) for found in NUMBER.findall(words)}


def told_of(name: str) -> set[float]:
    """Every number of the instrument's rows and of those its page cites; shares also as percent, bn also as 亿."""
    cited = set(ID.findall("".join(languages(name))))
    rows = [entry for key, entry in schema.evidence().items() if entry.instrument == name or key in cited]
    found = set()
    for entry in rows:
        found |= numbers(f"{entry.zh} {entry.en} {entry.price_year}")
        held = {abs(number) for number in (entry.value, entry.low, entry.high) if not math.isnan(number)}
        found |= held | {100 * number for number in held if number <= 1}
        if "bn" in entry.unit:
            found |= {10 * number for number in held}
    for value in schema.values(name).values():
        if value.instrument == name and value.kind == "number":
            bounds = {abs(value.minimum), abs(value.maximum), *numbers(value.default)}
            found |= bounds | numbers(f"{value.zh} {value.en}")
    return {round(number, 9) for number in found if math.isfinite(number)}


@pytest.mark.parametrize("name", pages.NAMES)
def test_every_number_written_by_hand_stands_in_the_schema(name):
    for words in languages(name):
        without = re.sub(r"`[^`]*`", "", words)
        assert {round(number, 9) for number in numbers(without)} - told_of(name) == set()


@pytest.mark.parametrize("name", pages.NAMES)
def test_the_example_is_the_instrument_alone_at_its_defaults(name):
    inside = pages.between(page(name), "example")[1]
    given = parse(re.search(r"```yaml\n(.*?)```", inside, re.DOTALL)[1].encode(), f"{name}.yaml")
    assert list(given.policies.values()) == [INSTRUMENTS[name]()]
    assert given.economy.name == pages.ECONOMY
    assert set(given.title) == {"en", "zh"}
    assert f"hinterland run {name}.yaml" in inside


@pytest.mark.parametrize(
    ("number", "finest", "told"),
    [
        (4262.4, 1e-3, "4,260"),
        (1.61876, 1e-4, "1.62"),
        (-0.00171, 1e-4, "-0.0017"),
        (0.00003, 1e-4, "0"),
        (0.999951, 1e-4, "1.00"),
        (86.13, 1e-3, "86.1"),
    ],
)
def test_three_digits_and_none_below_the_finest(number, finest, told):
    assert pages.rounded(number, finest) == told


def test_a_source_is_told_by_author_and_year():
    assert pages.cited("brulhart2023").startswith("Brülhart and others")
    assert pages.cited("tombezhu2019") == "Tombe and Zhu (2019)"
    assert pages.cited("parkwangwu2002") == "Park, Wang and Wu (2002)"
    assert pages.cited("hukoudemand").startswith('"Hukou as benefits')
    assert pages.cited("tibetborder2017") == "Department of Finance of Tibet (2017)"
