"""Tables of what many articles report: one event by several parties, growth from day to day, one statement reprinted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from reported.display.arguments import figures_of
from reported.display.citations import article, citation, dated, day, speaker
from reported.display.numbers import stated
from reported.display.questions import answer_cell
from reported.display.table import BREAK, Cell, Column, Row, Run, Table, cell, joined, run
from reported.figures.expressions import compatible
from reported.figures.figure import Figure, steps
from reported.figures.ledger import Ledger
from reported.figures.total import each_once
from reported.ledger.rules import READINGS


def by_event(
    *figures: Figure | Ledger,
    caption: str,
    headers: Mapping[str, str],
    speakers: Mapping[str, str] | None = None,
) -> Table:
    """Tabulate events by day, with a column for each quantity and party. Contradictory numbers are bold.

    `headers` maps each quantity's id to its heading, `speakers` each party's id to its wording there:
    {"city": "says the city"}; by default a party has its label. Each statement is shown once.
    """
    by_party: dict[object, list[Figure]] = {}
    for figure in figures_of("by_event", figures):
        by_party.setdefault(figure.claimant.party, []).append(figure)
    every = [figure for members in by_party.values() for figure in each_once(members)]
    events: dict[str, list[Figure]] = {}
    for figure in every:
        events.setdefault(figure.event, []).append(figure)
    parties = list(dict.fromkeys(p for f in every[:1] for p in f.ledger.rows.parties.values()))
    keys = [
        (q, p)
        for q in headers
        for p in parties
        if any((f.quantity.id, f.claimant.party) == (q, p) for f in every)
    ]
    names = [
        f"{headers[q]}, {speakers[p.id]}" if speakers is not None else f"{headers[q]}: {p.label}"
        for q, p in keys
    ]
    columns = [Column("Day", 2.1), *(Column(name, max(1, len(name) / 14)) for name in names)]
    rows = []
    for members in sorted(events.values(), key=lambda group: min(f.held[1] for f in group)):
        of = {key: [f for f in members if (f.quantity.id, f.claimant.party) == key] for key in keys}
        rows.append(Row([cell(_day(members)), *(_numbers(of, key) for key in keys)]))
    return Table(caption, columns, rows, kind="events")


def _day(members: Sequence[Figure]) -> Run:
    """Return an event's day: one given by a figure, otherwise the first by which it is known."""
    known = [f for f in members if f.has_day]
    return dated(min(known or members, key=lambda f: f.held[1]))


def _numbers(of: Mapping[Any, Sequence[Figure]], key: Any) -> Cell:
    """Return one party's numbers, each bold if it contradicts another number of the same quantity, whoever gives that."""
    beside = [figure for other, found in of.items() if other[0] == key[0] for figure in found]
    cells = [
        [
            run(
                stated(figure),
                href=f"#{figure.anchor}",
                strong=any(_contradict(figure, other) for other in beside if other != figure),
            )
        ]
        for figure in of[key]
    ]
    return joined(cells, " or ")


def _contradict(figure: Figure, other: Figure) -> bool:
    return compatible(figure, other).under("typical") == "fails"


def growth(*figures: Figure | Ledger, caption: str, per_day: bool = False) -> Table:
    """Tabulate growth from each figure to the next, and whether the words commit to growth.

    With `per_day` it shows the days between and the growth per day instead of that answer, for counts whose order is plain.
    """
    __tracebackhide__ = True
    every = figures_of("growth", figures, least=2)
    columns = [Column("From", 1.8), Column("To", 1.8)]
    columns += (
        [Column("Added", 1), Column("Days between", 1), Column("Added a day", 1.1)]
        if per_day
        else [Column("Do the words commit to growth?", 2.4)]
    )
    return Table(caption, columns, [Row(_step(step, per_day)) for step in steps(every)], kind="growth")


def _step(step: Mapping[str, Any], per_day: bool) -> list[Cell]:
    ends = [
        [run(stated(f), href=f"#{f.anchor}", sort=f.held[1].isoformat()), BREAK, run(day(f), small=True)]
        for f in (step["earlier"], step["later"])
    ]
    if not per_day:
        return [*ends, answer_cell({reading: step["grew"].says(reading) for reading in READINGS})]
    by = {reading: stated(step["later"], step["growth"].says(reading)) for reading in READINGS}
    return [*ends, answer_cell(by), cell(step["days"].says()), cell(step["per_day"].says(decimals=1))]


def repetitions(*figures: Figure | Ledger) -> Table:
    """Tabulate statements printed by several articles: who said what, where first, and where and how again.

    Links to these figures lead here, so that a table of the other figures need not repeat them.
    """
    again = reprinted(figures_of("repetitions", figures))
    columns = [
        Column("Statement", 1.5),
        Column("Who says so", 2.3, filter=True),
        Column("Read in", 2.6),
        Column("Also read in", 3.6),
    ]
    rows: list[Row] = []
    for quantity, members in groupby(by_quantity(again), key=lambda f: f.quantity):
        rows.append(Row([cell(quantity.label)], group=True))
        rows += [_reprinted_row(f, again[f]) for f in members]
    return Table("One statement in several articles", columns, rows, kind="repetitions")


def by_quantity(figures: Iterable[Figure]) -> list[Figure]:
    """Group figures by quantity and sort them by day; quantities are in the order of their first figures."""
    every = list(figures)
    place = {q: n for n, q in enumerate(dict.fromkeys(figure.quantity for figure in every))}
    return sorted(every, key=lambda f: (place[f.quantity], f.held[1]))


def _reprinted_row(f: Figure, others: Sequence[Figure]) -> Row:
    cells = [
        cell(run(stated(f), strong=True)),
        cell(_speaker(f), run(f"via {f.relayed_by.name}" if f.relayed_by else "", small=True)),
        [run(article(f), href=f.source.link)],
        joined(_reprint(other, f) for other in others),
    ]
    return Row(cells, id=f.anchor, cite=citation(f))


def _speaker(f: Figure) -> str:
    return speaker(f.claimant) if f.claimant.party.interested else f.claimant.name


def reprinted(figures: Iterable[Figure]) -> dict[Figure, list[Figure]]:
    """Return the statements that some of these figures restate, with those figures."""
    again: dict[Figure, list[Figure]] = {}
    for figure in figures:
        original = figure.ledger.restated(figure)
        if original is not None:
            again.setdefault(original, []).append(figure)
    return again


def _reprint(figure: Figure, original: Figure) -> Cell:
    said = f"“{figure.said}”" if figure.hedge else figure.said
    other = [f"as {said}"] if figure.said != original.said else []
    if figure.quantity != original.quantity:
        other.append(f"of “{figure.quantity.label}”")
    words = f": {', '.join(other)}" if other else ""
    return [run(article(figure), href=figure.source.link), run(words)]
