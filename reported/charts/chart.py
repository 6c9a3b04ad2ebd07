"""A chart that displays itself: a drawing with its title, subtitle, alt text and note, as SVG and PNG.

Independent of figures: an analyst's own drawing is shown by the same object.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from reported.charts.look import BODY, INK, LOOK, SMALL, add_fonts, font, wrapped
from reported.charts.marks import gid
from reported.display.sentences import unlinked
from reported.figures.expressions import check_reading
from reported.intervals.wording import unescape
from reported.ledger.rules import READINGS

MIME = "application/vnd.reported.chart+json"
WIDE, NARROW = 7.1, 3.35
"""Widths in inches: of a page's text, and of a phone."""

Drawing: TypeAlias = Callable[[Axes, float], object]

_DPI = 200
_DATELESS: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": dict.fromkeys(("Date", "Creator", "Format", "Type")),
    "pdf": {"CreationDate": None},
}
"""Metadata to leave out, by file ending, so that a picture has the same bytes every time."""

_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_IDENTIFIER = re.compile(r'(?<=\sid=")[^"]*|(?<=href="#)[^"]*|(?<=url\(#)[^)]*')
_DECIMALS = re.compile(r"(?<![\w.])(-?\d+\.\d\d)\d+(?![\w.])")
_READING = re.compile(r'(<g id="[^"]*reading-(?:digits|cautious)")')


class Chart:
    """A drawing that displays itself in a notebook and on a page.

    `draw` is a function of Axes and a width in inches, a sequence of such functions (the parts of a long
    chart), or a matplotlib Figure. Such a function may set the height of `ax.figure` and add Axes to it.
    `title` states the finding, `subtitle` names quantity and unit, `alt` says what the drawing shows, all in plain
    text, in which a figure has no link; `note` (Markdown) names the sources. An artist whose gid is `reading-digits`, `reading-typical` or `reading-cautious` is
    shown for that reading alone; if a page offers no choice, the typical reading is shown.

    >>> Chart(lambda ax, width: ax.plot([1, 3]), title="Three times as many", alt="Trees grew from 1 to 3.")
    Chart('Three times as many')
    """

    def __init__(
        self,
        draw: Drawing | Sequence[Drawing] | Figure,
        *,
        title: str,
        subtitle: str = "",
        alt: str,
        note: str | None = None,
        id: str | None = None,
    ) -> None:
        if not alt.strip():
            raise ValueError("alt is empty: say in a sentence or two what the chart shows")
        if not title.strip():
            raise ValueError("title is empty: state in words what the chart shows")
        axes = draw if hasattr(draw, "get_figure") and not isinstance(draw, Figure) else None
        if axes is not None:
            raise TypeError("Chart() takes a figure, found Axes: write Chart(ax.figure, …)")
        parts = draw if isinstance(draw, list | tuple) else [draw]
        if not isinstance(draw, Figure) and not all(map(callable, parts)):
            raise TypeError(f"Chart() takes a figure, or functions that draw on Axes, found {draw!r}")
        self.draw, self.note = draw, note or None
        self.title, self.subtitle, self.alt = map(unlinked, (title, subtitle, alt))
        self.id = id or "chart-" + re.sub(r"\W+", "-", self.title.lower()).strip("-")

    def __repr__(self) -> str:
        return f"Chart({self.title!r})"

    def figures(self, width: float = WIDE, *, reading: str = "typical") -> list[Figure]:
        """Return the parts as matplotlib figures `width` inches wide, drawn for one reading.

        A drawing owns its figure and is laid out for it. An analyst's own Figure is returned as it is.
        Raises ValueError for anything that is not the name of a reading.
        """
        __tracebackhide__ = True
        check_reading(reading)
        found = self._figures(width)
        for figure in found if not isinstance(self.draw, Figure) else ():
            _show(figure, reading)
        return found

    def save(self, path: str | Path, *, reading: str = "typical", width: float = WIDE) -> list[Path]:
        """Save as PNG, SVG or PDF (by the ending of `path`) with title, subtitle and note; return the files.

        The parts of a long chart are pages of a PDF, and numbered files of the others (`name-1.png`). An
        analyst's own Figure is saved as it is. Raises ValueError for another ending or an unknown reading.

        >>> charts.order(larger).save("forces.png", reading="cautious")  # doctest: +SKIP
        """
        __tracebackhide__ = True
        path = Path(path)
        ending = path.suffix.lower().removeprefix(".")
        if ending not in _DATELESS:
            raise ValueError(
                f"{path.name} does not end in .png, .svg or .pdf, the pictures that a chart is saved as"
            )
        figures = self.figures(width, reading=reading)
        with matplotlib.rc_context({} if isinstance(self.draw, Figure) else _settings()):
            for number, figure in enumerate(figures if not isinstance(self.draw, Figure) else ()):
                self._caption(figure, is_first=number == 0, is_last=number == len(figures) - 1)
            settings: Any = {"dpi": _DPI, "metadata": _DATELESS[ending], "facecolor": "white"}
            with matplotlib.rc_context(
                {"svg.fonttype": "path", "svg.hashsalt": "reported", "pdf.fonttype": 42}
            ):
                if ending == "pdf":
                    with PdfPages(path, metadata={"CreationDate": None}) as pages:
                        for figure in figures:
                            pages.savefig(figure, facecolor="white")
                    return [path]
                many = len(figures) > 1
                files = [
                    path.with_stem(f"{path.stem}-{n}") if many else path for n in range(1, len(figures) + 1)
                ]
                for figure, file in zip(figures, files, strict=True):
                    figure.savefig(file, **settings)
        return files

    def _caption(self, figure: Figure, *, is_first: bool, is_last: bool) -> None:
        """Write title, subtitle and note above and below a drawing, which keeps its size."""
        width, height = (side * 72 for side in figure.get_size_inches())
        above = [(line, BODY + 1, True) for line in wrapped(self.title, width - 12, BODY + 1, True)]
        above += [(line, SMALL, False) for line in wrapped(self.subtitle, width - 12)]
        below = [(line, SMALL, False) for line in wrapped(unescape(self.note or ""), width - 12, most=6)]
        top, bottom = (
            sum(size + 4 for _, size, _ in lines) + 8 * bool(lines)
            for lines in (above * is_first, below * is_last)
        )
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
        whole = height + top + bottom
        boxes = {ax: ax.get_position() for ax in figure.axes}
        figure.set_figheight(whole / 72)
        for ax, box in boxes.items():
            ax.set_position(
                (box.x0, (box.y0 * height + bottom) / whole, box.width, box.height * height / whole)
            )
        for lines, y in ((above * is_first, whole - 4), (below * is_last, bottom - 6)):
            for line, size, bold in lines:
                y -= size
                figure.text(
                    4 / width, y / whole, line, fontproperties=font(size, bold), color=INK, parse_math=False
                )
                y -= 4

    def _figures(self, width: float) -> list[Figure]:
        """Return the parts with everything that is drawn for any reading."""
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
        """Return the parts as SVG elements, the same bytes for the same input. `paths` draws letters as outlines."""
        return self._svg(self._figures(width), width, paths)

    def _svg(self, figures: Sequence[Figure], width: float, paths: bool) -> list[str]:
        digest = hashlib.sha256(f"{self.id} {width}".encode()).hexdigest()[:6]
        settings: Any = {} if isinstance(self.draw, Figure) else _settings()
        settings |= {"svg.fonttype": "path" if paths else "none", "svg.hashsalt": "reported"}
        with matplotlib.rc_context(settings):
            return [_svg(figure, f"c{digest}{number}", paths) for number, figure in enumerate(figures, 1)]

    def png(self, width: float = WIDE, *, reading: str = "typical") -> list[bytes]:
        """Return the parts as PNG pictures, for programs that show no SVG."""
        return self._png(self.figures(width, reading=reading))

    def _png(self, figures: Sequence[Figure]) -> list[bytes]:
        files = []
        with matplotlib.rc_context({} if isinstance(self.draw, Figure) else _settings()):
            for figure in figures:
                file = io.BytesIO()
                figure.savefig(file, format="png", dpi=_DPI, metadata=_DATELESS["png"], facecolor="white")
                files.append(file.getvalue())
        return files

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, object], dict[str, object]]:
        figures = self._figures(WIDE)
        wide = self._svg(figures, WIDE, False)
        parts = [{"wide": w, "narrow": n} for w, n in zip(wide, self.svg(NARROW), strict=True)]
        for figure in figures if not isinstance(self.draw, Figure) else ():
            _show(figure, "typical")
        pictures = [base64.b64encode(png).decode() for png in self._png(figures)]
        texts = {name: getattr(self, name) for name in ("id", "title", "subtitle", "alt", "note")}
        shown: dict[str, object] = {
            MIME: {**texts, "parts": parts},
            "text/html": self._html(pictures),
            "text/plain": self.alt,
        }
        described: dict[str, object] = (
            {} if len(pictures) > 1 else {"image/png": {"alt": self.alt}}
        )  # of parts, HTML shows them all
        return shown | dict.fromkeys(described, pictures[0]), described

    def _html(self, pictures: Sequence[str]) -> str:
        """Return pictures for a page that may lack the fonts; the alt text is on the first part only.

        The note is beneath the figure: pandoc sets what a figure holds besides its picture beside it in Word.
        """
        images = [
            '<img style="max-width:100%" width="{:.0f}" alt="{}" src="data:image/png;base64,{}">'.format(
                WIDE * 96, "" if number else html.escape(self.alt), png
            )
            for number, png in enumerate(pictures)
        ]
        plain = unescape(self.note or "")
        title, subtitle, note = (html.escape(text) for text in (self.title, self.subtitle, plain))
        return (
            f'<div style="background:#fff;color:{INK};padding:0.5em"><figure style="margin:0">'
            f"<figcaption><strong>{title}</strong><br>{subtitle}</figcaption>{''.join(images)}</figure>"
            f"{f'<p><small>{note}</small></p>' if note else ''}</div>"
        )


def _show(figure: Figure, reading: str) -> None:
    """Hide everything drawn for other readings."""
    others = {gid(other) for other in READINGS if other != reading}
    for artist in figure.findobj(lambda artist: artist.get_gid() in others):
        artist.set_visible(False)


def _settings() -> Any:
    """Return matplotlib's defaults with the look, so that a chart does not depend on the user's settings."""
    kept = ("backend", "interactive", "toolbar", "date.epoch")
    return {k: v for k, v in matplotlib.rcParamsDefault.items() if not k.startswith(kept)} | LOOK


def _svg(figure: Figure, prefix: str, paths: bool) -> str:
    """Prefix ids, so that they are unique in a page, and let ink take the colour of the surrounding text."""
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata=_DATELESS["svg"])
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
