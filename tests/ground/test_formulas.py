"""No spreadsheet takes a guarded cell for a formula, and what was written is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.ground.formulas import guarded, unguarded


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1"])
def test_what_starts_a_formula_is_guarded(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+12.5%", "-1,000", "about 5", "", "1=1"])
def test_numbers_and_words_stay_as_they_are(cell):
    assert guarded(cell) == cell


@given(st.text().filter(lambda text: not text.startswith("'")))
def test_what_was_written_is_read_back(cell):
    assert unguarded(guarded(cell)) == cell
