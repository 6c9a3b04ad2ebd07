"""The tables of the report: what stands in each, for a page and for a spreadsheet.

Knows figures and comparisons; how a table becomes notebook output is show.py's matter.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from reported.algebra import comparison
from reported.algebra.comparison import FAILS, HOLDS, MISSING, UNDETERMINED, Comparison, Comparisons
from reported.display.outputs import Column, Row, Table, cited, lines, link, text
from reported.intervals import wording
from reported.intervals.bounds import Bounds
from reported.ledger.ledger import Ledger
from reported.ledger.reading import CAUTIOUS, FACE_VALUE, READINGS, TYPICAL, Rule
from reported.ledger.records import SIDES, Claimant, Figure, Relation, Response

READING_NAMES = {FACE_VALUE: "Digits alone", TYPICAL: "Typical reading", CAUTIOUS: "Cautious reading"}
_FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")
"""What makes a spreadsheet take a cell for a formula; the last four where East Asian input is on."""


def figures(ledger: Ledger, only: Iterable[Figure] | None = None) -> Table:
    """Every figure (or only those given): one row each, grouped by side and claimant. Links lead here."""
    chosen = list(ledger if only is None else only)
    columns = [
        Column("Quantity", 2.4),
        Column("As reported", 2.0),
        Column("Read as", 1.7),
        Column("Claimant", 1.8),
        Column("Side", 1.1),
        Column("When", 2.3),
        Column("Evidence", 1.4),
        Column("Responses", 2.2),
        Column("Read in", 1.2),
    ]
    rows = []
    for side in SIDES:
        every = [f for f in chosen if f.claimant.side == side]
        if every:
            rows.append(Row([text(_SIDE_HEADS[side])], group=True))
        claimants = list(dict.fromkeys(f.claimant.id for f in every))
        rows += [_figure_row(f) for f in sorted(every, key=lambda f: claimants.index(f.claimant.id))]
    caption = "Every figure, as it was reported" if only is None else "The figures named above"
    return Table(caption, columns, rows, wide=True, choose=("Side", "Claimant"), kind="figures")


_SIDE_HEADS = {
    "Ukraine": "Stated by Ukraine's side",
    "Russia": "Stated by Russia's side",
    "independent": "Stated by independent sources",
    "unnamed": "Stated by sources that are not named",
}


def _figure_row(f: Figure) -> Row:
    relayed = f"relayed by {f.relayed_by.name}" if f.relayed_by and f.relayed_by != f.claimant else ""
    disclosed = (
        f"the side discloses little (paragraph {f.little_disclosed})"
        if f.little_disclosed is not None
        else ""
    )
    return Row(
        [
            lines(text(f.quantity.label), _small(f"unit: {f.quantity.unit.replace('_', ' ')}")),
            lines(f"<strong>{text(f.said)}</strong>", _small(f"“{f.words}”"), _small(f.note)),
            _read_as(f),
            lines(
                text(f.claimant.name), _small(f.claimant.local_name), _small(f.claimant.role), _small(relayed)
            ),
            text(f.claimant.side),
            lines(
                text(f"stated on: {wording.date(f.stated_on)}"),
                text(f"holds for: {wording.date(f.as_of)}"),
                _small(_BASIS[f.as_of_basis]),
            ),
            lines(text(f.evidence), _small(disclosed)),
            "<br>".join(_response(r) for r in f.responses) or "none reported",
            text(f"{f.source.publisher}, paragraph {f.paragraph}"),
        ],
        id=f.anchor,
    )


_BASIS = {
    "given": "",
    "statement date": "the day of the statement",
    "article date": "the article's date, for want of another",
    "not given": "",
}


def _small(words: str) -> str:
    return f"<small>{text(words)}</small>" if words else ""


def _response(r: Response) -> str:
    return lines(
        text(f"{r.response} by {r.responder.name}"), _small(f"{r.in_our_words} (paragraph {r.paragraph})")
    )


def _read_as(f: Figure) -> str:
    decimals = 0 if f.quantity.whole else 1
    typical, cautious = (_trimmed(f.bounds[r], decimals) for r in (TYPICAL, CAUTIOUS))
    if typical == cautious:
        return text(typical)
    return lines(text(f"typical: {typical}"), text(f"cautious: {cautious}"))


def _trimmed(bounds: Bounds | None, decimals: int) -> str:
    """Bounds in words, without decimals where both ends are whole."""
    ends = [] if bounds is None else [e for e in (bounds.lower, bounds.upper) if not math.isinf(e)]
    return wording.bounds(bounds, 0 if all(e == int(e) for e in ends) else decimals)


def comparisons(every: Comparisons, only: Iterable[Comparison] | None = None) -> Table:
    """Every comparison (or only those given), with its outcome under each reading. Links lead here."""
    chosen = list(every.values() if only is None else only)
    columns = [
        Column("Question", 2.2),
        Column("Formula", 2.2),
        *(Column(READING_NAMES[r], 1.2) for r in READINGS),
        Column("What stands", 1.3),
        Column("What to be careful about", 4),
    ]
    rows = [
        Row(
            [
                text(c.question),
                f"<code>{text(c.formula)}</code>",
                *(outcome(c, r) for r in READINGS),
                stands(c),
                lines(*(text(r) for r in c.refusals), *(text(x.text) for x in c.cautions)) or "nothing noted",
            ],
            id=c.anchor,
        )
        for c in chosen
    ]
    caption = "Every comparison, under each reading" if only is None else "The comparisons named above"
    return Table(caption, columns, rows, wide=True, kind="comparisons")


def outcomes(chosen: Iterable[Comparison], caption: str = "The questions, under each reading") -> Table:
    """What each comparison comes to under the three readings, and what stands."""
    columns = [
        Column("Question", 3),
        *(Column(READING_NAMES[r], 1.3) for r in READINGS),
        Column("What stands", 1.4),
    ]
    rows = [Row([link(c.question, c.anchor), *(outcome(c, r) for r in READINGS), stands(c)]) for c in chosen]
    return Table(caption, columns, rows, kind="outcomes")


def outcome(c: Comparison, reading: str) -> str:
    """A cell: the outcome under a reading, its verdict marked by a class."""
    kind = c.outcomes[reading].kind
    return f'<span class="verdict-{kind}">{text(c.says(reading))}</span>'


def stands(c: Comparison) -> str:
    """A cell: what a reader may rely on."""
    if c.refusals:
        return '<span class="verdict-refused">refused</span>'
    if not c.is_verdict:
        return text(standing_bounds(c))
    word = c.word(c.verdict)
    mark = "firm" if c.strength == "firm" else "typical-only" if c.strength else ""
    strength = f", {c.strength}" if c.strength else ""
    return f'<span class="verdict-{c.verdict} {mark}">{text(word + strength)}</span>'


def standing_bounds(c: Comparison) -> str:
    """The bounds that hold under the cautious reading, in words."""
    return c.says(CAUTIOUS)


def not_concluded(every: Comparisons) -> Table:
    """Every question that stays open in whole or in part, and why: the most open first."""
    columns = [Column("Question", 2.4), Column("Outcome", 1.2), Column("Why it cannot be concluded", 3.6)]
    together: dict[tuple[str, str], list[Comparison]] = {}
    for c in sorted(every.values(), key=_how_settled):
        why = reason(c)
        if why:
            together.setdefault((stands(c), why), []).append(c)
    rows = [
        Row(["<br>".join(link(c.question, c.anchor) for c in asked), outcome, text(why)])
        for (outcome, why), asked in together.items()
    ]
    return Table("What cannot be concluded, and why", columns, rows, kind="open")


def _how_settled(c: Comparison) -> int:
    if c.verdict == UNDETERMINED:
        return 0
    if c.refusals:
        return 1
    return 2 if c.strength == "typical only" else 3 if not c.is_verdict else 4


def reason(c: Comparison) -> str:
    """Why a question stays open in whole or in part; "" where nothing of it does."""
    if c.refusals:
        return " ".join(wording.capital(r) for r in c.refusals)
    if c.is_verdict:
        if c.strength == "firm":
            return (
                "Compatible is weaker than agreement: the two can be one number, which does not make them one, "
                "nor either of them true."
                if c.is_fit and c.verdict == HOLDS
                else ""
            )
        if c.is_fit:
            return "" if c.verdict != UNDETERMINED else "They fit under the cautious reading alone."
        overlap = " ".join(_overlap(c, r) for r in (TYPICAL, CAUTIOUS) if c.outcomes[r].kind == UNDETERMINED)
        return f"{overlap} {f'It {c.verdict} under the typical reading alone.' if c.strength else ''}".strip()
    bounds = c.outcomes[CAUTIOUS].bounds
    if bounds is not None and math.isinf(bounds.upper):
        return (
            f"No upper end: {wording.listing([f'“{f.said}”' for f in c.figures if _is_open(f)])} sets none."
        )
    return ""


def _is_open(f: Figure) -> bool:
    bounds = f.bounds[CAUTIOUS]
    return bounds is not None and bounds.is_unbounded


def _overlap(c: Comparison, reading: str) -> str:
    one, other = (_trimmed(bounds[reading], 1) for _, bounds in c.sides)
    return f"Under the {reading} reading {one} is set against {other}: some pairs satisfy it, others do not."


def careful(chosen: Iterable[Comparison]) -> Table:
    """Every caution that the data give for these comparisons, each once, with all that it concerns."""
    concerns: dict[str, dict[str, None]] = {}
    for c in chosen:
        for words in c.refusals:
            concerns.setdefault(wording.capital(words).removesuffix("."), {})[c.question] = None
        for caution in c.cautions:
            concerns.setdefault(caution.reason, {}).update(dict.fromkeys(caution.about or (c.question,)))
    rows = [Row([text(reason), lines(*(text(what) for what in about))]) for reason, about in concerns.items()]
    return Table(
        "Cautions that the data give",
        [Column("Caution", 3), Column("What it concerns", 3)],
        rows,
        kind="careful",
    )


def speakers(ledger: Ledger) -> Table:
    """Who speaks, for which side, and how many figures each states and answers."""
    columns = [
        Column("Speaker or institution", 2.6),
        Column("In their own script", 2.6),
        Column("Side", 1.2),
        Column("Figures stated", 1, number=True),
        Column("Responses given", 1, number=True),
    ]
    rows = []
    for c in sorted(_claimants(ledger), key=lambda c: SIDES.index(c.side)):
        stated = sum(f.claimant == c for f in ledger)
        answered = sum(r.responder == c for f in ledger for r in f.responses)
        rows.append(
            Row(
                [
                    lines(text(c.name), _small(c.role)),
                    text(c.local_name) or "as given",
                    text(c.side),
                    str(stated),
                    str(answered),
                ]
            )
        )
    return Table("Who speaks in the article", columns, rows, kind="claimants")


def _claimants(ledger: Ledger) -> list[Claimant]:
    return [ledger.claimant(id_) for id_ in ledger.claimants["id"]]


def fits(every: Comparisons) -> Table:
    """Figures of one quantity held against each other: whether they fit, and whether that means anything."""
    columns = [
        Column("Quantity", 2),
        Column("One figure", 1.6),
        Column("The other", 1.6),
        *(Column(READING_NAMES[r], 1.1) for r in READINGS),
        Column("How they stand", 1.4),
    ]
    rows = [
        Row(
            [
                text(pair.one.quantity.label),
                *(lines(link(f.said, f.anchor), _small(f.claimant.name)) for f in (pair.one, pair.other)),
                *(_fit_cell(pair.fits[r]) for r in READINGS),
                lines(text(pair.standing), _small(pair.days)),
            ]
        )
        for pair in comparison.fits(every.ledger)
    ]
    return Table("Figures of the same quantity, held against each other", columns, rows, kind="fits")


def _fit_cell(fits: bool | None) -> str:
    kind = MISSING if fits is None else HOLDS if fits else FAILS
    words = wording.MISSING if fits is None else "compatible" if fits else "not compatible"
    return f'<span class="verdict-{kind}">{text(words)}</span>'


def relations(ledger: Ledger) -> Table:
    """How figures and quantities are related, as firmly as the source says so."""
    columns = [
        Column("What is related", 3),
        Column("In our words", 2.6),
        Column("How firmly", 2.4),
        Column("Read in", 1),
    ]
    together: dict[tuple[str, str, int], list[Relation]] = {}
    for r in ledger.relation_records:
        together.setdefault((r.relation, r.hedge, r.paragraph), []).append(r)
    rows = [
        Row(
            [
                lines(
                    text(wording.listing(_names(ledger, [r.subject for r in alike]))),
                    f"<em>{text(_ARE.get(relation, relation) if len(alike) > 1 else relation)}</em>",
                    text(wording.listing(_names(ledger, [r.object for r in alike]))),
                ),
                lines(*dict.fromkeys(text(r.in_our_words) for r in alike)),
                text(hedge),
                text(f"paragraph {paragraph}"),
            ]
        )
        for (relation, hedge, paragraph), alike in together.items()
    ]
    return Table("How the figures are related", columns, rows, kind="relations")


_ARE = {"unrelated to": "are unrelated to", "restates": "restate", "refines": "refine"}


def _names(ledger: Ledger, ids: Iterable[str]) -> list[str]:
    return [_name(ledger, id_) for id_ in dict.fromkeys(ids)]


def _name(ledger: Ledger, id_: str) -> str:
    for f in ledger:
        if f.id == id_:
            return f"{f.quantity.label} ({f.said}, {f.claimant.name})"
    return str(ledger.quantities.loc[id_, "label"])


def set_aside(ledger: Ledger) -> Table:
    """The numbers in the articles that are no figures, and why."""
    columns = [
        Column("Words", 1.4),
        Column("What it is", 1.2),
        Column("Why it is no figure", 4),
        Column("Paragraph", 1, number=True),
    ]
    rows = [
        Row([text(r.words), text(r.kind), text(r.reason), str(r.paragraph)])
        for r in ledger.set_aside.itertuples(index=False)
    ]
    return Table("Numbers set aside", columns, rows, kind="set-aside")


def readings(ledger: Ledger) -> Table:
    """The rule of each reading for each qualifier surveyed or met here, its ground, and its coverage."""
    columns = [
        Column("Qualifier", 1.4),
        *(Column(READING_NAMES[r], 1.5) for r in READINGS),
        Column("Ground", 2.2),
        Column("Surveyed answers inside the typical bounds (numbers from 1,000; 10 to 999; below 10)", 2.2),
        Column("Surveyed answers inside the cautious bounds (the same)", 2.2),
    ]
    frame = ledger.readings.set_index(["reading", "qualifier"])
    used = {f.qualifier for f in ledger}
    rows = []
    for qualifier in ledger.reading(TYPICAL):
        grounds = frame.loc[(TYPICAL, qualifier)]
        if qualifier not in used and pd.isna(grounds["coverage_thousands"]):
            continue
        rows.append(
            Row(
                [
                    text(qualifier),
                    *(text(rule_words(ledger.reading(r)[qualifier])) for r in READINGS),
                    text(grounds["ground"]),
                    coverage_words(grounds),
                    coverage_words(frame.loc[(CAUTIOUS, qualifier)]),
                ]
            )
        )
    return Table(
        "How each qualifier is read (n: the number reported)", columns, rows, wide=True, kind="readings"
    )


def rule_words(rule: Rule) -> str:
    """A rule in the usual signs of intervals.

    >>> from decimal import Decimal
    >>> from reported.ledger.reading import End
    >>> rule_words(Rule("less than", End(Decimal(0)), End(Decimal(1), closed=False)))
    '[0, n)'
    """
    lower, upper = rule.lower, rule.upper
    if lower.factor is None or upper.factor is None:
        return wording.MISSING
    last = "m" if rule.qualifier == "between" else "n"
    left = _end_words(lower.factor, "n", rule)
    right = "∞" if upper.factor.is_infinite() else _end_words(upper.factor, last, rule)
    if left == right and lower.closed and upper.closed:
        return left
    signs = f"{'[' if lower.closed else '('}{left}, {right}{']' if upper.closed else ')'}"
    apart = max(lower.units, upper.units)
    if not apart:
        return signs
    which = "" if lower.units == upper.units else "the lower end "
    counts = " for a count" if rule.counts_only else ""
    return f"{signs}, {which}at least {apart} unit{'s' if apart > 1 else ''} away{counts}"


def _end_words(factor: Any, letter: str, rule: Rule) -> str:
    if rule.base is not None:
        return wording.number(factor * rule.base)
    return "0" if factor == 0 else letter if factor == 1 else f"{factor.normalize()} {letter}"


def coverage_words(row: Mapping[str, Any]) -> str:
    """A cell: the share of surveyed answers inside the bounds, by size of number, the largest first."""
    pairs = [(row[f"coverage_{size}"], row[f"answers_{size}"]) for size in ("thousands", "tens", "ones")]
    if all(pd.isna(share) for share, _ in pairs):
        return "no survey"
    shares = [f"{round(float(n) * 100)} % of {int(of):,}" if pd.notna(n) else "–" for n, of in pairs]
    return text("; ".join(shares))


def named_figures(ledger: Ledger) -> Table:
    """The rows of the figures that this notebook's sentences, tables and charts link to."""
    return figures(ledger, [ledger[id_] for id_ in cited("figure-")])


def named_comparisons(every: Comparisons) -> Table:
    """The rows of the comparisons that this notebook's sentences, tables and charts link to."""
    return comparisons(every, [every[id_] for id_ in cited("comparison-")])


def responses(ledger: Ledger, chosen: Sequence[Figure] | None = None) -> Table:
    """What was said to figures without giving one."""
    columns = [
        Column("Figure", 2),
        Column("Stated by", 1.5),
        Column("Answer", 1.6),
        Column("In our words", 3.6),
    ]
    rows = [
        Row(
            [
                lines(link(f.said, f.anchor), _small(f.quantity.label)),
                text(f.claimant.name),
                text(f"{r.response} by {r.responder.name}"),
                text(f"{r.in_our_words} (paragraph {r.paragraph})"),
            ]
        )
        for f in (ledger if chosen is None else chosen)
        for r in f.responses
    ]
    return Table("What others say to the figures", columns, rows, kind="responses")


# ---------------------------------------------------------------- for a spreadsheet


def write(ledger: Ledger, every: Comparisons, folder: Path) -> None:
    """Write figures.csv and comparisons.csv, with bounds under each reading, into `folder`."""
    _write(folder / "figures.csv", [_figure_cells(f) for f in ledger])
    _write(folder / "comparisons.csv", [_plain_cells(row) for row in every.frame.to_dict("records")])


def _figure_cells(f: Figure) -> dict[str, str]:
    cells: dict[str, Any] = {
        "id": f.id,
        "topic": f.quantity.topic,
        "quantity": f.quantity.label,
        "unit": f.quantity.unit,
        "kind": f.quantity.kind,
        "population": f.quantity.population,
        "as reported": f.words,
        "qualifier": f.qualifier,
        "value": f.value,
        "value to": f.value_to,
    }
    for reading in READINGS:
        bounds = f.bounds[reading]
        cells[f"{reading} lower"] = bounds.lower if bounds is not None else None
        cells[f"{reading} upper"] = bounds.upper if bounds is not None else None
    cells |= {
        "claimant": f.claimant.name,
        "side": f.claimant.side,
        "relayed by": f.relayed_by.name if f.relayed_by else "",
        "stated on": f.stated_on,
        "holds for": f.as_of,
        "that day is": f.as_of_basis,
        "evidence": f.evidence,
        "responses": "; ".join(f"{r.response} by {r.responder.name}" for r in f.responses) or "none reported",
        "source": f.source.id,
        "paragraph": f.paragraph,
        "note": f.note,
    }
    return _plain_cells(cells)


def _plain_cells(cells: Mapping[Any, Any]) -> dict[str, str]:
    return {str(name): _plain_cell(value) for name, value in cells.items()}


def _plain_cell(value: Any) -> str:
    """A cell that a spreadsheet takes as it is: numbers in plain digits, text never run as a formula."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    written = str(value)
    return f"'{written}" if written.startswith(_FORMULA_SIGNS) else written


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys() if rows else ["id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
