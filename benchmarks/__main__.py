"""Print timings as ratios: `python -m benchmarks`."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import hinterland as hl
from benchmarks import gravity
from benchmarks.plain import solve_plain
from hinterland.published import caliendo_dvorkin_parro, caliendo_parro
from hinterland.published.figure import read_arrays


def timed(work: Callable[[], object], repeats: int) -> float:
    """Median seconds of a call, after one that warms it."""
    work()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def process(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def gdp_of(economy: hl.Economy) -> Callable[[Any], Any]:
    """Real GDP as a function of the levers."""
    outcome = hl.response(economy)
    output = jnp.asarray(economy.real_income_nj * economy.workers_nj)

    def measure(levers: Any) -> Any:
        after = outcome(levers)
        return (output * after.real_income_hat_nj * after.labour_hat_nj[:-1]).sum() / output.sum()

    return measure


def published(shared: Path) -> Iterator[tuple[str, float, str, str]]:
    """Time the published worlds where their files are at hand."""
    nafta, states = shared / "cp2015_nafta", shared / "cdp_base_2000"
    if nafta.is_dir():
        given = read_arrays(nafta, "inputs.npz", caliendo_parro.INPUTS)
        world = caliendo_parro.build(given, tuple(f"r{n}" for n in range(31)))
        world = world.with_levers(tariff_nij=given["tau_nij_cfl"])
        yield (
            "Caliendo-Parro NAFTA world, 31 x 40",
            timed(lambda: hl.solve(world), 10),
            "target 0.08 s",
            steps_of(world),
        )
    if states.is_dir():
        base = caliendo_dvorkin_parro.build(read_arrays(states, "inputs.npz", caliendo_dvorkin_parro.INPUTS))
        yield "Caliendo-Dvorkin-Parro base, 87 x 22", timed(lambda: hl.solve(base), 5), "target 0.8 s", steps_of(base)


def gravities() -> Iterator[tuple[str, float, str, str]]:
    """Time one-sector gravity of growing size against the plain loop, and many scenarios at once."""
    for count, target, repeats in ((340, 0.001, 10), (2850, 0.05, 2)):
        world = gravity.gravity(count)
        ours, plain = (
            timed(lambda world=world: hl.solve(world), repeats),
            timed(lambda world=world: gravity.plain(world), 1),
        )
        gap = np.max(np.abs(hl.solve(world).outcome.factor_hat_nj[:, 0] / gravity.plain(world)[0] - 1))
        yield f"static gravity, N = {count}", ours, f"target {target} s", f"{steps_of(world)}, gap to plain {gap:.0e}"
        yield "the same, plain NumPy loop", plain, f"{plain / ours:.1f} x ours", f"{gravity.plain(world)[1]} steps"
    for count, target in ((31, 20_000), (340, 5_000)):
        run, scenarios = gravity.batch(gravity.gravity(count))
        each = timed(run, 3) / scenarios
        yield (
            f"one of {scenarios} at once, N = {count}",
            each,
            f"{1 / each:,.0f} a second",
            f"target {target:,} a second",
        )


def steps_of(world: hl.World) -> str:
    certificate = hl.solve(world).certificate
    return f"{certificate.iterations} steps, residual {max(certificate.residuals.values()):.0e}"


def main() -> None:
    """Time a warm counterfactual against the plain loop, then the starts of Python and the command line."""
    economy = hl.read("trade_2002_2007").applied()
    ours = timed(lambda: hl.solve(economy), 50)
    plain = timed(lambda: solve_plain(economy), 1)
    steps = hl.solve(economy).certificate.iterations
    shared = Path(__file__).parents[2] / "shared" / "replications"
    slope = jax.jit(jax.grad(gdp_of(economy)))
    bare = timed(process("-c", "pass"), 5)
    rows = [
        ("Tombe-Zhu counterfactual, warm", ours, "target 0.003 s", f"{steps} steps"),
        ("the same, plain NumPy loop", plain, f"{plain / ours:.0f} x ours", ""),
        ("gradient of real GDP, 5,584 levers", timed(lambda: jax.block_until_ready(slope(economy.levers)), 20), "", ""),
        *published(shared),
        *gravities(),
        ("dual transfer with its 16 solves, warm", timed(lambda: hl.run("dual_transfer"), 5), "", ""),
        ("python -c pass", bare, "", ""),
        ("import hinterland", timed(process("-c", "import hinterland"), 5) - bare, "target 0.2 s", "less bare Python"),
        ("hinterland --help", timed(process("-m", "hinterland", "--help"), 5), "target 0.3 s", ""),
        ("hinterland run", timed(process("-m", "hinterland", "run"), 3), "target 2 s", "warm compile cache"),
    ]
    for name, seconds, against, note in rows:
        print(f"{name:45s} {seconds:9.4f} s   {against:18s} {note}")


if __name__ == "__main__":
    main()
