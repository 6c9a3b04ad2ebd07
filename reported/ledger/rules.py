"""The readings, and the rules of each: a row of readings.csv is how one reading takes one qualifier."""

from __future__ import annotations

from decimal import Decimal

from reported.ledger.schema import COUNT, FACTOR, ID, NUMBER, SHARE, column, needed, record
from reported.prose import NUMBERED, WORD_ONLY

READING_LABELS = {"digits": "digits alone", "typical": "typical", "cautious": "cautious"}
"""The readings and what readers see for them, the least careful first; cautious bounds contain typical ones."""
READINGS = tuple(READING_LABELS)


@record
class Rule:
    """A rule by which one reading or codebook reads one qualifier."""

    id: str = needed("Id of the rule", "typical_about", ID)
    reading: str = needed(
        f"The reading ({', '.join(READINGS)}) or the codebook that it belongs to", "typical", ID
    )
    qualifier: str = needed("The qualifier", "about", choices=NUMBERED + WORD_ONLY)
    base: Decimal | None = column("Number that a word alone is based on: 12 for dozens", "12", NUMBER)
    lower_factor: Decimal | None = column("The lower end, as a multiple of the number", "0.95", FACTOR)
    lower_end: str = column("Whether the lower end is included", "closed", choices=("closed", "open"))
    lower_units: int | None = column(
        "The lower end is at least so many units (of a measured number, of its last digit) below the number",
        "1",
        COUNT,
    )
    upper_factor: Decimal | None = column("The upper end in the same way; inf for none", "1.05", FACTOR)
    upper_end: str = column("Whether the upper end is included", "closed", choices=("closed", "open"))
    upper_units: int | None = column("The upper end is at least so many units above the number", "1", COUNT)
    rounding_measures: Decimal | None = column(
        "How far a bare measured number may be off, in units of its last written digit", "0.5", SHARE
    )
    rounding_measures_most: Decimal | None = column(
        "The most of such a number that it may be off, by our choice, unless it is a percentage, degrees or a magnitude",
        "0.05",
        SHARE,
    )
    rounding_counts: Decimal | None = column(
        "How far a bare number that is visibly round may be off, in units of its last digit that is not 0, unless it is a percentage, degrees or a magnitude",
        "0.5",
        SHARE,
    )
    rounding_counts_most: Decimal | None = column(
        "The most of such a count that it may be off", "0.05", SHARE
    )
    units_apply_to: str = column("What the distances in units hold for", "all", choices=("all", "counts"))
    ground: str = column("What the rule rests on: a survey, a convention", "convention: the plural")
    coverage_thousands: Decimal | None = column(
        "Share of surveyed answers inside, for thousands", "0.76", SHARE
    )
    answers_thousands: int | None = column("How many answers that share is of", "466", COUNT)
    coverage_tens: Decimal | None = column("The same for numbers in the tens", "0.40", SHARE)
    answers_tens: int | None = column("How many answers that share is of", "929", COUNT)
    coverage_ones: Decimal | None = column("The same for numbers below ten", "0.83", SHARE)
    answers_ones: int | None = column("How many answers that share is of", "231", COUNT)
