"""Who says what, on what evidence, and who answered."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure as Drawing

from reported.display.charts.canvas import RULE, SMALL, SOFT, Canvas, wrapped
from reported.display.charts.chart import Chart
from reported.display.charts.marks import IDENTIFIED, NONE_REPORTED, WITHOUT, colour, key, mark
from reported.display.charts.sentences import by_side, claim, count, joined, left_out, said, sources
from reported.intervals import wording
from reported.ledger.ledger import Ledger
from reported.ledger.records import Figure

_MEANINGS = {IDENTIFIED: IDENTIFIED, NONE_REPORTED: "no evidence reported", WITHOUT: WITHOUT}
_LINE = 12.4


def claims(ledger: Ledger, most: int = 40, title: str = "") -> Chart:
    """Every figure by side and claimant, its evidence by the fill of its mark, and the answers to it."""
    every = by_side(ledger)
    shown = every[:most]
    names = list(dict.fromkeys(f.claimant.id for f in shown))
    shown = by_side(sorted(shown, key=lambda f: names.index(f.claimant.id)))
    rest = left_out(len(every), len(shown))
    unanswered = sum(not f.responses for f in shown)
    return Chart(
        id="chart-claims",
        title=title or _evidence(every),
        subtitle="Each figure by the side that gives it, with the evidence reported for it and the answers to it",
        alt=joined(
            "Who says what, by side.",
            *(claim(f) for f in shown),
            f"No answer is reported to {count(unanswered)} of these figures." if unanswered else "",
            rest,
        ),
        note=joined(
            sources(shown),
            "That no evidence is reported says nothing of whether there is any; that nobody is reported to have "
            "answered, nothing of whether anybody did.",
            rest,
        ),
        draw=lambda width: _draw(shown, width, rest),
    )


def _evidence(figures: Sequence[Figure]) -> str:
    """How many figures come with evidence."""
    if not figures:
        return "No figures were reported"
    named = sum(f.evidence == IDENTIFIED for f in figures)
    every = len(figures)
    if not named:
        return f"No evidence is reported for any of the {count(every)} figures"
    if named == every:
        return f"All {count(every)} figures rest on names"
    rests = "rests" if named == 1 else "rest"
    only = "Only " if named * 2 < every else ""
    others = "the other" if every - named == 1 else "the others"
    return wording.capital(
        f"{only}{count(named)} of the {count(every)} figures {rests} on names; for {others} no evidence is reported"
    )


def _draw(figures: Sequence[Figure], width: float, rest: str) -> Drawing:
    canvas = Canvas(width)
    found = [e for e in _MEANINGS if any(f.evidence == e for f in figures)]
    y = key(
        canvas,
        8,
        [(lambda x, y, e=e: mark(canvas, x, y, "unnamed", e), _MEANINGS[e]) for e in found],  # type: ignore[misc]
    )
    before: Figure | None = None
    for f in figures:
        if before is None or before.claimant.side != f.claimant.side:
            canvas.line([(0, y), (canvas.width, y)], RULE, 1)
            canvas.text(0, y + 12, wording.capital(f.claimant.side), bold=True)
            y += 21
            before = None
        first = before is None or before.claimant.id != f.claimant.id
        y = (_stacked if canvas.narrow else _beside)(canvas, f, first, y)
        before = f
    if rest:
        y = canvas.paragraph(0, y + 6, rest, canvas.width, SMALL, ink=SOFT) - 4
    return canvas.finished(y + 2)


def _beside(canvas: Canvas, f: Figure, first: bool, top: float) -> float:
    """One figure in three columns: claimant, claim, answers; the height below it."""
    claimant = wrapped(f.claimant.name, 150, most=3) if first else []
    label = wrapped(f.quantity.label, 178, SMALL)
    y = top + 9
    for n, line in enumerate(claimant):
        canvas.text(0, y + n * _LINE, line)
    mark(canvas, 168, y, f.claimant.side, f.evidence)
    canvas.text(180, y, said(f), bold=True)
    for n, line in enumerate(label):
        canvas.text(180, y + (n + 1) * _LINE, line, SMALL, ink=SOFT)
    lines = _answers(canvas, f, 376, y, canvas.width - 376)
    return top + max(len(claimant), 1 + len(label), lines) * _LINE + 7


def _stacked(canvas: Canvas, f: Figure, first: bool, top: float) -> float:
    """One figure in one column."""
    y = top + 8
    if first:
        y = canvas.paragraph(0, y, f.claimant.name, canvas.width) + 2
    mark(canvas, 6, y, f.claimant.side, f.evidence)
    canvas.text(18, y, said(f), bold=True)
    y = canvas.paragraph(18, y + _LINE, f.quantity.label, canvas.width - 18, SMALL, ink=SOFT)
    lines = _answers(canvas, f, 18, y, canvas.width - 18)
    return y + lines * _LINE


def _answers(canvas: Canvas, f: Figure, x: float, y: float, width: float) -> int:
    """What was said to a figure, each answer led by a stroke in its speaker's colour; how many lines it took."""
    if not f.responses:
        canvas.text(x, y, "no answer reported", SMALL, ink=SOFT)
        return 1
    lines = 0
    for r in f.responses:
        words = f"{r.response} by {r.responder.name}"
        if r.responder.side != r.responder.name:
            words += f" ({r.responder.side})"
        for n, line in enumerate(wrapped(words, width - 14, SMALL)):
            at = y + lines * _LINE
            if n == 0:
                canvas.line([(x, at), (x + 9, at)], colour(r.responder.side), 2.4)
            canvas.text(x + 14, at, line, SMALL)
            lines += 1
    return lines
