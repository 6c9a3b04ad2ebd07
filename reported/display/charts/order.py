"""Two numbers set against each other under the three readings: what the digits say, and what the words say."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from reported.algebra.comparison import HOLDS, UNDETERMINED, Comparison
from reported.display.charts.canvas import (
    BODY,
    RULE,
    SMALL,
    SOFT,
    Anchor,
    Canvas,
    attributed,
    fitted,
    measure,
    wrapped,
)
from reported.display.charts.chart import Chart
from reported.display.charts.marks import NONE_REPORTED, axis, band, mark
from reported.display.charts.scale import Linear, linear
from reported.display.charts.sentences import (
    ANSWERS,
    HEADINGS,
    cautions,
    finding,
    joined,
    refusals,
    sources,
    term,
    units,
    who,
)
from reported.intervals import wording
from reported.intervals.bounds import Bounds, intersection
from reported.ledger.reading import FACE_VALUE, READINGS


@dataclass(frozen=True)
class Term:
    """One of the two sides of an order: what it counts, who says what, whose colour and fill it takes."""

    label: str
    speaker: str
    said: str
    side: str
    evidence: str
    soft: bool
    bounds: dict[str, Bounds | None]
    decimals: int

    def printed(self, reading: str) -> str:
        """Its bounds in words; under face value its digits."""
        bounds = self.bounds[reading]
        if reading == FACE_VALUE and bounds is not None and bounds.is_exact:
            return wording.digits(bounds, self.decimals)
        return wording.bounds(bounds, self.decimals)


def troops_overlap(comparison: Comparison, id: str = "chart-troops", title: str = "") -> Chart:
    """An order or a fit, drawn: both terms under each reading, where they overlap, and the verdict.

    Any comparison with two terms will do; one that is refused is drawn as the reason for it.
    """
    terms = _terms(comparison)
    names = " · ".join(dict.fromkeys(t.label for t in terms))
    unit = units(comparison.figures[0].quantity.unit) if comparison.figures else ""
    return Chart(
        id=id,
        title=title or finding(comparison),
        subtitle=f"{names} ({unit})" if terms else "Two quantities that are not to be compared",
        alt=_alt(comparison, terms),
        note=joined(sources(comparison.figures), cautions(comparison)),
        draw=lambda width: _draw(comparison, terms, width),
    )


def _terms(comparison: Comparison) -> list[Term]:
    return [_term(text, dict(bounds), comparison) for text, bounds in comparison.sides]


def _term(text: str, bounds: dict[str, Bounds | None], comparison: Comparison) -> Term:
    parts = [f for f in comparison.figures if f.id in re.findall(r"\w+", text)]
    single = parts[0] if len(parts) == 1 and parts[0].id == text else None
    sides, evidence = {f.claimant.side for f in parts}, {f.evidence for f in parts}
    return Term(
        label=term(text, comparison),
        speaker=who(single) if single else "",
        said=single.said if single else "",
        side=sides.pop() if len(sides) == 1 else "unnamed",
        evidence=evidence.pop() if len(evidence) == 1 else NONE_REPORTED,
        soft=any(f.qualifier in ("about", "nearly") for f in parts),
        bounds=bounds,
        decimals=_decimals([e for b in bounds.values() if b is not None for e in (b.lower, b.upper)]),
    )


def _decimals(ends: Sequence[float]) -> int:
    """The fewest decimals that show finite ends as they are; two where none do."""
    finite = [end for end in ends if math.isfinite(end)]
    return next((n for n in range(5) if all(math.isclose(round(e, n), e, rel_tol=1e-12) for e in finite)), 2)


def _alt(comparison: Comparison, terms: list[Term]) -> str:
    if not terms:
        return joined(comparison.question, "Refused.", *refusals(comparison))
    sentences = [comparison.question]
    for reading in READINGS:
        given = wording.listing([f"{_spoken(t)}: {_printed(t, reading)}" for t in terms], "against")
        answer = ANSWERS[comparison.outcomes[reading].kind]
        sentences.append(f"{HEADINGS[reading]}, {given}; the answer is {answer}.")
    return joined(*sentences)


def _spoken(term_: Term) -> str:
    return f"{term_.label}, says {term_.speaker}" if term_.speaker else term_.label


def _printed(term_: Term, reading: str) -> str:
    words = term_.printed(reading)
    return f"{words} for {term_.said}" if term_.said and words != term_.said else words


def _because(comparison: Comparison, terms: list[Term], reading: str) -> str:
    """Why the verdict under a reading is what it is, in few words."""
    kind = comparison.outcomes[reading].kind
    one, other = (t.bounds[reading] for t in terms)
    if one is None or other is None:
        return ""
    if comparison.is_fit:
        return "the two overlap" if kind == HOLDS else "the two do not overlap"
    if one.is_exact and other.is_exact:
        order = _order(comparison)
        return f"{terms[0].printed(reading)} is {'' if kind == HOLDS else 'not '}{order} {terms[1].printed(reading)}"
    if kind != UNDETERMINED:
        return "whatever the words allow"
    for exact, wide in (terms, reversed(terms)):
        bounds = exact.bounds[reading]
        if bounds is not None and bounds.is_exact:
            return f"{exact.printed(reading)} lies within {wide.printed(reading)}"
    return "the two overlap: either may be larger"


def _order(comparison: Comparison) -> str:
    words = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
    return next(text for sign, text in words.items() if sign in comparison.formula)


# ---------------------------------------------------------------- drawing


@dataclass(frozen=True)
class Lane:
    """Where a term's name, bounds and label go in one panel; places in points below the panel's first lane."""

    term: Term
    names: list[str]
    beside: str  # "left", "right" or "beneath"
    height: float


_NAME, _BAR, _BENEATH = 13.0, 25.0, 15.0


def _draw(comparison: Comparison, terms: list[Term], width: float) -> Drawing:
    canvas = Canvas(width)
    start = canvas.paragraph(0, 7, comparison.question, canvas.width, bold=True)
    if not terms:
        y = canvas.paragraph(0, start + 2, "Refused", canvas.width, bold=True)
        for reason in refusals(comparison):
            y = canvas.paragraph(0, y + 2, reason, canvas.width, most=12)
        return canvas.finished(y + 4)
    left = 6.0 if canvas.narrow else 136.0
    ends = [e for t in terms for b in t.bounds.values() if b is not None for e in (b.lower, b.upper)]
    scale = linear(ends, left, canvas.width - 6, from_zero=False)
    panels, y = [], start + 21
    for reading in READINGS:
        lanes = _lanes(terms, reading, scale)
        panels.append((y, reading, lanes))
        y += _head(canvas) + sum(lane.height for lane in lanes) + 9
    axis(canvas, scale.ticks(58), start + 6, start + 15, y - 6)
    for top, reading, lanes in panels:
        canvas.line([(0, top - 1), (canvas.width, top - 1)], RULE, 1)
        _heading(canvas, comparison, terms, reading, top, left)
        _panel(canvas, comparison, lanes, reading, scale, top + _head(canvas))
    return canvas.finished(y)


def _head(canvas: Canvas) -> float:
    return 36.0 if canvas.narrow else 8.0


def _lanes(terms: list[Term], reading: str, scale: Linear) -> list[Lane]:
    lanes = []
    for term_, other in zip(terms, reversed(terms), strict=True):
        names = _names(term_, scale.right - scale.left) if reading == FACE_VALUE else []
        beside = _beside(term_, other.bounds[reading], reading, scale)
        height = len(names) * _NAME + _BAR + (_BENEATH if beside == "beneath" else 0)
        lanes.append(Lane(term_, names, beside, height))
    return lanes


def _names(term_: Term, width: float) -> list[str]:
    if term_.speaker:
        return attributed(term_.label, term_.speaker, width, SMALL, most=2)
    return wrapped(term_.label, width, SMALL, most=2)


def _beside(term_: Term, other: Bounds | None, reading: str, scale: Linear) -> str:
    """Where a label fits: rather on the side away from the other term, else beneath."""
    bounds = term_.bounds[reading]
    if bounds is None:
        return "right"
    long = measure(_label(term_, reading), BODY, True) + 14
    fits = {
        "left": scale(bounds.lower) - long >= scale.left,
        "right": scale(bounds.upper) + long <= scale.right,
    }
    if math.isinf(bounds.lower):
        fits["left"] = False
    if math.isinf(bounds.upper):
        fits["right"] = False
    first = (
        "left" if other is not None and bounds.upper + bounds.lower < other.upper + other.lower else "right"
    )
    second = "right" if first == "left" else "left"
    return next((side for side in (first, second) if fits[side]), "beneath")


def _label(term_: Term, reading: str) -> str:
    bounds, words = term_.bounds[reading], term_.printed(reading)
    if reading == FACE_VALUE or not term_.said or words == term_.said:
        return words
    if bounds is not None and bounds.is_unbounded and any(c.isdigit() for c in term_.said):
        return term_.said  # "at least" and the like are their own bounds
    return f"{term_.said}: {words}"


def _heading(
    canvas: Canvas, comparison: Comparison, terms: list[Term], reading: str, top: float, left: float
) -> None:
    answer, because = ANSWERS[comparison.outcomes[reading].kind], _because(comparison, terms, reading)
    if canvas.narrow:
        canvas.text(0, top + 12, f"{HEADINGS[reading]}: {answer}", BODY + 0.75, bold=True, backed=True)
        canvas.text(0, top + 26, fitted(because, canvas.width, SMALL), SMALL, ink=SOFT, backed=True)
    else:
        canvas.text(0, top + 14, HEADINGS[reading], SMALL, ink=SOFT)
        canvas.text(0, top + 30, answer, 14, bold=True)
        canvas.paragraph(0, top + 46, because, left - 18, SMALL, ink=SOFT)


def _panel(
    canvas: Canvas, comparison: Comparison, lanes: list[Lane], reading: str, scale: Linear, top: float
) -> None:
    """One reading: a lane for each term, their overlap behind."""
    places, y = [], top
    for lane in lanes:
        places.append(y + len(lane.names) * _NAME + _BAR / 2)
        y += lane.height
    _overlap(canvas, lanes, reading, scale, places)
    for position, (lane, place) in enumerate(zip(lanes, places, strict=True)):
        for n, line in enumerate(reversed(lane.names)):
            canvas.text(
                scale.left, place - _BAR / 2 - (n + 0.5) * _NAME + 2, line, SMALL, ink=SOFT, backed=True
            )
        other = lanes[1 - position].term.bounds[reading]
        _bounds(canvas, comparison, lane, reading, other, position, scale, place)


def _overlap(canvas: Canvas, lanes: list[Lane], reading: str, scale: Linear, places: list[float]) -> None:
    """What both bounds hold, shaded from lane to lane; an exact number as a dashed line across the other."""
    one, other = (lane.term.bounds[reading] for lane in lanes)
    if one is None or other is None:
        return
    both = intersection(one, other)
    if isinstance(both, Bounds) and not both.is_exact:
        canvas.rectangle(scale(both.lower), places[0], scale(both.upper), places[1], RULE, opacity=0.6)
    exact = next((bounds for bounds in (one, other) if bounds.is_exact), None)
    if exact is not None:
        x = scale(exact.lower)
        canvas.line([(x, places[0]), (x, places[1] + 11)], SOFT, 0.9, dashed=True)


def _bounds(
    canvas: Canvas,
    comparison: Comparison,
    lane: Lane,
    reading: str,
    other: Bounds | None,
    position: int,
    scale: Linear,
    y: float,
) -> None:
    """One term's bounds at the height `y`, with their label."""
    term_ = lane.term
    bounds = term_.bounds[reading]
    label = _label(term_, reading)
    if bounds is None:
        canvas.text(scale.left, y, label, BODY, ink=SOFT, backed=True)
        return
    left, right = scale(bounds.lower), scale(bounds.upper)
    if lane.beside == "beneath":
        long = measure(label, BODY, True)
        start = min(max((left + right - long) / 2, scale.left), canvas.width - long)
        canvas.text(start, y + 17, label, bold=True, backed=True)
    else:
        x = left - 11 if lane.beside == "left" else right + 11
        anchor: Anchor = "right" if lane.beside == "left" else "left"
        canvas.text(x, y, label, bold=True, anchor=anchor, backed=True)
    if bounds.is_exact:
        mark(canvas, left, y, term_.side, term_.evidence)
        return
    opened = math.isinf(bounds.lower), math.isinf(bounds.upper)
    soft = (term_.soft and not opened[0], term_.soft and not opened[1])
    band(canvas, left, right, y, term_.side, term_.evidence, soft, opened)
    if other is not None and other.is_exact and not comparison.is_fit:
        _pieces(canvas, comparison, lane, bounds, other.lower, position, scale, y)
        canvas.line([(scale(other.lower), y - 9), (scale(other.lower), y + 11)], SOFT, 0.9, dashed=True)


def _pieces(
    canvas: Canvas,
    comparison: Comparison,
    lane: Lane,
    bounds: Bounds,
    exact: float,
    position: int,
    scale: Linear,
    y: float,
) -> None:
    """Yes and no inside the bar, on either side of the exact number; just outside where there is no room."""
    below, above = ("yes", "no") if (">" in comparison.formula) == (position == 1) else ("no", "yes")
    left, right = scale(bounds.lower), scale(bounds.upper)
    cut = min(max(scale(exact), left), right)
    for start, end, answer in ((left, cut, below), (cut, right, above)):
        room = end - start - 4
        words = next((w for w in (f"if here, {answer}", answer) if measure(w, SMALL, True) <= room), "")
        if words:
            canvas.text((start + end) / 2, y, words, SMALL, bold=True, anchor="center")
        elif end > start and lane.beside == "beneath":
            if end == right:
                canvas.text(end + 5, y, answer, SMALL, bold=True, backed=True)
            else:
                canvas.text(start - 5, y, answer, SMALL, bold=True, anchor="right", backed=True)
