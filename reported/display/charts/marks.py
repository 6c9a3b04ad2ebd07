"""The visual language: colour is the side, fill the evidence, ticks and arrows and soft ends the bounds.

Draws on a canvas what it is told; where a value lies is the scale's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reported.display.charts.canvas import PAPER, RULE, SMALL, SOFT, Canvas, measure

RADIUS = 4.2
IDENTIFIED, NONE_REPORTED, WITHOUT = "identified by name", "none reported", "stated to be without evidence"
_STEPS = 16


def colour(side: str) -> str:
    """The colour variable of a side; whoever is on none of the known ones is drawn as unnamed."""
    return side.lower() if side in ("Ukraine", "Russia", "independent") else "unnamed"


def mark(canvas: Canvas, x: float, y: float, side: str, evidence: str) -> None:
    """A number somebody gave: solid if identified by name, hollow if not, crossed if said to be without evidence."""
    hue = colour(side)
    canvas.circle(x, y, RADIUS, hue if evidence == IDENTIFIED else PAPER, hue)
    if evidence == WITHOUT:
        reach = RADIUS * 0.6
        canvas.line([(x - reach, y - reach), (x + reach, y + reach)], hue, 1.2)
        canvas.line([(x - reach, y + reach), (x + reach, y - reach)], hue, 1.2)


def tick(canvas: Canvas, x: float, y: float, hue: str, reach: float = 6.5) -> None:
    """A closed end: the bounds stop here."""
    canvas.line([(x, y - reach), (x, y + reach)], hue, 1.5)


def arrow(
    canvas: Canvas, x: float, y: float, hue: str, solid: bool, direction: int = 1, size: float = 7
) -> None:
    """An open end: the bounds run on beyond the edge. `direction` is 1 to the right, -1 to the left."""
    back, half = x - direction * size, size * 0.5
    points = [(back, y - half), (x, y), (back, y + half)]
    canvas.polygon(points, hue if solid else PAPER, hue, 1.3)


def upward(canvas: Canvas, x: float, y: float, hue: str, solid: bool, size: float = 7) -> None:
    """An open end on an axis that runs upward."""
    points = [(x - size * 0.5, y + size), (x, y), (x + size * 0.5, y + size)]
    canvas.polygon(points, hue if solid else PAPER, hue, 1.3)


def span(
    canvas: Canvas,
    left: float,
    right: float,
    y: float,
    hue: str,
    gap: tuple[float, float] | None = None,
    soft: tuple[bool, bool] = (False, False),
    width: float = 1.6,
) -> None:
    """A line from end to end, soft ends fading, with a gap where a label stands."""
    pieces = [(left, right)] if gap is None else [(left, min(gap[0], right)), (max(gap[1], left), right)]
    for start, end in pieces:
        if end - start > 0.5:
            fades = (soft[0] and start == left, soft[1] and end == right)
            faded(canvas, start, y - width / 2, end, y + width / 2, hue, fades)


def faded(
    canvas: Canvas,
    left: float,
    top: float,
    right: float,
    bottom: float,
    hue: str,
    soft: tuple[bool, bool],
    upright: bool = False,
) -> None:
    """A filled box whose soft ends (left and right, or top and bottom if `upright`) thin out.

    Boxes laid over each other, each a little shorter, so that no seams show between them.
    """
    if not any(soft):
        canvas.rectangle(left, top, right, bottom, hue)
        return
    reach = (bottom - top if upright else right - left) * (0.45 if all(soft) else 0.7)
    each = 1 - 0.08 ** (1 / _STEPS)
    for n in range(_STEPS):
        first, last = (reach * n / _STEPS * is_soft for is_soft in soft)
        if upright:
            canvas.rectangle(left, top + first, right, bottom - last, hue, opacity=each)
        else:
            canvas.rectangle(left + first, top, right - last, bottom, hue, opacity=each)


def band(
    canvas: Canvas,
    left: float,
    right: float,
    y: float,
    side: str,
    evidence: str,
    soft: tuple[bool, bool] = (False, False),
    opened: tuple[bool, bool] = (False, False),
    half: float = 7,
) -> None:
    """Bounds as a bar: solid or hollow by the evidence; ends are a tick, an arrow, or fade."""
    hue, solid = colour(side), evidence == IDENTIFIED
    start, end = left + 8 * opened[0], right - 8 * opened[1]
    faded(canvas, start, y - half, end, y + half, hue if solid else f"{hue}-soft", soft)
    if not solid:
        for edge in (y - half, y + half):
            faded(canvas, start, edge - 0.6, end, edge + 0.6, hue, soft)
    for closed, x in ((not (soft[0] or opened[0]), start), (not (soft[1] or opened[1]), end)):
        if closed:
            tick(canvas, x, y, hue, half + 1.5)
    for is_open, base, tip in ((opened[0], start, left), (opened[1], end, right)):
        if is_open:
            canvas.polygon(
                [(base, y - half), (tip, y), (base, y + half)], hue if solid else f"{hue}-soft", None
            )
            canvas.line([(base, y - half), (tip, y), (base, y + half)], hue, 1.2)


def axis(canvas: Canvas, ticks: list[tuple[float, str]], y: float, top: float, bottom: float) -> None:
    """Hairlines at the ticks, their words centred on the height `y`; words that would collide or be cut give way."""
    taken = 0.0
    for x, words in ticks:
        canvas.line([(x, top), (x, bottom)], RULE)
        half = measure(words, SMALL) / 2
        place = min(max(x, half), canvas.width - half)
        if place - half >= taken and words:
            canvas.text(place, y, words, SMALL, ink=SOFT, anchor="center")
            taken = place + half + 6


def key(canvas: Canvas, y: float, entries: Sequence[tuple[Callable[[float, float], None], str]]) -> float:
    """Marks with their meaning, from left to right in as many lines as needed; the height of the next line."""
    x = 0.0
    for draw, words in entries:
        long = 15 + measure(words, SMALL)
        if x and x + long > canvas.width:
            x, y = 0.0, y + 14
        draw(x + 6, y)
        canvas.text(x + 15, y, words, SMALL, ink=SOFT)
        x += long + 14
    return y + 14
