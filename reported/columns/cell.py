"""What is read in one cell of a column of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds

READ = "read"
SEVERAL = "several statements"
DOUBT = "in doubt"
NO_NUMBER = "no number"
NOT_COVERED = "not covered by the codebook"
STATUSES = (READ, SEVERAL, DOUBT, NO_NUMBER, NOT_COVERED)
OPEN = (DOUBT, NOT_COVERED)
"""The statuses of cells that hold a number which is not in the column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What was read in a cell: status, reason, and the bounds with their qualifier and unit where it was read."""

    status: str
    reason: str = ""
    qualifier: str = ""
    bounds: Bounds | None = None
    unit: str = ""
