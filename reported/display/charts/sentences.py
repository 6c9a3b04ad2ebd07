"""What charts say in words, computed from the data: claims, findings, sources. Draws nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reported.algebra.comparison import FAILS, HOLDS, MISSING, UNDETERMINED, Comparison
from reported.intervals import wording
from reported.ledger.reading import CAUTIOUS, FACE_VALUE, TYPICAL
from reported.ledger.records import SIDES, Figure

_PLURALS = {"person": "people", "ratio": "times", "remains": "remains", "percent": "per cent", "": ""}
_COUNTS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
HEADINGS = {FACE_VALUE: "Digits alone", TYPICAL: "Typical reading", CAUTIOUS: "Cautious reading"}
ANSWERS = {HOLDS: "yes", FAILS: "no", UNDETERMINED: "undetermined", MISSING: wording.MISSING}


def units(unit: str) -> str:
    """The plural of a unit, as a reader writes it.

    >>> units("person"), units("square_kilometre"), units("remains")
    ('people', 'square kilometres', 'remains')
    """
    if unit in _PLURALS:
        return _PLURALS[unit]
    words = unit.replace("_", " ")
    return f"{words[:-1]}ies" if words.endswith("y") and words[-2:-1] not in "aeiou" else f"{words}s"


def count(number: int) -> str:
    """A small number as a word, a larger one in digits.

    >>> count(7), count(1200)
    ('seven', '1,200')
    """
    return _COUNTS[number] if number < len(_COUNTS) else f"{number:,}"


def who(figure: Figure) -> str:
    """Claimant and side; a side that the name itself says is not repeated."""
    name, side = figure.claimant.name, figure.claimant.side
    return name if side == name else f"{name} ({side})"


def answers(figure: Figure) -> str:
    """What was said to the figure and by whom: `not confirmed by Kyiv`; "" where nothing was."""
    return "; ".join(f"{r.response} by {r.responder.name}" for r in figure.responses)


def said(figure: Figure) -> str:
    """Qualifier, number and unit: `at least 42,284 people`; a bare word keeps its unit in brackets."""
    unit = units(figure.quantity.unit)
    if figure.value is None:
        return figure.said if unit == "times" else f"{figure.said} ({unit})"
    one = figure.value == 1 and figure.value_to is None and unit not in ("times", "per cent", "remains")
    return f"{figure.said} {figure.quantity.unit.replace('_', ' ') if one else unit}"


def claim(figure: Figure) -> str:
    """One sentence: what, how many, who says so, on what evidence, and who answered."""
    parts = [f"{figure.quantity.label}: {said(figure)}, according to {who(figure)}"]
    if figure.evidence != "none reported":
        parts.append(figure.evidence)
    if figure.responses:
        parts.append(answers(figure))
    return f"{', '.join(parts)}."


def linked(figure: Figure) -> str:
    """A figure in a note, as Markdown: what it counts, and the number linked to its row."""
    return f"{wording.escape(figure.quantity.label)}: {figure}"


def sources(figures: Iterable[Figure]) -> str:
    """Publisher, day and paragraphs of every article the figures were read in, as Markdown."""
    places: dict[tuple[str, str], set[int]] = {}
    for f in figures:
        places.setdefault((f.source.publisher, wording.date(f.source.published)), set()).add(f.paragraph)
    texts = []
    for (publisher, day), paragraphs in places.items():
        numbers = [str(p) for p in sorted(paragraphs)]
        texts.append(
            f"{wording.escape(publisher)}, {day}, paragraph{'s' if len(numbers) > 1 else ''} {wording.listing(numbers)}"
        )
    return f"Source{'s' if len(texts) > 1 else ''}: {'; '.join(texts)}."


def cautions(comparison: Comparison) -> str:
    """Every caution of a comparison, its sentences in one paragraph, as Markdown."""
    return wording.escape(" ".join(caution.text for caution in comparison.cautions))


def by_side(figures: Iterable[Figure]) -> list[Figure]:
    """Figures in the order of the sides, and as they came within each."""
    return sorted(figures, key=lambda f: SIDES.index(f.claimant.side) if f.claimant.side in SIDES else 9)


def term(words: str, comparison: Comparison) -> str:
    """A term of a comparison with labels in place of figure ids."""
    labels = {f.id: f.quantity.label for f in comparison.figures}
    return re.sub(r"\w+", lambda word: labels.get(word[0], word[0]), words)


def measured(comparison: Comparison) -> str:
    """What the outcome of a comparison is a number of; else what is asked."""
    return comparison.measure or comparison.question or term(comparison.formula, comparison)


def refusals(comparison: Comparison) -> list[str]:
    """Why a comparison is refused, each reason a sentence with labels in place of figure ids."""
    reasons = [wording.capital(term(reason, comparison)) for reason in comparison.refusals]
    return [reason if reason.endswith(".") else f"{reason}." for reason in reasons]


def finding(comparison: Comparison) -> str:
    """What a comparison comes to, as a headline."""
    if comparison.refusals:
        return joined(comparison.question, "These figures cannot say: they are not to be compared")
    if not comparison.is_verdict:
        return _amount(comparison)
    face = comparison.outcomes[FACE_VALUE].kind
    verdict, statement = comparison.verdict, comparison.statement or term(comparison.formula, comparison)
    if verdict == MISSING:
        return f"Whether {statement} cannot be said: no digits were reported"
    if verdict == UNDETERMINED:
        if face in (HOLDS, FAILS):
            return f"The digits say {ANSWERS[face]}, the words say undetermined"
        return f"Whether {statement} is undetermined"
    plain = statement if verdict == HOLDS else f"it does not hold that {statement}"
    if comparison.strength == "typical only":
        return f"Read as such words are typically meant, {plain}; read cautiously, that is undetermined"
    if face in (HOLDS, FAILS) and face != verdict:
        return f"The digits say {ANSWERS[face]}, the words say {ANSWERS[verdict]}: {plain}"
    return wording.capital(plain)


def _amount(comparison: Comparison) -> str:
    typical, cautious = comparison.says(TYPICAL), comparison.says(CAUTIOUS)
    if comparison.outcomes[TYPICAL].kind == MISSING:
        return joined(comparison.question, "No digits were reported")
    also = "" if typical == cautious else f"; read cautiously, {cautious}"
    measure = comparison.measure or term(comparison.formula, comparison)
    return wording.capital(f"{typical} {measure}{also}")


def left_out(every: int, shown: int) -> str:
    """A sentence on figures that a chart has no room for; "" where it shows all."""
    return f"{every - shown:,} more figures are in the table of figures." if every > shown else ""


def joined(*sentences: str) -> str:
    """Sentences in a row, the empty ones dropped."""
    return " ".join(s for s in sentences if s)


def labels(figures: Sequence[Figure]) -> list[str]:
    """What the figures count, each once."""
    return list(dict.fromkeys(f.quantity.label for f in figures))
