"""Strict settings for every test: float64, no silent broadcasting, warnings are errors, seeds fixed."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import jax
import pytest

import hinterland as hl
from hinterland.economy import files as exchange

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
COMPILED = ROOT / ".pytest_cache" / "compiled"
MOST_COMPILED = 2**29  # bytes; no later run asks for the programs of an older model
MOST_MAPPED = 40_000  # of 65,530 areas of memory that Linux lets a process have; XLA's compiler crashes beyond

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_numpy_rank_promotion", "raise")
hypothesis.settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=60)
hypothesis.settings.load_profile("fixed")
# Most programs run a few times: XLA's optimiser, its newer emitters and its threads take longer than they save.
# What one worker compiled the other, the commands that tests start and the next run load.
COMPILING = {
    "jax_disable_most_optimizations": True,
    "jax_compilation_cache_dir": str(COMPILED),
    "jax_persistent_cache_min_compile_time_secs": 0.1,
}
for option, value in COMPILING.items():
    jax.config.update(option, type(value)(os.environ.setdefault(option.upper(), str(value))))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the workers to come: threads of two wait for each other
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_use_fusion_emitters=false --xla_cpu_parallel_codegen_split_count=1")


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the workers throws away what was compiled once it is too much."""
    if not hasattr(config, "workerinput") and sum(file.stat().st_size for file in COMPILED.glob("*")) > MOST_COMPILED:
        shutil.rmtree(COMPILED)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that no worker is left with one when the other has nothing more to do."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="module", autouse=True)
def frozen_heap() -> Iterator[None]:
    """Compiled programs pile up by the gigabyte: what a file leaves behind is not looked at again by the collector."""
    yield
    if mapped() > MOST_MAPPED:
        jax.clear_caches()
    gc.collect()
    gc.freeze()


def mapped() -> int:
    """Return how many areas of memory this process has: a compiled program takes a hundred and more."""
    areas = Path("/proc/self/maps")
    return len(areas.read_text().splitlines()) if areas.exists() else 0


@pytest.fixture(scope="module")
def as_shipped() -> Iterator[None]:
    """For published worlds of their own shapes: held against the very programs that a user gets."""
    jax.config.update("jax_disable_most_optimizations", False)
    yield
    jax.config.update("jax_disable_most_optimizations", True)


@pytest.fixture(scope="session")
def china() -> hl.Economy:
    """The published baseline."""
    return hl.load("china-2000")


@pytest.fixture(scope="session")
def today() -> hl.Economy:
    """The base year with residence, capital and budgets."""
    return hl.load("china-2020")


@pytest.fixture(scope="session")
def sichuan(today) -> int:
    """The place of the province that policies are checked by hand for."""
    return today.region("Sichuan")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published and collected figures; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of published figures (../shared) is not here")
    return SHARED


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the base year of 2020."""
    return exchange.export(hl.load("china-2020"), tmp_path_factory.mktemp("exported") / "china-2020")


@pytest.fixture
def copy(exported: Path, tmp_path: Path) -> Path:
    """The same tables, to be edited."""
    return Path(shutil.copytree(exported, tmp_path / "copy"))


@pytest.fixture(scope="session")
def results() -> dict[str, hl.Result]:
    """Runs by the text of their scenario."""
    return {}


@pytest.fixture(scope="session")
def dual_transfer(results) -> hl.Result:
    """The main job, solved once, for those who run the command as well."""
    scenario = hl.read("dual_transfer")
    key = scenario.to_yaml()
    if key not in results:
        results[key] = hl.run(scenario)
    return results[key]


@pytest.fixture
def solved_once(results, monkeypatch) -> None:
    """For tests of how a run is told: the same scenario in another language or form is not solved again."""
    from hinterland.study import run as study

    solve_it = study.run

    def run(scenario):
        key = scenario.to_yaml()
        if key not in results:
            results[key] = solve_it(scenario)
        return results[key]

    monkeypatch.setattr(study, "run", run)


@pytest.fixture
def command(capfd, monkeypatch):
    """Run the command line in this process: (exit code, output, messages)."""
    from hinterland.cli.main import main

    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("COLUMNS", "400")  # tables in one piece, unless a test says otherwise

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        out, err = capfd.readouterr()
        return int(stop.value.code or 0), out, err

    return run
