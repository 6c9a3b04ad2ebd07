"""Two numbers as one: ranges, ratios, "hundreds, if not thousands"; and what is a change instead."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from reported.prose.lexicon import UNITS
from reported.prose.number import METRES, QUANTITIES, Number, exact
from reported.prose.numbers import DOLLARS, STARTS
from reported.prose.qualifiers import BEFORE, CEILINGS, FLOORS, WORD_ONLY, Around, Qualifiers
from reported.prose.tokens import DASHES, HYPHENS
from reported.prose.units import POUND, standard
from reported.prose.vocabulary import listed

#: How many of a smaller unit make a greater one, where both are said together.
_PARTS = {
    "week": {"day": 7}, "day": {"hour": 24, "minute": 1440}, "hour": {"minute": 60, "second": 3600}, "year": {"month": 12},
    "minute": {"second": 60}, "foot": {"inch": 12}, "stone": {POUND: 14}, POUND: {"ounce": 16},
}  # fmt: skip
_LARGE_MONEY = frozenset(("dollar", "dollars", "euro", "euros", "pound", "pounds", "rupee", "rupees"))
_SMALL_MONEY = frozenset(("cent", "cents", "pence", "penny", "paise"))
CHANGES = listed("set: change")
_CHANGE_NOUNS = frozenset(
    ("increase", "decrease", "decline", "rise", "fall", "drop", "growth", "reduction", "gain")
)
_RESPECTIVELY = '"respectively": two numbers, one for each'
_SIZES = WORD_ONLY[WORD_ONLY.index("tens") :]


class Ranges(Qualifiers):
    """Pairs of numbers."""

    def span(self, number: Number, before: Around) -> Number | None:
        """The range that `number` begins; in doubt where it is none that "between" can hold."""
        lettered = number.doubt == METRES or (self.token[number.last] == "m" and number.scale == 1)
        if lettered and (both := self.metres(number)):
            return both
        if number.vague or number.value is None or number.value_to is not None:
            return number if number.value_to is not None else None
        k = number.last
        if around := self.plus_minus(number):
            return around
        unit = self.token[k] if self.token[k] in UNITS else ""  # five days to seven days
        again = (
            self.is_word(k)
            and self.token[k + 1] in ("to", "and")
            and self.token[k] in self.token[k + 3 : k + 6]
        )
        k += bool(unit) or again  # between 40 people and 60 people
        suspended = self.token[k] in HYPHENS and not self.touches(k + 1) and self.token[k + 1] in ("to", "or")
        joined = (
            self.token[k] in HYPHENS and self.token[k + 1] in ("to", "or") and self.token[k + 2] in HYPHENS
        )
        k += suspended or joined  # 10- to 15-minute, 18-to-24-year-olds
        k += self.token[k] == "," and (
            self.token[k + 1] in ("and", "but") or self.matches(k + 1, "or", "even")
        )
        link = self.token[k]
        dash = link in DASHES and (self.touches(k) == self.touches(k + 1) or self.badly_spaced(k))
        words = (
            link == "/"
            and self.is_word(k - 1)
            and self.touches(k)
            and self.touches(k + 1)
            and self.is_word(k + 1)
        )
        dash = dash or words  # two/three months
        through = link == "through" and self.token[before.first - 1] in ("aged", "ages", "from")
        if not (dash or through) and link not in ("to", "or", "and", "but"):
            return None
        k += link == "or" and self.token[k + 1] in ("even", "perhaps", "maybe")
        upper = () if dash else BEFORE.starting(self.token, k + 1)
        second = self.upper_number(k + 1 + joined + len(upper), unit)
        if second is not None and second.doubt == METRES and number.kind == "money":
            second = self.cardinal(second.first, money=True)  # $5 to 10m
        if second is None or not _alike(number, second) or (second.value == 1 and link == "to"):
            return None
        limits = (before.qualifier, BEFORE.meaning.get(upper, ""))
        closed = limits[0] in FLOORS and limits[1] in CEILINGS
        between = self.token[before.first - 1] == "between" or self.matches(
            before.first - 4, "between", "the", "ages", "of"
        )
        if link in ("and", "but") and not closed and not (between and link == "and"):
            return None
        if link == "or" and number.kind == "money" and self.token[second.last] in _SMALL_MONEY:
            return None  # $495 million or 96 cents a share
        if link == "or" and "respectively" in self.token[second.last : second.last + 16]:
            return number.doubted(_RESPECTIVELY, number.value, second.value, last=second.last)
        if link == "to" and self.apart(before, number, second):
            return None
        if limits[1] in FLOORS and limits[0] and not closed:
            return None  # from as little as 5 to more than 500
        accelerated = (
            not number.value and second.unit == "" and self.token[second.last] in ("mph", "kph", "km")
        )
        changed = (
            link == "to"
            and not accelerated
            and self.changes(before.first, 13 if number.kind == "percent" else 9)
        )  # going from 0 to 60 mph
        if (link == "or" and limits[1] and not closed) or changed:
            return None
        whole = self.joined(number, second, dash or between or link == "or")
        return whole and replace(whole, implied="between" if closed else limits[1])

    def metres(self, number: Number) -> Number | None:
        """A range whose ends both have the letter that may be metres or millions: 1.2 m to 1.5 m."""
        k = number.last
        low = [reading[0] for reading in number.readings]
        if number.value is not None:  # 2m-3m
            k, low = k + 1, [exact(number.value, 10**6), number.value]
        if len(low) != 2 or (self.token[k] != "to" and self.token[k] not in DASHES):
            return None
        second = self.upper_number(k + 1, "")
        if second is None or second.value_to is not None:
            return None
        if (
            second.scale == 10**6
            and second.value is not None
            and low[0] is not None
            and low[0] < second.value
        ):
            return replace(
                second, first=number.first, value=low[0], value_to=second.value
            )  # 10m to 20m people
        if (
            self.token[second.last] == "m"
            and second.value is not None
            and low[1] is not None
            and low[1] < second.value
        ):
            return replace(second, first=number.first, value=low[1], value_to=second.value)  # 10m to 20m high
        if second.doubt != METRES or len(second.readings) != 2:
            return None
        ends = zip(low, (reading[0] for reading in second.readings), strict=True)
        return number.doubted(METRES, *ends, last=second.last)

    def lent(self, number: Number) -> Number:
        """The number that a change starts from, with the size, unit and kind that only its end has: from 5 to 7 million."""
        k = number.last
        if self.token[k] == "and" and "respectively" in self.token[k : k + 12] and number.kind == "count":
            second = self.upper_number(k + 1, "")  # ratios of 130 and 240 per cent respectively
            if second is not None and second.kind == "percent" and not number.unit:
                return replace(number, kind="percent", unit=second.unit)
        bare = number.scale == 1 and not (number.vague or number.doubt)
        bare = bare and (number.kind == "money" or (number.kind == "count" and not number.unit))
        if not bare or self.token[k] != "to" or self.token[number.first - 1] not in ("from", *CHANGES):
            return number
        second = self.upper_number(k + 1, "")
        alike = second is not None and second.kind in (
            number.kind,
            "percent" if number.kind == "count" else "count",
        )
        if second is None or second.value is None or not alike:
            return number
        if second.kind == "percent":
            number = replace(number, kind="percent", unit=second.unit)
        if second.scale < 1000 or number.value is None or not 0 < number.value < 1000:
            return number
        value = exact(number.value, second.scale)
        if second.value > 20 * value or value > 20 * second.value:
            doubt = f'"{self.written(number.first)}", or as many {self.written(second.last - 1)}?'
            return number.doubted(doubt, number.value, value)
        finest = number.resolution and exact(number.resolution, second.scale)
        return replace(number, value=value, resolution=finest)

    def plus_minus(self, number: Number) -> Number | None:
        """40 ± 5; 40 +/- 5: from 35 to 45."""
        k = number.last
        for signs in (("±",), ("+", "/", "-"), ("+", "-"), ("+", "/", "−")):
            if self.matches(k, *signs) and self.is_numeral(k + len(signs)):
                break
        else:
            return None
        second = self.cardinal(k + len(signs))
        if second is None or second.value is None or second.kind != "count" or number.value is None:
            return None
        middle = exact(number.value, second.scale) if number.scale == 1 else number.value  # 5 ± 3 million
        ends = exact(middle, plus=-second.value), exact(middle, plus=second.value)
        return replace(number, last=second.last, value=ends[0], value_to=ends[1], scale=second.scale)

    def badly_spaced(self, k: int) -> bool:
        """True if a dash between two plain numerals has a space on one side: 100 -200."""
        ends = self.token[k - 1], self.token[k + 1]
        return all(end.isdecimal() for end in ends) and int(ends[0]) < int(ends[1])

    def apart(self, before: Around, number: Number, second: Number) -> bool:
        """True if "to" leads to another number: up by $45 to $610, fell by 850,000 to 1.4 billion."""
        ahead = self.token[before.first - 1]
        if number.value is None or second.value is None or ahead in ("from", "between"):
            return False
        if not number.value and ahead not in ("by", *CHANGES):
            return False  # 0 to 60 mph
        priced = number.kind == second.kind == "money" and bool(number.unit and second.unit)
        nearby = self.token[max(self.floor, before.first - 10) : before.first]
        told_of = ahead == "of" and any(
            one in _CHANGE_NOUNS and behind == "in" for one, behind in pairwise(nearby)
        )  # an increase in the deficit of $4.6 billion to $65.6 billion
        priced = priced and (told_of or not CHANGES.isdisjoint(nearby[-5:]))
        far = second.value > 4 * number.value * (
            1 if number.scale > 1 or number.value > 1000 else second.scale
        )
        return (
            (ahead == "by" and (priced or far))
            or (far and (priced or ahead in CHANGES))
            or (told_of and priced)
        )

    def joined(self, number: Number, second: Number, certain: bool) -> Number | None:
        """Both ends as one number; None if they are two numbers after all."""
        if (
            number.unit
            and second.unit
            and number.kind == second.kind == "measure"
            and number.value is not None
        ):
            units = standard(number.unit), standard(second.unit)
            size = 1 if units[0] == units[1] else _PARTS.get(units[0], {}).get(units[1])
            if size is None:
                return None
            number = replace(number, value=exact(number.value, size), unit=second.unit)  # 12' to 14'9"
        low, high = _lent(number, second)
        last = second.last
        while self.token[last] in DASHES and self.touches(last) and self.is_numeral(last + 1):
            last += 2
        whole = replace(
            number,
            last=last,
            kind=second.kind if number.kind == "count" else number.kind,
            unit=second.unit or number.unit,
            value=low,
            value_to=high,
            resolution=_finer(number, second),
        )
        if last > second.last:
            return whole.doubted("a chain of numbers; a date, a code?")
        if second.doubt or low is None or high is None:
            ends = ((low, reading[0]) for reading in second.readings)
            return whole.doubted(second.doubt or "the range cannot be read", *ends)
        if low >= high:
            both = whole.doubted(
                "the first number is not the smaller; a range, a score, a change?", low, high
            )
            return both if certain else None
        if number.scale == second.scale == 1 and low * 1000 < high and low < 1000 and not high % 1000:
            return whole.doubted(
                f"{low} or {low},000 at the lower end?", (low, high), (exact(low, 1000), high)
            )
        return whole

    def with_cents(self, number: Number) -> Number:
        """Sixteen dollars and fifty cents: one amount."""
        k = number.last + 1
        named = number.kind == "count" and number.value is not None and number.value_to is None
        if not named or self.token[number.last] not in _LARGE_MONEY or self.token[k] != "and":
            return number
        rest = self.cardinal(k + 1) if self.is_numeral(k + 1) or self.token[k + 1] in STARTS else None
        if (
            rest is None
            or rest.value is None
            or rest.kind != "count"
            or self.token[rest.last] not in _SMALL_MONEY
            or rest.value >= 100
        ):
            return number
        value = exact(rest.value, Decimal("0.01"), plus=number.value or 0)
        unit = self.token[number.last]
        return replace(
            number, last=rest.last + 1, kind="money", value=value, unit=unit, resolution=Decimal("0.01")
        )

    def compound(self, number: Number) -> Number:
        """an hour and 52 minutes, 40 days, eight hours, 6 feet 2 inches: together, in the smaller unit."""
        while number.value is not None and number.value_to is None and number.kind in ("count", "measure"):
            k = number.last if number.unit else self.next_word(number.last)
            unit = number.unit or self.token[k]
            k += not number.unit
            k += self.token[k] == "." and self.touches(k) and self.is_numeral(k + 1)  # 2 hr. 30 min.
            k += self.token[k] == ","
            k += self.token[k] == "and"
            if (
                unit == "foot"
                and self.token[k] in HYPHENS
                and self.is_numeral(k + 1)
                and self.token[k - 2] in HYPHENS
            ):
                inches = Decimal(self.token[k + 1]) if self.token[k + 1].isdigit() else Decimal(0)
                value = exact(number.value, 12, plus=inches)  # 6-foot-5
                return replace(
                    number, last=k + 2, kind="measure", value=value, unit="inch", resolution=Decimal(1)
                )
            smaller = self.cardinal(k) if self.is_numeral(k) or self.token[k] in STARTS else None
            if smaller is None or smaller.kind != "count" or smaller.value is None:
                return number
            named = self.next_word(smaller.last)
            name = self.token[named]
            pounds = {"pound": POUND, "pounds": POUND}
            size = _PARTS.get(pounds.get(unit) or standard(unit), {}).get(pounds.get(name) or standard(name))
            if size is None or smaller.value >= size:
                return number
            value = exact(number.value, size, plus=smaller.value)
            name = pounds.get(name, name)
            number = replace(
                number,
                last=named + 1,
                kind="measure",
                value=value,
                unit=name,
                resolution=smaller.resolution,
            )
        return number

    def ratio(self, number: Number) -> Number:
        """outnumbered 5 to 1; a ratio of 5, or even 6, to 1."""
        k = number.last
        k += self.token[k] == "," and number.value_to is not None
        if self.matches(k, "-", "to", "-", "1") and number.kind == "count" and number.value:
            return replace(number, last=k + 4, kind="multiple")  # a 2-to-1 margin
        single = self.matches(k, "to", "1") or self.matches(k, "to", "one")
        if (
            not single
            or number.kind != "count"
            or number.value is None
            or self.token[k + 2] in UNITS | {"%", "percent"}
        ):
            return number
        if number.value_to is None and (number.value <= 1 or self.changes(number.first)):
            return number
        return replace(number, last=k + 2, kind="multiple")

    def if_not(self, number: Number) -> Number:
        """hundreds, if not thousands; 200, maybe 300: one of the two. Hundreds to thousands are at least hundreds."""
        if number.vague in _SIZES and self.token[number.last] in ("to", "or", "-", "–", "and"):
            k = number.last + 1
            k += self.token[k] in ("even", "perhaps", "maybe", "possibly")
            other = self.upper_number(k, "", vague=True)
            if (
                other is not None
                and other.vague in _SIZES
                and _SIZES.index(number.vague) < _SIZES.index(other.vague)
            ):
                return replace(number, last=other.last)
        k = number.last + (self.token[number.last] == ",")
        perhaps = self.token[k] in ("maybe", "perhaps", "possibly") and k > number.last
        if not (self.matches(k, "if", "not") or perhaps):
            return number
        second = self.upper_number(k + 2 - perhaps, "", vague=True)
        if second is None or second.doubt or second.kind != number.kind:
            return number
        doubt = f'"{self.shown[self.at[k] : self.to[k + 1 - perhaps]]}": the one, or the other?'
        return replace(number, last=second.last, doubt=doubt, value=None, either=(number, second))

    def upper_number(self, i: int, unit: str, vague: bool = False) -> Number | None:
        """The number at token i, if it can end a range whose lower end had this unit."""
        floor, self.floor = self.floor, i
        second = None
        if (
            self.token[i] in DOLLARS
            and self.sort[i + 1] == "s"
            and (self.touches(i + 1) or self.written(i) in ("US", "HK", "NZ", "NT"))
        ):
            i += 1
        if i < self.count and (self.sort[i] == "n" or self.token[i] in STARTS) and not self.fixed(i):
            second = self.number(i)
        self.floor = floor
        if (
            second is None
            or (second.vague and not vague)
            or (unit and self.token[second.last].rstrip("s") != unit.rstrip("s"))
        ):
            return None
        return second

    def changes(self, i: int, reach: int = 9) -> bool:
        """True if the words before token i tell a change ("rose from the original 3 to 5"), not a range."""
        nearby: list[str] = []
        for k in range(i - 1, max(-1, i - reach), -1):
            if self.token[k] in (".", "", ";") or (self.token[k] == "," and self.token[k + 1] != "from"):
                break
            nearby.append(self.token[k])
        return "from" in nearby[:4] and not CHANGES.isdisjoint(nearby)


def _alike(number: Number, second: Number) -> bool:
    """True if two numbers can be the ends of one range."""
    if second.kind not in QUANTITIES:
        return False
    return number.kind in (second.kind, "count") or (number.kind == "money" and second.kind == "count")


def _finer(number: Number, second: Number) -> Decimal | None:
    """The finer resolution of both ends of a range, the lower with the scale of the upper: 1 to 1.5 million."""
    if number.resolution is None or second.resolution is None:
        return None
    low = number.resolution * (second.scale if number.scale == 1 else 1)
    return min(low, second.resolution)


def _lent(number: Number, second: Number) -> tuple[Decimal | None, Decimal | None]:
    """Both values, the lower with the scale of the upper where they share it: two to three million,
    two hundred to three hundred thousand."""
    low, high = number.value, second.value
    if low is None or high is None:
        return low, high
    shared = number.scale == 1 or (number.scale == 100 and second.scale in _HUNDREDS)
    lent = exact(low, second.scale // number.scale) if shared else low
    return (lent if lent < high else low), high


_HUNDREDS = tuple(100 * 1000**power for power in range(1, 5))
