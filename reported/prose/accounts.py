"""Look for words around a numeral that account for it: without any it may be a label, and is in doubt.

A numeral is accounted for by its own form (1,079; 3 million), by a qualifier, by what is counted, by a word that
introduces an amount or goes on with one, or as one of a list whose last is. Labels that are known are in `names`.
"""

from __future__ import annotations

import re

from reported.prose.context import rate
from reported.prose.lexicon import COUNTED_BEHIND, DEFINITE, STOPS
from reported.prose.number import QUANTITIES, Number
from reported.prose.ranges import CHANGES, Ranges
from reported.prose.tokens import DASHES, HYPHENS, QUOTES
from reported.prose.units import is_plural, is_unchanged, words_of
from reported.prose.vocabulary import listed

_PERSONS = frozenset(words_of("person"))
_GIVEN, _LEVELS = listed("set: gives a number"), listed("set: level") | CHANGES
_FATES = listed("fate")
_NO_AMOUNT = listed("set: gives no number")
_OF_THEM = DEFINITE | {"them", "whom", "which", "us", "you", "those", "what"}
_GONE_ON = (COUNTED_BEHIND - {"of", "or", "to"}) | listed("set: goes on")
_DID, _AMONG, _ALL = listed("set: did"), listed("set: among"), listed("set: all of them")
_WHEN = listed("set: weekday", "set: when")
_BE = frozenset(("was", "is", "were", "are"))
_MEASURING = _BE | {"of", "to", "from", "by", "at", "as", "with", "for", "be", "and", "then"}
_PLACED = frozenset(("in", "at", "on", "from", "near", "outside", "to", "for", "under", "by", "against"))
_LINKED = frozenset((",", "and", "or", "(", "plus", "but"))
_LINKS = DASHES | _PLACED | _LINKED | {"then", "the", "up", ";"}
_ENDS = frozenset(("", ".", ";", "?", "!", ":", "—"))
_ADJECTIVES = 5  # words from a number to what it counts
_CLAUSE = 18  # tokens back to the word that makes an amount of it
_LARGE = re.compile(r"\d{1,3}(?:[,'’\u00a0\u2007\u2009\u202f]\d{2,3})+(?:\.\d+)?")


class Accounts(Ranges):
    """Finds the words that account for a number."""

    def accounted(self, number: Number) -> bool:
        """True if something says that a bare count counts; its qualifier has been looked at."""
        i, last = number.first, number.last
        if self.column or self.chosen or number.kind != "count":
            return True
        if self.is_numeral(i) and self.aboard(i) and not is_plural(self.token[last]):
            return False  # ten aboard the 727
        if number.unit or number.vague or number.of is not None or number.scale > 1:
            return True
        if not self.is_numeral(i):
            named = i > 0 and self.token[i - 1] not in _ENDS and self.capital(i) and not self.headline(i)
            return not named or last > i + 1 or self.counts_behind(last, number)
        return (
            _LARGE.fullmatch(self.written(i)) is not None
            or (number.value_to is not None and self.is_said_range(i, last))
            or (self.is_word(last) and self.touches(last))
            or not self.worded(i, last)
            or self.counts_behind(last, number)
            or self.goes_on_counting(last)
            or self.did_something(i, last)
            or self.given_before(i, last)
            or self.is_listed(last)
            or self.goes_on_listing(i, last)
            or rate(self, number)[0] != ""
        )

    def aboard(self, i: int) -> bool:
        """True if the word before says that a vehicle is named."""
        return self.token[i - 1 - (self.token[i - 1] == "the")] == "aboard"

    def is_said_range(self, i: int, last: int) -> bool:
        """True if a range is no dash between labels, and no age: 240 to 273; but they were 18 or 19."""
        dashed = not DASHES.isdisjoint(self.token[i:last])
        aged = self.token[i - 1] in _BE and self.token[i].isdigit() and int(self.token[i]) < 120
        named = self.capital(i - 1) and i > 1 and self.token[i - 2] not in _ENDS  # at JA 120 to 121
        return not (dashed or aged or named)

    def worded(self, i: int, last: int) -> bool:
        """True if there are words around it at all."""
        return any(self.sort[k] in ("n", "w") for k in (*range(max(0, i - 3), i), *range(last, last + 3)))

    def counts_behind(self, last: int, number: Number) -> bool:
        """True if a noun that can be counted follows: 12-member, 572 large and small islands, 1 boat."""
        if (
            self.token[last] in HYPHENS
            and self.touches(last)
            and self.touches(last + 1)
            and self.is_word(last + 1)
        ):
            return self.written(last + 1).islower() or is_plural(self.token[last + 1])
        first = k = last + (
            not QUOTES.isdisjoint(self.token[last] or "-") and self.token[last] not in ("(", ")", "]")
        )
        for _ in range(_ADJECTIVES):
            if self.token[k] == "(" and self.token[k + 2] == ")":
                k += 3
            word = self.token[k]
            if not self.is_word(k) or (word in STOPS and word not in ("and", "or", "most")):
                return number.value == 1 and k > first and self.written(first).islower()  # "One theory is
            if is_plural(word) or is_unchanged(word) or word in _PERSONS or word in _FATES:
                return True
            if self.token[k + 1] in HYPHENS and self.touches(k + 2):
                if self.token[k + 2].endswith("s"):
                    return True  # 20 push-ups
                k += 2
            k += 1
        return number.value == 1 and self.written(first).islower()

    def goes_on_counting(self, last: int) -> bool:
        """True if the words behind go on with a count: 12 of them, 12 were, 12 higher; 12, including a woman."""
        behind = self.token[last]
        if behind == "of":
            return self.token[last + 1] in _OF_THEM and self.written(last + 1) != "US"
        if behind == ",":
            return self.token[last + 1] in _AMONG
        return behind in _GONE_ON or behind in _FATES

    def did_something(self, i: int, last: int) -> bool:
        """True if a number of unnamed ones is the subject of a clause: she said 9 came; 12 survived."""
        verb = self.token[last].endswith("ed") or self.token[last] in _DID
        return verb and (not self.is_word(i - 1) or self.token[i - 1] in STOPS - DEFINITE)

    def given_before(self, i: int, last: int) -> bool:
        """True if a word before introduces an amount: killing 12, all 12 aboard, fell to 12, is 12.4."""
        k = i - 1 - (self.token[i - 1] in ("just", "exactly", "precisely"))
        word = self.token[k]
        if word == "=":
            return True
        if not self.is_word(k) or (k < self.floor and not self.firm):
            return False
        if word in _ALL:
            return True
        if not self.ends_there(last):
            return False
        if word in _GIVEN or word in _FATES or word.endswith("'s"):
            return True
        if word.endswith(("ed", "ing")) and self.written(k).islower() and word not in _NO_AMOUNT:
            return True
        if word in _BE and not re.fullmatch(r"1[01]\d|\d\d?", self.token[i]):  # may be an age
            return True
        return word in _MEASURING and self.level_before(k)

    def ends_there(self, last: int) -> bool:
        """True if no noun follows: fell to 12 last week, won 12 easily."""
        word = self.token[last]
        return not self.is_word(last) or word in STOPS | _WHEN | _PLACED or word.endswith("ly")

    def level_before(self, k: int) -> bool:
        """True if the clause before token k tells a level or a change."""
        for n in range(k, max(-1, k - _CLAUSE), -1):
            if self.token[n] in _ENDS:
                return False
            if self.token[n] in _LEVELS:
                return True
        return False

    def is_listed(self, last: int) -> bool:
        """True if it is one of a list of numbers, the last of which counts: 12, 15 and 20 boats; Lumo 31, Kato 28 seats."""
        k = last
        for _ in range(6):
            first = k
            while self.token[k] in _LINKS or self.capital(k):
                k += 1
            if k == first or not self.is_numeral(k):
                return False
            k += 1
            if self.token[k] not in _LINKS or self.goes_on_counting(k):
                one = Number(k - 1, k, "count")
                return (
                    self.token[k] in ("%", "percent")
                    or self.goes_on_counting(k)
                    or self.counts_behind(k, one)
                )
        return False

    def goes_on_listing(self, i: int, last: int) -> bool:
        """True if it goes on from a count before it: the Greens hold 31 seats, the Reds 9; 7 at the gate and 4 on the road."""
        between = range(self.floor, i)
        if (
            not self.firm
            or self.previous not in QUANTITIES
            or len(between) > _CLAUSE
            or not self.ends_there(last)
        ):
            return False
        if not _ENDS.isdisjoint(self.token[self.floor : i]):
            return False
        if self.token[i - 1] in _LINKED and self.token[last] in _PLACED and i > self.floor:
            return True
        first = next((k for k in between if self.token[k] in _LINKS or not self.written(k).islower()), i)
        return first < i and all(self.token[k] in _LINKS or self.capital(k) for k in range(first, i))
