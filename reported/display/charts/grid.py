"""Comparison × reading: every verdict and every amount, firm ones told apart from those that are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from matplotlib.figure import Figure as Drawing

from reported.algebra.comparison import FAILS, HOLDS, MISSING, REFUSED, UNDETERMINED, Comparison
from reported.display.charts.canvas import INK, PAPER, RULE, SMALL, SOFT, Canvas, wrapped
from reported.display.charts.chart import Chart
from reported.display.charts.marks import key
from reported.display.charts.sentences import HEADINGS, count, joined, refusals, sources, term
from reported.intervals import wording
from reported.ledger.reading import FACE_VALUE, READINGS

_LINE, _CELL, _GAP = 11.6, 16.5, 4.0
_MEANINGS = {
    "firm": "firm",
    "typical only": "only as typically meant",
    UNDETERMINED: "undetermined",
    "digits": "the digits alone",
    "contradicted": "the digits alone, not borne out by the words",
}


def verdict_grid(
    comparisons: Iterable[Comparison] | Mapping[str, Comparison], most: int = 40, title: str = ""
) -> Chart:
    """Each comparison under the three readings: verdicts as dark boxes where firm, amounts as words."""
    every = list(comparisons.values() if isinstance(comparisons, Mapping) else comparisons)
    shown = every[:most]
    rest = (
        f"{len(every) - len(shown):,} more comparisons are in the table." if len(every) > len(shown) else ""
    )
    figures = list({f.id: f for c in shown for f in c.figures}.values())
    return Chart(
        id="chart-verdicts",
        title=title or _tally(every),
        subtitle="What each comparison comes to: from its digits alone, as such words are typically meant, and read "
        "cautiously",
        alt=joined(*(_sentence(c) for c in shown), rest) or "No comparison was made.",
        note=joined(
            sources(figures),
            "A verdict is firm where it stands under the cautious reading. The digits alone are shown to be set "
            "against the words; no verdict rests on them. Cautions stand with each comparison in its table.",
            rest,
        ),
        draw=lambda width: _draw(shown, width, rest),
    )


def _tally(comparisons: Sequence[Comparison]) -> str:
    """How many verdicts are firm, and how often the digits say more than the words."""
    verdicts = [c for c in comparisons if c.is_verdict]
    if not verdicts:
        return "What each comparison comes to under the three readings"
    firm = sum(c.strength == "firm" for c in verdicts)
    misled = sum(c.digits_mislead for c in verdicts)
    is_ = "is" if firm == 1 else "are"
    first = f"{count(firm)} of {count(len(verdicts))} yes-or-no questions {is_} answered firmly"
    if firm == len(verdicts):
        first = f"all {count(firm)} yes-or-no questions are answered firmly"
    times = {1: "once", 2: "twice"}.get(misled, f"{count(misled)} times")
    then = f"; {times} the digits claim what the words do not" if misled else ""
    return wording.capital(first + then)


def _question(c: Comparison) -> str:
    return c.question or term(c.formula, c)


def _sentence(c: Comparison) -> str:
    if c.refusals:
        return f"{_question(c)} Refused: {' '.join(refusals(c))}"
    words = [f"{HEADINGS[r].lower()}, {c.says(r)}" for r in READINGS]
    strength = f" ({c.strength})" if c.strength else ""
    return f"{_question(c)} {wording.capital('; '.join(words))}{strength}."


# ---------------------------------------------------------------- drawing


def _draw(comparisons: Sequence[Comparison], width: float, rest: str) -> Drawing:
    canvas = Canvas(width)
    left = 1.0 if canvas.narrow else 258.0
    box = (canvas.width - 1 - left - 2 * _GAP) / 3
    columns = [left + n * (box + _GAP) for n in range(3)]
    y = _key(canvas, comparisons) + 2
    for x, reading in zip(columns, READINGS, strict=True):
        canvas.text(x + box / 2, y, HEADINGS[reading], SMALL, ink=SOFT, anchor="center")
    y += 11
    topic = None
    topics = list(dict.fromkeys(c.topic for c in comparisons))
    for c in sorted(comparisons, key=lambda c: topics.index(c.topic)):
        if c.topic != topic:
            topic = c.topic
            canvas.line([(0, y), (canvas.width, y)], RULE, 1)
            canvas.text(0, y + 12, wording.capital(topic) or "Questions", bold=True)
            y += 22
        y = _comparison(canvas, c, columns, box, y)
    if rest:
        y = canvas.paragraph(0, y + 6, rest, canvas.width, SMALL, ink=SOFT) - 4
    return canvas.finished(y + 2)


def _key(canvas: Canvas, comparisons: Sequence[Comparison]) -> float:
    """What the boxes mean, as far as they occur."""
    kinds = {_kind(c, reading) for c in comparisons for reading in READINGS}

    def swatch(kind: str) -> Callable[[float, float], None]:
        return lambda x, y: _box(canvas, kind, x - 6, y - 5, x + 6, y + 5)

    entries = [(swatch(kind), words) for kind, words in _MEANINGS.items() if kind in kinds]
    return key(canvas, 8, entries)


def _kind(c: Comparison, reading: str) -> str:
    """How a cell is drawn: by its outcome, and by how far it may be relied on."""
    kind = c.outcomes[reading].kind
    if kind not in (HOLDS, FAILS):
        return kind
    if reading == FACE_VALUE:
        return "contradicted" if c.digits_mislead else "digits"
    return c.strength


def _box(canvas: Canvas, kind: str, left: float, top: float, right: float, bottom: float) -> None:
    """A cell without its words."""
    if kind == "firm":
        canvas.rectangle(left, top, right, bottom, INK)
    elif kind == "typical only":
        canvas.rectangle(left, top, right, bottom, RULE)
    elif kind in ("digits", "contradicted"):
        canvas.rectangle(left, top, right, bottom, None, SOFT, 0.7)
        if kind == "contradicted":
            canvas.line([(left, bottom), (right, top)], SOFT, 0.7)
    elif kind == UNDETERMINED:
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        canvas.line(corners, SOFT, 0.9, dashed=True)
    elif kind == REFUSED:
        canvas.line([(left, top), (right, top)], SOFT, 0.7)
        canvas.line([(left, bottom), (right, bottom)], SOFT, 0.7)


def _comparison(canvas: Canvas, c: Comparison, columns: Sequence[float], box: float, top: float) -> float:
    """One comparison: its question, and a cell for each reading; the height below it."""
    question = wrapped(_question(c), canvas.width if canvas.narrow else columns[0] - 14, SMALL)
    for n, line in enumerate(question):
        canvas.text(0, top + 8 + n * _LINE, line, SMALL)
    below = top + len(question) * _LINE + 3
    cells = below if canvas.narrow else top
    if c.refusals:
        _box(canvas, REFUSED, columns[0], cells, columns[2] + box, cells + _CELL)
        middle = (columns[0] + columns[2] + box) / 2
        canvas.text(middle, cells + _CELL / 2, "refused", SMALL, ink=SOFT, anchor="center")
        return max(below, cells + _CELL) + 5
    tall = _CELL
    for reading in READINGS:
        lines = wrapped(c.says(reading), box - 4, SMALL, most=2)
        tall = max(tall, _CELL + (len(lines) - 1) * _LINE)
    for x, reading in zip(columns, READINGS, strict=True):
        _cell(canvas, c, reading, x, cells, box, tall)
    return max(below, cells + tall) + 5


def _cell(
    canvas: Canvas, c: Comparison, reading: str, left: float, top: float, box: float, tall: float
) -> None:
    kind = _kind(c, reading)
    _box(canvas, kind, left, top, left + box, top + tall)
    ink = {"firm": PAPER, MISSING: SOFT, "contradicted": SOFT}.get(kind, INK)
    lines = wrapped(c.says(reading), box - 4, SMALL, most=2)
    y = top + tall / 2 - (len(lines) - 1) * _LINE / 2
    for n, line in enumerate(lines):
        canvas.text(
            left + box / 2,
            y + n * _LINE,
            line,
            SMALL,
            bold=kind in ("firm", "typical only"),
            ink=ink,
            anchor="center",
            backed=kind == "contradicted",
        )
