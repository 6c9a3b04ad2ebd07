"""What every chart keeps to: qualified numbers, text that fits, one palette, the same bytes, findings from the data."""

from __future__ import annotations

import csv
import doctest
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import Circle
from matplotlib.text import Text

from reported.algebra.comparison import Comparisons, compare
from reported.display import charts
from reported.display.charts import NARROW, WIDE, Chart, canvas, scale, sentences
from reported.ledger.ledger import Ledger
from reported.ledger.reading import READINGS
from tests.river import COURSE, DATA, river

WIDTHS = {"wide": WIDE, "narrow": NARROW}
MAKERS: dict[str, Callable[[Ledger, Comparisons], Chart]] = {
    "overview": lambda ledger, asked: charts.overview(ledger),
    "claims": lambda ledger, asked: charts.claims(ledger),
    "timeline": lambda ledger, asked: charts.timeline(ledger),
    "aircraft": lambda ledger, asked: charts.aircraft(ledger),
    "remains": lambda ledger, asked: charts.remains(ledger, asked.remains_order),
    "floor": lambda ledger, asked: charts.floor(ledger["ru_killed"], asked.killed_estimated),
    "troops": lambda ledger, asked: charts.troops_overlap(asked.deployed_ground_order),
    "engaged": lambda ledger, asked: charts.troops_overlap(asked.engaged_ground_order, id="chart-engaged"),
    "fit": lambda ledger, asked: charts.troops_overlap(asked.aircraft_dead_fit, id="chart-fit"),
    "refused": lambda ledger, asked: charts.troops_overlap(asked.remains_aircraft, id="chart-refused"),
    "rates": lambda ledger, asked: charts.reading_rows(asked.deployed_per_kilometre),
    "missing": lambda ledger, asked: charts.reading_rows(asked.killed_estimated),
    "verdicts": lambda ledger, asked: charts.verdict_grid(asked.values()),
    "coverage": lambda ledger, asked: charts.coverage(ledger),
}
OF_FIGURES = ("overview", "claims", "timeline")
OF_COMPARISONS = ("troops", "engaged", "fit", "rates", "missing")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger(DATA)


@pytest.fixture(scope="module")
def asked(ledger: Ledger) -> Comparisons:
    return Comparisons(ledger)


@pytest.fixture(scope="module")
def every(ledger: Ledger, asked: Comparisons) -> dict[str, Chart]:
    return {name: make(ledger, asked) for name, make in MAKERS.items()}


@cache
def texts(chart: Chart, width: float) -> list[tuple[str, float, float, float, float]]:
    """Each text of a drawing with the box of its letters, in points from the top left corner."""
    found = []
    with canvas.look():
        figure = chart.draw(width)
        figure.set_dpi(288)
        renderer = FigureCanvasAgg(figure).get_renderer()
        height = figure.get_figheight() * 72
        for artist in figure.findobj(Text):
            if artist.get_text():
                box = artist.get_window_extent(renderer)
                place = box.x0 / 4, height - box.y1 / 4, box.x1 / 4, height - box.y0 / 4
                found.append((artist.get_text(), *place))
    return found


def assert_text_fits(chart: Chart, width: float) -> None:
    """No text leaves the drawing and none lies on another (letters of two lines may share a point of height)."""
    with canvas.look():
        size = chart.draw(width).get_size_inches() * 72
    found = texts(chart, width)
    for words, left, top, right, bottom in found:
        assert left >= -1, words
        assert top >= -1, words
        assert right <= size[0] + 1.5, words
        assert bottom <= size[1] + 2, words
    for (one, *a), (other, *b) in combinations(found, 2):
        apart = a[2] <= b[0] + 0.5 or b[2] <= a[0] + 0.5 or a[3] <= b[1] + 2.5 or b[3] <= a[1] + 2.5
        assert apart, f"{one!r} lies on {other!r}"


def circles(chart: Chart, width: float = WIDE) -> list[tuple[float, str, str]]:
    """The marks of a drawing: place from the left, fill, stroke."""
    found = chart.draw(width).findobj(Circle)
    return [(c.center[0], to_hex(c.get_facecolor()), to_hex(c.get_edgecolor())) for c in found]


# ---------------------------------------------------------------- every chart


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", MAKERS)
def test_text_stays_inside_and_apart(every: dict[str, Chart], name: str, width: str) -> None:
    assert_text_fits(every[name], WIDTHS[width])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", MAKERS)
def test_text_is_never_small(every: dict[str, Chart], name: str, width: str) -> None:
    sizes = [t.get_fontsize() for t in every[name].draw(WIDTHS[width]).findobj(Text) if t.get_text()]
    assert min(sizes) >= 9


@pytest.mark.parametrize("name", MAKERS)
def test_the_measured_width_of_text_is_the_drawn_one(every: dict[str, Chart], name: str) -> None:
    """The layout rests on it. Letters may overhang their advance by a point."""
    sizes = {
        (t.get_text(), t.get_fontsize(), t.get_fontweight() == 600)
        for t in every[name].draw(NARROW).findobj(Text)
    }
    drawn = {words: right - left for words, left, _, right, _ in texts(every[name], NARROW)}
    for words, size, bold in sizes:
        if words and sum(words == other for other, *_ in sizes) == 1:
            assert canvas.measure(words, size, bold) == pytest.approx(drawn[words], abs=1.5, rel=0.01)


@pytest.mark.parametrize("name", MAKERS)
def test_svg_is_well_formed_keeps_text_and_names_every_colour(every: dict[str, Chart], name: str) -> None:
    for width in WIDTHS.values():
        svg = every[name].svg(width)
        root = ElementTree.fromstring(svg)
        assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(width * 72)
        drawn = [t for t in every[name].draw(width).findobj(Text) if t.get_text()]
        written = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
        assert sorted(written) == sorted(t.get_text() for t in drawn)
        assert "Source Sans 3" in svg
        assert "metadata" not in svg
        colours = {f"var(--{variable}, {value})" for variable, value in canvas.COLOURS.items()}
        used = {c.strip() for c in re.findall(r"(?:fill|stroke): ([^;\"]+)", svg)}
        assert used <= colours | {"none"}
        assert not re.search(r"filter|<image|<script", svg)


@pytest.mark.parametrize("name", MAKERS)
def test_alt_text_is_whole_sentences(every: dict[str, Chart], name: str) -> None:
    chart = every[name]
    assert chart.alt.endswith((".", "?"))
    assert not re.search(r"figure-|None|nan|\]\(|\binf\b", chart.alt)
    for text in (chart.title, chart.subtitle, chart.alt):
        assert text == text.strip()
        assert text
        assert "  " not in text


@pytest.mark.parametrize("name", OF_FIGURES)
def test_alt_text_gives_each_figure_qualified_with_its_claimant(
    every: dict[str, Chart], ledger: Ledger, name: str
) -> None:
    for figure in ledger:
        wanted = f"{figure.quantity.label}: {figure.said}"
        said = [s for s in every[name].alt.split(". ") if wanted in s and figure.claimant.name in s]
        assert said, f"{figure.id} is not in {name}'s alt text"


@pytest.mark.parametrize("name", OF_COMPARISONS)
def test_alt_text_gives_the_outcome_under_each_reading(
    every: dict[str, Chart], asked: Comparisons, name: str
) -> None:
    by_name = {
        "troops": asked.deployed_ground_order,
        "engaged": asked.engaged_ground_order,
        "fit": asked.aircraft_dead_fit,
        "rates": asked.deployed_per_kilometre,
        "missing": asked.killed_estimated,
    }
    comparison = by_name[name]
    for reading in READINGS:
        outcome = comparison.outcomes[reading]
        wanted = sentences.ANSWERS.get(outcome.kind, comparison.says(reading))
        assert wanted in every[name].alt


@pytest.mark.parametrize("name", OF_FIGURES)
def test_each_number_drawn_carries_its_qualifier(every: dict[str, Chart], ledger: Ledger, name: str) -> None:
    for width in WIDTHS.values():
        drawn = [words for words, *_ in texts(every[name], width)]
        for figure in ledger:
            assert any(words.startswith(figure.said) for words in drawn), figure.said


def test_no_chart_of_figures_draws_a_share(every: dict[str, Chart]) -> None:
    for name, chart in every.items():
        if name != "coverage":
            assert not any("%" in words or "per cent" in words for words, *_ in texts(chart, WIDE))


def test_links_in_notes_lead_to_figures(every: dict[str, Chart], ledger: Ledger) -> None:
    anchors = {figure.anchor for figure in ledger}
    linked = [target for chart in every.values() for target in re.findall(r"\]\(#([^)]+)\)", chart.note)]
    assert linked
    assert set(linked) <= anchors


def test_drawing_leaves_matplotlib_as_it_was_and_does_not_depend_on_it(every: dict[str, Chart]) -> None:
    plain = every["troops"].svg()
    with matplotlib.rc_context({"svg.fonttype": "path", "font.size": 30, "lines.antialiased": False}):
        before = dict(matplotlib.rcParams)
        assert every["troops"].svg() == plain
        assert dict(matplotlib.rcParams) == before


def test_the_same_bytes_in_any_process() -> None:
    script = (
        "import hashlib\n"
        "from tests.display.test_charts import DATA, MAKERS, WIDTHS, Comparisons, Ledger\n"
        "ledger = Ledger(DATA)\nasked = Comparisons(ledger)\n"
        "every = [make(ledger, asked) for make in MAKERS.values()]\n"
        "parts = [c.title + c.subtitle + c.alt + c.note + ''.join(map(c.svg, WIDTHS.values())) for c in every]\n"
        "print(hashlib.sha256(''.join(parts).encode()).hexdigest())\n"
    )
    settings = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC"},
        {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "86400"},
    ]
    root = DATA.parent
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script], cwd=root, env=os.environ | s, stdout=subprocess.PIPE, text=True
        )
        for s in settings
    ]
    found = [process.communicate(timeout=120)[0].strip() for process in started]
    assert len(found[0]) == hashlib.sha256().digest_size * 2
    assert found[0] == found[1]


def test_each_chart_can_be_linked_to(every: dict[str, Chart]) -> None:
    ids = [chart.id for chart in every.values()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"chart-[a-z0-9-]+", id_) for id_ in ids)


@pytest.mark.parametrize("module", [scale, sentences])
def test_examples_in_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed


# ---------------------------------------------------------------- the visual language


def test_a_mark_is_solid_only_where_the_dead_are_identified_by_name(
    every: dict[str, Chart], ledger: Ledger
) -> None:
    paper, green = canvas.COLOURS["paper"], canvas.COLOURS["independent"]
    marks = circles(every["overview"])
    digits = [f for f in ledger if f.value is not None]
    assert len(marks) == len(digits) + sum(f.value_to is not None for f in ledger)
    assert [fill for _, fill, stroke in marks if fill != paper] == [green]
    assert {f.id for f in ledger if f.evidence == "identified by name"} == {"ru_killed"}


def test_colour_is_the_side(every: dict[str, Chart], ledger: Ledger) -> None:
    strokes = [stroke for _, _, stroke in circles(every["overview"])]
    for side, name in (("Ukraine", "ukraine"), ("Russia", "russia"), ("independent", "independent")):
        figures = [f for f in ledger if f.claimant.side == side and f.value is not None]
        wanted = len(figures) + sum(f.value_to is not None for f in figures)
        assert strokes.count(canvas.COLOURS[name]) == wanted


def test_the_side_is_also_written(every: dict[str, Chart]) -> None:
    drawn = " ".join(words for words, *_ in texts(every["overview"], WIDE))
    for side in ("(Ukraine)", "(Russia)", "(independent)", "(unnamed)"):
        assert side in drawn


def test_a_statement_without_a_date_stands_at_no_date(every: dict[str, Chart], ledger: Ledger) -> None:
    undated = [f for f in ledger if f.stated_on is None]
    for width in WIDTHS.values():
        marks = [x for x, *_ in circles(every["timeline"], width)][1:]  # the first is the key's
        lane = [x for x in marks if x == max(marks)]
        heads = {words: (left, right) for words, left, _, right, _ in texts(every["timeline"], width)}
        start, end = heads["date not given"]
        last_day = max(right for words, (_, right) in heads.items() if re.fullmatch(r"\d+ \w{3}", words))
        assert len(lane) == len(undated)
        assert start < max(marks) < end
        assert last_day < start


def test_zero_has_a_place_on_a_logarithmic_axis_and_it_says_so(tmp_path: Path) -> None:
    ledger = river(tmp_path, [{"value": "0"}, {"value": "1000"}, {"qualifier": "up to", "value": "50"}])
    chart = charts.overview(ledger)
    for width in WIDTHS.values():
        assert_text_fits(chart, width)
        assert "0" in [words for words, *_ in texts(chart, width)]
        places = [x for x, *_ in circles(chart, width)]
        assert places[0] == min(places)
    axis = scale.logarithmic([0, 1000], 0, 100)
    assert axis(0) == 0
    assert axis(axis.high) == 100
    assert axis(axis.low) > axis(0)


def test_an_open_end_reaches_the_edge() -> None:
    linear = scale.linear([42284, float("inf")], 10, 200)
    assert linear(float("inf")) == 200
    assert linear(42284) < 170
    log = scale.logarithmic([1_000_000, float("inf")], 10, 200)
    assert log(1_000_000) < log(float("inf")) - 20


def test_an_axis_names_round_values_apart() -> None:
    for low, high in ((0, 77), (480_000, 720_000), (0, 1e14), (0, 0.003)):
        ticks = scale.Linear(low, high, 0, 300).ticks()
        places = [x for x, _ in ticks]
        assert 2 <= len(ticks) <= 7
        assert len({words for _, words in ticks}) == len(ticks)
        assert places == sorted(places)


# ---------------------------------------------------------------- findings come from the data


def changed(folder: Path, **values: dict[str, str]) -> Comparisons:
    """The comparisons of a copy of the ledger in which some figures' cells differ."""
    shutil.copytree(DATA, folder)
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(values.get(row["id"], {}))
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return Comparisons(Ledger(folder))


def test_the_report_chart_says_that_digits_and_words_part(every: dict[str, Chart]) -> None:
    assert every["troops"].title == "The digits say yes, the words say undetermined"
    drawn = [words for words, *_ in texts(every["troops"], WIDE)]
    assert [w for w in drawn if w in ("yes", "no", "undetermined")].count("undetermined") == 2
    assert "617,000 is more than 600,000" in drawn


@pytest.mark.parametrize(
    ("forces", "title"),
    [
        (
            {"qualifier": "exact", "words": "number 600,000"},
            "More people are deployed on Russia's side than serve in Ukraine's ground forces",
        ),
        (
            {"qualifier": "exact", "value": "650000", "words": "number 650,000"},
            "It does not hold that more people are deployed on Russia's side than serve in Ukraine's ground forces",
        ),
        (
            {"value": "550000", "words": "number about 550,000"},
            "Read as such words are typically meant, more people are deployed on Russia's side than serve in "
            "Ukraine's ground forces; read cautiously, that is undetermined",
        ),
        (
            {"value": "640000", "words": "number about 640,000"},
            "The digits say no, the words say undetermined",
        ),
    ],
)
def test_a_title_follows_the_verdict(tmp_path: Path, forces: dict[str, str], title: str) -> None:
    asked = changed(tmp_path / "data", ua_ground_forces=forces)
    for width in WIDTHS.values():
        assert_text_fits(charts.troops_overlap(asked.deployed_ground_order), width)
    assert charts.troops_overlap(asked.deployed_ground_order).title == title


def test_titles_count_what_the_ledger_holds(every: dict[str, Chart], tmp_path: Path) -> None:
    asked = changed(
        tmp_path / "data",
        ua_remains_returned={
            "value": "50",
            "words": "the remains of 50 defenders",
            "evidence": "identified by name",
        },
        il76_pows={"qualifier": "about", "words": "about 65 Ukrainian POWs", "stated_on": "2024-01-25"},
    )
    for name in ("overview", "claims", "timeline", "remains"):
        assert MAKERS[name](asked.ledger, asked).title != every[name].title
    assert charts.claims(asked.ledger).title.startswith("Only two of the 16 figures rest on names")
    assert charts.remains(asked.ledger, asked.remains_order).title.startswith("It does not hold that")


def test_a_title_can_be_given(ledger: Ledger, asked: Comparisons) -> None:
    given = [
        charts.overview(ledger, title="Ours"),
        charts.troops_overlap(asked.deployed_ground_order, title="Ours"),
        charts.floor(ledger["ru_killed"], asked.killed_estimated, title="Ours"),
    ]
    assert {chart.title for chart in given} == {"Ours"}


def test_the_floor_is_no_ceiling(every: dict[str, Chart]) -> None:
    chart = every["floor"]
    assert chart.title == "At least 42,284 is a floor, and no words reported set a ceiling"
    assert {"at least 42,284", "at least 126,852", "no digits reported"} <= {
        w for w, *_ in texts(chart, NARROW)
    }


def test_answers_stand_at_the_marks(every: dict[str, Chart], ledger: Ledger) -> None:
    drawn = [words for words, *_ in texts(every["aircraft"], WIDE)]
    assert drawn.count("not confirmed by Kyiv") == sum(
        bool(f.responses) for f in ledger.select(topic="aircraft") if f.quantity.whole
    )


def test_a_term_is_told_from_another_whose_id_begins_alike(every: dict[str, Chart]) -> None:
    drawn = " ".join(words for words, *_ in texts(every["fit"], WIDE))
    assert "among the dead of the Il-76, says Moscow (Russia)" in drawn
    assert "dozens: at least 24" in drawn


def test_a_refused_comparison_is_drawn_as_its_reason(every: dict[str, Chart], asked: Comparisons) -> None:
    assert circles(every["refused"]) == []
    drawn = " ".join(words for words, *_ in texts(every["refused"], WIDE))
    for reason in sentences.refusals(asked.remains_aircraft):
        assert reason in drawn
        assert reason in every["refused"].alt
        assert "_" not in reason


def test_qualifiers_that_nobody_surveyed_are_named(every: dict[str, Chart], ledger: Ledger) -> None:
    assert "No survey asked about" in every["coverage"].alt
    assert "dozens" in every["coverage"].alt
    assert "typical 76 %, cautious 95 % of 466 answers" in every["coverage"].alt


# ---------------------------------------------------------------- whatever the ledger holds


def test_one_figure_is_enough(tmp_path: Path) -> None:
    ledger = river(
        tmp_path, [{"qualifier": "at least", "value": "3", "as_of": "2023-05-02", "as_of_basis": "given"}]
    )
    for chart in (
        charts.overview(ledger),
        charts.claims(ledger),
        charts.timeline(ledger),
        charts.aircraft(ledger, topic="flood"),
        charts.over_time(ledger, "homes"),
        charts.reading_rows(compare(ledger, "f0 * 2")),
    ):
        for width in WIDTHS.values():
            assert_text_fits(chart, width)


def test_of_very_many_figures_some_are_left_out_and_counted(tmp_path: Path) -> None:
    ledger = river(
        tmp_path, [{"value": str(n * n + 1), "quantity": ("homes", "cattle")[n % 2]} for n in range(200)]
    )
    for chart in (charts.overview(ledger), charts.claims(ledger), charts.timeline(ledger)):
        for width in WIDTHS.values():
            assert_text_fits(chart, width)
            drawn = " ".join(words for words, *_ in texts(chart, width))
            assert "160 more figures are in the table of figures." in drawn
        assert "160 more figures are in the table of figures." in chart.alt


def test_any_number_name_and_label_can_be_drawn(tmp_path: Path) -> None:
    label = (
        "Homes, barns, mills and every other building that stood in the water for longer than a day or a night "
        * 2
    )
    figures = [
        {"value": "999999999999999", "claimant": "olena"},
        {"qualifier": "about", "value": "0.5", "quantity": "level", "claimant": "layla"},
        {"qualifier": "nearly", "value": "1", "quantity": "level", "claimant": "upstream"},
        {
            "qualifier": "between",
            "value": "2000",
            "value_to": "900000",
            "quantity": "cattle",
            "claimant": "olena",
        },
        {"qualifier": "less than", "value": "7", "quantity": "cattle", "claimant": "downstream"},
        {"qualifier": "hundreds of thousands", "quantity": "cattle", "claimant": "layla"},
        {"qualifier": "up to", "value": "12", "quantity": "harvest"},
    ]
    ledger = river(
        tmp_path,
        figures,
        labels={"homes": label[:157].strip(), "level": "x" * 150, "harvest": "Сніп " * 20 + "!"},
    )
    asked = [compare(ledger, formula) for formula in ("f3 > f5", "compatible(f1, f2)", "f6 / 2")]
    drawings = [
        charts.overview(ledger),
        charts.claims(ledger),
        charts.timeline(ledger),
        charts.verdict_grid(asked),
    ]
    drawings += [
        charts.troops_overlap(asked[0]),
        charts.troops_overlap(asked[1]),
        charts.reading_rows(asked[2]),
    ]
    for chart in drawings:
        for width in WIDTHS.values():
            assert_text_fits(chart, width)
            ElementTree.fromstring(chart.svg(width))
    assert "Олена Шевченко" in charts.claims(ledger).alt
    assert "ليلى الحسن" in charts.claims(ledger).svg()


def test_text_from_the_data_is_text_in_the_drawing(tmp_path: Path) -> None:
    label = 'Homes <b>&amp;</b> $x^2$ fill="#0072b2" {y}'
    chart = charts.overview(river(tmp_path, [{"value": "7"}], labels={"homes": label}))
    written = [e.text for e in ElementTree.fromstring(chart.svg()).iter("{http://www.w3.org/2000/svg}text")]
    assert label in " ".join(filter(None, written))


def test_nothing_to_draw_is_drawn_as_nothing(tmp_path: Path) -> None:
    ledger = river(tmp_path, [{"qualifier": "several"}])
    for chart in (charts.over_time(ledger, "homes"), charts.verdict_grid([]), charts.timeline(ledger)):
        for width in WIDTHS.values():
            assert_text_fits(chart, width)
        assert chart.alt


# ---------------------------------------------------------------- over time


def test_a_quantity_over_time(tmp_path: Path) -> None:
    chart = charts.over_time(river(tmp_path, COURSE), "homes")
    for width in WIDTHS.values():
        assert_text_fits(chart, width)
        drawn = [words for words, *_ in texts(chart, width)]
        for words in ("at least 40", "at least 95", "at least 160", "about 120", "more than 200", "150"):
            assert words in drawn
            assert words in chart.alt
        assert "dozens" not in drawn
    assert "[dozens](#figure-f6)" in chart.note
    assert "Date not given: Homes under water: dozens" in chart.alt
    assert "undetermined" in chart.title


def test_growth_is_claimed_only_where_the_bounds_allow_it(tmp_path: Path) -> None:
    day = {"as_of_basis": "given"}
    first, last = {"as_of": "2023-05-02"} | day, {"as_of": "2023-05-08"} | day
    rising = [{"value": "40"} | first, {"qualifier": "at least", "value": "60"} | last]
    falling = [{"value": "40"} | first, {"qualifier": "up to", "value": "30"} | last]
    assert "more from 2 to 8 May 2023" in charts.over_time(river(tmp_path / "a", rising), "homes").title
    assert "fewer from 2 to 8 May 2023" in charts.over_time(river(tmp_path / "b", falling), "homes").title


def test_a_floor_is_a_step_and_an_open_end_an_arrow(tmp_path: Path) -> None:
    chart = charts.over_time(river(tmp_path, COURSE), "homes")
    shapes = [
        p.get_path() for p in chart.draw(WIDE).patches or chart.draw(WIDE).artists if hasattr(p, "get_path")
    ]
    steps = [s.vertices for s in shapes if len(s.vertices) == 3]
    floors = [f for f in COURSE if f.get("evidence") == "identified by name"]
    level_then_up = [v for v in steps if v[0][1] == v[1][1] and v[1][0] == v[2][0]]
    assert len(level_then_up) == len(floors) - 1
    arrows = [s.vertices for s in shapes if len(s.vertices) == 4 and s.vertices[0][1] == s.vertices[2][1]]
    assert len(arrows) == sum(f["qualifier"] in ("at least", "more than") for f in COURSE)
