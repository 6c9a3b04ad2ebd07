"""Notebook outputs: complete, accessible, and never markup that comes from data."""

from dataclasses import dataclass

import pytest
from lxml import html

from reported.display import outputs as show
from reported.display.outputs import CHART_MIME, Column, Picture, Row, Table
from reported.intervals import wording
from tests.intervals.test_wording import HOSTILE


@dataclass
class Chart:
    """The least that a chart is."""

    id: str = "chart-x"
    title: str = "A finding"
    subtitle: str = "of something"
    alt: str = "What it shows"
    note: str = "See [at least 1](#figure-x)."

    def svg(self, width: float) -> str:
        return f'<?xml version="1.0"?><svg width="{width}"></svg>'


@pytest.fixture(autouse=True)
def nothing_cited(monkeypatch):
    monkeypatch.setattr(show, "_cited", {})


def bundle(output):
    return output._repr_mimebundle_()


def test_a_sentence_is_markdown_and_plain_text():
    said = show.say("Killed: [at least 1](#figure-x).", "More, a\\*b.")
    assert bundle(said) == {
        "text/markdown": "Killed: [at least 1](#figure-x). More, a\\*b.",
        "text/plain": "Killed: at least 1. More, a*b.",
    }
    assert bundle(show.points(["One.", "Two."]))["text/markdown"] == "- One.\n- Two."


def test_what_outputs_link_to_is_remembered_in_order():
    show.say("[a](#figure-b) [c](#figure-a) [d](#comparison-z) [e](https://example.org)")
    Table("t", [Column("h")], [Row([show.link("x", "figure-c")])])
    Picture(Chart())
    assert show.cited("figure-") == ["b", "a", "c", "x"]
    assert show.cited("comparison-") == ["z"]


def test_a_table_is_accessible():
    table = Table(
        "A caption",
        [Column("Name", 2), Column("Count", number=True)],
        [Row(["All"], group=True), Row(["<b>x</b>", "1"], id="figure-x")],
        wide=True,
        choose=("Name",),
        kind="figures",
    )
    page = html.fragment_fromstring(bundle(table)["text/html"])
    assert dict(page.attrib) == {
        "class": "reported figures",
        "data-wide": "true",
        "data-widths": "2 1",
        "data-filter": "Name",
    }
    assert page.findtext("caption") == "A caption"
    assert [h.get("scope") for h in page.iter("th")] == ["col", "col", "rowgroup", "row"]
    assert page.xpath("//th[@scope='rowgroup']/@colspan") == ["2"]
    assert page.xpath("//tr/@id") == ["figure-x"]
    assert page.xpath("//td/@class") == ["num"]
    assert bundle(table)["text/plain"] == "A caption\nName\tCount\nAll\nx\t1"


def test_a_row_of_another_length_is_an_error():
    with pytest.raises(ValueError, match="1 cells in a row of 2 columns"):
        Table("t", [Column("a"), Column("b")], [Row(["x"])])


def test_a_chart_carries_both_widths_and_its_words():
    made = bundle(Picture(Chart()))
    chart = made[CHART_MIME]
    assert chart["wide"] != chart["narrow"]
    assert {k: chart[k] for k in ("id", "title", "subtitle", "alt", "note")} == vars(Chart())
    assert made["text/plain"] == "What it shows"
    figure = html.fragment_fromstring(made["text/html"])
    assert figure.get("id") == "chart-x"
    assert figure.xpath("//*[@role='img']/@aria-label") == ["What it shows"]
    assert figure.xpath("//svg")
    assert "at least 1" in figure.text_content()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    table = Table(
        text, [Column(text)], [Row([show.text(text)], id="x"), Row([show.link(text, "y")])], choose=(text,)
    )
    page = html.fragment_fromstring(table.markup)
    assert page.findtext("caption") == text
    assert [e.text_content() for e in page.iter("th")] == [text] * 3
    assert {e.tag for e in page.iter()} <= {"table", "caption", "thead", "tbody", "tr", "th", "a"}
    assert page.xpath("//a/@href") == ["#y"]
    figure = html.fragment_fromstring(
        bundle(Picture(Chart(title=text, subtitle=text, alt=text)))["text/html"]
    )
    assert figure.findtext(".//strong") == text
    assert figure.xpath("//*[@role='img']/@aria-label") == [text]
    assert show.plain(wording.escape(text)) == text


def test_small_parts_of_markup():
    assert show.text(None) == ""
    assert show.text(7) == "7"
    assert show.lines("a", "", "b") == "a<br>b"
    assert show.linked("see <b> [x & y](#figure-x), [z](#w)") == (
        'see &lt;b&gt; <a href="#figure-x">x &amp; y</a>, <a href="#w">z</a>'
    )
