"""Units: what cancels, what converts, what is a percentage, and how a unit is named."""

from fractions import Fraction

import pytest

from reported.intervals.units import POINTS, SHARE, Unit, UnitError, aligned, cancelled
from reported.prose.units import units

PERSON, DAY, WEEK, KM, METRE = (Unit.of(name) for name in ("person", "day", "week", "kilometre", "metre"))


@pytest.mark.parametrize(
    ("unit", "plural", "singular"),
    [
        (PERSON, "people", "person"),
        (PERSON / DAY, "people per day", "person per day"),
        (PERSON * PERSON, "people²", "person²"),
        (PERSON / (KM * KM), "people per kilometre²", "person per kilometre²"),
        (Unit() / PERSON, "per person", "per person"),
        (Unit.of("USD"), "USD", "USD"),
        (Unit.of("case per 100000 person"), "cases per 100,000 people", "case per 100,000 people"),
        (Unit.of("body"), "bodies", "body"),
        (Unit.of("foot"), "feet", "foot"),
        (Unit.of("inch"), "inches", "inch"),
        (Unit.of("aircraft"), "aircraft", "aircraft"),
        (Unit.of("serviceman"), "servicemen", "serviceman"),
        (Unit.of("percent"), "percent", "percent"),
        (Unit(print_as=POINTS), "percentage points", "percentage point"),
        (Unit.of("ratio"), "", ""),
    ],
)
def test_names(unit, plural, singular):
    assert (unit.name(), unit.name(plural=False)) == (plural, singular)


def test_units_cancel():
    assert PERSON / DAY * DAY == PERSON
    assert Unit() == PERSON / PERSON
    assert Unit() == (PERSON / DAY) / (PERSON / DAY)


def test_a_share_of_a_share_is_a_share_and_of_a_count_a_count():
    share = Unit.of("percent")
    assert (share * share).print_as == SHARE
    assert share * PERSON == PERSON * share == PERSON
    assert share / share == Unit()
    assert PERSON / share == PERSON


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        (KM, METRE, Fraction(1, 1000)),
        (METRE, KM, Fraction(1000)),
        (DAY, WEEK, Fraction(7)),
        (PERSON / DAY, PERSON / WEEK, Fraction(1, 7)),
        (KM * KM, METRE * METRE, Fraction(1, 10**6)),
        (Unit.of("square kilometre"), Unit.of("hectare"), Fraction(1, 100)),
        (Unit.of("tonne"), Unit.of("kilogram"), Fraction(1, 1000)),
        (Unit.of("mile"), KM, Fraction(1000000, 1609344)),
        (PERSON, PERSON, Fraction(1)),
        (Unit.of("knot"), Unit.of("kilometre per hour"), Fraction(250, 463)),
        (Unit.of("barrel"), Unit.of("gallon"), Fraction(1, 42)),
        (Unit.of("case per person"), Unit.of("case per 100000 person"), Fraction(1, 100000)),
    ],
)
def test_what_converts(one, other, factor):
    assert aligned("+", one, other, ("a", "b")) == factor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PERSON, DAY),
        (PERSON, Unit()),
        (KM, DAY),
        (PERSON / DAY, PERSON),
        (Unit.of("EUR"), Unit.of("USD")),
        (Unit.of("lb"), Unit.of("GBP")),
        (Unit.of("gigabyte"), Unit()),
        (Unit.of("percent"), PERSON),
        (Unit.of("ton"), Unit.of("tonne")),
    ],
)
def test_what_does_not(one, other):
    for operator in ("+", "-", ">", "<=", "compatible"):
        with pytest.raises(UnitError):
            aligned(operator, one, other, ("a", "b"))


def test_a_plain_number_is_ordered_against_a_percentage_and_not_added_to_it():
    assert aligned(">", Unit(), Unit.of("percent"), ("a", "b")) == 1
    with pytest.raises(UnitError, match=r"a \(a plain number\) cannot be added to b \(percent\)"):
        aligned("+", Unit(), Unit.of("percent"), ("a", "b"))


def test_the_second_unit_cancels_in_the_first_one_s_terms():
    assert cancelled(PERSON / DAY, WEEK) == (DAY, 7)
    assert cancelled(PERSON, WEEK) == (WEEK, 1)


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.name)
def test_every_unit_of_the_vocabulary_computes(unit):
    name = Unit.of(unit.name)
    assert aligned("+", name, name, ("a", "b")) == 1
    assert cancelled(name, name)[1] == 1
    if unit.kind != "share":
        assert (name / PERSON * PERSON) == name
