"""Sums over events: each statement once, each event once, and never over several parties unasked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Literal

from reported.figures.figure import Figure
from reported.figures.operand import Result, summed
from reported.figures.units import UnitError


def total(figures: Iterable[Figure], *, parties: Literal["one", "several"] = "one") -> Result:
    """The sum of what is stated of several events: total(ledger.select(quantity="evacuated", party="city")).

    A statement printed again, a number that its claimant corrects, and a number given twice for one event count
    once. The result is refused, with the reason, where one event has two numbers, where one figure is part of
    another, and where the figures come from several parties, unless `parties` is "several". `.figures` are those
    that were added. Raises ValueError for no figures, UnitError for unlike units.
    """
    every = list(figures)
    if not every:
        raise ValueError("total() has no figures to add; check the conditions of the selection")
    units = {figure.quantity.unit: figure.id for figure in every}
    if len(units) > 1:
        raise UnitError(
            f"total() cannot add {' and '.join(f'{id_} ({unit})' for unit, id_ in units.items())}"
        )
    added = each_once(every)
    named = list(dict.fromkeys(figure.claimant.party.label for figure in added))
    refused = [reason for one, other in combinations(added, 2) for reason in _overlap(one, other)]
    if len(named) > 1 and parties == "one":
        refused.append(
            f'Numbers of several parties: {", ".join(named)}. Write parties="several" to add them.'
        )
    return Result("total", tuple(added), added[0].unit, summed, refused)


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


def _overlap(one: Figure, other: Figure) -> Iterable[str]:
    if one.event and (one.event, one.quantity) == (other.event, other.quantity):
        yield f"{one.named} and {other.named} are of one event: adding them would count it twice."
    elif one.related("part of", other):
        yield f"One of {one.named} and {other.named} is part of the other: adding them would count it twice."
