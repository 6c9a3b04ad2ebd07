"""Sentences as notebook output: Markdown whose numbers are live figures and answers, linked to their rows."""

from __future__ import annotations

import re

from reported.display import published
from reported.display.arguments import found
from reported.intervals.wording import unescape


class Sentence:
    """Markdown as a notebook's output, with the rows of the answers that it links to."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown
        self._answers = published.linked(markdown)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        text: dict[str, object] = {"text/markdown": self.markdown, "text/plain": plain(self.markdown)}
        return text | published.rows(self._answers)

    def __repr__(self) -> str:
        return plain(self.markdown)


def say(*sentences: str) -> Sentence:
    """Join sentences into one paragraph of Markdown. Numbers come from live figures and answers, never typed.

    For text that is not computed in a loop, the cell magic `%%say` does the same without quotation marks.

    >>> say("Nothing follows.", "Or does it?")
    Nothing follows. Or does it?
    """
    __tracebackhide__ = True
    return Sentence(" ".join(_texts("say", sentences)))


def points(*sentences: str) -> Sentence:
    """Make a list of sentences, one point each.

    >>> points("One.", "Two.").markdown
    '- One.\\n- Two.'
    """
    __tracebackhide__ = True
    return Sentence("\n".join(f"- {sentence}" for sentence in _texts("points", sentences)))


def _texts(name: str, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sentences. Raises TypeError, with what to write instead, for anything but text."""
    for sentence in sentences:
        if isinstance(sentence, list | tuple):
            raise TypeError(f"{name}() takes each sentence by itself: write {name}(*sentences)")
        if not isinstance(sentence, str):
            what = getattr(sentence, "expression", "")
            hint = f': put it into an f-string, {name}(f"… {{{what}}} …")' if what else ""
            raise TypeError(f"{name}() takes text, found {what or found(sentence)}{hint}")
    return sentences


def plain(markdown: str) -> str:
    """Remove links, emphasis and escapes from Markdown.

    >>> plain('**At least** [50](#figure-a "the mayor")')
    'At least 50'
    """
    return unescape(re.sub(r"\*\*(.+?)\*\*", r"\1", published.LINK.sub(r"\1", markdown)))


def unlinked(text: str) -> str:
    """Return plain text in which figures stand without their links.

    >>> unlinked('Of **all**, [at least 50](#figure-a "the mayor")')
    'Of **all**, at least 50'
    """
    return published.LINK.sub(lambda match: unescape(match[1]), text)
