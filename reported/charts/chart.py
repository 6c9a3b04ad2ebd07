"""A chart that displays itself: a drawing with its title, subtitle, alt text and note, as SVG.

Knows nothing of figures: an analyst's own drawing is shown by the same object.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, TypeAlias

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reported.charts.look import INK, LOOK, add_fonts
from reported.intervals.wording import unescape

MIME = "application/vnd.reported.chart+json"
WIDE, NARROW = 7.1, 3.35
"""Widths in inches: a page's measure, and a phone's."""

Drawing: TypeAlias = Callable[[Axes, float], object]

_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_IDENTIFIER = re.compile(r'(?<=\sid=")[^"]*|(?<=href="#)[^"]*|(?<=url\(#)[^)]*')
_DECIMALS = re.compile(r"(?<![\w.])(-?\d+\.\d\d)\d+(?![\w.])")
_READING = re.compile(r'(<g id="[^"]*reading-(?:digits|cautious)")')


class Chart:
    """A drawing that displays itself in a notebook and on a page.

    `draw` is a function of Axes and a width in inches, a sequence of such functions (the parts of a long
    chart), or a matplotlib Figure. Such a function may set the height of `ax.figure` and add Axes to it.
    `title` states the finding, `subtitle` names quantity and unit, `alt` says what the drawing shows, `note`
    (Markdown) names the sources. An artist whose gid is `reading-digits`, `reading-typical` or `reading-cautious` is
    shown for that reading alone; where a page offers no choice, the typical reading is shown.

    >>> Chart(lambda ax, width: ax.plot([1, 3]), "Three times as many", "Trees", alt="Trees grew from 1 to 3.")
    Chart('Three times as many')
    """

    def __init__(
        self,
        draw: Drawing | Sequence[Drawing] | Figure,
        title: str,
        subtitle: str,
        alt: str,
        note: str | None = None,
        id: str | None = None,
    ) -> None:
        if not alt.strip():
            raise ValueError("alt is empty: say in a sentence or two what the chart shows")
        self.draw, self.title, self.subtitle, self.alt, self.note = draw, title, subtitle, alt, note or None
        self.id = id or "chart-" + re.sub(r"\W+", "-", title.lower()).strip("-")

    def __repr__(self) -> str:
        return f"Chart({self.title!r})"

    def figures(self, width: float = WIDE) -> list[Figure]:
        """The parts as matplotlib figures `width` inches wide; a Figure of the analyst's own as it is."""
        if isinstance(self.draw, Figure):
            return [self.draw]
        draws = [self.draw] if callable(self.draw) else self.draw
        found = []
        add_fonts()
        with matplotlib.rc_context(_settings()):
            for draw in draws:
                figure = Figure(figsize=(width, 0.55 * width), dpi=72, layout="constrained")
                draw(figure.add_subplot(), width)
                found.append(figure)
        return found

    def svg(self, width: float = WIDE, *, paths: bool = False) -> list[str]:
        """The parts as SVG elements: the same bytes for the same input. `paths` draws letters as outlines."""
        return self._svg(self.figures(width), width, paths)

    def _svg(self, figures: Sequence[Figure], width: float, paths: bool) -> list[str]:
        digest = hashlib.sha256(f"{self.id} {width}".encode()).hexdigest()[:6]
        settings: Any = {} if isinstance(self.draw, Figure) else _settings()
        settings |= {"svg.fonttype": "path" if paths else "none", "svg.hashsalt": "reported"}
        with matplotlib.rc_context(settings):
            return [_svg(figure, f"c{digest}{number}", paths) for number, figure in enumerate(figures, 1)]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        figures = self.figures()
        wide, outlined = (self._svg(figures, WIDE, paths) for paths in (False, True))
        parts = [{"wide": w, "narrow": n} for w, n in zip(wide, self.svg(NARROW), strict=True)]
        texts = {name: getattr(self, name) for name in ("id", "title", "subtitle", "alt", "note")}
        return {MIME: {**texts, "parts": parts}, "text/html": self._html(outlined), "text/plain": self.alt}

    def _html(self, parts: Sequence[str]) -> str:
        """A page that may lack the fonts gets letters as outlines; the alt text is on the first part only."""
        images = [
            '<img style="max-width:100%" alt="{}" src="data:image/svg+xml;base64,{}">'.format(
                "" if number else html.escape(self.alt), base64.b64encode(svg.encode()).decode()
            )
            for number, svg in enumerate(parts)
        ]
        plain = unescape(self.note or "")
        title, subtitle, note = (html.escape(text) for text in (self.title, self.subtitle, plain))
        return (
            f'<figure style="background:#fff;color:{INK};margin:0;padding:0.5em">'
            f"<figcaption><strong>{title}</strong><br>{subtitle}</figcaption>"
            f"{''.join(images)}{f'<p><small>{note}</small></p>' if note else ''}</figure>"
        )


def _settings() -> Any:
    """Matplotlib's own defaults and the look, so that a chart is the same whatever a reader's settings are."""
    kept = ("backend", "interactive", "toolbar", "date.epoch")
    return {k: v for k, v in matplotlib.rcParamsDefault.items() if not k.startswith(kept)} | LOOK


def _svg(figure: Figure, prefix: str, paths: bool) -> str:
    """Ids begin with the prefix and occur once in the page; ink takes the colour of the text around."""
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    svg = file.getvalue()
    numbers = count(1)

    def identifier(match: re.Match[str]) -> str:
        number = f"{next(numbers)}-" if match[0].startswith("reading-") else ""
        return f"{prefix}-{number}{match[0]}"

    def tag(match: re.Match[str]) -> str:
        text = match[0] if paths else _DECIMALS.sub(r"\1", match[0])
        return _IDENTIFIER.sub(identifier, text).replace(INK, "currentColor")

    svg = _TAG.sub(tag, svg[svg.index("<svg") :])
    svg = _READING.sub(r'\1 display="none"', svg)
    return svg.replace("<svg ", f'<svg color="{INK}" ', 1)
