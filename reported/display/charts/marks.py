"""Bounds as marks: a closed end is a tick, an open end a short arrow, an approximate end fades; fill is evidence.

Thin marks are drawn for many operands at a time, so that a chart of thousands stays small.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

ARROW = 15.0
"""How long an open end is, in points."""

_FADE = (0.85, 0.6, 0.4, 0.2)
_OPEN = Path([(0, 0), (0, 1), (-0.22, 0.7), (0, 1), (0.22, 0.7)], [1, 2, 1, 2, 2])
_TURNS = {"up": 0, "left": 90, "down": 180, "right": 270}
SHAPES = ("o", "s", "^", "D", "v", "p", "P", "X", "<", ">", "h", "*")


@dataclass(frozen=True)
class Span:
    """Bounds to be drawn along one axis, at a place on the other.

    `reading` is None where all readings agree; an end at `mark`, where the digits are drawn, needs no tick.
    """

    at: float
    lower: float
    upper: float
    soft: tuple[bool, bool]
    colour: str
    reading: str | None = None
    mark: float | None = None

    @property
    def gid(self) -> str | None:
        """The id by which a page shows it for its reading."""
        return f"reading-{self.reading}" if self.reading else None

    @property
    def pieces(self) -> Iterator[tuple[float, float, float]]:
        """Start, end and opacity of each piece between two finite ends: paler towards an approximate end."""
        if not any(self.soft):
            yield self.lower, self.upper, 1.0
            return
        middle = self.lower / 2 + self.upper / 2
        for end, soft in ((self.lower, self.soft[0]), (self.upper, self.soft[1])):
            if not soft:
                yield (*sorted((middle, end)), 1.0)  # type: ignore[misc]
                continue
            step = (end - middle) / len(_FADE)
            for number, opacity in enumerate(_FADE):
                yield (*sorted((middle + number * step, middle + (number + 1) * step)), opacity)  # type: ignore[misc]


def open_end(way: str) -> Path:
    """The marker of an open end: an arrow that starts at its point."""
    return _OPEN.transformed(Affine2D().rotate_deg(_TURNS[way]))


def arrows(
    ax: Axes,
    points: Iterable[tuple[float, float]],
    way: str,
    colour: str,
    gid: str | None = None,
    length: float = ARROW,
) -> None:
    """Short arrows that start at the points and go up, down, left or right."""
    x, y = zip(*points, strict=True)
    ax.plot(
        x, y, linestyle="none", marker=open_end(way), markersize=2 * length, markerfacecolor="none", markeredgecolor=colour,
        markeredgewidth=1.3, gid=gid, clip_on=False,
    )  # fmt: skip


def thin(ax: Axes, spans: Iterable[Span], *, upright: bool = False, length: float = ARROW) -> None:
    """Bounds as thin lines in data coordinates, along x or, if `upright`, along y; arrows are `length` points long."""
    width = 1.4 if length == ARROW else 0.9
    lines: dict[tuple[str, str | None, float], list[tuple[float, float, float]]] = defaultdict(list)
    ticks: dict[tuple[str, str | None], list[tuple[float, float]]] = defaultdict(list)
    opens: dict[tuple[str, str | None, bool], list[tuple[float, float]]] = defaultdict(list)
    for span in spans:
        key = span.colour, span.gid
        finite = [end for end in (span.lower, span.upper) if math.isfinite(end)]
        if len(finite) == 2 and finite[0] < finite[1]:
            for start, end, opacity in span.pieces:
                lines[*key, opacity].append((start, end, span.at))
        elif len(finite) == 1:
            opens[*key, math.isinf(span.upper)].append((finite[0], span.at))
        for end, soft in zip((span.lower, span.upper), span.soft, strict=True):
            if math.isfinite(end) and not soft and end != span.mark:
                ticks[key].append((end, span.at))
    for (colour, gid, opacity), pieces in lines.items():
        along = [v for start, end, _ in pieces for v in (start, end, math.nan)]
        across = [v for _, _, at in pieces for v in (at, at, math.nan)]
        xs, ys = (across, along) if upright else (along, across)
        ax.plot(
            xs,
            ys,
            color=colour,
            linewidth=width,
            alpha=opacity,
            gid=gid,
            solid_capstyle="butt",
            clip_on=False,
        )
    for (colour, gid), points in ticks.items():
        xs, ys = _axes(points, upright)
        marker = "_" if upright else "|"
        ax.plot(
            xs, ys, marker, color=colour, markersize=length / 2, markeredgewidth=width, gid=gid, clip_on=False
        )
    for (colour, gid, above), points in opens.items():
        way = ("up" if above else "down") if upright else ("right" if above else "left")
        arrows(ax, zip(*_axes(points, upright), strict=True), way, colour, gid, length)


def _axes(points: list[tuple[float, float]], upright: bool) -> tuple[list[float], list[float]]:
    along, across = [p[0] for p in points], [p[1] for p in points]
    return (across, along) if upright else (along, across)


def dots(
    ax: Axes,
    x: Iterable[float],
    y: Iterable[float],
    colour: str,
    solid: bool,
    shape: str = "o",
    size: float = 6,
) -> None:
    """Marks of reported digits: solid where evidence is given, hollow where none is mentioned."""
    ax.plot(
        list(x), list(y), linestyle="none", marker=shape, markersize=size, markeredgecolor=colour,
        markeredgewidth=1.3, markerfacecolor=colour if solid else "none", clip_on=False, zorder=3,
    )  # fmt: skip


def bar(
    ax: Axes,
    span: Span,
    solid: bool,
    height: float,
    point: float,
    line: str = "-",
    ticks: tuple[bool, bool] | None = None,
) -> None:
    """Bounds as a bar along x; `height` is in units of y, `point` is the length of a point in units of x.

    `ticks` says which ends get one; by default those that are not approximate.
    """
    lower, upper, y, tall = span.lower, span.upper, span.at, height / 2
    look = {"color": span.colour, "gid": span.gid, "clip_on": False}
    pieces = list(span.pieces) if math.isfinite(lower) and math.isfinite(upper) else []
    for end, sign, other in ((upper, 1, lower), (lower, -1, upper)):
        if math.isinf(end) and math.isfinite(other):
            reach = other + sign * (ARROW + 12) * point
            pieces.append((min(other, reach), max(other, reach), 1.0))
            tip = [reach, reach + sign * 9 * point, reach]
            ax.plot(tip, [y - tall - 3, y, y + tall + 3], linewidth=1.6, **look)
    for start, stop, opacity in pieces:
        if solid:
            box = Rectangle((start, y - tall), stop - start, height, linewidth=0, alpha=opacity, **look)
            ax.add_patch(box)
        else:
            edges = [start, stop, math.nan, start, stop], [y - tall] * 3 + [y + tall] * 2
            ax.plot(*edges, linewidth=1.4, alpha=opacity, linestyle=line, **look)
    for end, wanted in zip((lower, upper), ticks or [not soft for soft in span.soft], strict=True):
        if math.isfinite(end) and wanted:
            ax.plot([end] * 2, [y - tall - 3, y + tall + 3], linewidth=2, **look)
