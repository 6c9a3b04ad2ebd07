"""Dates as they are reported, often without a day, and the number of days between two of them.

A date is written as in ISO 8601, at the precision that is known: 2023, 2023-12 or 2023-12-08.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds

PATTERN = r"(?:19|2[01])[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
_MONTHS = (  # not calendar.month_name, which follows the user's locale
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class PartialDate:
    """A year, a month or a day from 1900 to 2199, kept as written.

    Raises ValueError for text that is not such a date.

    >>> december = PartialDate("2023-12")
    >>> str(december), december.words, december.last
    ('2023-12', 'December 2023', datetime.date(2023, 12, 31))
    """

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(PATTERN, self.text):
            raise ValueError(f"{self.text!r} is not a date such as 2024-01-26, 2024-01 or 2024")
        datetime.date(*self._parts, *(1, 1)[len(self._parts) - 1 :])

    @property
    def _parts(self) -> list[int]:
        return [int(part) for part in self.text.split("-")]

    @property
    def first(self) -> datetime.date:
        """The first day that it may be."""
        year, month, day = (*self._parts, 1, 1)[:3]
        return datetime.date(year, month, day)

    @property
    def last(self) -> datetime.date:
        """The last day that it may be."""
        year, month, *day = (*self._parts, 12)[:2] if len(self._parts) == 1 else self._parts
        return datetime.date(year, month, day[0] if day else calendar.monthrange(year, month)[1])

    @property
    def words(self) -> str:
        """The date as a reader writes it."""
        year, *rest = self._parts
        return " ".join([*map(str, rest[1:]), *(_MONTHS[month - 1] for month in rest[:1]), str(year)])

    def __str__(self) -> str:
        return self.text


Days: TypeAlias = PartialDate | datetime.date | tuple[datetime.date | None, datetime.date]


def days_between(start: Days, end: Days, *, start_counts: bool) -> Bounds:
    """Bounds of the number of days from `start` to `end`, whose hours are unknown.

    Between two known days n apart lie n - 1 to n + 1 days, and n to n + 1 if the first day counts from its
    beginning (`start_counts`); never less than 0. Each of the two is a date or the first and last day it may be;
    a first day of None means that nothing bounds it from below.

    Raises ValueError if the end is before the start.

    >>> str(days_between(PartialDate("2022-02-24"), PartialDate("2024-01-26"), start_counts=True))
    '[701, 702]'
    """
    from reported.intervals.bounds import Bounds

    (start_first, start_last), (end_first, end_last) = _range(start), _range(end)
    if start_first is not None and end_last < start_first:
        raise ValueError(f"the period ends ({end_last}) before it starts ({start_first})")
    least = (end_first - start_last).days - (not start_counts) if end_first is not None else 0
    most = (end_last - start_first).days + 1 if start_first is not None else float("inf")
    return Bounds(max(0, least), most)


def _range(day: Days) -> tuple[datetime.date | None, datetime.date]:
    if isinstance(day, PartialDate):
        return day.first, day.last
    return day if isinstance(day, tuple) else (day, day)
