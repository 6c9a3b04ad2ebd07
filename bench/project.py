"""How long each step of the tutorial takes, and what checking a ledger costs as it grows.

Prints seconds of this run on this machine, and ratios measured side by side in it; asserts nothing.
"""

import csv
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from reported.ledger import check  # noqa: E402
from tests.tutorial import steps, take  # noqa: E402

RUNS = 5


def tutorial() -> None:
    """The clock of every command, from two texts to a report."""
    print("the tutorial, by the clock:")
    with tempfile.TemporaryDirectory() as folder:
        whole = 0.0
        for kind, name, body in steps():
            begun = time.perf_counter()
            take(Path(folder), kind, name, body)
            if kind == "console":
                whole += (seconds := time.perf_counter() - begun)
                print(f"  {seconds:6.2f} s  {name}")
        print(f"  {whole:6.2f} s  all commands")


def checking() -> None:
    """Check one ledger and the same with a hundred figures, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        for copy in (small, large):
            shutil.copytree(ROOT / "examples" / "flood" / "data", copy)
        with (large / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        with (large / "figures.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(
                {**rows[n % len(rows)], "id": f"{rows[n % len(rows)]['id']}_{n}"} for n in range(100)
            )
        (large / "reactions.csv").write_text((large / "reactions.csv").read_text().splitlines()[0] + "\n")
        times: dict[Path, list[float]] = {small: [], large: []}
        for _ in range(RUNS):
            for copy, taken in times.items():
                begun = time.perf_counter()
                assert not check(copy), check(copy)
                taken.append(time.perf_counter() - begun)
        one, other = (min(taken) for taken in times.values())
        print(
            f"checking: {len(rows)} figures {one:.3f} s, 100 figures {other:.3f} s, {other / one:.1f} times as long"
        )


if __name__ == "__main__":
    tutorial()
    checking()
