"""What a view says gives its numbers, gives them: the command, the Python and the scenario file of every preset."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hinterland as hl
from hinterland.studio import again, views
from hinterland.studio.api import Kept, State

EXACT = 1e-12
COMMANDS = hl.presets() if os.environ.get("HINTERLAND_STUDIO_ALL") else ["northeast_revival"]  # some seconds each


def codes_of(state: State) -> list[str]:
    return [words for _, words in views.part(state, "again").codes]


def numbers(rows: Any) -> dict[str, tuple[float, float]]:
    return {row["variable"]: (row["baseline"], row["value"]) for row in rows}


def shown(kept: Kept) -> dict[str, tuple[float, float]]:
    levels = views.seen(kept).headline
    return {name: (float(levels.baseline[name]), float(levels.value[name])) for name in levels.value}


def same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert one.keys() == other.keys()
    for name, values in one.items():
        np.testing.assert_allclose(values, other[name], rtol=EXACT, atol=EXACT, err_msg=name)


def state_of(preset: str, edited: bool) -> State:
    if not edited:
        return State(lang="en", preset=preset)
    scenario = hl.read(preset).to_mapping()
    kept = {key: scenario[key] for key in ("economy", "policies")} | {"horizon": 20}
    return State(lang="en", preset=preset, scenario=kept)


@pytest.mark.parametrize("edited", [False, True], ids=["as in the box", "edited"])
@pytest.mark.parametrize("preset", hl.presets())
def test_the_python_and_the_file_give_the_numbers_of_the_page(preset: str, edited: bool, tmp_path: Path, monkeypatch):
    state = state_of(preset, edited)
    _, python, file = codes_of(state)
    (tmp_path / again.FILE).write_text(file, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(python, names)
    same(shown(state), numbers(names["result"].headline.to_dict("records")))
    same(shown(state), numbers(hl.run(again.FILE).headline.to_dict("records")))


@pytest.mark.slow
@pytest.mark.parametrize("edited", [False, True], ids=["as in the box", "edited"])
@pytest.mark.parametrize("preset", COMMANDS)
def test_the_command_gives_the_numbers_of_the_page(preset: str, edited: bool, command, tmp_path: Path, monkeypatch):
    state = state_of(preset, edited)
    words, _, file = codes_of(state)
    (tmp_path / again.FILE).write_text(file, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run, path = (line.split()[1:] for line in words.splitlines())
    code, out, _ = command(*run)
    assert code == 0
    same(shown(state), numbers(json.loads(out)["headline"]))
    code, out, _ = command(*path)
    assert code == 0
    pictured = {(row["year"], row["variable"]): row["value"] for row in json.loads(out)["headline"]}
    followed = views.seen(Kept(preset=state.preset, scenario=state.scenario)).result.followed.headline
    assert pictured == pytest.approx(followed.set_index(["year", "variable"])["value"].to_dict(), rel=EXACT)


def test_a_comparison_names_a_file_for_each_scenario_that_is_none_of_the_box(tmp_path: Path, monkeypatch):
    edited = state_of("central_rise", edited=True)
    state = edited.model_copy(update={"view": "compare", "compare": [Kept(preset="northeast_revival")]})
    words, python, first, second = codes_of(state)
    command, by_year = words.splitlines()
    assert command == "hinterland compare scenario_1.yaml northeast_revival --format json --lang en"
    assert by_year == command.replace("revival ", "revival --years ")
    (tmp_path / "scenario_1.yaml").write_text(first, encoding="utf-8")
    assert hl.parse(second.encode(), "x").to_yaml() == hl.read("northeast_revival").to_yaml()
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(python.replace("hl.compare(", "found = hl.compare("), names)
    nation = names["found"]
    assert len(nation)


def test_the_command_of_a_series_gives_the_figures_of_the_map(command):
    state = State(lang="en", view="stand", indicator="urbanization_rate", year=2010)
    words, python = codes_of(state)
    code, out, _ = command(*words.split()[1:])
    assert code == 0
    frame = next(of for of in views.answer(state, 0).blocks if of.kind == "years").frames[2010]
    found = {round(value, 9) for value, *_ in frame if value is not None}
    names: dict[str, Any] = {}
    exec(python.replace("hl.panel()", "rows = hl.panel()"), names)
    assert {round(float(value), 9) for value in names["rows"]["value"]} >= found
    assert out.count("\n") > len(found)
