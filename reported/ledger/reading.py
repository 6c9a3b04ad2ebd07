"""Value and qualifier to bounds, under a named reading.

Knows the rules (rows of data/readings.csv) and the arithmetic of applying one; it knows no figures and
reads no files.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reported.intervals.bounds import Bounds

FACE_VALUE = "face value"
TYPICAL = "typical"
CAUTIOUS = "cautious"
READINGS = (FACE_VALUE, TYPICAL, CAUTIOUS)
"""From the least careful to the most; each of the last two contains the one before it."""


class ReadingError(ValueError):
    """A value that a rule cannot turn into bounds. The text says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a rule: `factor` times the number, at least `units` away from it.

    `factor` None means that the rule gives no bounds; `Decimal("Infinity")` that there is no end.
    """

    factor: Decimal | None
    closed: bool = True
    units: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """How one reading takes one qualifier (a row of data/readings.csv).

    `base` is the number that bare words stand for ("dozens": 12); None where digits are expected.
    `counts_only`: the least distances `units` hold for counts and not for measures.
    """

    qualifier: str
    lower: End
    upper: End
    base: Decimal | None = None
    counts_only: bool = False

    def bounds(self, value: Decimal | None, value_to: Decimal | None, *, whole: bool) -> Bounds | None:
        """Bounds of a figure, or None where the rule gives none (no digits were reported).

        `value_to` is the second number of a range. `whole` says that only whole units exist: the ends are
        then tightened inward to whole numbers, an excluded end moves by one, and nothing falls below zero.
        For a measure an excluded end is kept, which is the wider and so the safe choice.

        Raises ReadingError where no number at all is left between the ends.

        >>> at_least = Rule("at least", End(Decimal(1)), End(Decimal("Infinity")))
        >>> str(at_least.bounds(Decimal(42284), None, whole=True))
        '[42284, inf]'
        """
        number = value if value is not None else self.base
        if number is None or self.lower.factor is None or self.upper.factor is None:
            return None
        last = value_to if value_to is not None else number
        least = self._end(self.lower, number, -1, whole)
        most = self._end(self.upper, last, +1, whole)
        lower = _whole_lower(least, self.lower.closed) if whole else least
        upper = _whole_upper(most, self.upper.closed) if whole else most
        if lower is not None and upper is not None and lower > upper:
            kind = "whole number" if whole else "number"
            raise ReadingError(f'no {kind} is "{self.qualifier}" {number}')
        return Bounds(-math.inf if lower is None else lower, math.inf if upper is None else upper)

    def _end(self, end: End, number: Decimal, sign: int, whole: bool) -> Fraction | None:
        """The end as an exact number; None where there is no end."""
        if end.factor is None or end.factor.is_infinite():
            return None
        exact = Fraction(end.factor) * Fraction(number)
        if end.units and (whole or not self.counts_only):
            moved = Fraction(number) + sign * end.units
            exact = min(exact, moved) if sign < 0 else max(exact, moved)
        return exact


class Reading(Mapping[str, Rule]):
    """A named set of rules, one a qualifier."""

    def __init__(self, name: str, rules: Iterable[Rule]) -> None:
        self.name = name
        self._rules = {rule.qualifier: rule for rule in rules}

    def __getitem__(self, qualifier: str) -> Rule:
        return self._rules[qualifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __repr__(self) -> str:
        return f"Reading({self.name!r}, {len(self)} rules)"


def _whole_lower(end: Fraction | None, closed: bool) -> Fraction:
    if end is None:
        return Fraction(0)
    return Fraction(max(0, math.ceil(end) if closed or end.denominator != 1 else end.numerator + 1))


def _whole_upper(end: Fraction | None, closed: bool) -> Fraction | None:
    if end is None:
        return None
    return Fraction(math.floor(end) if closed or end.denominator != 1 else end.numerator - 1)
