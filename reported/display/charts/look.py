"""The look of all charts: type, colours, hairlines, and text that is measured before it is placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

BODY, SMALL = 9.0, 8.0
"""Sizes of type in points. Nothing is smaller, so that nothing is under 7 where a page shrinks a chart a little."""

CAPITAL = 0.33
"""Half the height of capitals and digits, as a share of the size."""

INK = "#1a1c1f"
"""Written to SVG as currentColor, so that a page in dark colours sets it. Softer inks are this one, less opaque."""
SOFT, RULE = 0.72, 0.16

_LARGE = ((12, " trillion"), (9, " billion"), (6, " million"))

GREY = "#6b7078"
OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")

_FAMILY, _FALLBACK = "Source Sans 3", "DejaVu Sans"  # the second has letters that the first lacks
_FACES = [Path(__file__).parents[2] / "fonts" / f"SourceSans3-{face}.ttf" for face in ("Regular", "Semibold")]
_BOLD = 600

LOOK: dict[str, Any] = {
    "font.family": [_FAMILY, _FALLBACK],
    "font.size": SMALL,
    "axes.labelsize": SMALL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), INK),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.unicode_minus": True,
    "text.parse_math": False,
    "path.simplify": False,
}


@cache
def add_fonts() -> None:
    """Make the package's fonts known to matplotlib, before any of the same name that a machine may have."""
    known = font_manager.fontManager.ttflist
    for face in _FACES:
        font_manager.fontManager.addfont(face)
        known.insert(0, known.pop())
    for entry in [e for e in known if (e.name, e.weight, e.style) == (_FALLBACK, 700, "normal")][:1]:
        known.append(replace(entry, weight=_BOLD))  # else matplotlib logs that the fallback has no semibold


@cache
def font(size: float, bold: bool = False) -> FontProperties:
    """The type of charts in a size."""
    add_fonts()
    return FontProperties(family=[_FAMILY, _FALLBACK], size=size, weight=_BOLD if bold else 400)


@lru_cache(maxsize=20_000)
def measure(words: str, size: float = SMALL, bold: bool = False) -> float:
    """How wide the words are, in points."""
    width, _, _ = text_to_path.get_text_width_height_descent(words, font(size, bold), ismath=False)
    return float(width)


def wrapped(words: str, width: float, size: float = SMALL, bold: bool = False, most: int = 3) -> list[str]:
    """The words in lines no wider than `width` points, at `most` so many; the last ends in an ellipsis if cut."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    cut = len(lines) > most
    lines = lines[:most]
    for number, line in enumerate(lines):
        shorter = line
        while shorter and measure(end := shorter + "…" * (cut and number == most - 1), size, bold) > width:
            shorter, cut = shorter[:-1].rstrip(" ,"), cut or number == most - 1
        lines[number] = end if shorter == line else shorter + "…"
    return lines


def write(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    *,
    size: float = SMALL,
    bold: bool = False,
    soft: bool = False,
    align: str = "left",
    **more: Any,
) -> Text:
    """One line of words, its capitals centred on `y`, in Axes whose y runs downward in points.

    `more` goes to `Axes.text`.
    """
    return ax.text(
        x, y + CAPITAL * size, words, fontproperties=font(size, bold), color=INK, alpha=SOFT if soft else None,
        horizontalalignment=align, verticalalignment="baseline", parse_math=False, **more,
    )  # fmt: skip


def place(ax: Axes, width: float, height: float, box: tuple[float, float, float, float]) -> None:
    """Put Axes at left, top, right and bottom, in points from the figure's top left corner.

    `width` and `height` are the figure's, in points.
    """
    left, top, right, bottom = box
    ax.set_position((left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height))


def tick(value: float, factor: float = 1) -> str:
    """A tick's words: grouped thousands, a word for millions and more; `factor` is 100 for percentages.

    >>> tick(600000), tick(2.5e6), tick(0.45, 100)
    ('600,000', '2.5 million', '45%')
    """
    value *= factor
    power, word = next((p for p in _LARGE if abs(value) >= 10 ** p[0]), (0, ""))
    return f"{value / 10**power:,.10g}{word}{'%' * (factor == 100)}".replace("-", "−")


def ruled(ax: Axes, axis: str, length: float, factor: float = 1) -> None:
    """Round numbers along an axis `length` points long, with hairlines across."""
    along = ax.xaxis if axis == "x" else ax.yaxis
    if along.get_scale() == "linear":
        count = max(2, int(length / (52 if axis == "x" else 34)))
        along.set_major_locator(MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]))
    along.set_major_formatter(FuncFormatter(lambda value, _: tick(value, factor)))
    along.set_minor_locator(NullLocator())
    ax.grid(axis=axis, color=INK, alpha=RULE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(axis=axis, length=0, pad=3)


def frameless(ax: Axes, keep: Sequence[str] = ()) -> None:
    """No spines but those to keep."""
    for name, spine in ax.spines.items():
        spine.set_visible(name in keep)
        spine.set_color(INK)
        spine.set_alpha(0.5)
