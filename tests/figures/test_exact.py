"""Exact ends: what they compute, where they are open, and what a number is taken for."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from reported import Bounds
from reported.figures.exact import Interval, rational

OPEN = math.inf


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Interval(1, 2) + Interval(-OPEN, 3), Interval(-OPEN, 5)),
        (Interval(1, 2) - Interval(3, OPEN), Interval(-OPEN, -1)),
        (Interval(0, 0) * Interval(-OPEN, OPEN), Interval(0, 0)),
        (Interval(-1, 2) * Interval(3, OPEN), Interval(-OPEN, OPEN)),
        (Interval(-2, -1) * Interval(-4, -3), Interval(3, 8)),
        (Interval(1, OPEN) / Interval(2, OPEN), Interval(0, OPEN)),
        (Interval(1, 2) / Interval(-OPEN, -3), Interval(Fraction(-2, 3), 0)),
        (Interval(-OPEN, -1) / Interval(2, 4), Interval(-OPEN, Fraction(-1, 4))),
        (Interval(1, OPEN) / Interval(-4, -2), Interval(-OPEN, Fraction(-1, 4))),
        (-Interval(1, OPEN), Interval(-OPEN, -1)),
        (abs(Interval(-3, 2)), Interval(0, 3)),
        (abs(Interval(-OPEN, -2)), Interval(2, OPEN)),
        (Interval(1, OPEN).times(Fraction(1, 3)), Interval(Fraction(1, 3), OPEN)),
    ],
)
def test_arithmetic(found, expected):
    assert found == expected


@pytest.mark.parametrize("divisor", [Interval(0, 0), Interval(0, 1), Interval(-1, 0), Interval(-OPEN, OPEN)])
def test_no_division_by_what_may_be_zero(divisor):
    with pytest.raises(ZeroDivisionError, match="the divisor may be zero"):
        Interval(1, 2) / divisor


def test_ends_are_rounded_outward_only_as_bounds():
    third = Interval(Fraction(1, 3), Fraction(1, 3))
    assert third.bounds.lower < Fraction(1, 3) < third.bounds.upper
    assert (third + third + third).bounds == Bounds(1)
    assert Interval.of(Bounds(0.5, OPEN)) == Interval(Fraction(1, 2), OPEN)
    assert Interval(10**400, 10**400).bounds.upper == OPEN


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1, Fraction(1, 10)),
        (np.float64(0.1), Fraction(1, 10)),
        (np.float32(0.1), Fraction(1, 10)),
        (Decimal("2.50"), Fraction(5, 2)),
        (np.int64(2**62), 2**62),
        (Fraction(1, 3), Fraction(1, 3)),
        (10**30, 10**30),
    ],
)
def test_a_number_is_what_it_is_written_as(value, expected):
    assert rational(value) == expected


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, np.float64("nan"), Decimal("NaN"), Decimal("inf")]
)
def test_what_is_no_number_is_an_error(value):
    with pytest.raises(ValueError, match="expected a finite number"):
        rational(value)
