"""The tables of a ledger: its figures, claims and reactions, claimants, relations, readings, numbers set aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from reported.display.arguments import figures_of, found
from reported.display.citations import (
    article,
    beside_day,
    dated,
    evidence,
    publication_day,
    published,
    reaction_place,
)
from reported.display.citations import citation as citation
from reported.display.numbers import label, stated
from reported.display.series import by_event as by_event
from reported.display.series import by_quantity
from reported.display.series import growth as growth
from reported.display.series import repetitions as repetitions
from reported.display.table import Cell, Column, Row, Run, Table, cell, chosen, joined, run
from reported.figures.cautions import window
from reported.figures.figure import Figure
from reported.figures.ledger import Ledger
from reported.intervals import wording
from reported.ledger.records import Source
from reported.ledger.rules import READING_LABELS, READINGS
from reported.prose.units import plural

if TYPE_CHECKING:
    from reported.ledger.records import SetAside
    from reported.ledger.rules import Rule

__all__ = [
    "by_event",
    "claimants",
    "claims",
    "figures",
    "growth",
    "readings",
    "references",
    "relations",
    "repetitions",
    "set_aside",
    "set_aside_words",
    "source_words",
    "sources",
]
MOST_ROWS = 400
"""A table with more rows than this shows the first ones and says where the rest is."""


def figures(*figures: Figure | Ledger, caption: str = "") -> Table:
    """Tabulate figures, or all of a ledger's; links to figures lead here.

    For one article: a row for each figure, grouped by topic. For several: a row for each statement with all articles
    that print it, grouped by what is counted and sorted by day.
    """
    __tracebackhide__ = True
    every = figures_of("figures", figures)
    is_all = any(isinstance(thing, Ledger) for thing in figures)
    if len({figure.source.id for figure in every}) > 1:
        return _statements(every, caption or f"{'Every statement' if is_all else 'Statements'}, as reported")
    rows: list[Row] = []
    for topic, members in groupby(
        sorted(every[:MOST_ROWS], key=_topic_order), key=lambda f: f.quantity.topic
    ):
        rows.append(Row([cell(wording.capital(topic))], group=True))
        rows += map(_figure_row, members)
    columns = [
        Column("As reported, and as read", 3.1),
        Column("What it is", 3.4),
        Column("Who says so", 2, filter=True),
        Column("Party", 1.4, filter=True),
        Column("As of", 2.25),
        Column("Evidence, reactions", 2.3),
    ]
    return Table(
        caption or "Every figure, as it was reported",
        columns,
        rows,
        id="figures",
        kind="figures",
        left_out=_left_out(len(every), "figures"),
    )


def _statements(every: Sequence[Figure], caption: str) -> Table:
    """Return each statement of several articles once, with the articles that print it."""
    again: dict[Figure, list[Figure]] = {}
    for figure in every:
        original = figure.ledger.restated(figure)
        again.setdefault(figure if original is None or original not in every else original, []).append(figure)
    rows: list[Row] = []
    for quantity, members in groupby(by_quantity(again)[:MOST_ROWS], key=lambda f: f.quantity):
        of_quantity = list(members)
        bases = {evidence(f) for f in of_quantity}
        shared = bases.pop() if len(bases) == 1 else ""
        rows.append(Row([cell(f"{quantity.label}: {shared}" if shared else quantity.label)], group=True))
        rows += [_statement_row(f, again[f], "" if shared else evidence(f)) for f in of_quantity]
    columns = [
        Column("As reported, and as read", 3.7),
        Column("Day, if not the page’s", 2.2),
        Column("Read in", 4.4),
        Column("Who says so", 3.3, filter=True),
        Column("Interested party", 1.3, filter=True),
    ]
    return Table(
        caption,
        columns,
        rows,
        id="figures",
        kind="statements",
        left_out=_left_out(len(again), "statements"),
    )


def _expect_ledger(name: str, ledger: object) -> None:
    __tracebackhide__ = True
    if not isinstance(ledger, Ledger):
        raise TypeError(f"{name}() takes a ledger first, found {found(ledger)}: write {name}(ledger)")


def _left_out(count: int, what: str) -> str:
    return (
        f"The first {MOST_ROWS:,} of {count:,} {what}; the rest is in data/figures.csv."
        if count > MOST_ROWS
        else ""
    )


def _statement_row(f: Figure, printed: Sequence[Figure], basis: str) -> Row:
    """Return a statement's row. Words appear if they differ from those printed, bounds if a convention sets them,
    the day if it is not the page's."""
    words = run("" if wording.has_words(f.words, f.said) else f"“{f.words}”", small=True)
    parts = [run(stated(f), strong=True), words, *(_read_as(f) if f.typical != f.cautious else ())]
    who = f"{f.claimant.name}, via {f.relayed_by.name}" if f.relayed_by else f.claimant.name
    cells: list[Cell] = [
        cell(*parts) if _runs_left(f.words) else joined([[part] for part in parts if part["text"]], " "),
        cell(run(_day(f), sort=f.held[1].isoformat()), beside_day(f)),
        joined([run(article(p), href=p.source.link)] for p in dict.fromkeys([f, *printed])),
        cell(who, run(basis, small=True), *({**reaction, "small": True} for reaction in _reactions(f))),
        cell(f.claimant.party.label if f.claimant.party.interested else ""),
    ]
    return Row(cells, id=f.anchor, cite=citation(f))


def _runs_left(words: str) -> bool:
    """True if words run from right to left, which would reorder the numbers beside them."""
    return any(bidirectional(sign) in ("R", "AL") for sign in words)


def _day(f: Figure) -> str:
    """Return a figure's day if it has one other than its page's."""
    day = f.source.published.words
    if f.held[2] == day:
        return "that day" if f.held[0] == f.held[1] else "then"
    return "" if f.held[2] == f"by {day}" else f.held[2]


def _topic_order(figure: Figure) -> int:
    topics = dict.fromkeys(quantity.topic for quantity in figure.ledger.rows.quantities.values())
    return list(topics).index(figure.quantity.topic)


def _figure_row(f: Figure) -> Row:
    relayed = f"via {f.relayed_by.name}" if f.relayed_by else ""
    words = "" if f.words == stated(f) else f"“{f.words}”"
    quoted = ", ".join(filter(None, [words, f"¶\N{NO-BREAK SPACE}{f.paragraph}" if f.paragraph else ""]))
    said = f"said {f.stated_on.words}" if f.stated_on and f.stated_on.words != f.held[2] else ""
    cells: list[Cell] = [
        cell(run(stated(f), strong=True), run(quoted, small=True), *_read_as(f)),
        cell(label(f), run(f.note, small=True)),
        cell(f.claimant.name, run(relayed, small=True)),
        cell(f.claimant.party.label),
        cell(*[dated(f)] * (f.quantity.kind != "duration"), run(said, small=True), beside_day(f)),
        cell(evidence(f), *_reactions(f)) or cell("–"),
    ]
    return Row(cells, id=f.anchor, cite=citation(f))


def _read_as(f: Figure) -> list[Run]:
    """Return its bounds if a convention sets them: those of the chosen reading and, beside them, the cautious ones (the
    typical ones if the cautious reading is chosen)."""
    if f.refusals:
        return [run("not computed", small=True)]
    says = {reading: stated(f, f.says(reading)) for reading in READINGS}
    beside = {r: "typical" if r == "cautious" else "cautious" for r in READINGS}
    other = {r: f"{READING_LABELS[beside[r]]}: {says[beside[r]]}" for r in READINGS}
    if says["typical"] == stated(f):
        return [run(other["typical"], small=True)] * (says["cautious"] != says["typical"])
    return [chosen(says, small=True), *[chosen(other, small=True)] * (says["cautious"] != says["typical"])]


def _reactions(f: Figure) -> Iterable[Run]:
    return (run(f"{r.claimant.name} {r.reaction}{reaction_place(f, r)}") for r in f.reactions)


def _answers(f: Figure) -> Iterable[Run]:
    return (
        run(f"{r.in_our_words or f'{r.claimant.name} {r.reaction}.'}{reaction_place(f, r)}")
        for r in f.reactions
    )


def claims(*figures: Figure | Ledger, caption: str = "Who says what, and what others say to it") -> Table:
    """Tabulate figures as claims: what is said, by whom, on what evidence, and how others react."""
    __tracebackhide__ = True
    columns = [
        Column("Claim", 3.4),
        Column("Who says so", 2.2),
        Column("What others say", 4),
    ]
    rows = [
        Row(
            [
                [
                    run(stated(f), strong=True, href=f"#{f.anchor}"),
                    run("".join(f" · {part}" for part in (label(f), window(f)) if part)),
                ],
                cell(
                    f.claimant.name,
                    run(f.claimant.role, small=True),
                    run(evidence(f), small=True),
                ),
                cell(*_answers(f)) or cell("–"),
            ]
        )
        for f in figures_of("claims", figures)
    ]
    return Table(caption, columns, rows, kind="claims")


def claimants(ledger: Ledger) -> Table:
    """Tabulate claimants: for whom they speak and how many figures they state, not counting restatements."""
    __tracebackhide__ = True
    _expect_ledger("claimants", ledger)
    columns = [
        Column("Who", 2.6),
        Column("Role", 3),
        Column("Party", 1.4, filter=True),
        Column("Figures", 0.8, number=True),
        Column("Repeated", 0.9, number=True),
        Column("Reactions", 0.9, number=True),
    ]
    rows = []
    for c in ledger.rows.claimants.values():
        stated = [f for f in ledger if f.claimant == c]
        repeated = sum(ledger.restated(f) is not None for f in stated)
        reacted = sum(r.claimant == c for r in ledger.rows.reactions)
        cells: list[Cell] = [
            cell(c.name, *(run(name, small=True) for name in (c.local_name, "; ".join(c.also)) if name)),
            cell(c.role),
            cell(c.party.label),
            *(cell(str(n)) for n in (len(stated) - repeated, repeated, reacted)),
        ]
        rows.append(Row(cells))
    return Table("Who says what", columns, rows, kind="claimants")


def relations(ledger: Ledger) -> Table:
    """Tabulate relations of figures and quantities, hedged as in the source."""
    __tracebackhide__ = True
    _expect_ledger("relations", ledger)
    columns = [
        Column("What is related", 4),
        Column("In our words", 3.4),
        Column("How firmly", 2.2),
        Column("Read in", 1.6),
    ]
    rows = [
        Row(
            [
                cell(_name(ledger, r.subject), run(r.relation, em=True), _name(ledger, r.object)),
                cell(r.in_our_words),
                cell(r.hedge),
                cell(article(r)),
            ]
        )
        for r in ledger.rows.relations
    ]
    return Table("How the figures are related", columns, rows, kind="relations")


def _name(ledger: Ledger, id_: str) -> str:
    return (
        f"{ledger[id_].quantity.label}: {ledger[id_].named}"
        if id_ in ledger
        else ledger.rows.quantities[id_].label
    )


def set_aside(ledger: Ledger) -> Table:
    """Tabulate the numbers of the articles that are not figures, with the reasons."""
    _expect_ledger("set_aside", ledger)
    columns = [
        Column("Words", 1.6),
        Column("What it is", 1.4),
        Column("Why it is no figure", 4),
        Column("Read in", 1.8),
    ]
    rows = [
        Row([cell(r.words), cell(r.kind), cell(r.reason), cell(article(r))]) for r in ledger.rows.set_aside
    ]
    return Table("Numbers set aside", columns, rows, kind="set-aside")


def undecided(ledger: Ledger) -> Table:
    """Tabulate a draft's undecided numbers, with proposals in brackets. Nothing is computed with them."""
    _expect_ledger("undecided", ledger)
    columns = [
        Column("Words", 1.6),
        Column("What they count", 2),
        Column("Who says so", 1.6),
        Column("Day", 1.2),
        Column("Read in", 1.8),
    ]
    rows = []
    waiting = ledger.rows.undecided
    names = {f"?{one['id']}": f"?{one['label'].lstrip('?')}" for one in waiting.get("quantities", ())}
    names |= {f"?{one['id']}": f"?{one['name'].lstrip('?')}" for one in waiting.get("claimants", ())}
    for row in waiting.get("figures", ()):
        day = row["as_of"] or row["stated_on"]
        place = f"{row['source']}, paragraph {row['paragraph']}" if row["paragraph"] else row["source"]
        what, who = (names.get(row[name], row[name]) for name in ("quantity", "claimant"))
        shown = (row["words"], what, who, day, place)
        rows.append(Row([cell(_bracketed(text)) for text in shown]))
    return Table("Numbers to decide", columns, rows, kind="undecided")


def _bracketed(text: str) -> str:
    """Return a proposal in brackets, a decided cell as it is."""
    return f"[{text[1:].replace('_', ' ') or 'not decided'}]" if text.startswith("?") else text


def readings(ledger: Ledger, *, every: bool = False) -> Table:
    """Tabulate how qualifiers are read and on what ground: those that the ledger uses, or all.

    n is the reported number, m the second number of a range.
    """
    __tracebackhide__ = True
    _expect_ledger("readings", ledger)
    columns = [
        Column("Words", 1),
        *(Column(READING_LABELS[r].capitalize(), 1.5) for r in READINGS),
        Column("Basis", 3.6),
    ]
    rules = ledger.rows.readings
    used = {f.qualifier for f in ledger if not f.hedge}
    rows = [
        Row(
            [
                cell("no word" if q == "exact" else q),
                *(cell(_read_words(rules[r][q])) for r in READINGS),
                cell(_ground(rules["typical"][q])),
            ]
        )
        for q in rules["typical"]
        if every or q in used
    ]
    return Table(
        "How the words around a number n are read. Per cent: the share of a survey’s answers, for numbers in the thousands, that lie within the typical bounds",
        columns,
        rows,
        kind="readings",
    )


def rule_words(rule: Rule) -> str:
    """Return a rule in words, for a number n and, in a range, a second number m.

    For "about": 0.95 to 1.05 times n; for "more than": more than n; for "dozens": 24 or more.
    """
    if rule.lower_factor is None or rule.upper_factor is None:
        return wording.MISSING
    lower, upper = (_end_words(factor, rule) for factor in (rule.lower_factor, rule.upper_factor))
    if rule.qualifier == "between":
        return "n to m"
    if rule.upper_factor.is_infinite():
        return f"more than {lower}" if rule.lower_end == "open" else f"{lower} or more"
    if rule.lower_factor == 0:
        return f"less than {upper}" if rule.upper_end == "open" else f"{upper} or less"
    if lower == upper:
        return lower
    below, above = rule.lower_end == "open", rule.upper_end == "open"
    if below:
        return f"more than {lower} {'and less than' if above else 'and at most'} {upper}"
    return f"{lower} to {'less than ' * above}{upper}"


def _read_words(rule: Rule) -> str:
    """Return a rule in words, and say if it takes unqualified numbers as rounded."""
    words = rule_words(rule)
    if rule.rounding_counts:
        return f"{words}, as rounded"
    return f"{words}; measures as rounded" if rule.rounding_measures else words


def _end_words(factor: Decimal, rule: Rule) -> str:
    if rule.base is not None:
        return wording.number(factor * rule.base)
    return "n" if factor == 1 else f"{factor.normalize():f} n"


def _ground(rule: Rule) -> str:
    """Return a rule's ground, with the share of surveyed answers within its bounds for numbers in the thousands."""
    share, of = rule.coverage_thousands, rule.answers_thousands
    held = f"; {round(share * 100)}% of {of:,}" if share is not None and of else ""
    return f"{rule.ground}{held}"


def sources(ledger: Ledger) -> Table:
    """Tabulate the articles that were read."""
    _expect_ledger("sources", ledger)
    columns = [Column("Publisher", 1.6), Column("Title", 4), Column("Published", 1.4), Column("Link", 3)]
    rows = [
        Row(
            [
                cell(s.publisher),
                cell(s.title, run(s.note, small=True)),
                [run(publication_day(s), sort=s.published.first.isoformat())],
                [run(s.link, href=s.link)] if s.link else cell("not known"),
            ]
        )
        for s in ledger.rows.sources.values()
    ]
    return Table("Sources", columns, rows, kind="sources")


def source_words(source: Source) -> str:
    """Describe an article in a sentence: publisher, day, title, address and credits, as far as known.

    Raises TypeError for anything but a source, such as ledger.rows.sources["gazette"].
    """
    __tracebackhide__ = True
    if not isinstance(source, Source):
        raise TypeError(f"source_words() takes a source, found {found(source)}: write source_words(source)")
    credited = f"; with reporting by {source.credits}" if source.credits else ""
    return f"{published(source)}, “{source.title}” ({source.link or 'address not known'}{credited})"


def set_aside_words(ledger: Ledger) -> str:
    """Describe the numbers that are not figures in one sentence, by kind."""
    kinds: dict[str, dict[str, list[str]]] = {}
    place = _paragraph if len(ledger.rows.sources) == 1 else article
    for row in ledger.rows.set_aside:
        kinds.setdefault(row.kind, {}).setdefault(row.words, []).append(place(row))
    listed = [
        f"the {kind if len(found) == 1 else plural(kind)} "
        f"{', '.join(f'“{words}” ({_joined(places)})' for words, places in found.items())}"
        for kind, found in kinds.items()
    ]
    return wording.escape(f"Not counted as figures: {'; '.join(listed)}.")


def references(ledger: Ledger) -> list[str]:
    """List the ledger's references, the sources of its datapackage.json, in Markdown."""
    return [wording.escape(str(source["title"])) for source in ledger.rows.settings.get("sources", [])]


def _paragraph(row: SetAside) -> str:
    return f"¶ {row.paragraph}" if row.paragraph else "paragraph not known"


def _joined(places: list[str]) -> str:
    places = list(dict.fromkeys(places))
    return places[0] + "".join(f", {place.removeprefix('¶ ')}" for place in places[1:])


def __dir__() -> list[str]:
    """List what Tab completion offers."""
    return __all__
