"""Small HTML cards: how a figure, a result, a verdict or a ledger is shown as the last line of a cell.

Accessible (a captioned table with row headers), without script, in the colours of the page around it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from reported.display.citations import day
from reported.display.numbers import answered, label, stated
from reported.display.tables import rule_words
from reported.figures import text_forms
from reported.figures.expressions import Operand, Verdict
from reported.figures.figure import Figure
from reported.figures.ledger import Ledger
from reported.ground.english import counted
from reported.intervals import wording
from reported.ledger.readings import Reading
from reported.ledger.rules import READING_LABELS, READINGS

MOST_LISTED = 20


@text_forms.mimebundle.register
def _figure(figure: Figure) -> dict[str, object]:
    relayed = f", via {figure.relayed_by.name}" if figure.relayed_by else ""
    where = f"{figure.source.publisher}, {figure.source.published}"
    rows = [
        ("said by", f"{figure.claimant.name}{relayed}"),
        ("words", f"“{figure.words}”"),
        ("holds for", day(figure)),
        ("evidence", figure.evidence),
        *_readings(figure),
        *(("reaction", f"{r.claimant.name} {r.reaction}") for r in figure.reactions),
        ("read in", where + (f", paragraph {figure.paragraph}" if figure.paragraph else "")),
        *_reasons(figure.refusals, [c.text for c in figure.cautions if c.kind in ("one statement", "newer")]),
    ]
    return _bundle(figure, f"{stated(figure)} · {label(figure)}", rows)


@text_forms.mimebundle.register
def _operand(result: Operand) -> dict[str, object]:
    rows = [
        *_readings(result),
        ("rests on", _names(result.figures)),
        *_reasons(result.refusals, _texts(result)),
    ]
    return _bundle(result, result.expression, rows)


@text_forms.mimebundle.register
def _verdict(verdict: Verdict) -> dict[str, object]:
    firm = "yes" if verdict.firm else "no"
    rows = [
        *((READING_LABELS[reading], verdict.says(reading)) for reading in READINGS),
        ("firm", firm),
        ("rests on", _names(verdict.figures)),
        *_reasons(verdict.refusals, _texts(verdict)),
    ]
    return _bundle(verdict, verdict.expression, rows)


@text_forms.mimebundle.register
def _ledger(ledger: Ledger) -> dict[str, object]:
    listed = [(f.id, f"{stated(f)} · {label(f)} · {f.claimant.name}") for f in list(ledger)[:MOST_LISTED]]
    more = len(ledger) - len(listed)
    rows = [*listed, *([("…", f"and {more:,} more: list(ledger), ledger.figures")] if more else [])]
    return _bundle(
        ledger, f"{counted(len(ledger), 'figure')} from {counted(len(ledger.rows.sources), 'source')}", rows
    )


@text_forms.mimebundle.register
def _reading(reading: Reading) -> dict[str, object]:
    rows = [(rule.qualifier, rule_words(rule)) for rule in reading.values()]
    return _bundle(reading, f"The reading {reading.name}", rows)


def _readings(operand: Operand) -> Iterable[tuple[str, str]]:
    for reading in READINGS if not operand.refusals else ():
        yield READING_LABELS[reading], answered(operand, reading)


def _reasons(refusals: Sequence[str], cautions: Sequence[str]) -> Iterable[tuple[str, str]]:
    yield "refused", "\n".join(refusals)
    yield "careful", "\n".join(cautions)


def _texts(result: Operand | Verdict) -> list[str]:
    return [caution.text for caution in result.cautions]


def _names(figures: Sequence[Figure]) -> str:
    return wording.listing([figure.named for figure in figures]) or "no figure"


def _bundle(thing: object, caption: str, rows: Iterable[tuple[str, str]]) -> dict[str, object]:
    cells = "".join(
        f'<tr><th scope="row" style="{_CELL}">{html.escape(name)}</th>'
        f'<td style="{_CELL}">{html.escape(value).replace(chr(10), "<br>")}</td></tr>'
        for name, value in rows
        if value
    )
    table = (
        f'<table style="margin: 0"><caption style="text-align: left; font-weight: bold">{html.escape(caption)}'
        f"</caption><tbody>{cells}</tbody></table>"
    )
    return {"text/plain": repr(thing), "text/html": table}


_CELL = "text-align: left; vertical-align: top; white-space: normal; max-width: 60ch"
