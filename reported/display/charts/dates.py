"""Figures in time: the day of each statement and the day it holds for; one quantity as it was reported on."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from reported.display.charts.canvas import BODY, RULE, SMALL, SOFT, Canvas, attributed, measure
from reported.display.charts.chart import Chart
from reported.display.charts.marks import (
    IDENTIFIED,
    NONE_REPORTED,
    RADIUS,
    arrow,
    axis,
    colour,
    faded,
    key,
    mark,
    upward,
)
from reported.display.charts.scale import Days, Linear, linear
from reported.display.charts.sentences import (
    by_side,
    claim,
    count,
    joined,
    left_out,
    linked,
    said,
    sources,
    units,
    who,
)
from reported.intervals import wording
from reported.ledger.ledger import Ledger
from reported.ledger.reading import TYPICAL
from reported.ledger.records import Figure

_LINE = 12.4
_NOT_GIVEN = "date not given"


def timeline(ledger: Ledger, most: int = 40, title: str = "") -> Chart:
    """Each figure at the day it was stated, with the day it holds for; undated statements in a lane of their own."""
    every = sorted(ledger, key=lambda f: (f.stated_on is None, f.stated_on or datetime.date.min))
    shown = every[:most]
    rest = left_out(len(every), len(shown))
    return Chart(
        id="chart-timeline",
        title=title or _dated(every),
        subtitle="Each figure at the day on which it was stated, and the day for which it holds",
        alt=joined("Statements by day.", *(f"{claim(f)} {_days(f)}" for f in shown), rest),
        note=joined(
            sources(shown),
            "A statement whose day is not given stands apart, at no day. A day that a figure holds for is dashed "
            "where the day of the statement or of the article stands in for one that is not given.",
            rest,
        ),
        draw=lambda width: _draw_timeline(shown, width, rest),
    )


def _dated(figures: Sequence[Figure]) -> str:
    """How many statements have a date, and from when to when they are."""
    days = [f.stated_on for f in figures if f.stated_on is not None]
    if not days:
        return "No statement carries a date"
    when = _period(min(days), max(days))
    if len(days) == len(figures):
        return f"All {count(len(days))} statements carry a date, {when}"
    only = "only " if len(days) * 2 < len(figures) else ""
    carry = "carries" if len(days) == 1 else "carry"
    return wording.capital(
        f"{only}{count(len(days))} of the {count(len(figures))} statements {carry} a date, {when}"
    )


def _period(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return f"on {wording.date(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"from {first.day} to {wording.date(last)}"
    return f"from {wording.date(first)} to {wording.date(last)}"


def _days(f: Figure) -> str:
    stated = (
        f"Stated on {wording.date(f.stated_on)}" if f.stated_on else "The day of the statement is not given"
    )
    if f.as_of is None:
        holds = "the day it holds for is not given"
    elif f.as_of_basis == "given":
        holds = f"it holds for {wording.date(f.as_of)}"
    else:
        holds = f"it holds for {wording.date(f.as_of)}, assumed from the {f.as_of_basis}"
    start = f.quantity.period_start
    since = f", counted since {wording.date(start)}" if start else ""
    return f"{stated}; {holds}{since}."


def _draw_timeline(figures: Sequence[Figure], width: float, rest: str) -> Drawing:
    canvas = Canvas(width)
    days = [d for f in figures for d in (f.stated_on, f.as_of) if d is not None]
    lane = 84.0 if any(f.stated_on is None for f in figures) else 0.0
    left = 20.0 if canvas.narrow else 244.0
    right = canvas.width - lane - 20
    scale = Days(min(days), max(days), left, right) if days else None
    y = _timeline_key(canvas, figures)
    heads = y + 4
    y = heads + 12
    tops = []
    for f in figures:
        tops.append(y)
        y += _entry_height(canvas, f)
    canvas.line([(0, heads + 9), (canvas.width, heads + 9)], RULE, 1)
    middle = canvas.width - lane / 2
    if lane:
        canvas.text(middle, heads, _NOT_GIVEN, SMALL, ink=SOFT, anchor="center")
        if not canvas.narrow:
            canvas.rectangle(canvas.width - lane + 8, heads + 9, canvas.width, y, RULE, opacity=0.35)
    if scale is not None:
        ticks = scale.ticks(46)
        axis(canvas, ticks, heads, heads + 9, heads + 9 if canvas.narrow else y)
    for f, top in zip(figures, tops, strict=True):
        _entry(canvas, f, scale, middle, lane, top)
    if rest:
        y = canvas.paragraph(0, y + 6, rest, canvas.width, SMALL, ink=SOFT) - 4
    return canvas.finished(y + 2)


def _timeline_key(canvas: Canvas, figures: Sequence[Figure]) -> float:
    def dash(x: float, y: float, dashed: bool) -> None:
        canvas.line([(x, y - 6), (x, y + 6)], "unnamed", 1.6, dashed)

    entries = [(lambda x, y: mark(canvas, x, y, "unnamed", NONE_REPORTED), "stated")]
    if any(f.as_of_basis == "given" for f in figures):
        entries.append((lambda x, y: dash(x, y, False), "holds for this day"))
    if any(f.as_of and f.as_of_basis != "given" for f in figures):
        entries.append((lambda x, y: dash(x, y, True), "the same, but assumed"))
    if any(f.quantity.period_start for f in figures):
        entries.append(
            (lambda x, y: arrow(canvas, x - 5, y, "unnamed", False, -1), "counted from earlier on")
        )
    return key(canvas, 8, entries)


def _entry_lines(canvas: Canvas, f: Figure) -> list[str]:
    room = canvas.width if canvas.narrow else 222
    return attributed(f.quantity.label, who(f), room, SMALL, most=3)


def _entry_height(canvas: Canvas, f: Figure) -> float:
    return _LINE * (1 + len(_entry_lines(canvas, f))) + (27 if canvas.narrow else 7)


def _entry(canvas: Canvas, f: Figure, scale: Days | None, middle: float, lane: float, top: float) -> None:
    """One statement: its words, and its marks on the line of days or in the lane without."""
    lines = _entry_lines(canvas, f)
    canvas.text(0, top + 8, said(f), bold=True)
    for n, line in enumerate(lines):
        canvas.text(0, top + 8 + (n + 1) * _LINE, line, SMALL, ink=SOFT)
    y = top + 8 + ((len(lines) + 1) * _LINE + 4 if canvas.narrow else _LINE / 2)
    hue = colour(f.claimant.side)
    if canvas.narrow and scale is not None:
        canvas.line([(scale.left - 12, y), (scale.right + 12, y)], RULE)
        for x, _ in scale.ticks(46):
            canvas.line([(x, y - 5), (x, y + 5)], RULE)
        if lane:
            canvas.rectangle(middle - lane / 2 + 8, y - 8, canvas.width, y + 8, RULE, opacity=0.35)
    if f.as_of is not None and scale is not None:
        x = scale(f.as_of)
        if f.stated_on is not None and f.stated_on != f.as_of:
            canvas.line([(x, y), (scale(f.stated_on), y)], hue, 1.3)
        if f.quantity.period_start is not None and f.quantity.period_start < scale.first:
            canvas.line([(scale.left - 10, y), (x, y)], hue, 1.3)
            arrow(canvas, scale.left - 15, y, hue, False, -1, 6)
        canvas.line([(x, y - 9), (x, y + 9)], hue, 1.6, dashed=f.as_of_basis != "given")
    place = middle + 4 if f.stated_on is None or scale is None else scale(f.stated_on)
    mark(canvas, place, y, f.claimant.side, f.evidence)


# ---------------------------------------------------------------- one quantity over time


@dataclass(frozen=True)
class Series:
    """What one claimant said of a quantity, by day."""

    name: str
    side: str
    figures: list[Figure]


def over_time(ledger: Ledger, quantity: str, reading: str = TYPICAL, title: str = "") -> Chart:
    """One quantity as it was reported at two or more dates: a series a claimant, floors as steps.

    A figure stands at the day it holds for; one whose day is not given is named in the note and not drawn.
    """
    figures = by_side(ledger.select(quantity=quantity))
    dated = sorted((f for f in figures if f.as_of is not None), key=lambda f: f.as_of or datetime.date.min)
    undated = [f for f in figures if f.as_of is None]
    names = list(dict.fromkeys((f.claimant.name, f.claimant.side) for f in by_side(dated)))
    series = [
        Series(name, side, [f for f in dated if (f.claimant.name, f.claimant.side) == (name, side)])
        for name, side in names
    ]
    label = figures[0].quantity.label if figures else quantity
    unit = units(figures[0].quantity.unit) if figures else ""
    missing = [
        f"{linked(f)} ({wording.escape(who(f))}): the day it holds for is not given, so it is not drawn."
        for f in undated
    ]
    return Chart(
        id=f"chart-{quantity.replace('_', '-')}-over-time",
        title=title or _course(dated, label, reading),
        subtitle=f"{label}, number of {unit}, at the day each figure holds for",
        alt=joined(
            f"{label} over time.",
            *(f"{wording.date(f.as_of)}: {claim(f)}" for f in dated),
            *(f"Date not given: {claim(f)}" for f in undated),
        ),
        note=joined(sources(figures), *missing),
        draw=lambda width: _draw_course(series, reading, width),
    )


def _course(dated: Sequence[Figure], label: str, reading: str) -> str:
    """Whether the last bounds lie above the first, if the words allow to say so."""
    days = {f.as_of for f in dated}
    if len(days) < 2:
        return f"{label}: no two dates to compare"
    sides = {f.claimant.side for f in dated}
    one, last = dated[0], dated[-1]
    first, second = one.bounds[reading], last.bounds[reading]
    when = _period(min(d for d in days if d), max(d for d in days if d))
    by = "" if len(sides) == 1 else ", though not by one account"
    if first is None or second is None:
        return f"{label}: whether the number grew {when} cannot be said"
    if (second > first) is True:
        return f"{label}: more {when}{by}"
    if (second < first) is True:
        return f"{label}: fewer {when}{by}"
    return f"{label}: {one.said}, then {last.said}; whether that is growth is undetermined"


_RISE, _ROOM = 30.0, 206.0  # how tall an upward arrow is, and the plot from its top to zero
_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Point:
    """A figure at its place on the plot; `low` and `high` are the heights of its bounds' ends, None where open."""

    figure: Figure
    x: float
    y: float
    low: float | None
    high: float | None

    @property
    def box(self) -> _Box:
        """What the mark and its arrow or bounds cover."""
        top = self.y - _RISE if self.high is None else min(self.y, self.high)
        bottom = self.y if self.low is None else max(self.y, self.low)
        return self.x - RADIUS - 1, top - RADIUS - 1, self.x + RADIUS + 1, bottom + RADIUS + 1


def _draw_course(series: Sequence[Series], reading: str, width: float) -> Drawing:
    canvas = Canvas(width)
    figures = [f for s in series for f in s.figures]
    if not figures:
        canvas.text(0, 10, "No figure of this quantity has a date that it holds for", SMALL, ink=SOFT)
        return canvas.finished(20)
    top = 20.0
    bottom = top + _ROOM
    value = linear([v for f in figures for v in _ends(f, reading)], 0, _ROOM)
    ticks = value.ticks(45)
    margin = max(measure(words, SMALL) for _, words in ticks) + 8
    days = [f.as_of for f in figures if f.as_of is not None]
    edge = canvas.width - (22 if canvas.narrow else 110)
    time = Days(min(days), max(days), margin + 16, edge)
    for place, words in ticks:
        canvas.line([(margin, bottom - place), (canvas.width, bottom - place)], RULE)
        canvas.text(margin - 8, bottom - place, words, SMALL, ink=SOFT, anchor="right")
    for x, words in time.ticks(56):
        canvas.line([(x, bottom), (x, bottom + 4)], SOFT)
        half = measure(words, SMALL) / 2
        place = min(max(x, half), canvas.width - half)
        canvas.text(place, bottom + 13, words, SMALL, ink=SOFT, anchor="center")
    points = [[_point(f, figures, reading, time, value, bottom) for f in s.figures] for s in series]
    for s, line in zip(series, points, strict=True):
        _series(canvas, s, line)
    unplaced = _labels(canvas, [p for line in points for p in line], bottom)
    height = bottom + 32
    entries = [(_swatch(canvas, s), s.name if s.name == s.side else f"{s.name} ({s.side})") for s in series]
    height = key(canvas, height, entries)
    if unplaced:
        words = f"{wording.capital(count(unplaced))} of the numbers have no room here; they are in the table."
        height = canvas.paragraph(0, height + 2, words, canvas.width, SMALL, ink=SOFT)
    return canvas.finished(height)


def _swatch(canvas: Canvas, s: Series) -> Callable[[float, float], None]:
    return lambda x, y: mark(canvas, x, y, s.side, s.figures[0].evidence)


def _ends(f: Figure, reading: str) -> list[float]:
    bounds = f.bounds[reading]
    digits = [float(v) for v in (f.value, f.value_to) if v is not None]
    return [*digits, *((bounds.lower, bounds.upper) if bounds is not None else ())]


def _point(
    f: Figure, figures: Sequence[Figure], reading: str, time: Days, value: Linear, bottom: float
) -> Point:
    """The place of a figure; figures of one day stand side by side. Without digits its lower end is its height."""
    assert f.as_of is not None
    same = [other for other in figures if other.as_of == f.as_of]
    beside = (same.index(f) - (len(same) - 1) / 2) * min(13.0, 40.0 / len(same))
    bounds = f.bounds[reading]
    finite = [v for v in _ends(f, reading) if math.isfinite(v)]
    ends = (None, None) if bounds is None else (bounds.lower, bounds.upper)
    low, high = (bottom - value(v) if v is not None and math.isfinite(v) else None for v in ends)
    y = bottom - value(finite[0] if finite else 0.0)
    return Point(f, time(f.as_of) + beside, y, y if bounds is None else low, y if bounds is None else high)


def _series(canvas: Canvas, s: Series, points: Sequence[Point]) -> None:
    """One claimant's figures: floors joined by steps, all others standing alone."""
    hue = colour(s.side)
    for point, following in itertools.pairwise(points):
        if point.high is None:
            canvas.line([(point.x, point.y), (following.x, point.y), (following.x, following.y)], hue, 1.3)
    for p in points:
        f, solid = p.figure, p.figure.evidence == IDENTIFIED
        if p.high is None:
            canvas.line([(p.x, p.y), (p.x, p.y - _RISE + 6)], hue, 1.3)
            upward(canvas, p.x, p.y - _RISE, hue, solid, 6.5)
        elif p.low is not None and p.low - p.high > 0.5:
            hedged = f.qualifier in ("about", "nearly")
            low, high = (p.low, p.high) if not hedged else (max(p.low, p.y + 9), min(p.high, p.y - 9))
            faded(canvas, p.x - 0.8, high, p.x + 0.8, low, hue, (hedged, hedged), upright=True)
            for end in () if hedged else (low, high):
                canvas.line([(p.x - 5, end), (p.x + 5, end)], hue, 1.5)
        if f.value is None:
            canvas.line([(p.x - 6, p.y), (p.x + 6, p.y)], hue, 1.5)
        else:
            mark(canvas, p.x, p.y, s.side, f.evidence)
        if f.value_to is not None and p.high is not None:
            mark(canvas, p.x, p.high, s.side, f.evidence)


def _labels(canvas: Canvas, points: Sequence[Point], bottom: float) -> int:
    """The words of each figure at the first free place around its mark; how many found none."""
    taken = [p.box for p in points]
    unplaced = 0
    for p in points:
        long = measure(p.figure.said, BODY, True)
        places = (
            (start, p.y + down)
            for down in (0, 14, -14, 27, -27, -_RISE - 12, 42)
            for start in (p.x + 9, p.x - 9 - long, p.x - long / 2, canvas.width - long)
            if down or start != p.x - long / 2
        )
        for start, y in places:
            box = (start - 2, y - 6.5, start + long + 2, y + 6.5)
            inside = box[0] >= 0 and box[2] <= canvas.width + 2 and box[1] >= 0 and box[3] <= bottom
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                canvas.text(start, y, p.figure.said, bold=True, backed=True)
                break
        else:
            unplaced += 1
    return unplaced


def _meet(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
