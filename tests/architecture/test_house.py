"""The rules of the house that import-linter does not see."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hinterland"
FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize(
    "statement", ["import hinterland", "from hinterland import cli", "import hinterland as h; dir(h)"]
)
def test_importing_loads_neither_jax_nor_pandas(statement: str):
    check = f"{statement}; import sys; sys.exit(any(name in sys.modules for name in ('jax', 'pandas', 'rich.table')))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], ("jax", "pandas")),
        (["scenarios", "check", "dual_transfer"], ("jax",)),
        (["diagnose"], ("jax", "scipy")),
    ],
    ids=["help", "a check solves nothing", "where places stand is read"],
)
def test_a_command_loads_no_more_than_it_needs(arguments: list[str], unwanted: tuple[str, ...]):
    check = (
        "import sys\nfrom hinterland.cli.main import main\n"
        f"try:\n    main({arguments})\nexcept SystemExit as end:\n    assert not end.code\n"
        f"sys.exit(any(name in sys.modules for name in {unwanted}))"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_short_and_loops_stay_in_the_engine_room(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    if path.parent.name != "solve":
        assert "jax.lax" not in text
    if path.parent.name == "model":
        loops = (ast.For, ast.While)
        assert not any(isinstance(node, loops) for node in ast.walk(ast.parse(text)))


def test_nothing_is_executed_or_unpickled():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec"), path
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
                assert not {"pickle", "requests", "socket", "urllib.request"} & set(names), path


def test_names_say_what_they_are():
    for path in FILES:
        assert not re.search(r"utils?$|helper|manager|misc", path.stem)


def test_a_report_is_returned_and_only_the_command_line_prints():
    for path in (SOURCE / "report").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert not {"sys", "typer"} & {getattr(node, "module", ""), *(alias.name for alias in node.names)}, path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", path


def names_in(path: Path) -> set[str]:
    """Functions, arguments and what is assigned."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    names |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return names | {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_names_are_terms_of_the_field_and_not_of_conversation(path: Path):
    assert names_in(path) & {"told", "made", "look", "door", "written", "tell"} == set()
