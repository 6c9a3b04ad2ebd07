"""What every chart keeps to: text that fits and can be read, marks that say no more than the words, the same bytes."""

from __future__ import annotations

import base64
import math
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from reported.charts import Chart, counts, every_figure, order, over_time
from reported.charts.chart import MIME, NARROW, WIDE
from reported.charts.look import OKABE_ITO, fitted, measure, tick, wrapped
from reported.figures.expressions import Verdict
from reported.figures.figure import Figure as Reported
from reported.ledger import READINGS
from tests.charts.figures import (
    CHIEF,
    HOMELESS,
    MAYOR,
    NEWS,
    PAPER,
    Claimant,
    Party,
    Quantity,
    Source,
    made,
    many,
    row,
    series,
    stated,
)
from tests.figures import ledgers

EXACT, ABOUT = made(row("", 617_000), row("about", 600_000, claimant=CHIEF, id="other"))
FROST = Quantity("Temperature at the weir", "degree", "level")
LONG = Quantity(
    "People made homeless by the flood along the lower course of the river and its side arms in spring"
)

CHARTS: dict[str, Callable[[], Chart]] = {
    "order": lambda: order(EXACT > ABOUT),
    "order of one open end": lambda: order(
        stated("at least", 42_284, quantity=LONG) < stated("nearly", 50_000, id="other")
    ),
    "order of a word alone": lambda: order(stated("dozens") > stated("", 65, id="other")),
    "order that is firm": lambda: order(stated("", 77) > stated("", 55, id="other")),
    "order of less than nothing": lambda: order(
        stated("", "-5", quantity=FROST) < stated("", "0", quantity=FROST, id="other")
    ),
    "order refused": lambda: order(refused()),
    "counts": lambda: counts(
        *made(
            *(
                row(q, "" if q == "dozens" else 60, quantity=LONG, id=f"f{n}")
                for n, q in enumerate(("", "at least", "about", "up to", "dozens"))
            )
        )
    ),
    "counts below and above zero": lambda: counts(
        *made(
            *(
                row(q, v, quantity=FROST, id=f"f{n}")
                for n, (q, v) in enumerate(
                    [("", "-5"), ("", "3"), ("about", "-12"), ("at least", "-2"), ("", "0")]
                )
            )
        )
    ),
    **{f"every {n}": lambda n=n: every_figure(*many(n)) for n in (3, 16, 60, 300)},  # type: ignore[misc]
    **{f"over time {n}": lambda n=n: over_time(*series(n)) for n in (3, 16, 60, 300, 1600)},  # type: ignore[misc]
    "over time by unit": lambda: over_time(*series(9), *many(9), panels="unit"),
    "over time, many claimants": lambda: over_time(
        *made(*(row("", 5 + n, claimant=Claimant(f"speaker {n}", NEWS), id=f"f{n}") for n in range(40)))
    ),
}


def refused() -> Verdict:
    """An order of the figures of two matters that the source calls unrelated, at some length."""
    return flood_of(
        "The prison is in another country, and neither the council nor the mayor knows of it. " * 3
    )


@cache
def flood_of(reason: str) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        ledger = ledgers.load(
            Path(folder, "data"),
            quantities=[ledgers.quantity("dead"), ledgers.quantity("prisoners")],
            figures=[ledgers.figure("fifty", "dead", "50"), ledgers.figure("seven", "prisoners", "7")],
            relations=[ledgers.relation("prisoners", "unrelated to", "dead", in_our_words=reason.strip())],
        )
    return ledger.fifty > ledger.seven


@cache
def drawn(name: str, width: float) -> list[Figure]:
    figures = CHARTS[name]()._figures(width)
    for figure in figures:
        FigureCanvasAgg(figure)
        figure.draw_without_rendering()
    return figures


def texts(figure: Figure, reading: str) -> list[Text]:
    """The texts that a page shows for a reading."""
    hidden = {f"reading-{other}" for other in READINGS if other != reading}
    found = [t for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
    ticks = {t for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for t in axis_texts(ax, axis)}
    every_tick = {
        t for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for t in axis.get_ticklabels(which="both")
    }
    return [t for t in found if t.get_gid() not in hidden and (t not in every_tick or t in ticks)]


def axis_texts(ax: object, axis: object) -> Iterator[Text]:
    """Tick labels inside the limits: matplotlib keeps others, and does not draw them."""
    low, high = sorted(axis.get_view_interval())  # type: ignore[attr-defined]
    for place, text in zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False):  # type: ignore[attr-defined]
        if low <= place <= high:
            yield text


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_lies_on_another_or_leaves_the_drawing(name: str, width: float) -> None:
    for figure in drawn(name, width):
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        right, top = figure.get_size_inches() * 72
        for reading in READINGS:
            boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts(figure, reading)]
            for words, box in boxes:
                assert box.x0 >= -2, words
                assert box.x1 <= right + 2, words
                assert box.y0 >= -2, words
                assert box.y1 <= top + 2, words
            for (one, a), (other, b) in combinations(boxes, 2):
                across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
                # a line of letters is taller than its letters: lines may share the height of an accent
                assert across <= 1 or down <= 3.5, f"{reading}: {one!r} lies on {other!r}"


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", CHARTS)
def test_no_type_is_under_seven_points_in_print(name: str, width: float) -> None:
    """A page of A4 with margins of 20 mm is 6.7 inches wide, a little less than a chart."""
    shrunk = 6.7 / WIDE
    for figure in drawn(name, width):
        assert min(t.get_fontsize() for t in figure.findobj(Text)) * shrunk >= 7


@pytest.mark.parametrize("name", CHARTS)
def test_a_part_fits_a_printed_page_and_uses_the_full_width(name: str) -> None:
    for figure in drawn(name, WIDE):
        assert figure.get_figwidth() == WIDE
        assert figure.get_figheight() < 9.6
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        reach = figure.get_tightbbox(renderer)
        assert reach.x0 <= 0.4
        assert reach.x1 >= 0.6 * WIDE


@pytest.mark.parametrize(
    "name", ["over time 3", "over time 16", "over time 60", "over time 300", "over time 1600"]
)
@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_words_over_time_are_beside_their_marks(name: str, width: float) -> None:
    for figure in drawn(name, width):
        ax, renderer = figure.axes[0], figure.canvas.get_renderer()  # type: ignore[attr-defined]
        notes = [t for t in ax.texts if getattr(t, "xycoords", "") == "data"]
        assert len(notes) >= 3
        for note in notes:
            x, y = ax.transData.transform(note.xy)  # type: ignore[attr-defined]
            box = note.get_window_extent(renderer)
            across = max(box.x0 - x, x - box.x1, 0)
            down = max(box.y0 - y, y - box.y1, 0)
            assert across < 40, note.get_text()
            assert down < 30, note.get_text()


def test_many_points_are_labelled_at_first_last_and_largest_steps_only() -> None:
    (figure,) = drawn("over time 1600", WIDE)
    words = {t.get_text() for t in figure.axes[0].texts if getattr(t, "xycoords", "") == "data"}
    every = series(1600)
    last = {s.claimant.name: s.said for s in every if s.ledger.restated(s) is None}
    assert len(words) <= 24
    assert set(last.values()) & words


@pytest.mark.parametrize(
    "name", [name for name in CHARTS if not re.search(r"60|300", name)]
)  # which are slow
def test_bytes_are_the_same_whatever_the_settings(name: str) -> None:
    first = CHARTS[name]()
    before = first.svg(), first.svg(NARROW), first.svg(paths=True)
    with matplotlib.rc_context(
        {"font.size": 30, "lines.linewidth": 9, "svg.hashsalt": "other", "axes.grid": True}
    ):
        again = CHARTS[name]()
        assert (again.svg(), again.svg(NARROW), again.svg(paths=True)) == before


def test_bytes_are_the_same_in_another_process() -> None:
    code = (
        "import hashlib; from tests.charts.figures import many, series;"
        "from reported.charts import every_figure, over_time;"
        "svg = ''.join(every_figure(*many(16)).svg() + over_time(*series(16)).svg());"
        "print(hashlib.sha256(svg.encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_drawing_leaves_a_readers_settings_alone() -> None:
    before = {k: v for k, v in matplotlib.rcParams.items() if k != "backend"}
    CHARTS["counts"]()._repr_mimebundle_()
    assert {k: v for k, v in matplotlib.rcParams.items() if k != "backend"} == before


# ---------------------------------------------------------------- what a page gets


def test_a_chart_displays_itself_under_four_types() -> None:
    chart = order(EXACT > ABOUT, title="Which is larger cannot be told", id="chart-larger")
    bundle, metadata = chart._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/html", "text/plain", "image/png"}
    assert metadata == {"image/png": {"alt": chart.alt}}
    assert bundle["text/plain"] == chart.alt
    card = bundle[MIME]
    assert (card["id"], card["title"]) == ("chart-larger", "Which is larger cannot be told")
    assert [set(part) for part in card["parts"]] == [{"wide", "narrow"}]
    assert bundle["text/html"].count(chart.alt) == 1
    assert "<figcaption>" in bundle["text/html"]


def test_alt_text_is_said_once_for_a_chart_of_many_parts() -> None:
    chart = every_figure(*many(40), alt="Forty figures.")
    html = chart._repr_mimebundle_()[0]["text/html"]
    assert html.count('alt="') == len(chart.figures()) > 1
    assert html.count("Forty figures.") == 1


def test_a_publishers_name_is_no_markup() -> None:
    chart = counts(stated("", 5, source=Source(publisher="The *Daily* <b>")))
    assert chart.note == r"Source: The \*Daily\* \<b\>, 26 January 2024 (paragraph 3)."
    assert "The *Daily* &lt;b&gt;, 26" in chart._repr_mimebundle_()[0]["text/html"]


def test_html_hides_what_could_break_out_of_it() -> None:
    chart = Chart(
        lambda ax, width: ax.plot([1, 2]),
        title="<b>",
        subtitle="a & b",
        alt='say "more" <i>',
        note="<script>",
    )
    html = chart._repr_mimebundle_()[0]["text/html"]
    assert "<b>" not in html
    assert "<script>" not in html
    assert "say &quot;more&quot; &lt;i&gt;" in html


def groups(svg: str) -> dict[str, str | None]:
    """The ids of groups that follow the reading, with what they say of being shown."""
    found = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}g")
    return {g.get("id", ""): g.get("display") for g in found if "reading-" in g.get("id", "")}


@pytest.mark.parametrize("name", ["order", "counts", "every 16", "over time 16"])
def test_all_readings_are_drawn_and_typical_is_shown(name: str) -> None:
    for svg in CHARTS[name]().svg():
        shown = groups(svg)
        for reading in READINGS:
            of_reading = {display for id, display in shown.items() if id.endswith(f"reading-{reading}")}
            assert of_reading <= {None} if reading == "typical" else of_reading <= {"none"}
        assert any(id.endswith("reading-cautious") for id in shown)


def test_ids_occur_once_over_all_parts_and_widths() -> None:
    chart = every_figure(*many(40))
    ids = [id for svg in chart.svg() + chart.svg(NARROW) for id in re.findall(r'\sid="([^"]+)"', svg)]
    assert len(ids) == len(set(ids))
    referred = [id for svg in chart.svg() for id in re.findall(r'href="#([^"]+)"', svg)]
    assert set(referred) <= set(ids)


def test_ink_follows_the_page_and_party_colours_do_not() -> None:
    (svg,) = CHARTS["order"]().svg()
    assert svg.startswith('<svg color="#1a1c1f"')
    assert svg.count("#1a1c1f") == 1
    assert "currentColor" in svg
    assert "#0072b2" in svg


def test_text_is_text_in_the_page_and_a_picture_elsewhere() -> None:
    chart = CHARTS["counts"]()
    assert "at least 60" in "".join(ElementTree.fromstring(chart.svg()[0]).itertext())
    bundle, _ = chart._repr_mimebundle_()
    image = re.search(r"base64,([^\"]+)", bundle["text/html"])
    assert image is not None
    assert image[1] == bundle["image/png"]
    assert base64.b64decode(image[1]).startswith(b"\x89PNG")


def test_a_chart_of_1600_figures_stays_small() -> None:
    (svg,) = over_time(*series(1600)).svg()
    assert len(svg) < 600_000


# ---------------------------------------------------------------- an analyst's own


def test_a_figure_in_a_title_a_subtitle_or_an_alt_text_has_no_link_there() -> None:
    text = f"{ABOUT} or {ABOUT:cautious}"
    assert "](#figure-" in text
    own = Chart(lambda ax, width: ax.plot([1, 3, 2]), title=text, subtitle=text, alt=text)
    assert {own.title, own.subtitle, own.alt} == {"about 600,000 or 480,000 to 720,000"}
    assert order(EXACT > ABOUT, title=text).title == own.title


def test_an_analysts_own_drawing_and_figure_are_shown() -> None:
    own = Chart(lambda ax, width: ax.plot([1, 3, 2]), title="Up and down", alt="One, three, two.")
    assert own.id == "chart-up-and-down"
    assert own.svg()[0].startswith("<svg")
    figure = Figure(figsize=(4, 2))
    figure.add_subplot().plot([1, 2])
    shown = Chart(figure, title="Up", alt="One, then two.")
    assert shown.figures() == [figure]
    assert shown._repr_mimebundle_()[0][MIME]["parts"][0]["wide"].startswith("<svg")


def test_a_chart_without_alt_text_is_refused() -> None:
    with pytest.raises(ValueError, match="alt is empty"):
        Chart(lambda ax, width: None, title="Title", alt=" ")


# ---------------------------------------------------------------- marks say what the words say


def markers(figure: Figure, reading: str = "typical") -> list[Line2D]:
    return [
        m for m in figure.findobj(Line2D) if m.get_gid() in (None, f"reading-{reading}") and m.get_visible()
    ]


def test_colour_is_the_partys_or_the_next_of_the_palette() -> None:
    own, other, third = Party("East", "#123456"), Party("West"), Party("South")
    figures = made(
        *(row("", 5 + n, claimant=Claimant("x", p), id=f"f{n}") for n, p in enumerate((own, other, third)))
    )
    (figure,) = every_figure(*figures).figures()
    found = {to_hex(m.get_markeredgecolor()) for m in markers(figure) if m.get_marker() == "o"}
    assert found == {"#123456", OKABE_ITO[0], OKABE_ITO[1]}


@pytest.mark.parametrize(
    ("evidence", "fill"),
    [
        ("people identified", True),
        ("not mentioned", False),
        ("stated to be without evidence", False),
    ],
)
def test_fill_is_evidence(evidence: str, fill: bool) -> None:
    (figure,) = every_figure(stated("", 5, evidence=evidence)).figures()
    (mark,) = [m for m in markers(figure) if m.get_marker() == "o"]
    assert (mark.get_markerfacecolor() != "none") is fill


def test_an_open_end_is_never_longer_than_its_arrow() -> None:
    """Nothing is drawn where no bound is said."""
    (figure,) = over_time(stated("at least", 50), stated("", 500, claimant=CHIEF, id="other")).figures()
    arrow = [m for m in markers(figure) if not isinstance(m.get_marker(), str) and m.get_markersize() > 20]
    assert [list(m.get_ydata()) for m in arrow] == [[50]]
    tall = [max(m.get_ydata()) for m in markers(figure) if m.get_ydata()]
    assert max(tall) <= 500


def test_up_to_has_no_lower_end() -> None:
    """The zero that arithmetic needs is nobody's words."""
    (figure,) = every_figure(stated("up to", 80), stated("", 500, id="other")).figures()
    lines = figure.axes[0].lines
    assert [80] in [list(m.get_xdata()) for m in lines if not isinstance(m.get_marker(), str)]
    assert 0 not in [x for m in lines for x in m.get_xdata()]


def test_more_than_begins_at_its_digits() -> None:
    """Bounds of whole numbers begin one later; the words do not."""
    figure = one_panel(stated("more than", 600_000))
    ends = {
        y
        for m in figure.axes[0].lines
        if m.get_transform() == figure.axes[0].transData
        for y in m.get_ydata()
    }
    assert ends == {600_000}


def test_a_word_without_digits_has_no_mark_of_digits() -> None:
    (figure,) = every_figure(stated("dozens")).figures()
    assert not [m for m in markers(figure) if m.get_marker() == "o"]


def test_a_figure_without_any_end_is_still_named() -> None:
    nothing = stated("", 70, hedge="could", standing="possible", words="could be 70 people")
    (figure,) = every_figure(nothing).figures()
    assert [t.get_text() for t in texts(figure, "typical")].count("0") == 0, "and has no axis"
    assert "could be 70 people" in [t.get_text() for t in texts(figure, "typical")]


@pytest.mark.parametrize("reading", READINGS)
def test_an_order_says_each_readings_answer(reading: str) -> None:
    (figure,) = drawn("order", WIDE)
    bold = [
        t.get_text()
        for t in texts(figure, reading)
        if t.get_gid() == f"reading-{reading}" and t.get_fontweight() == 600
    ]
    assert ("yes" if reading == "digits" else "cannot be told") in bold


def test_an_order_that_is_refused_shows_the_reason_alone() -> None:
    chart = order(flood_of("the source calls them unrelated"))
    (figure,) = chart.figures()
    assert [t.get_text() for t in texts(figure, "typical")] == [
        "Not compared",
        "the source calls them unrelated",
    ]
    assert "unrelated" in chart.alt


def test_counts_of_unlike_units_are_refused() -> None:
    with pytest.raises(ValueError, match="kilometre"):
        counts(stated("", 5), stated("", 6, quantity=Quantity("Dykes", "kilometre", "length"), id="other"))
    with pytest.raises(ValueError, match="at least one"):
        counts()


def test_percentages_are_printed_as_such() -> None:
    (figure,) = every_figure(
        stated("", 45, quantity=Quantity("Share of homes", "percent", "ratio"))
    ).figures()
    assert "40%" in [t.get_text() for t in texts(figure, "typical")]


# ---------------------------------------------------------------- days


def one_panel(*figures: Reported) -> Figure:
    (figure,) = over_time(*figures).figures()
    return figure


def test_a_month_is_as_wide_as_it_is() -> None:
    month = stated("", 50, as_of="2023-12")
    figure = one_panel(month, stated("", 60, claimant=CHIEF, id="other"))
    wide = [list(m.get_xdata()) for m in markers(figure) if len(m.get_xdata()) == 2 and m.get_marker() == "|"]
    assert wide == [[19692, 19722]]


def test_by_a_day_is_an_end_without_a_start() -> None:
    figure = one_panel(stated("", 50, as_of=""), stated("", 60, id="other"))
    arrows = [m for m in markers(figure) if not isinstance(m.get_marker(), str) and m.get_markersize() > 20]
    assert [list(m.get_xdata()) for m in arrows] == [[19748]]
    assert "by this day" in [t.get_text() for t in texts(figure, "typical")]


def test_a_cumulative_count_is_a_step_line_and_a_stock_is_none() -> None:
    def steps(kind: str) -> int:
        of = Quantity("People brought to safety", kind=kind)
        figure = one_panel(
            *made(*(row("", n, as_of=f"2024-01-0{n}", quantity=of, id=f"f{n}") for n in (1, 5, 9)))
        )
        return len([m for m in figure.axes[0].lines if m.get_drawstyle() == "steps-post"])

    assert (steps("cumulative"), steps("stock")) == (1, 0)


def test_a_restatement_is_a_stroke_and_no_statement_of_its_own() -> None:
    figure = one_panel(
        *made(
            row("", 50, id="first"),
            row("", 50, claimant=PAPER, id="again", restates="first"),
            row("", 70, claimant=CHIEF, id="other"),
        )
    )
    marks = [m for m in markers(figure) if m.get_marker() == "o" and len(m.get_xdata()) == 1]
    assert sorted(y for m in marks for y in m.get_ydata() if y > 1.5) == [50, 70]
    words = [t.get_text() for t in texts(figure, "typical")]
    assert "the same statement, reported again" in words
    assert "a paper (news media)" not in words


def test_a_chain_of_restatements_is_one_statement() -> None:
    first, second, third = made(
        row("", 53, id="first"),
        row("", 53, claimant=PAPER, id="second", restates="first"),
        row("", 53, claimant=CHIEF, id="third", restates="second"),
    )
    figure = one_panel(third, second, first)
    assert [t.get_text() for t in texts(figure, "typical")].count("53") == 1


def test_a_restatement_of_what_is_not_drawn_is_drawn() -> None:
    figure = one_panel(made(row("", 53, id="first"), row("", 53, id="again", restates="first"))[1])
    assert "53" in [t.get_text() for t in texts(figure, "typical")]


def test_two_claimants_of_one_party_have_two_marks() -> None:
    other = Claimant("the council", MAYOR.party)
    figure = one_panel(*made(row("", 50), row("", 60, claimant=other, id="other")))
    shapes = {
        (to_hex(m.get_markeredgecolor()), m.get_marker())
        for m in markers(figure)
        if m.get_marker() in ("o", "s")
    }
    assert shapes == {("#0072b2", "o"), ("#0072b2", "s")}


def test_what_has_no_number_is_named_and_not_drawn() -> None:
    hedged = stated("", 70, hedge="could", standing="possible", words="could be 70 people")
    chart = over_time(stated("", 50, id="other"), hedged)
    assert "could be 70" in (chart.note or "")
    with pytest.raises(ValueError, match="none of these has one"):
        over_time(hedged)


def test_quantities_are_panels_and_split_over_parts() -> None:
    quantities = [Quantity(f"Quantity {n}") for n in range(5)]
    chart = over_time(*made(*(row("", 5 + n, quantity=q, id=f"f{n}") for n, q in enumerate(quantities))))
    assert [len(figure.axes) for figure in chart.figures()] == [3, 2]
    spans = {ax.get_xlim() for figure in chart.figures() for ax in figure.axes}
    assert max(low for low, _ in spans) - min(low for low, _ in spans) < 0.1, "panels share their days"


# ---------------------------------------------------------------- words


def test_every_row_is_in_one_part_only_and_none_is_lost() -> None:
    chart = every_figure(*many(300))
    words = [t.get_text() for figure in chart.figures() for t in texts(figure, "typical")]
    for figure in many(300):
        assert figure.said in words


def test_texts_of_a_chart_are_made_from_the_figures() -> None:
    chart = counts(*made(row("at least", 60), row("", 55, claimant=CHIEF, id="other")))
    assert chart.subtitle == f"{HOMELESS.label}, people"
    assert "at least 60, says the mayor (North), 26 January 2024" in chart.alt
    assert (chart.note or "").startswith("Source: The Daily, 26 January 2024 (paragraph 3). ")


@pytest.mark.parametrize("words", ["W" * 2000, "a, " * 600, "Stadt und Land, " * 100, "ab", "", "i", "W"])
@pytest.mark.parametrize("width", [0, 3, 40, 120.5])
def test_words_are_cut_to_the_most_that_fits_in_few_measurements(words: str, width: float) -> None:
    measure.cache_clear()
    cut = fitted(words, width)
    assert measure.cache_info().misses <= 15
    if cut != words:
        kept = cut.removesuffix("…")
        assert len(kept) == 1 or measure(cut) <= width
        longer = next(words[:end].rstrip(" ,") for end in range(len(kept) + 1, len(words) + 1))
        assert len(longer) == len(kept) or measure(longer + "…") > width or longer == words


@pytest.mark.parametrize("words", ["a few words", "Donaudampfschifffahrtsgesellschaft and more", "a", ""])
def test_lines_are_no_wider_than_asked(words: str) -> None:
    lines = wrapped(words, 60, most=2)
    assert len(lines) <= 2
    assert all(measure(line) <= 60 for line in lines)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (-1500, "−1,500"), (2.5e6, "2.5 million"), (1e15, "1,000 trillion"), (0.05, "0.05")],
)
def test_ticks_are_words(value: float, words: str) -> None:
    assert tick(value) == words


# ---------------------------------------------------------------- zero, negatives, wide and open numbers


def bars(figure: Figure) -> list[tuple[float, float]]:
    """The ends of what is drawn in data coordinates along x, mark by mark."""
    lines = [
        m for m in markers(figure) if m.get_transform() == figure.axes[0].transData and len(m.get_xdata())
    ]
    patches = [(p.get_x(), p.get_x() + p.get_width()) for p in figure.axes[0].patches if p.get_visible()]
    ends = [[x for x in m.get_xdata() if not math.isnan(x)] for m in lines]
    return [(min(e), max(e)) for e in ends if e] + patches


def frost(*said: tuple[str, str]) -> list[Reported]:
    return made(*(row(q, v, quantity=FROST, id=f"f{n}") for n, (q, v) in enumerate(said)))


def test_a_negative_number_is_a_bar_to_the_other_side_of_zero() -> None:
    (figure,) = counts(*frost(("", "-5"), ("", "3"))).figures()
    assert min(low for low, _ in bars(figure)) == pytest.approx(-5, abs=0.6)
    low, high = figure.axes[0].get_xlim()
    assert low <= -5 < 3 < high
    assert {"−5", "3"} <= {t.get_text() for t in texts(figure, "typical")}


def test_zero_has_a_mark() -> None:
    people = made(row("", "0", id="none"), row("", "3", id="some"))
    for chart in (counts(*people), every_figure(*people), every_figure(*frost(("", "0"), ("", "3")))):
        (figure,) = chart.figures()
        assert any(m.get_marker() == "o" and list(m.get_xdata()) == [0] for m in markers(figure))


def test_a_measured_zero_is_as_wide_as_it_is_rounded() -> None:
    (figure,) = counts(*frost(("", "0"), ("", "3"))).figures()
    assert any(min(m.get_xdata()) < 0 for m in markers(figure) if len(m.get_xdata()) > 1)


@pytest.mark.parametrize(("value", "unit"), [("7.6", "kilometre"), ("76", "percent"), ("0.1", "kilometre")])
def test_a_number_that_float64_cannot_hold_has_the_mark_of_its_digits(value: str, unit: str) -> None:
    of = Quantity("Something", unit, "ratio" if unit == "percent" else "length")
    for chart in (every_figure(stated("", value, quantity=of)), over_time(stated("", value, quantity=of))):
        (figure,) = chart.figures()
        assert [m.get_marker() for m in markers(figure)].count("o") >= 1


def test_a_word_alone_stands_at_its_own_bound_with_an_arrow() -> None:
    """Millions are at least two million, and not at the middle of what all readings make of them."""
    figure = one_panel(*made(row("millions", as_of=""), row("about", 2_000_000, id="other")))
    arrows = [
        m for m in markers(figure) if not isinstance(m.get_marker(), str) and 2_000_000 in m.get_ydata()
    ]
    assert arrows
    assert not [m for m in markers(figure) if 1_500_000 in m.get_ydata()]


def test_a_forecast_is_apart_from_what_is_reported() -> None:
    safe = Quantity("People brought to safety", kind="cumulative")
    figures = made(
        row("", 10, quantity=safe, as_of="2024-01-01", evidence="people identified"),
        row("", 20, quantity=safe, as_of="2024-01-09", id="later", evidence="people identified"),
        row("", 90, quantity=safe, as_of="2024-01-20", id="next", standing="forecast", hedge="is expected to be",
            words="is expected to be 90 people", evidence="people identified"),
    )  # fmt: skip
    figure = one_panel(*figures)
    (line,) = [m for m in figure.axes[0].lines if m.get_drawstyle() == "steps-post"]
    assert list(line.get_ydata()) == [10, 20]
    if charted := [m for m in markers(figure) if 90 in list(m.get_ydata())]:
        assert all(m.get_markerfacecolor() == "none" for m in charted)
        assert any("forecast" in t.get_text() for t in texts(figure, "typical"))


def test_no_line_is_drawn_over_a_gap() -> None:
    safe = Quantity("People brought to safety", kind="cumulative")
    days = ("2022-01-01", "2022-02-01", "2023-06-01", "2023-07-01")
    counts_ = made(*(row("", 10 * n, quantity=safe, as_of=day, id=f"f{n}") for n, day in enumerate(days, 1)))

    def lines(chart: Chart) -> list[list[float]]:
        (figure,) = chart.figures()
        return [list(m.get_ydata()) for m in figure.axes[0].lines if m.get_drawstyle() == "steps-post"]

    assert lines(over_time(*counts_)) == [[10, 20], [30, 40]]
    assert "breaks where more than 183 days" in (over_time(*counts_).note or "")
    assert lines(over_time(*counts_, gap=1000)) == [[10, 20, 30, 40]]


def test_a_scale_that_does_not_begin_at_zero_is_named() -> None:
    near = made(row("", 600_000), row("", 617_000, id="other", claimant=CHIEF))
    assert "does not begin at zero" in (over_time(*near).note or "")
    assert "does not begin at zero" in (order(near[0] < near[1]).note or "")
    assert "begin" not in (over_time(*made(row("", 5), row("", 617_000, id="other"))).note or "")


def test_marks_are_explained_under_the_chart_that_has_them() -> None:
    note = order(EXACT > ABOUT).note or ""
    assert "fades is approximate" in note
    assert "arrow" not in note
    assert "arrow" in (counts(stated("at least", 60)).note or "")


def test_alt_texts_say_what_is_counted_with_qualifier_and_unit() -> None:
    """The identified are not the killed: "50" counts the former, "at least 42" bounds the latter, by name."""
    with tempfile.TemporaryDirectory() as folder:
        flood = ledgers.flood(Path(folder, "data"))
    alt = every_figure(flood.named50, flood.named42, flood.days3).alt
    assert "Identified: 50, says" in alt
    assert "Dead, counted by name: at least 42, says" in alt
    assert "Warning: 3 days, says" in alt


# ---------------------------------------------------------------- saved


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
@pytest.mark.parametrize("reading", READINGS)
def test_a_chart_is_saved_as_one_reading_draws_it(ending: str, reading: str, tmp_path: Path) -> None:
    chart = order(EXACT > ABOUT)
    (file,) = chart.save(tmp_path / f"x.{ending}", reading=reading)
    again = chart.save(tmp_path / f"y.{ending}", reading=reading)[0]
    assert file.read_bytes() == again.read_bytes()
    (figure,) = chart.figures(reading=reading)
    shown = {a.get_gid() for a in figure.findobj(Text) if a.get_visible() and a.get_gid()}
    assert shown <= {f"reading-{reading}"}
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending]
    assert file.read_bytes().startswith(start)


def test_a_long_chart_is_saved_in_parts(tmp_path: Path) -> None:
    chart = every_figure(*many(40))
    count = len(chart.figures())
    assert [file.name for file in chart.save(tmp_path / "x.png")] == [
        f"x-{n}.png" for n in range(1, count + 1)
    ]
    assert [file.name for file in chart.save(str(tmp_path / "x.pdf"))] == ["x.pdf"]


def test_what_cannot_be_saved_says_why(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.png, \.svg or \.pdf"):
        order(EXACT > ABOUT).save(tmp_path / "x.docx")
    with pytest.raises(ValueError, match="expected a reading"):
        order(EXACT > ABOUT).save(tmp_path / "x.png", reading="careful")


def test_an_analysts_own_figure_is_saved_as_it_is(tmp_path: Path) -> None:
    own = Figure(figsize=(3, 2))
    own.add_subplot().plot([1, 2])
    Chart(own, title="Up", alt="One, then two.").save(tmp_path / "x.png")
    assert own.get_size_inches().tolist() == [3, 2]


def test_of_many_figures_the_first_are_drawn_and_the_note_says_so():
    chart = every_figure(*many(1000), alt="Many figures.")
    assert "The first 400 of 1,000 figures" in chart.note
    assert "The first" not in every_figure(*many(40), alt="Forty figures.").note


def test_of_many_statements_over_time_a_chart_draws_the_first_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figures = series(16)
    assert "statements; the rest" not in over_time(*figures).note
    monkeypatch.setitem(over_time.__globals__, "_MOST", 9)
    chart = over_time(*figures)
    assert "The first 9 of 15 statements; the rest is in data/figures.csv." in chart.note
    assert len(chart.svg()[0]) < len(over_time(*series(10)).svg()[0]) * 1.1
