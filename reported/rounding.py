"""Directed rounding of float64: the greatest float below an exact result, the least above it.

For arithmetic that must enclose the truth. No intervals here, and no guessing by one unit in the last
place: a result that a float can hold comes back as it is.
"""

import math
from decimal import Decimal
from fractions import Fraction
from typing import SupportsFloat

Exact = Fraction | float
"""A rational number, or an infinity."""


def exact(number: SupportsFloat) -> Exact:
    """The value of a Python or numpy number without any rounding; infinities and NaN stay floats.

    >>> exact(0.5), exact(2**60 + 1)
    (Fraction(1, 2), Fraction(1152921504606846977, 1))
    """
    if isinstance(number, int | Fraction):
        return Fraction(number)
    if hasattr(number, "__index__"):  # numpy's integers
        return Fraction(number.__index__())
    if isinstance(number, Decimal):
        return Fraction(number) if number.is_finite() else float(number)
    value = float(number)
    return Fraction(value) if math.isfinite(value) else value


def down(value: Exact) -> float:
    """The greatest float64 that is not above `value`.

    >>> down(Fraction(1, 10)) < Fraction(1, 10) < up(Fraction(1, 10))
    True
    """
    near = _nearest(value)
    return math.nextafter(near, -math.inf) if near > value else near


def up(value: Exact) -> float:
    """The least float64 that is not below `value`."""
    near = _nearest(value)
    return math.nextafter(near, math.inf) if near < value else near


def _nearest(value: Exact) -> float:
    try:
        return float(value) + 0.0  # the sum turns −0.0 into 0.0
    except OverflowError:
        return math.inf if value > 0 else -math.inf
