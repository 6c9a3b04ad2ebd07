"""Print is made of the HTML that a page shows: cleaned HTML as Typst."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.press.clean import markup, pandoc, sanitise, typst
from tests.press.positions import pages
from tests.press.samples import displayed, shown
from tests.press.test_pdf import exported, text_of


def written(html: str) -> str:
    """An HTML output as Typst."""
    return pandoc.convert([pandoc.Piece("html", html)], "typst").pieces[0]


def from_markdown(text: str, to: Any = "typst") -> str:
    return pandoc.convert([pandoc.Piece("markdown", text)], to).pieces[0]


@given(st.text())
def test_a_string_of_typst_holds_its_text_and_ends_where_it_ends(text: str) -> None:
    literal = typst.string(text)
    inside = literal[1:-1]
    assert re.fullmatch(r'(?:[^"\\\n\t\r]|\\[\\"nt])*', inside)
    read = re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), inside)
    assert read == text.replace("\r", "")


@given(st.text(alphabet="<>&\"'/ ab=-p", max_size=60))
def test_a_tree_has_all_text_of_cleaned_html(text: str) -> None:
    cleaned = sanitise.output(text, lambda address: None)
    assert markup.parsed(cleaned).text == re.sub("<[^>]*>", "", cleaned).replace("&lt;", "<").replace(
        "&gt;", ">"
    ).replace("&quot;", '"').replace("&nbsp;", "\xa0").replace("&amp;", "&")


def test_elements_within_one_another_without_end_cost_no_more_than_their_text() -> None:
    assert markup.parsed("<b>" * 5000 + "deep" + "</b>" * 5000 + "<i>after</i>").text == "deepafter"
    assert '#"deep";' in written("<ul><li>" * 500 + "deep" + "</li></ul>" * 500)
    assert '#"deep";' in written("<em>" * 500 + "deep" + "</em>" * 500)


SIDES = {
    '<td style="text-align: right">x</td>': "right + top",
    '<td align="center">x</td>': "center + top",
    '<td valign="middle">x</td>': "left + horizon",
    '<td style="vertical-align: bottom; text-align: center">x</td>': "center + bottom",
    "<td>x</td>": "auto",
}


@pytest.mark.parametrize("cell", SIDES)
def test_each_cell_of_a_table_stands_where_its_author_set_it(cell: str) -> None:
    made = written(f"<table><tr><td>a</td></tr><tr>{cell}</tr><tr><td>b</td></tr></table>")
    assert f'{SIDES[cell]}, [#"x";]' in made


def test_a_row_sets_its_cells_and_a_cell_itself() -> None:
    made = written(
        '<table><tr align="right"><td>a</td><td align="left">b</td></tr><tr><td>c</td></tr></table>'
    )
    assert 'right + top, [#"a";]' in made
    assert 'auto, [#"b";]' in made


def test_a_styled_cell_stands_right_in_print_where_its_column_stands_left() -> None:
    rows = "".join(f"<tr><td>a{n} long enough to leave room</td></tr>" for n in range(3))
    pdf = exported(
        shown(
            "# T",
            displayed(text__html=f'<table>{rows}<tr><td style="text-align: right">zz</td></tr></table>'),
        )
    )
    found = {word.text: word for page in pages(pdf) for word in page.words}
    assert abs(found["zz"].right - found["room"].right) < 6
    assert found["zz"].left > found["leave"].left


@pytest.mark.parametrize("to", ["html", "typst"])
def test_a_heading_that_is_written_as_html_is_reached(to: Any) -> None:
    made = from_markdown("<h2>What we did</h2>\n\n[there](#What-we-did)", to)
    assert re.search(r'href="#what-we-did"|#to\("what-we-did"\)', made)


def test_headings_of_html_and_markdown_skip_no_level_in_print() -> None:
    pieces = [
        pandoc.Piece("markdown", text) for text in ("<h1>Title</h1>", "<h4>Deep</h4>", "# One\n\n### Three")
    ]
    converted = pandoc.convert(pieces, "typst")
    assert converted.titled
    assert [re.findall(r"#masthead|level: \d", piece) for piece in converted.pieces] == [
        ["#masthead"],
        ["level: 1"],
        ["level: 1", "level: 2"],
    ]


LOOKS_LIKE_TAGS = [
    "std::vector<int> it",
    "Map<String, List<T>> it",
    "Dear <your name>, it",
    "Dear <your-name>, it",
]


@pytest.mark.parametrize("text", LOOKS_LIKE_TAGS)
def test_what_only_looks_like_a_tag_is_shown(text: str) -> None:
    cleaned = sanitise.prose(from_markdown(text, "html"), lambda address: None, set())
    assert markup.parsed(cleaned).text == text
    assert text in from_markdown(text)


def test_an_element_that_somebody_has_defined_is_markup() -> None:
    assert sanitise.output("<x-chart>told</x-chart>", lambda address: None) == "told"


FIELDS = {
    '<select><optgroup label="North"><option>Ana</option><option>Bo</option></optgroup></select>': "North Ana Bo",
    '<map><area alt="The north" href="x"></map>': "The north",
    '<input value="42"><input placeholder="a name"><input type="checkbox" checked>on': "42 a name ☒ on",
    '<input type="hidden" value="secret">': "",
}


@pytest.mark.parametrize("html", FIELDS)
def test_what_fields_of_forms_say_is_kept(html: str) -> None:
    cleaned = sanitise.output(html, lambda address: None)
    words = re.sub("<[^>]*>", " ", cleaned).split()
    assert words == FIELDS[html].split()
    assert all(word in written(html) for word in words)


def test_what_is_around_blocks_is_around_their_words() -> None:
    assert written("<b><div>word</div></b>") == '#strong[#"word";];'
    assert 'fill: rgb("#880000")' in written('<span style="color: #800; background: #fff"><p>word</p></span>')
    assert written('<a href="https://e.org"><div>word</div></a>') == '#link("https://e.org")[#"word";];'


def test_a_note_of_a_note_and_one_that_nothing_refers_to_are_kept() -> None:
    text = text_of(exported(shown("# T\n\nOne[^a].\n\n[^a]: First.\n\n[^b]: Left over.\n")))
    assert "First." in text
    assert "Leftover." in text
