"""Numbers by which something is found or done, and which count nothing: telephones, statutes, items of a list, hours."""

from __future__ import annotations

import re

from reported.prose.lexicon import STOPS
from reported.prose.number import Number
from reported.prose.tokens import DASHES, HYPHENS, Tokens
from reported.prose.vocabulary import listed

_TELEPHONE = re.compile(
    r"(?:\d{3}\)\s?\d{3}[\s.-]\d{4}"  # (714) 555-0123
    r"|\+\d{9,14}"  # +442055550123
    r"|\+\d{1,3}[\s-]?(?:\(0\)\s?)?\d{1,4}(?:[\s-]\d{2,4}){1,4}"  # +44 20 5555 0123
    r"|0\d{2,4}(?:[\s-]\d{3,4}){1,3}"  # 020 5555 0123
    r"|1-8\d\d-[A-Za-z][\w-]*"  # 1-800-HELP-NOW
    r"|(?:1-)?\d{3}-\d{3}-\d{4})(?![\w-])"  # 1-800-555-0123
)
_SHORT_TELEPHONE = re.compile(r"\d{3,4}[\s-]\d{3,4}(?![\w,.-]\d|\w)")  # 555-0123
_CITATION = re.compile(
    r"\d{1,4}\s(?:U\.\s?S\.|S\.\s?Ct\.|L\.\s?Ed\.(?:\s?2d)?|F\.(?:\s?(?:2d|3d|4th))?|F\.\s?Supp\.(?:\s?[23]d)?"
    r"|(?:[A-Z]\.\s?){1,3}(?:2d|3d|4th)|[A-Z][A-Za-z]*\.\s?(?:App\.\s?)?(?:2d|3d|4th|5th)|(?<=[12]\d{3}\s)(?!US|UK|EU|UN)[A-Z]{2}(?:\sApp)?)"
    r"\s\d{1,5}(?:,\s\d{1,4}(?:[-–]\d{1,4})?)*(?!\w|[,.]\d)"
)
_IDENTIFIER = re.compile(r"10\.\d{4,9}/[^\s,;)\]]+")
_CALLED = listed("set: telephone")
_OPENING = listed("set: opening hour")
_WEEKDAYS = listed("set: weekday")
_AT = frozenset(("at", "until", "till", "before", "by"))
_THAT_DAY = frozenset(("tonight", "tomorrow", "sharp", "prompt"))
_ENDS = frozenset((".", ":", ";", ",", "and", "or", "", "?", "!"))
_AT_AN_HOUR = listed("set: at an hour")
_CLOCK = re.compile(r"(?:1\d|2[0-3]|0?\d)[.][0-5]\d")


class Codes(Tokens):
    """Recognises numerals that only their form and place identify."""

    def headline(self, i: int) -> bool:
        """True if all words around are capitalised, so that a capital says nothing."""
        around = []
        for step in (-1, 1):
            for k in range(i, i + 13 * step, step):
                if self.token[k] in ("", "—", "|", ".", "?", "!") or not 0 <= k < self.count:
                    break
                around.append(k)
        return not any(
            len(self.token[k]) > 3 and self.token[k] not in STOPS and self.written(k).islower()
            for k in around
        )

    def code(self, i: int) -> Number | None:
        """The telephone number, statute or item that starts with the numeral at token i."""
        if self.column:
            return None
        return self.telephone(i) or self.identifier(i) or self.statute(i) or self.citation(i) or self.item(i)

    def telephone(self, i: int) -> Number | None:
        """020 5555 0123; 1-800-555-0123; call 555-0123."""
        match = _TELEPHONE.match(self.shown, self.at[i])
        if match is None and not _CALLED.isdisjoint(self.token[max(0, i - 6) : i]):
            match = _SHORT_TELEPHONE.match(self.shown, self.at[i])
        return Number(i, self.token_at(match.end(), i + 1), "designation") if match else None

    def identifier(self, i: int) -> Number | None:
        """The address of a paper: 10.1000/xyz12."""
        match = _IDENTIFIER.match(self.shown, self.at[i])
        return Number(i, self.token_at(match.end(), i + 1), "designation") if match else None

    def statute(self, i: int) -> Number | None:
        """18 U.S.C. 1001; 26 CFR 1."""
        if self.written(i + 1) in ("USC", "CFR"):
            last = i + 2
        elif self.matches(i + 1, "u", ".", "s", ".") and self.token[i + 5] in ("c", "code"):
            last = i + 6 + (self.token[i + 6] == ".")
        else:
            return None
        last += self.token[last] in ("§", "section")
        return Number(i, last + self.is_numeral(last), "designation")

    def citation(self, i: int) -> Number | None:
        """A law report: 424 P.3d 1, 6; 577 N.E.2d 492; 2017 UT 36; ¶ 19."""
        if self.shown[self.at[i - 1] : self.to[i - 1]] in ("¶", "§", "¶¶", "§§") and i > self.floor:
            return Number(i, i + 1, "designation")
        match = _CITATION.match(self.shown, self.at[i])
        return Number(i, self.token_at(match.end(), i + 1), "designation") if match else None

    def item(self, i: int) -> Number | None:
        """The number of an item in a list: 1. Wash your hands; (2) keep apart."""
        if not re.fullmatch(r"\d\d?", self.token[i]):
            return None
        if self.token[i - 1] == "(" and self.token[i + 1] == ")":
            if self.previous == "designation" and i - 1 <= self.floor + 1 and self.touches(i - 1):
                return Number(i, i + 1, "designation")  # Article 5(1)
            begins = i < 2 or self.token[i - 2] in _ENDS
            return Number(i, i + 1, "designation") if begins and self.is_word(i + 2) else None
        if self.token[i + 1] == ")" and self.touches(i + 1) and "(" not in self.token[max(0, i - 12) : i]:
            return Number(i, i + 1, "designation") if self.is_word(i + 2) and not self.touches(i) else None
        if i == 0 and self.token[i + 1] == ":" and self.capital(i + 2):
            return Number(i, i + 1, "designation")  # 10: How it began
        if (
            self.token[i - 1] == ":"
            and self.token[i + 1] == "."
            and i + 2 >= self.count
            and len(self.token[i]) < 2
        ):
            return Number(i, i + 1, "designation")  # the following: 1.
        spaced = self.at[i + 2] > self.to[i + 1]
        begins = i == 0 or (self.token[i - 1] in (".", ":", "") and not self.touches(i))
        if begins and self.token[i + 1] in (".", ")") and self.touches(i + 1) and spaced:
            return Number(i, i + 1, "designation") if self.written(i + 2)[:1].isupper() else None
        return None

    def hour(self, i: int, last: int) -> Number | None:
        """An hour without its minutes: opens at 9, works from 9 to 5, at 8 tonight."""
        if _CLOCK.fullmatch(self.token[i]) and self.token[last] in _AT_AN_HOUR and not self.column:
            return Number(i, last, "time")  # the 9.30 ferry
        if not re.fullmatch(r"1\d|2[0-4]|\d", self.token[i]) and not self.is_word(i):
            return None
        if self.column or (self.token[last] in (":", ".") and self.touches(last) and self.touches(last + 1)):
            return None
        opening = not _OPENING.isdisjoint(self.token[max(0, i - 4) : i])
        if self.token[i - 1] == "from" and opening and self.token[last] in ("to", "till", "until", *DASHES):
            small = re.fullmatch(r"1\d|2[0-4]|\d", self.token[last + 1])
            return Number(i, last + 2, "time") if small and self.ended(last + 2) else None
        if self.token[i - 1] not in _AT:
            return None
        on_day = self.token[last] == "on" and self.token[last + 1] in _WEEKDAYS
        at = self.token[i - 1] == "at"
        if (at and self.token[last] in _THAT_DAY) or (opening and (on_day or self.token[last] in _WEEKDAYS)):
            return Number(i, last, "time")
        programme = at and self.token[last] == ")" and "(" in self.token[max(0, i - 5) : i]
        return Number(i, last, "time") if programme or (opening and self.ended(last)) else None

    def ended(self, i: int) -> bool:
        """True if nothing is counted by a number that ends before token i."""
        return (not self.is_word(i) and self.token[i] not in ("%", "$", "£", "€", *HYPHENS)) or self.token[
            i
        ] in ("and", "or", "on", "in", "but", "to", "when", "with", "for", "until")
