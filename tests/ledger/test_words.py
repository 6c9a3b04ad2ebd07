"""A column of phrases as bounds."""

import math

import pandas as pd
import pytest

from reported import Bounds
from reported.ledger import read_words
from reported.ledger.words import read


def test_phrases_become_bounds():
    phrases = pd.Series(["at least 42,284", "about 600,000", "dozens", "unknown", None, 5], index=list("abcdef"), name="dead")  # fmt: skip
    bounds = read_words(phrases)
    assert str(bounds.dtype) == "bounds"
    assert (bounds.name, list(bounds.index)) == ("dead", list("abcdef"))
    assert bounds.dropna().tolist() == [Bounds(42284, math.inf), Bounds(570000, 630000), Bounds(24, math.inf), Bounds(5)]  # fmt: skip
    assert bounds.isna().tolist() == [False, False, False, True, True, False]


def test_each_reading_has_its_own_bounds():
    assert read_words(["about 600,000"], reading="cautious").tolist() == [Bounds(480000, 720000)]
    assert read_words(["dozens"], reading="digits").isna().all()


def test_measures_need_not_be_whole():
    assert read_words(["more than 2.5 tons"], whole=False).tolist() == [Bounds(2.5, math.inf)]
    with pytest.raises(ValueError, match="not a whole number; say whole=False"):
        read_words(["2.5 tons"])


def test_words_that_leave_the_number_open_are_listed_by_row():
    phrases = pd.Series(["50 dead", "between 5 dead and 6 injured of 7", "122.883"], index=["x", "y", "z"])
    with pytest.raises(ValueError, match=r"(?s)row y: .*row z: .*errors=\"coerce\"") as caught:
        read_words(phrases)
    assert "row x" not in str(caught.value)
    assert read_words(phrases, errors="coerce").isna().tolist() == [False, True, True]


def test_a_long_list_is_cut_and_counted():
    with pytest.raises(ValueError, match="and 10 more"):
        read_words(["5 of 6 dead"] * 30)


def test_percentages_keep_their_numbers_and_are_not_mixed_with_counts():
    assert read_words(["45 percent", "at least 50%"]).tolist() == [Bounds(45), Bounds(50, math.inf)]
    with pytest.raises(ValueError, match=r'percentages \(row 0, "45 %"\) beside numbers \(row 1, "45"\)'):
        read_words(["45 %", "45"])


@pytest.mark.parametrize(("argument", "said"), [({"reading": "typicl"}, "is not a reading"), ({"errors": "ignore"}, "expected")])  # fmt: skip
def test_arguments_that_are_none(argument, said):
    with pytest.raises(ValueError, match=said):
        read_words(["5"], **argument)


def test_an_empty_column():
    assert len(read_words([])) == 0


def test_one_phrase_is_read_under_each_reading():
    assert read("about 600,000")[0] == {
        "digits": Bounds(600_000),
        "typical": Bounds(570_000, 630_000),
        "cautious": Bounds(480_000, 720_000),
    }
    assert read("dozens")[0]["digits"] is None
    assert read("more than 5")[0]["typical"] == Bounds(5, math.inf)
    assert read("more than 5", whole=True)[0]["typical"] == Bounds(6, math.inf)


@pytest.mark.parametrize("words", ["nobody", "5 of 6", "42.284", "could reach 5,000"])
def test_one_phrase_without_one_clear_number_says_so(words):
    with pytest.raises(ValueError, match=words):
        read(words)
