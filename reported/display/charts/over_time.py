"""Figures at the days for which they hold: a panel for each quantity, steps for cumulative counts.

A month or a year is as wide as it is; "by" a day is an end without a start.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.path import Path

from reported.display.charts.chart import Chart, Drawing
from reported.display.charts.look import (
    BODY,
    CAPITAL,
    INK,
    SMALL,
    SOFT,
    frameless,
    measure,
    place,
    ruled,
    tick,
    wrapped,
)
from reported.display.charts.marks import ARROW, SHAPES, Span, arrows, dots, open_end, thin
from reported.display.charts.operands import (
    READINGS,
    claim,
    colour,
    colours,
    digits,
    ends,
    factor,
    finite_ends,
    label,
    readings_alike,
    said,
    soft_ends,
    solid,
    sources,
    speaker,
    unit,
)

_PANEL = 168.0
_PANELS = 3
_DENSE = 60
_NAMED = 10
_LABELLED = 24
"""Up to so many figures each has its words; of more, only the first, the last and the largest steps."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Dated:
    """A statement at its days, as numbers of days; `start` is None for "by" a day."""

    figure: Any
    start: float | None
    end: float
    restated: int = 0

    @property
    def x(self) -> float:
        """Where its mark is: its day, the middle of its month or year, the day it is known by."""
        return self.end if self.start is None else (self.start + self.end) / 2

    @cached_property
    def y(self) -> float | None:
        """The height of its mark."""
        value = digits(self.figure)
        finite = finite_ends([self.figure])
        return value if value is not None else (sum(finite) / len(finite) if finite else None)


@dataclass(frozen=True)
class Series:
    """What one claimant said of one quantity, by day."""

    name: str
    colour: str
    shape: str
    statements: list[Dated] = field(default_factory=list)

    @property
    def stepped(self) -> bool:
        """Whether it is a count that only grows, so that each statement holds until the next."""
        return all(getattr(d.figure.quantity, "kind", "") == "cumulative" for d in self.statements)


def over_time(
    figures: Iterable[Any],
    *,
    panels: Literal["quantity", "unit"] = "quantity",
    title: str = "",
    subtitle: str = "",
    alt: str = "",
    note: str | None = None,
    id: str | None = None,
) -> Chart:
    """Figures over time: one panel a quantity, or a unit; one colour a party, one mark a claimant.

    A figure that restates another is a small stroke beside the statement it repeats. One without any day is
    counted in the note. Texts that are not given are made from the figures. Raises ValueError where no figure
    has a day.
    """
    figures = list(figures)
    dated, undated = _dated(figures)
    if not dated:
        raise ValueError("over_time() needs a figure with a day that it holds for; none of these has one")
    known = colours(figures)
    key = label if panels == "quantity" else unit
    names = list(dict.fromkeys(key(d.figure) for d in dated))
    groups = [(name, _series([d for d in dated if key(d.figure) == name], known)) for name in names]
    days = min(d.end if d.start is None else d.start for d in dated), max(d.end for d in dated)
    parts = [groups[i : i + _PANELS] for i in range(0, len(groups), _PANELS)]
    missing = [
        f"Not drawn, for want of a day: {', '.join(map(said, undated[:8]))}{' …' * (len(undated) > 8)}."
    ]
    return Chart(
        [_drawing(part, days, known) for part in parts],
        title=title or f"{'; '.join(names[:3])}, {_years(days)}",
        subtitle=subtitle
        or f"{', '.join(dict.fromkeys(unit(d.figure) for d in dated))}, at the days each figure holds for",
        alt=alt or _alt(dated),
        note=" ".join([sources(figures), *(missing if undated else [])]) if note is None else note,
        id=id,
    )


def _dated(figures: Sequence[Any]) -> tuple[list[Dated], list[Any]]:
    """Statements in the order of their days, each once with how often it is restated; and figures without a day."""
    first, repeats = _restated(figures)
    dated, undated = [], []
    for figure in first:
        start, end = (figure.held or (None, None))[:2]
        if end is None or not finite_ends([figure]):
            undated.append(figure)
            continue
        days = None if start is None else float(date2num(start)), float(date2num(end))
        dated.append(Dated(figure, *days, restated=repeats.get(figure, 0)))
    return sorted(dated, key=lambda d: (d.x, d.end)), undated


def _restated(figures: Sequence[Any]) -> tuple[list[Any], dict[Any, int]]:
    """Figures that restate no other of these, and how often each is restated.

    Only figures of one quantity are asked, so that thousands stay quick.
    """
    alike: dict[str, list[Any]] = {}
    for figure in figures:
        alike.setdefault(label(figure), []).append(figure)
    first, repeats = [], {}
    for figure in figures:
        original = next(
            (o for o in alike[label(figure)] if o is not figure and figure.related("restates", o)), None
        )
        if original is None:
            first.append(figure)
        else:
            repeats[original] = repeats.get(original, 0) + 1
    return first, repeats


def _series(dated: Sequence[Dated], known: dict[Any, str]) -> list[Series]:
    """By claimant and quantity, those who said most first; a mark for each claimant of a party."""
    several = len({label(d.figure) for d in dated}) > 1
    members: dict[tuple[str, str], list[Dated]] = {}
    for d in dated:
        members.setdefault((speaker(d.figure), label(d.figure) if several else ""), []).append(d)
    shapes: dict[str, dict[tuple[str, str], str]] = {}
    found = []
    for key, statements in sorted(members.items(), key=lambda item: -len(item[1])):
        hue = colour(statements[0].figure, known)
        own = shapes.setdefault(hue, {})
        own[key] = SHAPES[len(own) % len(SHAPES)]
        found.append(Series(f"{key[0]}: {key[1]}" if several else key[0], hue, own[key], statements))
    return found


def _years(days: tuple[float, float]) -> str:
    first, last = (_day(day).year for day in days)
    return str(first) if first == last else f"{first} to {last}"


def _day(number: float) -> datetime.date:
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=number)


def _alt(dated: Sequence[Dated]) -> str:
    if len(dated) <= _LABELLED:
        return f"{'. '.join(claim(d.figure) for d in dated)}."
    return (
        f"{len(dated)} statements over time. The first: {claim(dated[0].figure)}. The last: {claim(dated[-1].figure)}. "
        "The table of figures gives each in words."
    )


# ---------------------------------------------------------------- drawing


def _drawing(
    part: Sequence[tuple[str, list[Series]]], days: tuple[float, float], known: dict[Any, str]
) -> Drawing:
    return lambda ax, width: _draw(ax, width * 72, part, days, known)


def _draw(
    ax: Axes,
    width: float,
    part: Sequence[tuple[str, list[Series]]],
    days: tuple[float, float],
    known: dict[Any, str],
) -> None:
    axes = [ax, *(ax.figure.add_axes((0, 0, 1, 1)) for _ in part[1:])]
    margins = [_margin(series) for _, series in part]
    left, right = max(margins) + 8, width - 12
    tops, y = [], 0.0
    for name, series in part:
        y += 14 * len(wrapped(name, width, BODY, True)) * (len(part) > 1)
        tops.append(y)
        y += _key_height(series, width) + _PANEL + 30
    y -= 10
    ax.figure.set_figheight(y / 72)  # type: ignore[union-attr]
    spread = (days[1] - days[0]) or 2.0
    pad = spread * 14 / (right - left)
    for drawn, top, (name, series) in zip(axes, tops, part, strict=True):
        start = top + _key_height(series, width)
        place(drawn, width, y, (left, start, right, start + _PANEL))
        drawn.set_xlim(days[0] - pad, days[1] + pad)
        drawn.set_ylim(*_limits(series))
        _panel(drawn, series)
        if len(part) > 1:
            for number, line in enumerate(wrapped(name, width, BODY, True)):
                _words(
                    drawn,
                    (0, 1),
                    (-left, start - top + 14 * (number + 1) - 6),
                    line,
                    "axes fraction",
                    BODY,
                    600,
                )
        _key(drawn, series, width, left, start - top)


def _words(
    ax: Axes,
    at: tuple[float, float],
    offset: tuple[float, float],
    words: str,
    coords: str,
    size: float = SMALL,
    weight: int = 400,
) -> None:
    """Words that start some points away from a place, their capitals centred on it."""
    ax.annotate(
        words, at, (offset[0], offset[1] - CAPITAL * size), xycoords=coords, textcoords="offset points", va="baseline",
        fontsize=size, fontweight=weight, color=INK, annotation_clip=False,
    )  # fmt: skip


def _margin(series: Sequence[Series]) -> float:
    low, high = _limits(series)
    times = factor(series[0].statements[0].figure)
    return (
        max(measure(tick(v, times)) for v in (low, high, round(high, -int(math.log10(abs(high) or 1))))) + 4
    )


def _limits(series: Sequence[Series]) -> tuple[float, float]:
    """From zero, unless all numbers are close to each other; room for the arrows of open ends."""
    finite = finite_ends(d.figure for s in series for d in s.statements)
    low, high = min(finite), max(finite)
    if 0 <= low < 0.6 * high or low == high:
        low = min(0.0, low)
    spread = (high - low) or 1.0
    return low - (0.06 * spread if low else 0.0), high + 0.14 * spread


def _panel(ax: Axes, series: Sequence[Series]) -> None:
    ruled(ax, "y", _PANEL, factor(series[0].statements[0].figure))
    locator = AutoDateLocator(minticks=3, maxticks=8)
    formats = ["%Y", "%b", "%-d %b", "%H:%M", "%H:%M", "%S"]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(
        ConciseDateFormatter(
            locator, formats=formats, zero_formats=["", "%Y", "%b", "%-d", "%H", "%H"], show_offset=False
        )
    )
    ax.tick_params(axis="x", length=3, width=0.6, color=(INK, SOFT), labelcolor=(INK, SOFT))
    ax.tick_params(axis="y", labelcolor=(INK, SOFT))
    frameless(ax, keep=("bottom",))
    count = sum(len(s.statements) for s in series)
    length = ARROW if count <= _DENSE else ARROW / 2
    for s in series:
        _steps(ax, s)
        _marks(ax, s, length, 5.5 if count <= _DENSE else 3.2 if count <= 10 * _DENSE else 2.2)
        thin(ax, _spans(ax, s, count > _DENSE), upright=True, length=length)
    _label(ax, series, length)


def _spans(ax: Axes, s: Series, dense: bool) -> Iterator[Span]:
    """The bounds of a series; where marks are dense, an open end is drawn once in a few points of width."""
    last: dict[tuple[str, float], float] = {}
    for d in s.statements:
        alike, at = readings_alike([d.figure]), ax.transData.transform((d.x, 0))[0]
        for reading in ["typical"] if alike else READINGS:
            pair = ends(d.figure, reading)
            if pair is None or pair[0] == pair[1]:
                continue
            endless = next((end for end in pair if math.isinf(end)), 0.0)
            if dense and endless and at - last.get((reading, endless), -math.inf) < 7:
                continue
            last[reading, endless] = at
            soft = (False, False) if dense else soft_ends(d.figure)
            yield Span(d.x, *pair, soft, s.colour, None if alike else reading, digits(d.figure))


def _steps(ax: Axes, s: Series) -> None:
    points = [(d.x, d.y) for d in s.statements if d.y is not None]
    if s.stepped and len(points) > 1:
        x, y = zip(*points, strict=True)
        ax.step(x, y, where="post", color=s.colour, linewidth=1.1, alpha=0.6, zorder=1.5)


def _marks(ax: Axes, s: Series, length: float, size: float) -> None:
    """The marks, the width of months and years, the ends without a start, the strokes of restatements."""
    drawn = [(d, d.x, d.y) for d in s.statements if d.y is not None]
    for fill in (True, False):
        of_fill = [(x, y) for d, x, y in drawn if digits(d.figure) is not None and solid(d.figure) is fill]
        if of_fill:
            dots(ax, *zip(*of_fill, strict=True), s.colour, fill, s.shape, size)
    for d, _, y in drawn:
        if d.start is not None and d.end > d.start:
            ax.plot([d.start, d.end], [y, y], color=s.colour, linewidth=1.2, marker="|", markersize=size + 1)
    if by := [(d.end, y) for d, _, y in drawn if d.start is None]:
        arrows(ax, by, "left", s.colour, length=length)
    for times in sorted({d.restated for d in s.statements} - {0}):
        strokes = [(0.33 + 0.12 * n, end) for n in range(min(times, 5)) for end in (-0.2, 0.2)]
        path = Path([*strokes, (1, 0)], [1, 2] * (len(strokes) // 2) + [1])
        ax.plot(
            *zip(*((x, y) for d, x, y in drawn if d.restated == times), strict=True), linestyle="none", marker=path,
            markersize=36, markeredgecolor=s.colour, markeredgewidth=1,
        )  # fmt: skip


# ---------------------------------------------------------------- words by their marks


def _label(ax: Axes, series: Sequence[Series], length: float) -> None:
    """The words of figures right beside their marks, where they cover no mark and no other words.

    A place on a line of steps is taken only where there is no other.
    """
    origin = ax.transAxes.transform((0, 0))
    right, top = ax.transAxes.transform((1, 1)) - origin
    at = {
        d: ax.transData.transform((d.x, d.y)) - origin
        for s in series
        for d in s.statements
        if d.y is not None
    }
    taken = np.array([_mark_box(ax, d, x, y, length) for d, (x, y) in at.items()])
    steps = np.array(
        [box for s in series if s.stepped for box in _step_boxes([at[d] for d in s.statements if d in at])]
    )
    for d in _chosen(series):
        x, y = at[d]
        long = measure(said(d.figure), SMALL, True)
        own = _mark_box(ax, d, x, y, length)
        starts = (
            own[2] + 3,
            own[0] - 3 - long,
            x - long / 2,
            x - 2,
            x + 2 - long,
            min(x, right - long + 6),
            max(x - long, 0.0),
        )
        places = [(start, y) for start in starts[:2]]
        places += [(start, middle) for middle in (own[3] + 5, own[1] - 5) for start in starts[2:]]
        places += [(start, y + by) for by in (6, -6) for start in starts[:2]]
        boxes = [(start - 1, middle - 4.5, start + long + 1, middle + 4.5) for start, middle in places]
        free = [
            b
            for b in boxes
            if b[0] >= -4 and b[2] <= right + 10 and 0 <= b[1] and b[3] <= top + 6 and not _meets(b, taken)
        ]
        box = next((b for b in free if not _meets(b, steps)), free[0] if free else None)
        if box is not None:
            taken = np.vstack([taken, box])
            offset = box[0] + 1 - x, (box[1] + box[3]) / 2 - y
            _words(ax, (d.x, d.y or 0.0), offset, said(d.figure), "data", weight=600)


def _step_boxes(points: Sequence[Any]) -> list[Box]:
    flat = [(a[0], a[1] - 1, b[0], a[1] + 1) for a, b in pairwise(points)]
    return flat + [(b[0] - 1, min(a[1], b[1]), b[0] + 1, max(a[1], b[1])) for a, b in pairwise(points)]


def _mark_box(ax: Axes, d: Dated, x: float, y: float, length: float) -> Box:
    """What the mark of a statement covers under the typical reading, in points."""
    left, below, right, above = x - 3.5, y - 3.5, x + 3.5, y + 3.5
    for end in ends(d.figure) or ():
        if math.isfinite(end):
            height = ax.transData.transform((d.x, end))[1] - ax.transAxes.transform((0, 0))[1]
            below, above = min(below, height - 1), max(above, height + 1)
        else:
            above, below = (above, min(below, y - length)) if end < 0 else (max(above, y + length), below)
    if d.start is None:
        left -= length - 3
    elif d.end > d.start:
        half = (ax.transData.transform((d.end, 0)) - ax.transData.transform((d.start, 0)))[0] / 2
        left, right = x - half - 2, x + half + 2
    return left, below, right + (5 + 2.2 * min(d.restated, 5) if d.restated else 0), above


def _chosen(series: Sequence[Series]) -> list[Dated]:
    """Whose words are wanted, the most important first."""
    if sum(len(s.statements) for s in series) <= _LABELLED:
        return [d for s in series for d in s.statements if d.y is not None]
    wanted: list[Dated] = []
    for s in series:
        drawn = [d for d in s.statements if d.y is not None]
        steps = sorted(pairwise(drawn), key=lambda pair: -abs((pair[1].y or 0) - (pair[0].y or 0)))
        wanted += [
            *drawn[-1:],
            *drawn[:1],
            *(after for _, after in steps[: max(0, _LABELLED // 2 // len(series) - 2)]),
        ]
    return list(dict.fromkeys(wanted))[:_LABELLED]


def _meets(box: Box, others: Any) -> bool:
    if not len(others):
        return False
    left, below, right, above = others.T
    return bool(np.any((box[0] < right) & (left < box[2]) & (box[1] < above) & (below < box[3])))


# ---------------------------------------------------------------- whose mark is which


def _key_lines(series: Sequence[Series], width: float) -> list[list[tuple[float, dict[str, Any], str]]]:
    """Marks and names in lines, each with its place from the left."""
    entries = [(_look(s), s.name) for s in series[:_NAMED]]
    if len(series) > _NAMED:
        entries.append(({"marker": ""}, f"and {len(series) - _NAMED} others, in their parties’ colours"))
    statements = [d for s in series for d in s.statements]
    if any(d.start is None for d in statements):
        entries.append(
            (
                {"marker": open_end("left"), "color": INK, "markersize": 18, "markerfacecolor": "none"},
                "by this day",
            )
        )
    if any(d.restated for d in statements):
        entries.append(({"marker": "|", "color": INK}, "the same statement, reported again"))
    lines: list[list[tuple[float, dict[str, Any], str]]] = [[]]
    x = 0.0
    for mark, name in entries:
        words = wrapped(name, width - 16, most=1)[0]
        needed = measure(words) + 28
        if x and x + needed - 14 > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, mark, words))
        x += needed
    return lines


def _look(s: Series) -> dict[str, Any]:
    fill = s.colour if all(solid(d.figure) for d in s.statements) else "none"
    return {"marker": s.shape, "color": s.colour, "markerfacecolor": fill, "markeredgewidth": 1.3}


def _key_height(series: Sequence[Series], width: float) -> float:
    return 13.0 * len(_key_lines(series, width)) + 10


def _key(ax: Axes, series: Sequence[Series], width: float, left: float, head: float) -> None:
    origin = ax.transAxes.transform((0, 1))
    for number, line in enumerate(_key_lines(series, width)):
        above = head - 7 - 13 * number
        for x, mark, words in line:
            at = ax.transAxes.inverted().transform(origin + (x - left + 4, above))
            ax.plot(*at, transform=ax.transAxes, clip_on=False, **{"markersize": 5.5, **mark})
            _words(ax, (0, 1), (x - left + (11 if mark["marker"] else -4), above), words, "axes fraction")
