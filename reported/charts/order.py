"""Two operands set against each other: their bounds as bars, where the bars overlap, and each reading's verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from reported.charts import operands as of
from reported.charts.chart import Chart
from reported.charts.look import BODY, INK, RULE, SMALL, measure, place, ruled, tick, wrapped, write
from reported.charts.marks import ARROW, bar, dots, gid
from reported.display.arguments import expect, found
from reported.figures.expressions import Operand, Verdict
from reported.ledger.rules import READING_LABELS, READINGS

_QUESTIONS = {
    ">": "Is {} more than {}?",
    ">=": "Is {} at least {}?",
    "<": "Is {} less than {}?",
    "<=": "Is {} at most {}?",
    "compatible": "Can {} and {} be one number?",
}
_LINE = 11.5


def order(
    *verdicts: Verdict,
    title: str = "",
    subtitle: str = "",
    alt: str = "",
    note: str | None = None,
    id: str = "",
) -> Chart:
    """Draw a verdict, order(a > b): both operands under each reading, and the reading's answer.

    Texts that are not given are made from the operands. Raises TypeError for anything but one verdict.
    """
    __tracebackhide__ = True
    if len(verdicts) == 2 and all(isinstance(thing, Operand) for thing in verdicts):
        one, other = (found(thing).split(" ", 2)[2] for thing in verdicts)
        raise TypeError(f"order() draws a verdict: write order({one} > {other})")
    expect("order", verdicts, Verdict, "one verdict")
    if len(verdicts) > 1:
        raise TypeError("order() draws one verdict: draw a chart for each")
    (verdict,) = verdicts
    pair = [verdict.left, verdict.right]
    names = list(dict.fromkeys(map(of.label, pair)))
    low = min(of.finite_ends(pair) or [0.0])
    return Chart(
        lambda ax, width: _draw(ax, width * 72, verdict, pair),
        title=title or f"{_question(verdict)} {verdict.says('typical').capitalize()}",
        subtitle=subtitle or f"{' and '.join(names)}, {of.unit(pair[0])}".rstrip(", "),
        alt=alt or _alt(verdict, pair),
        note=of.note(pair, *(["The scale does not begin at zero."] if low > 0 else []))
        if note is None
        else note,
        id=id,
    )


def _question(verdict: Verdict) -> str:
    pair = (verdict.left, verdict.right)
    return _QUESTIONS[verdict.operator].format(*(f"“{of.said(operand)}”" for operand in pair))


def _alt(verdict: Verdict, pair: Sequence[Operand]) -> str:
    if verdict.refusals:
        return f"{of.label(pair[0])} and {of.label(pair[1])} are not compared: {'; '.join(verdict.refusals)}"
    answers = [
        f"{words.capitalize()}: {' against '.join(_printed(o, r) for o in pair)}, {verdict.says(r)}."
        for r, words in READING_LABELS.items()
    ]
    return " ".join([f"{of.claim(pair[0])}; against {of.claim(pair[1])}.", _question(verdict), *answers])


def _printed(operand: Operand, reading: str) -> str:
    """Return the bounds under a reading in words, after the words they come from; an open end has its own words."""
    pair, own = of.drawn_ends(operand, reading), of.said(operand) if of.speaker(operand) else ""
    words = operand.says(reading) if pair is not None else "no number"
    if own in ("", words) or (reading == "digits" and pair is not None):
        return words
    return (
        own
        if pair and math.inf in map(abs, pair) and of.digits(operand) is not None
        else f"{own}, read as {words}"
    )


def _draw(ax: Axes, width: float, verdict: Verdict, pair: Sequence[Operand]) -> None:
    room = width - 8
    if verdict.refusals:
        lines = ["Not compared", *(line for r in verdict.refusals for line in wrapped(r, room, BODY, most=9))]
        for number, text in enumerate(lines):
            write(ax, 0, 8 + 13 * number, text, BODY, bold=number == 0)
        _finish(ax, width, 13.0 * len(lines) + 4, (0, room))
        return
    low, high = _limits(pair, room)
    ax.set_xlim(low, high)
    ruled(ax, "x", room)
    values = [value for value in ax.get_xticks() if low <= value <= high]
    point = (high - low) / room
    known, shown = of.colours(pair), of.readings(pair)
    y, middles = 0.0, []
    for operand in pair:
        lines = wrapped(of.label(operand), room, BODY, True, 2)
        says = wrapped(f"says {of.speaker(operand)}", room, BODY, most=2) if of.speaker(operand) else []
        for number, text in enumerate(lines + says):
            soft = number >= len(lines)
            write(ax, low, y + 7 + number * _LINE, text, BODY, bold=not soft, soft=soft)
        y += 11 + _LINE * len(lines + says)
        ax.vlines(values, y - 9, y + 9, color=INK, alpha=RULE, linewidth=0.6, zorder=0)
        _lane(ax, operand, y, of.colour(operand, known), shown, point)
        middles.append(y)
        y += 28
    _overlap(ax, pair, shown, middles)
    ax.vlines(values, y, y + 3, color=INK, alpha=0.5, linewidth=0.6)
    ax.hlines(y, low, high, color=INK, alpha=0.5, linewidth=0.6)
    for value in values:
        _centred(ax, value, y + 10, tick(value, of.scale(pair[0])), point, SMALL, soft=True)
    _finish(ax, width, y + 28 + _answers(ax, verdict, y + 30, room, point), (low, high))


def _finish(ax: Axes, width: float, height: float, limits: tuple[float, float]) -> None:
    ax.set(xlim=limits, ylim=(height, 0), xticks=[], yticks=[])
    place(ax, width, height, (4, 0, width - 4, height))


def _limits(pair: Sequence[Operand], room: float) -> tuple[float, float]:
    """Return an axis that holds every finite end and the arrows of the open ends."""
    finite = of.finite_ends(pair) or [0.0, 1.0]
    spread = (max(finite) - min(finite)) or abs(max(finite)) * 0.2 or 1.0
    beside = max(0.12, 1.25 * (ARROW + 30) / room) * spread
    return min(finite) - beside, max(finite) + beside


def _centred(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    point: float,
    size: float,
    bold: bool = False,
    soft: bool = False,
    **more: Any,
) -> None:
    """Write words centred on a position, moved if they would leave the drawing."""
    half = measure(words, size, bold) / 2 * point
    low, high = ax.get_xlim()
    x = min(max(x, low + half), high - half)
    write(ax, x, y, words, size, bold, soft, horizontalalignment="center", **more)


def _lane(ax: Axes, operand: Operand, y: float, hue: str, shown: dict[str, str | None], point: float) -> None:
    """Draw one operand: its digits as a mark and, for each reading, its bounds as a bar with words beneath."""
    fill, mark = of.solid(operand), of.digits(operand)
    if mark is not None:
        pair = of.ends(operand) or ()
        at_end = mark in pair and len(set(pair)) > 1  # there the bar's own end says it
        dots(ax, [(mark, y)], hue, fill, size=8, gid=gid("digits" if at_end else None))
    for span in of.spans(operand, y, hue):
        bar(ax, span, fill, point)
    for reading, name in shown.items():
        finite = [end for end in of.drawn_ends(operand, reading) or () if math.isfinite(end)]
        middle = sum(finite) / len(finite) if finite else ax.get_xlim()[0]
        _centred(ax, middle, y + 17, _printed(operand, reading), point, BODY, bold=True, gid=gid(name))


def _overlap(ax: Axes, pair: Sequence[Operand], shown: dict[str, str | None], middles: list[float]) -> None:
    """Draw a pale field where both bars overlap, or a line if one of them is a single number."""
    for reading, name in shown.items():
        one, other = (of.ends(operand, reading) for operand in pair)
        if one is None or other is None:
            continue
        low, high = max(one[0], other[0]), min(one[1], other[1])
        if low <= high and not math.isinf(high - low):
            edge = 0 if low < high else 1
            field = ax.fill_betweenx(middles, low, high, color=INK, alpha=0.09, linewidth=edge, zorder=0)
            field.set_gid(gid(name))


def _answers(ax: Axes, verdict: Verdict, y: float, room: float, point: float) -> float:
    """Write the question and each reading's answer, the shown reading in bold; return the height."""
    low = ax.get_xlim()[0]
    answers = {reading: str(verdict.says(reading)) for reading in READINGS}
    write(ax, low, y, _question(verdict), soft=True)
    if len(set(answers.values())) == 1:
        write(ax, low, y + 13, f"Under every reading: {answers['typical']}", BODY, bold=True)
        return 24
    for number, (reading, words) in enumerate(READING_LABELS.items()):
        x = low + number * room / 3 * point
        for shown in READINGS:
            here = shown == reading
            for line, text in enumerate((words, answers[reading])):
                write(ax, x, y + 13 + 12 * line, text, BODY, bold=here, soft=not here, gid=gid(shown))
    return 36
