"""Cardinals and fractions: digits, number words, scales, halves, thirds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from reported.prose.lexicon import (
    CURRENCY_WORDS,
    DECADES,
    DEFINITE,
    LETTER_SIZES,
    MONTHS,
    PERCENT_WORDS,
    SIZES,
    STOPS,
    SUFFIXES,
    TIME_UNITS,
    UNITS,
)
from reported.prose.names import Names
from reported.prose.number import (
    LONGEST_NUMERAL,
    METRES,
    Number,
    exact,
    last_digit,
    quotient,
    to_nine_decimals,
)
from reported.prose.tokens import HYPHENS
from reported.prose.units import is_plural, words_of
from reported.prose.vocabulary import listed, values

_TREMORS = frozenset(("quake", "earthquake", "tremor", "aftershock", "shock", "temblor"))
_WORDS = values("number")
_ORDINALS = values("ordinal") | {
    word.removesuffix("y") + "ieth": value for word, value in _WORDS.items() if value >= 20
}
_ORDINAL_SIZES = {word + "th": value for word, value in SIZES.items() if word != "dozen"}
_DENOMINATORS = {"half": 2, "halve": 2, "quarter": 4} | {
    word: value for word, value in (_ORDINALS | _ORDINAL_SIZES).items() if value > 2
}
_PERCENT = frozenset(words.split()[0] for words in PERCENT_WORDS)
_VULGAR = {
    character: Fraction(unicodedata.numeric(character)).limit_denominator(10)
    for character in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
}
CARDINAL_STARTS = frozenset[str]().union(_WORDS, SIZES, _ORDINALS, _ORDINAL_SIZES)
CARDINAL_FORMS = CARDINAL_STARTS.union(_VULGAR, DECADES, MONTHS)
_IDIOMS = (("at", "first"), ("first", "lady"), ("first", "aid"), ("second", "thoughts"))
_ONE_IDIOMS = (
    ("way", "or"),
    ("way", "ticket"),
    ("way", "trip"),
    ("way", "street"),
    ("by", "one"),
    ("after", "another"),
    ("after", "the"),
    ("at", "a"),
    ("or", "the"),
)
_ONE_BEHIND, _ONE_BEFORE, _ONE_ALONE = listed("set: no one"), listed("set: one who"), listed("set: one alone")
_ONE_COUNTED, _ONE_COMPOUNDS = listed("set: one counted"), listed("set: one compound")
_ONE_WHAT = listed("set: one what")
_ONE_DAYS = frozenset(("day", "night", "morning", "evening", "afternoon", "time"))
_SOME_TIME = frozenset(
    ("also", "may", "could", "might", "will", "would", "can", "should", "to", "and", "that")
)
_DAYS_COUNTED = frozenset(
    ("of", "later", "after", "before", "ago", "earlier", "long", "is", "was", "per", "to", "or", "a", "-")
)
_ORDER, _AFTER_PART = listed("set: order"), listed("set: after part")
_COUNTED, _PERSONS, DIMENSIONS = (
    listed("set: counted"),
    frozenset(words_of("person")),
    listed("set: dimension"),
)
RACED = frozenset(["50", "60", "100", "200", "400", "800", "1,500", "1500", "5,000", "10,000"])
_RACING = frozenset(
    (
        "medley",
        "freestyle",
        "backstroke",
        "breaststroke",
        "butterfly",
        "hurdles",
        "sprint",
        "relay",
        "champion",
        "record",
        "records",
        "final",
        "finals",
        "gold",
        "silver",
        "bronze",
        "heats",
        "title",
    )
)
_RACES = frozenset(("the", "in", "over", "women's", "men's"))
_WHOLES = frozenset((3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000, 10000))  # "two in 10"
_CRICKET = listed("set: cricket")
_FEET = re.compile(r"(\d{1,2})['’′](\d|1[01])")
_INDIAN = re.compile(r"[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d+)?")  # 1,23,000
_GENERAL = listed("set: general")
_HARMING = listed("set: harming")
_PARTS_OF = ((2, 3), (3, 4), (2, 5), (3, 5), (4, 5), (3, 8), (5, 8), (7, 8))
_COMMON = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4))
_PLAIN = re.compile(r"(?:0|[1-9]\d*)?(?:\.\d+)?")
_GROUPED = re.compile(
    r"[1-9]\d{0,2}(?:,\d{3}(?:,\d{3})*|(['\u00a0\u2007\u2009\u202f])\d{3}(?:\1\d{3})*)(?:\.\d+)?"
)
_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?")
_COMMA_DECIMAL = re.compile(r"(?:0|[1-9]\d*),\d{1,2}")


def _read_numeral(written: str) -> tuple[Decimal | None, str]:
    """A numeral's value, or None and the reason why its digits cannot be read as a number."""
    if len(written) > LONGEST_NUMERAL:
        return None, f"{len(written):,} characters of digits are no reported number"
    if not written.isascii() and re.search(r"[^\x00-\x7f’\u00a0\u2007\u2009\u202f]", written):
        return None, "these digits are not 0 to 9; write them so"
    if _PLAIN.fullmatch(written):
        return Decimal(written), ""
    if _GROUPED.fullmatch(written.replace("’", "'")) or _INDIAN.fullmatch(written):
        return Decimal(re.sub(r"[^\d.]", "", written)), ""
    if _POINT_GROUPS.fullmatch(written):
        return Decimal(written.replace(".", "").replace(",", ".")), ""
    return None, "the digits are neither grouped in threes nor plain; one number, several, a code or a date?"


def _fits(group: int, unit: int, first: bool) -> bool:
    """True if a word below a hundred can follow what the group holds: twenty five, a hundred five, not five six."""
    if not unit:
        return first and not group
    return not group % 100 or (unit < 10 and not group % 10 and group % 100 >= 20)


class Cardinals(Names):
    def fixed(self, i: int) -> Number | None:
        """Return what counts nothing, but for an amount of money in a currency that is not read."""
        found = super().fixed(i)
        if found is None or found.kind != "designation" or found.first >= i:
            return found
        return self.unread_amount(found.first, i) or self.tremor(found.first, i) or found

    def tremor(self, first: int, i: int) -> Number | None:
        """Return the magnitude in "the M6.2 quake"."""
        level = self.written(first) == "M" and first == i - 1 and re.fullmatch(r"\d\.\d", self.token[i])
        if not level or _TREMORS.isdisjoint(self.token[i + 1 : i + 4]):
            return None
        return Number(first, i + 1, "measure", self.small(i), unit="magnitude", resolution=Decimal("0.1"))

    def unread_amount(self, first: int, i: int) -> Number | None:
        """B2.5 trillion, L40m: letters before digits with a size, which may be a currency that is not read."""
        letters = self.shown[self.at[first] : self.at[i]]
        if not re.fullmatch(r"[^\W\d_a-z][^\W\d_]{0,2}[^\w\s.,:#№-]?", letters):
            return None
        last = i + 2
        factor = SIZES.get(self.token[i + 1], 0) if not self.touches(i + 1) else 0
        if factor < 10**5 and self.touches(i + 1) and not self.touches(last):
            factor = self.letter_size(i + 1, True)[0]
        if factor < 10**5 or not (value := self.small(i)):
            return None
        number = Number(first, last, "count", value)
        return number.doubted("money of a currency that is not read, or a name?", exact(value, factor))

    def fraction(self, i: int) -> Number | None:
        """half, a third, two-thirds, ¾, 1/3 of; a quarter of a million is 250,000."""
        found = self.vulgar(i) or self.slashed(i) or self.half(i) or self.parts(i) or self.odds(i)
        if found is None or found.value is None:
            return found
        k = found.last + 2 if self.matches(found.last, "of", "a") else self.next_word(found.last)
        size = SIZES.get(self.token[k])
        if size is None:
            part = (
                found.kind == "fraction"
                and self.token[found.last] == "of"
                and self.token[found.last + 1] in ("a", "an")
            )
            return (
                replace(found, kind="count") if part else found
            )  # not rounded yet: it may be told in percent
        return to_nine_decimals(replace(found, last=k + 1, kind="count", value=exact(found.value, size)))

    def vulgar(self, i: int) -> Number | None:
        parts = _VULGAR.get(self.token[i])
        return Number(i, i + 1, "fraction", quotient(parts.numerator, parts.denominator)) if parts else None

    def slashed(self, i: int) -> Number | None:
        """1/3 of is a fraction, 2 1/2 has one; 24/7 and 9/11 are anybody's guess."""
        numerals = self.is_numeral(i) and self.is_numeral(i + 2)
        if not numerals or self.token[i + 1] != "/" or not (self.touches(i + 1) and self.touches(i + 2)):
            return None
        upper, lower = (_read_numeral(self.written(k))[0] or Decimal(0) for k in (i, i + 2))
        clear = (int(upper), int(lower)) in _COMMON and self.is_word(i + 3)
        clear = (
            clear
            or self.token[i + 3] == "of"
            or (i > 0 and self.is_numeral(i - 1))
            or self.token[i + 3] in UNITS
        )
        mixed = i > 0 and self.is_numeral(i - 1)
        if (
            self.token[i + 3] in UNITS
            and upper > 1
            and not mixed
            and (int(upper), int(lower)) not in _PARTS_OF
        ):
            return Number(i, i + 3, "count").doubted(
                "a range, or a fraction?", (upper, lower), quotient(upper, lower) if lower else None
            )
        if not clear or self.token[i + 3] == "/" or not 0 < upper < lower:
            last = i + 3
            while self.token[last] == "/" and self.is_numeral(last + 1):
                last += 2
            doubted = Number(i, last, "fraction")
            share = (
                exact(quotient(upper * 100, lower).quantize(Decimal("1e-9"))) if 0 < upper < lower else None
            )
            return doubted.doubted("a fraction, a date, a score or a name?", share)
        return Number(i, i + 3, "fraction", quotient(upper, lower))

    def half(self, i: int) -> Number | None:
        behind_hyphen = (
            self.token[i - 1] in HYPHENS and self.touches(i) and self.is_word(i - 2)
        )  # at scrum-half
        if (
            self.token[i] != "half"
            or self.token[i - 1] in _ORDER
            or (behind_hyphen and not self.is_numeral(i - 2))
        ):
            return None
        if self.token[i - 1] == "and" and self.token[i - 2] in TIME_UNITS and not self.is_numeral(i - 3):
            return Number(i, i + 1, "fraction").doubted(
                "half of what was said before, or of what follows?", Decimal(50)
            )
        k = self.next_word(i + 1)
        batted = not _CRICKET.isdisjoint(self.token[max(0, i - 12) : i + 14])
        if self.token[k] == "centuries" or (self.token[k] == "century" and batted):
            return None  # two half-centuries
        hyphenated = k > i + 1
        whole = self.token[k] in ("a", "an")
        k = self.next_word(k + whole)
        if self.token[k] in SIZES:
            return Number(i, k + 1, "count", exact(Decimal("0.5"), SIZES[self.token[k]]))
        if self.token[k] in _PERCENT:
            return Number(i, k, "count", Decimal("0.5"))
        if hyphenated and self.token[k] not in UNITS:
            return None
        return Number(i, i + 1, "count" if whole else "fraction", Decimal("0.5"))

    def odds(self, i: int) -> Number | None:
        """one in five, 3 in 10, 1-in-5, 52 out of 54; but "one in 2014" and "one in five days" are counts."""
        if self.token[i] in ("a", "an"):
            return None
        end = i + 1
        tens = self.token[i + 1] in HYPHENS and self.small(i) >= 20 and 0 < self.small(i + 2) < 10
        if self.is_word(i) and tens:
            end = i + 3  # seventy-seven of 78
        k = self.next_word(end)
        noun = self.is_word(k) and self.token[k] not in STOPS and self.token[k + 1] == "in"
        if noun and self.small(i) in (1, 2, 3):  # one home in six
            lower, ends = self.small(k + 2), not self.is_word(k + 3) or self.token[k + 3] in STOPS
            if lower in _WHOLES and self.small(i) < lower and ends:
                return Number(i, k + 3, "fraction", quotient(self.small(i), lower), unit="percent")
        out = self.matches(k, "out", "of")
        every = self.token[k + 1 + out] == "every" and (out or self.token[k] in ("of", "in", "for"))
        of = self.token[k] == "of" and not every and k == end
        if not (out or every or of or self.token[k] == "in"):
            return None
        every &= self.token[self.next_word(k + 3 if out else k + 2) + 1] not in TIME_UNITS
        k = self.next_word(k + (2 if out else 1))
        if ((out or of) and self.token[k] in DEFINITE) or every:
            k += 1
        upper, lower = self.small(i) + (self.small(i + 2) if end > i + 1 else 0), self.small(k)
        if self.token[k + 1] in SIZES:  # 1 in 302.6 million
            lower, k = exact(lower, SIZES[self.token[k + 1]]), k + 1
        if not (0 < upper < lower or (out and upper == lower > 0)) or self.year(k):
            return None
        if self.token[self.next_word(k + 1)] in TIME_UNITS and not (out or of):
            if self.next_word(k + 1) == k + 1:
                return None
            doubted = Number(i, k + 1, "fraction")  # a 1-in-500-year flood
            return doubted.doubted("a chance, or a number of years?", quotient(upper * 100, lower), lower)
        if out or of:
            rounded = out and lower in (3, 4, 5, 10, 100, 1000)
            general = self.token[k - 1] == "of" and (
                rounded or (lower in _WHOLES and self.token[k + 1] in _GENERAL)
            )
            if (general or every) and upper < lower:  # 9 out of 10 voters
                share = Number(i, k + 1, "fraction", quotient(upper, lower), unit="percent")
                return replace(share, resolution=quotient(1, lower)) if lower > 100 else share
            if of and lower in (10, 100, 1000) and self.token[k - 1] == "of" and is_plural(self.token[k + 1]):
                return Number(i, k + 1, "count", of=lower).doubted(
                    "so many, or so large a share?", upper, quotient(upper * 100, lower)
                )
            return Number(i, k + 1, "count", upper, of=lower, resolution=Decimal(1))
        share = Number(i, k + 1, "fraction", quotient(upper, lower), unit="percent")
        if lower > 100:  # 5 in 1,000: to the last of the thousand
            share = replace(share, resolution=quotient(1, lower))
        if every:
            return share
        happened = self.token[i - 1].endswith(("ed", "ing")) and self.token[i - 1] not in (
            "estimated",
            "some",
        )
        if upper > 1 and (lower not in _WHOLES or happened):
            return None
        return share

    def small(self, i: int) -> Decimal:
        """The number a single token is, or zero."""
        if self.is_numeral(i):
            return _read_numeral(self.written(i))[0] or Decimal(0)
        return Decimal(_WORDS.get(self.token[i]) or SIZES.get(self.token[i]) or 0)

    def parts(self, i: int, loose: bool = False) -> Number | None:
        """a third, one-fifth, three quarters, two-thirds; `loose` where a half is plainly part of a number."""
        if self.token[i] in ("a", "one"):
            count, k = 1, i + 1
        elif self.token[i] == "quarter" and (self.token[i + 1] in SIZES or self.matches(i + 1, "of", "a")):
            count, k = 1, i  # quarter of a million
        elif self.token[i] in _WORDS:
            count, k, *_ = self.words(i)
        else:
            return None
        hyphenated = self.next_word(k) > k
        k = self.next_word(k)
        name = self.token[k]
        denominator = _DENOMINATORS.get(name) if count == 1 else _DENOMINATORS.get(name.removesuffix("s"))
        if denominator == 4 and self.token[i] == "a" and self.token[k + 1] == "or" and not hyphenated:
            return Number(i, k + 1, "fraction").doubted("a share, a coin or three months?", quotient(25, 1))
        if denominator == 4 and self.matches(k + 1, "during", "which"):
            return None  # of a year
        if denominator == 4 and count == 2 and self.token[k + 1] != "of":
            return None  # two quarters ahead: of a year
        if denominator == 4 and count == 3 and not hyphenated and self.of_year(i, k + 1):
            return None  # after three quarters; the first three quarters of 2020
        single = hyphenated and count == 2 and name == "third"  # a two-third majority
        if (
            denominator is None
            or (count > 1 and not (name.endswith("s") or single))
            or not 0 < count < denominator
        ):
            return None
        behind = self.token[k + 1]
        linked = self.next_word(k + 1) > k + 1  # a half-dozen
        if denominator == 4 and self.token[self.next_word(k + 1)] in SIZES:  # a quarter-million
            return Number(i, k + 1, "fraction", quotient(count, denominator))
        ends = behind in STOPS or behind in _AFTER_PART or not (self.is_word(k + 1) or linked)
        ends = ends or (self.token[i] == "one" and denominator < 11 and not self.touches(k + 1))
        if count == 1 and not (hyphenated or ends or (loose and (denominator in (2, 4) or behind in UNITS))):
            return None  # a third person
        return Number(i, k + 1, "fraction", quotient(count, denominator))

    def of_year(self, i: int, k: int) -> bool:
        """True if quarters before token `k` are those of a year or a match."""
        if self.token[k] == "of":
            year = self.token[k + 1] in ("fiscal", "calendar") or self.matches(k + 1, "the", "year")
            return year or re.fullmatch(r"20\d\d", self.token[k + 1]) is not None
        return self.token[i - 1] in (
            "after",
            "through",
            "first",
            "last",
            "past",
            "consecutive",
            "straight",
            "next",
        )

    def cardinal(self, i: int, money: bool = False) -> Number | None:
        """Digits or number words, scales and halves included; an ordinal comes back as one."""
        number = self.numeral(i) if self.is_numeral(i) else self.spelled(i)
        if number is None or number.doubt or number.kind != "count":
            return number
        mixed = self.mixed(number)
        return self.scaled(number, money) if mixed is number else to_nine_decimals(self.scaled(mixed, money))

    def numeral(self, i: int) -> Number:
        value, doubt = _read_numeral(self.written(i))
        last = i + 1
        if self.column and (feet := _FEET.fullmatch(self.written(i))):
            inches = exact(Decimal(feet[1]), 12, plus=Decimal(feet[2]))
            last += self.token[last][:1] in ('"', "″", "”", "'") and self.touches(last)
            return Number(i, last, "measure", inches, unit="inch", resolution=Decimal(1))  # 14'9"
        suffix = self.token[last] if self.touches(last) else ""
        if value is not None and suffix in ("st", "nd", "rd", "th"):
            return Number(i, last + 1, "ordinal", value)
        if self.token[last] in ("th", "rd", "nd") and not self.touches(last):
            return Number(i, last + 1, "ordinal", value)  # the 47 th district
        if suffix and self.is_word(last) and not suffix[0].isalpha() and suffix not in _VULGAR:
            number = Number(i, last + 1, "count")
            return number.doubted("a power or the mark of a footnote?", value)
        readings: tuple[Decimal, ...] = ()
        while self.token[last] in (":", ".", "^") and self.touches(last) and self.touches(last + 1):
            if not self.is_numeral(last + 1):
                break
            last, doubt = last + 2, "a ratio, a score, a time or a power?"
        if not doubt and re.fullmatch(r"[1-9]\d{0,2}", self.token[i]):
            while self.continues_group(last):
                last += 1
        loose = (
            re.fullmatch(r"\.\d+", self.token[last]) and self.at[last] - self.to[i] == 1 and not self.column
        )
        if loose and last == i + 1 and value is not None:
            joined = Decimal(f"{value}{self.token[last]}") if value == value.to_integral_value() else None
            number = Number(i, last + 1, "count")
            return number.doubted("a loose point between digits; one number, or two?", joined, value)
        if last > i + 1 and not doubt:  # 600 000, 1 234.5
            value = Decimal("".join(self.token[i:last]))
            if last == i + 2 and self.token[i - 1] in DEFINITE and self.token[last] in STOPS:
                doubt, readings = "one number grouped by a space, or two?", (value, Decimal(self.token[i]))
        elif self.token[last] in ("×", "·", "*") and self.is_numeral(last + 1):
            last, doubt = last + 2, "a product or a power?"
            last += 2 * (self.token[last] in ("-", "−", "–", "^") and self.is_numeral(last + 1))
        elif value is None and _COMMA_DECIMAL.fullmatch(self.written(i)):
            decimal = Decimal(self.written(i).replace(",", "."))
            measured = self.token[
                self.next_word(last)
            ] in _PERCENT | UNITS | SIZES.keys() | LETTER_SIZES.keys() - {"m"}
            value, doubt = (decimal, "") if measured else (None, "a decimal comma, or two numbers?")
            readings = (decimal, Decimal(self.written(i).split(",")[0]))
        number = Number(i, last, "count", value, resolution=last_digit(value))
        return number.doubted(doubt, *readings) if doubt else number

    def continues_group(self, i: int) -> bool:
        """True if token i is a further group of three digits behind a space, as in 600 000."""
        if not self.is_numeral(i) or not re.fullmatch(r"\d{3}(?:\.\d+)?", self.token[i]):
            return False
        if self.at[i] - self.to[i - 1] != 1 or self.shown[self.to[i - 1]] not in " \u00a0\u2009\u202f":
            return False
        return not self.touches(i + 1) or self.sort[i + 1] == "p"

    def spelled(self, i: int) -> Number | None:
        if self.token[i] not in CARDINAL_STARTS and self.token[i] not in ("a", "an"):
            return None
        value, last, kind, scale, doubt = self.words(i)
        if last == i or not self.counts(i, last):
            return None
        if doubt:
            return Number(i, last, kind, doubt=doubt)
        return Number(i, last, kind, Decimal(value), scale=scale, resolution=Decimal(scale))

    def counts(self, i: int, last: int) -> bool:
        """True if number words are a number: not "one" as a pronoun, not "at first"."""
        before, after = self.token[i - 1], self.token[last]
        if (before, self.token[i]) in _IDIOMS or (self.token[i], after) in _IDIOMS:
            return False
        if last > i + 1 or self.token[i] != "one":
            return True
        if after == "and" and self.parts(self.next_word(last + 1), loose=True):
            return True
        if after in HYPHENS and self.touches(last):
            return self.token[last + 1] not in _ONE_COMPOUNDS
        if before in HYPHENS and after in UNITS:
            return True  # thirty seconds-one minute
        if after == "off" or (before == "at" and after in ("point", "time", "stage", "moment")):
            return False
        if before in _ORDER and self.token[i - 2] in DEFINITE and not self.token[last].endswith("s"):
            return False  # the last one Earth will get
        if after in _PERSONS or (after == "of" and before in _HARMING):
            return True  # that one person died; killing one of the guards
        if before in ("but", "least"):  # all but one of which, at least one of them
            return True
        if (
            after in _ONE_WHAT
            or before in _ONE_BEHIND
            or after in _ONE_BEFORE
            or (before in HYPHENS and self.touches(i))
        ):
            return False
        following = self.token[last + 1]
        if after in _ONE_DAYS and (before in _SOME_TIME or not self.is_word(i - 1)):
            return following in _DAYS_COUNTED  # one day, he left; it may one day come
        if self.capital(i - 1) and self.token[i - 2] == "the":
            return False  # the Lumo one
        if "another" in self.token[last + 1 : last + 5] and "after" in self.token[last + 1 : last + 4]:
            return False  # one small hope after another
        cell = self.column or self.chosen
        if (
            not cell
            and self.written(last).islower()
            and is_plural(after)
            and (following in STOPS or not self.is_word(last + 1))
        ):
            return False  # one knows that; what one needs
        if (after, following) in _ONE_IDIOMS or (before == "by" and self.token[i - 2] == "one"):
            return False
        if after in ("or", "to", "and", ",") and (self.is_numeral(last + 1) or following in _WORDS):
            return True
        if self.is_word(last) and after not in _ONE_ALONE:
            return True
        told = before.endswith(("ing", "ed")) and self.token[i - 2] not in ("a", "an", "the")
        return told or before in _ONE_COUNTED or not self.is_word(i - 1)

    def words(self, i: int) -> tuple[int, int, str, int, str]:
        """Number words from token i: value, the token behind them, kind, scale of the last word, doubt.

        `group` collects what is below a thousand, `total` what lies before the last scale; scales descend.
        """
        total, group, tail, bound = 0, 0, 1, 0
        k = last = i
        before_and: tuple[int, int, int] | None = None
        if self.token[i] in ("a", "an"):
            k, group = self.next_word(i + 1), 1
            if self.token[k] not in SIZES:
                return 0, i, "count", 1, ""
        while True:
            word = self.token[k]
            unit = _WORDS.get(word)
            ordinal = _ORDINALS.get(word)
            size = SIZES.get(word) or _ORDINAL_SIZES.get(word)
            if unit is not None and _fits(group, unit, last == i):
                group, tail = group + unit, 1
            elif ordinal and _fits(group, ordinal, True) and (last == i or k > last or not group % 100):
                if word == "second" and last > i:
                    doubt = "" if self.token[i - 1] == "the" else "an ordinal, or a number of seconds?"
                    return total + group + 2, k + 1, "ordinal", 1, doubt
                return total + group + ordinal, k + 1, "ordinal", 1, ""
            elif size == 100 and group < 100 and (group or last == i):
                group, tail = (group or 1) * 100, 100
            elif size and size != 100 and (group or last == i) and not (bound and size >= bound):
                total += (group or 1) * size
                tail, bound, group = size * (100 if tail == 100 else 1), size, 0
            else:
                if size and before_and:  # "a million and two million"
                    total, tail, last = before_and
                    group = 0
                break
            last = k + 1
            if word in _ORDINAL_SIZES:
                return total + group, last, "ordinal", 1, ""
            if word == "dozen":
                break
            k = self.next_word(last)
            if self.token[k] == "and" and not group % 100 and (group or total):
                joined = self.next_word(k + 1)
                if self.token[joined] in CARDINAL_STARTS and self.token[joined] not in SIZES:
                    before_and, k = (total + group, tail, last), joined
        return total + group, last, "count", tail, ""

    def mixed(self, number: Number) -> Number:
        """two and a half, one-and-three-quarters, 2½, 2 1/2, a million and a half."""
        k = self.next_word(number.last)
        if self.token[k] == "point":
            return self.pointed(number, k + 1)
        part = self.vulgar(number.last) or self.slashed(number.last)
        hyphen = number.last
        if (
            part is None
            and self.token[hyphen] in HYPHENS
            and self.touches(hyphen)
            and self.touches(hyphen + 1)
        ):
            part = self.slashed(hyphen + 1)
            if self.token[hyphen + 3] not in ("2", "3", "4", "8", "16", "32") or not self.is_numeral(
                number.first
            ):
                part = None  # 1-1/2 cups
            elif (
                part
                and part.value is not None
                and number.value is not None
                and "." in self.token[number.first]
            ):
                return number.doubted("a fraction of what?", number.value, last=part.last)  # $5.92-3/4
        if self.matches(k, "and", "half") and self.token[k + 2] in SIZES:
            part = Number(k + 1, k + 2, "fraction", Decimal("0.5"))  # two and half thousand
        if part is None and self.token[k] == "and":
            part = self.parts(self.next_word(k + 1), loose=True)
        if part is None or part.value is None or number.value is None or self.token[part.last] == "of":
            return number
        value = exact(part.value, number.scale, plus=number.value)
        finest = last_digit(part.value) if part.value.as_tuple().exponent in (-1, -2, -3) else None  # a half
        return replace(number, last=part.last, value=value, resolution=finest and finest * number.scale)

    def pointed(self, number: Number, i: int) -> Number:
        """ninety-nine point five; the size in "two point four million" is still to come."""
        digits, last = "", i
        while _WORDS.get(self.token[last], 10) < 10 and len(digits) < LONGEST_NUMERAL:
            digits, last = f"{digits}{_WORDS[self.token[last]]}", last + 1
        if not digits or number.scale > 1 or "." in str(number.value):
            return number
        value = Decimal(f"{number.value}.{digits}")
        return replace(number, last=last, value=value, resolution=last_digit(value))

    def scaled(self, number: Number, money: bool) -> Number:
        """1.5 million, 20 thousand, 600k, 2 bn; "5m" only where it cannot be metres."""
        if number.value is None:
            return number
        plural = self.token[number.last].removesuffix("s")
        if number.scale == 1 and self.token[number.last] != plural and plural in SIZES:
            return self.scaled_by(number, SIZES[plural], number.last + 1)  # 3 lakhs
        words = not self.is_numeral(number.first) and self.token[number.last - 1] in CARDINAL_STARTS
        if words and "." not in str(number.value):  # their sizes are in them
            return number
        factor, last = 1, number.last
        for _ in range(2):  # five hundred thousand
            k = self.next_word(last)
            if self.token[k] in SIZES:
                factor, last = factor * SIZES[self.token[k]], k + 1
        if factor == 1:
            k = self.next_word(last)
            if self.token[k] in ("odd", "plus", "some") and self.token[k + 1] in SIZES:
                return replace(self.scaled_by(number, SIZES[self.token[k + 1]], k + 2), implied="about")
            factor, doubt = self.letter_size(last, money)
            if doubt:
                return number.doubted(doubt, exact(number.value, factor), number.value, last=last + 1)
            last += factor > 1
        scaled = self.scaled_by(number, factor, last)
        spelled = self.token[last - 1] in SIZES  # $100m and 14 boats are two numbers
        return self.with_rest(scaled) if factor > 1 and spelled else scaled if factor > 1 else number

    def with_rest(self, number: Number) -> Number:
        """253 thousand and 77: one number, or two of which the first ends there."""
        k = number.last + 1
        rest = self.small(k) if self.token[number.last] == "and" and self.is_numeral(k) else Decimal(0)
        if (
            number.value is None
            or number.scale < 1000
            or not 0 < rest < number.scale
            or self.token[k + 1] in SUFFIXES | SIZES.keys()
        ):
            return number
        doubt = "one number, or two?"
        return number.doubted(doubt, exact(number.value, plus=rest), number.value, last=k + 1)

    def scaled_by(self, number: Number, factor: int, last: int) -> Number:
        """The number times a size that ends before token `last`."""
        finest = number.resolution and exact(number.resolution, factor)
        value = number.value and exact(number.value, factor)
        return replace(number, last=last, value=value, resolution=finest, scale=factor)

    def letter_size(self, i: int, money: bool) -> tuple[int, str]:
        """The factor of a letter behind a numeral, and the doubt whether it is one."""
        word, attached = self.token[i], self.touches(i)
        if word == "t" and money and attached:
            return 10**12, ""  # $1T
        if not attached and self.written(i) in ("B", "K") and self.token[i + 1] in _COUNTED | _PERSONS:
            return LETTER_SIZES[word], ""  # 8 B people
        if not self.is_word(i) or word not in LETTER_SIZES or (not attached and word in ("k", "b")):
            return 1, ""
        behind = self.token[i + 1]
        if word in ("m", "b") and not money and self.written(i).islower():
            race = self.token[i - 1] in RACED and self.token[i - 2] in _RACES
            hyphenated = self.touches(i + 1) and behind in HYPHENS
            bracketed = self.token[i - 2] == "(" and self.previous == "measure"  # 150 feet (45m)
            if word == "m" and (behind == "(" or bracketed):
                return 1, ""
            raced = self.token[i - 1] in RACED and not _RACING.isdisjoint(self.token[i + 1 : i + 6])
            if word == "m" and raced:
                return 1, ""  # 200m individual medley
            if behind in _COUNTED | _PERSONS or behind == "of" or self.previous == "money":
                return LETTER_SIZES[word], ""
            if word == "m" and (hyphenated or race or behind in DIMENSIONS):
                return 1, ""
            if not CURRENCY_WORDS.isdisjoint(self.token[i + 1 : i + 4]):
                return LETTER_SIZES[word], ""  # 3.2m Singapore dollars
            if word == "m" and "," in self.token[i - 1]:
                return 1, ""
            ahead = [self.token[k] for k in (i + 1, i + 2, i + 3)]
            things = next((n for n, one in enumerate(ahead) if one in STOPS or not one.isalpha()), 3)
            if any(one.endswith("s") for one in ahead[:things]) and behind not in STOPS:
                return LETTER_SIZES[word], ""  # 4.7m tablet computers
            if word == "m" and re.fullmatch(r"[0-3]\.\d\d", self.token[i - 1]):
                return 1, ""  # 1.98m: a height
            return LETTER_SIZES[word], METRES if word == "m" else "billion, or the name of something?"
        if word == "mn" and self.column and not money and not self.is_word(i + 1):
            return 10**6, "million, or minutes?"
        if word == "k" and behind in ("run", "race", "runner", "runners", "course"):
            return 1000, "thousand, or kilometres?"
        return LETTER_SIZES[word], ""

    def run_on(self, number: Number) -> Number:
        """Numbers side by side ("nineteen eighty-four", "3 million 200 thousand"): together, in doubt."""
        if number.kind != "count" or number.vague:
            return number
        last = number.last
        while self.is_numeral(last) or self.token[last] in CARDINAL_STARTS:
            other = None if self.fixed(last) else self.cardinal(last)
            if other is None or other.kind != "count" or self.token[other.last] in SUFFIXES:
                break
            if self.token[other.last] in HYPHENS and self.touches(other.last):
                break
            last = other.last
        if last == number.last:
            return number
        return replace(
            number,
            last=last,
            value=None,
            doubt="numbers side by side; one number, or several?",
            readings=((number.value, None),),
        )
