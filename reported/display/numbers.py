"""Numbers in words with their units, as sentences, tables and citations print them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reported.figures.units import Unit
from reported.intervals import wording
from reported.prose.units import is_currency, sign

if TYPE_CHECKING:
    from reported.figures.expressions import Operand
    from reported.figures.figure import Figure

NO_NUMBERS = ("refused", "any number", wording.MISSING)
"""Words that replace a number, without a unit."""
_NUMBER = re.compile(r"(?<![\w.,−])(−?)(?=\d)")
_ONE = re.compile(r"(?<![\w.,])(?:1|one)")


def with_unit(words: str, unit: Unit | str) -> str:
    """Return a number in words with its unit after it or its currency's sign before it; no unit without a number.

    >>> with_unit("about 1", Unit.of("minute")), with_unit("at least 4.5", Unit.of("square kilometre"))
    ('about 1 minute', 'at least 4.5 square kilometres')
    >>> with_unit("570 million to 1.2 billion", Unit.of("GBP")), with_unit("−5", "GBP per day")
    ('£570 million to £1.2 billion', '−£5 per day')
    >>> with_unit("refused", Unit.of("person")), with_unit("45%", Unit.of("percent"))
    ('refused', '45%')
    """
    if words in NO_NUMBERS or (isinstance(unit, Unit) and unit.is_fraction):
        return words
    name = unit if isinstance(unit, str) else unit.name(plural=_ONE.fullmatch(words.split(" ")[-1]) is None)
    money, per, rest = name.partition(" per ")
    if is_currency(money):
        return _NUMBER.sub(rf"\1{sign(money)}", words) + per + rest
    return f"{words} {name}".rstrip()


def answered(operand: Operand, reading: str = "typical") -> str:
    """Return the bounds of a figure or result under a reading, with their unit."""
    return with_unit(operand.says(reading), operand.unit)


def stated(figure: Figure, words: str = "") -> str:
    """Return a figure's words, or the given ones, with the unit unless they or the label say what is counted.

    "15 minutes", but "77" where the label is "People saved".
    """
    words = words or figure.said
    unit = figure.quantity.unit
    says_so = (
        figure.hedge
        or unit in ("person", "ratio")
        or any(wording.has_words(figure.label, name) for name in (unit, figure.unit.name()))
    )
    return words if says_so and not is_currency(unit) else with_unit(words, figure.unit)


def label(figure: Figure) -> str:
    """Return what a figure's own words count.

    In a count by name, "50" is the number identified, and "at least 50" a floor of the killed, counted by name.
    """
    if figure.floor_of and figure.qualifier in _FLOORS:
        return f"{figure.label}, counted by name"
    return figure.quantity.label


_FLOORS = ("at least", "more than")
