"""The tutorial notebooks are what their tool makes, run from top to bottom, show what they kept, and lead somewhere."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.telling import CHINESE
from tests.tools import ROOT, tool

tutorial = tool("tutorial")
NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+(e[-+]?\d+)?")
LARGEST = 300_000  # characters of a notebook with its pictures
SHORTEST = 10  # cells of code


def kept(lang: str) -> dict[str, Any]:
    return json.loads((ROOT / "docs" / tutorial.NOTEBOOKS[lang]).read_text(encoding="utf-8"))


def without_numbers(text: str) -> str:
    """Figures may differ in a last digit on another machine, and blanks with them."""
    return " ".join(NUMBER.sub("0", text).split())


@pytest.mark.parametrize("lang", tutorial.NOTEBOOKS)
def test_a_notebook_holds_the_cells_of_its_tool(lang: str):
    found, wanted = kept(lang), tutorial.notebook(lang, run=False)
    for cell in (*found["cells"], *wanted["cells"]):
        cell.pop("outputs", None)
    assert found == wanted


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("lang", tutorial.NOTEBOOKS)
def test_every_cell_runs_in_order_and_shows_what_is_kept(lang: str, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", tutorial.LOCALES[lang])
    again = [cell for cell in tutorial.cells(lang, run=True) if cell["cell_type"] == "code"]
    before = [cell for cell in kept(lang)["cells"] if cell["cell_type"] == "code"]
    assert len(again) == len(before) >= SHORTEST
    for now, then in zip(again, before, strict=True):
        assert [entry["output_type"] for entry in now["outputs"]] == [entry["output_type"] for entry in then["outputs"]]
        for one, other in zip(now["outputs"], then["outputs"], strict=True):
            plain = ["".join(entry.get("text") or entry["data"]["text/plain"]) for entry in (one, other)]
            assert without_numbers(plain[0]) == without_numbers(plain[1])
            assert one.get("data", {}).keys() == other.get("data", {}).keys()


@pytest.mark.parametrize("lang", tutorial.NOTEBOOKS)
def test_every_cell_of_code_shows_something_in_the_language_of_its_words(lang: str):
    cells = kept(lang)["cells"]
    words = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    assert bool(CHINESE.search(words.replace("中文", ""))) == (lang == "zh")
    shown = [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]
    assert all(shown)
    rich = ["".join(entry["data"].get("text/html", "")) for outputs in shown for entry in outputs if "data" in entry]
    for html in filter(None, rich):
        assert bool(CHINESE.search(html)) == (lang == "zh")


def test_both_notebooks_have_the_same_cells():
    kinds = [[cell["cell_type"] for cell in kept(lang)["cells"]] for lang in tutorial.NOTEBOOKS]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("lang", tutorial.NOTEBOOKS)
def test_a_notebook_is_small_sound_and_leads_somewhere(lang: str):
    text = (ROOT / "docs" / tutorial.NOTEBOOKS[lang]).read_text(encoding="utf-8")
    book = json.loads(text)
    assert len(text) < LARGEST
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])
    assert not re.search(r"/(tmp|home|root|work)/", text)
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown":
            for target in re.findall(r"\]\(([^)#]+)", "".join(cell["source"])):
                assert (ROOT / "docs" / target).exists(), target


@pytest.mark.parametrize(
    ("page", "target"), [("README.md", "docs/tutorial.ipynb"), ("README.zh.md", "docs/tutorial.zh.ipynb")]
)
def test_the_readme_leads_to_the_tutorial(page: str, target: str):
    assert f"({target})" in (ROOT / page).read_text(encoding="utf-8")
