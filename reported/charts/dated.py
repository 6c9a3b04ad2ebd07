"""What a chart over time draws: statements at their days, and series of them by claimant or party."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from reported.charts import operands as of
from reported.charts.marks import SHAPES

EPOCH = date(1970, 1, 1)
"""Day 0 of matplotlib's axes of dates."""


@dataclass(frozen=True)
class Dated:
    """A statement at its days, as numbers of days; `start` is None for "by" a day."""

    figure: Any
    start: float | None
    end: float
    restated: int

    @property
    def x(self) -> float:
        """Where its mark is: its day, the middle of its month or year, the day it is known by."""
        return self.end if self.start is None else (self.start + self.end) / 2

    @cached_property
    def y(self) -> float:
        """The height of its mark: its digits, else the middle of its finite ends."""
        finite = of.finite_ends([self.figure])
        mark = of.digits(self.figure)
        return sum(finite) / len(finite) if mark is None else mark


@dataclass(frozen=True)
class Series:
    """What one claimant said of one quantity, by day."""

    name: str
    colour: str
    shape: str
    statements: list[Dated]

    @property
    def stepped(self) -> bool:
        """Whether it is a count that only grows, so that each statement holds until the next."""
        return all(d.figure.quantity.kind == "cumulative" for d in self.statements)


def statements(figures: Sequence[Any]) -> tuple[list[Dated], list[Any]]:
    """Statements by day, each once with how often it is restated; and figures without a number to draw."""
    among = set(figures)
    originals = {figure: _original(figure, among) for figure in figures}
    restated = Counter(original for figure, original in originals.items() if original is not figure)
    dated, unread = [], []
    for figure in dict.fromkeys(originals.values()):
        if of.finite_ends([figure]):
            start, end = figure.held[:2]
            dated.append(
                Dated(figure, None if start is None else _number(start), _number(end), restated[figure])
            )
        else:
            unread.append(figure)
    return sorted(dated, key=lambda d: (d.x, d.end)), unread


def _number(day: date) -> float:
    """A day on matplotlib's axes of dates."""
    return float((day - EPOCH).days)


def _original(figure: Any, among: set[Any]) -> Any:
    """The first of the statements that a figure repeats, itself where it repeats none of these."""
    seen = {figure}
    while (earlier := figure.ledger.restated(figure)) in among and earlier not in seen:
        seen.add(earlier)
        figure = earlier
    return figure


def by_name(dated: Sequence[Dated], known: dict[Any, str], who: Callable[[Any], str]) -> list[Series]:
    """By who says so and by quantity, those who said most first; a mark for each of them."""
    several = len({of.label(d.figure) for d in dated}) > 1
    members: dict[str, list[Dated]] = {}
    for d in dated:
        name = who(d.figure) + (f": {of.label(d.figure)}" if several else "")
        members.setdefault(name, []).append(d)
    used: dict[str, int] = {}
    found = []
    for name, statements in sorted(members.items(), key=lambda item: -len(item[1])):
        hue = of.colour(statements[0].figure, known)
        used[hue] = used.get(hue, -1) + 1
        found.append(Series(name, hue, SHAPES[used[hue] % len(SHAPES)], statements))
    return found
