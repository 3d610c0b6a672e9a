"""The command line: what it prints and where; `test_every_command` has the laws of all commands."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from tests.telling import is_printed, sections

import hinterland as hl
from hinterland import schema
from hinterland.data import regions
from hinterland.report.quantities import reading
from hinterland.report.record import as_json, dumps
from hinterland.texts import LANGUAGES, text


@pytest.mark.usefixtures("solved_once")
def test_run_prints_the_record_alone(command, dual_transfer):
    code, out, err = command("run", "--format", "json")
    assert (code, err) == (0, "")
    assert out == dumps(as_json(dual_transfer)) + "\n"
    told = json.loads(out)
    assert told["certificate"]["passed"] is True
    worst = max(*told["certificate"]["residuals"].values(), told["certificate"]["redundant_market"])
    assert worst <= 1e-10
    parts = {row["part"]: row for row in told["decomposition"]}
    total = parts.pop("total")
    assert list(parts) == [*hl.read("dual_transfer").policies, "financing"]
    for name, value in total.items():
        if name != "part":
            assert abs(sum(row[name] for row in parts.values()) - value) <= 1e-12 * max(1, abs(value))


def test_set_changes_the_answer_and_is_recorded(command, tmp_path: Path):
    folder = tmp_path / "run"
    name = "migration_2000_2005"
    code, out, err = command("run", name, "--set", "migration_costs.share=0.5", "--out", str(folder), "--format", "csv")
    assert code == 0
    assert str(folder) in err
    rows = list(csv.DictReader(io.StringIO(out)))
    changed = f"{name} (migration_costs.share=0.5)"
    assert {row["Scenario"] for row in rows} == {f"{changed} baseline", changed}
    assert "share: 0.5" in (folder / "scenario.yaml").read_text(encoding="utf-8")
    code, again, _ = command("run", str(folder / "scenario.yaml"), "--format", "csv")
    assert (code, again) == (0, out)
    code, out, _ = command("compare", str(folder), str(folder), name, "--format", "json")
    assert code == 0
    half = f"{changed} (run)"
    first, *_ = told = json.loads(out)
    assert list(first)[:8] == ["region", "name", "variable", "unit", "verdict", half, f"{half}_2", name]
    assert list(first)[8:] == [f"{half}_2 - {half}", f"{name} - {half}"]
    assert {row[f"{half}_2 - {half}"] for row in told} == {0.0}
    assert max(abs(row[f"{name} - {half}"]) for row in told) > 1e-3  # half of the fall is not all of it


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_run_tells_its_numbers_in_the_users_language(command, dual_transfer, lang: str):
    """The nation row by row, then the provinces at both ends; the headings say so."""
    code, out, _ = command("run", "--lang", lang, "--format", "md")
    assert code == 0
    nation, _, ends, *_ = sections(out)
    for (name, _, before, after, _), (_, row) in zip(nation.rows, dual_transfer.headline.iterrows(), strict=True):
        assert name == getattr(schema.outcomes()[row["variable"]], f"outcome_{lang}")
        factor = reading(row["unit"], lang, row["baseline"]).factor
        assert is_printed(factor * row["baseline"], before, lang)
        assert is_printed(factor * row["value"], after, lang)
    assert nation.title == text("report.headline", lang)
    order = sorted(dual_transfer.gain_by_home, key=lambda code: dual_transfer.gain_by_home[code])
    each = len(ends.rows) // 2
    expected = [regions.china().name(code, lang) for code in (*order[: -each - 1 : -1], *order[each - 1 :: -1])]
    assert [row[0] for row in ends.rows] == expected


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_is_in_the_users_language(command, monkeypatch, lang: str):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if lang == "zh" else "C")
    code, out, _ = command("run", "--help")
    assert code == 0
    assert ("示例" in out) == (lang == "zh")
    assert "in_place.access=0.8" in out


def test_the_language_follows_the_environment():
    from hinterland.cli.main import spoken

    assert spoken([], {"LANG": "zh_CN.UTF-8"}) == "zh"
    assert spoken([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}) == "en"
    assert spoken(["run", "--lang=zh"], {}) == "zh"
    assert spoken(["run", "--lang", "en"], {"LANG": "zh_CN"}) == "en"


def test_a_capacity_that_binds_shows_its_price(command):
    _, out, _ = command("run", "great_qinling", "--lang", "en", "--detail")
    (row,) = re.findall(r"Shaanxi +([\d.]+) +([\d.]+) +([\d.]+) *\n", out.partition("price of entry")[2])[:1]
    people, limit, price = map(float, row)
    assert people == limit
    assert price > 0
