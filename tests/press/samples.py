"""A small project to press: notebooks, a data file, stand-in exporters that write down what they were given.

`python -m tests.press.samples FOLDER [N [SIGNAL]]` makes the report of a project as the command line does; with
N it kills itself (SIGKILL, or the signal of that number) just before its N-th act on a file or a process, with 0
it counts them.
"""

import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reported.press import report
from reported.press.plan import Plan

Cells = Sequence[tuple[str, str]]

CHART = """
figure, axes = plt.subplots(figsize=(6, 3))
axes.bar(table["name"], table["value"])
axes.set_title("Values, chapter {number}")
figure.savefig(io.StringIO(), format="svg", metadata={{"Date": None}})
"""


def chapter(number: int, charts: int = 2) -> Cells:
    """Cells (kind, source) of a chapter as an analyst writes them, with pandas and matplotlib."""
    cells = [
        ("markdown", f"# Chapter {number}\n\nWhat the values say."),
        ("code", "import io\nimport pandas as pd\nimport matplotlib.pyplot as plt"),
        ("code", 'table = pd.read_csv("../data/values.csv")\ntable'),
    ]
    for chart in range(charts):
        cells.append(("markdown", f"## What does chart {chart} show?"))
        cells.append(("code", CHART.format(number=number).strip()))
        cells.append(("code", f'table.assign(share=table["value"] * {chart + 1}).describe()'))
    return cells


def plain_chapter(number: int) -> Cells:
    """A chapter that runs at once, without pandas."""
    return [
        ("markdown", f"# Chapter {number}"),
        ("code", "from pathlib import Path\nvalues = Path('../data/values.csv').read_text()\nprint(values)"),
        ("code", f"{number}, values.count('\\n')"),
    ]


def write_notebook(path: Path, cells: Cells, tags: Mapping[int, Sequence[str]] | None = None) -> Path:
    """A notebook without outputs; cell ids are the same every time. `tags` by position of the cell."""
    extra = {"code": {"outputs": [], "execution_count": None}, "markdown": {}}
    notebook = {
        "cells": [
            {"cell_type": kind, "id": f"cell-{number}", "source": source, **extra[kind]}
            | {"metadata": {"tags": list(tags[number])} if tags and number in tags else {}}
            for number, (kind, source) in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def write_project(root: Path, *chapters: Cells) -> Plan:
    """A project folder with these chapters (or two plain ones), and the plan to press it."""
    (root / "data").mkdir(parents=True, exist_ok=True)
    (root / "data" / "values.csv").write_text("name,value\na,1\nb,2\nc,3\n", "utf-8")
    for number, cells in enumerate(chapters or (plain_chapter(1), plain_chapter(2)), 1):
        write_notebook(root / "notebooks" / f"{number:02d}-chapter.ipynb", cells)
    return plan_of(root)


def plan_of(root: Path, **changes: Any) -> Plan:
    """The plan to press the project in a folder."""
    module = __spec__.name if __spec__ else __name__
    usual: dict[str, Any] = {
        "notebooks": sorted(path.relative_to(root) for path in (root / "notebooks").glob("*.ipynb")),
        "inputs": ["data"],
        "document": {"title": "Values", "language": "en"},
        "prepare": f"{module}:prepare",
        "outputs": ("report.html", "report.pdf", "values.csv"),
        "exporters": {".html": f"{module}:HTMLStandIn", ".pdf": f"{module}:PDFStandIn"},
    }
    return Plan(root=root, **{**usual, **changes})


def prepare(folder: Path) -> None:
    """Stands for the check of the data and the CSV files it writes."""
    (folder / "values.csv").write_text("name,lower,upper\na,1,1\n", "utf-8")


def refuse(folder: Path) -> None:
    """Stands for a check that finds a fault in the data."""
    raise ValueError('data/values.csv row 2, column value: "1." is no number')


def stumble(folder: Path) -> None:
    """Stands for a check with a fault of its own."""
    raise KeyError("value")


class HTMLStandIn:
    """Everything the notebook holds, as JSON."""

    def __init__(self, config: Any = None) -> None:
        self.config = config

    def from_notebook_node(self, notebook: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        return json.dumps(notebook, sort_keys=True, indent=1), resources


class PDFStandIn(HTMLStandIn):
    """The same, as bytes."""

    def from_notebook_node(self, notebook: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        return super().from_notebook_node(notebook, resources)[0].encode(), resources


_ACTS = {
    "fcntl.flock",
    "os.chmod",
    "os.fork",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "shutil.rmtree",
    "socket.__new__",
    "socket.bind",
    "subprocess.Popen",
    "tempfile.mkdtemp",
}


def killed_at(act: int, signum: int = signal.SIGKILL) -> list[int]:
    """Signal this process before its act of that number; returns a list of one number, the acts so far."""
    me, acts = os.getpid(), [0]

    def hook(event: str, facts: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(facts[2], int) and facts[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in _ACTS or writes) and os.getpid() == me:
            acts[0] += 1
            if acts[0] == act:
                os.kill(me, signum)

    sys.addaudithook(hook)
    return acts


if __name__ == "__main__":
    acts = killed_at(*map(int, sys.argv[2:])) if len(sys.argv) > 2 else []
    status = report.run(plan_of(Path(sys.argv[1])))
    print(*acts)
    sys.exit(status)
