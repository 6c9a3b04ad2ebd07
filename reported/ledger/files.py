"""The files of a ledger, read strictly: CSV tables to rows of text.

Nothing here knows what the cells mean. Every fault is one line: file, row (as an editor numbers it), column, what
was found, what was expected, what to do. Byte order marks and empty rows, which spreadsheets add, are skipped.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from reported.ledger.faults import DataError, Fault, Faults, Place, quoted
from reported.ledger.schema import columns

MAX_FILE = 64 * 1024 * 1024
_Parsed: TypeAlias = tuple[tuple[Mapping[str, str], ...], tuple[int, ...], tuple[Fault, ...]]
UNDECIDED = "?"
"""The beginning of a cell that is not decided."""


@dataclass(frozen=True)
class Table:
    """One CSV file: its rows as text, and the line of the file where each begins."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...] = field(repr=False)
    lines: tuple[int, ...] = field(repr=False)
    complete: bool = True
    """True if every row of the file could be read."""

    def at(self, row: int, *columns: str) -> Place:
        """The place of a cell: `data/figures.csv row 7, column qualifier`."""
        return Place(self.file, self.lines[row], ", ".join(columns))


def label(folder: Path, name: str) -> str:
    """A file of the ledger for a message: `data/figures.csv`."""
    return f"{folder.resolve().name}/{name}"


def _file_error(code: str, file: str, text: str, row: int | None = None) -> DataError:
    return DataError([Fault(code, Place(file, row), text)])


def read_text(folder: Path, name: str) -> str:
    """Return a file's text. Raises DataError if it is missing, too large, or not text in UTF-8."""
    place, path = label(folder, name), folder / name
    try:
        if path.exists() and not path.is_file():
            raise _file_error("no-file", place, "not a file; the ledger needs one of that name")
        if path.stat().st_size > MAX_FILE:
            raise _file_error("too-large", place, f"larger than {MAX_FILE // 2**20} MiB; split the ledger")
        raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except FileNotFoundError:
        raise _file_error("no-file", place, "not found; the ledger needs it") from None
    except OSError as error:
        raise _file_error("unreadable", place, f"cannot be read ({error.strerror})") from None
    try:
        text = raw.decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        at, line = error.start, raw[: error.start].count(b"\n") + 1
        text = f"not UTF-8 text (byte 0x{raw[at]:02x}); save the file as CSV UTF-8"
        raise _file_error("not-utf-8", place, text, line) from None
    if text.startswith(_MARK_MISREAD):
        text = "its UTF-8 was opened as Windows-1252 and saved so; open the file as UTF-8 again and save it as CSV UTF-8"
        raise _file_error("misread", place, text, 1)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise _file_error("not-utf-8", place, "holds a NUL byte; save the file as CSV UTF-8", line)
    return text


_MARK_MISREAD = "\ufeff".encode().decode("cp1252")
"""The mark at a file's start as a program shows it that reads UTF-8 as Windows-1252."""


def read_table(folder: Path, name: str, record: type, faults: Faults) -> Table:
    """Read the CSV file of a table as rows of text; faults of the CSV itself go to `faults`.

    Semicolons or tabs between cells, as spreadsheets write them in much of the world, are read as well.
    """
    file = f"{name}.csv"
    place, expected = label(folder, file), tuple(columns(record))
    try:
        rows, lines, found = _parsed(place, read_text(folder, file), expected)
    except DataError as error:
        rows, lines, found = (), (), error.faults
    faults += found
    return Table(name, place, expected, rows, lines, not found)


@lru_cache(32)
def _parsed(place: str, text: str, expected: tuple[str, ...]) -> _Parsed:
    """Return a file's rows, the line of each, and the faults; the same text is parsed once in a process."""
    faults = Faults()
    rows: list[Mapping[str, str]] = []
    lines: list[int] = []
    header: list[str] = []
    try:
        for line, cells in _rows(place, text):
            if not header:
                header = cells
                _check_header(place, header, expected, faults)
                if faults:
                    break
            elif any(cells) and len(cells) != len(header):
                wrong = f"{len(cells)} cells, expected {len(header)}; look for a comma or quote too many or too few"
                faults.add(Place(place, line), wrong, code="cells")
            elif any(cells):
                rows.append(dict(zip(header, cells, strict=True)))
                lines.append(line)
        if not header:
            raise _file_error("header", place, f"empty; expected the header {','.join(expected)}", 1)
    except DataError as error:
        faults += error.faults
    return tuple(rows), tuple(lines), tuple(faults)


def _rows(place: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row, and the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter(text))
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _file_error(
            "not-csv", place, f"not readable as CSV ({error}); is a quote left open?", begins
        ) from None


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table as CSV in UTF-8 with the mark at its start by which spreadsheets know the encoding."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def delimiter(text: str) -> str:
    """Return the delimiter of a CSV file: a comma, a semicolon or a tab, the most frequent in its first line."""
    return max(",;\t", key=text.partition("\n")[0].count)


def _check_header(place: str, header: Sequence[str], expected: Sequence[str], faults: Faults) -> None:
    for column, count in Counter(header).items():
        at = Place(place, 1, quoted(column))
        if count > 1:
            faults.add(at, f"occurs {count} times; keep one", code="header")
        if column not in expected:
            advice = f"expected {', '.join(expected)}"
            faults.add(at, "not a column of this table", column, expected, advice, code="header")
    for column in expected:
        if column not in header:
            faults.add(Place(place, 1, column), "missing; add it", code="header")
