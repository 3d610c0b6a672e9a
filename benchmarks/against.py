"""Time this copy of the project beside another, by turns: `python -m benchmarks.against FOLDER [--only NAME ...]`.

FOLDER is a copy at another commit, with `shared` beside it where a case needs published inputs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.__main__ import aligned, shown
from benchmarks.cases import CASES
from benchmarks.measure import machine

HERE = Path(__file__).parents[1]
ROUNDS = 2
# What both copies have: a case is built, run once, and timed for two seconds.
TIMED = """
import json, statistics, sys, time
from benchmarks.cases import CASES
run = next(case for case in CASES if case.name == sys.argv[1]).build()
run.ours()
seconds, end = [], time.perf_counter() + 2
while time.perf_counter() < end:
    begin = time.perf_counter()
    run.ours()
    seconds.append((time.perf_counter() - begin) / run.solves)
print(json.dumps([statistics.median(seconds), min(seconds)]))
"""


def main() -> None:
    """Print the medians and the best of both copies, and the ratio of the best."""
    names = [case.name for case in CASES if case.unit != "solves" and not case.large]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.against", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=names, default=names)
    given = parser.parse_args()
    print(machine())
    lines = [("case", "theirs: median", "best", "ours: median", "best", "theirs / ours")]
    for case in (case for case in CASES if case.name in given.only):
        turns = [[timings(folder, case.name) for folder in (given.folder, HERE)] for _ in range(ROUNDS)]
        theirs, ours = ([min(turn[copy][kind] for turn in turns) for kind in (0, 1)] for copy in (0, 1))
        lines.append((case.title, *map(short, (*theirs, *ours)), f"{theirs[1] / ours[1]:.2f}"))
        print("  ".join(lines[-1]), file=sys.stderr)
    print(aligned(lines))


def short(seconds: float) -> str:
    """Print a time, in microseconds below a millisecond."""
    return shown(seconds, "s") if seconds >= 1e-3 else f"{1e6 * seconds:.3g} us"


def timings(folder: Path, name: str) -> tuple[float, float]:
    """Return the median and the least time of a solve in a copy, seconds."""
    paths = os.pathsep.join(str(folder.resolve() / part) for part in ("src", ""))
    done = subprocess.run(
        [sys.executable, "-c", TIMED, name],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    median, least = json.loads(done.stdout.splitlines()[-1])
    return median, least


if __name__ == "__main__":
    main()
