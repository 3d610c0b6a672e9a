"""What is printed is taken as input, and read as it was meant: names, amounts, lists; or refused in one message."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hinterland.scenario import file
from hinterland.scenario.remarks import remarks
from hinterland.scenario.template import template


def works(cost: object) -> bytes:
    entry = {"instrument": "utilities", "to": ["West"], "cost": cost}
    return yaml.safe_dump({"policies": {"works": entry}}, allow_unicode=True).encode()


@pytest.mark.parametrize(
    ("said", "bn"),
    [
        (50, 50.0),
        ("50", 50.0),
        ("500亿元", 50.0),
        ("500 亿元/年", 50.0),
        ("每年５００亿元", 50.0),
        ("500亿", 50.0),
        ("5万亿元", 5000.0),
        ("50十亿元", 50.0),
        ("300万元", 0.003),
        ("3000万元/年", 0.03),
        ("50 bn CNY", 50.0),
        ("50 billion yuan a year", 50.0),
        ("1.5 trn CNY", 1500.0),
        ("300 million CNY per year", 0.3),
    ],
)
def test_an_amount_is_read_with_its_unit_and_told_as_it_was_read(said: object, bn: float):
    scenario = file.parse(works(said), "a")
    assert scenario.policies["works"].cost == pytest.approx(bn)
    (remark,) = remarks(scenario)
    assert f"{bn:,.10g} bn CNY a year" in remark.text("en")
    assert f"每年 {10 * bn:,.10g} 亿元" in remark.text("zh")


@pytest.mark.parametrize(("lang", "amount"), [("zh", "# cost: 10亿元"), ("en", "# cost: 1 bn CNY")])
def test_a_template_shows_an_amount_with_its_unit(lang: str, amount: str):
    made = template("plan", ["utilities"], lang=lang)
    assert amount in made
    assert "十亿" not in made
    opened = made.replace(amount, amount.removeprefix("# "))
    assert file.parse(opened.encode(), "a").policies["utilities"].cost == 1.0


def test_a_number_without_a_unit_is_told_on_the_run_as_it_was_read(command, tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_bytes(works(50))
    code, _, err = command("run", str(path), "--lang", "zh")
    assert code == 0
    assert "按每年 500 亿元计" in err
