"""What the tables share: timing, percentiles, other programs' time and memory, and Markdown."""

import math
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]

#: A small parent in between: a child begins with the peak of its parent.
_WATCH = Path(__file__).with_name("watch.py")


class Run(NamedTuple):
    """What a program took: seconds on the clock, and megabytes of memory at its highest."""

    seconds: float
    megabytes: float


def timed(call: Callable[[Any], Any], inputs: Iterable[Any], times: int) -> list[float]:
    """Give the milliseconds that the call took for each input, the median of so many times, in ascending order."""
    return sorted(statistics.median(_milliseconds(call, value) for _ in range(times)) for value in inputs)


def _milliseconds(call: Callable[[Any], Any], value: Any) -> float:
    started = time.perf_counter()
    call(value)
    return (time.perf_counter() - started) * 1000


def percentile(times: Sequence[float], percent: int) -> float:
    """Give the value that so many percent of the ascending `times` do not exceed; NaN of none."""
    return times[math.ceil(len(times) * percent / 100) - 1] if times else math.nan


def run(command: Sequence[str | Path], **settings: str) -> Run:
    """Run a program to its end, its output thrown away; raises RuntimeError with what it complained of if it fails."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, _WATCH, *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        # Even where Python is told to keep no bytecode: what is installed does not compile itself at every start.
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "", **settings},
    )
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stderr[-2000:]}")
    return Run(time.perf_counter() - started, int(done.stdout) / 2**20)


def say(line: str) -> None:
    """Tell on standard error how far it is; standard output is for the tables."""
    print(line, file=sys.stderr, flush=True)


def heading(title: str, *conditions: str) -> None:
    """Print the title of a table and the conditions under which it was measured."""
    print(f"\n## {title}\n", *(f"{condition}\n" for condition in conditions), sep="\n", flush=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a Markdown table; columns of numbers are set right."""
    rows = list(rows)
    marks = [" --: " if all(isinstance(row[i], int | float) for row in rows) else " --- " for i in range(len(columns))]
    print(f"| {' | '.join(columns)} |\n|{'|'.join(marks)}|")
    for row in rows:
        print(f"| {' | '.join(map(_cell, row))} |")
    sys.stdout.flush()


def machine() -> str:
    """Say on what this was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _cell(value: Any) -> str:
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else str(value)
    if math.isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
