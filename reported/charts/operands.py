"""Properties of an operand for charts: ends under a reading, colour, fill, words. Figures and results alike."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeAlias

from reported.charts.look import GREY, OKABE_ITO
from reported.charts.marks import Span
from reported.display import citations, numbers
from reported.figures.expressions import Operand
from reported.figures.figure import Figure
from reported.intervals.units import SHARE
from reported.intervals.wording import escape
from reported.ledger.records import NO_EVIDENCE, REPORTED, SILENT_EVIDENCE, Party
from reported.ledger.rules import READINGS

Ends: TypeAlias = tuple[float, float]


def ends(operand: Operand, reading: str = "typical") -> Ends | None:
    """Return lower and upper end, or None if the reading has no number."""
    bounds = operand.bounds[reading]
    return None if bounds is None else (bounds.lower, bounds.upper)


def drawn_ends(operand: Operand, reading: str = "typical") -> Ends | None:
    """Return the ends as they are drawn, in the claimant's words.

    The zero below "up to" is nobody's words, and is left open; "more than 600" begins at 600, not at 601.
    """
    pair, mark = ends(operand, reading), digits(operand)
    if pair is None or mark is None or not isinstance(operand, Figure):
        return pair
    lower = mark if mark < pair[0] <= mark + 1 else pair[0]
    upper = mark if mark > pair[1] >= mark - 1 else pair[1]
    return (-math.inf, upper) if lower == 0 < upper == mark else (lower, upper)


def finite_ends(operands: Iterable[Operand]) -> list[float]:
    """Return all finite ends under all readings, as they are drawn."""
    pairs = [drawn_ends(o, r) or () for o in operands for r in READINGS]
    return [end for pair in pairs for end in pair if math.isfinite(end)]


def digits(operand: Operand) -> float | None:
    """Return the position of the operand's mark, its digits; None if it has none or two."""
    pair = ends(operand, "digits")
    return None if pair is None or _is_wide(*pair) else pair[0] / 2 + pair[1] / 2


def soft_ends(operand: Operand) -> tuple[bool, bool]:
    """Tell if the lower and the upper end are approximate, that is, further out in the cautious reading."""
    typical, cautious = ends(operand), ends(operand, "cautious")
    if typical is None or cautious is None:
        return False, False
    lower, upper = (math.isfinite(typical[i]) and cautious[i] != typical[i] for i in (0, 1))
    return lower, upper


def readings(operands: Iterable[Operand]) -> dict[str, str | None]:
    """Return the readings to draw with their names; a single one without a name if all agree."""
    alike = all(ends(o, reading) == ends(o) for o in operands for reading in READINGS)
    return {"typical": None} if alike else {reading: reading for reading in READINGS}


def spans(operand: Operand, at: float, hue: str) -> list[Span]:
    """Return the bounds to draw for each reading; a single number needs none."""
    soft, mark = soft_ends(operand), digits(operand)
    pairs = [(drawn_ends(operand, reading), shown) for reading, shown in readings([operand]).items()]
    return [Span(at, *p, soft, hue, shown, mark) for p, shown in pairs if p is not None and _is_wide(*p)]


def _is_wide(lower: float, upper: float) -> bool:
    """True if these are two numbers: float64 has no 7.6, only the numbers on either side of it."""
    return math.isinf(upper - lower) or upper - lower > 4 * math.ulp(max(abs(lower), abs(upper)))


def colours(operands: Iterable[Operand]) -> dict[Party, str]:
    """Return each party's colour: its own, or the next unused one of Okabe and Ito's."""
    parties = dict.fromkeys(f.claimant.party for o in operands for f in o.figures)
    own = {party: party.colour for party in parties if party.colour}
    free = iter([c for c in OKABE_ITO if c not in {colour.lower() for colour in own.values()}])
    return {party: own.get(party) or next(free, GREY) for party in parties}


def colour(operand: Operand, known: dict[Party, str]) -> str:
    """Return the colour of the only party of these figures; grey for several or none."""
    parties = {f.claimant.party for f in operand.figures}
    return known.get(parties.pop(), GREY) if len(parties) == 1 else GREY


def solid(operand: Operand) -> bool:
    """True if the source says what the number rests on."""
    evidence = {figure.evidence for figure in operand.figures}
    return bool(evidence) and not evidence & {SILENT_EVIDENCE, NO_EVIDENCE}


def standing(operand: Operand) -> str:
    """Return a figure's standing if it is a forecast, a target, feared or possible; otherwise ""."""
    named = str(getattr(operand, "standing", REPORTED))
    return "" if named == REPORTED else named


def said(operand: Operand) -> str:
    """Return the number in its claimant's words; for a result, its typical bounds in words."""
    return operand.said if isinstance(operand, Figure) else operand.says()


def label(operand: Operand) -> str:
    """Return what is counted or measured, as a figure's words have it."""
    return numbers.label(operand) if isinstance(operand, Figure) else operand.label


def speaker(operand: Operand) -> str:
    """Return who states a figure, with the party unless the name says it, and who relays it; "" for a result."""
    if not isinstance(operand, Figure):
        return ""
    relayed = f", via {operand.relayed_by.name}" if operand.relayed_by else ""
    return citations.speaker(operand.claimant) + relayed


def unit(operand: Operand) -> str:
    """Return the unit's name in the plural."""
    return operand.unit.name()


def scale(operand: Operand) -> tuple[int, str]:
    """Return the factor of a value in print, percentages and points being fractions, and the sign behind it."""
    return (100 if operand.unit.is_fraction else 1, "%" * (operand.unit.print_as == SHARE))


def claim(operand: Operand) -> str:
    """Return a clause for an alt text: what is counted, the number with its unit, the speaker, the day."""
    if not isinstance(operand, Figure):
        return f"{label(operand)}: {numbers.answered(operand)}"
    what = f" ({standing(operand)})" if standing(operand) else ""
    return f"{label(operand)}: {numbers.stated(operand)}{what}, says {speaker(operand)}, {citations.day(operand)}"


def key(operands: Iterable[Operand]) -> str:
    """Explain the marks that a chart has."""
    every = list(operands)
    opened = any(math.isinf(end) for o in every for end in drawn_ends(o) or ())
    parts = [
        (
            "a filled mark rests on what the source names, a hollow one on nothing that it mentions",
            len({solid(o) for o in every if o.figures}) > 1,
        ),
        (
            "an end that fades is approximate: how far it reaches is a convention",
            any(any(soft_ends(o)) for o in every),
        ),
        ("an arrow has no limit on that side", opened),
    ]
    said = "; ".join(text for text, is_there in parts if is_there)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def note(operands: Iterable[Operand], *more: str) -> str:
    """Return the lines under a chart: sources, meaning of the marks, further notes."""
    every = list(operands)
    return " ".join(part for part in (sources(every), key(every), *more) if part)


def sources(operands: Iterable[Operand]) -> str:
    """Return a chart's sources in Markdown: each article with its paragraphs, or the number of articles if many."""
    found: dict[str, list[int]] = {}
    for figure in (figure for operand in operands for figure in operand.figures):
        article = f"{escape(figure.source.publisher)}, {figure.source.published.words}"
        found.setdefault(article, []).extend([figure.paragraph] if figure.paragraph else [])
    if len(found) > 6:
        return f"Sources: {len(found)} articles, listed in the ledger."
    articles = []
    for name, paragraphs in found.items():
        where = ", ".join(map(str, sorted(set(paragraphs))))
        articles.append(f"{name} (paragraph{'s' * (len(set(paragraphs)) > 1)} {where})" if where else name)
    return f"Source{'s' * (len(articles) > 1)}: {'; '.join(articles)}." if articles else ""
