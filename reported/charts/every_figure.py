"""Every figure with its bounds: a row each, by unit and quantity, in as many parts as pages need."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes

from reported.charts import operands as of
from reported.charts.chart import NARROW, Chart, Drawing
from reported.charts.look import (
    BODY,
    INK,
    RULE,
    SMALL,
    SOFT,
    font,
    measure,
    place,
    ruled,
    tick,
    wrapped,
    write,
)
from reported.charts.marks import ARROW, Span, dots, gid, thin
from reported.display.arguments import figures_of
from reported.figures.expressions import Operand
from reported.figures.figure import Figure
from reported.figures.ledger import Ledger
from reported.ground.english import counted
from reported.ledger.records import Party

_LINE, _COLUMN, _HEADS = 11.5, 196.0, 40.0
_PAGE = 650.0
"""Height of a part in points: the room of a printed page below its title."""
_MOST = 400
"""Most figures that a chart shows."""
_SPREAD = 300
"""Numbers of one unit that differ by more than this factor are drawn on a logarithmic scale."""


@dataclass(frozen=True)
class Row:
    """A line of the chart: the head of a quantity, or a figure with its claimant."""

    words: str
    figure: Figure | None = None


@dataclass(frozen=True)
class Group:
    """The rows of one unit, or as many of them as a part holds; `figures` are all of the unit, for the scale."""

    unit: str
    figures: Sequence[Figure]
    rows: Sequence[Row] = ()

    @property
    def log(self) -> bool:
        """True if the numbers differ too much for a linear scale."""
        finite = of.finite_ends(self.figures)
        positive = [v for v in finite if v > 0]
        return bool(positive) and min(finite) >= 0 and max(positive) > _SPREAD * min(positive)


def every_figure(
    *figures: Figure | Ledger,
    title: str = "",
    subtitle: str = "",
    alt: str = "",
    note: str | None = None,
    id: str = "",
) -> Chart:
    """Draw figures, or all of a ledger's, with their bounds, grouped by unit and quantity and split into parts.

    At most 400 are shown, and the note says so. Texts that are not given are made from the figures. Raises TypeError
    for anything but figures, ValueError for none at all.
    """
    __tracebackhide__ = True
    every = figures_of("every_figure", figures)
    if not every:
        raise ValueError("every_figure() has no figures to show: the ledger holds none")
    shown = every[:_MOST]
    left_out = (
        f"The first {len(shown):,} of {counted(len(every), 'figure')}; the rest is in data/figures.csv."
    )
    known = of.colours(shown)
    opened = sum(any(map(math.isinf, of.ends(f) or ())) for f in every)
    many = f"The bounds of {len(every):,} figures; data/figures.csv has each in words."
    return Chart(
        [_drawing(part, known) for part in _parts(shown)],
        title=title or f"{counted(len(every), 'figure')}, {opened or 'none'} of them with an open end",
        subtitle=subtitle or "Each figure with the bounds of its words, by unit",
        alt=alt or (many if len(every) > 40 else f"{'. '.join(map(of.claim, every))}."),
        note=" ".join(filter(None, [left_out * (shown != every), of.note(shown) if note is None else note])),
        id=id,
    )


def _parts(figures: Sequence[Figure]) -> list[list[Group]]:
    """Group by unit in the order of the figures, and split at full pages, repeating a head on a new page."""
    parts: list[list[Group]] = [[]]
    free = _PAGE
    for unit, members in _grouped(figures, of.unit).items():
        rows: list[Row] = []
        free -= _HEADS
        for quantity, of_quantity in _grouped(members, of.label).items():
            for number, figure in enumerate(of_quantity):
                head, who = number == 0, _who(figure)
                needed = _LINE * (len(wrapped(quantity, _COLUMN)) * head + len(wrapped(who, _COLUMN))) + 3
                if needed > free and (rows or parts[-1]):
                    parts[-1] += [Group(unit, members, rows)] if rows else []
                    parts.append([])
                    rows, free, head = [], _PAGE - _HEADS, True
                rows += [Row(quantity), Row(who, figure)] if head else [Row(who, figure)]
                free -= needed
        parts[-1].append(Group(unit, members, rows))
    return parts


def _who(figure: Figure) -> str:
    return of.speaker(figure) + (f": {of.standing(figure)}" if of.standing(figure) else "")


def _grouped(figures: Sequence[Figure], key: Callable[[Operand], str]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(key(figure), []).append(figure)
    return found


def _drawing(part: Sequence[Group], known: dict[Party, str]) -> Drawing:
    return lambda ax, width: _draw(ax, width * 72, part, known)


def _draw(ax: Axes, width: float, part: Sequence[Group], known: dict[Party, str]) -> None:
    narrow = width <= NARROW * 72
    names = [measure(line) for group in part for row in group.rows for line in wrapped(row.words, _COLUMN)]
    left = 14.0 if narrow else max(names) + 24
    room = width - left - 4
    axes = [ax, *(ax.figure.add_axes((0, 0, 1, 1)) for _ in part[1:])]
    boxes, y = [], 0.0
    for drawn, group in zip(axes, part, strict=True):
        _scale(drawn, group, room)
        middles, height = _rows(drawn, group, room, left, narrow, known)
        boxes.append((left, y + 14, left + room, y + 14 + height))
        y += height + 37
        drawn.set(ylim=(height, 0), yticks=[])
        _ticks(drawn, group, room, left, middles if narrow else [])
        words = (group.unit or "number") + ", on a logarithmic scale" * group.log
        across = drawn.get_yaxis_transform()
        write(drawn, -left / room, -8, words[:1].upper() + words[1:], BODY, bold=True, transform=across)
    for drawn, box in zip(axes, boxes, strict=True):
        place(drawn, width, y - 6, box)


def _scale(ax: Axes, group: Group, room: float) -> None:
    """Set limits that leave room for the words to the right of the marks, up to a third of the width."""
    finite = of.finite_ends(group.figures) or [0.0]
    longest = max(measure(of.said(f), BODY, True) for f in group.figures) + ARROW + 14
    share = max(1 / 3, 1 - longest / room)
    if group.log:
        low, high = math.floor(math.log10(min(v for v in finite if v > 0))), math.log10(max(finite))
        ax.set_xscale("log")
        ax.set_xlim(10**low, 10 ** (low + (high - low) / share))
    else:
        start, end = min([0.0, *finite]), max([0.0, *finite])
        ax.set_xlim(start, start + ((end - start) or 1.0) / share)


def _share(ax: Axes, value: float) -> float:
    """Return a value's position on the axis, as a share of its length."""
    low, high = ax.get_xlim()
    if ax.get_xscale() == "log":
        value, low, high = (math.log10(v) if v > 0 else -math.inf for v in (value, low, high))
    return (value - low) / (high - low)


def _ticks(ax: Axes, group: Group, room: float, left: float, middles: Sequence[float]) -> None:
    """Draw a hairline at every round value, with words where they stay inside the drawing and apart.

    With `middles`, hairlines are at the marks only, since names are between them.
    """
    times, finite = of.scale(group.figures[0]), of.finite_ends(group.figures)
    ruled(ax, "x", room, times)
    values = [value for value in ax.get_xticks() if finite and 0 <= _share(ax, value) <= 1]
    for step in (1, 2, 3, 4):
        labels, reach, apart = [], -left, True
        for number, value in enumerate(values):
            words = "" if number % step else tick(value, times)
            at, half = _share(ax, value) * room, measure(words) / 2
            fits = at - half >= reach and at + half <= room + 4
            apart = apart and (fits or at + half > room + 4)
            labels.append(words if fits else "")
            reach = at + half + 8 if fits and words else reach
        if apart:
            break
    ax.set_xticks(values, labels, fontproperties=font(SMALL), color=(INK, SOFT))
    if middles:
        ax.grid(False)
        for y in middles:
            ax.vlines(values, y - 6, y + 6, color=INK, alpha=RULE, linewidth=0.6, zorder=0)


def _rows(
    ax: Axes, group: Group, room: float, left: float, narrow: bool, known: dict[Party, str]
) -> tuple[list[float], float]:
    """Draw the rows; return the heights of their marks, and the whole height."""
    spans: list[Span] = []
    middles: list[float] = []
    y, across, floor = 0.0, ax.get_yaxis_transform(), ax.get_xlim()[0]
    for row in group.rows:
        lines = wrapped(row.words, room if narrow else left - 24)
        head, figure = row.figure is None, row.figure
        y += 2 * head
        for number, line in enumerate(lines):
            start = (-left if head or narrow else 8 - left) / room
            write(ax, start, y + 6 + number * _LINE, line, soft=not head, transform=across)
        y += _LINE * len(lines)
        if figure is None:
            continue
        middles.append(y + 7 if narrow else y - _LINE * (len(lines) - 0.5))
        y += 17 if narrow else 1
        hue, mark = of.colour(figure, known), of.digits(figure)
        for span in of.spans(figure, middles[-1], hue):
            cut = math.isfinite(span.lower) and span.lower < floor
            spans.append(replace(span, lower=floor, soft=(True, span.soft[1])) if cut else span)
        if mark is not None and mark >= floor:
            dots(ax, [(mark, middles[-1])], hue, of.solid(figure) and not of.standing(figure))
        _said(ax, figure, middles[-1], room)
    thin(ax, spans)
    return middles, y + 3


def _said(ax: Axes, figure: Figure, y: float, room: float) -> None:
    """Write the words to the right of everything drawn under a reading, or to its left if there is no room."""
    words, mark = of.said(figure), of.digits(figure)
    long = measure(words, BODY, True)
    for reading, shown in of.readings([figure]).items():
        pair = of.drawn_ends(figure, reading) or ()
        drawn = [max(_share(ax, v), 0.0) * room for v in (*pair, mark) if v is not None and math.isfinite(v)]
        after = max(drawn) + 7 + (ARROW - 2) * (math.inf in pair) if drawn else 0.0
        before = min(drawn, default=0.0) - 7 - (ARROW - 2) * (-math.inf in pair)
        right = after + long <= room + 4 or before < long
        write(
            ax, (after if right else before) / room, y, words, BODY, bold=True, gid=gid(shown),
            horizontalalignment="left" if right else "right", transform=ax.get_yaxis_transform(),
        )  # fmt: skip
