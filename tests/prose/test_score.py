"""The test set is read as well as docs/prose.md says, and scored as it says."""

from decimal import Decimal

import pytest

from reported.prose import Phrase
from tests.prose import score

SENTENCE = {
    "text": "About 40 of 50 left.",
    "numbers": [
        {
            "span": "About 40",
            "qualifier": "about",
            "value": 40,
            "value_to": None,
            "unit": "",
            "doubt": "",
            "of": None,
        }
    ],
    "others": [],
}


def reading(**changes):
    fields = {
        "text": "40",
        "start": 6,
        "end": 8,
        "number_start": 6,
        "number_end": 8,
        "qualifier": "about",
        "value": Decimal(40),
        "value_to": None,
        "kind": "count",
        "noun": "",
    }
    return Phrase(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({}, ""),
        ({"value": Decimal(41)}, "wrong value"),
        ({"value_to": Decimal(41)}, "wrong value"),
        ({"qualifier": "nearly"}, "wrong qualifier"),
        ({"doubt": "why", "value": None}, "doubt that is not warranted"),
        ({"kind": "date"}, "missed"),
    ],
)
def test_each_kind_of_failure_has_its_name(changes, failure):
    (outcome,) = score.outcomes(SENTENCE, lambda text: [reading(**changes)])
    assert outcome.failure == failure


def test_a_number_read_where_none_is_annotated_is_a_failure():
    outcomes = score.outcomes(SENTENCE, lambda text: [reading(), reading(number_start=12, number_end=14)])
    assert [outcome.failure for outcome in outcomes] == ["", "read where nothing is counted"]


def test_a_guess_where_doubt_is_due_is_a_failure():
    number = SENTENCE["numbers"][0] | {"doubt": "why"}
    (guessed,) = score.outcomes(SENTENCE | {"numbers": [number]}, lambda text: [reading()])
    (doubted,) = score.outcomes(SENTENCE | {"numbers": [number]}, lambda text: [reading(doubt="why")])
    assert (guessed.failure, doubted.failure) == ("guessed where doubt is due", "")


def test_a_share_is_the_same_in_percent_as_a_fraction_and_as_a_part_of_a_whole():
    for gold in (
        {"value": 20, "unit": "percent"},
        {"value": 0.2, "unit": ""},
        {"value": 1, "unit": "", "of": 5},
    ):
        number = SENTENCE["numbers"][0] | gold
        assert score.same_value(number, reading(value=Decimal(20), unit="percent"))
        assert not score.same_value(number, reading(value=Decimal(21), unit="percent"))


def test_wilson_intervals_are_those_of_the_tables():
    assert score.wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    assert score.wilson(95, 100) == pytest.approx((0.8882, 0.9785), abs=1e-4)


def test_every_number_of_the_seen_half_is_read():
    failures = [
        o.failure for sentence in score.sentences("seen") for o in score.outcomes(sentence) if o.failure
    ]
    assert failures == []
    assert len(score.sentences("seen")) >= 260


@pytest.mark.parametrize(("right", "least"), [("value", 0.95), ("qualified", 0.93)])
def test_the_unseen_half_is_read_as_well_as_was_aimed_at(right, least):
    every = [outcome for sentence in score.sentences("unseen") for outcome in score.outcomes(sentence)]
    read, gold = sum(o.read is not None for o in every), sum(o.gold is not None for o in every)
    assert score.f1(sum(getattr(o, right) for o in every), read, gold) >= least
