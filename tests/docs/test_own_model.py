"""The examples of docs/own-model.md run, and say what the page says."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "own-model.md"


def eval_row(row: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+\.\d+", row)]


def test_every_example_runs(capsys):
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 7
    told = []
    for example in examples:
        assert len(example.splitlines()) < 30
        exec(compile(example, str(PAGE), "exec"), {})
        told.append(capsys.readouterr().out)
    gains = dict(re.findall(r"(\w): real income ([+-][\d.]+)", told[0]))
    assert float(gains["A"]) > 0 > float(gains["C"])
    assert float(gains["B"]) > 0
    assert re.search(r"'\d{6}'", told[1])
    people, utility = (eval_row(row) for row in told[2].splitlines())
    assert people[0] > 1 > max(people[1:])
    assert max(utility) - min(utility) < 1e-6 < min(utility) - 1
    assert float(re.search(r"mean: ([\d.]+)", told[3])[1]) > 1
    (welfare,), (commuters,) = (eval_row(row) for row in told[4].splitlines())
    assert 1 < welfare < commuters
    assert [line.split(":")[0] for line in told[5].splitlines()] == ["coast", "hills", "plains"]
    assert all(0.01 < number < 0.1 for row in told[5].splitlines() for number in eval_row(row))
    lines = told[6].splitlines()
    assert lines[0].startswith("one equilibrium: True")
    assert eval_row(lines[1] + ".0")[-1] == 1.01  # the amenity that the town was given
    assert lines[2] == "one equilibrium: False"
    assert len(lines[3:]) > 1


def test_the_table_of_arrays_is_that_of_the_model():
    """Every array of every block stands in the page's table, and nothing else."""
    from hinterland.model.model import SLOTS

    table = PAGE.read_text(encoding="utf-8").split("| slot |")[1].split("\n\n")[0]
    written = set(re.findall(r"`(\w+)`", table))
    fields = {field for choices in SLOTS.values() for choice in choices for field in choice._fields}
    assert fields - written == {"entry_price_n"}  # of a base year that was solved, not of data
    assert written <= fields
