"""How many surveyed answers lie inside the bounds that a reading gives to a qualifier, by size of number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Drawing

from reported.display.charts.canvas import INK, PAPER, RULE, SMALL, SOFT, Canvas, wrapped
from reported.display.charts.chart import Chart
from reported.display.charts.marks import axis, key
from reported.display.charts.scale import Linear
from reported.display.charts.sentences import joined
from reported.intervals import wording
from reported.ledger.ledger import Ledger
from reported.ledger.reading import CAUTIOUS, TYPICAL

_SIZES = {"thousands": "1,000 and more", "tens": "10 to 999", "ones": "below 10"}
_ROW, _LINE = 23.0, 12.4


@dataclass(frozen=True)
class Share:
    """Shares of answers inside the typical and the cautious bounds, of so many answers."""

    typical: float
    cautious: float
    answers: int


@dataclass(frozen=True)
class Surveyed:
    """A qualifier, with its shares by size of number (None where nobody asked)."""

    qualifier: str
    shares: dict[str, Share | None]


def coverage(ledger: Ledger, title: str = "") -> Chart:
    """Shares of surveyed answers inside the bounds, typical against cautious, for each qualifier and size."""
    every = _surveyed(ledger.readings)
    known = [s for s in every if any(s.shares.values())]
    used = {f.qualifier for f in ledger}
    bare = [s.qualifier for s in every if not any(s.shares.values()) and s.qualifier in used]
    unasked = f"No survey asked about {wording.listing([f'“{q}”' for q in bare])}." if bare else ""
    grounds = dict.fromkeys(g for g in ledger.readings["ground"] if g.startswith("survey"))
    paper = sorted({g[g.rindex("(") + 1 : g.rindex(")")] for g in grounds if "(" in g})
    return Chart(
        id="chart-coverage",
        title=title or _worst(known),
        subtitle="Surveyed answers whose whole range lies inside the bounds, per cent, by size of the number",
        alt=joined(*(_sentence(s) for s in known), unasked),
        note=joined(
            f"Source: {wording.escape(wording.listing(paper))}, computed from the published answers."
            if paper
            else "",
            "Everyday items, several answers a person: descriptive, not a law.",
        ),
        draw=lambda width: _draw(known, unasked, width),
    )


def _surveyed(readings: pd.DataFrame) -> list[Surveyed]:
    typical, cautious = (
        readings[readings["reading"] == name].set_index("qualifier").to_dict("index")
        for name in (TYPICAL, CAUTIOUS)
    )
    return [
        Surveyed(str(q), {size: _share_of(typical[q], cautious[q], size) for size in _SIZES}) for q in typical
    ]


def _share_of(typical: Mapping[Any, Any], cautious: Mapping[Any, Any], size: str) -> Share | None:
    """The shares of one size from the two readings' rows; None where one of them is not given."""
    cells = typical[f"coverage_{size}"], cautious[f"coverage_{size}"], typical[f"answers_{size}"]
    if any(pd.isna(cell) for cell in cells):
        return None
    return Share(float(cells[0]), float(cells[1]), int(cells[2]))


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _worst(known: Sequence[Surveyed]) -> str:
    """The least share that the bounds hold, over the qualifiers, for large numbers."""
    large = [share for s in known if (share := s.shares["thousands"]) is not None]
    if not large:
        return "No survey asked how numbers of a thousand and more are understood"
    cautious, typical = min(s.cautious for s in large), min(s.typical for s in large)
    loses = f", the typical bounds {_percent(typical)}" if typical < cautious else ""
    return (
        f"For large numbers the cautious bounds hold at least {_percent(cautious)} of surveyed answers{loses}"
    )


def _sentence(s: Surveyed) -> str:
    parts = []
    for size, words in _SIZES.items():
        share = s.shares[size]
        if share is None:
            parts.append(f"{words}: no survey")
        elif share.typical == share.cautious:
            parts.append(f"{words}: {_percent(share.typical)} of {share.answers:,} answers")
        else:
            parts.append(
                f"{words}: typical {_percent(share.typical)}, cautious {_percent(share.cautious)} "
                f"of {share.answers:,} answers"
            )
    return f"{wording.capital(s.qualifier)}: {'; '.join(parts)}."


# ---------------------------------------------------------------- drawing


def _draw(known: Sequence[Surveyed], unasked: str, width: float) -> Drawing:
    canvas = Canvas(width)
    y = _key(canvas)
    panels = list(_SIZES.items())
    if canvas.narrow:
        for size, words in panels:
            y = _panel(canvas, known, size, words, 62, canvas.width - 2, y, named=True)
    else:
        each, gap, left = (canvas.width - 48) / 3, 30.0, 64.0
        ends = [
            _panel(canvas, known, size, words, left + n * each, left + (n + 1) * each - gap, y, named=n == 0)
            for n, (size, words) in enumerate(panels)
        ]
        y = max(ends)
    if unasked:
        for line in wrapped(unasked, canvas.width, SMALL, most=8):
            canvas.text(0, y + 6, line, SMALL, ink=SOFT)
            y += _LINE
    return canvas.finished(y + 4)


def _key(canvas: Canvas) -> float:
    return key(
        canvas,
        8,
        [
            (lambda x, y: _dot(canvas, x, y, PAPER), "typical bounds"),
            (lambda x, y: _dot(canvas, x, y, INK), "cautious bounds"),
        ],
    )


def _dot(canvas: Canvas, x: float, y: float, fill: str) -> None:
    """A small square: circles are kept for numbers that somebody reported."""
    canvas.rectangle(x - 3.2, y - 3.2, x + 3.2, y + 3.2, fill, INK, 1.2)


def _panel(
    canvas: Canvas,
    known: Sequence[Surveyed],
    size: str,
    words: str,
    left: float,
    right: float,
    top: float,
    named: bool,
) -> float:
    """One size of number: a row for each qualifier; the height below it."""
    scale = Linear(0, 1, left + 4, right - 6)
    canvas.line([(0 if named else left, top), (right, top)], RULE, 1)
    canvas.text(left, top + 11, words, SMALL, bold=True)
    head = top + 25
    bottom = head + 10 + len(known) * _ROW
    axis(canvas, [(scale(v), f"{v * 100:.0f} %") for v in (0, 0.5, 1)], head, head + 8, bottom)
    for n, s in enumerate(known):
        y = head + 10 + (n + 0.62) * _ROW
        if named:
            canvas.text(0, y, s.qualifier, SMALL)
        share = s.shares[size]
        if share is None:
            canvas.text(scale(0), y, "no survey", SMALL, ink=SOFT, backed=True)
        else:
            _share(canvas, share, scale, y)
    return bottom + 8


def _share(canvas: Canvas, share: Share, scale: Linear, y: float) -> None:
    """Typical and cautious shares on one line, their numbers to the left."""
    one, other = scale(share.typical), scale(share.cautious)
    same = share.typical == share.cautious
    words = _percent(share.typical) if same else f"{share.typical * 100:.0f} → {_percent(share.cautious)}"
    canvas.text(min(one, other) - 8, y, words, SMALL, anchor="right", backed=True)
    if not same:
        canvas.line([(one, y), (other, y)], INK, 1.2)
        _dot(canvas, one, y, PAPER)
    _dot(canvas, other, y, INK)
