"""Sets of words that several steps of the reader share, out of the vocabulary and the units."""

from __future__ import annotations

from reported.prose.units import letters, signs, words_of
from reported.prose.vocabulary import listed, meanings, values

MONTH_NAMES = sorted(listed("set: month"), key=len, reverse=True)
MONTHS = frozenset(month.lower() for month in MONTH_NAMES)
MONTH_FORM = "|".join(
    [*MONTH_NAMES, *(month.upper() for month in MONTH_NAMES if month not in ("March", "Mar", "May", "Dec"))]
)
COUNTED = listed("set: counted")
DAY_DIGITS = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR_FORM = rf"(?:1[5-9]\d\d|20\d\d)(?!\d|[.,'’]\d|\s(?:{'|'.join(sorted(COUNTED))})\b)"
AGES = {"under": "less than", "over": "more than"}  # under-18s
SIZES = values("size")
LETTER_SIZES = values("letter size")
TIME_UNITS = frozenset(words_of("time"))
UNITS = frozenset(words_of("length", "measure", "time"))
LETTER_UNITS = frozenset(letter for letter in letters() if letter.isalpha()) - {"p"}
CURRENCY_WORDS = frozenset(word for word in words_of("currency", "money") if " " not in word)
#: Codes and signs in letters, as they are written before digits, to the currency.
PREFIXES = {written: code for written, code in signs().items() if written.strip(".").isalpha()}
CURRENCY_CODES = frozenset(written.lower().strip(".") for written in PREFIXES)
CURRENCY_LETTERS = meanings("currency letter")
PERCENT_WORDS = frozenset(words_of("share"))
STOPS = listed("set: stop")
DEFINITE = listed("set: definite")
DECADES = frozenset(word.removesuffix("y") + "ies" for word in values("number") if word.endswith("ty"))
WORDS = values("number")
SUFFIXES = (
    UNITS
    | LETTER_UNITS
    | LETTER_SIZES.keys()
    | PERCENT_WORDS
    | frozenset(["st", "nd", "rd", "th", "s", "x", "fold", "am", "pm", "ish", "p"])
)
YEAR_HEDGES = listed("set: year hedge")
NOT_BEHIND_YEAR = (
    COUNTED | SIZES.keys() | CURRENCY_WORDS | UNITS | {"percent", "per", "%", "times"}
) - TIME_UNITS
COUNTED_BEHIND, ODDS = listed("set: counted behind"), listed("set: odds")
PLURAL_LABELS, DAYTIMES, WEEKDAYS = (
    listed("set: plural label"),
    listed("set: daytime"),
    listed("set: weekday"),
)
BEFORE_HOURS, PLACED = listed("set: before hour"), listed("set: placed")
NO_NAME = STOPS | MONTHS | listed("set: weekday")
CODE_WORDS = frozenset(
    ("TRY", "MAD", "CUP", "COP", "SOS", "TOP", "ALL", "R")
)  # codes that are words of headlines too
