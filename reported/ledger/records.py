"""The tables of a ledger: one record for each, its fields the columns of the file, declared here and nowhere else.

Where rows come from, and whether they make sense together, is not known here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reported.ledger.dates import PartialDate
from reported.ledger.readings import as_fraction, nearly_inverse, on_scale, read
from reported.ledger.rules import Rule
from reported.ledger.schema import (
    CHECKSUM,
    COLOUR,
    ID,
    LANGUAGE,
    LINK,
    NUMBER,
    ORDINAL,
    PARTIAL_DATE,
    PRECISION,
    UNIT,
    WINDOW,
    WORDS,
    YES_NO,
    column,
    needed,
    record,
)
from reported.prose import NUMBERED, WORD_ONLY, find
from reported.prose.number import last_digit

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds
    from reported.prose import Phrase

_HEDGED = {hedge: f"{hedge} be" for hedge in ("could", "may", "might", "would", "should")}
KINDS = ("stock", "cumulative", "event", "duration", "length", "ratio", "share", "amount", "change", "level")
SIGNED = ("change", "level")
"""Kinds of quantity that may be negative."""
PERCENT_KINDS = ("ratio", "share", *SIGNED)
IDENTIFIED = "people identified"
SILENT_EVIDENCE = "not mentioned"
NO_EVIDENCE = "stated to be without evidence"
EVIDENCE = (IDENTIFIED, NO_EVIDENCE, SILENT_EVIDENCE)
"""What a figure may rest on in every project; a project declares further kinds."""
REPORTED, POSSIBLE = "reported", "possible"
STANDINGS = (REPORTED, "forecast", "target", "feared", POSSIBLE)
REACTIONS = ("contradicts", "says otherwise", "had not directly confirmed")
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

    id: str = needed("Id of the article", "gazette_2031_05_02", ID)
    publisher: str = needed("Who published it", "The Gazette")
    title: str = needed("Its title, or the opening words of it", "River bursts its banks")
    published: PartialDate = needed("Date of publication, as far as known", "2031-05-02", PARTIAL_DATE)
    inferred: str = column("How the date was inferred, if the article does not give it", "by what it reports")
    language: str = needed("Language of the text", "en", LANGUAGE)
    link: str = column("Its address; empty if not known", "https://example.org/river", LINK)
    credits: str = column("Agencies credited for the article as a whole", "AFP")
    sha256: str = column("SHA-256 of the normalised text, which shows when it has changed", kind=CHECKSUM)
    note: str = column("What else a reader should know of it")


@record
class Party:
    """A party that claimants speak for."""

    id: str = needed("Id of the party", "city", ID)
    label: str = needed("Name that readers see", "The city")
    colour: str = column("Colour in charts; empty takes the next of the palette", "#0072B2", COLOUR)
    interested: bool = needed("Whether the matter reported is its own; not for news media", "yes", YES_NO)


@record
class Claimant:
    """A speaker or institution."""

    id: str = needed("Id of the claimant", "mayor", ID)
    name: str = needed("Name in English", "Ana Silva")
    local_name: str = column("Name in the claimant's own script")
    other_names: str = column(
        "Other names that it goes by, with a semicolon between two", "City Hall; the mayor's office"
    )
    role: str = column("Office, as the article gives it", "mayor")
    party: Party = needed("Whom the claimant speaks for", "city", to="parties")

    @property
    def also(self) -> tuple[str, ...]:
        """The other names, one by one."""
        return tuple(filter(None, map(str.strip, self.other_names.split(";"))))


@record
class Quantity:
    """A quantity that figures count or measure: of which population, since when."""

    id: str = needed("Id of the quantity", "people_evacuated", ID)
    topic: str = needed("Heading it belongs under", "rescue")
    label: str = needed("What is counted or measured, as readers see it", "People evacuated")
    unit: str = needed(
        "Unit, in the singular: person, percent, square kilometre, EUR, person per day", "person", UNIT
    )
    kind: str = needed(
        "What sort of number: at a time (stock), since a start (cumulative), …; change and level may be negative",
        "cumulative",
        choices=KINDS,
    )
    whole: bool = needed("Whether only whole units exist", "yes", YES_NO)
    counted: bool = needed(
        "Whether it is counted one by one, such as people identified: exact for those found", "no", YES_NO
    )
    population: str = column("Of whom or what, as narrowly as the source says", "residents")
    period_start: PartialDate | None = column("Start of a cumulative count", "2031-04-30", PARTIAL_DATE)
    period_basis: str = column("Where the start comes from", "given in paragraph 2")


@record
class Reaction:
    """A reaction of somebody else to a figure, or a silence that the source reports."""

    id: str = needed("Id of the reaction", "evacuated_county", ID)
    figure: str = needed("The figure", "evacuated_mayor", to="figures")
    claimant: Claimant = needed("Who reacts or is silent", "county", to="claimants")
    reaction: str = needed(
        "What the source reports of others", "says otherwise", choices=REACTIONS, more="reactions"
    )
    silence: bool = needed("Whether it is a silence, not an answer", "no", YES_NO)
    in_our_words: str = column("What the source reports, in our words", "The county counts fewer.")
    source: Source = needed("The article", "gazette_2031_05_02", to="sources")
    paragraph: int | None = column("Paragraph of the article; empty if not known", "7", ORDINAL)


@record
class Relation:
    """subject – relation – object, between two figures or two quantities."""

    id: str = needed("Id of the relation", "mayor_county", ID)
    subject: str = needed("A figure or a quantity", "evacuated_county", ID)
    relation: str = needed("How the subject is related", "restates", choices=RELATIONS)
    object: str = needed("A figure or a quantity", "evacuated_mayor", ID)
    in_our_words: str = column("The same in a sentence of ours", "The county repeats the mayor's number.")
    hedge: str = column("How the source hedges it: appears", "appears")
    source: Source = needed("The article", "gazette_2031_05_02", to="sources")
    paragraph: int | None = column("Paragraph of the article; empty if not known", "8", ORDINAL)


@record
class SetAside:
    """A number in an article that is no figure."""

    id: str = needed("Id of the row", "p1_date", ID)
    source: Source = needed("The article", "gazette_2031_05_02", to="sources")
    paragraph: int | None = column("Paragraph of the article; empty if not known", "1", ORDINAL)
    words: str = needed("The number as it is written", "2 May", WORDS)
    kind: str = needed("What it is: date, time, ordinal, designation", "date")
    reason: str = needed("Why it is no figure", "the day of the flood")


@record
class FigureRecord:
    """A number as somebody reported it."""

    id: str = needed("Id of the figure, by which notebooks name it", "evacuated_mayor", ID)
    quantity: Quantity = needed("What it counts or measures", "people_evacuated", to="quantities")
    event: str = column("The event, alike for all its figures; needed for the kind event", "flood", ID)
    qualifier: str = needed("The qualifier, exact for a bare number", "about", choices=NUMBERED + WORD_ONLY)
    value: Decimal | None = column("The number, 45 for 45 percent; empty if none is said", "400", NUMBER)
    value_to: Decimal | None = column("The second number of a range", kind=NUMBER)
    precision: Decimal | str | None = column(
        "How finely it is meant, if known better than its digits show: exact, or a number in the printed unit",
        "1000",
        PRECISION,
    )
    standing: str = column(
        "What the number is said to be; empty for what is reported as so",
        "forecast",
        choices=STANDINGS,
        when_empty=REPORTED,
    )
    hedge: str = column("The words that say so: could, is expected to, feared", "could")
    claimant: Claimant = needed("Who states it", "mayor", to="claimants")
    relayed_by: Claimant | None = column("Outlet credited with passing it on", "radio", to="claimants")
    stated_on: PartialDate | None = column(
        "When it was stated, by its sentence or the speaker's sentence before", "2031-05-01", PARTIAL_DATE
    )
    as_of: PartialDate | None = column(
        "The date that it holds for, if the source gives one", "2031-04", PARTIAL_DATE
    )
    over: str = column("The time that it is over, which ends on as_of", "7 day", WINDOW, name="window")
    inferred: str = column(
        "How a day in this row was inferred, if the source does not give it",
        "three days before the article",
    )
    evidence: str = needed(
        "What the source says it rests on", SILENT_EVIDENCE, choices=EVIDENCE, more="evidence"
    )
    source: Source = needed("The article", "gazette_2031_05_02", to="sources")
    paragraph: int | None = column("Paragraph of the article, the headline being 1", "3", ORDINAL)
    words: str = needed("The words as reported, in the language of the article", "about 400 residents", WORDS)
    overruled: str = column(
        "Why the value, qualifier, unit or speaker is another than the words are read as",
        "a misprint for 34.42",
    )
    note: str = column("What else a reader should know of it")
    reactions: tuple[Reaction, ...] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)
    """The rule of each reading for the qualifier."""

    @cached_property
    def stated(self) -> Mapping[str, Bounds | None]:
        """The exact bounds of its words under each reading, in the printed unit: 45 for 45 %.

        None if no digits were reported, or if the number is only possible. Raises ReadingError if a rule
        leaves no number between its ends, which a loaded ledger has been checked for.
        """
        quantity, value = self.quantity, self.value
        if self.standing == POSSIBLE:
            return {rule.reading: None for rule in self.rules}
        if (
            self.qualifier == "nearly"
            and value
            and value < 1
            and self._phrase
            and self._phrase.kind == "multiple"
        ):
            return {rule.reading: nearly_inverse(rule, value) for rule in self.rules}
        how: dict[str, Any] = {"whole": quantity.whole, "signed": quantity.kind in SIGNED}
        how["precision"] = "exact" if quantity.counted else self.precision
        how["resolution"] = None if quantity.whole else self.resolution
        how["on_scale"] = on_scale(quantity.unit)
        how["most"] = 100 if quantity.kind == "share" else None
        ends: tuple[Decimal | Fraction | None, ...] = (value, self.value_to)
        if quantity.unit == "percent" and self._phrase is not None and self._phrase.kind == "fraction":
            ends = (as_fraction(value), as_fraction(self.value_to))
        return {rule.reading: read(rule, *ends, **how) for rule in self.rules}

    @cached_property
    def quantity_phrases(self) -> tuple[Phrase, ...]:
        """The phrases of the words that are read as a quantity."""
        return tuple(phrase for phrase in find(self.words, chosen=True) if phrase.is_quantity)

    @property
    def _phrase(self) -> Phrase | None:
        """The phrase of the words that the row's number is read from, if any."""
        return next((phrase for phrase in self.quantity_phrases if phrase.value == self.value), None)

    @property
    def resolution(self) -> Decimal | None:
        """The size of the last written digit; of a fraction in words one per cent, of another number in words None."""
        if self.value is None:
            return None
        phrase = self._phrase
        if phrase is None:
            return last_digit(self.value)
        return Decimal(1) if phrase.resolution is None and phrase.kind == "fraction" else phrase.resolution

    @cached_property
    def said(self) -> str:
        """The number in print: "more than 600,000"; a hedged figure, and a fraction, in their own words."""
        from reported.intervals.wording import has_words, qualified

        if self.hedge:
            hedged = _HEDGED.get(self.hedge, self.hedge)
            return self.words if has_words(self.words, self.hedge) else f"{hedged} {self.words}"
        if self.value is not None and not re.search(r"\d", self.words):
            is_factor = self.value < 1 and self._phrase is not None and self._phrase.kind == "multiple"
            if is_factor or round(self.value, 2) != self.value:
                return self.words  # "more than halved", "a third"
        percent = "%" if self.quantity.unit.split(" ")[0] == "percent" and self.value is not None else ""
        return qualified(self.qualifier, self.value, self.value_to) + percent

    @cached_property
    def held(self) -> tuple[datetime.date | None, datetime.date, str]:
        """The first and last day for which it may hold, and these in words: "by 26 January 2024".

        The first is None if the source gives no date for it: it then holds for a day not later than its
        statement, and a statement without a date is not later than its article.
        """
        published = self.source.published
        if self.as_of is not None:
            last = self.as_of.last if self.standing != REPORTED else min(self.as_of.last, published.last)
            return self.as_of.first, last, self.as_of.words
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
