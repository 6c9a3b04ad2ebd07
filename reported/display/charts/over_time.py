"""Figures at the days for which they hold: a panel for each quantity, steps for cumulative counts.

A month or a year is as wide as it is; "by" a day is an end without a start.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
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
    INK,
    RULE,
    SMALL,
    SOFT,
    frameless,
    measure,
    place,
    ruled,
    tick,
    wrapped,
    write,
)
from reported.display.charts.marks import ARROW, SHAPES, Span, arrows, dots, thin
from reported.display.charts.operands import (
    READINGS,
    claim,
    colour,
    colours,
    ends,
    factor,
    finite_ends,
    label,
    point,
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
        value = point(self.figure)
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
    left, right = max(margins) + 8, width - 8
    tops, y = [], 0.0
    for name, series in part:
        y += 14 * len(wrapped(name, width, BODY, True)) * (len(part) > 1)
        tops.append(y)
        y += _key_height(series, width) + _PANEL + 34
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
                _beside(drawn, -left, start - top + 14 * (number + 1) - 6, line, bold=True)
        _key(drawn, series, width, left, start - top)


def _beside(ax: Axes, x: float, above: float, words: str, bold: bool = False) -> None:
    """Words at a distance in points from the panel's top left corner."""
    note = ax.annotate(
        words, (0, 1), (x, above), xycoords="axes fraction", textcoords="offset points", va="center"
    )
    note.set(fontsize=BODY if bold else SMALL, fontweight=600 if bold else 400, color=INK)


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
    spans: list[Span] = []
    for s in series:
        _steps(ax, s)
        _marks(ax, s)
        for d in s.statements:
            alike = readings_alike([d.figure])
            for reading in ["typical"] if alike else READINGS:
                pair = ends(d.figure, reading)
                if pair is not None and pair[0] < pair[1]:
                    spans.append(Span(d.x, *pair, soft_ends(d.figure), s.colour, None if alike else reading))
    thin(ax, spans, upright=True, width=1.3)
    _label(ax, series)


def _steps(ax: Axes, s: Series) -> None:
    points = [(d.x, d.y) for d in s.statements if d.y is not None]
    if s.stepped and len(points) > 1:
        x, y = zip(*points, strict=True)
        ax.step(x, y, where="post", color=s.colour, linewidth=1.1, alpha=0.7, zorder=1.5)


def _marks(ax: Axes, s: Series) -> None:
    """The marks, the width of months and years, the ends without a start, the strokes of restatements."""
    drawn = [d for d in s.statements if d.y is not None]
    size = 5.5 if len(drawn) <= 60 else 3.5
    for fill in (True, False):
        of_fill = [d for d in drawn if solid(d.figure) is fill]
        if of_fill:
            dots(
                ax,
                [d.x for d in of_fill],
                [d.y for d in of_fill if d.y is not None],
                s.colour,
                fill,
                s.shape,
                size,
            )
    wide = [
        (d.start, d.end, d.y) for d in drawn if d.start is not None and d.end > d.start and d.y is not None
    ]
    if wide:
        x = [v for start, end, _ in wide for v in (start, end, math.nan)]
        y = [v for _, _, at in wide for v in (at, at, math.nan)]
        ax.plot(x, y, color=s.colour, linewidth=1.3, marker="|", markersize=7, markeredgewidth=1.3)
    by = [(d.end, d.y) for d in drawn if d.start is None and d.y is not None]
    if by:
        arrows(ax, *zip(*by, strict=True), "left", s.colour)
    for count in sorted({d.restated for d in drawn} - {0}):
        times = [(d.x, d.y) for d in drawn if d.restated == count and d.y is not None]
        strokes = [(0.4 + 0.12 * n, end) for n in range(min(count, 5)) for end in (-0.2, 0.2)]
        path = Path([*strokes, (1, 0)], [1, 2] * (len(strokes) // 2) + [1])
        ax.plot(
            *zip(*times, strict=True),
            linestyle="none",
            marker=path,
            markersize=36,
            markeredgecolor=s.colour,
            markeredgewidth=1,
        )


# ---------------------------------------------------------------- words by their marks


def _label(ax: Axes, series: Sequence[Series]) -> None:
    """The words of figures right beside their marks, where they cover no mark and no other words."""
    origin = ax.transAxes.transform((0, 0))
    right, top = ax.transAxes.transform((1, 1)) - origin
    at = {
        d: ax.transData.transform((d.x, d.y)) - origin
        for s in series
        for d in s.statements
        if d.y is not None
    }
    taken = np.array([_mark_box(ax, d, x, y) for d, (x, y) in at.items()])
    for d in _chosen(series):
        x, y = at[d]
        long = measure(said(d.figure), SMALL, True)
        own = _mark_box(ax, d, x, y)
        places = [
            (own[2] + 3, y), (own[0] - 3 - long, y), (x - long / 2, own[3] + 6), (x - long / 2, own[1] - 6),
            (x + 5, own[3] + 5), (x - 5 - long, own[3] + 5), (x + 5, own[1] - 5), (x - 5 - long, own[1] - 5),
            (right - long, own[3] + 6), (right - long, own[1] - 6), (0.0, own[3] + 6), (0.0, own[1] - 6),
        ]  # fmt: skip
        for start, middle in places:
            box = (start - 1, middle - 5, start + long + 1, middle + 5)
            near = box[0] <= own[2] + 4 and box[2] >= own[0] - 4
            inside = box[0] >= -2 and box[2] <= right + 8 and box[1] >= 0 and box[3] <= top + 6
            if near and inside and not _meets(box, taken):
                taken = np.vstack([taken, box])
                ax.annotate(
                    said(d.figure), (d.x, d.y or 0), (start - x, middle - y), textcoords="offset points",
                    va="center_baseline", fontsize=SMALL, fontweight=600, color=INK,
                )  # fmt: skip
                break


def _mark_box(ax: Axes, d: Dated, x: float, y: float) -> Box:
    """What the mark of a statement covers under any reading, in points."""
    left, below, right, above = x - 4.0, y - 4.0, x + 4.0, y + 4.0
    for reading in READINGS:
        for end in ends(d.figure, reading) or ():
            if math.isfinite(end):
                height = ax.transData.transform((d.x, end))[1] - ax.transAxes.transform((0, 0))[1]
                below, above = min(below, height - 2), max(above, height + 2)
            else:
                above, below = (above, min(below, y - ARROW)) if end < 0 else (max(above, y + ARROW), below)
    if d.start is None:
        left -= ARROW
    elif d.end > d.start:
        half = (ax.transData.transform((d.end, 0)) - ax.transData.transform((d.start, 0)))[0] / 2
        left, right = x - half - 2, x + half + 2
    return left, below, right + (9 + 2.2 * min(d.restated, 5) if d.restated else 0), above


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
            *(after for _, after in steps[: max(0, _LABELLED // len(series) - 2)]),
        ]
    return list(dict.fromkeys(wanted))[:_LABELLED]


def _meets(box: Box, taken: Any) -> bool:
    return bool(
        np.any(
            (box[0] < taken[:, 2]) & (taken[:, 0] < box[2]) & (box[1] < taken[:, 3]) & (taken[:, 1] < box[3])
        )
    )


# ---------------------------------------------------------------- whose mark is which


def _key_lines(series: Sequence[Series], width: float) -> list[list[tuple[float, Series | None, str]]]:
    """Marks and names in lines, each with its place from the left."""
    lines: list[list[tuple[float, Series | None, str]]] = [[]]
    x = 0.0
    entries: list[tuple[Series | None, str]] = [(s, s.name) for s in series[:10]]
    if len(series) > 10:
        entries.append((None, f"and {len(series) - 10} others, in their parties’ colours"))
    for s, name in entries:
        words = wrapped(name, width - 16, most=1)[0]
        needed = measure(words) + 28
        if x and x + needed - 14 > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, s, words))
        x += needed
    return lines


def _key_height(series: Sequence[Series], width: float) -> float:
    return 13.0 * len(_key_lines(series, width)) + 8


def _key(ax: Axes, series: Sequence[Series], width: float, left: float, head: float) -> None:
    lines = _key_lines(series, width)
    for number, line in enumerate(lines):
        above = head - 7 - 13 * number
        for x, s, words in line:
            _beside(ax, x - left + (11 if s else 0), above, words)
            if s is not None:
                fill = all(solid(d.figure) for d in s.statements)
                mark = ax.annotate("", (0, 1))
                mark.remove()
                origin = ax.transAxes.inverted().transform(
                    ax.transAxes.transform((0, 1)) + (x - left + 4, above)
                )
                ax.plot(
                    *origin, marker=s.shape, markersize=5.5, color=s.colour, transform=ax.transAxes, clip_on=False,
                    markerfacecolor=s.colour if fill else "none", markeredgewidth=1.3,
                )  # fmt: skip
