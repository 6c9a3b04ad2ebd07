"""Sums over events: each statement once, each event once, and never over several parties unasked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from reported.figures.expressions import Operand, Result, apply
from reported.figures.figure import Figure


def total(figures: Iterable[Figure], *more: Figure, parties: Literal["one", "several"] = "one") -> Result:
    """The sum of what is stated of several events: total(ledger.select(quantity="evacuated", party="city")).

    A statement printed again, a number that its claimant corrects, and a number given twice for one event count
    once. The result is refused, with the reason, if `+` is (one event has two numbers, one figure is part of
    another), and if the figures come from several parties, unless `parties` is "several". `.figures` are those
    that were added. Raises ValueError for no figures or another word for `parties`, UnitError for unlike units.
    """
    __tracebackhide__ = True
    if more or isinstance(figures, Operand | str) or not isinstance(figures, Iterable):
        raise TypeError(
            "total() takes the figures as one list: write total([a, b]), or total(ledger.select(…))"
        )
    every = list(figures)
    for thing in every:
        if not isinstance(thing, Figure):
            what = thing.expression if isinstance(thing, Operand) else repr(thing)
            raise TypeError(f"total() adds figures of a ledger, found {what}; add results and numbers with +")
    if parties not in ("one", "several"):
        raise ValueError(f'parties is {parties!r}, expected "one" or "several"')
    if not every:
        raise ValueError("total() has no figures to add; check the conditions of the selection")
    added = each_once(every)
    named = list(dict.fromkeys(figure.claimant.party.label for figure in added))
    refused = []
    if len(named) > 1 and parties == "one":
        refused.append(
            f'Numbers of several parties: {", ".join(named)}. Write parties="several" to add them.'
        )
    return apply("total", added, refused)


def each_once(figures: Iterable[Figure]) -> list[Figure]:
    """The figures, each statement once, corrected ones left out, and the same number for one event once.

    Of a statement and its repetitions the first that is given stays.
    """
    every = list(figures)
    corrected = {figure.ledger.corrected(figure) for figure in every}
    kept: dict[object, Figure] = {}
    for figure in every:
        if figure not in corrected:
            number = (figure.qualifier, figure.value, figure.value_to)
            kept.setdefault((figure.quantity.id, figure.event, number) if figure.event else figure, figure)
    statements: dict[Figure, Figure] = {}
    for figure in kept.values():
        original = figure.ledger.restated(figure)
        statements.setdefault(figure if original is None else original, figure)
    return list(statements.values())
