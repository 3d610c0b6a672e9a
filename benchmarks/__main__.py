"""Print timings as ratios: `python -m benchmarks`."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import hinterland as hl
from benchmarks.plain import solve_plain


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


def main() -> None:
    """Time a warm counterfactual against the plain loop, then the starts of Python and the command line."""
    economy = hl.read("trade_2002_2007").applied()
    ours = timed(lambda: hl.solve(economy), 50)
    plain = timed(lambda: solve_plain(economy), 1)
    steps = hl.solve(economy).certificate.iterations
    bare = timed(process("-c", "pass"), 5)
    rows = [
        ("Tombe-Zhu counterfactual, warm", ours, "target 0.003 s", f"{steps} steps"),
        ("the same, plain NumPy loop", plain, f"{plain / ours:.0f} x ours", ""),
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
