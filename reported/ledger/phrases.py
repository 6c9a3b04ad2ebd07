"""One number phrase as bounds, without a ledger. Columns of them are in `reported.columns`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reported.intervals.bounds import Bounds
from reported.ledger.faults import quoted
from reported.ledger.readings import ReadingError, as_fraction, nearly_inverse, on_scale
from reported.ledger.readings import read as bounds_of
from reported.ledger.records import POSSIBLE
from reported.ledger.rows import shipped_readings
from reported.ledger.rules import READINGS, Rule
from reported.prose import Phrase, find, parse


@dataclass(frozen=True)
class Read:
    """A phrase as read: bounds under each reading, in a unit of `prose.units`; `signed` if 0 is an end of its own."""

    bounds: Mapping[str, Bounds | None]
    unit: str
    signed: bool
    standing: str
    """What the number is said to be: forecast, target, feared; "" for what is reported as so."""
    unread: str = ""
    """The word behind a bare number, which is not read as its unit."""


def read(words: str, *, whole: bool = False) -> Read:
    """Read one phrase: its bounds under each reading, None if there are no digits, and its unit.

    `whole` says that only whole units exist. Raises ValueError if there is no number, or more than one, or a hedge.

    >>> read("at least 50 km").bounds["typical"], read("less than 1%").unit
    (Bounds(50, inf), 'percent')
    """
    __tracebackhide__ = True
    given = "zero" if words.strip().casefold() in _NOTHING else words
    if not any(phrase.is_quantity for phrase in find(given)):
        raise ValueError(f"{quoted(words)} holds no number that can be read")
    phrase = parse(given)
    if phrase.standing == POSSIBLE:
        raise ReadingError(f"{quoted(words)} is hedged and commits the speaker to nothing")
    if part := _PART_OF.search(given[: phrase.start]):
        text = f"{quoted(words)}: {phrase.text} is the whole, and {quoted(part[1])} of it are how many?"
        raise ReadingError(f"{text} Write the number of the part, or the whole alone")
    for number in (phrase.value, phrase.value_to):
        if whole and isinstance(number, Decimal) and number != number.to_integral_value():
            raise ReadingError(f"{quoted(words)} is not a whole number; say whole=False if parts may be")
    readings = shipped_readings()
    found = {name: read_phrase(phrase, readings[name][phrase.qualifier], whole=whole) for name in READINGS}
    falls = phrase.change < 0
    if falls:
        found = {name: None if bounds is None else -bounds for name, bounds in found.items()}
    signed = falls or phrase.qualifier == "between" or _may_be_negative(phrase)
    return Read(found, phrase.unit, signed, phrase.standing, _unread(phrase, given))


def _unread(phrase: Phrase, words: str) -> str:
    """The one word behind a bare number, if it is not read as its unit: g, fahrenheit; "" if there is none."""
    behind = re.fullmatch(r"\s?([^\W\d_]+)\s*", words[phrase.end :])
    return behind[1] if behind and phrase.kind == "count" and not phrase.unit else ""


_PART_OF = re.compile(
    r"(?i)\b(most|some|many|few|part|parts|much|any|each|every one|the rest|a few|a number|a majority) of "
    r"(?:the |its |their |his |her |our |those |these |all )*$"
)
"""What is said of a part, before the number of the whole: most of the 40 flats."""
_NOTHING = ("none", "nil", "nought", "naught", "nothing")
"""Words that are nought where nothing stands beside them."""


def _may_be_negative(phrase: Phrase) -> bool:
    """True if a number that is less than another may be below zero: "below 1 degree" may be -20."""
    return bool(phrase.value and phrase.value < 0) or phrase.unit.startswith("degree")


def is_nearly_inverse(phrase: Phrase) -> bool:
    """True if a phrase is a multiple below 1 that is nearly reached: nearly halved."""
    return (
        phrase.kind == "multiple" and phrase.qualifier == "nearly" and bool(phrase.value and phrase.value < 1)
    )


def read_phrase(phrase: Phrase, rule: Rule, *, whole: bool = False) -> Bounds | None:
    """Return the bounds of a phrase under one rule, in the unit of its words (percent: 45 for 45 %)."""
    is_fraction = phrase.kind == "fraction" and phrase.unit == "percent"
    numbers = (phrase.value, phrase.value_to)
    is_count = phrase.kind == "count" and all(n is None or n == n.to_integral_value() for n in numbers)
    is_count &= not re.search(r" per \d", phrase.unit)  # cases per 100,000 people are computed
    if is_nearly_inverse(phrase) and phrase.value:
        return nearly_inverse(rule, phrase.value)
    ends = (as_fraction(phrase.value), as_fraction(phrase.value_to)) if is_fraction else numbers
    return bounds_of(
        rule,
        *ends,
        whole=whole,
        signed=_may_be_negative(phrase),
        count=is_count,
        resolution=(phrase.resolution or Decimal(1)) if is_fraction else phrase.resolution,
        on_scale=on_scale(phrase.unit),
        most=100 if is_fraction else None,
    )
