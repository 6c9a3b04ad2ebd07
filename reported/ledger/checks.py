"""What no single cell shows: whether the words, numbers, dates, relations and rules of a ledger fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from reported.ledger.files import Faults, Table, quoted
from reported.ledger.readings import Ends, ReadingError, ends
from reported.ledger.records import (
    PERCENT_KINDS,
    READINGS,
    SIGNED,
    FigureRecord,
    Quantity,
    Relation,
    Rule,
)
from reported.prose import NUMBERED, WORD_ONLY, PhraseError, find, parse

RESERVED = {
    *("figures", "statements", "quantities", "sources", "claimants", "parties", "reactions", "relations"),
    *("set_aside", "readings", "settings", "folder", "package", "reload", "series", "select"),
    *("keys", "items", "values", "get"),
}
"""What a Ledger's attributes are called: a figure of that id could not be reached."""
_DIRECTED = ("restates", "refines", "derived from", "part of", "floor of")
_OF_FIGURES = ("restates", "perhaps the same statement as")
_SAME_UNIT = ("restates", "part of", "floor of")


def check_figure(figure: FigureRecord, place: tuple[Table, int], faults: Faults) -> None:
    """What is wrong with one figure, one line for each column."""
    found = [
        *_id_faults(figure),
        *_quantity_faults(figure),
        *_value_faults(figure),
        *_date_faults(figure),
        *_words_faults(figure),
    ]
    table, row = place
    for column, fault in dict(reversed(found)).items():
        faults.add(table.at(row, column), fault)


def _id_faults(figure: FigureRecord) -> list[tuple[str, str]]:
    if figure.id in RESERVED:
        return [("id", f"{quoted(figure.id)} is an attribute of every ledger; choose another id")]
    return []


def _quantity_faults(figure: FigureRecord) -> list[tuple[str, str]]:
    quantity, found = figure.quantity, []
    if quantity.kind == "event" and not figure.event:
        found.append(
            (
                "event",
                f"empty, but {quantity.id} is of the kind event; name the event, the same in all its rows",
            )
        )
    if figure.relayed_by == figure.claimant:
        found.append(("relayed_by", f"{quoted(figure.claimant.id)} is the claimant already; leave it empty"))
    if re.search(r"%|\bper ?cent", figure.words, re.I) and not quantity.unit.startswith("percent"):
        found.append(
            (
                "words",
                f"{quoted(figure.words)} is a percentage, but the unit of {quantity.id} is "
                f"{quoted(quantity.unit)}; give the quantity the unit percent",
            )
        )
    return found


def _value_faults(figure: FigureRecord) -> list[tuple[str, str]]:
    quantity, value, value_to = figure.quantity, figure.value, figure.value_to
    bare = figure.qualifier in WORD_ONLY
    found: list[tuple[str, str]] = []
    if bare and value is not None:
        found.append(("value", f'{value} beside "{figure.qualifier}", which holds no digits; leave it empty'))
    if not bare and value is None:
        found.append(("value", f'empty; "{figure.qualifier}" needs a number'))
    if figure.qualifier == "between" and value_to is None:
        found.append(("value_to", 'empty; "between" needs a second number'))
    if value_to is not None and (value is None or value_to < value):
        found.append(("value_to", f"{value_to} is below the first number {value}; put the smaller first"))
    for column, number in (("value", value), ("value_to", value_to)):
        if number is None:
            continue
        if number < 0 and quantity.kind not in SIGNED:
            found.append(
                (column, f"{number} is negative, which only the kinds {' and '.join(SIGNED)} may be")
            )
        places = number.as_tuple().exponent
        if quantity.whole and places != 0:
            meant = number * 1000 if places == -3 else number  # 42,284 becomes 42.284 in some spreadsheets
            advice = f"; write {meant:.0f}" if meant == meant.to_integral_value() else ""
            text = f"{number} has a decimal point, but {quantity.id} is counted in whole units"
            found.append((column, text + advice))
    return found or _reading_faults(figure)


def _reading_faults(figure: FigureRecord) -> list[tuple[str, str]]:
    signed, whole = figure.quantity.kind in SIGNED, figure.quantity.whole
    try:
        pairs: dict[str, Ends | None] = {
            rule.reading: ends(rule, figure.value, figure.value_to, whole=whole, signed=signed)
            for rule in figure.rules
        }
    except ReadingError as error:
        return [("value", f"{error}; correct the number or the qualifier")]
    typical, cautious = pairs.get("typical"), pairs.get("cautious")
    if typical and cautious and not _contains(cautious, typical):
        text = f"under readings.csv the cautious bounds {_shown(cautious)} do not hold the typical {_shown(typical)}"
        return [("qualifier", text)]
    return []


def _contains(outer: Ends, inner: Ends) -> bool:
    (a, b), (c, d) = outer, inner
    return (a is None or (c is not None and a <= c)) and (b is None or (d is not None and d <= b))


def _shown(pair: Ends) -> str:
    return " to ".join("…" if end is None else str(float(end)) for end in pair)


def _date_faults(figure: FigureRecord) -> list[tuple[str, str]]:
    published = figure.source.published
    found = []
    for column, date in (("stated_on", figure.stated_on), ("as_of", figure.as_of)):
        if date is not None and date.first > published.last:
            found.append((column, f"{date} is after {published}, when the article was published; correct it"))
    if not found and figure.stated_on and figure.as_of and figure.as_of.first > figure.stated_on.last:
        found.append(("as_of", f"{figure.as_of} is after {figure.stated_on}, when it was stated; correct it"))
    start = figure.quantity.period_start
    if not found and start is not None and start.first > figure.held[1]:
        text = (
            f"the figure holds {figure.held[2]}, before its quantity's period starts ({start}); correct one"
        )
        found.append(("as_of", text))
    return found


def _words_faults(figure: FigureRecord) -> list[tuple[str, str]]:
    """Where the columns differ from what the words say. Words in other languages than English are not read."""
    words = figure.words
    if (figure.source.language or "en").partition("-")[0] != "en":
        return []
    stated = (figure.qualifier, figure.value, figure.value_to)
    said = [phrase for phrase in find(words) if phrase.is_quantity]
    if len(said) != 1 or (said[0].doubt and stated not in said[0].readings):
        try:
            parse(words)
        except PhraseError as error:
            return [("words", str(error))]
    found: list[tuple[str, str]] = []
    if (hedge := said[0].hedge) and hedge not in figure.hedge.split():
        found.append(("hedge", f"{quoted(words)} is hedged; put {quoted(hedge)} here"))
    if said[0].doubt:
        return found
    spoken = (said[0].qualifier, said[0].value, said[0].value_to)
    for column, stored, read in zip(("qualifier", "value", "value_to"), stated, spoken, strict=True):
        if stored == read:
            continue
        if isinstance(stored, Decimal) and isinstance(read, Decimal) and _cut(stored, read):
            found.append(
                (
                    column,
                    f"{stored} is what a spreadsheet makes of {read:,}; write {read.to_integral_value()}",
                )
            )
            continue
        one, other = (quoted(str(x)) if x is not None else "no number" for x in (stored, read))
        found.append((column, f"{one}, but the words {quoted(words)} say {other}; correct one of the two"))
    return found


def _cut(stored: Decimal, read: Decimal) -> bool:
    """Whether a spreadsheet took the separator before the last three digits for a decimal point."""
    return abs(read) >= 1000 and stored * 1000 == read


def check_quantities(
    table: Table,
    quantities: Sequence[tuple[int, Quantity]],
    figures: Mapping[str, Quantity],
    faults: Faults,
) -> None:
    """`figures`: the quantity of each figure by the figure's id."""
    for row, quantity in quantities:
        if quantity.id in figures and figures[quantity.id].id != quantity.id:
            faults.add(
                table.at(row, "id"),
                f"{quoted(quantity.id)} is a figure of another quantity as well; rename one",
            )
        if (quantity.period_start is None) != (quantity.period_basis == ""):
            faults.add(
                table.at(row, "period_basis"),
                "period_start and period_basis go together; fill in or empty both",
            )
        if quantity.unit == "percent" and quantity.kind not in PERCENT_KINDS:
            faults.add(
                table.at(row, "kind"),
                f"{quoted(quantity.kind)} with the unit percent; a percentage is a ratio, a change or a level",
            )
        if quantity.counted and not quantity.whole:
            faults.add(table.at(row, "counted"), "yes, but not whole; what is counted one by one is whole")


def check_relations(
    table: Table,
    relations: Sequence[tuple[int, Relation]],
    figures: Mapping[str, Quantity],
    quantities: Mapping[str, Quantity],
    faults: Faults,
) -> None:
    """Subjects and objects exist, and no two relations contradict each other. Time linear in the rows."""
    seen: dict[tuple[str, frozenset[str]], int] = {}
    apart = {
        frozenset(_quantity(id_, figures) for id_ in (r.subject, r.object)): r.id
        for _, r in relations
        if r.relation == "unrelated to"
    }
    follows: dict[str, set[str]] = {}
    for row, r in relations:
        ids, units = (r.subject, r.object), []
        for column, id_ in (("subject", r.subject), ("object", r.object)):
            quantity = figures.get(id_) or quantities.get(id_)
            units.append(quantity.unit if quantity else None)
            if quantity is None:
                text = f"{quoted(id_)} is no figure and no quantity"
                faults.add(
                    table.at(row, column), text, id_, [*figures, *quantities], "add it there or correct it"
                )
            elif r.relation in _OF_FIGURES and id_ not in figures:
                faults.add(
                    table.at(row, column),
                    f"{quoted(id_)} is a quantity; {quoted(r.relation)} is between figures",
                )
        pair, place = frozenset(ids), table.at(row, "object")
        if len(pair) == 1:
            faults.add(place, f"{quoted(r.object)} is on both sides; name two")
        elif (r.source.id, pair) in seen:
            before = table.lines[seen[r.source.id, pair]]
            faults.add(table.at(row), f"row {before} relates the same two by the same article; keep one")
        seen.setdefault((r.source.id, pair), row)
        if r.relation in _SAME_UNIT and None not in units and len(set(units)) > 1:
            faults.add(
                table.at(row, "relation"),
                f"{quoted(r.relation)}, but the units are {' and '.join(map(str, units))}",
            )
        one, other = (_quantity(id_, figures) for id_ in ids)
        if r.relation == "unrelated to":
            if one == other and len(pair) > 1:
                faults.add(table.at(row, "relation"), f"{quoted(r.relation)}, but both are of {quoted(one)}")
        elif frozenset((one, other)) in apart:
            text = f"{quoted(r.relation)}, but {apart[frozenset((one, other))]} calls {one} and {other} unrelated"
            faults.add(table.at(row, "relation"), f"{text}; correct one of the two")
        if r.relation in _DIRECTED and len(pair) > 1:
            follows.setdefault(r.subject, set()).add(r.object)
    try:
        TopologicalSorter(follows).prepare()
    except CycleError as error:
        row = next(row for row, r in relations if (r.object, r.subject) == tuple(error.args[1][:2]))
        faults.add(
            table.at(row, "object"), f"closes a circle: {' – '.join(error.args[1][::-1])}; leave one out"
        )


def _quantity(id_: str, figures: Mapping[str, Quantity]) -> str:
    return figures[id_].id if id_ in figures else id_


def check_rules(table: Table, rules: Sequence[tuple[int, Rule]], faults: Faults) -> None:
    """Each reading has one rule for each qualifier, and each rule can be applied."""
    count = Counter((rule.reading, rule.qualifier) for _, rule in rules)
    whole = table.complete and len(rules) == len(table.rows)
    for reading in READINGS:
        for qualifier in NUMBERED + WORD_ONLY:
            if (number := count[reading, qualifier]) != 1 and whole:
                text = f'the reading {reading} has {number} rules for "{qualifier}", expected one'
                faults.add(table.file, text)
    for row, rule in rules:
        if fault := _rule_fault(rule):
            faults.add(table.at(row), fault)
        for size in ("thousands", "tens", "ones"):
            share, answers = f"coverage_{size}", f"answers_{size}"
            if (getattr(rule, share) is None) != (not getattr(rule, answers)):
                faults.add(table.at(row, share, answers), "one of the two is empty; give both or neither")


def _rule_fault(rule: Rule) -> str:
    lower, upper = rule.lower_factor, rule.upper_factor
    bare = rule.qualifier in WORD_ONLY
    digits_alone = rule.reading == "digits"
    if (lower is None) != (upper is None):
        return "one of lower_factor and upper_factor is empty; give both or neither"
    if (rule.base is not None) != (bare and not digits_alone):
        return "a base belongs to words without digits, such as dozens, and to nothing else"
    if lower is None or upper is None:
        return (
            ""
            if bare and digits_alone
            else "lower_factor and upper_factor are empty; only words without "
            "digits have none, and only under the reading digits"
        )
    if bare and digits_alone:
        return "digits alone, for words that hold none; leave the factors empty"
    if lower.is_infinite() or lower > upper:
        return f"lower_factor {lower} is not below upper_factor {upper}"
    if not bare and not lower <= 1 <= upper:
        return f"{lower} to {upper} times the number leaves the number itself out"
    if digits_alone and not lower == upper == 1:
        return "digits alone are once the digits: lower_factor 1 and upper_factor 1"
    return ""
