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
    frameless,
    measure,
    place,
    ruled,
    wrapped,
    write,
)
from reported.display.charts.marks import ARROW, Span, bar, dots, thin
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

_LINE = 11.5
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
    left = 0.0 if narrow else min(190.0, 12 + max(measure(w) for o in operands for w, _ in _who(o, 178)))
    room = width - left - 4
    known = colours(operands)
    scale = _room_for_words(operands, room)
    ax.set_xlim(0, scale)
    unit_of_x = scale / room
    y = 2.0
    for operand in operands:
        lines = _who(operand, room if narrow else left - 12)
        tall = 10.0 if narrow else max(22.0, len(lines) * _LINE + 6)
        middle = y + tall / 2
        for number, (line, soft) in enumerate(lines):
            at = y + 6 + number * _LINE if narrow else middle + (number - (len(lines) - 1) / 2) * _LINE
            write(ax, -left * unit_of_x, at, line, soft=soft)
        if narrow:
            middle = y + len(lines) * _LINE + 8
            tall = len(lines) * _LINE + 20
        _count(ax, operand, middle, known, unit_of_x)
        y += tall + 4
    ax.plot([0, 0], [0, y - 2], color=INK, linewidth=0.8, alpha=0.6, clip_on=False)
    _finish(ax, width, y, (left, 0, left + room, y))


def _who(operand: Any, room: float) -> list[tuple[str, bool]]:
    """Lines on what is counted and who says so, each with whether it is soft."""
    lines = [(line, False) for line in wrapped(label(operand), room, most=3)]
    return lines + [(line, True) for line in wrapped(speaker(operand), room, most=2)]


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
    """A bar from zero to what is granted, and the bounds beyond it."""
    alike = readings_alike([operand])
    hue, fill = colour(operand, known), solid(operand)
    for reading in ["typical"] if alike else list(READINGS):
        shown = None if alike else reading
        gid = f"reading-{shown}" if shown else None
        pair = ends(operand, reading)
        reach = 0.0
        if pair is not None:
            sure = pair[0] if math.isfinite(pair[0]) else 0.0
            if pair[0] < pair[1]:
                span = Span(y, sure, pair[1], soft_ends(operand), hue, shown)
                bar(ax, span, False, 9, unit_of_x)
            reach = (pair[1] if math.isfinite(pair[1]) else sure + (ARROW + 22) * unit_of_x) + 7 * unit_of_x
            if sure > 0:
                face = hue if fill else "none"
                patch = ax.barh(y, sure, 9, facecolor=face, edgecolor=hue, linewidth=1.4)[0]
                patch.set(gid=gid, clip_on=False)
        write(ax, reach + 3 * unit_of_x, y, said(operand), size=BODY, bold=True, gid=gid)


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
        free -= 46
        for quantity, of_quantity in _grouped(members, label):
            for number, figure in enumerate(of_quantity):
                new = number == 0
                needed = _LINE * (len(wrapped(quantity, 200)) * new + len(wrapped(speaker(figure), 200))) + 5
                if needed > free and (rows or parts[-1]):
                    parts[-1].extend([Group(name, members, rows)] if rows else [])
                    parts.append([])
                    rows, free, new = [], _PAGE - 46, True
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
    left = 8.0 if narrow else 212.0
    room = width - left - 4
    axes = [ax, *(ax.figure.add_axes((0, 0, 1, 1)) for _ in part[1:])]
    boxes, y = [], 0.0
    for drawn, group in zip(axes, part, strict=True):
        top = y + 18
        _scale(drawn, group, room)
        y = top + _rows(drawn, group, room, left, narrow, known) + 26
        boxes.append((left, top, left + room, y - 26))
    ax.figure.set_figheight(y / 72)  # type: ignore[union-attr]
    for drawn, group, box in zip(axes, part, boxes, strict=True):
        place(drawn, width, y, box)
        drawn.set_ylim(box[3] - box[1], 0)
        drawn.set_yticks([])
        ruled(drawn, "x", room, factor(group.figures[0]))
        drawn.tick_params(axis="x", labelcolor=(INK, 0.72))
        _inside(drawn, room)
        frameless(drawn)
        words = group.unit or "number"
        words = (
            words[:1].upper()
            + words[1:]
            + (" (each step on the axis is ten times the one before)" if group.log else "")
        )
        drawn.annotate(words, (0, 1), (-left, 12), xycoords="axes fraction", textcoords="offset points").set(
            fontsize=BODY, fontweight=600, color=INK
        )


def _scale(ax: Axes, group: Group, room: float) -> None:
    """Limits that leave room for the words to the right of the marks, as far as a third of the width."""
    finite = finite_ends(group.figures)
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


def _inside(ax: Axes, room: float) -> None:
    """Keep the ticks whose words stay inside the drawing and apart from each other."""
    low, high = ax.get_xlim()
    to_points = lambda v: ax.transData.transform((v, 0))[0] - ax.transData.transform((low, 0))[0]  # noqa: E731
    kept: list[float] = []
    reach = -math.inf
    for value in [t for t in ax.get_xticks() if low <= t <= high]:
        at, half = to_points(value), measure(ax.xaxis.get_major_formatter()(value)) / 2 + 3
        if at - half >= max(reach, -8) and at + half <= room + 6:
            kept.append(value)
            reach = at + half
    ax.set_xticks(kept)


def _rows(ax: Axes, group: Group, room: float, left: float, narrow: bool, known: dict[Any, str]) -> float:
    spans: list[Span] = []
    y = 4.0
    beside = ax.get_yaxis_transform()
    start = -left / room
    floor = ax.get_xlim()[0]
    for row in group.rows:
        lines = wrapped(row.words, room if narrow else left - 12, most=3)
        for number, line in enumerate(lines):
            inset = 0 if row.head else 8
            at = y + 6 + number * _LINE
            write(ax, start + inset / room, at, line, size=SMALL, soft=not row.head, transform=beside)
        y += _LINE * len(lines)
        if row.figure is None:
            continue
        at = y + 7 if narrow else y - _LINE * (len(lines) - 0.5)
        y += (18 if narrow else 0) + 3
        spans += _spans(row.figure, at, known, floor)
        value = point(row.figure)
        if value is not None and value >= floor:
            dots(ax, [value], [at], colour(row.figure, known), solid(row.figure))
        _said(ax, row.figure, at, room)
    thin(ax, spans)
    return y


def _spans(figure: Any, at: float, known: dict[Any, str], floor: float = -math.inf) -> list[Span]:
    """The figure's bounds for each reading, cut at the start of the axis."""
    alike = readings_alike([figure])
    found = []
    for reading in ["typical"] if alike else list(READINGS):
        pair = ends(figure, reading)
        if pair is not None and pair[0] < pair[1]:
            lower, soft = pair[0], soft_ends(figure)
            if math.isfinite(lower) and lower < floor:
                lower, soft = floor, (True, soft[1])
            found.append(Span(at, lower, pair[1], soft, colour(figure, known), None if alike else reading))
    return found


def _said(ax: Axes, figure: Any, y: float, room: float) -> None:
    """The words to the right of all that is drawn of a figure, or to its left where there is no room."""
    finite = finite_ends([figure])
    low, high = ax.get_xlim()
    words = said(figure)
    if not finite:
        write(ax, 0, y, words, size=BODY, bold=True, transform=ax.get_yaxis_transform())
        return
    share = [
        (ax.transScale.transform((v, 0))[0] - ax.transScale.transform((low, 0))[0])
        for v in (max(min(finite), low), max(finite), high)
    ]
    first, last = share[0] / share[2] * room, share[1] / share[2] * room
    opened = any(math.isinf((ends(figure, r) or (0, 0))[1]) for r in READINGS)
    after = last + 7 + (ARROW + 2) * opened
    long = measure(words, BODY, True)
    fits = after + long <= room + 4
    x = after if fits else max(first - 7, long)
    write(
        ax, x / room, y, words, size=BODY, bold=True, align="left" if fits else "right",
        transform=ax.get_yaxis_transform(),
    )  # fmt: skip
