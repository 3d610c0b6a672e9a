"""Worlds that are hard to solve: one of each stratum of `benchmarks/stress.py`, which tries thousands, by shape."""

from __future__ import annotations

from itertools import combinations

import jax
import numpy as np
import pytest
from benchmarks.second_method import base_point, both, followed, judged, whole
from benchmarks.stress import CLOSE, SEED, STRATA, STRATUM, case, shapes_of
from benchmarks.stress_blocks import Shape
from benchmarks.stress_worlds import BLOCKS, PEOPLE, small_shapes

import hinterland as hl

pytestmark = pytest.mark.slow

FEASIBLE = [stratum.name for stratum in STRATA if stratum.transfers == "closed" and stratum.shapes == "small"]
FEASIBLE.remove("strong")  # with agglomeration beyond what repels nobody knows beforehand


def chosen_shapes() -> list[Shape]:
    """One small shape for each kind of people, each with as many blocks as possible that those before have not."""
    chosen: list[Shape] = []
    for people in PEOPLE:
        known = {block for shape in chosen for block in shape.blocks}
        small = [shape for shape in small_shapes(SEED) if shape.people == people and shape.regions <= 5]
        chosen.append(max(small, key=lambda shape: (len(set(shape.blocks) - known), -shape.regions)))
    return chosen


def cases(names: list[str]) -> list[tuple[str, int]]:
    """One case of each stratum for each shape that it uses; those of one shape together."""
    return [
        (name, shapes_of(STRATUM[name]).index(shape))
        for shape in chosen_shapes()
        for name in names
        if shape in shapes_of(STRATUM[name])
    ]


@pytest.fixture(scope="module")
def answers():
    """What a user gets: an equilibrium or an error, by case."""
    found = {}
    for name, index in cases([*FEASIBLE, "beyond"]):
        try:
            found[name, index] = hl.solve(case(name, index)[0])
        except hl.NotSolvedError as error:
            found[name, index] = error
    return found


def test_shapes_hold_every_block_and_every_pair():
    assert {block for shape in chosen_shapes() for block in shape.blocks} == set(BLOCKS)
    for first, second in combinations(BLOCKS, 2):
        pairs = {(first in shape.blocks, second in shape.blocks) for shape in small_shapes(SEED)}
        assert {(True, True), (True, False), (False, True)} <= pairs, (first, second)


def test_base_years_are_in_balance():
    """Otherwise a world is a stress of the imbalance, not of the solver."""
    for name, index in cases([*FEASIBLE, "within", "calm"]):
        world = case(name, index)[0]
        gap, _ = both(np.append(base_point(world), 0.0), whole(world))
        assert np.abs(gap).max() < 1e-13, (name, index)


def test_every_world_with_a_solution_is_solved(answers):
    """Or told to be undetermined in float64; never refused."""
    for (name, index), answer in answers.items():
        if name != "beyond":
            assert not isinstance(answer, hl.NotSolvedError), (name, index)
            assert answer.certificate.verdict in ("passed", "undetermined"), (name, index)


def test_no_number_that_is_none_reaches_a_user(answers):
    for key, answer in answers.items():
        if isinstance(answer, hl.NotSolvedError):
            assert "nan" not in str(answer).split(), key
        else:
            assert all(np.isfinite(leaf).all() for leaf in jax.tree.leaves(answer.outcome._asdict())), key


def test_answers_that_passed_are_solutions(answers):
    """Dense Newton steps on the same equations move none of them, and rounding alone could not."""
    for (name, index), answer in answers.items():
        if not isinstance(answer, hl.NotSolvedError) and answer.certificate.passed:
            distance, bound = judged(answer.world, answer.point)
            assert distance < CLOSE, (name, index)
            assert bound < 10 * CLOSE, (name, index)


def test_worlds_without_a_solution_are_refused(answers):
    """A region gives away more than the whole world earns: its income cannot be positive."""
    for (name, index), answer in answers.items():
        if name == "beyond":
            assert isinstance(answer, hl.NotSolvedError), index
            assert answer.problems[0].key in ("solve.ends", "solve.failed", "solve.not_positive"), index
            assert followed(case(name, index)[0], seconds=1.0).way < 1, index
