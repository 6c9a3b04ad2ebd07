"""Columns of bounds: arithmetic, order, sums and groups enclose the exact results, as tightly as stated."""

import math
import operator
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reported.intervals import Bounds, BoundsArray, compatible
from reported.intervals.ends import BLOCK
from tests.intervals.strategies import (
    ARITHMETIC,
    INF,
    ORDERS,
    bounds,
    bounds_or_missing,
    columns,
    exact_ends,
    is_tightest,
    members,
    pairs,
    parts,
)

HOLED = pd.array([Bounds(1, 2), pd.NA, Bounds(1, 2), Bounds(3)], dtype="bounds")


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
@given(data=st.data(), a=bounds(), b=bounds())
def test_narrower_operands_give_a_result_inside(operation, data, a, b):
    inner_a, inner_b = data.draw(parts(a)), data.draw(parts(b))
    wide, narrow = (operation(pd.Series([x], dtype="bounds"), y)[0] for x, y in ((a, b), (inner_a, inner_b)))
    assert narrow is pd.NA or wide.contains(narrow)


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


def test_no_result_has_a_negative_zero():
    zero = pd.Series([Bounds(-0.0), Bounds(-0.0, 0.0), Bounds(0, 2)], dtype="bounds")
    for column in (zero, zero - zero, zero * -1, zero / -1, -zero, abs(-zero), zero.cumsum()):
        assert "-0" not in [repr(end).removesuffix(".0") for b in column for end in (b.lower, b.upper)]


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
