"""Charts of one row for each figure, on one axis: all figures, counts of one kind, the aircraft, a floor.

Every row is laid out by the same rule: what is counted, the mark, and the words that were reported beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure as Drawing

from reported.algebra.comparison import Comparison
from reported.display.charts.canvas import BODY, INK, RULE, SMALL, SOFT, Canvas, measure, wrapped
from reported.display.charts.chart import Chart
from reported.display.charts.marks import (
    IDENTIFIED,
    NONE_REPORTED,
    RADIUS,
    arrow,
    axis,
    band,
    colour,
    mark,
    span,
    tick,
)
from reported.display.charts.scale import Linear, Log, linear, logarithmic
from reported.display.charts.sentences import (
    HEADINGS,
    answers,
    cautions,
    claim,
    count,
    finding,
    joined,
    left_out,
    linked,
    measured,
    refusals,
    said,
    sources,
    units,
    who,
)
from reported.intervals import wording
from reported.intervals.bounds import Bounds
from reported.ledger.ledger import Ledger
from reported.ledger.reading import CAUTIOUS, READINGS, TYPICAL
from reported.ledger.records import Figure


@dataclass(frozen=True)
class Row:
    """What one row shows. `digits` are the numbers reported (none, one, or the two of a range)."""

    label: str
    detail: str
    said: str
    remark: str
    digits: tuple[float, ...]
    bounds: Bounds | None
    soft: tuple[bool, bool]
    side: str
    evidence: str
    group: str = ""


def row(figure: Figure, reading: str = TYPICAL, unit: bool = True) -> Row:
    """A figure as a row, its bounds under a reading; with `unit` the number is written with its unit."""
    bounds = figure.bounds[reading]
    return Row(
        label=figure.quantity.label,
        detail=who(figure),
        said=said(figure) if unit else figure.said,
        remark=answers(figure),
        digits=tuple(float(n) for n in (figure.value, figure.value_to) if n is not None),
        bounds=bounds,
        soft=soft_ends(figure, bounds),
        side=figure.claimant.side,
        evidence=figure.evidence,
        group=wording.capital(figure.quantity.topic),
    )


def soft_ends(figure: Figure, bounds: Bounds | None) -> tuple[bool, bool]:
    """Which ends of a figure's bounds are approximate: only "about" and "nearly" have such ends."""
    if bounds is None or figure.value is None or figure.qualifier not in ("about", "nearly"):
        return False, False
    value = float(figure.value)
    return bounds.lower < value, bounds.upper > value


def overview(ledger: Ledger, most: int = 40, reading: str = TYPICAL, title: str = "") -> Chart:
    """Every figure on one logarithmic axis, grouped by topic; of more than `most`, those of the newest articles."""
    every = list(ledger)
    newest = sorted(every, key=lambda f: f.source.published, reverse=True)[:most]
    kept = {f.id for f in newest}
    shown = [f for f in every if f.id in kept]
    shown = _together(shown)
    rows = [row(f, reading) for f in shown]
    rest = left_out(len(every), len(shown))
    return Chart(
        id="chart-overview",
        title=title or _plainness(every),
        subtitle="Every figure as it was reported, on one axis of equal ratios; the unit stands with each row",
        alt=joined("Every figure on one logarithmic axis, by topic.", *(claim(f) for f in shown), rest),
        note=joined(
            sources(shown),
            f"Bounds under the {reading} reading: a line that ends in an arrow has no end that way, one that fades "
            "is approximate. A solid mark is a number identified by name, a hollow one has no evidence reported, a "
            "crossed one is stated to be without. Units differ from row to row: no length stands for a share.",
            rest,
        ),
        draw=lambda width: _draw(rows, width, "log", rest),
    )


def _together(figures: Sequence[Figure]) -> list[Figure]:
    """Figures of one topic, and within it of one quantity, after each other; else in their order."""
    topics = list(dict.fromkeys(f.quantity.topic for f in figures))
    quantities = list(dict.fromkeys(f.quantity.id for f in figures))
    return sorted(figures, key=lambda f: (topics.index(f.quantity.topic), quantities.index(f.quantity.id)))


def _plainness(figures: Sequence[Figure]) -> str:
    """How many of the figures are more than their digits."""
    hedged = sum(f.qualifier != "exact" for f in figures)
    if not figures:
        return "No figures were reported"
    if not hedged:
        return f"All {count(len(figures))} figures are bare numbers"
    are = "is no plain number: its words leave" if hedged == 1 else "are no plain numbers: their words leave"
    return wording.capital(f"{count(hedged)} of the {count(len(figures))} figures {are} the size open")


def remains(ledger: Ledger, comparison: Comparison, title: str = "") -> Chart:
    """Counts set side by side: the comparison's figures and all others of the same quantities."""
    wanted = list(dict.fromkeys(f.quantity.id for f in comparison.figures))
    shown = [f for id_ in wanted for f in ledger.select(quantity=id_)]
    unit = units(shown[0].quantity.unit) if shown else ""
    rows = [row(f, unit=False) for f in shown]
    return Chart(
        id="chart-remains",
        title=title or finding(comparison),
        subtitle=f"Number of {unit}, as each claimant gives it",
        alt=joined(comparison.question, *(claim(f) for f in shown)),
        note=joined(sources(shown), cautions(comparison)),
        draw=lambda width: _draw(rows, width, "linear", stems=True),
    )


def aircraft(ledger: Ledger, title: str = "", topic: str = "aircraft") -> Chart:
    """Counts of people of one topic, with what others said to each at its mark."""
    shown = _together([f for f in ledger.select(topic=topic) if f.quantity.whole])
    rows = [row(f, unit=False) for f in shown]
    unit = " and ".join(dict.fromkeys(units(f.quantity.unit) for f in shown)) or "people"
    return Chart(
        id=f"chart-{topic}",
        title=title or _confirmation(shown),
        subtitle=f"Number of {unit}, as each claimant gives it, and what others said to it",
        alt=joined(*(claim(f) for f in shown)),
        note=joined(sources(shown), *(f"{linked(f)}. {wording.escape(f.note)}" for f in shown if f.note)),
        draw=lambda width: _draw(rows, width, "linear"),
    )


def _confirmation(figures: Sequence[Figure]) -> str:
    """Whose numbers they are, and whether anybody answered."""
    sides = list(dict.fromkeys(f.claimant.side for f in figures))
    answered = sum(bool(f.responses) for f in figures)
    if not figures:
        return "No numbers were reported"
    whose = f"come from {sides[0]} alone" if len(sides) == 1 else f"come from {wording.listing(sides)}"
    if sides == ["unnamed"]:
        whose = "come from nobody named"
    every = "All the" if len(figures) > 1 else "The only"
    response = {r.response for f in figures for r in f.responses}
    if not answered:
        return f"{every} numbers {whose}; nobody is reported to have answered"
    words = "not confirmed" if response == {"not confirmed"} else wording.listing(sorted(response), "or")
    verb = "is" if answered == 1 else "are"
    return f"{every} numbers {whose}; {count(answered)} of {count(len(figures))} {verb} {words} by others"


def floor(figure: Figure, comparison: Comparison, title: str = "") -> Chart:
    """A count that is a floor, and what words about a larger number amount to under each reading."""
    computed = f"Computed: {measured(comparison)}"
    rows = [replace(row(figure, unit=False), group="Reported")]
    rows += [replace(r, group=computed) for r in _reading_rows(comparison)]
    ends = figure.bounds[CAUTIOUS], comparison.outcomes[CAUTIOUS].bounds
    ceiling = any(bounds is not None and bounds.upper < math.inf for bounds in ends)
    found = f"{wording.capital(figure.said)} is a floor, and no words reported set a ceiling"
    return Chart(
        id="chart-floor",
        title=title or (finding(comparison) if ceiling else found),
        subtitle=f"{figure.quantity.label}, number of {units(figure.quantity.unit)}",
        alt=joined(claim(figure), _reading_sentences(comparison)),
        note=joined(
            sources([figure, *comparison.figures]),
            f"{linked(figure)}. {wording.escape(figure.note)}",
            cautions(comparison),
        ),
        draw=lambda width: _draw(rows, width, "linear"),
    )


def reading_rows(comparison: Comparison, id: str = "", title: str = "") -> Chart:
    """What one comparison comes to under each of the three readings, as three rows."""
    rows = _reading_rows(comparison)
    return Chart(
        id=id or f"chart-{comparison.id.replace('_', '-')}",
        title=title or finding(comparison),
        subtitle=wording.capital(measured(comparison)),
        alt=joined(comparison.question, _reading_sentences(comparison)),
        note=joined(sources(comparison.figures), cautions(comparison)),
        draw=lambda width: _draw(rows, width, "linear", from_zero=False),
    )


def _reading_rows(comparison: Comparison) -> list[Row]:
    """A comparison's outcome as three rows, one a reading. A range that hedged words gave has soft ends."""
    sides = list({f.claimant.side for f in comparison.figures})
    evidence = list({f.evidence for f in comparison.figures})
    hedged = any(f.qualifier in ("about", "nearly") for f in comparison.figures)
    rows = []
    for reading in READINGS:
        bounds = comparison.outcomes[reading].bounds
        if bounds is not None:
            bounds = bounds * comparison.scale
        point = bounds is not None and bounds.width <= 1e-9 * abs(bounds.lower)  # a quotient is seldom exact
        rows.append(
            Row(
                label=HEADINGS[reading],
                detail="",
                said=comparison.says(reading),
                remark="",
                digits=(bounds.lower,) if bounds is not None and point else (),
                bounds=Bounds(bounds.lower) if bounds is not None and point else bounds,
                soft=(hedged and not point, hedged and not point),
                side=sides[0] if len(sides) == 1 else "unnamed",
                evidence=evidence[0] if len(evidence) == 1 else NONE_REPORTED,
            )
        )
    return rows


def _reading_sentences(comparison: Comparison) -> str:
    if comparison.refusals:
        return joined("Refused.", *refusals(comparison))
    said_by = {r: comparison.says(r) for r in READINGS}
    return joined(
        *(
            f"{HEADINGS[r]}: {words}{f' {comparison.measure}' if comparison.outcomes[r].bounds is not None else ''}."
            for r, words in said_by.items()
        )
    )


# ---------------------------------------------------------------- drawing

_LINE = 12.6
_REACH = RADIUS + 6  # how far a soft end shows beside its mark, at the least


@dataclass(frozen=True)
class _Placed:
    """A row with its place: lines of text, where its label stands, how tall it is, how far down its mark lies."""

    row: Row
    label: list[str]
    detail: list[str]
    beside: str  # "right", "left" or "above"
    down: float
    height: float


def _draw(
    rows: Sequence[Row],
    width: float,
    kind: str,
    rest: str = "",
    stems: bool = False,
    from_zero: bool = True,
) -> Drawing:
    canvas = Canvas(width)
    column = 0.0 if canvas.narrow else 208.0
    left = 8.0 if canvas.narrow else column + 14
    values = [v for r in rows for v in _values(r)]
    opened = any(math.inf in (r.bounds.lower, r.bounds.upper) for r in rows if r.bounds is not None)
    beside = 0.0 if opened or kind == "log" else max(measure(r.said, BODY, True) for r in rows) + 2
    right = canvas.width - 4 - min(beside, (canvas.width - left) / 3)
    scale = logarithmic(values, left, right) if kind == "log" else linear(values, left, right, from_zero)
    ticks = scale.ticks()
    y = 20.0
    grouped = len({r.group for r in rows}) > 1
    before: Row | None = None
    placed: list[tuple[float, _Placed]] = []
    headings: list[tuple[float, str]] = []
    for r in rows:
        if grouped and (before is None or before.group != r.group):
            headings.append((y, r.group))
            y += 22
            before = None
        place = _place(canvas, r, before, scale, column)
        placed.append((y, place))
        y += place.height
        before = r
    _grid(canvas, ticks, placed, [top for top, _ in headings], y)
    for top, words in headings:
        canvas.line([(0, top + 1), (canvas.width, top + 1)], RULE, 1)
        canvas.text(0, top + 12, words, BODY, bold=True)
    for top, place in placed:
        _row(canvas, place, scale, top, column, stems)
    if rest:
        y = canvas.paragraph(0, y + 8, rest, canvas.width, SMALL, ink=SOFT) - 4
    return canvas.finished(y + 2)


def _values(r: Row) -> Iterable[float]:
    yield from r.digits
    if r.bounds is not None:
        yield from (r.bounds.lower, r.bounds.upper)


def _grid(
    canvas: Canvas,
    ticks: list[tuple[float, str]],
    placed: list[tuple[float, _Placed]],
    headings: list[float],
    bottom: float,
) -> None:
    """Hairlines: through on a wide drawing, only behind the marks where labels stand above them."""
    if not canvas.narrow:
        axis(canvas, ticks, 7, 16, bottom)
        return
    axis(canvas, ticks, 7, 15, 18)
    for top, place in placed:
        for x, _ in ticks:
            canvas.line([(x, top + place.down - 8), (x, top + place.down + 8)], RULE)


def _place(canvas: Canvas, r: Row, before: Row | None, scale: Linear | Log, column: float) -> _Placed:
    repeated = before is not None and before.label == r.label and bool(r.detail)
    room = canvas.width if canvas.narrow else column
    label = [] if repeated else wrapped(r.label, room, BODY, most=2)
    detail = wrapped(r.detail, room, SMALL, most=2)
    beside = _beside(r, scale, canvas.width)
    above = 13.0 if beside == "above" else 0.0
    below = 13.0 if r.remark else 0.0
    text = len(label) * _LINE + len(detail) * _LINE
    if canvas.narrow:
        return _Placed(r, label, detail, beside, text + 12 + above, text + 12 + above + 11 + below + 6)
    height = max(text + 9, 22 + above + below)
    down = 11 + above if label or above else height / 2 - below / 2
    return _Placed(r, label, detail, beside, min(down, height - 9), height)


def _extent(r: Row, scale: Linear | Log) -> tuple[float, float]:
    """From where to where a row's mark reaches, open ends left out."""
    places = [scale(v) for v in _values(r) if math.isfinite(v)]
    if not places:
        return scale.left, scale.left
    return min(places) - _REACH, max(places) + _REACH


def _opened(r: Row) -> tuple[bool, bool]:
    return (False, False) if r.bounds is None else (math.isinf(r.bounds.lower), math.isinf(r.bounds.upper))


def _beside(r: Row, scale: Linear | Log, edge: float) -> str:
    """Where the label fits beside the mark; in the line of an open end it stands in a gap."""
    first, last = _extent(r, scale)
    long = measure(r.said, BODY, True) + 4
    opened = _opened(r)
    if last + long + (28 if opened[1] else 0) <= edge:
        return "right"
    if first - long - (28 if opened[0] else 0) >= scale.left - 4:
        return "left"
    return "above"


def _row(canvas: Canvas, place: _Placed, scale: Linear | Log, top: float, column: float, stems: bool) -> None:
    r, y = place.row, top + place.down
    text = top + (7 if canvas.narrow else 11)
    if not canvas.narrow and len(place.label) + len(place.detail) == 1:
        text = y
    for line in place.label:
        canvas.text(0, text, line)
        text += _LINE
    for line in place.detail:
        canvas.text(0, text, line, SMALL, ink=SOFT)
        text += _LINE
    first, last = _extent(r, scale)
    if stems and r.digits:
        canvas.rectangle(scale(0), y - 3.5, scale(r.digits[0]), y + 3.5, f"{colour(r.side)}-soft")
    long = measure(r.said, BODY, True)
    if place.beside == "right":
        start, at = last, y
    elif place.beside == "left":
        start, at = first - long, y
    else:
        start, at = min(max((first + last - long) / 2, scale.left), scale.right - long), y - 15
    gap = (start - 3, start + long + 4) if at == y else None
    _mark(canvas, r, scale, y, gap)
    known = bool(r.digits) or r.bounds is not None
    canvas.text(start, at, r.said, bold=known, ink=INK if known else SOFT, backed=True)
    if r.remark:
        wide = measure(r.remark, SMALL)
        ends = place.beside == "left"
        x = start + long - wide if ends else start
        canvas.text(max(min(x, canvas.width - wide), 0), y + 13, r.remark, SMALL, ink=SOFT, backed=True)


def _mark(canvas: Canvas, r: Row, scale: Linear | Log, y: float, gap: tuple[float, float] | None) -> None:
    """Bounds as a line with its ends, and a mark on every number reported."""
    hue, opened = colour(r.side), _opened(r)
    if r.bounds is not None and not r.digits and not r.bounds.is_unbounded:
        band(canvas, scale(r.bounds.lower), scale(r.bounds.upper), y, r.side, r.evidence, r.soft, half=5)
    elif r.bounds is not None and not r.bounds.is_exact:
        left, right = scale(r.bounds.lower), scale(r.bounds.upper)
        places = [scale(d) for d in r.digits]
        if r.soft[0]:
            left = min([left, *(p - _REACH for p in places)])
        if r.soft[1]:
            right = max([right, *(p + _REACH for p in places)])
        solid = r.evidence == IDENTIFIED
        inset = (left + 6 if opened[0] else left, right - 6 if opened[1] else right)
        span(canvas, *inset, y, hue, gap, (r.soft[0] and not opened[0], r.soft[1] and not opened[1]))
        for is_open, soft, x, direction in (
            (opened[0], r.soft[0], left, -1),
            (opened[1], r.soft[1], right, 1),
        ):
            if is_open:
                arrow(canvas, x, y, hue, solid, direction)
            elif not soft:
                tick(canvas, x, y, hue)
    for digit in r.digits:
        mark(canvas, scale(digit), y, r.side, r.evidence)
