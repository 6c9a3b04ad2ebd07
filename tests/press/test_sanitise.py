"""What is left of HTML and SVG can only be displayed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.press.clean import sanitise


def prose(html: str) -> str:
    return sanitise.prose(html, lambda address: None, set())


HOSTILE = [
    "<script>window.x=1</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>x</script></svg>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>x</script>'>x</a>",
    "<iframe srcdoc='<script>x</script>'></iframe>",
    "<form action=//x><input name=y></form>",
    "<p style='background: url(//x); position: fixed'>x</p>",
    "<p style='width: expression(alert(1))'>x</p>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<p class='page-skip page-scroll x' id='page.main'>x</p>",
    "<a href='attachment:x'>x</a><img src='attachment:x'>",
    "<base href=//x><meta http-equiv=refresh content=0><link rel=stylesheet href=//x>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_loads_or_covers_survives(html: str) -> None:
    for cleaned in (prose(html), sanitise.output(html, lambda address: None)):
        tags = "".join(re.findall(r"<[^>]*>", cleaned)).lower()
        for forbidden in (
            "<script",
            "onerror",
            "onload",
            "javascript",
            "data:",
            "attachment:",
            "iframe",
            "form",
            "url(",
            "fixed",
        ):
            assert forbidden not in tags
        for forbidden in ("expression", "page-skip", "page.main", "<base", "<meta", "<link", "<style"):
            assert forbidden not in tags


@given(st.text())
def test_no_text_becomes_a_script(text: str) -> None:
    assert not re.search(r"(?i)<script|<[^>]*\son\w+\s*=", prose(text))


def test_hidden_characters_are_written_out_also_as_references() -> None:
    assert prose("a&#x202e;b&#8203;c&lrm;d\u202e") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+200E⟩d⟨U+202E⟩"
    assert prose("&amp;lt; &lt;b&gt;") == "&amp;lt; &lt;b&gt;"


def test_ids_are_kept_once_in_prose_and_never_in_outputs() -> None:
    taken = {"row-1"}
    cleaned = sanitise.prose('<p id="a"></p><p id="a"></p><p id="row-1"></p>', lambda address: None, taken)
    assert cleaned.count("id=") == 1
    assert taken == {"row-1", "a"}
    assert "id=" not in sanitise.output('<p id="a">x</p>', lambda address: None)


def test_headings_of_outputs_open_no_section_and_empty_headers_head_nothing() -> None:
    cleaned = sanitise.output("<h2>t</h2><table><tr><th></th><th>a</th></tr></table>", lambda address: None)
    assert '<p class="page-minor">t</p>' in cleaned
    assert "<td></td><th>a</th>" in cleaned


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ('a<a href="https://x.org"></a>b', "ab"),
        ('a<a href="https://x.org" id="k"> </a>b', 'a<span id="k"></span> b'),
        ('<a id="k"></a>b', '<span id="k"></span>b'),
        ("<h2></h2><h3><br></h3>a", "<br>a"),
        ('<h2 id="k"></h2>a', '<span id="k"></span>a'),
        ('<a href="https://x.org">b</a>', '<a href="https://x.org" rel="noreferrer">b</a>'),
    ],
)
def test_a_link_or_heading_without_words_is_none_but_its_place_stays(written: str, left: str) -> None:
    assert prose(written) == left


def test_a_picture_is_embedded_or_a_line_says_which_is_missing() -> None:
    uri = "data:image/png;base64,AAAA"
    assert f'src="{uri}"' in sanitise.output('<img src="x.png" alt="b">', lambda address: uri)
    drawn = "<svg width='9'><title>Parts & sizes</title><script>x()</script><rect/></svg>"
    for clean in (sanitise.output, lambda html, fetch: sanitise.prose(html, fetch, set())):
        assert f'<img alt="Parts &amp; sizes" src="{uri}">' in clean(
            f"<p>a {drawn} b</p>", lambda address: uri
        )
    assert "A picture, not described" in sanitise.output('<img src="x.png">', lambda address: uri)
    assert "[Image not shown: a bar]" in sanitise.output(
        '<img src="//x/y.png" alt="a bar">', lambda address: None
    )


def test_backgrounds_are_noticed() -> None:
    assert sanitise.has_own_colours(prose('<p style="background: red">x</p>'))
    assert not sanitise.has_own_colours(prose('<p style="color: red">x</p>'))


def test_a_drawing_keeps_its_looks_and_loses_what_acts() -> None:
    svg = (
        '<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" onload="x()" viewBox="0 0 9 9">'
        '<style>*{fill:red}</style><script>x()</script><defs><clipPath id="c"><rect width="9" height="9"/></clipPath>'
        '</defs><g id="bar-reading-cautious" clip-path="url(#c)"><path d="M 0.123456 1" style="fill: #0072b2"/></g>'
        '<image href="//x"/><a href="//y"><text>words</text></a><use xlink:href="#c"/><use href="//x#y"/></svg>'
    )
    cleaned = sanitise.drawing(svg, "p-", ["reading-cautious"])
    for kept in (
        'id="p-c"',
        "url(#p-c)",
        'class="reading-cautious"',
        "fill:#0072b2",
        "M 0.12 1",
        ">words<",
        'href="#p-c"',
    ):
        assert kept in cleaned
    for gone in ("script", "onload", "style>", "<image", "//x", "//y", "<a"):
        assert gone not in cleaned


@pytest.mark.parametrize(
    ("text", "name"),
    [("row-1", "row-1"), ("їжак", "їжак"), ("1x", "1x"), ("page.x", ""), ("a b", ""), ("-", "")],
)
def test_an_anchor_is_a_plain_name(text: str, name: str) -> None:
    assert sanitise.anchor(text) == name
