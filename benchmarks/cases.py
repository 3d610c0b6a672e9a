"""The timed cases: each with its target, the engine's call, and the plain loop that finds the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import hinterland as hl
from benchmarks import plain_worlds
from benchmarks.gravity import gravity, scenarios
from benchmarks.plain import solve_plain
from hinterland.replications import caliendo_dvorkin_parro, caliendo_parro, helpman_grid
from hinterland.replications.figure import read_arrays
from hinterland.solve.precondition import prepared
from hinterland.world.of_economy import world_of

SHARED = Path(__file__).parents[2] / "shared" / "replications"


@dataclass(frozen=True)
class Facts:
    """What a result tells beside its time."""

    evaluations: str = ""
    residual: float | None = None
    gap: float | None = None  # the largest relative distance from the plain loop's result


@dataclass(frozen=True)
class Run:
    """A case that has been built: calls to time, and what to read off their results."""

    world: hl.World
    ours: Callable[[], Any]
    facts: Callable[[Any, Any], Facts]
    plain: Callable[[], Any] | None = None
    one_solve: Callable[[], Any] | None = None  # the yardstick of a gradient
    solves: int = 1  # in one call of ours
    plain_calls: int = 1  # that one call of ours stands for


@dataclass(frozen=True)
class Case:
    """A line of the table. The unit of its target: s, solves (the cost of a gradient), or /s (solves a second)."""

    name: str
    title: str
    target: float
    unit: str
    build: Callable[[], Run]
    needs: str = ""  # a folder of published inputs
    large: bool = False


def solving(world: hl.World, plain: Callable[[hl.World], plain_worlds.Plain]) -> Run:
    """Solve a world."""

    def facts(ours: Any, theirs: plain_worlds.Plain) -> Facts:
        gaps = [ours.outcome.factor_hat_nj / theirs.factor_hat_nj - 1]
        if theirs.people_hat_n is not None:
            gaps.append(ours.outcome.people_hat_n / theirs.people_hat_n - 1)
        certificate = ours.certificate
        steps = f"{certificate.iterations} / {theirs.steps}"
        return Facts(steps, max(certificate.residuals.values()), max(float(np.max(np.abs(gap))) for gap in gaps))

    return Run(world, lambda: hl.solve(world), facts, lambda: plain(world))


def tombe_zhu() -> Run:
    """Solve the default economy."""
    economy = hl.apply(hl.read("trade_2002_2007"))

    def facts(ours: Any, theirs: dict[str, np.ndarray]) -> Facts:
        gap = max(float(np.max(np.abs(getattr(ours.outcome, name) / value - 1))) for name, value in theirs.items())
        return Facts(str(ours.certificate.iterations), max(ours.certificate.residuals.values()), gap)

    return Run(world_of(economy), lambda: hl.solve(economy), facts, lambda: solve_plain(economy))


def tombe_zhu_gradient() -> Run:
    """Differentiate real GDP with respect to every lever of the default economy."""
    economy = hl.apply(hl.read("trade_2002_2007"))
    outcome, output_c = hl.response(economy), jnp.asarray(economy.real_income_c * economy.workers_c)

    def gdp(levers: Any) -> Any:
        after = outcome(levers)
        return (output_c * after.real_income_hat_c * after.people_hat_c).sum() / output_c.sum()

    slope, count = jax.jit(jax.grad(gdp)), sum(np.size(lever) for lever in economy.levers)
    return Run(
        world_of(economy),
        lambda: jax.block_until_ready(slope(economy.levers)),
        lambda ours, theirs: Facts(),
        lambda: solve_plain(economy),
        lambda: hl.solve(economy),
        plain_calls=count + 1,
    )


def gravity_gradient(regions: int) -> Run:
    """Differentiate real income of the world with respect to productivity everywhere.

    The model is an argument: a large kernel that jit finds in a closure is copied into what it compiles.
    """
    world = gravity(regions)
    outcome, model = hl.response(world), prepared(world.model)[0]

    def real_income(productivity_hat_nj: Any, model: Any) -> Any:
        after = outcome(world.levers._replace(productivity_hat_nj=productivity_hat_nj), model)
        return (after.income_n / after.price_hat_n).sum()

    slope, hat_nj = jax.jit(jax.grad(real_income)), jnp.asarray(world.levers.productivity_hat_nj)
    return Run(
        world,
        lambda: jax.block_until_ready(slope(hat_nj, model)),
        lambda ours, theirs: Facts(),
        lambda: plain_worlds.gravity(world),
        lambda: hl.solve(world),
        plain_calls=regions + 1,
    )


def ensemble(regions: int, count: int) -> Run:
    """Solve many scenarios of productivity with one kernel."""
    world, hat_snj = gravity(regions), scenarios(count, regions)

    def facts(ours: Any, theirs: np.ndarray) -> Facts:
        gap = float(np.max(np.abs(ours.outcome.factor_hat_nj[:, :, 0] / theirs - 1)))
        return Facts("", float(ours.residual_s.max()), gap)

    return Run(
        world,
        lambda: hl.solve_many(world, productivity_hat_nj=hat_snj),
        facts,
        lambda: plain_worlds.gravities(world, hat_snj[:, :, 0]),
        solves=count,
    )


def nafta() -> Run:
    """Solve the world with NAFTA's tariffs of 2005."""
    given = read_arrays(SHARED / "cp2015_nafta", "inputs.npz", caliendo_parro.INPUTS)
    world = caliendo_parro.build(given, tuple(f"r{n + 1}" for n in range(len(given["gamma_nj"]))))
    return solving(world.with_levers(tariff_nij=given["tau_nij_cfl"]), partial(plain_worlds.sectors, damping=0.6))


def cdp() -> Run:
    """Solve the world of 2000 without deficits."""
    given = read_arrays(SHARED / "cdp_base_2000", "inputs.npz", caliendo_dvorkin_parro.INPUTS)
    return solving(caliendo_dvorkin_parro.build(given), partial(plain_worlds.sectors, damping=0.07))


def helpman() -> Run:
    """Solve the grid with borders."""
    given = read_arrays(SHARED / "rrh2017_helpman_grid", "inputs.npz", helpman_grid.INPUTS)
    return solving(helpman_grid.build(given, helpman_grid.trade_cost(given)), plain_worlds.free_mobility)


def gravity_case(regions: int, target: float) -> Case:
    build = partial(_gravity, regions)
    return Case(f"gravity-{regions}", f"static gravity, N = {regions:,}", target, "s", build, large=regions > 5_000)


def _gravity(regions: int) -> Run:
    return solving(gravity(regions), plain_worlds.gravity)


def batch_case(regions: int, count: int, target: float) -> Case:
    title = f"{count:,} scenarios together, N = {regions}"
    return Case(f"many-{regions}-{count}", title, target, "/s", partial(ensemble, regions, count))


def gradient_case(regions: int, target: float) -> Case:
    title = f"gradient, {regions:,} levers, N = {regions:,}"
    return Case(f"gradient-{regions}", title, target, "solves", partial(gravity_gradient, regions))


CASES = (
    Case("tombe-zhu", "Tombe-Zhu counterfactual", 0.001, "s", tombe_zhu),
    Case("nafta", "Caliendo-Parro NAFTA world, 31 x 40", 0.005, "s", nafta, "cp2015_nafta"),
    Case("cdp", "Caliendo-Dvorkin-Parro base, 87 x 22", 0.025, "s", cdp, "cdp_base_2000"),
    Case("helpman", "Helpman grid, 900 cells", 0.015, "s", helpman, "rrh2017_helpman_grid"),
    gravity_case(340, 0.001),
    gravity_case(2_850, 0.05),
    gravity_case(10_000, 0.6),
    Case("gradient-tombe-zhu", "gradient, 5,584 levers, Tombe-Zhu", 4, "solves", tombe_zhu_gradient),
    gradient_case(1_000, 4),
    gradient_case(2_850, 6),
    batch_case(31, 256, 150_000),
    batch_case(31, 1_024, 150_000),
    batch_case(340, 256, 15_000),
    batch_case(340, 1_024, 15_000),
)


def kernel_bytes(world: hl.World) -> float:
    """Bytes of trade kernels that one evaluation reads: for markets, for sales, and, with tariffs, net markets."""
    share_nij = world.model.trade.trade_share_nij
    return share_nij.size * share_nij.itemsize * (3 if hasattr(world.model.tariffs, "tariff_nij") else 2)
