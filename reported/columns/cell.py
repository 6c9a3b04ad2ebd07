"""The result of reading one cell of a column of words."""

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
    """A cell as it was read: status, reason and, if a number was read, its bounds, qualifier and unit."""

    status: str
    reason: str = ""
    qualifier: str = ""
    bounds: Bounds | None = None
    unit: str = ""
