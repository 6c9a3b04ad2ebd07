"""Turn value, qualifier and precision into bounds by the rules of a named reading, which are rows of readings.csv."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import cast

from reported.intervals.bounds import Bounds, intersection
from reported.intervals.rounding import Exact
from reported.ledger.rules import READINGS, Rule

_ROUND_BELOW = 1000
"""A number below it is visibly round where it ends in one nought; from it on, in two."""


class ReadingError(ValueError):
    """A number that a rule cannot turn into bounds. The text says what was found and what was expected."""


def read(
    rule: Rule,
    value: Decimal | Fraction | None,
    value_to: Decimal | Fraction | None = None,
    *,
    whole: bool,
    signed: bool = False,
    count: bool | None = None,
    precision: Decimal | str | None = None,
    resolution: Decimal | None = None,
    on_scale: bool = False,
    most: int | None = None,
) -> Bounds | None:
    """Return the bounds of a number under a rule; None if no digits were reported and the rule has no base.

    `value_to` is the second number of a range. `whole` says that only whole units exist: the ends are then
    tightened inward to whole numbers, and nothing falls below zero. `signed` says that the number may be negative:
    "up to 5" then has no lower end. `most` is the greatest number there is, 100 for a share in percent.

    A bare number that is no `count` (the same as `whole` if it is not given) is rounded to `resolution`, the size of
    its last written digit (None if no digits are written: "doubled"), though by no more than the part of it that the
    rule says, unless it is on a scale: a percentage, degrees, a magnitude. `precision`, "exact" or a number, is what is
    known better than that. Distances in units are whole units for a count, and of the last written digit for others.

    Raises ReadingError if no number is left between the ends.
    """
    number = value if value is not None else rule.base
    if number is None or rule.lower_factor is None or rule.upper_factor is None:
        return None
    last = value_to if value_to is not None else number
    if last < 0 and rule.lower_factor > 0 and not rule.upper_factor.is_infinite():
        # "nearly −5" is nearer to 0 than −5, as "nearly 5" is
        mirrored = read(
            rule,
            -last,
            -number,
            whole=whole,
            count=count,
            precision=precision,
            resolution=resolution,
            on_scale=on_scale,
        )
        return None if mirrored is None else -mirrored
    counted = whole if count is None else count
    off = (
        _off(rule, number, counted, precision, resolution, on_scale)
        if rule.qualifier == "exact"
        else Fraction(0)
    )
    unit = cast("Fraction", 1) if counted else min(Fraction(1), Fraction(resolution or 0))
    if not whole and rule.units_apply_to == "counts":
        unit = Fraction(0)
    lower, lower_closed = _lower(rule, number, unit), rule.lower_end != "open"
    upper, upper_closed = _upper(rule, last, unit), rule.upper_end != "open"
    if signed and rule.lower_factor == 0:
        lower = -math.inf
    if off:
        lower, upper = lower - off, upper + off
    if whole:
        lower, lower_closed = _inward(lower, lower_closed, -1), True
        upper, upper_closed = _inward(upper, upper_closed, +1), True
    if lower < 0 and not signed:
        lower, lower_closed = 0, True
    if lower > upper or (lower == upper and not (lower_closed and upper_closed)):
        raise ReadingError(f'no {"whole " if whole else ""}number is "{rule.qualifier}" {number}')
    closed = lower_closed + 2 * upper_closed
    bounds = Bounds(lower, upper, ("neither", "left", "right", "both")[closed])
    inside = bounds if most is None or number > most else intersection(bounds, Bounds(-math.inf, most))
    return inside if isinstance(inside, Bounds) else bounds


def as_fraction(percent: Decimal | None) -> Decimal | Fraction | None:
    """A fraction in percent, kept to nine decimals, as what it stands for: 33.333333333 is a hundred thirds.

    >>> as_fraction(Decimal("33.333333333")), as_fraction(Decimal("33.3"))
    (Fraction(100, 3), Decimal('33.3'))
    """
    if percent is None:
        return None
    meant = 100 * (Fraction(percent) / 100).limit_denominator(1000)
    return meant if 0 < abs(meant - Fraction(percent)) < Fraction(1, 10**9) else percent


def _exact(number: Decimal | Fraction) -> Fraction:
    """A number as a fraction, or as an int, which computes alike and ten times as fast."""
    whole = int(number)
    return cast("Fraction", whole) if whole == number else Fraction(number)


@cache
def _beyond(factor: Decimal) -> Fraction:
    """Return how far a number's multiple is beyond it, as a part of it."""
    return _exact(factor - 1)


def nearly_inverse(rule: Rule, number: Decimal) -> Bounds:
    """The bounds of a multiple below 1 that is nearly reached from above: nearly halved is nearly a doubling, inverted."""
    grown = read(rule, 1 / number, whole=False)
    assert grown is not None
    return 1 / grown


def on_scale(unit: str) -> bool:
    """True if numbers of a unit are on a scale whose zero means nothing of its own, or which ends at 100."""
    name = unit.partition(" per ")[0]
    return name.startswith("degree") or name in ("percent", "percentage point", "magnitude")


def _lower(rule: Rule, number: Decimal | Fraction, unit: Fraction) -> Exact:
    """The lower end: a multiple of the number, at least so many units below it."""
    assert rule.lower_factor is not None
    exact = _exact(number)
    end = exact + _beyond(rule.lower_factor) * abs(exact)  # outward for negative numbers too
    return min(end, exact - rule.lower_units * unit) if rule.lower_units else end


def _upper(rule: Rule, number: Decimal | Fraction, unit: Fraction) -> Exact:
    assert rule.upper_factor is not None
    if rule.upper_factor.is_infinite():
        return math.inf
    exact = _exact(number)
    end = exact + _beyond(rule.upper_factor) * abs(exact)
    return max(end, exact + rule.upper_units * unit) if rule.upper_units else end


def _inward(end: Exact, closed: bool, sign: int) -> Exact:
    """The outermost whole number inside an end; an excluded one moves by one."""
    if isinstance(end, float):
        return end
    inward = math.ceil(end) if sign < 0 else math.floor(end)
    return inward - sign if not closed and inward == end else inward


def _off(
    rule: Rule,
    number: Decimal | Fraction,
    count: bool,
    precision: Decimal | str | None,
    resolution: Decimal | None,
    on_scale: bool,
) -> Fraction:
    """Return how far a bare number may be off under a rule."""
    part = rule.rounding_measures
    if precision is not None:
        return (
            Fraction(part) * Fraction(precision) if part is not None and precision != "exact" else Fraction(0)
        )
    size, offs = abs(Fraction(number)), [(Fraction(0), Fraction(0))]
    if not count and part is not None:
        most = Fraction(rule.rounding_measures_most or 1) * size
        if resolution is None:
            return most
        written = Fraction(part) * Fraction(resolution)
        offs.append((written, written if on_scale or not number else most))
    digits, is_whole = str(int(size)), count or (not on_scale and (resolution or 1) >= 1 == size.denominator)
    noughts = len(digits) - len(digits.rstrip("0"))
    if rule.rounding_counts is not None and is_whole and noughts >= (1 if 0 < size < _ROUND_BELOW else 2):
        most = Fraction(rule.rounding_counts_most or 1) * size
        offs.append((Fraction(rule.rounding_counts) * Fraction(10**noughts), most))
    return max(min(both) for both in offs)


class Reading(Mapping[str, Rule]):
    """A named set of rules, one for each qualifier: `reading["about"]`."""

    def __init__(self, name: str, rules: Iterable[Rule]) -> None:
        self.name = name
        self._rules = {rule.qualifier: rule for rule in rules}

    def __getitem__(self, qualifier: str) -> Rule:
        return self._rules[qualifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"Reading({self.name!r}, {len(self)} rules)"


def by_name(rules: Iterable[Rule]) -> dict[str, Reading]:
    """The readings, from the least careful to the most, and after them the codebooks."""
    every = list(rules)
    names = dict.fromkeys([*READINGS, *(rule.reading for rule in every)])
    return {name: Reading(name, (rule for rule in every if rule.reading == name)) for name in names}
