"""Words for numbers: what is printed is true, and nothing that comes from data is markup."""

import datetime
import math
import re
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported import Bounds
from reported.intervals import wording
from reported.ledger.reading import READINGS

FINITE = st.floats(allow_nan=False, allow_infinity=False)
ENDS = st.one_of(
    FINITE,
    st.integers(-(10**15), 10**15).map(float),
    st.sampled_from([0.0, -0.0, 1.4, 5e-324, -5e-324, 1.7976931348623157e308]),
)
BOUNDS = st.builds(lambda a, b: Bounds(min(a, b), max(a, b)), ENDS, ENDS)
OPEN = st.one_of(BOUNDS, ENDS.map(lambda a: Bounds(a, math.inf)), ENDS.map(lambda a: Bounds(-math.inf, a)))
NUMBER = r"−?[\d,]+(?:\.\d+)?"


def ends(words: str) -> tuple[Fraction | float, Fraction | float]:
    """The ends that the words state, as a reader takes them."""
    if words == "any number":
        return -math.inf, math.inf
    numbers = [Fraction(n.replace(",", "").replace("−", "-")) for n in re.findall(NUMBER, words)]
    if words.startswith("at least "):
        return numbers[0], math.inf
    if words.startswith("at most "):
        return -math.inf, numbers[0]
    return numbers[0], numbers[-1]


@given(value=OPEN, decimals=st.integers(0, 6), scale=st.sampled_from([1, 1000, 10**9]))
def test_what_is_printed_encloses_the_bounds(value, decimals, scale):
    lower, upper = ends(wording.bounds(value, decimals, scale))
    # a decimal within two units in the last place of an end is that end
    slack = [0 if math.isinf(e) else 2 * Fraction(math.ulp(e)) * scale for e in (value.lower, value.upper)]
    assert lower == -math.inf or lower <= Fraction(value.lower) * scale + slack[0]
    assert upper == math.inf or upper >= Fraction(value.upper) * scale - slack[1]


@given(value=OPEN, decimals=st.integers(0, 6))
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
    step = Fraction(1, 10**decimals)
    assert lower == -math.inf or lower > Fraction(value.lower) - step
    assert upper < Fraction(value.upper) + step


@given(value=FINITE.filter(lambda x: x), decimals=st.integers(0, 6))
def test_no_end_but_zero_becomes_zero_against_its_direction(value, decimals):
    lower, upper = ends(wording.bounds(Bounds(value), decimals))
    assert lower <= 0 if value < 0 else upper > 0
    assert lower < 0 if value < 0 else lower >= 0


WORDS = [
    (Bounds(Fraction(77, 55)), 1, 1, "1.4"),
    (Bounds(Fraction(77, 55)), 2, 1, "1.40"),
    (Bounds(Fraction(1, 3)), 2, 1, "0.33 to 0.34"),
    (Bounds(Fraction(42284, 617000), math.inf), 1, 1000, "at least 68.5"),
    (Bounds(-math.inf, -0.05), 1, 1, "at most 0"),
    (Bounds(-math.inf, -0.15), 1, 1, "at most −0.1"),
    (Bounds(-5, -3), 0, 1, "−5 to −3"),
    (Bounds(-2.5, 2.5), 0, 1, "−3 to 3"),
    (Bounds(0, 39), 0, 1, "at most 39"),
    (Bounds(0, 0), 2, 1, "0"),
    (Bounds(0, math.inf), 0, 1, "at least 0"),
    (Bounds(-math.inf, math.inf), 0, 1, "any number"),
    (Bounds(1e21), 0, 1, "1,000,000,000,000,000,000,000"),
    (Bounds(0, 5e-324), 1, 1, "at most 0.1"),
    (None, 0, 1, "no digits reported"),
]


@pytest.mark.parametrize(("value", "decimals", "scale", "words"), WORDS)
def test_bounds_in_words(value, decimals, scale, words):
    assert wording.bounds(value, decimals, scale) == words


@pytest.mark.parametrize(
    ("value", "decimals", "scale", "words"),
    [
        (Bounds(Fraction(42284, 701)), 1, 1, "60.3"),
        (Bounds(Fraction(3, 20)), 1, 1, "0.2"),
        (Bounds(2, 3), 0, 1, "2 to 3"),
        (Bounds(0), 1, 1, "0"),
        (Bounds(-7), 0, 1, "−7"),
        (Bounds(1e300, math.inf), 0, 1, wording.bounds(Bounds(1e300, math.inf))),
        (None, 1, 1, "no digits reported"),
    ],
)
def test_digits_alone(value, decimals, scale, words):
    assert wording.digits(value, decimals, scale) == words


@given(st.decimals(0, 10**15, places=9))
def test_a_reported_number_keeps_all_its_digits(value):
    assert Decimal(wording.number(value).replace(",", "")) == value
    assert wording.qualified("exact", value).replace(",", "") == f"{value:f}"


def test_numbers():
    assert wording.number(42284) == "42,284"
    assert wording.number(2.0) == "2"
    assert wording.number(-1500.5) == "−1,500.5"
    assert wording.number(1e-7) == "0.0000001"
    assert wording.number(Decimal("1E+3")) == "1,000"
    assert wording.number(0.125, 2) == "0.12"


def test_every_qualifier_is_said(ledger):
    for rule in ledger.reading(READINGS[0]):
        said = wording.qualified(rule, Decimal(2), Decimal(3))
        assert said == {"exact": "2", "between": "2 to 3"}.get(rule, f"{rule} 2")
        assert wording.qualified(rule, None) == rule


def test_the_ledger_s_own_words_come_back(ledger):
    for figure in ledger:
        assert figure.said == wording.qualified(figure.qualifier, figure.value, figure.value_to)


def test_verdicts_dates_and_lists():
    assert [wording.verdict(v) for v in (True, False, pd.NA)] == ["holds", "fails", "undetermined"]
    assert wording.date(datetime.date(2022, 2, 24)) == "24 February 2022"
    assert wording.date(None) == "not given"
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
