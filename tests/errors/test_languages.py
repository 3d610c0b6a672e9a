"""A language that no text is told in is refused at every public door by one message that names those there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import hinterland as hl

NOTHING: Any = None
DOORS: dict[str, Callable[[hl.Result, Path], object]] = {
    "a table": lambda result, _: result.table("headline", lang="法"),
    "no language": lambda result, _: result.table("headline", lang=NOTHING),
    "a picture": lambda result, _: result.plot("map", "real_income", lang="法"),
    "a report": lambda result, folder: result.report(folder / "a.html", lang="法"),
    "a record": lambda result, folder: hl.write(result, folder / "a", lang="法"),
    "a comparison": lambda result, _: hl.compare({"a": result, "b": result}, lang="法"),
    "a dashboard": lambda result, _: hl.dashboard(result.scenario.economy).table(lang="法"),
    "a check": lambda result, _: hl.check(result.scenario.economy).table(lang="法"),
    "the glossary": lambda *_: hl.glossary("welfare", lang="法"),
    "cards": lambda result, _: hl.cards(hl.glance(result.scenario), lang="法"),
    "contributions": lambda result, _: hl.contributions(hl.glance(result.scenario), "channels", lang="法"),
}


@pytest.mark.parametrize("door", list(DOORS))
def test_an_unknown_language_is_refused_with_those_there_are(dual_transfer, tmp_path: Path, door: str):
    with pytest.raises(hl.DataError) as refused:
        DOORS[door](dual_transfer, tmp_path)
    for lang in ("zh", "en"):
        told = refused.value.text(lang)
        assert "zh" in told
        assert "en" in told
        assert ("None" if door == "no language" else "法") in told
    assert not any(tmp_path.iterdir())
