"""Two operands set against each other: their bounds as bars, where the bars overlap, and each reading's verdict."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes

from reported.display.charts.chart import Chart
from reported.display.charts.look import (
    BODY,
    INK,
    RULE,
    frameless,
    measure,
    place,
    ruled,
    tick,
    wrapped,
    write,
)
from reported.display.charts.marks import ARROW, Span, bar, dots
from reported.display.charts.operands import (
    ANSWERS,
    READINGS,
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

_QUESTIONS = {
    ">": "Is the first more than the second?",
    ">=": "Is the first at least the second?",
    "<": "Is the first less than the second?",
    "<=": "Is the first at most the second?",
    "compatible": "Do the two overlap?",
}


def order(
    verdict: Any,
    title: str = "",
    subtitle: str = "",
    alt: str = "",
    note: str | None = None,
    id: str | None = None,
) -> Chart:
    """A verdict drawn: both operands under each reading, and what the reading answers.

    Texts that are not given are made from the operands.
    """
    pair = [verdict.left, verdict.right]
    answer = answered(verdict, "typical")
    names = f"{label(pair[0])} {verdict.operator} {label(pair[1])}"
    return Chart(
        lambda ax, width: _draw(ax, width, verdict, pair),
        title=title or f"{names}: {answer}",
        subtitle=subtitle or _subtitle(pair),
        alt=alt or _alt(verdict, pair),
        note=sources(pair) if note is None else note,
        id=id,
    )


def answered(verdict: Any, reading: str) -> str:
    """The answer under a reading, in the words of a page."""
    outcome = str(verdict.under(reading))
    return ANSWERS.get(outcome, "no digits to compare" if outcome == "missing" else outcome)


def _subtitle(pair: list[Any]) -> str:
    return f"{' and '.join(dict.fromkeys(map(label, pair)))}, {unit(pair[0])}".rstrip(", ")


def _alt(verdict: Any, pair: list[Any]) -> str:
    if verdict.refusals:
        return f"{label(pair[0])} and {label(pair[1])} are not compared: {'; '.join(verdict.refusals)}"
    who = [f"{label(o)} ({said(o)}{', says ' + speaker(o) if speaker(o) else ''})" for o in pair]
    answers = [
        f"{words.capitalize()}: {' against '.join(_printed(o, reading) for o in pair)}, {answered(verdict, reading)}."
        for reading, words in READINGS.items()
    ]
    return " ".join([f"{who[0]} {verdict.operator} {who[1]}?", *answers])


def _printed(operand: Any, reading: str) -> str:
    return str(operand.says(reading)) if ends(operand, reading) is not None else "no number"


def _draw(ax: Axes, width: float, verdict: Any, pair: list[Any]) -> None:
    points = width * 72
    if verdict.refusals:
        _refused(ax, points, verdict)
        return
    left, right = 4.0, points - 4
    scale = _limits(pair, right - left)
    ax.set_xlim(*scale)
    ruled(ax, "x", right - left)
    values = [value for value in ax.get_xticks() if scale[0] <= value <= scale[1]]
    point = (scale[1] - scale[0]) / (right - left)
    known, alike = colours(pair), readings_alike(pair)
    readings = ["typical"] if alike else list(READINGS)
    y, middles = 0.0, []
    for operand in pair:
        y += 7
        for words, bold, line in _names(operand, right - left):
            write(ax, scale[0], y, words, size=BODY, bold=bold, soft=not bold)
            y += line
        middles.append(y + 4)
        ax.vlines(values, y - 5, y + 13, color=INK, alpha=RULE, linewidth=0.6, zorder=0)
        for reading in readings:
            _lane(ax, operand, None if alike else reading, middles[-1], known, scale, point)
        y += 30
    for reading in readings:
        _overlap(ax, pair, reading, None if alike else reading, middles)
    ax.vlines(values, y - 2, y + 2, color=INK, alpha=0.5, linewidth=0.6)
    ax.hlines(y - 2, *scale, color=INK, alpha=0.5, linewidth=0.6)
    for value in values:
        words = tick(value, factor(pair[0]))
        half = measure(words) / 2 * point
        middle = min(max(value, scale[0] + half), scale[1] - half)
        write(ax, middle, y + 9, words, soft=True, align="center")
    height = y + 27 + _answers(ax, verdict, y + 29, right - left, scale, point)
    ax.figure.set_figheight(height / 72)  # type: ignore[union-attr]
    ax.set(ylim=(height, 0), xticks=[], yticks=[])
    place(ax, points, height, (left, 0, right, height))
    frameless(ax)


def _names(operand: Any, room: float) -> list[tuple[str, bool, float]]:
    """Lines on what is counted and who says so, each with whether it is bold and the step to the next."""
    lines = [(line, True, 11.5) for line in wrapped(label(operand), room, BODY, True, most=2)]
    who = speaker(operand)
    return lines + [
        (line, False, 11.5) for line in (wrapped(f"says {who}", room, BODY, most=2) if who else [])
    ]


def _limits(pair: list[Any], room: float) -> tuple[float, float]:
    """The axis holds every finite end, and beside it the arrows of the ends that are open."""
    finite = finite_ends(pair) or [0.0, 1.0]
    low, high = min(finite), max(finite)
    spread = (high - low) or abs(high) * 0.2 or 1.0
    reach = (ARROW + 30) / room * spread * 1.25
    return low - max(0.12 * spread, reach), high + max(0.12 * spread, reach)


def _lane(
    ax: Axes,
    operand: Any,
    reading: str | None,
    y: float,
    known: dict[Any, str],
    scale: tuple[float, float],
    point: float,
) -> None:
    pair = ends(operand, reading or "typical")
    gid = f"reading-{reading}" if reading else None
    words = _printed(operand, reading or "typical")
    own = said(operand) if speaker(operand) else words
    if pair is None or all(map(math.isinf, pair)):
        write(ax, scale[0], y, f"{own}: {words}", size=BODY, bold=True, gid=gid)
        return
    mark, hue = digits(operand), colour(operand, known)
    if pair[0] < pair[1]:
        bar(ax, Span(y, *pair, soft_ends(operand), hue, reading), solid(operand), 9, point)
    if mark is not None and reading in (None, "typical"):
        dots(ax, [mark], [y], hue, solid(operand), size=8)
    if reading != "digits" and words != own:
        words = own if any(map(math.isinf, pair)) and mark is not None else f"{own}: {words}"
    half = measure(words, BODY, True) / 2 * point
    finite = [end for end in pair if math.isfinite(end)]
    middle = min(max(sum(finite) / len(finite), scale[0] + half), scale[1] - half)
    write(ax, middle, y + 17, words, size=BODY, bold=True, align="center", gid=gid)


def _overlap(ax: Axes, pair: list[Any], reading: str, shown: str | None, middles: list[float]) -> None:
    """A pale field where both bars are."""
    one, other = (ends(operand, reading) for operand in pair)
    if one is None or other is None:
        return
    low, high = max(one[0], other[0]), min(one[1], other[1])
    if low > high or math.isinf(low) or math.isinf(high):
        return
    ax.fill_betweenx(
        [middles[0], middles[1]], low, high, color=INK, alpha=0.09, linewidth=0 if low < high else 1, zorder=0,
        gid=f"reading-{shown}" if shown else None,
    )  # fmt: skip


def _answers(
    ax: Axes, verdict: Any, y: float, room: float, scale: tuple[float, float], point: float
) -> float:
    """The question and what each reading answers; the reading that is shown is in bold. Returns the height."""
    write(ax, scale[0], y, _QUESTIONS.get(str(verdict.operator), ""), soft=True)
    answers = {reading: answered(verdict, reading) for reading in READINGS}
    if len(set(answers.values())) == 1:
        write(ax, scale[0], y + 13, f"Under every reading: {answers['typical']}", size=BODY, bold=True)
        return 24
    for number, (reading, words) in enumerate(READINGS.items()):
        x = scale[0] + number * room / 3 * point
        for shown in READINGS:
            for line, text in enumerate((words, answers[reading])):
                write(
                    ax, x, y + 13 + 12 * line, text, size=BODY, bold=shown == reading, soft=shown != reading,
                    gid=f"reading-{shown}",
                )  # fmt: skip
    return 36


def _refused(ax: Axes, points: float, verdict: Any) -> None:
    lines = [line for reason in verdict.refusals for line in wrapped(str(reason), points - 8, BODY, most=8)]
    height = 24 + 13 * len(lines)
    ax.figure.set_figheight(height / 72)  # type: ignore[union-attr]
    ax.set(xlim=(0, points), ylim=(height, 0), xticks=[], yticks=[])
    place(ax, points, height, (0, 0, points, height))
    frameless(ax)
    write(ax, 0, 8, "Not compared", size=BODY, bold=True)
    for number, line in enumerate(lines):
        write(ax, 0, 22 + 13 * number, line, size=BODY)
