"""Readings: the published rules, applied."""

from decimal import Decimal
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported import Bounds
from reported.ledger.reading import CAUTIOUS, FACE_VALUE, READINGS, TYPICAL, End, ReadingError, Rule
from reported.prose import NUMBERED, WORD_ONLY


def read(ledger, reading, qualifier, value, value_to=None, whole=True):
    exact = [None if v is None else Decimal(str(v)) for v in (value, value_to)]
    return ledger.reading(reading)[qualifier].bounds(*exact, whole=whole)


RULES = [
    # qualifier, value, value_to, whole, face value, typical, cautious
    ("exact", 77, None, True, (77, 77), (77, 77), (77, 77)),
    ("at least", 42284, None, True, (42284, 42284), (42284, inf), (42284, inf)),
    ("more than", 600000, None, True, (600000, 600000), (600001, inf), (600001, inf)),
    ("more than", 2.5, None, False, (2.5, 2.5), (2.5, inf), (2.5, inf)),
    ("up to", 40, None, True, (40, 40), (0, 40), (0, 40)),
    ("less than", 40, None, True, (40, 40), (0, 39), (0, 39)),
    ("less than", 40, None, False, (40, 40), (0, 40), (0, 40)),
    ("about", 600000, None, True, (600000, 600000), (570000, 630000), (480000, 720000)),
    ("about", 4, None, True, (4, 4), (3, 5), (3, 5)),
    ("about", 10, None, True, (10, 10), (9, 11), (8, 12)),
    ("about", 2.5, None, False, (2.5, 2.5), (1.5, 3.5), (1.5, 3.5)),
    ("nearly", 2000, None, False, (2000, 2000), (1800, 2000), (1700, 2100)),
    ("nearly", 2000, None, True, (2000, 2000), (1800, 1999), (1700, 2100)),
    ("nearly", 3, None, True, (3, 3), (2, 2), (2, 3)),
    ("between", 2, 3, False, (2, 3), (2, 3), (2, 3)),
    ("several", None, None, True, None, (3, inf), (3, inf)),
    ("dozens", None, None, True, None, (24, inf), (12, inf)),
    ("several times", None, None, False, None, (3, inf), (1, inf)),
    ("hundreds of thousands", None, None, True, None, (200000, inf), (100000, inf)),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r[0]} {r[1]} {'counted' if r[3] else 'measured'}")
def test_the_published_rules(ledger, rule):
    qualifier, value, value_to, whole, *expected = rule
    for reading, ends in zip(READINGS, expected, strict=True):
        found = read(ledger, reading, qualifier, value, value_to, whole)
        assert found == (None if ends is None else Bounds(*ends)), reading


@given(
    qualifier=st.sampled_from([q for q in NUMBERED if q != "between"]),
    value=st.integers(1, 10**15),
    whole=st.booleans(),
)
def test_cautious_contains_typical(ledger, qualifier, value, whole):
    try:
        typical = read(ledger, TYPICAL, qualifier, value, None, whole)
    except ReadingError:
        return
    assert read(ledger, CAUTIOUS, qualifier, value, None, whole).contains(typical)


@given(
    value=st.decimals(0, 10**12, places=4), qualifier=st.sampled_from(["exact", "at least", "about", "up to"])
)
def test_a_number_said_lies_in_its_own_bounds(ledger, value, qualifier):
    for reading in READINGS:
        assert read(ledger, reading, qualifier, value, whole=False).contains(value)


@given(value=st.integers(0, 10**12), qualifier=st.sampled_from(["exact", "about", "nearly", "up to"]))
def test_counts_are_whole_and_never_below_zero(ledger, value, qualifier):
    for reading in (TYPICAL, CAUTIOUS):
        try:
            found = read(ledger, reading, qualifier, value)
        except ReadingError:
            assert (qualifier, value) == ("nearly", 0)
            continue
        assert found.lower >= 0
        assert found.lower == int(found.lower)
        assert found.upper == int(found.upper)


def test_nothing_below_zero_is_fewer_than_zero(ledger):
    with pytest.raises(ReadingError, match='no whole number is "less than" 0'):
        read(ledger, TYPICAL, "less than", 0)


def test_half_a_person_is_no_count():
    rule = Rule("exact", End(Decimal(1)), End(Decimal(1)))
    with pytest.raises(ReadingError, match=r"no whole number is \"exact\" 2.5"):
        rule.bounds(Decimal("2.5"), None, whole=True)


def test_an_end_that_float64_cannot_hold_moves_outward():
    rule = Rule("exact", End(Decimal(1)), End(Decimal(1)))
    found = rule.bounds(Decimal("0.1"), None, whole=False)
    assert Decimal(found.lower) <= Decimal("0.1") <= Decimal(found.upper)
    assert found.lower < found.upper


def test_face_value_of_bare_words_is_missing(ledger):
    for qualifier in WORD_ONLY:
        assert read(ledger, FACE_VALUE, qualifier, None) is None


def test_a_reading_knows_its_rules(ledger):
    typical = ledger.reading(TYPICAL)
    assert typical.name == TYPICAL
    assert len(typical) == len(NUMBERED + WORD_ONLY)
    assert set(typical) == set(NUMBERED + WORD_ONLY)
    assert repr(typical) == f"Reading('typical', {len(NUMBERED + WORD_ONLY)} rules)"


N = End(Decimal(1))
OPEN = End(Decimal("Infinity"))


def test_a_count_without_a_lower_end_begins_at_zero_and_a_measure_nowhere():
    rule = Rule("at most", OPEN, N)
    assert rule.bounds(Decimal(5), None, whole=True) == Bounds(0, 5)
    assert rule.bounds(Decimal(5), None, whole=False) == Bounds(-inf, 5)
    far = Rule("about", End(Decimal(1), units=9), N)
    assert far.bounds(Decimal(5), None, whole=True) == Bounds(0, 5)
    assert far.bounds(Decimal(5), None, whole=False) == Bounds(-4, 5)


def test_a_rule_without_a_factor_or_a_number_gives_no_bounds():
    none = End(None)
    for lower, upper in ((none, N), (N, none), (none, none)):
        assert Rule("x", lower, upper).bounds(Decimal(5), None, whole=True) is None
    assert Rule("x", N, N).bounds(None, None, whole=True) is None
    assert Rule("x", N, N, base=Decimal(12)).bounds(None, None, whole=True) == Bounds(12)


@pytest.mark.parametrize(
    ("counts_only", "whole", "bounds"),
    [(False, True, (97, 103)), (False, False, (97, 103)), (True, True, (97, 103)), (True, False, (99, 101))],
)
def test_ends_keep_their_distance_in_units(counts_only, whole, bounds):
    rule = Rule(
        "about", End(Decimal("0.99"), units=3), End(Decimal("1.01"), units=3), counts_only=counts_only
    )
    assert rule.bounds(Decimal(100), None, whole=whole) == Bounds(*bounds)


def test_numbers_in_the_wrong_order_are_an_error_in_its_own_words():
    rule = Rule("between", N, N)
    with pytest.raises(ReadingError, match=r'^no number is "between" 3$'):
        rule.bounds(Decimal(3), Decimal(2), whole=False)
    with pytest.raises(ReadingError, match=r'^no whole number is "between" 3$'):
        rule.bounds(Decimal(3), Decimal(2), whole=True)


def test_an_end_that_is_excluded_moves_a_count_by_one_and_a_fraction_to_the_next():
    rule = Rule("x", End(Decimal("0.5"), closed=False), End(Decimal("1.5"), closed=False))
    assert rule.bounds(Decimal(4), None, whole=True) == Bounds(3, 5)
    assert rule.bounds(Decimal(5), None, whole=True) == Bounds(3, 7)
    assert rule.bounds(Decimal(4), None, whole=False) == Bounds(2, 6)
