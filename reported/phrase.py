"""Words to number and qualifier: reads the numbers of English news prose, with the words around them.

Not for bounds (`reading`) and not for meaning (who, when, of what). A qualifier is never lost and never
guessed: where the words decide nothing, or say more than one qualifier can hold, a phrase carries its
`doubt` and no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

#: Qualifiers that stand beside digits, then those that are words alone (value and value_to are empty).
#: "several hundred" and "a few hundred" read as "hundreds": a weaker floor than the words, never a stronger.
NUMBERED = ("exact", "at least", "more than", "up to", "less than", "about", "nearly", "between")
WORD_ONLY = (
    "several", "several times", "a couple", "a handful", "dozens", "scores", "hundreds", "thousands",
    "tens of thousands", "hundreds of thousands", "millions", "tens of millions", "hundreds of millions",
    "billions",
)  # fmt: skip
QUALIFIERS = NUMBERED + WORD_ONLY

#: What a number expression can be. Only quantities can become figures; the others carry no bounds.
#: count: 65 servicemen; measure: 15-minute, 2,000 km; multiple: twice, tenfold, three times;
#: date: January 24, 2014, the 1990s, in his 20s; designation: Il-76, S-300, Article 5.
QUANTITIES = ("count", "measure", "money", "percent", "fraction", "multiple")
KINDS = (*QUANTITIES, "ordinal", "date", "time", "designation")

LONGEST_PHRASE = 500  # characters `parse` takes: a phrase of a few words, not an article
LONGEST_NUMERAL = 40  # characters: no reported figure has more


class PhraseError(ValueError):
    """Words that do not hold exactly one clear number; says what was found and what to do."""


@dataclass(frozen=True)
class Phrase:
    """One number expression and its qualifier.

    `text` = searched[start:end] reaches from the qualifier to the end of the number (or of a qualifier
    behind it: "50 people or more"); `number_start:number_end` is the number alone. `value` is exact decimal,
    scales multiplied out ("1.5 million" is 1500000), percent as written (45 % is 45), a fraction its quotient
    to 28 digits; None for word-only qualifiers, dates, times, designations, and wherever `doubt` is not "".
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


# ---------------------------------------------------------------------------------------- vocabulary


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(table: dict[str, str]) -> dict[tuple[str, ...], str]:
    """{"at least": "no fewer than | ..."} turned round: the words, as tokens, to the qualifier."""
    return {tuple(words.split()): qualifier for qualifier, line in table.items() for words in line.split("|")}


_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {
    "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9,
    "trillion": 10**12, "quadrillion": 10**15,
}  # fmt: skip
_SIZES = {"hundred": 100, "dozen": 12, **_SCALES}
_SHORT_SCALES = {  # "m" and "b" stand for more than one thing: see _Reader.scale
    "k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12,
    "m": 10**6, "b": 10**9,
}  # fmt: skip
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
        ],
        start=1,
    )
}
_ORDINAL_TENS = {word.removesuffix("y") + "ieth": value for word, value in _TENS.items()}
_ORDINAL_SIZES = {word + "th": value for word, value in _SIZES.items() if word != "dozen"}
_DENOMINATORS = {"half": 2, "halve": 2, "quarter": 4, **_ORDINALS, **_ORDINAL_TENS, **_ORDINAL_SIZES}
for _word in ("first", "second"):
    del _DENOMINATORS[_word]
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅐": (1, 7),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_MULTIPLES = {
    "twice": Decimal(2), "thrice": Decimal(3), "doubled": Decimal(2), "doubling": Decimal(2),
    "tripled": Decimal(3), "trebled": Decimal(3), "tripling": Decimal(3), "quadrupled": Decimal(4),
    "quadrupling": Decimal(4), "halved": Decimal("0.5"), "halving": Decimal("0.5"),
}  # fmt: skip
_FOLDS = {
    word + "fold": Decimal(value)
    for word, value in (*_SMALL.items(), *_TENS.items(), *_SIZES.items())
    if value > 1
}
_DECADES = {word.removesuffix("y") + "ies" for word in _TENS}  # in her twenties
#: A multiple before these words only: a double agent is one agent.
_MULTIPLES_OF = {"double": Decimal(2), "triple": Decimal(3), "treble": Decimal(3), "quadruple": Decimal(4)}
_OF_WHAT = _listed("the that those its their his her our what as in since") | {""}
_PLURALS = {
    "dozens": "dozens", "scores": "scores", "hundreds": "hundreds", "thousands": "thousands",
    "millions": "millions", "billions": "billions", "tens": "",
}  # fmt: skip
#: "several thousand", "several hundred thousand": the plural that says no more than the words do.
_SEVERAL_OF = {
    ("dozen",): "dozens", ("score",): "scores", ("hundred",): "hundreds", ("thousand",): "thousands",
    ("million",): "millions", ("billion",): "billions", ("hundred", "thousand"): "hundreds of thousands",
    ("hundred", "million"): "hundreds of millions", ("dozens",): "dozens", ("hundreds",): "hundreds",
    ("thousands",): "thousands", ("millions",): "millions", ("billions",): "billions",
}  # fmt: skip

_CURRENCIES = "$€£¥₴₽₹"
_CODES = _listed("USD EUR GBP UAH RUB CHF PLN JPY CNY")
_CURRENCY_WORDS = _listed(
    "dollar dollars euro euros hryvnia hryvnias hryvnya ruble rubles rouble roubles yen yuan zloty zlotys "
    "franc francs rupee rupees cent cents"
)
_TIME_UNITS = _listed(
    "second seconds minute minutes hour hours day days night nights week weeks fortnight month months year years "
    "decade decades century centuries s sec min h hr hrs"
)
_UNITS = _TIME_UNITS | _listed(
    "kilometer kilometers kilometre kilometres km meter meters metre metres centimeter centimeters centimetre "
    "centimetres cm millimeter millimeters millimetre millimetres mm mile miles mi foot feet ft inch inches yard "
    "yards acre acres hectare hectares ha gram grams kilogram kilograms kilo kilos kg g ton tons tonne tonnes t "
    "pound pounds lb lbs ounce ounces oz liter liters litre litres l ml gallon gallons barrel barrels degree "
    "degrees watt watts kilowatt kilowatts megawatt megawatts gigawatt gigawatts w kw mw gw kwh mwh gwh volt volts "
    "knot knots kph mph kmh hertz hz khz mhz ghz gb mb tb caliber km2 km² m² m³"
)
_UNIT_ENDS = _UNITS | _listed("m")
_PERSONS = _listed(
    "people men women children troops soldiers servicemen personnel civilians refugees residents citizens voters "
    "users viewers households jobs tonnes tons barrels doses workers prisoners pows defenders fighters bodies"
)
_DIMENSIONS = _listed("high tall long wide deep thick above below away from across sprint race")

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_MONTH_STARTS = frozenset(_MONTHS.lower().split("|"))
_NOT_A_DAY = r"(?!\d|[.,'’:]\d|[-/]\w|\s?%|\s(?:percent|per\scent|hundred|thousand|million|billion|times)\b)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAY = _D + _NOT_A_DAY
_CLAUSE_ENDS = r"(?=\W*$|[^\w\s]|\s(?:in|at|on|the|by|of)\b)"
_DAYS = rf"(?:{_D}\s?[-–]\s?{_DAY}|{_DAY}(?:(?:,\s{_D}){{0,5}},?\s(?:and|or|to)\s{_DAY}{_CLAUSE_ENDS})?)"
_YEAR = rf"(?:1[5-9]\d\d|20\d\d)(?!\d|[.,'’]\d|\s(?:{'|'.join(sorted(_PERSONS))})\b)"
_MONTH_FIRST = re.compile(rf"(?:{_MONTHS})\b\.?\s{{1,2}}(?:{_DAYS}(?:,?\s{{0,2}}{_YEAR})?|{_YEAR})")
_DAY_FIRST = re.compile(
    rf"(?:{_D}\s?[-–]\s?)?{_D}(?:\s(?:to|and|or)\s{_D})?\s{{1,2}}(?:of\s)?(?:{_MONTHS})\b(?:\.?,?\s{{1,2}}{_YEAR})?"
)
_NUMERIC_DATE = re.compile(
    r"(?:\d{4}-(?:0\d|1[0-2])-[0-3]\d|[0-3]?\d/[0-3]?\d/(?:\d{4}|\d\d)|[0-3]?\d\.[01]?\d\.\d{4})(?![\d/]|[-.,]\d)"
)
_YEAR_SPAN = re.compile(r"(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)(?![\w/]|[-.,]\d)")
_DECADE = re.compile(r"(?:(?:1[5-9]|20)\d0|\d0)['’]?s(?!\w)")
_HALF_OF_DAY = r"(?:[ap]\.\s?m\.|[ap]\.?m\b)"
_CLOCK = re.compile(
    rf"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?{_HALF_OF_DAY})?"
    rf"|(?:1[0-2]|0?\d)(?:\.[0-5]\d)?\s?{_HALF_OF_DAY}"
    r"|[0-2]\d[0-5]\d\s(?:GMT|UTC|CET|EET|EST|BST)\b"
    r"|(?:1[0-2]|\d)\so['’]clock",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\S+")
_LABELS = _listed(
    "article chapter section paragraph flight resolution boeing airbus route highway room page channel no nos "
    "number unit protocol apollo phase stage type model mark class reactor building gate line day block group "
    "directive order brigade battalion regiment"
)
_PREFIXES = _listed("mid early late pre post under over sub top near non")

#: Words before a number, longest match first. "just under" is nearly; "within" is up to.
_BEFORE = _phrases(
    {
        "at least": "at least|at the least|at the very least|at a minimum|at minimum|a minimum of|minimum of|minimum|"
        "no fewer than|no less than|not fewer than|not less than|nothing less than|as few as|as little as|as low as|"
        "not below|not under|≥",
        "more than": "more than|greater than|higher than|larger than|bigger than|longer than|older than|better than|"
        "over|above|beyond|exceed|exceeds|exceeded|exceeding|topped|topping|surpass|surpasses|surpassed|surpassing|"
        "upwards of|upward of|in excess of|>",
        "up to": "up to|as many as|as much as|as high as|at most|at the most|at the very most|at best|no more than|"
        "not more than|no greater than|not greater than|no higher than|not higher than|no larger than|no longer than|"
        "not longer than|no older than|nothing more than|not over|not above|not exceed|not exceeding|a maximum of|"
        "maximum of|maximum|max|within|≤",
        "less than": "less than|fewer than|lower than|smaller than|shorter than|younger than|under|below|short of|"
        "not even|<",
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
_AFTER = _phrases(
    {
        "at least": "or more|or over|or above|or higher|or greater|or longer|or older|at least|at a minimum|at minimum|"
        "minimum|plus|- plus|and counting|and more|and up|and above|and over|and upwards|+",
        "up to": "or fewer|or less|or under|or below|or lower|or shorter|or younger|at most|at the most|maximum|max|"
        "tops",
        "about": "or so|or thereabouts|give or take|approximately|roughly|odd|- odd|- some|- something",
    }
)
#: Words that hedge or deny a number in a way no qualifier holds.
_OPEN = _phrases(
    {
        "is denied or belittled, and no qualifier holds that": "not|no|nor|never|hardly|barely|scarcely|nowhere near|"
        "not nearly|not almost|not about|not at least|not some|not exactly",
        'is all but that number ("except" or "almost")': "all but",
        "is only possible, and no qualifier holds that": "possibly|probably|likely|if not|could be|may be|might be",
        'leaves "near" open: close to it, or a place near by': "near",
    }
)
_NEGATIONS = _listed("not no never nor hardly barely scarcely nowhere cannot")
_STRENGTHS = _listed(
    "well just far slightly much way considerably significantly substantially little bit very even"
)
_FILLERS = sorted(
    (tuple(words.split()) for words in ["a total of", "a combined", "a combined total of", "a further", "an additional", "additional", "another", "a record", "a reported", "the", "all", "its", "his", "her", "their", "our", "these", "those", "this", "that", "a", "an", "further", "other", "reportedly", "allegedly"]),
    key=len, reverse=True,
)  # fmt: skip
_DEFINITE = _listed("the all its his her their our these those this that")
#: Qualifiers that are prepositions before "the", "his": "about the 65 soldiers" counts 65.
_PREPOSITIONS = _listed("about around over above beyond under below some within")
_SPEAKING = _listed(
    "talk talks talked talking speak spoke spoken ask asked know knew known told tell tells hear heard report reports "
    "reporting statement statements claim claims question questions news information story stories concern concerns "
    "concerned worried complain complained write wrote written lie lied learn learned learnt warning warned data "
    "details video videos think thought"
)
_OVERHEAD = _listed(
    "fly flew flown flying flies dispute disputes talks row rows concern concerns down downed crashed"
)
_LASTING = _listed("for after of lasted lasting took takes taking spent than just well in")
_SINCE = _listed("ago old later earlier after before")
_RISES = _listed(
    "rose risen rise rising grew grown grow growing increase increased increases increasing climb climbed jump jumped "
    "went up doubled surge surged raised raise expanded expand swelled tripled widened extended"
)
_ONE_BEFORE = _listed("no any every each some either neither")
_ONE_AFTER = _listed(
    "of who whom whose which that is was were are be been has had have can could may might must should would will "
    "does did do or and but nor on at by for from to with as than another because if when while though since after "
    "before until not also never only about into over under between among, there here"
) | {""}
_ONE_COMPOUNDS = _listed("sided off time way on to party")
_IDIOMS = (("at", "first"), ("first", "lady"), ("first", "aid"), ("second", "thoughts"), ("at", "second"))
_ORDER = _listed("the first second third fourth this that last latter former other next final each")

_STOPS = _listed(
    "a an the and or but nor so yet as at by for from in into of on onto off out over per than that to up down with "
    "within without who whom whose which when where while why how is are was were be been being am has have had do "
    "does did can could may might must shall should will would not no also too there here then their its his her "
    "our my your they he she it we you this these those since until after before during about around against "
    "between among because if though although ago apart later earlier both said says told if just only still more "
    "less fewer most least several some any all each every other"
) - _listed("more less fewer other earlier later")

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeffﬀ-ﬆ]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_TOKEN = re.compile(
    r"(?P<n>(?:(?<![^\s(\[\"'“‘$€£])\.)?\d+(?:[,.'’\u00a0\u2007\u2009\u202f]\d+)*+)"
    r"|(?P<w>[^\W\d_]+(?:['’][^\W\d_]+)*+)"
    r"|(?P<b>\n[^\S\n]*+\n)"
    rf"|(?P<s>--+|[-‐‑–−/%‰{_CURRENCIES}~≈<>≥≤+°#№])"
    rf"|(?P<p>[^\w\s\-‐‑–−/%‰{_CURRENCIES}~≈<>≥≤+°#№]+|_)"
)
_GROUPED = re.compile(
    r"[1-9]\d{0,2}(?:,\d{3}(?:,\d{3})*|(['’\u00a0\u2007\u2009\u202f])\d{3}(?:\1\d{3})*)(?:\.\d+)?"
)
_PLAIN = re.compile(r"(?:0|[1-9]\d*)?(?:\.\d+)?")
_HYPHENS = _listed("- ‐ ‑")
_DASHES = _HYPHENS | {"–"}
_QUOTES = frozenset("\"'“”‘’[]()„«»")

_JOINTS = _HYPHENS | {"/"}
_SUFFIXES = _UNIT_ENDS | _SHORT_SCALES.keys() | _listed("st nd rd th s x fold")
_SIGNS = _listed("- − – + minus negative")
_DOLLARS = _listed("us a c hk nz au ca")
_PERCENT = [w.split() for w in ("percentage points", "percentage point", "per cent", "percent", "pct", "%")]
_HEADS = [
    w.split() for w in ("a few", "a couple", "a handful", "several", "few", "many", "couple", "handful")
]
_SCORES_OF = _listed("of more were are dead killed wounded injured have had")
_SCALE_PLURALS = _listed("thousands millions billions")
_YEAR_BEFORE = _listed(
    "in since until till by of from during before after early late mid year summer winter spring autumn fall fiscal"
)
_FIXED = ((_NUMERIC_DATE, "date"), (_DAY_FIRST, "date"), (_DECADE, "date"), (_CLOCK, "time"))
_CARDINAL_STARTS = frozenset[str]().union(_SMALL, _TENS, _SIZES, _ORDINALS, _ORDINAL_TENS, _ORDINAL_SIZES)
_STARTS = _CARDINAL_STARTS.union(
    _VULGAR, _MULTIPLES, _MULTIPLES_OF, _FOLDS, _PLURALS, _MONTH_STARTS, _DECADES, _CURRENCIES,
    (code.lower() for code in _CODES),
    _listed("a an half several few many couple handful severalfold trillions - − – + minus negative http https www"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before a number: the qualifier from token `first` on, the doubt, and its last word."""

    first: int
    qualifier: str = ""
    doubt: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number without its qualifier, from token `first` up to token `last` (exclusive)."""

    first: int
    last: int
    kind: str
    value: Decimal | None = None
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


def _quotient(numerator: Decimal | int, denominator: Decimal | int) -> Decimal:
    with localcontext() as context:
        context.prec = 28
        return Decimal(numerator) / Decimal(denominator)


def _product(value: Decimal, factor: int | Decimal) -> Decimal:
    """Exact: no context precision cuts a digit."""
    with localcontext() as context:
        context.prec = 2 * LONGEST_NUMERAL + 40
        product = value * factor
        return product.quantize(Decimal(1)) if product == product.to_integral_value() else product.normalize()


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


class _Reader:
    """The tokens of one text, and what stands where among them.

    Every step looks at a bounded number of tokens around it, so the whole is linear.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.shown, self.offsets = _fold(text)
        self.reordered = bool(_BIDI.search(text))
        self.token: list[str] = []  # lower case, straight apostrophes
        self.sort: list[str] = []  # n(umeral), w(ord), b(reak of paragraph), s(ymbol), p(unctuation)
        self.at: list[int] = []
        self.to: list[int] = []
        for match in _TOKEN.finditer(self.shown):
            self.token.append(match[0].lower().replace("’", "'"))
            self.sort.append(match.lastgroup or "p")
            self.at.append(match.start())
            self.to.append(match.end())
        self.floor = 0  # the first token not yet used by a phrase
        self.previous = ""  # the kind of the phrase that ends there

    # ------------------------------------------------------------------------------------ tokens

    def word(self, i: int) -> str:
        """Token i, or "" outside the text and at a paragraph's end."""
        return self.token[i] if 0 <= i < len(self.token) and self.sort[i] != "b" else ""

    def written(self, i: int) -> str:
        return self.shown[self.at[i] : self.to[i]]

    def touches(self, i: int) -> bool:
        """Whether token i follows the one before it without a space."""
        return 0 < i < len(self.token) and self.to[i - 1] == self.at[i]

    def is_numeral(self, i: int) -> bool:
        return 0 <= i < len(self.token) and self.sort[i] == "n"

    def is_word(self, i: int) -> bool:
        return 0 <= i < len(self.token) and self.sort[i] == "w"

    def next_word(self, i: int) -> int:
        """The token that goes on from token i - 1 across a space or a hyphen: i or i + 1."""
        if self.word(i) in _HYPHENS and self.touches(i) and self.touches(i + 1):
            return i + 1
        return i

    def token_at(self, offset: int, i: int) -> int:
        """The first token from i on that starts at or behind an offset."""
        while i < len(self.token) and self.at[i] < offset:
            i += 1
        return i

    def matches(self, i: int, *words: str) -> bool:
        return all(self.word(i + k) == word for k, word in enumerate(words))

    # ------------------------------------------------------------------------------------ phrases

    def phrases(self) -> Iterator[Phrase]:
        i = 0
        while i < len(self.token):
            if self.sort[i] != "n" and self.token[i] not in _STARTS:
                i += 1
                continue
            number = self.fixed(i) or self.number(i)
            if number is None:
                i += 1
                continue
            phrase, i = self.phrase(number)
            self.floor, self.previous = i, phrase.kind
            yield phrase

    def phrase(self, number: _Number) -> tuple[Phrase, int]:
        """The number with its qualifiers, and the token to go on from."""
        if number.kind not in QUANTITIES:
            return self.built(number.first, number, number.last, "exact", None, "", number.doubt), number.last
        before = self.before(number)
        span = self.span(number, before)
        if span is not None:
            return self.ranged(number, before, span)
        number = self.run_on(number)
        noun = self.noun(number)
        after, last = self.after(number)
        qualifier, doubt = self.combined(number, before, after)
        number = self.typed(number, noun)
        doubt = number.doubt or doubt or self.preposition(before, number, noun)
        return self.built(before.first, number, last, qualifier, None, noun, doubt), last

    def typed(self, number: _Number, noun: str) -> _Number:
        """The number as a measure or as money where its noun says so; a count with three decimals in doubt."""
        if number.kind == "fraction" and _UNITS.isdisjoint(noun.lower().split()[:1]):
            return number
        if number.kind not in ("count", "fraction"):
            return number
        words = set(re.split(r"[\s-]", noun.lower())[:2])
        if words & _CURRENCY_WORDS:
            return replace(number, kind="money")
        if words & _UNITS or "m" in words:
            return replace(number, kind="measure")
        if self.is_numeral(number.last - 1) and re.fullmatch(
            r"[1-9]\d{0,2}\.\d{3}", self.token[number.last - 1]
        ):
            return replace(number, value=None, doubt="a decimal point, or digits grouped by a point?")
        return number

    def built(
        self,
        first: int,
        number: _Number,
        last: int,
        qualifier: str,
        value_to: Decimal | None,
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
            value_to=None if doubt else value_to,
            kind=number.kind,
            noun=noun,
            doubt=doubt,
        )

    def range_of(self, first: int, last: int) -> tuple[int, int]:
        start, end = self.at[first], self.to[last - 1]
        return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[end - 1] + 1)

    def combined(self, number: _Number, before: _Around, after: str) -> tuple[str, str]:
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

    # ------------------------------------------------------------- numbers that count nothing

    def fixed(self, i: int) -> _Number | None:
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
                return _Number(i, self.token_at(match.end(), i + 1), kind)
        return self.year(i)

    def named_date(self, i: int) -> _Number | None:
        """January 24; Feb. 24, 2022; June 2023; but "in January 24 people": the 24 are people."""
        if self.word(i) in _DECADES:
            return _Number(i, i + 1, "date")
        if self.word(i) not in _MONTH_STARTS or not self.written(i)[0].isupper():
            return None
        match = _MONTH_FIRST.match(self.shown, self.at[i])
        if not match:
            return None
        if self.word(i - 1) in ("in", "last", "this", "next", "every") and not re.search(r"\d{4}$", match[0]):
            return None
        return _Number(i, self.token_at(match.end(), i + 1), "date")

    def address(self, i: int) -> _Number | None:
        if self.word(i) not in ("http", "https", "www"):
            return None
        match = _ADDRESS.match(self.shown, self.at[i])
        if not match or not re.search(r"\d", match[0]):
            return None
        return _Number(i, self.token_at(match.end(), i + 1), "designation")

    def year(self, i: int) -> _Number | None:
        """2014, 2014-22; but "2014 soldiers" and "about 2000 villages" are counts."""
        if not re.fullmatch(r"1[5-9]\d\d|20\d\d", self.word(i)):
            return None
        last = i + 1
        if self.word(last) in _DASHES | {"/"} and re.fullmatch(
            r"\d\d|1[5-9]\d\d|20\d\d", self.word(last + 1)
        ):
            last += 2
        number = _Number(i, last, "date")
        before, following = self.matched_before(i), self.word(last)
        if following in _PERSONS | _SIZES.keys() | _CURRENCY_WORDS | {"percent", "per", "%", "km", "times"}:
            return None
        if following in _UNITS - _TIME_UNITS or (following in _HYPHENS and self.touches(last)):
            return None
        preceding = self.word(before.first - 1)
        if preceding in _YEAR_BEFORE or preceding in _MONTH_STARTS:
            return number
        counted = self.is_word(last) and following not in _STOPS
        if counted and (before.qualifier or (following.endswith("s") and preceding not in _DEFINITE | {"a"})):
            return None if not preceding.endswith("'s") else number
        return number

    def designation(self, i: int) -> _Number | None:
        """Il-76, F-16s, MH17, Boeing 737-800, No. 5, Article 5, 5G."""
        first = self.designation_start(i)
        last = i + 1
        if first == i:
            suffix = self.written(last) if self.is_word(last) and self.touches(last) else ""
            if not suffix or (suffix.lower() in _SUFFIXES and suffix != "G") or not suffix[0].isalpha():
                return None
        while (
            self.is_word(last)
            or self.is_numeral(last)
            or (self.word(last) in _JOINTS and self.touches(last + 1))
        ):
            if not self.touches(last) or (
                self.word(last) in _JOINTS and self.word(last + 1) in _QUOTES | {""}
            ):
                break
            last += 1
        return _Number(first, last, "designation")

    def designation_start(self, i: int) -> int:
        before = self.word(i - 1) if i > self.floor else ""
        if self.touches(i):
            if self.is_word(i - 1) and i > self.floor and before.upper() not in _CODES:
                return i - 1
            if before in ("#", "№"):
                return i - 1
            named = before in _HYPHENS and i - 1 > self.floor and self.touches(i - 1) and self.is_word(i - 2)
            if named and self.word(i - 2) not in _PREFIXES:
                return i - 2
            return i
        k = i - 2 if before == "." and i - 1 > self.floor else i - 1
        labelled = before and self.word(k) in _LABELS and self.written(k)[0].isupper()
        short = k == i - 1 or self.word(k) in ("no", "nos")
        return k if labelled and short and re.fullmatch(r"\d{1,5}", self.token[i]) else i

    # ------------------------------------------------------------------------- numbers that count

    def number(self, i: int) -> _Number | None:
        """The number that starts at token i, with its sign, currency or percent; no date, no qualifier."""
        word = self.word(i)
        if word in _SIGNS:
            return self.signed(i)
        if (word in _CURRENCIES and word) or word.upper() in _CODES:
            return self.money(i)
        found = self.vague(i) or self.fraction(i) or self.multiple(i) or self.cardinal(i)
        if found is None or found.kind == "ordinal":
            return found
        return self.with_unit(found)

    def signed(self, i: int) -> _Number | None:
        """-5, minus five, +5. A dash inside a sentence is no sign; an en dash before digits may be either."""
        word = self.word(i)
        symbol = self.sort[i] == "s"
        if symbol and (not self.touches(i + 1) or (self.touches(i) and self.word(i - 1) not in _QUOTES)):
            return None
        if not (
            self.is_numeral(i + 1) or self.word(i + 1) in _CURRENCIES or (not symbol and self.is_word(i + 1))
        ):
            return None
        if not symbol and self.word(i + 1) not in _CARDINAL_STARTS:
            return None
        number = None if self.word(i + 1) in _SIGNS else self.number(i + 1)
        if number is None or number.value is None or number.kind == "ordinal":
            return None
        if word == "–":
            return replace(number, first=i, doubt=number.doubt or "a dash or a minus sign?")
        return replace(number, first=i, value=number.value if word == "+" else -number.value)

    def money(self, i: int) -> _Number | None:
        """$2bn, US$5 million, EUR 300."""
        number = self.cardinal(i + 1, money=True) if self.is_numeral(i + 1) or self.is_word(i + 1) else None
        if number is None or number.kind != "count":
            return None
        first = i
        if self.sort[i] == "s" and self.touches(i) and i > self.floor and self.word(i - 1) in _DOLLARS:
            first = i - 1
        unit = self.shown[self.at[first] : self.to[i]]
        return replace(number, first=first, kind="money", unit=unit)

    def with_unit(self, number: _Number) -> _Number:
        """Percent, currency, "times", or the half behind a unit ("two hours and a half") drawn into the number."""
        k = self.next_word(number.last)
        word = self.word(k)
        if word == "‰":
            return replace(number, last=k + 1, kind="percent", doubt="per mille: write it in percent")
        if word == "o'clock" or (word in ("a", "p") and self.matches(k + 1, ".", "m")):
            return replace(number, last=k + (1 if word == "o'clock" else 3), kind="time", value=None)
        for words in _PERCENT:
            if self.matches(k, *words):
                last = k + len(words)
                return replace(
                    number, last=last, kind="percent", unit=self.shown[self.at[k] : self.to[last - 1]]
                )
        if word and word in _CURRENCIES and (self.touches(k) or not self.is_numeral(k + 1)):
            return replace(number, last=k + 1, kind="money", unit=word)
        if number.kind == "count" and (
            word == "times" or (word in ("x", "fold") and (k > number.last or self.touches(k)))
        ):
            return replace(number, last=k + 1, kind="multiple")
        if word in _UNITS and self.matches(k + 1, "and", "a", "half") and number.value is not None:
            return replace(number, last=k + 4, kind="measure", value=number.value + Decimal("0.5"), unit=word)
        return number

    def vague(self, i: int) -> _Number | None:
        """Words without digits: several, a handful, dozens, hundreds of thousands, several hundred."""
        if self.word(i) in _PLURALS or self.word(i) == "trillions":
            return self.plural(i)
        head = next((words for words in _HEADS if self.matches(i, *words)), [])
        last = i + len(head)
        if not head:
            return None
        k = self.next_word(last)
        k += self.word(k) == "of" and head[-1] == "couple"
        if self.word(k) in _PLURALS and self.word(k) != "scores":
            plural = self.plural(k)
            return plural and replace(plural, first=i)
        for length in (2, 1):
            sizes = tuple(self.word(k + n) for n in range(length))
            if sizes in _SEVERAL_OF and self.word(k + length) not in _SIZES:
                return _Number(i, k + length, "count", vague=_SEVERAL_OF[sizes])
        if self.word(k) in _SIZES:
            return _Number(
                i,
                k + 1 + (self.word(k + 1) in _SIZES),
                "count",
                doubt="no qualifier stands for a size like that",
            )
        if head == ["several"]:
            if self.word(k) in ("times", "fold"):
                return _Number(i, k + 1, "multiple", vague="several times")
            return _Number(i, last, "count", vague="several")
        if head[-1] == "couple" and head[0] == "a" and (self.word(last) == "of" or self.word(last) in _UNITS):
            return _Number(i, last, "count", vague="a couple")
        return _Number(i, last, "count", vague="a handful") if head[-1] == "handful" else None

    def plural(self, i: int) -> _Number | None:
        word = self.word(i)
        if word == "scores" and self.word(i + 1) not in _SCORES_OF:
            return None
        if self.word(i + 1) == "of" and self.word(i + 2) in (*_SCALE_PLURALS, "trillions"):
            vague = f"{word} of {self.word(i + 2)}"
            return self.plain_plural(i, i + 3, vague if vague in WORD_ONLY else "")
        return self.plain_plural(i, i + 1, _PLURALS.get(word, ""))

    def plain_plural(self, first: int, last: int, vague: str) -> _Number:
        return _Number(
            first,
            last,
            "count",
            vague=vague,
            doubt="" if vague else "no qualifier stands for a size like that",
        )

    def multiple(self, i: int) -> _Number | None:
        """twice, tenfold, doubled; "double" only before what it is the double of."""
        word = self.word(i)
        if word == "severalfold":
            return _Number(i, i + 1, "multiple", vague="several times")
        value = _MULTIPLES.get(word) or _FOLDS.get(word)
        if value is None and word in _MULTIPLES_OF:
            after = self.word(i + 1) if self.is_word(i + 1) else ""
            value = _MULTIPLES_OF[word] if after in _OF_WHAT else None
        return None if value is None else _Number(i, i + 1, "multiple", value)

    # ------------------------------------------------------------------------------------ fractions

    def fraction(self, i: int) -> _Number | None:
        """half, a third, two-thirds, ¾, 1/3 of; a quarter of a million is 250,000."""
        found = self.vulgar(i) or self.slashed(i) or self.half(i) or self.parts(i) or self.odds(i)
        if found is None or found.value is None or not self.matches(found.last, "of", "a"):
            return found
        size = _SIZES.get(self.word(found.last + 2))
        if size is None:
            return found
        return replace(
            found, last=found.last + 3, kind="count", value=self.whole(_product(found.value, size))
        )

    def whole(self, value: Decimal) -> Decimal:
        """A third of a million has no end of threes: 28 digits, as every quotient."""
        with localcontext() as context:
            context.prec = 27
            return +value if value != value.to_integral_value() else value

    def vulgar(self, i: int) -> _Number | None:
        parts = _VULGAR.get(self.word(i))
        return parts and _Number(i, i + 1, "fraction", _quotient(*parts))

    def slashed(self, i: int) -> _Number | None:
        """1/3 of is a fraction, 2 1/2 has one; 24/7 and 9/11 are anybody's guess."""
        if not (
            self.is_numeral(i) and self.word(i + 1) == "/" and self.touches(i + 1) and self.touches(i + 2)
        ):
            return None
        if not self.is_numeral(i + 2):
            return None
        upper, lower = (_read_numeral(self.written(k))[0] or Decimal(0) for k in (i, i + 2))
        clear = self.word(i + 3) == "of" or (i > 0 and self.is_numeral(i - 1)) or self.word(i + 3) in _UNITS
        if not clear or self.word(i + 3) == "/" or not 0 < upper < lower:
            last = i + 3
            while self.word(last) == "/" and self.is_numeral(last + 1):
                last += 2
            return _Number(i, last, "fraction", doubt="a fraction, a date, a score or a name?")
        return _Number(i, i + 3, "fraction", _quotient(upper, lower))

    def half(self, i: int) -> _Number | None:
        if self.word(i) != "half" or self.word(i - 1) in _ORDER:
            return None
        k = self.next_word(i + 1)
        hyphenated = k > i + 1
        k += self.word(k) in ("a", "an")
        if self.word(k) in _SIZES:
            return _Number(i, k + 1, "count", _product(Decimal("0.5"), _SIZES[self.word(k)]))
        if hyphenated and self.word(k) not in _UNITS:
            return None
        return _Number(i, i + 1, "fraction", Decimal("0.5"))

    def odds(self, i: int) -> _Number | None:
        """one in five, 3 out of 4; but "one in 2014" and "one in five days" are counts."""
        k = i + 1
        out = self.matches(k, "out", "of")
        if not out and not (self.word(k) == "in" and self.word(i) in ("one", "1")):
            return None
        k += 1 + out
        k += self.word(k) == "every"
        upper, lower = self.small(i), self.small(k)
        if not 0 < upper < lower or self.word(k + 1) in _TIME_UNITS or self.year(k):
            return None
        return _Number(i, k + 1, "fraction", _quotient(upper, lower))

    def small(self, i: int) -> Decimal:
        """The number a single token is, or zero."""
        if self.is_numeral(i):
            return _read_numeral(self.written(i))[0] or Decimal(0)
        return Decimal(_SMALL.get(self.word(i)) or _TENS.get(self.word(i)) or _SIZES.get(self.word(i)) or 0)

    def parts(self, i: int, loose: bool = False) -> _Number | None:
        """a third, one-fifth, three quarters, two-thirds; `loose` where a half is plainly part of a number."""
        if self.word(i) in ("a", "one"):
            count, k = 1, i + 1
        elif self.word(i) in _SMALL or self.word(i) in _TENS:
            count, k, *_ = self.words(i)
        else:
            return None
        hyphenated = self.next_word(k) > k
        k = self.next_word(k)
        name = self.word(k)
        denominator = _DENOMINATORS.get(name) if count == 1 else _DENOMINATORS.get(name.removesuffix("s"))
        if denominator is None or (count > 1 and not name.endswith("s")) or not 0 < count < denominator:
            return None
        behind = self.word(k + 1)
        ends = (
            behind in _STOPS
            or not self.is_word(k + 1)
            or behind in ("century", "more", "less", "fewer", "higher")
        )
        if count == 1 and not (hyphenated or ends or (loose and denominator in (2, 4))):
            return None  # a third person
        return _Number(i, k + 1, "fraction", _quotient(count, denominator))

    # ------------------------------------------------------------------------------------ cardinals

    def cardinal(self, i: int, money: bool = False) -> _Number | None:
        """Digits or number words, scales and halves included; an ordinal comes back as one."""
        number: _Number | None
        if self.is_numeral(i):
            number = self.numeral(i)
        elif self.is_word(i) and (
            self.word(i) in _CARDINAL_STARTS or (self.next_word(i + 1) and self.word(i) in ("a", "an"))
        ):
            number = self.spelled(i)
        else:
            return None
        if number is None or number.doubt or number.kind != "count":
            return number
        return self.scaled(self.mixed(number), money)

    def numeral(self, i: int) -> _Number:
        value, doubt = _read_numeral(self.written(i))
        last = i + 1
        suffix = self.word(last) if self.touches(last) else ""
        if value is not None and suffix in ("st", "nd", "rd", "th"):
            return _Number(i, last + 1, "ordinal", value)
        if suffix and self.is_word(last) and not suffix[0].isalpha() and suffix not in _VULGAR:
            return _Number(i, last + 1, "count", doubt="a power or the mark of a footnote?")
        if suffix and suffix in ":." and self.is_numeral(last + 1) and self.touches(last + 1):
            return _Number(i, last + 2, "count", doubt="a ratio, a score or a time?")
        if value is not None and re.fullmatch(r"[1-9]\d{0,2}", self.token[i]):
            while self.continues_group(last):
                last += 1
        if last > i + 1:
            value = Decimal("".join(self.token[i:last]))
            if last == i + 2 and self.token[last - 1] != "000":
                doubt = "one number grouped by a space, or two?"
        return _Number(i, last, "count", None if doubt else value, doubt=doubt)

    def continues_group(self, i: int) -> bool:
        """Whether token i is a further group of three digits behind a space, as in 600 000."""
        if not self.is_numeral(i) or not re.fullmatch(r"\d{3}", self.token[i]):
            return False
        if self.at[i] - self.to[i - 1] != 1 or self.shown[self.to[i - 1]] not in " \u00a0\u2009\u202f":
            return False
        return not self.touches(i + 1) or self.sort[i + 1] == "p"

    def spelled(self, i: int) -> _Number | None:
        value, last, kind, scale, doubt = self.words(i)
        if last == i or not self.counts(i, last):
            return None
        if doubt:
            return _Number(i, last, kind, doubt=doubt)
        return _Number(i, last, kind, Decimal(value), scale=scale)

    def counts(self, i: int, last: int) -> bool:
        """Whether number words are a number: not "one" as a pronoun, not "at first"."""
        before, after = self.word(i - 1), self.word(last)
        if (before, self.word(i)) in _IDIOMS or (self.word(i), after) in _IDIOMS:
            return False
        if last > i + 1 or self.word(i) != "one":
            return True
        if after in ("or", "to") and (self.is_numeral(last + 1) or self.word(last + 1) in _SMALL):
            return True
        if after in _HYPHENS and self.touches(last):
            return self.word(last + 1) not in _ONE_COMPOUNDS
        if after in ("percent", "percentage", "pct", "per", "%"):
            return True
        return before not in _ONE_BEFORE and self.is_word(last) and after not in _ONE_AFTER

    def words(self, i: int) -> tuple[int, int, str, int, str]:
        """Number words from token i: value, the token behind them, kind, scale of the last word, doubt.

        `group` collects what is below a thousand, `total` what lies before the last scale; scales descend.
        """
        total, group, tail, bound = 0, 0, 1, 0
        k = last = i
        before_and: tuple[int, int, int] | None = None
        if self.word(i) in ("a", "an"):
            k, group = self.next_word(i + 1), 1
            if self.word(k) not in _SIZES:
                return 0, i, "count", 1, ""
        while True:
            word = self.word(k)
            unit = _SMALL.get(word, _TENS.get(word))
            ordinal = _ORDINALS.get(word, _ORDINAL_TENS.get(word))
            size = _SIZES.get(word) or _ORDINAL_SIZES.get(word)
            if unit is not None and _fits(group, unit, last == i):
                group, tail = group + unit, 1
            elif (
                ordinal is not None
                and _fits(group, ordinal, True)
                and (last == i or k > last or not group % 100)
            ):
                if word == "second" and last > i:
                    if k == last:
                        break
                    doubt = "" if self.word(i - 1) == "the" else "an ordinal, or a number of seconds?"
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
            if self.word(k) == "and" and not group % 100 and (group or total):
                joined = self.next_word(k + 1)
                if self.word(joined) in _CARDINAL_STARTS and self.word(joined) not in _SIZES:
                    before_and, k = (total + group, tail, last), joined
        return total + group, last, "count", tail, ""

    def mixed(self, number: _Number) -> _Number:
        """two and a half, one-and-three-quarters, 2½, 2 1/2, a million and a half."""
        part = self.vulgar(number.last) or (
            self.slashed(number.last) if self.is_numeral(number.last) else None
        )
        if part is None:
            k = self.next_word(number.last)
            if self.word(k) == "and":
                part = self.parts(self.next_word(k + 1), loose=True)
        if part is None or part.value is None or number.value is None or self.word(part.last) == "of":
            return number
        with localcontext() as context:
            context.prec = 2 * LONGEST_NUMERAL + 40
            value = number.value + part.value * number.scale
        return replace(number, last=part.last, value=value)

    def scaled(self, number: _Number, money: bool) -> _Number:
        """1.5 million, 20 thousand, 600k, 2 bn; "5m" only where it cannot be metres."""
        plainly_words = not self.is_numeral(number.first) and self.word(number.last - 1) in _CARDINAL_STARTS
        if plainly_words or number.value is None:
            return number
        factor, last = 1, number.last
        while self.word(self.next_word(last)) in _SIZES and last < number.last + 6:
            k = self.next_word(last)
            factor, last = factor * _SIZES[self.word(k)], k + 1
        if factor == 1:
            factor, doubt = self.short_scale(last, money)
            if doubt:
                return replace(number, last=last + 1, value=None, doubt=doubt)
            last += factor > 1
        k = self.next_word(last)
        if (
            factor == 1
            and k > last
            and self.word(k) in ("odd", "plus", "some")
            and self.word(k + 1) in _SIZES
        ):
            return replace(number, last=k + 2, value=None, doubt="a qualifier stands inside the number")
        if factor == 1:
            return number
        return replace(number, last=last, value=_product(number.value, factor), scale=factor)

    def short_scale(self, i: int, money: bool) -> tuple[int, str]:
        """The factor of a letter behind a numeral, or why it cannot be told."""
        word, attached = self.word(i), self.touches(i)
        if not self.is_word(i) or word not in _SHORT_SCALES or (not attached and word in ("k", "b")):
            return 1, ""
        if word in ("m", "b") and not money and self.written(i).islower():
            if self.word(i + 1) in _PERSONS:
                return _SHORT_SCALES[word], ""
            if word == "m" and (
                self.word(i + 1) in _DIMENSIONS or (self.touches(i + 1) and self.word(i + 1) in _HYPHENS)
            ):
                return 1, ""
            return 1, "million or metres?" if word == "m" else "billion, or the name of something?"
        if word == "k" and self.word(i + 1) in ("run", "race", "runner", "runners", "course"):
            return 1, "thousand, or kilometres?"
        return _SHORT_SCALES[word], ""

    def run_on(self, number: _Number) -> _Number:
        """Numbers side by side ("nineteen eighty-four", "3 million 200 thousand"): together, in doubt."""
        if number.kind != "count" or number.vague:
            return number
        last = number.last
        while self.is_numeral(last) or self.word(last) in _CARDINAL_STARTS:
            other = None if self.fixed(last) else self.cardinal(last)
            if other is None or other.kind != "count" or self.word(other.last) in _UNIT_ENDS:
                break
            if self.word(other.last) in _HYPHENS and self.touches(other.last):
                break
            last = other.last
        if last == number.last:
            return number
        return replace(number, last=last, value=None, doubt="numbers side by side; one number, or several?")

    # ------------------------------------------------------------------------------------ ranges

    def span(self, number: _Number, before: _Around) -> tuple[_Number, str] | None:
        """The upper number of a range that `number` begins, and what is doubtful about the range."""
        if number.vague or number.value is None:
            return None
        k = number.last
        unit = self.word(k) if self.word(k) in _UNITS else ""
        k += bool(unit)
        if self.word(k) in _HYPHENS and not self.touches(k + 1) and self.word(k + 1) in ("to", "or"):
            k += 1  # 10- to 15-minute
        k += self.word(k) == "," and self.word(k + 1) in ("and", "but")
        link = self.word(k)
        dash = link in _DASHES and self.touches(k) == self.touches(k + 1)
        if not dash and link not in ("to", "or", "and", "but"):
            return None
        upper = self.matched(_BEFORE, k + 1)
        second = self.upper_number(k + 1 + len(upper), unit)
        if second is None or not _alike(number, second):
            return None
        limit = _BEFORE[upper] if upper else ""
        bracketed = before.qualifier in ("at least", "more than") and limit in ("up to", "less than")
        between, rising = self.word(before.first - 1) == "between", self.rises(before.first - 1)
        if link in ("and", "but") and not bracketed and not (between and link == "and"):
            return None
        if (link == "or" and limit and not bracketed) or (link == "to" and rising):
            return None
        low, high = _lent(number, second)
        return self.judged(
            replace(number, value=low), replace(second, value=high), before, limit, bracketed, dash or between
        )

    def judged(
        self, number: _Number, second: _Number, before: _Around, limit: str, bracketed: bool, certain: bool
    ) -> tuple[_Number, str] | None:
        low, high = number.value, second.value
        whole = replace(number, last=second.last, kind=second.kind if number.kind == "count" else number.kind)
        whole = replace(whole, unit=second.unit or number.unit)
        if (
            self.word(second.last) in _DASHES
            and self.touches(second.last)
            and self.is_numeral(second.last + 1)
        ):
            while self.word(whole.last) in _DASHES and self.is_numeral(whole.last + 1):
                whole = replace(whole, last=whole.last + 2)
            return whole, "a chain of numbers; a date, a code?"
        if second.doubt or low is None or high is None:
            return whole, second.doubt or "the range cannot be read"
        if low >= high:
            return (
                (whole, "the first number is not the smaller; a range, a score, a change?")
                if certain
                else None
            )
        if (before.qualifier or limit or before.doubt) and not bracketed:
            stated = before.qualifier or limit
            return whole, before.doubt or f'"{stated}" and a range together; no one bound holds both'
        if (
            number.scale == 1
            and second.scale == 1
            and low < 1000 <= high
            and high % 1000 == 0
            and low * 1000 < high
        ):
            return whole, f"{low} or {low},000 at the lower end?"
        return replace(whole, value=low, scale=0, vague=str(high)), ""

    def upper_number(self, i: int, unit: str) -> _Number | None:
        """The number at token i, if it can end a range whose lower end had this unit."""
        floor, self.floor = self.floor, i
        second = None
        if i < len(self.token) and (self.sort[i] == "n" or self.token[i] in _STARTS) and not self.fixed(i):
            second = self.number(i)
        self.floor = floor
        if (
            second is None
            or second.vague
            or (unit and self.word(second.last).rstrip("s") != unit.rstrip("s"))
        ):
            return None
        return second

    def rises(self, i: int) -> bool:
        """Whether "from" at token i tells a change ("rose from 3 to 5") rather than a range."""
        return self.word(i) == "from" and any(
            self.word(k) in _RISES for k in range(max(self.floor, i - 6), i)
        )

    def ranged(self, number: _Number, before: _Around, span: tuple[_Number, str]) -> tuple[Phrase, int]:
        whole, doubt = span
        value_to = None if doubt else Decimal(whole.vague)
        noun = self.noun(whole)
        after, last = self.after(whole)
        doubt = doubt or (after and f'"{after}" and a range together; no one bound holds both')
        first = before.first - (
            self.word(before.first - 1) in ("between", "from") and before.first > self.floor
        )
        return self.built(first, whole, last, "between", value_to, noun, doubt), last

    # ------------------------------------------------------------------------------------ qualifiers

    def matched(self, table: dict[tuple[str, ...], str], i: int) -> tuple[str, ...]:
        """The longest entry of a table that starts at token i."""
        return next(
            (key for length in range(5, 0, -1) if (key := tuple(self.token[i : i + length])) in table), ()
        )

    def unquoted(self, i: int) -> int:
        """Token i, or the quotation mark or bracket that opens before it."""
        if i > self.floor and self.sort[i - 1] == "p" and _QUOTES.issuperset(self.token[i - 1]):
            return i - 1
        return i

    def before(self, number: _Number) -> _Around:
        """The qualifier in front of a number, and the doubt where it does not settle the number."""
        first = number.first
        if number.vague == "several times" and self.word(first - 1) == "be" and first - 1 > self.floor:
            first -= 2 if self.word(first - 2) in ("could", "may", "might", "would") else 0
            return _Around(first)
        return self.matched_before(first)

    def matched_before(self, i: int) -> _Around:
        end, definite = i, False
        for _ in range(3):
            end = self.unquoted(end)
            found = self.ending(end)
            if found:
                return _Around(i) if definite and found.word in _PREPOSITIONS else self.strengthened(found)
            filler = next((f for f in _FILLERS if self.ends_with(end, f)), ())
            if not filler:
                break
            definite = definite or filler[0] in _DEFINITE
            end -= len(filler)
        if self.word(i - 2) in ("a", "an") and self.is_word(i - 1) and i - 2 > self.floor:
            found = self.ending(i - 2)
            if found:
                return replace(found, doubt=f'does "{found.qualifier}" belong to the number?')
        return _Around(i)

    def ends_with(self, end: int, words: tuple[str, ...]) -> bool:
        return end - len(words) >= self.floor and tuple(self.token[end - len(words) : end]) == words

    def ending(self, end: int) -> _Around | None:
        """The longest qualifier whose last word stands before token `end`."""
        for length in range(min(5, end - self.floor), 0, -1):
            words = tuple(self.token[end - length : end])
            if words in _OPEN:
                return _Around(end - length, "", f'"{" ".join(words)}": the number {_OPEN[words]}', words[-1])
            if words in _BEFORE:
                return _Around(end - length, _BEFORE[words], "", words[-1])
        return None

    def strengthened(self, found: _Around) -> _Around:
        """A qualifier with "well", "just" before it, and with the denial or second qualifier before those."""
        first = found.first
        while first > self.floor and (
            self.word(first - 1) in _STRENGTHS
            or (self.word(first - 1) == "a" and self.word(first) in ("little", "bit"))
        ):
            first -= 1
        denial = self.word(first - 1) if first > self.floor else ""
        if not found.doubt and (denial in _NEGATIONS or denial.endswith("n't")):
            return replace(found, first=first - 1, doubt=f'"{denial}" denies the qualifier')
        other = self.ending(self.unquoted(first))
        if other and (other.doubt or other.qualifier != found.qualifier):
            both = f'"{other.qualifier or self.written(other.first)}" and "{found.qualifier or found.word}"'
            return replace(
                found,
                first=other.first,
                doubt=found.doubt or f"two qualifiers, {both}; no one bound holds both",
            )
        return replace(found, first=other.first if other else first)

    def preposition(self, before: _Around, number: _Number, noun: str) -> str:
        """The doubt whether "about" or "over" is a preposition, or "more than" compares two numbers."""
        lead = self.word(before.first - 1) if before.first > 0 else ""
        if before.word == "about" and lead in _SPEAKING:
            return f'does "about" mean "approximately", or is it what the "{lead}" is about?'
        if before.word == "over":
            if lead in _OVERHEAD:
                return f'"over" after "{lead}": more than, or above?'
            lasting = lead in _LASTING or self.word(number.last + 1) in _SINCE
            if noun.lower() in _TIME_UNITS and not lasting:
                return '"over" before a time: more than, or during?'
        compares = before.word in ("than", "as") and self.previous in QUANTITIES and self.floor > 0
        gap = before.first - self.floor
        if compares and (gap == 0 or (gap == 1 and self.word(self.floor) in _UNITS)):
            return "compared with the number before it, and so not a number by itself"
        return ""

    def after(self, number: _Number) -> tuple[str, int]:
        """The qualifier behind a number or its noun, and the token behind all that."""
        k = number.last
        for step in range(5):
            comma = self.word(k) == ","
            words = self.matched(_AFTER, k + comma)
            if words and self.qualifies(words, k + comma, step == 0, comma):
                return _AFTER[words], k + comma + len(words)
            if step == 0 and self.word(k) in _HYPHENS and self.touches(k) and self.is_word(k + 1):
                k += 1
            elif not self.is_word(k) or self.word(k) in _STOPS:
                break
            k += 1
        return "", number.last

    def qualifies(self, words: tuple[str, ...], i: int, direct: bool, comma: bool) -> bool:
        """Whether words behind a number qualify it, and not what comes next."""
        end = i + len(words)
        behind = self.word(end)
        if (
            behind in ("than", "to")
            or self.is_numeral(end)
            or behind in _STARTS - {"first"}
            or self.matched(_BEFORE, end)
        ):
            return False
        closed = not self.is_word(end)
        if words[-1] in ("plus", "odd", "+", "some", "something") or words[0] in _HYPHENS:
            return (
                direct
                and (words != ("+",) or self.touches(i))
                and (words[0] not in _HYPHENS or self.touches(i))
            )
        if comma or words[0] == "and":
            return closed and len(words) > 1
        return closed or words[0] == "or" or behind not in ("once", "the", "part", "partly", "another", "one")

    def noun(self, number: _Number) -> str:
        """The unit or noun behind a number: at most three words."""
        if number.unit:
            return number.unit
        k = number.last
        if self.word(k) in _HYPHENS and self.touches(k) and not self.matched(_AFTER, k):
            last = k
            while (
                self.word(last) in _HYPHENS
                and self.touches(last + 1)
                and self.is_word(last + 1)
                and last < k + 6
            ):
                last += 2
            return self.shown[self.at[k + 1] : self.to[last - 1]] if last > k else ""
        k += len(self.matched(_AFTER, k))
        k += self.word(k) == "of"
        k += self.word(k) in ("a", "an") and self.word(number.last - 1) == "half"
        last = k
        while self.is_word(last) and last < k + 3 and self.word(last) not in _STOPS | _STARTS:
            if last > k and self.word(last).endswith("ed"):
                break
            last += 1
        return self.shown[self.at[k] : self.to[last - 1]] if last > k else ""


def _fits(group: int, unit: int, first: bool) -> bool:
    """Whether a word below a hundred can follow what the group holds: twenty five, a hundred five, not five six."""
    if not unit:
        return first and not group
    return not group % 100 or (unit < 10 and not group % 10 and group % 100 >= 20)


def _alike(number: _Number, second: _Number) -> bool:
    """Whether two numbers can be the ends of one range."""
    if second.kind not in QUANTITIES:
        return False
    return number.kind in (second.kind, "count") or (number.kind == "money" and second.kind == "count")


def _lent(number: _Number, second: _Number) -> tuple[Decimal | None, Decimal | None]:
    """Both values, the lower with the scale of the upper where they share it: two to three million."""
    low, high = number.value, second.value
    if low is None or high is None or number.scale > 1 or second.scale == 1:
        return low, high
    return (low * second.scale if low * second.scale < high else low), high
