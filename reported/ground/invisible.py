"""Characters that a reader cannot see: the one list, in parts by what they do.

Each part is text for the brackets of a regular expression: a use that keeps some of them names the parts it takes.
"""

from __future__ import annotations

import re
import unicodedata

BREAKS = "\u00ad\u200b\u2060\ufeff"
"""Where a line may break, or must not."""
JOINERS = "\u200c\u200d"
"""What joins letters or keeps them apart, where a script or an emoji needs it."""
REORDERS = "\u202a-\u202e\u2066-\u2069"
"""What shows text in another order than it is written in."""
TURNS = REORDERS + "\u061c\u200e\u200f\u206a-\u206f"
"""The same, marks of direction, and what shapes the letters that follow."""
OPERATORS = "\u2061-\u2064"
"""Signs of formulas that are meant and not drawn: the product in 2x."""
SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Which drawing of the character before is meant."""
BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"
"""Letters and marks by their category, drawn as nothing."""
CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
"""Control characters other than tabs and line ends."""
UNDRAWN = "\u2028\u2029\u2065\ud800-\udfff\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
"""Separators, halves of pairs, tags, and what is no character."""
HIDDEN = CONTROLS + BREAKS + TURNS + OPERATORS + BLANKS + UNDRAWN
"""What has no place in a reader's text; joiners and selectors may have one, and private letters a font."""

_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_ANY = re.compile(f"[{HIDDEN}{JOINERS}{SELECTORS}\u2800]")


def is_hidden(character: str) -> bool:
    """True if a reader cannot see it: controls, characters that join, break or turn text, and those that no font has.

    >>> is_hidden("\\u200b"), is_hidden("e"), is_hidden(" ")
    (True, False, False)
    """
    return unicodedata.category(character) in _KINDS or _ANY.match(character) is not None
