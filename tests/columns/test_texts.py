"""Numbers of one thing in running text: what counts it, and what does not."""

import pytest

from reported.columns.texts import counted, counted_words

KILLED = counted_words(["killed"])


def told(text):
    return [phrase.text for phrase in counted(text, *KILLED)]


@pytest.mark.parametrize(
    "text",
    [
        "Police found 12 corpses by the river.",
        "Twelve murders were reported that year.",
    ],
)
def test_a_noun_that_is_no_word_for_people_counts_the_dead_as_well(text):
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "12 students of a teacher who had been killed",
        "Police spoke to 12 neighbours of a man who was killed.",
    ],
)
def test_the_fate_of_one_of_whom_the_sentence_tells_is_not_that_of_those_numbered(text):
    assert told(text) == []
