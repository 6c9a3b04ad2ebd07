"""Colours that carry a meaning stay, and what is written on them can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.press.clean import colours, sanitise
from reported.press.clean.colours import BLACK, DARK_PAPER, RGB, WHITE, contrast
from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter
from tests.press.samples import displayed, shown

PARTS = st.floats(0, 1)
ANY = st.builds(RGB, PARTS, PARTS, PARTS)


def cleaned(html: str) -> str:
    return sanitise.output(html, lambda address: None)


def style_of(html: str, text: str) -> str:
    """The style of the element that holds a text, "" for none."""
    [tag] = re.findall(rf"<(\w+[^>]*)>{text}<", cleaned(html))
    found = re.search('style="([^"]*)"', tag)
    return found[1] if found else ""


def as_written(colour: RGB) -> RGB:
    """The colour that a browser reads."""
    return RGB(*(part / 255 for part in bytes.fromhex(str(colour)[1:])))


@given(ANY, st.lists(ANY, min_size=1, max_size=1))
def test_text_can_be_read_on_any_background(text: RGB, behind: list[RGB]) -> None:
    found, ground = (as_written(colour) for colour in (colours.readable(text, tuple(behind)), behind[0]))
    assert contrast(found, ground) >= 4.5


def test_a_style_sheet_of_a_styler_colours_its_cells() -> None:
    html = "<style>#T_1_row0_col0 { background-color: darkred; color: white; font-weight: bold; }</style>"
    html += '<table id="T_1"><tr><td id="T_1_row0_col0">410</td><td id="T_1_row0_col1">7</td></tr></table>'
    assert style_of(html, "410") == "font-weight:bold;color:#ffffff;background-color:#8b0000"
    assert style_of(html, "7") == ""


def test_bars_in_cells_keep_their_lengths() -> None:
    bar = "background: linear-gradient(90deg, transparent 25.0%, #d65f5f 25.0%, #d65f5f 60.5%, transparent 60.5%);"
    html = f'<table><tr><td style="width: 10em; {bar}">33</td></tr></table>'
    assert "linear-gradient(90deg,#ffffff 25%,#d65f5f 25%,#d65f5f 60.5%,#ffffff 60.5%)" in style_of(
        html, "33"
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("color: red", "color:light-dark(#e60000,#ff1a1a)"),
        ("background: #000", "color:#8c8d8f;background-color:#000000"),
        ("background-color: #ffff00; color: #ffff66", None),
        ("background: rgba(255, 0, 0, 0.5); color: black", "color:#000000;background-color:#ff8080"),
        ("color: inherit; background: transparent", ""),
        ("background: url(//x)", ""),
    ],
)
def test_colours_are_written_in_one_way_and_can_be_read(written: str, found: str | None) -> None:
    style = style_of(f'<p style="{written}">x</p>', "x")
    if found is not None and "light-dark" not in found and "8c8d8f" not in found:
        assert style == found
    text = re.search(r"color:(?:light-dark\()?(#\w{6})(?:,(#\w{6}))?", style)
    background = re.search(r"background-color:(#\w{6})", style)
    if text:
        behind = rgb(background[1]) if background else WHITE
        assert contrast(rgb(text[1]), behind) >= 4.4
        if text[2]:
            assert contrast(rgb(text[2]), DARK_PAPER[0]) >= 4.4


def rgb(written: str) -> RGB:
    return RGB(*(int(written[place : place + 2], 16) / 255 for place in (1, 3, 5)))


def test_a_cell_is_read_on_the_colour_of_its_row() -> None:
    html = '<table><tr style="background: #222"><td style="color: #333">x</td></tr></table>'
    assert contrast(rgb(style_of(html, "x").removeprefix("color:")), rgb("#222222")) >= 4.4


def test_no_sheet_is_fetched_or_read_and_none_stays() -> None:
    html = (
        '<link rel="stylesheet" href="file:///etc/hostname"><style>@import "//x"; td { color: red }</style>'
    )
    made = cleaned(html + "<table><tr><td>x</td></tr></table>")
    assert "light-dark" in made
    assert "import" not in made


def test_colours_are_in_print_too() -> None:
    html = "<style>td { background-color: #8b0000; color: white }</style><table><tr><td>410</td></tr></table>"
    notebook = shown(displayed(text__html=html))
    exporter = PDFReportExporter()
    source: list[str] = []
    write = exporter._write
    exporter._write = lambda *all: source.append(write(*all)) or source[-1]  # type: ignore[method-assign]
    exporter.from_notebook_node(notebook, {"metadata": {"name": "made"}})
    assert 'rgb("#8b0000"), auto, [#text(fill: rgb("#ffffff"))' in source[0]
    page = HTMLReportExporter().from_notebook_node(notebook, {"metadata": {"name": "made"}})[0]
    assert "background-color:#8b0000" in page


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert round(contrast(WHITE, BLACK)) == 21
