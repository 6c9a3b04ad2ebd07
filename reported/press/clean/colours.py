"""Colours that a notebook's author gave to text and cells: kept, and made legible.

Style sheets are written into the elements they are for, since a page keeps no sheet but its own; colours are written as
#rrggbb. Text that its background would swallow is made darker or lighter until it can be read (WCAG, 4.5 to 1); on the
page's own paper it has one colour for white and one for the dark.
"""

import functools
import re
from typing import NamedTuple

import css_inline
from tinycss2 import color4

from reported.press.clean.markup import declarations

_SHEET = re.compile(r"(?is)<style\b[^>]*>(.*?)</style\s*>")
_LOOKS = re.compile(r"(?i)color|background|font-|text-align|border")
_LONGEST_SHEET = 400_000
_FONT = re.compile(r"""(?i)<font\b[^>]*?\bcolor\s*=\s*["']?([\w#]+)[^>]*>""")
_TAG = re.compile(r"<(/?)([a-z][\w-]*)\b([^>]*)>")
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_GRADIENT = re.compile(r"linear-gradient\((?:(\d+)deg|to right),(.*)\)")
_VOID = frozenset(("br", "col", "hr", "img", "wbr"))
_RATIO = 4.5


class RGB(NamedTuple):
    """A colour, each part from 0 to 1."""

    red: float
    green: float
    blue: float

    def __str__(self) -> str:
        return "#" + "".join(f"{round(255 * part):02x}" for part in self)

    @property
    def luminance(self) -> float:
        """Relative luminance (WCAG 2.2) of the colour as it is written, in 255 steps."""
        written = (round(255 * part) / 255 for part in self)
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in written
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def towards(self, other: "RGB", share: float) -> "RGB":
        """A mixture with another colour."""
        return RGB(*(one + (two - one) * share for one, two in zip(self, other, strict=True)))


WHITE, BLACK, INK = RGB(1, 1, 1), RGB(0, 0, 0), RGB(0.102, 0.11, 0.122)
PAPER, DARK_PAPER = (WHITE,), (RGB(0.082, 0.09, 0.102),)


def contrast(one: RGB, other: RGB) -> float:
    """The contrast ratio of two colours, from 1 to 21.

    >>> round(contrast(WHITE, BLACK))
    21
    """
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@functools.lru_cache(maxsize=1024)
def readable(text: RGB, behind: tuple[RGB, ...]) -> RGB:
    """The colour, or the nearest to it on the way to black or white that can be read on all of these."""

    def worst(colour: RGB) -> float:
        return min(contrast(colour, background) for background in behind)

    if worst(text) >= _RATIO:
        return text
    end = max((BLACK, WHITE), key=worst)
    steps = (text.towards(end, step / 20) for step in range(1, 20))
    return next((colour for colour in steps if worst(colour) >= _RATIO), end)


def with_sheets(html: str) -> str:
    """The HTML with what its style sheets say of colours, weight and alignment written into its elements."""
    sheet = "\n".join(_SHEET.findall(html))
    html = _FONT.sub(lambda font: f'<font style="color:{font[1]}">', html)
    if not _LOOKS.search(sheet.replace("text-align: right", "")) or len(sheet) > _LONGEST_SHEET:
        return html
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
    try:
        return inliner.inline_fragment(_SHEET.sub("", html), sheet)
    except (css_inline.InlineError, ValueError):
        return html


def legible(html: str) -> str:
    """Cleaned HTML with its colours written as #rrggbb, and text on them such that it can be read."""
    if 'style="' not in html:
        return html
    html = html.replace("<font", "<span").replace("</font>", "</span>")
    # the text's colour and what may be behind it, for each element that is open
    within: list[tuple[RGB, tuple[RGB, ...]]] = [(INK, PAPER)]

    def change(tag: re.Match[str]) -> str:
        closing, name, attributes = tag[1], tag[2], tag[3]
        if closing:
            if len(within) > 1:
                within.pop()
            return tag[0]
        text, behind = within[-1]
        style = _STYLE.search(attributes)
        if style:
            written, text, behind = _declarations(style[1], text, behind)
            styled = f' style="{written}"' if written else ""
            attributes = attributes[: style.start()] + styled + attributes[style.end() :]
        if name not in _VOID:
            within.append((text, behind))
        return f"<{name}{attributes}>"

    return _TAG.sub(change, html)


def _declarations(style: str, text: RGB, behind: tuple[RGB, ...]) -> tuple[str, RGB, tuple[RGB, ...]]:
    """A style with its colours legible; the colour of text and what is behind it from here on."""
    others, colour, background = [], None, ""
    for part in style.split(";"):
        name, _, value = part.partition(":")
        name, value = name.strip().lower(), value.strip().removesuffix("!important").strip()
        if name == "color":
            colour = _rgb(value, behind[0]) or colour
        elif name in ("background", "background-color"):
            if gradient := _bars(value, behind[0]):
                behind, background = gradient
            elif found := _rgb(value, behind[0]):
                behind, background = (found,), f"background-color:{found}"
        elif name:
            others.append(f"{name}:{value}")
    chosen = readable(colour or text, behind)
    if behind is PAPER:
        if colour:
            others.append(f"color:light-dark({chosen},{readable(colour, DARK_PAPER)})")
    elif colour or background:
        others.append(f"color:{chosen}")
    return ";".join([*others, background] if background else others), chosen, behind


def _rgb(value: str, behind: RGB) -> RGB | None:
    """A CSS colour as it looks on what is behind it; None for what is none, or not to be seen."""
    found = color4.parse_color(value)
    if found is None or found == "currentcolor":
        return None
    try:
        *parts, alpha = found.to("srgb")
    except (NotImplementedError, ValueError):
        return None
    if alpha == 0:
        return None
    return behind.towards(RGB(*(min(max(part, 0), 1) for part in parts)), alpha)


def _bars(value: str, behind: RGB) -> tuple[tuple[RGB, ...], str] | None:
    """A gradient as pandas' bars in cells are drawn: its colours, and its style with every stop's place."""
    gradient = _GRADIENT.search(value)
    if not gradient:
        return None
    stops: list[tuple[RGB, float]] = []
    parts = re.findall(r"((?:[^,(]|\([^)]*\))+)", gradient[2])
    for number, part in enumerate(parts):
        places = [
            float(place)
            for place in re.findall(r"(?<![\w.#])(\d+(?:\.\d+)?)%", re.sub(r"\([^)]*\)", "", part))
        ]
        name = re.sub(r"\s+\d+(?:\.\d+)?%", "", part).strip()
        colour = behind if name == "transparent" else _rgb(name, behind)
        if colour is None:
            return None
        stops += [(colour, min(place, 100)) for place in places or [100 * number / max(len(parts) - 1, 1)]]
    if not stops:
        return None
    written = ",".join(f"{colour} {place:g}%" for colour, place in stops)
    angle = gradient[1] or "90"
    return tuple(
        dict.fromkeys(colour for colour, _ in stops)
    ), f"background:linear-gradient({angle}deg,{written})"


_EMPTY = re.compile(
    r"""<(div|span)\b[^<>]*?\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')[^<>]*>(?:\s|&nbsp;)*</\1\s*>""",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"<(?:progress|meter)\b([^<>]*)>", re.IGNORECASE)
_NUMBER_OF = r"\b{}\s*=\s*[\"']?(\d+\.?\d*|\.\d+)"
_BAR = '<svg width="{0:g}" height="{1:g}" viewBox="0 0 {0:g} {1:g}"><title>{2}</title><rect width="100%" height="100%" fill="{3}"/></svg>'
_FULL, _WIDEST, _THICKEST, _THINNEST = 100, 400, 30, 3  # pixels; `_FULL` is 100 %


def with_bars(html: str) -> str:
    """HTML with bars that are empty elements of a colour and a width, and progress, as drawings: their length is a number."""

    def bar(element: re.Match[str]) -> str:
        found = declarations(element[2] or element[3] or "")
        width = re.fullmatch(r"(\d+\.?\d*|\.\d+)\s*(px|%)", found.get("width", ""))
        height = re.fullmatch(r"(\d+\.?\d*)\s*px", found.get("height", "12px"))
        colour = _rgb(found.get("background-color") or found.get("background", ""), PAPER[0])
        placed = found.get("position", "static") in ("absolute", "fixed") or found.get("display") == "none"
        if not width or not colour or placed or not float(width[1]):
            return element[0]
        thick = float(height[1]) if height else 12.0
        if thick < _THINNEST:  # a rule
            return element[0]
        long = float(width[1]) * (_FULL / 100 if width[2] == "%" else 1)
        said = f"a bar, {width[1]} {'%' if width[2] == '%' else 'pixels'} long"
        return _BAR.format(min(long, _WIDEST), min(thick, _THICKEST), said, colour)

    def measured(element: re.Match[str]) -> str:
        value, most = (re.search(_NUMBER_OF.format(name), element[1]) for name in ("value", "max"))
        if not value:
            return element[0]
        whole = float(most[1]) if most and float(most[1]) else 1.0
        said = f"a bar, {value[1]} of {most[1] if most else 1}"
        return _BAR.format(max(min(float(value[1]) / whole, 1) * _FULL, 1), 12, said, "#5a6068") + element[0]

    return _MEASURED.sub(measured, _EMPTY.sub(bar, html))
