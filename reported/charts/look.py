"""The look of all charts: type, colours, hairlines, and text that is measured before it is placed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

BODY, SMALL = 9.0, 8.0
"""Type sizes in points. Nothing is smaller, so that nothing falls below 7 if a page shrinks a chart a little."""
CAPITAL = 0.33
"""Half the height of capitals and digits, as a share of the size."""

INK = "#1a1c1f"
"""Written to SVG as currentColor, so that a page in dark colours sets it. Softer inks are this one, less opaque."""
SOFT, RULE = 0.72, 0.16

GREY = "#6b7078"
OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")

Box: TypeAlias = tuple[float, float, float, float]

_LARGE = ((12, " trillion"), (9, " billion"), (6, " million"))
_FAMILY, _FALLBACK = "Source Sans 3", "DejaVu Sans"  # the second has letters that the first lacks
_FACES = [Path(__file__).parents[1] / "fonts" / f"SourceSans3-{face}.ttf" for face in ("Regular", "Semibold")]
_BOLD = 600

LOOK: dict[str, Any] = {
    "font.family": [_FAMILY, _FALLBACK],
    "font.size": SMALL,
    **dict.fromkeys(("axes.labelsize", "xtick.labelsize", "ytick.labelsize", "legend.fontsize"), SMALL),
    **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), INK),
    **dict.fromkeys(("axes.spines.top", "axes.spines.right", "legend.frameon"), False),
    **dict.fromkeys(("axes.facecolor", "figure.facecolor", "savefig.facecolor"), "none"),
    "axes.linewidth": 0.6,
    "text.parse_math": False,
    "path.simplify": False,
}


@cache
def add_fonts() -> None:
    """Make the package's fonts known to matplotlib, before any of the same name that a machine may have.

    matplotlib takes the first of equally good fonts in its list, which it has no public way to order: another version
    of this family would change widths, and so every chart. Fonts of other names are found as before.
    """
    known = font_manager.fontManager.ttflist
    for face in _FACES:
        font_manager.fontManager.addfont(face)
        known.insert(0, known.pop())
    for entry in [e for e in known if (e.name, e.weight, e.style) == (_FALLBACK, 700, "normal")][:1]:
        known.append(replace(entry, weight=_BOLD))  # else matplotlib logs that the fallback has no semibold


@cache
def font(size: float, bold: bool = False) -> FontProperties:
    """Return the charts' typeface in a size."""
    add_fonts()
    return FontProperties(family=[_FAMILY, _FALLBACK], size=size, weight=_BOLD if bold else 400)


@lru_cache(maxsize=20_000)
def measure(words: str, size: float = SMALL, bold: bool = False) -> float:
    """Return the width of words in points."""
    width, _, _ = text_to_path.get_text_width_height_descent(words, font(size, bold), ismath=False)
    return float(width)


def fitted(words: str, width: float, size: float = SMALL, bold: bool = False) -> str:
    """Return the words, cut with an ellipsis if they are wider than `width` points."""
    if len(words) < 2 or measure(words, size, bold) <= width:
        return words

    def cut(length: int) -> str:
        return words[:length].rstrip(" ,") + "…"

    most = bisect_right(range(len(words)), width, key=lambda length: measure(cut(length), size, bold))
    return cut(max(most - 1, 1))


def wrapped(words: str, width: float, size: float = SMALL, bold: bool = False, most: int = 3) -> list[str]:
    """Wrap words into at most `most` lines no wider than `width` points; what does not fit is cut."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == most or measure(longer, size, bold) <= width):
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(line, width, size, bold) for line in lines]


def write(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    size: float = SMALL,
    bold: bool = False,
    soft: bool = False,
    **more: Any,
) -> None:
    """Write a line of words, its capitals centred on `y`, in Axes whose y runs downwards in points.

    `more` goes to `Axes.text`.
    """
    ink = INK, SOFT if soft else 1.0
    ax.text(
        x, y + CAPITAL * size, words, fontproperties=font(size, bold), color=ink, parse_math=False, **more
    )


def place(ax: Axes, width: float, height: float, box: Box, keep: str = "") -> None:
    """Add Axes to a figure, at left, top, right and bottom in points from its top left corner.

    Only the spine to `keep` remains.
    """
    left, top, right, bottom = box
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.set_figheight(height / 72)
    figure.set_layout_engine(
        "none"
    )  # all is placed, so that a second drawing to find the margins is not needed
    ax.set_position((left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height))
    for name, spine in ax.spines.items():
        spine.set(visible=name == keep, alpha=0.5)


def tick(value: float, scale: tuple[int, str] = (1, "")) -> str:
    """Return a tick's words: grouped thousands, a word from millions on; `scale` is a factor and the sign behind.

    >>> tick(600000), tick(2.5e6), tick(0.45, (100, "%"))
    ('600,000', '2.5 million', '45%')
    """
    value *= scale[0]
    power, word = next((large for large in _LARGE if abs(value) >= 10 ** large[0]), (0, ""))
    return f"{value / 10**power:,.10g}{word}{scale[1]}".replace("-", "−")


def ruled(ax: Axes, axis: Literal["x", "y"], length: float, scale: tuple[int, str] = (1, "")) -> None:
    """Mark round numbers along an axis `length` points long, with hairlines across."""
    along = ax.xaxis if axis == "x" else ax.yaxis
    if along.get_scale() == "linear":
        count = max(2, int(length / (52 if axis == "x" else 34)))
        along.set_major_locator(MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]))
    along.set_major_formatter(FuncFormatter(lambda value, _: tick(value, scale)))
    along.set_minor_locator(NullLocator())
    ax.grid(axis=axis, color=INK, alpha=RULE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(axis=axis, length=0, pad=3, labelcolor=(INK, SOFT))
