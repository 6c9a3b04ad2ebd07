"""Every row of vocabulary.csv is read as it says."""

import pytest

from reported.prose import QUALIFIERS, find
from reported.prose.vocabulary import Phrasebook, entries, meanings

QUALIFYING = [entry for entry in entries() if entry.group in ("before", "after") and entry.example]
LEFT_OPEN = [entry for entry in entries() if entry.group == "open"]
STANDINGS = [
    entry
    for entry in entries()
    if entry.group in ("possible", "possible nearby", "forecast", "target", "feared")
]


@pytest.mark.parametrize("entry", QUALIFYING, ids=lambda entry: entry.example)
def test_the_example_of_a_qualifier_has_that_qualifier(entry):
    (found,) = find(entry.example)
    assert (found.qualifier, found.doubt) == (entry.meaning, "")


@pytest.mark.parametrize("entry", LEFT_OPEN, ids=lambda entry: entry.example)
def test_the_example_of_words_that_leave_a_number_open_is_in_doubt(entry):
    (found,) = find(entry.example)
    assert entry.meaning in found.doubt
    assert found.value is None
    assert found.readings


@pytest.mark.parametrize("entry", STANDINGS, ids=lambda entry: entry.example)
def test_the_example_of_a_standing_carries_its_words_and_keeps_its_number(entry):
    (found,) = find(entry.example)
    assert (found.standing, found.doubt) == (entry.meaning, "") or found.qualifier == "about"
    assert found.hedge.endswith(entry.words[0]) or found.qualifier == "about"
    assert found.value


def test_no_wording_has_two_meanings():
    for group in {entry.group for entry in entries()}:
        wordings = [words for entry in entries() if entry.group == group for words in entry.words]
        doubled = {words for words in wordings if wordings.count(words) > 1}
        assert not doubled or group in ("language",), f"{group}: {doubled}"


def test_every_row_has_words_and_an_example():
    for entry in entries():
        assert entry.words != ("",), entry
        assert entry.example or entry.group == "before", entry


def test_every_spelling_leads_to_a_qualifier():
    assert QUALIFIERS["no fewer than"] == "at least"
    assert QUALIFIERS["at least"] == "at least"


def test_the_longest_phrase_is_found_first():
    book = Phrasebook(meanings("before"))
    tokens = ["no", "more", "than", "50", ""]
    assert book.starting(tokens, 0) == book.ending(tokens, 3, 0) == ("no", "more", "than")
    assert book.ending(tokens, 3, 1) == ("more", "than")
    assert book.ending(tokens, 0, 0) == book.starting(tokens, 3) == ()
