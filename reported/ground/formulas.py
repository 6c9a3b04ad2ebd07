"""Cells that no spreadsheet takes for a formula, whatever is written in them."""

from __future__ import annotations

import re

_STARTS_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
"""What makes a spreadsheet take a cell for a formula; ＝＋－＠ where East Asian input is on."""
_NUMBER = re.compile(r"[-+]\d[\d.,]*(?:[eE][-+]?\d+)?%?")


def guarded(cell: str) -> str:
    """A cell with an apostrophe before what would start a formula; a signed number stays as it is.

    >>> guarded("=1+1"), guarded("-5"), guarded("+12%"), guarded("flood")
    ("'=1+1", '-5', '+12%', 'flood')
    """
    return f"'{cell}" if _STARTS_FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `guarded` puts before what would start a formula."""
    return cell[1:] if cell.startswith("'") and _STARTS_FORMULA.match(cell[1:]) else cell
