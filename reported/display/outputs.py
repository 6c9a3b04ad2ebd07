"""Sentences as notebook output: Markdown whose numbers are live figures and answers, linked to their rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from reported.intervals.wording import unescape

_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\([^)\s]*(?: \"[^\"]*\")?\)")
_ANCHOR = re.compile(r"\]\(#([A-Za-z0-9_-]+)")
ROWS_MIME = "application/vnd.reported.rows+json"


class Published:
    """Output that publishes the answers which its links lead to."""

    _by_anchor: ClassVar[dict[str, dict[str, Any]]] = {}

    @classmethod
    def add(cls, anchor: str, row: dict[str, Any]) -> None:
        """Remember what is published when something links to `anchor`."""
        cls._by_anchor[anchor] = row

    @classmethod
    def rows(cls, anchors: Iterable[str]) -> dict[str, Any]:
        """The output that publishes the rows of these anchors; empty where none of them has a row."""
        rows = [cls._by_anchor[anchor] for anchor in dict.fromkeys(anchors) if anchor in cls._by_anchor]
        return {ROWS_MIME: {"file": "comparisons.csv", "rows": rows}} if rows else {}


class Sentence:
    """Markdown as a notebook's output."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        published = Published.rows(_ANCHOR.findall(self.markdown))
        return {"text/markdown": self.markdown, "text/plain": plain(self.markdown)} | published

    def __repr__(self) -> str:
        return plain(self.markdown)


def say(*sentences: str) -> Sentence:
    """Sentences as one paragraph of Markdown. Numbers come from live figures and answers, never typed.

    >>> say("Nothing follows.", "Or does it?")
    Nothing follows. Or does it?
    """
    return Sentence(" ".join(sentences))


def points(sentences: Iterable[str]) -> Sentence:
    """Sentences as a list, a point for each.

    >>> points(["One.", "Two."]).markdown
    '- One.\\n- Two.'
    """
    return Sentence("\n".join(f"- {sentence}" for sentence in sentences))


def plain(markdown: str) -> str:
    """Markdown without its links, emphasis and escapes.

    >>> plain('**At least** [50](#figure-a "the mayor")')
    'At least 50'
    """
    return unescape(re.sub(r"\*\*(.+?)\*\*", r"\1", _LINK.sub(r"\1", markdown)))
