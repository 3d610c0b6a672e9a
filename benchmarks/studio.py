"""The studio under load: `python -m benchmarks.studio [moves] [storm] [visitors] [fuzz]`.

Each prints times beside their targets; only what is wrong fails: an answer out of order, refused or an error, a memory
that grows.

moves     from a move of a slider to its picture, in a browser, by instrument; the first picture after a start
storm     a hundred moves as fast as a hand can, in a browser: each answer painted in order
visitors  twenty, a move each two seconds for two minutes: nothing wrong, how long they wait, how memory grows
fuzz      ten thousand questions that nobody would ask (schemathesis): no answer is an error of ours
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import hinterland as hl

PORT = 8799
ADDRESS = f"http://127.0.0.1:{PORT}/"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MOVES = 12  # of each instrument
STORM, VISITORS, PAUSE, SECONDS = 100, 20, 2.0, 120.0
CALLS = 10_000
WARM_MOVES = 100  # of each visitor without a pause, after which what is kept is full and memory is counted
TARGETS = {"picture": 100.0, "storm": 300.0, "visitors": 500.0, "first": 3000.0, "growth": 30.0}  # ms, ms, ms, ms, MB

# Each move is timed from the event to the frame after the map and the headline have changed.
MOVE = """([name, value]) => new Promise(done => {
    const slider = document.getElementById(name);
    const began = performance.now();
    document.addEventListener('refused', () => done(-1), { once: true });
    document.addEventListener('answer', () => requestAnimationFrame(() => setTimeout(() =>
        done(performance.now() - began))), { once: true });
    slider.value = value;
    slider.dispatchEvent(new Event('input'));
})"""


@contextmanager
def studio() -> Iterator[subprocess.Popen[bytes]]:
    """Start the studio as a user does, and end it."""
    command = [sys.executable, "-m", "hinterland", "studio", "--port", str(PORT), "--lang", "en"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: bool(urlopen(f"{ADDRESS}api/warm", timeout=2).read()))
        yield process
    finally:
        process.terminate()
        process.wait(20)


def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if holds():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError


@contextmanager
def browser() -> Iterator[Any]:
    """A browser of this computer."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit(f"no browser is installed: {', '.join(BROWSERS)}")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def high(times: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return float(statistics.quantiles(times, n=20)[-1]) if len(times) > 1 else times[0]


def judged(what: str, value: float, unit: str = "ms") -> bool:
    """Print a number beside its target."""
    met = value <= TARGETS[what]
    print(f"{what}: {value:,.1f} {unit}, target {TARGETS[what]:,.0f} {unit}: {'met' if met else 'missed'}", flush=True)
    return met


def moves() -> bool:
    """Time the first picture, then moves of the size of each instrument."""
    began = time.monotonic()
    with studio(), browser() as opened:
        page = opened.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{ADDRESS}?lang=en")
        page.wait_for_selector("#map-map", timeout=120_000)
        judged("first", 1000 * (time.monotonic() - began))
        everything: list[float] = []
        print(f"{'instrument':26} median   95 %  worst  (ms of {MOVES} moves)")
        for name in [entry["key"] for entry in instruments() if entry["offered"]]:
            times = moved(page, name)
            everything += times
            print(f"{name:26} {statistics.median(times):6.0f} {high(times):6.0f} {max(times):6.0f}", flush=True)
        print(f"{'all':26} {statistics.median(everything):6.0f} {high(everything):6.0f} {max(everything):6.0f}")
        judged("picture", high(everything))
        return all(map(math.isfinite, everything))


def instruments() -> Any:
    """Return the instruments as the page knows them."""
    return json.load(urlopen(f"{ADDRESS}api/start?lang=en", timeout=60))["instruments"]


def moved(page: Any, name: str) -> list[float]:
    """Return the times of some moves of one instrument, after one that warms."""
    page.select_option("#preset", "")
    waited(page, "document.querySelectorAll('.policy').length === 0")
    page.select_option("#instrument", name)
    page.click("#instrument-add")
    waited(page, f"document.getElementById('policy-{name}')?.open")
    size = f"{name}.{hl.schema.instruments()[name].size}"
    low, most, given = (
        float(page.evaluate(f"+document.getElementById('{size}').{of}")) for of in ("min", "max", "value")
    )
    first, last = (0.85 * given, min(most, 1.1 * given)) if given > low else (low, low + 0.6 * (most - low))
    values = [first + (last - first) * number / MOVES for number in range(MOVES + 1)]
    times = [float(page.evaluate(MOVE, [size, value])) for value in values]
    if min(times) < 0:
        print(f"{name}: {sum(of < 0 for of in times)} moves were refused")
    return [of for of in times[1:] if of > 0] or [float("nan")]


def waited(page: Any, script: str) -> None:
    """Wait until something holds on the page, which evaluates no text of its own."""
    until(lambda: bool(page.evaluate(script)))


def storm() -> bool:
    """Move a slider a hundred times, each as soon as the one before is painted."""
    with studio(), browser() as opened:
        page = opened.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{ADDRESS}?lang=en")
        page.wait_for_selector("#map-map", timeout=120_000)
        numbers: list[int] = []
        page.on(
            "response",
            lambda got: numbers.append(got.json()["sequence"]) if got.url.endswith("/api/answer") else None,
        )
        times = [page.evaluate(MOVE, ["in_place.access", 1 + number % 99]) for number in range(STORM)]
        page.wait_for_timeout(500)
        print(f"{STORM} moves: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")
        in_order = numbers == sorted(numbers)
        print(f"order kept: {in_order}")
        judged("storm", high(times))
        return in_order


def visitors() -> bool:
    """Let twenty visitors move levers for two minutes."""
    with studio() as process:
        first = asyncio.run(visited(SECONDS, process.pid))
        times, wrong, growth = first
        print(
            f"{len(times)} moves of {VISITORS} visitors: median {statistics.median(times):.0f} ms; wrong: {len(wrong)}"
        )
        for words in wrong[:3]:
            print(f"  {words}")
        judged("visitors", high(times))
        return judged("growth", growth, "MB") and not wrong


async def visited(seconds: float, process: int) -> tuple[list[float], list[str], float]:
    """Return how long each waited, what went wrong, and by how many MB the process grew after warming up."""
    import httpx2 as httpx

    times, wrong, sizes, warm = list[float](), list[str](), list[float](), asyncio.Barrier(VISITORS + 1)
    async with httpx.AsyncClient(base_url=ADDRESS, timeout=60) as client:
        presets = hl.presets()

        async def move(state: dict[str, Any], draw: random.Random, number: int) -> float:
            began = time.monotonic()
            reply = await client.post("api/answer", json={"state": moved_by(state, draw), "sequence": number})
            if reply.status_code != 200:
                wrong.append(reply.text[:300])
            return time.monotonic() - began

        async def visitor(number: int) -> None:
            draw = random.Random(number)
            reply = await client.post("api/answer", json={"state": {"preset": presets[number % len(presets)]}})
            state = reply.json()["state"]
            for _ in range(WARM_MOVES):
                await move(state, draw, number)
            await warm.wait()
            await asyncio.sleep(draw.random() * PAUSE)
            ends = time.monotonic() + seconds
            while time.monotonic() < ends:
                times.append(1000 * (took := await move(state, draw, number)))
                await asyncio.sleep(max(0.0, PAUSE - took))

        async def weigh() -> None:
            await warm.wait()
            ends = time.monotonic() + seconds
            while time.monotonic() < ends:
                sizes.append(resident(process))
                await asyncio.sleep(1)

        await asyncio.gather(weigh(), *(visitor(number) for number in range(VISITORS)))
    third = max(1, len(sizes) // 3)
    return times, wrong, statistics.median(sizes[-third:]) - statistics.median(sizes[:third])


def moved_by(state: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """Move the horizon and the size of the first policy of a state by chance; return the state."""
    state["scenario"]["horizon"] = draw.randint(25, 60)
    policy = next(iter(state["scenario"]["policies"].values()))
    size = hl.schema.instruments()[policy["instrument"]].size
    given = hl.schema.values(policy["instrument"])[size].given
    policy[size] = given * draw.uniform(0.8, 1.0) if isinstance(given, float) else given
    return state


def resident(process: int) -> float:
    """Return how many MB of memory a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def fuzz(calls: int = CALLS) -> bool:
    """Ask ten thousand questions made from the description of the API, and find no error of ours among the answers."""
    with studio():
        described = json.load(urlopen(f"{ADDRESS}openapi.json", timeout=60))
        count = sum(len(ways) for ways in described["paths"].values())
        command = [
            str(Path(sys.executable).with_name("st")), "run", f"{ADDRESS}openapi.json",
            "--checks", "not_a_server_error", "--phases", "fuzzing", "--max-examples", str(-(-calls // count)),
            "--workers", "1", "--seed", "16", "--mode", "all", "--no-color", "--continue-on-failure",
        ]  # fmt: skip
        return subprocess.run(command, check=False).returncode == 0


PARTS = {"moves": moves, "storm": storm, "visitors": visitors, "fuzz": fuzz}


def main() -> None:
    """Run the parts that are asked for, all by default; exit with 1 where one fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.studio", description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="all where none is named")
    parser.add_argument("--calls", type=int, default=CALLS, help="of the fuzz")
    given = parser.parse_args()
    parts = PARTS | {"fuzz": lambda: fuzz(given.calls)}
    results = {name: parts[name]() for name in given.part or PARTS}
    print("; ".join(f"{name}: {'fine' if fine else 'NOT'}" for name, fine in results.items()))
    sys.exit(not all(results.values()))


if __name__ == "__main__":
    main()
