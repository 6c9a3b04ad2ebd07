"""Read one cell of a column, and give the reason if its words leave the number open.

A cell is a phrase, not running text. Every digit and every number word in it is read, or the cell is in doubt.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reported.columns.cell import DOUBT, NO_NUMBER, NOT_COVERED, READ, Cell
from reported.columns.codebooks import CODEBOOKS, rules_of
from reported.columns.statements import together
from reported.intervals.units import Unit, UnitError, aligned
from reported.ledger.phrases import read_phrase
from reported.ledger.readings import ReadingError
from reported.prose import Phrase, find, language
from reported.prose.language import NAMES
from reported.prose.number import METRES, last_digit
from reported.prose.units import PERSON, is_time, kind, singular, standard
from reported.prose.vocabulary import listed

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds


def explain(words: str, reading: str = "typical", unit: str = "", also: frozenset[str] = frozenset()) -> Cell:
    """Read a cell under a reading or a codebook.

    `unit` is what the column counts or measures; `also` are further nouns that it counts under this unit.

    >>> explain("organisers 3,000; police 830").bounds, explain("none").bounds, explain("unknown").status
    (Bounds(830, 3000), Bounds(0, 0), 'no number')
    """
    text = " ".join(html.unescape(words).split())
    form, values = _form(text)
    quantities = _alike(form, values, text)
    if not quantities:
        settled = _settled(text)
        if isinstance(settled, Cell):
            return settled
        quantities = settled
        _remember(form, values, quantities)
    read = [_converted(read_one(phrase, reading, unit, also), unit) for phrase in quantities]
    cell = read[0] if len(read) == 1 else together(text, quantities, read, unit)
    rest = text[quantities[-1].end :]
    if cell.bounds is not None and not cell.unit:
        if unit and _is_measure(unit) and _LETTERS.search(rest):
            return Cell(DOUBT, f'is "{rest.strip()}" a unit?')  # 10 sek
        beside = (rest, text[: quantities[0].start])
        for code in (_CODE.fullmatch(words.strip()) for words in beside):
            if code and (unit != PERSON or code["size"] or code[0].islower()):
                return Cell(DOUBT, f'is "{code[0]}" a unit, a currency or a size?')  # 5 kt, FRF 300, 40 K
    return coded(_in_unit(cell, unit), reading)


def _settled(text: str) -> Cell | list[Phrase]:
    """Return a cell's numbers, or the cell itself if it holds none or cannot be read."""
    folded = text.lower().strip(" .!'\"“”‘’()[]*")
    if not folded or folded in _UNKNOWN or _NOTHING_SAID.fullmatch(folded):
        return Cell(NO_NUMBER, f'"{text}" says that it is not known' if text else "empty")
    zero = _ZERO.fullmatch(folded)
    if zero and zero["noun"] not in _NO_ANSWER:
        if zero["said"] or not _countable(zero["noun"]):
            return Cell(DOUBT, f'"{text}": 0, or not reported?')
        return Cell(READ, text, "exact", _number(0))
    phrases = find(text, column=True)
    quantities = [phrase for phrase in phrases if phrase.is_quantity]
    if quantities and (code := _language(text)):
        return Cell(DOUBT, f'"{text}" looks {NAMES.get(code, code)}; only English is read')
    if doubt := _unread(text, phrases, quantities):
        return Cell(DOUBT, doubt)
    return quantities or Cell(NO_NUMBER, "no digit and no number word")


def alternatives(
    words: str, reading: str = "typical", unit: str = "", also: frozenset[str] = frozenset()
) -> list[Bounds]:
    """List the readings of a text with several numbers: each number by itself, and their sum.

    >>> alternatives("3 killed, 12 wounded")
    [Bounds(3, 3), Bounds(12, 12), Bounds(15, 15)]
    """
    text = " ".join(words.split())
    cells = [
        coded(_in_unit(_converted(read_one(phrase, reading, unit, also), unit), unit), reading)
        for phrase in find(text, column=True)
        if phrase.is_quantity
    ]
    read = [cell.bounds for cell in cells if cell.bounds is not None]
    return [*read, sum(read[1:], read[0])] if len(read) > 1 else read


_CODE = re.compile(r"(?P<size>[KMBT])|[A-Z]{2,4}|[bcdfghjklmnpqrstvwxz]{1,3}")
"""Letters alone beside a number, which nothing has read."""
_CERTAIN = 0.6
"""Numbers are in doubt if a language other than English is guessed with more certainty than this."""
_UNKNOWN = listed("set: unknown")
_NOTHING_SAID = re.compile(
    r"(?:size |number |numbers |figure |total |exact |the )*(?:is |are |was |were )*"
    r"(?:not|never|un) ?(?:known|reported|available|applicable|given|stated|specified|recorded|disclosed|provided"
    r"|mentioned|clear|counted|confirmed|sure|listed|found)(?: yet)?"
    r"|no (?:data|reports?|info(?:rmation)?|estimates?|(?:official |exact )?(?:numbers?|figures?)|count|answer|size"
    r"|records?|mention|details?|idea|sources?)(?: available| given)?"
    r"|(?:size |numbers? )(?:unknown|unclear|unspecified|unreported)"
)
_NONE_OF = listed("set: none of")
_NO_ANSWER = frozenset(["longer", "more", "less", "fewer", "change", "limit", "comment"])
_ZERO = re.compile(
    r"(?:none|nil|zero|nought|naught|nobody|no[- ]?one|no (?P<noun>[a-z]+)(?:(?:,| or| and|,? nor) (?:no )?[a-z]+)*)"
    r"(?P<said> (?:were |was |have been |has been )?(?:reported|known|confirmed|recorded|so far|yet|mentioned))?"
)
_DIGITS = re.compile(r"\d")
_SIGNS = re.compile(r"[?<>=~≈±≤≥⩽⩾∼≃≲≳^]")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH = re.compile(rf"[-/](?:{_MONTHS})\b|\b(?:{_MONTHS})[-/]", re.I)
_LETTERS = re.compile(r"[^\W\d_]+")
_LEFT_OPEN = listed("set: left open")
_CUT = re.compile(r"(?:(?<!\w)[.,]|\b(?:to|till|until|than|x)\s+)$", re.I)
"""Precedes a number whose beginning is missing: ",300", "to 50"."""
_ONWARD = re.compile(r"\s*(?:up|and|or|to|plus|-|–)\s*", re.I)
_NUMBER_WORDS = listed("number", "size", "plural", "multiple", "set: number word")


def _form(text: str) -> tuple[str, list[Decimal]]:
    """Return a cell with noughts for its digits, and its one or two numbers; cells of one form are read only once.

    A number has at least three digits, one of two at least a thousand; they stand apart and do not look like years.
    How one of two compares with the other is part of the form. ("", []) for other cells.
    """
    numbers: list[str] = _NUMERAL.findall(text)
    if not 0 < len(numbers) < 3 or not _APART[len(numbers)].fullmatch(text):
        return "", []
    values = [Decimal(number.replace(",", "")) for number in numbers]
    form: str = _DIGITS.sub("0", text)
    if len(values) == 2:
        low, high = values
        form += f" {(low > high) - (low < high)} {high > 4 * low}"
    return form, values


def _remember(form: str, values: list[Decimal], phrases: list[Phrase]) -> None:
    """Remember the phrases of a form if they hold exactly these numbers and none is in doubt."""
    told = [number for phrase in phrases for number in (phrase.value, phrase.value_to) if number is not None]
    if form and told == values and all(phrase.value is not None for phrase in phrases):
        if len(_forms) > 10_000:
            _forms.clear()
        _forms[form] = phrases


def _alike(form: str, values: list[Decimal], text: str) -> list[Phrase]:
    """Return the phrases of a cell whose form is remembered, otherwise []."""
    numbers = iter(values)
    return [
        known.with_numbers(
            text[known.start : known.end], next(numbers), None if known.value_to is None else next(numbers)
        )
        for known in _forms.get(form, ())
    ]


_forms: dict[str, list[Phrase]] = {}
_NUMERAL = re.compile(r"\d[\d,.]*")
_LARGE = r"(?<![^\s<>~+])(?:[1-9]\d{4,}|[1-9]\d{0,2}(?:,\d{3})+)(?![^\s+;])"
_APART = {
    1: re.compile(r"\D*(?<![^\s<>~+])(?:[1-9]\d{2}|[1-9]\d{4,}|[1-9]\d{0,2}(?:,\d{3})+)(?![^\s+])\D*"),
    2: re.compile(rf"\D*{_LARGE}\D*{_LARGE}\D*"),
}


@lru_cache(10_000)
def _guess(letters: str) -> str:
    code, certainty = language(letters)
    if code in ("en", "und") or certainty <= _CERTAIN:
        return ""
    return (
        code if sum(language(word)[0] == code for word in letters.split()) > 1 else ""
    )  # "est" is no French


def _language(text: str) -> str:
    """Return the language of a cell that does not look English, otherwise ""."""
    words = dict.fromkeys(_LETTERS.findall(text))
    return _guess(" ".join(words)) if len(words) > 1 else ""


def _countable(noun: str | None) -> bool:
    """True if "no" before the noun means 0: no casualties, no deaths, nobody; "no reporrt" may be anything."""
    return noun is None or noun in _NONE_OF or singular(noun) != noun or standard(noun) == PERSON


def _number(value: float) -> Bounds:
    from reported.intervals.bounds import Bounds

    return Bounds(value)


def _unread(text: str, phrases: Sequence[Phrase], quantities: Sequence[Phrase]) -> str:
    """Return why a digit, a number word or a sign of the cell belongs to no quantity, or ""."""
    rest = list(text)
    for phrase in quantities:
        rest[phrase.start : phrase.end] = " " * (phrase.end - phrase.start)
    for phrase in phrases:
        if phrase.is_quantity:
            continue
        if not quantities or not phrase.text.strip().isalpha():
            dated = phrase.kind == "date"
            if dated and quantities and _LETTERS.search(phrase.text):  # "500 on 5 May"
                rest[phrase.start : phrase.end] = " " * (phrase.end - phrase.start)
            elif _DIGITS.search(phrase.text) or dated:
                hint = "; has a spreadsheet made a date of a range?" if dated else ""
                return f'"{phrase.text}" looks like a {phrase.kind}{hint}'
    left = "".join(rest)
    if quantities and (month := _MONTH.search(left)):
        return f'"{month[0].strip("-/ ")}" beside a number: has a spreadsheet made a date of a range?'
    if text[:1] == ":":
        return f'what is before the ":" of "{text}"?'
    if _DIGITS.search(left):
        return f'the digits in "{left.strip()}" cannot be read'
    if sign := _SIGNS.search(left):
        return f'"{sign[0]}" leaves the number open' if quantities else f'"{text}" cannot be read'
    words = _LETTERS.findall(left.lower())
    if quantities:
        open_ = next((word for word in words if word in _LEFT_OPEN), "")
        if not open_ and (cut := _CUT.search(text[: quantities[0].start])):
            open_ = cut[0].strip()
        if len(quantities) == 1 and quantities[0].value_to is None and not open_:
            open_ = "from" if re.search(r"(?i)\bfrom\s+$", text[: quantities[0].start]) else ""
        if len(quantities) == 1 and not open_ and (up := _ONWARD.fullmatch(text[quantities[0].end :])):
            open_ = up[0].strip()
        return open_ and f'"{open_}" leaves the number open'
    for word in words:
        if word in _NUMBER_WORDS:
            return f'"{word}" is a number word that cannot be read here'
        if len(word) > 4 and (near := get_close_matches(word, _NUMBER_WORDS, n=1, cutoff=0.85)):
            return f'is "{word}" "{near[0]}"?'
    return ""


def read_one(phrase: Phrase, reading: str, unit: str, also: frozenset[str]) -> Cell:
    """Read one phrase of a cell."""
    phrase = _marked(_lettered(phrase, unit), unit)
    own = phrase.unit or (standard(phrase.noun) if phrase.noun.endswith("s") else "")  # taxis
    own = unit if own in also else own
    if phrase.doubt:
        return Cell(DOUBT, f'"{phrase.text}": {phrase.doubt}', unit=own)
    if phrase.standing:
        return Cell(DOUBT, f'"{phrase.hedge}": {phrase.standing}, not reported', unit=own)
    if phrase.change:
        return Cell(DOUBT, f'"{phrase.text}" is a change', unit=own)
    if phrase.of is not None and phrase.value:
        return Cell(DOUBT, f'"{phrase.text}": a number, or a share?', unit=own)
    rule = rules_of(reading).get(phrase.qualifier)
    if phrase.kind == "count" and not phrase.unit and _has_parts(own or unit):
        phrase = replace(phrase, kind="measure", unit=own or unit)  # over 90, in a column of minutes
    counted = phrase.kind == "count" and all(
        number is None or number == number.to_integral_value() for number in (phrase.value, phrase.value_to)
    )
    try:
        bounds = read_phrase(phrase, rule, whole=counted) if rule else None
    except ReadingError as error:
        return Cell(DOUBT, str(error), unit=own)
    if bounds is None:
        why = "has no digits" if reading == "digits" else f"is not in the codebook {reading}"
        return Cell(NOT_COVERED, f'"{phrase.text}" {why}', phrase.qualifier, unit=own)
    if bounds.upper < 0 and is_time(own):
        return Cell(DOUBT, f'"{phrase.text}": a dash, or a minus?', unit=own)
    return Cell(READ, phrase.text, phrase.qualifier, bounds, own)


def _marked(phrase: Phrase, unit: str) -> Phrase:
    """Decide by the column's unit if the marks of 6' and 30" are feet and inches or minutes and seconds."""
    if phrase.unit not in _MARKED or not _MARK.search(phrase.text) or kind(unit) == "length":
        return phrase
    if is_time(unit) and not _BOTH_MARKS.search(phrase.text):
        return replace(phrase, unit=_MARKED[phrase.unit], noun=_MARKED[phrase.unit])
    doubt = "feet and inches, or minutes and seconds? The unit of the column says so"
    return replace(phrase, doubt=doubt, value=None, value_to=None)


_MARKED = {"foot": "minute", "inch": "second"}
_MARK = re.compile(r"""\d\s?['’′"″”]""")
_BOTH_MARKS = re.compile(r"\d['’′]\s?\d")


def _lettered(phrase: Phrase, unit: str) -> Phrase:
    """Decide by the column's unit if "m" is million or metres: 1,200 m of altitude."""
    lengths = kind(unit) == "length"
    if phrase.doubt != METRES or not (lengths or kind(unit) in (PERSON, "currency")):
        return phrase
    (_, millions, _), (qualifier, value, value_to) = phrase.readings
    grouped = value is not None and value.as_tuple().exponent == -3  # 1.250 m
    if grouped or (not lengths and (value_to is not None or value is None or millions is None)):
        return phrase
    finest = last_digit(value)
    if lengths:
        known = replace(
            phrase, value=value, value_to=value_to, kind="measure", unit="metre", resolution=finest
        )
    else:
        known = replace(phrase, value=millions, resolution=finest and finest * 10**6)
    return replace(known, qualifier=qualifier, doubt="", readings=())


def _converted(cell: Cell, unit: str) -> Cell:
    """Convert the cell to the column's unit if that is possible."""
    if cell.bounds is None or not unit or cell.unit in ("", unit) or not (factor := _factor(unit, cell.unit)):
        return cell
    return replace(cell, bounds=cell.bounds * factor, unit=unit)


def _in_unit(cell: Cell, unit: str) -> Cell:
    """Return the cell, in doubt if its unit is not the column's."""
    if cell.bounds is None or not unit or cell.unit in ("", unit):
        return cell
    return Cell(DOUBT, f'"{cell.reason}" is in the unit "{cell.unit}", not "{unit}"', unit=cell.unit)


def _is_measure(unit: str) -> bool:
    return kind(unit) in ("time", "length", "measure")


def _has_parts(unit: str) -> bool:
    """True if a unit has parts: minutes, money, percent, but no people."""
    return _is_measure(unit) or kind(unit) == "currency" or unit.startswith("percent")


@cache
def _factor(unit: str, other: str) -> Fraction | None:
    """Return how much of a unit of measure another one is, or None: an hour is 60 minutes."""
    if {kind(unit), kind(other)} - {"time", "length", "measure"}:
        return None
    try:
        return aligned("+", Unit.of(unit), Unit.of(other), (unit, other))
    except UnitError:
        return None


def coded(cell: Cell, reading: str) -> Cell:
    """Return the cell as a codebook codes it: a single number if the codebook takes the lower end."""
    book = CODEBOOKS.get(reading)
    if cell.bounds is None or book is None or not book.lower_end:
        return cell
    return replace(cell, bounds=_number(cell.bounds.lower))
