"""docs/extending.md is followed to the letter in a copy of the package; what it adds runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
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


def follow(title: str, package: Path) -> str:
    """Do what a section says; return what it tries."""
    tried = ""
    for kind, file, text in section(title):
        place = package / file
        if file == "try it":
            tried += text
        elif kind == "csv":
            assert place.read_bytes().endswith(b"\n")
            place.write_text(place.read_text(encoding="utf-8") + text, encoding="utf-8")
        elif kind == "diff":
            place.write_text(changed(place.read_text(encoding="utf-8"), text), encoding="utf-8")
        elif kind == "python":
            assert not place.exists()
            place.write_text(text, encoding="utf-8")
        elif kind == "yaml":
            (package.parent / file).write_text(text, encoding="utf-8")
    return tried


@pytest.fixture(scope="module")
def tried(tmp_path_factory) -> dict[str, str]:
    """Every step done in a copy; what each section tries, and where the copy lies."""
    package = tmp_path_factory.mktemp("copy") / "hinterland"
    shutil.copytree(ROOT / "src" / "hinterland", package, ignore=shutil.ignore_patterns("__pycache__"))
    titles = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    return {title: follow(title, package) for title in titles} | {"": str(package.parent)}


def python(tried: dict[str, str], *arguments: str) -> str:
    """What Python prints in the copy."""
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=tried[""],
        env=os.environ | {"PYTHONPATH": tried[""]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


INSTRUMENT = """
import numpy as np
from hinterland import schema
from hinterland.study.apply import package

assert hl.__file__.startswith(HERE)
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


@pytest.mark.slow
@pytest.mark.parametrize(("title", "claims"), [("An instrument", INSTRUMENT), ("A block", BLOCK_TEST)])
def test_what_a_section_adds_acts_as_it_says(tried, title, claims):
    python(tried, "-c", f"HERE = {tried['']!r}\n{tried[title]}{claims}")


@pytest.mark.slow
def test_the_scenario_is_checked_and_runs(tried):
    commands = [line.split() for kind, _, text in section("A scenario") if kind == "bash" for line in text.splitlines()]
    (program, *check), (_, *run) = commands
    assert program == "hinterland"
    assert "credit: rural credit, points = 0.02" in python(tried, "-m", "hinterland", *check)
    told = json.loads(python(tried, "-m", "hinterland", *run, "--format", "json"))
    assert told["certificate"]["passed"]
    assert {"credit", "in_place"} <= {row["part"] for row in told["decomposition"]}
