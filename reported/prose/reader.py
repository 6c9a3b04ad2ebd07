"""Reads the numbers of English news prose, with the words around them.

Not for bounds and not for meaning (who, when, of what). A qualifier is never lost and never guessed: what a careful
reader could read in two ways comes back in doubt, with both readings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from unicodedata import category

from reported.prose.accounts import Accounts
from reported.prose.cardinals import DIMENSIONS, RACED
from reported.prose.context import WINDOW_STARTS, rate, standing, window
from reported.prose.language import Languages
from reported.prose.lexicon import (
    AGES,
    COUNTED_BEHIND,
    CURRENCY_LETTERS,
    CURRENCY_WORDS,
    LETTER_UNITS,
    NO_NAME,
    SIZES,
    STOPS,
    TIME_UNITS,
    UNITS,
)
from reported.prose.number import QUANTITIES, Number, exact, quotient, to_nine_decimals
from reported.prose.numbers import AS_MUCH, TRIGGERS
from reported.prose.qualifiers import FLOORS, SINCE, THAN_AGO, Around, two_qualifiers
from reported.prose.tokens import HYPHENS
from reported.prose.units import (
    PERSON,
    POUND,
    at_home,
    is_bare,
    is_currency,
    is_known,
    is_plural,
    is_time,
    named_alike,
    namesakes,
    singular,
    standard,
    words_of,
)
from reported.prose.vocabulary import Phrasebook, listed

LONGEST_PHRASE = 500  # characters `parse` takes: a phrase of a few words, not an article

_UNITS = Phrasebook(words_of("length", "measure", "time", "currency"))
_MEASURES = UNITS | CURRENCY_WORDS
_PERSONS = frozenset(words_of("person"))
_PEOPLES = re.compile(r"[A-Z]\w+(?:[aeiou]ns|[rnqt]is|ese)\b")
_WHOLE = _PERSONS | listed("set: counted")
#: Of whom "under 10" is an age: a child under 10, voters over 65.
_AGED = frozenset(("child", "children", "girl", "girls", "boy", "boys", "minor", "minors", "person", "persons", "people",
    "woman", "women", "man", "men", "adults", "voters", "anyone", "those", "youths", "kids", "pupils", "patients",
))  # fmt: skip
_NEARER = frozenset(("nearer", "nearer to", "closer to", "more like"))
_ONE_PERSON = frozenset(("person", "man", "woman", "child", "boy", "girl"))
_WEIGHED, _NOT_WEIGHED = listed("set: weighed"), listed("set: not weighed")
_POINT = "a decimal point, or digits grouped by a point?"
_POINT_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")

#: "More than halved" is a factor below a half.
_HALVED = {
    "more than": "less than", "at least": "up to", "less than": "more than", "up to": "at least",
}  # fmt: skip
_THIRDS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_SCALES = frozenset(("force", "scale", "intensity"))
_PLACED = frozenset(("in", "by", "at", "during", "on", "since", "before", "after", "until", "through"))
_NO_LABELS = frozenset(("least", "most", "total", "all", "nearly", "almost", "first", "just", "killing"))
_LEVELS = frozenset(("below", "under", "above", "past", "beyond"))
_DEMONSTRATIVES = frozenset(("this", "that", "the", "a", "one", "some", "which"))
_WAS = frozenset(("to", "was", "is", "has", "had", "died", "man", "woman", "person", "who", "in"))
_DENIED = listed("set: denied verb")
_RACES = listed("set: race")
_QUAKES = frozenset(("quake", "earthquake", "tremor", "aftershock", "temblor"))
_BEST = frozenset(("best", "worst"))
_RELATIVE = frozenset(("when", "who", "which", "where", "after", "before", "while", "whose"))
_INDIAN_SIZES = re.compile(r"(?i)\b(?:crore|lakh)s?\b")
_COMMONEST = frozenset(("USD", "GBP", "EUR"))  # whose bare name is said everywhere
_EXTREMES = frozenset(
    ("highest", "lowest", "biggest", "largest", "worst", "best", "first", "most", "least", "deadliest")
)
_PLACED = frozenset(("in", "at", "near", "from", "around", "outside"))
_FATES, _GROUPS = (
    listed("fate"),
    frozenset(("family", "crew", "team", "household", "party", "group", "mother", "father")),
)
_RISES, _FALLS = listed("set: rise"), listed("set: fall")
_RISES_BEHIND, _FALLS_BEHIND = listed("set: rise behind"), listed("set: fall behind")

#: A way to read an expression: qualifier, value, upper end.
Reading = tuple[str, Decimal | None, Decimal | None]
_SIGNS = frozenset(("$", "£", "€", "¥", "₹"))


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
    `standing` is "forecast", "target", "feared" or "possible" where the number is not said of what is so far, and `hedge`
    the words that say so ("is expected to", "could"). `window` is the time the number is over ("7 day", "since 2024-05");
    a rate is in the unit ("person per day", "case per 100000 person"). `change` is 1 or -1 where the number is how far
    something rose or fell. `doubt` says what is open, and `readings`
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
    standing: str = ""
    window: str = ""
    change: int = 0

    def with_numbers(self, text: str, value: Decimal, value_to: Decimal | None) -> Phrase:
        """The same words around other numbers. Ten times as fast as `dataclasses.replace`, for columns."""
        other = copy(self)
        for name, new in (("text", text), ("value", value), ("value_to", value_to)):
            object.__setattr__(other, name, new)
        return other

    @property
    def is_quantity(self) -> bool:
        """True if this can be a figure (a date, a time, an ordinal, a designation, a score cannot)."""
        return self.kind in QUANTITIES


def parse(words: str, *, column: bool = False, currency: str = "") -> Phrase:
    """The one quantity in a short phrase; dates, ordinals and designations beside it are passed over.

    `column` and `currency` as of `find`.

    >>> parse("more than 600,000 seasonal workers").qualifier
    'more than'

    Raises PhraseError when there is no quantity, more than one, or one whose words leave it open.
    """
    if len(words) > LONGEST_PHRASE:
        raise PhraseError(f"{len(words):,} characters are no phrase; give the number and the words around it")
    found = find(words, column=column, currency=currency, chosen=True)
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


def find(text: str, *, column: bool = False, currency: str = "", chosen: bool = False) -> list[Phrase]:
    """Every number expression of running text, in order, none overlapping another; time linear in length.

    `column`: the text is a cell of a column of quantities, where 2000 is no year, 3-5 no score, "none" is 0, and
    "scores", "+50" and "150?" are numbers. `currency`: the code that a bare "$" or "pound" stands for; without it such an
    amount is in doubt if the text names another currency of the same name. `chosen`: the text is a few words that
    somebody took for a figure, as a ledger's row has them, so that nothing around a number need say what it counts.

    >>> find("2000", column=True)[0].value, find("2000")[0].kind
    (Decimal('2000'), 'date')
    """
    return _in_currency(_Reader(text, column, chosen).found(), currency, text, told=column or chosen)


def _in_currency(found: list[Phrase], currency: str, text: str, told: bool) -> list[Phrase]:
    """The phrases with the currency of bare amounts settled, or in doubt if it may be another of its name.

    A bare dollar, pound or euro is the commonest; another name of several currencies is that of no country that running
    text does not name. In a few words that somebody has chosen (`told`) nothing could name it.
    """
    others = {phrase.unit for phrase in found if is_currency(phrase.unit) and not is_bare(phrase.noun)}
    bare = {
        (phrase.unit.split(" ")[0], phrase.noun)
        for phrase in found
        if is_currency(phrase.unit.split(" ")[0]) and is_bare(phrase.noun)
    }
    for code, written in bare:
        if code not in _COMMONEST and not at_home(code, text):
            named = {other for other in namesakes(code) if at_home(other, text)}
            counted = code == "INR" and _INDIAN_SIZES.search(text)
            others |= named or (set() if told or counted else named_alike(written) - {code})
    if not currency and not others:
        return found
    return [
        _settled(phrase, currency, others)
        if is_bare(phrase.noun) and not _converted(before, phrase, text)
        else phrase
        for before, phrase in pairwise([None, *found])
        if phrase
    ]


def _converted(before: Phrase | None, phrase: Phrase, text: str) -> bool:
    """True if a bare amount in brackets is another one, converted: HK$8 billion ($1.03 billion)."""
    if before is None or not is_currency(before.unit) or before.unit == phrase.unit:
        return False
    return text[before.end : phrase.start].strip() in ("(", "[", "(about", "(around", "(roughly")


def _settled(phrase: Phrase, currency: str, told: set[str]) -> Phrase:
    code, *rate = phrase.unit.split(" per ")
    if not is_currency(code):
        return phrase
    alike = namesakes(code) | {code}
    if currency in alike:
        return replace(phrase, unit=" per ".join([currency, *rate]))
    others = sorted(alike & told - {code})
    if not others or phrase.doubt:
        return phrase
    doubt = (
        f'"{phrase.noun}": {", ".join([code, *others[:-1]])} or {others[-1]}? The setting currency says so'
    )
    readings = ((phrase.qualifier, phrase.value, phrase.value_to),)
    return replace(phrase, doubt=doubt, readings=readings, value=None, value_to=None, resolution=None)


def _canonical(unit: str) -> str:
    """The standard name of a unit as written: percent, US$, °C, N."""
    unit = unit.replace(" $", "$")
    if unit[:1] == "$" and unit[1:].isalpha():
        unit = f"{unit[1:]}$"  # $NZ
    return CURRENCY_LETTERS.get(unit) or (standard(unit) if unit else "")


def _unit_of(number: Number) -> str:
    """The standard name of a number's unit; that of a count is one already: three tries are no lira."""
    return number.unit if number.kind == "count" else _canonical(number.unit)


def _counted(noun: str, several: bool = True) -> str:
    """The unit of a count by the noun behind it: the first plural, "person" where it names people, "" where it is none.

    >>> [_counted(noun) for noun in ("seasonal workers", "tanks lost", "killed", "new", "Ruritanians dead")]
    ['person', 'tank', 'person', '', 'person']
    """
    words = re.split(r"[\s-]", noun.lower())
    if "crews" in words:
        return ""  # of how many people is not said
    if words[0] in _ONE_PERSON:
        return PERSON  # one person kills
    if _PEOPLES.search(noun) or words[0] == "died":
        return PERSON
    if not several:  # one object moves relative to another
        words = words[: next((n for n, word in enumerate(words) if n and is_plural(word)), None)]
    for word, behind in pairwise([*words, ""] if several else []):
        if is_plural(word) and not is_plural(behind):  # sales offices are offices
            return standard(word)
    return PERSON if not _PERSONS.isdisjoint(words) else ""


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


class _Reader(Accounts, Languages):
    """One text's numbers with their qualifiers."""

    alternative = ("", "")  # the standing of the phrase before
    counted_last = ""  # the unit of the count before
    last_unit = ""  # the unit of the phrase before
    nearer = -9  # the token behind a number that is said to be nearer, or more like it, than another

    def found(self) -> list[Phrase]:
        """Every phrase, with the window it is over."""
        found: list[Phrase] = []
        places: list[tuple[int, int]] = []
        for phrase, place in self.phrases():
            found.append(phrase)
            places.append(place)
        for i in range(self.count):
            if self.token[i] not in WINDOW_STARTS:
                continue
            if self.token[i] == "since" and not _EXTREMES.isdisjoint(self.token[max(0, i - 6) : i]):
                continue  # the highest since 2008
            span, first, last = window(self, i)
            if span and (n := self.beside(first, last, found, places)) is not None:
                found[n] = replace(found[n], window=span)
        return found

    def beside(self, first: int, last: int, found: list[Phrase], places: list[tuple[int, int]]) -> int | None:
        """The quantity that a window from token `first` up to `last` belongs to: the nearest before it, or behind."""
        n = bisect_left(places, (first, 0))
        ahead = n - 1
        if ahead >= 0 and found[ahead].is_quantity and self.joined_by_words(places[ahead][1], first):
            return ahead
        while n < len(found) and places[n][0] < last:
            n += 1
        return (
            n
            if n < len(found)
            and found[n].is_quantity
            and self.joined_by_words(last, places[n][0], comma=True)
            and _RELATIVE.isdisjoint(self.token[last : places[n][0]])
            else None
        )

    def joined_by_words(self, first: int, last: int, comma: bool = False) -> bool:
        """True if nothing but a few words of one clause stands between two tokens."""
        between = range(first, last)
        return len(between) <= 14 and all(
            self.is_word(k) or self.token[k] in HYPHENS or (comma and self.token[k] == ",") for k in between
        )

    def phrases(self) -> Iterator[tuple[Phrase, tuple[int, int]]]:
        """Each phrase with its first token and the one behind it."""
        i, foreign = 0, Languages.foreign(self)
        while i < self.count:
            if self.sort[i] != "n" and self.token[i] not in TRIGGERS:
                i += 1
                continue
            number = self.fixed(i) or self.number(i)
            first = number.first if number else i
            phrase, last = self.phrase(number) if number else (None, i + 1)
            i = last
            if phrase:
                self.floor, self.previous, self.firm = i, phrase.kind, not phrase.doubt
                self.last_unit = phrase.unit
                if (doubt := foreign.get(i - 1)) and phrase.is_quantity:
                    phrase = replace(phrase, doubt=doubt, value=None, value_to=None, readings=())
                yield phrase, (first, i)

    def phrase(self, number: Number) -> tuple[Phrase | None, int]:
        """The number with its qualifiers, and the token to go on from."""
        if number.kind not in QUANTITIES:
            return self.built(number.first, number, number.last, "exact", "", number.doubt), number.last
        before = self.before(number)
        if number.only_qualified and (whole := self.compound(number)) is not number:
            number = replace(whole, only_qualified=False)  # an hour and 52 minutes
        ago = self.token[number.last] in SINCE and (before.word in THAN_AGO or before.first == self.floor)
        exactly = self.token[number.first - 1] in ("exactly", "precisely")
        if number.only_qualified and not exactly and (ago or not (before.qualifier or before.doubt)):
            return None, number.first + 1
        number = self.if_not(self.ratio(self.span(number, before) or self.lent(number)))
        number = self.with_cents(self.compound(self.run_on(number)))
        if number.value_to is not None and self.token[before.first - 2] == "somewhere":
            number = replace(number, implied=number.implied or "about")
        noun = self.noun(number)
        timed = noun.lower().split(" ")[0] in TIME_UNITS
        spanned = number.value_to is not None and (
            before.word == "within" or (before.word == "over" and timed)
        )
        spanned = spanned or (
            bool(number.vague) and before.word in ("perhaps", "maybe", "around", "over", "some")
        )
        measured = noun.lower().replace("-", " ").split(" ")[0] in UNITS
        spanned = spanned or (
            measured and before.word == "over" and self.token[number.first - 1] in ("a", "an")
        )
        if (
            self.compared(before, number)
            or self.during(before, noun)
            or spanned
            or self.raced(before, number)
        ):
            before = Around(number.first)
        after, last = self.after(number)
        before, after, last = self.in_column(number, before, after, last)
        number, after = self.open_above(number, before, after)
        qualifier, doubt, open_to = self.combined(number, before, after)
        number = self.typed(number, noun)
        self.nearer = number.last if before.word in _NEARER else self.nearer
        if not (number.doubt or doubt):
            number = self.unclear(number)
            bare = before.first == number.first and not (after or number.doubt)
            if bare and self.may_be_named(number):
                number = number.doubted("a name, or a count?", number.value)
            elif bare and not self.accounted(number):
                number = number.doubted(
                    "nothing says what it counts: a number, or a label?", (number.value, number.value_to)
                )
            last = max(last, number.last)
        if number.kind == "multiple" and number.value is not None and number.value < 1:
            qualifier = _HALVED.get(qualifier, qualifier)  # more than halved is less than half
        elif number.kind == "fraction" and number.value and "again" in self.token[last : last + 3]:
            number = number.doubted("so much more, or one and so much times as much?", number.value)
        elif number.kind == "multiple" and number.value and self.is_fall(before.first, number.last):
            number = to_nine_decimals(replace(number, value=quotient(1, number.value)))
            number = number.doubted("so many times less: that part of it?", number.value)
            qualifier = _HALVED.get(qualifier, qualifier)
        number, behind = self.rated(number)
        if number.kind == "multiple" and number.unit:
            number = replace(number, kind="count")  # three times a week
        if not (number.doubt or doubt) and (doubt := self.preposition(before, number, noun)):
            turned = {"more than": "up to", "less than": "at least", "at least": "less than"}
            open_to = (qualifier, turned[qualifier] if "denied" in doubt else "exact")
        if self.column and self.token[last] == "?" and qualifier == "exact" and not doubt:
            doubt, open_to = "a question mark: about so many, or unsure?", ("about", "exact")
        first = before.first
        if number.value_to is not None or number.readings:
            first -= (
                first > self.floor
                and self.token[first - 1] in ("between", "from")
                and number.last > number.first + 1
            )
        phrase = self.built(first, number, last, qualifier, noun, number.doubt or doubt, open_to)
        if phrase.value is not None and not phrase.doubt:
            self.told.append(phrase.value)
        return phrase, max(last, behind)

    def raced(self, before: Around, number: Number) -> bool:
        """True if "over" is said of the length of a race: won over 200m, beaten over seven furlongs."""
        if before.word != "over" or self.column:
            return False
        unit = standard(self.token[number.last])
        length = unit == "furlong" or (unit == "metre" and self.token[number.first] in RACED)
        around = self.token[max(0, number.first - 16) : number.last + 8]
        return length and not _RACES.isdisjoint(around)

    def open_above(self, number: Number, before: Around, after: str) -> tuple[Number, str]:
        """In a cell, a range whose upper end is open is "at least" its lower: 200-300+, eight to more than 30."""
        above = number.implied or after
        closed = not self.column or number.value is None or number.value_to is None or number.doubt
        if closed or before.qualifier or before.doubt or above not in FLOORS:
            return number, after
        return replace(number, value_to=None, implied=""), "at least"

    def in_column(self, number: Number, before: Around, after: str, last: int) -> tuple[Around, str, int]:
        """The plus of a cell: +50 is at least 50."""
        if not self.column or number.value is None:
            return before, after, last
        if self.token[number.first] == "+" and not before.qualifier:
            before = Around(number.first, "at least", word="+")
        return before, after, last

    def of_money(self, first: int, last: int) -> bool:
        """True if it is one side of a rate of money to money: $0.48 per $100 of value."""
        k = first - (self.token[first - 1] in _SIGNS)
        return (self.token[k - 1] == "per" and self.previous == "money") or any(
            self.token[n] == "per" and self.token[n + 1] in _SIGNS for n in (last, last + 1)
        )

    def unclear(self, number: Number) -> Number:
        """The number, in doubt if a careful reader would hesitate: a third was released; 34, 42%."""
        if (
            number.kind == "fraction"
            and self.token[number.last] == "of"
            and self.part_of_percent(number.last + 1)
        ):
            return number.doubted("a part of so many percent, or a share?", number.value)
        if number.kind == "fraction" and number.value is not None:
            part = _THIRDS.get(self.token[number.last - 1])
            alone = self.token[number.first] == "a" and number.last == number.first + 2
            if (
                part
                and alone
                and number.first - 1 >= 0
                and (self.token[number.last] in _WAS or not self.is_word(number.last))
                and part - 1 in self.told[-3:]
            ):
                return number.doubted("one more of those counted before, or a share?", number.value)
        first, k = number.first, number.last
        if (
            number.kind == "count"
            and category(self.shown[self.at[first] - 1 : self.at[first]] or " ") == "Sc"
        ):
            return number.doubted("money of a currency that is not read", number.value)
        if self.token[first - 1] == "than" and first - self.nearer < 4:
            return number.doubted(
                "what another number is nearer than: it is not said to be so many", number.value
            )
        denial = self.token[first - 2]
        if self.token[first - 1] in _DENIED and (denial in ("not", "never") or denial.endswith("n't")):
            return number.doubted(f'"{denial}" denies the number', (number.value, number.value_to))
        if extreme := self.extreme(first, k):
            return number.doubted(f'"at {extreme}": at most, or at least?', (number.value, number.value_to))
        if self.apposed(first, k):
            return number.doubted("an age, or a count?", number.value)
        if label := self.labelled(first, k):
            return number.doubted(f'a number of its own, or that of the "{label}"?', number.value)
        if (
            self.token[first - 1] == "point"
            and number.kind == "percent"
            and self.token[first - 2] not in _DEMONSTRATIVES
        ):
            return number.doubted("a decimal point in words, or a whole number?", number.value)
        if self.token[first - 1] == "between" and self.matches(k, "and", ""):
            return number.doubted("between this and what?", number.value)
        if number.kind == "money" and number.scale == 1 and number.value is not None:
            pointed = next(
                (self.token[n] for n in range(first, k) if _POINT_GROUP.fullmatch(self.token[n])), ""
            )
            dollars = "$" in number.unit or standard(number.unit) == "USD"
            if pointed and (
                not dollars or pointed.endswith("00")
            ):  # 5.000 euros; but a share closed at $62.625
                return number.doubted(_POINT, number.value, Decimal(pointed.replace(".", "")))
        if number.kind == "money" and self.of_money(first, k):
            return number.doubted("a rate of money to money, of which this is one side", number.value)
        pair = (
            self.token[k] == ","
            and self.token[k + 2] in ("%", "percent")
            and self.at[k + 1] - self.to[k] == 1
        )
        whole = k == first + 1 and re.fullmatch(r"\d{1,3}", self.token[first])
        grouped = (
            self.token[k] == ","
            and self.at[k + 1] - self.to[k] == 1
            and re.fullmatch(r"\d{3}", self.token[k + 1])
            and self.token[k + 2] not in (",", "and", "or", "-", "–", "to")
        )
        if whole and grouped and number.kind == "count" and self.token[first - 1] not in (",", "and", "or"):
            joined = Decimal(self.token[first] + self.token[k + 1])  # 17, 793 migrants
            return number.doubted(
                "one number grouped by a comma and a space, or two?", joined, number.value, last=k + 2
            )
        if doubted := self.before_bracket(number):
            return doubted
        apart = (
            self.matches(k, ".") and self.touches(k) and self.is_numeral(k + 1) and not self.touches(k + 1)
        )
        measured = apart and self.token[k + 2] in UNITS | SIZES.keys() | {"%", "percent"}
        if whole and measured and self.token[k + 1].isdigit():
            decimal = Decimal(f"{self.token[first]}.{self.token[k + 1]}")
            doubt = "a decimal point and a space, or two numbers?"
            size = SIZES.get(self.token[k + 2], 1)
            return number.doubted(doubt, decimal * size, number.value, last=k + 2 + (size > 1))
        listed_before = self.token[first - 1] in (",", "and", "%")
        if (
            number.kind == "count"
            and pair
            and whole
            and not listed_before
            and re.fullmatch(r"\d\d", self.token[k + 1])
        ):
            decimal = Decimal(f"{self.token[first]}.{self.token[k + 1]}")
            doubt = "a decimal comma and a space, or two numbers?"
            return number.doubted(
                doubt, decimal, Decimal(self.token[k + 1]), last=k + 3, kind="percent", unit="percent"
            )
        return number

    def extreme(self, first: int, last: int) -> str:
        """The best or worst that a number is said to be, behind it or before a comma: they lose 20 seats at best."""
        if self.matches(first - 1, ",") and self.token[first - 3] == "at" and self.token[first - 2] in _BEST:
            return self.token[first - 2]
        for k in range(last, last + 5):
            if self.token[k] == "at" and self.token[k + 1] in _BEST:
                return self.token[k + 1]
            if not self.is_word(k):
                break
        return ""

    def before_bracket(self, number: Number) -> Number | None:
        """The number in doubt if its size may stand behind a bracket: 50 (52.1) million tonnes, for both."""
        k = number.last
        if self.token[k] == "(":
            k = next((n for n in range(k + 2, k + 5) if self.token[n] == ")"), 0)
        elif self.token[number.first - 1] != "(" or self.token[k] != ")":
            return None
        size = SIZES.get(self.token[k + 1]) if k else None
        if size is None or number.scale > 1 or number.value is None:
            return None
        return number.doubted("has it the size behind the bracket?", exact(number.value, size), number.value)

    def apposed(self, first: int, last: int) -> bool:
        """True if a numeral between commas may be the age of the one named before: that Doe, 46, left."""
        between = self.token[first - 1] == self.token[last] == "," and re.fullmatch(
            r"\d\d", self.token[first]
        )
        if (
            not between
            or self.column
            or last > first + 1
            or first - 2 < self.floor
            or not self.capital(first - 2)
        ):
            return False
        listed = self.capital(last + 1) and self.is_numeral(last + 2 + (self.token[last + 2] == ","))
        named = self.token[first - 2] not in NO_NAME and self.token[first - 3] not in _PLACED
        return named and not listed and not self.headline(first)

    def may_be_named(self, number: Number) -> bool:
        """True if a number is part of the name that begins a sentence: Psalm 23 was read, Seven Samurai was shown."""
        i, last = number.first, number.last
        if self.column or number.kind != "count" or last > i + 1:
            return False
        if i == 0 and "." in self.token[i] and self.capital(i + 1):
            return True  # 2.3 Measures of the centre
        if self.headline(i):
            return False
        if i == 0 or self.token[i - 1] in (".", "?", "!"):
            item = self.is_numeral(i) and i == 0 and len(self.token[i]) < 3  # 3 Mix the dough
            return (item or self.capital(i)) and self.begins_name(i)
        begins = self.is_numeral(i) and (i == 1 or self.token[i - 2] in (".", "?", "!"))
        return begins and self.capital(i - 1) and self.ends_name(i)

    def ends_name(self, i: int) -> bool:
        """True if nothing is counted by the numeral behind the first word of a sentence."""
        name, behind = self.token[i - 1], self.token[i + 1]
        plain = name in STOPS or name in NO_NAME or name.endswith("ly") or self.touches(i)
        alone = not self.is_word(i + 1) or (behind in STOPS and behind not in COUNTED_BEHIND)
        listed = behind in (",", "and") and self.capital(i + 2) and self.is_numeral(i + 3)
        return not plain and alone and not listed and behind not in ("%", "-", "–", "/", ":", "$", "or")

    def begins_name(self, i: int) -> bool:
        """True if the capitalised words behind the first word of a sentence are one thing: Five Star Movement said."""
        k = i + 1
        while (
            self.capital(k) or self.token[k] in HYPHENS or (self.token[k - 1] in HYPHENS and self.touches(k))
        ):
            k += 1
        if k == i + 1 or (self.token[i] == "one" and k == i + 2):
            return False
        while self.token[k] == "(" or self.token[k - 1] == "(" or self.token[k] == ")":
            k += 1
        words = [self.token[n] for n in range(i + 1, k + 3)]
        return not any(singular(word) != word or word in _PERSONS for word in words)

    def rated(self, number: Number) -> tuple[Number, int]:
        """The number with the unit that it is for: per day, per 100000 person; and the token behind that."""
        if number.doubt or " per " in _canonical(number.unit) or number.kind == "fraction":
            return number, number.last
        below, last = rate(self, number)
        if not below or (number.kind == "multiple" and not is_time(below)):
            return number, number.last
        unit = "time" if number.kind == "multiple" else _unit_of(number) or "number"
        if unit.startswith("degree"):
            return number, number.last
        if number.kind == "measure" and below.endswith("GBP"):
            below = f"{below[:-3]}{POUND}"  # milligrams per pound of feed
        return replace(number, unit=f"{unit} per {below}"), last

    def typed(self, number: Number, noun: str) -> Number:
        """The number with its kind and unit; a fraction in percent; a count with three decimals in doubt."""
        if number.kind == "count" and (number.unit or self.second_of(number.last + 1)):
            return number
        words = re.split(r"[\s-]", noun.lower())
        named = _UNITS.starting(self.token, number.last + (self.token[number.last] in HYPHENS))
        joined = (" ".join(words[:n]) for n in (3, 2) if len(words) >= n)  # a 5,200-square-meter hall
        hyphenated = "-" in noun and next((w for w in joined if is_known(standard(w))), "")
        unit = hyphenated or " ".join(named)
        unit = unit or next((w for w in words[:2] if is_known(standard(w))), "")
        if number.kind == "fraction" and words[0] in ("point", "points"):
            return to_nine_decimals(replace(number, kind="count", unit="point"))  # about 1/4 point
        if number.kind == "fraction" and (number.unit or words[0] not in _MEASURES):
            return to_nine_decimals(
                replace(
                    number,
                    value=number.value and exact(number.value, 100),
                    value_to=number.value_to and exact(number.value_to, 100),
                    unit="percent",
                    resolution=number.resolution and round(exact(number.resolution, 100), 9),
                )
            )
        if number.kind not in ("count", "fraction"):
            return number
        person = (
            self.token[number.first - 1] in AGES
            and self.token[number.first - 2] in _AGED
            and not number.vague
        )
        k = number.first - (self.token[number.first - 1] in ("between", "from"))
        if (
            self.token[k - 1] in ("and", "or", ",")
            and self.small(k - 2)
            and self.token[k - 3] in ("aged", "ages")
        ):
            k -= 2  # aged four and seven
        aged = self.token[k - 1] in ("aged", "ages", "age")
        if aged and self.token[number.last] in ("and", "or"):
            return replace(number, kind="measure", unit="year")  # aged four and younger
        if (aged and not named and not is_plural(words[0])) or (
            not (named or words[0])
            and (
                (person and number.value is not None and number.value < 120)
                or (
                    self.token[number.first - 1] == "than"
                    and self.token[number.first - 2] in ("younger", "older")
                )
                or self.matches(number.first - 2, "age", "of")
                or self.matches(number.first - 2, "ages", "of")
            )
        ):
            return replace(number, kind="measure", unit="year")
        elder = self.token[number.last] in ("and", "or") and self.token[number.last + 1] in (
            "older",
            "younger",
        )
        if elder and number.value is not None and number.value < 120:
            return replace(number, kind="measure", unit="year")  # women 65 and older
        if self.magnitude(number):
            return replace(number, kind="measure", unit="magnitude")
        written = self.token[number.last - 1]
        pointed = (
            self.is_numeral(number.last - 1) and _POINT_GROUP.fullmatch(written) and number.value is not None
        )
        nation = self.written(number.last).isupper() and self.token[number.last + 1] in _PERSONS
        if nation and named and not self.touches(number.last):
            return replace(number, unit=PERSON)  # 2694 GB adults
        if words[0].startswith("pound") and self.weighed(number):
            return to_nine_decimals(replace(number, kind="measure", unit=POUND))
        if words[0] == "won" and number.scale >= 10**6:  # elsewhere a verb
            return replace(number, kind="money", unit="KRW")
        if not CURRENCY_WORDS.isdisjoint(words[:2]) or (named and is_currency(standard(" ".join(named)))):
            number = to_nine_decimals(replace(number, kind="money", unit=unit))
            grouped = Decimal(written.replace(".", "")) if pointed else None
            return number.doubted(_POINT, number.value, grouped) if pointed else number
        alone = ("g", "l", "L", "t", "h") if self.column and not self.is_word(number.last + 1) else ("g", "l")
        spaced = self.written(number.last) in alone and self.is_numeral(number.last - 1)
        weighed_out = spaced and not self.chosen and (not self.column or len(alone) > 2)  # 14 g of fat
        metres = self.column and self.written(number.last) == "m" and number.scale == 1  # 2.13 m
        touching = (
            weighed_out
            or metres
            or self.touches(number.last)
            or not DIMENSIONS.isdisjoint(words[:2])
            or self.converted(number)
        )
        if named or not UNITS.isdisjoint(words[:2]) or (touching and not LETTER_UNITS.isdisjoint(words[:2])):
            return to_nine_decimals(replace(number, kind="measure", unit=unit))
        if pointed:
            grouped = Decimal(written.replace(".", ""))
            if not _WHOLE.isdisjoint(words):
                return replace(number, value=grouped)
            return number.doubted(_POINT, number.value, grouped)
        if self.of_which(number) and not noun:
            return to_nine_decimals(replace(number, kind="money", unit=self.last_unit))
        one = self.token[number.last - 1] == "one" and self.token[number.last] != "of"  # one object moves
        if not noun and (lent := self.unit_of_list(number)):
            return to_nine_decimals(replace(number, kind="measure", unit=lent))
        unit = "" if self.of_a_group(number) else _counted(noun, several=not one)
        if noun.lower() == "others" and (self.counted_last or self.matches(number.first - 2, "out", "of")):
            unit = self.counted_last  # one home was destroyed, several others were damaged
        self.counted_last = unit or singular(noun.lower().split(" ")[-1])
        return replace(number, unit=unit)

    def unit_of_list(self, number: Number) -> str:
        """The unit that the last of three numbers or more has for all of them: 10, 12 and 15 years."""
        k, links = number.last, 0
        while self.token[k] in (",", "and", "or") and self.is_numeral(k + 1 + (self.token[k + 1] == "and")):
            k, links = k + 2 + (self.token[k + 1] == "and"), links + 1
        listed = self.token[number.first - 1] in (",", "and") and self.last_unit in (
            self.token[k],
            standard(self.token[k]),
        )
        return (
            self.token[k] if (links > 1 or (links and listed)) and self.token[k] in TIME_UNITS | UNITS else ""
        )

    def of_which(self, number: Number) -> bool:
        """True if a number is part of the money before it: 42 million euros, of which 15 million."""
        return (
            self.matches(number.first - 2, "of", "which") and is_currency(self.last_unit) and number.scale > 1
        )

    def of_a_group(self, number: Number) -> bool:
        """True if the word behind is what a group of so many does: a family of four collects."""
        group = self.token[number.first - 1] == "of" and self.token[number.first - 2] in _GROUPS
        return group and self.token[number.first - 3] in ("a", "the", "each", "every", "his", "her", "their")

    def converted(self, number: Number) -> bool:
        """True if it stands beside another measure of the same, one of them in brackets: 5 feet 10 (1.78 m), 275 g (2 cups)."""
        k = number.last + 1
        behind = self.token[number.first - 1] == "(" and self.token[k] == ")" and self.previous == "measure"
        return behind or (self.token[k] == "(" and self.is_numeral(k + 1) and self.token[k + 2] in UNITS)

    def magnitude(self, number: Number) -> bool:
        """True if a number is the magnitude of an earthquake: magnitude 6, a 6.3-magnitude quake, 6.3 on the Richter scale."""
        k = number.first - 1
        k -= 1 if self.token[k] in HYPHENS or self.token[k] in ("of", "over", "above", "below") else 0
        behind = self.next_word(number.last)
        quake = self.token[number.last] in _QUAKES and "." in self.token[number.last - 1]
        if quake and number.value is not None and 2 <= number.value < 10:
            return True  # the 6.8 quake
        richter = self.matches(number.last, "on", "the", "richter") or self.matches(number.last, "richter")
        return (
            number.value is not None
            and number.value < 12
            and (not {"magnitude", "magnitudes"}.isdisjoint((self.token[k], self.token[behind])) or richter)
        )

    def weighed(self, number: Number) -> bool:
        """True if pounds are a mass: weighing 12 pounds, 12 pounds of cocaine, a 12-pound baby; never a price."""
        k = self.next_word(number.last)
        behind = self.token[k + 1]
        if behind == "(" and standard(self.token[k + 3]) in ("kilogram", "gram", "tonne"):
            return True  # six pounds (3 kilograms)
        if number.scale >= 10**6 or behind in _NOT_WEIGHED or self.token[k + 2] in _NOT_WEIGHED:
            return False
        around = self.token[max(self.floor, number.first - 4) : number.first]
        if self.token[number.first - 1] == "(" and self.last_unit in ("kilogram", "gram", "tonne"):
            return True  # 90 kg (200 pounds)
        if number.vague.endswith("illions"):
            return False  # a multi-million pound scheme
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
        said, hedge = ("", "")
        if number.kind in QUANTITIES:
            said, hedge = standing(self, first, last, self.alternative)
            self.alternative = (said, hedge)
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
            unit=_unit_of(number) if number.kind in QUANTITIES else "",
            hedge=hedge,
            readings=tuple(readings),
            of=number.of,
            resolution=None if doubt else number.resolution,
            standing=said,
            change=self.change(number.kind, first, last) if number.kind in QUANTITIES else 0,
        )

    def part_of_percent(self, i: int) -> bool:
        """Return True if a percentage begins at token i: half of one percent."""
        return bool(self.small(i)) and self.token[i + 1] in ("percent", "per", "%", "pct")

    def labelled(self, first: int, last: int) -> str:
        """Return the noun that a bare number may be the label of: in ward 7, 12 beds are free; a force 9 gale."""
        noun = self.token[first - 1] if first - 1 > self.floor else ""
        bare = last == first + 1 and re.fullmatch(r"\d{1,3}", self.token[first])
        if not (bare and noun.isalpha()) or is_plural(noun) or noun in STOPS or noun in _NO_LABELS:
            return ""
        if noun in _SCALES:
            return noun
        listed = self.token[last] == "," and (self.is_numeral(last + 1) or self.small(last + 1) > 0)
        return (
            noun if listed and self.token[first - 2] in _PLACED and self.written(first - 1).islower() else ""
        )

    def is_fall(self, first: int, last: int) -> bool:
        """True if a multiple is of a fall: shrunk tenfold, a threefold drop, five times fewer."""
        ahead = {self.token[k] for k in range(max(self.floor, first - 2), first)}
        fold = self.token[last - 1].endswith("fold")
        times = fold or (self.token[last - 1] == "times" and self.token[last] not in AS_MUCH)
        fell = times and not _FALLS.isdisjoint(ahead) and ahead.isdisjoint(("to", "from"))
        by_factor = self.matches(first - 4, "by", "a", "factor", "of") and self.token[first - 5] in _FALLS
        return fell or by_factor or self.token[last] in _FALLS_BEHIND

    def change(self, kind: str, first: int, last: int) -> int:
        """1 where a number is how far something rose, -1 where it fell: rose by 7 percent, a 10 % drop, 5 fewer."""
        k = first - 1
        k -= self.token[k] in ("by", "of", "a", "an", "another")
        k -= self.token[k] in ("by", "faster")
        linked = self.token[k + 1 : first]
        far = kind in ("percent", "money", "fraction") or "by" in linked
        far |= kind == "count" and "of" in linked and self.token[k] in _RISES_BEHIND | _FALLS_BEHIND
        if (
            far
            and k >= self.floor
            and (self.token[k] in _RISES or self.token[k] in _FALLS)
            and self.token[first - 1] != "to"
            and self.token[first] not in _LEVELS  # to fall below £2m is to reach it
        ):
            return 1 if self.token[k] in _RISES else -1
        for k in range(last, last + 3):
            if kind == "money" and self.token[first - 1] not in ("a", "an"):
                break
            if kind in ("count", "measure") and self.token[k] not in (
                "increase",
                "decrease",
                "fewer",
                "lower",
            ):
                break
            if self.token[k] in _RISES_BEHIND:
                return 1
            if self.token[k] in _FALLS_BEHIND:
                return -1
            if not self.is_word(k) or self.token[k] in STOPS:
                break
        return 0

    def combined(self, number: Number, before: Around, after: str) -> tuple[str, str, tuple[str, ...]]:
        """The one qualifier of a number, or the doubt that there are two and which."""
        plain = "exact" if number.value_to is None else "between"
        if before.doubt:
            return before.qualifier or number.vague or plain, before.doubt, before.open_to
        if number.implied == "between":
            return plain, "", ()
        stated = [qualifier for qualifier in (number.implied, before.qualifier, after) if qualifier]
        if number.vague:
            passed = ("at least", "about") if self.column else ("at least",)  # hundreds (est.)
            others = [qualifier for qualifier in stated if qualifier not in passed]
            doubt = f'"{others[0]}" and "{number.vague}" together have no bounds' if others else ""
            return number.vague, doubt, (number.vague,)
        if len(set(stated)) > 1:
            return stated[0], two_qualifiers(*list(dict.fromkeys(stated))[:2]), tuple(dict.fromkeys(stated))
        if number.value_to is not None and stated and stated[0] != "about":
            closed = f'"{stated[0]}" and a range together: no single bound satisfies both'
            return plain, closed, (stated[0], plain)
        if number.value == 0 and number.value_to is None and stated and stated[0] in ("nearly", "less than"):
            return stated[0], f'"{stated[0]}" none: how many is not said', ()
        return stated[0] if stated else plain, "", ()
