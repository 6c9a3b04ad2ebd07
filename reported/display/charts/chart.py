"""A chart: a drawing at any width, with the title, subtitle, alt text and note that stand around it.

What a chart shows is decided elsewhere; how it becomes SVG that follows a page's colours is decided here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from reported.display.charts.canvas import COLOURS, look

WIDE, NARROW = 7.1, 3.35
"""Widths in inches: a page's measure (about 680 CSS pixels), and a phone's (about 320)."""

_VARIABLES = {value: f"var(--{name}, {value})" for name, value in COLOURS.items()}
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_COLOUR = re.compile("|".join(_VARIABLES))
_TURN = re.compile(r' transform="rotate\(-0 [^"]*\)"')


@dataclass(frozen=True)
class Chart:
    """A picture of reported figures.

    `title` states the finding in words, `subtitle` names quantity and unit, `alt` says in sentences what the
    picture says, `note` (Markdown) gives source and cautions: all computed from the data, none of them drawn.
    `draw` takes a width in inches and gives a matplotlib figure.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    note: str
    draw: Callable[[float], Figure]

    def svg(self, width: float = WIDE) -> str:
        """The drawing as an SVG element whose colours are CSS variables with fallbacks; the same bytes always."""
        file = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        with look():
            self.draw(width).savefig(file, format="svg", metadata=nothing)
        svg = file.getvalue()
        return _TAG.sub(_with_variables, svg[svg.index("<svg") :])


def _with_variables(tag: re.Match[str]) -> str:
    plain = _TURN.sub("", tag[0])
    return _COLOUR.sub(lambda colour: _VARIABLES[colour[0]], plain)
