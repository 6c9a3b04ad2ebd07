"""What charts ask of an operand: its ends under a reading, its colour, fill and words. Figures and results alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from reported.display.charts.look import GREY, OKABE_ITO

READINGS = {"digits": "digits alone", "typical": "typical", "cautious": "cautious"}
ANSWERS = {"holds": "yes", "fails": "no", "undetermined": "cannot be told"}
NO_EVIDENCE = ("", "not mentioned", "stated to be without evidence")

Ends: TypeAlias = tuple[float, float]


def ends(operand: Any, reading: str = "typical") -> Ends | None:
    """Lower and upper end, in the unit of print; None where the reading gives no number."""
    bounds = operand.bounds[reading]
    lower, upper = getattr(bounds, "lower", math.nan), getattr(bounds, "upper", math.nan)
    return None if math.isnan(lower) or math.isnan(upper) else (float(lower), float(upper))


def soft_ends(operand: Any) -> tuple[bool, bool]:
    """Whether the lower and the upper end are approximate: whether they move with the width of the reading."""
    typical, cautious = ends(operand, "typical"), ends(operand, "cautious")
    if typical is None or typical[0] == typical[1]:
        return False, False
    if cautious is None:
        return False, False
    lower, upper = (math.isfinite(typical[i]) and cautious[i] != typical[i] for i in (0, 1))
    return lower, upper


def readings_alike(operands: Iterable[Any]) -> bool:
    """Whether every reading gives every operand the same ends."""
    return all(ends(o, r) == ends(o, "typical") for o in operands for r in READINGS)


def digits(operand: Any) -> float | None:
    """Where the operand's mark is: at its digits; None where it has none, or two."""
    pair = ends(operand, "digits")
    return pair[0] if pair is not None and pair[0] == pair[1] else None


def finite_ends(operands: Iterable[Any]) -> list[float]:
    """All finite ends under all readings."""
    pairs = [ends(o, r) or () for o in operands for r in READINGS]
    return [end for pair in pairs for end in pair if math.isfinite(end)]


def rests_on(operand: Any) -> Sequence[Any]:
    """The figures behind an operand; a figure is its own."""
    return [operand] if hasattr(operand, "claimant") else list(getattr(operand, "figures", ()))


def colours(operands: Iterable[Any]) -> dict[Any, str]:
    """A colour for every party: its own, or the next of Okabe and Ito's that none of them has."""
    parties = dict.fromkeys(f.claimant.party for o in operands for f in rests_on(o) if f.claimant.party)
    own = {party: party.colour for party in parties if party.colour}
    taken = {colour.lower() for colour in own.values()}
    free = iter([c for c in OKABE_ITO if c not in taken])
    return {party: own.get(party) or next(free, GREY) for party in parties}


def colour(operand: Any, known: dict[Any, str]) -> str:
    """The colour of the one party whose figures these are; grey for several or none."""
    parties = {f.claimant.party for f in rests_on(operand)}
    return known.get(parties.pop(), GREY) if len(parties) == 1 else GREY


def solid(operand: Any) -> bool:
    """Whether the source says what the number rests on."""
    figures = rests_on(operand)
    return bool(figures) and all((f.evidence or "") not in NO_EVIDENCE for f in figures)


def said(operand: Any) -> str:
    """The number in the words of its claimant; of a result, in the words of its typical bounds."""
    return str(getattr(operand, "said", None) or operand.says("typical"))


def label(operand: Any) -> str:
    """What is counted: the label of a figure's quantity, or of a result."""
    return str(operand.quantity.label if hasattr(operand, "quantity") else operand.label)


def speaker(operand: Any) -> str:
    """Who states a figure, with the party if its name is another; nobody states a result."""
    if not hasattr(operand, "claimant"):
        return ""
    party = getattr(operand.claimant.party, "label", "")
    name = str(operand.claimant.name)
    return f"{name} ({party})" if party and party not in name else name


def unit(operand: Any) -> str:
    """The unit's name, in the plural where the unit knows it."""
    name = getattr(operand.unit, "name", operand.unit)
    return str(name() if callable(name) else name or "")


def factor(operand: Any) -> float:
    """What a value is multiplied by in print: percentages are fractions."""
    return 100 if unit(operand).startswith("percent") else 1


def claim(operand: Any) -> str:
    """A clause for an alt text: what is counted, the number, who says so and of which day."""
    words = f"{label(operand)}: {said(operand)}"
    if who := speaker(operand):
        words += f", says {who}"
    if (held := getattr(operand, "held", None)) and held[2]:
        words += f", {held[2]}"
    return words


def sources(operands: Iterable[Any]) -> str:
    """The line under a chart: each article with its paragraphs."""
    found: dict[str, list[str]] = {}
    for figure in dict.fromkeys(f for o in operands for f in rests_on(o)):
        source = getattr(figure, "source", None)
        if source is not None:
            paragraphs = found.setdefault(f"{source.publisher}, {day_words(source.published)}", [])
            paragraphs.extend([str(figure.paragraph)] if figure.paragraph else [])
    if len(found) > 6:
        return f"Sources: {len(found)} articles, named in the table of figures."
    lines = [
        f"{name}{_paragraphs(sorted(set(numbers), key=lambda n: (len(n), n)))}"
        for name, numbers in found.items()
    ]
    return f"Source{'s' * (len(lines) > 1)}: {'; '.join(lines)}." if lines else ""


def day_words(date: Any) -> str:
    """A date in words; what knows its words is asked for them."""
    return str(getattr(date, "words", date))


def _paragraphs(numbers: Sequence[str]) -> str:
    return f" (paragraph{'s' * (len(numbers) > 1)} {', '.join(numbers)})" if numbers else ""
