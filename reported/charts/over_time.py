"""Figures at the days for which they hold: a panel for each quantity, steps for cumulative counts.

A month or a year has its width; "by" a day is an end without a start.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal, TypeAlias

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.path import Path

from reported.charts import operands as of
from reported.charts.chart import WIDE, Chart, Drawing
from reported.charts.dated import EPOCH, Dated, Series, by_name, statements
from reported.charts.labels import LABELLED, label, write_beside
from reported.charts.look import (
    BODY,
    INK,
    SOFT,
    fitted,
    measure,
    place,
    ruled,
    tick,
)
from reported.charts.marks import ARROW, Span, dots, line, open_end, thin
from reported.display.arguments import figures_of, one_of
from reported.display.citations import speaker
from reported.figures.figure import Figure
from reported.figures.ledger import Ledger
from reported.ground.english import counted
from reported.intervals.wording import escape

_DAYS = ["%Y", "%b", "%d %b", "%H:%M", "%H:%M", "%S"]
_PANEL, _PAGE = 156.0, 664.0
"""Heights of a panel and of a part in points; a part fits a printed page below its title."""
_DENSE = 60
"""With this many figures or more, marks shrink and crowded open ends are thinned."""
_MOST = 1_600
"""Most statements that a chart draws."""
_NAMED = 10
"""Most series that the key names."""


class _Days(ConciseDateFormatter):
    """Format days without a leading zero, on any system."""

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        return [words.lstrip("0") for words in super().format_ticks(values)]  # type: ignore[no-untyped-call]


Panel = tuple[str, list[Series]]

_Style: TypeAlias = dict[str, Any]
"""Options of a drawn mark."""


def over_time(
    *figures: Figure | Ledger, panels: Literal["quantity", "unit"] = "quantity",
    marks: Literal["claimant", "party"] = "claimant", gap: int = 183,
    title: str = "", subtitle: str = "", alt: str = "", note: str | None = None, id: str = "",
) -> Chart:  # fmt: skip
    """Draw figures over time: a panel per quantity or unit, a colour per party, a mark per claimant or party.

    A count that only grows is a line of steps, which breaks where more than `gap` days are without a figure. A forecast,
    a target or a fear has a mark of its own and is in no line. A figure that restates another is a small stroke beside
    the statement it repeats. One with no finite bound under any reading is named in the note. Texts that are not given
    are made from the figures.

    Raises TypeError for anything but figures, ValueError for an unknown option or if no figure can be drawn.
    """
    __tracebackhide__ = True
    one_of("over_time", "panels", panels, ("quantity", "unit"))
    one_of("over_time", "marks", marks, ("claimant", "party"))
    every = figures_of("over_time", figures)
    dated, unread = statements(every)
    if not dated:
        raise ValueError("over_time() needs a figure with a number to draw; none of these has one")
    by_unit = panels == "unit"

    def key(figure: Figure) -> str:
        return of.unit(figure) if by_unit else figure.quantity.label

    def who(figure: Figure) -> str:
        return speaker(figure.claimant) if marks == "claimant" else figure.claimant.party.label

    # panel by panel, as many as can be told apart and a page has room for
    order = {name: number for number, name in enumerate(dict.fromkeys(map(key, every)))}
    shown = sorted(dated, key=lambda d: order[key(d.figure)])[:_MOST]
    left_out = ""
    if len(shown) < len(dated):
        left_out = f"The first {len(shown):,} of {len(dated):,} statements; the rest is in data/figures.csv."
        dated = sorted(shown, key=lambda d: (d.x, d.end))
        every = tuple(d.figure for d in dated)
    known = of.colours(every)
    drawn_names = {key(d.figure) for d in dated}
    names = [name for name in order if name in drawn_names]
    drawn = [(name, by_name([d for d in dated if key(d.figure) == name], known, who)) for name in names]
    first, last = min(d.x if d.start is None else d.start for d in dated), max(d.end for d in dated)
    few = max(0.0, 6 - (last - first)) / 2  # a week at least, so that the axis has days and no hours
    days = first - few, last + few
    years = dict.fromkeys(str((EPOCH + timedelta(day)).year) for day in (first, last))
    words = ", ".join(escape(of.said(f)) for f in unread[:8]) + " …" * (len(unread) > 8)
    missing = f"Not drawn, because no number is read from them: {words}." if unread else ""
    units = ", ".join(dict.fromkeys(of.unit(d.figure) for d in dated))
    return Chart(
        [_drawing(part, days, gap) for part in _parts(drawn)],
        title=title or f"{'; '.join(names[:3])}{' …' * (len(names) > 3)}, {' to '.join(years)}",
        subtitle=subtitle or f"{units[:1].upper()}{units[1:]}, at the days each figure holds for",
        alt=alt or _alt(dated),
        note=of.note(every, *_scales(drawn), *_broken(drawn, gap), missing, left_out)
        if note is None
        else note,
        id=id,
    )


def _scales(drawn: Sequence[Panel]) -> list[str]:
    """Say which scales do not begin at zero."""
    cut = [name for name, series in drawn if _limits(series)[0] > 0]
    if not cut:
        return []
    if len(cut) == len(drawn):
        return ["The scale does not begin at zero." if len(cut) == 1 else "No scale begins at zero."]
    return [f"Not from zero: the scale of {escape('; '.join(cut))}."]


def _broken(drawn: Sequence[Panel], gap: float) -> list[str]:
    broken = any(len(s.stretches(gap)) > 1 for _, series in drawn for s in series if s.stepped)
    return [f"A line breaks where more than {gap} days are without a figure."] if broken else []


def _alt(dated: Sequence[Dated]) -> str:
    claims = [of.claim(d.figure) for d in dated]
    if len(dated) <= LABELLED:
        return f"{'. '.join(claims)}."
    ends = f"The first: {claims[0]}. The last: {claims[-1]}."
    return f"{len(dated)} statements over time. {ends} data/figures.csv has each in words."


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


def _height(key: Sequence[object]) -> float:
    return _PANEL + 13 * len(key) + 38


def _drawing(part: Sequence[Panel], days: tuple[float, float], gap: float) -> Drawing:
    return lambda ax, width: _draw(ax, width * 72, part, days, gap)


def _draw(ax: Axes, width: float, part: Sequence[Panel], days: tuple[float, float], gap: float) -> None:
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
        _panel(drawn, series, gap)
        origin = drawn.transAxes.transform((0, 1))
        for number, entries in enumerate(key):
            for x, mark, words in entries:
                above = top - y - 7 - 13 * number
                if mark:
                    beside = x - left + (4 if isinstance(mark["shape"], str) else 8)
                    at = drawn.transAxes.inverted().transform((origin[0] + beside, origin[1] + above))
                    dots(drawn, [tuple(at)], transform=drawn.transAxes, **mark)
                bold = words == part[axes.index(drawn)][0]
                write_beside(
                    drawn, (0, 1), (x - left + (11 if mark else 0), above), words, "axes fraction", bold
                )
        y = top + _PANEL + 30


def _limits(series: Sequence[Series]) -> tuple[float, float]:
    """Return limits from zero, unless all numbers are close together, with room for the arrows of open ends."""
    finite = of.finite_ends(d.figure for s in series for d in s.statements)
    low, high = min(finite), max(finite)
    if 0 <= low < 0.6 * high or low == high:
        low = min(0.0, low)
    spread = (high - low) or 1.0
    return low - (0.06 * spread if low else 0.0), high + 0.14 * spread


def _margin(series: Sequence[Series]) -> float:
    """Return the room for the numbers at the left: the width of the widest that the axis may show."""
    low, high = _limits(series)
    step = 10.0 ** math.floor(math.log10((high - low) / 5))
    rounded = [round(v / step) * step for v in (low, high)]
    return max(measure(tick(v, of.scale(series[0].statements[0].figure))) for v in rounded) + 12


def _panel(ax: Axes, series: Sequence[Series], gap: float) -> None:
    ruled(ax, "y", _PANEL, of.scale(series[0].statements[0].figure))
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    zeros = ["", *_DAYS[:-1]]
    days = _Days(locator, formats=_DAYS, show_offset=False, zero_formats=zeros)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(days)
    ax.tick_params(axis="x", length=3, width=0.6, color=(INK, SOFT), labelcolor=(INK, SOFT))
    count = sum(len(s.statements) for s in series)
    length = ARROW if count <= _DENSE else ARROW / 2
    for s in series:
        for stretch in s.stretches(gap) if s.stepped else ():
            x, y = zip(*((d.x, d.y) for d in stretch), strict=True)
            ax.step(x, y, where="post", color=s.colour, linewidth=1.1, alpha=0.6, zorder=1.5)
        _marks(ax, s, length, 5.5 if count <= _DENSE else 3.2 if count <= 10 * _DENSE else 2.2)
        thin(ax, _spans(ax, s, count > _DENSE), upright=True, length=length)
    label(ax, series, length, gap)


def _spans(ax: Axes, s: Series, dense: bool) -> Iterator[Span]:
    """Draw the bounds of a series; if marks are dense, an open end is drawn once in a few points of width."""
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
    """Draw the marks, the width of months and years, the ends without a start, the strokes of restatements."""
    for fill in (True, False):
        chosen = [d for d in s.statements if of.digits(d.figure) is not None and _solid(d) is fill]
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


def _solid(d: Dated) -> bool:
    return of.solid(d.figure) and not of.standing(d.figure)


def _key(name: str, series: Sequence[Series], width: float) -> list[list[tuple[float, _Style, str]]]:
    """Return the lines over a panel: its name, then marks and their owners, each with its offset from the left."""
    entries: list[tuple[_Style, str]] = [
        (
            {"colour": s.colour, "fill": all(map(_solid, s.statements)), "shape": s.shape},
            s.name,
        )
        for s in series[:_NAMED]
    ]
    if len(series) > _NAMED:
        entries.append(({}, f"and {counted(len(series) - _NAMED, 'other')}, in their parties’ colours"))
    statements = [d for s in series for d in s.statements]
    sign = {"colour": INK, "fill": False}
    if any(d.start is None for d in statements):
        entries.append((sign | {"shape": open_end("left"), "size": 16}, "by this day"))
    if any(d.restated for d in statements):
        entries.append((sign | {"shape": "|"}, "the same statement, reported again"))
    lines: list[list[tuple[float, _Style, str]]] = (
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
