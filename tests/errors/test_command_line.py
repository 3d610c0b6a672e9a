"""Wrong input at the command line: exit code 2, the message on standard error, nothing on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

WRONG = {
    "unknown command": (("diagnos",), "diagnos"),
    "unknown option": (("run", "--sett", "a.b=1"), "--sett"),
    "unknown format": (("run", "--format", "xml"), "xml"),
    "unknown language": (("run", "--lang", "fr"), "fr"),
    "nowhere to write": (("data", "import", "my_china"), "--out"),
    "a year in words": (("diagnose", "--year", "last"), "--year"),
    "a year without data": (("diagnose", "--year", "1066"), "1066"),
    "an unknown group": (("diagnose", "--group", "Wst"), "West"),
    "an unknown scenario": (("run", "dual_tranfser"), "dual_transfer"),
    "a share in percent": (("run", "--set", "in_place.cut=30"), "0.3"),
    "a value without a policy": (("run", "--set", "cut=0.3"), "in_place.access=0.8"),
    "an unknown policy": (("run", "--set", "inplase.cut=0.3"), "in_place"),
    "not a number": (("run", "--set", "in_place.cut=.nan"), "nan"),
    "a word too many": (("diagnose", "china-2020", "west"), "west"),
    "an option without its value": (("diagnose", "--year"), "--year"),
    "a value where none is taken": (("diagnose", "--facts=no"), "--facts"),
    "a command of a group": (("data", "lst"), "list"),
    "a variable by a part of several titles": (("data", "show", "GDP"), "gdp_per_capita"),
    "an unknown series": (("data", "show", "urbanisation"), "urbanization_rate"),
    "a series without the year": (("data", "show", "towns", "--year", "2007"), "2005"),
    "an unknown case": (("replicate", "tombezhu"), "tombe-zhu-2019"),
    "no such run": (("compare", "nowhere"), "nowhere"),
    "a scenario misspelt": (("compare", "trade_2002_2007", "migrtion_2000"), "migration_2000_2005"),
    "seven scenarios": (("compare", *["trade_2002_2007"] * 7), "6"),
    "an unknown grouping": (("compare", "trade_2002_2007", "--by", "provnces"), "province"),
    "an unknown indicator": (("compare", "trade_2002_2007", "--variable", "real_incom"), "real_income"),
    "an unknown indicator to sort by": (("compare", "trade_2002_2007", "--sort", "welfar"), "welfare"),
    "a reference that is not compared": (("compare", "trade_2002_2007", "--against", "trade"), "trade_2002_2007"),
    "two base years": (("compare", "trade_2002_2007", "dual_transfer"), "china-2020"),
    "an unknown kind of file": (("compare", "trade_2002_2007", "--out", "a.ods"), ".xlsx"),
    "a table that exists": (("compare", "trade_2002_2007", "--out", "README.md"), "README.md"),
    "an unwritable table": (("compare", "trade_2002_2007", "--out", "/proc/nowhere/a.csv"), "/proc"),
    "an unwritable folder": (("run", "--out", "/proc/nowhere/run"), "/proc"),
    "an existing folder": (("run", "--out", "tests"), "tests"),
    "an unknown instrument": (("policies", "show", "huko"), "hukou_reform"),
    "a template of an unknown instrument": (("scenarios", "new", "a", "--instruments", "huko"), "hukou_reform"),
    "a template of an unknown economy": (("scenarios", "new", "a", "--economy", "china-2021"), "china-2020"),
    "a template that its economy cannot express": (
        ("scenarios", "new", "a", "--instruments", "tax_incentive", "--economy", "china-2000"),
        "china-2020",
    ),
    "a template that exists": (("scenarios", "new", "a", "--out", "README.md"), "README.md"),
    "an unwritable template": (("scenarios", "new", "a", "--out", "/proc/nowhere/a.yaml"), "/proc"),
    "a schema beside nothing": (("scenarios", "new", "a", "--schema"), "--out"),
    "a summary of an unknown scenario": (("scenarios", "summary", "daul_transfer"), "dual_transfer"),
    "an unknown scenario to show": (("scenarios", "show", "trade_2002"), "trade_2002_2007"),
    "a scenario that cannot run": (("scenarios", "check", "README.md"), "README.md"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", list(WRONG))
def test_wrong_input_ends_with_2_and_one_message(command, name: str, lang: str):
    arguments, word = WRONG[name]
    given = arguments if "--lang" in arguments or arguments[0] == "diagnos" else (*arguments, "--lang", lang)
    code, out, err = command(*given)
    assert code == 2
    assert word in err
    assert "Traceback" not in err
    assert out == "" or arguments[:2] == ("scenarios", "check")
    if given != arguments:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in err) == (lang == "zh")


ENGLISH = ("No such", "Did you mean", "Missing", "unexpected", "requires", "does not", "not one of", "Input", "Value")


@pytest.mark.parametrize("name", [name for name, (words, _) in WRONG.items() if words[:2] != ("scenarios", "check")])
def test_what_is_wrong_with_a_command_is_told_in_chinese_alone(command, name: str):
    arguments, _ = WRONG[name]
    if "--lang" not in arguments:
        _, _, err = command("--lang", "zh", *arguments)
        assert not [word for word in ENGLISH if word in err]


def test_a_group_of_commands_alone_gives_its_help(command):
    code, out, err = command("data")
    assert (code, out, "export" in err, "wrong command" in err) == (2, "", True, False)


FOLDER = ("Import a folder of tables first", "data import"), ("是文件夹", "data import")
FILE = ("is no file of an economy", "data import"), ("不是经济体文件", "data import")


@pytest.mark.parametrize("words", [("scenarios", "new", "x", "--economy"), ("data", "check"), ("diagnose",)])
def test_what_lies_there_but_is_no_economy_is_told_as_what_it_is(command, words: tuple[str, ...], tmp_path: Path):
    (tmp_path / "mk.py").write_text("")
    (tmp_path / "tables").mkdir()
    for name, told in (("mk.py", FILE), ("tables", FOLDER)):
        if (words, name) == (("data", "check"), "tables"):
            continue  # which looks into it
        for lang, said in zip(("en", "zh"), told, strict=True):
            code, _, err = command(*words, str(tmp_path / name), "--lang", lang)
            assert code == 2
            assert all(word in err for word in (name, *said)), err


def test_a_scenario_of_a_folder_is_told_so(command, tmp_path: Path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "x.yaml").write_text("name: x\neconomy: tables\npolicies: {}\n")
    code, _, err = command("scenarios", "check", str(tmp_path / "x.yaml"))
    assert (code, "'tables' is a folder" in err) == (2, True)


def test_an_import_writes_no_folder_with_the_ending_of_a_file(command, tmp_path: Path):
    for lang, said in (("en", "ending in .npz"), ("zh", "须是 .npz 文件")):
        code, _, err = command("data", "import", str(tmp_path), "--out", str(tmp_path / "x.csv"), "--lang", lang)
        assert (code, said in err, "x.csv" in err) == (2, True, True)
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize("words", [("--lang", "zh", "data", "list"), ("data", "list", "--lang", "zh")])
def test_the_language_stands_before_or_after_the_command(command, words: tuple[str, ...]):
    code, out, _ = command(*words)
    assert (code, "名称" in out) == (0, True)


def test_why_a_file_is_refused_is_told_in_chinese(command, tmp_path: Path):
    _, _, err = command("scenarios", "check", str(tmp_path / "none.yaml"), "--lang", "zh")
    assert "文件或文件夹不存在" in err
    assert "No such file" not in err
    _, _, err = command("scenarios", "check", str(tmp_path), "--lang", "zh")
    assert "这是文件夹" in err


def test_a_check_reads_as_chinese(command):
    _, out, _ = command("scenarios", "check", "dual_transfer", "--lang", "zh")
    assert "户籍制度改革：就地，补足的公共服务享有程度 = 50 %；目标地区：中部、西部；哪一种迁移：就地；" in out


def test_a_run_that_is_no_run(command, tmp_path: Path):
    (tmp_path / "run.json").write_text(json.dumps({"name": "x"}))
    code, _, err = command("compare", str(tmp_path))
    assert code == 2
    assert "run.json" in err


def test_no_equilibrium_ends_with_1(command, monkeypatch):
    from hinterland.solve import certificate

    monkeypatch.setattr(certificate, "ACCEPTED", 1e-30)
    code, out, err = command("run", "trade_2002_2007")
    assert (code, out) == (1, "")
    assert "no equilibrium" in err
