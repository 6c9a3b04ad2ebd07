"""Dates at the precision they were reported with, and the days between them."""

import datetime
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported import Bounds
from reported.ledger import PartialDate, days_between

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2023", "2023-01-01", "2023-12-31", "2023"),
        ("2023-12", "2023-12-01", "2023-12-31", "December 2023"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2024-01-06", "2024-01-06", "2024-01-06", "6 January 2024"),
    ],
)
def test_a_date_is_kept_as_written(text, first, last, words):
    date = PartialDate(text)
    assert (str(date), str(date.first), str(date.last), date.words) == (text, first, last, words)
    assert date == pickle.loads(pickle.dumps(date))
    assert len({date, PartialDate(text)}) == 1


@pytest.mark.parametrize(
    "text",
    ["", "1899", "2200", "23", "2023-13", "2023-00", "2023-1", "2023-02-30", "2023-12-8", "20231208", "2023-W01", "8 December 2023", "２０２３"],
)  # fmt: skip
def test_what_is_no_date(text):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(text)


@pytest.mark.parametrize(
    ("start", "end", "start_counts", "expected"),
    [
        ("2022-02-24", "2024-01-26", True, (701, 702)),
        ("2022-02-24", "2024-01-26", False, (700, 702)),
        ("2024-01-26", "2024-01-26", True, (0, 1)),
        ("2024-01-26", "2024-01-26", False, (0, 1)),
        ("2023-12", "2024-01-26", False, (25, 57)),
        ("2023", "2024", True, (1, 731)),
        ("2023", "2023", False, (0, 365)),
    ],
)
def test_days_between_two_dates(start, end, start_counts, expected):
    assert days_between(PartialDate(start), PartialDate(end), start_counts=start_counts) == Bounds(*expected)


def test_a_date_may_be_bounded_from_above_only():
    start, end = PartialDate("2022-02-24"), (None, datetime.date(2024, 1, 26))
    assert days_between(start, end, start_counts=True) == Bounds(0, 702)
    assert days_between(end, datetime.date(2024, 2, 1), start_counts=True) == Bounds(6, float("inf"))


def test_a_period_that_ends_before_it_starts():
    with pytest.raises(ValueError, match=r"ends \(2024-01-25\) before it starts \(2024-01-26\)"):
        days_between(datetime.date(2024, 1, 26), datetime.date(2024, 1, 25), start_counts=True)


@given(start=DAYS, length=st.integers(0, 9_000), hours=st.tuples(*[st.floats(0, 0.999)] * 2))
def test_the_true_time_lies_in_the_bounds(start, length, hours):
    end = start + datetime.timedelta(days=length)
    true = length + hours[1] - hours[0]
    bounds = days_between(start, end, start_counts=False)
    assert bounds.lower <= max(true, 0) <= bounds.upper
    counted = days_between(start, end, start_counts=True)
    assert counted.lower <= length + hours[1] <= counted.upper


@given(start=DAYS, end=DAYS)
def test_less_precise_dates_give_wider_bounds(start, end):
    start, end = sorted((start, end))
    exact = days_between(PartialDate(str(start)), PartialDate(str(end)), start_counts=False)
    wide = days_between(PartialDate(str(start)[:7]), PartialDate(str(end)[:4]), start_counts=False)
    assert wide.lower <= exact.lower
    assert exact.upper <= wide.upper
