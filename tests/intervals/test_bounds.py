"""Bounds hold the truth and no more: their arithmetic against exact rationals, their order against logic."""

import copy
import io
import math
import operator
import pickle
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reported.intervals.array import BoundsArray
from reported.intervals.bounds import Bounds, compatible, hull, intersection
from reported.intervals.ends import BLOCK

INF = math.inf
ARITHMETIC = [operator.add, operator.sub, operator.mul, operator.truediv]
ORDERS = [operator.gt, operator.ge, operator.lt, operator.le]

# Ends where rounding, overflow, underflow, infinities and signs of zero can go wrong, and many others -----

CORNERS = [
    0.0,
    -0.0,
    1.0,
    3.0,
    0.1,
    5e-324,
    1e-310,
    2.2250738585072014e-308,
    2.0**53,
    1e300,
    1.7976931348623157e308,
]
ends = (
    st.sampled_from([sign * corner for corner in CORNERS for sign in (1, -1)])
    | st.integers(-100, 100).map(float)
    | st.builds(lambda digits, power: digits * 10.0**power, st.floats(-1, 1), st.integers(-300, 300))
    | st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def bounds(draw):
    lower, upper = sorted((draw(ends), draw(ends)))
    lower, upper = draw(
        st.sampled_from([(lower, upper), (lower, lower), (lower, INF), (-INF, upper), (-INF, INF)])
    )
    return Bounds(lower, upper)


bounds_or_missing = bounds() | st.just(pd.NA)
columns = st.lists(bounds_or_missing, max_size=30)
pairs = st.lists(st.tuples(bounds_or_missing, bounds_or_missing), min_size=1, max_size=30)


@st.composite
def members(draw, of):
    """A rational number inside, at an end more often than chance has it."""
    lower = Fraction(of.lower) if math.isfinite(of.lower) else None
    upper = Fraction(of.upper) if math.isfinite(of.upper) else None
    share = draw(st.sampled_from([0, 1]) | st.fractions(0, 1))
    if lower is not None and upper is not None:
        return lower + share * (upper - lower)
    distance = share * Fraction(10) ** draw(st.integers(-400, 400))
    if lower is not None:
        return lower + distance
    return (
        (upper or Fraction(0)) - distance if upper is not None else distance * draw(st.sampled_from([1, -1]))
    )


@st.composite
def parts(draw, of):
    """Bounds inside other bounds."""
    candidates = st.just(of.lower) | st.just(of.upper) | ends.filter(lambda x: of.lower <= x <= of.upper)
    lower, upper = sorted((draw(candidates), draw(candidates)))
    assume(lower < INF and upper > -INF)
    return Bounds(lower, upper)


# The exact result: the least and the greatest that members can come to, as a rational or an infinity ------


def exact_ends(operation, a, b):
    """The limits of `operation` over the members of both; None where it has no result at all."""
    if operation is operator.sub:
        return exact_ends(operator.add, a, Bounds(-b.upper, -b.lower))
    if operation is operator.truediv:
        return exact_quotient(a, b)
    limits = [
        limit_of_sum(x, y) if operation is operator.add else limit_of_product(x, y)
        for x, y in corners(operation, (a.lower, a.upper), (b.lower, b.upper))
    ]
    return min(limits), max(limits)


def corners(operation, a, b):
    return list(zip(a, b, strict=True)) if operation is operator.add else [(x, y) for x in a for y in b]


def rational(x):
    return Fraction(x) if math.isfinite(x) else x


def limit_of_sum(x, y):
    return rational(x) + rational(y) if math.isfinite(x) and math.isfinite(y) else x + y


def limit_of_product(x, y):
    if 0 in (x, y):
        return Fraction(0)
    return (
        rational(x) * rational(y)
        if math.isfinite(x) and math.isfinite(y)
        else math.copysign(INF, x) * math.copysign(1, y)
    )


def exact_quotient(a, b):
    """Division as multiplication by the reciprocals of the divisor's positive and negative members."""
    limits = []
    for low, high in ((max(b.lower, 0.0), b.upper), (b.lower, min(b.upper, 0.0))):
        sign = 1 if high > 0 else -1
        if low > high or low == high == 0:
            continue
        for x in (a.lower, a.upper):
            for y in (low, high):
                if math.isinf(y) or x == 0:
                    limits.append(Fraction(0))
                elif y == 0 or math.isinf(x):
                    limits.append(math.copysign(INF, x) * sign)
                else:
                    limits.append(Fraction(x) / Fraction(y))
    return (min(limits), max(limits)) if limits else None


def is_tightest(result, exact):
    """Whether no float64 enclosure is narrower: the ends are the floats next to the exact ones."""
    lower, upper = exact
    lower_fits = result.lower == -INF == lower or (result.lower <= lower < math.nextafter(result.lower, INF))
    upper_fits = result.upper == INF == upper or (result.upper >= upper > math.nextafter(result.upper, -INF))
    return lower_fits and upper_fits


def same(found, expected):
    """The same bounds, or the same verdict, or both missing: `==` with `pd.NA` would be no answer."""
    return found is expected or (pd.NA is not expected and pd.NA is not found and found == expected)


# Arithmetic ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ARITHMETIC)
@given(data=st.data(), a=bounds(), b=bounds())
def test_a_result_holds_whatever_members_come_to(operation, data, a, b):
    x, y = data.draw(members(a)), data.draw(members(b))
    assume(operation is not operator.truediv or y != 0)
    result = operation(pd.Series([a], dtype="bounds"), b)[0]
    assert result.lower <= operation(x, y) <= result.upper


@pytest.mark.parametrize("operation", ARITHMETIC)
@given(pairs=pairs)
def test_a_column_is_the_tightest_enclosure_row_by_row(operation, pairs):
    left, right = (pd.Series(column, dtype="bounds") for column in zip(*pairs, strict=True))
    for (a, b), result in zip(pairs, operation(left, right), strict=True):
        exact = None if a is pd.NA or b is pd.NA else exact_ends(operation, a, b)
        assert (result is pd.NA) == (exact is None)
        assert exact is None or is_tightest(result, exact)


@pytest.mark.parametrize("operation", ARITHMETIC)
@given(a=bounds(), b=bounds())
@example(a=Bounds(0.1, 0.3), b=Bounds(0.1, 0.7))
def test_a_single_result_is_the_tightest_enclosure(operation, a, b):
    if operation is operator.truediv and b.contains(0):
        with pytest.raises(ZeroDivisionError) as caught:
            operation(a, b)
        assert str(a) in str(caught.value)
        assert str(b) in str(caught.value)
    else:
        assert is_tightest(operation(a, b), exact_ends(operation, a, b))


@pytest.mark.parametrize("operation", ARITHMETIC)
@given(data=st.data(), a=bounds(), b=bounds())
def test_narrower_operands_give_a_result_inside(operation, data, a, b):
    inner_a, inner_b = data.draw(parts(a)), data.draw(parts(b))
    wide, narrow = (operation(pd.Series([x], dtype="bounds"), y)[0] for x, y in ((a, b), (inner_a, inner_b)))
    assert narrow is pd.NA or wide.contains(narrow)


@given(a=bounds(), number=ends)
def test_a_number_beside_bounds_is_exact_bounds(a, number):
    column = pd.Series([a], dtype="bounds")
    for operation in [*ARITHMETIC, *ORDERS, operator.eq, operator.ne]:
        assert operation(column, number).equals(operation(column, Bounds(number)))
        assert operation(number, column).equals(operation(Bounds(number), column))
        if operation is not operator.truediv:
            assert same(operation(a, number), operation(a, Bounds(number)))
            assert same(operation(number, a), operation(Bounds(number), a))
    assert number == 0 or same(a / number, a / Bounds(number))
    assert a.contains(0) or same(number / a, Bounds(number) / a)


@given(columns, st.integers(0, 3))
def test_blocks_leave_no_seams(values, offset):
    """Long columns are worked on block by block: any stretch of one equals the operation on the stretch."""
    short = pd.Series([*values, Bounds(1, 3)], dtype="bounds").array
    long = short.take(np.arange(BLOCK + 100) % len(short))
    other = long[::-1]
    for operation in (operator.mul, operator.truediv):
        stretch = slice(BLOCK - 2 + offset, BLOCK + 40)
        whole = operation(long, other)
        assert whole[stretch].equals(operation(long[stretch], other[stretch]))


def test_whole_numbers_stay_exact():
    rng = np.random.default_rng(20240126)
    a, b = rng.integers(-(2**26), 2**26, (2, 1000))
    for operation in (operator.add, operator.sub, operator.mul):
        result = operation(pd.Series(a, dtype="bounds"), b)
        assert result.bounds.is_exact.all()
        assert result.astype("int64").tolist() == operation(a, b).tolist()


@pytest.mark.parametrize(
    ("a", "b", "quotient"),
    [
        (Bounds(1, 2), Bounds(0, 1), Bounds(1, INF)),
        (Bounds(1, 2), Bounds(-1, 0), Bounds(-INF, -1)),
        (Bounds(1, 2), Bounds(-1, 1), Bounds(-INF, INF)),
        (Bounds(0), Bounds(-1, 1), Bounds(0)),
        (Bounds(0, 1), Bounds(0, 1), Bounds(0, INF)),
        (Bounds(1, 2), Bounds(0), pd.NA),
        (Bounds(0), Bounds(0), pd.NA),
    ],
)
def test_division_by_zero_in_a_column_is_as_ieee_1788_has_it(a, b, quotient):
    assert (pd.Series([a], dtype="bounds") / b).tolist() == [quotient]


def test_zero_times_an_open_end_is_zero():
    assert Bounds(0) * Bounds(1, INF) == Bounds(0)
    assert (pd.Series([Bounds(0)], dtype="bounds") * Bounds(-INF, INF)).tolist() == [Bounds(0)]


def test_no_result_has_a_negative_zero():
    zero = pd.Series([Bounds(-0.0), Bounds(-0.0, 0.0), Bounds(0, 2)], dtype="bounds")
    for column in (zero, zero - zero, zero * -1, zero / -1, -zero, abs(-zero), zero.cumsum()):
        assert "-0" not in [repr(end).removesuffix(".0") for b in column for end in (b.lower, b.upper)]


@given(bounds())
def test_negation_and_abs_are_exact(a):
    column = pd.Series([a], dtype="bounds")
    assert -a == Bounds(-a.upper, -a.lower) == (-column)[0]
    least = 0 if a.contains(0) else min(abs(a.lower), abs(a.upper))
    assert abs(a) == Bounds(least, max(abs(a.lower), abs(a.upper))) == abs(column)[0]


# What is refused ----------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("other", ["[1, 2]", True, pd.Timestamp(0), ["a"], [[1, 2]], 1j])
def test_what_is_no_number_does_not_calculate(other):
    column = pd.Series(["[1, 2]"], dtype="bounds")
    for left, right in ((column, other), (other, column), (column.array, other), (Bounds(1, 2), other)):
        with pytest.raises((TypeError, ValueError)):
            left + right
    with pytest.raises((TypeError, ValueError)):
        column > other  # noqa: B015
    with pytest.raises(TypeError):
        column // 2


def test_bounds_do_not_change():
    with pytest.raises(AttributeError, match=r"cannot set lower of \[1, 2\]"):
        Bounds(1, 2).lower = 0
    with pytest.raises(AttributeError):
        del Bounds(1, 2).upper


def test_what_float64_cannot_hold_is_enclosed():
    assert Bounds(2**53 + 1) == Bounds(2.0**53, 2.0**53 + 2)
    assert pd.array([2**53 + 1, -(2**62) - 1], dtype="bounds").tolist() == [
        Bounds(2**53 + 1),
        Bounds(-(2**62) - 1),
    ]
    assert pd.array(np.array([2**53 + 1]), dtype="bounds").tolist() == [Bounds(2**53 + 1)]
    assert Bounds(Decimal("0.1")).lower < Fraction(1, 10) < Bounds(Decimal("0.1")).upper
    assert pd.array([Fraction(1, 3)], dtype="bounds").tolist() == [Bounds(Fraction(1, 3))]


# Order ---------------------------------------------------------------------------------------------------

VERDICTS = [True, False, pd.NA]


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


@given(pairs)
def test_verdicts_on_columns_are_those_on_their_rows(pairs):
    left, right = (pd.Series(column, dtype="bounds") for column in zip(*pairs, strict=True))
    for order in ORDERS:
        verdicts = order(left, right)
        assert verdicts.dtype == "boolean"
        assert all(found is order(a, b) for found, (a, b) in zip(verdicts.tolist(), pairs, strict=True))
    same = (left == right).tolist()
    assert all(
        found is (pd.NA if pd.NA is a or pd.NA is b else a == b)
        for found, (a, b) in zip(same, pairs, strict=True)
    )


def test_verdicts_combine_as_pandas_boolean_does():
    verdicts = pd.Series([Bounds(3, 4), Bounds(0, 1), Bounds(1, 3)], dtype="bounds") > 2
    assert verdicts.tolist() == VERDICTS
    assert (~verdicts).tolist() == [False, True, pd.NA]
    assert (verdicts | True).all()
    assert not (verdicts & False).any()


def test_an_undetermined_verdict_is_no_answer():
    with pytest.raises(TypeError, match="ambiguous"):
        bool(Bounds(1, 3) > 2)
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(Bounds(0))


def test_undetermined_is_kept_apart_from_missing():
    column = pd.Series([Bounds(1, 3), pd.NA], dtype="bounds")
    assert (column > 2).isna().tolist() == [True, True]
    assert column.isna().tolist() == [False, True]


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


# Hull, intersection, compatible, contains, and the accessor ----------------------------------------------


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


@given(pairs)
def test_the_accessor_says_of_a_column_what_bounds_say_of_themselves(pairs):
    left, right = (pd.Series(column, dtype="bounds", name="x") for column in zip(*pairs, strict=True))
    of = left.bounds
    for name in ("lower", "upper", "width", "midpoint", "is_exact", "is_unbounded"):
        found = getattr(of, name)
        assert found.name == "x"
        assert found.dtype == ("boolean" if name.startswith("is_") else "Float64")
        for value, a in zip(found.tolist(), left, strict=True):
            expected = pd.NA if a is pd.NA else getattr(a, name)
            assert value is expected or value == expected
    for name, function in {"hull": hull, "intersection": intersection, "compatible": compatible}.items():
        found = getattr(of, name)(right)
        assert all(
            value is function(a, b) or value == function(a, b)
            for value, (a, b) in zip(found.tolist(), pairs, strict=True)
        )
    for value, (a, b) in zip(of.contains(right).tolist(), pairs, strict=True):
        assert value is (pd.NA if a is pd.NA or b is pd.NA else a.contains(b))


def test_the_accessor_lines_rows_up_by_their_labels():
    left = pd.Series([Bounds(1, 2), Bounds(5, 6)], index=["a", "b"], dtype="bounds")
    right = pd.Series([5, 2], index=["b", "a"])
    assert left.bounds.contains(right).tolist() == [True, True]
    assert left.bounds.hull(3).tolist() == [Bounds(1, 3), Bounds(3, 6)]
    with pytest.raises(AttributeError, match="found int64"):
        right.bounds  # noqa: B018
    with pytest.raises(TypeError, match="found str"):
        left.bounds.contains("2")


def test_an_open_end_has_no_midpoint():
    assert Bounds(1, INF).midpoint is pd.NA
    assert Bounds(1, INF).width == INF
    assert Bounds(-1.7e308, 1.7e308).width == INF
    assert Bounds(1.6e308, 1.7e308).midpoint == float(Fraction(1.6e308) / 2 + Fraction(1.7e308) / 2)


# Round trips ---------------------------------------------------------------------------------------------


@given(bounds())
def test_bounds_survive_their_text_pickling_and_copying(a):
    assert Bounds.parse(str(a)) == pickle.loads(pickle.dumps(a)) == copy.deepcopy(a) == a
    assert eval(repr(a), {"Bounds": Bounds, "inf": INF}) == a


def test_the_text_is_plain():
    assert str(Bounds(42284, INF)) == "[42284, inf]"
    assert str(Bounds(-0.5, 2**53)) == "[-0.5, 9007199254740992]"
    assert repr(Bounds(65)) == "Bounds(65, 65)"
    assert Bounds.parse(" [ 1 ,2.5] ") == Bounds(1, 2.5)


@given(columns)
def test_a_column_survives_csv_json_parquet_and_pickling(values):
    frame = pd.DataFrame({"row": range(len(values)), "x": pd.Series(values, dtype="bounds")})
    csv = pd.read_csv(io.StringIO(frame.to_csv(index=False)), dtype={"x": "bounds"})
    parquet, json = io.BytesIO(), frame["x"].to_json()
    frame.to_parquet(parquet)
    again = [csv, pd.read_parquet(parquet), pickle.loads(pickle.dumps(frame))]
    for result in [result["x"] for result in again] + [
        pd.read_json(io.StringIO(json), typ="series", dtype="bounds")
    ]:
        assert result.dtype == "bounds"
        assert result.tolist() == values


def test_other_engines_read_parquet_as_a_struct_of_the_two_ends(tmp_path):
    pd.DataFrame({"x": pd.array([Bounds(1, INF), pd.NA], dtype="bounds")}).to_parquet(tmp_path / "x.parquet")
    pa.unregister_extension_type("reported.intervals.bounds")
    try:
        column = pa.parquet.read_table(tmp_path / "x.parquet")["x"]
    finally:
        from reported.intervals.arrow import BoundsType

        pa.register_extension_type(BoundsType())
    assert column.type == pa.struct([("lower", pa.float64()), ("upper", pa.float64())])
    assert column.to_pylist() == [{"lower": 1.0, "upper": INF}, None]
    assert pd.array([Bounds(1, INF), pd.NA], dtype="bounds").equals(
        pd.Series([], dtype="bounds").dtype.__from_arrow__(column)
    )


# Columns among other columns -----------------------------------------------------------------------------

COLUMN = pd.Series([Bounds(1, 2), pd.NA, Bounds(5, INF)], dtype="bounds")


@pytest.mark.parametrize(
    "dtype", ["int64", "float64", "Int64", "Float64", "double[pyarrow]", "int64[pyarrow]"]
)
def test_columns_of_numbers_work_on_either_side(dtype):
    numbers = pd.Series([2, 3, 4], dtype=dtype)
    exact = pd.Series([Bounds(2), Bounds(3), Bounds(4)], dtype="bounds")
    for operation in [*ARITHMETIC, *ORDERS, operator.eq, operator.ne]:
        assert operation(COLUMN, numbers).equals(operation(COLUMN, exact))
        assert operation(numbers, COLUMN).equals(operation(exact, COLUMN))
        assert operation(numbers, Bounds(1, 2)).equals(operation(exact, Bounds(1, 2)))
        assert operation(Bounds(1, 2), numbers).equals(operation(Bounds(1, 2), exact))


@pytest.mark.parametrize("numbers", [[2, 3], np.array([2.0, 3.0]), pd.Index([2, 3])])
def test_arrays_of_numbers_work_on_either_side(numbers):
    column = pd.Series([Bounds(1, 2), Bounds(3, 4)], dtype="bounds")
    assert (column * numbers).tolist() == (numbers * column).tolist() == [Bounds(2, 4), Bounds(9, 12)]


@pytest.mark.parametrize("dtype", ["Float64", "double[pyarrow]"])
def test_missing_on_either_side_is_missing(dtype):
    numbers = pd.Series([pd.NA, 1, 1], dtype=dtype)
    for result in (COLUMN + numbers, numbers + COLUMN, operator.gt(COLUMN, numbers), numbers < COLUMN):
        assert result.isna().tolist() == [True, True, False]
    for missing in (pd.NA, None, math.nan):
        assert (COLUMN + missing).isna().all()
        assert operator.gt(COLUMN, missing).isna().all()
        assert Bounds(1, 2) + missing is pd.NA
    assert pd.NA - Bounds(1, 2) is pd.NA
    assert operator.gt(pd.NA, Bounds(1, 2)) is pd.NA


def test_columns_of_different_length_do_not_match():
    with pytest.raises(ValueError, match="Lengths must match: 3 rows beside 2"):
        COLUMN.array + np.array([1, 2])


def test_numbers_text_and_missing_values_become_bounds():
    column = pd.array(
        [1, 2.5, np.int64(3), Decimal(4), "[5, 6]", "7", None, math.nan, pd.NA, Bounds(8, 9)], dtype="bounds"
    )
    assert column.tolist() == [1, 2.5, 3, 4, Bounds(5, 6), 7, pd.NA, pd.NA, pd.NA, Bounds(8, 9)]
    for wrong in ([INF], np.array([1, INF])):
        with pytest.raises(ValueError, match="infinity"):
            pd.array(wrong, dtype="bounds")
    for wrong in ([True], [object()], [pd.Timestamp(0)], np.array([True])):
        with pytest.raises(TypeError, match="row 0: expected bounds or a number"):
            pd.array(wrong, dtype="bounds")


def test_bounds_become_numbers_only_where_they_are_exact():
    exact = pd.Series([Bounds(1), pd.NA], dtype="bounds")
    assert exact.astype("Int64").tolist() == [1, pd.NA]
    assert exact.astype("Float64").tolist() == [1.0, pd.NA]
    assert math.isnan(exact.astype(float)[1])
    assert exact[:1].to_numpy(dtype=int).tolist() == [1]
    assert exact.to_numpy(dtype=float, na_value=-1).tolist() == [1, -1]
    with pytest.raises(ValueError, match=r"row 2: \[5, inf\] is no single number"):
        pd.Series([Bounds(1), pd.NA, Bounds(5, INF)], dtype="bounds").astype(float)
    assert COLUMN.astype("string").tolist() == ["[1, 2]", pd.NA, "[5, inf]"]
    assert COLUMN.astype(object).tolist() == [Bounds(1, 2), pd.NA, Bounds(5, INF)]


def test_a_column_of_bounds_takes_numbers_in():
    both = pd.concat([COLUMN, pd.Series([7]), pd.Series([pd.NA], dtype="Float64")], ignore_index=True)
    assert both.dtype == "bounds"
    assert both.tolist() == [*COLUMN, 7, pd.NA]
    assert pd.concat([COLUMN, pd.Series(["text"])]).dtype == object
    changed = COLUMN.copy()
    changed[1] = 3
    changed.loc[2] = "[0, 1]"
    assert changed.fillna(0).tolist() == [Bounds(1, 2), 3, Bounds(0, 1)]


def test_pandas_finds_counts_sorts_and_joins_bounds():
    column = pd.Series([Bounds(1, 3), Bounds(1, 2), pd.NA, Bounds(1, 3), Bounds(0, INF)], dtype="bounds")
    assert column.sort_values().index.tolist() == [4, 1, 0, 3, 2]
    assert column.isin([Bounds(1, 3), "text", 5]).tolist() == [True, False, False, True, False]
    assert column.isin([pd.NA]).tolist() == [False, False, True, False, False]
    assert Bounds(1, 2) in column.array
    assert pd.NA in column.array
    assert 1 not in column.array
    assert column.value_counts().to_dict() == {Bounds(1, 3): 2, Bounds(1, 2): 1, Bounds(0, INF): 1}
    assert column.mode().tolist() == [Bounds(1, 3)]
    assert column.nunique() == 3
    assert column.describe().to_dict() == {"count": 4, "unique": 3, "top": Bounds(1, 3), "freq": 2}
    assert column.reindex([0, 9]).tolist() == [Bounds(1, 3), pd.NA]
    assert column.map(lambda b: 2 * b).tolist() == (2 * column).tolist()
    assert column.map(str).dtype == "str"
    left, right = pd.DataFrame({"x": column, "a": range(5)}), pd.DataFrame({"x": column[:2], "b": "yz"[:1]})
    assert left.merge(right, on="x")["a"].tolist() == [0, 1, 3]
    assert column.array.searchsorted(Bounds(1, 2), sorter=column.argsort()) == 1


# Many rows into one --------------------------------------------------------------------------------------


def encloses(result, terms):
    """Whether a sum holds the exact sum; where a partial sum may overflow, an infinite end is no fault."""
    lower, upper = exact_sum([b.lower for b in terms]), exact_sum([b.upper for b in terms])
    return result.lower <= lower and upper <= result.upper


def exact_sum(ends):
    infinite = [
        x for x in ends if math.isinf(x)
    ]  # apart: Python would turn the fractions beside it into floats
    return infinite[0] if infinite else sum(map(Fraction, ends), Fraction(0))


@given(st.lists(bounds(), max_size=60))
@example([Bounds(0, 1e300), Bounds(0, 1.7976931348623157e308), Bounds(0, INF)])
def test_sums_enclose(values):
    column = pd.Series(values, dtype="bounds")
    grouped = column.groupby([0] * len(values)).sum()
    for total in [column.sum(), *grouped, *column.cumsum()[-1:]]:
        assert encloses(total, values)


@given(st.lists(st.tuples(st.integers(-(2**40), 2**40), st.integers(0, 2**40)), max_size=100))
def test_sums_of_whole_numbers_are_exact(values):
    column = pd.Series(BoundsArray.from_arrays([low for low, _ in values], [low + up for low, up in values]))
    exact = Bounds(sum(low for low, _ in values), sum(low + up for low, up in values))
    assert column.sum() == exact
    assert column.groupby([0] * len(values)).sum().tolist() == [exact] * bool(values)


def test_a_sum_widens_by_a_few_units_in_the_last_place():
    column = pd.Series(np.full(10**6, 0.1), dtype="bounds")
    exact = Fraction(0.1) * 10**6
    assert column.sum().lower < exact < column.sum().upper
    assert column.sum().width < 40 * math.ulp(1e5)


def test_missing_rows_are_passed_over_or_make_the_result_missing():
    assert COLUMN.sum() == Bounds(6, INF)
    assert COLUMN.mean() == Bounds(3, INF)
    assert COLUMN.min() == Bounds(1, 2)
    assert COLUMN.max() == Bounds(5, INF)
    assert COLUMN.count() == 2
    for name in ("sum", "mean", "min", "max"):
        assert getattr(COLUMN, name)(skipna=False) is pd.NA
    assert COLUMN.sum(min_count=3) is pd.NA
    empty = COLUMN[:0]
    assert empty.sum() == Bounds(0)
    assert [empty.mean(), empty.min(), empty.max()] == [pd.NA] * 3
    assert COLUMN.cumsum().tolist() == [Bounds(1, 2), pd.NA, Bounds(6, INF)]
    assert COLUMN.cumsum(skipna=False).tolist() == [Bounds(1, 2), pd.NA, pd.NA]
    with pytest.raises(TypeError, match="median"):
        COLUMN.median()
    with pytest.raises(TypeError, match="quantile"):
        COLUMN.quantile(0.5)


@pytest.mark.parametrize("how", ["sum", "mean", "min", "max"])
@pytest.mark.parametrize("skipna", [True, False])
@given(
    values=st.lists(st.tuples(st.sampled_from(["a", "b", None]), bounds_or_missing), min_size=1, max_size=30)
)
def test_groups_are_what_their_rows_are(how, skipna, values):
    frame = pd.DataFrame(
        {"key": [key for key, _ in values], "x": pd.Series([x for _, x in values], dtype="bounds")}
    )
    result = getattr(frame.groupby("key")["x"], how)(skipna=skipna)
    assert result.dtype == "bounds"
    for key, found in result.items():
        alone = getattr(frame["x"][frame["key"] == key], how)(skipna=skipna)
        if how in ("sum", "mean") and alone is not pd.NA:  # summed in another order: both enclose
            assert compatible(found, alone)
        else:
            assert found is alone or found == alone


def test_rows_and_tables_add_up():
    frame = pd.DataFrame({"k": [1, 1, 2], "x": COLUMN, "y": 2 * COLUMN})
    assert frame[["x", "y"]].sum(axis=1).tolist() == [Bounds(3, 6), Bounds(0), Bounds(15, INF)]
    assert frame.groupby("k").sum()["y"].tolist() == [Bounds(2, 4), Bounds(10, INF)]
    assert frame.groupby("k")["x"].transform("sum").tolist() == [Bounds(1, 2), Bounds(1, 2), Bounds(5, INF)]
    assert frame.groupby("k")["x"].agg(["min", "count"]).loc[1].tolist() == [Bounds(1, 2), 1]
    assert sum([Bounds(1, 2), Bounds(3, 4)]) == Bounds(4, 6)


def test_a_column_takes_no_more_memory_than_its_ends():
    assert pd.Series(np.zeros(1000), dtype="bounds").memory_usage(index=False) == 2 * np.zeros(1000).nbytes


# What mutants of the code showed to be untested --------------------------------------------------------------

HOLED = pd.array([Bounds(1, 2), pd.NA, Bounds(1, 2), Bounds(3)], dtype="bounds")


def test_bounds_that_begin_alike_hash_apart():
    assert len({hash(Bounds(1, upper)) for upper in range(1, 100)}) == 99


def test_missing_values_are_passed_over_unless_asked_for():
    assert (HOLED.sum(), HOLED.mean()) == (Bounds(5, 7), Bounds(5, 7) / 3)
    assert (HOLED.min(), HOLED.max()) == (Bounds(1, 2), Bounds(3))
    assert HOLED[:0].sum() == Bounds(0)
    assert HOLED.value_counts().to_dict() == {Bounds(1, 2): 2, Bounds(3): 1}
    assert HOLED.value_counts().name == "count"
    assert HOLED.value_counts(dropna=False).sum() == 4
    assert list(HOLED.unique()) == [Bounds(1, 2), pd.NA, Bounds(3)]
    assert pd.Series(HOLED).mode().tolist() == [Bounds(1, 2)]
    mostly_missing = pd.Series([pd.NA, pd.NA, Bounds(3)], dtype="bounds")
    assert mostly_missing.mode().tolist() == [Bounds(3)]
    assert mostly_missing.mode(dropna=False).tolist() == [pd.NA]
    assert pd.Series(HOLED).cumsum().tolist() == [Bounds(1, 2), pd.NA, Bounds(2, 4), Bounds(5, 7)]
    assert pd.Series(HOLED).cummax().tolist() == [Bounds(1, 2), pd.NA, Bounds(1, 2), Bounds(3)]
    late = pd.Series([pd.NA, Bounds(-3, -2)], dtype="bounds")
    assert late.cummax().tolist() == [pd.NA, Bounds(-3, -2)]


def test_what_is_no_bounds_equals_none_and_a_missing_one_stays_missing():
    column = HOLED
    for other in ("text", object(), ["a", "b", "c", "d"]):
        found = column == other
        assert found.tolist() == [False, pd.NA, False, False]
        assert found.dtype == "boolean"
    assert (column == column[[0, 0, 1, 3]]).tolist() == [True, pd.NA, pd.NA, True]


def test_numpy_gets_the_dtype_that_it_asks_for():
    exact = pd.array([Bounds(1), Bounds(2)], dtype="bounds")
    for dtype in ("int64", "uint8", "float32", "float64"):
        assert np.asarray(exact, dtype=dtype).dtype == dtype
        assert exact.to_numpy(dtype=dtype).dtype == dtype
    assert np.asarray(exact).dtype == object
    assert np.asarray(exact, dtype=str).dtype.kind == "U"


def test_arrow_keeps_what_is_missing_and_what_it_is():
    arrow = pa.array(HOLED)
    assert arrow.null_count == 1
    assert arrow.type.extension_name == "reported.intervals.bounds"
    assert [arrow.storage.field(end).null_count for end in ("lower", "upper")] == [1, 1]
    for form in (arrow, pa.chunked_array([arrow[:2], arrow[2:]])):
        back = HOLED.dtype.__from_arrow__(form)
        assert back.tolist() == HOLED.tolist()


def test_the_accessor_keeps_index_and_name():
    column = pd.Series(HOLED, index=list("abcd"), name="x")
    for found in (column.bounds.lower, column.bounds.upper, column.bounds.width, column.bounds.midpoint):
        assert list(found.index) == list("abcd")
        assert found.name == "x"


def test_one_value_is_searched_for_as_one():
    ordered = pd.array([Bounds(1), Bounds(2), Bounds(3)], dtype="bounds")
    assert np.ndim(ordered.searchsorted(Bounds(2))) == 0
    assert np.ndim(ordered.searchsorted(ordered[:1])) == 1


def test_a_number_in_an_array_without_rows_is_a_number():
    assert Bounds(1, 2) + np.array(3) == Bounds(4, 5)


def test_zero_has_no_sign():
    ends = np.array([-0.0, -0.0]), np.array([-0.0, 1.0])
    assert BoundsArray.from_arrays(*ends).astype(str).tolist() == ["[0, 0]", "[0, 1]"]
    # rounded down, 1 − 1 is −0: it must neither be shown nor turn the infinity of what is divided by it
    steps = pd.Series([Bounds(1), Bounds(-1, 4)], dtype="bounds")
    for total in (steps.cumsum()[1:], steps.groupby([0, 0]).sum()):
        assert total.map(str).tolist() == ["[0, 5]"]
        assert (1 / total).tolist() == [Bounds(math.nextafter(0.2, 0), INF)]
    for unsigned in (abs(-steps * 0), -(steps * 0)):
        assert unsigned.map(str).tolist() == ["[0, 0]", "[0, 0]"]


def test_copies_are_made_where_they_are_asked_for():
    array = pd.array([Bounds(1), Bounds(2)], dtype="bounds")
    for same in (pd.array(array, dtype="bounds", copy=False), array.astype("bounds", copy=False)):
        assert np.shares_memory(same._lower, array._lower)
    assert np.shares_memory(BoundsArray._from_sequence(array)._lower, array._lower)
    assert not np.shares_memory(BoundsArray._from_sequence(array, copy=True)._lower, array._lower)
    for copied in (pd.array(array, dtype="bounds", copy=True), array.astype("bounds")):
        copied[0] = 7
        assert array[0] == Bounds(1)


def test_missing_means_missing_at_both_ends():
    column = pd.Series(HOLED)
    for found in (column.cumsum(), column.cummin(), column.groupby([0, 1, 2, 2]).max(), column + 1):
        assert found.isna().any()
        assert (
            found.isna().tolist() == found.bounds.lower.isna().tolist() == found.bounds.upper.isna().tolist()
        )


def test_a_group_is_missing_for_too_few_rows_and_for_a_missing_one():
    column = pd.Series([Bounds(1), Bounds(2), Bounds(3), pd.NA, Bounds(4), Bounds(5)], dtype="bounds")
    groups = column.groupby(["few", "enough", "enough", "holed", "holed", "holed"], sort=False)
    assert groups.sum(min_count=2).tolist() == [pd.NA, Bounds(5), Bounds(9)]
    assert groups.sum(min_count=2, skipna=False).tolist() == [pd.NA, Bounds(5), pd.NA]
    assert groups.sum(skipna=False).tolist() == [Bounds(1), Bounds(5), pd.NA]


@pytest.mark.parametrize("name", ["prod", "median", "std", "var", "sem", "skew"])
def test_what_bounds_have_no_rule_for_is_refused_in_groups_too(name):
    column = pd.Series([Bounds(1, 2), Bounds(3), Bounds(4)], dtype="bounds")
    with pytest.raises(TypeError):
        getattr(column.groupby([0, 0, 1]), name)()


@pytest.mark.parametrize("dtype", ["Int64", "int64[pyarrow]", "UInt64"])
def test_long_whole_numbers_beside_a_missing_one_are_enclosed(dtype):
    number = 2**62 + 1
    found = pd.Series(pd.array([number, None], dtype=dtype)).astype("bounds")
    assert (found[0].lower, found[0].upper) == (2.0**62, math.nextafter(2.0**62, INF))
    assert found[1] is pd.NA


def test_truth_is_no_number_to_stand_beside_bounds():
    column = pd.Series([Bounds(1, 2)], dtype="bounds")
    truth = pd.Series([True], dtype="boolean")
    assert pd.concat([column, truth]).dtype == object
    assert pd.concat([column, truth.astype("Int64")]).dtype == "bounds"


def test_text_is_read_as_bounds_but_not_as_an_end():
    assert pd.array(["[1, 2]"], dtype="bounds")[0] == Bounds(1, 2)
    with pytest.raises(TypeError, match=r"row 0: expected bounds or a number, found '\[1, 1\]'"):
        BoundsArray.from_arrays(["[1, 1]"], ["[2, 2]"])


def test_a_function_of_each_row_gives_the_dtype_of_its_results():
    column = pd.Series(HOLED)
    missing_or = column.map(lambda b: b if b is pd.NA else b.lower)
    assert missing_or.tolist() == [1.0, pd.NA, 1.0, 3.0]
    assert missing_or.dtype == "Float64"
    assert column.map(lambda b: b if b is pd.NA else b.is_exact).dtype == "boolean"
    assert column.map(lambda b: b if b is pd.NA else b + 1).dtype == "bounds"
    assert column.map(str).dtype in ("object", "str")


@pytest.mark.parametrize("dtype", ["int64", "Int64", "int64[pyarrow]", "uint8", "UInt8", "int8"])
def test_no_dtype_changes_a_number_without_a_word(dtype):
    whole = pd.Series([Bounds(1), Bounds(127)], dtype="bounds")
    assert whole.astype(dtype).tolist() == [1, 127]
    wrong = [0.5, 1e20, 2.0**63] + ([] if "64" in dtype else [256, -129]) + ([-1] if dtype[0] in "uU" else [])
    for number in wrong:
        column = pd.Series([Bounds(1), Bounds(number)], dtype="bounds")
        with pytest.raises(ValueError, match=r"^row 1: \[.*\] is no \S+; round"):
            column.astype(dtype)
        with pytest.raises(ValueError, match=r"^row 1: "):
            np.asarray(column, dtype="uint8")
    assert pd.Series([Bounds(0.5)], dtype="bounds").astype("float32")[0] == 0.5
    assert pd.Series([Bounds(-(2.0**63))], dtype="bounds").astype("int64")[0] == -(2**63)
    assert pd.Series([Bounds(3), pd.NA], dtype="bounds").astype("Int64").tolist() == [3, pd.NA]


def test_what_bounds_know_nothing_of_may_not_stand_on_either_side():
    for operation in ARITHMETIC:
        for operands in ((HOLED, object()), (object(), HOLED)):
            with pytest.raises(TypeError, match="unsupported operand"):
                operation(*operands)
