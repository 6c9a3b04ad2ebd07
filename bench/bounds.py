"""What soundness costs: columns of bounds against naive numpy, and against interval libraries.

`python bench/bounds.py` prints everything side by side, measured in one run: naive numpy rounds to nearest,
so its results need not hold the truth. Times are processor times. Libraries that are not installed (group
`bench`) are left out. The last table holds Dask against one process on a table of 10⁷ rows.
"""

import importlib.util
import multiprocessing
import operator
import re
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from reported.intervals.array import BoundsArray
from reported.intervals.bounds import Bounds

ROWS = 10**6
SIZES = (10**4, 10**5, 10**6, 10**7)
AIMS = {"+": 3.0, "-": 3.0, "*": 6.0, "/": 6.0, ">": 2.0}
OPERATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    ">": operator.gt,
}
Ends = tuple[np.ndarray, np.ndarray]


def two_columns(rows: int) -> tuple[Ends, Ends]:
    """Ends of both signs, none of them whole numbers, so that nearly every result has to be rounded."""
    rng = np.random.default_rng(20240126)
    lower = rng.normal(scale=1e6, size=(2, rows))
    upper = lower + rng.random((2, rows)) * 1e5
    return (lower[0], upper[0]), (lower[1], upper[1])


def naive(symbol: str, a: Ends, b: Ends) -> Ends:
    """What one writes in numpy without a thought for rounding, missing values or infinite ends."""
    if symbol == "+":
        return a[0] + b[0], a[1] + b[1]
    if symbol == "-":
        return a[0] - b[1], a[1] - b[0]
    if symbol == ">":
        always, never = a[0] > b[1], a[1] <= b[0]
        return always, ~(always | never)
    corners = [OPERATIONS[symbol](x, y) for x in a for y in b]
    least, greatest = np.minimum(*corners[:2]), np.maximum(*corners[:2])
    for corner in corners[2:]:
        least, greatest = np.minimum(least, corner), np.maximum(greatest, corner)
    return least, greatest


def seconds(*functions: Callable[[], Any], repeats: int = 15) -> list[float]:
    """The least processor time of each, taking turns so that a busy moment of the machine hits all."""
    best = [float("inf")] * len(functions)
    for _ in range(repeats):
        for place, function in enumerate(functions):
            start = time.thread_time()
            function()
            best[place] = min(best[place], time.thread_time() - start)
    return best


def peak_bytes(function: Callable[[], Any]) -> int:
    """The most memory held at once during a call, its result included."""
    tracemalloc.start()
    result = function()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del result
    return peak


def against_numpy() -> None:
    a, b = two_columns(ROWS)
    left, right = (pd.Series(BoundsArray.from_arrays(*ends)) for ends in (a, b))
    print(f"{ROWS:,} rows                naive numpy      bounds   ratio   aim")
    for symbol, aim in AIMS.items():
        plain, sound = seconds(partial(naive, symbol, a, b), partial(OPERATIONS[symbol], left, right))
        print(row(f"a {symbol} b", plain, sound, aim))
    keys = np.random.default_rng(1).integers(0, 1000, ROWS)
    floats = pd.DataFrame({"key": keys, "lower": a[0], "upper": a[1]})
    bounds = pd.DataFrame({"key": keys, "x": left})
    plain, sound = seconds(
        lambda: floats.groupby("key")[["lower", "upper"]].sum(), lambda: bounds.groupby("key")["x"].sum()
    )
    print(row("groupby sum, 1000 groups", plain, sound) + "      (naive: pandas, two float columns)")
    plain, sound = seconds(lambda: (a[0].sum(), a[1].sum()), left.sum)
    print(row("sum", plain, sound))
    held = a[0].nbytes + a[1].nbytes
    print(f"memory of a column: {left.memory_usage(index=False) / held:.2f} of the two arrays (aim 2.5)")
    for symbol in AIMS:
        plain_peak = peak_bytes(partial(naive, symbol, a, b))
        sound_peak = peak_bytes(partial(OPERATIONS[symbol], left, right))
        print(f"  peak during a {symbol} b: {sound_peak / 1e6:6.1f} MB, naive {plain_peak / 1e6:6.1f} MB")


def row(name: str, plain: float, sound: float, aim: float | None = None) -> str:
    text = f"{name:26s} {plain * 1e3:9.2f} ms {sound * 1e3:8.2f} ms {sound / plain:7.2f}"
    return text + (f" {aim:5.0f}" if aim else "")


def libraries() -> Iterator[tuple[str, Callable[[float, float], Any]]]:
    """Each installed library's name and how it makes an interval of two ends."""
    for module, make in {
        "mpmath": lambda m: lambda lower, upper: m.iv.mpf([lower, upper]),
        "codac": lambda m: m.Interval,
        "flint": lambda m: lambda lower, upper: m.arb((lower + upper) / 2, (upper - lower) / 2),
    }.items():
        try:
            yield module, make(importlib.import_module(module))
        except ImportError:
            print(f"  {module} is not installed")
    yield "Bounds, one by one", Bounds


def against_libraries(rows: int = 20_000) -> None:
    (a, b), (big_a, big_b) = two_columns(rows), two_columns(ROWS)
    divisors = (b[0] > 0) | (
        b[1] < 0
    )  # most libraries, and Bounds alone, refuse to divide by what holds zero
    a, b = ((lower[divisors], upper[divisors]) for lower, upper in (a, b))
    left, right = (pd.Series(BoundsArray.from_arrays(*ends)) for ends in (big_a, big_b))
    ours = {s: seconds(partial(OPERATIONS[s], left, right))[0] / ROWS for s in AIMS}
    print("\nns an element             " + "".join(f"{symbol:>18s}" for symbol in AIMS))
    print(f"{'a column of bounds':26s}" + "".join(f"{ours[symbol] * 1e9:18.1f}" for symbol in AIMS))
    for name, make in libraries():
        x, y = ([make(*ends) for ends in zip(*column, strict=True)] for column in (a, b))
        cells = []
        for symbol in AIMS:
            try:
                each = seconds(partial(one_by_one, OPERATIONS[symbol], x, y), repeats=3)[0] / len(x)
                cells.append(f"{each * 1e9:9.0f} ({each / ours[symbol]:5.0f} ×)")
            except ValueError:  # mpmath has no verdict where intervals overlap
                cells.append("refuses")
        print(f"{name:26s}" + "".join(f"{cell:>18s}" for cell in cells))


def one_by_one(operation: Callable[[Any, Any], Any], x: list[Any], y: list[Any]) -> list[Any]:
    return list(map(operation, x, y))


def growth() -> None:
    print("\nns a row" + " " * 18 + "".join(f"{size:>14,}" for size in SIZES))
    cost: dict[str, list[float]] = {symbol: [] for symbol in (*AIMS, "groupby sum")}
    for size in SIZES:
        left, right = (pd.Series(BoundsArray.from_arrays(*ends)) for ends in two_columns(size))
        keys = np.arange(size) % 1000
        repeats = max(3, 3 * 10**6 // size)
        for symbol in AIMS:
            cost[symbol] += seconds(partial(OPERATIONS[symbol], left, right), repeats=min(repeats, 50))
        cost["groupby sum"] += seconds(partial(grouped_sum, left, keys), repeats=min(repeats, 5))
    for name, times in cost.items():
        cells = (f"{spent / size * 1e9:14.1f}" for spent, size in zip(times, SIZES, strict=True))
        print(f"{name:26s}" + "".join(cells))


def grouped_sum(column: pd.Series, keys: np.ndarray) -> pd.Series:
    return column.groupby(keys).sum()


def one_process(folder: str) -> list[tuple[float, float]]:
    table = pd.read_parquet(folder)
    return ends(table["x"].groupby(table["key"]).sum())


def partition_by_partition(folder: str) -> list[tuple[float, float]]:
    import dask
    import dask.dataframe

    table = dask.dataframe.read_parquet(folder)
    with dask.config.set(scheduler="synchronous"):  # one partition at a time, so that memory tells
        return ends(table.groupby("key")["x"].sum().compute().sort_index())


def ends(column: pd.Series) -> list[tuple[float, float]]:
    return [(bounds.lower, bounds.upper) for bounds in column]


def peak_megabytes() -> float:
    """The most memory this process has held. (`ru_maxrss` would begin with that of the process it came from.)"""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) / 1000


def measured(way: Callable[[str], list[tuple[float, float]]], folder: str, answers: Any) -> None:
    """In a process of its own: what it computes, how long that takes, and what memory it adds at its peak."""
    import reported.intervals.dask  # noqa: F401  Dask learns of bounds, and is loaded before memory is measured

    before, start = peak_megabytes(), time.process_time()
    result = way(folder)
    spent = time.process_time() - start
    answers.put((result, spent, peak_megabytes() - before))


def in_partitions(rows: int = 10**7, partitions: tuple[int, ...] = (10, 40)) -> None:
    """Counts by group, read from Parquet by one process as a whole, and by Dask a partition at a time."""
    if importlib.util.find_spec("dask") is None or not Path("/proc/self/status").exists():
        print("\nno figures for Dask: it is not installed, or the system does not tell the memory used")
        return
    processes = multiprocessing.get_context("spawn")
    print(f"\n{rows:,} rows from Parquet, summed by group    s      MB added at the peak")
    expected = None
    for number in partitions:
        with tempfile.TemporaryDirectory() as folder:
            rng = np.random.default_rng(20240126)
            for part in range(number):
                lower = rng.integers(0, 10**6, rows // number).astype(float)
                column = BoundsArray.from_arrays(lower, lower + 1000)
                table = pd.DataFrame({"key": rng.integers(0, 1000, rows // number), "x": column})
                table.to_parquet(f"{folder}/part-{part:03}.parquet")
            held = rows // number * 3 * 8 / 1e6
            for name, way in (("pandas, whole", one_process), ("Dask", partition_by_partition)):
                answers = processes.Queue()
                worker = processes.Process(target=measured, args=(way, folder, answers))
                worker.start()
                result, spent, peak = answers.get()
                worker.join()
                expected = result if name != "Dask" else expected
                same = "same bits" if result == expected else "OTHER BITS"
                name = name if name != "Dask" else f"Dask, {number} partitions of {held:.0f} MB"
                print(f"{name:36s} {spent:9.1f} {peak:12.0f}      {same}")


def main() -> None:
    against_numpy()
    against_libraries()
    growth()
    in_partitions()


if __name__ == "__main__":
    main()
