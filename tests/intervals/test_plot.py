"""What `series.bounds.plot()` draws for a column of bounds, and that pandas draws all else as before."""

import math
import subprocess
import sys

import matplotlib
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.collections import LineCollection

from reported.intervals import Bounds

INF = math.inf
COLUMN = pd.Series(
    [Bounds(1, 3), Bounds(2, INF), Bounds(-INF, 4), Bounds(-INF, INF), pd.NA, Bounds(5)],
    index=list("abcdef"),
    dtype="bounds",
    name="deaths",
)


@pytest.fixture(autouse=True)
def figures():
    matplotlib.use("agg")
    pyplot.close("all")
    yield
    pyplot.close("all")


def drawn(ax):
    """The vertical lines drawn, by position, and the markers, each with where it is."""
    segments = [s for c in ax.collections if isinstance(c, LineCollection) for s in c.get_segments()]
    lines = {x: (low, high) for (x, low), (_, high) in segments}
    markers = {
        (line.get_marker(), float(x), float(y))
        for line in ax.lines
        if line.get_marker() not in (None, "None")
        for x, y in zip(*line.get_data(orig=False), strict=True)
    }
    return lines, markers


def test_closed_ends_are_ticks_open_ends_short_arrows_and_numbers_dots():
    ax = COLUMN.bounds.plot(title="As reported", ylabel="people")
    lines, markers = drawn(ax)
    arrow = 0.06 * 4  # of the span of all ends
    assert lines[0] == (1, 3)
    assert lines[1] == (2, 2 + arrow)
    assert lines[2] == (4 - arrow, 4)
    assert {("_", 0, 1), ("_", 0, 3), ("_", 1, 2), ("_", 2, 4), ("o", 4, 5)} <= {
        (m, x, y) for m, x, y in markers if m in ("_", "o")
    }
    carets = {
        (x, y) for m, x, y in markers if m in (matplotlib.lines.CARETUPBASE, matplotlib.lines.CARETDOWNBASE)
    }
    assert carets == {(1, 2 + arrow), (2, 4 - arrow)}
    assert [line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == ":"] == [3]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b", "c", "d", "f"]
    assert (ax.get_title(), ax.get_ylabel()) == ("As reported", "people")


def test_the_index_is_the_axis_where_it_has_numbers_or_times():
    lines, _ = drawn(COLUMN[:2].set_axis([10, 20]).bounds.plot())
    assert set(lines) == {10, 20}
    pyplot.close("all")
    frame = pd.DataFrame({"day": pd.date_range("2024-01-26", periods=6), "x": COLUMN.to_list()})
    ax = frame.astype({"x": "bounds"}).set_index("day")["x"].bounds.plot()
    assert ax.get_xlabel() == "day"
    assert set(drawn(ax)[0]) >= {matplotlib.dates.date2num(frame["day"][0])}


@pytest.mark.parametrize("values", [[], [pd.NA], [Bounds(-INF, INF)], [Bounds(0)], [Bounds(0, INF)]])
def test_a_column_with_little_to_draw_is_drawn(values):
    pd.Series(values, dtype="bounds").bounds.plot().figure.canvas.draw()


def test_a_second_column_joins_the_first_as_in_pandas():
    ax = pyplot.figure().add_subplot()
    assert COLUMN.bounds.plot(ax=ax, color="red") is ax
    assert COLUMN.bounds.plot() is ax
    assert COLUMN.bounds.plot(figsize=(3, 2)) is not ax


def test_importing_bounds_changes_nothing_for_pandas():
    code = (
        "import pandas as pd; before = pd.get_option('plotting.backend'); from reported import Bounds;"
        "pd.Series([1], dtype='bounds'); assert pd.get_option('plotting.backend') == before == 'matplotlib'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
