"""Reads the numbers of English news prose, with the words around them.

Not for bounds and not for meaning (who, when, of what). A qualifier is never lost and never guessed: what a careful
reader could read in two ways comes back in doubt, with both readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from reported.prose.cardinals import DIMENSIONS
from reported.prose.language import Languages
from reported.prose.names import CURRENCY_LETTERS, CURRENCY_WORDS, LETTER_UNITS, TIME_UNITS, UNITS
from reported.prose.number import QUANTITIES, Number, exact, to_nine_decimals
from reported.prose.numbers import TRIGGERS
from reported.prose.qualifiers import SINCE, THAN_AGO, Around, two_qualifiers
from reported.prose.ranges import Ranges
from reported.prose.tokens import HYPHENS
from reported.prose.units import PERSON, POUND, is_known, singular, standard, words_of
from reported.prose.vocabulary import Phrasebook, listed

LONGEST_PHRASE = 500  # characters `parse` takes: a phrase of a few words, not an article

_UNITS = Phrasebook(words_of("length", "measure", "time", "currency"))
_MEASURES = UNITS | CURRENCY_WORDS
_PERSONS = frozenset(words_of("person"))
_WHOLE = _PERSONS | listed("set: counted")
_WEIGHED, _NOT_WEIGHED = listed("set: weighed"), listed("set: not weighed")
_POINT = "a decimal point, or digits grouped by a point?"
_POINT_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")

#: A way to read an expression: qualifier, value, upper end.
Reading = tuple[str, Decimal | None, Decimal | None]


class PhraseError(ValueError):
    """Words that do not hold exactly one clear number; says what was found and what to do."""


@dataclass(frozen=True)
class Phrase:
    """One number expression and its qualifier.

    `text` = searched[start:end] reaches from the qualifier to the end of the number (or of a qualifier
    behind it: "50 people or more"); `number_start:number_end` is the number alone. `value` is exact decimal,
    scales multiplied out ("1.5 million" is 1500000), percent as written (45 % is 45), a fraction in percent
    to nine decimals; None for word-only qualifiers, dates, times, designations, and wherever `doubt` is not "".
    `value_to` is the upper end of a range: "between", or "about" where both ends are. `noun` is the unit or noun
    that follows, at best effort; `unit` its standard name as in `prose.units` ("percent", "EUR", "square kilometre", "person", "train"), or "".
    `hedge` is a word that makes the number only possible ("could", "may"). `doubt` says what is open, and `readings`
    what it may be. `of` is the whole in "52 out of 54". `resolution` is the size of the last written digit: 100,000,000 in
    "1.2bn", 0.1 in "6.0 percent", 1,000,000 in "two million"; None of a fraction and of words alone.
    """

    text: str
    start: int
    end: int
    number_start: int
    number_end: int
    qualifier: str
    value: Decimal | None
    value_to: Decimal | None
    kind: str
    noun: str
    doubt: str = ""
    unit: str = ""
    hedge: str = ""
    readings: tuple[Reading, ...] = ()
    of: Decimal | None = None
    resolution: Decimal | None = None

    @property
    def is_quantity(self) -> bool:
        """Whether this can be a figure (a date, a time, an ordinal, a designation, a score cannot)."""
        return self.kind in QUANTITIES


def parse(words: str) -> Phrase:
    """The one quantity in a short phrase; dates, ordinals and designations beside it are passed over.

    >>> parse("more than 600,000 seasonal workers").qualifier
    'more than'

    Raises PhraseError when there is no quantity, more than one, or one whose words leave it open.
    """
    if len(words) > LONGEST_PHRASE:
        raise PhraseError(f"{len(words):,} characters are no phrase; give the number and the words around it")
    found = find(words)
    quantities = [phrase for phrase in found if phrase.is_quantity]
    if not quantities:
        others = ", ".join(f'"{p.text}" is {_article(p.kind)}' for p in found)
        raise PhraseError(
            f'no quantity in "{words}"{": " + others if others else ""}; give the words that hold it'
        )
    if len(quantities) > 1:
        texts = ", ".join(f'"{p.text}"' for p in quantities)
        raise PhraseError(
            f'{len(quantities)} numbers in "{words}": {texts}; one row holds one, so shorten the words'
        )
    if quantities[0].doubt:
        raise PhraseError(f'"{quantities[0].text}": {quantities[0].doubt}')
    return quantities[0]


def find(text: str) -> list[Phrase]:
    """Every number expression of running text, in order, none overlapping another; time linear in length."""
    return list(_Reader(text).phrases())


def _canonical(unit: str) -> str:
    """The standard name of a unit as written: percent, US$, °C, N."""
    return CURRENCY_LETTERS.get(unit) or (standard(unit) if unit else "")


def _counted(words: list[str]) -> str:
    """The unit of a count by the noun behind it: the first plural, "person" where it names people, "" where it is none.

    >>> _counted(["seasonal", "workers"]), _counted(["tanks", "lost"]), _counted(["killed"]), _counted(["new"])
    ('person', 'tank', 'person', '')
    """
    plural = next((word for word in words if singular(word) != word), "")
    if plural:
        return standard(plural)
    return PERSON if not _PERSONS.isdisjoint(words) else ""


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


class _Reader(Ranges, Languages):
    """One text's numbers with their qualifiers."""

    def phrases(self) -> Iterator[Phrase]:
        i, foreign = 0, Languages.foreign(self)
        while i < self.count:
            if self.sort[i] != "n" and self.token[i] not in TRIGGERS:
                i += 1
                continue
            number = self.fixed(i) or self.number(i)
            phrase, last = self.phrase(number) if number else (None, i + 1)
            i = last
            if phrase:
                self.floor, self.previous = i, phrase.kind
                if (doubt := foreign.get(i - 1)) and phrase.is_quantity:
                    phrase = replace(phrase, doubt=doubt, value=None, value_to=None, readings=())
                yield phrase

    def phrase(self, number: Number) -> tuple[Phrase | None, int]:
        """The number with its qualifiers, and the token to go on from."""
        if number.kind not in QUANTITIES:
            return self.built(number.first, number, number.last, "exact", "", number.doubt), number.last
        before = self.before(number)
        if number.only_qualified and (whole := self.compound(number)) is not number:
            number = replace(whole, only_qualified=False)  # an hour and 52 minutes
        ago = self.token[number.last] in SINCE and (before.word in THAN_AGO or before.first == self.floor)
        if number.only_qualified and (ago or not (before.qualifier or before.doubt)):
            return None, number.first + 1
        number = self.if_not(self.ratio(self.span(number, before) or number))
        number = self.compound(self.run_on(number))
        if number.value_to is not None and self.token[before.first - 2] == "somewhere":
            number = replace(number, implied=number.implied or "about")
        noun = self.noun(number)
        timed = noun.lower().split(" ")[0] in TIME_UNITS
        spanned = number.value_to is not None and (
            before.word == "within" or (before.word == "over" and timed)
        )
        spanned = spanned or (bool(number.vague) and before.word in ("perhaps", "maybe"))
        if self.compared(before, number) or self.during(before, noun) or spanned:
            before = Around(number.first)
        after, last = self.after(number)
        qualifier, doubt, open_to = self.combined(number, before, after)
        number = self.typed(number, noun)
        if not (number.doubt or doubt) and (doubt := self.preposition(before, number, noun)):
            turned = {"more than": "up to", "less than": "at least", "at least": "less than"}
            open_to = (qualifier, turned[qualifier] if "denied" in doubt else "exact")
        first = before.first
        if number.value_to is not None or number.readings:
            first -= (
                first > self.floor
                and self.token[first - 1] in ("between", "from")
                and number.last > number.first + 1
            )
        return self.built(first, number, last, qualifier, noun, number.doubt or doubt, open_to), last

    def typed(self, number: Number, noun: str) -> Number:
        """The number with its kind and unit; a fraction in percent; a count with three decimals in doubt."""
        words = re.split(r"[\s-]", noun.lower())
        named = _UNITS.starting(self.token, number.last + (self.token[number.last] in HYPHENS))
        unit = " ".join(named) or next((w for w in words[:2] if is_known(standard(w))), "")
        if number.kind == "fraction" and (number.unit or words[0] not in _MEASURES):
            return to_nine_decimals(
                replace(
                    number,
                    value=number.value and exact(number.value, 100),
                    value_to=number.value_to and exact(number.value_to, 100),
                    unit="percent",
                    resolution=None,
                )
            )
        if number.kind not in ("count", "fraction"):
            return number
        written = self.token[number.last - 1]
        pointed = (
            self.is_numeral(number.last - 1) and _POINT_GROUP.fullmatch(written) and number.value is not None
        )
        if words[0].startswith("pound") and self.weighed(number):
            return to_nine_decimals(replace(number, kind="measure", unit=POUND))
        if words[0] == "won" and number.scale >= 10**6:  # elsewhere a verb
            return replace(number, kind="money", unit="KRW")
        if not CURRENCY_WORDS.isdisjoint(words[:2]):
            number = to_nine_decimals(replace(number, kind="money", unit=unit))
            grouped = Decimal(written.replace(".", "")) if pointed else None
            return number.doubted(_POINT, number.value, grouped) if pointed else number
        touching = self.touches(number.last) or not DIMENSIONS.isdisjoint(words[:2])
        if named or not UNITS.isdisjoint(words[:2]) or (touching and not LETTER_UNITS.isdisjoint(words[:2])):
            return to_nine_decimals(replace(number, kind="measure", unit=unit))
        if pointed:
            grouped = Decimal(written.replace(".", ""))
            if not _WHOLE.isdisjoint(words):
                return replace(number, value=grouped)
            return number.doubted(_POINT, number.value, grouped)
        return replace(number, unit=_counted(words))

    def weighed(self, number: Number) -> bool:
        """Whether pounds are a mass: weighing 12 pounds, 12 pounds of cocaine, a 12-pound baby; never a price."""
        k = self.next_word(number.last)
        behind = self.token[k + 1]
        if number.scale >= 10**6 or behind in _NOT_WEIGHED or self.token[k + 2] in _NOT_WEIGHED:
            return False
        around = self.token[max(self.floor, number.first - 4) : number.first]
        hyphenated = k > number.last and self.token[k] == "pound"
        return hyphenated or behind in _WEIGHED or not _WEIGHED.isdisjoint(around)

    def built(
        self,
        first: int,
        number: Number,
        last: int,
        qualifier: str,
        noun: str,
        doubt: str,
        open_to: tuple[str, ...] = (),
    ) -> Phrase:
        readings: list[Reading] = []
        if doubt and number.either:
            readings = [(one.vague or qualifier, one.value, one.value_to) for one in number.either]
        elif number.doubt:
            readings = [
                (qualifier if high is None else "between", low, high) for low, high in number.readings
            ]
        elif doubt:
            readings = [(one, number.value, number.value_to) for one in open_to]
        if self.reordered and not doubt:
            doubt = "a control character reorders this text on screen; remove it"
        start, end = self.range_of(first, last)
        number_start, number_end = self.range_of(number.first, number.last)
        return Phrase(
            text=self.text[start:end],
            start=start,
            end=end,
            number_start=number_start,
            number_end=number_end,
            qualifier=qualifier,
            value=None if doubt else number.value,
            value_to=None if doubt else number.value_to,
            kind=number.kind,
            noun=noun,
            doubt=doubt,
            unit=_canonical(number.unit) if number.kind in QUANTITIES else "",
            hedge=self.hedge(first, last) if number.kind in QUANTITIES else "",
            readings=tuple(readings),
            of=number.of,
            resolution=None if doubt else number.resolution,
        )

    def combined(self, number: Number, before: Around, after: str) -> tuple[str, str, tuple[str, ...]]:
        """The one qualifier of a number, or the doubt that there are two and which."""
        plain = "exact" if number.value_to is None else "between"
        if before.doubt:
            return before.qualifier or number.vague or plain, before.doubt, before.open_to
        if number.implied == "between":
            return plain, "", ()
        stated = [qualifier for qualifier in (number.implied, before.qualifier, after) if qualifier]
        if number.vague:
            others = [qualifier for qualifier in stated if qualifier != "at least"]
            doubt = f'"{others[0]}" and "{number.vague}" together have no bounds' if others else ""
            return number.vague, doubt, (number.vague,)
        if len(set(stated)) > 1:
            return stated[0], two_qualifiers(*list(dict.fromkeys(stated))[:2]), tuple(dict.fromkeys(stated))
        if number.value_to is not None and stated and stated[0] != "about":
            closed = f'"{stated[0]}" and a range together; no one bound holds both'
            return plain, closed, (stated[0], plain)
        return stated[0] if stated else plain, "", ()
