"""Charts with a row for each operand: counts side by side, and every figure with its bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes

from reported.display.charts.chart import Chart, Drawing
from reported.display.charts.look import (
    BODY,
    INK,
    SMALL,
    SOFT,
    font,
    frameless,
    measure,
    place,
    ruled,
    tick,
    wrapped,
    write,
)
from reported.display.charts.marks import ARROW, Span, bar, dots, thin
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

_LINE, _COLUMN = 11.5, 196.0
_PAGE = 600.0
"""Height of a part in points: what a printed page holds beside its title."""


# ---------------------------------------------------------------- counts side by side


def counts(
    *operands: Any,
    title: str = "",
    subtitle: str = "",
    alt: str = "",
    note: str | None = None,
    id: str | None = None,
) -> Chart:
    """Numbers of one unit side by side, as bars from zero; beyond what the words grant, a bar is hollow or open.

    Texts that are not given are made from the operands. Raises ValueError without operands or for unlike units.
    """
    if not operands:
        raise ValueError("counts() needs at least one figure or result")
    units = list(dict.fromkeys(map(unit, operands)))
    if len(units) > 1:
        raise ValueError(f"counts() draws one unit, and got {' and '.join(units)}: draw a chart for each")
    labels = list(dict.fromkeys(map(label, operands)))
    return Chart(
        lambda ax, width: _draw_counts(ax, width * 72, operands),
        title=title or "; ".join(f"{label(o)}: {said(o)}" for o in operands),
        subtitle=subtitle
        or f"{labels[0] if len(labels) == 1 else 'Numbers side by side'}, {units[0]}".rstrip(", "),
        alt=alt or f"{'. '.join(map(claim, operands))}.",
        note=sources(operands) if note is None else note,
        id=id,
    )


def _draw_counts(ax: Axes, width: float, operands: Sequence[Any]) -> None:
    narrow = width < 400
    left = 0.0 if narrow else 12 + max(measure(words) for o in operands for words, _ in _who(o, 178))
    room = width - left - 4
    known = colours(operands)
    scale = _room_for_words(operands, room)
    ax.set_xlim(0, scale)
    unit_of_x = scale / room
    y, before = 2.0, label(operands[0]) if len(set(map(label, operands))) == 1 else ""
    for operand in operands:
        lines = _who(operand, room if narrow else left - 12, before)
        before = label(operand)
        tall = max(20.0, len(lines) * _LINE + 6)
        middle = y + tall / 2
        for number, (line, soft) in enumerate(lines):
            at = y + 6 + number * _LINE if narrow else middle + (number - (len(lines) - 1) / 2) * _LINE
            write(ax, -left * unit_of_x, at, line, soft=soft)
        if narrow:
            middle = y + len(lines) * _LINE + 7
            tall = len(lines) * _LINE + 18
        _count(ax, operand, middle, known, unit_of_x)
        y += tall + 4
    ax.plot([0, 0], [0, y - 2], color=INK, linewidth=0.8, alpha=0.6, clip_on=False)
    _finish(ax, width, y, (left, 0, left + room, y))


def _who(operand: Any, room: float, before: str = "") -> list[tuple[str, bool]]:
    """Lines on what is counted, unless the row before says so, and who says it; each with whether it is soft."""
    what = label(operand) if label(operand) != before or not speaker(operand) else ""
    lines = [(line, False) for line in wrapped(what, room, most=3)]
    return lines + [(line, bool(what)) for line in wrapped(speaker(operand), room, most=2)]


def _room_for_words(operands: Sequence[Any], room: float) -> float:
    """The end of an axis from zero on which the words fit to the right of every bar."""
    most = 0.0
    for operand in operands:
        for reading in READINGS:
            pair = ends(operand, reading) or (0.0, 0.0)
            reach = max([0.0, *filter(math.isfinite, pair)])
            beside = measure(said(operand), BODY, True) + 12 + (ARROW + 22) * math.isinf(pair[1])
            most = max(most, reach / max(room - beside, 0.25 * room))
    return most * room or 1.0


def _count(ax: Axes, operand: Any, y: float, known: dict[Any, str], unit_of_x: float) -> None:
    """A bar from zero to what the words grant; what they leave open beyond it is dashed, and never solid."""
    alike = readings_alike([operand])
    hue, fill = colour(operand, known), solid(operand)
    for reading in ["typical"] if alike else READINGS:
        shown = None if alike else reading
        pair, reach = ends(operand, reading), 0.0
        if pair is not None:
            granted = max(0.0, pair[0])
            soft = soft_ends(operand) if pair[0] < pair[1] else (False, False)
            if granted:
                span = Span(y, 0.0, granted, (False, False), hue, shown)
                bar(ax, span, fill, 9, unit_of_x, ticks=(False, not soft[0]))
            if granted < pair[1]:
                span = Span(y, granted, pair[1], (False, soft[1]), hue, shown)
                line = "-" if soft[1] else "--"
                bar(ax, span, False, 9, unit_of_x, line, ticks=(False, not soft[1]))
            reach = pair[1] if math.isfinite(pair[1]) else granted + (ARROW + 21) * unit_of_x
        gid = f"reading-{shown}" if shown else None
        write(ax, reach + 8 * unit_of_x, y, said(operand), size=BODY, bold=True, gid=gid)


def _finish(ax: Axes, width: float, height: float, box: tuple[float, float, float, float]) -> None:
    ax.figure.set_figheight(height / 72)  # type: ignore[union-attr]
    ax.set(ylim=(box[3], box[1]), xticks=[], yticks=[])
    place(ax, width, height, box)
    frameless(ax)


# ---------------------------------------------------------------- every figure


@dataclass(frozen=True)
class Row:
    """A line of the chart: the head of a unit or a quantity, or a figure."""

    words: str
    figure: Any = None
    head: bool = False


@dataclass(frozen=True)
class Group:
    """The rows of one unit, or as many of them as a part holds; `figures` are all of the unit, for the scale."""

    unit: str
    figures: Sequence[Any]
    rows: Sequence[Row]

    @property
    def log(self) -> bool:
        """Whether the numbers are too unlike for equal steps."""
        finite = finite_ends(self.figures)
        positive = [v for v in finite if v > 0]
        return bool(positive) and min(finite) >= 0 and max(positive) > 300 * min(positive)


def every_figure(
    figures: Sequence[Any],
    title: str = "",
    subtitle: str = "",
    alt: str = "",
    note: str | None = None,
    id: str | None = None,
) -> Chart:
    """Every figure with its bounds: a row each, by unit and quantity, in as many parts as pages need.

    Texts that are not given are made from the figures.
    """
    figures = list(figures)
    if not figures:
        raise ValueError("every_figure() needs at least one figure")
    known = colours(figures)
    open_ended = sum(any(map(math.isinf, ends(f) or ())) for f in figures)
    return Chart(
        [_drawing(part, known) for part in _parts(figures)],
        title=title or f"{len(figures)} figures, {open_ended or 'none'} with an open end",
        subtitle=subtitle or "Each figure with the bounds of its words, by unit",
        alt=alt or _alt(figures),
        note=sources(figures) if note is None else note,
        id=id,
    )


def _alt(figures: Sequence[Any]) -> str:
    if len(figures) > 40:
        return f"The bounds of {len(figures)} figures; the table of figures gives each in words."
    return f"{'. '.join(map(claim, figures))}."


def _parts(figures: Sequence[Any]) -> list[list[Group]]:
    """Groups by unit in the order of the figures, cut where a page is full; a head is said again on a new page."""
    parts: list[list[Group]] = [[]]
    free = _PAGE
    for name, members in _grouped(figures, unit):
        rows: list[Row] = []
        free -= 45
        for quantity, of_quantity in _grouped(members, label):
            for number, figure in enumerate(of_quantity):
                new = number == 0
                needed = (
                    _LINE * (len(wrapped(quantity, _COLUMN)) * new + len(wrapped(speaker(figure), _COLUMN)))
                    + 4.5
                )
                if needed > free and (rows or parts[-1]):
                    parts[-1].extend([Group(name, members, rows)] if rows else [])
                    parts.append([])
                    rows, free, new = [], _PAGE - 45, True
                rows += [Row(quantity, head=True)] if new else []
                rows.append(Row(speaker(figure), figure))
                free -= needed
        parts[-1].append(Group(name, members, rows))
    return parts


def _grouped(figures: Sequence[Any], key: Any) -> list[tuple[str, list[Any]]]:
    order = {value: number for number, value in enumerate(dict.fromkeys(map(key, figures)))}
    ordered = sorted(figures, key=lambda f: order[key(f)])
    return [(name, list(members)) for name, members in groupby(ordered, key)]


def _drawing(part: Sequence[Group], known: dict[Any, str]) -> Drawing:
    return lambda ax, width: _draw_part(ax, width * 72, part, known)


def _draw_part(ax: Axes, width: float, part: Sequence[Group], known: dict[Any, str]) -> None:
    narrow = width < 400
    lines = [measure(line) for group in part for row in group.rows for line in wrapped(row.words, _COLUMN)]
    left = 4.0 if narrow else max(lines) + 24
    room = width - left - 4
    axes = [ax, *(ax.figure.add_axes((0, 0, 1, 1)) for _ in part[1:])]
    boxes, y = [], 0.0
    for drawn, group in zip(axes, part, strict=True):
        y += 14
        _scale(drawn, group, room)
        height = _rows(drawn, group, room, left, narrow, known)
        boxes.append((left, y, left + room, y + height))
        y += height + 27
    y -= 10
    ax.figure.set_figheight(y / 72)  # type: ignore[union-attr]
    for drawn, group, box in zip(axes, part, boxes, strict=True):
        place(drawn, width, y, box)
        drawn.set_ylim(box[3] - box[1], 0)
        drawn.set_yticks([])
        ruled(drawn, "x", room, factor(group.figures[0]))
        _inside(drawn, room, left, factor(group.figures[0]))
        frameless(drawn)
        words = group.unit or "number"
        words = words[:1].upper() + words[1:] + ", on a logarithmic scale" * group.log
        write(drawn, -left / room, -8, words, size=BODY, bold=True, transform=drawn.get_yaxis_transform())


def _scale(ax: Axes, group: Group, room: float) -> None:
    """Limits that leave room for the words to the right of the marks, as far as a third of the width."""
    finite = finite_ends(group.figures) or [0.0]
    positive = [v for v in finite if v > 0]
    longest = max(measure(said(f), BODY, True) for f in group.figures) + ARROW + 14
    share = max(1 / 3, 1 - longest / room)
    if group.log:
        low, high = math.floor(math.log10(min(positive))), math.log10(max(positive))
        ax.set_xscale("log")
        ax.set_xlim(10**low, 10 ** (low + (high - low) / share))
    else:
        low, high = min([0.0, *finite]), max([0.0, *finite])
        ax.set_xlim(low, low + ((high - low) or 1.0) / share)


def _share(ax: Axes, value: float) -> float:
    """Where a value is between the ends of the axis, as a share of its length."""
    low, high = ax.get_xlim()
    if ax.get_xscale() == "log":
        value, low, high = (math.log10(v) if v > 0 else -math.inf for v in (value, low, high))
    return (value - low) / (high - low)


def _inside(ax: Axes, room: float, left: float, times: float) -> None:
    """A hairline at every round value; words only where they stay inside the drawing and apart."""
    values = [value for value in ax.get_xticks() if 0 <= _share(ax, value) <= 1]
    words, reach = [], -left
    for value in values:
        text = tick(value, times)
        at, half = _share(ax, value) * room, measure(text) / 2
        fits = at - half >= reach and at + half <= room + 4
        words.append(text if fits else "")
        reach = at + half + 8 if fits else reach
    ax.set_xticks(values, words, fontproperties=font(SMALL), color=INK, alpha=SOFT)
    ax.tick_params(axis="x", which="both", length=0)


def _rows(ax: Axes, group: Group, room: float, left: float, narrow: bool, known: dict[Any, str]) -> float:
    spans: list[Span] = []
    y, beside, floor = 0.0, ax.get_yaxis_transform(), ax.get_xlim()[0]
    for row in group.rows:
        lines = wrapped(row.words, room if narrow else left - 24)
        y += 3 * row.head
        for number, line in enumerate(lines):
            inset = 0 if row.head else 8
            write(
                ax, (inset - left) / room, y + 6 + number * _LINE, line, soft=not row.head, transform=beside
            )
        y += _LINE * len(lines)
        if row.figure is None:
            continue
        at = y + 6 if narrow else y - _LINE * (len(lines) - 0.5)
        y += 16 if narrow else 1.5
        spans += _spans(row.figure, at, known, floor)
        value = digits(row.figure)
        if value is not None and value >= floor:
            dots(ax, [value], [at], colour(row.figure, known), solid(row.figure))
        _said(ax, row.figure, at, room)
    thin(ax, spans)
    return y + 3


def _spans(figure: Any, at: float, known: dict[Any, str], floor: float) -> list[Span]:
    """The figure's bounds for each reading, cut at the start of the axis."""
    alike, mark, hue = readings_alike([figure]), digits(figure), colour(figure, known)
    found = []
    for reading in ["typical"] if alike else READINGS:
        pair = ends(figure, reading)
        if pair is not None and pair[0] < pair[1]:
            cut = math.isfinite(pair[0]) and pair[0] < floor
            soft = soft_ends(figure)
            soft = soft[0] or cut, soft[1]
            lower = floor if cut else pair[0]
            found.append(Span(at, lower, pair[1], soft, hue, None if alike else reading, mark))
    return found


def _said(ax: Axes, figure: Any, y: float, room: float) -> None:
    """The words to the right of all that is drawn under a reading, or to its left where there is no room."""
    words, alike = said(figure), readings_alike([figure])
    long = measure(words, BODY, True)
    for reading in ["typical"] if alike else READINGS:
        pair, mark = ends(figure, reading) or (), digits(figure)
        drawn = [max(_share(ax, v), 0.0) * room for v in (*pair, mark) if v is not None and math.isfinite(v)]
        after = max(drawn) + 7 + (ARROW - 2) * math.isinf(max(pair)) if drawn else 0.0
        before = min(drawn, default=0.0) - 7 - (ARROW - 2) * math.isinf(min(pair, default=0.0))
        right = after + long <= room + 4 or before < long
        write(
            ax, (after if right else before) / room, y, words, size=BODY, bold=True, align="left" if right else "right",
            transform=ax.get_yaxis_transform(), gid=None if alike else f"reading-{reading}",
        )  # fmt: skip
