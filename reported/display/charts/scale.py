"""From a value or a day to a place on the drawing, and the round values worth naming on an axis.

Knows no figures. Places are in points.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from reported.intervals import wording

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Linear:
    """Equal steps for equal differences, from `low` to `high`."""

    low: float
    high: float
    left: float
    right: float

    def __call__(self, value: float) -> float:
        """The place of a value; an end that is missing lies at the edge of the drawing."""
        if math.isinf(value):
            return self.right if value > 0 else self.left
        share = (value - self.low) / (self.high - self.low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self, room: float = 55) -> list[tuple[float, str]]:
        """Round values, about one for every `room` points, each with its place and words."""
        span = self.high - self.low
        wanted = max(1, int((self.right - self.left) // room))
        step = _round_step(span / wanted)
        first = math.ceil(self.low / step - 1e-9)
        values = [k * step for k in range(first, math.floor(self.high / step + 1e-9) + 1)]
        return [(self(v), short(v)) for v in values]


@dataclass(frozen=True)
class Log:
    """Equal steps for equal ratios, from `low` to `high`, both above zero.

    With `zero` a strip at the left is kept for zero and less, which no logarithm has a place for.
    """

    low: float
    high: float
    left: float
    right: float
    zero: str = ""

    STRIP = 26

    def __call__(self, value: float) -> float:
        """The place of a value; an end that is missing lies at the edge of the drawing."""
        if value == math.inf:
            return self.right
        if value <= 0:
            return self.left
        start = self.left + (self.STRIP if self.zero else 0)
        share = (math.log10(value) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        return start + min(max(share, 0.0), 1.0) * (self.right - start)

    def ticks(self, room: float = 60) -> list[tuple[float, str]]:
        """Powers of ten, no closer than `room` points, each with its place and words."""
        low, high = round(math.log10(self.low)), math.floor(math.log10(self.high) + 1e-9)
        decade = self(10 * self.low) - self(self.low)
        step = max(1, math.ceil(room / decade))
        powers = [(self(10.0**p), short(10.0**p)) for p in range(low, high + 1, step)]
        return [(self.left, self.zero), *powers] if self.zero else powers


def linear(values: Sequence[float], left: float, right: float, from_zero: bool = True) -> Linear:
    """An axis with room for the values; with `from_zero` it starts there, unless a value lies below."""
    finite = [v for v in values if math.isfinite(v)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    beyond = 0.3 if math.inf in values else 0.06  # room for an arrow where an end is open
    margin = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    top = high + max(margin, (high - low) * beyond)
    return Linear(low if low == 0 and from_zero else low - margin, top, left, right)


def logarithmic(values: Sequence[float], left: float, right: float) -> Log:
    """An axis over whole powers of ten with room for the values."""
    above = [v for v in values if 0 < v < math.inf]
    low, high = (min(above), max(above)) if above else (1.0, 10.0)
    first = math.floor(math.log10(low) + 1e-12)
    last: float = max(math.ceil(math.log10(high) - 1e-12), first + 1)
    if math.inf in values:
        last = max(last, math.log10(high) + 0.75)  # room for an arrow
    least = min((v for v in values if v > -math.inf), default=1.0)
    zero = "" if least > 0 else "0" if least == 0 else "0 or less"
    return Log(10.0**first, 10.0**last, left, right, zero)


@dataclass(frozen=True)
class Days:
    """Days on a line, from `first` to `last`."""

    first: datetime.date
    last: datetime.date
    left: float
    right: float

    def __call__(self, day: datetime.date) -> float:
        """The place of a day; a day outside lies at the edge."""
        span = (self.last - self.first).days
        if span == 0:
            return (self.left + self.right) / 2
        share = (day - self.first).days / span
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self, room: float = 70) -> list[tuple[float, str]]:
        """Days, months or years, no closer than `room` points."""
        span = (self.last - self.first).days
        most = max(1, int((self.right - self.left) // room))
        if span <= 45:
            step = max(1, math.ceil(span / most))
            days = [self.first + datetime.timedelta(n) for n in range(0, span + 1, step)]
            return [(self(d), f"{d.day} {d:%b}") for d in days]
        months = span / 30.4
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / s <= most), 2400)
        start = self.first.year * 12 + self.first.month - 1
        ends = self.last.year * 12 + self.last.month
        firsts = [datetime.date(m // 12, m % 12 + 1, 1) for m in range(start, ends) if m % step == 0]
        form = "%Y" if step >= 12 else "%b %Y"
        return [(self(d), f"{d:{form}}") for d in firsts if self.first <= d <= self.last]


def short(value: float) -> str:
    """A round value as an axis names it: millions and more in words.

    >>> short(600000.0), short(1e6), short(2.5e9), short(0.5), short(1e20)
    ('600,000', '1 million', '2.5 billion', '0.5', '10²⁰')
    """
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= 1e15:
            return f"10{str(round(math.log10(abs(value)))).translate(_RAISED)}"
        if abs(value) >= size:
            return f"{wording.number(float(f'{value / size:.6g}'))} {name}"
    return wording.number(float(f"{value:.10g}"))


def _round_step(step: float) -> float:
    """The least round number that is not below `step`: 1, 2, 5 times a power of ten, or 25, 250 and so on."""
    power = 10.0 ** math.floor(math.log10(step))
    factors = (1, 2, 2.5, 5, 10) if power >= 10 else (1, 2, 5, 10)
    return next(factor * power for factor in factors if factor * power >= step * (1 - 1e-9))
