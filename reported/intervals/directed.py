"""Directed rounding of whole columns: numpy operations with the processor rounding one way.

A result that float64 can hold is returned unchanged: no safety margin is added.
"""

import ctypes
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any, NamedTuple, ParamSpec, TypeVar

import numpy as np

from reported.intervals.rounding import down, up

P = ParamSpec("P")
T = TypeVar("T")


def rounded_down(function: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
    """`function(*arguments, **keywords)` with every float64 operation in it rounded toward −∞.

    Use it for numpy's `+ − × ÷` and sums, which the processor rounds, and not for functions that a library
    approximates (powers, logarithms). Overflow and division by zero give infinities, without a warning.

    >>> x = np.array([0.1])
    >>> rounded_down(np.add, x, 0.2) < rounded_up(np.add, x, 0.2)
    array([ True])
    """
    return _rounded(_processor().down, function, *arguments, **keywords)


def rounded_up(function: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
    """`function(*arguments, **keywords)` with every float64 operation in it rounded toward +∞."""
    return _rounded(_processor().up, function, *arguments, **keywords)


class _Processor(NamedTuple):
    """The C library's functions for the rounding direction of this thread, and its codes for down and up."""

    direction: Callable[[], int]
    set_direction: Callable[[int], int]
    down: int
    up: int


# The codes for downward and upward in <fenv.h> on x86, ARM, Windows, RISC-V and POWER.
_DIRECTIONS = (0x400, 0x800), (0x800000, 0x400000), (0x100, 0x200), (2, 3), (3, 2)


@cache
def _processor() -> _Processor:
    """The codes that round correctly with this machine, numpy build and C library.

    Raises RuntimeError when none do, since a column might then exclude the exact result.
    """
    library: Any = ctypes.PyDLL("ucrtbase" if sys.platform == "win32" else None)
    for down_name, up_name in _DIRECTIONS:
        processor = _Processor(library.fegetround, library.fesetround, down_name, up_name)
        if _rounds_correctly(processor):
            return processor
    raise RuntimeError("this platform does not let the rounding of float64 be directed (C's fesetround)")


_TRIALS = tuple(product((1.0, -3.0, 0.1, -1e300, 7e-310, 5e-324, 1.7e308), repeat=2))


def _rounds_correctly(processor: _Processor) -> bool:
    """True if numpy's operations, vectorised and not, agree with exact arithmetic."""
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
            raise OSError(f"the C library has no rounding direction {direction:#x}")
        with np.errstate(all="ignore"):
            return function(*arguments, **keywords)
    finally:
        processor.set_direction(before)
