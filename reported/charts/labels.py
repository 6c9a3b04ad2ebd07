"""Place figures' words beside their marks in a chart over time, covering no mark and no other words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from reported.charts import operands as of
from reported.charts.dated import Dated, Series
from reported.charts.look import CAPITAL, INK, SMALL, Box, measure

LABELLED = 24
"""Up to this many figures, each has its words; beyond it only the first, the last and the largest steps."""


Points = NDArray[np.float64]


def label(ax: Axes, series: Sequence[Series], length: float, gap: float) -> None:
    """Write figures' words beside their marks, covering no mark and no other words, nearer to no other mark.

    A place on a line of steps is used only if there is no other.
    """
    origin = ax.transAxes.transform((0, 0))
    right, top = ax.transAxes.transform((1, 1)) - origin
    at = {d: ax.transData.transform((d.x, d.y)) - origin for s in series for d in s.statements}
    own = {d: _mark_box(ax, d, at[d], length) for d in at}
    taken, marks = np.array(list(own.values())), np.array(list(at.values()))
    steps = [
        box
        for s in series
        if s.stepped
        for stretch in s.stretches(gap)
        for box in _step_boxes([at[d] for d in stretch])
    ]
    for d in _chosen(series):
        (x, y), (start, below, end, above) = at[d], own[d]
        long = measure(of.said(d.figure), SMALL, True)
        beside = [end + 3, start - 3 - long]
        over = [x - long / 2, x - 2, x + 2 - long, min(x, right - long + 6), max(x - long, 0.0)]
        places = [(x, y) for x in beside]
        places += [(x, y) for y in (above + 5, below - 5) for x in over]
        places += [(x, y + by) for by in (6, -6) for x in beside]
        further = [end + 15, start - 15 - long]  # past a mark that stands on nearly the same day
        places += [(x, y + by) for by in (0, 6, -6) for x in further]
        boxes = [(x - 1, y - 4.5, x + long + 1, y + 4.5) for x, y in places]
        inside = [b for b in boxes if b[0] >= -4 and b[2] <= right + 10 and b[1] >= 0 and b[3] <= top + 6]
        free = [b for b in inside if not _meets(b, taken) and _nearest(b, at[d], marks)]
        if free:
            box = next((b for b in free if not _meets(b, np.array(steps))), free[0])
            taken = np.vstack([taken, box])
            offset = box[0] + 1 - x, box[1] + 4.5 - y
            write_beside(ax, (d.x, d.y), offset, of.said(d.figure), "data", True)


def write_beside(
    ax: Axes, at: tuple[float, float], offset: tuple[float, float], words: str, coords: str, bold: bool
) -> None:
    """Write words some points away from a position, their capitals centred on it."""
    ax.annotate(
        words, at, (offset[0], offset[1] - CAPITAL * SMALL), xycoords=coords, textcoords="offset points",
        fontsize=SMALL, fontweight=600 if bold else 400, color=INK, annotation_clip=False,
    )  # fmt: skip


def _mark_box(ax: Axes, d: Dated, at: Any, length: float) -> Box:
    """Return the box that a statement's mark covers under the typical reading, in points."""
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
    """Choose whose words to write, the most important first."""
    if sum(len(s.statements) for s in series) <= LABELLED:
        every = [d for s in series for d in s.statements]
        ends = [s.statements[n] for s in sorted(series, key=lambda s: len(s.statements)) for n in (-1, 0)]
        return list(dict.fromkeys([max(every, key=lambda d: d.x), *ends, *every]))
    wanted: list[Dated] = []
    for s in series:
        steps = sorted(pairwise(s.statements), key=lambda pair: -abs(pair[1].y - pair[0].y))
        few = max(0, LABELLED // 2 // len(series) - 2)
        wanted += [s.statements[-1], s.statements[0], *(after for _, after in steps[:few])]
    return list(dict.fromkeys(wanted))[:LABELLED]


def _meets(box: Box, others: NDArray[np.float64]) -> bool:
    if not len(others):
        return False
    left, below, right, above = others.T
    return bool(np.any((box[0] < right) & (left < box[2]) & (box[1] < above) & (below < box[3])))


def _nearest(box: Box, mark: Points, marks: Points) -> bool:
    """True if no other mark is nearer to a box than its own."""
    low, high = np.array(box[:2]), np.array(box[2:])

    def away(points: Points) -> Points:
        apart = np.clip(points, low, high) - points
        return np.hypot(apart[..., 0], apart[..., 1])

    return bool(away(mark) <= away(marks).min() + 1e-6)
