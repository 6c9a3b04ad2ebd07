"""Sentences as output: Markdown, plain text, and what they publish."""

import pytest

from reported import escape, points, say
from reported.display.sentences import plain
from reported.intervals.wording import unescape
from tests.intervals.test_wording import HOSTILE


def test_a_sentence_is_markdown_and_plain_text():
    shown = say("Killed: [at least 1](#figure-x).", "More, **a\\*b**.")
    assert shown._repr_mimebundle_() == {
        "text/markdown": "Killed: [at least 1](#figure-x). More, **a\\*b**.",
        "text/plain": "Killed: at least 1. More, a*b.",
    }
    assert repr(shown) == "Killed: at least 1. More, a*b."
    assert points("One.", "Two.")._repr_mimebundle_()["text/markdown"] == "- One.\n- Two."


def test_figures_in_a_sentence_are_links_to_their_rows(town):
    shown = say(f"{town.about100:capital} came, says {town.about100.claimant.name}.")
    assert shown.markdown == '[About 100](#figure-about100 "The Gazette") came, says The Gazette.'
    assert repr(shown) == "About 100 came, says The Gazette."


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_is_plain_text_again(text):
    assert plain(escape(text)) == text
    assert unescape(escape(text)) == text
    assert plain(f'[{escape(text)}](#figure-x "who")') == text
