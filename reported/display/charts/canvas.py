"""The drawing surface of all charts: matplotlib artists placed in points, with text that is measured first.

Sets the look (fonts, colours, hairlines) in one place. Knows nothing of figures, sides or readings.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

COLOURS = {
    "ink": "#1a1c1f",
    "ink-soft": "#5a6068",
    "rule": "#d9dce0",
    "paper": "#ffffff",
    "ukraine": "#0072b2",
    "russia": "#d55e00",
    "independent": "#00805f",
    "unnamed": "#6b7078",
    "ukraine-soft": "#d3e7f3",
    "russia-soft": "#fbe3d2",
    "independent-soft": "#cfe9e0",
    "unnamed-soft": "#e3e5e8",
}
"""Names of the page's colour variables, and what stands where a page sets none (Okabe and Ito's hues)."""

INK, SOFT, RULE, PAPER = "ink", "ink-soft", "rule", "paper"

BODY, SMALL = 10.25, 9.5
"""Sizes of text in points. Nothing is smaller."""

HAIRLINE = 0.6

Anchor = Literal["left", "center", "right"]

FAMILY = "Source Sans 3"
_FONTS = Path(__file__).parents[2] / "fonts"
_FACES = {False: _FONTS / "SourceSans3-Regular.ttf", True: _FONTS / "SourceSans3-Semibold.ttf"}
_FALLBACK = "DejaVu Sans"  # comes with matplotlib, and has the letters that Source Sans lacks
_LOOK: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "reported",
    "svg.image_inline": True,
    "path.simplify": False,
    "savefig.transparent": True,
    "savefig.bbox": None,
    "savefig.pad_inches": 0.0,
    "text.hinting": "none",
    "text.usetex": False,
    "text.parse_math": False,
}


@contextmanager
def look() -> Iterator[None]:
    """The look of every chart, whatever a reader's own matplotlib is set to; put back afterwards."""
    own = {
        k: v for k, v in matplotlib.rcParamsDefault.items() if not k.startswith(("backend", "interactive"))
    }
    with warnings.catch_warnings(), matplotlib.rc_context():
        warnings.simplefilter("ignore")  # old names among the defaults; letters that no font at hand has
        matplotlib.rcParams.update(own)
        matplotlib.rcParams.update(_LOOK)
        yield


@cache
def _fonts() -> None:
    """Make the fonts known to matplotlib, before any of the same name that a machine may have."""
    known = font_manager.fontManager.ttflist
    for face in _FACES.values():
        font_manager.fontManager.addfont(face)
        known.insert(0, known.pop())
    bold = next(
        (entry for entry in known if (entry.name, entry.weight, entry.style) == (_FALLBACK, 700, "normal")),
        None,
    )
    if bold is not None:  # else matplotlib logs that the fallback has no semibold
        known.append(replace(bold, weight=600))


@cache
def _font(size: float, bold: bool) -> FontProperties:
    _fonts()
    return FontProperties(family=[FAMILY, _FALLBACK], size=size, weight=600 if bold else 400)


@cache
def _fallback() -> str:
    return str(font_manager.findfont(_FALLBACK))


@lru_cache(maxsize=20_000)
def measure(words: str, size: float = BODY, bold: bool = False) -> float:
    """How wide the words are, in points."""
    font = font_manager.get_font([str(_FACES[bold]), _fallback()])
    font.set_size(size, 72)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        font.set_text(words, 0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


def fitted(words: str, width: float, size: float = BODY, bold: bool = False) -> str:
    """The words, cut with an ellipsis where they are wider than `width` points."""
    if measure(words, size, bold) <= width:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(words[:middle].rstrip() + "…", size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip(" ,;:·") + "…"


def wrapped(words: str, width: float, size: float = BODY, bold: bool = False, most: int = 3) -> list[str]:
    """The words in lines no wider than `width` points; at `most` so many lines, the last cut if need be."""
    lines: list[str] = []
    line = ""
    pending = words.split()
    while pending:
        word = pending.pop(0)
        longer = f"{line} {word}".strip()
        if measure(longer, size, bold) <= width:
            line = longer
        elif line and len(lines) < most - 1:
            lines.append(line)
            line, pending = "", [word, *pending]
        elif len(lines) < most - 1 and len(word) > 1:
            cut = max(n for n in range(1, len(word)) if n == 1 or measure(word[:n], size, bold) <= width)
            lines.append(word[:cut])
            pending.insert(0, word[cut:])
        else:
            return [*lines, fitted(" ".join([longer, *pending]), width, size, bold)]
    return [*lines, line] if line else lines


def attributed(words: str, speaker: str, width: float, size: float, most: int) -> list[str]:
    """Words and who says them, in lines; where there is not room for all, the words are cut and not the speaker."""
    lines = wrapped(f"{words}, says {speaker}", width, size, most=most)
    if not lines[-1].endswith("…"):
        return lines
    return [*wrapped(words, width, size, most=most - 1), fitted(f"says {speaker}", width, size)]


class Canvas:
    """A surface `width` inches wide that grows downward: x to the right and y down, in points.

    `narrow` tells a chart that it has a phone's width: labels go above their marks then.
    """

    def __init__(self, width: float) -> None:
        _fonts()
        self.width = width * 72
        self.narrow = self.width < 400
        self._points = Affine2D()
        self._figure = Figure(figsize=(width, 1), dpi=72)
        self._figure.patch.set_visible(False)
        self._place = self._points + self._figure.transFigure

    def finished(self, height: float) -> Figure:
        """The matplotlib figure, `height` points tall."""
        self._figure.set_size_inches(self.width / 72, height / 72)
        self._points.scale(1 / self.width, -1 / height).translate(0, 1)
        return self._figure

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = BODY,
        bold: bool = False,
        ink: str = INK,
        anchor: Anchor = "left",
        backed: bool = False,
    ) -> float:
        """One line of words, centred on the height `y`, from, around or up to `x`; its width in points.

        `backed` words hide what is drawn behind them.
        """
        if backed:
            long = measure(words, size, bold)
            start = x - {"left": 0.0, "center": long / 2, "right": long}[anchor]
            self.rectangle(start - 2, y - 0.6 * size, start + long + 2, y + 0.6 * size, PAPER)
        if words.strip():
            self._figure.add_artist(
                Text(
                    x,
                    y + 0.33 * size,  # half the height of capitals and digits below the middle
                    words,
                    color=COLOURS[ink],
                    fontproperties=_font(size, bold),
                    horizontalalignment=anchor,
                    verticalalignment="baseline",
                    parse_math=False,
                    transform=self._place,
                )
            )
        return measure(words, size, bold)

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        width: float,
        size: float = BODY,
        bold: bool = False,
        ink: str = INK,
        most: int = 3,
        anchor: Anchor = "left",
    ) -> float:
        """Words in lines, the first centred on `y`; gives back where the next line would be centred."""
        for line in wrapped(words, width, size, bold, most):
            self.text(x, y, line, size, bold, ink, anchor)
            y += 1.22 * size
        return y

    def line(
        self,
        points: Sequence[tuple[float, float]],
        ink: str,
        width: float = HAIRLINE,
        dashed: bool = False,
        opacity: float = 1,
    ) -> None:
        """A line through points."""
        self._add(
            PathPatch(
                Outline(points),
                fill=False,
                edgecolor=COLOURS[ink],
                linewidth=width,
                linestyle=(0, (2.5, 2)) if dashed else "solid",
                capstyle="butt",
                joinstyle="round",
                alpha=None if opacity == 1 else opacity,
            )
        )

    def polygon(
        self, points: Sequence[tuple[float, float]], fill: str | None, stroke: str | None, width: float = 1
    ) -> None:
        """A closed shape."""
        outline = Outline([*points, points[0]], closed=True)
        self._add(PathPatch(outline, joinstyle="miter", **_paint(fill, stroke, width)))

    def rectangle(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: str | None,
        stroke: str | None = None,
        width: float = HAIRLINE,
        opacity: float = 1,
    ) -> None:
        """A box."""
        alpha = None if opacity == 1 else opacity
        paint = _paint(fill, stroke, width)
        self._add(Rectangle((left, top), right - left, bottom - top, alpha=alpha, **paint))

    def circle(
        self, x: float, y: float, radius: float, fill: str | None, stroke: str | None, width: float = 1.5
    ) -> None:
        """A circle."""
        self._add(Circle((x, y), radius, **_paint(fill, stroke, width)))

    def _add(self, artist: PathPatch | Rectangle | Circle) -> None:
        artist.set_transform(self._place)
        self._figure.add_artist(artist)


def _paint(fill: str | None, stroke: str | None, width: float) -> dict[str, Any]:
    return {
        "facecolor": COLOURS[fill] if fill else "none",
        "edgecolor": COLOURS[stroke] if stroke else "none",
        "linewidth": width if stroke else 0,
    }
