"""Files that the documents name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.tools import ROOT

SOURCE = ROOT / "src" / "hinterland"
PAGES = sorted(page.relative_to(ROOT).as_posix() for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
TOLD_OF_TODAY = sorted(set(PAGES) - {"docs/architecture.md"})  # that page tells of the house before as well
NAMED = re.compile(r"`([\w./-]+(?:\.(?:py|csv|bib|yaml|md|json|toml)|/))(?:::[\w.]+)?`")
A_USER_WRITES = {"economy.yaml", "regions.csv", "results.csv", "run.json", "scenario.yaml", "scenario.schema.json"}


@pytest.mark.parametrize("page", TOLD_OF_TODAY)
def test_files_that_a_page_names_are_there(page: str):
    """Paths begin at the repository, the package, its box, the documents, or the page's own folder."""
    begin = (ROOT, SOURCE, SOURCE / "data" / "box", SOURCE / "data" / "box" / "figures", ROOT / "docs")
    named = set(NAMED.findall((ROOT / page).read_text(encoding="utf-8"))) - A_USER_WRITES
    near = (*begin, (ROOT / page).parent)
    assert [name for name in sorted(named) if not any((place / name).exists() for place in near)] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_somewhere(page: str):
    here = (ROOT / page).parent
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not Path(here, link).exists()] == []
