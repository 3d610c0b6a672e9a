"""Try the engine on thousands of random worlds: `python -m benchmarks.stress [--stratum NAME ...] [--only CASE ...]`.

Strata, counts and seeds stand here and were fixed before the engine was tuned to any of them. A case is a stratum and
an index; it can be built again alone: `world_of_case("walls", 17)`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from typing import Any
from zlib import crc32

import jax
import numpy as np

import hinterland as hl
from benchmarks.second_method import followed, judged
from benchmarks.stress_worlds import LARGE, Shape, small_shapes, world_of

SEED = 20260713
CLOSE = 1e-6  # how far an answer may be from the solution, in logs
CONFIRM = 10  # every so manieth case is confirmed by the second method, and all that come out unexpected
SECONDS = 15.0  # that the second method may take
QUICK = 40  # regions up to which programs are compiled without optimisation


@dataclass(frozen=True)
class Stratum:
    """One kind of trouble. Factors are the largest by which a shock multiplies or divides; one: no shock."""

    name: str
    worlds: int
    what: str
    trade: float = 1.0  # costs of trade
    productivity: float = 1.0
    people: float = 1.0  # costs of migration and of the way to work, amenity
    rest: float = 1.05  # tariffs, taxes, wedges of capital, homes
    links: str = "dense"  # or sparse, thin: parts whose shares across are 0, 1e-18, 1e-9 or 1e-6
    walls: bool = False  # the whole shock stands between two halves and nowhere else
    elasticities: str = "usual"  # or wide: over their ranges; strong: agglomeration beyond what repels
    transfers: str = "closed"  # or kept; within: balanced in each part; across: between parts; beyond: above any income
    shapes: str = "small"  # or large: 100 to 400 regions


STRATA = (
    Stratum("calm", 300, "every lever by at most 5 %", 1.05, 1.05, 1.05, transfers="kept"),
    Stratum("trade", 600, "costs of trade by up to 1,000", trade=1e3),
    Stratum("productivity", 600, "productivity by up to 1,000", productivity=1e3),
    Stratum("people", 600, "costs of moving and of the way to work by up to 1,000", people=1e3),
    Stratum("all", 600, "all of these at once by up to 1,000", 1e3, 1e3, 1e3, 2.0),
    Stratum("sparse", 500, "most pairs never trade; shocks by up to 100", 100, 10, 10, links="sparse"),
    Stratum("thin", 600, "parts that hardly meet or never; shocks by up to 10", 10, 3, 10, links="thin"),
    Stratum("walls", 500, "costs between two halves by up to 1,000", 1e3, 1.2, 1e3, walls=True),
    Stratum("within", 400, "transfers that balance in thin parts", 2, 1.2, links="thin", transfers="within"),
    Stratum("across", 200, "transfers between thin parts", 1.2, links="thin", transfers="across"),
    Stratum("beyond", 200, "a transfer above all that the world earns", 1.2, 1.2, transfers="beyond"),
    Stratum("wide", 500, "elasticities over their ranges; shocks by up to 10", 10, 10, 10, 1.5, elasticities="wide"),
    Stratum("strong", 200, "agglomeration beyond what repels; shocks by half", 1.5, 1.5, 1.5, elasticities="strong"),
    Stratum("kept", 300, "all at once, transfers kept: income may not stay positive", 1e3, 30, 1e3, transfers="kept"),
    Stratum(
        "extreme", 400, "all by up to 1,000, sparse, over all elasticities", 1e3, 1e3, 1e3, 10, "sparse", False, "wide"
    ),
    Stratum("rates", 300, "taxes, tariffs, wedges, homes by up to 1,000", 1.2, 1.2, 1.2, rest=1e3),
    Stratum("large", 60, "100 to 400 regions; shocks by up to 100", 100, 10, 100, shapes="large"),
    Stratum("large walls", 40, "100 to 400 regions in two halves", 1e3, 1.2, 1e3, walls=True, shapes="large"),
)
# What can be wrong with what a user gets. nan: a number that is none. miss: a world refused that the second method
# solves. open: refused though it has a solution by construction, which the second method does not find. wrong: an
# answer that passed and is not within 1e-6 of a solution. loose: one that passed and rounding alone may move by 1e-5.
# shy: one called undetermined that is known to 1e-7. And, no fault: another solution was found.
PROBLEMS = ("nan", "miss", "open", "wrong", "loose", "shy", "other")
HEAD = ("stratum", "tried", "passed", "undetermined", "refused", "crashed", "why refused (what is known)", *PROBLEMS)
HEAD += ("by a second method", "evaluations: median, 99 %, most", "seconds")
STRATUM = {stratum.name: stratum for stratum in STRATA}


@dataclass
class Found:
    """What came of one case."""

    stratum: str
    index: int
    shape: str
    expected: str
    verdict: str  # passed, undetermined, refused, crashed
    key: str = ""  # of the refusal
    iterations: int = 0
    seconds: float = 0.0
    second: str = ""  # what the second method says: solved, or how far it came
    error: float | None = None  # that the certificate tells
    distance: float | None = None  # of the answer from a solution, in logs, by the second method
    bound: float | None = None  # how far rounding alone lets it be
    problems: tuple[str, ...] = ()  # keys of PROBLEMS

    @property
    def case(self) -> str:
        """How the case is called on the command line."""
        return f"{self.stratum}:{self.index}"


def shapes_of(stratum: Stratum, seed: int = SEED) -> list[Shape]:
    """Return the shapes on which a stratum has something to act."""
    if stratum.shapes == "large":
        return list(LARGE)
    fits: Callable[[Shape], bool] = {
        "people": lambda shape: shape.mobile,
        "kept": lambda shape: "transfers" in shape.blocks,
        "within": lambda shape: "transfers" in shape.blocks,
        "across": lambda shape: "transfers" in shape.blocks,
        "beyond": lambda shape: "transfers" in shape.blocks,
        "strong": lambda shape: shape.mobile and bool({"density", "neighbourhood"} & set(shape.blocks)),
        "rates": lambda shape: bool({"tariffs", "capital", "budgets", "homes", "capacity"} & set(shape.blocks)),
    }.get(stratum.name, lambda shape: True)
    return [shape for shape in small_shapes(seed) if fits(shape)]


def case(name: str, index: int, seed: int = SEED) -> tuple[hl.World, str, Shape]:
    """Return a case's world, what is known of it, and its shape."""
    stratum = STRATUM[name]
    shape = by_name((name, index), seed)
    random = np.random.default_rng([seed, crc32(name.encode()), index])
    return *world_of(stratum, shape, random), shape


def world_of_case(name: str, index: int, seed: int = SEED) -> hl.World:
    """Return the world of a case, shocked: `hl.solve` it."""
    return case(name, index, seed)[0]


def tried(name: str, index: int, seed: int, confirm: int) -> Found:
    """Solve one case as a user would, say what came of it, and what a second method says of that."""
    world, expected, shape = case(name, index, seed)
    jax.config.update("jax_disable_most_optimizations", shape.regions <= QUICK)  # XLA's optimiser would take longer
    found, point = solved(world, Found(name, index, str(tuple(shape)), expected, "passed"))
    surprising = found.verdict != ("refused" if expected == "none" else "passed")
    if confirm and (surprising or index % confirm == 0):
        confirmed(world, found, point)
    return found


def solved(world: hl.World, found: Found) -> tuple[Found, Any]:
    """Solve a world as a user would; return the answer's point where there is one."""
    point, start = None, time.perf_counter()
    try:
        answer = hl.solve(world)
    except hl.HinterlandError as error:
        found.verdict, found.key = "refused", error.problems[0].key
        found.problems = ("nan",) if "nan" in str(error).split() else ()
    except Exception as error:  # whatever else reaches the user is what this run looks for
        found.verdict, found.key = "crashed", f"{type(error).__name__}: {error}"[:200]
    else:
        point, found.iterations = answer.point, answer.certificate.iterations
        found.verdict, found.error = answer.certificate.verdict, answer.certificate.error
        finite = all(np.isfinite(leaf).all() for leaf in jax.tree.leaves(answer.outcome._asdict()))
        found.problems = () if finite else ("nan",)
    found.seconds = time.perf_counter() - start
    return found, point


def confirmed(world: hl.World, found: Found, point: Any) -> None:
    """Add what the second method says."""
    reached = followed(world, SECONDS)
    found.second = "solved" if reached.way == 1 else f"to {reached.way:.3f}"
    if point is None:
        found.problems += ("miss",) if reached.way == 1 else ("open",) if found.expected == "solution" else ()
        return
    found.distance, found.bound = judged(world, point)
    if found.verdict == "passed":
        found.problems += ("wrong",) if found.distance > CLOSE else ()
        found.problems += ("loose",) if found.bound > 10 * CLOSE else ()
    if found.verdict == "undetermined":
        found.problems += ("shy",) if found.bound < CLOSE / 10 else ()
    if reached.way == 1 and found.bound < CLOSE and np.max(np.abs(reached.point - point)) > CLOSE:
        found.problems += ("other",)


def together(work: tuple[list[tuple[str, int]], int, int]) -> list[Found]:
    """Try cases of one shape, which share what is compiled."""
    cases, seed, confirm = work
    found = [tried(name, index, seed, confirm) for name, index in cases]
    jax.clear_caches()
    return found


def by_name(one: tuple[str, int], seed: int) -> Shape:
    """Return the shape of a case."""
    shapes = shapes_of(STRATUM[one[0]], seed)
    return shapes[one[1] % len(shapes)]


def run(strata: tuple[Stratum, ...], worlds: int | None, seed: int, jobs: int, confirm: int, out: str) -> list[Found]:
    """Try every case that the file does not hold yet, shape by shape, in several processes."""
    share = 1.0 if worlds is None else worlds / sum(stratum.worlds for stratum in strata)
    found = earlier(out)
    known = {(one.stratum, one.index) for one in found}
    by_shape: dict[Shape, list[tuple[str, int]]] = {}
    for stratum in strata:
        for one in {(stratum.name, index) for index in range(max(1, round(stratum.worlds * share)))} - known:
            by_shape.setdefault(by_name(one, seed), []).append(one)
    order = sorted(by_shape, key=lambda shape: -shape.regions)
    with get_context("spawn").Pool(jobs, maxtasksperchild=4) as pool:  # programs pile up in a process
        cases = [(sorted(by_shape[shape]), seed, confirm) for shape in order]
        for done, more in enumerate(pool.imap_unordered(together, cases), 1):
            found += more
            if out:
                with open(out, "a", encoding="utf-8") as file:
                    file.writelines(json.dumps(asdict(one)) + "\n" for one in more)
            print(f"{done} / {len(order)} shapes, {len(found)} worlds: {more[0].shape}", file=sys.stderr, flush=True)
    return found


def earlier(out: str) -> list[Found]:
    """Return the cases that a file holds from a run that was cut off: none where there is no file."""
    if not out or not os.path.exists(out):
        return []
    with open(out, encoding="utf-8") as file:
        return [Found(**record | {"problems": tuple(record["problems"])}) for record in map(json.loads, file)]


def table(found: list[Found]) -> str:
    """Return what came of the strata, one a line."""
    lines = [f"| {' | '.join(HEAD)} |", "|---" * len(HEAD) + "|"]
    for name in (*STRATUM, "together"):
        if cases := [one for one in found if name in (one.stratum, "together")]:
            lines.append(f"| {name} | {' | '.join(line(cases))} |")
    return "\n".join(lines)


def line(cases: list[Found]) -> list[str]:
    """Return what came of some cases."""
    verdicts = Counter(one.verdict for one in cases)
    keys = Counter(f"{one.key} ({one.expected})" for one in cases if one.verdict == "refused")
    problems = Counter(problem for one in cases for problem in one.problems)
    steps = [one.iterations for one in cases if one.iterations] or [0]
    return [
        str(len(cases)),
        *(str(verdicts[verdict]) for verdict in ("passed", "undetermined", "refused", "crashed")),
        ", ".join(f"{number} {key}" for key, number in keys.most_common()),
        *(str(problems[problem]) for problem in PROBLEMS),
        str(sum(bool(one.second) for one in cases)),
        f"{np.median(steps):.0f}, {np.percentile(steps, 99):.0f}, {max(steps)}",
        f"{sum(one.seconds for one in cases):.0f}",
    ]


def main() -> None:
    """Print the table, and every case that did not come out as it should."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stress", description=__doc__)
    parser.add_argument("--worlds", type=int, help="so many in all, in the proportions of the strata")
    parser.add_argument("--stratum", nargs="+", choices=list(STRATUM), default=list(STRATUM))
    parser.add_argument("--only", nargs="+", metavar="STRATUM:INDEX", help="single cases, each told in full")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--confirm", type=int, default=CONFIRM, help="confirm every so manieth case; 0: none")
    parser.add_argument("--out", default="", help="a file of JSON records, one a case; goes on from it")
    given = parser.parse_args()
    if given.only:
        for name, _, index in (one.rpartition(":") for one in given.only):
            print(told(tried(name, int(index), given.seed, 1)), flush=True)
        return
    strata = tuple(stratum for stratum in STRATA if stratum.name in given.stratum)
    found = run(strata, given.worlds, given.seed, given.jobs, given.confirm, given.out)
    print("\n".join([table(found), "", *(told(one) for one in found if wrong(one))]))


def told(found: Found) -> str:
    """Return a case in one line."""
    judged_so = "" if found.distance is None else f"distance {found.distance:.0e}, bound {found.bound:.0e}"
    facts = (f"expected: {found.expected}", f"second method: {found.second}" if found.second else "", judged_so)
    words = (found.case, found.verdict, found.key, *found.problems, *facts, str(found.iterations), found.shape)
    return "  ".join(filter(None, words))


def wrong(found: Found) -> bool:
    """Whether a case came out otherwise than it should."""
    refused = found.verdict in ("refused", "crashed")
    return bool(found.problems) or refused != (found.expected == "none")


if __name__ == "__main__":
    main()
