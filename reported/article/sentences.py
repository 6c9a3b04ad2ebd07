"""Split a paragraph into sentences, not after an abbreviation or an initial, and none too long to search fast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reported.article.speakers import Saying, sayings

_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Capt|Sgt|Rev|Gov|Sen|Rep|St|No|Nos|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|vs|Inc|Ltd|Co"
    r"|approx|est|Rs)|\b[A-Z]|\b[a-z]\.[a-z])\.$"
)
LONGEST = 1_200  # characters


@dataclass(frozen=True)
class Sentence:
    """A sentence: its text, its start in the paragraph, who speaks in it, and the quotation marks before it."""

    text: str
    start: int
    quoted: bool
    """True if it begins inside a quotation."""
    said: list[Saying] = field(compare=False)


def sentences(paragraph: str) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph in order, leaving nothing out.

    >>> [one.text for one in sentences("Dr. Moe counted 12. The U.S. Office says 14.")]
    ['Dr. Moe counted 12. ', 'The U.S. Office says 14.']
    """
    start, quotes = 0, 0
    for end in [*_ends(paragraph), len(paragraph)]:
        while start < end:
            stop = end if end - start <= LONGEST else paragraph.rfind(" ", start + 1, start + LONGEST) + 1
            stop = stop if stop > start else min(end, start + LONGEST)
            text = paragraph[start:stop]
            yield Sentence(text, start, quotes % 2 == 1, sayings(text))
            quotes += text.count('"')
            start = stop


def _ends(paragraph: str) -> Iterator[int]:
    for match in _END.finditer(paragraph):
        if not _ABBREVIATION.search(paragraph, max(0, match.start() - 12), match.start() + 1):
            yield match.end()
