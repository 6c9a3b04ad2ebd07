"""Rows that cells display, gathered over all notebooks of a report into CSV files.

The press knows nothing of what a row says: the columns are those of the rows, in the order of their first
appearance, and after them the notebook and the chapter (the heading, of level 1 or 2, that the cell is under).
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reported.ground.formulas import guarded
from reported.press.errors import PressError
from reported.press.read import outputs

_HEADING = re.compile(r"(?m)^ {0,3}#{1,2}[ \t]+(\S.*)$")
_FENCE = re.compile(r"(?ms)^ {0,3}(```+|~~~+).*?^ {0,3}\1")


def gather(names: Sequence[str], notebooks: Sequence[Any]) -> dict[str, bytes]:
    """File name to CSV of all rows, each id once. The same id with another `same` is a PressError that names both."""
    seen: dict[tuple[str, str], tuple[outputs.Row, str]] = {}
    files: dict[str, list[dict[str, str]]] = {}
    for row, name, number, chapter in _rows(names, notebooks):
        where = f"{name}, cell {number}"
        first = seen.setdefault((row.file, row.id), (row, where))
        if first[0].same != row.same:
            raise PressError(
                f"{where}: {row.id!r} is also displayed by {first[1]}, where it means something else: "
                f"{first[0].same!r} there, {row.same!r} here; give one of them another id"
            )
        if first[0] is row:
            files.setdefault(row.file, []).append(
                {"id": row.id, **row.cells, "notebook": Path(name).name, "chapter": chapter}
            )
    return {file: _csv(rows) for file, rows in sorted(files.items())}


def _rows(names: Sequence[str], notebooks: Sequence[Any]) -> Iterator[tuple[outputs.Row, str, int, str]]:
    for name, notebook in zip(names, notebooks, strict=True):
        chapter = ""
        for number, cell in enumerate(notebook.cells, 1):
            if cell.cell_type == "markdown":
                for heading in _HEADING.finditer(_FENCE.sub("", cell.source)):
                    chapter = heading[1].rstrip().rstrip("#").rstrip()
            for output in cell.get("outputs", ()):
                try:
                    found = outputs.rows(output)
                except (KeyError, TypeError, ValueError) as error:
                    raise PressError(f"{name}, cell {number}: {error}") from error
                for row in found:
                    yield row, name, number, chapter


def _csv(rows: Sequence[dict[str, str]]) -> bytes:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    last = ["notebook", "chapter"]
    columns = [*(column for column in columns if column not in last), *last]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for cells in (columns, *([row.get(column, "") for column in columns] for row in rows)):
        writer.writerow(map(guarded, cells))
    return written.getvalue().encode("utf-8")
