"""One number phrase as bounds, without a ledger. Columns of them are in `reported.columns`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from reported.ledger.files import quoted
from reported.ledger.package import shipped_readings
from reported.ledger.readings import ReadingError, as_bounds, ends
from reported.ledger.records import READINGS, Rule
from reported.prose import find, parse

if TYPE_CHECKING:
    from reported.intervals import Bounds


def read(words: str, *, whole: bool = False) -> tuple[dict[str, Bounds | None], bool]:
    """One phrase as bounds under each reading, None where there are no digits to read; and whether it is a percentage.

    `whole` says that only whole units exist. Raises ValueError where there is no number, or more than one, or a hedge.

    >>> read("at least 50")[0]["typical"]
    Bounds(50, inf)
    """
    found = {
        reading: _read(words, rules, whole)
        for reading, rules in shipped_readings().items()
        if reading in READINGS
    }
    if all(bounds is None for bounds, _ in found.values()):
        raise ValueError(f"{quoted(words)} holds no number that can be read")
    return {reading: bounds for reading, (bounds, _) in found.items()}, any(p for _, p in found.values())


def _read(words: str, rules: Mapping[str, Rule], whole: bool) -> tuple[Bounds | None, bool]:
    """The bounds of the one number in a phrase, None where it has none; and whether it is a percentage."""
    if not any(phrase.is_quantity for phrase in find(words)):
        return None, False
    phrase = parse(words)
    percent = phrase.kind == "percent"
    for number in (phrase.value, phrase.value_to):
        if whole and isinstance(number, Decimal) and number != number.to_integral_value():
            raise ReadingError(f"{quoted(words)} is not a whole number; say whole=False if parts may be")
    if phrase.standing == "possible":
        raise ReadingError(f"{quoted(words)} is hedged and commits the speaker to nothing")
    signed = phrase.value is not None and phrase.value < 0
    rule = rules[phrase.qualifier]
    return as_bounds(ends(rule, phrase.value, phrase.value_to, whole=whole, signed=signed)), percent
