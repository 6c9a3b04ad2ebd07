"""A small project to press: notebooks with tables and charts, a data file, stand-in exporters.

The exporters here write quickly what they were given, so that a test sees what reached them.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat

from reported.press.report import Plan

CHART = """
figure, axes = plt.subplots(figsize=(6, 3))
axes.bar(table["name"], table["value"])
axes.set_title("Values, chapter {number}")
figure.savefig(io.StringIO(), format="svg", metadata={{"Date": None}})
"""


def chapter(number: int, charts: int = 2) -> list[tuple[str, str]]:
    """Cells (kind, source) of a chapter as an analyst writes them."""
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


def write_notebook(path: Path, cells: Sequence[tuple[str, str]]) -> Path:
    """A notebook without outputs; cell ids are the same every time."""
    make = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    notebook = nbformat.v4.new_notebook(
        cells=[make[kind](source, id=f"cell-{number}") for number, (kind, source) in enumerate(cells)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), "utf-8")
    return path


def project(root: Path, chapters: Mapping[str, Sequence[tuple[str, str]]] | int = 2, **changes: Any) -> Plan:
    """A project folder with chapters (or so many usual ones), and the plan to press it."""
    if isinstance(chapters, int):
        chapters = {f"{number:02d}-chapter": chapter(number) for number in range(1, chapters + 1)}
    (root / "data").mkdir(parents=True, exist_ok=True)
    (root / "data" / "values.csv").write_text("name,value\na,1\nb,2\nc,3\n", "utf-8")
    notebooks = [
        write_notebook(root / "notebooks" / f"{name}.ipynb", cells) for name, cells in chapters.items()
    ]
    plain: dict[str, Any] = {
        "inputs": ["data"],
        "document": {"title": "Values", "language": "en"},
        "preload": ["pandas", "matplotlib.pyplot"],
        "prepare": "tests.press.samples:prepare",
        "outputs": ("report.html", "report.pdf", "values.csv"),
        "exporters": {
            ".html": "tests.press.samples:PlainHTMLExporter",
            ".pdf": "tests.press.samples:PlainPDFExporter",
        },
    }
    return Plan(
        root=root,
        notebooks=notebooks,
        reports=root / "reports",
        cache=root / ".cache",
        **{**plain, **changes},
    )


def prepare(staging: Path) -> None:
    """Stands for the check of the data and the CSV files it writes."""
    (staging / "values.csv").write_text("name,lower,upper\na,1,1\n", "utf-8")


class PlainHTMLExporter:
    """Everything the notebook holds, as JSON."""

    def from_notebook_node(self, notebook: Any, resources: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return json.dumps(notebook, sort_keys=True, indent=1), resources


class PlainPDFExporter(PlainHTMLExporter):
    """The same, as bytes."""

    def from_notebook_node(self, notebook: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        return super().from_notebook_node(notebook, resources)[0].encode(), resources
