"""Columns of bounds in pandas do what pandas users expect of a column."""

import io
import math
import operator
import pickle
import subprocess
import sys
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from reported.intervals import Bounds, BoundsArray, compatible, hull, intersection
from tests.intervals.strategies import ARITHMETIC, INF, ORDERS, bounds, columns, ends, same


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


VERDICTS = [True, False, pd.NA]


def test_verdicts_combine_as_pandas_boolean_does():
    verdicts = pd.Series([Bounds(3, 4), Bounds(0, 1), Bounds(1, 3)], dtype="bounds") > 2
    assert verdicts.tolist() == VERDICTS
    assert (~verdicts).tolist() == [False, True, pd.NA]
    assert (verdicts | True).all()
    assert not (verdicts & False).any()


def test_undetermined_is_kept_apart_from_missing():
    column = pd.Series([Bounds(1, 3), pd.NA], dtype="bounds")
    assert (column > 2).isna().tolist() == [True, True]
    assert column.isna().tolist() == [False, True]


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
    with pytest.raises(ValueError, match=r"row 2: \[5, inf\] is not a single number"):
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


def test_rows_and_tables_add_up():
    frame = pd.DataFrame({"k": [1, 1, 2], "x": COLUMN, "y": 2 * COLUMN})
    assert frame[["x", "y"]].sum(axis=1).tolist() == [Bounds(3, 6), Bounds(0), Bounds(15, INF)]
    assert frame.groupby("k").sum()["y"].tolist() == [Bounds(2, 4), Bounds(10, INF)]
    assert frame.groupby("k")["x"].transform("sum").tolist() == [Bounds(1, 2), Bounds(1, 2), Bounds(5, INF)]
    assert frame.groupby("k")["x"].agg(["min", "count"]).loc[1].tolist() == [Bounds(1, 2), 1]
    assert sum([Bounds(1, 2), Bounds(3, 4)]) == Bounds(4, 6)


def test_a_column_takes_no_more_memory_than_its_ends():
    assert pd.Series(np.zeros(1000), dtype="bounds").memory_usage(index=False) == 2 * np.zeros(1000).nbytes


HOLED = pd.array([Bounds(1, 2), pd.NA, Bounds(1, 2), Bounds(3)], dtype="bounds")


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


def test_one_value_is_searched_for_as_one():
    ordered = pd.array([Bounds(1), Bounds(2), Bounds(3)], dtype="bounds")
    assert np.ndim(ordered.searchsorted(Bounds(2))) == 0
    assert np.ndim(ordered.searchsorted(ordered[:1])) == 1


def test_copies_are_made_where_they_are_asked_for():
    array = pd.array([Bounds(1), Bounds(2)], dtype="bounds")
    for shared in (pd.array(array, dtype="bounds", copy=False), array.astype("bounds", copy=False)):
        assert np.shares_memory(shared._lower, array._lower)
    assert np.shares_memory(BoundsArray._from_sequence(array)._lower, array._lower)
    assert not np.shares_memory(BoundsArray._from_sequence(array, copy=True)._lower, array._lower)
    for copied in (pd.array(array, dtype="bounds", copy=True), array.astype("bounds")):
        copied[0] = 7
        assert array[0] == Bounds(1)


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
        with pytest.raises(ValueError, match=r"^row 1: \[.*\] cannot be \S+; round"):
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


def test_a_name_from_the_package_makes_pandas_know_the_dtype():
    code = "from reported.intervals import Bounds; import pandas as pd; pd.Series(['[1, 2]'], dtype='bounds').bounds"
    subprocess.run([sys.executable, "-c", code], check=True)


@given(columns)
def test_a_column_is_one_argument_to_hull_intersection_and_compatible(values):
    column = pd.Series(values, dtype="bounds")
    for function in (hull, intersection, compatible):
        expected = function(*values)
        for form in (column, column.array, values, pd.Index(column)):
            assert same(function(form), expected)


def test_what_is_no_column_of_bounds_has_no_hull():
    for wrong, error in (
        ([1, INF], "row 1: no number lies in"),
        (["text"], "expected bounds"),
        (np.zeros((2, 2)), "one dimension"),
    ):
        with pytest.raises((ValueError, TypeError), match=error):
            hull(wrong)


def test_hull_aggregates_groups_and_tables():
    frame = pd.DataFrame(
        {"key": ["a", "b", "a", "c", "c"], "x": [Bounds(1, 2), Bounds(3), 5, Bounds(0, INF), pd.NA]}
    ).astype({"x": "bounds"})
    expected = pd.Series(
        [Bounds(1, 5), Bounds(3), pd.NA],
        index=pd.Index(["a", "b", "c"], name="key"),
        dtype="bounds",
        name="x",
    )
    pd.testing.assert_series_equal(frame.groupby("key")["x"].agg(hull), expected)
    pd.testing.assert_series_equal(frame.groupby("key").agg({"x": hull})["x"], expected)
    assert frame.groupby("key")["x"].agg([hull, "count"]).loc["a"].tolist() == [Bounds(1, 5), 2]
    assert frame["x"][:3].agg(hull) == Bounds(1, 5)


def test_between_is_three_valued():
    column = pd.Series([Bounds(1, 2), Bounds(1, 9), Bounds(8, 9), pd.NA], dtype="bounds")
    assert column.between(0, 5).tolist() == [True, pd.NA, False, pd.NA]
    assert column.between(1, 2, inclusive="neither").tolist() == [pd.NA, pd.NA, False, pd.NA]


def test_describe_counts_as_for_any_column_that_is_not_one_number_a_row():
    found = pd.DataFrame({"x": COLUMN, "n": [1, 2, 3]}).describe(include="all")["x"].dropna()
    assert found.to_dict() == {"count": 2, "unique": 2, "top": Bounds(1, 2), "freq": 1}
