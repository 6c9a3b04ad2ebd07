"""The one vocabulary of units: names, plurals and signs of measures, times, currencies and people.

A unit is a standard name (English singular, British spelling, lower case), an ISO 4217 code, or "<unit> per <unit>".
A new unit or currency is one row of units.csv. Not for conversion, and not for what a number counts in a sentence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reported.prose.vocabulary import listed

PERSON, PERCENT, POINT, POUND = "person", "percent", "percentage point", "lb"  # a pound is money, a lb a mass
_POWERS = (("square", ("square", "sq", "sq ."), ("2", "²")), ("cubic", ("cubic", "cu", "cu ."), ("3", "³")))
_PER = re.compile(r"\s+(?:per|an?|each|every)\s+(?!cent\b)|\s*/\s*")
_NAMES_OF_SIGNS = {"Rs": "rupee", "Rs.": "rupee", "Sh": "shilling", "Shs": "shilling"}
_DIGITS = re.compile(r"\d[\d,. \u00a0\u2009\u202f]*(?=\s)")


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of units.csv.

    `kind`: length, measure, time, share, money, currency or person. `words` are spellings in any case, `letters` those
    that are units only where they touch a numeral or a length is told ("5m"), `signs` are told by their capitals and
    stand before digits; the first is the one to print.
    """

    name: str
    kind: str
    plural: str
    words: tuple[str, ...]
    letters: tuple[str, ...]
    signs: tuple[str, ...]
    example: str


@cache
def units() -> tuple[Unit, ...]:
    """Every unit, areas and volumes of the lengths included."""
    found: list[Unit] = []
    for row in csv.DictReader((files("reported.prose") / "units.csv").read_text("utf-8").splitlines()):
        words, letters, signs = (
            tuple(row[column].split("|")) if row[column] else () for column in ("words", "letters", "signs")
        )
        unit = Unit(
            row["unit"],
            row["kind"],
            row["plural"] or _plural_of_rate(row["unit"]),
            words,
            letters,
            signs,
            row["example"],
        )
        found.append(unit)
    named = {unit.name for unit in found}
    powers = (power for unit in found if unit.kind == "length" for power in _powers(unit))
    return (*found, *(power for power in powers if power.name not in named))


def _powers(length: Unit) -> Iterator[Unit]:
    """The area and the volume of a length."""
    for power, prefixes, marks in _POWERS:
        words = [f"{prefix} {word}" for prefix in prefixes for word in (*length.words, *length.letters)]
        words += [f"{prefixes[1]}{word}" for word in (*length.words, *length.letters) if len(word) < 3]
        words += [
            f"{word}{mark}" for word in (*length.words, *length.letters) if len(word) < 3 for mark in marks
        ]
        name, plural = f"{power} {length.name}", f"{power} {length.plural}"
        yield Unit(name, "measure", plural, tuple(words), (), (), f"20 {plural}")


@cache
def words_of(*kinds: str) -> dict[str, str]:
    """Each spelling of the units of these kinds (of all without any), to the unit."""
    return {word: unit.name for unit in units() if not kinds or unit.kind in kinds for word in unit.words}


@cache
def letters() -> dict[str, str]:
    """Each spelling that is a unit only where it touches its number, to the unit."""
    return {letter: unit.name for unit in units() for letter in unit.letters}


@cache
def signs() -> dict[str, str]:
    """Each sign, prefix and code of a currency as it is written, to the code; generic ones to the commonest.

    >>> signs()["£"], signs()["HK$"], signs()["KSh"], signs()["Rs"]
    ('GBP', 'HKD', 'KES', 'INR')
    """
    found = {sign: unit.name for unit in units() for sign in unit.signs}
    return found | {unit.name: unit.name for unit in units() if unit.kind == "currency"}


def standard(words: str) -> str:
    """The unit that these words, this symbol or this code name: the one spelling that everything else uses.

    A noun that is no unit comes back in the singular, lower case.

    >>> [standard(words) for words in ("km²", "sq. km", "Square Kilometers", "£", "fatalities", "boats", "C$")]
    ['square kilometre', 'square kilometre', 'square kilometre', 'GBP', 'person', 'boat', 'CAD']
    >>> standard("people a day"), standard("cases per 100,000 people"), standard("US$ a barrel")
    ('person per day', 'case per 100000 person', 'USD per barrel')
    """
    text = " ".join(words.replace("_", " ").split())
    if (known := _known(text)) is not None:
        return known
    above, *below = _PER.split(f" {text}" if text.lower().startswith("per ") else text)
    if not below:
        return _noun(text)
    return " per ".join([standard(above) if above else "number", *(_below(part) for part in below)])


def _below(part: str) -> str:
    """Read the words behind "per": a unit, or so many of one."""
    digits = _DIGITS.match(part)
    if digits is None:
        return standard(part)
    return f"{re.sub(r'[^0-9]', '', digits[0])} {standard(part[digits.end() :].strip())}"


def _known(text: str) -> str | None:
    return signs().get(text) or _spellings().get(_key(text))


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for unit in units():
        for word in (*unit.words, unit.plural, unit.name, *unit.letters):
            found.setdefault(_key(word), unit.name)
    for unit in units():  # codes and signs in any capitals, where no word has them
        for sign in unit.signs:
            found.setdefault(_key(sign), unit.name)
    return found


def _key(words: str) -> str:
    return re.sub(r"\s*/\s*", "/", " ".join(words.lower().replace(".", " ").replace("-", " ").split()))


def _noun(text: str) -> str:
    """A noun in the singular; its last word says which unit it is, "seasonal workers" are people."""
    first, _, last = text.lower().rpartition(" ")
    if last in words_of("person"):
        return PERSON
    return f"{first} {singular(last)}".strip()


def plural(unit: str) -> str:
    """The plural for print.

    >>> [plural(unit) for unit in ("person", "square kilometre", "penny", "body", "person per day", "GBP")]
    ['people', 'square kilometres', 'pence', 'bodies', 'people per day', 'GBP']
    >>> plural("case per 100000 person")
    'cases per 100,000 people'
    >>> plural("per person")
    'per person'
    """
    if unit.startswith("per "):
        return unit
    above, *below = unit.split(" per ")
    if known := _by_name().get(unit):
        return known.plural
    if not below:
        return _plural(unit)
    return " per ".join([plural(above), *(_plural_below(part) for part in below)])


def _plural_of_rate(unit: str) -> str:
    above, *below = unit.split(" per ")
    return " per ".join([_plural(above), *below])


def _plural_below(part: str) -> str:
    number, _, unit = part.partition(" ")
    return f"{int(number):,} {plural(unit)}" if number.isdigit() and unit else part


@cache
def _by_name() -> dict[str, Unit]:
    return {unit.name: unit for unit in units()}


def kind(unit: str) -> str:
    """The kind of a unit: length, measure, time, share, money, currency, person; "" of a noun that is no unit."""
    return _by_name()[unit].kind if unit in _by_name() else ""


def spellings(unit: str) -> tuple[str, ...]:
    """The words and signs of a unit; none of a noun that is no unit."""
    known = _by_name().get(unit)
    return (*known.words, *known.signs) if known else ()


def is_known(unit: str) -> bool:
    """True if each part of the unit is in the vocabulary, not merely a noun."""
    return unit in _by_name() or all(re.sub(r"^\d+ ", "", part) in _by_name() for part in unit.split(" per "))


def is_currency(unit: str) -> bool:
    """True if the unit is an amount of money in one currency, by its ISO 4217 code."""
    return kind(unit) == "currency"


def is_time(unit: str) -> bool:
    """True if the unit is a length of time."""
    return kind(unit) == "time"


def sign(currency: str) -> str:
    """Return what is printed before an amount: the sign, or the code and a no-break space.

    >>> sign("GBP"), sign("CAD"), sign("PLN")
    ('£', 'C$', 'PLN\\xa0')
    """
    known = _by_name()[currency]
    return known.signs[0] if known.signs and known.signs[0] != currency else f"{currency}\u00a0"


def is_bare(written: str) -> bool:
    """True if an amount as written leaves its country open: "$", "pounds", "Rs"; not "US$", "GBP", "£".

    >>> [is_bare(written) for written in ("$", "pounds", "Rs", "US$", "£", "Canadian dollars", "USD")]
    [True, True, True, False, False, False, False]
    """
    if written in ("$", "¥", "Rs", "Rs.", "Sh", "Shs"):
        return True
    code = words_of("currency").get(written, "")
    return " " not in written and written.islower() and is_currency(code) and written.upper() != code


@cache
def namesakes(currency: str) -> frozenset[str]:
    """The other currencies that the same word or sign may name: every dollar for USD.

    >>> "CAD" in namesakes("USD"), "EGP" in namesakes("GBP"), namesakes("EUR")
    (True, True, frozenset())
    """
    names = _bare_names(currency)
    return frozenset(
        unit.name
        for unit in units()
        if unit.kind == "currency" and unit.name != currency and not names.isdisjoint(_bare_names(unit.name))
    )


@cache
def named_alike(written: str) -> frozenset[str]:
    """The currencies that a bare word may name: "rupees" is of four countries.

    >>> sorted(named_alike("rupees")), named_alike("yen"), named_alike("$")
    (['INR', 'LKR', 'NPR', 'PKR'], frozenset({'JPY'}), frozenset())
    """
    name = singular(_NAMES_OF_SIGNS.get(written, written))
    return frozenset(
        unit.name
        for unit in units()
        if unit.kind == "currency" and any(singular(word.split()[-1]) == name for word in unit.words)
    )


def at_home(currency: str, text: str) -> bool:
    """True if a text names the country of a currency, by the adjective that its name begins with.

    >>> at_home("CAD", "a vote in Canada"), at_home("CAD", "a vote in Lumo")
    (True, False)
    """
    return any(stem in text for stem in _stems(currency))


@cache
def _stems(currency: str) -> frozenset[str]:
    adjectives = {word.split()[-2] for word in _by_name()[currency].words if " " in word}
    return frozenset(
        one.upper() if len(one) < 4 else one[: max(5, len(one) - 3)].capitalize() for one in adjectives
    )


def _bare_names(currency: str) -> frozenset[str]:
    unit = _by_name()[currency]
    marks = (sign[-1] for sign in unit.signs if not sign[-1].isalpha() and sign[-1] != ".")
    return frozenset([*(singular(word.split()[-1]) for word in unit.words), *marks])


_UNCHANGED = listed("set: unchanged plural")
_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "geese": "goose",
    "teeth": "tooth", "mice": "mouse", "oxen": "ox", "lives": "life", "wives": "wife", "knives": "knife",
    "wolves": "wolf", "leaves": "leaf", "shelves": "shelf", "halves": "half", "calves": "calf", "thieves": "thief",
    "loaves": "loaf", "hooves": "hoof", "crises": "crisis", "analyses": "analysis", "bases": "base", "criteria": "criterion",
    "phenomena": "phenomenon", "movies": "movie", "cookies": "cookie", "calories": "calorie", "rookies": "rookie",
    "selfies": "selfie", "pies": "pie", "ties": "tie", "lies": "lie", "shoes": "shoe", "toes": "toe", "canoes": "canoe",
    "foes": "foe", "caches": "cache", "headaches": "headache", "axes": "axe", "gases": "gas", "lenses": "lens",
    "buses": "bus", "taxis": "taxi", "minibuses": "minibus", "quizzes": "quiz", "atlases": "atlas", "bacteria": "bacterium",
    "uses": "use", "excuses": "excuse", "abuses": "abuse", "fuses": "fuse", "premises": "premises", "canvases": "canvas",
}  # fmt: skip
_PLURALS = {one: many for many, one in _IRREGULAR.items()}


def singular(noun: str) -> str:
    """The singular of a noun in lower case.

    >>> [singular(noun) for noun in ("buses", "houses", "bodies", "churches", "viruses", "crises", "aircraft", "glass")]
    ['bus', 'house', 'body', 'church', 'virus', 'crisis', 'aircraft', 'glass']
    """
    if noun in _UNCHANGED or len(noun) < 4 or not noun.endswith("s"):
        man = noun.endswith("men") and len(noun) > 4 and noun not in ("regimen", "specimen", "abdomen")
        return _IRREGULAR.get(noun, noun[:-3] + "man" if man else noun)
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "xes", "ches", "shes", "zzes", "oes")):
        return noun[:-2]
    if noun.endswith("uses") and noun[-5] not in "oa":
        return noun[:-2]  # viruses, but houses and causes
    return noun if noun.endswith(("ss", "us", "is")) else noun[:-1]


def is_unchanged(word: str) -> bool:
    """True if a noun in lower case is the same in the plural: aircraft, sheep, staff."""
    return word in _UNCHANGED or word.endswith("fish")


def is_plural(word: str) -> bool:
    """True if a word in lower case is a noun in the plural.

    >>> [is_plural(word) for word in ("boats", "boat", "sales")]
    [True, False, True]
    """
    return word.isalpha() and singular(word) != word


def _plural(noun: str) -> str:
    first, _, last = noun.rpartition(" ")
    if last in _UNCHANGED:
        pass
    elif last in _PLURALS:
        last = _PLURALS[last]
    elif last.endswith("man") and last != "human":
        last = f"{last[:-3]}men"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{last[:-1]}ies"
    elif last.endswith(("s", "x", "ch", "sh")) and last:
        last += "es"
    else:
        last += "s"
    return f"{first} {last}".strip()
