"""docs/extending.md is followed to the letter in a copy of the package; what it adds runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from itertools import dropwhile, takewhile
from pathlib import Path

import pytest
from tests.tools import ROOT

PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w+)\n(?:# ([^\n]+)\n)?(.*?)```", re.DOTALL)


def section(title: str) -> list[tuple[str, str, str]]:
    """The blocks of code of a section: kind, file, text."""
    return BLOCK.findall(PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0])


def changed(text: str, change: str) -> str:
    """A text after a change: lines with a minus or a blank in front stand in it once."""
    lines = change.splitlines()
    old, new = ("".join(f"{line[1:]}\n" for line in lines if line[0] in marks) for marks in ("- ", "+ "))
    assert text.count(old) == 1
    return text.replace(old, new)


def put(kind: str, file: str, text: str, package: Path) -> None:
    """Do what a block of code says to a file of the package, or beside it."""
    place = (package.parent if kind == "yaml" else package) / file
    held = place.read_text(encoding="utf-8") if place.exists() else ""
    assert held.endswith("\n") or not held
    made = changed(held, text) if kind == "diff" else held + text
    place.write_text(made, encoding="utf-8")


def is_tried(kind: str, file: str) -> bool:
    """Whether a block is run, and not written into a file."""
    return kind == "bash" or file == "try it"


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Path:
    """The folder of a copy of the package, with what each section writes before it tries anything."""
    package = tmp_path_factory.mktemp("copy") / "hinterland"
    shutil.copytree(ROOT / "src" / "hinterland", package)  # with what Python compiled of files that stay as they are
    for title in re.findall(r"^## (.+)$", PAGE, re.MULTILINE):
        for kind, file, text in takewhile(lambda block: not is_tried(*block[:2]), section(title)):
            put(kind, file, text, package)
    return package.parent


def python(here: Path, *arguments: str) -> str:
    """What Python prints in the copy."""
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=here,
        env=os.environ | {"PYTHONPATH": str(here)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def tried(here: Path, title: str, claims: str = "") -> list[str]:
    """What the commands and scripts of a section print, in order; claims follow the last one."""
    told, steps = [], list(dropwhile(lambda block: not is_tried(*block[:2]), section(title)))
    for number, (kind, file, text) in enumerate(steps, start=1):
        if not is_tried(kind, file):
            put(kind, file, text, here / "hinterland")
        elif kind == "python":
            told.append(python(here, "-c", text + claims * (number == len(steps))))
        else:
            commands = [line.split() for line in text.splitlines()]
            assert {program for program, *_ in commands} == {"hinterland"}
            told += [python(here, "-m", *command) for command in commands]
    return told


INSTRUMENT = """
import numpy as np
from hinterland import schema
from hinterland.study.apply import package

assert schema.check_schema() == []
assert solved.certificate.passed
economy, moved = reform.economy, hl.apply(reform).levers.return_wedge_hat_nj != 1
west = [code for code, hat in zip(economy.region_codes, moved) if hat.any()]
assert len(west) == 12 and not moved[:, 1:].any()
(outlay,) = package(reform).outlays["rural_credit"]
assert outlay.yearly_n.sum() > 0
earned = solved.outcome.value_added_hat_nj[:, 0]
assert earned[moved[:, 0]].mean() > earned[~moved[:, 0]].mean()
"""
BLOCK_TEST = """
none, some, every = newcomers(), *(newcomers(queue_elasticity_n=chi, queue_share_n=np.full(2, s)) for s in (0.5, 1.0))
assert none > some > every > 1
np.testing.assert_allclose(every, newcomers(congestion_elasticity_n=chi), rtol=1e-12)
np.testing.assert_allclose(none, newcomers(queue_elasticity_n=chi, queue_share_n=np.zeros(2)), rtol=1e-12)
"""


OUTCOME = """
workers_c, (_, residence_c, sector_c) = china.workers_c, china.cells.index_c
by_hand = workers_c[(residence_c == 0) & (sector_c > 0)].sum() / workers_c[residence_c == 0].sum()
assert abs(national(china, base_state(china))["villagers_off_farm"] - by_hand) < 1e-12
assert "villagers_off_farm" not in national(hl.load("china-2000"), base_state(hl.load("china-2000")))
"""
ECONOMY = """
import numpy as np
from hinterland.data import box, check

for dense in (hl.load("dense-2020.npz"), hl.load("dense-2020")):
    assert dense.name == "dense-2020"
    for name, value in hl.load("china-2020").arrays.items():
        assert np.array_equal(value, dense.arrays[name]) == (name != "agglomeration_elasticity_n"), name
    assert set(dense.arrays["agglomeration_elasticity_n"]) == {0.0, 0.08}
assert all(one.passed for one in check.economy_checks("dense-2020", box.economy_arrays("dense-2020")))
assert hl.solve(dense).certificate.passed
"""
TABLE = """
from hinterland.report.run import report

assert found["变化"].is_monotonic_decreasing and len(found) == 4 + 31
assert list(found.columns) == ["代码", "地区", "变化"]
result = hl.run("dual_transfer")
assert result.table("growth of towns").iloc[:, 0].tolist() == found["代码"].tolist()
assert report(result, "en").table("towns", "en").rows[0][0] == result.table("towns").iloc[0, 1]
assert report(hl.run("migration_2000_2005"), "en").tables()["towns"] is None
"""
CLAIMS = {
    "An instrument": INSTRUMENT,
    "An outcome": OUTCOME,
    "A table": TABLE,
    "A block": BLOCK_TEST,
    "An economy": ECONOMY,
}


def test_every_section_is_followed():
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == [*CLAIMS, "A scenario"]


@pytest.mark.slow
@pytest.mark.parametrize("title", CLAIMS)
def test_what_a_section_adds_acts_as_it_says(here, title):
    assert tried(here, title, CLAIMS[title])


@pytest.mark.slow
def test_the_scenario_is_checked_and_runs_and_tells_the_outcome(here):
    checked, told = tried(here, "A scenario")
    assert "credit: rural credit, points = 0.02" in checked
    assert "share of villagers who work off the farm" in told
    record = json.loads((here / "farms_first" / "run.json").read_text(encoding="utf-8"))
    assert record["certificate"]["passed"]
    assert {"credit", "in_place"} <= {row["part"] for row in record["decomposition"]}
    for table in ("headline", "regions"):
        assert "villagers_off_farm" in {row["variable"] for row in record[table]}
