"""A figure of a ledger as something to compute with, and what is derived from figures: counts and periods."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reported.figures import card
from reported.figures.cautions import Caution, merged, of_figure
from reported.figures.exact import Interval
from reported.figures.operand import Constant, Operand, Period
from reported.figures.units import Unit
from reported.intervals import wording
from reported.ledger.dates import PartialDate, days_between
from reported.ledger.records import READINGS

if TYPE_CHECKING:
    from reported.figures.ledger import Ledger
    from reported.ledger.records import FigureRecord, Quantity, Relation

_EXCLUDED = ("more than", "less than")
"""Qualifiers whose number is itself excluded."""


class Figure(Operand):
    """A reported number with its words, speaker and day; the columns of its row are attributes.

    In an f-string it is its words, linked to its row in the table of figures (`f"{figure}"`); `f"{figure:plain}"` has
    no link, `f"{figure:capital}"` begins a sentence, `f"{figure:cautious}"` prints the bounds of a reading.

    A figure of a counted quantity ("identified as killed") that is declared the floor of another ("killed") computes
    as that floor: at least as many. `counted` is the count itself.

    Two figures are equal if they are one row of one ledger; `figure == number` is a TypeError.
    """

    def __init__(self, ledger: Ledger, record: FigureRecord) -> None:
        self.ledger, self.record = ledger, record
        self.id, self.event, self.quantity = record.id, record.event, record.quantity
        self.claimant, self.relayed_by, self.source = record.claimant, record.relayed_by, record.source
        self.qualifier, self.value, self.value_to = record.qualifier, record.value, record.value_to
        self.stated_on, self.as_of, self.held = record.stated_on, record.as_of, record.held
        self.words, self.said, self.hedge, self.note = record.words, record.said, record.hedge, record.note
        self.evidence, self.reactions, self.paragraph = record.evidence, record.reactions, record.paragraph
        self.figures = (self,)
        self.expression = self.id
        self.unit = Unit.of(self.quantity.unit)
        self.refusals = (f"“{self.hedge}” commits to nothing: {self.named}.",) if self.hedge else ()
        self.exact = {reading: self._interval(reading) for reading in READINGS}

    def _interval(self, reading: str) -> Interval | None:
        """The ends of the words under a reading, as fractions where they are percentages."""
        ends = self.record.ends[reading]
        if ends is None:
            return None
        is_floor = self.floor_of is not None and reading != "digits"
        lower = -math.inf if ends[0] is None else ends[0]
        upper = math.inf if ends[1] is None or is_floor else ends[1]
        return Interval(lower, upper).times(Fraction(1, 100 if self.unit.is_fraction else 1))

    @property
    def floor_of(self) -> Quantity | None:
        """The quantity that this figure's quantity, being counted, is the floor of."""
        return self.ledger.floor_of(self.quantity) if self.quantity.counted else None

    @property
    def label(self) -> str:  # type: ignore[override]
        """What it counts or measures, in words."""
        return (self.floor_of or self.quantity).label

    @property
    def population(self) -> str:
        """Whom or what it counts."""
        counted = self.floor_of or self.quantity
        return counted.population or counted.label

    @property
    def named(self) -> str:
        """Its words and speaker, for a sentence: “about 400” (the mayor)."""
        return f"“{self.said}” ({self.claimant.name})"

    @property
    def anchor(self) -> str:
        """The id of its row in the table of figures."""
        return f"figure-{self.id}"

    @property
    def has_day(self) -> bool:
        """Whether the source gives a day, a month or a year for which it holds."""
        return self.held[0] is not None

    @property
    def cautions(self) -> tuple[Caution, ...]:  # type: ignore[override]
        """Reasons to be careful, the weightiest first."""
        return merged(of_figure(self))

    @property
    def counted(self) -> Count:
        """The count itself, where counting is declared on the quantity and the words are bare or "at least".

        Raises ValueError elsewhere: an official's "at least 50" is no count of 50.
        """
        if self.quantity.counted and self.qualifier in ("exact", "at least") and self.value is not None:
            return Count(self)
        why = (
            f"it is “{self.said}”"
            if self.quantity.counted
            else f"{self.quantity.label} is not declared as counted (column counted of quantities.csv)"
        )
        raise ValueError(
            f"{self.id} is not an exact count: {why}. Compute with the figure itself, which is bounds"
        )

    @property
    def newer(self) -> Figure | None:
        """The latest figure of the same claimant for the same quantity that holds for a later day, if any."""
        return self.ledger.newer(self)

    def related(self, relation: str, other: Figure) -> Relation | None:
        """The relation of that kind between the two figures or their quantities, in either direction, if any."""
        return self.ledger.related(relation, self, other)

    def says(self, reading: str = "typical", decimals: int | None = None, scale: int = 1) -> str:
        """The bounds under a reading in words; a hedged figure, and one whose end is excluded, in its own words.

        "More than 600,000" is printed as it was said, not as "at least 600,001".
        """
        if self.hedge or (self.qualifier in _EXCLUDED and reading != "digits" and scale == 1):
            return self.said
        return super().says(reading, decimals, scale)

    def __format__(self, spec: str) -> str:
        return card.formatted(self, spec, self._in_sentence, self.claimant.name)

    @property
    def _in_sentence(self) -> str:
        """Its words; a bare number below ten is spelled out."""
        return wording.spelled(self.said)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Figure):
            return self._identity == other._identity
        return super().__eq__(other)

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[str, str]:
        return (str(self.ledger.folder), self.id)

    def __reduce__(self) -> tuple[Any, ...]:
        return Figure, (self.ledger, self.record)


class Count(Operand):
    """The exact number of those counted, by whoever keeps the count."""

    def __init__(self, figure: Figure) -> None:
        assert figure.value is not None
        self.figure = figure
        count = Fraction(figure.value)
        self.exact = dict.fromkeys(READINGS, Interval(count, count))
        self.unit, self.figures, self.refusals = figure.unit, (figure,), figure.refusals
        self.expression = f"{figure.id}.counted"
        self.label = figure.quantity.label
        self.anchor = figure.anchor

    @property
    def cautions(self) -> tuple[Caution, ...]:  # type: ignore[override]
        """Those of the figure, without those about how far its words reach: a count is exact."""
        return tuple(c for c in self.figure.cautions if c.kind not in ("open end", "readings"))

    def __format__(self, spec: str) -> str:
        text = self.says()
        return text if spec == "plain" else card.link(text, self.anchor, self.figure.claimant.name)

    def __reduce__(self) -> tuple[Any, ...]:
        return Count, (self.figure,)


def days(start: Any, end: Any = None) -> Period:
    """A period as bounds of days, since hours are not known.

    `days(figure)` is the period that the figure's quantity covers, from the quantity's first day, which counts, to
    the day the figure holds for: n to n + 1 days. `days(one, other)` is the time between the days that two figures
    hold for, or between two dates: n − 1 to n + 1 days, never below 0. Where a source gives only a latest day, the
    lower bound is 0.

    Raises ValueError where there is no day to start from, or the end is before the start.

    >>> days("2024-01-01", "2024-01-26").typical
    Bounds(24, 26)
    """
    figures = [value for value in (start, end) if isinstance(value, Figure)]
    if end is None:
        if not isinstance(start, Figure):
            raise TypeError(f"days() takes a figure, or two figures or dates, found {start!r}")
        first = start.quantity.period_start
        if first is None:
            raise ValueError(
                f"days({start.id}) has no start: {start.quantity.label} has no period_start in quantities.csv"
            )
        length = days_between(first, start.held[:2], start_counts=True)
        return Period(
            Interval.of(length), Unit.of("day"), f"days({start.id})", f"days since {first.words}", figures
        )
    length = days_between(_day(start), _day(end), start_counts=False)
    return Period(Interval.of(length), Unit.of("day"), f"days({_name(start)}, {_name(end)})", "", figures)


def _day(value: Any) -> Any:
    if isinstance(value, Figure):
        return value.held[:2]
    if isinstance(value, str):
        return PartialDate(value)
    if not isinstance(value, PartialDate | datetime.date):
        raise TypeError(f'days() takes figures and dates such as "2024-01-26", found {value!r}')
    return value.date() if isinstance(value, datetime.datetime) else value


def _name(value: Any) -> str:
    return value.id if isinstance(value, Figure) else str(value)


class Said(Constant):
    """A number in words that no ledger holds: it computes, and cannot be published."""


def said(words: str, unit: str = "", *, whole: bool = False) -> Said:
    """A number in words, read under each reading: said("about 600,000", unit="person") > 617_000.

    `whole` says that only whole units exist: more than 40 is then 41 or more.

    Raises ValueError where the words hold no number, or one that can be read in two ways, and where they hold a
    percentage and `unit` is not "percent", or the other way round.

    >>> said("dozens").typical
    Bounds(24, inf)
    """
    from reported.ledger.words import read

    bounds, is_percentage = read(words, whole=whole)
    kind = Unit.of(unit)
    if is_percentage != (unit == "percent"):
        raise ValueError(
            f'{words!r} is a percentage: add unit="percent"'
            if is_percentage
            else f'{words!r} is not a percentage: leave out unit="percent"'
        )
    factor = Fraction(1, 100 if is_percentage else 1)
    exact = {reading: None if b is None else Interval.of(b).times(factor) for reading, b in bounds.items()}
    return Said(exact, kind, f'said("{words}")', words)


def growth(earlier: Figure, later: Figure) -> Any:
    """By how much the later figure is larger: the difference of the counts, net of removals, where both are exact
    counts; else the difference of the bounds.

    Raises UnitError for unlike units.
    """
    return _count(later) - _count(earlier)


def steps(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """From each figure to the next: earlier, later, growth, days, per_day, and grew, a verdict."""
    return [
        {
            "earlier": one,
            "later": other,
            "growth": growth(one, other),
            "days": days(one, other),
            "per_day": growth(one, other) / days(one, other),
            "grew": _count(other) > _count(one),
        }
        for one, other in pairwise(figures)
    ]


def _count(figure: Figure) -> Operand:
    """The count where the figure is an exact one, else its bounds."""
    try:
        return figure.counted
    except ValueError:
        return figure
