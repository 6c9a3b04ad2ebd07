"""The days that a sentence names, as dates: "12 December", "Tuesday", "last month", "as of 10 December".

Days that are not written out are counted from the day of publication, and `inferred` says so. Nothing is
guessed.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from reported.ledger.dates import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = re.compile(
    rf"""\b(?:
    (?P<iso>(?:19|20)\d\d-\d\d-\d\d)
    | (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?{_MONTH}(?:,?\ (?P<year>(?:19|20)\d\d))?
    | {_MONTH.replace("month", "month2")}\ (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d|\ (?:per|people|cases|dead))
      (?:,?\ (?P<year2>(?:19|20)\d\d))?
    | {_MONTH.replace("month", "month3")},?\ (?P<year3>(?:19|20)\d\d)
    | (?P<relative>yesterday|today|tonight|this\ (?:morning|afternoon|evening)|(?:last|this)\ (?:month|year))
    | (?:(?P<which>last|next|this|the\ previous|the\ following)\ )?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)
      (?!'|’|s\b|\ (?:Times|Night\ Live))
    | (?:(?<=[Ii]n\ )|(?<=[Ss]ince\ )|(?<=[Ff]or\ )|(?<=[Dd]uring\ )|(?<=[Bb]y\ )|(?<=[Oo]f\ )
       |(?<=\ to\ )|(?<=\ through\ )){_MONTH.replace("month", "month4")}(?!\ \d)
    | (?:(?<=[Ii]n\ )|(?<=[Ss]ince\ )|(?<=[Ff]or\ )|(?<=[Dd]uring\ )|(?<=[Bb]y\ )|(?<=[Oo]f\ )|(?<=[Ff]rom\ ))(?P<year4>(?:19|20)\d\d)
      (?![-–/,.]\d|\ [a-z]*s\b)
    )(?![\w%]|['’]s\b)""",
    re.VERBOSE,
)
_AS_OF = re.compile(
    r"(?P<how>as of|as at|as on|data to|by(?: (?:late|early|noon|midday|midnight|[\d.:]+ ?(?:[ap]\.?m\.?|GMT)?))*(?: on)?"
    r"|up to|to|until|till|ended|ending(?: on)?|end of|at the end of|on|in|during|for|since|from|between|before|after"
    r"|since the (?:start|beginning|end) of|published|updated|issued|of|late|early|until the end of|by the end of)?\s*$",
    re.IGNORECASE,
)
_NOT_HELD = {"published", "updated", "issued", "since", "from", "between", "before", "after", "until", "till"}
_FIRST = {"as of", "as at", "as on", "data to"}


_AMOUNTS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        range(1, 11),
        strict=True,
    )
)
_SPAN = re.compile(
    rf"""\b(?:
    (?:in|over|during|for|within)\ (?:the\ |a\ )?(?P<past>(?:past|last|previous|preceding|first|latest|prior)\ )?
      (?P<amount>\d{{1,3}}|{"|".join(_AMOUNTS)})?[\ -]?(?P<unit>minute|hour|day|week|month|quarter|year|decade)s?\b
      (?P<ended>\ (?:period\ )?(?:to|ended|ending|through|up\ to|until)\b(?!\ [a-z]+ing\b))?
    | (?:during\ |(?:during|for|in)\ the\ (?:whole\ )?month\ of\ )(?P<month>(?:Janu|Febru)ary|March|April|May|Ju(?:ne|ly)|August|(?:Septem|Octo|Novem|Decem)ber)\b
      (?!\ \d{{1,2}}\b)
    | from\ (?P<from>(?:Janu|Febru)ary|March|April|May|Ju(?:ne|ly)|August|(?:Septem|Octo|Novem|Decem)ber)\ (?:to|through|until|till)
      \ (?:the\ end\ of\ )?[A-Z][a-z]+\ (?P<year>(?:19|20)\d\d)
    | on\ (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\ (?P<alone>alone)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""The window of a number: in the week to, for the nine-month period ended, in the past 48 hours, on Friday alone."""
_BEGUN = re.compile(
    rf"""\b(?:[Ss]ince\ (?:(?P<first>\d{{1,2}})\ )?{_MONTH}(?!\ \d|,\ (?:19|20)\d\d\b)
    | [Ff]rom\ {_MONTH.replace("month", "month2")}\ (?:to|through|until|till)\ (?:the\ end\ of\ )?[A-Z][a-z]+\b(?!\ \d)
    | (?:[Bb]etween\ (?P<begin>\d{{1,2}})\ and|[Ff]rom\ (?P<begin2>\d{{1,2}})\ to)\ (?P<last>\d{{1,2}})\ {_MONTH.replace("month", "month3")})""",
    re.VERBOSE,
)
"""since May, since 12 May, from January to March, between 1 and 7 December."""


@dataclass(frozen=True)
class Day:
    """A day, month or year named in a sentence. `how` is the word before it, `inferred` says how its date was found."""

    start: int
    end: int
    date: str
    how: str
    inferred: str = ""

    @property
    def is_first(self) -> bool:
        """True if the sentence says that its numbers hold for this day."""
        return self.how in _FIRST

    @property
    def may_hold(self) -> bool:
        """True if a number may hold for this day, that is, if it neither begins nor ends a period."""
        return self.how not in _NOT_HELD and not self.how.startswith("since")


def spans(sentence: str, published: datetime.date | None = None) -> list[tuple[int, int, str]]:
    """Find the windows in a sentence: start, end, and the window as the ledger spells it.

    Those since a day without a year are found only if `published` is known.

    >>> [span for *_, span in spans("In the week to 7 May 30 fell ill, up from 12 in the previous 24 hours.")]
    ['1 week', '24 hour']
    >>> spans("In a week it was gone."), spans("It was open for the year.")
    ([], [])
    """
    found = []
    for match in _SPAN.finditer(sentence):
        if match["month"]:
            window = "1 month"
        elif match["from"]:
            window = f"since {match['year']}-{_MONTHS.index(match['from'][:3].lower()) + 1:02}"
        elif match["alone"]:
            window = "1 day"
        elif match["past"] or match["ended"]:
            amount = match["amount"] or "1"
            number, unit = int(_AMOUNTS.get(amount.lower(), amount)), match["unit"].lower()
            window = f"{number * 3} month" if unit == "quarter" else f"{number} {unit}"
        else:
            continue
        if not window.startswith("0"):
            found.append((match.start(), match.end(), window))
    if published is None:
        return found
    for match in _BEGUN.finditer(sentence):
        first, last = match["first"], match["last"]
        if last:
            days_ = int(last) - int(match["begin"] or match["begin2"]) + 1
            found.append((match.start(), match.end(), f"{max(0, days_)} day"))
        elif not re.search(r"\b(?:ago|earlier|later|last)\b", sentence[match.end() : match.end() + 12]):
            month = _MONTHS.index((match["month"] or match["month2"])[:3].lower()) + 1
            begun = f"{_year(month, int(first or 1), published, future=False)}-{month:02}"
            found.append(
                (match.start(), match.end(), f"since {begun}" + (f"-{int(first):02}" if first else ""))
            )
    return [one for one in found if not one[2].startswith("0 ")]


def a_year_before(date: str) -> str:
    """Return the same day, month or year one year earlier.

    >>> a_year_before("2031-03-31"), a_year_before("2032-02-29"), a_year_before("2031")
    ('2030-03-31', '2031-02-28', '2030')
    """
    year, _, rest = date.partition("-")
    return f"{int(year) - 1}-{'02-28' if rest == '02-29' else rest}".rstrip("-")


def published_in(text: str) -> str:
    """Return the day written out in a short line such as a byline, or "".

    >>> published_in("By Ana Rui, Thursday 22 October 2009 13:28"), published_in("3/8/2026")
    ('2009-10-22', '')
    """
    whole = [day.date for day in days(text, None) if len(day.date) == 10 and not day.inferred]
    return whole[0] if whole else ""


def days(sentence: str, published: datetime.date | None) -> list[Day]:
    """Find the days in a sentence, in order; those without a year or a date only if `published` is known.

    >>> [(one.date, one.how) for one in days("As of 10 May, 3 were ill, police said on Tuesday.", datetime.date(2031, 5, 15))]
    [('2031-05-10', 'as of'), ('2031-05-13', 'on')]
    """
    found = []
    for match in _DAY.finditer(sentence):
        how = _AS_OF.search(sentence[max(0, match.start() - 40) : match.start()])
        word = (how["how"] or "").lower() if how else ""
        word = re.sub(r"^by\b.*", "by", word)
        date, inferred = _date(match, published, future=_ahead(sentence, match.start()))
        if match["month4"] and word in ("to", "through") and not _ENDS.search(sentence[: match.start()]):
            continue  # it went to April
        if date:
            found.append(Day(match.start(), match.end(), date, word, inferred))
    return found


_ENDS = re.compile(
    rf"\b(?:year|months?|weeks?|quarter|half|season|{_MONTH.replace('?P<month>', '?:')}) (?:to|through) $"
)
"""Precedes the month in which a period ends: "the 12 months to June", "from January to March"."""


def _ahead(sentence: str, at: int) -> bool:
    return bool(
        re.search(
            r"\b(?:will|next|plans?|planned|due|scheduled|expected|would)\b", sentence[max(0, at - 90) : at]
        )
    )


def _date(match: re.Match[str], published: datetime.date | None, *, future: bool) -> tuple[str, str]:
    """Return the date, and how it was inferred if it is not written out."""
    part = match.groupdict()
    if part["iso"]:
        return _valid(part["iso"]), ""
    month = part["month"] or part["month2"] or part["month3"] or part["month4"]
    year = part["year"] or part["year2"] or part["year3"] or part["year4"]
    day = part["day"] or part["day2"]
    if month:
        number = _MONTHS.index(month[:3].lower()) + 1
        inferred = ""
        if not year:
            if published is None:
                return "", ""
            year, inferred = (
                str(_year(number, int(day or 1), published, future=future)),
                "the year is the article's",
            )
        date = f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
        return _valid(date), inferred and f'"{match[0]}", {inferred}'
    if year:
        return year, ""
    if published is None:
        return "", ""
    return _relative(match, published, future=future), f'"{match[0]}", counted from {published}'


def _relative(match: re.Match[str], published: datetime.date, *, future: bool) -> str:
    word = (match["relative"] or "").lower()
    if word == "yesterday":
        return str(published - datetime.timedelta(days=1))
    if word.endswith("month"):
        first = published.replace(day=1)
        return str(first - datetime.timedelta(days=1) if word.startswith("last") else first)[:7]
    if word.endswith("year"):
        return str(published.year - word.startswith("last"))
    if word:
        return str(published)
    back = (published.weekday() - _WEEKDAYS.index(match["weekday"][:3].lower())) % 7
    which = (match["which"] or "").lower()
    if which in ("next", "the following") or (future and which != "last"):
        return str(published + datetime.timedelta(days=(7 - back) % 7 or 7))
    if which in ("last", "the previous") and back == 0:
        back = 7
    return str(published - datetime.timedelta(days=back))


def _year(month: int, day: int, published: datetime.date, *, future: bool) -> int:
    """Return the year that puts a day closest to publication, before it or after it."""
    if future:
        return published.year + ((month, day) < (published.month, published.day))
    return published.year - ((month, day) > (published.month, published.day))


def _valid(date: str) -> str:
    try:
        return str(PartialDate(date))
    except ValueError:
        return ""
