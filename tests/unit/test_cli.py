"""The command line: what it prints and where."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

import hinterland as hl
from hinterland.data import regions


def test_run_prints_json_alone_and_the_same_twice(command):
    code, first, err = command("run", "northeast_revival", "--format", "json")
    assert (code, err) == (0, "")
    _, second, _ = command("run", "northeast_revival", "--format", "json")
    assert first == second
    told = json.loads(first)
    assert told["certificate"]["passed"] is True
    worst = max(*told["certificate"]["residuals"].values(), told["certificate"]["redundant_market"])
    assert worst <= 1e-10
    parts = {row["part"]: row for row in told["decomposition"]}
    total = parts.pop("total")
    assert list(parts) == list(hl.read("northeast_revival").policies)
    for name, value in total.items():
        if name != "part":
            assert abs(sum(row[name] for row in parts.values()) - value) <= 1e-12 * max(1, abs(value))


def test_facts_have_43_rows_with_verdict_and_reason(command):
    code, out, _ = command("diagnose", "--facts", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert [row["id"] for row in rows] == [f"F{n:02}" for n in range(1, 44)]
    assert all(row["verdict"] and len(row["reason"]) > 20 for row in rows)
    assert sum(row["computed"] is not None for row in rows) >= 32


def test_set_changes_the_answer_and_is_recorded(command, tmp_path: Path):
    folder = tmp_path / "run"
    code, out, err = command("run", "--set", "in_place.cut=0.3", "--out", str(folder), "--format", "csv")
    assert code == 0
    assert str(folder) in err
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["Scenario"] for row in rows} == {"baseline", "dual_transfer"}
    assert "cut: 0.3" in (folder / "scenario.yaml").read_text(encoding="utf-8")
    code, again, _ = command("run", str(folder / "scenario.yaml"), "--format", "csv")
    assert (code, again) == (0, out)
    code, out, _ = command("compare", str(folder), str(folder), "--format", "json")
    assert code == 0
    keys = list(json.loads(out)[0])
    assert keys[:4] == ["region", "name", "variable", "unit"]
    assert keys[4:] == ["dual_transfer (run)", "dual_transfer (run)_2", "dual_transfer (run)_2 - dual_transfer (run)"]


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize(("lang", "words"), [("zh", ("凭证", "福利")), ("en", ("Certificate", "welfare"))])
def test_a_run_is_told_in_the_users_language(command, lang: str, words: tuple[str, ...]):
    code, out, _ = command("run", "--lang", lang)
    assert code == 0
    assert all(word in out for word in words)
    extremes = [entry[lang] for entry in regions.provinces().values() if entry[lang] in out]
    assert len(extremes) >= 10  # the five worst and the five best


@pytest.mark.parametrize(
    "arguments",
    [
        ("diagnose", "--year", "2009"),
        ("diagnose", "--division", "old", "--group", "West"),
        ("diagnose", "--year", "2020", "--format", "csv"),
        ("diagnose", "--facts"),
        ("replicate", "tombe-zhu-2019"),
        ("selftest",),
        ("scenarios", "list"),
        ("scenarios", "show", "dual_transfer"),
        ("scenarios", "show", "dual_transfer", "--about"),
        ("scenarios", "check", "dual_transfer", "trade_2002_2007"),
        ("scenarios", "list", "--measured"),
        ("scenarios", "new", "plan"),
        ("scenarios", "schema"),
        ("policies", "list"),
        ("policies", "show", "city_cluster"),
        ("data", "list"),
        ("data", "show", "urbanization_rate", "--year", "2009"),
        ("data", "show", "china-2000"),
        ("data", "show", "parameters"),
        ("data", "show", "instruments"),
        ("data", "show", "indicators"),
        ("data", "show", "variables"),
        ("data", "show", "groups"),
        ("data", "show", "sources"),
        ("data", "check"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_answers_in_both_languages(command, arguments: tuple[str, ...], lang: str):
    code, out, err = command(*arguments, "--lang", lang)
    assert (code, err) == (0, "")
    assert out


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "trade_2002_2007"),
        ("compare", "trade_2002_2007"),
        ("diagnose", "--year", "2009"),
        ("data", "show", "china-2000"),
        ("data", "list"),
        ("replicate", "tombe-zhu-2019"),
        ("scenarios", "list"),
        ("policies", "list"),
        ("policies", "show", "transport"),
    ],
)
def test_every_table_can_be_markdown(command, arguments: tuple[str, ...]):
    code, out, err = command(*arguments, "--format", "md", "--lang", "zh")
    assert (code, err) == (0, "")
    sections = re.findall(r"^## .+\n\n((?:\|.+\|\n)+)", out, re.MULTILINE)
    assert sections
    for section in sections:
        lines = section.splitlines()
        assert set(lines[1]) <= set("|-: ")
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_is_in_the_users_language(command, monkeypatch, lang: str):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if lang == "zh" else "C")
    code, out, _ = command("run", "--help")
    assert code == 0
    assert ("示例" in out) == (lang == "zh")
    assert "in_place.cut=0.3" in out


def test_the_language_follows_the_environment():
    from hinterland.cli.main import spoken

    assert spoken([], {"LANG": "zh_CN.UTF-8"}) == "zh"
    assert spoken([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}) == "en"
    assert spoken(["run", "--lang=zh"], {}) == "zh"
    assert spoken(["run", "--lang", "en"], {"LANG": "zh_CN"}) == "en"


def test_a_capacity_that_binds_shows_its_price(command):
    _, out, _ = command("run", "great_qinling", "--lang", "en")
    (row,) = re.findall(r"Shaanxi +([\d.]+) +([\d.]+) +([\d.]+) *\n", out.partition("price of entry")[2])[:1]
    people, limit, price = map(float, row)
    assert people == limit
    assert price > 0
