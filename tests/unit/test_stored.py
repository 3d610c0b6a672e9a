"""A stored inverse is the one that was formed, of that base year and that code alone; a bad file is as good as none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import hinterland as hl
from hinterland.model.model import Model
from hinterland.solve import stored
from hinterland.world.of_economy import model_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Where programs are kept; everything is worth storing there."""
    values = {"jax_disable_most_optimizations": True}
    monkeypatch.setattr(stored, "_config", SimpleNamespace(values=values, jax_compilation_cache_dir=str(tmp_path)))
    monkeypatch.setattr(stored, "WORTH", -1.0)
    return tmp_path / "inverses"


@pytest.fixture(scope="module")
def model() -> Model:
    return model_of(hl.load("china-2000"))


def never() -> np.ndarray:
    raise AssertionError("formed again")


def counted(seed: int) -> Callable[[], np.ndarray]:
    """Return what forms a matrix of its own."""
    return lambda: np.random.default_rng(seed).normal(size=(5, 5))


def test_what_was_formed_is_read_to_the_last_bit(folder: Path, model: Model):
    formed = stored.stored(model, 5, counted(1))
    np.testing.assert_array_equal(stored.stored(model, 5, never), formed)
    assert len(list(folder.iterdir())) == 1


def test_another_base_year_or_other_code_is_formed_anew(folder: Path, model: Model, monkeypatch):
    stored.stored(model, 5, counted(1))
    other = model_of(hl.load("china-2000").with_elasticities(migration_elasticity=1.7))
    np.testing.assert_array_equal(stored.stored(other, 5, counted(2)), counted(2)())
    monkeypatch.setattr(stored, "code", lambda: "of tomorrow")
    np.testing.assert_array_equal(stored.stored(model, 5, counted(3)), counted(3)())
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("spoilt", [b"", b"no array", None], ids=["empty", "words", "no numbers"])
def test_a_bad_file_is_as_good_as_none(folder: Path, model: Model, spoilt: bytes | None):
    stored.stored(model, 5, counted(1))
    file = next(folder.iterdir())
    np.save(file, np.full((5, 5), np.nan)) if spoilt is None else file.write_bytes(spoilt)
    np.testing.assert_array_equal(stored.stored(model, 5, counted(2)), counted(2)())
    np.testing.assert_array_equal(stored.stored(model, 5, never), counted(2)())
    np.save(file, np.zeros((4, 4)))
    np.testing.assert_array_equal(stored.stored(model, 5, counted(3)), counted(3)())


def test_the_last_used_are_kept(folder: Path, model: Model, monkeypatch):
    monkeypatch.setattr(stored, "MOST", 2)
    for number in range(4):
        monkeypatch.setattr(stored, "code", lambda number=number: str(number))
        stored.stored(model, 5, counted(number))
    assert len(list(folder.iterdir())) == 2
    np.testing.assert_array_equal(stored.stored(model, 5, never), counted(3)())


def test_nothing_is_stored_where_no_programs_are(folder: Path, model: Model):
    stored._config.jax_compilation_cache_dir = None
    stored.stored(model, 5, counted(1))
    assert not folder.exists()
