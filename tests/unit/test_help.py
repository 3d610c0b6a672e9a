"""Help: asked for in every way, in the user's language, within the console, with an example for every command."""

from __future__ import annotations

import re

import pytest
from tests.telling import CHINESE

from hinterland.cli.main import build
from hinterland.names import columns
from hinterland.report.lines import wrapped
from hinterland.texts import LANGUAGES

ENGLISH = re.compile(r"Usage|Options|Arguments|Commands|default|required|Show |Install|\[OPTIONS\]|<str>|<int>|list\[")


def commands(command=None, before: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """Every command and group by its words."""
    command = command or build("en")
    found = {before: command}
    for name, below in getattr(command, "commands", {}).items():
        found |= commands(below, (*before, name))
    return found


EVERY = list(commands())


@pytest.mark.parametrize("words", [(), ("-h",), ("--help",), ("help",), ("--lang", "en"), ("help", "--lang=en")])
def test_help_is_asked_for_in_many_ways(command, words: tuple[str, ...]):
    code, out, err = command(*words)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: ")
    assert "diagnose" in out


@pytest.mark.parametrize("words", [w for w in EVERY if w])
def test_help_of_a_command_is_the_same_in_every_way(command, words: tuple[str, ...]):
    asked = [command(*words, "--help"), command(*words, "-h"), command("help", *words)]
    assert asked[0][0] == 0
    assert asked[0] == asked[1] == asked[2]


@pytest.mark.parametrize("words", EVERY)
def test_chinese_help_is_chinese_and_fits_the_console(command, monkeypatch, words: tuple[str, ...]):
    monkeypatch.setenv("COLUMNS", "80")
    for lang in LANGUAGES:
        _, out, _ = command(*words, "--help", "--lang", lang)
        assert max(map(columns, out.splitlines())) <= 80
        assert bool(CHINESE.search(out)) == (lang == "zh")
        assert bool(ENGLISH.search(out)) == (lang == "en")


@pytest.mark.parametrize("words", [w for w, of in commands().items() if not hasattr(of, "commands")])
def test_every_command_shows_an_example_of_itself(command, words: tuple[str, ...]):
    for lang in LANGUAGES:
        _, out, _ = command(*words, "--help", "--lang", lang)
        assert f"\n    hinterland {' '.join(words)}" in out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_language_and_form_stand_anywhere(command, at: int, lang: str):
    words, options = ["scenarios", "list"], ["--lang", lang, "--format", "json"]
    code, out, err = command(*words[:at], *options, *words[at:])
    assert (code, err) == (0, "")
    assert ("西部大开发" in out) == (lang == "zh")
    assert out == command(*words, "--format=json", f"--lang={lang}")[1]


def test_a_command_without_the_option_still_speaks_the_language(command):
    code, out, _ = command("data", "--lang", "zh-CN", "-h")
    assert (code, "用法" in out) == (0, True)


def test_markdown_goes_by_its_name_too(command):
    assert command("scenarios", "list", "--format", "markdown") == command("scenarios", "list", "--format", "md")


@pytest.mark.parametrize(("words", "where"), [(("--lang",), "--lang"), (("data", "list", "--format"), "--format")])
def test_an_option_that_ends_the_line_lacks_its_value(command, words: tuple[str, ...], where: str):
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert f"a value is missing after {where}" in err


@pytest.mark.parametrize(
    ("words", "missing"),
    [(("data", "show"), "name"), (("data", "export", "china-2020"), "--out"), (("compare",), "sources")],
)
def test_what_is_missing_is_named(command, words: tuple[str, ...], missing: str):
    for lang in LANGUAGES:
        code, _, err = command(*words, "--lang", lang)
        assert (code, missing in err) == (2, True)


def test_lines_are_cut_between_letters_and_never_before_a_stop():
    words = "写出带注释的方案模板：所选工具的每个值及其默认、单位、范围与依据（见 hinterland policies list）。"
    lines = wrapped(words, 20)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert max(columns(line.rstrip()) for line in lines) <= 22  # a stop hangs over
    assert not [line for line in lines if line[0] in "，。；：、）"]
