"""The files of a ledger, read strictly: CSV tables to rows of text, datapackage.json to the project's settings.

What a figure is, is not known here. Every fault is one line: file, row (as an editor numbers it), column, what
was found, what was expected, what to do. What spreadsheets add to a file is read past; what they destroy in a
cell is named as such.
"""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from reported.ledger.schema import PARTIAL_DATE, YES_NO, Column, columns

DESCRIPTOR = "datapackage.json"
SCHEMA_VERSION = 2
MAX_FILE = 64 * 1024 * 1024
MAX_CELL = 2_000
MAX_LINE = 1_000
MAX_SHOWN = 50
_HIDDEN_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_HIDDEN = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0") | {
    chr(code) for start, end in ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for code in range(start, end + 1)
}
"""Letters and marks by their category, yet drawn as nothing."""


class DataError(ValueError):
    """The ledger cannot be used. `problems` holds one line for each fault; str() joins the first fifty."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(dict.fromkeys(_visible(problem[:MAX_LINE]) for problem in problems))
        left = len(self.problems) - MAX_SHOWN
        more = [f"… and {left:,} more"] if left > 0 else []
        super().__init__("\n".join([*self.problems[:MAX_SHOWN], *more]))


class Faults(list[str]):
    """The faults found so far, as lines."""

    def add(self, place: str, text: str, found: str = "", known: Iterable[str] = (), else_: str = "") -> None:
        """Add a fault; with the one of `known` that `found` may be meant for, or else what to do."""
        hint = else_
        if known and len(self) < MAX_SHOWN:  # looking for a near word is slow, and these few are read
            near = difflib.get_close_matches(found[:80], list(islice(known, 1_000)), n=1, cutoff=0.6)
            hint = f"did you mean {quoted(near[0])}?" if near else else_
        self.append(f"{place}: {text}" + (f"; {hint}" if hint else ""))

    def raise_if_any(self) -> None:
        if self:
            raise DataError(self)


@dataclass(frozen=True)
class Table:
    """One CSV file: its rows as text, and the line of the file where each begins."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...] = field(repr=False)
    lines: tuple[int, ...] = field(repr=False)
    complete: bool = True
    """Whether every row of the file could be read."""

    def at(self, row: int, *columns: str) -> str:
        """Where a cell is, for a message: `data/figures.csv row 7, column qualifier`."""
        names = f", column{'s' * (len(columns) > 1)} {', '.join(columns)}" if columns else ""
        return f"{self.file} row {self.lines[row]}{names}"


def quoted(text: str, length: int = 60) -> str:
    """A cell's text for a message: in quotes, cut, with what cannot be seen made visible."""
    return f'"{_visible(text if len(text) <= length else text[:length] + "…")}"'


def _visible(text: str) -> str:
    return "".join(f"⟨U+{ord(c):04X}⟩" if is_hidden(c) else c for c in text)


def is_hidden(character: str) -> bool:
    """Whether a reader cannot see it: controls, what joins, breaks or turns text, what no font can hold."""
    return unicodedata.category(character) in _HIDDEN_KINDS or character in _HIDDEN


def label(folder: Path, name: str) -> str:
    return f"{folder.resolve().name}/{name}"


# ---------------------------------------------------------------- the project's settings


def read_settings(folder: Path) -> dict[str, Any]:
    """What datapackage.json says of the project, without its resources: those describe the tables for other
    software and are written, never read.

    Raises DataError.
    """
    place = label(folder, DESCRIPTOR)
    text = _content(folder, DESCRIPTOR)
    try:
        package = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", text.count("\n") + 1)
        reason = "nested too deep" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
        raise DataError([f"{place} row {line}: not usable JSON ({reason}); correct it there"]) from None
    if not isinstance(package, dict):
        raise DataError([f"{place}: expected an object with a title"])
    faults = Faults()
    version = package.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        faults.add(
            place, f"schema_version is {quoted(str(version))}, expected {SCHEMA_VERSION}; update the software"
        )
    if not package.get("title"):
        faults.add(place, "title is missing or empty; give the project one")
    for name in ("title", "subtitle", "description", "author", "language"):
        value = package.get(name, "")
        fault = _cell_fault(value) if isinstance(value, str) else "is not text; put it in quotes"
        if fault:
            faults.add(place, f"{name} {quoted(str(value))} {fault}")
    for name in ("licenses", "sources"):
        entries = package.get(name, [])
        if not isinstance(entries, list) or not all(
            isinstance(entry, dict) and isinstance(entry.get("title"), str) for entry in entries
        ):
            faults.add(place, f"{name}: expected a list of objects, each with a title")
    faults.raise_if_any()
    return {name: value for name, value in package.items() if name != "resources"}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where a key occurs twice, since one of the two would be lost."""
    repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if repeated:
        raise ValueError(f"the key {quoted(repeated[0])} occurs twice in one object; keep one")
    return dict(pairs)


def _content(folder: Path, name: str) -> str:
    place, path = label(folder, name), folder / name
    try:
        if path.exists() and not path.is_file():
            raise DataError([f"{place}: not a file; the ledger needs one of that name"])
        if path.stat().st_size > MAX_FILE:
            raise DataError([f"{place}: larger than {MAX_FILE // 2**20} MiB; split the ledger"])
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError([f"{place}: not found; the ledger needs it"]) from None
    except OSError as error:
        raise DataError([f"{place}: cannot be read ({error.strerror})"]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at, line = error.start, raw[: error.start].count(b"\n") + 1
        raise DataError(
            [f"{place} row {line}: not UTF-8 text (byte 0x{raw[at]:02x}); save the file as CSV UTF-8"]
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise DataError([f"{place} row {line}: holds a NUL byte; save the file as CSV UTF-8"])
    return text


# ---------------------------------------------------------------- the tables


def read_table(folder: Path, name: str, record: type, faults: Faults) -> Table:
    """The CSV file of a table as rows of text; what CSV itself can get wrong goes to `faults`.

    Semicolons or tabs between cells, as spreadsheets write them in much of the world, are read as well.
    """
    file = f"{name}.csv"
    place, expected = label(folder, file), list(columns(record))
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    header: list[str] = []
    before = len(faults)
    try:
        for line, cells in _rows(place, _content(folder, file)):
            if not header:
                header = cells
                _check_header(place, header, expected, faults)
                if len(faults) > before:
                    break
            elif any(cells) and len(cells) != len(header):
                faults.add(
                    f"{place} row {line}",
                    f"{len(cells)} cells, expected {len(header)}; look for a comma or quote too many or too few",
                )
            elif any(cells):
                rows.append(dict(zip(header, cells, strict=True)))
                lines.append(line)
        if not header:
            raise DataError([f"{place} row 1: empty; expected the header {','.join(expected)}"])
    except DataError as error:
        faults += error.problems
    return Table(name, place, tuple(expected), tuple(rows), tuple(lines), len(faults) == before)


def _rows(place: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row, and the line on which it begins."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            [f"{place} row {begins}: not readable as CSV ({error}); is a quote left open?"]
        ) from None


def _check_header(place: str, header: Sequence[str], expected: Sequence[str], faults: Faults) -> None:
    for column, count in Counter(header).items():
        at = f"{place} row 1, column {quoted(column)}"
        if count > 1:
            faults.add(at, f"occurs {count} times; keep one")
        if column not in expected:
            faults.add(at, "not a column of this table", column, expected, f"expected {', '.join(expected)}")
    for column in expected:
        if column not in header:
            faults.add(f"{place} row 1, column {column}", "missing; add it")


# ---------------------------------------------------------------- one cell


def typed(table: Table, row: int, declared: Mapping[str, Column], faults: Faults) -> dict[str, Any] | None:
    """A row's cells as the values its columns declare, or None where one is at fault."""
    before = len(faults)
    values = {
        name: _value(table, row, column, table.rows[row][name], faults) for name, column in declared.items()
    }
    return values if len(faults) == before else None


def _value(table: Table, row: int, column: Column, cell: str, faults: Faults) -> Any:
    if cell == "":
        if column.required:
            does = column.description[:1].lower() + column.description[1:]
            faults.add(
                table.at(row, column.name), f"empty; expected {does}, such as {quoted(column.example)}"
            )
        return column.empty
    fault = _cell_fault(cell)
    if fault is None and column.choices and cell not in column.choices:
        faults.add(
            table.at(row, column.name),
            f"{quoted(cell)} is no {column.name}",
            cell,
            column.choices,
            f"expected {column.allowed}",
        )
        return None
    if fault is None and column.kind.pattern and not re.fullmatch(column.kind.pattern, cell):
        hint = _spreadsheet(cell, column) or f"expected {column.kind.expected}"
        fault = f"does not fit; {hint}"
    if fault is None:
        try:
            return column.kind.parse(cell)
        except ValueError as error:
            fault = str(error) if column.name == "id" else f"is no day of the calendar ({error})"
    faults.add(table.at(row, column.name), f"{quoted(cell)} {fault}")
    return None


def _cell_fault(cell: str) -> str | None:
    """What no cell may hold, whatever its column: mostly text that hides from a reader what is written."""
    if cell.startswith("?"):
        return "is not decided yet; decide and remove the question mark"
    if re.fullmatch(r"#(NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!|#+)|Err:\d+", cell):
        return "is an error of a spreadsheet, not what was typed; type it again as text"
    if len(cell) > MAX_CELL:
        return f"is {len(cell):,} characters long, more than {MAX_CELL:,}; shorten it"
    if "\n" in cell or "\r" in cell:
        return "holds a line break; is a quote left open? Keep each row on one line"
    if not (cell.isascii() and cell.isprintable()):
        for character in cell:
            if is_hidden(character):
                return f"holds the invisible character U+{ord(character):04X}; remove it"
    if cell != cell.strip():
        return "begins or ends with a space; remove it"
    return None


def _spreadsheet(cell: str, column: Column) -> str:
    """What to do about a cell that a spreadsheet has reformatted; "" where it has not."""
    if column.kind is PARTIAL_DATE:
        if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cell):
            one, two, year = map(int, match.groups())
            if one > 12 >= two or two > 12 >= one or one == two:
                day, month = (one, two) if one > 12 else (two, one)
                return f"a spreadsheet has rewritten a date; write {year}-{month:02}-{day:02}"
            return (
                "a spreadsheet has rewritten a date, which may be either of two days; write it as 2024-01-26"
            )
        if re.fullmatch(r"[1-9]\d{4}", cell):
            day_ = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(cell))
            return f"a spreadsheet has turned a date into a count of days; write {day_}"
        return ""
    if column.kind.type not in ("number", "integer"):
        meant = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}.get(cell.lower())
        return f"write {meant}" if meant and column.kind is YES_NO else ""
    if re.fullmatch(r"-?\d+([.,]\d+)?[eE][+-]?\d+", cell):
        return "a spreadsheet has shortened a number and may have cut digits; copy it again from the article"
    if re.fullmatch(r"-?\d{1,3}(?:[ ,.'’\u00a0\u2009\u202f]\d{3})+", cell):
        return f"write it without separators: {re.sub(r'[^-0-9]', '', cell)}"
    if re.fullmatch(r"-?\d+\.0+", cell):
        return f"write it without the point: {cell.partition('.')[0]}"
    return ""
