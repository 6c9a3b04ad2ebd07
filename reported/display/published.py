"""Published answers: the rows of comparisons.csv, which travel with the output that shows them.

An output carries the rows of the questions it was made of. An f-string is text, and has forgotten its questions: they
are found again by the links that it holds, each by its id and its words. Where two questions were written as one
link for one sentence, the rows of both are published, and a build refuses the two as one id with two meanings.
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
    """What can be published: it has a row."""

    @property
    def row(self) -> dict[str, object]: ...


_written: dict[str, list[Answer]] = {}
"""The answers written as each link that no sentence holds yet. An answer may have no other name: f"{ask(…)}"."""
_said: dict[str, list[ref[Answer]]] = {}
"""The answers that the last sentence with each link was written from, for as long as anything else holds them."""


def link_written(answer: Answer, link: str) -> str:
    """Remember that an answer has been written into a text as `link`; the link."""
    fresh = _written.setdefault(link, [])
    if not any(other is answer for other in fresh):
        fresh.append(answer)
    return link


def linked(markdown: str) -> list[Answer]:
    """The answers that a text links to, in the order of their links.

    They are those written as a link since the last sentence that has it, so that a cell that is run again publishes
    what it asks now; of a link that has not been written since, those of that sentence that are still alive.
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
    """The output that publishes these answers, each row once; empty without any."""
    every: list[dict[str, object]] = []
    for answer in answers:
        if answer.row not in every:
            every.append(answer.row)
    return {ROWS_MIME: {"file": FILE, "rows": every}} if every else {}
