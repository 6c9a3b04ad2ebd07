"""Counts in messages: a number with its noun, and with its verb."""

from __future__ import annotations

from collections.abc import Mapping


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural unless it is one.

    >>> counted(1, "row"), counted(2000, "different phrase")
    ('1 row', '2,000 different phrases')
    """
    return f"{count:,} {noun}{'s' * (count != 1)}"


def not_printed(of: str, left_out: Mapping[str, int]) -> str:
    """Return the note under what is cut in print, or "" if nothing is.

    >>> not_printed("table", {"row": 1, "column": 0}), not_printed("table", {"row": 4, "column": 1})
    ('1 more row of this table is left out in print.', '4 more rows and 1 more column of this table are left out in print.')
    >>> not_printed("text", {"line": -3})
    ''
    """
    parts = [counted(count, f"more {noun}") for noun, count in left_out.items() if count > 0]
    is_one = len(parts) == 1 and max(left_out.values()) == 1
    return (
        f"{' and '.join(parts)} of this {of} {'is' if is_one else 'are'} left out in print." if parts else ""
    )
