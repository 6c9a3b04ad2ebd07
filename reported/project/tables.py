"""A project's tables as files: rows as text whatever their state, rows added, and what is not decided in them."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reported.ledger.faults import DataError, Faults, quoted
from reported.ledger.files import UNDECIDED, delimiter, label, read_table
from reported.ledger.records import TABLES

Row = Mapping[str, str]
_holding: list[bool] = []
"""Holds something while Ctrl-C is kept waiting."""


def rows(data: Path) -> dict[str, list[Row]]:
    """Every table's rows as text, decided or not. A project may have no readings.csv of its own.

    Raises DataError if a table cannot be read whole: what is in it would be proposed once more.
    """
    faults = Faults()
    own = {
        name: record
        for name, record in TABLES.items()
        if name != "readings" or (data / "readings.csv").exists()
    }
    read = {name: read_table(data, name, record, faults) for name, record in own.items()}
    faults.raise_if_any()
    return {name: list(table.rows) for name, table in read.items()}


def undecided(data: Path) -> list[str]:
    """One line for each row that has cells to decide: file, row, and the cells with what is proposed."""
    lines = []
    for name, record in TABLES.items():
        table = read_table(data, name, record, Faults())
        for number, row in enumerate(table.rows):
            cells = [(column, cell) for column, cell in row.items() if cell.startswith(UNDECIDED)]
            if cells:
                named = row.get("words") or row["id"]
                shown = ", ".join(
                    f"{column} {quoted(cell) if cell != UNDECIDED else '?'}" for column, cell in cells
                )
                lines.append(f"{table.at(number)} ({named}): {shown}")
    return lines


def add(data: Path, new: Mapping[str, Sequence[Row]]) -> None:
    """Add rows to the ends of the tables in `data`: to all of them, or after a fault to none.

    Each file keeps the order of its columns, its separator and its line ends. Raises OSError, and DataError for a
    table that has no header.
    """
    _write(
        {data / f"{table}.csv": _with(data / f"{table}.csv", rows_) for table, rows_ in new.items() if rows_}
    )


def replace(data: Path, tables: Mapping[str, Sequence[Row]]) -> None:
    """Write the tables whose rows are others than those there are: all of them, or after a fault none."""
    before = rows(data)
    changed = {
        name: new for name, new in tables.items() if list(map(dict, before[name])) != list(map(dict, new))
    }
    _write(
        {data / f"{name}.csv": _with(data / f"{name}.csv", new, whole=True) for name, new in changed.items()}
    )


def _write(texts: Mapping[Path, str]) -> None:
    """Write files beside those there are, then move all into place, which no Ctrl-C interrupts halfway."""
    staged: list[tuple[str, Path]] = []
    try:
        for path, text in texts.items():
            staged.append((_beside(path, text), path))
        with uninterrupted():
            for temporary, path in staged:
                Path(temporary).replace(path)
    finally:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C waiting until the block is done, or the outermost of such blocks; then raise KeyboardInterrupt."""
    if _holding or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    _holding.append(True)
    try:
        yield
    finally:
        _holding.clear()
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def _with(path: Path, rows_: Sequence[Row], *, whole: bool = False) -> str:
    """A table's text with rows at its end, or with these rows alone."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    first, separator = text.partition("\n")[0], delimiter(text)
    header = next(csv.reader([first.lstrip("\ufeff").rstrip("\r")], delimiter=separator), [])
    if "id" not in header:
        raise DataError(
            [f"{label(path.parent, path.name)} row 1: no column id; the file needs the table's header"]
        )
    end = "\r\n" if first.endswith("\r") else "\n"
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, header, restval="", delimiter=separator, lineterminator=end, extrasaction="ignore"
    )
    writer.writerows(rows_)
    if whole:
        return first.rstrip("\r") + end + out.getvalue()
    return text + ("" if text.endswith("\n") else end) + out.getvalue()


def _beside(path: Path, text: str) -> str:
    handle, temporary = tempfile.mkstemp(prefix=".reported-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    Path(temporary).chmod(path.stat().st_mode)
    return temporary
