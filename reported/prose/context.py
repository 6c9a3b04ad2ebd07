"""The context of a number in its clause: its standing (a forecast, target, fear, possibility), rate and window.

These are functions over the tokens; how numbers and qualifiers are read stands elsewhere.
"""

from __future__ import annotations

import re

from reported.prose.lexicon import MONTHS, STOPS, TIME_UNITS
from reported.prose.number import Number
from reported.prose.tokens import HYPHENS, Tokens
from reported.prose.units import standard, words_of
from reported.prose.vocabulary import Phrasebook, listed, meanings, values

STANDINGS = ("forecast", "target", "feared", "possible")
"""What a number may be said to be, other than reported."""

_STANDINGS = Phrasebook(meanings("forecast", "target", "feared"))
_MODALS, _ADVERBS = listed("possible"), listed("possible nearby")
_FEARED_BEHIND = listed("set: feared behind")
_CLAUSES = frozenset(
    ("but", "while", "after", "before", "when", "who", "which", "although", "though", "since", "because")
)
_ALTERNATIVES = frozenset(
    ("or", "to", "even", "and", "perhaps", "maybe", "-", "–", "than", "more", "a", "up", "as", "many")
)
_OTHER_CLAUSE = frozenset(("said", "says", "it", "they", "he", "she", "we"))
_LATER = frozenset(("will", "would"))
_REACH = 10  # words from a verb to its number

_NUMBERS = values("number") | values("size")
_SUBJECTS = frozenset(("we", "they", "i", "you", "he", "she", "it", "who", "that", "which"))
_OF_SHARES = frozenset(("diluted", "basic", "common", "ordinary", "adjusted"))
_REPEATED = frozenset(("once", "twice", "times", "half"))
_BELOW = frozenset(words_of("length", "measure")) | {
    "person",
    "share",
    "head",
    "capita",
    "household",
    "unit",
    "bottle",
    "piece",
    "ticket",
    "plate",
    "packet",
    "dose",
    "copy",
    "pint",
    "bag",
    "bale",
    "seat",
    "song",
    "ride",
    "bushel",
    "student",
    "pupil",
    "patient",
}
_ENDED = frozenset(
    ("per", "a", "each", "in", "and", "by", "for", "to", "from", "was", "is", "among", "during")
)
_EACH = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
_PRICED = frozenset(("lb", "oz", "gal", "mile", "km", "acre", "ha", "yr", "s", "sec", "min", "h", "hr", "dl", "l", "ml", "share", "barrel", "tonne", "ton", "ounce", "person", "head", "day", "week", "month", "year", "hour", "kg",
    "litre", "liter", "gallon", "bushel", "unit", "night"))  # fmt: skip
_AFTERWARDS = listed("set: afterwards")
WINDOW_STARTS = frozenset(("in", "over", "during", "within", "for", "since"))
_PAST = frozenset(("past", "last", "previous", "preceding", "first", "latest", "next"))
_UNTIL = frozenset(("to", "ending", "ended", "through", "until", "till", "up"))
_WEEKDAYS = listed("set: weekday")
_MONTH_NUMBERS = {
    month: n
    for n, months in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for month in months.split()
}  # fmt: skip
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def standing(tokens: Tokens, first: int, last: int, alternative: tuple[str, str]) -> tuple[str, str]:
    """Return the standing of a number from token `first` up to `last`, and the words: ("", "") if it is reported.

    `alternative` is the standing of the number before it, which reaches over "or even": could be 500 or even more.
    """
    if tokens.token[first] in _MODALS:  # could be several times higher
        return "possible", tokens.token[first]
    found, behind = _before(tokens, first), _behind(tokens, last)
    found = behind if behind and (not found or behind[0] == "feared") else found
    if not found and alternative[0] and _ALTERNATIVES.issuperset(tokens.token[tokens.floor : first]):
        linked = {"or", "to", "-", "–"} & {*tokens.token[tokens.floor : first]}
        found = alternative if linked else None
    return found or ("", "")


def _before(tokens: Tokens, first: int) -> tuple[str, str] | None:
    for k in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = tokens.token[k]
        near = k >= max(tokens.floor, first - 8)
        if word in _CLAUSES or not (
            tokens.is_word(k) or tokens.is_numeral(k) or word in ("-", "$", "£", "€")
        ):
            return None
        relative = (
            tokens.token[k - 1] in ("that", "which", "who") and k < first - 5
        )  # that may have been lit trapped 13
        if near and word in _MODALS and tokens.written(k).islower():
            return None if relative else ("possible", word)
        if near and word in _ADVERBS and k >= first - 3:
            return "possible", word
        if word in ("than", "as") and k < first - 1:
            return None
        if tokens.token[k - 1] in HYPHENS and tokens.token[k] not in HYPHENS:
            continue  # better-than-expected
        verb = _STANDINGS.ending(tokens.token, k + 1, 0)
        if verb and k >= tokens.floor and tokens.written(k).islower() and not _noun(tokens, k, verb):
            return _STANDINGS.meaning[verb], " ".join(verb)
    return None


def _noun(tokens: Tokens, k: int, verb: tuple[str, ...]) -> bool:
    """True if one of these words is a noun or says something else: the plan for, a will, would have been."""
    before = tokens.token[k - len(verb)]
    if before in ("than", "as"):
        return True
    if verb == ("would",):
        return tokens.token[k + 1] == "have"
    return (
        len(verb) == 1
        and verb[0] in ("will", "fear", "forecast", "project")
        and before in ("the", "a", "his", "her", "their", "its")
    )


def _behind(tokens: Tokens, last: int) -> tuple[str, str] | None:
    for k in range(last, last + 8):
        if not (tokens.is_word(k) or tokens.token[k] == ","):
            return None
        if tokens.token[k] in _CLAUSES or tokens.token[k] in _OTHER_CLAUSE:
            return None
        if k < last + 4 and tokens.token[k] in _MODALS and tokens.written(k).islower():
            return "possible", tokens.token[k]
        if k < last + 4 and tokens.token[k] in _LATER and tokens.token[k + 1] == "be":
            return "forecast", tokens.token[k]
        about = tokens.token[k] != "feared" and tokens.token[k + 1] in ("about", "of", "over", "for", "that")
        if tokens.token[k] in _FEARED_BEHIND and tokens.token[k][:4] == "fear" and not about:
            return "feared", tokens.token[k]
    return None


def rate(tokens: Tokens, number: Number) -> tuple[str, int]:
    """The unit behind "per" or "a" that a number is for, and the token behind it; ("", number.last) if none is.

    1,100 a week, 12,000 people a day, 82 per 100,000 people, $80 a barrel, 5 percent a year.
    """
    k = number.last
    for _ in range(4):
        word = tokens.token[k]
        if word == "p" and tokens.matches(k + 1, ".", "a"):
            return "year", k + 3 + (tokens.token[k + 3] == ".")  # p.a.
        if word in ("a", "an") and tokens.token[k - 1] == "half":
            break  # half an hour
        if word == "in" and tokens.token[k + 1] in ("total", "all") and tokens.token[k + 2] == "per":
            k += 2  # £20 in total per person
            word = "per"
        if word == "per" and tokens.token[k - 1] == "as":
            break  # as per the accounts
        if word == "of" and tokens.token[k + 2] in ("per", "a", "each", "every"):
            k += 2  # 30 litres of water per car
            continue
        if word in ("per", "a", "an", "each", "every"):
            return _denominator(tokens, k, number)
        if word in _EACH and k > number.last and not tokens.is_word(k + 1):
            return _EACH[word], k + 1  # 10.7 million barrels daily
        if word in HYPHENS and tokens.token[k + 1] == "per" and tokens.token[k + 2] in HYPHENS:
            below = standard(tokens.token[k + 3])  # a $6,500-per-day incentive
            return (below, k + 4) if tokens.token[k + 3] in TIME_UNITS | _BELOW else ("", number.last)
        if word in ("(", ")") and (below := _behind_bracket(tokens, k)):
            return below, number.last  # 140 kilometres (87 miles) per hour
        if word == "/" and tokens.touches(k) and tokens.touches(k + 1) and tokens.token[k + 1] in _PRICED:
            return standard(tokens.token[k + 1]), k + 2  # $8.78/share
        if (
            not tokens.is_word(k)
            or word in _NUMBERS
            or word in _REPEATED
            or word in _SUBJECTS
            or word
            in (
                "and",
                "or",
                "in",
                "of",
                "from",
                "to",
                "at",
                "by",
                "for",
                "on",
                "with",
                "were",
                "was",
            )
        ):
            break
        k += 1
    return "", number.last


def _behind_bracket(tokens: Tokens, k: int) -> str:
    """The unit behind "per" that a bracket stands before, or ""."""
    last = (
        k if tokens.token[k] == ")" else next((n for n in range(k + 1, k + 5) if tokens.token[n] == ")"), 0)
    )
    timed = last and tokens.token[last + 1] == "per" and tokens.token[last + 2] in TIME_UNITS
    return standard(tokens.token[last + 2]) if timed else ""


def _denominator(tokens: Tokens, k: int, number: Number) -> tuple[str, int]:
    k += tokens.token[k] in ("per", "each", "every") and tokens.token[k + 1] in ("whole", "full", "single")
    word, below = (
        "per" if tokens.token[k] in ("whole", "full", "single") else tokens.token[k],
        tokens.token[k + 1],
    )
    if (
        tokens.is_numeral(k + 1)
        and word == "per"
        and (not tokens.is_word(k + 2) or tokens.token[k + 2] in _ENDED)
    ):
        digits = tokens.token[k + 1].replace(",", "")  # 284 per 100,000 a year
        timed = tokens.token[k + 2] in ("per", "a", "each") and tokens.token[k + 3] in TIME_UNITS
        if timed and digits.isdigit():
            return f"{digits} person per {standard(tokens.token[k + 3])}", k + 4
        return (f"{digits} person", k + 2) if digits.isdigit() else ("", number.last)
    if tokens.is_numeral(k + 1) and word == "per" and tokens.is_word(k + 2):
        digits = tokens.token[k + 1].replace(",", "")
        return (f"{digits} {standard(tokens.token[k + 2])}", k + 3) if digits.isdigit() else ("", number.last)
    if word == "per" and below in ("million", "thousand") and tokens.is_word(k + 2):
        return f"{'1000000' if below == 'million' else '1000'} {standard(tokens.token[k + 2])}", k + 3
    if not tokens.is_word(k + 1):
        return "", number.last
    if below in _OF_SHARES and tokens.token[k + 2] == "share":
        return "share", k + 3  # 70 cents a diluted share
    after, then = tokens.token[k + 2], tokens.token[k + 3]
    goes_on = (after in ("and", "or") and then not in ("a", "two", "half")) or after == "on"
    paid = number.kind == "money" and goes_on  # $975 a month on food
    timed = below in TIME_UNITS and (after not in _AFTERWARDS or paid)
    if tokens.token[k + 2] in ("and", "or"):  # a week and a half, a day or two
        timed &= not (tokens.token[k + 3] in _NUMBERS or tokens.token[k + 3] in ("a", "half", "so"))
        timed &= tokens.token[k + 2 : k + 4] != ["or", "more"]
    if word == "per" and below in ("square", "cubic") and tokens.is_word(k + 2):
        return standard(f"{below} {tokens.token[k + 2]}"), k + 3
    if word == "per" and below not in STOPS | {"cent", "mille"}:
        unit, k = "person" if below in ("capita", "head") else standard(below), k + 2
        again = tokens.token[k] in ("per", "a", "each", "every") and tokens.token[k + 1] in TIME_UNITS
        return (f"{unit} per {standard(tokens.token[k + 1])}", k + 2) if again else (unit, k)
    if timed or (word in ("a", "an") and number.kind in ("money", "measure") and below in _BELOW):
        return standard(below), k + 2
    return "", number.last


def window(tokens: Tokens, i: int) -> tuple[str, int, int]:
    """The window that starts with token i, with its first token and the one behind it; ("", i, i) if none does.

    in the three days to 4 May; over the past 12 months; in past 24 hours; in the week to Sunday; since May 2024.
    """
    if tokens.token[i] == "since":
        return _since(tokens, i)
    if tokens.token[i] not in WINDOW_STARTS:
        return "", i, i
    k = i + 1
    k += tokens.token[k] in ("the", "a")
    past = tokens.token[k] in _PAST
    k += past
    amount = 1
    if tokens.is_numeral(k) and tokens.token[k].isdigit():
        amount, k = int(tokens.token[k]), k + 1
    elif tokens.token[k] in _NUMBERS:
        amount, k = _NUMBERS[tokens.token[k]], k + 1
    k += tokens.token[k] == "-"
    if tokens.token[k] not in TIME_UNITS:
        return "", i, i
    unit, k = standard(tokens.token[k]), k + 1
    ended = tokens.token[k] in _UNTIL and (
        tokens.token[k + 1] in MONTHS | _WEEKDAYS
        or tokens.token[k + 2] in MONTHS
        or tokens.token[k] in ("ending", "ended")
    )
    return (f"{amount} {unit}", i, k) if past or ended else ("", i, i)


def _since(tokens: Tokens, i: int) -> tuple[str, int, int]:
    k = i + 1
    day = 0
    if (
        tokens.is_numeral(k)
        and re.fullmatch(r"\d\d?", tokens.token[k])
        and tokens.token[k + 1] in _MONTH_NUMBERS
    ):
        day, k = int(tokens.token[k]), k + 1
    month = _MONTH_NUMBERS.get(tokens.token[k], 0)
    k += bool(month)
    if month and not day and re.fullmatch(r"\d\d?", tokens.token[k]):
        day, k = int(tokens.token[k]), k + 1
    k += tokens.token[k] == ","
    if not _YEAR.fullmatch(tokens.token[k]):
        return "", i, i
    parts = [tokens.token[k], *([f"{month:02}"] if month else []), *([f"{day:02}"] if day and month else [])]
    return f"since {'-'.join(parts)}", i, k + 1
