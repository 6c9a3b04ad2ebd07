"""Sources in words: an article in a table's cell, and a figure's citation to copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reported.display.numbers import label, stated
from reported.display.table import Run, run
from reported.figures.cautions import window
from reported.intervals.wording import capital, has_words
from reported.ledger.records import NO_EVIDENCE, SILENT_EVIDENCE

if TYPE_CHECKING:
    from reported.figures.figure import Figure
    from reported.ledger.records import Claimant, Reaction, Relation, SetAside, Source


def article(row: Figure | Reaction | Relation | SetAside) -> str:
    """Return a source in few words: publisher, day, paragraph."""
    return published(row.source) + (f", ¶\u00a0{row.paragraph}" if row.paragraph else "")


def published(source: Source) -> str:
    """Return an article's publisher and day."""
    return f"{source.publisher}, {publication_day(source)}"


def publication_day(source: Source) -> str:
    """Return an article's day of publication, in words that say so if it was inferred."""
    return f"undated, about {source.published.words}" if source.inferred else source.published.words


def speaker(claimant: Claimant) -> str:
    """Return a claimant, with the party unless the name says it."""
    party = claimant.party.label
    return claimant.name if has_words(claimant.name, party) else f"{claimant.name} ({party})"


def day(figure: Figure) -> str:
    """Return a figure's day with its window, and how it was inferred if the source does not give it."""
    more = _more(figure)
    return figure.held[2] + (f" ({more})" if more else "")


def dated(figure: Figure, **marks: str | bool) -> Run:
    """Return a figure's day in words, for a cell that is sorted by days."""
    return run(figure.held[2], sort=figure.held[1].isoformat(), **marks)


def beside_day(figure: Figure) -> Run:
    """Return a figure's window and how its day was inferred, for a table's cell; empty without either."""
    return run(_more(figure), small=True)


def _more(figure: Figure) -> str:
    how = figure.inferred
    return "; ".join(filter(None, [window(figure), f"inferred: {how}" if how else ""]))


def evidence(figure: Figure) -> str:
    """Return what the source says a figure rests on; empty if it says nothing."""
    if figure.evidence == NO_EVIDENCE:
        return f"no evidence provided, {figure.source.publisher} says"
    return "" if figure.evidence == SILENT_EVIDENCE else figure.evidence


def reaction_place(figure: Figure, reaction: Reaction) -> str:
    """Return a reaction's paragraph, with the article if it is not the figure's own."""
    if reaction.source == figure.source:
        return f" (¶\u00a0{reaction.paragraph})" if reaction.paragraph else ""
    return f" ({article(reaction)})"


def citation(figure: Figure) -> str:
    """Return a figure with everything that a reader of it alone must know, to quote elsewhere.

    A sentence with unit, day, speaker, source, paragraph and link; then, a sentence each, evidence, reactions, what was
    inferred and the note of its row; and at the end whose reading that is.
    """
    source, settings = figure.source, figure.ledger.rows.settings
    name = re.sub("^The ", "the ", figure.claimant.name)
    role = f", {figure.claimant.role}" if figure.claimant.role else ""
    relayed = f", via {figure.relayed_by.name}" if figure.relayed_by else ""
    said = f", {figure.stated_on.words}" if figure.stated_on else ""
    paragraph = f", paragraph {figure.paragraph}" if figure.paragraph else ""
    link = f", {source.link}" if source.link else ""
    over = f" {window(figure)}" if window(figure) else ""
    held = f" ({figure.held[2]})" if figure.as_of else ""
    basis = evidence(figure)
    reactions = (
        f"{r.in_our_words.removesuffix('.') or f'{r.claimant.name} {r.reaction}'}{reaction_place(figure, r)}"
        for r in figure.reactions
    )
    sentences = (
        f"{label(figure)}: {stated(figure)}{over}{held}, according to {name}{role}{relayed}{said} "
        f"({source.publisher}, “{source.title}”, {publication_day(source)}{paragraph}{link})",
        f"evidence: {basis}" if basis == figure.evidence else basis,
        *reactions,
        f"inferred: {figure.inferred}" if figure.inferred else "",
        figure.note.removesuffix("."),
        f"as read in “{figure.ledger.title}”"
        + (f", edition of {settings['edition']}" if settings.get("edition") else ""),
    )
    return " ".join(f"{capital(sentence)}." for sentence in sentences if sentence).replace(
        "¶\u00a0", "paragraph "
    )
