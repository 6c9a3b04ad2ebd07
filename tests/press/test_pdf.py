"""The PDF exporter held to its promises: tagged, complete, escaped, on the page, the same every time."""

import functools
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import nbformat.v4 as v4
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported.press import content
from reported.press.content import PressError
from reported.press.pdf import PDFReportExporter
from tests.press.notebooks.make import HOSTILE, chart, code, markdown, show, stream

NOTEBOOKS = Path(__file__).parent / "notebooks"
NAMES = sorted(file.stem for file in NOTEBOOKS.glob("*.ipynb"))


@functools.cache
def exported(name: str) -> bytes:
    return bytes(PDFReportExporter().from_filename(str(NOTEBOOKS / f"{name}.ipynb"))[0])


def export(*cells: Any, **metadata: Any) -> bytes:
    notebook = v4.new_notebook(cells=list(cells), metadata=metadata)
    return bytes(PDFReportExporter().from_notebook_node(notebook, {"metadata": {"name": "made"}})[0])


@pytest.fixture(params=NAMES)
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with opened(request.param) as document:
        document.source_name = request.param
        yield document


def poppler(pdf: bytes, *command: str) -> str:
    """What a poppler tool prints of a PDF; without the tool the test is skipped, except in CI."""
    if shutil.which(command[0]) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{command[0]} is missing")
        pytest.skip(f"needs {command[0]} (poppler-utils)")
    return subprocess.run([*command, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@functools.cache
def text_of(pdf: bytes) -> str:
    """All text of a PDF, without spaces and the places to break long words (line ends are layout)."""
    return squeezed(poppler(pdf, "pdftotext", "-raw"))


def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(exported(name)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]", "", unicodedata.normalize("NFKC", text))


def elements(node: Any, tag: str) -> Iterator[Any]:
    """Structure elements of one kind, in order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, tag)
    elif isinstance(node, pikepdf.Dictionary) and "/K" in node:
        if node.get("/S") == tag:
            yield node
        yield from elements(node.K, tag)


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    def walk(items: Any, level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, " ".join(item.title.split())
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as items:
        return list(walk(items.root, 2))


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [note for page in pdf.pages for note in page.get("/Annots", []) if note.get("/Subtype") == "/Link"]


# ---------------------------------------------------------------- every notebook


def test_it_is_tagged_and_says_what_it_is(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert any(elements(pdf.Root.StructTreeRoot.K, "/Title"))
    assert pdf.Root.Lang is not None
    assert str(pdf.Root.Lang).startswith("en")
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_every_picture_and_formula_has_an_alt_text(pdf: pikepdf.Pdf) -> None:
    found = [
        element for tag in ("/Figure", "/Formula") for element in elements(pdf.Root.StructTreeRoot.K, tag)
    ]
    assert all(str(element.get("/Alt", "")).strip() for element in found)
    if pdf.source_name in ("pictures", "report", "formulas"):
        assert len(found) > 4


def test_its_outline_is_the_headings(pdf: pikepdf.Pdf) -> None:
    notebook = nbformat.read(NOTEBOOKS / f"{pdf.source_name}.ipynb", as_version=4)
    shift = notebook.metadata.get("reported", {}).get("shift", 0)
    wanted = [(level, text) for level, _, text in content.headings(notebook, shift) if level > 1]
    if pdf.source_name in (
        "formulas",
        "hostile",
    ):  # formulas and what no font draws read otherwise in an outline
        assert [level for level, _ in outline(pdf)] == [level for level, _ in wanted]
    else:
        assert outline(pdf) == wanted


def test_its_links_lead_to_pages_or_to_addresses(pdf: pikepdf.Pdf) -> None:
    pages = {page.objgen for page in pdf.pages}
    named = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root else {}
    for link in links(pdf):
        if "/Dest" in link:
            place = named[str(link.Dest)] if isinstance(link.Dest, pikepdf.String) else link.Dest
            assert place[0].objgen in pages
        else:
            assert re.match(r"(https?|mailto):|figures\.csv", str(link.A.URI))
        assert str(link.Contents)


def test_its_fonts_are_embedded(pdf: pikepdf.Pdf) -> None:
    descriptors = [
        obj
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
    ]
    assert descriptors
    for descriptor in descriptors:
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, descriptor.FontName
        assert "LastResort" not in str(descriptor.FontName)


def test_nothing_in_it_acts(pdf: pikepdf.Pdf) -> None:
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles"} & set(
                obj.keys()
            )


@pytest.mark.parametrize("name", NAMES)
def test_no_word_leaves_its_page(name: str) -> None:
    boxes = poppler(exported(name), "pdftotext", "-bbox")
    pages = re.split(r"<page ", boxes)[1:]
    assert pages
    for number, page in enumerate(pages, start=1):
        width, height = (float(re.search(rf'{side}="([\d.]+)"', page)[1]) for side in ("width", "height"))  # type: ignore[index]
        for x0, y0, x1, y1, word in re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page
        ):
            # 22 mm of margin are 62 points; combining marks may climb
            assert float(x0) > 55, (number, word)
            assert float(x1) < width - 55, (number, word)
            assert float(y0) > 0, (number, word)
            assert float(y1) < height, (number, word)


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_numbered_of_how_many(name: str) -> None:
    pages = poppler(exported(name), "pdftotext", "-layout").split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        assert page.rstrip().endswith(f"{number} of {len(pages)}")


# ---------------------------------------------------------------- reproducible


def test_the_same_notebook_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "another place"
    shutil.copytree(NOTEBOOKS, elsewhere)
    script = (
        "import sys; from reported.press.pdf import PDFReportExporter as E; "
        "sys.stdout.buffer.write(E().from_filename(sys.argv[1])[0])"
    )
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    for name in ("report", "pictures"):
        made = subprocess.run(
            [sys.executable, "-c", script, str(elsewhere / f"{name}.ipynb")],
            env=environment, cwd=tmp_path, capture_output=True, check=True,
        ).stdout  # fmt: skip
        assert made == exported(name)


def test_it_names_no_path_and_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with_none = export(markdown("# A"))
    assert b"CreationDate" not in with_none
    assert str(Path.home()).encode() not in with_none
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1706227200")
    assert b"D:20240126" in export(markdown("# A"))


# ---------------------------------------------------------------- the report


def test_a_number_leads_to_its_row() -> None:
    with opened("report") as pdf:
        pages = [page.objgen for page in pdf.pages]
        turned = [page for page in pdf.pages if page.mediabox[2] > page.mediabox[3]]
        # the method speaks of row 12, which stands on the first page of the table of figures
        to_rows = [link for link in pdf.pages[-1].get("/Annots", []) if "/Dest" in link]
        assert len(to_rows) > 10
        assert {pages.index(link.Dest[0].objgen) for link in to_rows} == {pages.index(turned[0].objgen)}


def test_the_first_page_names_the_chapters_and_their_pages() -> None:
    with opened("report") as pdf:
        chapters = [title for level, title in outline(pdf) if level == 2]
        leading = [link for link in pdf.pages[0].get("/Annots", []) if "/Dest" in link][: len(chapters)]
        pages = [page.objgen for page in pdf.pages]
        numbers = [pages.index(link.Dest[0].objgen) + 1 for link in leading]
    strip = squeezed(" · ".join(f"{title} {number}" for title, number in zip(chapters, numbers, strict=True)))
    assert strip in squeezed(poppler(exported("report"), "pdftotext", "-l", "1", "-raw"))


def test_a_wide_table_stands_on_turned_pages_with_its_heading_and_head_row() -> None:
    with opened("report") as pdf:
        turned = [number for number, page in enumerate(pdf.pages, 1) if page.mediabox[2] > page.mediabox[3]]
    assert len(turned) > 1
    assert turned == list(range(turned[0], turned[-1] + 1)), "wide tables in a row share their pages"
    pages = [
        poppler(exported("report"), "pdftotext", "-f", str(page), "-l", str(page), "-layout")
        for page in turned
    ]
    assert "Every number leads here." in pages[0]
    assert all("Claimant" in page for page in pages)


def test_the_first_page_holds_title_findings_and_chart() -> None:
    page = poppler(exported("report"), "pdftotext", "-l", "1", "-layout")
    assert [
        word
        for word in (
            "Reported figures",
            "First Author · Second Author",
            "Findings",
            "at least",
            "Зеленський",
            "The finding of chart 0",
        )
        if word.lower() not in page.lower()
    ] == []


def test_cyrillic_and_the_colophon_can_be_read_out() -> None:
    text = text_of(exported("report"))
    assert "Зеленський" in text
    assert "Київ,aclaimant" in text
    assert "Madefrominputs0123abc." in text
    assert "Таблиця" not in text


def test_tables_have_head_cells_and_captions() -> None:
    with opened("tables") as pdf:
        tables = list(elements(pdf.Root.StructTreeRoot.K, "/Table"))
        assert len(tables) >= 7
        assert all(any(True for _ in elements(table, "/TH")) for table in tables[:4])
        captions = [caption for table in tables for caption in elements(table, "/Caption")]
        assert len(captions) == 2


# ---------------------------------------------------------------- nothing dropped in silence


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("tables", ["2,800 more rows of this table left out", "more columns of this table left out"]),
        ("streams", ["1,880 more lines of this text left out", "18,000 more characters of this text left out"]),
        ("pictures", ["An image that cannot be read: Image without a description, from pictures.ipynb, cell 9"]),
        ("pictures", ["Parts of this drawing cannot be shown in print."]),
        ("markdown", ["[Image not shown: A picture far away (at https://example.org/far.png, which is not fetched)]"]),
        ("interactive", ["An interactive control cannot be shown on a page", "IntSlider(value=3)", "a video (x.mp4)"]),
        ("interactive", ["A PDF document cannot be shown", "A script cannot be shown", "an embedded page"]),
        ("formulas", ["\\unknowncommand{a}", "\\includegraphics{x}"]),
        ("hostile", ["stands for what no font at hand can draw: U+1F680", "[U+4E2D] [U+1F680]", "deep words"]),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said(name: str, lines: list[str]) -> None:
    text = text_of(exported(name))
    assert [line for line in lines if squeezed(line) not in text] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("markdown", ["The first footnote, with emphasis", "with a list", "seventh", "☑ done", "spanned bold"]),
        ("markdown", ["return \"<b>\" + x # \\begin{align} stays code", "© <b> &amp;", "Details inside."]),
        ("tables", ["Mediazona <b>&</b>", "A styled table", "42284.0", "A group", "value 13.5 of it", "inner · table"]),
        ("streams", ["plain output", "a warning", "100%|##########", "bold green orange", "link OVER bell⟨U+0007⟩"]),
        ("streams", ["ZeroDivisionError: division by zero"]),
        ("structure", ["\\section{raw} <b>cell</b> #panic()", "Heading in an output", "Words before any heading."]),
    ],
)  # fmt: skip
def test_what_a_notebook_says_is_in_the_text(name: str, words: list[str]) -> None:
    text = text_of(exported(name))
    assert [word for word in words if squeezed(word) not in text] == []


@pytest.mark.parametrize("written", [text for text in HOSTILE if not re.search("[\ud800\u4e2d\u0334]", text)])
def test_hostile_text_is_shown_as_text(written: str) -> None:
    shown = content.terminal(written).partition("\U0001f680")[0]
    assert squeezed(shown) in text_of(exported("hostile"))


def test_code_is_printed_only_when_asked_for() -> None:
    notebook = v4.new_notebook(cells=[markdown("# A"), code("secret = 1", stream("out"))])
    plain, _ = PDFReportExporter().from_notebook_node(notebook)
    printed, _ = PDFReportExporter(include_code=True).from_notebook_node(notebook)
    assert "secret=1" not in text_of(plain)
    assert "secret=1" in text_of(printed)


# ---------------------------------------------------------------- failures


def test_a_chart_without_alt_text_fails_by_name() -> None:
    silent = chart("x", "words")
    silent["application/vnd.reported.chart+json"]["alt"] = ""
    with pytest.raises(PressError, match=r"^made\.ipynb, cell 2: a chart needs .* alt"):
        export(markdown("# A"), code("x", show(silent)))


def test_a_chart_that_cannot_be_drawn_fails_by_name() -> None:
    torn = chart("x", "words")
    torn["application/vnd.reported.chart+json"]["wide"] = "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"
    with pytest.raises(PressError, match=r"^made\.ipynb, cell 2: Typst: failed to parse SVG"):
        export(markdown("# A"), code("x", show(torn)))


def test_one_bad_formula_leaves_the_rest_of_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    from reported.press import markup

    monkeypatch.setattr(markup, "_only_mathematics", lambda typst: True)
    cell = markdown("Words $x$ and $y$.")
    notebook = v4.new_notebook(cells=[cell])
    original = content.read

    def spoiled(*arguments: Any) -> Any:
        read = original(*arguments)
        read.html[0, -1] = read.html[0, -1].replace('data-typst="y"', 'data-typst="unknown-thing"')  # type: ignore[index]
        return read

    monkeypatch.setattr(content, "read", spoiled)
    assert "Wordsxandy." in text_of(PDFReportExporter().from_notebook_node(notebook)[0])


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    st.text(max_size=80), st.text(st.sampled_from("#$@\\\"'`*_[]{}()<>/=-+~^&|;:,.!?\n\t ax1"), max_size=80)
)
def test_any_text_can_be_set(anything: str, markup: str) -> None:
    table = f"<table><caption>{markup}</caption><tr><td>{anything}</td><td>{markup}</td></tr></table>"
    assert export(
        markdown(markup), markdown(anything), code("x", stream(anything + markup), show({"text/html": table}))
    ).startswith(b"%PDF")


# ---------------------------------------------------------------- the command line


def test_nbconvert_knows_the_exporter(tmp_path: Path) -> None:
    shutil.copy(NOTEBOOKS / "formulas.ipynb", tmp_path)
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "reported-pdf", "formulas.ipynb"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    assert (tmp_path / "formulas.pdf").read_bytes() == exported("formulas")
