"""Text forms of an operand, a verdict or a ledger: one line of text, and links in Markdown.

The display package registers HTML cards on `mimebundle`, a generic function (functools.singledispatch).
"""

from __future__ import annotations

import re
from functools import singledispatch
from typing import Any

from reported.intervals import wording
from reported.intervals.units import with_unit
from reported.ledger.rules import READINGS


@singledispatch
def line(thing: Any) -> str:
    """`thing` in one line of plain text, its `repr`.

    For an operand: its expression, its bounds under the typical reading and its unit; for a verdict: what it is,
    and how firmly.
    """
    if hasattr(thing, "verdict"):
        firmly = ", firm" if thing.firm else ""
        why = f": {thing.refusals[0]}" if thing.refusals else ""
        return f"{thing.expression}: {thing.verdict}{firmly}{why}"
    why = f": {thing.refusals[0]}" if thing.refusals else ""
    return f"{thing.expression}: {with_unit(thing.says(), thing.unit)}{why}"


def link(text: str, anchor: str, title: str) -> str:
    """Text as a Markdown link to an anchor of the document; neither it nor the title is taken for markup.

    >>> link("at least 50", "figure-a", 'the "mayor"')
    '[at least 50](#figure-a "the ”mayor”")'
    >>> link("132", "question-b", "")
    '[132](#question-b)'
    """
    shown = text if _PLAIN.fullmatch(text) else wording.escape(text)
    quoted = " ".join(title.split()).replace("\\", "\\\\").replace('"', "”")
    return f'[{shown}](#{anchor} "{quoted}")' if quoted else f"[{shown}](#{anchor})"


def formatted(thing: Any, spec: str, text: str, title: str) -> str:
    """Format a figure or a question for an f-string: `text`, or its words under a reading, linked to its row.

    `spec` is empty, "capital" (to begin a sentence), "plain" (no link) or a reading; ValueError for anything else.
    """
    if spec in READINGS:
        text = thing.says(spec)
    elif spec == "capital":
        text = wording.capital(text)
    elif spec not in ("", "plain"):
        forms = ", ".join(("plain", "capital", *READINGS))
        raise ValueError(f"{thing.id} has no form {spec!r}; expected one of {forms}")
    return text if spec == "plain" else link(text, thing.anchor, title)


_PLAIN = re.compile(r"(?:[^\W_]|[ ,.%−])*")
"""Text without a sign that Markdown may take for markup."""


@singledispatch
def mimebundle(thing: object) -> dict[str, object]:
    """Return what `thing` displays in a notebook: content by MIME type."""
    return {"text/plain": repr(thing)}
