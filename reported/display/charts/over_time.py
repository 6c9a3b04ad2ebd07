"""Figures at the days for which they hold: a panel for each quantity, steps for cumulative counts.

A month or a year is as wide as it is; "by" a day is an end without a start.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.path import Path

from reported.display.charts import operands as of
from reported.display.charts.chart import WIDE, Chart, Drawing
from reported.display.charts.look import (
    BODY,
    CAPITAL,
    INK,
    SMALL,
    SOFT,
    Box,
    fitted,
    measure,
    place,
    ruled,
    tick,
)
from reported.display.charts.marks import ARROW, SHAPES, Span, dots, line, open_end, thin
from reported.intervals.wording import escape

_EPOCH = date(1970, 1, 1)
"""Day 0 of matplotlib's axes of dates."""
_DAYS = ["%Y", "%b", "%d %b", "%H:%M", "%H:%M", "%S"]
_PANEL, _PAGE = 156.0, 664.0
"""Heights of a panel and of a part in points; a part is what a printed page holds beside its title."""
_LABELLED = 24
"""Up to so many figures each has its words; of more, only the first, the last and the largest steps."""
_DENSE = 60
"""From so many figures on, marks are small, and open ends are drawn only as close as can be told apart."""
_NAMED = 10
"""How many series the key names."""


class _Days(ConciseDateFormatter):
    """Days without a leading nought, on any system."""

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        return [words.lstrip("0") for words in super().format_ticks(values)]  # type: ignore[no-untyped-call]


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


Panel = tuple[str, list[Series]]


def over_time(
    figures: Iterable[Any], panels: Literal["quantity", "unit"] = "quantity",
    marks: Literal["claimant", "party"] = "claimant",
    title: str = "", subtitle: str = "", alt: str = "", note: str | None = None, id: str = "",
) -> Chart:  # fmt: skip
    """Figures over time: a panel for each quantity or each unit, a colour a party, a mark a claimant or a party.

    A figure that restates another is a small stroke beside the statement it repeats. One with no finite bound under
    any reading is named in the note. Texts that are not given are made from the figures.

    Raises ValueError where no figure can be drawn.
    """
    figures = list(figures)
    dated, unread = _dated(figures)
    if not dated:
        raise ValueError("over_time() needs a figure with a number to draw; none of these has one")
    known = of.colours(figures)
    key = of.label if panels == "quantity" else of.unit
    names = [name for name in dict.fromkeys(map(key, figures)) if any(key(d.figure) == name for d in dated)]
    who = of.speaker if marks == "claimant" else of.party
    drawn = [(name, _series([d for d in dated if key(d.figure) == name], known, who)) for name in names]
    first, last = min(d.x if d.start is None else d.start for d in dated), max(d.end for d in dated)
    few = max(0.0, 6 - (last - first)) / 2  # a week at least, so that the axis has days and no hours
    days = first - few, last + few
    years = dict.fromkeys(str((_EPOCH + timedelta(day)).year) for day in (first, last))
    words = ", ".join(escape(of.said(f)) for f in unread[:8]) + " …" * (len(unread) > 8)
    missing = [f"Not drawn, because no number is read from them: {words}."] if unread else []
    units = ", ".join(dict.fromkeys(of.unit(d.figure) for d in dated))
    return Chart(
        [_drawing(part, days) for part in _parts(drawn)],
        title=title or f"{'; '.join(names[:3])}, {' to '.join(years)}",
        subtitle=subtitle or f"{units[:1].upper()}{units[1:]}, at the days each figure holds for",
        alt=alt or _alt(dated),
        note=" ".join([of.sources(figures), *missing]) if note is None else note,
        id=id,
    )


def _alt(dated: Sequence[Dated]) -> str:
    claims = [of.claim(d.figure) for d in dated]
    if len(dated) <= _LABELLED:
        return f"{'. '.join(claims)}."
    ends = f"The first: {claims[0]}. The last: {claims[-1]}."
    return f"{len(dated)} statements over time. {ends} The table of figures gives each in words."


def _dated(figures: Sequence[Any]) -> tuple[list[Dated], list[Any]]:
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
    return float((day - _EPOCH).days)


def _original(figure: Any, among: set[Any]) -> Any:
    """The first of the statements that a figure repeats, itself where it repeats none of these."""
    seen = {figure}
    while (earlier := figure.ledger.restated(figure)) in among and earlier not in seen:
        seen.add(earlier)
        figure = earlier
    return figure


def _series(dated: Sequence[Dated], known: dict[Any, str], who: Callable[[Any], str]) -> list[Series]:
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


# ---------------------------------------------------------------- drawing


def _parts(panels: Sequence[Panel]) -> list[list[Panel]]:
    parts: list[list[Panel]] = []
    free = 0.0
    for name, series in panels:
        needed = _height(_key(name, series, WIDE * 72))
        if needed > free:
            parts.append([])
            free = _PAGE
        parts[-1].append((name, series))
        free -= needed
    return parts


def _height(key: Sequence[Any]) -> float:
    return _PANEL + 13 * len(key) + 38


def _drawing(part: Sequence[Panel], days: tuple[float, float]) -> Drawing:
    return lambda ax, width: _draw(ax, width * 72, part, days)


def _draw(ax: Axes, width: float, part: Sequence[Panel], days: tuple[float, float]) -> None:
    axes = [ax, *(ax.figure.add_axes((0, 0, 1, 1)) for _ in part[1:])]
    keys = [_key(name if len(part) > 1 else "", series, width) for name, series in part]
    left, right = max(_margin(series) for _, series in part), width - 12
    height = sum(map(_height, keys)) - 10
    pad = (days[1] - days[0]) * 14 / (right - left)
    y = 0.0
    for drawn, key, (_, series) in zip(axes, keys, part, strict=True):
        top = y + 13 * len(key) + 8
        place(drawn, width, height, (left, top, right, top + _PANEL), keep="bottom")
        drawn.set(xlim=(days[0] - pad, days[1] + pad), ylim=_limits(series))
        _panel(drawn, series)
        origin = drawn.transAxes.transform((0, 1))
        for number, entries in enumerate(key):
            for x, mark, words in entries:
                above = top - y - 7 - 13 * number
                if mark:
                    beside = x - left + (4 if isinstance(mark["shape"], str) else 8)
                    at = drawn.transAxes.inverted().transform((origin[0] + beside, origin[1] + above))
                    dots(drawn, [tuple(at)], transform=drawn.transAxes, **mark)
                bold = words == part[axes.index(drawn)][0]
                _words(drawn, (0, 1), (x - left + (11 if mark else 0), above), words, "axes fraction", bold)
        y = top + _PANEL + 30


def _words(
    ax: Axes, at: tuple[float, float], offset: tuple[float, float], words: str, coords: str, bold: bool
) -> None:
    """Words that start some points away from a place, their capitals centred on it."""
    ax.annotate(
        words, at, (offset[0], offset[1] - CAPITAL * SMALL), xycoords=coords, textcoords="offset points",
        fontsize=SMALL, fontweight=600 if bold else 400, color=INK, annotation_clip=False,
    )  # fmt: skip


def _limits(series: Sequence[Series]) -> tuple[float, float]:
    """From zero, unless all numbers are close to each other; room for the arrows of open ends."""
    finite = of.finite_ends(d.figure for s in series for d in s.statements)
    low, high = min(finite), max(finite)
    if 0 <= low < 0.6 * high or low == high:
        low = min(0.0, low)
    spread = (high - low) or 1.0
    return low - (0.06 * spread if low else 0.0), high + 0.14 * spread


def _margin(series: Sequence[Series]) -> float:
    """Room for the numbers at the left: as wide as the widest that the axis may show."""
    low, high = _limits(series)
    step = 10.0 ** math.floor(math.log10((high - low) / 5))
    rounded = [round(v / step) * step for v in (low, high)]
    return max(measure(tick(v, of.factor(series[0].statements[0].figure))) for v in rounded) + 12


def _panel(ax: Axes, series: Sequence[Series]) -> None:
    ruled(ax, "y", _PANEL, of.factor(series[0].statements[0].figure))
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    zeros = ["", *_DAYS[:-1]]
    days = _Days(locator, formats=_DAYS, show_offset=False, zero_formats=zeros)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(days)
    ax.tick_params(axis="x", length=3, width=0.6, color=(INK, SOFT), labelcolor=(INK, SOFT))
    count = sum(len(s.statements) for s in series)
    length = ARROW if count <= _DENSE else ARROW / 2
    for s in series:
        if s.stepped:
            x, y = zip(*((d.x, d.y) for d in s.statements), strict=True)
            ax.step(x, y, where="post", color=s.colour, linewidth=1.1, alpha=0.6, zorder=1.5)
        _marks(ax, s, length, 5.5 if count <= _DENSE else 3.2 if count <= 10 * _DENSE else 2.2)
        thin(ax, _spans(ax, s, count > _DENSE), upright=True, length=length)
    _label(ax, series, length)


def _spans(ax: Axes, s: Series, dense: bool) -> Iterator[Span]:
    """The bounds of a series; where marks are dense, an open end is drawn once in a few points of width."""
    last: dict[tuple[str | None, bool], float] = {}
    for d in s.statements:
        at = ax.transData.transform((d.x, 0))[0]
        for span in of.spans(d.figure, d.x, s.colour):
            opened = span.reading, math.isinf(span.upper)
            if dense and math.isinf(span.upper - span.lower):
                if at - last.get(opened, -math.inf) < 7:
                    continue
                last[opened] = at
            yield replace(span, soft=(False, False)) if dense else span


def _marks(ax: Axes, s: Series, length: float, size: float) -> None:
    """The marks, the width of months and years, the ends without a start, the strokes of restatements."""
    for fill in (True, False):
        chosen = [d for d in s.statements if of.digits(d.figure) is not None and of.solid(d.figure) is fill]
        if chosen:
            dots(ax, [(d.x, d.y) for d in chosen], s.colour, fill, s.shape, size)
    for d in s.statements:
        if d.start is not None and d.end > d.start:
            line(ax, [d.start, d.end], [d.y] * 2, s.colour, 1.2, marker="|", markersize=size + 1)
    by = [(d.end, d.y) for d in s.statements if d.start is None]
    if by:
        dots(ax, by, s.colour, False, open_end("left"), 1.4 * length, alpha=0.7)
    for times in sorted({d.restated for d in s.statements} - {0}):
        strokes = [(0.33 + 0.12 * n, end) for n in range(min(times, 5)) for end in (-0.2, 0.2)]
        shape = Path([*strokes, (1, 0)], [1, 2] * (len(strokes) // 2) + [1])
        dots(ax, [(d.x, d.y) for d in s.statements if d.restated == times], s.colour, False, shape, 36)


# ---------------------------------------------------------------- words by their marks


def _label(ax: Axes, series: Sequence[Series], length: float) -> None:
    """The words of figures right beside their marks, where they cover no mark and no other words.

    A place on a line of steps is taken only where there is no other.
    """
    origin = ax.transAxes.transform((0, 0))
    right, top = ax.transAxes.transform((1, 1)) - origin
    at = {d: ax.transData.transform((d.x, d.y)) - origin for s in series for d in s.statements}
    own = {d: _mark_box(ax, d, at[d], length) for d in at}
    taken = np.array(list(own.values()))
    steps = [b for s in series if s.stepped for b in _step_boxes([at[d] for d in s.statements])]
    for d in _chosen(series):
        (x, y), (start, below, end, above) = at[d], own[d]
        long = measure(of.said(d.figure), SMALL, True)
        beside = [end + 3, start - 3 - long]
        over = [x - long / 2, x - 2, x + 2 - long, min(x, right - long + 6), max(x - long, 0.0)]
        places = [(x, y) for x in beside]
        places += [(x, y) for y in (above + 5, below - 5) for x in over]
        places += [(x, y + by) for by in (6, -6) for x in beside]
        boxes = [(x - 1, y - 4.5, x + long + 1, y + 4.5) for x, y in places]
        inside = [b for b in boxes if b[0] >= -4 and b[2] <= right + 10 and b[1] >= 0 and b[3] <= top + 6]
        free = [b for b in inside if not _meets(b, taken)]
        if free:
            box = next((b for b in free if not _meets(b, np.array(steps))), free[0])
            taken = np.vstack([taken, box])
            offset = box[0] + 1 - x, box[1] + 4.5 - y
            _words(ax, (d.x, d.y), offset, of.said(d.figure), "data", True)


def _mark_box(ax: Axes, d: Dated, at: Any, length: float) -> Box:
    """What the mark of a statement covers under the typical reading, in points."""
    x, y = at
    left, below, right, above = x - 3.5, y - 3.5, x + 3.5, y + 3.5
    for end in of.drawn_ends(d.figure) or ():
        if math.isfinite(end):
            height = y + (ax.transData.transform((d.x, end)) - ax.transData.transform((d.x, d.y)))[1]
        else:
            height = y + math.copysign(length, end)
        below, above = min(below, height - 1), max(above, height + 1)
    if d.start is None:
        left -= 0.7 * length - 3
    elif d.end > d.start:
        half = (ax.transData.transform((d.end, 0)) - ax.transData.transform((d.start, 0)))[0] / 2
        left, right = x - half - 2, x + half + 2
    return left, below, right + (5 + 2.2 * min(d.restated, 5) if d.restated else 0), above


def _step_boxes(points: Sequence[Any]) -> list[Box]:
    flat = [(a[0], a[1] - 1, b[0], a[1] + 1) for a, b in pairwise(points)]
    return flat + [(b[0] - 1, min(a[1], b[1]), b[0] + 1, max(a[1], b[1])) for a, b in pairwise(points)]


def _chosen(series: Sequence[Series]) -> list[Dated]:
    """Whose words are wanted, the most important first."""
    if sum(len(s.statements) for s in series) <= _LABELLED:
        return [d for s in series for d in s.statements]
    wanted: list[Dated] = []
    for s in series:
        steps = sorted(pairwise(s.statements), key=lambda pair: -abs(pair[1].y - pair[0].y))
        few = max(0, _LABELLED // 2 // len(series) - 2)
        wanted += [s.statements[-1], s.statements[0], *(after for _, after in steps[:few])]
    return list(dict.fromkeys(wanted))[:_LABELLED]


def _meets(box: Box, others: Any) -> bool:
    if not len(others):
        return False
    left, below, right, above = others.T
    return bool(np.any((box[0] < right) & (left < box[2]) & (box[1] < above) & (below < box[3])))


# ---------------------------------------------------------------- whose mark is which


def _key(name: str, series: Sequence[Series], width: float) -> list[list[tuple[float, dict[str, Any], str]]]:
    """Lines over a panel: its name, then marks and whose they are, each with its place from the left."""
    entries: list[tuple[dict[str, Any], str]] = [
        (
            {"colour": s.colour, "fill": all(of.solid(d.figure) for d in s.statements), "shape": s.shape},
            s.name,
        )
        for s in series[:_NAMED]
    ]
    if len(series) > _NAMED:
        entries.append(({}, f"and {len(series) - _NAMED} others, in their parties’ colours"))
    statements = [d for s in series for d in s.statements]
    sign = {"colour": INK, "fill": False}
    if any(d.start is None for d in statements):
        entries.append((sign | {"shape": open_end("left"), "size": 16}, "by this day"))
    if any(d.restated for d in statements):
        entries.append((sign | {"shape": "|"}, "the same statement, reported again"))
    lines: list[list[tuple[float, dict[str, Any], str]]] = (
        [[(0.0, {}, fitted(name, width, BODY, True))]] if name else []
    )
    x = math.inf
    for mark, words in entries:
        shown = fitted(words, width - 16)
        needed = measure(shown) + 28
        if x + needed - 14 > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, mark, shown))
        x += needed
    return lines
