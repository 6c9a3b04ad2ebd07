"""Published answers: the rows of comparisons.csv, which travel with the output that shows them.

An output carries the rows of the questions it was made of. An f-string is text, and has forgotten its questions: they
are found again by the links that it holds, each by its id and its words. Where two questions fit one
link, the rows of both are published, and a build refuses the two as one id with two meanings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

ROWS_MIME = "application/vnd.reported.rows+json"
FILE = "comparisons.csv"

LINK = re.compile(r'\[((?:\\.|[^\[\]\\])*)\]\(([^)\s]*)(?: "([^"]*)")?\)')
"""A Markdown link: its words, its address and its title."""


class Answer(Protocol):
    """What can be published: the anchor that links to it lead to, the links that it has written, its row."""

    @property
    def anchor(self) -> str: ...
    @property
    def links(self) -> set[str]: ...
    @property
    def row(self) -> dict[str, Any]: ...


_linked: dict[str, list[Answer]] = {}


def link_written(answer: Answer, link: str) -> str:
    """Remember that an answer has been written into a text as `link`; the link."""
    answer.links.add(link)
    known = _linked.setdefault(answer.anchor, [])
    if not any(other is answer for other in known):
        known.append(answer)
    return link


def linked(markdown: str) -> list[Answer]:
    """The answers that a text links to, in the order of their links."""
    found = [
        answer
        for link in LINK.finditer(markdown)
        if link[2].startswith("#")
        for answer in _linked.get(link[2][1:], ())
        if link[0] in answer.links
    ]
    return list({id(answer): answer for answer in found}.values())


def rows(answers: Iterable[Answer]) -> dict[str, Any]:
    """The output that publishes these answers, each row once; empty without any."""
    every: list[dict[str, Any]] = []
    for answer in answers:
        if answer.row not in every:
            every.append(answer.row)
    return {ROWS_MIME: {"file": FILE, "rows": every}} if every else {}
