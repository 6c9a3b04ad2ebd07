"""What it costs to compute with figures: opening a ledger beside importing pandas, an expression beside floats.

    python bench/figures.py

Ratios are measured in one run, the two sides taking turns; times are processor times, the least of several.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the rows of a small ledger are the tests'

from reported import Ledger  # noqa: E402
from tests.figures.ledgers import figure, load, quantity, write  # noqa: E402

OPEN = "from reported import Ledger; Ledger()"


def processor_seconds(code: str) -> float:
    """Of a Python of its own that runs `code` in the project."""
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{code} failed")
    return usage.ru_utime + usage.ru_stime


def in_turns(*codes: str, rounds: int = 5) -> list[float]:
    """The least processor seconds of each."""
    every = [[processor_seconds(code) for code in codes] for _ in range(rounds)]
    return [min(times) for times in zip(*every, strict=True)]


def seconds(function: Callable[[], Any], number: int, rounds: int = 7) -> float:
    """The least processor seconds of one call."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(number):
            function()
        best = min(best, (time.process_time() - start) / number)
    return best


def opening() -> None:
    nothing, pandas, ledger = in_turns("pass", "import pandas", OPEN)
    print(f"import pandas                                 {pandas - nothing:8.3f} s")
    ratio = (ledger - nothing) / (pandas - nothing)
    print(f"{OPEN}         {ledger - nothing:8.3f} s   {ratio:.2f} times (at most 1.5)")


def expressions(folder: Path) -> None:
    said = {"a": "about 100", "b": "at least 30", "c": "20 to 25", "d": "50", "e": "nearly 200"}
    rows = [figure(id, "volunteers", words) for id, words in said.items()]
    town = load(folder, quantities=[quantity("volunteers")], figures=rows)
    a, b, c, d, e = town
    plain = seconds(lambda: (100.0 + 30.0) / 20.0 * 50.0 - 200.0, 10_000)
    for name, compute in (
        ("(a + b) / c * d - e", lambda: (a + b) / c * d - e),
        ("and its cautions", lambda: ((a + b) / c * d - e).cautions),
        ("a + b + c + d > e", lambda: (a + b + c + d > e).verdict),
    ):
        cost = seconds(compute, 200)
        print(f"{name:45s} {cost * 1e3:8.3f} ms  {cost / plain:,.0f} times floats (at most 1 ms)")


def loading(folder: Path) -> None:
    """A ledger is to load in time linear in its rows, which are alike: all numbers have five digits."""
    quantities = [quantity("volunteers")]
    times = []
    for size in (1_000, 10_000):
        rows = [figure(f"f{row}", "volunteers", f"about {row + 10_000}") for row in range(size)]
        write(folder, quantities=quantities, figures=rows)
        times.append(seconds(lambda: Ledger(folder), 1, rounds=3))
        print(f"a ledger of {size:6,} figures {times[-1]:27.3f} s")
    print(f"ten times the rows take {times[1] / times[0]:.1f} times as long")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        opening()
        expressions(Path(temporary) / "five" / "data")
        loading(Path(temporary) / "many" / "data")
