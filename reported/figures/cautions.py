"""Cautions and refusals: reasons, derived from the ledger, to be careful with a result or to refuse it.

An analyst types none of them. A longer expression keeps the cautions of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reported.intervals import wording
from reported.ledger.records import NO_EVIDENCE, SILENT_EVIDENCE
from reported.prose.units import plural

if TYPE_CHECKING:
    from reported.figures.figure import Figure

_CLAUSES = {
    "standing": "not reported as so: {}",
    "ledgers": "they are of two ledgers, or of one before and after it changed: {}",
    "populations": "they do not count the same: {}",
    "no day": "no day is given for {}",
    "windows": "they are not over the same time: {}",
    "days": "they hold for different days: {}",
    "newer": "the same claimant has given a newer figure: {}",
    "one statement": "they may be one statement, reported twice: {}",
    "party": "it rests on the word of {}",
    "reaction": "{}",
    "evidence": "no evidence was provided for {}, the source says",
    "open end": "there is no limit on one side of {}",
    "repeated": "a figure occurs more than once, so the bounds may be wider than necessary",
    "readings": "it depends on how exactly one takes {}",
}
_OBJECT = "{} ({})"
_OBJECTS = {
    "contradicts": "{} {}",
    "says otherwise": "{} than {}",
    "had not directly confirmed": "{} {}",
}
_SEPARATE = ("ledgers", "populations", "windows", "days", "one statement")
"""Kinds that set their parts against each other; those of others are enumerated."""
KINDS = tuple(_CLAUSES)
"""The kinds of caution, the weightiest first."""


@dataclass(frozen=True)
class Caution:
    """A reason to be careful: its kind, what it is about, and both as a clause and as a sentence.

    >>> Caution("party", ("the mayor", "the governor")).text
    'It rests on the word of the mayor and the governor.'
    """

    kind: str
    about: tuple[str, ...] = ()

    @property
    def clause(self) -> str:
        """The caution as a clause, to be part of a sentence."""
        about = "; ".join(self.about) if self.kind in _SEPARATE else wording.listing(self.about)
        return _CLAUSES[self.kind].format(about)

    @property
    def text(self) -> str:
        """The caution as a sentence."""
        return f"{wording.capital(self.clause)}."


REPEATED = Caution("repeated")


def merged(cautions: Iterable[Caution], beside: Iterable[Figure] = ()) -> tuple[Caution, ...]:
    """Merge cautions of one kind into one about all that they are about, the weightiest first.

    That a newer figure is in the ledger is no caution if that figure is one of those `beside`.

    >>> [c.text for c in merged([Caution("party", ("the mayor",)), Caution("party", ("the mayor", "the governor"))])]
    ['It rests on the word of the mayor and the governor.']
    """
    here = {figure.named for figure in beside}
    about: dict[str, dict[str, None]] = {}
    for caution in cautions:
        if caution.kind != "newer" or not here.issuperset(caution.about):
            about.setdefault(caution.kind, {}).update(dict.fromkeys(caution.about))
    return tuple(Caution(kind, tuple(about[kind])) for kind in KINDS if kind in about)


_STANDING = {"forecast": "forecast", "target": "target", "feared": "fear"}


def standing_of(said: str, standing: str) -> tuple[Caution, ...]:
    """Return the caution that a number is a forecast, a target, a fear or a possibility, if it is one."""
    return (Caution("standing", (f"“{said}”, a {_STANDING[standing]}",)),) if standing in _STANDING else ()


def of_figure(figure: Figure) -> list[Caution]:
    """Return the cautions about one figure."""
    said = f"“{figure.said}”"
    newer = figure.newer
    found = [
        *standing_of(figure.said, figure.standing),
        Caution("no day", (said,)) if not figure.has_day else None,
        Caution("newer", (newer.named,)) if newer is not None else None,
        Caution("party", (_speaker(figure),)) if _is_mere_word(figure) else None,
        Caution("evidence", (said,)) if figure.evidence == NO_EVIDENCE else None,
        Caution("open end", (said,)) if _is_open(figure) else None,
        Caution("readings", (said,)) if figure.typical != figure.cautious else None,
        *(
            Caution(
                "reaction",
                (
                    f"{reaction.claimant.name} {_OBJECTS.get(reaction.reaction, _OBJECT).format(reaction.reaction, said)}",
                ),
            )
            for reaction in figure.reactions
        ),
    ]
    return [caution for caution in found if caution]


def between(figures: Sequence[Figure], others: Sequence[Figure]) -> list[Caution]:
    """Return the cautions about combining each figure with each of the others."""
    return [
        caution for one in figures for other in others if one != other for caution in _of_pair(one, other)
    ]


def _of_pair(one: Figure, other: Figure) -> Iterable[Caution]:
    if one.ledger is not other.ledger and one.ledger.folder != other.ledger.folder:
        yield Caution("ledgers", (f"{one.id} ({one.ledger.title})", f"{other.id} ({other.ledger.title})"))
    elif one.id == other.id:
        yield Caution("ledgers", (one.named, other.named))
    if one.quantity.unit == other.quantity.unit and one.population != other.population:
        yield Caution("populations", (one.population, other.population))
    if one.quantity.unit == other.quantity.unit and one.over != other.over:
        yield Caution("windows", tuple(f"“{f.said}” {window(f) or 'without a window'}" for f in (one, other)))
    if one.has_day and other.has_day and one.held[:2] != other.held[:2]:
        yield Caution("days", (one.held[2], other.held[2]))
    if one.related("perhaps the same statement as", other):
        yield Caution("one statement", (f"“{one.said}”", f"“{other.said}”"))


def window(figure: Figure) -> str:
    """Return a figure's window in words: "over 3 days", "since 2024-05"; empty without one."""
    written = figure.over
    if not written or written.startswith("since "):
        return written
    number, _, unit = written.partition(" ")
    return f"over {number} {unit if number == '1' else plural(unit)}"


def refusals(operator: str, figures: Sequence[Figure], others: Sequence[Figure]) -> list[str]:
    """Return the reasons why an operation between these figures must not be computed, in words.

    Figures that the source calls unrelated are never combined; figures of different events are not
    compared with `compatible`; what restates or is part of the other is not added to it.
    """
    found = []
    for one, other in ((a, b) for a in figures for b in others if a != b):
        unrelated = one.related("unrelated to", other)
        if unrelated:
            fallback = f"{one.named} and {other.named} are unrelated, the source says."
            found.append(unrelated.in_our_words or fallback)
        of_two_events = (one.event and other.event) or one.quantity == other.quantity
        if operator == "compatible" and one.event != other.event and of_two_events:
            found.append(f"{one.named} and {other.named} are of different events, so they need not agree.")
        if operator == "+":
            found += _counted_twice(one, other)
    return list(dict.fromkeys(found))


def _counted_twice(one: Figure, other: Figure) -> Iterable[str]:
    if one.related("restates", other):
        yield f"{one.named} and {other.named} are one statement: adding them would count it twice."
    elif one.related("part of", other):
        yield f"One of {one.named} and {other.named} is part of the other: adding them would count it twice."
    elif one.related("floor of", other):
        yield f"One of {one.named} and {other.named} is a floor of the other: adding them would count people twice."
    elif one.event and (one.event, one.quantity) == (other.event, other.quantity):
        yield f"{one.named} and {other.named} are of one event: adding them would count it twice."


def _is_mere_word(figure: Figure) -> bool:
    """True if a figure rests on nothing but a claimant's word, or the claimant is a party to the matter."""
    return figure.claimant.party.interested or figure.evidence in (SILENT_EVIDENCE, NO_EVIDENCE)


def _speaker(figure: Figure) -> str:
    claimant, party = figure.claimant, figure.claimant.party
    if wording.has_words(claimant.name, party.label):
        return claimant.name
    is_brief = not party.interested and 0 < len(claimant.role.split()) <= 3  # such as "state news agency"
    return f"{claimant.name} ({claimant.role if is_brief else party.label})"


def _is_open(figure: Figure) -> bool:
    bounds = figure.typical
    return bounds is not None and bounds.is_unbounded
