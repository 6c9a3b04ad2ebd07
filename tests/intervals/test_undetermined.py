"""What a column's bounds do not decide is not answered: the row of an extreme, a rank."""

from operator import ge, gt

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reported.intervals import Bounds

ENDS = st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 3)), min_size=1, max_size=6)


def column(*bounds):
    return pd.Series(list(bounds), dtype="bounds")


def test_rows_that_overlap_have_no_extreme_and_no_rank():
    overlapping = column(Bounds(1, 5), Bounds(3, 9))
    for ask in (overlapping.idxmax, overlapping.idxmin, overlapping.argmax, overlapping.rank):
        with pytest.raises(ValueError, match="undetermined"):
            ask()


@given(ENDS)
@example([(0, 0), (0, 1)])  # where both are 0, the first row is the extreme's, else the second
def test_the_row_of_an_extreme_is_above_all_others(pairs):
    bounds = [Bounds(low, low + width) for low, width in pairs]

    def above(row, compare):
        others = [other for other in bounds if other is not bounds[row]]
        return all(compare(bounds[row], other) is True for other in others)

    try:
        found = column(*bounds).idxmax()
    except ValueError:
        assert not any(above(row, gt) for row in range(len(bounds)))
    else:
        assert above(found, ge)


@given(ENDS)
def test_ranks_are_those_of_any_numbers_inside(pairs):
    bounds = [Bounds(low, low + width) for low, width in pairs]
    try:
        ranks = column(*bounds).rank()
    except ValueError:
        return
    for inside in ([b.lower for b in bounds], [b.upper for b in bounds]):
        order = sorted(range(len(inside)), key=lambda row: (inside[row], ranks[row]))
        assert [ranks[row] for row in order] == sorted(ranks)
