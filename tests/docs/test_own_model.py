"""The examples of docs/own-model.md run, and say what the page says."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "own-model.md"


def eval_row(row: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+\.\d+", row)]


def test_every_example_runs(capsys):
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 5
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
