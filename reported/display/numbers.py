"""Numbers in words with their units, as sentences, tables and citations print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reported.intervals import wording
from reported.intervals.units import with_unit
from reported.prose import FLOORS
from reported.prose.units import is_currency

if TYPE_CHECKING:
    from reported.figures.expressions import Operand
    from reported.figures.figure import Figure


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
    if figure.floor_of and figure.qualifier in FLOORS:
        return f"{figure.label}, counted by name"
    return figure.quantity.label
