"""Every page and file that a tool writes is made again and compared; one that differs fails by its name.

Words must be the same. Figures that come out of a solution may differ by one in their last digit on another machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.tools import ROOT, tool

from hinterland.report import summary
from hinterland.scenario import file as scenario_file
from hinterland.study import run as study

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
MADE: dict[str, tuple[str, Callable[..., str]]] = {
    "docs/architecture.md": ("architecture_page", lambda made: made.page()),
    "docs/parameters.md": ("sensitivity_page", lambda made: made.page()),
    "docs/baseline.md": ("baseline_page", lambda made: made.page()),
    "docs/glossary.md": ("glossary_page", lambda made: made.page("en")),
    "docs/glossary.zh.md": ("glossary_page", lambda made: made.page("zh")),
    "docs/money.md": ("money_page", lambda made: made.page()),
    "docs/scenarios.md": ("scenario_pages", lambda made: made.page(summary.rows(scenario_file.presets()))),
    "docs/policies/README.md": ("policy_pages", lambda made: made.readme()),
    "src/hinterland/data/box/hashes.csv": ("hash_box", lambda made: made.text()),
    "src/hinterland/schema/scenario.schema.json": ("scenario_schema", lambda made: made.scenario_schema.as_text()),
}
for one in tool("data_pages").ECONOMIES:
    MADE[f"docs/data/{one}.md"] = ("data_pages", lambda made, one=one: made.page(one))
for one in tool("policy_pages").NAMES:
    MADE[f"docs/policies/{one}.md"] = ("policy_pages", lambda made, one=one: made.page(one))
SOLVED = ("docs/baseline.md", "docs/money.md", "docs/parameters.md", "docs/scenarios.md", "docs/policies/")
# Held where what they are made from is at hand: the test, and the words by which it does.
ELSEWHERE = {
    "tutorial": ("tests/docs/test_tutorial.py", "tutorial.notebook("),
    "validation_page": ("tests/replication/test_moments.py", "validation_page.page("),
    "rebuilt_picture": ("tests/docs/test_data_pages.py", "picture.drawing()"),
    "screens_page": ("tests/unit/test_first_screens.py", "SCREENS"),
    "studio_page": ("tests/unit/test_studio_api.py", "pictures.names()"),
    "figures_page": ("tests/unit/test_charts.py", "made.drawn(result)"),
    "build_china": ("tests/calibrate/test_china.py", "module.build()"),
}
COLLECTED = {
    "build_accounts",
    "build_china_2000",
    "build_figures",
    "build_network",
    "build_panel",
}  # from files that are not here


def agrees(held: str, made: str, last_digits: bool) -> bool:
    """Whether two texts are the same, up to one in the last digit of each figure where that is allowed."""
    if not last_digits or NUMBER.sub("#", held) != NUMBER.sub("#", made):
        return held == made
    pairs = zip(NUMBER.findall(held.replace(",", "")), NUMBER.findall(made.replace(",", "")), strict=True)
    return all(
        was == now or abs(float(was) - float(now)) <= 1.01 * 10.0 ** -len(now.partition(".")[2]) * ("." in now)
        for was, now in pairs
    )


@pytest.fixture
def split_by_policy_alone(monkeypatch):
    """The page of scenarios tells neither channels nor other elasticities."""
    for name in ("by_channel", "sensitivity"):
        monkeypatch.setattr(study, name, lambda *_: None)


@pytest.mark.usefixtures("split_by_policy_alone")
@pytest.mark.parametrize("page", MADE)
def test_a_page_is_what_its_tool_makes(page: str):
    name, make = MADE[page]
    assert agrees((ROOT / page).read_text(encoding="utf-8"), make(tool(name)), page.startswith(SOLVED))


def test_every_tool_is_held_and_made_by_one_command():
    tools = {path.stem for path in (ROOT / "tools").glob("*.py")}
    assert tools == {name for name, _ in MADE.values()} | set(ELSEWHERE) | COLLECTED
    for place, words in ELSEWHERE.values():
        assert words in (ROOT / place).read_text(encoding="utf-8")
    made = re.search(r"^PAGES := ((?:.*\\\n)*.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\w+", made[1])) == tools - COLLECTED


def test_figures_may_differ_by_one_in_the_last_digit_and_words_not_at_all():
    assert agrees("a 1.24 of 1,200", "a 1.25 of 1,200", last_digits=True)
    assert not agrees("a 1.24", "a 1.26", last_digits=True)
    assert not agrees("a 1.24", "a 1.25", last_digits=False)
    assert not agrees("of 1,200", "of 1,201", last_digits=True)
    assert not agrees("a 1.24", "b 1.24", last_digits=True)
