"""Time the engine against plain loops in the same run: `python -m benchmarks [--only NAME ...] [--quick]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator

from benchmarks import studies
from benchmarks.cases import CASES, SHARED, Case, Facts, kernel_bytes
from benchmarks.fresh import fresh
from benchmarks.measure import ENOUGH, GIGABYTE, Timing, available_bytes, machine, read_bandwidth, timed

HEAD = ("case", "ours", "best", "target", "met?", "plain", "ratio", "evaluations", "residual", "gap", "GB/s", "peak MB")
COLD = ("first call", "build the world", "prepare", "of it, compiled", "first solve", "together")
NOTES = """\
ours      median of repeats after one call that warms; best: the least of them. The machine is shared: see both.
met?      by the median; "at best" where only the least meets the target.
plain     the plain NumPy loop of the same equilibrium, benchmarks/plain*.py, the least of its repeats; for a gradient,
          one plain solve for each lever and one more, computed from the time of one. ratio: plain over our best.
evaluations  of the engine / steps of the plain loop's outer iteration. residual: the engine's largest, in logs.
gap       largest relative distance of the two results: factor costs, people where they move.
GB/s      trade kernels read in an evaluation (once for markets, once for sales, once for net markets where there are
          tariffs), times evaluations, over our best. Kernels below the size of the cache do not come from memory.
peak MB   most memory of a fresh process that builds and solves the case, less that of the imports."""


def main() -> None:
    """Print one table of the cases, one of first calls, and one of starts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=[*(case.name for case in CASES), "studies", "starts"]
    )
    parser.add_argument("--quick", action="store_true", help="no fresh processes: neither peak memory nor first calls")
    chosen = parser.parse_args()
    print(machine())
    speeds = [read_bandwidth()]
    lines, cold = [HEAD], [COLD]
    for case in CASES:
        if chosen.only and case.name not in chosen.only:
            continue
        if reason := cannot(case):
            print(f"left out: {case.title}: {reason}")
            continue
        once = {} if chosen.quick else fresh(case.name)
        lines.append(line(case, f"{once['peak_mb']:,.0f}" if once else ""))
        if once:
            cold.append(first_call(case, once))
        print("  ".join(lines[-1]), file=sys.stderr)
    speeds.append(read_bandwidth())
    first, last = (f"{speed / GIGABYTE:.1f}" for speed in speeds)
    print(f"NumPy's product of a matrix and a vector reads {first} GB/s before these cases and {last} GB/s after\n")
    for table in (lines, cold):
        if len(table) > 1:
            print(aligned(table) + "\n")
    if len(lines) > 1:
        print(NOTES + "\n")
    if not chosen.only or "studies" in chosen.only:
        print(aligned([studies.HEAD, *map(study, studies.rows())]) + f"\n\n{studies.PLAIN}\n")
    if not chosen.only or "starts" in chosen.only:
        print(aligned([("start of a process", "ours", "best", "target"), *starts()]))


def cannot(case: Case) -> str:
    """Say why a case is left out; nothing where it is not."""
    if case.needs and not (SHARED / case.needs).is_dir():
        return "its published inputs are not here"
    if case.large and available_bytes() < ENOUGH:
        return f"it needs {ENOUGH / GIGABYTE:.0f} GB of free memory, {available_bytes() / GIGABYTE:.1f} GB are"
    return ""


def line(case: Case, peak: str) -> tuple[str, ...]:
    """Time a case and the plain loop; return its line of the table."""
    run = case.build()
    ours = timed(run.ours)
    plain = None if run.plain is None else timed(run.plain, warm=False, fewest=2)
    facts = Facts() if plain is None else run.facts(ours.result, plain.result)
    median, least = in_unit(case, ours, run.one_solve, run.solves)
    evaluations = facts.evaluations.partition(" ")[0]
    moved = float(evaluations) * kernel_bytes(run.world) / ours.least / GIGABYTE if evaluations else None
    theirs = plain.least * run.plain_calls if plain else 0.0
    return (
        case.title,
        shown(median, case.unit),
        shown(least, case.unit),
        shown(case.target, case.unit),
        met(case, median, least),
        shown(run.solves / theirs, case.unit) if case.unit == "/s" else shown(theirs, "s"),
        f"{theirs / ours.least:,.{0 if theirs > 100 * ours.least else 1}f}",
        facts.evaluations,
        "" if facts.residual is None else f"{facts.residual:.0e}",
        "" if facts.gap is None else f"{facts.gap:.0e}",
        "" if moved is None else f"{moved:.1f}",
        peak,
    )


def in_unit(case: Case, ours: Timing, one_solve: Callable[[], object] | None, solves: int) -> tuple[float, float]:
    """Return the median and the best of a timing in the unit of the case's target."""
    if case.unit == "/s":
        return solves / ours.median, solves / ours.least
    if one_solve is None:
        return ours.median, ours.least
    solve = timed(one_solve)
    return ours.median / solve.median, ours.least / solve.least


def met(case: Case, median: float, least: float) -> str:
    """Say whether the target is met."""
    reached = [value >= case.target if case.unit == "/s" else value <= case.target for value in (median, least)]
    return "yes" if reached[0] else "at best" if reached[1] else "no"


def shown(value: float, unit: str) -> str:
    """Print a time in ms or s, a cost in solves, a rate."""
    if unit == "/s":
        return f"{float(f'{value:.3g}'):,.0f} /s"
    if unit == "solves":
        return f"{value:.2g} solves"
    return f"{1000 * value:.3g} ms" if value < 1 else f"{float(f'{value:.3g}'):,g} s"


def study(row: tuple[str, float, float, float, float | None]) -> tuple[str, ...]:
    """Return the line of a study."""
    title, *figures, plain = row
    beside = ("", "") if plain is None else (shown(plain, "s"), f"{plain / figures[0]:.1f}")
    return (title, *(shown(seconds, "s") for seconds in figures), *beside)


def first_call(case: Case, once: dict[str, float]) -> tuple[str, ...]:
    """Return a case's line of the table of first calls."""
    compiled = max(once["prepare_s"] - once["prepare_again_s"], 0.0)
    seconds = (once["build_s"], once["prepare_s"], compiled, once["first_s"])
    together = once["build_s"] + once["prepare_s"] + once["first_s"]
    return (case.title, *(f"{value:.2f} s" for value in (*seconds, together)))


def starts() -> Iterator[tuple[str, ...]]:
    """Time what a user waits for before the first answer."""
    bare = timed(process("-c", "pass"))
    cases = (
        ("import hinterland, less bare Python", 0.2, bare, ("-c", "import hinterland")),
        ("hinterland --help", 0.3, None, ("-m", "hinterland", "--help")),
        ("hinterland run, warm compile cache", 2.5, None, ("-m", "hinterland", "run")),
    )
    for title, target, less, arguments in cases:
        took = timed(process(*arguments), most=7)
        median, least = (took.median - less.median, took.least - less.least) if less else (took.median, took.least)
        yield title, shown(max(median, 0.0), "s"), shown(max(least, 0.0), "s"), shown(target, "s")


def process(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def aligned(rows: list[tuple[str, ...]]) -> str:
    """Return rows as columns, the first to the left and the rest to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


if __name__ == "__main__":
    main()
