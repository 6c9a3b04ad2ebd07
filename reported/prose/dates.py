"""Dates, years and hours that only the words around a numeral tell."""

from __future__ import annotations

import re

from reported.prose.codes import Codes
from reported.prose.lexicon import (
    BEFORE_HOURS,
    COUNTED,
    COUNTED_BEHIND,
    DAY_DIGITS,
    DAYTIMES,
    DECADES,
    DEFINITE,
    MONTH_FORM,
    MONTHS,
    NOT_BEHIND_YEAR,
    STOPS,
    WEEKDAYS,
    YEAR_FORM,
    YEAR_HEDGES,
)
from reported.prose.number import Number
from reported.prose.tokens import DASHES, HYPHENS
from reported.prose.units import words_of
from reported.prose.vocabulary import listed

_NOT_A_DAY = r"(?!\d|[.,'’:]\d|[-/]\w|\s?%|\s(?:percent|per\scent|hundred|thousand|million|billion|times)\b)"
_DAY = DAY_DIGITS + _NOT_A_DAY
_MORE_DAYS = (
    rf"(?:,\s{DAY_DIGITS}){{0,5}},?\s(?:and|or|to)\s{_DAY}(?=\W*$|[^\w\s]|\s(?:in|at|on|the|by|of)\b)"
)
_DAYS = rf"(?:{DAY_DIGITS}(?:\s?[-–]\s?|\sto\s){_DAY}|{_DAY}(?:{_MORE_DAYS})?)"
_MONTH_FIRST = re.compile(
    rf"(?:{MONTH_FORM})\b\.?\s{{1,2}}(?:{_DAYS}(?:,?\s{{0,2}}{YEAR_FORM})?|{YEAR_FORM})"
)
_A_YEAR = re.compile(r"1[5-9]\d\d|2[01]\d\d")
_YEAR_BEHIND = MONTHS | listed("set: year behind")
_YEAR_IN = frozenset(("in", "since", "during", "fiscal", "year"))
_ERAS, _EARLY = (
    ("BC", "BCE", "CE", "AD"),
    frozenset(("in", "until", "by", "since", "from", "after", "before", "circa")),
)
_PERSONS = frozenset(words_of("person"))
_OF_A_YEAR = listed("set: of a year")
_EACH_MONTH = frozenset(("in", "last", "this", "next", "every"))


class Dates(Codes):
    """Dates without a mark of their own."""

    def named_date(self, i: int) -> Number | None:
        """January 24; Feb. 24, 2022; June 2023; but "in January 24 people": the 24 are people."""
        if self.token[i] in DECADES:
            return Number(i, i + 1, "date")
        if self.token[i] not in MONTHS or not self.written(i)[0].isupper():
            return None
        match = _MONTH_FIRST.match(self.shown, self.at[i])
        if not match:
            return None
        counted = self.is_word(self.token_at(match.end(), i + 1)) and self.token[i + 1] != "."
        if self.token[i - 1] in _EACH_MONTH and counted and not re.search(r"\d{4}$", match[0]):
            return None
        return Number(i, self.token_at(match.end(), i + 1), "date")

    def year(self, i: int) -> Number | None:
        """2014, 2014-22; but "2014 soldiers" and "about 2000 villages" are counts."""
        if self.early_year(i):
            return Number(i, i + 1, "date")
        if not _A_YEAR.fullmatch(self.token[i]) or (self.column and self.token[i - 1] not in _YEAR_IN):
            return None
        last = i + 1
        if self.token[last] in DASHES | {"/"} and re.fullmatch(
            r"(?:1[5-9]|20)?\d\d|[1-9]", self.token[last + 1]
        ):
            last += 2
        behind = self.token[last]
        if behind in NOT_BEHIND_YEAR or (behind in HYPHENS and self.touches(last)):
            return None
        if self.token[i].startswith("21") and (self.token[i - 1] not in _YEAR_BEHIND or self.is_word(last)):
            return None
        if behind in _OF_A_YEAR and self.token[i][:2] in ("19", "20") and last == i + 1:
            return Number(i, last, "date")  # its 2014 sales
        if (
            self.matches(i - 3, "between")
            and self.token[i - 1] == "and"
            and _A_YEAR.fullmatch(self.token[i - 2])
        ):
            return Number(i, last, "date")  # between 2015 and 2020 researchers found
        titled = self.capital(last) and self.headline(i) and self.token[i].startswith("20") and last == i + 1
        if titled and behind not in COUNTED | _PERSONS and self.token[i - 1] not in YEAR_HEDGES:
            return Number(i, last, "date")  # Events Foreshadow 2026 Risks
        if self.token[i - 1] == "of" and behind.endswith(("children", "people", "men", "persons")):
            return None  # a survey of 1709 schoolchildren
        hedged = self.token[i - 1] in YEAR_HEDGES
        ahead = self.token[i - 1 - hedged]
        if ahead == "of" and self.token[i - 2 - hedged] in (
            "average",
            "total",
            "maximum",
            "minimum",
            "number",
        ):
            return None  # an average of 1500
        counted = self.is_word(last) and behind not in STOPS and not ahead.endswith("'s")
        counted = counted and (
            hedged or (behind.endswith("s") and not behind.endswith("'s") and ahead not in DEFINITE | {"a"})
        )
        return Number(i, last, "date") if ahead in _YEAR_BEHIND or not counted else None

    def early_year(self, i: int) -> bool:
        """True if a numeral is a year before 1500: in 1072, he left; until 1492, when."""
        told = self.token[i - 1] in _EARLY and re.fullmatch(r"1[0-4]\d\d", self.token[i]) is not None
        ends = not self.is_word(i + 1) or self.token[i + 1] in STOPS - COUNTED_BEHIND
        return told and ends and self.token[i + 1] not in ("%", "-", "$") and not self.column

    def unmarked_date(self, i: int, last: int) -> Number | None:
        """A date or an hour that only the words around a numeral tell."""
        small, behind = re.fullmatch(r"\d\d?", self.token[i]), self.token[last]
        apostrophe = self.token[i - 1] in ("'", "‘", "’") and self.touches(i) and not self.touches(i - 1)
        if small and apostrophe and not (self.touches(last) and self.is_word(last)):
            return Number(i, last, "date")  # '98
        if self.matches(last, "b", ".", "c") and self.capital(last):
            return Number(i, last + 3, "date")
        k = last + 1 + (self.token[last + 1] in YEAR_HEDGES)
        if self.token[last] in ("to", "and", *DASHES) and self.is_numeral(k) and self.written(k + 1) in _ERAS:
            return Number(i, last, "date")  # from about 1200 to about 400 BCE
        anno = self.written(i - 1) == "AD" or self.matches(i - 4, "a", ".", "d", ".")
        anno = anno or (
            self.previous == "date"
            and i - 1 == self.floor
            and self.token[i - 1] in ("and", "to", *DASHES)
            and re.fullmatch(r"\d{3,4}", self.token[i]) is not None
            and not (self.is_word(last) or self.token[last] in ("/", *DASHES))
        )
        if self.written(last) in _ERAS or (i and anno):
            return Number(i, last, "date")
        alone = not self.is_word(last) or (behind in STOPS and behind not in COUNTED_BEHIND)
        if small and self.token[i - 1] in WEEKDAYS and alone:
            return Number(i, last, "date")  # Monday 5
        if self.token[i] == "12" and behind in ("noon", "midnight"):
            return Number(i, last + 1, "time")
        return Number(i, last, "time") if self.at_daytime(i, last) else self.hour(i, last)

    def at_daytime(self, i: int, last: int) -> bool:
        """True if a number is an hour: at seven in the evening."""
        night = self.matches(last, "last", "night") or (
            self.token[last] == "this" and self.token[last + 1] in DAYTIMES
        )
        hedged = self.token[i - 1] == "at" or (
            self.token[i - 2] == "at" and self.token[i - 1] in ("about", "around")
        )
        if night and hedged and (self.is_word(i) or re.fullmatch(r"1[0-2]|\d", self.token[i])):
            return True  # at about 6 last night
        return (
            self.token[i - 1] in BEFORE_HOURS
            and self.matches(last, "in", "the")
            and self.token[last + 2] in DAYTIMES
        )
