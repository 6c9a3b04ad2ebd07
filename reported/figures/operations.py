"""The table of operations: what each does with bounds and units, what it must not combine, and how it is written.

Operators, `total`, `smallest`, `largest`, printing and pickling all follow from these rows; a new operation is one more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add, mul, neg, sub

from reported.intervals.bounds import Bounds, intersection, largest_of, smallest_of
from reported.intervals.units import Unit, difference, summed


@dataclass(frozen=True)
class Operation:
    """One row of the table.

    `rule` makes bounds of the terms' bounds; `unit` a unit of their units. `aligns`: terms are converted to the unit of
    the first. `adds`: a statement that occurs in two terms would be counted twice. `symbol` stands between the terms;
    without one the operation is written as a call. `binds`: how closely, for parentheses.
    """

    rule: Callable[..., Bounds]
    unit: Callable[[Sequence[Unit]], Unit]
    symbol: str = ""
    aligns: bool = False
    adds: bool = False
    binds: int = 9


def _first(units: Sequence[Unit]) -> Unit:
    return units[0]


def _part(one: Bounds, whole: Bounds) -> Bounds:
    """A part of a whole: never more than all of it."""
    return within(one / whole, Bounds(0, 1))


def _rest(whole: Bounds, share: Bounds) -> Bounds:
    """Return the rest of a whole, which is a share if the other operand is one."""
    return within(whole - share, Bounds(0, 1))


def _per(one: Bounds, length: Bounds) -> Bounds:
    """A number over a length of time: a length of zero is none."""
    if length.exact_lower == 0 and not length.is_exact:
        length = Bounds(0, length.exact_upper, "right" if length.upper_closed else "neither")
    return one / length


def within(value: Bounds, limits: Bounds) -> Bounds:
    """Return the part of `value` within the limits; `value` itself if there is none."""
    inside = intersection(value, limits)
    return inside if isinstance(inside, Bounds) else value


def scaled(value: Bounds, factor: Fraction) -> Bounds:
    """Each member times a factor."""
    return value if factor == 1 else value * factor


OPERATIONS = {
    "+": Operation(
        lambda *terms: reduce(add, terms),
        lambda units: reduce(summed, units),
        "+",
        aligns=True,
        adds=True,
        binds=1,
    ),
    "total": Operation(
        lambda *terms: reduce(add, terms), lambda units: reduce(summed, units), aligns=True, adds=True
    ),
    "-": Operation(sub, lambda units: difference(*units), "-", aligns=True, binds=1),
    "rest": Operation(_rest, _first, "-", aligns=True, binds=1),
    "*": Operation(mul, lambda units: units[0] * units[1], "*", binds=2),
    "/": Operation(lambda a, b: a / b, lambda units: units[0] / units[1], "/", binds=2),
    "part": Operation(_part, lambda units: units[0] / units[1], "/", binds=2),
    "per": Operation(_per, lambda units: units[0] / units[1], "/", binds=2),
    "negative": Operation(neg, _first, "-", binds=1),
    "abs": Operation(abs, _first),
    "smallest": Operation(lambda *terms: smallest_of(terms), _first, aligns=True),
    "largest": Operation(lambda *terms: largest_of(terms), _first, aligns=True),
}
ORDERS = (">", ">=", "<", "<=")
COMPATIBLE = "compatible"
