"""One number phrase as bounds, without a ledger. Columns of them are in `reported.columns`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reported.intervals.bounds import Bounds
from reported.ledger.files import quoted
from reported.ledger.package import shipped_readings
from reported.ledger.readings import ReadingError
from reported.ledger.readings import read as bounds_of
from reported.ledger.records import POSSIBLE, READINGS, Rule
from reported.prose import Phrase, find, parse


@dataclass(frozen=True)
class Read:
    """What a phrase says: bounds under each reading, in a unit as in `prose.units`; `signed` where 0 is an end of its own."""

    bounds: Mapping[str, Bounds | None]
    unit: str
    signed: bool


def read(words: str, *, whole: bool = False) -> Read:
    """One phrase as bounds under each reading, None where there are no digits to read, and its unit.

    `whole` says that only whole units exist. Raises ValueError where there is no number, or more than one, or a hedge.

    >>> read("at least 50 km").bounds["typical"], read("less than 1%").unit
    (Bounds(50, inf), 'percent')
    """
    if not any(phrase.is_quantity for phrase in find(words)):
        raise ValueError(f"{quoted(words)} holds no number that can be read")
    phrase = parse(words)
    if phrase.standing == POSSIBLE:
        raise ReadingError(f"{quoted(words)} is hedged and commits the speaker to nothing")
    for number in (phrase.value, phrase.value_to):
        if whole and isinstance(number, Decimal) and number != number.to_integral_value():
            raise ReadingError(f"{quoted(words)} is not a whole number; say whole=False if parts may be")
    readings = shipped_readings()
    found = {name: read_phrase(phrase, readings[name][phrase.qualifier], whole=whole) for name in READINGS}
    return Read(found, phrase.unit, phrase.qualifier == "between" or bool(phrase.value and phrase.value < 0))


def read_phrase(phrase: Phrase, rule: Rule, *, whole: bool = False) -> Bounds | None:
    """A phrase of the reader's as bounds under one rule, in the unit of its words (percent: 45 for 45 %)."""
    is_fraction = phrase.kind == "fraction" and phrase.unit == "percent"
    numbers = (phrase.value, phrase.value_to)
    is_count = phrase.kind == "count" and all(n is None or n == n.to_integral_value() for n in numbers)
    return bounds_of(
        rule,
        phrase.value,
        phrase.value_to,
        whole=whole,
        signed=phrase.value is not None and phrase.value < 0,
        count=is_count,
        resolution=Decimal(1) if is_fraction else phrase.resolution,
        percent=phrase.unit == "percent",
        most=100 if is_fraction else None,
    )
