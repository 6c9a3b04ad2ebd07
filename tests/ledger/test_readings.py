"""Readings: the published rules, applied."""

import csv
from decimal import Decimal
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.ledger import READINGS
from reported.ledger.readings import ReadingError
from reported.ledger.readings import read as bounds_of
from reported.ledger.rows import SHIPPED, shipped_readings
from reported.prose import NUMBERED, WORD_ONLY

SHIPPED_READINGS = shipped_readings()


def read(reading, qualifier, value, value_to=None, whole=True, signed=False):
    exact = [None if v is None else Decimal(str(v)) for v in (value, value_to)]
    return bounds_of(
        SHIPPED_READINGS[reading][qualifier], *exact, whole=whole, signed=signed, precision="exact"
    )


RULES = [
    # qualifier, value, value_to, whole, digits alone, typical, cautious
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
    ("about", 2.5, None, False, (2.5, 2.5), (2.375, 2.625), (2.0, 3.0)),
    ("about", 100, 200, True, (100, 200), (95, 210), (80, 240)),
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
def test_the_published_rules(rule):
    qualifier, value, value_to, whole, *expected = rule
    for reading, pair in zip(READINGS, expected, strict=True):
        found = read(reading, qualifier, value, value_to, whole)
        assert pair == (None if found is None else (found.lower, found.upper)), reading


@pytest.mark.parametrize(
    ("qualifier", "value", "value_to", "expected"),
    [
        ("exact", -5, None, (-5, -5)),
        ("about", -100, None, (-105, -95)),
        ("nearly", -20, None, (-20, -18)),
        ("at least", -5, None, (-5, inf)),
        ("up to", -5, None, (-inf, -5)),
        ("up to", 5, None, (-inf, 5)),
        ("less than", 5, None, (-inf, 5)),
        ("between", -5, 3, (-5, 3)),
        ("between", -5, -3, (-5, -3)),
    ],
)
def test_rules_for_numbers_that_may_be_negative(qualifier, value, value_to, expected):
    found = read("typical", qualifier, value, value_to, whole=False, signed=True)
    assert (found.lower, found.upper) == expected


@given(
    qualifier=st.sampled_from([q for q in NUMBERED if q != "between"]),
    value=st.integers(-(10**15), 10**15),
    whole=st.booleans(),
)
def test_a_more_careful_reading_contains_the_one_before(qualifier, value, whole):
    signed = value < 0
    try:
        typical = read("typical", qualifier, value, None, whole, signed)
    except ReadingError:
        return
    cautious = read("cautious", qualifier, value, None, whole, signed)
    assert cautious.contains(typical)
    if qualifier in ("exact", "at least", "up to", "about"):
        assert typical.contains(read("digits", qualifier, value, None, whole, signed))


@given(value=st.integers(1, 10**15))
def test_no_upper_end_is_made_up(value):
    for qualifier in ("at least", "more than"):
        for reading in ("typical", "cautious"):
            assert read(reading, qualifier, value).upper == inf


def test_a_number_that_leaves_nothing():
    with pytest.raises(ReadingError, match='no whole number is "less than" 0'):
        read("typical", "less than", 0)


def test_every_qualifier_has_a_rule_in_every_reading():
    assert list(SHIPPED_READINGS)[: len(READINGS)] == list(READINGS)
    for reading in (SHIPPED_READINGS[name] for name in READINGS):
        assert set(reading) == {*NUMBERED, *WORD_ONLY}
        assert len(reading) == len(NUMBERED + WORD_ONLY)


def test_a_reading_shows_its_name_not_its_rules():
    assert repr(SHIPPED_READINGS["typical"]) == f"Reading('typical', {len(NUMBERED + WORD_ONLY)} rules)"
    assert len({SHIPPED_READINGS["typical"]}) == 1


def test_the_shipped_table_says_what_each_rule_rests_on():
    with (SHIPPED / "readings.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            surveyed = any(row[c] for c in row if c.startswith("answers"))
            assert row["ground"].startswith("survey") == surveyed, row["id"]
            assert row["ground"], row["id"]
