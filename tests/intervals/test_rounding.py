"""Directed rounding, held against exact rational arithmetic."""

import math
import operator
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.intervals import directed
from reported.intervals.directed import rounded_down, rounded_up
from reported.intervals.rounding import down, exact, up

LARGEST = 1.7976931348623157e308
# where rounding goes wrong if it goes wrong: the largest, the least normal, subnormal, halfway, both zeros
CORNERS = [0.0, -0.0, 1.0, -3.0, 0.1, 5e-324, -7e-310, 2.2250738585072014e-308, 2.0**53, 1e300, -LARGEST]
floats = st.sampled_from(CORNERS) | st.floats(allow_nan=False, allow_infinity=False)
rationals = st.builds(
    lambda number, divisor, power: Fraction(number, divisor) * Fraction(10) ** power,
    st.integers(),
    st.integers(min_value=1),
    st.integers(-330, 310),
)


def is_below(end, value):
    """Whether `end` is the greatest float64 that is not above the rational `value`."""
    following = math.nextafter(end, math.inf)
    return end <= value and following > value


@given(rationals | floats.map(Fraction))
def test_down_and_up_are_the_floats_next_to_a_rational(value):
    assert is_below(down(value), value)
    assert is_below(-up(value), -value)


@given(floats)
def test_a_float_is_rounded_to_itself(value):
    assert down(Fraction(value)) == up(Fraction(value)) == value


def test_beyond_the_largest_float_lies_infinity():
    beyond = Fraction(LARGEST) * 2
    assert (down(beyond), up(beyond)) == (LARGEST, math.inf)
    assert (down(-beyond), up(-beyond)) == (-math.inf, -LARGEST)
    assert (down(math.inf), up(-math.inf)) == (math.inf, -math.inf)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (2**70 + 1, Fraction(2**70 + 1)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        (np.uint64(2**64 - 1), Fraction(2**64 - 1)),
        (np.float32(0.5), Fraction(1, 2)),
        (np.longdouble(2) ** 62 + 1, Fraction(int(np.longdouble(2) ** 62 + 1))),
        (Decimal("-Infinity"), -math.inf),
    ],
)
def test_exact_loses_nothing(number, value):
    assert exact(number) == value


@pytest.mark.parametrize(
    ("ufunc", "true"),
    [
        (np.add, operator.add),
        (np.subtract, operator.sub),
        (np.multiply, operator.mul),
        (np.divide, operator.truediv),
    ],
)
@given(pairs=st.lists(st.tuples(floats, floats), min_size=1, max_size=40))
def test_columns_are_rounded_as_exact_arithmetic_says(ufunc, true, pairs):
    pairs = [(x, y) for x, y in pairs if ufunc is not np.divide or y != 0] or [(1.0, 3.0)]
    left, right = np.array(pairs).T.copy()
    values = [true(Fraction(x), Fraction(y)) for x, y in pairs]
    assert rounded_down(ufunc, left, right).tolist() == [down(value) for value in values]
    assert rounded_up(ufunc, left, right).tolist() == [up(value) for value in values]


@given(st.lists(floats, max_size=300))
def test_directed_sums_enclose_the_exact_sum(numbers):
    column, total = np.array(numbers, dtype=float), sum(map(Fraction, numbers), Fraction(0))
    partial_overflow = sum(abs(Fraction(x)) for x in numbers) > Fraction(LARGEST)
    if partial_overflow:  # a partial sum may pass through infinity and leave nothing to hold against
        return
    for function in (np.add.reduce, lambda x: np.bincount(np.zeros(len(x), dtype=int), x, 1)[0]):
        assert rounded_down(function, column) <= total <= rounded_up(function, column)


def one_third(direction):
    return direction(np.divide, np.ones(1), 3.0)[0]


def test_the_direction_lasts_only_as_long_as_the_call():
    nearest = np.float64(1) / 3
    assert one_third(rounded_down) < one_third(rounded_up)
    assert rounded_up(lambda: (one_third(rounded_down), one_third(rounded_up), (np.ones(1) / 3)[0])) == (
        one_third(rounded_down),
        one_third(rounded_up),
        one_third(rounded_up),
    )
    with pytest.raises(ZeroDivisionError):
        rounded_up(lambda: 1 / 0)
    assert (np.ones(1) / 3)[0] == nearest


def test_a_platform_that_does_not_round_as_told_is_refused(monkeypatch):
    directed._processor.cache_clear()
    monkeypatch.setattr(directed, "_DIRECTIONS", ((0, 0), (0x7FFF, 0x7FFE)))  # to nearest; unheard of
    with pytest.raises(RuntimeError, match="does not let the rounding of float64 be directed"):
        rounded_down(np.add, 1.0, 2.0)
    monkeypatch.undo()
    assert one_third(rounded_down) < one_third(rounded_up)


def to_nearest(ufunc):
    """An operation that the processor rounds as ever, whatever it was told."""
    return lambda by, direction, operation, *columns: (
        operation(*columns) if operation is ufunc else by(direction, operation, *columns)
    )


def without_subnormals(by, direction, operation, *columns):
    found = by(direction, operation, *columns)
    return np.where(abs(found) < np.finfo(float).tiny, 0.0, found)


@pytest.mark.parametrize("ways", [*map(to_nearest, (np.add, np.multiply, np.divide)), without_subnormals])
def test_a_platform_that_does_not_round_all_as_told_is_refused(monkeypatch, ways):
    def by_a_poor_processor(processor, *operation):
        return ways(lambda *operation: as_told(processor, *operation), *operation)

    as_told = directed._rounded_by
    assert directed._rounds_correctly(directed._processor())
    monkeypatch.setattr(directed, "_rounded_by", by_a_poor_processor)
    with np.errstate(all="ignore"):
        assert not directed._rounds_correctly(directed._processor())


def test_zero_has_no_sign():
    assert math.copysign(1, down(-0.0)) == math.copysign(1, up(-0.0)) == 1


def test_keywords_reach_the_function():
    columns = np.ones((2, 3))
    for rounded in (rounded_down, rounded_up):
        assert rounded(np.add.reduce, columns, axis=1).shape == (2,)


def test_what_the_operations_warn_of_is_a_result_here(recwarn):
    with np.errstate(all="raise"):
        assert rounded_up(np.divide, np.ones(1), 0.0)[0] == math.inf
        assert rounded_up(np.multiply, np.full(1, 1e308), 10.0)[0] == math.inf
    assert len(recwarn) == 0
