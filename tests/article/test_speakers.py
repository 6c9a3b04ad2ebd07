"""Whom a sentence says is speaking."""

import pytest

from reported.article.speakers import Speakers

KNOWN = [
    {"id": "marn", "name": "Pavel Marn", "local_name": "", "role": "director of the hospital"},
    {"id": "council", "name": "The district council", "local_name": "", "role": ""},
]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ('"We have 14 bodies," said Pavel Marn.', "marn"),
        ("Marn said that 14 were dead.", "marn"),
        ("There were 14, according to the director of the hospital.", "marn"),
        ("The district council says that 14 died.", "council"),
        ("At least 14 died, the relief service said.", "the relief service"),
        ("At least 14 died, said its director, Ada Moe.", "Ada Moe"),
        ("Ada Moe, who leads the service, told reporters that 14 died.", "Ada Moe"),
        ("About 14 came, according to volunteers.", "volunteers"),
        ("On Sunday 14 people came.", ""),
        ("At least 14 died on Sunday, said officials.", ""),
    ],
)
def test_speakers_are_known_ids_or_names_that_the_sentence_gives(sentence, speaker):
    assert Speakers(KNOWN).of(sentence, sentence.index("14")) == speaker


def test_of_two_the_one_nearest_to_the_number_speaks():
    sentence = "Ada Moe said 12 came, and the district council says 90 left."
    speakers = Speakers(KNOWN)
    assert speakers.of(sentence, sentence.index("12")) == "Ada Moe"
    assert speakers.of(sentence, sentence.index("90")) == "council"


def test_a_pronoun_is_who_spoke_before():
    assert (
        Speakers(KNOWN).of("He said 14 died.", 8, before="Pavel Marn told reporters of the night. ") == "marn"
    )


def test_a_speaker_once_learned_is_known_by_the_last_name():
    speakers = Speakers(())
    speakers.learn("Ada Moe", "ada_moe")
    assert speakers.of("Moe said 14 came.", 9) == "ada_moe"
