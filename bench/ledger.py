"""How long a large ledger takes to load, check, draw and render, next to pandas reading the same files.

`python bench/ledger.py` prints processor times, measured in one run, for ledgers of growing size: five figures
an article, one in five restating another. Then, for the largest: a chart over time of 1,600 figures beside the same
points drawn by matplotlib alone, and the size of a page that tabulates and draws every figure.
"""

import csv
import io
import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from matplotlib.figure import Figure

from reported import Ledger, charts
from reported.__main__ import main as main_of_reported
from reported.ledger import load
from reported.ledger.frames import frame as frame_of
from reported.ledger.records import TABLES
from reported.ledger.schema import columns

SIZES = (1_000, 3_000, 10_000)


def write(folder: Path, figures: int) -> None:
    """A ledger of that many figures."""
    chance, articles = random.Random(1), figures // 5
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES if name != "readings"}
    rows["parties"] = [{"id": "city", "label": "City", "interested": "yes"}]
    rows["claimants"] = [{"id": f"c{n}", "name": "Speaker", "party": "city"} for n in range(20)]
    for n in range(articles):
        day = f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}"
        source = {"id": f"s{n}", "publisher": "P", "title": "T", "published": day, "language": "en"}
        rows["sources"].append(source)
    for n in range(50):
        kind = {"unit": "person", "kind": "stock", "whole": "yes", "counted": "no"}
        rows["quantities"].append({"id": f"q{n}", "topic": "t", "label": "L"} | kind)
    for n in range(figures):
        qualifier, value = (
            chance.choice(["at least", "more than", "about", "nearly"]),
            chance.randrange(10**6),
        )
        links = {"quantity": f"q{n % 50}", "claimant": f"c{n % 20}", "source": f"s{n % articles}"}
        said = {"qualifier": qualifier, "value": value, "words": f"{qualifier} {value:,} people"}
        rows["figures"].append({"id": f"f{n}", "evidence": "not mentioned"} | links | said)
    for n in range(articles):
        pair = {"subject": f"f{5 * n + 1}", "relation": "restates", "object": f"f{5 * n}"}
        rows["relations"].append({"id": f"r{n}", "source": f"s{n}"} | pair)
    for name, table in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(columns(TABLES[name])))
            writer.writeheader()
            writer.writerows(table)
    (folder / "datapackage.json").write_text(json.dumps({"title": "A large ledger"}), encoding="utf-8")


def seconds(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    print(f"{'figures':>8} {'load, check':>12} {'µs a figure':>12} {'frame':>8} {'pandas':>8} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), 10)
        frame_of(load(folder).tables["figures"])  # imports are not counted
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), size)
            files = sorted(Path(folder).glob("*.csv"))
            loaded = seconds(lambda: load(folder))
            rows = load(folder)
            frame = seconds(lambda: frame_of(rows.tables["figures"]))  # noqa: B023
            plain = seconds(lambda: [pd.read_csv(file) for file in files])  # noqa: B023
            times = f"{loaded:>11.2f}s {loaded / size * 1e6:>12.0f} {frame:>7.2f}s {plain:>7.3f}s"
            print(f"{size:>8,} {times} {loaded / plain:>6.0f}")
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), SIZES[-1])
        drawn(Ledger(folder))
    with tempfile.TemporaryDirectory() as folder:
        rendered(Path(folder), SIZES[-1])


def drawn(ledger: Ledger, most: int = 1_600) -> None:
    """A chart over time, from few figures to many, beside matplotlib drawing as many points."""
    every = list(ledger)
    charts.over_time(*every[:10]).svg()  # imports and fonts are not counted
    print(f"\n{'points':>8} {'over_time':>12} {'matplotlib':>11} {'ratio':>6}")
    for count in (100, 400, most):
        one_quantity = every[: 50 * count : 50] if 50 * count <= len(every) else every[:count]
        ours = seconds(lambda: charts.over_time(*one_quantity, panels="unit", marks="party").svg())  # noqa: B023
        plain = seconds(lambda: scatter(count))  # noqa: B023
        print(f"{len(one_quantity):>8,} {ours:>11.2f}s {plain:>10.2f}s {ours / plain:>6.1f}")


def scatter(count: int) -> None:
    figure = Figure(figsize=(7.1, 4))
    figure.add_subplot().plot(range(count), range(count), "o")
    figure.savefig(io.StringIO(), format="svg")


def rendered(root: Path, figures: int) -> None:
    """A report of every figure: how long it takes and how large its page is."""
    for name in ("data", "notebooks"):
        (root / name).mkdir()
    write(root / "data", figures)
    cells = (
        "from reported import Ledger, charts, tables\nledger = Ledger()\ntables.figures(ledger)",
        'charts.over_time(*list(ledger)[:1600], panels="unit", marks="party")',
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, root / "notebooks" / "1.ipynb")
    started = time.perf_counter()
    done = main_of_reported(["report", str(root)])
    assert done == 0, "the report was not made"
    page = (root / "reports" / "report.html").stat().st_size / 1e6
    print(
        f"\na report of {figures:,} figures: {time.perf_counter() - started:.1f} s, page {page:.2f} MB of 5 MB at most"
    )


if __name__ == "__main__":
    main()
