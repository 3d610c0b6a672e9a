"""docs/notation.md holds every indexed name of the model, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hinterland"
INDEXED = re.compile(r"^[a-z][a-z_]*_([nimjkgcrhpd]{1,3})$")
FOLDERS = ("model", "economy", "world", "solve", "calibrate", "base_years")  # where symbols of the model are named
SCALARS = {
    "trade_elasticity",
    "migration_elasticity",
    "inner_elasticity",
    "commuting_elasticity",
    "capital_elasticity",
    "substitution_elasticity",
    "goods_share",
}


WORDS = {
    "grants_by_gdp",
    "income_over_gdp",
    "port_decay_km",
    "real_gdp",
    "sector_gdp",
}  # they end in letters that are no indices


def files() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted(SOURCE.glob(f"{folder}/*.py"))]


def names_in(tree: ast.AST) -> Iterator[str]:
    """Functions, their arguments, fields of records; unknowns and what blocks tell, which are keys."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from (node.name, *(argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)))
        elif isinstance(node, ast.ClassDef):
            yield from (item.target.id for item in node.body if isinstance(item, ast.AnnAssign))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def names_in_code() -> set[str]:
    found = {name for path in files() for name in names_in(ast.parse(path.read_text(encoding="utf-8")))}
    return {name for name in found - WORDS if INDEXED.search(name)} | (found & SCALARS)


def rows() -> list[list[str]]:
    lines = (ROOT / "docs" / "notation.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")][2:]


def test_every_name_stands_in_the_table_once_and_nothing_else():
    written = [row[1].strip("`") for row in rows()]
    assert len(written) == len(set(written))
    assert set(written) - names_in_code() == set()
    assert names_in_code() - set(written) == set()


def test_dimensions_are_those_of_the_name():
    for symbol, name, dimension, unit, meaning in rows():
        assert symbol
        assert unit
        assert meaning
        index = INDEXED.search(name.strip("`"))
        letters = index.group(1) if index else ""
        assert len(dimension.split()) == len(letters) or (dimension == "scalar" and not letters), name


def test_names_of_one_symbol_stand_together():
    """One meaning for each symbol: a second name of it follows the first and says how it differs."""
    symbols = [row[0] for row in rows()]
    runs = [symbol for symbol, before in zip(symbols, ["", *symbols], strict=False) if symbol != before]
    assert len(runs) == len(set(runs))
