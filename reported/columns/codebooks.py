"""Codebooks of the field: the number that a project's coders enter for words, and the document that says so.

Their rules are rows of readings.csv like those of readings. A codebook says what its coders would have coded, not
what the words allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reported.ledger.faults import quoted
from reported.ledger.readings import Reading
from reported.ledger.rows import shipped_readings
from reported.ledger.rules import READINGS


@dataclass(frozen=True)
class Codebook:
    """A project's codebook: its document, and if it codes the lower end of a range that words leave open."""

    project: str
    document: str
    lower_end: bool = False


CODEBOOKS: Mapping[str, Codebook] = {
    "acled": Codebook(
        "Armed Conflict Location & Event Data",
        "ACLED, Fatalities: Uses and limitations of ACLED data (2023, updated 7 May 2024)",
        lower_end=True,
    ),
    "ucdp": Codebook(
        "Uppsala Conflict Data Program",
        "inferred from the low, best and high estimates of UCDP GED; no document says it",
    ),
    "ccc": Codebook(
        "Crowd Counting Consortium",
        "ccc_data_dictionary.md of nonviolent-action-lab/crowd-counting-consortium (30 December 2024)",
    ),
}


@cache
def _rules() -> Mapping[str, Reading]:
    return shipped_readings()


def rules_of(reading: str) -> Reading:
    """Return the rules of a reading or a codebook. Raises ValueError that lists the names for an unknown one."""
    if reading not in (*READINGS, *CODEBOOKS):
        raise ValueError(
            f"{quoted(reading)} is not a reading; expected one of {', '.join(READINGS)}, "
            f"or a codebook: {', '.join(CODEBOOKS)}"
        )
    return _rules()[reading]
