"""Single bounds: arithmetic against exact rationals, order against logic."""

import copy
import math
import operator
import pickle
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reported.intervals import Bounds, BoundsArray, compatible, hull, intersection
from tests.intervals.strategies import (
    ARITHMETIC,
    INF,
    ORDERS,
    bounds,
    exact_ends,
    is_tightest,
    members,
    parts,
    same,
)


@pytest.mark.parametrize("operation", ARITHMETIC)
@given(a=bounds(), b=bounds())
@example(a=Bounds(0.1, 0.3), b=Bounds(0.1, 0.7))
def test_a_single_result_is_the_tightest_enclosure(operation, a, b):
    if operation is operator.truediv and b.contains(0):
        with pytest.raises(ZeroDivisionError) as caught:
            operation(a, b)
        assert a.short() in str(caught.value)
        assert b.short() in str(caught.value)
    else:
        assert is_tightest(operation(a, b), exact_ends(operation, a, b))


def test_zero_times_an_open_end_is_zero():
    assert Bounds(0) * Bounds(1, INF) == Bounds(0)
    assert (pd.Series([Bounds(0)], dtype="bounds") * Bounds(-INF, INF)).tolist() == [Bounds(0)]


@given(bounds())
def test_negation_and_abs_are_exact(a):
    column = pd.Series([a], dtype="bounds")
    assert -a == Bounds(-a.upper, -a.lower) == (-column)[0]
    least = 0 if a.contains(0) else min(abs(a.lower), abs(a.upper))
    assert abs(a) == Bounds(least, max(abs(a.lower), abs(a.upper))) == abs(column)[0]


@pytest.mark.parametrize(
    ("lower", "upper", "message"),
    [
        (2, 1, r"above the upper end: \[2(\.0)?, 1"),
        (math.nan, 1, r"two numbers, found \[nan, 1"),
        (INF, INF, r"no number lies in \[inf, inf\]"),
        (-INF, -INF, r"no number lies in \[-inf, -inf\]"),
    ],
)
def test_what_holds_no_number_is_refused(lower, upper, message):
    with pytest.raises(ValueError, match=message):
        Bounds(lower, upper)
    with pytest.raises(ValueError, match=f"row 1: .*{message}"):
        BoundsArray.from_arrays([0, lower], [5, upper])


@pytest.mark.parametrize(
    "text", ["", "[1]", "[1, 2", "[2, 1]", "[nan, 1]", "[inf, inf]", "about 5", "[1, 2, 3]"]
)
def test_text_that_is_no_bounds_is_quoted_back(text):
    with pytest.raises(ValueError, match=re.escape(f'found "{text}"')):
        Bounds.parse(text)


def test_bounds_do_not_change():
    with pytest.raises(AttributeError, match=r"cannot set lower of \[1, 2\]"):
        Bounds(1, 2).lower = 0
    with pytest.raises(AttributeError):
        del Bounds(1, 2).upper


def test_what_float64_cannot_hold_is_enclosed():
    assert (Bounds(2**53 + 1).lower, Bounds(2**53 + 1).upper) == (2.0**53, 2.0**53 + 2)
    exact = [Bounds(2**53 + 1), Bounds(-(2**62) - 1)]
    enclosed = [Bounds(number.lower, number.upper) for number in exact]
    assert pd.array([2**53 + 1, -(2**62) - 1], dtype="bounds").tolist() == enclosed
    assert pd.array(np.array([2**53 + 1]), dtype="bounds").tolist() == enclosed[:1]
    assert Bounds(Decimal("0.1")).lower < Fraction(1, 10) < Bounds(Decimal("0.1")).upper
    third = Bounds(Fraction(1, 3))
    assert pd.array([Fraction(1, 3)], dtype="bounds").tolist() == [Bounds(third.lower, third.upper)]


@pytest.mark.parametrize("order", ORDERS)
@given(data=st.data(), a=bounds(), b=bounds())
def test_a_verdict_speaks_for_every_pair_of_members(order, data, a, b):
    x, y = data.draw(members(a)), data.draw(members(b))
    verdict = order(a, b)
    assert verdict is pd.NA or verdict is order(x, y)


@pytest.mark.parametrize("order", ORDERS)
@given(a=bounds(), b=bounds())
def test_an_undetermined_order_has_a_pair_for_and_a_pair_against(order, a, b):
    low_a, high_a = (Fraction(x) if math.isfinite(x) else x for x in (a.lower, a.upper))
    low_b, high_b = (Fraction(x) if math.isfinite(x) else x for x in (b.lower, b.upper))
    found = {order(x, y) for x, y in ((low_a, high_b), (high_a, low_b))}
    assert order(a, b) is (found.pop() if len(found) == 1 else pd.NA)


@given(data=st.data(), a=bounds(), b=bounds())
def test_verdicts_follow_kleene_logic(data, a, b):
    opposite = {operator.gt: operator.le, operator.ge: operator.lt}
    for order, other in opposite.items():
        assert order(a, b) is (
            {True: False, False: True}.get(other(a, b), pd.NA) if other(a, b) is not pd.NA else pd.NA
        )
    assert (a > b) is (b < a)
    assert (a >= b) is (b <= a)
    narrow = data.draw(parts(a)) > data.draw(parts(b))
    assert (a > b) is pd.NA or narrow is (a > b)  # knowing more never overturns a verdict


def test_an_undetermined_verdict_is_no_answer():
    with pytest.raises(TypeError, match="ambiguous"):
        bool(Bounds(1, 3) > 2)
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(Bounds(0))


@given(a=bounds(), b=bounds())
def test_equal_means_the_same_bounds(a, b):
    assert (a == b) is ((a.lower, a.upper) == (b.lower, b.upper))
    assert a != b or hash(a) == hash(b)


def test_exact_bounds_equal_their_number():
    assert Bounds(3) == 3
    assert Bounds(3) == Decimal(3)
    assert hash(Bounds(3)) == hash(3)
    assert Bounds(3, 4) != 3
    assert Bounds(0.1) != Decimal("0.1")
    assert Bounds(1, 2) != "[1, 2]"


@given(a=bounds(), b=bounds())
def test_hull_and_intersection_are_the_narrowest_and_the_widest(a, b):
    around, shared = hull(a, b), intersection(a, b)
    assert around.contains(a)
    assert around.contains(b)
    assert {around.lower, around.upper} <= {a.lower, a.upper, b.lower, b.upper}
    assert compatible(a, b) is (shared is not pd.NA) is (not ((a > b) is True or (a < b) is True))
    if shared is not pd.NA:
        assert a.contains(shared)
        assert b.contains(shared)
        assert {shared.lower, shared.upper} <= {a.lower, a.upper, b.lower, b.upper}


def test_missing_bounds_make_hull_intersection_and_compatible_missing():
    for function in (hull, intersection, compatible):
        assert function(Bounds(1, 2), pd.NA) is pd.NA
        with pytest.raises(TypeError, match="found 'many'"):
            function(Bounds(1, 2), "many")
    assert intersection(Bounds(1, 2), 3) is pd.NA


def test_an_open_end_has_no_midpoint():
    assert Bounds(1, INF).midpoint is pd.NA
    assert Bounds(1, INF).width == INF
    assert Bounds(-1.7e308, 1.7e308).width == INF
    assert Bounds(1.6e308, 1.7e308).midpoint == float(Fraction(1.6e308) / 2 + Fraction(1.7e308) / 2)


@given(bounds())
def test_bounds_survive_their_text_pickling_and_copying(a):
    assert Bounds.parse(str(a)) == pickle.loads(pickle.dumps(a)) == copy.deepcopy(a) == a
    assert eval(repr(a), {"Bounds": Bounds, "inf": INF}) == a


def test_the_text_is_plain():
    assert str(Bounds(42284, INF)) == "[42284, inf]"
    assert str(Bounds(-0.5, 2**53)) == "[-0.5, 9007199254740992]"
    assert repr(Bounds(65)) == "Bounds(65, 65)"
    assert Bounds.parse(" [ 1 ,2.5] ") == Bounds(1, 2.5)


def test_bounds_that_begin_alike_hash_apart():
    assert len({hash(Bounds(1, upper)) for upper in range(1, 100)}) == 99


def test_a_number_in_an_array_without_rows_is_a_number():
    assert Bounds(1, 2) + np.array(3) == Bounds(4, 5)


@given(a=bounds(), b=bounds())
def test_in_and_or_are_contains_intersection_and_hull(a, b):
    assert (b in a) is a.contains(b) is (a.lower <= b.lower and b.upper <= a.upper)
    assert same(a & b, intersection(a, b))
    assert (a | b) == hull(a, b)


def test_in_and_or_take_numbers_and_missing_values_as_the_other_operators_do():
    assert 2 in Bounds(1, 3)
    assert 4 not in Bounds(1, 3)
    with pytest.raises(ValueError, match="an infinity is an end, not a member"):
        INF in Bounds(1, INF)  # noqa: B015
    assert (Bounds(1, 3) & 2, 2 & Bounds(1, 3)) == (Bounds(2), Bounds(2))
    assert (Bounds(1, 3) | 5, 5 | Bounds(1, 3)) == (Bounds(1, 5), Bounds(1, 5))
    assert Bounds(1, 3) & Bounds(4, 5) is pd.NA
    assert Bounds(1, 3) | pd.NA is pd.NA
    assert Bounds(1, 3) & None is pd.NA
    for wrong in ("text", pd.Series([1, 2])):
        with pytest.raises(TypeError):
            Bounds(1, 3) | wrong


def test_work_with_single_bounds_does_not_import_pandas():
    code = (
        "import sys; from reported.intervals.bounds import Bounds, hull; from reported.intervals import wording;"
        "a = Bounds(1, 3) * 2 + 1; assert a > 2 and 4 in a and hull(a & 5, 9) == Bounds(5, 9);"
        "assert wording.bounds(a) == '3 to 7'; assert 'pandas' not in sys.modules;"
        "assert repr(a > 4) == '<NA>'; assert 'pandas' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


OPEN = Bounds(0, 1, "neither")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Bounds(1, 2) + Bounds(-INF, 3), Bounds(-INF, 5)),
        (Bounds(1, 2) - Bounds(3, INF), Bounds(-INF, -1)),
        (Bounds(0) * Bounds(-INF, INF), Bounds(0)),
        (Bounds(-1, 2) * Bounds(3, INF), Bounds(-INF, INF)),
        (Bounds(-2, -1) * Bounds(-4, -3), Bounds(3, 8)),
        (Bounds(1, INF) / Bounds(2, INF), Bounds(0, INF, "right")),
        (Bounds(1, 2) / Bounds(-INF, -3), Bounds(Fraction(-2, 3), 0, "left")),
        (Bounds(-INF, -1) / Bounds(2, 4), Bounds(-INF, Fraction(-1, 4))),
        (Bounds(1, INF) / Bounds(-4, -2), Bounds(-INF, Fraction(-1, 4))),
        (abs(Bounds(-3, 2)), Bounds(0, 3)),
        (abs(Bounds(-INF, -2)), Bounds(2, INF)),
        (OPEN + Bounds(1, 2), Bounds(1, 3, "neither")),
        (OPEN - OPEN, Bounds(-1, 1, "neither")),
        (OPEN * Bounds(2, 3, "left"), Bounds(0, 3, "neither")),
        (OPEN * 0, Bounds(0)),
        (Bounds(0, 1, "left") * Bounds(-1, 2), Bounds(-1, 2, "neither")),
        (1 / Bounds(0, 2, "right"), Bounds(Fraction(1, 2), INF)),
        (abs(Bounds(-3, 2, "right")), Bounds(0, 3, "left")),
        (-Bounds(0, 1, "left"), Bounds(-1, 0, "right")),
    ],
)
def test_arithmetic_with_ends_that_are_infinite_or_left_out(found, expected):
    assert found == expected


@pytest.mark.parametrize(
    "divisor", [Bounds(0), Bounds(0, 1), Bounds(-1, 0), Bounds(-INF, INF), Bounds(-1, 1)]
)
def test_no_division_by_what_may_be_zero(divisor):
    with pytest.raises(ZeroDivisionError, match="the divisor may be zero"):
        Bounds(1, 2) / divisor


def test_ends_stay_exact_and_only_their_view_is_rounded():
    third = Bounds(1) / 3
    assert third.lower < Fraction(1, 3) < third.upper
    assert third + third + third == Bounds(1)
    assert Bounds(Decimal("0.1")).exact_lower == Fraction(1, 10)


def test_a_number_beyond_float64_is_computed_with_and_enclosed_in_a_column():
    beyond = Bounds(Decimal("1e400"))
    assert (beyond / 10**400, beyond > 1e308, beyond.upper) == (Bounds(1), True, INF)
    column = pd.array([Decimal("1e400"), -(10**400)], dtype="bounds")
    assert list(column) == [Bounds(sys.float_info.max, INF), Bounds(-INF, -sys.float_info.max)]


@given(st.fractions(), st.fractions(), st.sampled_from(["both", "left", "right", "neither"]))
def test_exact_and_open_ends_are_read_from_their_text_as_they_are(one, other, closed):
    lower, upper = min(one, other), max(one, other)
    exact = Bounds(lower, upper, "both" if lower == upper else closed)
    assert Bounds.parse(str(exact)) == exact
    assert Bounds.parse(str(exact)).closed == exact.closed


@pytest.mark.parametrize("missing", [pd.NA, None, math.nan])
def test_a_missing_operand_makes_every_result_missing(missing):
    known = Bounds(1, 2)
    for function in (hull, intersection, compatible):
        for found in (function(known, missing), function(missing, known), function([known, missing])):
            assert found is pd.NA
    for operation in (operator.and_, operator.or_, operator.add, operator.mul, operator.gt):
        assert operation(known, missing) is pd.NA
    column = pd.Series([known, known], dtype="bounds").bounds
    other = pd.Series([missing, Bounds(8)], dtype="bounds")
    assert column.hull(other).isna().tolist() == [True, False]
    assert column.intersection(other).isna().tolist() == [True, True]
    assert column.compatible(other).isna().tolist() == [True, False]
    assert intersection(known, 8) is pd.NA
    assert compatible(known, 8) is False
