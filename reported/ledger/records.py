"""The tables of a ledger: one record for each, its fields the columns of the file, declared here and nowhere else.

Where rows come from, and whether they make sense together, is not known here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from reported.ledger.dates import PartialDate
from reported.ledger.schema import (
    CHECKSUM,
    COLOUR,
    COUNT,
    FACTOR,
    ID,
    LANGUAGE,
    LINK,
    NUMBER,
    ORDINAL,
    PARTIAL_DATE,
    SHARE,
    UNIT,
    WORDS,
    YES_NO,
    column,
    record,
)
from reported.prose import NUMBERED, WORD_ONLY

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds

READINGS = ("digits", "typical", "cautious")
"""From the least careful to the most; the bounds of the last contain those of the one before."""
KINDS = ("stock", "cumulative", "event", "duration", "length", "ratio", "amount", "change", "level")
SIGNED = ("change", "level")
"""Kinds of quantity that may be negative."""
PERCENT_KINDS = ("ratio", *SIGNED)
SILENT_EVIDENCE = "not mentioned"
NO_EVIDENCE = "stated to be without evidence"
RELATIONS = (
    "restates",
    "refines",
    "derived from",
    "part of",
    "floor of",
    "perhaps the same statement as",
    "unrelated to",
)


@record
class Source:
    """An article."""

    id: str = column("Id of the article", "gazette_2031_05_02", ID, required=True)
    publisher: str = column("Who published it", "The Gazette", required=True)
    title: str = column("Its title, or the opening words of it", "River bursts its banks", required=True)
    published: PartialDate = column(
        "Date of publication, as precise as it is known", "2031-05-02", PARTIAL_DATE, required=True
    )
    language: str = column("Language of the text", "en", LANGUAGE, required=True)
    link: str = column("Its address; empty where not known", "https://example.org/river", LINK)
    credits: str = column("Agencies credited for the article as a whole", "AFP")
    sha256: str = column(
        "SHA-256 of the normalised text, by which a changed text is noticed; empty where not known",
        kind=CHECKSUM,
    )
    note: str = column("What else a reader should know of it")


@record
class Party:
    """Whom claimants speak for."""

    id: str = column("Id of the party", "city", ID, required=True)
    label: str = column("Name that readers see", "The city", required=True)
    colour: str = column("Colour in charts; empty takes the next of the palette", "#0072B2", COLOUR)
    interested: bool = column(
        "Whether it is a party to the matter reported; news media are not", "yes", YES_NO, required=True
    )


@record
class Claimant:
    """A speaker or institution."""

    id: str = column("Id of the claimant", "mayor", ID, required=True)
    name: str = column("Name in English", "Ana Silva", required=True)
    local_name: str = column("Name in the claimant's own script")
    role: str = column("Office, as the article gives it", "mayor")
    party: Party = column("Whom the claimant speaks for", "city", required=True, to="parties")


@record
class Quantity:
    """What figures count or measure, of which population, since when."""

    id: str = column("Id of the quantity", "people_evacuated", ID, required=True)
    topic: str = column("Heading it belongs under", "rescue", required=True)
    label: str = column("What is counted or measured, as readers see it", "People evacuated", required=True)
    unit: str = column(
        "Unit, in the singular: person, percent, euro, kilometre, day", "person", UNIT, required=True
    )
    kind: str = column(
        "stock: a number at a time; cumulative: a count since a start; event: of one event; duration, length, "
        "ratio, amount; change and level, which may be negative",
        "cumulative",
        required=True,
        choices=KINDS,
    )
    whole: bool = column("Whether only whole units exist", "yes", YES_NO, required=True)
    counted: bool = column(
        "Whether figures are counts of what was found one by one, such as people identified; the count is then "
        "exact for those found",
        "no",
        YES_NO,
        required=True,
    )
    population: str = column("Of whom or what, as narrowly as the source says", "residents of the old town")
    period_start: PartialDate | None = column(
        "Start of the period for a cumulative count", "2031-04-30", PARTIAL_DATE
    )
    period_basis: str = column("Where the start comes from", "given in paragraph 2")


@record
class Rule:
    """How one reading takes one qualifier."""

    id: str = column("Id of the rule", "typical_about", ID, required=True)
    reading: str = column("The reading that it belongs to", "typical", required=True, choices=READINGS)
    qualifier: str = column("The qualifier", "about", required=True, choices=NUMBERED + WORD_ONLY)
    base: Decimal | None = column("Number that a word alone is based on: 12 for dozens", "12", NUMBER)
    lower_factor: Decimal | None = column("The lower end, as a multiple of the number", "0.95", FACTOR)
    lower_end: str = column(
        "Whether the lower end is included (closed) or not", "closed", choices=("closed", "open")
    )
    lower_units: int | None = column("The lower end is at least so many units below the number", "1", COUNT)
    upper_factor: Decimal | None = column(
        "The upper end, as a multiple of the number; inf for no end", "1.05", FACTOR
    )
    upper_end: str = column(
        "Whether the upper end is included (closed) or not", "closed", choices=("closed", "open")
    )
    upper_units: int | None = column("The upper end is at least so many units above the number", "1", COUNT)
    units_apply_to: str = column(
        "Whether the distances in units hold for all or for counts only", "all", choices=("all", "counts")
    )
    ground: str = column("What the rule rests on: a survey, a convention", "convention: the plural")
    coverage_thousands: Decimal | None = column(
        "Share of the survey's answers that the bounds hold, for numbers in the thousands", "0.76", SHARE
    )
    answers_thousands: int | None = column("How many answers that share is of", "466", COUNT)
    coverage_tens: Decimal | None = column("The same share for numbers in the tens", "0.40", SHARE)
    answers_tens: int | None = column("How many answers that share is of", "929", COUNT)
    coverage_ones: Decimal | None = column("The same share for numbers below ten", "0.83", SHARE)
    answers_ones: int | None = column("How many answers that share is of", "231", COUNT)


@record
class Reaction:
    """What somebody else says to a figure, or a silence that the source reports."""

    id: str = column("Id of the reaction", "evacuated_county", ID, required=True)
    figure: str = column("The figure", "evacuated_mayor", required=True, to="figures")
    claimant: Claimant = column("Who reacts or is silent", "county", required=True, to="claimants")
    reaction: str = column(
        "The reaction as a verb phrase: contradicts, says otherwise, has not directly confirmed",
        "says otherwise",
        required=True,
    )
    silence: bool = column("Whether it is a silence, not an answer", "no", YES_NO, required=True)
    in_our_words: str = column(
        "What the source reports, in our words", "The county says that fewer people left."
    )
    source: Source = column("The article", "gazette_2031_05_02", required=True, to="sources")
    paragraph: int | None = column(
        "Paragraph of the article, the headline being 1; empty where not known", "7", ORDINAL
    )


@record
class Relation:
    """subject – relation – object, between two figures or two quantities."""

    id: str = column("Id of the relation", "mayor_county", ID, required=True)
    subject: str = column("A figure or a quantity", "evacuated_county", ID, required=True)
    relation: str = column("How the subject is related", "restates", required=True, choices=RELATIONS)
    object: str = column("A figure or a quantity", "evacuated_mayor", ID, required=True)
    in_our_words: str = column("The same in a sentence of ours", "The county repeats the mayor's number.")
    hedge: str = column("How the source hedges it: appears", "appears")
    source: Source = column("The article", "gazette_2031_05_02", required=True, to="sources")
    paragraph: int | None = column("Paragraph of the article; empty where not known", "8", ORDINAL)


@record
class SetAside:
    """A number in an article that is no figure."""

    id: str = column("Id of the row", "p1_date", ID, required=True)
    source: Source = column("The article", "gazette_2031_05_02", required=True, to="sources")
    paragraph: int | None = column("Paragraph of the article; empty where not known", "1", ORDINAL)
    words: str = column("The number as it is written", "2 May", WORDS, required=True)
    kind: str = column("What it is: date, time, ordinal, designation", "date", required=True)
    reason: str = column("Why it is no figure", "the day of the flood", required=True)


@record
class FigureRecord:
    """A number as somebody reported it."""

    id: str = column("Id of the figure, by which notebooks name it", "evacuated_mayor", ID, required=True)
    quantity: Quantity = column(
        "What it counts or measures", "people_evacuated", required=True, to="quantities"
    )
    event: str = column(
        "The event that it is of, the same word for all its figures; needed for the kind event", "flood", ID
    )
    qualifier: str = column(
        "The qualifier, exact for a bare number", "about", required=True, choices=NUMBERED + WORD_ONLY
    )
    value: Decimal | None = column(
        "The number; empty where the words hold no digits; 45 for 45 percent", "400", NUMBER
    )
    value_to: Decimal | None = column("The second number of a range", kind=NUMBER)
    hedge: str = column("The word that keeps the speaker from committing to it: could, may, might", "could")
    claimant: Claimant = column("Who states it", "mayor", required=True, to="claimants")
    relayed_by: Claimant | None = column("Outlet credited with passing it on", "radio", to="claimants")
    stated_on: PartialDate | None = column(
        "When it was stated: the date in its own sentence or the same speaker's sentence right before; else empty",
        "2031-05-01",
        PARTIAL_DATE,
    )
    as_of: PartialDate | None = column(
        "The date that it holds for, where the source gives one; else empty", "2031-04", PARTIAL_DATE
    )
    evidence: str = column(
        f"What the source says it rests on; {SILENT_EVIDENCE}; {NO_EVIDENCE}", "lists of names", required=True
    )
    source: Source = column("The article", "gazette_2031_05_02", required=True, to="sources")
    paragraph: int | None = column(
        "Paragraph of the article, the headline being 1; empty where not known", "3", ORDINAL
    )
    words: str = column("The words as reported", "about 400 residents", WORDS, required=True)
    note: str = column("What else a reader should know of it")
    reactions: tuple[Reaction, ...] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)
    """The rule of each reading for the qualifier."""

    @cached_property
    def bounds(self) -> Mapping[str, Bounds | None]:
        """Bounds in the printed unit under each reading; None where no digits were reported, or a hedge commits
        the speaker to nothing."""
        from reported.ledger.readings import as_bounds, ends

        return {
            rule.reading: None
            if self.hedge
            else as_bounds(
                ends(
                    rule,
                    self.value,
                    self.value_to,
                    whole=self.quantity.whole,
                    signed=self.quantity.kind in SIGNED,
                )
            )
            for rule in self.rules
        }

    @property
    def said(self) -> str:
        """What to print for the number: "more than 600,000"; a hedged figure is printed in its own words."""
        from reported.intervals.wording import qualified

        if self.hedge:
            return self.words
        percent = "%" if self.quantity.unit == "percent" and self.value is not None else ""
        return qualified(self.qualifier, self.value, self.value_to) + percent

    @property
    def held(self) -> tuple[datetime.date | None, datetime.date, str]:
        """The first and last day for which it may hold, and these in words: "by 26 January 2024".

        The first is None where the source gives no date for it: it then holds for a day not later than its
        statement, and a statement without a date is not later than its article.
        """
        published = self.source.published
        if self.as_of is not None:
            return self.as_of.first, min(self.as_of.last, published.last), self.as_of.words
        known = [date for date in (self.stated_on, published) if date is not None]
        latest = min(known, key=lambda date: date.last)
        return None, latest.last, f"by {latest.words}"


TABLES: Mapping[str, type] = {
    "sources": Source,
    "parties": Party,
    "claimants": Claimant,
    "quantities": Quantity,
    "figures": FigureRecord,
    "reactions": Reaction,
    "relations": Relation,
    "set_aside": SetAside,
    "readings": Rule,
}
"""Every table by its name; the file is `<name>.csv`."""
