"""Numbers of one unit side by side, as bars from zero: as far as the lower end, and beyond it to the upper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from reported.charts import operands as of
from reported.charts.chart import NARROW, Chart
from reported.charts.look import BODY, INK, measure, place, wrapped, write
from reported.charts.marks import ARROW, Span, bar, gid
from reported.ledger.records import READINGS

_LINE = 11.5
_BEYOND = ARROW + 21


def counts(
    *operands: Any, title: str = "", subtitle: str = "", alt: str = "", note: str | None = None, id: str = ""
) -> Chart:
    """Figures or results of one unit side by side, as bars from zero.

    Texts that are not given are made from the operands. Raises ValueError without operands or for unlike units.
    """
    if not operands:
        raise ValueError("counts() needs at least one figure or result")
    units = list(dict.fromkeys(map(of.unit, operands)))
    if len(units) > 1:
        raise ValueError(f"counts() draws one unit, and got {' and '.join(units)}: draw a chart for each")
    labels = list(dict.fromkeys(map(of.label, operands)))
    return Chart(
        lambda ax, width: _draw(ax, width * 72, operands),
        title=title or "; ".join(f"{of.label(o)}: {of.said(o)}" for o in operands),
        subtitle=subtitle or f"{labels[0] if len(labels) == 1 else 'Side by side'}, {units[0]}".rstrip(", "),
        alt=alt or f"{'. '.join(map(of.claim, operands))}.",
        note=of.sources(operands) if note is None else note,
        id=id,
    )


def _draw(ax: Axes, width: float, operands: Sequence[Any]) -> None:
    narrow = width <= NARROW * 72
    names, before = [], of.label(operands[0]) if len(set(map(of.label, operands))) == 1 else ""
    for operand in operands:
        names.append(_names(operand, width - 4 if narrow else 178, before))
        before = of.label(operand)
    left = 0.0 if narrow else 12 + max(measure(words) for lines in names for words, _ in lines)
    room = width - left - 4
    end = _end(operands, room)
    point = end / room
    known, y = of.colours(operands), 0.0
    for operand, lines in zip(operands, names, strict=True):
        tall = len(lines) * _LINE
        top = y + 2 if narrow else y + max(0.0, 20 - tall) / 2
        for number, (words, soft) in enumerate(lines):
            write(ax, -left * point, top + (number + 0.5) * _LINE, words, soft=soft)
        middle = y + tall + 9 if narrow else top + tall / 2
        _bar(ax, operand, middle, of.colour(operand, known), point)
        y += tall + 22 if narrow else max(20.0, tall) + 9
    ax.vlines(0, 0, y - 4, color=INK, linewidth=0.8, alpha=0.6)
    ax.set(xlim=(0, end), ylim=(y, 0), xticks=[], yticks=[])
    place(ax, width, y, (left, 0, left + room, y))


def _names(operand: Any, room: float, before: str) -> list[tuple[str, bool]]:
    """Lines on what is counted, unless the row before says so, and who says it; each with whether it is soft."""
    who = of.speaker(operand)
    what = of.label(operand) if of.label(operand) != before or not who else ""
    return [(line, False) for line in wrapped(what, room)] + [
        (line, bool(what)) for line in wrapped(who, room)
    ]


def _end(operands: Sequence[Any], room: float) -> float:
    """The end of an axis from zero on which the words fit to the right of every bar."""
    most = 0.0
    for operand in operands:
        for reading in READINGS:
            pair = of.ends(operand, reading) or (0.0, 0.0)
            beside = measure(of.said(operand), BODY, True) + 12 + _BEYOND * math.isinf(pair[1])
            most = max(most, max([0.0, *filter(math.isfinite, pair)]) / max(room - beside, 0.25 * room))
    return most * room or 1.0


def _bar(ax: Axes, operand: Any, y: float, hue: str, point: float) -> None:
    """A bar from zero to the lower end; from there to the upper end, where the number is open, it is never solid."""
    for reading, shown in of.readings([operand]).items():
        pair, reach = of.ends(operand, reading), 0.0
        if pair is not None:
            granted = max(0.0, pair[0])
            soft = of.soft_ends(operand) if pair[0] < pair[1] else (False, False)
            if granted:
                span = Span(y, 0.0, granted, (False, False), hue, shown)
                bar(ax, span, of.solid(operand), point, ticks=(False, not soft[0]))
            if granted < pair[1]:
                span = Span(y, granted, pair[1], (False, soft[1]), hue, shown)
                bar(ax, span, False, point, "-" if soft[1] else "--", ticks=(False, not soft[1]))
            reach = pair[1] if math.isfinite(pair[1]) else granted + _BEYOND * point
        write(ax, reach + 8 * point, y, of.said(operand), BODY, bold=True, gid=gid(shown))
