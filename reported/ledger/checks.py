"""Cross-cell checks: words, numbers, dates, relations and rules of a ledger are consistent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from reported.ledger.faults import Faults, quoted
from reported.ledger.files import Table
from reported.ledger.readings import ReadingError
from reported.ledger.records import (
    PERCENT_KINDS,
    REPORTED,
    SIGNED,
    STANDINGS,
    Claimant,
    FigureRecord,
    Quantity,
    Relation,
)
from reported.ledger.rules import READINGS, Rule
from reported.prose import NUMBERED, WORD_ONLY, Phrase, PhraseError, parse
from reported.prose.units import is_currency, kind, spellings

RESERVED = {
    *("figures", "statements", "quantities", "sources", "claimants", "parties", "reactions", "relations"),
    *("set_aside", "readings", "settings", "folder", "rows", "reload", "series", "select"),
    *(
        "restated",
        "related",
        "corrected",
        "floor_of",
        "newer",
        "growth",
        "title",
        "keys",
        "items",
        "values",
        "get",
    ),
}
"""Names of Ledger attributes; a figure with such an id would be shadowed."""
_DIRECTED = ("restates", "refines", "derived from", "part of", "floor of")
_OF_FIGURES = ("restates", "perhaps the same statement as")
_SAME_UNIT = ("restates", "part of", "floor of")
_Faults: TypeAlias = Iterator[tuple[str, str, str]]
"""Codes, columns, and what is wrong there."""


def check_figure(figure: FigureRecord, place: tuple[Table, int], faults: Faults) -> None:
    """Report the faults of one figure, at most one for each column."""
    found = [*_context_faults(figure), *_value_faults(figure), *_date_faults(figure), *_words_faults(figure)]
    for code, column, fault in {fault[1]: fault for fault in reversed(found)}.values():
        faults.add(place[0].at(place[1], column), fault, code=code)


def _context_faults(figure: FigureRecord) -> _Faults:
    quantity = figure.quantity
    if figure.id in RESERVED:
        yield "id-reserved", "id", f"{quoted(figure.id)} is an attribute of every ledger; choose another id"
    if quantity.kind == "event" and not figure.event:
        yield (
            "no-event",
            "event",
            f"empty, but {quantity.id} is of the kind event; name the event alike in all its rows",
        )
    if figure.hedge and figure.standing == REPORTED:
        text = f"empty beside the hedge {quoted(figure.hedge)}; expected {', '.join(STANDINGS[1:])}"
        yield "hedge-without-standing", "standing", text
    if figure.relayed_by == figure.claimant:
        yield (
            "relayed-by-claimant",
            "relayed_by",
            f"{quoted(figure.claimant.id)} is the claimant already; leave it empty",
        )
    if re.search(r"%|\bper ?cent", figure.words, re.IGNORECASE) and not quantity.unit.startswith("percent"):
        unit = f"but the unit of {quantity.id} is {quoted(quantity.unit)}; set that unit to percent"
        yield "percentage", "words", f"{quoted(figure.words)} is a percentage, {unit}"


def _value_faults(figure: FigureRecord) -> _Faults:
    quantity, value, value_to = figure.quantity, figure.value, figure.value_to
    bare = figure.qualifier in WORD_ONLY
    if bare and value is not None:
        yield (
            "value-without-digits",
            "value",
            f'{value} beside "{figure.qualifier}", which holds no digits; leave it empty',
        )
    if not bare and value is None:
        yield "empty", "value", f'empty; "{figure.qualifier}" needs a number'
    if figure.qualifier == "between" and value_to is None:
        yield "empty", "value_to", 'empty; "between" needs a second number'
    if value_to is not None and (value is None or value_to < value):
        yield (
            "range-order",
            "value_to",
            f"{value_to} is below the first number {value}; put the smaller first",
        )
        return
    for column, number in (("value", value), ("value_to", value_to)):
        if number is not None and number < 0 and quantity.kind not in SIGNED:
            yield (
                "negative",
                column,
                f"{number} is negative, which only the kinds {' and '.join(SIGNED)} may be; correct it, or the kind of {quantity.id}",
            )
        if number is not None and quantity.whole and (places := number.as_tuple().exponent):
            meant = number * 1000 if places == -3 else number  # 42,284 becomes 42.284 in some spreadsheets
            whole = meant == meant.to_integral_value()
            advice = f"write {meant:.0f}" if whole else "correct it, or write no in whole there"
            yield (
                "not-whole",
                column,
                f"{number} has a decimal point, but {quantity.id} is counted in whole units; {advice}",
            )
    try:
        typical, cautious = figure.stated.get("typical"), figure.stated.get("cautious")
    except ReadingError as error:
        yield "no-bounds", "value", f"{error}; correct the number or the qualifier"
        return
    if typical is not None and cautious is not None and typical not in cautious:
        text = f"under readings.csv the cautious bounds {cautious} do not hold the typical {typical}"
        yield "readings-order", "qualifier", f"{text}; widen the cautious rule there"


def _date_faults(figure: FigureRecord) -> _Faults:
    published, stated_on, as_of = figure.source.published, figure.stated_on, figure.as_of
    days = [("stated_on", stated_on), *[("as_of", as_of)] * (figure.standing == REPORTED)]
    for column, date in days:  # what is forecast, aimed at or feared may hold for a day to come
        if date is not None and date.first > published.last:
            forecast = ", or write in standing that it is a forecast, a target or a fear" * (
                column == "as_of"
            )
            advice = f"correct it{forecast}"
            yield (
                "after-publication",
                column,
                f"{date} is after {published}, when the article was published; {advice}",
            )
    if stated_on and as_of and as_of.first > stated_on.last and figure.standing == REPORTED:
        yield "after-statement", "as_of", f"{as_of} is after {stated_on}, when it was stated; correct it"
    if (start := figure.quantity.period_start) and start.first > figure.held[1]:
        text = f"before the period of {figure.quantity.id} starts ({start}); correct one of the two"
        yield "before-period", "as_of", f"the figure holds {figure.held[2]}, {text}"


def _words_faults(figure: FigureRecord) -> _Faults:
    words, stated = figure.words, (figure.qualifier, figure.value, figure.value_to)
    if not figure.source.language.startswith("en") or figure.overruled:
        return  # only English is read; in other languages, and where a person overrules, the row is trusted
    said = figure.quantity_phrases
    if len(said) != 1 or (said[0].doubt and stated not in said[0].readings):
        try:
            parse(words)
        except PhraseError as error:
            yield "words", "words", str(error)
        return
    if (hedge := said[0].hedge) and hedge not in figure.hedge:
        yield "hedge", "hedge", f"{quoted(words)} is hedged; put {quoted(hedge)} here"
    yield from _unit_faults(figure, said[0])
    spoken = stated if said[0].doubt else (said[0].qualifier, said[0].value, said[0].value_to)
    for column, here, there in zip(("qualifier", "value", "value_to"), stated, spoken, strict=True):
        if isinstance(here, Decimal) and isinstance(there, Decimal) and here and here * 1000 == there:
            yield (
                "thousands-lost",
                column,
                (
                    f"the words say {there:,}; a spreadsheet has probably turned that into {here}. Write {there:f}"
                ),
            )
        elif here != there:
            one, other = ("no number" if text is None else quoted(str(text)) for text in (here, there))
            yield (
                "not-the-words",
                column,
                f"{one}, but the words {quoted(words)} say {other}; correct one of the two",
            )


def _unit_faults(figure: FigureRecord, phrase: Phrase) -> _Faults:
    """Yield faults of words in another unit than the quantity's: "82 miles" as kilometres, a rate without its "per"."""
    quantity, words = figure.quantity, quoted(figure.words)
    if phrase.doubt:
        return
    (said, *said_per), (unit, *unit_per) = phrase.unit.split(" per "), quantity.unit.split(" per ")
    if phrase.unit and sorted(said_per) != sorted(unit_per):  # a bare number leaves its unit to the quantity
        what = f"is a rate per {' per '.join(said_per)}" if said_per else "is no rate"
        right = quoted(" per ".join([said if not said_per else unit, *said_per]))
        advice = f"set that unit to {right}" if said_per else f"add per what it is, or record it in {right}"
        text = f"{words} {what}, but the unit of {quantity.id} is {quoted(quantity.unit)}"
        yield "unlike-rate", "words", f"{text}; {advice}, or say in overruled why"
    is_cut = unit.startswith(f"{said} ")  # kilowatt hours in few words
    if said != unit and kind(said) and kind(unit) and not is_cut and not _may_be(unit, figure.words):
        text = f"{words} is in the unit {quoted(said)}, but {quantity.id} is in {quoted(unit)}"
        yield (
            "unlike-unit",
            "words",
            f"{text}; record it under a quantity in {quoted(said)}, or say in overruled why",
        )


def _may_be(unit: str, words: str) -> bool:
    """True if words name money without its country, such as dollars, and the unit is that money of some country."""
    found = _OF_MANY_COUNTRIES.search(words)
    return found is not None and is_currency(unit) and any(found[0] in name for name in spellings(unit))


_OF_MANY_COUNTRIES = re.compile(
    r"(?<![A-Z])[$£¥]|\b(?:dollar|pound|franc|kron|crown|rupee|peso|dinar|shilling|rial|riyal|lira)"
)


def check_quantity(quantity: Quantity, figures: Mapping[str, Quantity]) -> _Faults:
    """Yield the faults of a quantity. `figures`: the quantity of each figure by the figure's id."""
    if quantity.id in figures and figures[quantity.id].id != quantity.id:
        yield "id-of-both", "id", f"{quoted(quantity.id)} is a figure of another quantity as well; rename one"
    if (quantity.period_start is None) != (quantity.period_basis == ""):
        yield (
            "period-basis",
            "period_basis",
            "period_start and period_basis go together; fill in or empty both",
        )
    if quantity.unit == "percent" and quantity.kind not in PERCENT_KINDS:
        kind = quoted(quantity.kind)
        yield (
            "percentage",
            "kind",
            f"{kind} with the unit percent; a percentage is a ratio, a change or a level: write one of them",
        )
    if quantity.counted and not quantity.whole:
        yield (
            "not-whole",
            "counted",
            "yes, but whole is no; what is counted one by one is whole: write yes in both",
        )


def check_names(table: Table, claimants: Mapping[int, Claimant], faults: Faults) -> None:
    """Report names that two claimants share: a speaker of that name must be one of them."""
    rows: dict[str, set[int]] = {}
    for row, claimant in claimants.items():
        for name in (claimant.name, claimant.local_name, *claimant.also):
            rows.setdefault(name.casefold(), set()).add(row)
    for row, claimant in claimants.items():
        for name in claimant.also:
            if others := rows[name.casefold()] - {row}:
                line = table.lines[min(others)]
                faults.add(
                    table.at(row, "other_names"),
                    f"{quoted(name)} is a name in row {line} too; keep it in one",
                    code="name-repeated",
                )


def check_relations(
    table: Table,
    relations: Mapping[int, Relation],
    figures: Mapping[str, Quantity],
    quantities: Mapping[str, Quantity],
    faults: Faults,
) -> None:
    """Report unknown subjects and objects, and relations that contradict each other. Time is linear in the rows."""
    seen: dict[tuple[str, frozenset[str]], int] = {}
    follows: dict[str, set[str]] = {}
    apart = {
        frozenset(_quantity(id_, figures) for id_ in (r.subject, r.object)): r.id
        for r in relations.values()
        if r.relation == "unrelated to"
    }
    for row, r in relations.items():
        for column, id_ in (("subject", r.subject), ("object", r.object)):
            if id_ not in figures and id_ not in quantities:
                text, known = f"{quoted(id_)} is not a figure or a quantity", [*figures, *quantities]
                faults.add(
                    table.at(row, column), text, id_, known, "add it there or correct it", "unknown-id"
                )
            elif id_ not in figures and r.relation in _OF_FIGURES:
                text = (
                    f"{quoted(id_)} is a quantity; {quoted(r.relation)} is between figures: name one of them"
                )
                faults.add(table.at(row, column), text, code="not-of-quantities")
        for code, column, fault in _relation_faults(r, apart, figures, quantities):
            faults.add(table.at(row, column), fault, code=code)
        key = (r.source.id, frozenset((r.subject, r.object)))
        if key in seen:
            line = table.lines[seen[key]]
            faults.add(
                table.at(row),
                f"row {line} relates the same two by the same article; keep one",
                code="relation-repeated",
            )
        seen.setdefault(key, row)
        if r.relation in _DIRECTED and r.subject != r.object:
            follows.setdefault(r.subject, set()).add(r.object)
    try:
        TopologicalSorter(follows).prepare()
    except CycleError as error:
        circle = error.args[1]
        row = next(row for row, r in relations.items() if [r.object, r.subject] == circle[:2])
        faults.add(
            table.at(row, "object"),
            f"closes a circle: {' – '.join(circle[::-1])}; leave one out",
            code="circle",
        )


def _relation_faults(
    r: Relation,
    apart: Mapping[frozenset[str], str],
    figures: Mapping[str, Quantity],
    quantities: Mapping[str, Quantity],
) -> _Faults:
    if r.subject == r.object:
        yield "both-sides", "object", f"{quoted(r.object)} is on both sides; name two"
        return
    counted = [figures.get(id_) or quantities.get(id_) for id_ in (r.subject, r.object)]
    units = [quantity.unit for quantity in counted if quantity is not None and quantity.unit]
    if r.relation in _SAME_UNIT and len(set(units)) > 1:
        text = f"{quoted(r.relation)}, but the units are {' and '.join(units)}"
        yield "unlike-units", "relation", f"{text}; correct one of the two, or the relation"
    one, other = (_quantity(id_, figures) for id_ in (r.subject, r.object))
    if r.relation == "unrelated to" and one == other:
        text = f"{quoted(r.relation)}, but both are of {quoted(one)}"
        yield "unrelated", "relation", f"{text}; name two quantities, or figures of two"
    elif r.relation != "unrelated to" and (by := apart.get(frozenset((one, other)))):
        text = f"{quoted(r.relation)}, but {by} calls {one} and {other} unrelated"
        yield "unrelated", "relation", f"{text}; correct one of the two"


def _quantity(id_: str, figures: Mapping[str, Quantity]) -> str:
    return figures[id_].id if id_ in figures else id_


def check_rules(table: Table, rules: Mapping[int, Rule], faults: Faults) -> None:
    """Report readings without exactly one rule for each qualifier, and rules that cannot be applied."""
    count = Counter((rule.reading, rule.qualifier) for rule in rules.values())
    for row, rule in rules.items():
        if rule.reading not in READINGS and count[rule.reading, rule.qualifier] > 1:
            text = f'the codebook {rule.reading} has several rules for "{rule.qualifier}"; keep one'
            faults.add(table.at(row, "qualifier"), text, code="rules")
    for key in [(reading, qualifier) for reading in READINGS for qualifier in NUMBERED + WORD_ONLY]:
        if count[key] != 1 and table.complete and len(rules) == len(table.rows):
            text = f'the reading {key[0]} has {count[key]} rules for "{key[1]}", expected one: '
            text += "copy its row from the package’s readings.csv" if not count[key] else "keep one"
            faults.add(table.file, text, code="rules")
    for row, rule in rules.items():
        if fault := _rule_fault(rule):
            faults.add(table.at(row), fault, code="rule")
        for size in ("thousands", "tens", "ones"):
            share, answers = f"coverage_{size}", f"answers_{size}"
            if (getattr(rule, share) is None) != (not getattr(rule, answers)):
                faults.add(
                    table.at(row, share, answers),
                    "one of the two is empty; fill in both or neither",
                    code="rule",
                )


def _rule_fault(rule: Rule) -> str:
    lower, upper = rule.lower_factor, rule.upper_factor
    bare, digits_alone = rule.qualifier in WORD_ONLY, rule.reading == "digits"
    if (lower is None) != (upper is None):
        return "one of lower_factor and upper_factor is empty; fill in both or neither"
    if (rule.base is not None) != (bare and not digits_alone):
        return 'only words without digits, such as "dozens", take a base'
    if lower is None or upper is None:
        only = "only words without digits have none, and only under the reading digits"
        return "" if bare and digits_alone else f"lower_factor and upper_factor are empty; {only}"
    if bare and digits_alone:
        return '"dozens" and the like have no digits: leave both factors empty under the reading "digits"'
    if lower.is_infinite() or lower > upper:
        return f"lower_factor {lower} is not below upper_factor {upper}"
    if not bare and not lower <= 1 <= upper:
        return f"{lower} to {upper} times the number leaves the number itself out"
    if digits_alone and not lower == upper == 1:
        return 'under the reading "digits", lower_factor and upper_factor must both be 1'
    return ""
