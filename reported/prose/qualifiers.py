"""The words around a number: qualifiers before and behind it, hedges, and the noun that it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reported.prose.lexicon import DEFINITE, STOPS, TIME_UNITS, UNITS
from reported.prose.number import QUANTITIES, Number
from reported.prose.numbers import STARTS, Numbers
from reported.prose.tokens import HYPHENS, QUOTES
from reported.prose.units import is_plural
from reported.prose.vocabulary import Phrasebook, listed, meanings

#: What each qualifier with digits says: the number itself, an end of its bounds, both, or something near them.
SAYS = {
    "exact": "number", "at least": "lower end", "more than": "lower end", "up to": "upper end",
    "less than": "upper end", "about": "near", "nearly": "near", "between": "both ends",
}  # fmt: skip
FLOORS, CEILINGS, NEAR = (
    tuple(qualifier for qualifier, says in SAYS.items() if says == what)
    for what in ("lower end", "upper end", "near")
)
ENDS_SAID = tuple(qualifier for qualifier, says in SAYS.items() if says.endswith(("end", "ends")))
#: Qualifiers used with digits, then those that are words alone (value and value_to are empty).
#: "several hundred" and "a few hundred" read as "hundreds": a weaker floor than the words, never a stronger.
NUMBERED = tuple(SAYS)
WORD_ONLY = (
    "several", "several times", "a couple", "a handful", "tens", "dozens", "scores", "hundreds", "thousands",
    "tens of thousands", "hundreds of thousands", "millions", "tens of millions", "hundreds of millions",
    "billions",
)  # fmt: skip

BEFORE = Phrasebook(meanings("before"))
_AFTER = Phrasebook(meanings("after"))
_OPEN = Phrasebook(meanings("open"))  # words that leave a number open
_FILLERS = Phrasebook(meanings("set: filler"))
#: What each of the words that leave a number open may come to.
_OPEN_TO = {
    **dict.fromkeys(("at best", "at worst"), ("up to", "at least")),
    "all but": ("exact", "nearly"), "near": ("about", "exact"), "hardly": ("less than", "about"),
    "scarcely": ("less than", "about"),
    **{f"{word} all of the": ("nearly", "exact") for word in ("nearly", "almost", "virtually")},
    "barely": ("about", "more than"), "at last": ("at least", "exact"), "if not": ("exact", "up to"),
}  # fmt: skip
_MODALS, _ADVERBS = listed("possible"), listed("possible nearby")
_ENDS, _NO_NOUN, _OTHER_NUMBER = STOPS - {"of"}, STOPS | STARTS - {"cup"}, STARTS - HYPHENS - {"first", "may"}
_MARKS, _PASSED = listed("set: mark"), listed("set: passed")
_LOOSE = frozenset(
    ("and", word) for word in ("more", "up", "above", "over", "under", "upwards")
)  # at a clause's end only
_NO_MORE, _NEGATIONS, _STRENGTHS = listed("set: not after"), listed("set: negation"), listed("set: strength")
_PREPOSITIONS, _SPEAKING, _HEARERS = (
    listed("set: preposition"),
    listed("set: speaking"),
    listed("set: hearer"),
)
_OVERHEAD, _LASTING, SINCE = listed("set: overhead"), listed("set: lasting"), listed("set: since")
_CLAUSES, _DENIALS = listed("set: clause"), listed("set: denial")
_DOUBTED = frozenset(
    ("unlikely", "doubtful", "impossible", "untrue", "denied", "denies", "deny", "doubts", "doubted")
)
_DIMINISHERS = Phrasebook(meanings("set: diminisher"))
_UP, _UPWARDS, _FATES = listed("set: up"), listed("set: upwards"), listed("fate")
_REGIONS = frozenset(
    ("regions", "cities", "states", "countries", "districts", "provinces", "areas", "villages", "towns")
)
_WHEN = frozenset(("last", "this", "next", "past", "previous", "each", "every", "earlier"))
_PASSING = frozenset(("pass", "passes", "passed", "cross", "crosses", "crossed", "tops"))
_TO_PASS = frozenset(("top", "break", "breach", "clear"))  # behind one of the next words alone
_AHEAD = frozenset(("to", "will", "would", "shall", "could", "may", "might", "can", "and"))
THAN_AGO = listed("set: than a year ago")
_COMPARED, _ADJECTIVES = listed("set: compared"), listed("set: adjective")


@dataclass(frozen=True, slots=True)
class Around:
    """The words before a number: the qualifier from token `first` on, the doubt, and its last word."""

    first: int
    qualifier: str = ""
    doubt: str = ""
    word: str = ""
    open_to: tuple[str, ...] = ()  # the qualifiers between which the doubt is


class Qualifiers(Numbers):
    """A number's surroundings."""

    def unquoted(self, i: int) -> int:
        """Token i, or the first of two quotation marks or brackets before it: "at least" [50]."""
        for _ in range(2):
            colon = self.column and self.token[i - 1] == ":"  # approx: 25
            i -= (
                i > self.floor and self.sort[i - 1] == "p" and (colon or QUOTES.issuperset(self.token[i - 1]))
            )
        return i

    def before(self, number: Number) -> Around:
        """The qualifier in front of a number, and the doubt where it does not settle the number."""
        first = number.first
        if number.vague == "several times" and self.token[first - 1] == "be" and first - 1 > self.floor:
            first -= 2 if self.token[first - 2] in _MODALS | {"would"} else 0
            return Around(first)
        return self.mark(self.matched_before(first), number)

    def matched_before(self, i: int) -> Around:
        end, definite = i, False
        for _ in range(3):
            end = self.unquoted(end)
            found = self.ending(end)
            if found:
                kind = self.token[i + 1] in HYPHENS and self.token[i + 2] not in UNITS | {"percent", "per"}
                if kind and self.token[i - 1] in ("a", "an") and found.word in ("within", "under", "over"):
                    return Around(i)  # within a two-state deal
                known = found.word in _PREPOSITIONS or found.word.endswith(("than", "short of"))
                return Around(i) if definite and known and not found.doubt else self.strengthened(found)
            filler = _FILLERS.ending(self.token, end, self.floor)
            if not filler:
                break
            definite = definite or filler[0] in DEFINITE
            end -= len(filler)
        if self.token[i - 2] in ("a", "an") and self.is_word(i - 1) and i - 2 > self.floor:
            found = self.ending(i - 2)
            if found and self.token[i - 1] in _ADJECTIVES:
                return self.strengthened(found)
            if found:
                doubt = f'does "{found.qualifier}" belong to the number?'
                return replace(found, doubt=doubt, open_to=(found.qualifier, "exact"))
        return Around(i)

    def ending(self, end: int) -> Around | None:
        """The longest qualifier whose last word is just before token `end`."""
        last = self.token[end - 1] if end > self.floor else ""
        if last == "c" and self.touches(end) and self.written(end - 1) == "c":
            return Around(end - 1, "about", word="c")  # c4.9%
        if last == "ca" and self.written(end - 1) == "CA":
            return None  # a state
        if last.endswith("n't"):
            return Around(end - 1, "", f'"{last}" denies the number', last, ("exact",))
        opens = _OPEN.ending(self.token, end, self.floor)
        stated = BEFORE.ending(self.token, end, self.floor)
        if len(opens) > len(stated):
            words = " ".join(opens)
            open_to = _OPEN_TO.get(words, ("exact",))
            return Around(
                end - len(opens), "", f'"{words}": the number {_OPEN.meaning[opens]}', last, open_to
            )
        if not stated or (last == "past" and self.is_span(end)):
            return None
        if stated == ("above",) and self.token[end - 2] in DEFINITE:
            return None  # repeat the above two steps
        if stated == ("up", "to") and self.token[end - 3] in _UP:
            return None  # sign up to a $3bn package
        if stated == ("up", "to") and self.token[end - 3] in _UPWARDS:
            doubt = f'"up to" after "{self.token[end - 3]}": at most, or as far as that?'
            return Around(end - 2, "", doubt, "up to", ("up to", "exact"))
        return Around(end - len(stated), BEFORE.meaning[stated], "", " ".join(stated))

    def is_span(self, end: int) -> bool:
        """True if "past" before token `end` is of time: in past 24 hours, the past week, half past six."""
        timed = self.token[self.next_word(end + 1)] in TIME_UNITS
        return timed or self.token[end - 2] in DEFINITE | {"half", "quarter", "in", "over", "during", "for"}

    def strengthened(self, found: Around) -> Around:
        """A qualifier with "well", "just" before it, and with the denial or second qualifier before those."""
        first = found.first
        while first > self.floor and (
            self.token[first - 1] in _STRENGTHS
            or (self.token[first - 1] == "a" and self.token[first] in ("little", "bit"))
        ):
            first -= 1
        if close := _DIMINISHERS.ending(self.token, first, self.floor):
            first -= len(close)
        if (close or self.token[found.first - 1] in ("just", "slightly")) and found.word in (
            "under",
            "below",
            "short of",
        ):
            found = replace(found, qualifier="nearly")
        if self.token[first - 1] == "barely" and found.qualifier == "more than" and first > self.floor:
            return replace(found, first=first - 1)  # barely more than half
        denial = self.token[first - 1] if first > self.floor else ""
        if not found.doubt and (denial in _NEGATIONS or denial.endswith("n't")):
            return replace(
                found, first=first - 1, doubt=f'"{denial}" denies the qualifier', open_to=("exact",)
            )
        other = self.ending(self.unquoted(first))
        if other and (_ESTIMATED in other.word or other.word in _ADVERBS):
            return replace(found, first=first if other.word in _ADVERBS else other.first)
        if other and _ESTIMATED in found.word:
            return other
        if other and (other.doubt or other.qualifier != found.qualifier):
            doubt = found.doubt or other.doubt or two_qualifiers(other.qualifier, found.qualifier)
            open_to = found.open_to or other.open_to or (other.qualifier, found.qualifier)
            return replace(found, first=other.first, doubt=doubt, open_to=open_to)
        return replace(found, first=other.first if other else first)

    def compared(self, before: Around, number: Number) -> bool:
        """True if "more than" compares two numbers: 5 percent more than 50, twice as many as 50."""
        compares = before.word.endswith(("than", " as")) and self.previous in QUANTITIES and self.floor > 0
        gap = before.first - self.floor
        return compares and (gap == 0 or (gap == 1 and self.token[self.floor] in UNITS - TIME_UNITS))

    def during(self, before: Around, noun: str) -> bool:
        """True if "over" means during: rose by 5 percent over two years."""
        if (
            self.token[before.first] != "over"
            or noun.lower() not in TIME_UNITS
            or self.previous not in QUANTITIES
        ):
            return False
        between = self.token[self.floor : before.first]
        return (
            len(between) < 7
            and _LASTING.isdisjoint(between)
            and all(w.isalpha() or w in HYPHENS for w in between)
        )

    def preposition(self, before: Around, number: Number, noun: str) -> str:
        """The doubt whether "about" or "over" is a preposition."""
        lead = self.token[before.first - 1]
        if lead in _HEARERS:  # told us about 55
            lead = self.token[before.first - 2]
        posts = ("reported", "posted", "posting", "tweeted")
        few = lead in posts and number.value is not None and number.value <= 12
        if before.word == "about" and (lead in _SPEAKING or few):
            return f'does "about" mean "approximately", or is it what the "{lead}" is about?'
        if before.word == "over" and not (self.column and before.first == 0):
            if lead in _OVERHEAD:
                return f'"over" after "{lead}": more than, or above or because of?'
            if self.token[number.first] == "one" and number.last == number.first + 1 and words_only(noun):
                return '"over" before one thing: more than, or above or about it?'
            lasting = lead in _LASTING or self.token[number.last + 1] in SINCE
            words = noun.lower().split(" ")
            if not _REGIONS.isdisjoint(words[:2]) or (
                words[0] not in TIME_UNITS and not TIME_UNITS.isdisjoint(words[1:3])
            ):
                return '"over" before a place or a time: more than, or above or during?'
            if (
                noun.lower().split(" ")[0] in TIME_UNITS
                and not lasting
                and self.token[before.first] == "over"
            ):
                return '"over" before a time: more than, or during?'
        lapsed = (
            lead in ("in", "for") and noun.lower().split(" ")[0] in TIME_UNITS
        )  # not seen in over two years
        if (
            not lapsed
            and before.qualifier in ("more than", "less than", "at least")
            and self.denied(before.first)
        ):
            return f'"{before.word}" is denied before it: turned around, or not?'
        if before.word in ("north of", "south of") and number.kind not in ("money", "percent"):
            return f'"{before.word}": a bound, or a place?'
        return ""

    def denied(self, i: int) -> bool:
        """True if the clause denies what follows: nobody won by more than 50."""
        for k in range(i - 1, max(self.floor, i - 11) - 1, -1):
            if self.token[k] == "that" and self.token[k - 1] in _DOUBTED:
                return True
            if not self.is_word(k) or self.token[k] in _CLAUSES:
                return False
            if self.token[k] in _DENIALS or self.token[k].endswith("n't"):
                return True
        return False

    def mark(self, before: Around, number: Number) -> Around:
        """passed the 2 million mark: more than."""
        k = number.last
        k += self.token[k] in HYPHENS
        first = number.first - (self.token[number.first - 1] in DEFINITE)
        bare = not self.is_word(k) or self.token[k] in STOPS
        verb = self.token[number.first - 1] if number.first > self.floor else ""
        ahead = verb in _TO_PASS and number.first - 2 >= self.floor and self.token[number.first - 2] in _AHEAD
        if (bare and (verb in _PASSING or ahead)) or (ahead and verb == "top"):
            return Around(number.first - 1, "more than", word="passed")
        if self.token[k] in _MARKS and first - 1 >= self.floor and self.token[first - 1] in _PASSED:
            return Around(first - 1, "more than", word=self.token[first - 1])
        return before

    def after(self, number: Number) -> tuple[str, int]:
        """The qualifier behind a number or its noun, and the token behind all that."""
        k = number.last
        for step in range(5):
            comma = self.token[k] == ","
            words = _AFTER.starting(self.token, k + comma)
            if words and self.qualifies(words, k + comma, step == 0, comma):
                return _AFTER.meaning[words], k + comma + len(words)
            if self.column and self.token[k] == "." and self.token[k - 1] in UNITS:
                k += 1  # 2 min. approx
                continue
            if step == 0 and self.token[k] in HYPHENS and self.touches(k) and self.is_word(k + 1):
                k += 1
            elif not self.is_word(k) or self.token[k] in _ENDS:
                break
            k += 1
        return "", number.last

    def qualifies(self, words: tuple[str, ...], i: int, direct: bool, comma: bool) -> bool:
        """True if words behind a number qualify it, and not what comes next."""
        end = i + len(words)
        behind = self.token[end]
        if words in (("+",), ("ish",)) or words[0] in HYPHENS:
            ahead = i - 1 - (self.token[i - 1] == ".")
            behind_unit = self.column and self.token[ahead] in UNITS  # 3 hours+, 10 min. +
            return (direct or behind_unit) and (
                self.touches(i) or (self.column and words == ("+",) and not self.is_numeral(end))
            )
        if behind in HYPHENS and self.touches(end):
            return False
        if behind == "than" or self.is_numeral(end) or behind in _OTHER_NUMBER:
            return False
        if BEFORE.starting(self.token, end):
            return False
        if words[-1] == "most" and not {True}.isdisjoint(map(is_plural, self.token[end : end + 2])):
            return False  # at most tourist offices
        if words == ("plus",) and self.is_word(end) and self.sort[i - 2] == "s":
            return False  # $14,690 plus expenses
        if words in (("plus",), ("odd",)):
            return direct or (self.column and self.token[i - 1] in UNITS and not self.is_word(end))
        closed = not self.is_word(end) or self.token[i - 2] in ("aged", "age", "ages")
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
        k += (
            self.token[k] != "" and QUOTES.issuperset(self.token[k]) and (self.column or self.token[k] != "(")
        )
        if self.token[k] == "of":
            k += 1 + (self.token[k + 1] in DEFINITE | {"a", "an"})
        k += self.token[k] in ("a", "an") and self.token[number.last - 1] == "half"
        k += 4 * self.matches(k, "u", ".", "s", ".")  # 12 U.S. senators
        last, found = k, False
        while self.is_word(last) and last < k + (3 if found else 6) and not self.ends_noun(last):
            behind = self.token[last + 1]
            if self.token[last] in _WHEN and behind in TIME_UNITS:
                break  # 117 million last year
            if last > k and self.token[last].endswith("ed") and (found or not self.is_counted(behind)):
                break
            if (
                last > k
                and self.capital(last)
                and self.token[last - 1] in _FATES
                and not self.capital(last - 1)
            ):
                break  # with scores injured Strong aftershocks
            found = found or (self.is_counted(self.token[last]) and not is_plural(behind))
            if self.token[last + 1] in HYPHENS and self.is_numeral(last + 2) and self.touches(last + 2):
                break  # S-300
            last += 1
            if self.token[last - 1] in UNITS:
                break
        while last > k and self.token[last - 1] in _COMPARED:
            last -= 1
        last = last if found else min(last, k + 3)
        return self.shown[self.at[k] : self.to[last - 1]] if last > k else ""

    def ends_noun(self, i: int) -> bool:
        """True if no noun goes on with token i; WHO is no pronoun, nor is US."""
        organisation = self.written(i) in ("WHO", "US") and not self.written(i - 1).isupper()
        return self.token[i] in _NO_NOUN and not organisation


_ESTIMATED = "estimate"  # says where a number is from and, beside another qualifier, no more


def words_only(noun: str) -> bool:
    """True if a noun is a thing in the singular, and no unit: over one area."""
    first = noun.lower().split(" ")[0].split("-")[0]
    return (
        first != ""
        and first not in UNITS | {"percent", "per", "third", "half", "quarter"}
        and not is_plural(first)
    )


def two_qualifiers(one: str, other: str) -> str:
    """The doubt that there are two qualifiers."""
    return f'two qualifiers, "{one}" and "{other}": no single bound satisfies both'
