"""Parse a cell as its column declares, or explain what is wrong, including spreadsheet damage."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from reported.ground.invisible import is_hidden
from reported.ledger.faults import Faults, quoted
from reported.ledger.files import UNDECIDED, Table
from reported.ledger.schema import PARTIAL_DATE, YES_NO, Column

MAX_CELL = 2_000


def typed(
    table: Table,
    row: int,
    declared: Mapping[str, Column],
    faults: Faults,
    known: dict[tuple[str, str], Any] | None = None,
) -> dict[str, Any] | None:
    """Return a row's cells as the values that its columns declare, or None if one is at fault.

    `known` keeps the values of the table's cells, most of which occur in many rows.
    """
    known = {} if known is None else known
    before, text = len(faults), table.rows[row]
    values: dict[str, Any] = {}
    for name, column in declared.items():
        cell = text[name]
        if (name, cell) in known:
            values[name] = known[name, cell]
            continue
        values[name] = _value(table, row, column, cell, faults)
        if len(faults) == before:
            known[name, cell] = values[name]
    return values if len(faults) == before else None


def _value(table: Table, row: int, column: Column, cell: str, faults: Faults) -> Any:
    if cell == "":
        if column.required:
            meant = column.description[:1].lower() + column.description[1:]
            text = f"empty; expected {meant}, such as {quoted(column.example)}"
            faults.add(table.at(row, column.name), text, code="empty")
        return column.empty
    fault = cell_fault(cell)
    if fault is None and column.choices and cell not in column.choices:
        text, advice = f"{quoted(cell)} is not a valid {column.name}", f"expected {column.allowed}"
        faults.add(table.at(row, column.name), text, cell, column.choices, advice, code="choice")
        return None
    if fault is None and column.kind.pattern and not re.fullmatch(column.kind.pattern, cell):
        hint = _spreadsheet(cell, column) or f"expected {column.kind.expected}"
        fault = f"does not fit; {hint}"
    if fault is None:
        try:
            return column.kind.parse(cell)
        except ValueError as error:
            fault = str(error) if column.name == "id" else f"is not a valid date ({error})"
    code = "undecided" if cell.startswith(UNDECIDED) else "cell"
    faults.add(table.at(row, column.name), f"{quoted(cell)} {fault}", code=code)
    return None


def cell_fault(cell: str) -> str | None:
    """Return a fault that a cell has in any column, mostly text that a reader cannot see; None if it has none."""
    if cell.startswith(UNDECIDED):
        return "is not decided yet; decide and remove the question mark"
    if meant := misread(cell):
        return f"is UTF-8 that was opened as Windows-1252; open the file as UTF-8, or write {quoted(meant)}"
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


def misread(cell: str) -> str:
    """Return a cell as it was before a program read its UTF-8 as Windows-1252; "" if none did.

    >>> misread("the townâ€™s"), misread("MÃ¼nchen"), misread("ÐšÐ¸Ñ—Ð²"), misread("İzmir, «Ô»")
    ('the town’s', 'München', 'Київ', '')
    """
    text = cell.replace("»", "") if "«" in cell else cell
    meant = re.sub(r"[^\x00-\x7f]+", lambda run: _as_utf8(run[0]), text)
    return "" if meant == text else meant


def _as_utf8(run: str) -> str:
    """Decode a run of letters other than ASCII, whose Windows-1252 bytes are UTF-8; otherwise return it as it is."""
    try:
        return b"".join(_BYTES.get(c) or c.encode("cp1252") for c in run).decode()
    except UnicodeError:
        return run


_BYTES = {chr(code): bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes to which Windows-1252 assigns nothing; programs pass them on as control characters."""


def _spreadsheet(cell: str, column: Column) -> str:
    """Return what to do about a cell that a spreadsheet has reformatted; "" if it has not."""
    if column.kind is PARTIAL_DATE:
        return _rewritten_date(cell)
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


def _rewritten_date(cell: str) -> str:
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cell):
        one, two, year = map(int, match.groups())
        if one > 12 >= two or two > 12 >= one or one == two:
            day, month = (one, two) if one > 12 else (two, one)
            return f"a spreadsheet has rewritten a date; write {year}-{month:02}-{day:02}"
        return "a spreadsheet has rewritten a date, which may be either of two days; write it as 2024-01-26"
    if re.fullmatch(r"[1-9]\d{4}", cell):
        date = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(cell))
        return f"a spreadsheet has turned a date into a count of days; write {date}"
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d\d|[A-Za-z]{3}-\d\d(\d\d)?", cell):
        return "a spreadsheet has rewritten a date; write it as 2024-01-26 or 2024-01"
    return ""
