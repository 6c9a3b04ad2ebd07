"""What press.content makes of notebooks: Markdown, output choice, hidden characters, images, hostile HTML."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import lxml.html
import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported.press import content
from reported.press.content import (
    choose,
    convert_markdown,
    embed_images,
    headings,
    headings_in,
    safe,
    terminal,
    visible,
)

NOTEBOOKS = Path(__file__).parent / "notebooks"
PNG = (NOTEBOOKS / "square.png").read_bytes()


def notebook(name: str) -> Any:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def output(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


# ---------------------------------------------------------------- hidden characters


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("\x00\x1b\x7f\x9b", "⟨U+0000⟩⟨U+001B⟩⟨U+007F⟩⟨U+009B⟩"),
        ("tab\tline\nreturn\r\nkept", "tab\tline\nreturn\nkept"),
        ("half \ud800", "half ⟨U+D800⟩"),
        ("tag \U000e0041", "tag ⟨U+E0041⟩"),
        ("joined a\u200db", "joined a⟨U+200D⟩b"),
        ("family \U0001f468\u200d\U0001f469", "family \U0001f468\u200d\U0001f469"),
        ("soft\u00adhyphen, no\u00a0break, Київ, —", "soft\u00adhyphen, no\u00a0break, Київ, —"),
    ],
)
def test_hidden_characters_are_written_out_and_no_others(written: str, shown: str) -> None:
    assert visible(written) == shown
    assert visible(shown) == shown


def test_a_reference_hides_nothing_either() -> None:
    assert safe("a&#x202e;b&#8238;c&zwnj;d&ZeroWidthSpace;") == "a⟨U+202E⟩b⟨U+202E⟩c⟨U+200C⟩d⟨U+200B⟩"
    assert "⟨U+202E⟩" in convert_markdown(["a &#x202e; b <b>&#x202e;</b>"], "html")[0]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("10%\r50%\r100%\n", "100%\n"),
        ("abc\b\bx", "ax"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;https://e.org\x07link\x1b]8;;\x07", "link"),
        ("bell\x07", "bell⟨U+0007⟩"),
        ("windows\r\nlines\r\n", "windows\nlines\n"),
    ],
)
def test_a_stream_reads_as_on_a_terminal(printed: str, shown: str) -> None:
    assert terminal(printed) == shown


def test_colour_codes_stay_when_asked_for() -> None:
    assert terminal("\x1b[31mred\x1b[0m\x1b[2K\x07", keep_colours=True) == "\x1b[31mred\x1b[0m⟨U+0007⟩"


# ---------------------------------------------------------------- choosing a form


def test_the_richest_form_that_a_page_can_show_is_chosen() -> None:
    chart = {"title": "t"}
    assert choose(output({content.CHART: chart, "text/html": "h", "text/plain": "p"}))[:2] == (
        content.CHART,
        chart,
    )
    assert choose(output({"text/html": "h", "image/png": "i", "text/plain": "p"}))[0] == "text/html"
    assert choose(output({"text/markdown": ["a\n", "b"], "image/png": "i"}))[:2] == ("text/markdown", "a\nb")
    assert choose(output({"text/latex": "$x$", "text/plain": "p"}))[0] == "text/latex"


def test_a_picture_is_preferred_to_html_that_only_a_script_fills() -> None:
    html = "<div id=plot></div><script>draw()</script>"
    assert choose(output({"text/html": html, "image/png": "i"}))[0] == "image/png"
    assert choose(output({"text/html": html}))[0] == "text/html"


def test_what_needs_a_running_notebook_keeps_its_type_and_its_plain_text() -> None:
    mime, data, _ = choose(
        output({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider()"})
    )
    assert (mime, data) == ("application/vnd.jupyter.widget-view+json", "IntSlider()")
    assert mime not in content.SHOWN
    assert "interactive control" in content.unshown(mime)


def test_streams_and_errors_come_with_their_text() -> None:
    assert choose({"output_type": "stream", "name": "stderr", "text": ["a\n", "b"]})[:2] == (
        content.STDERR,
        "a\nb",
    )
    assert choose({"output_type": "stream", "name": "stdout", "text": "a"})[0] == content.STDOUT
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["one", "two"]}
    assert choose(error)[:2] == (content.ERROR, "one\ntwo")
    assert choose({**error, "traceback": []})[1] == "E: v"


def test_metadata_of_the_form_comes_along() -> None:
    assert choose(output({"image/png": "i"}, {"image/png": {"alt": "a"}}))[2] == {"alt": "a"}


# ---------------------------------------------------------------- Markdown


def test_every_source_has_its_html_in_order() -> None:
    assert convert_markdown(["one", "", "three"], "html") == ["<p>one</p>", "", "<p>three</p>"]
    assert convert_markdown([], "html") == []


@pytest.mark.parametrize("name", ["markdown", "structure", "hostile", "report", "formulas"])
def test_headings_are_the_same_in_both_formats_with_ids_used_once(name: str) -> None:
    sources = list(content.markdown_sources(notebook(name)).values())
    in_html = headings_in(convert_markdown(sources, "html"))
    in_print = headings_in(convert_markdown(sources, "print"))
    assert [(level, name) for level, name, _ in in_html] == [(level, name) for level, name, _ in in_print]
    ids = [name for _, name, _ in in_html]
    assert len(set(ids)) == len(ids)
    assert all(ids)


@pytest.mark.parametrize("shift", [0, 1])
def test_levels_never_skip_and_the_title_stands_alone(shift: int) -> None:
    sources = ["# Title", "#### far below\n\n## two", "# Another chapter\n\n### three\n\n# "]
    levels = [level for level, _, _ in headings_in(convert_markdown(sources, "html", shift))]
    assert levels == ([1, 2, 3, 2, 3] if not shift else [2, 3, 3, 2, 3])
    assert headings_in(convert_markdown(["## Sub\n\n# One"], "html"))[0][0] == 2


def test_jupyters_anchors_lead_to_our_headings() -> None:
    (html,) = convert_markdown(
        ["## Two & *more*!\n\n[down](#Two-&-more!) [none](#No-Such) [row](#figure-x)"], "html"
    )
    assert re.findall(r'href="([^"]*)"', html) == ["#two--more", "#No-Such", "#figure-x"]


def test_footnotes_stay_with_their_source_and_count_through() -> None:
    source = "a[^1] b[^n]\n\n[^1]: first\n[^n]: second"
    one, two = convert_markdown([source, source], "html")
    assert re.findall(r'id="(fn-\d+)"', one + two) == ["fn-1", "fn-2", "fn-3", "fn-4"]
    assert 'href="#fn-3"' in two
    assert "first" in two


def test_formulas_need_no_script() -> None:
    (html,) = convert_markdown(["$x^2$ and\n\n\\begin{align}a &= b\\end{align}\n\n`\\begin{align}`"], "html")
    assert html.count("<math") == 2
    (printed,) = convert_markdown(["$x^2$ and $\\unknown{y}$"], "print")
    spans = lxml.html.fragment_fromstring(printed, create_parent=True).findall(".//span")
    assert [span.get("data-typst") for span in spans] == ["x^2", None]
    assert spans[1].text == "\\unknown{y}"


def test_environments_in_code_stay_code() -> None:
    source = "```\n\\begin{align}\nx\n\\end{align}\n```"
    assert "<math" not in convert_markdown([source], "html")[0]


def test_what_looks_like_pandoc_markup_is_text() -> None:
    (html,) = convert_markdown(["`x`{=typst} @cite [@cite] \\foo{} ::: note"], "html")
    text = lxml.html.fragment_fromstring(html, create_parent=True).text_content()
    assert text == "x{=typst} @cite [@cite] \\foo{} ::: note"


def test_a_notebooks_headings_include_those_of_its_outputs() -> None:
    found = headings(notebook("structure"), 0)
    assert [text for _, _, text in found][-1] == "One"
    assert [name for _, name, _ in found if name.startswith("one")] == ["one", "one-1", "one-2"]


# ---------------------------------------------------------------- images


def test_attachments_and_neighbours_are_embedded(tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "a b.png").write_bytes(PNG)
    (tmp_path / "above.png").write_bytes(PNG)
    uri = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    attachments = {"x.png": {"image/png": base64.b64encode(PNG).decode()}}
    for address in ("attachment:x.png", "a%20b.png", "../above.png"):
        html = embed_images(f'<p><img src="{address}" alt="A square"></p>', attachments, folder)
        assert html == f'<p><img src="{uri}" alt="A square"></p>'


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://example.org/x.png", "not fetched"),
        ("//example.org/x.png", "not fetched"),
        ("file:///etc/passwd", "not fetched"),
        ("../../etc/passwd", "not beside the notebook"),
        ("/etc/passwd", "not beside the notebook"),
        ("none.png", "missing"),
        ("text.png", "no image"),
        ("attachment:none.png", "no image"),
        ("data:text/html,x", "no image"),
    ],
)
def test_any_other_image_becomes_a_line_with_its_description(
    tmp_path: Path, address: str, reason: str
) -> None:
    (tmp_path / "text.png").write_text("no picture")
    html = embed_images(f'<p>a <img src="{address}" alt="A map"> b</p>', {}, tmp_path)
    assert "<img" not in html
    assert "A map" in html
    assert reason in html
    assert html.startswith("<p>a <span")
    assert html.endswith("</span> b</p>")


def test_an_image_without_a_description_says_so_and_where() -> None:
    uri = content.data_uri(PNG, "image/png")
    assert 'alt="Image without a description, from a.ipynb, cell 2"' in embed_images(
        f'<img src="{uri}">', {}, None, "a.ipynb, cell 2"
    )


# ---------------------------------------------------------------- hostile HTML


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<script>x()</script>", "a script"),
        ("<iframe src='https://e.org/m'></iframe>", "an embedded page (https://e.org/m)"),
        ("<video src=a.mp4></video>", "a video (a.mp4)"),
        ("<form><input><button>b</button></form>", "a form"),
        ("<a href='java\tscript:x()'>t</a>", "a link to java"),
        ("<a href='data:text/html,x'>t</a>", "a link to data:text/html,x"),
    ],
)
def test_what_is_taken_out_is_named(html: str, named: str) -> None:
    cleaned = safe(f"<p>before</p>{html}<p>after</p>")
    assert named in cleaned
    assert "before" in cleaned
    assert "after" in cleaned
    assert not re.search(r"<(script|iframe|video|form|input)|href", cleaned)


def test_a_styler_keeps_its_colours_without_a_style_sheet() -> None:
    sheet = "<style>#T_a_row0_col0, #T_a_row1_col0 { background-color: #ff0; color: red; position: fixed }</style>"
    cleaned = safe(f"{sheet}<table id=T_a><tr><td id=T_a_row0_col0>1</td></tr></table>")
    assert 'style="background-color: #ff0; color: red"' in cleaned
    assert "<style" not in cleaned


def test_header_cells_say_what_they_head_and_empty_ones_head_nothing() -> None:
    cleaned = safe(
        "<table><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></table>"
    )
    assert cleaned == (
        '<table><thead><tr><td></td><th scope="col">a</th></tr></thead>'
        '<tbody><tr><th scope="row">0</th><td>1</td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    "html", ["</div>text <b>x</b>", "a</body> </html>c", "<b>" * 5000 + "c", "<p>a <p>b <div>c"]
)
def test_no_words_are_lost_to_broken_html(html: str) -> None:
    kept = lxml.html.fragment_fromstring(safe(html), create_parent=True).text_content()
    assert kept.split() == re.sub(r"<[^>]*>", " ", html).split()


MARKUP = (
    "<script>|</script>|<b>|</b>|<p |onclick=x()|>|<|javascript:|<a href='|'|\"|<svg>|</svg>|<style>|</style>"
    "|<!--|-->|<![CDATA[|]]>|<table>|<td>|</table>|<math>|<mtext>|<img src=|<iframe>|&#x202e;|&lt;|\u202e|\x00"
    "|\ud800|text| "
)


@settings(deadline=None, max_examples=300, derandomize=True)
@given(st.lists(st.sampled_from(MARKUP.split("|")), max_size=12).map("".join))
def test_nothing_that_runs_survives(html: str) -> None:
    cleaned = safe(html)
    cleaned.encode()
    fragment = lxml.html.fragment_fromstring(cleaned, create_parent=True)
    for element in fragment.iterdescendants():
        assert element.tag in content._TAGS
        assert not any(name.startswith("on") for name in element.attrib)
        assert not element.get("href", "").lower().startswith(("javascript:", "data:"))
    assert not content._HIDDEN.search(cleaned)
    assert safe(cleaned).replace("\n", "") == cleaned.replace("\n", "") or "Left out here" in cleaned


# ---------------------------------------------------------------- a whole notebook


def test_a_notebook_names_itself_by_its_first_heading_or_its_file() -> None:
    resources = {"metadata": {"name": "tables", "path": str(NOTEBOOKS)}}
    read = content.read(notebook("tables"), resources, "html")
    assert (read.document.title, read.titled) == ("Tables", True)
    read = content.read(notebook("structure"), {"metadata": {"name": "structure"}}, "html")
    assert (read.document.title, read.titled) == ("structure", False)
    assert content.read(notebook("empty"), {}, "html").document.title == "Notebook"


def test_a_merged_notebook_names_itself_in_its_metadata_and_its_cells_by_their_notebooks() -> None:
    read = content.read(notebook("report"), {"metadata": {"name": "merged"}}, "html")
    about = read.document
    assert (about.title, about.authors, about.language) == (
        "Reported figures",
        ("First Author", "Second Author"),
        "en-GB",
    )
    assert min(level for level, _, _ in read.headings) == 2
    assert read.place(0) == ("01-findings.ipynb", 1)
    assert read.place(len(notebook("report").cells) - 1)[0] == "02-figures.ipynb"
    assert read.where(14) == "02-figures.ipynb, cell 3"


def test_an_error_names_notebook_and_cell() -> None:
    assert str(content.PressError("a.ipynb", 3, "no")) == "a.ipynb, cell 3: no"
    assert str(content.PressError("a.ipynb", 0, "no")) == "a.ipynb: no"


def test_committed_notebooks_are_what_their_script_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.press.notebooks import make

    monkeypatch.setattr(make, "HERE", tmp_path)
    make.main()
    for file in sorted(tmp_path.iterdir()):
        committed = NOTEBOOKS / file.name
        if file.suffix == ".ipynb":
            assert json.loads(file.read_text()) == json.loads(committed.read_text()), file.name
