"""What the code relies on in a ledger's tables: their columns, the words and keys in their cells.

The schema says most of it as well; held here too, so that a schema that was loosened does not loosen the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reported import prose
from reported.ledger.package import Table, shown, stop, suggestion, twice
from reported.ledger.reading import READINGS
from reported.ledger.records import SIDES

_COLUMNS = {
    "sources": "id publisher title published:date language credits sha256",
    "claimants": "id name local_name role side",
    "quantities": "id topic label unit kind whole:boolean population period_start:date period_basis",
    "figures": "id quantity qualifier value value_to claimant relayed_by stated_on:date as_of:date as_of_basis "
    "evidence little_disclosed:integer source paragraph:integer words note",
    "responses": "id figure responder response in_our_words source paragraph:integer",
    "relations": "id subject relation object in_our_words hedge source paragraph:integer",
    "set_aside": "id source paragraph:integer words kind reason",
    "readings": "id reading qualifier base lower_factor lower_end lower_units:integer upper_factor upper_end "
    "upper_units:integer units_apply_to ground coverage_thousands:number answers_thousands:integer "
    "coverage_tens:number answers_tens:integer coverage_ones:number answers_ones:integer",
    "comparisons": "id topic question statement formula scale:integer decimals:integer measure note",
}
_REQUIRED = {
    "sources": "id publisher published",
    "claimants": "id name side",
    "quantities": "id topic label unit kind whole",
    "figures": "id quantity qualifier claimant as_of_basis evidence source paragraph words",
    "responses": "id figure responder response source paragraph",
    "relations": "id subject relation object source paragraph",
    "set_aside": "id source paragraph words kind reason",
    "readings": "id reading qualifier",
    "comparisons": "id topic question formula",
}
_ENUMS: dict[tuple[str, str], tuple[str, ...]] = {
    ("claimants", "side"): SIDES,
    ("figures", "qualifier"): prose.NUMBERED + prose.WORD_ONLY,
    ("readings", "qualifier"): prose.NUMBERED + prose.WORD_ONLY,
    ("readings", "reading"): READINGS,
    ("readings", "lower_end"): ("closed", "open"),
    ("readings", "upper_end"): ("closed", "open"),
    ("readings", "units_apply_to"): ("all", "counts"),
    ("figures", "evidence"): ("identified by name", "none reported", "stated to be without evidence"),
    ("figures", "as_of_basis"): ("given", "statement date", "article date", "not given"),
    ("responses", "response"): ("not confirmed", "disputed"),
    ("relations", "relation"): ("restates", "refines", "probably the same statement as", "unrelated to"),
    ("quantities", "kind"): ("stock", "cumulative", "event", "length", "duration", "ratio", "amount"),
    ("quantities", "period_basis"): ("given", "derived"),
}
_KEYS = {
    "figures": {
        "quantity": "quantities",
        "claimant": "claimants",
        "relayed_by": "claimants",
        "source": "sources",
    },
    "responses": {"figure": "figures", "responder": "claimants", "source": "sources"},
    "relations": {"source": "sources"},
    "set_aside": {"source": "sources"},
}
_DIGITS = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
_FACTOR = re.compile(r"inf|(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
_WRITTEN: dict[str, tuple[re.Pattern[str], str]] = {
    "id": (re.compile(r"[a-z][a-z0-9_-]*"), "small letters, digits and underscores, a letter first"),
    "unit": (re.compile(r"[a-z][a-z_]*"), "small letters and underscores"),
    "value": (_DIGITS, "plain digits and at most one point, no needless zero in front"),
    "value_to": (_DIGITS, "plain digits and at most one point, no needless zero in front"),
    "base": (_DIGITS, "plain digits and at most one point, no needless zero in front"),
    "lower_factor": (_FACTOR, "digits and at most one point, or inf"),
    "upper_factor": (_FACTOR, "digits and at most one point, or inf"),
}
_RANGES = {
    "paragraph": (1, 100_000),
    "little_disclosed": (1, 100_000),
    "scale": (1, 10**9),
    "decimals": (0, 6),
    "lower_units": (0, 100),
    "upper_units": (0, 100),
}


def check_shape(folder: Path, tables: Mapping[str, Table]) -> None:
    """The schema may describe more than the code relies on, never less."""
    label = f"{folder.resolve().name}/datapackage.json"
    problems = [f"{label}: resource {name} is missing; add it" for name in _COLUMNS if name not in tables]
    stop(problems)
    for name, columns in _COLUMNS.items():
        for column in columns.split():
            column, _, kind = column.partition(":")
            found = tables[name].fields.get(column)
            place = f"{label}: resource {name}, field {column}"
            if found is None:
                problems.append(f"{place} is missing; add it")
            elif found["type"] != (kind or "string"):
                problems.append(f"{place}: type is {shown(found['type'])}, expected {kind or 'string'}")
    for (name, column), known in _ENUMS.items():
        declared = tables[name].fields.get(column, {}).get("constraints", {}).get("enum", [])
        extra = [word for word in declared if word not in known]
        problems += [
            f"{label}: resource {name}, field {column}: {shown(w)} is not known to the code" for w in extra
        ]
    stop(problems)
    stop([fault for name in _COLUMNS for fault in _content_faults(name, tables)])


def _content_faults(name: str, tables: Mapping[str, Table]) -> Iterator[str]:
    """What the schema says as well, held here too: a schema that was loosened must not loosen the ledger."""
    table = tables[name]
    yield from twice(table, ["id"])
    known = {other: {row["id"] for row in tables[other].rows} for other in _KEYS.get(name, {}).values()}
    for index, row in enumerate(table.rows):
        for column in _REQUIRED[name].split():
            if not row[column]:
                yield f"{table.at(index, column)}: empty; expected {table.fields[column].get('description', column)}"
        for column, cell in row.items():
            fault = _cell_fault(name, column, cell) if cell else None
            if fault:
                yield f"{table.at(index, column)}: {shown(cell)} {fault}"
        for column, other in _KEYS.get(name, {}).items():
            if row[column] and row[column] not in known[other]:
                yield f"{table.at(index, column)}: {shown(row[column])} is not in {other}.csv; add it there or correct it"


def _cell_fault(table: str, column: str, cell: str) -> str | None:
    words = _ENUMS.get((table, column))
    if words and cell not in words:
        return f"is no {column}" + (suggestion(cell, words) or f"; expected one of {', '.join(words)}")
    pattern, expected = _WRITTEN.get(column, (None, ""))
    if pattern and not pattern.fullmatch(cell):
        return f"does not fit; expected {expected}"
    if column in _RANGES:
        least, most = _RANGES[column]
        if not re.fullmatch("[0-9]{1,15}", cell) or not least <= int(cell) <= most:
            return f"is not a whole number from {least:,} to {most:,}"
    return None
