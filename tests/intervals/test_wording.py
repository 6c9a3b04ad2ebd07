"""Words for numbers: what is printed is true, and nothing that comes from data is markup."""

import math
import re
from decimal import Decimal
from fractions import Fraction

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.intervals import Bounds, wording

FINITE = st.floats(allow_nan=False, allow_infinity=False)
ENDS = st.one_of(
    FINITE,
    st.integers(-(10**15), 10**15).map(float),
    st.sampled_from([0.0, -0.0, 1.4, 5e-324, -5e-324, 1.7976931348623157e308]),
)
BOUNDS = st.builds(lambda a, b: Bounds(min(a, b), max(a, b)), ENDS, ENDS)
OPEN = st.one_of(BOUNDS, ENDS.map(lambda a: Bounds(a, math.inf)), ENDS.map(lambda a: Bounds(-math.inf, a)))
NUMBER = r"(−?[\d,]+(?:\.\d+)?)( billion| trillion)?"
LARGE = {"": 1, " billion": 10**9, " trillion": 10**12}


def read(words: str) -> list[Fraction]:
    """The numbers in words."""
    found = re.findall(NUMBER, words)
    return [Fraction(digits.replace(",", "").replace("−", "-")) * LARGE[size] for digits, size in found]


def ends(words: str) -> tuple[Fraction | float, Fraction | float]:
    """The ends that the words state, as a reader takes them."""
    if words == "any number":
        return -math.inf, math.inf
    numbers = read(words)
    if words.startswith("at least "):
        return numbers[0], math.inf
    if words.startswith("at most "):
        return -math.inf, numbers[0]
    return numbers[0], numbers[-1]


DECIMALS = st.none() | st.integers(0, 6)
SCALES = st.sampled_from([1, 1000, 10**9])
THRESHOLDS = st.lists(FINITE | st.integers(-100, 100).map(float), max_size=3)


def slack(end: float, scale: int) -> Fraction:
    """So near a decimal, an end is that decimal: 1.4 is no float64."""
    return 8 * Fraction(math.ulp(end)) * scale if math.isfinite(end) else Fraction(0)


def step(words: str, decimals: int | None) -> Fraction:
    """One unit of the last digit that the words show, of the number that shows the fewest.

    Without `decimals`, numbers from a billion on have three digits, and noughts after them.
    """
    shown = [
        Fraction(LARGE[size], 10 ** len(digits.partition(".")[2]))
        for digits, size in re.findall(NUMBER, words)
    ]
    large = [number for number in map(abs, read(words)) if decimals is None and number >= 10**9]
    return max(*shown, *(Fraction(10) ** (len(str(int(number))) - 3) for number in large), 0)


@given(value=OPEN, decimals=DECIMALS, scale=SCALES)
def test_what_is_printed_encloses_an_open_or_a_wide_end(value, decimals, scale):
    words = wording.bounds(value, decimals, scale)
    lower, upper = ends(words)
    low, high = (Fraction(e) * scale if math.isfinite(e) else e for e in (value.lower, value.upper))
    if lower == upper:  # one number: as near to both ends as its digits allow
        assert abs(lower - low) <= step(words, decimals) / 2 + slack(value.lower, scale)
        assert abs(upper - high) <= step(words, decimals) / 2 + slack(value.upper, scale)
    else:
        assert lower == -math.inf or lower <= low + slack(value.lower, scale)
        assert upper == math.inf or upper >= high - slack(value.upper, scale)


@given(value=OPEN, decimals=DECIMALS)
def test_no_end_is_lost_or_invented(value, decimals):
    lower, upper = ends(wording.bounds(value, decimals))
    assert (upper == math.inf) == (value.upper == math.inf)
    # a lower end of zero may go unsaid: "at most 40"
    assert (lower == -math.inf) == (
        value.lower == -math.inf or (value.lower == 0 and 0 < value.upper < math.inf)
    )


@given(value=BOUNDS, decimals=st.integers(0, 6))
def test_what_is_printed_is_no_wider_than_its_last_digit(value, decimals):
    lower, upper = ends(wording.bounds(value, decimals))
    width = Fraction(1, 10**decimals)
    assert lower == -math.inf or lower > Fraction(value.lower) - width
    assert upper < Fraction(value.upper) + width


@given(value=BOUNDS, decimals=DECIMALS, scale=SCALES, thresholds=THRESHOLDS)
def test_no_end_is_moved_onto_or_past_zero_or_a_threshold(value, decimals, scale, thresholds):
    printed = ends(wording.bounds(value, decimals, scale, keep=thresholds))
    for end, shown in zip((value.lower, value.upper), printed, strict=True):
        for limit in [0.0, *thresholds]:
            exact, kept = Fraction(end) * scale, Fraction(limit) * scale
            if abs(shown) != math.inf and (limit == 0 or abs(exact - kept) > slack(end, scale)):
                assert (shown > kept) == (exact > kept)
                assert (shown < kept) == (exact < kept)


NARROW = st.builds(
    lambda low, width: Bounds(low, low + width),
    st.decimals(-1000, 1000, places=2),
    st.sampled_from([Decimal("0.01"), Decimal("0.5"), Decimal(1), Decimal(4)]),
)


@given(value=NARROW, decimals=st.none() | st.integers(-3, 3))
def test_one_number_alone_is_printed_of_one_number(value, decimals):
    words = wording.bounds(value, decimals)
    assert len(read(words)) == 2 or re.match("at most |about ", words)


@given(share=st.floats(0, 2), decimals=DECIMALS)
def test_only_all_of_it_is_a_hundred_percent(share, decimals):
    words = wording.bounds(Bounds(share), decimals, percent=True)
    assert (ends(words)[0] == 100) == (abs(share - 1) <= 8 * math.ulp(share))
    assert (ends(words)[0] == 0) == (share == 0)


WORDS = [
    # three significant digits, whole numbers in full
    (Bounds(42284, math.inf), {}, "at least 42,284"),
    (Bounds(Fraction(42284, 702), math.inf), {}, "at least 60.2"),
    (Bounds(Fraction(1351713, 100)), {}, "13,517"),
    (Bounds(Fraction(1, 3)), {}, "0.333"),
    (Bounds(Fraction(1, 3), 2), {}, "0.333 to 2"),
    (Bounds(0.5, 12.25), {}, "0.5 to 12.3"),
    (Bounds(0.000123456), {}, "0.000123"),
    (Bounds(60.02, math.inf), {}, "at least 60.0"),
    (Bounds(1e21), {}, "1,000,000,000,000,000,000,000"),
    # one number half to even; all else outward, or "about" where the digits asked for leave no difference
    (Bounds(97.45), {"decimals": 1}, "97.5"),  # the float is a little above
    (Bounds(0.125), {"decimals": 2}, "0.12"),
    (Bounds(97.451, 97.4512), {}, "97.4 to 97.5"),
    (Bounds(97.451, 97.4512), {"decimals": 1}, "about 97.5"),
    (Bounds(111.5, 112.5), {}, "111 to 113"),
    (Bounds(47, 52), {"decimals": -1}, "about 50"),
    (Bounds(51, 57), {"decimals": -1}, "50 to 60"),
    (Bounds(83001), {"decimals": -3}, "about 83,000"),
    (Bounds(83000), {"decimals": -3}, "83,000"),
    (Bounds(97.44, 97.46), {}, "97.4 to 97.5"),
    (Bounds(Fraction(77, 55)), {"decimals": 1}, "1.4"),
    (Bounds(Fraction(77, 55)), {"decimals": 2}, "1.40"),
    (Bounds(Fraction(1, 3)), {"decimals": 2}, "0.33"),
    (Bounds(Fraction(42284, 617000), math.inf), {"decimals": 1, "scale": 1000}, "at least 68.5"),
    (Bounds(-math.inf, -0.15), {"decimals": 1}, "at most −0.1"),
    (Bounds(-5, -3), {}, "−5 to −3"),
    (Bounds(-2.5, 2.5), {"decimals": 0}, "−3 to 3"),
    (Bounds(0, 39), {}, "at most 39"),
    (Bounds(0, 0), {"decimals": 2}, "0"),
    (Bounds(0, math.inf), {}, "at least 0"),
    (Bounds(-math.inf, math.inf), {"percent": True}, "any number"),
    (Bounds(0, 5e-324), {"decimals": 1}, "at most 0.1"),
    (None, {}, "no digits reported"),
    # never onto zero, 100 % or a threshold
    (Bounds(0.0004, math.inf), {"decimals": 1}, "at least 0.0004"),
    (Bounds(-math.inf, -0.05), {"decimals": 1}, "at most −0.05"),
    (Bounds(0.99996), {"percent": True}, "99.996%"),
    (Bounds(1.0004, 2), {"percent": True}, "100.04 to 200%"),
    (Bounds(2.04, math.inf), {"decimals": 1}, "at least 2.0"),
    (Bounds(2.04, math.inf), {"decimals": 1, "keep": [2]}, "at least 2.04"),
    (Bounds(2.54, 4), {"decimals": 0, "keep": [2.5]}, "2.54 to 4"),
    (Bounds(0.1) + 0.2, {"keep": [Decimal("0.3")]}, "0.3"),  # as near as float64 comes
    (Bounds(0.4996), {"percent": True, "keep": [Fraction(1, 2)]}, "49.96%"),
    (Bounds(7), {"keep": [math.inf]}, "7"),
    # fractions as percentages
    (Bounds(0.45), {"percent": True}, "45%"),
    (Bounds(0.1, 0.2), {"percent": True}, "10 to 20%"),
    (Bounds(Fraction(42284, 617000), math.inf), {"percent": True}, "at least 6.85%"),
    (Bounds(0, 0.4), {"percent": True}, "at most 40%"),
]


@pytest.mark.parametrize(("value", "how", "words"), WORDS)
def test_bounds_in_words(value, how, words):
    assert wording.bounds(value, **how) == words


@given(st.decimals(0, 10**15, places=9))
def test_a_reported_number_keeps_all_its_digits(value):
    assert read(wording.number(value)) == [Fraction(value)]
    assert wording.qualified("exact", value) == wording.number(value)


def test_numbers():
    assert wording.number(42284) == "42,284"
    assert wording.number(2.0) == "2"
    assert wording.number(-1500.5) == "−1,500.5"
    assert wording.number(1e-7) == "0.0000001"
    assert wording.number(Decimal("1E+3")) == "1,000"
    assert wording.number(0.125, 2) == "0.12"
    assert wording.number(-0.04, 1) == "0"


@pytest.mark.parametrize(
    ("qualifier", "value", "value_to", "words"),
    [
        ("exact", 77, None, "77"),
        ("at least", 42284, None, "at least 42,284"),
        ("between", 2, 3, "2 to 3"),
        ("about", 2, 3, "about 2 to 3"),
        ("dozens", None, None, "dozens"),
    ],
)
def test_a_reported_number_is_said_with_its_qualifier(qualifier, value, value_to, words):
    value, value_to = (None if v is None else Decimal(v) for v in (value, value_to))
    assert wording.qualified(qualifier, value, value_to) == words


def test_lists_and_capitals():
    assert [wording.listing(w) for w in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b and c"]
    assert wording.listing(["a", "b"], "or") == "a or b"
    assert [wording.capital(w) for w in ("", "x", "at least")] == ["", "X", "At least"]


HOSTILE = [
    "<script>alert(1)</script>", "]]>", "[x](javascript:alert(1))", "![x](https://example.org/x.png)", "#eval", "$x^2$", "@smith2020",
    "\\input{x}", "`code`", "*a* _b_ ~~c~~ ^d^", "| a | b |", "&lt;b&gt;", "&amp;", "1. one", "- one", "# one", "> one", "a--b...c",
    '"quoted"', "https://example.org www.example.org a@b.example", "[^1]: note", "::: {.x}", "```{=typst}", "=cmd|' /C calc'!A1", ":smile:", "x" * 300,
]  # fmt: skip


def shown_by_pandoc(markdown: str) -> str:
    plain = pypandoc.convert_text(
        markdown, "plain", "markdown-raw_tex-citations-raw_attribute-smart", extra_args=["--wrap=none"]
    )
    return plain.rstrip("\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_is_shown_as_it_is(text):
    assert shown_by_pandoc(wording.escape(text)) == text
    assert shown_by_pandoc(f"before {wording.escape(text)} after") == f"before {text} after"


def test_any_text_is_shown_as_it_is():
    """One pandoc process for many: paragraphs of random signs."""
    from random import Random

    signs = Random(7)
    alphabet = "".join(map(chr, range(33, 127))) + "ÀЖé—“”"
    texts = ["".join(signs.choices(alphabet, k=signs.randint(1, 12))) for _ in range(400)]
    assert shown_by_pandoc("\n\n".join(map(wording.escape, texts))).split("\n\n") == texts


def test_an_end_of_few_digits_is_in_trillions_as_the_other_end_is_in_billions():
    about = Bounds(Fraction(9348, 10) * 10**9, Fraction(10332, 10) * 10**9)
    assert wording.bounds(about, unrounded=True) == "934.8 billion to 1.0332 trillion"
    assert wording.number(1_234_567_000_000) == "1,234,567,000,000"
