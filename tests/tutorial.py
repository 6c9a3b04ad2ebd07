"""The steps of docs/tutorial.md, so that tests and benchmarks can go through them: files, cells and commands."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"


def steps(page: Path = PAGE) -> Iterator[tuple[str, str, str]]:
    """Each step: "text" or "answers" with a file's name and content, "python" with a notebook and a cell, "console" with
    a command and what it prints."""
    for fence in re.finditer(r"^```(\w+) ?(\S*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S):
        kind, name, body = fence.groups()
        if kind != "console":
            yield kind, name, body
            continue
        for command in re.split(r"^\$ ", body, flags=re.M)[1:]:
            words, _, output = command.partition("\n")
            yield kind, words, output


def take(folder: Path, kind: str, name: str, body: str) -> str:
    """Take one step in `folder`; for a command, what it printed."""
    if kind == "console":
        return run(folder, name)
    if kind == "python":
        add_cell(folder / name, body.rstrip("\n"))
    elif kind == "answers":
        answer(folder / name, body)
    else:
        (folder / name).write_text(body, encoding="utf-8")
    return ""


def answer(workbook: Path, body: str) -> None:
    """Type answers into a workbook: a line is sheet, id of the row, column, answer; "every row" is each row there is."""
    book = load_workbook(workbook, rich_text=True)
    for line in csv.DictReader(io.StringIO(body)):
        header = [cell.value for cell in book[line["sheet"]][1]]
        place = header.index("id")
        rows = list(book[line["sheet"]].iter_rows(min_row=2))
        chosen = [
            row
            for row in rows
            if row[place].value in (line["row"], *[row[place].value] * (line["row"] == "every row"))
        ]
        below = book[line["sheet"]].max_row + 1
        chosen = [row for row in chosen if row[place].value] or [
            [book[line["sheet"]].cell(below, column) for column in range(1, len(header) + 1)]
        ]
        for row in chosen:
            row[header.index(line["column"])].value = line["answer"]
            row[place].value = row[place].value or line["row"]
    book.save(workbook)


def run(folder: Path, command: str) -> str:
    """What a command prints, on both of its streams."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    made = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    return made.stdout


def add_cell(notebook: Path, source: str) -> None:
    """Add a code cell to the end of a notebook."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
    content["cells"].append(cell | {"id": f"added-{len(content['cells'])}"})
    notebook.write_text(json.dumps(content), encoding="utf-8")
