"""Both READMEs: their commands run, their script runs, the output they show is the program's."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.telling import CHINESE, leaked

from hinterland.cli.main import build

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
READMES = {"en": "README.md", "zh": "README.zh.md"}


def blocks(lang: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", (ROOT / READMES[lang]).read_text(encoding="utf-8"), re.DOTALL)


def commands(lang: str) -> list[list[str]]:
    """The words of every line that a reader would type."""
    return [shlex.split(line, comments=True) for line in "".join(blocks(lang, "bash")).splitlines()]


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("lang", READMES)
def test_every_command_runs(command, lang: str, tmp_path: Path, monkeypatch):
    """In the reader's language alone, with the files it names; the figures are in the tests of each command."""
    monkeypatch.chdir(tmp_path)
    for program, *arguments in commands(lang):
        if program == "make":
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            assert re.search(rf"^{arguments[0]}:", makefile, re.MULTILINE)
            continue
        if program == "mkdir":  # --out makes the last folder alone
            Path(arguments[-1]).mkdir(parents=True, exist_ok=True)
            continue
        assert program == "hinterland"
        if arguments[0] == "studio":  # serves until it is stopped: tests/browser opens it
            continue
        code, out, err = command(*arguments, *([] if "--lang" in arguments else ["--lang", lang]))
        assert code == 0, arguments
        assert leaked(out + err) == set(), arguments
        assert bool(CHINESE.search(out + err)) >= (lang == "zh"), arguments
        if "--out" in arguments:
            assert (tmp_path / arguments[arguments.index("--out") + 1]).exists(), arguments


@pytest.mark.parametrize("lang", READMES)
def test_every_command_of_the_program_is_shown(lang: str):
    offered = set(build("en").commands)
    assert {words[1] for words in commands(lang) if words[0] == "hinterland"} == offered


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("lang", READMES)
def test_the_output_shown_is_the_output(command, lang: str):
    _, out, _ = command("run", "--lang", lang)
    printed = {" ".join(line.split()) for line in out.splitlines()}
    shown = [" ".join(line.split()) for line in blocks(lang, "text")[0].splitlines()]
    assert shown
    assert [line for line in shown if line not in printed] == []


@pytest.mark.parametrize("lang", READMES)
def test_the_script_is_ten_lines_and_runs(lang: str, capsys):
    (script,) = blocks(lang, "python")
    assert len([line for line in script.splitlines() if line.strip()]) <= 10
    exec(compile(script, READMES[lang], "exec"), {})
    out = capsys.readouterr().out
    assert "hukou_reform" in out
    assert "West" in out


def test_both_languages_have_the_same_sections_and_links():
    heads = {
        lang: len(re.findall("^## ", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for lang, name in READMES.items()
    }
    assert heads["en"] == heads["zh"]
    for name in (*READMES.values(), "CONTRIBUTING.md", "docs/data.md"):
        page = ROOT / name
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{name}: {target}"


def test_make_demo_is_what_the_readme_says():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    demo = makefile.partition("demo: install\n")[2].partition("\n\n")[0]
    assert "hinterland diagnose --year 2009" in demo
    assert "hinterland run" in demo
