"""Exact numbers, and float64 rounded outward: `down` and `up` round one number.

Columns are rounded by the processor, in `directed`. numpy is not needed here.
"""

import math
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Any, SupportsFloat, TypeAlias

Exact: TypeAlias = int | Fraction | float
"""A rational number or an infinity: Python compares the three with each other without rounding."""


def exact(number: SupportsFloat) -> Exact:
    """The value of a Python or numpy number without any rounding. Raises TypeError for what is no real number.

    >>> import numpy as np
    >>> exact(np.uint64(2**60 + 1)), exact(Decimal("0.1"))
    (1152921504606846977, Fraction(1, 10))
    """
    if isinstance(number, float):
        return float(number) + 0.0  # no numpy scalar, no −0.0
    if isinstance(number, int | Fraction) and not isinstance(number, bool):
        return number
    if isinstance(number, Integral) and not isinstance(number, bool):
        return int(number)
    if isinstance(number, Decimal):
        return Fraction(number) if number.is_finite() else float(number)
    if isinstance(number, Rational):
        return Fraction(int(number.numerator), int(number.denominator))
    if isinstance(number, Real):  # numpy's short and long floats
        finite: Any = number
        return Fraction(*finite.as_integer_ratio()) if math.isfinite(number) else float(number)
    raise TypeError(f"expected a real number, found {number!r}")


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
