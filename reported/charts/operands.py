"""What charts ask of an operand: its ends under a reading, its colour, fill and words. Figures and results alike."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, TypeAlias

from reported.charts.look import GREY, OKABE_ITO
from reported.charts.marks import Span
from reported.intervals.wording import escape
from reported.ledger.records import NO_EVIDENCE, READINGS, SILENT_EVIDENCE

Ends: TypeAlias = tuple[float, float]


def ends(operand: Any, reading: str = "typical") -> Ends | None:
    """Lower and upper end; None where the reading gives no number."""
    bounds = operand.bounds[reading]
    return None if bounds is None else (bounds.lower, bounds.upper)


def drawn_ends(operand: Any, reading: str = "typical") -> Ends | None:
    """The ends as they are drawn, in the claimant's words.

    The zero below "up to" is nobody's words, and is left open; "more than 600" begins at 600, not at 601.
    """
    pair, mark = ends(operand, reading), digits(operand)
    if pair is None or mark is None or not speaker(operand):
        return pair
    lower = mark if mark < pair[0] <= mark + 1 else pair[0]
    upper = mark if mark > pair[1] >= mark - 1 else pair[1]
    return (-math.inf, upper) if lower == 0 < upper == mark else (lower, upper)


def finite_ends(operands: Iterable[Any]) -> list[float]:
    """All finite ends under all readings, as they are drawn."""
    pairs = [drawn_ends(o, r) or () for o in operands for r in READINGS]
    return [end for pair in pairs for end in pair if math.isfinite(end)]


def digits(operand: Any) -> float | None:
    """Where the operand's mark is: at its digits; None where it has none, or two."""
    pair = ends(operand, "digits")
    return pair[0] if pair is not None and pair[0] == pair[1] else None


def soft_ends(operand: Any) -> tuple[bool, bool]:
    """Whether the lower and the upper end are approximate: whether they are further out in the cautious reading."""
    typical, cautious = ends(operand), ends(operand, "cautious")
    if typical is None or cautious is None:
        return False, False
    lower, upper = (math.isfinite(typical[i]) and cautious[i] != typical[i] for i in (0, 1))
    return lower, upper


def readings(operands: Iterable[Any]) -> dict[str, str | None]:
    """The readings to draw, each with the name it is shown under; one without a name where all are alike."""
    alike = all(ends(o, reading) == ends(o) for o in operands for reading in READINGS)
    return {"typical": None} if alike else {reading: reading for reading in READINGS}


def spans(operand: Any, at: float, hue: str) -> list[Span]:
    """The bounds to draw for each reading; a number without a width needs none."""
    soft, mark = soft_ends(operand), digits(operand)
    pairs = [(drawn_ends(operand, reading), shown) for reading, shown in readings([operand]).items()]
    return [Span(at, *p, soft, hue, shown, mark) for p, shown in pairs if p is not None and p[0] < p[1]]


def colours(operands: Iterable[Any]) -> dict[Any, str]:
    """A colour for every party: its own, or the next of Okabe and Ito's that none of them has."""
    parties = dict.fromkeys(f.claimant.party for o in operands for f in o.figures)
    own = {party: party.colour for party in parties if party.colour}
    free = iter([c for c in OKABE_ITO if c not in {colour.lower() for colour in own.values()}])
    return {party: own.get(party) or next(free, GREY) for party in parties}


def colour(operand: Any, known: dict[Any, str]) -> str:
    """The colour of the one party whose figures these are; grey for several or none."""
    parties = {f.claimant.party for f in operand.figures}
    return known.get(parties.pop(), GREY) if len(parties) == 1 else GREY


def solid(operand: Any) -> bool:
    """Whether the source says what the number rests on."""
    evidence = {figure.evidence for figure in operand.figures}
    return bool(evidence) and not evidence & {SILENT_EVIDENCE, NO_EVIDENCE}


def said(operand: Any) -> str:
    """The number in the words of its claimant; of a result, in the words of its typical bounds."""
    return str(operand.said if hasattr(operand, "said") else operand.says())


def label(operand: Any) -> str:
    """What is counted or measured."""
    return str(operand.label)


def speaker(operand: Any) -> str:
    """Who states a figure, with the party unless the name says it, and who relays it; "" for a result."""
    if not hasattr(operand, "claimant"):
        return ""
    return claimant(operand) + (f", via {operand.relayed_by.name}" if operand.relayed_by else "")


def claimant(figure: Any) -> str:
    """Who states a figure, with the party unless the name says it."""
    party, name = figure.claimant.party.label, str(figure.claimant.name)
    return name if party in name else f"{name} ({party})"


def party(figure: Any) -> str:
    """Whom the speaker of a figure speaks for."""
    return str(figure.claimant.party.label)


def unit(operand: Any) -> str:
    """The unit's name, in the plural."""
    return str(operand.unit.name())


def factor(operand: Any) -> float:
    """What a value is multiplied by in print: percentages are fractions."""
    return 100 if operand.unit.is_fraction else 1


def claim(operand: Any) -> str:
    """A clause for an alt text: what is counted, the number, who says so and of which day."""
    who = speaker(operand)
    stated = [f"says {who}", operand.held[2]] if who else []
    return ", ".join([f"{label(operand)}: {said(operand)}", *stated])


def sources(operands: Iterable[Any]) -> str:
    """The line under a chart, in Markdown: each article with its paragraphs; of many, how many there are."""
    found: dict[str, list[int]] = {}
    for figure in (figure for operand in operands for figure in operand.figures):
        article = f"{escape(figure.source.publisher)}, {figure.source.published.words}"
        found.setdefault(article, []).extend([figure.paragraph] if figure.paragraph else [])
    if len(found) > 6:
        return f"Sources: {len(found)} articles, listed in the ledger."
    articles = []
    for name, numbers in found.items():
        where = ", ".join(map(str, sorted(set(numbers))))
        articles.append(f"{name} (paragraph{'s' * (len(set(numbers)) > 1)} {where})" if where else name)
    return f"Source{'s' * (len(articles) > 1)}: {'; '.join(articles)}." if articles else ""
