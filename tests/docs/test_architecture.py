"""Data flow down, and docs/architecture.md says where everything stands."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from tests.tools import ROOT, tool

page = tool("architecture_page")
ROWS = page.places()


@pytest.fixture(scope="module")
def house():
    return page.House.read(page.SOURCE)


def built(source: Path, **files: str) -> object:
    """A house of made-up files, one import a line."""
    for name, text in files.items():
        place = source / "hinterland" / f"{name.replace('__', '/')}.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return page.House.read(source / "hinterland")


def test_no_circle_and_no_arrow_back_up(house):
    assert page.circles(house.arrows) == []
    assert page.circles(house.imports) == []
    assert page.back_up(house.arrows) == []


def test_no_arrow_against_the_declared_order(house):
    """The order of pyproject.toml, read from the code a second time; the studio asks the package itself for names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = (contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    height = {room: -number for number, tier in enumerate(layers) for room in re.findall(r"\w+", tier)}
    assert {room for room in house.rooms if room != "__init__"} == set(height)
    assert [
        (room, to)
        for room, tos in house.arrows.items()
        for to in tos & set(height)
        if room in height and height[to] >= height[room]
    ] == []


def test_every_import_counts(tmp_path):
    given = built(
        tmp_path,
        low="",
        a__one="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from hinterland.b import two\n",
        b__two="def f():\n    from hinterland.a.one import g\n    import hinterland.low as low\n",
    )
    assert given.arrows == {"low": frozenset(), "a": {"b"}, "b": {"a", "low"}}
    assert page.circles(given.arrows) == [{"a", "b"}]
    assert page.floors(given.arrows) == {"low": 0, "a": 1, "b": 1}
    assert page.back_up(given.arrows) == [("a", "b"), ("b", "a")]
    assert given.loose == ["low"]


def test_floors_are_longest_chains_and_short_cuts_are_not_drawn(tmp_path):
    given = built(tmp_path, a="", b="import hinterland.a", c="import hinterland.a\nfrom hinterland import b")
    assert page.floors(given.arrows) == {"a": 0, "b": 1, "c": 2}
    assert page.direct(given.arrows) == {"a": frozenset(), "b": {"a"}, "c": {"b"}}


def test_lines_of_a_function_are_its_code():
    text = 'def f():\n    """One.\n\n    Two.\n    """\n    # why\n    x = 1\n\n    return x\n'
    assert page.lines_of_code(ast.parse(text).body[0], text) == 3


@pytest.mark.parametrize("row", ROWS, ids=[row["en"] for row in ROWS])
def test_what_a_row_names_is_defined_there(row, house):
    inside = page.SOURCE / row["path"]
    path = inside if inside.exists() else ROOT / row["path"]
    assert path.exists()
    if row["name"]:
        text = path.read_text(encoding="utf-8")
        assigned = re.findall(r"^(\w+)(?:: .*)? = ", text, re.MULTILINE)
        assert row["name"] in {*page.defined(ast.parse(text)), *assigned}


def test_the_rows_say_enough():
    assert len(ROWS) >= 22
    for language in ("en", "zh"):
        assert len({row[language] for row in ROWS}) == len(ROWS)
    assert all(re.search(r"[\u4e00-\u9fff]", row["zh"]) for row in ROWS)
