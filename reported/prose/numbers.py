"""Numbers that count, each with what belongs to it: sign, currency, percent, "times", a size without digits."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from reported.prose.cardinals import CARDINAL_FORMS, CARDINAL_STARTS, Cardinals
from reported.prose.lexicon import (
    AGES,
    CODE_WORDS,
    CURRENCY_CODES,
    CURRENCY_LETTERS,
    CURRENCY_WORDS,
    PERCENT_WORDS,
    PREFIXES,
    SIZES,
    STOPS,
    UNITS,
)
from reported.prose.number import Number, exact, to_nine_decimals
from reported.prose.tokens import HYPHENS, QUOTES
from reported.prose.units import is_plural, signs, standard, words_of
from reported.prose.vocabulary import listed, meanings, values

CURRENCY_SIGNS = frozenset(sign for sign in signs() if len(sign) == 1 and not sign.isalpha())
#: The letters before a sign: us of US$, e of E£.
DOLLARS = frozenset(
    sign[:-1].lower()
    for sign in signs()
    if len(sign) > 1 and sign[:-1].isalpha() and sign[-1] in CURRENCY_SIGNS
)
_PERCENT: dict[str, list[list[str]]] = {}
for _words in sorted(PERCENT_WORDS, key=len, reverse=True):
    _PERCENT.setdefault(_words.split()[0], []).append(_words.split())
_SIGNS, _PERSONS = listed("set: sign"), frozenset(words_of("person"))
_MULTIPLES = {word: Decimal(value) for word, value in meanings("multiple").items()} | {
    f"{word}fold": Decimal(value) for word, value in values("number", "size").items() if value > 1
}
_VERBAL = frozenset(
    ("to", "will", "would", "could", "may", "might", "can", "should", "nearly", "almost", "than", "and")
)
_MULTIPLES_OF, _OF_WHAT = meanings("multiple of"), listed("set: of what")
#: Plurals without digits, and the qualifier each is: "" if none means that size.
_PLURALS = {words: meaning.strip("?") for words, meaning in meanings("plural").items()}
_SEVERAL_OF = {tuple(words.split()): meaning for words, meaning in meanings("several of").items()}
_HEADS = {
    "a": [["a", "few"], ["a", "couple"], ["a", "handful"]],
    **{word: [[word]] for word in ("several", "few", "many", "couple", "handful")},
}
#: The country behind a sign, to the currency: $9m (Canadian).
_OF_COUNTRY = {
    (word.split()[0], sign): code
    for word, code in words_of("currency").items()
    for sign, name in (("$", "dollar"), ("£", "pound"))
    if word.endswith(f" {name}") and len(word.split()) == 2
}
_NONE = frozenset(("none", "nil", "no", "nobody", "not", "neither", "zero"))
_NOT_ONE = (("not", "a", "single", "one"), ("not", "one"), ("not", "a", "one"), ("not", "any"))
_HAPPENED = frozenset(("was", "were", "is", "has", "had", "came"))
_HARMED = listed("set: harmed")
_NEW = listed("set: new")
_NONE_OF, _DEFINITE = listed("set: none of"), listed("set: definite")
_LEVELS = frozenset(("low", "mid", "high", "upper"))
_SIZES_BY_DIGITS = {
    "10": "tens", "100": "hundreds", "1000": "thousands", "10000": "tens of thousands", "100000": "hundreds of thousands",
    "1000000": "millions", "10000000": "tens of millions", "100000000": "hundreds of millions",
}  # fmt: skip
_SCORES_OF = listed("set: scores of")
AS_MUCH = frozenset(("the", "as", "more", "that", "what", "its", "their", "his", "her", "our"))
_FIGURES = values("number") | {"single": 1, "double": 2, "triple": 3}
_AFTER_A = (
    frozenset(["few", "couple", "handful", "pair", "score", "single"]) | SIZES.keys() | UNITS | CURRENCY_WORDS
)
_FRACTION_WORDS = frozenset(
    ["half", "halve", "quarter", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
)
_REACH = frozenset(["in", "into", "to", "of", "for", "low", "mid", "high", "reach", "reached", "well"])
_PLURAL_AGES = {word + "s": value for word, value in values("number").items()}
_SECONDS = listed("set: second thing")
_QUOTED = re.compile(r"""(?:^|[\s(\[:])["'“‘]""")
_LONG = meanings("long")
_TEAMS = listed("set: team")
_ZERO_IDIOMS = listed("set: zero idiom")
_DURATIONS = frozenset(("minute", "hour", "day", "week", "month", "year", "fortnight"))
_LASTED, _EACH = listed("set: lasted"), frozenset(("per", "a", "each", "every"))
_NOT_LASTING = frozenset(
    ("ago", "later", "earlier", "before", "after", "on", "old", "or", "and", "long", "time", "when", "in")
)
_COUNTABLE = UNITS | SIZES.keys() | CURRENCY_WORDS
STARTS = CARDINAL_FORMS.union(_NONE - {"not"},_PLURAL_AGES, (letter.lower() for letter in CURRENCY_LETTERS),
    _MULTIPLES, _MULTIPLES_OF, (words for words in _PLURALS if " " not in words), CURRENCY_SIGNS, CURRENCY_CODES, _SIGNS,
    ["a", "an", "half", "quarter", "several", "few", "many", "couple", "handful", "severalfold", "majority", "single", "double", "triple", "http", "https", "www"],
)  # fmt: skip
#: Where a number may begin; a year only in "a year-long siege".
TRIGGERS = STARTS.union(
    _LONG, _LEVELS, ["not"], ("year", "month", "week", "day", "hour", "minute", "decade", "mile")
)


class Numbers(Cardinals):
    @staticmethod
    def is_counted(word: str) -> bool:
        """True if a word is a plural or names people."""
        return word in _PERSONS or is_plural(word)

    def number(self, i: int) -> Number | None:
        """The number that starts at token i, with its sign, currency or percent; no date, no qualifier."""
        word = self.token[i]
        if word in ("a", "an") and self.token[i + 1] not in _AFTER_A and not self.a_part(i):
            return self.one_or_two(i)
        if word in _SIGNS:
            return self.signed(i)
        if word in CURRENCY_SIGNS or self.currency_prefix(i):
            return self.money(i)
        if word in _NONE and (found := self.nothing(i)):
            return found
        if word in _LEVELS:
            k = self.next_word(i + 1)
            found = self.plural(k) if self.token[k] in _PLURALS else None
            return found and replace(found, first=i)  # low thousands, mid-hundreds
        if word in SIZES and self.token[i - 1] == ")":
            return None  # 50 (52) million tonnes
        if word == "zero" and self.token[i + 1] in HYPHENS and self.token[i + 2] in _ZERO_IDIOMS:
            return None
        if word == "zero" and not {"net", "sub", "ground"}.isdisjoint((self.token[i - 1], self.token[i - 2])):
            return None
        if self.token[i - 1] == "per" and (word in SIZES or word == "second"):
            return None  # 418 parts per million
        if word in SIZES and self.token[i - 2] == "multi" and self.token[i - 1] in HYPHENS:
            return self.sized(i, i + 1, _PLURALS.get(f"{word}s", ""))  # a multi-million-dollar track
        if self.is_numeral(i) and (size := self.digit_size(i)):
            return self.digits_of_size(i, size)
        found = self.by_figures(i) or self.age(i) or self.a_unit(i) or self.vague(i) or self.majority(i)
        found = found or self.fraction(i) or self.multiple(i) or self.cardinal(i)
        if found is None or found.kind == "ordinal":
            return found
        return self.with_unit(found)

    def one_or_two(self, i: int) -> Number | None:
        """a joke or two, a different ingredient or two: one to two of them."""
        k = next((n for n in (i + 2, i + 3) if self.matches(n, "or", "two")), 0)
        if not k or is_plural(self.token[k + 2]) or not all(map(self.is_word, range(i + 1, k))):
            return None
        return Number(i, k + 2, "count", Decimal(1), Decimal(2), unit=standard(self.token[k - 1]))

    def a_part(self, i: int) -> bool:
        return self.token[i + 1] in _FRACTION_WORDS or self.next_word(i + 2) > i + 2

    def by_figures(self, i: int) -> Number | None:
        """six-figure, double-digit: from the first to the last number with so many digits."""
        digits = int(_FIGURES.get(self.token[i], 0) or (self.token[i] if self.token[i] in "3456789" else 0))
        k = self.next_word(i + 1)
        if not 0 < digits < 16 or self.token[k] not in ("figure", "digit", "figures", "digits"):
            return None
        alone = self.column and i == 0 and self.token[k + 1] == ""  # a cell: five figures
        sum_of = self.token[k] == "figures" and (alone or self.token[i - 1] in _REACH)
        if not (k > i + 1 or sum_of or self.token[i] in ("single", "double", "triple")):
            return None
        low = Decimal(10) ** (digits - 1)
        return Number(i, k + 1, "count", low, Decimal(10) ** digits - 1)

    def digits_of_size(self, i: int, size: str) -> Number:
        """1000s, 100's of thousands: a size as its plural in words would be."""
        last = i + 2 + (self.token[i + 1] == "'")
        if size.lstrip("10") and len(size) != 2:
            low = Decimal(size)
            return Number(i, last, "count").doubted("a size, or a decade?", (low, None))
        if size[0] != "1":
            low = Decimal(size)
            return Number(i, last, "count").doubted("so many and up to nine more, or years?", (low, low + 9))
        word = _SIZES_BY_DIGITS.get(size, "billions")
        of = f"{word} of {self.token[last + 1]}" if self.token[last] == "of" else ""
        return (
            self.sized(i, last + 2, _PLURALS[of]) if of in _PLURALS else self.sized(i, last, _PLURALS[word])
        )

    def nothing(self, i: int) -> Number | None:
        """None of the 12, not a single one of the 40, no deaths, nil: zero, in doubt if it may be a manner of speaking."""
        word, k = self.token[i], i + 1
        if word == "not":
            k = next((i + len(words) for words in _NOT_ONE if self.matches(i, *words)), 0)
            if self.matches(i, "not", "a", "single") and self.is_word(i + 3) and k != i + 4:
                none = Number(i, i + 3, "count", Decimal(0), resolution=Decimal(1))
                if not (_HARMED | _HAPPENED).isdisjoint(self.token[i + 4 : i + 7]):
                    return none
                return none.doubted("none of these, or none of a single kind?", Decimal(0))
            if not k:
                return None
        of = k + self.matches(i, "no", "one")
        if word in _NONE and self.token[of] in ("of", "among", "amongst"):
            whole = of + 1 + (self.token[of + 1] in _DEFINITE)
            number = (
                self.cardinal(whole)
                if self.is_numeral(whole) or self.token[whole] in CARDINAL_STARTS
                else None
            )
            if number is not None and number.kind == "count" and number.value:
                return Number(i, number.last, "count", Decimal(0), of=number.value, resolution=Decimal(1))
        if word == "zero":
            return None  # as any other number word
        if self.matches(i, "not", "any"):
            return None
        if word == "not":
            told = k == i + 4 or self.token[k] in _HAPPENED or not _HARMED.isdisjoint(self.token[k : k + 2])
            return Number(i, k, "count", Decimal(0), resolution=Decimal(1)) if told else None
        alone = self.column and all(self.token[n] in ("", ".", "-") for n in (i - 1, k))
        if alone and word in ("none", "nil", "nobody", "no", "neither"):
            return Number(i, k, "count", Decimal(0), resolution=Decimal(1)) if word != "no" else None
        if word == "none" and not self.column:  # none survived; none of those on board was hurt
            most = k + (7 if self.token[k] == "of" else 3)
            clause = frozenset(self.token[n] for n in takewhile(self.is_word, range(k, most)))
            if _HARMED.isdisjoint(clause):
                return None
            none = Number(i, k, "count", Decimal(0), resolution=Decimal(1))
            known = clause.isdisjoint(("reported", "recorded", "known"))
            return none if known else none.doubted("none, or none that is known?", Decimal(0))
        if word in ("nobody", "no") and (word == "nobody" or self.token[k] == "one"):
            k += word == "no"
            behind = self.token[k : k + 3]
            if not _HARMED.isdisjoint(behind) or (
                i == 0 and k >= self.count - 1 and self.token[k] in ("", ".")
            ):
                return Number(i, k, "count", Decimal(0), unit="person", resolution=Decimal(1))
            return None
        if word != "no":
            return None
        while self.token[k] in _NEW:
            k += 1
        behind = self.token[k + 1 : k + 4]
        whole = i == 0 and k >= self.count - 2
        listed_none = self.token[k] in _NONE_OF and (
            whole or self.column or k > i + 1 or not _HARMED.isdisjoint(behind)
        )
        if not listed_none or (
            self.token[i - 1] in ("there", "is", "was", "with", "by", "or", "of", "and") and not self.column
        ):
            return None
        unit = standard(self.token[k])
        found = Number(i, k + 1, "count", Decimal(0), unit=unit, resolution=Decimal(1))
        said = not {"reported", "immediate", "known"}.isdisjoint(self.token[i + 1 : k + 4])
        return (
            found.doubted("none, or none that is known?", Decimal(0)) if said and not self.column else found
        )

    def age(self, i: int) -> Number | None:
        """under-18s, over-65s."""
        first = i - 2 if self.token[i - 1] in HYPHENS and self.touches(i) else i - 1
        implied = AGES.get(self.token[first]) if first >= self.floor else None
        if implied and self.token[i] in _PLURAL_AGES and first == i - 2:  # under-fives
            return Number(
                first, i + 1, "measure", Decimal(_PLURAL_AGES[self.token[i]]), implied=implied, unit="year"
            )
        if implied and first == i - 1 and self.token[i + 1] in ("boys", "girls") and self.is_numeral(i):
            return Number(first, i + 1, "designation")  # the under 14 boys
        plural = self.token[i + 1] == "s" and self.touches(i + 1)
        if not implied or not re.fullmatch(r"\d\d?", self.token[i]) or not (plural or first == i - 2):
            return None
        if not plural and self.token[i + 1] in UNITS | HYPHENS:
            return None
        if not plural and (self.token[i + 1] in _TEAMS or self.capital(i + 1)):
            return Number(first, i + 1, "designation")
        last = i + 1 + plural
        return Number(first, last, "measure", Decimal(self.token[i]), implied=implied, unit="year")

    def majority(self, i: int) -> Number | None:
        """the majority of voters; but a majority of 12 is 12."""
        if (
            not self.matches(i, "majority", "of")
            or self.is_numeral(i + 2)
            or self.token[i + 2] in CARDINAL_STARTS
        ):
            return None
        return Number(i, i + 1, "fraction", Decimal("0.5"), implied="more than")

    def a_unit(self, i: int) -> Number | None:
        """an hour and a half; a day or two; a pair of boats."""
        for noun, value in (("pair", 2), ("score", 20)):
            ahead = self.token[i + 3 : i + 6]
            numbered = self.is_numeral(i + 3) or (noun == "score" and not CARDINAL_STARTS.isdisjoint(ahead))
            numbered = numbered or (
                noun == "score" and "n" in self.sort[i + 3 : i + 6]
            )  # a score of at least 1220
            if self.matches(i, "a", noun, "of") and not numbered:
                return Number(i, i + 2, "count", Decimal(value))
        if self.matches(i, "a", "single") and self.token[i + 2] in UNITS:
            return Number(i, i + 2, "count", Decimal(1), only_qualified=True)
        if self.matches(i - 1, "by", "a", "single") and self.is_word(i + 2):
            return Number(i, i + 2, "count", Decimal(1))
        unit = self.token[i + 1]
        if self.token[i] in _LONG:  # a weeklong strike
            return Number(i, i + 1, "measure", Decimal(1), unit=_LONG[self.token[i]])
        alone = not (self.token[i - 1] in HYPHENS and self.touches(i))
        if alone and unit in HYPHENS and self.matches(i + 2, "long") and self.token[i] in UNITS:
            return Number(i, i + 1, "measure", Decimal(1), unit=self.token[i])  # a year-long siege
        half = next((n for n in (3, 4) if self.token[i + n - 1] == "half" and self.token[i + 1] == "and"), 0)
        if (
            half
            and self.token[i] in _DURATIONS
            and self.token[i - 1] in _DEFINITE | {"last", "past", "next", "first", "every"}
        ):
            return Number(
                i, i + half, "measure", Decimal("1.5"), unit=self.token[i]
            )  # the last year and a half
        if self.token[i] not in ("a", "an") or unit not in _COUNTABLE:
            return None
        size = Decimal(SIZES.get(unit, 1))
        if self.matches(i + 2, "or", "two"):
            measure = Number(i, i + 4, "measure", size, size * 2, unit=unit)
            return measure if unit not in SIZES else replace(measure, kind="count", unit="")
        if unit in SIZES:
            return None
        if self.matches(i + 2, "and", "half"):
            return Number(i, i + 4, "measure", Decimal("1.5"), unit=unit)  # a day and half
        if self.matches(i + 2, "and", "a", "half"):
            return Number(i, i + 5, "measure", Decimal("1.5"), unit=unit)
        kind = "measure" if unit in UNITS else "money"
        only_qualified = unit not in ("decade", "century") or self.token[i - 1] in ("half", "of", "quarter")
        only_qualified = only_qualified and not (unit in _DURATIONS and self.lasting(i, i + 2))
        return Number(i, i + 2, kind, Decimal(1), unit=unit, only_qualified=only_qualified)

    def lasting(self, first: int, last: int) -> bool:
        """True if a unit without a number is how long something took: it lasted an hour, a fortnight of rain."""
        if first == 0 and last >= self.count - (self.token[self.count - 1] == "."):
            return True  # the whole phrase
        if self.token[first - 1] == "half":
            return False
        if self.token[last] in (_NOT_LASTING - {"or"} if self.column else _NOT_LASTING | HYPHENS):
            return False
        if self.column:
            return True
        if self.is_word(last) and self.token[last] not in STOPS:
            return False  # for a day trip
        of = self.token[last] == "of" and (self.column or self.token[last - 1] == "fortnight")
        return of or self.token[first - 1] in _LASTED

    def signed(self, i: int) -> Number | None:
        """-5, minus five, +5. A dash inside a sentence is no sign; an en dash before digits may be either."""
        word, after = self.token[i], self.token[i + 1]
        if word in ("minus", "negative") and after in HYPHENS and self.touches(i + 1) and self.touches(i + 2):
            number = self.number(i + 2)  # minus-5
            if number is None or number.value is None or number.kind == "ordinal":
                return None
            return replace(number, first=i, value=number.value.copy_negate())
        if self.sort[i] == "s":
            starts = self.touches(i + 1) and (not self.touches(i) or self.token[i - 1] in QUOTES)
            starts = starts and (self.is_numeral(i + 1) or after in CURRENCY_SIGNS)
            starts = starts and not (self.token[i + 2] in HYPHENS and self.touches(i + 2))  # -2-
            starts = starts and self.token[i - 1] not in ("/", "+")  # +/-15
        else:
            starts = (self.is_numeral(i + 1) or after in CARDINAL_STARTS) and self.token[i - 1] != "or"
        if word == "minus" and self.is_numeral(i - 1):
            return None  # 9 minus 2
        number = self.number(i + 1) if starts else None
        if number is None or number.value is None or number.kind == "ordinal":
            return None
        if word == "–":
            value = number.value
            return replace(number, first=i).doubted("a dash or a minus sign?", value.copy_negate(), value)
        return replace(number, first=i, value=number.value if word == "+" else number.value.copy_negate())

    def money(self, i: int) -> Number | None:
        """$2bn, US$5 million, EUR 300."""
        first, k = i, i + 1
        if self.sort[i] == "s":
            k += self.token[k] in DOLLARS and self.touches(k) and self.touches(k + 1)  # $US55
            spaced = self.written(i - 1) in ("US", "HK", "NZ", "NT", "S") and self.at[i] - self.to[i - 1] == 1
            told = self.written(i - 1) != "c" and self.token[i - 1] in DOLLARS  # c£4.9m is about £4.9m
            if (self.touches(i) or spaced) and i > self.floor and told:
                first -= 1
        k += self.token[k] == "." and self.is_word(i)
        negative = (
            self.token[k] in ("-", "−") and self.touches(k) and self.touches(k + 1) and self.is_numeral(k + 1)
        )
        k += negative  # $-82.70 billion
        number = (
            self.cardinal(k, money=True) if self.is_numeral(k) or (k == i + 1 and self.is_word(k)) else None
        )
        if number is None or number.kind != "count":
            return None
        written = self.shown[self.at[first] : self.to[k - 1 - negative]]
        if negative and number.value is not None:
            number = replace(number, value=number.value.copy_negate())
        if self.is_word(i) and self.token[k].startswith(".") and number.value is not None:
            whole = exact(number.value, 10 ** (len(self.token[k]) - 1))  # Rs .200 crore
            number = number.doubted("a decimal point, or the end of the sign?", whole, number.value)
        bracket = self.token[number.last] == "("
        code = _OF_COUNTRY.get((self.token[number.last + bracket], written))
        country = self.written(number.last)
        titled = self.capital(number.last + 1) and self.headline(number.last)  # a $2 Billion HK Listing
        if written == "$" and not code and country.isupper() and len(country) > 1 and not titled:
            code = signs().get(f"{country}$", "")  # $9 CDN, but not $7 A Bottle
        last = number.last + 1 + 2 * bracket if code else number.last
        return replace(number, first=first, last=last, kind="money", unit=code or written)  # $9m (Canadian)

    def with_unit(self, number: Number) -> Number:
        """Percent, currency, "times", or the half behind a unit ("two hours and a half") drawn into the number."""
        k = self.next_word(number.last)
        word = self.token[k]
        mille = word == "per" and self.token[k + 1] == "mille"
        if word == "‰" or mille:
            per_mille = number.value and exact(number.value, Decimal("0.1"))
            finest = number.resolution and exact(number.resolution, Decimal("0.1"))
            return replace(
                number, last=k + 1 + mille, kind="percent", value=per_mille, unit="percent", resolution=finest
            )
        if word == "°" and (self.touches(k) or self.token[k + 1] in ("c", "f")):
            last = k + 1 + (self.token[k + 1] in ("c", "f") and self.touches(k + 1))
            return replace(number, last=last, kind="measure", unit=self.shown[self.at[k] : self.to[last - 1]])
        if self.column and number.kind == "count" and (primed := self.primed(number)):
            return primed
        code = self.written(k)
        code = code[:-1] if code[3:] == "s" and code[:3].isupper() else code  # GBPs are no Gbps
        priced = (
            number.kind == "count" and len(code) == 3 and PREFIXES.get(code) and not self.is_numeral(k + 1)
        )
        bare = number.value is not None and number.value < 1000 and number.scale == 1
        named = bare and (
            self.token[k + 1] == "(" or self.is_counted(self.token[k + 1])
        )  # 2 CDF (LUM) troops
        if priced and k == number.last and code not in CODE_WORDS and not named:
            return replace(number, last=k + 1, kind="money", unit=PREFIXES[code])  # 18,000 USD
        if word in ("c", "f") and self.touches(k) and self.written(k).isupper() and self.is_numeral(k - 1):
            return replace(number, last=k + 1, kind="measure", unit=f"°{self.written(k)}")
        share = number.kind == "fraction" and self.is_numeral(number.last - 1)  # 1/4 second
        if (
            word == "second"
            and not self.second_of(k + 1)
            and (number.kind == "count" or share)
            and not number.vague
        ):  # 15-second; here no ordinal
            return to_nine_decimals(replace(number, last=k + 1, kind="measure", unit=word))
        ends = self.touches(k) or (self.column and not self.is_word(k + 1) and not self.is_numeral(k + 1))
        if word == "in" and ends and self.is_numeral(k - 1) and number.kind == "count":
            return to_nine_decimals(replace(number, last=k + 1, kind="measure", unit="inch"))  # 14in
        if word[:1] == "¢" and self.touches(k) and number.kind == "count":
            return replace(number, last=k + 1, kind="money", unit="cent")
        if word == "o'clock" or (word in ("a", "p") and self.matches(k + 1, ".", "m")):
            return replace(number, last=k + (1 if word == "o'clock" else 3), kind="time", value=None)
        computers = self.written(k) == "PC" and not self.touches(k) and self.is_word(k + 1)
        percent = next((words for words in _PERCENT.get(word, ()) if self.matches(k, *words)), [])
        percent = [] if computers else percent
        if percent:
            last = k + len(percent)
            unit = self.shown[self.at[k] : self.to[last - 1]]
            return replace(number, last=last, kind="percent", unit=unit)
        if number.value is not None and self.written(k) == "p" and self.touches(k) and self.is_numeral(k - 1):
            return replace(number, last=k + 1, kind="money", unit="pence")
        if word in CURRENCY_SIGNS and (self.touches(k) or not self.is_numeral(k + 1)):
            return replace(number, last=k + 1, kind="money", unit=word)
        times = word == "times" or (word in ("x", "fold") and (self.touches(k) or self.is_word(k - 1)))
        if number.kind == "count" and times and number.vague != "several":
            return replace(number, last=k + 1, kind="multiple")
        if number.kind == "count" and self.matches(number.first - 3, "a", "factor", "of"):
            return replace(number, kind="multiple")
        if word in UNITS and self.matches(k + 1, "and", "a", "half") and number.value is not None:
            half = exact(number.value, plus=Decimal("0.5"))
            return replace(
                number, last=k + 4, kind="measure", value=half, unit=word, resolution=Decimal("0.1")
            )
        return number

    def primed(self, number: Number) -> Number | None:
        """The feet or inches of a cell: 6', 68", 8' to 10'."""
        k = number.last
        sign, quoted = self.token[k][:1], _QUOTED.search(self.shown, 0, self.at[number.first])
        if not sign or not self.touches(k) or not self.is_numeral(k - 1) or quoted:
            return None
        unit = "inch" if sign in '"″”' or self.token[k][:2] == "''" else "foot" if sign in "'′’" else ""
        return to_nine_decimals(replace(number, last=k + 1, kind="measure", unit=unit)) if unit else None

    def second_of(self, i: int) -> bool:
        """True if "second" before token i is the second of something: one second-half goal."""
        return (
            self.token[i] in HYPHENS
            and self.touches(i)
            and self.touches(i + 1)
            and self.token[i + 1] in _SECONDS
        )

    def vague(self, i: int) -> Number | None:
        """Words without digits: several, a handful, dozens, hundreds of thousands, several hundred."""
        if self.token[i] in _PLURALS:
            return self.plural(i)
        head = next((words for words in _HEADS.get(self.token[i], ()) if self.matches(i, *words)), None)
        if head is None:
            return None
        last = i + len(head)
        k = self.next_word(last)
        k += self.token[k] == "of" and head[-1] == "couple"
        if (
            self.token[k] in SIZES
            or self.token[k] == "score"
            or self.token[k] in _PLURALS.keys() - {"scores"}
        ):
            return self.several_of(i, k)
        if self.is_numeral(k) and (size := self.digit_size(k)) and size.strip("0") == "1":
            return replace(self.digits_of_size(k, size), first=i)  # several 1000s
        if head == ["several"] and self.token[k] == "times" and self.token[k + 1] in _EACH:
            return Number(i, k + 1, "count", vague="several", unit="time")  # several times a day
        if head == ["several"] and self.token[k] in ("times", "fold"):
            times = (
                self.token[k + 1] in AS_MUCH or self.token[k + 1].endswith("er") or self.token[k] == "fold"
            )
            if not times and self.is_word(k + 1):
                return Number(i, k, "count", vague="several")  # rang several times at the house
            return Number(i, k + 1, "multiple", vague="several times")
        counted = self.token[last] in {"of", ""} | UNITS or self.token[last] in ("were", "more", "dozen")
        if head == ["a", "couple"] and counted and not (self.token[last] == "" and i > 0):
            return Number(i, last, "count", vague="a couple")
        if head == ["couple"] and self.column and (self.token[last] == "of" or self.token[last] in UNITS):
            return Number(i, last, "count", vague="a couple")
        vague = {"several": "several", "handful": "a handful"}.get(head[-1])
        return Number(i, last, "count", vague=vague) if vague else None

    def several_of(self, first: int, i: int) -> Number | None:
        """several hundred, a few thousand, many thousands: the size at token i."""
        if self.token[i] in _PLURALS:
            plural = self.plural(i)
            return plural and replace(plural, first=first)
        pair = (self.token[i], self.token[i + 1].removesuffix("s"))
        sizes = pair if pair[1] in SIZES else pair[:1]
        return self.sized(first, i + len(sizes), _SEVERAL_OF.get(sizes, ""))

    def plural(self, i: int) -> Number | None:
        """dozens, hundreds of thousands."""
        word = self.token[i]
        tested = self.token[i - 1] in _DEFINITE | {
            "test",
            "exam",
            "high",
            "low",
            "credit",
            "box",
            "approval",
            "final",
        }
        whole = self.column or self.token.count("") == len(self.token) - 1
        if (
            word == "scores"
            and self.token[i + 1] == "of"
            and (self.is_numeral(i + 2) or self.token[i + 2] in CARDINAL_STARTS)
        ):
            return None  # scores of two symphonies
        harmed = self.token[i - 1] in _HARMED | {"kills", "killing", "injuring", "wounding"}
        if (
            word == "scores"
            and not whole
            and (tested or (self.token[i + 1] not in _SCORES_OF and not harmed))
        ):
            return None
        of = f"{word} of {self.token[i + 2]}" if self.token[i + 1] == "of" else ""
        return self.sized(i, i + 3, _PLURALS[of]) if of in _PLURALS else self.sized(i, i + 1, _PLURALS[word])

    def sized(self, first: int, last: int, vague: str) -> Number:
        doubt = "" if vague else "no qualifier stands for a size like that"
        return Number(first, last, "count", vague=vague, doubt=doubt)

    def multiple(self, i: int) -> Number | None:
        """twice, tenfold, doubled; "double" only before what it is the double of."""
        word = self.token[i]
        if word == "severalfold":
            return Number(i, i + 1, "multiple", vague="several times")
        batted = self.token[i + 1] in ("down", "off", "home", "into", "twice")  # doubled off the wall
        hyphenated = self.token[i + 1] in HYPHENS and self.touches(i + 1)
        value = None if hyphenated or batted else _MULTIPLES.get(word)
        verb = self.token[i - 1] in _VERBAL and self.token[i + 1] in (
            "to",
            "in",
            "by",
            "from",
            "over",
            "within",
            "",
            ".",
            ",",
        )
        hit = self.token[i - 2] in HYPHENS and self.touches(i - 1)  # a game-winning triple
        hit = hit or (self.token[i - 1] == "a" and self.token[i + 1] not in _OF_WHAT)
        if (
            word in _MULTIPLES_OF
            and not hit
            and (
                self.token[i + 1] in _OF_WHAT
                or verb
                or not (self.is_word(i + 1) or self.token[i + 1] in HYPHENS)
            )
        ):
            value = Decimal(_MULTIPLES_OF[word])
        return None if value is None else Number(i, i + 1, "multiple", value)
