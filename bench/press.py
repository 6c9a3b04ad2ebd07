"""Seconds of a page, of a PDF and of nbconvert's own page, for each notebook of a folder, in one process.

    python bench/press.py FOLDER [--every N] [--slowest N]

As saved, nothing run; notebooks in turn through all three, after one that counts for nothing. Wall seconds, and CPU
seconds of this process and the programs that it asks, which hardly change when something else uses the machine.
"""

import argparse
import logging
import os
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from nbconvert.exporters import Exporter

from reported.press import bounded
from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter

_TICK = os.sysconf("SC_CLK_TCK")
Seconds = tuple[float, float]


def cpu() -> float:
    """CPU seconds of this process and the programs it asks, ended ones too."""
    found = time.process_time() + sum(os.times()[2:4])
    for program in list(bounded._running):
        fields = Path(f"/proc/{program.process.pid}/stat").read_text().rpartition(")")[2].split()
        found += (int(fields[11]) + int(fields[12])) / _TICK
    return found


def press(exporter: Exporter, notebook: Any, file: Path) -> Seconds | None:
    """Wall and CPU seconds of one notebook; None where it is refused."""
    resources = {"metadata": {"name": file.stem, "path": str(file.parent.absolute())}}
    wall, used = time.perf_counter(), cpu()
    try:
        exporter.from_notebook_node(notebook, resources)
    except Exception:
        return None
    return time.perf_counter() - wall, cpu() - used


def at(seconds: Sequence[float], share: float) -> float:
    """The value that so large a share is at most."""
    return sorted(seconds)[min(int(share * len(seconds)), len(seconds) - 1)]


def main() -> None:
    """Print the account."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only every so manieth notebook")
    parser.add_argument("--slowest", type=int, default=0, help="name so many of the slowest against stock")
    chosen = parser.parse_args()
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    exporters = {
        "page": HTMLReportExporter(),
        "PDF": PDFReportExporter(missing_signs="number"),
        "stock": HTMLExporter(),
    }
    taken: list[tuple[Path, dict[str, Seconds]]] = []
    refused = dict.fromkeys(exporters, 0)
    files = sorted(chosen.folder.rglob("*.ipynb"))[:: chosen.every]
    for number, file in enumerate([files[0], *files]):
        try:
            notebook = nbformat.read(file, 4)
        except Exception:  # no JSON, or no notebook
            continue
        found = {name: press(exporter, notebook, file) for name, exporter in exporters.items()}
        for name, seconds in found.items():
            refused[name] += seconds is None
        if number and None not in found.values():
            taken.append((file, {name: seconds for name, seconds in found.items() if seconds}))
    print(f"{len(taken)} notebooks; refused: {refused}")
    print(f"{'':12s} {'wall p50':>9s} {'p95':>7s} {'sum':>8s}   {'CPU p50':>9s} {'p95':>7s} {'sum':>8s}")
    sums = {"page": ["page"], "PDF": ["PDF"], "page + PDF": ["page", "PDF"], "stock's page": ["stock"]}
    for name, parts in sums.items():
        walls, cpus = ([sum(each[part][clock] for part in parts) for _, each in taken] for clock in (0, 1))
        print(
            f"{name:12s} {at(walls, 0.5):9.3f} {at(walls, 0.95):7.3f} {sum(walls):8.1f}   "
            f"{at(cpus, 0.5):9.3f} {at(cpus, 0.95):7.3f} {sum(cpus):8.1f}"
        )
    taken.sort(key=lambda each: each[1]["stock"][1] - each[1]["page"][1] - each[1]["PDF"][1])
    for file, each in taken[: chosen.slowest]:
        print(
            "  ".join(f"{name} {used:.2f}" for name, (_, used) in each.items()),
            file.relative_to(chosen.folder),
        )


if __name__ == "__main__":
    main()
