"""The numbers that digits and words make in English prose: 1.5 million, one hundred and two, two-thirds.

Numbers that count nothing (dates, times, designations) included; qualifiers and ranges are `phrase`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

#: What a number expression can be. Only quantities can become figures; the others carry no bounds.
#: count: 65 servicemen; measure: 15-minute, 2,000 km; multiple: twice, tenfold, three times;
#: date: January 24, 2014, the 1990s, in his 20s; designation: Il-76, S-300, Article 5.
QUANTITIES = ("count", "measure", "money", "percent", "fraction", "multiple")
KINDS = (*QUANTITIES, "ordinal", "date", "time", "designation")

LONGEST_NUMERAL = 40  # characters: no reported figure has more


def listed(text: str) -> frozenset[str]:
    """A set of words from a line of them."""
    return frozenset(text.split())


def _counted(text: str, start: int, step: int = 1) -> dict[str, int]:
    return {word: start + step * n for n, word in enumerate(text.split())}


# ---------------------------------------------------------------------------------------- number words

_SMALL = _counted(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    start=0,
)
_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", start=20, step=10)
_SIZES = {
    "hundred": 100, "dozen": 12, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7,
    "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15,
}  # fmt: skip
_SHORT_SCALES = {  # "m" and "b" stand for more than one thing: see Numbers.short_scale
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9, "tn": 10**12,
    "trn": 10**12,
}  # fmt: skip
_ORDINALS = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth",
    start=1,
)
_ORDINAL_TENS = {word.removesuffix("y") + "ieth": value for word, value in _TENS.items()}
_ORDINAL_SIZES = {word + "th": value for word, value in _SIZES.items() if word != "dozen"}
_DENOMINATORS = {
    word: value
    for words in ({"half": 2, "halve": 2, "quarter": 4}, _ORDINALS, _ORDINAL_TENS, _ORDINAL_SIZES)
    for word, value in words.items()
    if word not in ("first", "second")
}
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_FACTORS = {
    "twice": "2", "thrice": "3", "doubled": "2", "doubling": "2", "tripled": "3", "trebled": "3", "tripling": "3",
    "quadrupled": "4", "quadrupling": "4", "halved": "0.5", "halving": "0.5",
}  # fmt: skip
_FOLDS = {f"{word}fold": str(value) for word, value in (_SMALL | _TENS | _SIZES).items() if value > 1}
_MULTIPLES = {word: Decimal(value) for word, value in (_FACTORS | _FOLDS).items()}
#: A multiple before these words only: a double agent is one agent.
_MULTIPLES_OF = _counted("double triple quadruple", start=2)
_OF_WHAT = listed("the that those its their his her our what as in since")
#: Plurals without digits, and the qualifier each is; a size that has none is in doubt.
_PLURALS = {
    "dozens": "dozens", "scores": "scores", "hundreds": "hundreds", "thousands": "thousands",
    "millions": "millions", "billions": "billions", "tens": "", "trillions": "",
}  # fmt: skip
_PLURALS_OF = {
    f"{word} of {of}": f"{word} of {of}" for word in ("tens", "hundreds") for of in ("thousands", "millions")
} | {"tens of billions": "", "hundreds of billions": "", "thousands of millions": "", "tens of trillions": ""}
#: "several thousand", "several hundred thousand": the plural that says no more than the words do.
_SEVERAL_OF = {
    ("dozen",): "dozens", ("score",): "scores", ("hundred",): "hundreds", ("thousand",): "thousands",
    ("million",): "millions", ("billion",): "billions", ("hundred", "thousand"): "hundreds of thousands",
    ("hundred", "million"): "hundreds of millions",
}  # fmt: skip
_HEADS = {
    "a": [["a", "few"], ["a", "couple"], ["a", "handful"]],
    **{word: [[word]] for word in ("several", "few", "many", "couple", "handful")},
}
_SCORES_OF = listed("of more were are dead killed wounded injured have had")  # not "he scores a goal"

_CARDINAL_STARTS = frozenset[str]().union(_SMALL, _TENS, _SIZES, _ORDINALS, _ORDINAL_TENS, _ORDINAL_SIZES)
_IDIOMS = (("at", "first"), ("first", "lady"), ("first", "aid"), ("second", "thoughts"))
_ORDER = listed("the first second third fourth this that last latter former other next final each")
#: "one" is a pronoun behind the first and before the second of these, and no number in "one-sided".
_ONE_BEHIND = listed("no any every each some either neither another this that which the")
_ONE_BEFORE = listed(
    "of who whom whose which that another can could may might must should would will does did do"
)
#: Before these no noun follows: "killing one and wounding three" counts, "a new one in Kyiv" does not.
_ONE_ALONE = listed(
    "is was were are be been has had have or and but nor on at by for from to with as than because if when while "
    "though since after before until not also never only about into over under between among there here in out"
)
_ONE_COUNTED = listed(
    "and or but least than most only just about by to from with lost left saw found plus of minimum maximum over "
    "above beyond under below within around nearly almost roughly approximately circa some estimated perhaps maybe "
    "exceed exceeds exceeded exceeding top topped topping surpassed surpassing"
)
_ONE_IDIOMS = (
    ("by", "one"),
    ("after", "another"),
    ("after", "the"),
    ("at", "a"),
    ("or", "the"),
)  # one by one
_ONE_COMPOUNDS = listed("sided off time way on to party")

# ------------------------------------------------------------------------------------------------ units

_CURRENCIES = frozenset("$€£¥₴₽₹")
_CODES = listed("usd eur gbp uah rub chf pln jpy cny")
_DOLLARS = listed("us a c hk nz au ca")
CURRENCY_WORDS = listed(
    "dollar dollars euro euros hryvnia hryvnias hryvnya ruble rubles rouble roubles yen yuan zloty zlotys franc "
    "francs rupee rupees cent cents"
)
_PERCENT = {
    "percentage": [["percentage", "points"], ["percentage", "point"]],
    "per": [["per", "cent"]],
    **{word: [[word]] for word in ("percent", "pct", "%")},
}
TIME_UNITS = listed(
    "second seconds minute minutes hour hours day days night nights week weeks fortnight month months year years "
    "decade decades century centuries sec min hr hrs"
)
UNITS = TIME_UNITS | listed(
    "kilometer kilometers kilometre kilometres km meter meters metre metres centimeter centimeters centimetre "
    "centimetres cm millimeter millimeters millimetre millimetres mm mile miles mi foot feet ft inch inches yard "
    "yards acre acres hectare hectares ha gram grams kilogram kilograms kilo kilos kg ton tons tonne tonnes pound "
    "pounds lb lbs ounce ounces oz liter liters litre litres ml gallon gallons barrel barrels degree degrees watt "
    "watts kilowatt kilowatts megawatt megawatts gigawatt gigawatts kw mw gw kwh mwh gwh volt volts knot knots kph "
    "mph kmh hertz hz khz mhz ghz gb mb tb caliber m2 m3 km2 cm2 cm3 km² m² m³"
)
LETTER_UNITS = listed("m g t l h s w in")  # units only where they touch the digits
DIMENSIONS = listed("high tall long wide deep thick above below away from across sprint race")
_SUFFIXES = UNITS | LETTER_UNITS | _SHORT_SCALES.keys() | listed("st nd rd th s x fold am pm")
#: Nouns that are always counted: "5m people" is no length and "2014 soldiers" no year.
_COUNTED = listed(
    "people men women children troops soldiers servicemen personnel civilians refugees residents citizens voters "
    "users viewers households jobs tonnes tons barrels doses workers prisoners pows defenders fighters bodies"
)

# --------------------------------------------------------------------------- dates, times, designations

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_MONTH_STARTS = frozenset(_MONTHS.lower().split("|"))
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_NOT_A_DAY = r"(?!\d|[.,'’:]\d|[-/]\w|\s?%|\s(?:percent|per\scent|hundred|thousand|million|billion|times)\b)"
_DAY = _D + _NOT_A_DAY
_MORE_DAYS = rf"(?:,\s{_D}){{0,5}},?\s(?:and|or|to)\s{_DAY}(?=\W*$|[^\w\s]|\s(?:in|at|on|the|by|of)\b)"
_DAYS = rf"(?:{_D}\s?[-–]\s?{_DAY}|{_DAY}(?:{_MORE_DAYS})?)"
_YEAR = rf"(?:1[5-9]\d\d|20\d\d)(?!\d|[.,'’]\d|\s(?:{'|'.join(sorted(_COUNTED))})\b)"
_MONTH_FIRST = re.compile(rf"(?:{_MONTHS})\b\.?\s{{1,2}}(?:{_DAYS}(?:,?\s{{0,2}}{_YEAR})?|{_YEAR})")
_FIXED = (
    (re.compile(r"\d{4}-(?:0\d|1[0-2])-[0-3]\d(?![\d/]|[-.,]\d)"), "date"),
    (re.compile(r"[0-3]?\d(?:/[0-3]?\d/(?:\d{4}|\d\d)|\.[01]?\d\.\d{4})(?![\d/]|[-.,]\d)"), "date"),
    (
        re.compile(
            rf"(?:{_D}\s?[-–]\s?)?{_D}(?:\s(?:to|and|or)\s{_D})?\s{{1,2}}(?:of\s)?"
            rf"(?:{_MONTHS})\b(?:\.?,?\s{{1,2}}{_YEAR})?"
        ),
        "date",
    ),
    (re.compile(r"(?:(?:1[5-9]|20)\d0|\d0)['’]?s(?!\w)"), "date"),
    (
        re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?(?:[ap]\.\s?m\.|[ap]m\b))?", re.I),
        "time",
    ),
    (re.compile(r"(?:1[0-2]|0?\d)(?:\.[0-5]\d)?\s?(?:[ap]\.\s?m\.|[ap]m\b)", re.I), "time"),
    (re.compile(r"[0-2]\d[0-5]\d\s(?:GMT|UTC|CET|EET|EST|BST)\b"), "time"),
)
_A_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DECADES = {word.removesuffix("y") + "ies" for word in _TENS}  # in her twenties
_YEAR_BEHIND = _MONTH_STARTS | listed(
    "in since until till by of from during before after early late mid year summer winter spring autumn fall fiscal"
)
_YEAR_HEDGES = listed("about around circa approximately roughly some nearly almost over than least to up")
_NOT_BEHIND_YEAR = (
    _COUNTED | _SIZES.keys() | CURRENCY_WORDS | UNITS | {"percent", "per", "%", "times"}
) - TIME_UNITS
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_LABELS = listed(
    "article chapter section paragraph flight resolution boeing airbus route highway room page channel no nos "
    "number unit protocol apollo phase stage type model mark class reactor building gate line day block group "
    "directive order brigade battalion regiment"
)
_PREFIXES = listed("mid early late pre post under over sub top near non")

# ----------------------------------------------------------------------------------------------- tokens

HYPHENS = listed("- ‐ ‑")
DASHES = HYPHENS | {"–"}
QUOTES = frozenset("\"'“”‘’[]()„«»")
_JOINTS = HYPHENS | {"/"}
_SIGNS = listed("- − – + minus negative")
DEFINITE = listed("the all its his her their our these those this that")
#: Words no noun begins with, and none goes on behind.
STOPS = listed(
    "a an the and or but nor so yet as at by for from in into of on onto off out over per than that to up down with "
    "within without upon who whom whose which when where while why how is are was were be been being am has have "
    "had do does did can could may might must shall should will would not no also too there here then their its his "
    "her our my your they he she it we you them him me us this these those since until after before during about "
    "around against between among because if though although ago apart both said says told just only still most "
    "least several some any all each every worth about nearly almost roughly approximately perhaps"
)
_AFTER_A = listed("few couple handful pair") | _SIZES.keys() | _DENOMINATORS.keys() | UNITS
_AFTER_PART = listed("century more less fewer higher lower")
STARTS = _CARDINAL_STARTS.union(
    _VULGAR, _MULTIPLES, _MULTIPLES_OF, _PLURALS, _MONTH_STARTS, _DECADES, _CURRENCIES, _CODES, _SIGNS,
    listed("a an half several few many couple handful severalfold http https www"),
)  # fmt: skip
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeffﬀ-ﬆ]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SYMBOLS = r"\-‐‑–−/%‰$€£¥₴₽₹~≈<>≥≤+±°#№"
_TOKEN = re.compile(
    r"(?P<n>(?:(?<![^\s(\[\"'“‘$€£])\.)?\d+(?:[,.'’\u00a0\u2007\u2009\u202f]\d+)*+)"
    r"|(?P<w>[ckd]?m[23](?!\w)|[^\W\d_]+(?:['’][^\W\d_]+)*+)"
    r"|(?P<b>\n[^\S\n]*+\n)"
    rf"|(?P<s>--+|[{_SYMBOLS}])"
    rf"|(?P<p>\.|[^\w\s{_SYMBOLS}.]+|_)"
)
_GROUPED = re.compile(
    r"[1-9]\d{0,2}(?:,\d{3}(?:,\d{3})*|(['\u00a0\u2007\u2009\u202f])\d{3}(?:\1\d{3})*)(?:\.\d+)?"
)
_MARGIN = 32  # more tokens than any step looks ahead or back
_PLAIN = re.compile(r"(?:0|[1-9]\d*)?(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number without its qualifier, from token `first` up to token `last` (exclusive)."""

    first: int
    last: int
    kind: str
    value: Decimal | None = None
    value_to: Decimal | None = None  # of a range
    vague: str = ""  # a word-only qualifier
    doubt: str = ""
    scale: int = 1  # of the last word: "two to three million" lends it to the two
    unit: str = ""  # of money, percent, "an hour and a half": part of the number


def _fold(text: str) -> tuple[str, list[int] | None]:
    """The text as a reader sees it (no zero-width characters, no ligatures), with the offsets of its characters."""
    if not _INVISIBLE.search(text):
        return text, None
    shown: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        kept = _LIGATURES.get(character, "" if _INVISIBLE.match(character) else character)
        shown.append(kept)
        offsets.extend([offset] * len(kept))
    return "".join(shown), offsets


def exact(value: Decimal, factor: int | Decimal = 1, plus: Decimal | int = 0) -> Decimal:
    """value × factor + plus; no context cuts a digit of a long number."""
    with localcontext() as context:
        context.prec = 4 * LONGEST_NUMERAL
        result = value * factor + plus
        return result.quantize(Decimal(1)) if result == result.to_integral_value() else result.normalize()


def _quotient(numerator: Decimal | int, denominator: Decimal | int) -> Decimal:
    with localcontext() as context:
        context.prec = 4 * LONGEST_NUMERAL
        return Decimal(numerator) / Decimal(denominator)


def _ended(number: Number) -> Number:
    """The number with its value to nine decimals, which is what a ledger keeps: a third has no last one."""
    with localcontext() as context:
        context.prec = 4 * LONGEST_NUMERAL
        return replace(number, value=number.value and exact(number.value.quantize(Decimal("1e-9"))))


def _read_numeral(written: str) -> tuple[Decimal | None, str]:
    """A numeral's value, or None and the reason why its digits cannot be read as a number."""
    if len(written) > LONGEST_NUMERAL:
        return None, f"{len(written):,} characters of digits are no reported number"
    if not written.isascii() and re.search(r"[^\x00-\x7f’\u00a0\u2007\u2009\u202f]", written):
        return None, "these digits are not 0 to 9; write them so"
    if _PLAIN.fullmatch(written):
        return Decimal(written), ""
    if _GROUPED.fullmatch(written.replace("’", "'")):
        return Decimal(re.sub(r"[^\d.]", "", written)), ""
    return None, "the digits are neither grouped in threes nor plain; one number, several, a code or a date?"


class Numbers:
    """The tokens of one text, and the number that starts at a token.

    Every step looks at a bounded number of tokens around it, so the whole is linear; `_MARGIN` empty tokens
    behind the last (and so, at negative places, before the first) save asking where the text ends.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.shown, self.offsets = _fold(text)
        self.reordered = bool(_BIDI.search(text))
        self.token: list[str] = []  # lower case, straight apostrophes; "" where a paragraph ends
        self.sort: list[str] = []  # n(umeral), w(ord), b(reak of paragraph), s(ymbol), p(unctuation)
        self.at: list[int] = []
        self.to: list[int] = []
        for match in _TOKEN.finditer(self.shown):
            sort = match.lastgroup or "p"
            self.token.append("" if sort == "b" else match[0].lower().replace("’", "'"))
            self.sort.append(sort)
            self.at.append(match.start())
            self.to.append(match.end())
        self.count = len(self.token)
        for column, empty in ((self.token, ""), (self.sort, ""), (self.at, -1), (self.to, -2)):
            column.extend([empty] * _MARGIN)  # type: ignore[list-item]
        self.floor = 0  # the first token not yet used by a phrase
        self.previous = ""  # the kind of the phrase that ends there

    # ------------------------------------------------------------------------------------ tokens

    def written(self, i: int) -> str:
        return self.shown[self.at[i] : self.to[i]]

    def touches(self, i: int) -> bool:
        """Whether token i follows the one before it without a space."""
        return self.to[i - 1] == self.at[i]

    def is_numeral(self, i: int) -> bool:
        return self.sort[i] == "n"

    def is_word(self, i: int) -> bool:
        return self.sort[i] == "w"

    def next_word(self, i: int) -> int:
        """The token that goes on from token i - 1 across a space or a hyphen: i or i + 1."""
        if self.token[i] in HYPHENS and self.touches(i) and self.touches(i + 1):
            return i + 1
        return i

    def token_at(self, offset: int, i: int) -> int:
        """The first token from i on that starts at or behind an offset."""
        while i < self.count and self.at[i] < offset:
            i += 1
        return i

    def matches(self, i: int, *words: str) -> bool:
        return self.token[i : i + len(words)] == [*words]

    def range_of(self, first: int, last: int) -> tuple[int, int]:
        start, end = self.at[first], self.to[last - 1]
        return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[end - 1] + 1)

    # ------------------------------------------------------------- numbers that count nothing

    def fixed(self, i: int) -> Number | None:
        """A date, a time, a designation or an address that starts at token i (or ends in its digits)."""
        if self.sort[i] == "w":
            return self.named_date(i) or self.address(i)
        if self.sort[i] != "n":
            return None
        found = self.designation(i)
        if found:
            return found
        for pattern, kind in _FIXED:
            match = pattern.match(self.shown, self.at[i])
            if match:
                return Number(i, self.token_at(match.end(), i + 1), kind)
        return self.year(i)

    def named_date(self, i: int) -> Number | None:
        """January 24; Feb. 24, 2022; June 2023; but "in January 24 people": the 24 are people."""
        if self.token[i] in _DECADES:
            return Number(i, i + 1, "date")
        if self.token[i] not in _MONTH_STARTS or not self.written(i)[0].isupper():
            return None
        match = _MONTH_FIRST.match(self.shown, self.at[i])
        if not match:
            return None
        if self.token[i - 1] in ("in", "last", "this", "next", "every") and not re.search(
            r"\d{4}$", match[0]
        ):
            return None
        return Number(i, self.token_at(match.end(), i + 1), "date")

    def address(self, i: int) -> Number | None:
        if self.token[i] not in ("http", "https", "www"):
            return None
        match = _ADDRESS.match(self.shown, self.at[i])
        if not match or not re.search(r"\d", match[0]):
            return None
        return Number(i, self.token_at(match.end(), i + 1), "designation")

    def year(self, i: int) -> Number | None:
        """2014, 2014-22; but "2014 soldiers" and "about 2000 villages" are counts."""
        if not _A_YEAR.fullmatch(self.token[i]):
            return None
        last = i + 1
        if self.token[last] in DASHES | {"/"} and re.fullmatch(r"(?:1[5-9]|20)?\d\d", self.token[last + 1]):
            last += 2
        behind = self.token[last]
        if behind in _NOT_BEHIND_YEAR or (behind in HYPHENS and self.touches(last)):
            return None
        hedged = self.token[i - 1] in _YEAR_HEDGES
        ahead = self.token[i - 1 - hedged]
        counted = self.is_word(last) and behind not in STOPS and not ahead.endswith("'s")
        counted = counted and (hedged or (behind.endswith("s") and ahead not in DEFINITE | {"a"}))
        return Number(i, last, "date") if ahead in _YEAR_BEHIND or not counted else None

    def designation(self, i: int) -> Number | None:
        """Il-76, F-16s, MH17, Boeing 737-800, No. 5, Article 5, 5G."""
        first, last = self.designation_start(i), i + 1
        if first == i:
            suffix = self.written(last) if self.is_word(last) and self.touches(last) else ""
            named = self.is_numeral(last + 1) and self.touches(last + 1)  # 9K720
            known = suffix.lower() in _SUFFIXES and suffix != "G" and not named
            if known or not suffix[:1].isalpha():
                return None
        while self.touches(last):
            if self.sort[last] not in ("n", "w") and not (
                self.token[last] in _JOINTS and self.goes_on(last + 1)
            ):
                break
            last += 1
        return Number(first, last, "designation")

    def goes_on(self, i: int) -> bool:
        """Whether token i is a word or numeral that follows without a space."""
        return self.touches(i) and self.sort[i] in ("n", "w")

    def designation_start(self, i: int) -> int:
        """The token at which the name begins that a numeral ends, or the numeral itself."""
        before = self.token[i - 1] if i > self.floor else ""
        if self.touches(i):
            if before in ("#", "№") or (before and self.is_word(i - 1) and before not in _CODES):
                return i - 1
            named = before in HYPHENS and i - 1 > self.floor and self.touches(i - 1) and self.is_word(i - 2)
            return i - 2 if named and self.token[i - 2] not in _PREFIXES else i
        k = i - 2 if before == "." and i - 1 > self.floor else i - 1
        labelled = before and self.token[k] in _LABELS and self.written(k)[0].isupper()
        short = k == i - 1 or self.token[k] in ("no", "nos")
        return k if labelled and short and re.fullmatch(r"\d{1,5}", self.token[i]) else i

    # ------------------------------------------------------------------------- numbers that count

    def number(self, i: int) -> Number | None:
        """The number that starts at token i, with its sign, currency or percent; no date, no qualifier."""
        word = self.token[i]
        if word in ("a", "an") and self.token[i + 1] not in _AFTER_A:
            return None
        if word in _SIGNS:
            return self.signed(i)
        if word in _CODES or word in _CURRENCIES:
            return self.money(i)
        found = self.a_unit(i) or self.vague(i) or self.fraction(i) or self.multiple(i) or self.cardinal(i)
        if found is None or found.kind == "ordinal":
            return found
        return self.with_unit(found)

    def a_unit(self, i: int) -> Number | None:
        """an hour and a half; a day or two; a pair of boats."""
        if self.matches(i, "a", "pair", "of"):
            return Number(i, i + 2, "count", Decimal(2))
        if self.token[i] not in ("a", "an") or self.token[i + 1] not in UNITS | _SIZES.keys():
            return None
        size, unit = Decimal(_SIZES.get(self.token[i + 1], 1)), self.token[i + 1]
        if self.matches(i + 2, "or", "two"):
            measure = Number(i, i + 4, "measure", size, size * 2, unit=unit)
            return measure if unit in UNITS else replace(measure, kind="count", unit="")
        if unit in UNITS and self.matches(i + 2, "and", "a", "half"):
            return Number(i, i + 5, "measure", Decimal("1.5"), unit=unit)
        return None

    def signed(self, i: int) -> Number | None:
        """-5, minus five, +5. A dash inside a sentence is no sign; an en dash before digits may be either."""
        word, after = self.token[i], self.token[i + 1]
        if self.sort[i] == "s":
            starts = self.touches(i + 1) and (not self.touches(i) or self.token[i - 1] in QUOTES)
            starts = starts and (self.is_numeral(i + 1) or after in _CURRENCIES)
        else:
            starts = self.is_numeral(i + 1) or after in _CARDINAL_STARTS
        number = self.number(i + 1) if starts else None
        if number is None or number.value is None or number.kind == "ordinal":
            return None
        if word == "–":
            return replace(number, first=i, doubt=number.doubt or "a dash or a minus sign?")
        return replace(number, first=i, value=number.value if word == "+" else number.value.copy_negate())

    def money(self, i: int) -> Number | None:
        """$2bn, US$5 million, EUR 300."""
        number = self.cardinal(i + 1, money=True) if self.is_numeral(i + 1) or self.is_word(i + 1) else None
        if number is None or number.kind != "count":
            return None
        first = i
        if self.sort[i] == "s" and self.touches(i) and i > self.floor and self.token[i - 1] in _DOLLARS:
            first = i - 1
        unit = self.shown[self.at[first] : self.to[i]]
        return replace(number, first=first, kind="money", unit=unit)

    def with_unit(self, number: Number) -> Number:
        """Percent, currency, "times", or the half behind a unit ("two hours and a half") drawn into the number."""
        k = self.next_word(number.last)
        word = self.token[k]
        if word == "‰":
            return replace(number, last=k + 1, kind="percent", doubt="per mille: write it in percent")
        if word == "°" and self.touches(k):
            last = k + 1 + (self.token[k + 1] in ("c", "f") and self.touches(k + 1))
            return replace(number, last=last, kind="measure", unit=self.shown[self.at[k] : self.to[last - 1]])
        if word == "second" and number.kind == "count" and not number.vague:  # 15-second; here no ordinal
            return replace(number, last=k + 1, kind="measure", unit=word)
        if word == "o'clock" or (word in ("a", "p") and self.matches(k + 1, ".", "m")):
            return replace(number, last=k + (1 if word == "o'clock" else 3), kind="time", value=None)
        percent = next((words for words in _PERCENT.get(word, ()) if self.matches(k, *words)), [])
        if percent:
            last = k + len(percent)
            unit = self.shown[self.at[k] : self.to[last - 1]]
            return replace(number, last=last, kind="percent", unit=unit)
        if word in _CURRENCIES and (self.touches(k) or not self.is_numeral(k + 1)):
            return replace(number, last=k + 1, kind="money", unit=word)
        times = word == "times" or (word in ("x", "fold") and self.touches(k))
        if number.kind == "count" and times:
            return replace(number, last=k + 1, kind="multiple")
        if word in UNITS and self.matches(k + 1, "and", "a", "half") and number.value is not None:
            half = exact(number.value, plus=Decimal("0.5"))
            return replace(number, last=k + 4, kind="measure", value=half, unit=word)
        return number

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
            self.token[k] in _SIZES
            or self.token[k] == "score"
            or self.token[k] in _PLURALS.keys() - {"scores"}
        ):
            return self.several_of(i, k)
        if head == ["several"] and self.token[k] in ("times", "fold"):
            return Number(i, k + 1, "multiple", vague="several times")
        if head == ["a", "couple"] and (self.token[last] == "of" or self.token[last] in UNITS):
            return Number(i, last, "count", vague="a couple")
        vague = {"several": "several", "handful": "a handful"}.get(head[-1])
        return Number(i, last, "count", vague=vague) if vague else None

    def several_of(self, first: int, i: int) -> Number | None:
        """several hundred, a few thousand, many thousands: the size at token i."""
        if self.token[i] in _PLURALS:
            plural = self.plural(i)
            return plural and replace(plural, first=first)
        pair = (self.token[i], self.token[i + 1])
        sizes = pair if pair[1] in _SIZES else pair[:1]
        return self.sized(first, i + len(sizes), _SEVERAL_OF.get(sizes, ""))

    def plural(self, i: int) -> Number | None:
        """dozens, hundreds of thousands."""
        word = self.token[i]
        if word == "scores" and self.token[i + 1] not in _SCORES_OF:
            return None
        of = f"{word} of {self.token[i + 2]}" if self.token[i + 1] == "of" else ""
        return (
            self.sized(i, i + 3, _PLURALS_OF[of])
            if of in _PLURALS_OF
            else self.sized(i, i + 1, _PLURALS[word])
        )

    def sized(self, first: int, last: int, vague: str) -> Number:
        doubt = "" if vague else "no qualifier stands for a size like that"
        return Number(first, last, "count", vague=vague, doubt=doubt)

    def multiple(self, i: int) -> Number | None:
        """twice, tenfold, doubled; "double" only before what it is the double of."""
        word = self.token[i]
        if word == "severalfold":
            return Number(i, i + 1, "multiple", vague="several times")
        value = _MULTIPLES.get(word)
        if word in _MULTIPLES_OF and (self.token[i + 1] in _OF_WHAT or not self.is_word(i + 1)):
            value = Decimal(_MULTIPLES_OF[word])
        return None if value is None else Number(i, i + 1, "multiple", value)

    # ------------------------------------------------------------------------------------ fractions

    def fraction(self, i: int) -> Number | None:
        """half, a third, two-thirds, ¾, 1/3 of; a quarter of a million is 250,000."""
        found = self.vulgar(i) or self.slashed(i) or self.half(i) or self.parts(i) or self.odds(i)
        if found is None or found.value is None:
            return found
        k = found.last + 2 if self.matches(found.last, "of", "a") else self.next_word(found.last)
        size = _SIZES.get(self.token[k])
        if size is None:
            return _ended(found)
        return _ended(replace(found, last=k + 1, kind="count", value=exact(found.value, size)))

    def vulgar(self, i: int) -> Number | None:
        parts = _VULGAR.get(self.token[i])
        return parts and Number(i, i + 1, "fraction", value=_quotient(*parts))

    def slashed(self, i: int) -> Number | None:
        """1/3 of is a fraction, 2 1/2 has one; 24/7 and 9/11 are anybody's guess."""
        numerals = self.is_numeral(i) and self.is_numeral(i + 2)
        if not numerals or self.token[i + 1] != "/" or not (self.touches(i + 1) and self.touches(i + 2)):
            return None
        upper, lower = (_read_numeral(self.written(k))[0] or Decimal(0) for k in (i, i + 2))
        clear = self.token[i + 3] == "of" or (i > 0 and self.is_numeral(i - 1)) or self.token[i + 3] in UNITS
        if not clear or self.token[i + 3] == "/" or not 0 < upper < lower:
            last = i + 3
            while self.token[last] == "/" and self.is_numeral(last + 1):
                last += 2
            return Number(i, last, "fraction", doubt="a fraction, a date, a score or a name?")
        return Number(i, i + 3, "fraction", _quotient(upper, lower))

    def half(self, i: int) -> Number | None:
        if self.token[i] != "half" or self.token[i - 1] in _ORDER:
            return None
        k = self.next_word(i + 1)
        hyphenated = k > i + 1
        k += self.token[k] in ("a", "an")
        if self.token[k] in _SIZES:
            return Number(i, k + 1, "count", exact(Decimal("0.5"), _SIZES[self.token[k]]))
        if hyphenated and self.token[k] not in UNITS:
            return None
        return Number(i, i + 1, "fraction", Decimal("0.5"))

    def odds(self, i: int) -> Number | None:
        """one in five, 3 out of 4; but "one in 2014" and "one in five days" are counts."""
        k = i + 1
        out = self.matches(k, "out", "of")
        if not out and not (self.token[k] == "in" and self.token[i] in ("one", "1")):
            return None
        k += 1 + out
        k += self.token[k] == "every"
        upper, lower = self.small(i), self.small(k)
        if not 0 < upper < lower or self.token[k + 1] in TIME_UNITS or self.year(k):
            return None
        return Number(i, k + 1, "fraction", _quotient(upper, lower))

    def small(self, i: int) -> Decimal:
        """The number a single token is, or zero."""
        if self.is_numeral(i):
            return _read_numeral(self.written(i))[0] or Decimal(0)
        return Decimal(
            _SMALL.get(self.token[i]) or _TENS.get(self.token[i]) or _SIZES.get(self.token[i]) or 0
        )

    def parts(self, i: int, loose: bool = False) -> Number | None:
        """a third, one-fifth, three quarters, two-thirds; `loose` where a half is plainly part of a number."""
        if self.token[i] in ("a", "one"):
            count, k = 1, i + 1
        elif self.token[i] in _SMALL or self.token[i] in _TENS:
            count, k, *_ = self.words(i)
        else:
            return None
        hyphenated = self.next_word(k) > k
        k = self.next_word(k)
        name = self.token[k]
        denominator = _DENOMINATORS.get(name) if count == 1 else _DENOMINATORS.get(name.removesuffix("s"))
        if denominator is None or (count > 1 and not name.endswith("s")) or not 0 < count < denominator:
            return None
        behind = self.token[k + 1]
        linked = self.next_word(k + 1) > k + 1  # a half-dozen
        if denominator == 4 and self.token[self.next_word(k + 1)] in _SIZES:  # a quarter-million
            return Number(i, k + 1, "fraction", _quotient(count, denominator))
        ends = behind in STOPS or behind in _AFTER_PART or not (self.is_word(k + 1) or linked)
        if count == 1 and not (hyphenated or ends or (loose and (denominator in (2, 4) or behind in UNITS))):
            return None  # a third person
        return Number(i, k + 1, "fraction", _quotient(count, denominator))

    # ------------------------------------------------------------------------------------ cardinals

    def cardinal(self, i: int, money: bool = False) -> Number | None:
        """Digits or number words, scales and halves included; an ordinal comes back as one."""
        number = self.numeral(i) if self.is_numeral(i) else self.spelled(i)
        if number is None or number.doubt or number.kind != "count":
            return number
        mixed = self.mixed(number)
        return self.scaled(number, money) if mixed is number else _ended(self.scaled(mixed, money))

    def numeral(self, i: int) -> Number:
        value, doubt = _read_numeral(self.written(i))
        last = i + 1
        suffix = self.token[last] if self.touches(last) else ""
        if value is not None and suffix in ("st", "nd", "rd", "th"):
            return Number(i, last + 1, "ordinal", value)
        if suffix and self.is_word(last) and not suffix[0].isalpha() and suffix not in _VULGAR:
            return Number(i, last + 1, "count", doubt="a power or the mark of a footnote?")
        while self.token[last] in (":", ".", "^") and self.touches(last) and self.touches(last + 1):
            if not self.is_numeral(last + 1):
                break
            last, doubt = last + 2, "a ratio, a score, a time or a power?"
        if not doubt and re.fullmatch(r"[1-9]\d{0,2}", self.token[i]):
            while self.continues_group(last):
                last += 1
        if last > i + 1 and not doubt:
            value = Decimal("".join(self.token[i:last]))
            if last == i + 2 and self.token[last - 1] != "000":
                doubt = "one number grouped by a space, or two?"
        return Number(i, last, "count", None if doubt else value, doubt=doubt)

    def continues_group(self, i: int) -> bool:
        """Whether token i is a further group of three digits behind a space, as in 600 000."""
        if not self.is_numeral(i) or not re.fullmatch(r"\d{3}", self.token[i]):
            return False
        if self.at[i] - self.to[i - 1] != 1 or self.shown[self.to[i - 1]] not in " \u00a0\u2009\u202f":
            return False
        return not self.touches(i + 1) or self.sort[i + 1] == "p"

    def spelled(self, i: int) -> Number | None:
        if self.token[i] not in _CARDINAL_STARTS and self.token[i] not in ("a", "an"):
            return None
        value, last, kind, scale, doubt = self.words(i)
        if last == i or not self.counts(i, last):
            return None
        if doubt:
            return Number(i, last, kind, doubt=doubt)
        return Number(i, last, kind, Decimal(value), scale=scale)

    def counts(self, i: int, last: int) -> bool:
        """Whether number words are a number: not "one" as a pronoun, not "at first"."""
        before, after = self.token[i - 1], self.token[last]
        if (before, self.token[i]) in _IDIOMS or (self.token[i], after) in _IDIOMS:
            return False
        if last > i + 1 or self.token[i] != "one":
            return True
        if after == "and" and self.parts(self.next_word(last + 1), loose=True):
            return True
        if after in HYPHENS and self.touches(last):
            return self.token[last + 1] not in _ONE_COMPOUNDS
        if before in _ONE_BEHIND or after in _ONE_BEFORE or (before in HYPHENS and self.touches(i)):
            return False
        following = self.token[last + 1]
        if (after, following) in _ONE_IDIOMS or (before == "by" and self.token[i - 2] == "one"):
            return False
        if after in ("or", "to", "and", ",") and (self.is_numeral(last + 1) or following in _SMALL):
            return True
        if self.is_word(last) and after not in _ONE_ALONE:
            return True
        told = before.endswith(("ing", "ed")) and self.token[i - 2] not in ("a", "an", "the")
        return told or before in _ONE_COUNTED or not self.is_word(i - 1)

    def words(self, i: int) -> tuple[int, int, str, int, str]:
        """Number words from token i: value, the token behind them, kind, scale of the last word, doubt.

        `group` collects what is below a thousand, `total` what lies before the last scale; scales descend.
        """
        total, group, tail, bound = 0, 0, 1, 0
        k = last = i
        before_and: tuple[int, int, int] | None = None
        if self.token[i] in ("a", "an"):
            k, group = self.next_word(i + 1), 1
            if self.token[k] not in _SIZES:
                return 0, i, "count", 1, ""
        while True:
            word = self.token[k]
            unit = _SMALL.get(word, _TENS.get(word))
            ordinal = _ORDINALS.get(word, _ORDINAL_TENS.get(word))
            size = _SIZES.get(word) or _ORDINAL_SIZES.get(word)
            if unit is not None and _fits(group, unit, last == i):
                group, tail = group + unit, 1
            elif ordinal and _fits(group, ordinal, True) and (last == i or k > last or not group % 100):
                if word == "second" and last > i:
                    doubt = "" if self.token[i - 1] == "the" else "an ordinal, or a number of seconds?"
                    return total + group + 2, k + 1, "ordinal", 1, doubt
                return total + group + ordinal, k + 1, "ordinal", 1, ""
            elif size == 100 and group < 100 and (group or last == i):
                group, tail = (group or 1) * 100, 100
            elif size and size != 100 and (group or last == i) and not (bound and size >= bound):
                total += (group or 1) * size
                tail, bound, group = size * (100 if tail == 100 else 1), size, 0
            else:
                if size and before_and:  # "a million and two million"
                    total, tail, last = before_and
                    group = 0
                break
            last = k + 1
            if word in _ORDINAL_SIZES:
                return total + group, last, "ordinal", 1, ""
            if word == "dozen":
                break
            k = self.next_word(last)
            if self.token[k] == "and" and not group % 100 and (group or total):
                joined = self.next_word(k + 1)
                if self.token[joined] in _CARDINAL_STARTS and self.token[joined] not in _SIZES:
                    before_and, k = (total + group, tail, last), joined
        return total + group, last, "count", tail, ""

    def mixed(self, number: Number) -> Number:
        """two and a half, one-and-three-quarters, 2½, 2 1/2, a million and a half."""
        k = self.next_word(number.last)
        if self.token[k] == "point":
            return self.pointed(number, k + 1)
        part = self.vulgar(number.last) or self.slashed(number.last)
        if part is None and self.token[k] == "and":
            part = self.parts(self.next_word(k + 1), loose=True)
        if part is None or part.value is None or number.value is None or self.token[part.last] == "of":
            return number
        return replace(number, last=part.last, value=exact(part.value, number.scale, plus=number.value))

    def pointed(self, number: Number, i: int) -> Number:
        """ninety-nine point five; the size in "two point four million" is still to come."""
        digits, last = "", i
        while _SMALL.get(self.token[last], 10) < 10 and len(digits) < LONGEST_NUMERAL:
            digits, last = f"{digits}{_SMALL[self.token[last]]}", last + 1
        if not digits or number.scale > 1 or "." in str(number.value):
            return number
        return replace(number, last=last, value=Decimal(f"{number.value}.{digits}"))

    def scaled(self, number: Number, money: bool) -> Number:
        """1.5 million, 20 thousand, 600k, 2 bn; "5m" only where it cannot be metres."""
        if number.value is None:
            return number
        words = not self.is_numeral(number.first) and self.token[number.last - 1] in _CARDINAL_STARTS
        if words and "." not in str(number.value):  # their sizes are in them
            return number
        factor, last = 1, number.last
        for _ in range(2):  # five hundred thousand
            k = self.next_word(last)
            if self.token[k] in _SIZES:
                factor, last = factor * _SIZES[self.token[k]], k + 1
        if factor == 1:
            k = self.next_word(last)
            if self.token[k] in ("odd", "plus", "some") and self.token[k + 1] in _SIZES:
                return replace(number, last=k + 2, value=None, doubt="a qualifier stands inside the number")
            factor, doubt = self.short_scale(last, money)
            last += bool(doubt) or factor > 1
            if doubt:
                return replace(number, last=last, value=None, doubt=doubt)
        return (
            replace(number, last=last, value=exact(number.value, factor), scale=factor)
            if factor > 1
            else number
        )

    def short_scale(self, i: int, money: bool) -> tuple[int, str]:
        """The factor of a letter behind a numeral, or why it cannot be told."""
        word, attached = self.token[i], self.touches(i)
        if not self.is_word(i) or word not in _SHORT_SCALES or (not attached and word in ("k", "b")):
            return 1, ""
        if word in ("m", "b") and not money and self.written(i).islower():
            if self.token[i + 1] in _COUNTED:
                return _SHORT_SCALES[word], ""
            hyphenated = self.touches(i + 1) and self.token[i + 1] in HYPHENS
            if word == "m" and (hyphenated or self.token[i + 1] in DIMENSIONS):
                return 1, ""
            return 1, "million or metres?" if word == "m" else "billion, or the name of something?"
        if word == "k" and self.token[i + 1] in ("run", "race", "runner", "runners", "course"):
            return 1, "thousand, or kilometres?"
        return _SHORT_SCALES[word], ""

    def run_on(self, number: Number) -> Number:
        """Numbers side by side ("nineteen eighty-four", "3 million 200 thousand"): together, in doubt."""
        if number.kind != "count" or number.vague:
            return number
        last = number.last
        while self.is_numeral(last) or self.token[last] in _CARDINAL_STARTS:
            other = None if self.fixed(last) else self.cardinal(last)
            if other is None or other.kind != "count" or self.token[other.last] in _SUFFIXES:
                break
            if self.token[other.last] in HYPHENS and self.touches(other.last):
                break
            last = other.last
        if last == number.last:
            return number
        return replace(number, last=last, value=None, doubt="numbers side by side; one number, or several?")


def _fits(group: int, unit: int, first: bool) -> bool:
    """Whether a word below a hundred can follow what the group holds: twenty five, a hundred five, not five six."""
    if not unit:
        return first and not group
    return not group % 100 or (unit < 10 and not group % 10 and group % 100 >= 20)
