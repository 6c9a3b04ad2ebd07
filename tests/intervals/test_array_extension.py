"""pandas' published tests for extension types, run on columns of bounds.

Every base test runs. Where one cannot apply it is overridden below, with the reason.
"""

import math
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pandas.tests.extension import base
from pandas.tests.extension.conftest import *  # noqa: F403  the fixtures pandas publishes with its tests

from reported.intervals import Bounds
from reported.intervals.array import BoundsArray, BoundsDtype

# in sort order, which the bounds decide: of two that are alike but more than one number they would not
A, B, C = Bounds(-2), Bounds(1), Bounds(3)


@pytest.fixture
def dtype():
    return BoundsDtype()


@pytest.fixture
def data():
    # none holds zero: pandas compares division with Bounds' own, row by row, and that refuses such divisors
    lower = [1, -4, 5e-324, 0.1, 5, 7, -math.inf, 2, 9, 10]
    upper = [2, -3, 1e-323, 0.3, math.inf, 7, -1, 1e300, 9.5, 12]
    return BoundsArray.from_arrays(lower, upper)


@pytest.fixture
def data_missing():
    return BoundsArray._from_sequence([pd.NA, B])


@pytest.fixture
def data_for_sorting():
    return BoundsArray._from_sequence([B, C, A])


@pytest.fixture
def data_missing_for_sorting():
    return BoundsArray._from_sequence([B, pd.NA, A])


@pytest.fixture
def data_for_grouping():
    return BoundsArray._from_sequence([B, B, pd.NA, pd.NA, A, A, B, C])


ARITHMETIC = {
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__truediv__",
    "__rtruediv__",
}


class TestBounds(base.ExtensionTests):
    # what bounds can do, as pandas' tests want to be told

    def _get_expected_exception(self, op_name, obj, other):
        return None if op_name in ARITHMETIC | {"eq", "ne"} else TypeError

    def _supports_reduction(self, ser, op_name):
        return op_name in {"count", "sum", "min", "max", "mean"}

    def _supports_accumulation(self, ser, op_name):
        return op_name in {"cumsum", "cummin", "cummax"}

    def check_reduce(self, ser, op_name, skipna):
        """Reductions of floats are no yardstick for bounds: the reduction is written out in scalars here."""
        least, most = {"min": (min, min), "max": (max, max)}.get(op_name, (None, None))
        expected = {
            "count": lambda: len(ser),
            "sum": lambda: sum(ser, Bounds(0)),
            "mean": lambda: sum(ser, Bounds(0)) / len(ser),
        }.get(op_name, lambda: Bounds(least(b.lower for b in ser), most(b.upper for b in ser)))()
        result = getattr(ser, op_name)() if op_name == "count" else getattr(ser, op_name)(skipna=skipna)
        assert result == expected

    def check_accumulate(self, ser, op_name, skipna):
        expected = [getattr(ser.iloc[: n + 1], op_name.removeprefix("cum"))() for n in range(len(ser))]
        assert getattr(ser, op_name)(skipna=skipna).tolist() == expected

    _combine_le_expected_dtype = "boolean"  # verdicts may be undetermined

    def test_in_numeric_groupby(self, data_for_grouping):
        """Bounds add up, though pandas is told that they are not numeric: pandas expects a refusal here."""
        frame = pd.DataFrame({"A": [1, 1, 2, 2, 3, 3, 1, 4], "B": data_for_grouping})
        assert frame.groupby("A").sum()["B"].tolist() == [3 * B, Bounds(0), 2 * A, C]

    @pytest.mark.skip(reason="pandas draws numbers; bounds are drawn by series.bounds.plot()")
    def test_plot(self, *args):
        """Held by test_plot.py."""

    test_plot_on_y_axis = test_plot


# What pandas' tests skip of themselves for a type like this one, and why that is right for bounds.
SKIPPED = {
    "bounds does not support 2D.": "the tests of types that keep a table in one array; a column of bounds is one column",
    "bounds is not a numeric dtype": "divmod by two; whole quotients of bounds are not defined",
    "count not an array method": "pandas' own: count has no form that keeps its dimension",
    "Reduction prod not supported for this dtype": "no use for it here, so no promise about its tightness",
    "Reduction median not supported for this dtype": "take it of the ends",
    "Reduction std not supported for this dtype": "its tightest enclosure takes a search over all members",
    "Reduction var not supported for this dtype": "as std",
    "Reduction sem not supported for this dtype": "as std",
    "Reduction skew not supported for this dtype": "as std",
    "Reduction kurt not supported for this dtype": "as std",
    "Tries label-based and raises KeyError; in some cases raises when calling np.asarray": "pandas' own expected failure",
    "pandas draws numbers; bounds are drawn by series.bounds.plot()": "ours, held by test_plot.py",
}


@pytest.mark.slow
def test_every_skip_is_listed_with_its_reason():
    command = [sys.executable, "-m", "pytest", __file__, "-k", "TestBounds", "-q", "-rsx", "-p", "no:xdist"]
    command += ["--confcutdir", str(Path(__file__).parent)]
    printed = subprocess.run(command, capture_output=True, text=True).stdout
    found = re.findall(r"^(?:SKIPPED \[\d+\] \S+:\d+: |XFAIL \S+ - )(.*)$", printed, re.MULTILINE)
    assert set(found) == set(SKIPPED)
    assert re.search(r"^\d+ passed, \d+ skipped, .*2 xfailed", printed, re.MULTILINE), printed[-2000:]
