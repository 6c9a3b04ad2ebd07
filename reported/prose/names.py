"""Numbers that count nothing: names, codes in letters and digits, addresses, and which of all kinds comes first."""

from __future__ import annotations

import re
from decimal import Decimal

from reported.prose.ages import Ages
from reported.prose.dates import Dates
from reported.prose.lexicon import (
    AGES,
    CODE_WORDS,
    COUNTED,
    COUNTED_BEHIND,
    CURRENCY_LETTERS,
    CURRENCY_WORDS,
    DAY_DIGITS,
    DEFINITE,
    LETTER_SIZES,
    MONTH_FORM,
    MONTHS,
    NO_NAME,
    NOT_BEHIND_YEAR,
    PERCENT_WORDS,
    PLACED,
    PLURAL_LABELS,
    PREFIXES,
    SIZES,
    STOPS,
    SUFFIXES,
    TIME_UNITS,
    UNITS,
    WORDS,
    YEAR_FORM,
)
from reported.prose.number import QUANTITIES, Number
from reported.prose.scores import Scores
from reported.prose.tokens import DASHES, HYPHENS, QUOTES
from reported.prose.units import is_plural, singular, words_of
from reported.prose.vocabulary import Phrasebook, listed, meanings, values

_FIXED = (
    (re.compile(r"\d{4}-(?:0\d|1[0-2])-[0-3]\d(?![\d/]|[-.,]\d)"), "date"),
    (
        re.compile(r"[0-3]?\d(?:/[0-3]?\d/(?:\d{4}|\d\d)|\.[0-3]\d\.\d\d|\.[01]?\d\.\d{4})(?![\d/]|[-.,]\d)"),
        "date",
    ),
    (
        re.compile(
            rf"(?:{DAY_DIGITS}\s?[-–]\s?)?{DAY_DIGITS}(?:\s(?:to|and|or)\s{DAY_DIGITS})?\s{{1,2}}(?:of\s)?"
            rf"(?:(?:{MONTH_FORM})\b(?:\.?,?\s{{1,2}}{YEAR_FORM})?|(?:MAY|MARCH|JAN|FEB|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\s{YEAR_FORM})"
        ),
        "date",
    ),
    (re.compile(r"(?:(?:1[5-9]|20)\d\d|1[0-4]\d0|\d0)['’]?s(?!\w)"), "date"),
    (re.compile(r"7[0-8]7-\d{1,3}(?:[A-Z]{1,3})?(?!\w)"), "designation"),
    (
        re.compile(r"[0-5]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?(?:[ap]\.\s?m\.|[ap]m\b))?", re.I),
        "time",
    ),
    (
        re.compile(
            r"(?:(?:1[0-2]|0?\d)(?:\.[0-5]\d)?\s?(?:and|to|or|[-–])\s?)?(?:1[0-2]|0?\d)(?:\.[0-5]\d)?\s?(?:[ap]\.\s?m\.|[ap]m\b)",
            re.I,
        ),
        "time",
    ),
    (
        re.compile(r"[0-2]?\d[.:]?[0-5]\d\s?(?:GMT|UTC|CES?T|EES?T|E[SD]T|BST|IST|C[SD]T|P[SD]T|WIB|MSK)\b"),
        "time",
    ),
    (re.compile(r"0\d[0-5]\d(?!\w|[.,:/-]\d)"), "time"),
)
_DEGREES = re.compile(
    r"\d{1,3}°\s?\d{1,2}(?:\.\d+)?['’′](?:\s?\d{1,2}(?:\.\d+)?(?:[\"”″]|''))?(?:\s?[NSEW]\b)?"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_CAMEL = re.compile(r"(?!Ma?c[A-Z])\w*[a-z][A-Z]")  # iPhone
_ALWAYS = (("24", "7"), ("9", "11"), ("7", "7"))  # 24/7 and 9/11 are names
_PEOPLE = frozenset(words_of("person"))
_MEASURED = frozenset(
    ("new", "more", "other", "further", "percent", "pct", "points", "point", "years", "per", "dead")
)
_ORDINALS = values("ordinal")
_SMALL_WORDS = frozenset(word for word, value in WORDS.items() if 0 < value <= 20)
_LABELS = listed("set: label")
_INDICES = Phrasebook(meanings("set: index"))
_MODELS = listed("set: model")
_STREETS = listed("set: street")
_SMALL_LABELS, _ONE_THING, _CRICKET = (
    listed("set: small label"),
    listed("set: one thing"),
    listed("set: cricket"),
)
#: Labels whose numbers may be long, and those behind which others may be counted: on route 12 soldiers died.
_LONG_LABELS = frozenset(
    ("resolution", "battalion", "brigade", "regiment", "route", "flight", "docket", "isbn", "badge", "exit")
)
_VEHICLES = frozenset(
    ("class", "season", "episode", "volume", "route", "exit", "flight", "gate", "platform", "tram", "seat")
)
_COMPOUNDS, _DISPATCHES = listed("set: compound"), listed("set: dispatch")
_NOT_LABELS = frozenset(("a", "an", "per", "each", "every", "last", "this", "next", "that", "the", "one"))
_ALONG = listed("set: along")
_PERIODS, _CALLED, _ALARMS = (
    frozenset(("week", "day", "month")),
    listed("set: called"),
    frozenset(("112", "911", "999")),
)
_NUMBERED = listed("set: numbered pages")
_PREFIXES = listed("set: prefix")
_SHOTS = frozenset(("range", "line", "arc", "shot", "shots", "shooter", "shooters", "shooting", "land"))
_NATIONS = frozenset(("us", "uk", "eu", "un", "uae", "drc", "gop"))
_SCREENS = frozenset(("480", "720", "1080", "1440", "2160"))
_GUNS = frozenset(("revolver", "pistol", "handgun", "rifle", "gun", "bullet", "bullets", "magnum", "weapon"))
_STATES = listed("set: state code")
_COMPASS = frozenset(("n", "s", "e", "w", "north", "south", "east", "west"))
_TOPS = listed("set: top")
_TITLED = frozenset(
    ("on", "of", "to", "by", "for", "with", "told", "s", "the", "show", "programme", "magazine")
)
_JOINTS = HYPHENS | {"/", "+"}
_LETTER_NAMES = {
    code: [word for word, unit in words_of("currency").items() if unit == code and " " not in word]
    for code in CURRENCY_LETTERS.values()
}


class Names(Ages, Dates, Scores):
    """Recognises expressions that begin at a token and count nothing."""

    def fixed(self, i: int) -> Number | None:
        """Return the expression that starts at token i (or ends in its digits) and counts nothing, or None."""
        if self.sort[i] == "s" and self.is_numeral(i + 1) and self.touches(i + 1) and not self.column:
            if self.token[i + 2] == "kg" and not self.touches(i) and self.token[i] in ("-", "+", "−", "–"):
                return Number(i, i + 3, "designation")  # the -62kg final
            acronym = self.capital(i - 1) and self.written(i - 1).isupper() and self.token[i - 1] != "a"
            if self.token[i] == "-" and acronym and i > self.floor and not self.touches(i):
                return Number(i, i + 2, "designation")  # an AK -47
            return self.telephone(i) if self.token[i] == "+" else None
        if self.sort[i] == "w":
            return self.years_old(i) or self.named_date(i) or self.address(i) or self.spelled_name(i)
        if self.sort[i] != "n" or (self.token[i - 2] in AGES and self.token[i - 1] in HYPHENS):
            return None
        if self.digit_size(i):
            return None
        if self.token[i + 1] == "x" and self.touches(i + 1) and re.match(r"\d{3}", self.token[i]):
            by = self.is_numeral(i + 2) and self.touches(i + 2)
            return Number(i, i + 2 + by, "designation")  # 802.11x, 1280x800
        if self.matches(i + 1, "-", "in", "-") and self.token[i + 4] in ("1", "one"):
            return Number(i, i + 5, "designation")  # a 2-in-1
        if (
            self.previous == "score"
            and self.token[i - 1] == "("
            and self.token[i + 1] == ")"
            and i - self.floor < 3
        ):
            return Number(i, i + 1, "score")  # 7-6 (4)
        people = self.token[i - 1] != "the" and _PEOPLE.intersection(self.token[i + 3 : i + 5])
        if self.matches(i, "9", "-", "11") and not people and self.token[i + 3] not in UNITS | COUNTED:
            return Number(i, i + 3, "designation")
        if score := self.told_score(i):
            return score
        if self.token[i + 2] in ("for", "of") and self.matches(i + 1, "-", self.token[i + 2], "-"):
            return Number(i, i + 5, "score") if self.is_numeral(i + 4) else None  # 7-for-9
        if notes := self.note(i):
            return notes
        if place := self.coordinates(i) or self.code(i):
            return place
        if aged := self.years_old(i) or self.aged(i):
            return aged
        found = self.designation(i) or self.score(i)
        if found:
            return found
        for pattern, kind in _FIXED:
            match = pattern.match(self.shown, self.at[i])
            if match:
                return Number(i, self.token_at(match.end(), i + 1), kind)
        if self.matches(i + 1, "'", "s") and self.touches(i + 1) and self.is_word(i + 3) and not self.column:
            return Number(i, i + 1, "designation")  # Section 107's text, the 107's
        return self.year(i)

    def digit_size(self, i: int) -> str:
        """Return the words that make a size of digits ("s", "'s", " of thousands"), or "": 1000s, 100's, 10s of thousands."""
        power = self.token[i].replace(",", "")
        plain = re.fullmatch(r"10+", power) is not None
        if not plain and not (self.column and re.fullmatch(r"\d0+", power)):
            return ""
        apostrophe = self.token[i + 1] == "'" and self.touches(i + 1)
        k = i + 1 + apostrophe
        return power if self.token[k] == "s" and self.touches(k) else ""

    def coordinates(self, i: int) -> Number | None:
        """The digits of a place: 31.5315, 34.4648."""
        match = _DEGREES.match(self.shown, self.at[i])
        if match:
            return Number(i, self.token_at(match.end(), i + 1), "designation")
        told = (
            "coordinates" in self.token[max(0, i - 12) : i] or "coordinate" in self.token[max(0, i - 6) : i]
        )
        fine = [k for k in (i, i + 2) if re.fullmatch(r"\d{1,3}\.\d{4,}", self.token[k])]
        if fine and fine[0] == i and (told or (self.token[i + 1] == "," and len(fine) == 2)):
            return Number(i, i + 3 if len(fine) == 2 and self.token[i + 1] == "," else i + 1, "designation")
        return None

    def note(self, i: int) -> Number | None:
        """The marks of notes: recorded [1]; as others found [6, 19, 20], [1]–[11]. "[50] boats" is a count in brackets."""
        if self.token[i - 1] != "[" or self.column or i - 1 < self.floor:
            return None
        last = i + 1
        while self.token[last] in (",", "and", *DASHES) and self.is_numeral(last + 1):
            last += 2
        if self.token[last][:1] != "]":
            return None
        ahead = self.token[i - 2]  # of [50] boats
        alone = (
            last == i + 1 and (ahead in STOPS or QUOTES.issuperset(ahead or "-")) and not self.touches(i - 1)
        )
        noun = self.token[last + 1]
        return None if alone and (is_plural(noun) or noun in _PEOPLE) else Number(i, last, "designation")

    def spelled_name(self, i: int) -> Number | None:
        """BBC One, the Group of Seven, the Six Nations, Fifty Cent; but no number of a headline in capitals."""
        if self.token[i] in _SMALL_WORDS and (score := self.under_par(i)):
            return score
        counted = singular(self.token[i + 1]) != self.token[i + 1] or self.token[i + 1] in _PEOPLE
        labelled = self.token[i - 1] in _SMALL_LABELS and not (counted and self.token[i - 1] in _VEHICLES)
        if self.token[i] in _SMALL_WORDS and labelled and i > self.floor:
            return Number(i, i + 1, "designation")  # phase three
        if self.token[i] in _SMALL_WORDS and self.token[i - 1] in _LABELS and self.capital(i - 1):
            last = i + 1 + 2 * (self.token[i + 1] == "of" and self.token[i + 2] in _SMALL_WORDS)
            ends = not self.is_word(last) or self.token[last] in STOPS or len(self.token[last]) == 1
            if i > self.floor and ends and (last > i + 1 or not self.headline(i)):
                return Number(i - 1, last, "designation")  # Method One of Three, Proposition three
        several = self.token[i] in _SMALL_WORDS - {"one"}
        bowled = several and self.token[i + 1] == "for" and self.is_numeral(i + 2) and not self.is_word(i + 3)
        bowled = bowled and self.token[i - 1] in ("taking", "took", "claimed", "of", "with")
        if bowled and not _CRICKET.isdisjoint(self.token[max(0, i - 24) : i + 14]):
            return Number(i, i + 3, "score")  # taking five for 43
        if several and self.matches(i + 1, "-", "in", "-", "one"):
            return Number(i, i + 5, "designation")
        if self.token[i] in _SMALL_WORDS and self.token[i + 1] == "nil" and not self.column:
            return Number(i, i + 2, "score")  # one nil
        if several and self.written(i - 1) == "Big" and self.capital(i) and not self.column:
            return Number(i, i + 1, "designation")  # the Big Three
        if several and self.token[i - 1] == "top" and self.ranked_word(i):
            return Number(i - 1, i + 1, "designation")
        if self.token[i] in _SMALL_WORDS and self.matches(i - 2, "number", "-") and self.touches(i):
            return Number(i - 2, i + 1, "designation")  # the number-three job
        alone = self.token[i + 1] in STOPS - COUNTED_BEHIND or (
            not self.is_word(i + 1) and self.token[i + 1] not in (*HYPHENS, "%")
        )
        if several and alone and self.token[i - 1] in ("a", "an") and i > self.floor:
            return Number(i, i + 1, "designation")  # hit a six
        if self.token[i] == "five" and self.matches(i - 2, "high", "-") and self.touches(i):
            return Number(i - 2, i + 1, "designation")  # a high-five
        if several and self.token[i + 1] in HYPHENS and self.compound_name(i + 2):
            return Number(i, i + 3, "designation")  # a five-star hotel
        if (
            self.token[i] in _SMALL_WORDS
            and self.token[i - 1] in _PERIODS
            and self.token[i - 2] not in _NOT_LABELS
        ):
            ends = not self.is_word(i + 1) or self.token[i + 1] in STOPS
            return (
                Number(i, i + 1, "designation") if ends and self.token[i + 1] not in HYPHENS else None
            )  # day four
        if self.token[i] in WORDS and self.reached(i) and not self.column:
            return Number(i, i + 1, "age", Decimal(WORDS[self.token[i]]))
        if self.token[i] in _SMALL_WORDS and self.at_daytime(i, i + 1):
            return Number(i, i + 1, "time")
        if self.token[i] in ("half", "quarter") and self.token[i + 1] in ("past", "to"):  # half past six
            hour = self.token[i + 2] in _SMALL_WORDS or self.is_numeral(i + 2)
            return Number(i, i + 3, "time") if hour else None
        if self.token[i] in WORDS and self.is_numeral(i + 1) and self.touches(i + 1):
            return Number(i, i + 2, "designation")  # Twenty20
        priced = self.token[i] in SIZES and self.token[i + 1] in ("dollar", "pound")  # Million Dollar Baby
        if (
            priced
            and self.capital(i)
            and self.capital(i + 1)
            and self.capital(i + 2)
            and not self.headline(i)
        ):
            return Number(i, i + 3, "designation")
        if self.token[i] not in WORDS or not self.capital(i) or self.written(i).isupper():
            return None
        if self.token[i + 1] in CURRENCY_WORDS | UNITS and self.capital(i + 1) and not self.headline(i):
            return Number(i, i + 2, "designation")
        if self.token[i + 1] in HYPHENS and self.touches(i + 1) and self.capital(i + 2):
            counted = self.token[i + 2] in UNITS or self.token[i + 2] in ("thirds", "quarters", "fifths")
            if counted and self.headline(i):
                return None  # Stocks Hit Five-Year Low
            return Number(i, i + 3, "designation")  # the Six-Day War
        if self.token[i + 1] in HYPHENS and self.touches(i + 1) and self.token[i + 2] in _ORDINALS:
            return None  # the Twenty-sixth lost the flag
        joined = self.token[i - 1] in HYPHENS and self.touches(i) and self.capital(i - 2)
        if joined or (self.token[i - 1] in (",", "&") and self.capital(i + 1)):
            return None if self.headline(i) else Number(i, i + 1, "designation")  # Club-Four Seasons
        if not i or not self.is_word(i - 1):
            return None
        behind = i - 2 if self.token[i - 1] == "of" and i > 1 else i - 1
        begins = self.capital(i + 1) and (not self.capital(i - 1) or self.token[i - 1] in STOPS)
        noun = self.is_word(i + 1) and self.written(i + 1).islower() and self.token[i + 1] not in STOPS
        amid = self.written(i - 1).islower() and not noun  # from Hero to Zero
        if not (begins or amid) and not (self.capital(behind) and self.token[behind] not in STOPS):
            return None
        return None if self.headline(i) else Number(i, i + 1, "designation")

    def compound_name(self, i: int) -> bool:
        """True if token i goes on behind a number and a hyphen as the name of a kind: 5-star, 3-point range."""
        shot = self.token[i] in ("point", "pointer", "pointers") and (
            self.token[i] != "point" or self.token[i + 1] in _SHOTS
        )
        return self.token[i] in _COMPOUNDS or shot

    def address(self, i: int) -> Number | None:
        if self.token[i] not in ("http", "https", "www"):
            return None
        if self.at[i] < self.plain_until:
            return None
        match = _ADDRESS.match(self.shown, self.at[i])
        if not match or not re.search(r"\d", match[0]):
            self.plain_until = match.end() if match else 0
            return None
        return Number(i, self.token_at(match.end(), i + 1), "designation")

    def designation(self, i: int) -> Number | None:
        """Tu-154, F-16s, MH17, Boeing 737-800, No. 5, Article 5, 5G."""
        first, last = self.designation_start(i), i + 1
        named = self.unmarked_name(i, last) if first == i else None
        if named:
            return named
        if first == i:
            suffix = self.written(last) if self.is_word(last) and self.touches(last) else ""
            code = self.is_numeral(last + 1) and self.touches(last + 1)  # 9K720
            known = (
                suffix.lower() in SUFFIXES
                or suffix in ("C", "F")
                or (
                    suffix.lower() == "sq"
                    and self.token[last + 1 + (self.token[last + 1] == ".")] in UNITS | {"m", "ft"}
                )
            )
            countable = self.token[last + 1].endswith("s") or self.token[last + 1] in COUNTED | {"of"}
            company = (
                suffix in ("M", "B")
                and not (countable or self.column or "." in self.token[i])
                and self.sort[i - 1] != "s"
            )  # 3M
            catalogued = (
                (suffix in ("b", "c", "d") or (suffix.isupper() and self.written(i - 1) == "US"))
                and self.token[i].isdigit()
                and self.written(i - 1).isupper()
                and not self.touches(i)
                and not self.currency_prefix(i - 1)
                and len(self.token[i - 1]) > 1
            )  # HD 20782b
            known = known and suffix not in ("G", "P") and not (code or company or catalogued)
            if known or not suffix[:1].isalpha():
                return None
        while self.touches(last):
            if self.sort[last] not in ("n", "w") and not (
                self.token[last] in _JOINTS and self.goes_on(last + 1)
            ):
                break
            last += 1
        whole = first < i and self.token[last] == "of" and self.is_numeral(last + 1)
        if whole and (self.capital(first) or not self.is_word(last + 2) or self.token[last + 2] in STOPS):
            last += 2  # Part 1 of 3
        return Number(first, last, "designation")

    def unmarked_name(self, i: int, last: int) -> Number | None:
        """A name, a date or a score that only the words around a numeral tell."""
        if (
            (self.token[i], self.token[i + 2]) in _ALWAYS
            and self.token[i + 1] == "/"
            and self.token[i + 3] != "/"
        ):
            return Number(i, i + 3, "designation")
        marked = self.token[i - 1] in HYPHENS and self.token[last] in HYPHENS
        if (
            marked
            and self.touches(i)
            and self.touches(last)
            and not self.touches(i - 1)
            and len(self.token[i]) < 2
        ):
            return Number(i, last, "designation")  # -2-, a page of a dispatch
        if self.quoted_title(i, last):
            return Number(i, last, "designation")  # the podcast "17 Rooms"
        if self.matches(last, "(", "k", ")") and self.touches(last):
            return Number(i, last + 3, "designation")  # 401(k)
        if self.matches(i - 2, "group", "of") and self.capital(i - 2) and self.token[i] in ("8", "20", "77"):
            return Number(i, last, "designation")
        if self.token[i] in _SCREENS and self.token[last] == "p" and self.touches(last):
            return Number(i, last + 1, "designation")  # 1080p
        if (
            len(self.token[i]) < 3
            and self.capital(i - 1)
            and self.token[i - 1] in _DISPATCHES
            and (self.token[last] in DASHES or self.token[last] == ":")
        ):
            return Number(i, last + 1, "designation")  # UPDATE 2-Six soldiers
        state = self.written(i - 1) in _STATES and re.fullmatch(r"\d{5}", self.token[i]) is not None
        if state or "zip" in (self.token[last], self.token[i - 1]) or self.token[i - 1] == "postcode":
            return Number(i, last, "designation")  # the 90049 ZIP code
        if self.token[last] in ("ambulance", "helpline", "hotline") and len(self.token[i]) == 3:
            return Number(i, last, "designation")  # the 108 ambulance service
        if self.token[i - 1] == ")" and self.touches(i) and self.touches(i - 1):
            return Number(i, last, "designation")  # (CD)27
        if self.ranked(i, last):
            return Number(i - 1 - (self.token[i - 1] in HYPHENS), last, "designation")  # a top-10 finish
        if self.token[i] in _ALARMS and self.token[last] in (
            "call",
            "calls",
            "caller",
            "callers",
            "operator",
            "dispatcher",
        ):
            return Number(i, last, "designation")  # a 911 call
        if self.token[i].startswith(".") and self.token[last] in _GUNS:
            return Number(i, last, "designation")  # a .38 revolver
        if (
            self.token[i] in _ALARMS
            and (self.token[i - 1] in _CALLED or self.matches(i - 2, "according", "to"))
            and (
                not self.is_word(last)
                or self.token[last]
                in STOPS
                | {
                    "emergency",
                    "call",
                    "calls",
                    "operator",
                }
            )
        ):
            return Number(i, last, "designation")
        if (
            self.token[i - 1] in _PERIODS
            and i > self.floor
            and self.token[i - 2]
            not in ("a", "an", "per", "each", "every", "last", "this", "next", "that", "the")
        ) and (
            (not self.is_word(last) and self.token[last] not in ("%", "-", "–", "$"))
            or self.token[last] in ("of", "in", "after")
        ):
            return Number(i - 1, last, "designation") if len(self.token[i]) < 4 else None  # week 41
        if re.fullmatch(r"7[0-8]7", self.token[i]) and "boeing" in self.words_present:
            return Number(i, last, "designation")
        if self.token[last] == "index" and re.fullmatch(r"\d{2,4}", self.token[i]):
            return Number(i, last, "designation")  # the Poor's 500 index
        if self.ends_quoted_name(i):
            return Number(i, last, "designation")  # the new "Halo 3" game
        hyphenated = self.token[last] in HYPHENS and self.touches(last) and self.capital(last + 1)
        if hyphenated and not self.headline(i) and self.token[last + 1] in ("series", "class", "type"):
            return Number(i, last + 2, "designation")  # a 3-Series saloon
        if hyphenated and self.capital(i - 1) and not self.headline(i) and self.token[i - 1] not in STOPS:
            return Number(i, last + 2, "designation")  # Delta 4-Heavy
        if several := self.named_by_plural(i, last):
            return several
        version = re.fullmatch(r"\d\.0", self.token[i]) and not self.is_word(last) and not self.column
        if version and self.capital(i - 1) and not self.touches(i) and self.token[i - 1] not in STOPS:
            return Number(i, last, "designation")  # "Lumo 2.0"
        if self.written(i - 1) == "Max" and i > 1 and self.token[i - 2] not in (".", "", "?", "!"):
            return Number(i, last, "designation") if not self.column else None  # the Max 10 jets
        short = self.written(i - 1) == "US"
        if (short or self.matches(i - 4, "u", ".", "s", ".")) and not self.column:
            alone = self.token[last] in STOPS | WORDS.keys() or not (
                self.is_word(last) and self.counts_soon(last)
            )
            ahead = self.token[i - 2 if short else i - 5]
            if alone and ahead in _ALONG and re.fullmatch(r"\d{1,3}", self.token[i]):
                return Number(i, last, "designation")  # on U.S. 129
        if self.matches(last, "block", "of") and re.fullmatch(r"\d{1,3}00", self.token[i]):
            return Number(i, last, "designation")  # the 1200 block of Maple Street
        if self.token[last] == "news" and self.capital(last) and len(self.token[i]) < 3 and not self.column:
            return Number(i, last, "designation")  # 13 News
        if self.matches(last, "mile", "marker") or self.matches(last, "mile", "post"):
            return Number(i, last, "designation")  # the 9 mile marker
        if self.called(i, last) or (self.named_before(i) and not self.column):
            return Number(i, last, "designation")  # France 24
        if (
            self.token[i - 1] in ("last", "final")
            and self.token[i] in ("8", "16", "32")
            and (not self.is_word(last) or self.token[last] in STOPS)
        ):
            return Number(i, last, "designation")
        if self.token[last] in _MODELS and self.capital(last):
            variant = re.fullmatch(r"\d\d?", self.token[last + 1]) and self.written(last).isupper()
            return Number(i, last + 1 + bool(variant), "designation")  # 737 MAX 8
        if re.fullmatch(r"[\d,]{1,7}", self.token[i]) and self.street(last):  # 10 Downing Street
            return Number(i, i + 1, "designation")
        if self.token[last] in DASHES and self.is_numeral(last + 1) and self.street(last + 2):
            return Number(i, last + 2, "designation")  # 16-18 Industrial Avenue
        if self.token[last] in HYPHENS and self.token[last + 1] in _SMALL_WORDS and self.capital(last + 1):
            return Number(i, last + 2, "designation")  # 7-Eleven
        if (
            self.token[last] in UNITS
            and self.written(last).istitle()
            and not (self.touches(last) or self.headline(i) or self.token[last + 1] == "and")
            and (i == 0 or not self.is_word(i - 1) or self.token[i - 1] in _TITLED)
        ):
            return Number(i, last + 1, "designation")  # 60 Minutes
        if (
            self.matches(last, "for")
            and self.is_numeral(last + 1)
            and not _CRICKET.isdisjoint(self.token[max(0, i - 10) : i + 14])
        ):
            return Number(i, last + 2, "score")  # 287 for 4
        if self.written(last) == "K" and self.touches(last) and self.token[i] in ("4", "8"):
            return Number(i, last + 1, "designation")
        if self.token[last] in HYPHENS and self.touches(last) and self.compound_name(last + 1):
            return Number(i, last + 2, "designation")  # a 5-star hotel
        return self.unmarked_date(i, last)

    def counts_soon(self, i: int) -> bool:
        """True if one of the three words from token i on is a plural or names people."""
        return any(is_plural(word) or word in _PEOPLE for word in self.token[i : i + 3])

    def ranked(self, i: int, last: int) -> bool:
        """True if a numeral is how far down a list somebody is: a top-10 finish, in the top 20; but the top 5 songs are five."""
        k = i - 1 - (self.token[i - 1] in HYPHENS)
        if self.token[k] != "top" or k < self.floor or self.token[i] not in _TOPS:
            return False
        words = [self.token[n] for n in range(last, last + 5)]
        return (
            not any(is_plural(word) or word in _PEOPLE for word in words)
            and self.token[last] not in NOT_BEHIND_YEAR
        )

    def ranked_word(self, i: int) -> bool:
        """True if nothing is counted behind a number word and "top": in the top ten."""
        words = self.token[i + 1 : i + 4]
        ends = not self.is_word(i + 1) or self.token[i + 1] in STOPS - COUNTED_BEHIND
        return i - 1 >= self.floor and ends and self.token[i + 1] not in HYPHENS and "%" not in words

    def street(self, i: int) -> bool:
        """True if the name of a street begins at token i: Downing Street, E 71st St, Ave Foch."""
        if self.token[i] in ("ave", "rue", "via", "calle", "avenida"):
            return self.capital(i + 1)
        k = i + (self.token[i] in _COMPASS)
        k += k > i and self.token[k] == "."  # 12 W. 19th Street
        if self.is_numeral(k) and self.token[k + 1] in ("st", "nd", "rd", "th") and self.touches(k + 1):
            k += 2
        for last in range(k, k + 4):
            if not self.capital(last):
                return False
            if self.token[last] in _STREETS:
                return True
        return False

    def called(self, i: int, last: int) -> bool:
        """True if letters before a numeral name it: bill AB 418, KPIX 5 First Alert; North 24 Parganas."""
        before = self.token[i - 1]
        if self.column or i < 1 or not self.capital(i - 1) or self.touches(i):
            return False
        if self.written(i - 1).isupper() and 1 < len(before) < 6 and before not in _NATIONS:
            bill = self.token[i - 2] in ("bill", "act", "law", "measure", "form", "flight")
            amid = self.capital(last) and not self.written(last).isupper() and len(self.token[i]) < 3
            return bill or (
                amid and self.token[last] not in MONTHS and singular(self.token[last]) == self.token[last]
            )
        compass = before in ("north", "south", "east", "west", "upper", "lower", "greater")
        return compass and self.capital(last) and not self.headline(i)

    def named_by_plural(self, i: int, last: int) -> Number | None:
        """Sections 5 and 6; on pages 12 to 15."""
        label = self.token[i - 1] if i > self.floor else ""
        if not ((label in PLURAL_LABELS and self.capital(i - 1)) or label in _NUMBERED):
            return None
        if label == "counts" and self.token[i - 2] not in ("on", "of", "to", "under", "in", "guilty"):
            return None  # the Red Cross counts 52
        while self.token[last] in ("and", "to", "or", "&", ",", "-", "–", "through") and self.is_numeral(
            last + 1
        ):
            last += 2
        if label in _NUMBERED and not (self.capital(i - 1) or self.ended(last) or self.token[last] == "of"):
            return None
        return Number(i - 1, last, "designation")

    def quoted_title(self, i: int, last: int) -> bool:
        """True if a numeral begins a title in quotation marks, all in capitals: "17 Rooms"."""
        k = last
        while k < last + 5 and self.capital(k):
            k += 1
        quoted = not QUOTES.isdisjoint(self.token[i - 1]) and not QUOTES.isdisjoint(self.token[k] or "-")
        return i > 0 and k > last and quoted and not self.touches(last) and not self.headline(i)

    def ends_quoted_name(self, i: int) -> bool:
        """True if a numeral ends a name of a few capitals in quotation marks."""
        k = i - 1
        while k > max(0, i - 5) and self.capital(k):
            k -= 1
        quoted = not QUOTES.isdisjoint(self.token[k] or "-") and not QUOTES.isdisjoint(
            self.token[i + 1] or "-"
        )
        return (
            k < i - 1 and quoted and self.touches(i + 1) and len(self.token[i]) < 4 and not self.headline(i)
        )

    def named_before(self, i: int) -> bool:
        """True if a numeral ends the name before it: France 24 and Maroon 5, but not "Peru 5 and Chile 3"."""
        before, behind = self.token[i - 1], self.token[i + 1]
        if re.fullmatch(r"0\d", self.token[i]) and self.capital(i - 1):
            return True  # Schalke 04
        if (
            not self.capital(i - 1)
            or self.touches(i)
            or i < 2
            or not re.fullmatch(r"\d{1,4}(?:\.\d)?|\d\.\d\d", self.token[i])
        ):
            return False
        listed_names = self.previous == "designation" and i - self.floor < 7
        acronym = self.written(i - 1).isupper() and len(before) > 1 and before not in _NATIONS
        acronym = acronym and not (self.written(i - 2).isupper() and len(self.token[i - 2]) > 1)
        ended = not self.is_word(i + 1) or len(behind) == 1
        if (
            before in NO_NAME
            or self.token[i - 2] in (".", "?", "!", ":", "")
            or (self.token[i - 2] == "," and not (listed_names or (acronym and ended)))
            or not QUOTES.isdisjoint(self.token[i - 2])
        ):
            return False
        if self.token[i - 2] in PLACED or (
            self.token[i - 2] in ("and", "but", "or", "to", "while") and self.floor and not listed_names
        ):
            return False
        if (
            behind in ("and", ",", ".")
            and not (
                acronym and self.token[i - 2] == "the" and self.token[i - 3] in ("for", "of", "in", "on")
            )
            and self.previous in QUANTITIES
            and "." not in self.token[self.floor : i]
        ):
            return False  # Labour holds 31, the Greens 9
        ends = not self.is_word(i + 1) or (behind in STOPS and behind not in COUNTED_BEHIND)
        ends = ends or (behind == "of" and self.token[i - 2] in DEFINITE)  # the Sweet 16 of the season
        ends = ends or (acronym and ended) or (self.of_one_thing(i) and (acronym or len(self.token[i]) < 4))
        ends = ends or (behind == "to" and self.capital(i - 2) and not self.is_numeral(i + 2))
        ends = ends and not (behind == ":" and self.touches(i + 2))
        return ends and behind not in ("%", "-", "–", "/", "$") and not self.headline(i)

    def currency_prefix(self, k: int) -> str:
        """The currency that letters before digits name, or "": KSh 40, CFA 3 billion, N13tn; not N95, R2, K9."""
        written, i = self.written(k), k + 1
        i += self.token[i] == "." and self.touches(i)
        if not self.is_numeral(i) or (self.at[i] - self.to[i - 1]) > 1:
            return ""
        letter = CURRENCY_LETTERS.get(written, "")
        if not letter:
            code = PREFIXES.get(written, "")
            return "" if code and written in CODE_WORDS and self.headline(k) else code
        if not self.touches(i):
            return ""
        sized = self.token[i + 1] in SIZES or (self.token[i + 1] in LETTER_SIZES and self.touches(i + 1))
        grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?", self.token[i])
        named = any(name in self.words_present for name in _LETTER_NAMES[letter])
        return letter if sized or grouped or named else ""

    def of_one_thing(self, i: int) -> bool:
        """True if a numeral ends the name of a thing that goes on in the singular: a Pentium 4 chip, the Nintendo 64 classic."""
        first = i - 1
        while first > self.floor and self.capital(first - 1) and self.token[first - 1] not in STOPS:
            first -= 1
        if self.token[first - 1] in PLACED | {",", "in", "and"} or self.token[i] in ("1", "100"):
            return False
        nouns = [k for k in (i + 1, i + 2) if self.is_word(k) and self.token[k] not in STOPS]
        if not nouns or nouns[0] != i + 1 or self.token[i + 1] in NOT_BEHIND_YEAR | TIME_UNITS | _MEASURED:
            return False
        several = [k for k in nouns if singular(self.token[k]) != self.token[k] or self.token[k] in _PEOPLE]
        return not several or (
            i - first > 1
            and several == [i + 1]
            and self.is_word(i + 2)
            and self.token[i + 2] not in STOPS
            and self.token[i + 1] not in _PEOPLE
        )

    def roughly(self, i: int) -> bool:
        """True if a "c" that touches the numeral at token i is circa: c4.9%, c.500 people; not C4."""
        long = len(self.token[i]) > 1 and self.token[i] != "4"
        return (
            long
            or self.token[i + 1] in PERCENT_WORDS
            or (self.token[i + 1] in LETTER_SIZES and self.touches(i + 1))
        )

    def designation_start(self, i: int) -> int:
        """The token at which the name begins that a numeral ends, or the numeral itself."""
        before = self.token[i - 1] if i > self.floor else ""
        if self.touches(i):
            if self.written(i - 1) == "c" and not self.touches(i - 1) and self.roughly(i):
                return i  # c4.9%
            if before == "#" and self.token[i + 1] in SIZES:
                return i  # a pound sign that went wrong: #118 million
            if before in ("#", "№") or (before and self.is_word(i - 1) and not self.currency_prefix(i - 1)):
                return i - 1
            if before == "+" and self.touches(i - 1) and self.capital(i - 2):
                return i - 2  # GMT+3
            ticker = before == ":" and self.touches(i - 1) and self.written(i - 2).isupper()
            if ticker and len(self.token[i - 2]) > 1 and not self.column:
                return i - 2  # HK:386
            named = (
                before in HYPHENS | {"."}
                and i - 1 > self.floor
                and self.touches(i - 1)
                and self.is_word(i - 2)
            )
            named = named and not (self.is_numeral(i - 3) and self.touches(i - 2))  # 1520m-2200m
            circa = named and before == "." and self.written(i - 2) == "c" and self.roughly(i)
            return i - 2 if named and not circa and self.token[i - 2] not in _PREFIXES else i
        if before in ("#", "№"):
            return i - 1  # problem # 4
        k = i - 2 if before == "." and i - 1 > self.floor else i - 1
        name = self.written(k) if before and self.is_word(k) else ""
        labelled = (
            (self.token[k] in _LABELS and name[:1].isupper())
            or _CAMEL.match(name)
            or self.token[k] in _SMALL_LABELS
        )
        followed = self.token[i + 1] in _ONE_THING or self.matches(i + 1, "'", "s")
        behind = self.token[i + 1]
        ends = not self.is_word(i + 1) or behind in STOPS - COUNTED_BEHIND
        labelled = labelled or (before == "." and self.token[k] in ("no", "nos") and name.islower() and ends)
        labelled = labelled or (
            followed and name[:1].isupper() and self.token[k] not in STOPS and self.token[k] not in MONTHS
        )
        labelled = bool(name) and labelled
        index = _INDICES.ending(self.token, i, self.floor)
        if (
            index
            and re.fullmatch(r"\d{2,4}", self.token[i])
            and self.token[i + 1] not in ("points", "%", "percent")
        ):
            return i - len(index)
        if self.token[k] in _SMALL_LABELS and name.islower():
            bare = not self.is_word(i + 1)
            ends = bare or self.token[i + 1] in STOPS - COUNTED_BEHIND | {"to"} or self.of_one_thing(i)
            short_label = len(self.token[i]) < 3 or self.token[k] == "version"
            short_label = short_label or (self.token[k] in _LONG_LABELS and ends)
            short_label = short_label or (self.token[k] == "number" and bare)
            labelled = self.token[i + 1] not in NOT_BEHIND_YEAR and short_label
            labelled = labelled and not (
                self.token[k] in _VEHICLES and singular(self.token[i + 1]) != self.token[i + 1]
            )
        short = k == i - 1 or self.token[k] in ("no", "nos")
        return k if labelled and short and re.fullmatch(r"\d{1,5}(?:\.\d+)?|\d,\d{3}", self.token[i]) else i
