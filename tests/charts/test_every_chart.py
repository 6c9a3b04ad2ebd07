"""Each public chart bears each kind of number, alone and beside others, under each reading and in each file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.text import Text

from reported import charts
from reported.charts import Chart
from reported.charts.operands import said
from reported.figures.figure import Figure
from reported.ledger import READINGS
from tests.charts.figures import Quantity, made, row

FROST = Quantity("Temperature at the weir", "degree", "level")
STATEMENTS = {
    "nought": row("", "0", quantity=FROST),
    "below nought": row("", "-1", quantity=FROST),
    "open above": row("at least", "-1", quantity=FROST),
    "open below": row("up to", "5", quantity=FROST),
    "more than a negative": row("more than", "-3", quantity=FROST),
    "a word": row("dozens", quantity=Quantity("Boats", "boat")),
    "no end": row("", 70, hedge="could", standing="possible", words="could be 70 people"),
    "nobody": row("", "0"),
    "a share of none": row("", "0", quantity=Quantity("Share of homes", "percent", "ratio")),
    "trillions": row("about", "9000000000000"),
}
MAKE: dict[str, Callable[[list[Figure]], Chart]] = {
    "Chart": lambda figures: Chart(
        lambda ax, width: ax.plot([0, 3]),
        title="A line",
        alt=" ".join(map(said, figures)),
    ),
    "counts": lambda figures: charts.counts(*figures),
    "every_figure": lambda figures: charts.every_figure(*figures),
    "order": lambda figures: charts.order(figures[0] > figures[-1] if figures[1:] else figures[0] >= 0),
    "over_time": lambda figures: charts.over_time(*figures),
}


def test_no_chart_is_left_out() -> None:
    assert set(MAKE) == set(charts.__all__)


@pytest.mark.parametrize("beside", ["beside another", pytest.param("alone", marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", STATEMENTS)
@pytest.mark.parametrize("name", charts.__all__)
def test_a_number_of_any_kind_is_drawn_and_said(name: str, kind: str, beside: str, tmp_path: Path) -> None:
    first = STATEMENTS[kind]
    figures = made(
        first, *([row("about", 3, quantity=first.quantity, id="other")] if beside != "alone" else [])
    )
    if name == "over_time" and kind == "no end" and beside == "alone":
        with pytest.raises(ValueError, match="a figure with a number to draw"):
            MAKE[name](figures)
        return
    chart = MAKE[name](figures)
    assert said(figures[0]) in f"{chart.alt} {chart.note}" or "refused" in chart.alt
    (drawn,) = chart.figures()
    shown = " ".join(text.get_text() for text in drawn.findobj(Text) if text.get_visible())
    assert name == "Chart" or said(figures[0]) in f"{shown} {chart.note}".replace("\n", " ")
    files = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    for (ending, start), reading in zip(files.items(), READINGS, strict=True):
        (file,) = chart.save(tmp_path / f"x.{ending}", reading=reading)
        assert file.read_bytes().startswith(start)


def test_the_scale_of_percentage_points_has_no_percent_sign() -> None:
    for unit, sign in (("percentage point", False), ("percent", True)):
        figures = made(row("", "3", quantity=Quantity("Support", unit, "change")))
        for chart in (charts.every_figure(*figures), charts.over_time(*figures)):
            (part,) = chart.figures()
            ticks = [
                text.get_text()
                for ax in part.axes
                for axis in (ax.xaxis, ax.yaxis)
                for text in axis.get_ticklabels()
            ]
            assert any("%" in text for text in ticks) == sign


def test_a_bar_too_short_to_be_seen_has_a_mark() -> None:
    aid = Quantity("Aid", "EUR", "amount")
    small, large = made(
        row("", "7600000", quantity=aid, id="small"), row("", "1900000000000", quantity=aid, id="large")
    )
    (part,) = charts.counts(small, large).figures()
    marks = [line for ax in part.axes for line in ax.lines if line.get_marker() == "o"]
    assert marks
    assert all(0 < next(iter(mark.get_xdata())) < 8_000_000 for mark in marks)
