"""Counts in messages: a number with its noun."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural unless it is one.

    >>> counted(1, "row"), counted(2000, "different phrase")
    ('1 row', '2,000 different phrases')
    """
    return f"{count:,} {noun}{'s' * (count != 1)}"
