"""What no schema can say of a ledger: that words, numbers, dates, relations and formulas make sense together.

Each check gives faults in words; reading the ledger is done elsewhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from reported import prose
from reported.algebra import formula
from reported.ledger.package import Table, shown, suggestion
from reported.ledger.reading import TYPICAL, Reading
from reported.ledger.records import Figure, Quantity, Relation, Source, typed

MAX_WORDS = 6
_EARLIEST, _LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
_Fault = tuple[str, str]


def value_faults(
    qualifier: str,
    value: Decimal | None,
    value_to: Decimal | None,
    quantity: Quantity,
    readings: Mapping[str, Reading],
) -> list[_Fault]:
    bare = readings[TYPICAL][qualifier].base is not None
    faults: list[_Fault] = []
    if bare and value is not None:
        faults.append(("value", f'{value} beside the bare word "{qualifier}"; leave it empty'))
    if not bare and value is None:
        faults.append(("value", f'empty; "{qualifier}" needs a number'))
    if (qualifier == "between") != (value_to is not None):
        faults.append(("value_to", 'a second number belongs to "between" and to nothing else'))
    if value is not None and value_to is not None and value_to < value:
        faults.append(("value_to", f"{value_to} is below the first number {value}"))
    for column, number in (("value", value), ("value_to", value_to)):
        if quantity.whole and number is not None and number.as_tuple().exponent != 0:
            faults.append(
                (column, f"{number} has a decimal point, but {quantity.label} is counted in whole units")
            )
    return faults


def date_faults(cells: Mapping[str, Any], source: Source) -> list[_Fault]:
    faults: list[_Fault] = []
    for column in ("stated_on", "as_of"):
        day = cells[column]
        if day is not None and not _EARLIEST <= day <= source.published:
            faults.append(
                (column, f"{day} lies outside {_EARLIEST} to {source.published}, the article's day")
            )
    if (cells["as_of"] is None) != (cells["as_of_basis"] == "not given"):
        faults.append(
            (
                "as_of_basis",
                f"{shown(cells['as_of_basis'])} does not go with as_of {cells['as_of'] or 'empty'}",
            )
        )
    if cells["as_of_basis"] == "statement date" and cells["as_of"] != cells["stated_on"]:
        faults.append(("as_of", f"{cells['as_of']} is not the statement date {cells['stated_on']}"))
    if cells["as_of_basis"] == "article date" and cells["as_of"] != source.published:
        faults.append(("as_of", f"{cells['as_of']} is not the article's date {source.published}"))
    return faults


def words_faults(words: str, qualifier: str, value: Decimal | None, value_to: Decimal | None) -> list[_Fault]:
    if len(words.split()) > MAX_WORDS:
        return [
            ("words", f"{len(words.split())} words, more than {MAX_WORDS}: keep qualifier, number and noun")
        ]
    try:
        found = prose.parse(words)
    except prose.PhraseError as error:
        return [("words", str(error))]
    faults: list[_Fault] = []
    for column, stored, said in (
        ("qualifier", qualifier, found.qualifier),
        ("value", value, found.value),
        ("value_to", value_to, found.value_to),
    ):
        if stored != said:
            stored_text, said_text = (shown(str(x)) if x is not None else "no number" for x in (stored, said))
            faults.append((column, f"{stored_text}, but the words {shown(words)} say {said_text}"))
    return faults


def check_sources(table: Table, sources: Mapping[str, Source], problems: list[str]) -> None:
    for row, source in enumerate(sources.values()):
        if not _EARLIEST <= source.published <= _LATEST:
            problems.append(
                f"{table.at(row, 'published')}: {source.published} lies outside {_EARLIEST} to {_LATEST}"
            )


def check_quantities(
    table: Table, quantities: Mapping[str, Quantity], figures: Mapping[str, Figure], problems: list[str]
) -> None:
    for row, (id_, quantity) in enumerate(quantities.items()):
        if id_ in figures and figures[id_].quantity.id != id_:
            problems.append(
                f"{table.at(row, 'id')}: {shown(id_)} is a figure of another quantity; rename one"
            )
        if (quantity.period_start is None) != (quantity.period_basis == ""):
            problems.append(f"{table.at(row, 'period_basis')}: period_start and period_basis go together")
        if quantity.period_start is not None and quantity.period_start < _EARLIEST:
            problems.append(f"{table.at(row, 'period_start')}: {quantity.period_start} is before {_EARLIEST}")
        for figure in figures.values():
            start, end = quantity.period_start, figure.as_of
            if figure.quantity.id == id_ and start and end and end < start:
                problems.append(
                    f"{table.at(row, 'period_start')}: {start} is after {figure.id} holds ({end})"
                )


def check_relations(
    table: Table,
    relations: tuple[Relation, ...],
    figures: Mapping[str, Figure],
    quantities: Mapping[str, Quantity],
    problems: list[str],
) -> None:
    known = [*figures, *quantities]
    seen: dict[frozenset[str], int] = {}
    for row, r in enumerate(relations):
        for column, id_ in (("subject", r.subject), ("object", r.object)):
            if id_ not in figures and id_ not in quantities:
                hint = suggestion(id_, known) or "; add it there or correct it"
                problems.append(f"{table.at(row, column)}: {shown(id_)} is no figure and no quantity{hint}")
        pair = frozenset((r.subject, r.object))
        if len(pair) == 1:
            problems.append(f"{table.at(row, 'object')}: {shown(r.object)} stands on both sides")
        elif pair in seen:
            problems.append(
                f"{table.at(row)}: the pair stands already in row {table.lines[seen[pair]]}; keep one"
            )
        else:
            seen[pair] = row
    for row, r in enumerate(relations):
        apart = _held_apart(r, relations, figures)
        if apart:
            problems.append(
                f"{table.at(row, 'relation')}: {shown(r.relation)}, but {apart}; correct one of the two"
            )
    circle = _circle(relations)
    if circle:
        row = next(i for i, r in enumerate(relations) if (r.subject, r.object) == circle)
        problems.append(
            f"{table.at(row, 'object')}: closes a circle of restatements; a statement cannot restate itself"
        )


def _held_apart(r: Relation, relations: tuple[Relation, ...], figures: Mapping[str, Figure]) -> str:
    """What calls two things unrelated of which `r` says that they are one; "" where nothing does."""
    one, other = (figures[id_].quantity.id if id_ in figures else id_ for id_ in (r.subject, r.object))
    if r.relation == "unrelated to":
        return "the two count one quantity" if one == other else ""
    pair = frozenset((one, other))
    for u in relations:
        if u.relation == "unrelated to" and frozenset((u.subject, u.object)) == pair:
            return f"{u.id} calls {one} and {other} unrelated"
    return ""


def _circle(relations: tuple[Relation, ...]) -> tuple[str, str] | None:
    """Subject and object of a relation whose restating or refining leads back to its own subject."""
    follows: dict[str, set[str]] = {}
    for r in relations:
        if r.relation in ("restates", "refines") and r.subject != r.object:
            follows.setdefault(r.subject, set()).add(r.object)
    try:
        TopologicalSorter(follows).prepare()
    except CycleError as error:
        circle = error.args[1]
        return circle[1], circle[0]
    return None


def check_formulas(table: Table, figures: Mapping[str, Figure], problems: list[str]) -> None:
    for row, cells in enumerate(typed(table)):
        try:
            node = formula.parse(cells["formula"])
        except formula.FormulaError as error:
            problems.append(f"{table.at(row, 'formula')}: {error}")
            continue
        for name in formula.names(node):
            if name not in figures:
                hint = suggestion(name, figures) or "; name one of figures.csv"
                problems.append(f"{table.at(row, 'formula')}: {shown(name)} is no figure{hint}")
        if not formula.names(node):
            problems.append(f"{table.at(row, 'formula')}: names no figure; a comparison needs one")
        asks = isinstance(node, formula.Order | formula.Compatible)
        wanted = ("statement",) if asks else ("scale", "decimals", "measure")
        for column in ("statement", "scale", "decimals", "measure"):
            if (column in wanted) != (cells[column] not in (None, "")):
                state = "empty, but needed" if column in wanted else "given, but not used"
                problems.append(
                    f"{table.at(row, column)}: {state} for {'an order or a fit' if asks else 'a number'}"
                )
