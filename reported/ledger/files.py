"""The files of a ledger, read strictly: CSV tables to rows of text.

Nothing here knows what the cells mean. Every fault is one line: file, row (as an editor numbers it), column, what
was found, what was expected, what to do. Byte order marks and empty rows, which spreadsheets add, are skipped.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from reported.ledger.schema import columns

MAX_FILE = 64 * 1024 * 1024
MAX_LINE = 1_000
MAX_SHOWN = 50
UNDECIDED = "?"
"""What a cell that is not decided begins with."""
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
        """Add a fault and a hint: the nearest of `known` to `found`, otherwise `else_`."""
        hint = else_
        if known and len(self) < MAX_SHOWN:  # looking for a near word is slow, and these few are read
            near = difflib.get_close_matches(found[:80], list(islice(known, 1_000)), n=1, cutoff=0.6)
            hint = f"did you mean {quoted(near[0])}?" if near else else_
        self.append(f"{place}: {text}" + (f"; {hint}" if hint else ""))

    def raise_if_any(self) -> None:
        """Raise DataError if a fault was found."""
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
    """A file of the ledger for a message: `data/figures.csv`."""
    return f"{folder.resolve().name}/{name}"


def read_text(folder: Path, name: str) -> str:
    """A file's text; DataError where it is missing, too large, or no text in UTF-8."""
    place, path = label(folder, name), folder / name
    try:
        if path.exists() and not path.is_file():
            raise DataError([f"{place}: not a file; the ledger needs one of that name"])
        if path.stat().st_size > MAX_FILE:
            raise DataError([f"{place}: larger than {MAX_FILE // 2**20} MiB; split the ledger"])
        raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except FileNotFoundError:
        raise DataError([f"{place}: not found; the ledger needs it"]) from None
    except OSError as error:
        raise DataError([f"{place}: cannot be read ({error.strerror})"]) from None
    try:
        text = raw.decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        at, line = error.start, raw[: error.start].count(b"\n") + 1
        raise DataError(
            [f"{place} row {line}: not UTF-8 text (byte 0x{raw[at]:02x}); save the file as CSV UTF-8"]
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise DataError([f"{place} row {line}: holds a NUL byte; save the file as CSV UTF-8"])
    return text


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
        for line, cells in _rows(place, read_text(folder, file)):
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
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter(text))
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


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table as CSV in UTF-8 with the mark at its start by which spreadsheets know the encoding."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def delimiter(text: str) -> str:
    """What is between the cells of a CSV file: a comma, a semicolon or a tab, the most frequent in its first line."""
    return max(",;\t", key=text.partition("\n")[0].count)


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


_STARTS_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would start one."""
    return f"'{cell}" if _STARTS_FORMULA.match(cell) and not re.fullmatch(r"-?\d+(?:\.\d+)?", cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `guarded` puts before what would start a formula."""
    return cell[1:] if cell.startswith("'") and _STARTS_FORMULA.match(cell[1:]) else cell
