"""`policies show` begins with what a user needs: what it does, its values, their range, cost, evidence, a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hinterland import schema
from hinterland.cli.scenario import edited
from hinterland.names import columns
from hinterland.report.instrument_screen import example, first_screen, value_rows
from hinterland.report.instruments import instrument
from hinterland.report.layout import laid_out, shortened
from hinterland.scenario.file import read
from hinterland.texts import LANGUAGES, text

KEYS = re.compile(r"\b[a-z]+_[a-z_]+\b")  # how no reader calls a thing


def screen(name: str, lang: str, width: int) -> list[str]:
    return shortened(first_screen(name, lang), width, 37)[0]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*schema.instruments()])
def test_every_value_stands_on_the_first_screen_at_eighty_columns(name: str, lang: str):
    lines, left, _ = shortened(first_screen(name, lang), 80, 40)
    assert left == 0
    assert max(map(columns, lines)) <= 80
    assert len([*value_rows(name, lang)]) == len(schema.values(name))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_is_told_with_its_values_ranges_cost_evidence_and_an_example(lang: str):
    said = "\n".join(screen("transport", lang, 80))
    wanted = {
        "en": ("300 km/h (20 to 400)", "5 years (0 to 20)", "2021 to 2050", "high-speed rail (or", "Cost:", "medium"),
        "zh": ("300 公里/小时（20 至 400）", "5 年（0 至 20）", "2021 至 2050", "高铁（或", "成本：", "中等"),
    }[lang]
    assert [words for words in wanted if words not in said] == []
    assert "hinterland run plan.yaml --set " in said
    inside = said.replace("freed_capacity", "")  # a key of English, typed as it stands
    assert KEYS.findall(inside) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60])
def test_words_and_numbers_stay_whole_on_a_narrow_screen(lang: str, width: int):
    """A list of cities among numbers is broken between cities, and nothing is cut at the edge."""
    whole = instrument("transport", lang).parts(True, "", lang)
    for parts in (first_screen("transport", lang), whole):
        lines = laid_out(parts, width)
        said = "\n".join(lines)
        assert max(map(columns, lines)) <= width
        cities = (
            ["Chengdu", "Chongqing", "Wuhan", "Shanghai"] if lang == "en" else "成重武汉上海"
        )  # any letter may end a line
        assert [city for city in cities if city not in said] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["transport", "city_cluster", "ecological_migration"])
def test_the_example_works_as_it_is_printed(command, tmp_path: Path, monkeypatch, name: str, lang: str):
    monkeypatch.chdir(tmp_path)
    _, begin, run = example(name, lang)
    assert command(*begin.split()[1:], "--lang", lang)[0] == 0
    source, setting = run.split()[2], run.split()[4]
    assert command("scenarios", "check", source)[0] == 0
    assert edited(read(source), [setting]).policies[name].instrument == name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_has_no_evidence_is_said_in_one_word(lang: str):
    said = "\n".join(screen("city_cluster", lang, 80))
    assert {"zh": "证据：无。", "en": "Evidence: none."}[lang] in said
    assert text("studio.evidence", lang) + text("strength.none", lang) in ("证据：无", "evidence: none")
