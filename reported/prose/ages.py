"""The age of somebody: Surname (25), Surname, 31, a clerk, an 11-year-old."""

from __future__ import annotations

import re
from decimal import Decimal

from reported.prose.lexicon import NO_NAME, STOPS, WORDS
from reported.prose.number import Number
from reported.prose.tokens import HYPHENS, Tokens
from reported.prose.vocabulary import listed

_LIFETIMES = frozenset(("year", "month", "week", "day"))
_AGED_BEHIND, _OLD_THINGS = listed("set: aged behind"), listed("set: old thing")
_LIVED = frozenset(
    ("school", "home", "retired", "retire", "married", "died", "debut", "career", "drinking", "driving")
)
_ARTICLES = frozenset(("the", "a", "an", "his", "her", "their"))
_COUNTS = frozenset(
    ("number", "order", "factor", "quarter", "counter", "other", "latter", "former", "remainder")
)
_SOMEBODY = frozenset(("he", "she", "i", "who"))
_SOMEONE = frozenset(
    (
        "boy",
        "girl",
        "man",
        "woman",
        "teenager",
        "mother",
        "father",
        "brother",
        "sister",
        "son",
        "daughter",
        "student",
        "teacher",
        "driver",
    )
)
_LISTED = 12  # tokens back to the word that says that ages are listed
_SENTENCE_ENDS = frozenset(("", ".", "!", "?"))


class Ages(Tokens):
    """Recognises the ages of people and things."""

    def years_old(self, i: int) -> Number | None:
        """The age of somebody or something: an 11-year-old, a six-month-old baby, a 10 Year Old Boy."""
        if self.token[i + 1] == "–" and self.matches(i + 2, "year", "-", "old") and self.token[i].isdecimal():
            return None if self.column else Number(i, i + 5, "age", Decimal(self.token[i]))  # a 22–year-old
        old = self.matches(i + 3, "-", "year", "-", "old") or self.matches(i + 3, "-", "year", "-", "olds")
        if self.is_numeral(i) and self.token[i + 1] in ("and", "or") and self.is_numeral(i + 2) and old:
            return None if self.column else Number(i, i + 7, "age")  # the 13 and 14-year-old victims
        k = i + 1
        k += self.token[k] in HYPHENS
        suspended = self.token[i - 1] in ("to", "and", "or") and (
            self.is_numeral(i - 2) or self.token[i - 2] in HYPHENS
        )
        if self.column or self.token[k] not in _LIFETIMES or suspended:
            return None
        k += 1 + (self.token[k + 1] in HYPHENS)
        if self.token[k] not in ("old", "olds") or self.token[i - 1] in HYPHENS:
            return None
        value = Decimal(self.token[i]) if self.token[i].isdecimal() else WORDS.get(self.token[i])
        if value is None:
            return None
        if self.token[k + 1] in _OLD_THINGS:
            unit = self.token[k - 1 - (self.token[k - 1] in HYPHENS)]
            return Number(i, k + 1, "measure", Decimal(value), unit=unit, resolution=Decimal(1))
        return Number(i, k + 1, "age", Decimal(value))

    def aged(self, i: int) -> Number | None:
        """The age of somebody: Surname (25), Surname, 30, a clerk; aged 18 to 24."""
        if not re.fullmatch(r"1[01]\d|\d\d?", self.token[i]) or self.column:
            return None
        of_age = self.matches(i - 3, "the", "age", "of") and self.token[i - 4] in ("at", "by", "from")
        if self.token[i - 1] in ("aged", "ages") or of_age:
            bracket = self.token[i + 1] in (
                "to",
                "through",
                "and",
                "or",
                "-",
                "–",
                "plus",
                "+",
            )  # 18 to 24, 70 or older
            several = self.token[i + 1] == "and" and re.fullmatch(r"\d\d?", self.token[i + 2])
            return None if bracket and not several else Number(i, i + 1, "age", Decimal(self.token[i]))
        if self.listed_age(i) or self.reached(i):
            return Number(i, i + 1, "age", Decimal(self.token[i]))
        if self.matches(i - 3, "jr", ".", ",") or self.matches(i - 3, "sr", ".", ","):
            return Number(i, i + 1, "age", Decimal(self.token[i])) if self.token[i + 1] == "," else None
        if self.matches(i - 2, ",", "now") and not self.is_word(i + 1):
            return Number(i, i + 1, "age", Decimal(self.token[i]))
        pronoun = self.token[i + 1 + (self.token[i + 1] == ",")] in ("he", "she", "his", "her", "i", "my")
        if (
            self.token[i - 1] == "at"
            and pronoun
            and (i < 2 or not self.is_word(i - 2))
            and len(self.token[i]) == 2
        ):
            return Number(i, i + 1, "age", Decimal(self.token[i]))  # at 18 she left
        if (
            self.token[i - 1] == "at"
            and self.token[i - 2] in ("dies", "died", "dead", "away")
            and not self.is_word(i + 1)
        ):
            return Number(i, i + 1, "age", Decimal(self.token[i]))
        if (
            self.token[i - 1] == "at"
            and not _LIVED.isdisjoint(self.token[i - 4 : i - 1])
            and (not self.is_word(i + 1) or self.token[i + 1] in STOPS)
            and not self.matches(i + 1, ":")  # from home at 2:30
        ):
            return Number(i, i + 1, "age", Decimal(self.token[i]))
        if self.token[i - 1] == "age" and self.token[i + 1] not in ("and", "or", "to", "-", "–", "plus", "+"):
            return Number(i, i + 1, "age", Decimal(self.token[i]))
        if self.described(i):
            return Number(i, i + 1, "age", Decimal(self.token[i]))
        surname = self.capital(i - 2) and self.token[i - 2] not in NO_NAME and i - 2 >= self.floor
        if not surname or len(self.token[i]) > 2:
            return None
        opening, closing = self.token[i - 1], self.token[i + 1]
        named = self.capital(i - 3) and self.token[i - 3] not in STOPS
        named = named or (self.token[i - 3] in HYPHENS and self.touches(i - 2))
        begins = i - 2 == 0 or self.token[i - 3] in _SENTENCE_ENDS  # Roman, 31, went
        bracketed = (opening, closing) == ("(", ")") and named
        apposed = (opening, closing) == (",", ",") or (
            opening == "," and closing in (".", ";", "", "and", "of", "from", "who", "was")
        )
        names = named or begins or self.token[i + 2] in _AGED_BEHIND
        names = names or (self.previous == "age" and i - self.floor < 6)
        listing = self.capital(i + 2) and self.is_numeral(
            i + 3 + (self.token[i + 3] == ",")
        )  # Kato, 30, Lumo 12
        if bracketed or (apposed and names and not listing and int(self.token[i]) > 2):
            return Number(i, i + 1, "age", Decimal(self.token[i]))
        return None

    def listed_age(self, i: int) -> bool:
        """True if a numeral goes on with a list of ages: aged 4, 7 and 12."""
        k = i - 1
        while k > i - _LISTED and (self.token[k] in (",", "and") or re.fullmatch(r"\d\d?", self.token[k])):
            k -= 1
        ends = not self.is_word(i + 1) or self.token[i + 1] in STOPS - {"of"}
        return k < i - 2 and self.token[k] in ("aged", "ages") and ends

    def reached(self, i: int) -> bool:
        """True if somebody is so old: when she was 11, he turned 40."""
        k = i - 1 - (self.token[i - 1] in ("already", "just", "only", "still", "now", "then", "barely"))
        who = self.token[k - 1] in _SOMEBODY and self.token[k] in ("was", "is", "turned", "turns")
        turned = self.token[i - 1] in ("turned", "turning") and self.token[i - 2] in (
            "have",
            "had",
            "after",
            "before",
            "and",
            "has",
        )
        ends = self.token[i + 1] in (".", ";", "", ",", "and", "when", "but", "at", "or", "–", "—", ")")
        return (who or turned) and ends and not self.touches(i + 1 + (self.token[i + 1] in (".", ",")))

    def described(self, i: int) -> bool:
        """True if a numeral between commas is the age of somebody told by a trade: the mayor, 64, is running."""
        between = self.token[i - 1] == self.token[i + 1] == "," and len(self.token[i]) == 2
        who = self.token[i - 2]
        one = self.token[i - 3] in _ARTICLES or self.token[i - 4] in _ARTICLES
        if between and who in _SOMEONE and (i < 3 or not self.is_word(i - 3) or one):
            return True  # Boy, 13, swims
        trade = who.endswith(("er", "or", "ist", "ian", "man", "boy", "girl")) and who not in _COUNTS
        return between and one and trade and self.written(i - 2).islower() and self.is_word(i + 2)
