"""Bounds as marks: a closed end is a tick, an open end a short arrow, an approximate end fades; fill is evidence.

Thin marks are drawn for many operands at a time, so that a chart of thousands stays small.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

ARROW = 15.0
"""Length of an open end, in points."""
SHAPES = ("o", "s", "^", "d", "v", "p", "P", "X", "<", ">", "h", "*")

_FADE = (0.85, 0.6, 0.4, 0.2)
_OPEN = Path([(0, 0), (0, 1), (-0.22, 0.7), (0, 1), (0.22, 0.7)], [1, 2, 1, 2, 2])
_TURNS = {"up": 0, "left": 90, "down": 180, "right": 270}


def gid(reading: str | None) -> str | None:
    """Return the id by which a page shows what is drawn for a reading; None if it is always shown."""
    return f"reading-{reading}" if reading else None


@dataclass(frozen=True)
class Span:
    """Bounds to be drawn along one axis, at a place on the other.

    `reading` is None if all readings agree; an end at `mark`, where the digits are drawn, needs no tick.
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
        return gid(self.reading)

    @property
    def pieces(self) -> Iterator[tuple[float, float, float]]:
        """Return start, end and opacity of the pieces between two finite ends, paler towards an approximate end."""
        if not any(self.soft):
            yield self.lower, self.upper, 1.0
            return
        middle = self.lower / 2 + self.upper / 2
        for end, soft in ((self.lower, self.soft[0]), (self.upper, self.soft[1])):
            fade = _FADE if soft else (1.0,)
            step = (end - middle) / len(fade)
            for number, opacity in enumerate(fade):
                start, stop = sorted((middle + number * step, middle + (number + 1) * step))
                yield start, stop, opacity


def line(
    ax: Axes, x: Iterable[float], y: Iterable[float], colour: str, width: float = 1.4, **more: Any
) -> None:
    """Draw a line in data coordinates that may leave the Axes; `more` goes to `Axes.plot`."""
    ax.plot(list(x), list(y), color=colour, linewidth=width, clip_on=False, solid_capstyle="butt", **more)


def dots(
    ax: Axes,
    points: Iterable[tuple[float, float]],
    colour: str,
    fill: bool,
    shape: Any = "o",
    size: float = 6,
    **more: Any,
) -> None:
    """Draw marks of one kind: solid if evidence is given, hollow if none is mentioned."""
    x, y = zip(*points, strict=True)
    face = colour if fill else "none"
    line(
        ax, x, y, colour, 0, marker=shape, markersize=size, markeredgewidth=1.3, markerfacecolor=face, **more
    )


def open_end(way: str) -> Path:
    """Return the marker of an open end, an arrow that starts at its point; its size is twice its length."""
    return _OPEN.transformed(Affine2D().rotate_deg(_TURNS[way]))


def thin(ax: Axes, spans: Iterable[Span], *, upright: bool = False, length: float = ARROW) -> None:
    """Draw bounds as thin lines in data coordinates, along x or, if `upright`, along y.

    Arrows are `length` points long; if they are shorter than usual, ticks are left out.
    """
    lines: dict[tuple[str, str | None, float], list[tuple[float, float]]] = defaultdict(list)
    markers: dict[tuple[str, str | None, str], list[tuple[float, float]]] = defaultdict(list)
    for span in spans:
        finite = [end for end in (span.lower, span.upper) if math.isfinite(end)]
        if len(finite) == 2:
            for start, end, opacity in span.pieces:
                lines[span.colour, span.gid, opacity] += [(x, span.at) for x in (start, end, math.nan)]
        elif finite:
            way = ("up", "right") if math.isinf(span.upper) else ("down", "left")
            markers[span.colour, span.gid, way[not upright]].append((finite[0], span.at))
        for end, soft in zip((span.lower, span.upper), span.soft, strict=True):
            if math.isfinite(end) and not soft and end != span.mark and length == ARROW:
                markers[span.colour, span.gid, "_" if upright else "|"].append((end, span.at))
    width, turn = 1.4 if length == ARROW else 0.9, -1 if upright else 1
    for (colour, id_, opacity), points in lines.items():
        x, y = list(zip(*points, strict=True))[::turn]
        line(ax, x, y, colour, width, alpha=opacity, gid=id_)
    for (colour, id_, kind), points in markers.items():
        shape, size = (open_end(kind), 2 * length) if kind in _TURNS else (kind, length / 2)
        turned = [(across, along) if upright else (along, across) for along, across in points]
        dots(ax, turned, colour, False, shape, size, gid=id_)


def bar(
    ax: Axes, span: Span, fill: bool, point: float, dash: str = "-", ticks: tuple[bool, bool] | None = None
) -> None:
    """Draw bounds as a bar along x, in Axes whose y is in points; `point` is the length of a point in units of x.

    `ticks` says which ends get one; by default those that are not approximate.
    """
    lower, upper, y, colour, id_ = span.lower, span.upper, span.at, span.colour, span.gid
    pieces = list(span.pieces) if math.isfinite(lower) and math.isfinite(upper) else []
    for end, sign, other in ((upper, 1, lower), (lower, -1, upper)):
        if math.isinf(end) and math.isfinite(other):
            reach = other + sign * (ARROW + 12) * point
            pieces.append((min(other, reach), max(other, reach), 1.0))
            line(ax, [reach, reach + sign * 9 * point, reach], [y - 7.5, y, y + 7.5], colour, 1.6, gid=id_)
    for start, stop, opacity in pieces:
        if fill:
            style: dict[str, Any] = {"color": colour, "linewidth": 0, "alpha": opacity, "gid": id_}
            ax.add_patch(Rectangle((start, y - 4.5), stop - start, 9, **style))
        else:
            edges = [start, stop, math.nan, start, stop], [y - 4.5] * 3 + [y + 4.5] * 2
            line(ax, *edges, colour, alpha=opacity, linestyle=dash, gid=id_)
    for end, wanted in zip((lower, upper), ticks or [not soft for soft in span.soft], strict=True):
        if math.isfinite(end) and wanted:
            line(ax, [end] * 2, [y - 7.5, y + 7.5], colour, 2, gid=id_)
