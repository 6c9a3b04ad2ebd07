"""A sentence publishes the answers that were written into it, not those of older cells of a session."""

import gc
from weakref import ref

from reported import ask, say
from reported.display import published
from reported.display.questions import Question
from tests.charts.figures import stated


def asked(limit: int) -> Question:
    return ask(f"More than {limit}?", stated("", 50) > limit, id="of-a-session")


def published_by(markdown: str) -> list[str]:
    """The questions whose rows a sentence carries."""
    bundle = say(markdown)._repr_mimebundle_()
    return [row["cells"]["question"] for row in bundle.get(published.ROWS_MIME, {}).get("rows", [])]


def test_a_cell_that_is_run_again_publishes_what_it_asks_now() -> None:
    old = asked(5)
    assert published_by(f"{old}") == ["More than 5?"]
    new = asked(6)
    assert f"{old}" == f"{new}"
    say(f"{old}")
    assert published_by(f"{new}") == ["More than 6?"]


def test_two_answers_that_are_written_as_one_link_are_both_published() -> None:
    first, second = asked(5), asked(6)
    assert published_by(f"{first} and {second}") == ["More than 5?", "More than 6?"]


def test_an_answer_without_another_name_is_published() -> None:
    assert published_by(f"It is {asked(7)}.") == ["More than 7?"]


def test_a_text_that_is_said_again_publishes_again_what_is_alive_and_nothing_that_is_gone() -> None:
    question = asked(8)
    text = f"{question}"
    assert published_by(text) == published_by(text) == ["More than 8?"]
    gone = ref(question)
    del question
    gc.collect()
    assert gone() is None
    assert published_by(text) == []


def test_other_words_or_another_place_publish_nothing() -> None:
    question = asked(9)
    text = f"{question}"
    assert published_by(text.replace("yes", "no")) == []
    assert published_by(text.replace("of-a-session", "elsewhere")) == []
    assert published_by(text) == ["More than 9?"]
