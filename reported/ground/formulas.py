"""Guard cells so that no spreadsheet reads them as a formula, whatever they hold."""

from __future__ import annotations

import re

_STARTS_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
"""First characters of a formula in spreadsheets; ＝＋－＠ with East Asian input."""
_NUMBER = re.compile(r"[-+]\d[\d.,]*(?:[eE][-+]?\d+)?%?")


def guarded(cell: str) -> str:
    """Put an apostrophe before anything that would start a formula; a signed number stays as it is.

    >>> guarded("=1+1"), guarded("-5"), guarded("+12%"), guarded("flood")
    ("'=1+1", '-5', '+12%', 'flood')
    """
    return f"'{cell}" if _STARTS_FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """Remove the apostrophe that `guarded` puts before the start of a formula."""
    return cell[1:] if cell.startswith("'") and _STARTS_FORMULA.match(cell[1:]) else cell
