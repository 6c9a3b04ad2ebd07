"""What the chapters share: which statements on transfers a sum takes, which statements are named, where they were read."""

import re
from collections.abc import Iterable
from pathlib import Path

from reported import Figure, Ledger
from reported.display.citations import published
from reported.display.questions import Question

RECEIVER = {"to_ukraine": "ukraine", "to_russia": "russia"}
"""The side that received the bodies, whose number is taken first."""


def transfers(ledger: Ledger, quantity: str, start: str = "2022", end: str = "2027") -> list[Figure]:
    """The statements on transfers in one direction between two days, each once."""
    found = ledger.select(quantity=quantity)
    return [
        f for f in found if f"transfer_{start}" < f.event < f"transfer_{end}" and ledger.restated(f) is None
    ]


def one_each(ledger: Ledger, quantity: str, start: str = "2022", end: str = "2027") -> list[Figure]:
    """One number for each transfer: the receiving side's, or else the first that was found."""
    chosen: dict[str, Figure] = {}
    for figure in transfers(ledger, quantity, start, end):
        known = chosen.setdefault(figure.event, figure)
        if known.claimant.party.id != RECEIVER[quantity] == figure.claimant.party.id:
            chosen[figure.event] = figure
    return list(chosen.values())


def in_a_copy(ledger: Ledger, transfer: str) -> int:
    """The number of a transfer that was found only in a copy, and is set aside."""
    (number,) = in_copies(ledger, transfer)
    return number


def in_copies(ledger: Ledger, transfers: str) -> list[int]:
    """The numbers found only in copies of the transfers whose names begin alike."""
    words = [row.words for row in ledger.rows.set_aside if row.id.startswith(f"copy_{transfers}")]
    return [int(number) for text in words for number in re.findall(r"\d+", text)]


def by_a_total(ledger: Ledger) -> int:
    """The number of the transfer of 2 June 2022, which only a total shows: that total less the transfer after it."""
    return in_a_copy(ledger, "to_ukraine_2022_06") - int(
        ledger["reintegration_ministry_to_ukraine_2022_06_08"].value
    )


def with_copies(found: Question, numbers: Iterable[int]) -> str:
    """A sum of transfers with numbers that were found only in copies."""
    return f"{int(found.result.bounds['typical'].lower) + sum(numbers):,}"


def named(ledger: Ledger) -> list[Figure]:
    """The statements that the notebooks name, in the order of the ledger."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path().glob("*.ipynb"))]
    ids = {id_ for text in texts for id_ in re.findall(r"ledger\.(\w+)", text)}
    found = [(figure, ledger.restated(figure)) for figure in ledger if figure.id in ids]
    return list(dict.fromkeys(figure if original is None else original for figure, original in found))


def read_in(figures: Iterable[Figure]) -> str:
    """Where the statements of a chart were read: the number, the publisher, the day."""
    places = (f"{f.said} {published(f.source)}" for f in figures)
    return f"Read in: {'; '.join(places)}."
