"""A data package's files: read strictly, held against its one schema with frictionless, handed on as text.

Knows CSV, JSON and the schema; what a figure is, it does not know. Every fault becomes one line that names
file, row (the line an editor shows) and column, what was found, what was expected and what to do.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_FILE = 64 * 1024 * 1024
MAX_CELL = 2_000
MAX_PROBLEMS = 50
_HIDDEN = set(
    "\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
)


class DataError(ValueError):
    """The data package cannot be used. `problems` holds one line a fault; str() joins them."""

    def __init__(self, problems: Iterable[str]) -> None:
        every = list(dict.fromkeys(problems))
        shown = every[:MAX_PROBLEMS]
        if len(every) > len(shown):
            shown.append(f"… and {len(every) - len(shown):,} more")
        self.problems = tuple(shown)
        super().__init__("\n".join(shown))


@dataclass(frozen=True)
class Table:
    """One CSV file: its rows as text, and the line in the file where each begins."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    lines: tuple[int, ...]
    fields: Mapping[str, Mapping[str, Any]] = field(repr=False)

    def at(self, row: int, *columns: str) -> str:
        """Where a cell stands, for a message: `data/figures.csv row 7, column qualifier`."""
        names = ", ".join(columns)
        place = f"{self.file} row {self.lines[row]}"
        return f"{place}, column{'s' if len(columns) > 1 else ''} {names}" if names else place


def read(folder: Path) -> dict[str, Table]:
    """All tables of the package in `folder`, in the order of its datapackage.json.

    Raises DataError naming every fault that the files or the schema show.
    """
    descriptor = _descriptor(folder)
    tables: dict[str, Table] = {}
    problems: list[str] = []
    for resource in descriptor:
        try:
            table = _table(folder, resource)
        except DataError as error:
            problems += error.problems
        else:
            tables[table.name] = table
    if not problems:
        problems = _validate(descriptor, tables)
    if problems:
        raise DataError(problems)
    return tables


def references(folder: Path) -> list[str]:
    """The works and articles that the package names as its sources: their titles."""
    package = json.loads(_content(folder, "datapackage.json"))
    named = package.get("sources", []) if isinstance(package, dict) else []
    return [str(s["title"]) for s in named if isinstance(s, dict) and s.get("title")]


def suggestion(found: str, known: Iterable[str]) -> str:
    """`; did you mean "at least"?` where a known word is near, else the empty string."""
    near = difflib.get_close_matches(found[:80], list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def shown(text: str, length: int = 60) -> str:
    """A cell's text for a message: quoted, cut, with what cannot be seen made visible."""
    cut = text if len(text) <= length else text[:length] + "…"
    visible = "".join(c if c.isprintable() and c not in _HIDDEN else f"⟨U+{ord(c):04X}⟩" for c in cut)
    return f'"{visible}"'


def _label(folder: Path, name: str) -> str:
    return f"{folder.resolve().name}/{name}"


def _content(folder: Path, name: str) -> str:
    label = _label(folder, name)
    path = folder / name
    try:
        if path.stat().st_size > MAX_FILE:
            raise DataError([f"{label}: larger than {MAX_FILE // 2**20} MiB; split the package"])
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError([f"{label}: not found; the package needs it"]) from None
    except OSError as error:
        raise DataError([f"{label}: cannot be read ({error.strerror})"]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DataError(
            [f"{label} row {line}: not UTF-8 text (byte 0x{raw[error.start]:02x}); save the file as UTF-8"]
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise DataError(
            [f"{label} row {line}: holds a NUL byte, so it is no text file; save it as CSV in UTF-8"]
        )
    return text


def _descriptor(folder: Path) -> list[dict[str, Any]]:
    """The resources of datapackage.json, each with a name, a path beside it and an inline schema."""
    label = _label(folder, "datapackage.json")
    text = _content(folder, "datapackage.json")
    try:
        package = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise DataError(
            [f"{label} row {line}: not JSON ({getattr(error, 'msg', 'nested too deep')})"]
        ) from None
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        raise DataError([f"{label}: expected a list of resources"])
    names = []
    for number, resource in enumerate(resources, start=1):
        place = f"{label}: resource {number}"
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            raise DataError([f"{place}: expected an object with a name"])
        name = resource["name"]
        place = f"{label}: resource {shown(name)}"
        if not name.isascii() or not name.replace("_", "").isalnum() or name in names:
            raise DataError([f"{place}: expected a name of its own in letters, digits and underscores"])
        if resource.get("path") != f"{name}.csv":
            raise DataError(
                [f"{place}: path is {shown(str(resource.get('path')))}, expected {name}.csv beside it"]
            )
        _check_schema(place, resource.get("schema"))
        names.append(name)
    return resources


def _check_schema(place: str, schema: Any) -> None:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not fields:
        raise DataError([f"{place}: expected a schema with a list of fields"])
    names = [f.get("name") for f in fields if isinstance(f, dict)]
    if len(names) != len(fields) or not all(isinstance(n, str) and n for n in names):
        raise DataError([f"{place}: every field needs a name"])
    if len(set(names)) != len(names):
        raise DataError([f"{place}: a field is named twice"])
    for f in fields:
        enum = (
            f.get("constraints", {}).get("enum", []) if isinstance(f.get("constraints", {}), dict) else None
        )
        if not isinstance(enum, list) or not all(isinstance(word, str) for word in enum):
            raise DataError([f"{place}, field {shown(f['name'])}: constraints.enum must be a list of words"])


def _table(folder: Path, resource: Mapping[str, Any]) -> Table:
    """One CSV file as text cells, checked for everything that CSV itself can get wrong."""
    name = f"{resource['name']}.csv"
    label = _label(folder, name)
    text = _content(folder, name)
    expected = [f["name"] for f in resource["schema"]["fields"]]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    problems: list[str] = []
    header: list[str] | None = None
    begins = 1
    try:
        for cells in reader:
            if header is None:
                header = cells
                _check_header(label, header, expected)
            elif cells:
                problems += _check_row(label, begins, cells, header)
                rows.append(dict(zip(header, cells, strict=False)))
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            [f"{label} row {begins}: not readable as CSV ({error}); is a quote left open?"]
        ) from None
    if header is None:
        raise DataError([f"{label} row 1: empty; expected the header {','.join(expected)}"])
    if problems:
        raise DataError(problems)
    fields = {f["name"]: f for f in resource["schema"]["fields"]}
    return Table(resource["name"], label, tuple(header), tuple(rows), tuple(lines), fields)


def _check_header(label: str, header: Sequence[str], expected: Sequence[str]) -> None:
    problems = []
    for column in dict.fromkeys(header):
        if header.count(column) > 1:
            problems.append(
                f"{label} row 1, column {shown(column)}: stands {header.count(column)} times; keep one"
            )
        if column not in expected:
            hint = suggestion(column, expected) or f"; expected {', '.join(expected)}"
            problems.append(f"{label} row 1, column {shown(column)}: not in the schema{hint}")
    problems += [f"{label} row 1, column {c}: missing; add it" for c in expected if c not in header]
    if problems:
        raise DataError(problems)


def _check_row(label: str, line: int, cells: Sequence[str], header: Sequence[str]) -> list[str]:
    if len(cells) != len(header):
        return [
            f"{label} row {line}: {len(cells)} cells, expected {len(header)}; "
            "look for a comma or quote too many or too few"
        ]
    problems = []
    for column, cell in zip(header, cells, strict=True):
        fault = _cell_fault(cell)
        if fault:
            problems.append(f"{label} row {line}, column {column}: {shown(cell)} {fault}")
    return problems


def _cell_fault(cell: str) -> str | None:
    """What no cell may hold, whatever its column: such text could hide from a reader what is written."""
    if len(cell) > MAX_CELL:
        return f"is {len(cell):,} characters long, more than {MAX_CELL:,}; shorten it"
    if "\n" in cell or "\r" in cell:
        return "holds a line break; is a quote left open? Keep each row on one line"
    for character in cell:
        if character in _HIDDEN or unicodedata.category(character) in ("Cc", "Cs"):
            return f"holds the invisible character U+{ord(character):04X}; remove it"
    if cell != cell.strip():
        return "begins or ends with a space; remove it"
    return None


def _validate(descriptor: Sequence[Mapping[str, Any]], tables: Mapping[str, Table]) -> list[str]:
    """Hold the tables against the schema: types, constraints, primary and foreign keys."""
    frictionless = _frictionless()
    resources = [
        {
            "name": table.name,
            "type": "table",
            "data": [list(table.columns), *([row[c] for c in table.columns] for row in table.rows)],
            "schema": resource["schema"] | {"fields": [table.fields[c] for c in table.columns]},
        }
        for resource, table in zip(descriptor, tables.values(), strict=True)
    ]
    try:
        report = frictionless.Package({"name": "ledger", "resources": resources}).validate()
    except Exception as error:  # frictionless raises many kinds on a broken schema
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        return [
            f"datapackage.json: not a usable schema ({shown(first, 200)}); compare it with the last that worked"
        ]
    problems = [f"datapackage.json: {error.message}" for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            table = tables.get(task.name)
            problems.append(_message(table, error) if table else f"datapackage.json: {error.message}")
    return problems


def _frictionless() -> Any:
    """The library, imported when first needed, without a checker of web addresses that nothing here uses.

    jsonschema, which it imports, compiles a whole grammar for that on import where Jupyter has installed the
    package: 3.3 s of 3.9 s for a first validation. A None in sys.modules makes an import fail, and jsonschema
    then does without.
    """
    grammar = "rfc3987_syntax"
    blocked = grammar not in sys.modules
    if blocked:
        sys.modules[grammar] = None  # type: ignore[assignment]
    try:
        import frictionless
        import jsonschema  # noqa: F401
    finally:
        if blocked:
            del sys.modules[grammar]
    return frictionless


def _message(table: Table, error: Any) -> str:
    """One line of ours for an error of frictionless."""
    number = getattr(error, "row_number", None)
    if number is None or not 2 <= number <= len(table.rows) + 1:
        return f"{table.file}: {getattr(error, 'note', '') or error.message}"
    row = number - 2
    column = getattr(error, "field_name", None)
    if error.type == "foreign-key":
        return _foreign_key(table, row, error)
    if error.type == "primary-key":
        return f"{table.at(row, 'id')}: {shown(table.rows[row].get('id', ''))} stands twice; give each row its own"
    if column is None:
        return f"{table.at(row)}: {error.note}"
    return f"{table.at(row, column)}: {_cell_message(table, column, table.rows[row][column], error)}"


def _foreign_key(table: Table, row: int, error: Any) -> str:
    columns = list(error.field_names)
    cell = table.rows[row].get(columns[0], "")
    reference = error.reference_name
    return f"{table.at(row, *columns)}: {shown(cell)} is not in {reference}.csv; add it there or correct it"


def _cell_message(table: Table, column: str, cell: str, error: Any) -> str:
    spec = table.fields[column]
    constraints = spec.get("constraints", {})
    if cell == "" and constraints.get("required"):
        return f"empty; expected {_described(spec)}"
    if error.type == "type-error":
        kinds = {"date": "a date such as 2024-01-26", "integer": "a whole number", "boolean": "true or false"}
        return f"{shown(cell)} is not {kinds.get(spec.get('type', ''), 'a ' + str(spec.get('type')))}"
    if cell not in constraints.get("enum", [cell]):
        known = constraints["enum"]
        hint = suggestion(cell, known) or f"; expected one of {', '.join(known)}"
        return f"{shown(cell)} is not a {column}{hint}"
    if "pattern" in str(error.note):
        return f"{shown(cell)} does not fit; expected {_described(spec)} ({_pattern_words(column)})"
    return f"{shown(cell)}: {error.note}; expected {_described(spec)}"


def _described(spec: Mapping[str, Any]) -> str:
    text = str(spec.get("description", spec.get("name")))
    return text[:1].lower() + text[1:]


def _pattern_words(column: str) -> str:
    if column in ("value", "value_to", "base"):
        return "digits and at most one point: no thousands separator, sign, exponent or unit"
    if column == "id":
        return "small letters, digits and underscores, a letter first"
    return "see its pattern in datapackage.json"
