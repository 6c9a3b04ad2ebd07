"""The PDF: tagged, complete, escaped, on the page, the same every time."""

import functools
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pikepdf
import psutil
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_output

from reported.press.clean import pandoc
from reported.press.errors import CellError
from reported.press.pages import pdf as module
from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter
from tests.press import samples
from tests.press.notebooks.make import HOSTILE
from tests.press.positions import overprints, pages, poppler
from tests.press.samples import displayed, shown

NOTEBOOKS = {path.stem: path for path in sorted((Path(__file__).parent / "notebooks").glob("*.ipynb"))}


def exported(notebook: Any, name: str = "made", folder: Path = Path(__file__).parent, **traits: Any) -> bytes:
    resources = {"metadata": {"name": name, "path": str(folder)}}
    traits = {"missing_signs": "number"} | traits  # the tests' system may lack a font
    return PDFReportExporter(**traits).from_notebook_node(notebook, resources)[0]


@functools.cache
def of_folder(name: str) -> bytes:
    return exported(nbformat.read(NOTEBOOKS[name], 4), name, NOTEBOOKS[name].parent)


def squeezed(text: str) -> str:
    """Text without what line breaks and hyphenation do to it."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def text_of(pdf: bytes) -> str:
    return squeezed(poppler(pdf, "pdftotext", "-raw"))


@pytest.fixture(params=NOTEBOOKS)
def pdf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[pikepdf.Pdf]:
    path = tmp_path / f"{request.param}.pdf"
    path.write_bytes(of_folder(request.param))
    with pikepdf.open(path) as document:
        yield document


def elements(node: Any, tag: str) -> Iterator[Any]:
    """The structure elements of a kind."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, tag)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == tag:
            yield node
        if "/K" in node:
            yield from elements(node.K, tag)


# ---------------------------------------------------------------- every notebook of the folder


def test_it_is_tagged_embeds_its_fonts_and_does_nothing(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("en")
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
    for found in (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)):
        assert not {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles"} & set(
            found.keys()
        )
        if found.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in found or "/FontFile3" in found, found.FontName
            assert "LastResort" not in str(found.FontName)
    for tag in ("/Figure", "/Formula"):
        for element in elements(pdf.Root.StructTreeRoot.K, tag):
            assert str(element.get("/Alt", "")).strip()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_word_leaves_its_page_and_pages_are_numbered(name: str) -> None:
    assert overprints(of_folder(name)) == []
    for page in pages(of_folder(name)):
        for word in page.words:
            assert word.left > 40, word
            assert word.right < page.width - 25, word
    for number, page in enumerate(poppler(of_folder(name), "pdftotext", "-layout").split("\f")[:-1], 1):
        assert page.rstrip().endswith(f"{number} of {len(pages(of_folder(name)))}")


@pytest.mark.slow
def test_the_same_notebook_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "another folder"
    shutil.copytree(NOTEBOOKS["report"].parent, elsewhere)
    script = (
        "import sys; from reported.press.pages.pdf import PDFReportExporter as E; "
        "sys.stdout.buffer.write(E(missing_signs='number').from_filename(sys.argv[1])[0])"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    for name in ("report", "hostile"):
        command = [sys.executable, "-c", script, str(elsewhere / f"{name}.ipynb")]
        run = subprocess.run(command, capture_output=True, check=True, env=environment)
        here = PDFReportExporter(missing_signs="number").from_filename(str(NOTEBOOKS[name]))[0]
        assert run.stdout == here
        assert str(tmp_path).encode() not in here


# ---------------------------------------------------------------- the press's own types


def report() -> bytes:
    return exported(
        shown(
            "# Findings",
            displayed(
                text__markdown='They say [about 600,000](#row-1 "Ana"); gone: [42](#gone "Mediazona").'
            ),
            displayed(chart=samples.chart()),
            "# Every row\n\nEach once.",
            displayed(table=samples.table(14, left_out="2 more rows.")),
            "# Method",
            shift=1,
            choice=samples.CHOICE,
            footer="Made from `x`.",
        )
    )


def test_rows_charts_and_links_are_in_print() -> None:
    made = report()
    text = text_of(made)
    for words in (
        "Everyrow",
        "Statedbyofficials",
        "People,14unit:person",
        "Борис",
        "570,000to630,000",
        "2morerows.",
        "part1",
        "part2",
        "gone:42(Mediazona).",
        "Madefromx.",
        "Findings1",
    ):
        assert words in text, words


@pytest.mark.parametrize("name", ["markdown", "structure", "interactive", "empty"])
def test_page_and_print_say_the_same_words(name: str) -> None:
    page, _ = HTMLReportExporter(exclude_input=True).from_filename(str(NOTEBOOKS[name]))
    main = re.sub(r"(?s)^.*<main[^>]*>|<annotation.*?</annotation>|<script.*", "", page)
    words = set(re.findall("[^\\W\\d_]{3,}", html.unescape(re.sub("<[^>]*>", " ", main))))
    printed = set(re.findall("[^\\W\\d_]{3,}", poppler(of_folder(name), "pdftotext", "-raw")))
    assert words <= printed
    assert printed - words <= {name}  # its running head


def test_a_pictures_description_is_in_print(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(of_folder("markdown"))
    with pikepdf.open(tmp_path / "x.pdf") as document:
        said = [str(element.get("/Alt")) for element in elements(document.Root.StructTreeRoot.K, "/Figure")]
    assert said[:2] == ["An attached square", "A square beside the notebook"]
    assert re.search(r"\[Imagenotshown:Apicturefaraway\([^)]{9,}\)]", text_of(of_folder("markdown")))


@pytest.mark.parametrize(
    ("written", "epoch"),
    [
        ("0", 0),
        ("1700000000", 1700000000),
        ("", None),
        ("yesterday", None),
        ("-5", None),
        ("99999999999999", None),
    ],
)
def test_a_day_of_the_source_that_is_none_is_left_out(
    monkeypatch: pytest.MonkeyPatch, written: str, epoch: int | None
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", written)
    assert module._epoch() == epoch


def test_the_day_of_the_source_is_the_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with pikepdf.open(io.BytesIO(exported(shown("Text.")))) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20231114")


def test_a_headings_note_and_the_paragraphs_of_html_are_kept_in_print() -> None:
    note = "# Title[^a]\n\n[^a]: A note.\n"
    raw = "<div>One</div>\n<p>Two</p>\n"
    noted, apart = pandoc.convert(
        [pandoc.Piece("markdown", note), pandoc.Piece("markdown", raw)], "typst"
    ).pieces
    assert noted == '#anchor("title");#masthead[#"Title";]\n\n#"A note.";'
    assert apart == '#"One";\n\n#"Two";'


def test_columns_of_numbers_stand_right_as_does_what_markdown_says_so_of() -> None:
    rows = "<tr><td>Ana</td><td>1,200</td></tr><tr><td>Борис</td><td>7.5 %</td></tr>"
    piece = pandoc.Piece("html", f"<table><tr><th>who</th><th>how many</th></tr>{rows}</table>")
    assert "align: (left,right,)" in pandoc.convert([piece], "typst").pieces[0]
    told = pandoc.Piece("markdown", "| a | b |\n|---:|:---:|\n| x | 1 |")
    assert "align: (right,center,)" in pandoc.convert([told], "typst").pieces[0]


@pytest.mark.parametrize("to", ["html", "typst"])
def test_a_cell_that_ends_with_a_table_keeps_its_last_row(to: Any) -> None:
    converted = pandoc.convert(
        [pandoc.Piece("markdown", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | last |")], to
    )
    assert not re.search(r"</table>.*last|foreign-table.*\n.*last", converted.pieces[0], re.S)


def test_a_link_leads_to_its_row(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(report())
    with pikepdf.open(tmp_path / "x.pdf") as document:
        links = [
            note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"
        ]
        assert links
        heads = list(elements(document.Root.StructTreeRoot.K, "/TH"))
        assert len(heads) >= 4


def test_what_is_copied_from_a_pdf_is_what_the_notebook_says() -> None:
    address = "https://example.org/reports/2023/of-cases-by-region-and-by-week-of-the-whole-of-it-final.csv"
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    words = "office affluent fluffy efficient ﬁne"
    cell = new_code_cell("x", outputs=[new_output("stream", text=f"sha256 {digest}\n{'z' * 300}")])
    table = {"columns": [{"header": "A"}, {"header": "B"}], "rows": [{"cells": [address, address]}]}
    made = exported(shown(f"{address} {words}\n\n`{address}`", cell, displayed(table=table)))
    copied = poppler(made, "pdftotext", "-raw")
    assert not re.search("[\u200b\u00ad\ufb00-\ufb06]", copied.replace("ﬁne", ""))
    assert digest in copied  # whole where it fits on a line
    assert re.sub(r"\s", "", copied).count(address) == 4
    assert "z" * 300 in re.sub(r"\s", "", copied)
    for word in words.split()[:-1]:
        assert word in copied


RUNS = {
    "words that begin with marks": [" ".join(f"{mark}word{n}," for n in range(40)) for mark in ":/!;,)"],
    "words that end with marks": [" ".join(f"word{n}{mark}" for n in range(40)) for mark in "([{«“—"],
    "marks alone": [mark * 80 for mark in (". ", "} ", "( ", "— ", "! ")],
    "long words": [
        "https://example.org/" + "/".join(f"part{n}" for n in range(60)),
        "0123456789abcdef" * 12,
        "слово" * 30,
        "name_" * 50,
    ],
    "joined by signs that hold together": [
        "\u00a0".join(["word"] * 60),
        "\u2011".join(["word"] * 50),
        "\u00a0" * 99,
    ],
    "other scripts": ["כלמה" * 40, "كلمة" * 40, "სიტყვა" * 30, "бառբառ" * 40],
}


@pytest.mark.parametrize("kind", RUNS)
def test_no_run_of_signs_leaves_the_column_wherever_it_stands(kind: str) -> None:
    cells: list[Any] = []
    for run in RUNS[kind]:
        text = html.escape(run).replace("_", "&#95;")
        cells += [
            f"## Head {text}\n\nProse {text}\n\n* Item {text}\n    * Inner {text}\n\n> Quoted {text}",
            f"A note[^1] of **bold {text}** and `code {run}`\n\n[^1]: Note {text}\n\n    code {run}",
            f"<table><caption>{text}</caption><tr><th>{text}</th><td>{text}</td><td>{text}</td></tr></table>",
            new_code_cell(f"'{run}'", outputs=[new_output("stream", text=run)]),
        ]
    made = exported(shown(*cells), include_code=True)
    assert not overprints(made)
    margin = 20 / 25.4 * 72
    assert [word for page in pages(made) for word in page.words if word.right > page.width - margin + 1] == []


def test_a_typst_that_keeps_too_much_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    exported(shown("# T"))
    [kept] = module._TYPESETTER._idle
    exported(shown("# U"))
    assert module._TYPESETTER._idle == [kept]
    monkeypatch.setattr(module, "_MOST_KEPT", 1 << 20)
    exported(shown("# V"))
    assert module._TYPESETTER._idle == []
    assert kept.process.poll() is not None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux shows it")
def test_a_process_that_presses_many_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", 200 << 20)
    own, others = [], []
    for turn in range(60):
        notebook = shown(
            f"# T{turn}\n\n" + " ".join(f"word{turn}x{n}" for n in range(2000)), f"$x_{{{turn}}}^2$"
        )
        HTMLReportExporter().from_notebook_node(notebook, {"metadata": {"name": "made"}})
        exported(notebook)
        me = psutil.Process()
        own.append(me.memory_info().rss >> 20)
        others.append(max((one.memory_info().rss >> 20 for one in me.children()), default=0))
    assert own[-1] - own[20] < 20
    assert max(others) < 400


def test_a_draft_says_so_on_every_page() -> None:
    made = exported(shown("# T\n\n" + "word\n\n" * 90, draft="12 numbers are not decided"))
    pages = poppler(made, "pdftotext", "-layout").split("\f")[:-1]
    assert len(pages) > 1
    assert "Draft: 12 numbers are not decided" in pages[0]
    assert all(page.lstrip().startswith("Draft") for page in pages)
    assert "Draft" not in text_of(exported(shown("# T", draft=False)))


def test_a_drawing_shows_the_default_reading_alone() -> None:
    shown_alone = module._drawing_of_default(samples.drawing(400), ["reading-digits", "reading-cautious"])
    assert shown_alone.count("<rect") == 1
    assert 'width="200.0"' in shown_alone
    assert "bar-1-reading-typical" in shown_alone


def test_colours_that_only_a_page_knows_have_their_fallback() -> None:
    drawn = samples.drawing(400).replace("#0072b2", "var(--blue, #0072b2)")
    assert "fill: #0072b2" in module._drawing_of_default(drawn, [])


def test_a_chart_that_cannot_be_drawn_fails_by_name() -> None:
    with pytest.raises(CellError, match=r"made\.ipynb, cell 2: a drawing of the chart is not an SVG"):
        exported(shown("x", displayed(chart=samples.chart(parts=[{"wide": "<svg><g></svg>"}]))))


# ---------------------------------------------------------------- text


@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_text_is_shown_as_text(written: str) -> None:
    assert written  # each is a cell of the notebook, which is set as a whole
    assert of_folder("hostile").startswith(b"%PDF")


def test_what_no_font_draws_is_written_out() -> None:
    assert "⟨U+13000⟩" in text_of(
        exported(shown("A sign 𓀀 here", displayed(table=samples.table(caption="t 𓀀"))))
    )


def test_code_is_printed_only_when_asked_for() -> None:
    notebook = shown(new_code_cell("secret = 1", outputs=[new_output("stream", text="x")]))
    assert "secret" not in text_of(exported(notebook))
    assert "secret" in text_of(exported(notebook, include_code=True))


def test_what_is_left_out_is_said() -> None:
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(9))
    long = shown(
        displayed(text__html=f"<table>{rows}</table>"),
        new_code_cell("x", outputs=[new_output("stream", text="l\n" * 9)]),
    )
    text = text_of(exported(long, max_rows=5, max_lines=4))
    assert squeezed("4 more rows of this table are left out in print.") in text
    assert squeezed("5 more lines of this text are left out in print.") in text
    text = text_of(exported(long, max_rows=8, max_lines=8))
    assert squeezed("1 more row of this table is left out in print.") in text
    assert squeezed("1 more line of this text is left out in print.") in text


def test_raw_html_keeps_its_words_footnotes_and_formulas() -> None:
    text = text_of(
        exported(shown("A <b>bold</b> H<sub>2</sub>O.[^1] $x^2$ <script>gone()</script>\n\n[^1]: The note."))
    )
    for words in ("bold", "H2O", "Thenote."):
        assert words in text
    assert "gone()" not in text


def test_what_typst_refuses_is_set_as_written_and_the_rest_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[int] = []
    plain = module._compile

    def counting(*arguments: Any) -> bytes:
        compiled.append(1)
        return plain(*arguments)

    monkeypatch.setattr(module, "_compile", counting)
    convert = pandoc.convert

    def broken(*arguments: Any) -> Any:
        made = convert(*arguments)
        pieces = [piece.replace("BREAK", '"; #undefined-name("') for piece in made.pieces]
        return type(made)(pieces, made.headings, made.titled, made.images)

    monkeypatch.setattr(pandoc, "convert", broken)
    text = text_of(exported(shown("Before *it*", "This *will* BREAK", "After *it*")))
    assert "Beforeit" in text
    assert "This*will*BREAK" in text
    assert "Afterit" in text
    assert len(compiled) == 2


def test_what_typst_refuses_altogether_names_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    refusals = 0

    def refusing(folder: Path, *arguments: Any, **others: Any) -> bytes:
        nonlocal refusals
        refusals += 1
        line = (folder / "main.typ").read_text("utf-8").splitlines().index("// cell 1") + 2
        raise module.Refused("no", f"main.typ:{line}")

    monkeypatch.setattr(module, "_compile", refusing)
    with pytest.raises(CellError, match=r"made\.ipynb, cell 2: this cell cannot be set: no"):
        exported(shown("one", "two", "three"))
    assert refusals <= module._COMPILATIONS


def test_a_cell_that_ends_typst_is_set_as_written_and_the_rest_as_ever(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = module._compile

    def ending(folder: Path, main: str, *arguments: Any, **others: Any) -> bytes:
        if '#"will"' in (folder / main).read_text("utf-8"):
            raise module.Refused("Typst ended: status -11")
        return plain(folder, main, *arguments, **others)

    monkeypatch.setattr(module, "_compile", ending)
    text = text_of(exported(shown("Before *it*", *["fine"] * 20, "This *will* BREAK", "After *it*")))
    assert all(words in text for words in ("Beforeit", "This*will*BREAK", "Afterit"))
    assert "cell 22 of made.ipynb is printed as it was written" in caplog.text


@pytest.mark.slow
@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_can_be_set(anything: str, cell: str) -> None:
    table = {"columns": [{"header": "A"}], "rows": [{"cells": [[{"text": cell}]]}]}
    assert exported(shown(anything, displayed(table=table), title=anything)).startswith(b"%PDF")


def test_a_users_report_template_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "conf.json").write_text('{"base_template": "reported-pdf"}')
    own = (Path(module.__file__).parent / "templates" / "reported-pdf" / "report.typ").read_text("utf-8")
    (folder / "report.typ").write_text(own.replace('"1 of 1"', '"1 / 1"'))
    made = exported(shown("# T"), template_name="house", extra_template_basedirs=[str(tmp_path)])
    assert "1/1" in text_of(made)


def test_nothing_temporary_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    exported(shown("x"))
    assert list(tmp_path.iterdir()) == []


def test_the_template_hides_no_name_that_formulas_use(tmp_path: Path) -> None:
    template = (Path(module.__file__).parent / "templates" / "reported-pdf" / "report.typ").read_text("utf-8")
    (tmp_path / "names.typ").write_text("#metadata(dictionary(math).keys())<names>")
    [found] = json.loads(typst.query(str(tmp_path / "names.typ"), "<names>"))
    assert set(re.findall(r"(?m)^#let ([\w-]+)", template)) & set(found["value"]) == set()
    made = exported(shown("$\\hat x + \\bar y + \\mathsf{z} + \\mathtt{w}$"))
    assert "rgb(" not in poppler(made, "pdftotext", "-raw")


def test_a_wide_formula_stays_clear_of_its_number() -> None:
    long = " + ".join(f"u^{{\\prime}}(c_{number})" for number in range(13))
    made = exported(shown(f"$$\n\\begin{{equation}}\n{long}\n\\end{{equation}}\n$$"))
    [[number]] = [[word for word in page.words if word.text == "(1)"] for page in pages(made)]
    beside = [word for word in pages(made)[0].words if word.top < number.bottom and word.bottom > number.top]
    assert max(word.right for word in beside if word.text != "(1)") <= number.left
