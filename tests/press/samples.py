"""Small projects to build, and notebooks that hold the press's own types, as whoever emits them would."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from reported import press
from reported.press.read import outputs

Cells = Sequence[tuple[str, str]]
CHOICE = {
    "name": "reading",
    "label": "Read the words",
    "options": [{"value": name, "label": name} for name in ("digits", "typical", "cautious")],
    "default": "typical",
}
SAID = {"digits": "600,000", "typical": "570,000 to 630,000", "cautious": "480,000 to 720,000"}
VERDICT = {"digits": " yes", "typical": " cannot be told", "cautious": " cannot be told"}


# ---------------------------------------------------------------- notebooks with outputs


def displayed(**bundle: Any) -> Any:
    """An output: `chart`, `table`, `rows`, or another type under its own name with `__` for the slash."""
    names = {"chart": outputs.CHART, "table": outputs.TABLE, "rows": outputs.ROWS}
    data = {names.get(name, name.replace("__", "/")): value for name, value in bundle.items()}
    return new_output("display_data", {"text/plain": "plain", **data})


def shown(*cells: Any, **settings: Any) -> Any:
    """A notebook: text is a Markdown cell, an output the only one of a code cell, a notebook cell itself."""
    made = []
    for cell in cells:
        if isinstance(cell, str):
            made.append(new_markdown_cell(cell))
        elif "output_type" in cell:
            made.append(new_code_cell("show()", outputs=[cell], execution_count=1))
        else:
            made.append(cell)
    for number, cell in enumerate(made, 1):
        cell.id = f"c{number}"
    notebook = new_notebook(cells=made)
    if settings:
        notebook.metadata["reported"] = {"title": "A report", "language": "en", **settings}
    return nbformat.from_dict(notebook)


def drawing(width: int, words: str = "drawn") -> str:
    """An SVG with a group for each reading."""
    bars = "".join(
        f'<g id="bar-1-reading-{name}"><rect x="4" y="20" width="{width * share}" height="9" style="fill: #0072b2"/></g>'
        for name, share in (("digits", 0.2), ("typical", 0.5), ("cautious", 0.8))
    )
    return (
        f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="40pt" '
        f'viewBox="0 0 {width} 40"><text x="4" y="12" style="font: 9px \'Source Sans 3\', \'DejaVu Sans\'">{words}'
        f"</text>{bars}</svg>"
    )


def chart(**changes: Any) -> dict[str, Any]:
    """A chart of two parts."""
    parts = [{"wide": drawing(480, f"part {n}"), "narrow": drawing(300, f"part {n}")} for n in (1, 2)]
    texts = {
        "title": "Two bars",
        "subtitle": "People",
        "alt": "One bar is longer.",
        "note": "Source: a [row](#row-1).",
    }
    return {"id": "chart-bars", "parts": parts, **texts, **changes}


def table(rows: int = 3, **changes: Any) -> dict[str, Any]:
    """A table with a group, links, choices and citations."""
    columns = [
        {"header": "Quantity", "width": 2},
        {"header": "As reported", "width": 2},
        {"header": "Claimant", "width": 1.5, "filter": True},
        {"header": "Read as", "width": 1.5, "number": True},
    ]
    body: list[dict[str, Any]] = [{"group": True, "cells": [[{"text": "Stated by officials"}]]}]
    for number in range(1, rows + 1):
        cells = [
            [{"text": f"People, {number}"}, {"text": "unit: person", "small": True, "break": True}],
            [{"text": "about 600,000", "strong": True}],
            [{"text": ("Ana", "Борис", "Cem")[number % 3]}],
            [
                {"text": SAID["typical"], "choices": SAID},
                {"text": VERDICT["typical"], "class": "undetermined", "choices": VERDICT},
            ],
        ]
        body.append({"id": f"row-{number}", "cite": f"Ana, about 600,000, row {number}", "cells": cells})
    return {
        "id": "table-all",
        "caption": "Every row",
        "columns": columns,
        "rows": body,
        "kind": "figures",
        **changes,
    }


def question(id: str = "q1", same: str = "a > b", **cells: str) -> dict[str, Any]:
    """One row for questions.csv."""
    row = {
        "id": id,
        "same": same,
        "cells": {"question": "Is it?", **cells},
        "choices": SAID,
        "anchor": f"question-{id}",
    }
    return {"file": "questions.csv", "rows": [row]}


# ---------------------------------------------------------------- projects without outputs


def plain_chapter(number: int) -> Cells:
    """A chapter that runs at once, without pandas."""
    return [
        ("markdown", f"# Chapter {number}"),
        ("code", "from pathlib import Path\nvalues = Path('../data/values.csv').read_text()\nprint(values)"),
        ("code", f"{number}, values.count('\\n')"),
        ("code", EMIT.format(row=question(f"q{number}"))),
    ]


EMIT = "from IPython.display import display\ndisplay({{'application/vnd.reported.rows+json': {row!r}}}, raw=True)"


def write_notebook(path: Path, cells: Cells, tags: Mapping[int, Sequence[str]] | None = None) -> Path:
    """A notebook without outputs; cell ids are the same every time. `tags` by the cell's index."""
    extra: dict[str, dict[str, Any]] = {"code": {"outputs": [], "execution_count": None}, "markdown": {}}
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


def write_project(root: Path, *chapters: Cells) -> Path:
    """A project folder with these chapters, or two plain ones."""
    (root / "data").mkdir(parents=True, exist_ok=True)
    (root / "data" / "values.csv").write_text("name,value\na,1\nb,2\nc,3\n", "utf-8")
    for number, cells in enumerate(chapters or (plain_chapter(1), plain_chapter(2)), 1):
        write_notebook(root / "notebooks" / f"{number:02d}-chapter.ipynb", cells)
    return root


def make(root: Path, /, **changes: Any) -> press.Outcome:
    """Build the project of a folder."""
    usual: dict[str, Any] = {"settings": {"title": "Values", "language": "en"}, "inputs": [root / "data"]}
    notebooks = changes.pop("notebooks", sorted((root / "notebooks").glob("*.ipynb")))
    return press.build(notebooks, changes.pop("out", root / "reports"), **{**usual, **changes})


class HTMLStandIn:
    """Writes down what it was given, as JSON."""

    def render(self, notebook: Any, resources: dict[str, Any]) -> Any:
        return json.dumps(notebook, sort_keys=True, indent=1)


class PDFStandIn(HTMLStandIn):
    """The same, as bytes."""

    def render(self, notebook: Any, resources: dict[str, Any]) -> Any:
        return super().render(notebook, resources).encode()


STAND_INS = {"html": "tests.press.samples:HTMLStandIn", "pdf": "tests.press.samples:PDFStandIn"}
