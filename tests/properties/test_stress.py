"""Worlds that are hard to solve: a few of each stratum of `benchmarks/stress.py`, which tries thousands."""

from __future__ import annotations

from itertools import combinations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from benchmarks.second_method import base_levers, base_point, followed, gaps, judged
from benchmarks.stress import CLOSE, SEED, STRATA, STRATUM, case, shapes_of
from benchmarks.stress_blocks import Shape
from benchmarks.stress_worlds import BLOCKS, PEOPLE, small_shapes

import hinterland as hl

pytestmark = pytest.mark.usefixtures("quick_compile")

# A dozen shapes that hold every block twice and every kind of people; small, for each is compiled.
SHAPES = [shape for shape in small_shapes(SEED) if shape.regions <= 5][:12]
FEASIBLE = [stratum.name for stratum in STRATA if stratum.transfers == "closed" and stratum.shapes == "small"]
FEASIBLE.remove("strong")  # with agglomeration beyond what repels nobody knows beforehand


def cases(names: list[str], each: int = 1) -> list[tuple[Shape, str, int]]:
    """Cases of the strata, `each` for each of the shapes that they use; those of one shape together."""
    found = []
    for shape in SHAPES:
        for name in names:
            shapes = shapes_of(STRATUM[name])
            if shape in shapes:
                found += [(shape, name, shapes.index(shape) + turn * len(shapes)) for turn in range(each)]
    return found


def test_shapes_hold_every_pair_of_choices():
    shapes = small_shapes(SEED)
    for first, second in combinations(BLOCKS, 2):
        assert {(first in shape.blocks, second in shape.blocks) for shape in shapes} >= {(True, True), (False, True)}
    for people in PEOPLE:
        here = [shape.blocks for shape in shapes if shape.people == people]
        missing = {block for block in BLOCKS if not any(block in blocks for blocks in here)}
        assert missing <= {"own_factors"}, people


@pytest.mark.parametrize("name", ["calm", "sparse", "thin", "wide"])
def test_base_years_are_in_balance(name):
    """Otherwise a world is a stress of the imbalance, not of the solver."""
    for index in range(0, len(shapes_of(STRATUM[name])), 9):
        world = case(name, index)[0]
        levers = world.levers._replace(**base_levers(world))
        with jax.disable_jit():
            found = gaps(base_point(world), jax.tree.map(jnp.asarray, world.model), levers)
        assert np.abs(found).max() < 1e-13, index


@pytest.fixture(scope="module")
def answers():
    """What solving gives: an equilibrium or the error, by case."""
    found = {}
    for _, name, index in cases([*FEASIBLE, "beyond"]):
        world = case(name, index)[0]
        try:
            found[name, index] = hl.solve(world)
        except hl.NotSolvedError as error:
            found[name, index] = error
    return found


def test_every_world_with_a_solution_is_solved(answers):
    refused = {key: str(answer) for key, answer in answers.items() if isinstance(answer, hl.NotSolvedError)}
    assert not {key: text for key, text in refused.items() if key[0] != "beyond"}
    for answer in answers.values():
        if not isinstance(answer, hl.NotSolvedError):
            assert answer.certificate.passed


def test_no_number_that_is_none_reaches_a_user(answers):
    for key, answer in answers.items():
        if isinstance(answer, hl.NotSolvedError):
            assert "nan" not in str(answer).split(), key
        else:
            assert all(np.isfinite(leaf).all() for leaf in jax.tree.leaves(answer.outcome._asdict())), key


def test_answers_are_within_their_bound_of_a_solution(answers):
    """A second method finds the solution nearest to each: dense Newton steps on the same equations."""
    for (name, index), answer in answers.items():
        if not isinstance(answer, hl.NotSolvedError):
            assert judged(answer.world, answer.point).distance < CLOSE, (name, index)


def test_worlds_without_a_solution_are_refused(answers):
    """A region gives away more than the whole world earns: its income cannot be positive."""
    for (name, index), answer in answers.items():
        if name == "beyond":
            assert isinstance(answer, hl.NotSolvedError), index
            assert answer.problems[0].key in ("solve.failed", "solve.not_positive"), index
            assert followed(case(name, index)[0], seconds=1.0).way < 1, index
