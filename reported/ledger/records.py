"""The ledger's records: what one row of each table is, typed.

Knows nothing of where rows come from, nor whether they make sense together.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, TypeVar

from reported.intervals import wording
from reported.intervals.bounds import Bounds
from reported.ledger.package import Table, shown, stop

T = TypeVar("T")
SIDES = ("Ukraine", "Russia", "independent", "unnamed")


@dataclass(frozen=True)
class Source:
    """An article."""

    id: str
    publisher: str
    title: str
    published: datetime.date
    language: str
    credits: str
    sha256: str


@dataclass(frozen=True)
class Claimant:
    """A speaker or institution, and whose side it is on."""

    id: str
    name: str
    local_name: str
    role: str
    side: str


@dataclass(frozen=True)
class Quantity:
    """What figures count (`whole`) or measure, in which unit, of which population, since when."""

    id: str
    topic: str
    label: str
    unit: str
    kind: str
    whole: bool
    population: str
    period_start: datetime.date | None
    period_basis: str


@dataclass(frozen=True)
class Response:
    """What somebody said to a figure without giving one, in our words."""

    id: str
    figure: str
    responder: Claimant
    response: str
    in_our_words: str
    source: str
    paragraph: int


@dataclass(frozen=True)
class Relation:
    """subject – relation – object, between figures or quantities."""

    id: str
    subject: str
    relation: str
    object: str
    in_our_words: str
    hedge: str
    source: str
    paragraph: int


@dataclass(frozen=True)
class Figure:
    """A number as somebody reported it.

    In an f-string a figure stands as what was said, linked to its row: `f"{figure}"` gives
    `[at least 42,284](#figure-ru_killed)`.
    """

    id: str
    quantity: Quantity
    qualifier: str
    value: Decimal | None
    value_to: Decimal | None
    claimant: Claimant
    relayed_by: Claimant | None
    stated_on: datetime.date | None
    as_of: datetime.date | None
    as_of_basis: str
    evidence: str
    little_disclosed: int | None
    source: Source
    paragraph: int
    words: str
    note: str
    bounds: Mapping[str, Bounds | None]
    responses: tuple[Response, ...]

    @property
    def said(self) -> str:
        """Qualifier and number, as a reader meets them: `at least 42,284`."""
        return wording.qualified(self.qualifier, self.value, self.value_to)

    @property
    def anchor(self) -> str:
        """Id of the figure's row in the table of figures."""
        return f"figure-{self.id}"

    def __format__(self, spec: str) -> str:
        if spec not in ("", "capital"):
            raise ValueError(f"a figure has no form {shown(spec)}; leave it out, or say capital")
        text = wording.capital(self.said) if spec else self.said
        return f"[{text}](#{self.anchor})"

    def __str__(self) -> str:
        return format(self)


def record(kind: type[T], cells: Mapping[str, Any]) -> T:
    """A record of that kind from cells by name; cells it has no field for are passed over."""
    return kind(**{f.name: cells[f.name] for f in fields(kind)})  # type: ignore[arg-type]


def typed(table: Table) -> list[dict[str, Any]]:
    """The table's rows with numbers, dates and truth values typed; an empty cell is None there, else ""."""
    problems: list[str] = []
    rows = []
    for index, row in enumerate(table.rows):
        typed: dict[str, Any] = {}
        for column, cell in row.items():
            try:
                typed[column] = _cell(cell, table.fields[column].get("type", "string"))
            except ValueError:
                kind = table.fields[column]["type"]
                problems.append(
                    f"{table.at(index, column)}: {shown(cell)} is not {_FORMS.get(kind, f'a {kind}')}"
                )
        rows.append(typed)
    stop(problems)
    return rows


_FORMS = {
    "integer": "a whole number in plain digits",
    "number": "a number in plain digits",
    "date": "a date such as 2024-01-26",
    "boolean": "true or false",
}


def _cell(cell: str, kind: str) -> Any:
    """The cell's value; ValueError for what is not written the one way that shows as it stands."""
    if kind == "string":
        return cell
    if cell == "":
        return None
    match kind:
        case "integer" if re.fullmatch(r"0|-?[1-9][0-9]{0,14}", cell):
            return int(cell)
        case "number" if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", cell):
            return float(cell)
        case "date" if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return datetime.date.fromisoformat(cell)
        case "boolean" if cell in ("true", "false"):
            return cell == "true"
    raise ValueError(cell)
