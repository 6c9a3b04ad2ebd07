"""Interval arithmetic as a pandas type: numbers known only to lie between two ends.

`Bounds` is one such number, a column of dtype `"bounds"` holds many. Results enclose every value the
operands allow and are the tightest float64 can hold. Knows nothing of figures, units or qualifiers.

The model is that of IEEE 1788: closed sets of real numbers whose ends may be infinite, the infinities
being ends and never members. Order is three-valued, see `Bounds`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Number
from typing import Any, Self, TypeAlias

import numpy as np
import pandas as pd
from pandas.api.typing import NAType

from reported.rounding import Exact, down, exact, up

Real: TypeAlias = int | float | Fraction | Decimal | np.integer[Any] | np.floating[Any]
Verdict: TypeAlias = bool | NAType


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class Bounds:
    """All real numbers from `lower` to `upper`, both included; either end may be infinite.

    An end that float64 cannot hold, such as `Decimal("0.1")` or `2**53 + 1`, is moved outward to the
    next one that can. `Bounds(n)` is exactly `n`. ValueError for NaN, for ends in the wrong order, and
    for both ends at one infinity: no number lies there.

    Order asks about the numbers inside. `a > b` is True when every pair of them satisfies it, False when
    none does, `pd.NA` (undetermined) otherwise; `if` on an undetermined answer raises. `==` asks whether
    both are the same bounds; a plain number n equals exactly n.

    >>> Bounds(42284, math.inf) > 40000, Bounds(1, 2) > 3, Bounds(1, 3) > 2
    (True, False, <NA>)
    >>> 2 * Bounds(-1, 3) + 1
    Bounds(-1, 7)
    """

    lower: float
    upper: float

    def __init__(self, lower: Real, upper: Real | None = None) -> None:
        low, high = exact(lower), exact(lower if upper is None else upper)
        if low != low or high != high:
            raise ValueError(f"bounds need two numbers, found [{lower}, {upper}]")
        if low > high:
            raise ValueError(f"the lower end is above the upper end: [{lower}, {upper}]")
        if low == math.inf or high == -math.inf:
            raise ValueError(f"no number lies in [{lower}, {upper}]: an infinity is an end, not a member")
        object.__setattr__(self, "lower", down(low))
        object.__setattr__(self, "upper", up(high))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form, `"[42284, inf]"`, or a plain number; ValueError for anything else.

        >>> Bounds.parse("[42284, inf]"), Bounds.parse("65")
        (Bounds(42284, inf), Bounds(65, 65))
        """
        match = _TEXT.fullmatch(text)
        try:
            if match:
                return cls(float(match["lower"]), float(match["upper"]))
            return cls(float(text))
        except ValueError as error:
            raise ValueError(
                f'cannot read bounds from "{text}", expected "[lower, upper]": {error}'
            ) from None

    @property
    def width(self) -> float:
        """How far apart the ends are, rounded up; infinite when an end is."""
        return up(_exact_sum(self.upper, -self.lower))

    @property
    def midpoint(self) -> float | NAType:
        """The number halfway between the ends, `pd.NA` when an end is infinite: there is none."""
        return pd.NA if self.is_unbounded else float((Fraction(self.lower) + Fraction(self.upper)) / 2)

    @property
    def is_exact(self) -> bool:
        """Whether the bounds are a single number."""
        return self.lower == self.upper

    @property
    def is_unbounded(self) -> bool:
        """Whether an end is infinite."""
        return math.isinf(self.lower) or math.isinf(self.upper)

    def contains(self, other: Bounds | Real) -> bool:
        """Whether a number, or all of other bounds, lies inside. An infinity never does.

        >>> Bounds(1, math.inf).contains(7), Bounds(1, math.inf).contains(math.inf)
        (True, False)
        """
        if isinstance(other, Bounds):
            return self.lower <= other.lower and other.upper <= self.upper
        number = exact(other)
        return self.lower <= number <= self.upper and not isinstance(number, float)

    def __str__(self) -> str:
        return f"[{_end(self.lower)}, {_end(self.upper)}]"

    def __repr__(self) -> str:
        return f"Bounds({_end(self.lower)}, {_end(self.upper)})"

    def __bool__(self) -> bool:
        raise TypeError(f"{self} is neither true nor false; compare it with something")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Bounds):
            return self.lower == other.lower and self.upper == other.upper
        if _is_number(other):
            return self.lower == other and self.upper == other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.lower) if self.is_exact else hash((self.lower, self.upper))

    def __gt__(self, other: object) -> Verdict:
        return _ordered(self, other, lambda a, b: _verdict(a.lower > b.upper, a.upper <= b.lower))

    def __ge__(self, other: object) -> Verdict:
        return _ordered(self, other, lambda a, b: _verdict(a.lower >= b.upper, a.upper < b.lower))

    def __lt__(self, other: object) -> Verdict:
        return _ordered(self, other, lambda a, b: _verdict(a.upper < b.lower, a.lower >= b.upper))

    def __le__(self, other: object) -> Verdict:
        return _ordered(self, other, lambda a, b: _verdict(a.upper <= b.lower, a.lower > b.upper))

    def __neg__(self) -> Bounds:
        return Bounds(-self.upper, -self.lower)

    def __pos__(self) -> Bounds:
        return self

    def __abs__(self) -> Bounds:
        return Bounds(max(self.lower, -self.upper, 0.0), max(-self.lower, self.upper))

    def __add__(self, other: Any) -> Any:
        return _combined(self, other, _sum)

    def __radd__(self, other: Any) -> Any:
        return _combined(self, other, _sum)

    def __sub__(self, other: Any) -> Any:
        return _combined(self, other, lambda a, b: _sum(a, -b))

    def __rsub__(self, other: Any) -> Any:
        return _combined(self, other, lambda b, a: _sum(a, -b))

    def __mul__(self, other: Any) -> Any:
        return _combined(self, other, _product)

    def __rmul__(self, other: Any) -> Any:
        return _combined(self, other, _product)

    def __truediv__(self, other: Any) -> Any:
        return _combined(self, other, _quotient)

    def __rtruediv__(self, other: Any) -> Any:
        return _combined(self, other, lambda b, a: _quotient(a, b))


def hull(first: Bounds, *others: Bounds) -> Bounds:
    """The narrowest bounds that hold all of the given ones."""
    every = (first, *others)
    return Bounds(min(b.lower for b in every), max(b.upper for b in every))


def compatible(first: Bounds, *others: Bounds) -> bool:
    """Whether at least one number lies in all of the given bounds."""
    every = (first, *others)
    return max(b.lower for b in every) <= min(b.upper for b in every)


def intersection(first: Bounds, *others: Bounds) -> Bounds | NAType:
    """The numbers that all of the given bounds share, `pd.NA` when they share none."""
    every = (first, *others)
    if not compatible(*every):
        return pd.NA
    return Bounds(max(b.lower for b in every), min(b.upper for b in every))


_TEXT = re.compile(r"\s*\[\s*(?P<lower>[^,\s]+)\s*,\s*(?P<upper>[^,\s]+)\s*\]\s*")
_LARGEST_PLAIN = 2**53  # whole numbers up to here are all float64, and printed digit by digit


def _end(value: float) -> str:
    return str(int(value)) if abs(value) <= _LARGEST_PLAIN and value.is_integer() else repr(value)


def _is_number(value: object) -> bool:
    return isinstance(value, Number | np.number) and not isinstance(
        value, bool | complex | np.complexfloating
    )


def _ordered(a: Bounds, other: object, verdict: Callable[[Bounds, Bounds], Verdict]) -> Verdict:
    return _combined(a, other, verdict)  # type: ignore[no-any-return]


def _combined(a: Bounds, other: Any, operation: Callable[[Bounds, Bounds], Any]) -> Any:
    """`operation` on two bounds, a plain number being exact bounds; NA where one of them is missing."""
    if isinstance(other, Bounds):
        return operation(a, other)
    if other is pd.NA or other is None:
        return pd.NA
    if _is_number(other):
        return pd.NA if other != other else operation(a, Bounds(other))
    return NotImplemented


def _verdict(always: bool, never: bool) -> Verdict:
    return True if always else False if never else pd.NA


def _sum(a: Bounds, b: Bounds) -> Bounds:
    return Bounds(_exact_sum(a.lower, b.lower), _exact_sum(a.upper, b.upper))


def _product(a: Bounds, b: Bounds) -> Bounds:
    corners = [_exact_product(x, y) for x in (a.lower, a.upper) for y in (b.lower, b.upper)]
    return Bounds(min(corners), max(corners))


def _quotient(a: Bounds, b: Bounds) -> Bounds:
    if b.contains(0):
        raise ZeroDivisionError(f"cannot divide {a} by {b}: the divisor may be zero")
    corners = [_exact_quotient(x, y) for x in (a.lower, a.upper) for y in (b.lower, b.upper)]
    return Bounds(min(corners), max(corners))


def _exact_sum(x: float, y: float) -> Exact:
    return x + y if math.isinf(x) or math.isinf(y) else Fraction(x) + Fraction(y)


def _exact_product(x: float, y: float) -> Exact:
    """Zero times an infinite end is zero: the infinity is no member, and zero times any member is zero."""
    if x == 0 or y == 0:
        return 0.0
    return x * y if math.isinf(x) or math.isinf(y) else Fraction(x) * Fraction(y)


def _exact_quotient(x: float, y: float) -> Exact:
    """What members near the ends come to; y is not zero. Members near two infinite ends reach any ratio
    of their sign, of which zero is the one that the other corners of the quotient do not."""
    if math.isinf(y):
        return 0.0
    return x / y if math.isinf(x) else Fraction(x) / Fraction(y)
