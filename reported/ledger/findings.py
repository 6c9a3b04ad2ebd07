"""Findings: rows of a ledger that do not fit together and may yet be right. No reason to refuse it.

A part that exceeds its whole, numbers of one event that one speaker contradicts, a window that its days do not hold.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reported.intervals.bounds import Bounds, decided, intersection
from reported.ledger.dates import PartialDate
from reported.ledger.faults import Fault
from reported.ledger.records import REPORTED, FigureRecord

if TYPE_CHECKING:
    from reported.ledger.rows import Rows

PART, CONTRADICTION, WINDOW = "part-above-whole", "contradiction", "window-outside"
_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "month": 28, "year": 365, "decade": 3652}
"""The least days that a window's unit has."""


def findings(rows: Rows) -> list[Fault]:
    """List what a person should look at, in the order of the figures; each under the cautious reading.

    Linear in the figures, but for those of one event or of a declared part and whole.
    """
    table = rows.tables["figures"]
    lines = {row["id"]: number for number, row in enumerate(table.rows)}
    found = [*_parts(rows), *_contradictions(rows), *_windows(rows.figures.values())]
    return [
        Fault(code, table.at(lines[figure.id], column), text)
        for code, figure, column, text in sorted(found, key=lambda one: lines[one[1].id])
    ]


_Found = Iterator[tuple[str, FigureRecord, str, str]]


def _parts(rows: Rows) -> _Found:
    """Find parts, and counted floors, that exceed their whole whatever numbers within the bounds they are."""
    of: dict[str, list[FigureRecord]] = {}
    for figure in rows.figures.values():
        of.setdefault(figure.id, []).append(figure)
        of.setdefault(figure.quantity.id, []).append(figure)
    for relation in rows.relations:
        if relation.relation not in ("part of", "floor of"):
            continue
        pairs = itertools.product(of.get(relation.subject, ()), of.get(relation.object, ()))
        named = relation.subject in rows.figures and relation.object in rows.figures
        for part, whole in pairs:
            if named or _are_of_one(part, whole):
                one, other = part.stated["cautious"], whole.stated["cautious"]
                if one is not None and other is not None and decided(one, ">", other) is True:
                    text = f"“{part.said}” is more than “{whole.said}” ({whole.id}), of which it is {relation.relation[:-3]}"
                    yield PART, part, "value", f"{text}; look whether both are read rightly"


def _are_of_one(part: FigureRecord, whole: FigureRecord) -> bool:
    """True if two figures are of one event and day by one speaker, and both are reported as facts."""
    return (
        part.event == whole.event
        and part.claimant is whole.claimant
        and part.held[:2] == whole.held[:2]
        and part.standing == whole.standing == REPORTED
    )


def _contradictions(rows: Rows) -> _Found:
    """Find figures of one event and quantity by one speaker that share no number, none a correction of the other."""
    corrected = {frozenset((r.subject, r.object)) for r in rows.relations if r.relation == "refines"}
    groups: dict[tuple[str, ...], list[FigureRecord]] = {}
    for figure in rows.figures.values():
        if figure.event and figure.standing == REPORTED:
            day = "" if figure.quantity.kind == "event" else str(figure.held[:2])
            key = (figure.event, figure.quantity.id, figure.claimant.id, figure.over, day)
            groups.setdefault(key, []).append(figure)
    for group in groups.values():
        for one, other in itertools.combinations(group, 2):
            a, b = one.stated["cautious"], other.stated["cautious"]
            apart = a is not None and b is not None and not isinstance(intersection(a, b), Bounds)
            if apart and frozenset((one.id, other.id)) not in corrected:
                text = f"“{other.said}”, but {one.claimant.name} says “{one.said}” of the same ({one.id})"
                yield (
                    CONTRADICTION,
                    other,
                    "value",
                    f"{text}; if one corrects the other, relate them (refines)",
                )


def _windows(figures: Iterable[FigureRecord]) -> _Found:
    for figure in figures:
        start, last = figure.quantity.period_start, figure.held[1]
        if figure.over.startswith("since "):
            since = PartialDate(figure.over.removeprefix("since "))
            if since.first > last:
                text = f"{figure.over} begins after the day that the figure holds for ({figure.held[2]})"
                yield WINDOW, figure, "window", f"{text}; look at both"
        elif figure.over and start is not None:
            number, _, unit = figure.over.partition(" ")
            if last - datetime.timedelta(int(number) * _DAYS[unit]) < start.first - datetime.timedelta(1):
                text = f"{figure.over} before {figure.held[2]} reaches back before the period of {figure.quantity.id}"
                yield WINDOW, figure, "window", f"{text} ({start.words}); look at both"
