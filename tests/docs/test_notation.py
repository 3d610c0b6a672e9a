"""docs/notation.md holds every indexed name of the model, and nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hinterland"
INDEXED = re.compile(r"_(n|nj|ni|nm|jni|nij|nkj|g|gc|j|jk|c)$")
SCALARS = {"trade_elasticity", "migration_elasticity", "goods_share"}


def names_in_code() -> set[str]:
    found: set[str] = set()
    for path in [
        *SOURCE.glob("model/*.py"),
        *SOURCE.glob("solve/*.py"),
        SOURCE / "economy.py",
        SOURCE / "world.py",
        SOURCE / "commuting.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found |= {node.name, *(argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))}
            elif isinstance(node, ast.ClassDef):
                found |= {item.target.id for item in node.body if isinstance(item, ast.AnnAssign)}
    return {name for name in found if INDEXED.search(name)} | (found & SCALARS)


def rows() -> list[list[str]]:
    lines = (ROOT / "docs" / "notation.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")][2:]


def test_every_name_stands_in_the_table_once_and_nothing_else():
    written = [row[1].strip("`") for row in rows()]
    assert len(written) == len(set(written))
    assert set(written) == names_in_code()


def test_dimensions_are_those_of_the_name():
    for symbol, name, dimension, unit, meaning in rows():
        assert symbol
        assert unit
        assert meaning
        index = INDEXED.search(name.strip("`"))
        letters = index.group(1) if index else ""
        assert len(dimension.split()) == len(letters) or (dimension == "scalar" and not letters), name
