"""Words to number and qualifier: reads the numbers of English news prose, with the words around them.

Not for bounds (`reading`) and not for meaning (who, when, of what). A qualifier is never lost and never
guessed: where the words decide nothing, or say more than one qualifier can hold, a phrase carries its
`doubt` and no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from reported.prose.number import (
    CURRENCY_WORDS,
    DASHES,
    DEFINITE,
    DIMENSIONS,
    HYPHENS,
    LETTER_UNITS,
    QUANTITIES,
    QUOTES,
    STARTS,
    STOPS,
    TIME_UNITS,
    UNITS,
    Number,
    Numbers,
    exact,
    listed,
)

#: Qualifiers that stand beside digits, then those that are words alone (value and value_to are empty).
#: "several hundred" and "a few hundred" read as "hundreds": a weaker floor than the words, never a stronger.
NUMBERED = ("exact", "at least", "more than", "up to", "less than", "about", "nearly", "between")
WORD_ONLY = (
    "several", "several times", "a couple", "a handful", "dozens", "scores", "hundreds", "thousands",
    "tens of thousands", "hundreds of thousands", "millions", "tens of millions", "hundreds of millions",
    "billions",
)  # fmt: skip
QUALIFIERS = NUMBERED + WORD_ONLY

LONGEST_PHRASE = 500  # characters `parse` takes: a phrase of a few words, not an article


class PhraseError(ValueError):
    """Words that do not hold exactly one clear number; says what was found and what to do."""


@dataclass(frozen=True)
class Phrase:
    """One number expression and its qualifier.

    `text` = searched[start:end] reaches from the qualifier to the end of the number (or of a qualifier
    behind it: "50 people or more"); `number_start:number_end` is the number alone. `value` is exact decimal,
    scales multiplied out ("1.5 million" is 1500000), percent as written (45 % is 45), a fraction its quotient
    to nine decimals; None for word-only qualifiers, dates, times, designations, and wherever `doubt` is not "".
    `value_to` is the upper end of a "between". `noun` is the unit or noun that follows, at best effort.
    """

    text: str
    start: int
    end: int
    number_start: int
    number_end: int
    qualifier: str
    value: Decimal | None
    value_to: Decimal | None
    kind: str
    noun: str
    doubt: str = ""

    @property
    def is_quantity(self) -> bool:
        """Whether this can be a figure (a date, a time, an ordinal, a designation cannot)."""
        return self.kind in QUANTITIES


def parse(words: str) -> Phrase:
    """The one quantity in a short phrase; dates, ordinals and designations beside it are passed over.

    >>> parse("more than 600,000 Russian troops").qualifier
    'more than'

    Raises PhraseError when there is no quantity, more than one, or one whose words leave it open.
    """
    if len(words) > LONGEST_PHRASE:
        raise PhraseError(f"{len(words):,} characters are no phrase; give the number and the words around it")
    found = find(words)
    quantities = [phrase for phrase in found if phrase.is_quantity]
    if not quantities:
        others = ", ".join(f'"{p.text}" is {_article(p.kind)}' for p in found)
        raise PhraseError(
            f'no quantity in "{words}"{": " + others if others else ""}; give the words that hold it'
        )
    if len(quantities) > 1:
        texts = ", ".join(f'"{p.text}"' for p in quantities)
        raise PhraseError(
            f'{len(quantities)} numbers in "{words}": {texts}; one row holds one, so shorten the words'
        )
    if quantities[0].doubt:
        raise PhraseError(f'"{quantities[0].text}": {quantities[0].doubt}')
    return quantities[0]


def find(text: str) -> list[Phrase]:
    """Every number expression of running text, in order, none overlapping another; time linear in length."""
    return list(_Reader(text).phrases())


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


class _Phrasebook:
    """Phrases and what each means, found by the words at a place among tokens: the longest that fits."""

    def __init__(self, table: dict[str, str]) -> None:
        """`table`: meaning to phrases with bars between them, words with spaces between them."""
        self.meaning = {
            tuple(words.split()): meaning for meaning, line in table.items() for words in line.split("|")
        }
        self.opening: dict[str, list[tuple[str, ...]]] = {}
        self.closing: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self.meaning, key=len, reverse=True):
            self.opening.setdefault(words[0], []).append(words)
            self.closing.setdefault(words[-1], []).append(words)

    def starting(self, tokens: list[str], i: int) -> tuple[str, ...]:
        """The phrase that starts at token i, or ()."""
        phrases = self.opening.get(tokens[i], ())
        return next((words for words in phrases if tuple(tokens[i : i + len(words)]) == words), ())

    def ending(self, tokens: list[str], end: int, floor: int) -> tuple[str, ...]:
        """The phrase that ends before token `end` and starts at `floor` or behind it, or ()."""
        if end <= floor:
            return ()
        phrases = self.closing.get(tokens[end - 1], ())
        fits = (w for w in phrases if end - len(w) >= floor and tuple(tokens[end - len(w) : end]) == w)
        return next(fits, ())


#: Words before a number, longest match first. "just under" is nearly; "within" is up to.
_BEFORE = _Phrasebook(
    {
        "at least": "at least|at the least|at the very least|at a minimum|at minimum|a minimum of|minimum of|minimum|"
        "no fewer than|no less than|not fewer than|not less than|nothing less than|as few as|as little as|as low as|"
        "not below|not under|no lower than|not lower than|no smaller than|≥",
        "more than": "more than|greater than|higher than|larger than|bigger than|longer than|older than|better than|"
        "over|above|beyond|exceed|exceeds|exceeded|exceeding|topped|topping|surpass|surpasses|surpassed|surpassing|"
        "upwards of|upward of|in excess of|over the age of|above the age of|>",
        "up to": "up to|as many as|as much as|as high as|at most|at the most|at the very most|at best|no more than|"
        "not more than|no greater than|not greater than|no higher than|not higher than|no larger than|no longer than|"
        "not longer than|no older than|nothing more than|not over|not above|not exceed|not exceeding|a maximum of|"
        "maximum of|maximum|max|within|≤",
        "less than": "less than|fewer than|lower than|smaller than|shorter than|younger than|under|below|short of|"
        "not even|under the age of|below the age of|<",
        "about": "about|around|approximately|approx|approx .|roughly|some|circa|ca|ca .|c .|an estimated|estimated|"
        "estimated at|estimates of|an estimate of|in the region of|in the neighborhood of|in the neighbourhood of|"
        "in the vicinity of|on the order of|of the order of|in the order of|something like|perhaps|maybe|"
        "more or less|~|≈",
        "nearly": "nearly|almost|close to|just under|just below|just short of|just shy of|shy of|a little under|"
        "a little less than|a little fewer than|slightly under|slightly below|slightly less than|"
        "slightly fewer than|a bit under|a bit less than|approaching|nearing|not quite|virtually|practically|"
        "little short of",
    }
)
_AFTER = _Phrasebook(
    {
        "at least": "or more|or over|or above|or higher|or greater|or longer|or older|at least|at a minimum|at minimum|"
        "minimum|plus|- plus|and counting|and more|and up|and above|and over|and upwards|and older|+",
        "up to": "or fewer|or less|or under|or below|or lower|or shorter|or younger|and under|and younger|at most|at the most|maximum|max|"
        "tops",
        "about": "or so|or thereabouts|give or take|approximately|roughly|odd|- odd|- some|- something|- somethings",
    }
)
#: Behind a number, these qualify it at the end of a clause only: "50 people and more weapons".
_LOOSE = frozenset(("and", word) for word in ("more", "up", "above", "over", "under", "upwards"))
#: Before these, "at least" and its like begin something else: "50 visits at least once a week".
_NO_MORE = listed("once the part partly another")
#: Words that hedge or deny a number in a way no qualifier holds.
_OPEN = _Phrasebook(
    {
        "is denied or belittled, and no qualifier holds that": "not|no|nor|never|hardly|barely|scarcely|nowhere near|"
        "not nearly|not almost|not about|not at least|not some|not exactly",
        'is all but that number ("except" or "almost")': "all but",
        "is only possible, and no qualifier holds that": "possibly|probably|likely|if not|could be|may be|might be",
        "is a margin or a comparison, and no qualifier holds that": "±|more like|closer to",
        'leaves "near" open: close to it, or a place near by': "near",
    }
)
_NEGATIONS = listed("not no never nor hardly barely scarcely nowhere cannot")
_STRENGTHS = listed(
    "well just far slightly much way considerably significantly substantially little bit very even"
)
#: Words that may stand between a qualifier and its number.
_FILLERS = _Phrasebook(
    {
        "": "a total of|a combined|a combined total of|a further|an additional|additional|another|a record|"
        "a reported|the|all|its|his|her|their|our|these|those|this|that|a|an|further|other|reportedly|allegedly|"
        "just|only|even|still|exactly|precisely"
    }
)
#: Qualifiers that are prepositions before "the", "his": "about the 65 soldiers" counts 65.
_PREPOSITIONS = listed("about around over above beyond under below some within")
_SPEAKING = listed(
    "talk talks talked talking speak spoke spoken ask asked know knew known told tell tells hear heard report reports "
    "reporting statement statements claim claims question questions news information story stories concern concerns "
    "concerned worried complain complained write wrote written lie lied learn learned learnt warning warned data "
    "details video videos think thought nothing anything everything facts truth doubt doubts debate debates rumor "
    "rumors rumour rumours message messages document documents announcement evidence letter letters book books "
    "article articles film films joke jokes inform informed"
)
_HEARERS = listed("me you him her it us them reporters journalists viewers readers more much little")
_OVERHEAD = listed(
    "fly flew flown flying flies dispute disputes talks row rows concern concerns down downed crashed"
)
_LASTING = listed("for after of lasted lasting took takes taking spent than just well in")
_SINCE = listed("ago old later earlier after before")
_RISES = listed(
    "rose risen rise rising grew grown grow growing increase increased increases increasing climb climbed jump jumped "
    "went up doubled surge surged raised raise expanded expand swelled tripled widened extended"
)
_COMPARED = listed(
    "more less fewer other earlier later higher lower"
)  # "two more days", but "thousands more"


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before a number: the qualifier from token `first` on, the doubt, and its last word."""

    first: int
    qualifier: str = ""
    doubt: str = ""
    word: str = ""


class _Reader(Numbers):
    """One text's numbers with their qualifiers."""

    # ------------------------------------------------------------------------------------ phrases

    def phrases(self) -> Iterator[Phrase]:
        i = 0
        while i < self.count:
            if self.sort[i] != "n" and self.token[i] not in STARTS:
                i += 1
                continue
            number = self.fixed(i) or self.number(i)
            if number is None:
                i += 1
                continue
            phrase, i = self.phrase(number)
            self.floor, self.previous = i, phrase.kind
            yield phrase

    def phrase(self, number: Number) -> tuple[Phrase, int]:
        """The number with its qualifiers, and the token to go on from."""
        if number.kind not in QUANTITIES:
            return self.built(number.first, number, number.last, "exact", "", number.doubt), number.last
        before = self.before(number)
        span = self.span(number, before)
        if span is not None:
            return self.ranged(span, before)
        number = self.run_on(number)
        noun = self.noun(number)
        after, last = self.after(number)
        qualifier, doubt = self.combined(number, before, after)
        number = self.typed(number, noun)
        doubt = number.doubt or doubt or self.preposition(before, number, noun)
        return self.built(before.first, number, last, qualifier, noun, doubt), last

    def typed(self, number: Number, noun: str) -> Number:
        """The number as a measure or as money where its noun says so; a count with three decimals in doubt."""
        if number.kind == "fraction" and UNITS.isdisjoint(noun.lower().split()[:1]):
            return number
        if number.kind not in ("count", "fraction"):
            return number
        words = set(re.split(r"[\s-]", noun.lower())[:2])
        if words & CURRENCY_WORDS:
            return replace(number, kind="money")
        if words & UNITS or (words & LETTER_UNITS and (self.touches(number.last) or words & DIMENSIONS)):
            return replace(number, kind="measure")
        if self.is_numeral(number.last - 1) and re.fullmatch(
            r"[1-9]\d{0,2}\.\d{3}", self.token[number.last - 1]
        ):
            return replace(number, value=None, doubt="a decimal point, or digits grouped by a point?")
        return number

    def built(
        self,
        first: int,
        number: Number,
        last: int,
        qualifier: str,
        noun: str,
        doubt: str,
    ) -> Phrase:
        if self.reordered and not doubt:
            doubt = "a control character reorders this text on screen; remove it"
        start, end = self.range_of(first, last)
        number_start, number_end = self.range_of(number.first, number.last)
        return Phrase(
            text=self.text[start:end],
            start=start,
            end=end,
            number_start=number_start,
            number_end=number_end,
            qualifier=qualifier,
            value=None if doubt else number.value,
            value_to=None if doubt else number.value_to,
            kind=number.kind,
            noun=noun,
            doubt=doubt,
        )

    def combined(self, number: Number, before: _Around, after: str) -> tuple[str, str]:
        """The one qualifier of a number, or the doubt that there are two."""
        if before.doubt:
            return before.qualifier or number.vague or "exact", before.doubt
        stated = [qualifier for qualifier in (before.qualifier, after) if qualifier]
        if number.vague:
            others = [qualifier for qualifier in stated if qualifier != "at least"]
            return (
                number.vague,
                f'"{others[0]}" and "{number.vague}" together have no bounds' if others else "",
            )
        if len(set(stated)) > 1:
            return stated[0], f'two qualifiers, "{stated[0]}" and "{stated[1]}"; no one bound holds both'
        return stated[0] if stated else "exact", ""

    # ------------------------------------------------------------------------------------ ranges

    def span(self, number: Number, before: _Around) -> Number | None:
        """The range that `number` begins; in doubt where it is none that "between" can hold."""
        if number.vague or number.value is None or number.value_to is not None:
            return number if number.value_to is not None else None
        k = number.last
        unit = self.token[k] if self.token[k] in UNITS else ""  # five days to seven days
        k += bool(unit)
        suspended = self.token[k] in HYPHENS and not self.touches(k + 1) and self.token[k + 1] in ("to", "or")
        k += suspended  # 10- to 15-minute
        k += self.token[k] == "," and self.token[k + 1] in ("and", "but")
        link = self.token[k]
        dash = link in DASHES and self.touches(k) == self.touches(k + 1)
        if not dash and link not in ("to", "or", "and", "but"):
            return None
        upper = _BEFORE.starting(self.token, k + 1)
        second = self.upper_number(k + 1 + len(upper), unit)
        if second is None or not _alike(number, second):
            return None
        limits = (before.qualifier, _BEFORE.meaning.get(upper, ""))
        closed = limits[0] in ("at least", "more than") and limits[1] in ("up to", "less than")
        between = self.token[before.first - 1] == "between"
        if link in ("and", "but") and not closed and not (between and link == "and"):
            return None
        if (link == "or" and limits[1] and not closed) or (link == "to" and self.changes(before.first)):
            return None
        certain = dash or between or link == "or"
        open_ends = before.doubt or any(limits)
        return self.joined(number, second, certain, "" if closed or not open_ends else _two(before, limits))

    def joined(self, number: Number, second: Number, certain: bool, doubt: str) -> Number | None:
        """Both ends as one number; None where they are two numbers after all."""
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
        )
        if last > second.last:
            return replace(whole, doubt="a chain of numbers; a date, a code?")
        if second.doubt or low is None or high is None:
            return replace(whole, doubt=second.doubt or "the range cannot be read")
        if low >= high:
            doubt = "the first number is not the smaller; a range, a score, a change?"
            return replace(whole, doubt=doubt) if certain else None
        if number.scale == second.scale == 1 and low * 1000 < high and low < 1000 and not high % 1000:
            doubt = doubt or f"{low} or {low},000 at the lower end?"
        return replace(whole, doubt=doubt)

    def upper_number(self, i: int, unit: str) -> Number | None:
        """The number at token i, if it can end a range whose lower end had this unit."""
        floor, self.floor = self.floor, i
        second = None
        if i < self.count and (self.sort[i] == "n" or self.token[i] in STARTS) and not self.fixed(i):
            second = self.number(i)
        self.floor = floor
        if (
            second is None
            or second.vague
            or (unit and self.token[second.last].rstrip("s") != unit.rstrip("s"))
        ):
            return None
        return second

    def changes(self, i: int) -> bool:
        """Whether the words before token i tell a change ("rose from the original 3 to 5"), not a range."""
        start = max(self.floor, i - 8)
        nearby = self.token[start:i]
        return "from" in nearby[-4:] and not _RISES.isdisjoint(nearby)

    def ranged(self, whole: Number, before: _Around) -> tuple[Phrase, int]:
        noun = self.noun(whole)
        after, last = self.after(whole)
        doubt = whole.doubt or (after and f'"{after}" and a range together; no one bound holds both')
        opens = before.first > self.floor and self.token[before.first - 1] in ("between", "from")
        return self.built(before.first - opens, self.typed(whole, noun), last, "between", noun, doubt), last

    # ------------------------------------------------------------------------------------ qualifiers

    def unquoted(self, i: int) -> int:
        """Token i, or the first of two quotation marks or brackets before it: "at least" [50]."""
        for _ in range(2):
            i -= i > self.floor and self.sort[i - 1] == "p" and QUOTES.issuperset(self.token[i - 1])
        return i

    def before(self, number: Number) -> _Around:
        """The qualifier in front of a number, and the doubt where it does not settle the number."""
        first = number.first
        if number.vague == "several times" and self.token[first - 1] == "be" and first - 1 > self.floor:
            first -= 2 if self.token[first - 2] in ("could", "may", "might", "would") else 0
            return _Around(first)
        return self.matched_before(first)

    def matched_before(self, i: int) -> _Around:
        end, definite = i, False
        for _ in range(3):
            end = self.unquoted(end)
            found = self.ending(end)
            if found:
                return _Around(i) if definite and found.word in _PREPOSITIONS else self.strengthened(found)
            filler = _FILLERS.ending(self.token, end, self.floor)
            if not filler:
                break
            definite = definite or filler[0] in DEFINITE
            end -= len(filler)
        if self.token[i - 2] in ("a", "an") and self.is_word(i - 1) and i - 2 > self.floor:
            found = self.ending(i - 2)
            if found:
                return replace(found, doubt=f'does "{found.qualifier}" belong to the number?')
        return _Around(i)

    def ending(self, end: int) -> _Around | None:
        """The longest qualifier whose last word stands before token `end`."""
        last = self.token[end - 1] if end > self.floor else ""
        if last.endswith("n't"):
            return _Around(end - 1, "", f'"{last}" denies the number', last)
        opens = _OPEN.ending(self.token, end, self.floor)
        stated = _BEFORE.ending(self.token, end, self.floor)
        if len(opens) > len(stated):
            return _Around(
                end - len(opens), "", f'"{" ".join(opens)}": the number {_OPEN.meaning[opens]}', last
            )
        return _Around(end - len(stated), _BEFORE.meaning[stated], "", last) if stated else None

    def strengthened(self, found: _Around) -> _Around:
        """A qualifier with "well", "just" before it, and with the denial or second qualifier before those."""
        first = found.first
        while first > self.floor and (
            self.token[first - 1] in _STRENGTHS
            or (self.token[first - 1] == "a" and self.token[first] in ("little", "bit"))
        ):
            first -= 1
        denial = self.token[first - 1] if first > self.floor else ""
        if not found.doubt and (denial in _NEGATIONS or denial.endswith("n't")):
            return replace(found, first=first - 1, doubt=f'"{denial}" denies the qualifier')
        other = self.ending(self.unquoted(first))
        if other and (other.doubt or other.qualifier != found.qualifier):
            both = f'two qualifiers, "{other.qualifier}" and "{found.qualifier}"; no one bound holds both'
            return replace(found, first=other.first, doubt=found.doubt or other.doubt or both)
        return replace(found, first=other.first if other else first)

    def preposition(self, before: _Around, number: Number, noun: str) -> str:
        """The doubt whether "about" or "over" is a preposition, or "more than" compares two numbers."""
        lead = self.token[before.first - 1]
        if lead in _HEARERS:  # told us about 55
            lead = self.token[before.first - 2]
        if before.word == "about" and lead in _SPEAKING:
            return f'does "about" mean "approximately", or is it what the "{lead}" is about?'
        if before.word == "over":
            if lead in _OVERHEAD:
                return f'"over" after "{lead}": more than, or above?'
            lasting = lead in _LASTING or self.token[number.last + 1] in _SINCE
            if noun.lower() in TIME_UNITS and not lasting:
                return '"over" before a time: more than, or during?'
        compares = before.word in ("than", "as") and self.previous in QUANTITIES and self.floor > 0
        gap = before.first - self.floor
        if compares and (gap == 0 or (gap == 1 and self.token[self.floor] in UNITS)):
            return "compared with the number before it, and so not a number by itself"
        return ""

    def after(self, number: Number) -> tuple[str, int]:
        """The qualifier behind a number or its noun, and the token behind all that."""
        k = number.last
        for step in range(5):
            comma = self.token[k] == ","
            words = _AFTER.starting(self.token, k + comma)
            if words and self.qualifies(words, k + comma, step == 0, comma):
                return _AFTER.meaning[words], k + comma + len(words)
            if step == 0 and self.token[k] in HYPHENS and self.touches(k) and self.is_word(k + 1):
                k += 1
            elif not self.is_word(k) or self.token[k] in STOPS - {"of"}:
                break
            k += 1
        return "", number.last

    def qualifies(self, words: tuple[str, ...], i: int, direct: bool, comma: bool) -> bool:
        """Whether words behind a number qualify it, and not what comes next."""
        end = i + len(words)
        behind = self.token[end]
        if behind == "than" or self.is_numeral(end) or behind in STARTS - {"first"}:
            return False
        if _BEFORE.starting(self.token, end):
            return False
        if words == ("+",) or words[0] in HYPHENS:
            return direct and self.touches(i)
        if words in (("plus",), ("odd",)):
            return direct
        closed = not self.is_word(end)
        if comma or words in _LOOSE:
            return closed and len(words) > 1
        return closed or words[0] == "or" or behind not in _NO_MORE

    def noun(self, number: Number) -> str:
        """The unit or noun behind a number: at most three words."""
        if number.unit:
            return number.unit
        k = number.last
        if self.token[k] in HYPHENS and self.touches(k) and not _AFTER.starting(self.token, k):
            last = k
            while (
                self.token[last] in HYPHENS
                and self.touches(last + 1)
                and self.is_word(last + 1)
                and last < k + 6
            ):
                last += 2
            return self.shown[self.at[k + 1] : self.to[last - 1]] if last > k else ""
        k += len(_AFTER.starting(self.token, k))
        k += self.token[k] != "" and QUOTES.issuperset(self.token[k])
        if self.token[k] == "of":
            k += 1 + (self.token[k + 1] in DEFINITE)
        k += self.token[k] in ("a", "an") and self.token[number.last - 1] == "half"
        last = k
        while self.is_word(last) and last < k + 3 and self.token[last] not in STOPS | STARTS:
            if last > k and self.token[last].endswith("ed"):
                break
            if self.token[last + 1] in HYPHENS and self.is_numeral(last + 2) and self.touches(last + 2):
                break  # S-300
            last += 1
            if self.token[last - 1] in UNITS:
                break
        while last > k and self.token[last - 1] in _COMPARED:
            last -= 1
        return self.shown[self.at[k] : self.to[last - 1]] if last > k else ""


def _alike(number: Number, second: Number) -> bool:
    """Whether two numbers can be the ends of one range."""
    if second.kind not in QUANTITIES:
        return False
    return number.kind in (second.kind, "count") or (number.kind == "money" and second.kind == "count")


def _two(before: _Around, limits: tuple[str, str]) -> str:
    stated = " and ".join(f'"{limit}"' for limit in limits if limit)
    return before.doubt or f"{stated} and a range together; no one bound holds both"


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
