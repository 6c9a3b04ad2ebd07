"""Declaration of a table's columns, and all that is derived from it.

A table is a frozen dataclass whose fields are made by `column`. What its cells must look like, what they become,
the schema in datapackage.json and the column guide in the docs are all read off these fields.
"""

from __future__ import annotations

import dataclasses
import keyword
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar, dataclass_transform

from reported.ledger.dates import PATTERN as DATE
from reported.ledger.dates import PartialDate

T = TypeVar("T")


@dataclass(frozen=True)
class Kind:
    """A way to write a cell: the pattern that it must match, the pattern in words, and the parsed value."""

    pattern: str
    expected: str
    parse: Callable[[str], Any] = str
    type: str = "string"  # of the Table Schema standard
    dtype: str = "str"  # of pandas


_NUMBER = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,18})?"
_POSITIVE = r"(?!0(?:\.0*)?$)" + _NUMBER
_WORD = "[a-zà-öø-ÿ][a-z0-9à-öø-ÿ'’-]*"
_SINGLE_UNIT = f"(?:[A-Z]{{3}}|{_WORD}(?: {_WORD})*)"
_PLAIN = "plain digits and at most one point: no thousands separator, exponent or unit"


def _identifier(cell: str) -> str:
    if keyword.iskeyword(cell):
        raise ValueError("is a word of the Python language; choose another id")
    return cell


def _precision(cell: str) -> Decimal | str:
    return cell if cell == "exact" else Decimal(cell)


def _window(cell: str) -> str:
    if cell.startswith("since "):
        PartialDate(cell.removeprefix("since "))
    return cell


TEXT = Kind("", "text")
ID = Kind("[a-z][a-z0-9_]{0,79}", "small letters, digits and underscores, a letter first", _identifier)
NUMBER = Kind(f"-?{_NUMBER}", _PLAIN, Decimal, "number", "Float64")
FACTOR = Kind(f"inf|{_NUMBER}", "digits and at most one point, or inf", Decimal, "number", "Float64")
SHARE = Kind("0(?:[.][0-9]{1,9})?|1", "a share from 0 to 1", Decimal, "number", "Float64")
COUNT = Kind("0|[1-9][0-9]{0,5}", "a whole number up to 999999", int, "integer", "Int64")
ORDINAL = Kind("[1-9][0-9]{0,4}", "a whole number from 1 to 99999", int, "integer", "Int64")
YES_NO = Kind("yes|no", "yes or no", "yes".__eq__, "boolean", "boolean")
PARTIAL_DATE = Kind(DATE, "a date such as 2024-01-26, 2024-01 or 2024", PartialDate)
WORDS = Kind("[^ ]+(?: [^ ]+){0,5}", "at most six words: qualifier, number and noun")
PRECISION = Kind(f"exact|{_POSITIVE}", "exact, or a number above 0 such as 1000 or 0.1", _precision)
WINDOW = Kind(
    f"[1-9][0-9]{{0,3}} (?:minute|hour|day|week|month|year|decade)|since {DATE}",
    "7 day, 1 week, 12 month, or since 2024-05",
    _window,
)
UNIT = Kind(
    f"{_SINGLE_UNIT}(?: per (?:[1-9][0-9]* )?{_SINGLE_UNIT})*",
    "words in the singular (square kilometre), a currency's ISO 4217 code (EUR), or one per another "
    "(person per day)",
)
COLOUR = Kind("#[0-9A-Fa-f]{6}", "# and six hexadecimal digits, such as #0072B2")
LANGUAGE = Kind("[a-z]{2,3}(?:-[A-Za-z0-9]+)*", "a BCP 47 tag such as en or pt-BR")
LINK = Kind(r"https?://[!-~]+", "an address that begins with https:// or http://")
CHECKSUM = Kind("[0-9a-f]{64}", "64 hexadecimal digits")


@dataclass(frozen=True)
class Column:
    """The declaration of a column. `to`: the table whose ids its cells are; `choices`: the only values it may hold."""

    name: str
    kind: Kind
    description: str
    example: str
    required: bool
    choices: tuple[str, ...]
    to: str
    more: str = ""
    """The setting of datapackage.json by which a project declares further choices."""
    when_empty: str = ""
    """The meaning of an empty cell of text."""
    attribute: str = ""
    """The name of the field in its record."""

    @property
    def empty(self) -> str | None:
        """The value of an empty cell."""
        if self.when_empty or self.kind is PRECISION:
            return self.when_empty or None
        return None if self.to or self.kind.type != "string" or self.kind is PARTIAL_DATE else ""

    @property
    def allowed(self) -> str:
        """The values that a cell may hold, in words."""
        if self.to:
            return f"an id of {self.to}.csv"
        if not self.choices:
            return self.kind.expected
        more = f"; further ones: “{self.more}” in datapackage.json" if self.more else ""
        return f"one of {', '.join(self.choices)}{more}"

    @property
    def field(self) -> dict[str, object]:
        """The column in the terms of the Table Schema standard."""
        constraints: dict[str, object] = {"required": True} if self.required else {}
        if self.name == "id":
            constraints["unique"] = True
        if self.choices and not self.more:
            constraints["enum"] = list(self.choices)
        elif self.kind.pattern and self.kind.type == "string":
            constraints["pattern"] = self.kind.pattern
        field: dict[str, object] = {
            "name": self.name,
            "type": self.kind.type,
            "description": self.description,
        }
        if self.kind is YES_NO:
            field |= {"trueValues": ["yes"], "falseValues": ["no"]}
        if self.example:
            field["example"] = self.example
        return field | ({"constraints": constraints} if constraints else {})


def column(
    description: str,
    example: str = "",
    kind: Kind = TEXT,
    *,
    choices: tuple[str, ...] = (),
    to: str = "",
    more: str = "",
    when_empty: str = "",
    required: bool = False,
    name: str = "",
) -> Any:
    """A field of a record that is a column of its table, of the field's name unless `name` says another, and may be
    empty.
    """
    column = Column(name, ID if to else kind, description, example, required, choices, to, more, when_empty)
    return dataclasses.field(metadata={"column": column})


def needed(
    description: str,
    example: str,
    kind: Kind = TEXT,
    *,
    choices: tuple[str, ...] = (),
    to: str = "",
    more: str = "",
) -> Any:
    """A field of a record that is a column of its table, and may not be empty."""
    return column(description, example, kind, choices=choices, to=to, more=more, required=True)


@dataclass_transform(frozen_default=True, field_specifiers=(column, needed, dataclasses.field))
def record(declaration: type[T]) -> type[T]:
    """A class decorator: the class is a table, frozen and hashable. A row is no text: comparing the two is a TypeError."""
    made = dataclass(frozen=True)(declaration)
    same = made.__eq__

    def equal(self: Any, other: object) -> Any:
        __tracebackhide__ = True
        if isinstance(other, str):
            row = f"the {type(self).__name__.lower()} {self.id}"
            raise TypeError(
                f"{row} is a row and never equals text: write .id == {other!r}, or compare its other columns"
            )
        return same(self, other)

    made.__eq__ = equal  # type: ignore[method-assign]
    return made


def columns(record: type) -> dict[str, Column]:
    """The columns that a record declares, by name, in the order of the file."""
    declared = [(field.name, field.metadata.get("column")) for field in dataclasses.fields(record)]
    return {
        column.name or name: dataclasses.replace(column, name=column.name or name, attribute=name)
        for name, column in declared
        if column is not None
    }
