"""What `series.bounds` offers is what bounds offer of themselves."""

import contextlib
import io
import sqlite3
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.intervals import Bounds, compatible, hull, intersection
from tests.intervals.strategies import INF, bounds, ends, members, pairs

HOLED = pd.array([Bounds(1, 2), pd.NA, Bounds(1, 2), Bounds(3)], dtype="bounds")


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


def test_the_accessor_keeps_index_and_name():
    column = pd.Series(HOLED, index=list("abcd"), name="x")
    for found in (column.bounds.lower, column.bounds.upper, column.bounds.width, column.bounds.midpoint):
        assert list(found.index) == list("abcd")
        assert found.name == "x"


@given(data=st.data(), a=bounds(), low=ends, high=ends)
def test_clip_encloses_every_member_clipped_and_no_more(data, a, low, high):
    low, high = sorted((low, high))
    found = pd.Series([a], dtype="bounds").bounds.clip(low, high)[0]
    member = data.draw(members(a))
    assert min(max(member, Fraction(low)), Fraction(high)) in found
    assert found.lower == min(max(a.lower, low), high)
    assert found.upper == min(max(a.upper, low), high)


def test_clip_takes_one_limit_a_column_of_limits_and_missing_ones():
    column = pd.Series([Bounds(1, 3), Bounds(5, INF), pd.NA], dtype="bounds", name="x")
    assert column.bounds.clip(2).tolist() == [Bounds(2, 3), Bounds(5, INF), pd.NA]
    assert column.bounds.clip(upper=Bounds(2, 6)).tolist() == [Bounds(1, 3), Bounds(2, 6), pd.NA]
    limits = pd.Series([0, 2, pd.NA], index=[2, 0, 1], dtype="Int64")
    clipped = column.bounds.clip(limits)
    assert clipped.tolist() == [Bounds(2, 3), Bounds(5, INF), pd.NA]
    assert clipped.name == "x"
    clipped[0] = 9
    unlimited = column.bounds.clip()
    unlimited[0] = 9
    assert column[0] == Bounds(1, 3)


def test_a_column_is_plain_columns_for_what_knows_no_bounds(tmp_path):
    column = pd.Series(
        [Bounds(1, 2), pd.NA, Bounds(1, INF, unit="person"), 3], index=list("abcd"), dtype="bounds", name="x"
    )
    plain = column.bounds.frame()
    assert plain.dtypes.astype(str).to_dict() == {
        "x_lower": "Float64",
        "x_upper": "Float64",
        "x_unit": "str",
        "x_says": "string",
    }
    assert plain.loc["a", ["x_lower", "x_upper", "x_says"]].tolist() == [1, 2, "1 to 2"]
    assert plain.loc["b"].isna().all()
    assert plain.loc["c"].tolist() == [1, INF, "person", "at least 1 person"]
    assert list(column.rename(None).bounds.frame()) == ["lower", "upper", "unit", "says"]
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        plain.to_sql("t", base)
        assert base.execute("select x_says from t where x_upper > 2 order by x_lower").fetchall() == [
            ("at least 1 person",),
            ("3",),
        ]
        with pytest.raises(ValueError, match=r"no bounds: .*\.bounds\.frame\(\)"):
            column.to_frame().to_sql("u", base)
    plain.to_excel(tmp_path / "x.xlsx")
    assert pd.read_excel(tmp_path / "x.xlsx", index_col=0).x_lower["d"] == 3
    plain[["x_lower", "x_says"]].to_stata(tmp_path / "x.dta")
    assert pd.read_stata(tmp_path / "x.dta").x_says.tolist() == ["1 to 2", "", "at least 1 person", "3"]


def test_the_text_form_in_files_reads_back():
    column = pd.Series(HOLED, name="x")
    for text in (
        pd.read_csv(io.StringIO(column.to_csv(index=False))).x,
        pd.read_json(io.StringIO(column.to_frame().to_json(orient="records"))).x,
    ):
        assert text.astype("bounds").equals(column)
