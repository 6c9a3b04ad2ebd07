"""Exact arithmetic on two ends: rational numbers, or infinite where an end is open.

Expressions are computed and orders decided on exact ends. They are rounded, outward, only where they become
`Bounds`: no float64 is 40 %, and 40 % must not be more than 40 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Any, TypeAlias

from reported.intervals.bounds import Bounds

End: TypeAlias = int | Fraction | float
"""A rational number; a float only where it is infinite."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `lower` to `upper`, both included where they are finite.

    >>> Interval(1, 2) / Interval(3, 3)
    Interval(lower=Fraction(1, 3), upper=Fraction(2, 3))
    """

    lower: End
    upper: End

    @classmethod
    def of(cls, bounds: Bounds) -> Interval:
        """The ends of bounds."""
        return cls(_end(bounds.lower), _end(bounds.upper))

    @property
    def bounds(self) -> Bounds:
        """The tightest bounds that hold it."""
        return Bounds(self.lower, self.upper)

    @property
    def is_exact(self) -> bool:
        """Whether it is a single number."""
        return self.lower == self.upper

    @property
    def is_unbounded(self) -> bool:
        """Whether an end is infinite."""
        return isinstance(self.lower, float) or isinstance(self.upper, float)

    def times(self, factor: Fraction) -> Interval:
        """Each member times a factor above zero."""
        return self if factor == 1 else Interval(_product(self.lower, factor), _product(self.upper, factor))

    def __neg__(self) -> Interval:
        return Interval(-self.upper, -self.lower)

    def __abs__(self) -> Interval:
        return Interval(max(self.lower, -self.upper, 0), max(-self.lower, self.upper))

    def __add__(self, other: Interval) -> Interval:
        return Interval(_sum(self.lower, other.lower), _sum(self.upper, other.upper))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        return _spanning(_product(x, y) for x in (self.lower, self.upper) for y in (other.lower, other.upper))

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where the divisor may be zero."""
        if other.lower <= 0 <= other.upper:
            raise ZeroDivisionError(f"the divisor may be zero: {other.bounds}")
        return _spanning(
            _quotient(x, y) for x in (self.lower, self.upper) for y in (other.lower, other.upper)
        )


def rational(value: Real | Decimal) -> int | Fraction:
    """A number as it is written: 0.1 is a tenth. Raises ValueError for what is infinite or not a number.

    >>> rational(0.1), rational(Decimal("2.50"))
    (Fraction(1, 10), Fraction(5, 2))
    """
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number to compute with")
    return Fraction(str(value))


def _end(value: float) -> End:
    return value if math.isinf(value) else int(value) if value.is_integer() else Fraction(value)


def _spanning(ends: Iterable[Any]) -> Interval:
    every = list(ends)
    return Interval(min(every), max(every))


def _sum(x: End, y: End) -> End:
    return x if isinstance(x, float) else y if isinstance(y, float) else x + y


def _product(x: End, y: End) -> End:
    """Zero times an infinite end is zero: every member beside that end is a number."""
    if not x or not y:
        return 0
    if isinstance(x, float) or isinstance(y, float):
        return math.inf if (x > 0) == (y > 0) else -math.inf
    return x * y


def _quotient(x: End, y: End) -> End:
    """An infinite divisor gives zero, under an infinite end too: the other corners have the infinity."""
    if isinstance(y, float):
        return 0
    if isinstance(x, float):
        return x if y > 0 else -x
    return Fraction(x) / y
