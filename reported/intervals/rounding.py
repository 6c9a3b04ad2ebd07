"""Directed rounding of float64: the greatest float below an exact result, the least above it.

For arithmetic that must enclose the truth: `down` and `up` round one exact number, `rounded_down` and
`rounded_up` run numpy operations on whole columns with the processor rounding that way. A result that a
float can hold comes back as it is; nothing is nudged by one unit in the last place to be safe.
"""

import ctypes
import math
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any, NamedTuple, ParamSpec, SupportsFloat, TypeAlias, TypeVar

import numpy as np

Exact: TypeAlias = int | Fraction | float
"""A rational number or an infinity: Python compares the three with each other without rounding."""

P = ParamSpec("P")
T = TypeVar("T")


def exact(number: SupportsFloat) -> Exact:
    """The value of a Python or numpy number without any rounding.

    >>> exact(np.uint64(2**60 + 1)), exact(Decimal("0.1"))
    (1152921504606846977, Fraction(1, 10))
    """
    if isinstance(number, int | float | Fraction):
        return number
    if isinstance(number, np.integer):
        return int(number)
    if isinstance(number, Decimal | np.floating) and math.isfinite(number):
        return Fraction(*number.as_integer_ratio())
    return float(number)


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


def rounded_down(function: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
    """`function(*arguments, **keywords)` with every float64 operation in it rounded toward −∞.

    Meant for numpy's `+ − × ÷` and sums, which the processor rounds; not for what a library computes by
    approximation (powers, logarithms). Overflow and division by zero are results here, not warnings.

    >>> x = np.array([0.1])
    >>> rounded_down(np.add, x, 0.2) < rounded_up(np.add, x, 0.2)
    array([ True])
    """
    return _rounded(_processor().down, function, *arguments, **keywords)


def rounded_up(function: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
    """`function(*arguments, **keywords)` with every float64 operation in it rounded toward +∞."""
    return _rounded(_processor().up, function, *arguments, **keywords)


class _Processor(NamedTuple):
    """The C library's way to the rounding direction of this thread, and what it calls ours."""

    direction: Callable[[], int]
    set_direction: Callable[[int], int]
    down: int
    up: int


# What <fenv.h> calls downward and upward: x86, ARM, Windows, RISC-V, POWER.
_DIRECTIONS = (0x400, 0x800), (0x800000, 0x400000), (0x100, 0x200), (2, 3), (3, 2)


@cache
def _processor() -> _Processor:
    """The pair of directions that proves itself on this machine, numpy build and C library.

    RuntimeError when none does: better no column than one that might not hold the truth.
    """
    library: Any = ctypes.PyDLL("ucrtbase" if sys.platform == "win32" else None)
    for down_name, up_name in _DIRECTIONS:
        processor = _Processor(library.fegetround, library.fesetround, down_name, up_name)
        if _keeps_its_word(processor):
            return processor
    raise RuntimeError("this platform does not let the rounding of float64 be directed (C's fesetround)")


_TRIALS = tuple(product((1.0, -3.0, 0.1, -1e300, 7e-310, 5e-324, 1.7e308), repeat=2))


def _keeps_its_word(processor: _Processor) -> bool:
    """Whether numpy's operations, vectorised and not, come out as exact arithmetic says."""
    left, right = np.array(_TRIALS).T.copy()
    operations = {np.add: Fraction.__add__, np.multiply: Fraction.__mul__, np.divide: Fraction.__truediv__}
    for direction, rule in ((processor.down, down), (processor.up, up)):
        for operation, true in operations.items():
            expected = [rule(true(Fraction(x), Fraction(y))) for x, y in _TRIALS]
            try:
                found = _rounded_by(processor, direction, operation, left, right)
            except OSError:
                return False
            if found.tolist() != expected:
                return False
    return True


def _rounded(direction: int, function: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
    return _rounded_by(_processor(), direction, function, *arguments, **keywords)


def _rounded_by(
    processor: _Processor, direction: int, function: Callable[P, T], *arguments: P.args, **keywords: P.kwargs
) -> T:
    before = processor.direction()
    try:
        if processor.set_direction(direction):
            raise OSError(f"the C library knows no rounding direction {direction:#x}")
        with np.errstate(all="ignore"):
            return function(*arguments, **keywords)
    finally:
        processor.set_direction(before)
