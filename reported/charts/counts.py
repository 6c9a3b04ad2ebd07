"""Numbers of one unit side by side as bars: from zero to the lower end, and beyond it to the upper."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes

from reported.charts import operands as of
from reported.charts.chart import NARROW, Chart
from reported.charts.look import BODY, INK, measure, place, wrapped, write
from reported.charts.marks import ARROW, Span, bar, dots, gid
from reported.display.arguments import expect
from reported.figures.expressions import Operand
from reported.ledger.rules import READINGS

_LINE = 11.5
_BEYOND = ARROW + 21


def counts(
    *operands: Operand,
    title: str = "",
    subtitle: str = "",
    alt: str = "",
    note: str | None = None,
    id: str = "",
) -> Chart:
    """Draw figures or results of one unit side by side, as bars from zero.

    Texts that are not given are made from the operands. Raises TypeError for anything but figures and results,
    ValueError for none at all or for unlike units.
    """
    __tracebackhide__ = True
    expect("counts", operands, Operand, "figures and results")
    units = list(dict.fromkeys(map(of.unit, operands)))
    if len(units) > 1:
        raise ValueError(f"counts() draws one unit, and got {' and '.join(units)}: draw a chart for each")
    labels = list(dict.fromkeys(map(of.label, operands)))
    return Chart(
        lambda ax, width: _draw(ax, width * 72, operands),
        title=title or "; ".join(f"{of.label(o)}: {of.said(o)}" for o in operands),
        subtitle=subtitle or f"{labels[0] if len(labels) == 1 else 'Side by side'}, {units[0]}".rstrip(", "),
        alt=alt or f"{'. '.join(map(of.claim, operands))}.",
        note=of.note(operands) if note is None else note,
        id=id,
    )


def _draw(ax: Axes, width: float, operands: Sequence[Operand]) -> None:
    narrow = width <= NARROW * 72
    names, before = [], of.label(operands[0]) if len(set(map(of.label, operands))) == 1 else ""
    for operand in operands:
        names.append(_names(operand, width - 4 if narrow else 178, before))
        before = of.label(operand)
    left = 0.0 if narrow else 12 + max(measure(words) for lines in names for words, _ in lines)
    room = width - left - 4
    low, point = _scale(operands, room)
    known, y = of.colours(operands), 0.0
    for operand, lines in zip(operands, names, strict=True):
        tall = len(lines) * _LINE
        top = y + 2 if narrow else y + max(0.0, 20 - tall) / 2
        for number, (words, soft) in enumerate(lines):
            write(ax, low - left * point, top + (number + 0.5) * _LINE, words, soft=soft)
        middle = y + tall + 9 if narrow else top + tall / 2
        _bar(ax, operand, middle, of.colour(operand, known), point)
        y += tall + 22 if narrow else max(20.0, tall) + 9
    ax.vlines(0, 0, y - 4, color=INK, linewidth=0.8, alpha=0.6)
    ax.set(xlim=(low, low + room * point), ylim=(y, 0), xticks=[], yticks=[])
    place(ax, width, y, (left, 0, left + room, y))


def _names(operand: Operand, room: float, before: str) -> list[tuple[str, bool]]:
    """Return lines on what is counted, unless the row before says so, and who says it, each with its softness."""
    who = of.speaker(operand)
    what = of.label(operand) if of.label(operand) != before or not who else ""
    return [(line, False) for line in wrapped(what, room)] + [
        (line, bool(what)) for line in wrapped(who, room)
    ]


def _reach(operand: Operand, reading: str) -> tuple[float, float]:
    """Return how far a bar extends to either side of zero, without arrows."""
    finite = [end for end in of.ends(operand, reading) or () if math.isfinite(end)]
    return min([0.0, *finite]), max([0.0, *finite])


def _scale(operands: Sequence[Operand], room: float) -> tuple[float, float]:
    """Return the start of the axis and the units in a point, such that all words fit to the right of their bars."""
    reaches = [(o, r, *_reach(o, r)) for o in operands for r in READINGS]
    opened = any(-math.inf in (of.ends(o, r) or ()) for o, r, _, _ in reaches)
    low, before = min(low for _, _, low, _ in reaches), _BEYOND * opened
    point = 0.0
    for operand, reading, _, high in reaches:
        beside = (
            measure(of.said(operand), BODY, True)
            + 12
            + _BEYOND * (math.inf in (of.ends(operand, reading) or ()))
        )
        point = max(point, (high - low) / max(room - beside - before, 0.25 * room))
    point = point or 1 / room
    return low - before * point, point


def _bar(ax: Axes, operand: Operand, y: float, hue: str, point: float) -> None:
    """Draw a bar from zero to the nearer end; from there to the other end it is never solid.

    Zero is a mark on the baseline.
    """
    for reading, shown in of.readings([operand]).items():
        pair, reach = of.ends(operand, reading), 0.0
        if pair is not None:
            lower, upper = pair
            granted = lower if lower > 0 else min(upper, 0.0)
            soft = of.soft_ends(operand) if lower < upper else (False, False)
            far = lower if granted < 0 or (granted == 0 and upper <= 0) else upper
            if granted:
                near = soft[0] if granted > 0 else soft[1]
                start, stop = sorted((0.0, granted))
                ticks = (granted < 0 and not near, granted > 0 and not near)
                bar(
                    ax,
                    Span(y, start, stop, (False, False), hue, shown),
                    of.solid(operand),
                    point,
                    ticks=ticks,
                )
            for end, is_soft in ((lower, soft[0]), (upper, soft[1])):
                if end != granted and (end == far or not granted):
                    start, stop = sorted((granted, end))
                    span = Span(
                        y, start, stop, (is_soft and end < granted, is_soft and end > granted), hue, shown
                    )
                    ticks = (end < granted and not is_soft, end > granted and not is_soft)
                    bar(ax, span, False, point, "-" if is_soft else "--", ticks=ticks)
            if max(abs(lower), abs(upper)) < point:  # zero, and what is too short for a bar
                dots(ax, [(granted, y)], hue, of.solid(operand), size=7, gid=gid(shown))
            reach = _reach(operand, reading)[1] + _BEYOND * point * math.isinf(upper)
        write(ax, reach + 8 * point, y, of.said(operand), BODY, bold=True, gid=gid(shown))
