"""A data package's files: read strictly, held against its one schema with frictionless, handed on as text.

Knows CSV, JSON and the schema; what a figure is, it does not know. Every fault becomes one line that names
file, row (the line an editor shows) and column, what was found, what was expected and what to do.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

MAX_FILE = 64 * 1024 * 1024
MAX_CELL = 2_000
MAX_ENUM = 1_000
MAX_PROBLEMS = 50
MAX_LINE = 1_000
TYPES = ("string", "integer", "number", "date", "boolean")
_HIDDEN_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_HIDDEN = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0") | {
    chr(code) for start, end in ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for code in range(start, end + 1)
}
"""Letters and marks by their category, yet drawn as nothing."""


class DataError(ValueError):
    """The data package cannot be used. `problems` holds one line a fault; str() joins them."""

    def __init__(self, problems: Iterable[str]) -> None:
        every = list(dict.fromkeys(_visible(problem[:MAX_LINE]) for problem in problems))
        shown = every[:MAX_PROBLEMS]
        if len(every) > len(shown):
            shown.append(f"… and {len(every) - len(shown):,} more")
        self.problems = tuple(shown)
        super().__init__("\n".join(shown))


def stop(problems: Iterable[str]) -> None:
    """Raise DataError if there are any problems."""
    every = list(problems)
    if every:
        raise DataError(every)


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
        problems = list(_validate(_label(folder, DESCRIPTOR), descriptor, tables))
    if problems:
        raise DataError(problems)
    return tables


def references(folder: Path) -> list[str]:
    """The works and articles that the package names as its sources: their titles."""
    package = json.loads(_content(folder, DESCRIPTOR))
    named = package.get("sources", []) if isinstance(package, dict) else []
    return [str(s["title"]) for s in named if isinstance(s, dict) and s.get("title")]


def suggestion(found: str, known: Iterable[str]) -> str:
    """`; did you mean "at least"?` where a known word is near, else the empty string."""
    near = difflib.get_close_matches(found[:80], list(islice(known, MAX_ENUM)), n=1, cutoff=0.6)
    return f"; did you mean {shown(near[0])}?" if near else ""


def shown(text: str, length: int = 60) -> str:
    """A cell's text for a message: quoted, cut, with what cannot be seen made visible."""
    return f'"{_visible(text if len(text) <= length else text[:length] + "…")}"'


def _visible(text: str) -> str:
    return "".join(f"⟨U+{ord(c):04X}⟩" if _is_hidden(c) else c for c in text)


def _is_hidden(character: str) -> bool:
    """Whether a reader cannot see it: controls, what joins, breaks or turns text, what no font can hold."""
    return unicodedata.category(character) in _HIDDEN_KINDS or character in _HIDDEN


def _label(folder: Path, name: str) -> str:
    return f"{folder.resolve().name}/{name}"


def _content(folder: Path, name: str) -> str:
    label = _label(folder, name)
    path = folder / name
    try:
        if path.exists() and not path.is_file():
            raise DataError([f"{label}: not a file; the package needs one of that name"])
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
        at, line = error.start, raw[: error.start].count(b"\n") + 1
        raise DataError(
            [f"{label} row {line}: not UTF-8 text (byte 0x{raw[at]:02x}); save the file as UTF-8"]
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise DataError(
            [f"{label} row {line}: holds a NUL byte, so it is no text file; save it as CSV in UTF-8"]
        )
    return text


# ---------------------------------------------------------------- the descriptor

DESCRIPTOR = "datapackage.json"
_NAME = re.compile("[A-Za-z][A-Za-z0-9_]{0,79}")


def _descriptor(folder: Path) -> list[dict[str, Any]]:
    """The resources of datapackage.json, each with a name, a path beside it and an inline schema."""
    label = _label(folder, DESCRIPTOR)
    text = _content(folder, DESCRIPTOR)
    try:
        package = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", text.count("\n") + 1)
        reason = "nested too deep" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
        raise DataError([f"{label} row {line}: not usable JSON ({reason})"]) from None
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        raise DataError([f"{label}: expected a list of resources"])
    names: list[str] = []
    for number, resource in enumerate(resources, start=1):
        place = f"{label}: resource {number}"
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            raise DataError([f"{place}: expected an object with a name"])
        name = resource["name"]
        place = f"{label}: resource {shown(name)}"
        if not _NAME.fullmatch(name) or name in names:
            raise DataError([f"{place}: expected a name of its own in letters, digits and underscores"])
        stop(_resource_faults(place, resource, f"{name}.csv"))
        names.append(name)
    return resources


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where a key stands twice, since one of the two would be lost."""
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"the key {shown(twice[0])} stands twice in one object; keep one")
    return dict(pairs)


def _resource_faults(place: str, resource: Mapping[str, Any], path: str) -> Iterator[str]:
    """A file is read one way only, from beside its descriptor: what says otherwise is refused."""
    if resource.get("path") != path:
        yield f"{place}: path is {shown(str(resource.get('path')))}, expected {path} beside it"
    if resource.get("encoding", "utf-8") != "utf-8":
        yield f"{place}: encoding is {shown(str(resource['encoding']))}, expected utf-8"
    if "dialect" in resource:
        yield f"{place}: has a dialect; leave it out and keep to commas and double quotes"
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(fields, list) or not fields:
        yield f"{place}: expected a schema with a list of fields"
        return
    if schema.get("missingValues", [""]) != [""]:
        yield f'{place}: missingValues must be [""]: an empty cell, and nothing else, is missing'
    names = [f.get("name") for f in fields if isinstance(f, dict)]
    if len(names) != len(fields) or not all(isinstance(n, str) and _NAME.fullmatch(n) for n in names):
        yield f"{place}: every field needs a name in letters, digits and underscores, a letter first"
    elif len(set(names)) != len(names):
        yield f"{place}: a field is named twice"
    else:
        for f in fields:
            yield from _field_faults(f"{place}, field {shown(f['name'])}", f)


def _field_faults(place: str, spec: Mapping[str, Any]) -> Iterator[str]:
    if spec.get("type") not in TYPES:
        yield f"{place}: type is {shown(str(spec.get('type')))}, expected one of {', '.join(TYPES)}"
    if spec.get("format", "default") not in ("default", "%Y-%m-%d"):
        yield f"{place}: format is {shown(str(spec['format']))}, expected default, or %Y-%m-%d for a date"
    if not isinstance(spec.get("description", ""), str):
        yield f"{place}: description must be text"
    constraints = spec.get("constraints", {})
    if not isinstance(constraints, dict):
        yield f"{place}: constraints must be an object"
        return
    enum = constraints.get("enum", [])
    if not isinstance(enum, list) or not all(isinstance(word, str) for word in enum):
        yield f"{place}: constraints.enum must be a list of words"
    elif len(enum) > MAX_ENUM:
        yield f"{place}: constraints.enum has {len(enum):,} words, more than {MAX_ENUM:,}; make it a table"
    pattern = constraints.get("pattern", "")
    try:
        _matches(pattern, [""])
    except (TypeError, ValueError, pa.ArrowException) as error:
        yield f"{place}: constraints.pattern {shown(str(pattern))} cannot be used ({error})"


@lru_cache(maxsize=256)
def _compiled(schema: str) -> Any:
    """A schema as frictionless' object. Cached, since it takes longer to read than most tables."""
    return _frictionless().Schema.from_descriptor(json.loads(schema))


def _schema(schema: Mapping[str, Any]) -> Any:
    """The schema without its patterns: those are matched here in time that grows with the text alone."""
    fields = [
        f | {"constraints": {k: v for k, v in f.get("constraints", {}).items() if k != "pattern"}}
        for f in schema["fields"]
    ]
    return _compiled(json.dumps(dict(schema) | {"fields": fields}))


def _matches(pattern: str, cells: Sequence[str]) -> list[bool]:
    """Whether each cell is wholly of a pattern, by RE2: no pattern, however written, can make it hang."""
    whole = "^(?:" + pattern + r")\z"
    return [bool(m) for m in pc.match_substring_regex(pa.array(cells, pa.string()), whole).to_pylist()]


# ---------------------------------------------------------------- the files


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
    if not (cell.isascii() and cell.isprintable()):
        for character in cell:
            if _is_hidden(character):
                return f"holds the invisible character U+{ord(character):04X}; remove it"
    if cell != cell.strip():
        return "begins or ends with a space; remove it"
    return None


# ---------------------------------------------------------------- the files held against the schema


def _validate(
    label: str, descriptor: Sequence[Mapping[str, Any]], tables: Mapping[str, Table]
) -> Iterator[str]:
    """Hold the tables against the schema: types and constraints, then primary and foreign keys.

    frictionless reads the schema and checks each cell by it. Its own walk over a whole package copies the
    schema some 300 times, ten times as slow as all else here; so the walk is ours.
    """
    for resource in descriptor:
        table = tables[resource["name"]]
        try:
            schema = _schema(resource["schema"])
            readers = schema.create_cell_readers()
            faults = [f for column in table.columns for f in _column_faults(table, column, readers[column])]
        except Exception as error:  # frictionless raises many kinds on a broken schema
            place = f"{label}: resource {shown(table.name)}"
            yield f"{place}: not a usable schema ({_reason(error)}); compare it with the last that worked"
            continue
        yield from faults
        yield from _key_faults(label, table, schema, tables)


def _reason(error: Exception) -> str:
    """What frictionless has against a schema, in a line."""
    reasons = getattr(error, "reasons", None) or [error]
    return shown(str(getattr(reasons[0], "note", reasons[0])) or type(error).__name__, 200)


def _column_faults(table: Table, column: str, reader: Any) -> Iterator[str]:
    cells = [row[column] for row in table.rows]
    pattern = table.fields[column].get("constraints", {}).get("pattern")
    fits = _matches(pattern, cells) if pattern else [True] * len(cells)
    for row, (cell, fit) in enumerate(zip(cells, fits, strict=True)):
        notes = reader(cell)[1] or ({} if fit or cell == "" else {"pattern": ""})
        if notes:
            yield f"{table.at(row, column)}: {_cell_message(table, column, cell, notes)}"


def _key_faults(label: str, table: Table, schema: Any, tables: Mapping[str, Table]) -> Iterator[str]:
    unique = [[f.name] for f in schema.fields if f.constraints.get("unique")]
    for columns in filter(None, [schema.primary_key, *unique]):
        yield from twice(table, columns)
    for key in schema.foreign_keys:
        columns, other = key["fields"], tables.get(key["reference"]["resource"] or table.name)
        if other is None or any(column not in other.columns for column in key["reference"]["fields"]):
            yield f"{label}: resource {shown(table.name)}: a foreign key leads to no column of the package"
            continue
        known = dict.fromkeys(_cells(other, key["reference"]["fields"]))
        for row, cells in enumerate(_cells(table, columns)):
            if any(cells) and cells not in known:
                found = ", ".join(cells)
                hint = suggestion(found, map(", ".join, known)) or "; add it there or correct it"
                yield f"{table.at(row, *columns)}: {shown(found)} is not in {other.name}.csv{hint}"


def twice(table: Table, columns: Sequence[str]) -> Iterator[str]:
    """A line for each row whose cells in these columns stand in an earlier row already."""
    first: dict[tuple[str, ...], int] = {}
    for row, cells in enumerate(_cells(table, columns)):
        before = first.setdefault(cells, row)
        if before != row:
            found = shown(", ".join(cells))
            yield (
                f"{table.at(row, *columns)}: {found} stands in row {table.lines[before]} already; "
                "give each row its own"
            )


def _cells(table: Table, columns: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in table.rows]


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


def _cell_message(table: Table, column: str, cell: str, notes: Mapping[str, str]) -> str:
    """What is wrong with a cell, from the names of the constraints that it breaks."""
    spec = table.fields[column]
    constraints = spec.get("constraints", {})
    if cell == "":
        return f"empty; expected {_described(spec)}"
    if "type" in notes:
        kinds = {"date": "a date such as 2024-01-26", "integer": "a whole number", "boolean": "true or false"}
        return f"{shown(cell)} is not {kinds.get(spec['type'], 'a number')}"
    if "enum" in notes:
        known = constraints["enum"]
        hint = suggestion(cell, known) or f"; expected one of {', '.join(known)}"
        return f"{shown(cell)} is no {column}{hint}"
    if "pattern" in notes:
        return f"{shown(cell)} does not fit; expected {_described(spec)} ({_pattern_words(column)})"
    broken = ", ".join(f"{name} {constraints[name]}" for name in notes)
    return f"{shown(cell)} does not fit ({broken}); expected {_described(spec)}"


def _described(spec: Mapping[str, Any]) -> str:
    text = str(spec.get("description", spec["name"]))
    return text[:1].lower() + text[1:]


def _pattern_words(column: str) -> str:
    if column in ("value", "value_to", "base"):
        return "digits and at most one point: no thousands separator, sign, exponent or unit"
    if column == "id":
        return "small letters, digits and underscores, a letter first"
    return "see its pattern in datapackage.json"
