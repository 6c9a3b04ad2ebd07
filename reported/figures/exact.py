"""Exact arithmetic on two ends: rational numbers, or infinite where an end is open.

Expressions are computed and orders decided on exact ends. They are rounded, outward, only where they become
`Bounds`: no float64 is 40 %, and 40 % must not be more than 40 %.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real

from reported.intervals.bounds import Bounds, ends, exact_product, exact_quotient, exact_sum
from reported.intervals.rounding import Exact


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `lower` to `upper`, both included; an end is a float only where it is infinite.

    >>> Interval(1, 2) / Interval(3, 3)
    Interval(lower=Fraction(1, 3), upper=Fraction(2, 3))
    """

    lower: Exact
    upper: Exact

    @classmethod
    def of(cls, bounds: Bounds) -> Interval:
        """The ends of bounds."""
        return cls(*ends(bounds))

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
        return (
            self
            if factor == 1
            else Interval(exact_product(self.lower, factor), exact_product(self.upper, factor))
        )

    def __neg__(self) -> Interval:
        return Interval(-self.upper, -self.lower)

    def __abs__(self) -> Interval:
        return Interval(max(self.lower, -self.upper, 0), max(-self.lower, self.upper))

    def __add__(self, other: Interval) -> Interval:
        return Interval(exact_sum(self.lower, other.lower), exact_sum(self.upper, other.upper))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        return self._spanning(other, exact_product)

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where the divisor may be zero."""
        if other.lower <= 0 <= other.upper:
            raise ZeroDivisionError(f"the divisor may be zero: {other.bounds}")
        return self._spanning(other, exact_quotient)

    def _spanning(self, other: Interval, operation: Callable[[Exact, Exact], Exact]) -> Interval:
        """From the least to the greatest of an operation on one end of each."""
        every = [operation(x, y) for x in (self.lower, self.upper) for y in (other.lower, other.upper)]
        return Interval(min(every), max(every))


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
        raise ValueError(f"{value} cannot be computed with; expected a finite number")
    return Fraction(str(value))
