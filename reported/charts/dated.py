"""Data of a chart over time: statements at their days, in series by claimant or party."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reported.charts import operands as of
from reported.charts.marks import SHAPES
from reported.figures.figure import Figure
from reported.ledger.records import Party

EPOCH = date(1970, 1, 1)
"""Day 0 of matplotlib's axes of dates."""


@dataclass(frozen=True)
class Dated:
    """A statement at its days, as numbers of days; `start` is None for "by" a day."""

    figure: Figure
    start: float | None
    end: float
    restated: int

    @property
    def x(self) -> float:
        """Position of its mark: its day, the middle of its month or year, or the day by which it is known."""
        return self.end if self.start is None else (self.start + self.end) / 2

    @cached_property
    def y(self) -> float:
        """Height of its mark: its digits, otherwise the middle of its typical ends or the finite one."""
        mark = of.digits(self.figure)
        typical = [end for end in of.drawn_ends(self.figure) or () if math.isfinite(end)]
        finite = typical or of.finite_ends([self.figure])
        return sum(finite) / len(finite) if mark is None else mark


@dataclass(frozen=True)
class Series:
    """One claimant's statements on one quantity, by day."""

    name: str
    colour: str
    shape: str
    statements: list[Dated]

    @property
    def stepped(self) -> bool:
        """True for a count that only grows, so that each statement holds until the next."""
        counts = (
            d.figure.quantity.kind == "cumulative" and not of.standing(d.figure) for d in self.statements
        )
        return all(counts)

    def stretches(self, longest: float) -> list[list[Dated]]:
        """Split the statements where more than `longest` days are without one."""
        found: list[list[Dated]] = []
        for d in self.statements:
            if not found or d.x - found[-1][-1].x > longest:
                found.append([])
            found[-1].append(d)
        return found


def statements(figures: Sequence[Figure]) -> tuple[list[Dated], list[Figure]]:
    """Return statements by day, each once with its number of restatements, and figures without a number to draw."""
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
    """Return a day as a number on matplotlib's date axis."""
    return float((day - EPOCH).days)


def _original(figure: Figure, among: set[Figure]) -> Figure:
    """Return the first of the statements that a figure repeats, or the figure itself."""
    seen = {figure}
    while (
        (earlier := figure.ledger.restated(figure)) is not None and earlier in among and earlier not in seen
    ):
        seen.add(earlier)
        figure = earlier
    return figure


def by_name(dated: Sequence[Dated], known: dict[Party, str], who: Callable[[Figure], str]) -> list[Series]:
    """Group by speaker and quantity, most statements first, with a mark for each speaker."""
    several = len({d.figure.quantity.label for d in dated}) > 1
    members: dict[str, list[Dated]] = {}
    for d in dated:
        name = who(d.figure) + (f": {d.figure.quantity.label}" if several else "")
        name += f", {of.standing(d.figure)}" if of.standing(d.figure) else ""
        members.setdefault(name, []).append(d)
    used: dict[str, int] = {}
    found = []
    for name, statements in sorted(members.items(), key=lambda item: -len(item[1])):
        hue = of.colour(statements[0].figure, known)
        used[hue] = used.get(hue, -1) + 1
        found.append(Series(name, hue, SHAPES[used[hue] % len(SHAPES)], statements))
    return found
