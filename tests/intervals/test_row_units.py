"""A column of bounds keeps the unit of each row, and sets no unlike units beside each other."""

import io
import operator
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.intervals import Bounds, BoundsArray, hull, intersection
from reported.intervals.units import UnitError
from tests.intervals.strategies import ARITHMETIC, ORDERS

UNITS = ("", "person", "kilometre", "metre", "percent", "day", "number")
small = st.integers(-9, 9)
rows = st.builds(
    lambda a, b, unit: Bounds(min(a, b), max(a, b), unit=unit), small, small, st.sampled_from(UNITS)
)
rows_or_missing = rows | st.just(pd.NA)
columns = st.lists(rows_or_missing, min_size=1, max_size=6)
pairs = st.lists(st.tuples(rows_or_missing, rows_or_missing), min_size=1, max_size=6)


def column(values):
    return pd.Series(values, dtype="bounds")


def outcome(function, *values):
    """What a function returns, or the class of error that it raises."""
    try:
        return function(*values)
    except (UnitError, ZeroDivisionError) as error:
        return type(error)


def encloses(found, exact):
    """Whether a row of a column says what exact bounds say: the same unit, and ends as near as float64 has them."""
    if exact is pd.NA or isinstance(exact, bool):
        return found is exact
    return found.unit == exact.unit and exact in found and found.width - exact.width < 1e-6


@pytest.mark.parametrize("operation", [*ARITHMETIC, *ORDERS])
@given(pairs)
def test_a_column_does_row_by_row_what_bounds_do(operation, pairs):
    left, right = (column(values) for values in zip(*pairs, strict=True))
    exact = [outcome(operation, a, b) for a, b in pairs]
    found = outcome(operation, left, right)
    if UnitError in exact or found is UnitError:
        assert found is UnitError
        assert UnitError in exact or any(a is pd.NA or b is pd.NA for a, b in pairs)
        return
    for value, expected in zip(found.tolist(), exact, strict=True):
        assert expected is ZeroDivisionError or encloses(value, expected)


@given(columns, rows)
def test_one_number_beside_a_column_is_beside_each_row(values, number):
    for operation in (operator.add, operator.sub, operator.gt):
        exact = [outcome(operation, value, number) for value in values]
        found = outcome(operation, column(values), number)
        assert found is UnitError if UnitError in exact else all(map(encloses, found.tolist(), exact))


REDUCTIONS = {
    "sum": lambda values: sum(values[1:], values[0]),
    "mean": lambda values: sum(values[1:], values[0]) / len(values),
    "min": lambda values: hull(*values),
    "max": lambda values: hull(*values),
    "cumsum": lambda values: sum(values[1:], values[0]),
    "cummax": lambda values: hull(*values),
}


@pytest.mark.parametrize("name", REDUCTIONS)
@given(st.lists(rows, min_size=1, max_size=6), st.sampled_from([0, 1]))
def test_rows_of_unlike_units_are_never_put_together(name, values, key):
    exact = outcome(REDUCTIONS[name], values)
    alike = [value.unit for value in values if value.unit]
    by_group = column([*values, pd.NA]).groupby([key] * len(values) + [key])
    functions = [lambda: getattr(column(values), name)(), lambda: getattr(by_group, name)()]
    for function in functions[: 1 if name.startswith("cum") else 2]:
        found = outcome(function)
        assert (found is UnitError) == (exact is UnitError)
        if found is not UnitError:
            last = found if isinstance(found, Bounds) else found.dropna().iloc[-1]
            assert last.unit == (alike or [""])[0]
            assert name not in ("sum", "mean", "cumsum") or encloses(last, exact)


def test_each_group_has_its_unit():
    values = column(
        [Bounds(1, unit="km"), Bounds(2, unit="people"), Bounds(500, unit="m"), Bounds(3, unit="people")]
    )
    found = values.groupby([0, 1, 0, 1]).sum()
    assert found.tolist() == [Bounds(1.5, unit="km"), Bounds(5, unit="people")]
    assert found.bounds.unit.tolist() == ["kilometre", "person"]
    assert values.groupby(values.bounds.unit).sum().tolist() == [
        *values[:1],
        *values[2:3],
        Bounds(5, unit="person"),
    ]
    with pytest.raises(
        UnitError, match=r"row 0, \[1, 1\] \(kilometre\) cannot be added to row 1, \[2, 2\] \(person\)"
    ):
        values.sum()
    with pytest.raises(UnitError, match=r"groupby\(column\.bounds\.unit\)"):
        values.groupby([0, 0, 1, 1]).mean()


MIXED = column([Bounds(1, 2, unit="km"), pd.NA, Bounds(3, unit="people"), 4, Bounds(5, unit="people")])
PEOPLE = column([Bounds(1, 2, unit="people"), pd.NA, Bounds(3, unit="people")])


def same_rows(found, expected):
    """The same bounds in the same units: `==` takes a plain number for one of any unit."""
    return list(map(str, found)) == list(map(str, expected))


@given(columns)
def test_units_survive_csv_json_parquet_arrow_and_pickling(values):
    frame = pd.DataFrame({"row": range(len(values)), "x": column(values)})
    csv = pd.read_csv(io.StringIO(frame.to_csv(index=False)), dtype={"x": "bounds"})
    parquet = io.BytesIO()
    frame.to_parquet(parquet)
    json = pd.read_json(io.StringIO(frame["x"].to_json()), typ="series", dtype="bounds")
    for found in (
        csv["x"],
        json,
        pd.read_parquet(parquet)["x"],
        pickle.loads(pickle.dumps(frame))["x"],
        frame["x"].array.dtype.__from_arrow__(frame["x"].array.__arrow_array__()),
        pd.array(frame["x"].astype(object), dtype="bounds"),
        frame["x"].copy(),
    ):
        assert same_rows(found, values)


@given(columns, columns)
def test_whatever_moves_rows_moves_their_units(one, other):
    left, right = column(one), column(other)
    assert same_rows(pd.concat([left, right]), [*one, *other])
    assert same_rows(left.iloc[::-1], one[::-1])
    assert same_rows(left.reindex([*range(len(one)), -1]), [*one, pd.NA])
    assert same_rows(left.shift(1), [pd.NA, *one[:-1]])
    assert same_rows(left[left.notna()], [value for value in one if value is not pd.NA])
    assert same_rows(left.where(left.isna()), [pd.NA] * len(one))
    assert same_rows(left.repeat(2), [value for value in one for _ in range(2)])
    assert same_rows(left.drop_duplicates(), dict.fromkeys(map(str, one)))
    assert sum(left.value_counts(dropna=False)) == len(one)
    assert set(map(str, left.unique())) == set(map(str, one))


def test_rows_are_grouped_and_joined_by_number_and_unit():
    mixed = pd.DataFrame(
        {"x": column([Bounds(3, unit="people"), Bounds(3), Bounds(5, unit="km")]), "a": [1, 2, 3]}
    )
    assert mixed.groupby("x", sort=False)["a"].sum().tolist() == [1, 2, 3]
    for keys, found in (([Bounds(3, unit="km")], []), ([Bounds(3)], [1]), ([Bounds(3, unit="people")], [1])):
        right = pd.DataFrame({"x": column(keys)})
        assert mixed[:1].merge(right, on="x")["a"].tolist() == found
    for keys, found in (([Bounds(3, unit="km")], []), ([Bounds(3)], [2]), ([Bounds(3, unit="people")], [1])):
        assert mixed.merge(pd.DataFrame({"x": column(keys)}), on="x")["a"].tolist() == found


@pytest.mark.parametrize("how", ["inner", "left", "right", "outer"])
def test_columns_of_mixed_units_are_merged_and_joined(how):
    one = [Bounds(1, unit="people"), Bounds(5, unit="km"), Bounds(5, unit="km"), Bounds(2, unit="people")]
    other = [Bounds(5, unit="people"), Bounds(5, unit="km"), Bounds(7, unit="kg")]
    left = pd.DataFrame({"x": column(one), "a": range(4), "b": 0})
    right = pd.DataFrame({"x": column(other), "c": range(3), "b": 0})
    words = [frame.assign(x=frame["x"].astype("str")) for frame in (left, right)]
    for keys in ("x", ["x", "b"]):
        found, expected = left.merge(right, on=keys, how=how), words[0].merge(words[1], on=keys, how=how)
        found["x"] = found["x"].astype("str")
        order = [*(["x", "b"] if keys == "x" else keys), "a", "c"]
        order = [name for name in order if name in expected]
        assert (
            found.sort_values(order).astype("str").values.tolist()
            == expected.sort_values(order).astype("str").values.tolist()
        )
    carried = left[["a", "x"]].merge(right[["c", "x"]].set_axis(["a", "y"], axis=1), on="a", how=how)
    assert set(carried["x"].dropna().astype("str")) <= set(map(str, one))
    assert set(carried["y"].dropna().astype("str")) <= set(map(str, other))


def test_rows_of_another_unit_fill_the_keys_of_an_outer_join():
    for one, other in ((PEOPLE, column([Bounds(5, unit="km")])), (column([1, 9]), column([pd.NA, 5]))):
        left, right = (pd.DataFrame({"x": values, "a": 1}) for values in (one, other))
        found = left.merge(right, on=["x", "a"], how="outer")
        assert set(map(str, found["x"])) == {*map(str, one), *map(str, other)}


def test_a_row_that_is_set_to_a_plain_number_keeps_its_unit():
    """Alone as among others, by each of pandas' ways."""
    mixed = column([Bounds(1, 2, unit="people"), Bounds(5, unit="km"), 4, pd.NA])
    for row, unit in enumerate(("person", "kilometre", "", "")):
        by_place, by_label = mixed.copy(), pd.DataFrame({"x": mixed})
        by_place[row] = 9
        by_label.loc[row, "x"] = 9
        for found in (by_place, by_label["x"]):
            assert same_rows(found[[row]], [Bounds(9, unit=unit)])
    assert mixed.clip(upper=1).bounds.unit[:2].tolist() == ["person", "kilometre"]
    assert same_rows(mixed.replace(mixed[1], 3)[1:2], [Bounds(3, unit="km")])
    mixed[0:4] = [Bounds(1, unit="people"), Bounds(1, unit="km"), Bounds(1, unit="day"), Bounds(1, unit="kg")]
    assert mixed.bounds.unit.tolist() == ["person", "kilometre", "day", "kilogram"]


@pytest.mark.parametrize("name", ["lower", "upper", "width", "midpoint"])
def test_ends_become_plain_numbers_in_one_unit_alone(name):
    """Without the unit beside each, their sum would be of people and kilometres."""
    for mixed in (MIXED, column([Bounds(1, unit="km"), Bounds(500, unit="m")])):
        with pytest.raises(
            UnitError, match=r"kilometre and (person|metre), .*\.bounds\.to.*\.bounds\.frame\(\)"
        ):
            getattr(mixed.bounds, name)
        with pytest.raises(UnitError):
            mixed.bounds.plot()
        assert mixed.bounds.frame()["lower"].equals(column(mixed.tolist()).bounds.frame()["lower"])
    for one in (
        MIXED[1:].bounds,
        column([Bounds(1, unit="km"), Bounds(500, unit="m")]).bounds.to("m").bounds,
        MIXED[:0].bounds,
    ):
        assert getattr(one, name).dtype == "Float64"


def test_no_rows_of_a_column_of_mixed_units_add_up_to_nought():
    none = MIXED[:0]
    assert (none.sum(), none.min(), len(none.sort_values())) == (Bounds(0), pd.NA, 0)


def test_rows_take_numbers_of_their_unit_alone():
    assert same_rows(PEOPLE.fillna(0), [Bounds(1, 2, unit="people"), Bounds(0, unit="people"), PEOPLE[2]])
    assert same_rows(PEOPLE.where([False, False, True], 7), [Bounds(7, unit="people")] * 2 + [PEOPLE[2]])
    for wrong in (
        lambda: PEOPLE.fillna(Bounds(5, unit="km")),
        lambda: PEOPLE.where([True, True, False], Bounds(5, unit="km")),
        lambda: column([1, pd.NA]).fillna(Bounds(5, unit="km")),
        lambda: MIXED.where([False, True, True, True, True], Bounds(5, unit="people")),
    ):
        with pytest.raises(UnitError, match="kilometre"):
            wrong()
    lengths = column([Bounds(1, unit="km"), pd.NA])
    assert same_rows(lengths.fillna(Bounds(500, unit="m")), ["[1, 1] kilometre", "[0.5, 0.5] kilometre"])
    filled = MIXED.fillna(Bounds(9, unit="day"))
    assert filled.bounds.unit.fillna("").tolist() == ["kilometre", "day", "person", "", "person"]


def test_orders_of_rows_of_unlike_units_are_refused():
    for wrong in (
        lambda: MIXED.sort_values(),
        lambda: MIXED.argsort(),
        lambda: MIXED.idxmax(),
        lambda: MIXED.rank(),
        lambda: MIXED.array.searchsorted(Bounds(3, unit="km")),
        lambda: PEOPLE.dropna().array.searchsorted(Bounds(3, unit="km")),
        lambda: PEOPLE.bounds.clip(Bounds(3, unit="km")),
        lambda: PEOPLE.bounds.hull(Bounds(3, unit="km")),
        lambda: PEOPLE.bounds.intersection(MIXED[:3]),
        lambda: PEOPLE.bounds.compatible(Bounds(3, unit="km")),
        lambda: PEOPLE.bounds.contains(Bounds(3, unit="km")),
        lambda: PEOPLE.bounds.to("km"),
        lambda: hull(MIXED.dropna()),
        lambda: intersection(MIXED.dropna()),
        lambda: Bounds(3, unit="km") in Bounds(1, 5, unit="people"),
        lambda: PEOPLE.between(Bounds(1, unit="km"), 5),
    ):
        with pytest.raises(UnitError):
            wrong()
    lengths = column([Bounds(1, unit="km"), Bounds(500, unit="m")])
    assert lengths.sort_values().index.tolist() == [1, 0]
    assert lengths.idxmax() == 0
    assert lengths.array.searchsorted(Bounds(700, unit="m"), sorter=[1, 0]) == 1


def test_equal_are_the_same_bounds_in_the_same_unit():
    assert (Bounds(3, unit="people") == PEOPLE).tolist() == [False, pd.NA, True]
    assert (Bounds(3, unit="km") == PEOPLE).tolist() == [False, pd.NA, False]
    assert (PEOPLE == 3).tolist() == [False, pd.NA, True]
    assert MIXED.isin([Bounds(3, unit="km"), Bounds(5, unit="people")]).tolist() == [False] * 4 + [True]
    assert MIXED.nunique() == 4
    assert Bounds(3, unit="people") != Bounds(3, unit="km")
    assert hash(Bounds(3, unit="people")) == hash(Bounds(3))


def test_a_column_prints_its_units_and_says_them():
    assert repr(MIXED).split("\n")[:5] == [
        "0    1 to 2 kilometres",
        "1                 <NA>",
        "2             3 people",
        "3                    4",
        "4             5 people",
    ]
    assert MIXED.bounds.unit.fillna("").tolist() == ["kilometre", "", "person", "", "person"]
    share = column([Bounds(45, unit="percent"), Bounds(2, unit="percentage point"), Bounds(3, unit="GBP")])
    assert [line[5:].strip() for line in repr(share).split("\n")[:3]] == ["45%", "2 percentage points", "£3"]
    given_unit = column([1, Bounds(2)]).bounds.to("people")
    assert given_unit.bounds.unit.tolist() == ["person", "person"]


def test_a_column_of_one_unit_takes_no_more_memory_than_its_ends():
    people = pd.Series(BoundsArray.from_arrays(np.zeros(1000), np.ones(1000), "person"))
    assert people.memory_usage(index=False) == 2 * np.zeros(1000).nbytes
    assert pd.concat([people, people]).array._units.codes is None


def test_as_many_units_as_rows_are_needed():
    with pytest.raises(ValueError, match="as many units as rows are needed, found 1 and 2"):
        BoundsArray.from_arrays([1, 2], [1, 2], ["person"])
    with pytest.raises(TypeError, match="unit is 5, expected text"):
        Bounds(1, unit=5)


@given(rows, rows)
def test_bounds_with_a_unit_are_written_and_read_as_they_are(a, b):
    for made in (a, outcome(operator.mul, a, b), outcome(operator.truediv, a, b)):
        if isinstance(made, Bounds):
            assert str(Bounds.parse(str(made))) == str(made)
            assert str(pickle.loads(pickle.dumps(made))) == str(made)
            assert repr(eval(repr(made), {"Bounds": Bounds, "inf": float("inf")})) == repr(made)
