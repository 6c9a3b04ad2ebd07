"""A figure of a ledger as something to compute with, and what is derived from figures: counts and periods."""

from __future__ import annotations

import dataclasses
import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from reported.figures import text_forms
from reported.figures.cautions import Caution, merged, of_figure, standing_of
from reported.figures.expressions import Constant, Operand, Period, Readings, Result, derived
from reported.figures.operations import scaled
from reported.intervals import wording
from reported.intervals.bounds import Bounds
from reported.intervals.units import Unit, UnitError, is_measure
from reported.ledger.dates import Days, PartialDate, days_between
from reported.ledger.records import POSSIBLE, SIGNED, FigureRecord
from reported.ledger.rules import READINGS
from reported.prose import ENDS_SAID
from reported.prose.units import standard

if TYPE_CHECKING:
    from reported.figures.ledger import Ledger
    from reported.ledger.records import Quantity, Relation


@dataclass(frozen=True, eq=False, repr=False)
class Figure(Operand, FigureRecord):
    """A row of figures.csv to compute with; its columns are attributes, `window` as a length of time.

    In an f-string it is its words, linked to its row in the table of figures (`f"{figure}"`); `f"{figure:plain}"` has
    no link, `f"{figure:capital}"` begins a sentence, `f"{figure:cautious}"` prints the bounds of a reading.

    A figure of a counted quantity ("identified as killed") that is declared the floor of another ("killed") computes
    as that floor: at least as many. `counted` is the count itself.

    Two figures are equal if they are one row of one ledger; `figure == number` is a TypeError.
    """

    ledger: Ledger = dataclasses.field(kw_only=True)
    is_stated: ClassVar[bool] = True

    @derived
    def bounds(self) -> Readings:
        """The bounds that its words state under each reading; percentages as fractions, counted floors as "at least"."""
        factor = Fraction(1, 100 if self.unit.is_fraction else 1)
        return {name: b if b is None else scaled(b, factor) for name, b in self._reaching.items()}

    @cached_property
    def _reaching(self) -> Readings:
        """Return the bounds that its words state; for the floor that it is declared to be, at least as many."""
        if self.floor_of is None:
            return self.stated
        return {
            name: b if b is None or name == "digits" else Bounds(b.exact_lower, math.inf, b.closed)
            for name, b in self.stated.items()
        }

    @derived
    def unit(self) -> Unit:
        """The unit of its quantity."""
        return Unit.of(self.quantity.unit)

    @derived
    def signed(self) -> bool:
        """True if its quantity may be negative."""
        return self.quantity.kind in SIGNED

    @derived
    def figures(self) -> tuple[Figure, ...]:
        """Itself."""
        return (self,)

    @derived
    def expression(self) -> str:
        """Its id."""
        return self.id

    @derived
    def refusals(self) -> tuple[str, ...]:
        """Reasons not to compute with it: a number that is only possible commits to nothing."""
        if self.standing != POSSIBLE:
            return ()
        words = f"“{self.hedge}”" if self.hedge else "what is only possible"
        return (f"{words} makes no commitment to a number: {self.named}.",)

    @property
    def window(self) -> Constant:
        """The time that the figure is over, in the unit it is given in: deaths / deaths.window is a rate.

        Raises ValueError if the row has none.
        """
        written = self.over
        if not written:
            raise ValueError(f"{self.id} has no window: fill in the column window of its row in figures.csv")
        text = f"{self.id}.window"
        if written.startswith("since "):
            start = PartialDate(written.removeprefix("since "))
            length = days_between(start, self.held[:2], start_counts=True)
            return Period(length, Unit.of("day"), text, written, [self])
        number, _, unit = written.partition(" ")
        return Constant(Bounds(int(number)), Unit.of(unit), text, written)

    def is_part_of(self, whole: Figure) -> bool:
        """True if this figure, or its quantity, is declared to be part of the other."""
        found = self.related("part of", whole)
        return found is not None and found.subject in (self.id, self.quantity.id)

    @property
    def floor_of(self) -> Quantity | None:
        """The quantity that this figure's quantity, being counted, is the floor of."""
        return self.ledger.floor_of(self.quantity) if self.quantity.counted else None

    @derived
    def label(self) -> str:
        """The thing that it counts or measures, in words."""
        return (self.floor_of or self.quantity).label

    @property
    def population(self) -> str:
        """The people or things that it counts."""
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
        """True if the source gives a day, a month or a year for which it holds."""
        return self.held[0] is not None

    @derived
    def cautions(self) -> tuple[Caution, ...]:
        """Reasons to be careful, the weightiest first."""
        return merged(of_figure(self))

    @property
    def counted(self) -> Count:
        """The count itself, if the quantity is declared as counted and the words are bare or "at least".

        Raises ValueError otherwise: an official's "at least 50" is no count of 50.
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
        __tracebackhide__ = True
        as_said = self.qualifier in ENDS_SAID and reading != "digits" and scale == 1 and self.floor_of is None
        if self.standing == POSSIBLE or (as_said and decimals is None):
            return self.said
        return super().says(reading, decimals, scale)

    def __format__(self, spec: str) -> str:
        __tracebackhide__ = True
        return text_forms.formatted(self, spec, self._in_sentence, self.claimant.name)

    @property
    def _in_sentence(self) -> str:
        """Its words; a bare number below ten is spelled out."""
        return wording.spelled(self.said)

    def __eq__(self, other: object) -> bool:
        __tracebackhide__ = True
        if isinstance(other, Figure):
            return self is other or (self._identity == other._identity and self._cells == other._cells)
        return Operand.__eq__(self, other)

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[str, str]:
        return str(self.ledger.folder), self.id

    @property
    def _cells(self) -> tuple[object, ...]:
        return tuple(getattr(self, field.name) for field in dataclasses.fields(FigureRecord))


class Count(Operand):
    """The exact number of those counted, by whoever keeps the count."""

    def __init__(self, figure: Figure) -> None:
        assert figure.value is not None
        self.figure = figure
        self.bounds = dict.fromkeys(READINGS, Bounds(Fraction(figure.value)))
        self.unit, self.figures, self.refusals = figure.unit, (figure,), figure.refusals
        self.expression = f"{figure.id}.counted"
        self.label = figure.quantity.label
        self.anchor = figure.anchor

    @derived
    def cautions(self) -> tuple[Caution, ...]:
        """Those of the figure, without those about how far its words reach: a count is exact."""
        return tuple(c for c in self.figure.cautions if c.kind not in ("open end", "readings"))

    def __format__(self, spec: str) -> str:
        return text_forms.formatted(self, spec, self.says(), self.figure.claimant.name)

    @property
    def id(self) -> str:
        """The id of the figure."""
        return self.figure.id

    def __reduce__(self) -> tuple[object, ...]:
        return Count, (self.figure,)


def days(
    start: Figure | PartialDate | datetime.date | str,
    end: Figure | PartialDate | datetime.date | str | None = None,
) -> Period:
    """Return a period as bounds of days, since hours are not known.

    `days(figure)` is the period that the figure's quantity covers, from the quantity's first day, which counts, to
    the day the figure holds for: n to n + 1 days. `days(one, other)` is the time between the days that two figures
    hold for, or between two dates: n − 1 to n + 1 days, never below 0. Where a source gives only a latest day, the
    lower bound is 0.

    Raises ValueError if there is no day to start from, or the end is before the start.

    >>> days("2024-01-01", "2024-01-26").typical
    Bounds(24, 26, unit='day')
    """
    __tracebackhide__ = True
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
        return Period(length, Unit.of("day"), f"days({start.id})", f"days since {first.words}", figures)
    length = days_between(_day(start), _day(end), start_counts=False)
    return Period(length, Unit.of("day"), f"days({_name(start)}, {_name(end)})", "", figures)


def _day(value: object) -> Days:
    __tracebackhide__ = True
    if isinstance(value, Figure):
        return value.held[:2]
    if isinstance(value, str):
        return PartialDate(value)
    if not isinstance(value, PartialDate | datetime.date):
        raise TypeError(f'days() takes figures and dates such as "2024-01-26", found {value!r}')
    return value.date() if isinstance(value, datetime.datetime) else value


def _name(value: object) -> str:
    return value.id if isinstance(value, Figure) else repr(str(value))


class Said(Constant):
    """A number in words that no ledger holds: it computes, and cannot be published.

    `standing` is what it is said to be, if not reported as so: forecast, target or feared, which is a caution.
    """

    is_stated = True

    def __init__(
        self,
        bounds: Bounds | Readings,
        unit: Unit,
        text: str,
        label: str = "",
        standing: str = "",
        signed: bool = False,
    ) -> None:
        super().__init__(bounds, unit, text, label)
        self.standing, self.signed = standing, signed
        self.cautions = standing_of(self.label, standing)

    def with_unit(self, unit: Unit) -> Said:
        return Said(self.bounds, unit, self.expression, self.label, self.standing, self.signed)

    def __reduce__(self) -> tuple[object, ...]:
        return Said, (self.bounds, self.unit, self.expression, self.label, self.standing, self.signed)


def said(words: str, unit: str = "", *, whole: bool = False) -> Said:
    """A number in words, read under each reading, in the unit that the words name: said("5 miles") > said("7 km").

    `unit` is for words that name none, or converts: said("5 miles", unit="kilometre"). `whole` says that only whole
    units exist: more than 40 is then 41 or more.

    What falls is negative: said("fell by 10 per cent") < 0.

    Raises ValueError if the words hold no number, or one that can be read in two ways, or a number that somebody
    only thinks possible; UnitError if the words name another unit than `unit`, or one that is not known.

    >>> said("dozens").typical, said("5 miles") > said("7 km")
    (Bounds(24, inf), said("5 miles") > said("7 km"): holds, firm)
    """
    __tracebackhide__ = True
    from reported.ledger.phrases import read

    if not isinstance(words, str):
        raise TypeError(
            f"said() takes words, found {words!r}: a number stands for itself, and words for one phrase"
        )
    found = read(words, whole=whole)
    if found.unread and not unit and is_measure(found.unread):
        raise UnitError(
            f'{words!r}: "{found.unread}" is not read as a unit; write "grams" or "degrees Celsius", or say unit='
        )
    if base := _UNNAMED_BASE.search(words):
        raise UnitError(f'{words!r}: {base[0]} of what? write "{base[0]} people", or whatever it is')
    kind, text = Unit.of(found.unit), f'said("{words}")'
    factor = Fraction(1, 100 if kind.is_fraction else 1)
    bounds = {reading: None if b is None else scaled(b, factor) for reading, b in found.bounds.items()}
    number = Said(bounds, kind, text, words, found.standing, found.signed)
    wanted = Unit.of(standard(unit)) if unit else kind
    if kind == wanted:
        return number
    if kind.is_number:
        if wanted.is_fraction:
            raise UnitError(f'{words!r} is not a percentage: leave out unit="percent"')
        return number.with_unit(wanted)
    try:
        given = number.to(unit)
    except UnitError:
        raise UnitError(
            f'the words {words!r} are in the unit "{found.unit}", not "{unit}": leave out unit='
        ) from None
    return Said(given.bounds, wanted, text, words, found.standing, found.signed)


_UNNAMED_BASE = re.compile(r"\bper \d[\d,]*(?=\W*$|\W+(?:per|an?|each)\b)")


def growth(earlier: Figure, later: Figure) -> Result:
    """Return how much larger the later figure is: the difference of the counts, net of removals, if both are exact
    counts; else the difference of the bounds.

    Raises UnitError for unlike units.
    """
    __tracebackhide__ = True
    for thing in (earlier, later):
        if not isinstance(thing, Figure):
            raise TypeError(
                f"growth() takes two figures of a ledger, found {thing!r}; of results, write later - earlier"
            )
    return _count(later) - _count(earlier)


def steps(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Return the steps from each figure to the next: earlier, later, growth, days, per_day, and the verdict grew."""
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
    """Return the count if the figure is an exact one, otherwise its bounds."""
    try:
        return figure.counted
    except ValueError:
        return figure
