"""Published answers: the rows of comparisons.csv, which travel with the output that shows them.

An output carries the rows of the questions it was made from. An f-string is plain text and has lost its questions:
they are found again by the links in it, by id and words. If two questions were written as the same link, the rows of
both are published, and a build refuses them as one id with two meanings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol
from weakref import ref

ROWS_MIME = "application/vnd.reported.rows+json"
FILE = "comparisons.csv"

LINK = re.compile(r'\[((?:\\.|[^\[\]\\])*)\]\(([^)\s]*)(?: "([^"]*)")?\)')
"""A Markdown link: its words, its address and its title."""


class Answer(Protocol):
    """Anything that can be published: it has a row."""

    @property
    def row(self) -> dict[str, object]: ...


_written: dict[str, list[Answer]] = {}
"""Answers by their link, until a sentence holds it. An answer may have no other reference: f"{ask(…)}"."""
_said: dict[str, list[ref[Answer]]] = {}
"""Answers of the last sentence with each link, for as long as anything else refers to them."""


def link_written(answer: Answer, link: str) -> str:
    """Record that an answer was written into a text as `link`, and return the link."""
    fresh = _written.setdefault(link, [])
    if not any(other is answer for other in fresh):
        fresh.append(answer)
    return link


def linked(markdown: str) -> list[Answer]:
    """Return the answers that a text links to, in the order of the links.

    For each link these are the answers written since the last sentence with it, so that a cell that is run again
    publishes what it asks now; if there are none, those of that sentence that still exist.
    """
    found: dict[int, Answer] = {}
    for link in dict.fromkeys(match[0] for match in LINK.finditer(markdown)):
        fresh = _written.pop(link, None)
        if fresh is None:
            fresh = [answer for known in _said.get(link, ()) if (answer := known()) is not None]
        _said[link] = [ref(answer) for answer in fresh]
        if not fresh:
            del _said[link]
        found |= {id(answer): answer for answer in fresh}
    return list(found.values())


def rows(answers: Iterable[Answer]) -> dict[str, object]:
    """Return the output that publishes these answers, each row once; empty without any."""
    every: list[dict[str, object]] = []
    for answer in answers:
        if answer.row not in every:
            every.append(answer.row)
    return {ROWS_MIME: {"file": FILE, "rows": every}} if every else {}
