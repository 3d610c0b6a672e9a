"""The pages of the built economies are what the tables of the box make; the picture and the sensitivities too."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tests.tools import ROOT, tool

from hinterland.data import box
from hinterland.data.figures import table

pages, sensitivities, picture = tool("data_pages"), tool("sensitivity_page"), tool("rebuilt_picture")


def written(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("economy", pages.ECONOMIES)
def test_a_page_is_linked(economy):
    assert f"data/{economy}.md" in written("data.md")


@pytest.mark.parametrize("economy", pages.ECONOMIES)
def test_a_page_names_every_array_and_table(economy):
    told = set(re.findall(r"^\| `([^`]+)`", written(f"data/{economy}.md"), re.MULTILINE))
    assert told >= {row["array"] for row in box.manifest(economy)}
    assert told >= set(table("figures.csv")["file"])


def test_every_assumption_stands_on_a_page_with_a_reason():
    told = "".join(written(f"data/{economy}.md") for economy in pages.ECONOMIES)
    assumed = table("assumptions.csv")
    assert assumed["note"].notna().all()
    assert [name for name in assumed["name"] if f"`{name}`" not in told] == []


def test_every_table_of_figures_is_listed_and_nothing_else():
    listed = {*table("figures.csv")["file"], "figures.csv"}
    assert listed == {entry.name for entry in box.BOX.joinpath("figures").iterdir()}


def places_of_dots(drawing: str) -> list[set[tuple[int, int]]]:
    paths = re.findall(r'class="dots" d="([^"]+)"', drawing)
    return [{(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h0", path)} for path in paths]


def test_the_picture_shows_the_two_matrices():
    """Whole pixels: rounding on another machine may move a dot by one."""
    held = places_of_dots(written("figures/rebuilt_2010.svg"))
    made = places_of_dots(picture.drawing())
    assert len(held) == len(made) == 2
    for old, new in zip(held, made, strict=True):
        near = {(x + dx, y + dy) for x, y in old for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        assert new <= near
        assert abs(len(old) - len(new)) <= 3
    away = [np.abs(np.array([picture.SIDE - y - x for x, y in dots])).mean() for dots in made]
    assert away[1] < away[0]


def cells(section: str) -> dict[tuple[str, ...], list[float]]:
    """Rows of a section of the page by their heads; numbers carry a sign."""
    inside = sensitivities.between(written("parameters.md"), section)[1]
    found = {}
    for line in inside.splitlines()[2:]:
        parts = [part.strip() for part in line.strip("|").split("|")]
        heads = tuple(part for part in parts if not part.startswith(("+", "-")))
        found[heads] = [float(part) for part in parts if part.startswith(("+", "-"))]
    return found


def test_the_default_row_is_the_reform_in_place_of_the_second_table():
    assert cells("reforms")[("in place",)] == cells("sensitivity")[("3", "0.85", "0.05")]


def test_signs_turn_where_the_page_says():
    every = cells("sensitivity")
    rows = {heads: row for heads, row in every.items() if len(heads) == 3 and heads[0][0].isdigit()}
    assert len(rows) == len(sensitivities.INNER) * len(sensitivities.EFFICIENCY) * len(sensitivities.DENSITY)
    towns, output, gap, theil, across = ({heads: row[k] for heads, row in rows.items()} for k in range(5))
    for last, chosen in (("smallest", min), ("largest", max)):
        assert every[(last, "", "")] == [chosen(row[k] for row in rows.values()) for k in range(5)]
    assert all(change > 0 for change in towns.values())
    assert all(change < 0 for change in across.values())
    assert {heads for heads, change in output.items() if change < 0} == {(k, "1", "0") for k in ("1.5", "3", "5")}
    sparse = {heads for heads in rows if heads[2] == "0"}
    few = {("1.5", "0.85", "0.05"), ("1.5", "1", "0.08")}
    efficient = {(k, "1", "0.05") for k in ("1.5", "3", "5")}
    assert {heads for heads in rows if gap[heads] > 0} == sparse | efficient
    assert {heads for heads in rows if theil[heads] > 0} == sparse | efficient | few
