"""Where something was read, in words: an article in a table's cell, and a figure's citation to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reported.figures.figure import Figure
    from reported.ledger.records import Reaction, Relation, SetAside, Source


def article(row: Figure | Reaction | Relation | SetAside) -> str:
    """Where something was read, in few words: publisher, day, paragraph."""
    return published(row.source) + (f", ¶\u00a0{row.paragraph}" if row.paragraph else "")


def published(source: Source) -> str:
    """Who published an article, and when."""
    return f"{source.publisher}, {source.published.words}"


def citation(figure: Figure) -> str:
    """One figure with its speaker, source, day, paragraph and link, to be quoted elsewhere."""
    source = figure.source
    relayed = f", via {figure.relayed_by.name}" if figure.relayed_by else ""
    paragraph = f", paragraph {figure.paragraph}" if figure.paragraph else ""
    link = f", {source.link}" if source.link else ""
    return (
        f"{figure.quantity.label}: {figure.said}, according to {figure.claimant.name}{relayed} "
        f"({source.publisher}, “{source.title}”, {source.published.words}{paragraph}{link})"
    )
