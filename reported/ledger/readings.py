"""From value and qualifier to bounds, by the rules of a named reading, which are rows of readings.csv."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reported.ledger.records import READINGS, Rule

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds

Ends: TypeAlias = tuple[Fraction | None, Fraction | None]
"""Lower and upper end, exact; None where there is no end."""


class ReadingError(ValueError):
    """A number that a rule cannot turn into bounds. The text says what was found and what was expected."""


class _Side(NamedTuple):
    """One end of a rule: `factor` times the number, at least `units` away from it; sign −1 below, +1 above."""

    factor: Decimal
    closed: bool
    units: int
    sign: Literal[-1, 1]

    def end(self, number: Decimal, whole: bool, units: bool) -> Fraction | None:
        end: Fraction | None = None
        if not self.factor.is_infinite():
            exact = Fraction(number)
            end = exact + (Fraction(self.factor) - 1) * abs(exact)  # outward for negative numbers too
            if self.units and units:
                moved = exact + self.sign * self.units
                end = min(end, moved) if self.sign < 0 else max(end, moved)
        if not whole:
            return end
        if end is None:
            return Fraction(0) if self.sign < 0 else None
        inward = Fraction(math.ceil(end) if self.sign < 0 else math.floor(end))
        if not self.closed and inward == end:
            inward -= self.sign
        return max(Fraction(0), inward) if self.sign < 0 else inward


def ends(
    rule: Rule, value: Decimal | None, value_to: Decimal | None, *, whole: bool, signed: bool = False
) -> Ends | None:
    """The ends that a rule makes of a number; None where no digits were reported and the rule has no base.

    `value_to` is the second number of a range. `whole` says that only whole units exist: the ends are then
    tightened inward to whole numbers, an excluded end moves by one, and nothing falls below zero. For a measure
    an excluded end is kept, which is the wider and so the safe choice. `signed` says that the number may be
    negative: "up to 5" then has no lower end.

    Raises ReadingError where no number is left between the ends.
    """
    number = value if value is not None else rule.base
    if number is None or rule.lower_factor is None or rule.upper_factor is None:
        return None
    last = value_to if value_to is not None else number
    if last < 0 and rule.lower_factor > 0 and not rule.upper_factor.is_infinite():
        # "nearly −5" is nearer to 0 than −5, as "nearly 5" is
        lower, upper = _ends(rule, -last, -number, False, whole)
        return None if upper is None else -upper, None if lower is None else -lower
    lower, upper = _ends(rule, number, last, whole and not signed, whole)
    if signed and rule.lower_factor == 0:
        lower = None
    if lower is not None and upper is not None and lower > upper:
        raise ReadingError(f'no {"whole " if whole else ""}number is "{rule.qualifier}" {number}')
    return lower, upper


def _ends(rule: Rule, number: Decimal, last: Decimal, whole: bool, counts: bool) -> Ends:
    assert rule.lower_factor is not None
    assert rule.upper_factor is not None
    units = counts or rule.units_apply_to != "counts"
    below = _Side(rule.lower_factor, rule.lower_end != "open", rule.lower_units or 0, -1)
    above = _Side(rule.upper_factor, rule.upper_end != "open", rule.upper_units or 0, +1)
    return below.end(number, whole, units), above.end(last, whole, units)


def as_bounds(pair: Ends | None) -> Bounds | None:
    """Exact ends as bounds, rounded outward to what float64 can hold."""
    from reported.intervals.bounds import Bounds

    if pair is None:
        return None
    lower, upper = pair
    return Bounds(-math.inf if lower is None else lower, math.inf if upper is None else upper)


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
