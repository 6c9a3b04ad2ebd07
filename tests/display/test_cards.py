"""What the last line of a cell shows: one line of text, and a small card that anybody can read."""

import pytest
from lxml import html

from reported import compatible, days, percent
from tests.intervals.test_wording import HOSTILE


def things(town):
    return [
        *town,
        town,
        town.named42.counted,
        percent(40),
        days(town.fifty),
        town.about100 + town.fifty,
        town.least30 / days(town.least30),
        town.could400 * 2,
        town.fifty + town.fifty_again,
        town.fifty / town.upto20,
        town.share65 - town.share40,
        town.about100 > 97,
        compatible(town.about100, town.nearly200),
        compatible(town.saved30_flood, town.saved30_slide),
        town.fifty > town.prisoners7,
        town.rows.readings["typical"],
    ]


def card(thing):
    return html.fragment_fromstring(thing._repr_mimebundle_()["text/html"])


def test_every_line_is_one_short_line_of_text(town):
    for thing in things(town)[:-1]:
        line = repr(thing)
        assert "\n" not in line
        assert len(line) < 200, line
        assert thing._repr_mimebundle_()["text/plain"] == line


@pytest.mark.parametrize(
    ("thing", "line"),
    [
        (lambda t: t.about100, "about100: 95 to 105 people"),
        (lambda t: t.share40, "share40: 40%"),
        (lambda t: t.about100 + t.fifty, "about100 + fifty: 145 to 155 people"),
        (lambda t: (t.about100 + t.fifty) * 2, "(about100 + fifty) * 2: 290 to 310 people"),
        (lambda t: t.fifty - (t.about100 - t.least30), "fifty - (about100 - least30): at least −25 people"),
        (lambda t: t.share65 - t.share40, "share65 - share40: 25 percentage points"),
        (lambda t: t.fifty / days(t.fifty), "fifty / days(fifty): 5 to 5.56 people per day"),
        (lambda t: t.about100 > t.fifty, "about100 > fifty: holds, firm"),
    ],
)
def test_what_the_line_says(town, thing, line):
    assert repr(thing(town)) == line


def test_a_line_without_a_number_says_why(town):
    assert repr(town.dozens + 1).startswith("dozens + 1: at least 25 people")
    assert repr(
        town.fifty / town.upto20
    ) == "fifty / upto20: refused people: The divisor, upto20, may be zero." or (
        "The divisor, upto20, may be zero." in repr(town.fifty / town.upto20)
    )


def test_a_card_is_a_captioned_table_with_row_headers_and_no_script(town):
    for thing in things(town):
        if not hasattr(thing, "_repr_mimebundle_"):
            continue
        table = card(thing)
        assert table.tag == "table"
        assert table.findtext("caption").strip()
        rows = table.xpath(".//tr")
        assert rows
        assert all([cell.tag for cell in row] == ["th", "td"] for row in rows)
        assert set(table.xpath("//th/@scope")) == {"row"}
        assert {e.tag for e in table.iter()} <= {"table", "caption", "tbody", "tr", "th", "td", "br"}
        assert all(cell.text_content().strip() for cell in table.iter("th", "td"))
        markup = thing._repr_mimebundle_()["text/html"]
        assert "color" not in markup  # the page's own colours keep their contrast
        assert len(markup) < 4000 or thing is town


def test_a_figure_s_card_says_what_it_is(town):
    said = card(town.about100).text_content()
    for part in (
        "about 100 · Volunteers",
        "The Gazette",
        "about 100 people",
        "1 May 2031",
        "95 to 105 people",
        "80 to 120",
    ):
        assert part in said
    assert "The council contradicts" in said
    assert "not mentioned" in said


def test_a_result_s_card_has_each_reading_its_figures_and_its_cautions(town):
    said = card(town.about100 + town.least30).text_content()
    for part in (
        "about100 + least30",
        "130 people",
        "at least 125 people",
        "at least 110",
        "“at least 30” (The Gazette)",
    ):
        assert part in said
    assert all(caution.text in said for caution in (town.about100 + town.least30).cautions)


def test_a_verdict_s_card_has_the_page_s_words(town):
    said = card(town.about100 > 97).text_content()
    assert "yes" in said
    assert "cannot be told" in said
    refused = card(town.fifty > town.prisoners7).text_content()
    assert "The prison is in another country." in refused


def test_a_ledger_s_card_lists_its_first_figures(town):
    said = card(town).text_content()
    assert "28 figures from 1 source" in said
    assert "fifty" in said
    assert "and 8 more" in said


@pytest.mark.parametrize("text", [t for t in HOSTILE if len(t) < 160])
def test_hostile_text_stays_text_in_every_card(hostile, text):
    ledger = hostile(text)
    f = ledger.fifty
    shown = [ledger, f, f + ledger.forty, f > ledger.forty, f / 2]
    for thing in shown:
        table = card(thing)
        assert {e.tag for e in table.iter()} <= {"table", "caption", "tbody", "tr", "th", "td", "br"}
        assert text in table.text_content()
        assert not any(name.startswith("on") for e in table.iter() for name in e.attrib)
