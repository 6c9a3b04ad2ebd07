"""Columns of words: cells a second where few phrases differ and where all do, beside quantulum3 on the same column; and
rows a second of notes compared with coded deaths.

`python bench/columns.py` prints processor times of one run. quantulum3 reads every cell, as its users call it, without
its classifier; it is left out where it is not installed (group `bench`).
"""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.prose import quantulum
from reported import lint, read_words

ROWS, DIFFERENT = 200_000, 20_000
FORMS = (
    "{}", "{}", "{}", "about {}", "at least {}", "more than {}", "up to {}", "{}+", ">{}", "nearly {}", "{} people",
    "some {} protesters", "between {} and 90,000", "police {}; organisers 90,000", "{} or more",
)  # fmt: skip
WORDS = ("dozens", "hundreds", "thousands", "several hundred", "tens of thousands", "none", "unknown")


def columns() -> dict[str, pd.Series]:
    """A column typed by several hands, 800 different phrases and then none twice."""
    random.seed(20310504)
    typed = [random.choice(FORMS).format(f"{random.randrange(3, 80_000):,}") for _ in range(800)]
    few = random.choices([*typed, *WORDS * 20], k=ROWS)
    all_differ = [random.choice(FORMS).format(f"{n:,}") for n in random.sample(range(3, 80_000), DIFFERENT)]
    return {"few differ": pd.Series(few), "all differ": pd.Series(all_differ)}


def notes() -> pd.DataFrame:
    """Notes of events, none twice, with coded deaths."""
    random.seed(20310505)
    texts = [
        f"On {random.randrange(1, 29)} May 2031 some {random.randrange(20, 900)} people met in the old town of Lumo against "
        f"the toll. A lorry hit the crowd near the bridge, killing {n % 9 + 2} people and wounding {n + 12} others; police "
        f"arrested {random.randrange(2, 30)} men in number {n}. The mayor said that the road would be closed."
        for n in range(2_000)
    ]
    return pd.DataFrame({"notes": texts, "deaths": [n % 9 + 2 for n in range(2_000)]})


def speed(read: Callable[[Any], Any], column: pd.Series) -> float:
    """Cells a second of processor time, the best of three."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        read(column)
        best = min(best, time.process_time() - started)
    return len(column) / best


def main() -> None:
    other = quantulum()
    for name, column in columns().items():
        ours = speed(lambda cells: read_words(cells, unit="person", errors="coerce"), column)
        line = f"{name:11s} {len(column):9,} cells: {ours:10,.0f} cells/s"
        if other:
            theirs = speed(lambda cells: [other(cell) for cell in cells], column[:500])
            line += f", quantulum3 {theirs:,.0f} cells/s: {ours / theirs:,.0f} times as fast"
        print(line)
    table = notes()
    rows = speed(lambda _: lint(table, words="notes", best="deaths", of="killed"), table["notes"])
    print(
        f"{'lint':11s} {len(table):9,} notes of {table['notes'].str.len().mean():.0f} characters: {rows:,.0f} rows/s"
    )


if __name__ == "__main__":
    main()
