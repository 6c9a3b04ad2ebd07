"""Nothing of what Markdown and HTML can hold is lost: the page and the PDF say the same words, and show the pictures."""

import functools
import html
import re
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_output

from reported.press.clean import markdown, pandoc, typst
from reported.press.errors import CellError
from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter
from tests.press.notebooks.make import PNG
from tests.press.positions import overprints, pages, poppler
from tests.press.samples import displayed, shown
from tests.press.test_pdf import exported

# each element with words that are in it alone: all of letters, the last letters count them
HTML = """
<table><caption>W</caption><thead><tr><th>W</th><th>W</th></tr></thead><tbody><tr><td>W</td><td>W</td></tr></tbody>
    <tfoot><tr><td>W</td><td>W</td></tr></tfoot></table>
<table><tr><th colspan=2></th><th>W</th></tr><tr><td rowspan=2>W</td><td>W</td><td></td></tr><tr><td>W</td></tr></table>
<table><colgroup><col><col></colgroup><tr><td>W<table><tr><td>W</td></tr></table>W</td><td><ul><li>W</li></ul></td></tr></table>
<table><tr><td>W<br>W</td><td><p>W</p><p>W</p></td><td><pre>W</pre></td><td><code>W</code></td></tr></table>
<figure><blockquote>W</blockquote><figcaption>W <em>W</em></figcaption></figure>
<figure><table><tr><td>W</td></tr></table><figcaption>W</figcaption></figure>
<details><summary>W</summary>W <p>W</p></details>
<details open><summary><b>W</b></summary><ul><li>W</li></ul></details>
<dl><dt>W</dt><dd>W</dd><dd>W</dd><dt>W</dt><dt>W</dt><dd><p>W</p></dd></dl>
<p><kbd>W</kbd> <sub>W</sub> <sup>W</sup> <del>W</del> <s>W</s> <strike>W</strike> <ins>W</ins> <mark>W</mark> <u>W</u></p>
<p><abbr title="x">W</abbr> <q>W</q> <cite>W</cite> <dfn>W</dfn> <samp>W</samp> <var>W</var> <tt>W</tt> <code>W</code></p>
<p><small>W</small> <big>W</big> <b>W</b> <i>W</i> <em>W</em> <strong>W</strong> <font color="red">W</font> <span>W</span></p>
<p><bdi>W</bdi> <bdo dir="ltr">W</bdo> <data value="1">W</data> <time>W</time> <label>W</label> <output>W</output></p>
<p>W<wbr>W</p>
<ruby>W<rp>(</rp><rt>W</rt><rp>)</rp></ruby>
<address>W</address>
<fieldset><legend>W</legend>W</fieldset>
<center>W</center> <article><header>W</header>W<footer>W</footer></article> <aside>W</aside> <nav>W</nav> <main>W</main>
<section><h2>W</h2><h3>W</h3><p>W</p></section> <hgroup><h4>W</h4><p>W</p></hgroup>
<blockquote><p>W</p><blockquote>W</blockquote></blockquote>
<ol start="3"><li>W<ol type="a"><li>W</li></ol></li><li value="9">W</li></ol>
<ul><li><p>W</p><p>W</p></li><li>W<table><tr><td>W</td></tr></table></li></ul>
<pre>W
W</pre>
<pre><code>W</code></pre>
<a href="https://example.org">W</a> <a name="x">W</a> <a href="#gone">W</a>
<div style="color: red">W</div> <div class="alert alert-info"><h4>W</h4>W</div> <div class="admonition"><p class="title">W</p>W</div>
<noscript>W</noscript> <button>W</button> <select><option>W</option><option>W</option></select> <textarea>W</textarea>
<video>W</video> <audio>W</audio> <canvas>W</canvas> <object>W</object> <meter value="1">W</meter> <progress>W</progress>
<math><mi>W</mi><mo>+</mo><mn>1</mn></math>
<marquee>W</marquee> <unknown-element>W</unknown-element> <o:p>W</o:p>
<p>W<p>W<div>W
"""

MARKDOWN = """
W *W* **W** ***W*** ~~W~~ `W` [W](https://example.org) [W][ref] <https://example.org/W> W[^a]

[^a]: W and W

[ref]: https://example.org "x"

- W
  - W
    1. W

- [ ] W
- [x] W

> W
> > W

> [!WARNING]
> W

```{note} W
W **W**
```

```{figure} W
W
```

~~~python
W = 1
~~~

    W

W
=

W
-

### W

W:
| W | W |
|---|:-:|
| W | W | W |
| $|x|$ | `a|b` W |

| W |
|---|
| W<br>W |

Term

: W

W\\
W

* * *

\\*W\\*  &copy; W
"""


def numbered(text: str) -> tuple[str, list[str]]:
    """The text with a word of its own in each place, and the words."""
    words: list[str] = []

    def word(_: Any) -> str:
        number = len(words)
        letters = "".join(chr(97 + number // 26**place % 26) for place in (1, 0))
        words.append(f"Zw{letters}q")
        return words[-1]

    return re.sub(r"\bW\b", word, text), words


@functools.cache
def of_elements(text: str, kind: str) -> tuple[list[str], str, bytes]:
    """The words of a text, the page without its script, the PDF."""
    written, words = numbered(text)
    notebook = shown(
        "# Elements",
        written if kind == "cell" else displayed(**{f"text__{kind}": written}),
    )
    about = {"metadata": {"name": "made"}}
    page = HTMLReportExporter().from_notebook_node(notebook, about)[0]
    visible = html.unescape(re.sub(r"(?s)<script.*?</script>|<annotation.*?</annotation>|<[^>]*>", "", page))
    pdf = PDFReportExporter().from_notebook_node(notebook, about)[0]
    return words, visible[visible.index("Elements") :], pdf


@pytest.mark.parametrize(
    ("text", "kind"), [(HTML, "html"), (HTML, "cell"), (MARKDOWN, "cell"), (MARKDOWN, "markdown")]
)
def test_every_element_keeps_its_words_on_the_page_and_in_print(text: str, kind: str) -> None:
    words, page, pdf = of_elements(text, kind)
    printed = "".join(poppler(pdf, "pdftotext", "-raw").split())
    assert [word for word in words if word not in page] == []
    assert [word for word in words if word not in printed] == []
    assert overprints(pdf) == []


# ---------------------------------------------------------------- Markdown that pandoc reads otherwise


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("text\n| a | b |\n|---|---|\n| 1 | 2 |", "text\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
        ("> text\n> | a | b |\n> |---|---|", "> text\n>\n> | a | b |\n> |---|---|"),
        ("| a | b |\n|---|---|\n|---|---|\n| 1 | 2 |", None),
        ("| a | b |\n|---|---|\n| $5 | $6 |", None),
        ("| a |\n|---|\n| 1 | 2 |", "| a |  |\n|---|---|\n| 1 | 2 |"),
        ("```\ntext\n| a | b |\n|---|---|\n```", None),
        ("a | b\n--|--\n`x|y` | z", "a | b\n--|--\n`x\\|y` | z"),
        ("a heading\n---\n{not a fence} | x", None),
        ("```{note} A title\nx\n```", "```{note}\n\3A title\nx\n```"),
        ("a[^1]\n\n[^1]: note", None),
        ("`[^1]`\n\n[^1]: of no text", "`[^1]`\n\n\\[^1]: of no text"),
        ("a[^1]\n\n[^1]: one\n\n[^1]: two", "a[^1]\n\n[^1]: one\n\n\\[^1]: two"),
        ("```\n[^1]: code\n```", None),
    ],
)
def test_markdown_is_rewritten_where_pandoc_would_lose_something(written: str, found: str | None) -> None:
    assert markdown.rewritten(written) == (written if found is None else found)


# ---------------------------------------------------------------- pictures


def page_of(folder: Path, *cells: Any, **traits: Any) -> str:
    about = {"metadata": {"name": "made", "path": str(folder)}}
    page: str = HTMLReportExporter(**traits).from_notebook_node(shown(*cells), about)[0]
    return page


def print_of(folder: Path, *cells: Any, **traits: Any) -> str:
    about = {"metadata": {"name": "made", "path": str(folder)}}
    return poppler(
        PDFReportExporter(**traits).from_notebook_node(shown(*cells), about)[0], "pdftotext", "-raw"
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project's folder with a picture, and a folder of notebooks."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "a plot.png").write_bytes(PNG)
    (tmp_path.parent / "outside.png").write_bytes(PNG)
    return tmp_path


@pytest.mark.parametrize(
    "written",
    [
        "![bars](<../a plot.png>)",
        "![bars](../a%20plot.png?v=2)",
        '<img src="../a%20plot.png#x" alt="bars">',
    ],
)
def test_a_picture_of_the_project_is_shown(project: Path, written: str) -> None:
    assert "data:image/png;base64" in page_of(project / "notebooks", written)
    assert "not shown" not in print_of(project / "notebooks", written)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://example.org/a.png", "it is at example.org"),
        ("//example.org/a.png", "it is at example.org"),
        ("../../outside.png", "image_root"),
        ("gone.png", "no such file"),
        ("../pyproject.toml", "not a PNG"),
        ("attachment:gone.png", "not attached"),
        ("data:image/png;base64,%%%", "damaged"),
    ],
)
def test_a_picture_that_is_not_shown_is_named_with_the_reason(project: Path, address: str, why: str) -> None:
    for said in (
        page_of(project / "notebooks", f"![bars]({address})"),
        " ".join(print_of(project / "notebooks", f"![bars]({address})").split()),
    ):
        [line] = re.findall(r"\[Image not shown: bars \((.*?)\)\]", said)
        assert why in line


def test_where_pictures_may_lie_and_whether_one_elsewhere_is_an_error_are_options(project: Path) -> None:
    outside = "![bars](../../outside.png)"
    assert "data:image/png" in page_of(project / "notebooks", outside, image_root=str(project.parent))
    for rendered in (page_of, print_of):
        with pytest.raises(
            CellError, match=r"cell 1: the picture https://example\.org/a\.png is at another host"
        ):
            rendered(project, "![x](https://example.org/a.png)", remote_images="refuse")


def test_data_addresses_may_have_spaces(project: Path) -> None:
    from tests.press.notebooks.make import text64

    written = f'<p>x</p><img alt="ball" src="data: image/png; base64, {text64(PNG)}">'
    assert "data:image/png;base64" in page_of(project, displayed(text__html=written))
    assert "not shown" not in print_of(project, displayed(text__html=written))


def test_sizes_of_pictures_are_kept(project: Path) -> None:
    written = "".join(
        f'<img src="a plot.png" alt="x" {size}>'
        for size in ('width="50%"', 'height="100"', 'style="height: 80px"')
    )
    page = page_of(project, written)
    for size in ('width="50%"', 'height="100"', 'style="height:80px"'):
        assert re.search(rf"<img[^>]*{size}", page), size
    assert "height:80px" not in page_of(project, '<p style="height: 80px">x</p>')
    exporter = PDFReportExporter()
    exporter.environment.filters["typst_string"] = typst.string
    folder = project / "typst"
    folder.mkdir()
    about = {"metadata": {"name": "made", "path": str(project)}}
    source = exporter._write(exporter.read(shown(written), about), set(), set(), folder)
    assert re.findall(r"width: (\S+), height: (\S+)\)", source) == [
        ("50%", "auto"),
        ("auto", "75.0pt"),
        ("auto", "60.0pt"),
    ]


# ---------------------------------------------------------------- what is printed


@pytest.mark.parametrize("codes", ["7", "31;7", "7;42", "30;41", "37;44", "1;7", "40;37"])
def test_the_page_names_a_colour_for_text_on_a_coloured_ground(codes: str) -> None:
    output = new_output("stream", text=f"plain \x1b[{codes}mWORD\x1b[0m plain")
    page = page_of(Path(), new_code_cell("x", outputs=[output]))
    [classes] = re.findall(r'<span class="([^"]*)">WORD', page)
    assert "ansi" in classes


def test_boxes_are_boxes_with_their_names() -> None:
    notebook = [
        '<div class="alert alert-danger">Careful</div>',
        "```{warning}\nBody\n```",
        "> [!TIP]\n> Hint",
    ]
    page = page_of(Path(), *notebook)
    for kind in ("danger", "warning", "tip"):
        assert f'class="alert alert-{kind}"' in page
    printed = print_of(Path(), *notebook)
    for word in ("Careful", "Warning", "Body", "Tip", "Hint"):
        assert word in printed


NESTED = """Ahead
:::{warning} Mind the *gap*
:class: wide
Some **text**

```python
code ::: {note}
```

::::{note}
inside
::::
:::

::: {.callout-tip title="A word"}
of advice
:::"""


def test_boxes_between_colons_are_boxes_within_boxes_too_and_others_stay_as_they_are() -> None:
    page = page_of(Path(), NESTED)
    [box] = re.findall(r'(?s)<div class="alert alert-warning">.*<p>inside</p>\s*</div>\s*</div>', page)
    assert "Mind the <em>gap</em>" in box
    assert "code ::: {note}" in box
    assert ":class:" not in page
    assert '<div class="alert alert-tip">' in page
    assert "A word" in page
    assert ":::" not in print_of(Path(), NESTED).replace("code ::: {note}", "")
    for left in (
        ":::{grid} 2\nwords\n:::",
        ":::{note}\nwithout an end",
        "::: {.callout-note}\n\n## A head\n",
    ):
        assert ":::" in page_of(Path(), left)
    kind = page_of(Path(), ":::{admonition} Of a kind\n:class: danger, dropdown\nbody\n:::")
    assert '<div class="alert alert-danger">' in kind
    assert "Named" in page_of(Path(), "````{note}\n```{tip} Named\nbody\n```\n````")


def test_a_picture_that_is_not_shown_is_small_in_a_heading_and_named_there_alone() -> None:
    notebook = "# Title ![one](https://example.org/x.png)\n\n## First ![two](https://example.org/y.png)\n\n## Second\n\n## Third"
    printed = print_of(Path(), notebook)
    assert printed.count("[Image not shown: two") == 1
    pdf = exported(shown(notebook))
    [shown_word] = [word for page in pages(pdf) for word in page.words if word.text == "[Image"][:1]
    assert shown_word.bottom - shown_word.top < 14


def test_marks_of_a_list_stand_where_its_text_begins() -> None:
    words = "- لغة برمجة\n- أخرى\n\nWords between.\n\n- English\n"
    assert page_of(Path(), words).count('<ul dir="auto">') == 2
    found = [word for page in pages(exported(shown(words))) for word in page.words if word.text == "•"]
    assert [word.left > 300 for word in found] == [True, True, False]


INLINE = (
    "s",
    "u",
    "a href='https://example.org'",
    "del",
    "ins",
    "b",
    "code",
    "mark",
    "sup",
    "a href='#head'",
)


def test_any_element_of_a_line_may_be_within_any_other(caplog: pytest.LogCaptureFixture) -> None:
    nested = [
        f"<{one}>x<{two}>{chr(97 + m)}{chr(97 + n)}w</{two.split()[0]}>y</{one.split()[0]}>"
        for m, one in enumerate(INLINE)
        for n, two in enumerate(INLINE)
    ]
    cells = ["# Head\n\n" + " ".join(nested), f"## {' '.join(nested[::7])}", f"<del><p>{nested[2]}</p></del>"]
    table = f"<table><tr><td><s>{nested[2]}</s></td><td><u>{nested[12]}</u></td></tr></table>"
    made = PDFReportExporter().render(shown(*cells, displayed(text__html=table), "# Next", "# Last"), {})
    text = poppler(made, "pdftotext", "-raw")
    assert caplog.records == []
    for word in re.findall(r"x<[^>]*>(\w+)<", "".join(nested)):
        assert word in text


BARS = (
    "<table><tr><th>Who</th><th>Share</th></tr>"
    '<tr><td>A</td><td><div style="width:80px;background:#ddd"><div style="height:20px;width:{}px;background-color:green"> </div></div></td></tr>'
    "<tr><td>B</td><td><div style='background:rgb(200,30,30);width:30%'></div></td></tr>"
    '<tr><td>C</td><td><span style="width:10px;height:10px;background:#00f"></span> Party</td></tr>'
    '<tr><td>D</td><td><progress value="3" max="4"></progress></td></tr></table>'
    '<div style="width:100%;height:1px;background:#ccc"></div><div style="position:absolute;width:9px;background:red"></div>'
)


def test_bars_without_words_are_drawn_as_long_as_they_say() -> None:
    page = page_of(Path(), displayed(**{"text/html": BARS.format("49.5")}))
    said = ["a bar, 49.5 pixels long", "a bar, 30 % long", "a bar, 10 pixels long", "a bar, 3 of 4"]
    assert re.findall(r'<img alt="(a bar[^"]*)"', page) == said
    piece = pandoc.Piece("html", BARS.format("49.5"))
    made = pandoc.convert([piece], "typst").pieces[0]
    assert set(re.findall(r"width: ([\d.]+)pt, height: auto", made)) == {"37.125", "22.5", "7.5", "56.25"}
    assert "bars: 56.25pt" in made, "the column is no narrower than the longest"
    assert not overprints(exported(shown(displayed(**{"text/html": BARS.format("9999")}))))
