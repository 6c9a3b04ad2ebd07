"""A notebook that is rendered without being run is hostile: it reaches nothing, and costs at most its own cells."""

import base64
import contextlib
import http.server
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_output, new_raw_cell

from reported.press import bounded
from reported.press.clean import pandoc, sanitise
from reported.press.clean.text import terminal
from reported.press.errors import CellError, PressError
from reported.press.pages.exporter import ReportExporter
from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter
from reported.press.read import rows
from reported.press.run.normalise import Normaliser
from tests.press import samples
from tests.press.positions import poppler
from tests.press.samples import displayed, shown

EXPORTERS = (HTMLReportExporter, PDFReportExporter)

# every element and rule that makes some program fetch an address, `@` standing for it
FETCHING = [
    '<iframe src="@"></iframe>',
    '<p>in a line <iframe src="@"></iframe></p>',
    "<IFRAME/SRC=@>",
    '<embed src="@"><object data="@"></object>',
    '<img src="@" srcset="@ 2x"><picture><source srcset="@"><img src="@"></picture>',
    '<video src="@" poster="@"><track src="@"></video><audio src="@"></audio>',
    '<link rel="stylesheet" href="@"><style>@import url(@); p { background: url(@) }</style>',
    '<script src="@"></script>',
    '<p style="background: url(@)">text</p><table background="@"><tr><td background="@">x</td></tr></table>',
    '<svg><image href="@"/><image xlink:href="@"/><use href="@#a"/><style>@import "@"</style></svg>',
    '<meta http-equiv="refresh" content="0;url=@"><base href="@">',
    '<frameset><frame src="@"></frameset>',
    '<input type="image" src="@"><math href="@"><mi href="@">x</mi></math>',
    '<include src="@"></include><xi:include href="@"/>',
    "![a picture](@)",
    "[a]: @\n\n![a]",
    "```{.include}\n@\n```\n\n::: {include=@}\n:::",
    "$\\includegraphics{@} \\input{@} \\href{@}{x}$",
    "---\ncss: @\nbibliography: @\n---\n\ntext",
]


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and the paths that are asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<p>FETCHEDWORD</p>")

        do_HEAD = do_POST = do_GET

        def log_message(self, *words: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/", asked
        listening.shutdown()


def everywhere(payload: str) -> Any:
    """A notebook that has a text wherever a notebook can have one."""
    cell = {"columns": [{"header": payload}], "rows": [{"cells": [[{"text": payload, "href": payload}]]}]}
    return shown(
        payload,
        new_raw_cell(payload),
        displayed(text__markdown=payload),
        displayed(text__html=payload),
        displayed(text__latex=f"${payload}$"),
        displayed(**{"image/svg+xml": drawing(payload)}),
        displayed(chart=samples.chart(note=payload, title=payload)),
        displayed(table={**cell, "caption": payload, "left_out": payload}),
        title=payload,
        footer=payload,
        description=payload,
        authors=[payload],
    )


def drawing(payload: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{payload}<rect width="9" height="9"/></svg>'


def made(exporter: type[ReportExporter], notebook: Any, folder: Path, **traits: Any) -> str | bytes:
    resources = {"metadata": {"name": "hostile", "path": str(folder)}}
    return exporter(**traits).from_notebook_node(notebook, resources)[0]


@pytest.mark.parametrize("exporter", EXPORTERS)
@pytest.mark.parametrize("payload", FETCHING)
def test_nothing_is_requested_while_a_page_is_made(
    exporter: type[ReportExporter], payload: str, server: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, asked = server
    payload = payload.replace("@", address)
    made(exporter, everywhere(payload), tmp_path)
    with contextlib.suppress(CellError):  # a chart's drawing must be one
        made(exporter, shown(displayed(chart=samples.chart(parts=[{"wide": drawing(payload)}]))), tmp_path)
    assert asked == []


# what takes exponential time, or memory in proportion to a number, where nobody bounds it
COSTLY = {
    "lists that nobody closes": "<ul><li>" * 500 + "x",
    "definitions that nobody closes": "<dl><dt>a<dd>" * 40,
    "tables in tables": "<table><tr><td>" * 30,
    "elements in elements": "<div>" * 3000 + "x",
    "a cell over many columns": "<table><tr><td colspan=1000000000>x</td></tr></table>",
    "many rows": "<table><tr><td rowspan=1000000000>x</td></tr></table>",
    "quotes in quotes": "> " * 300 + "x",
    "quotes without end": ">" * 10_000,
    "quotes and lists without end": "> 1. - " * 3000 + "x",
    "lists in lists": "\n".join(f"{'  ' * depth}- x" for depth in range(300)),
    "emphasis in emphasis": "*_" * 500 + "x" + "_*" * 500,
    "brackets": "[" * 5000,
    "fractions in fractions": "$" + r"\frac{1}{" * 800 + "x" + "}" * 800 + "$",
    "roots in roots": "$$\n" + r"\sqrt" * 3000 + " x\n$$",
}


@pytest.mark.parametrize("exporter", EXPORTERS)
@pytest.mark.parametrize("name", COSTLY)
def test_what_would_take_for_ever_costs_at_most_its_own_cell(
    exporter: type[ReportExporter], name: str, tmp_path: Path
) -> None:
    begun = time.monotonic()
    assert made(
        exporter, shown("before", COSTLY[name], displayed(text__html=COSTLY[name]), "after"), tmp_path
    )
    assert time.monotonic() - begun < 20


def test_a_text_that_takes_too_long_is_shown_as_written_and_the_others_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = pandoc._answer

    def slow(request: Any, seconds: float) -> Any:
        if any("SLOW" in piece["text"] for piece in request["pieces"]):
            raise bounded.Ended
        return asked(request, seconds)

    monkeypatch.setattr(pandoc, "_answer", slow)
    texts = ["# One", "*SLOW*", "*fine*"]
    one, slowly, fine = pandoc.convert([pandoc.Piece("markdown", text) for text in texts], "html").pieces
    assert (one, fine) == ('<h1 id="one">One</h1>', "<p><em>fine</em></p>")
    assert pandoc.UNREADABLE in slowly
    assert "*SLOW*" in slowly


def test_a_converter_that_cannot_work_ends_in_one_line_with_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = bounded.Pool(lambda: ["/bin/sh", "-c", "echo why it ended >&2; echo and where >&2; exit 1"])
    monkeypatch.setattr(pandoc, "_PANDOC", broken)
    pandoc._answered.cache_clear()
    with pytest.raises(PressError, match=r"^text cannot be converted: pandoc ended: why it ended$"):
        made(HTMLReportExporter, shown("a *text*"), Path("/"))


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
HUGE_PNG = base64.b64encode(
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\x06\0\0\0" + b"\0" * 20
).decode()
ODD = {
    "a picture of endless width": shown(
        new_output("display_data", {"image/png": PNG}, metadata={"width": 1e999})
    ),
    "a picture of 4 thousand million pixels": shown(displayed(**{"image/png": HUGE_PNG})),
    "columns whose widths cancel out": shown(
        displayed(
            table={
                "columns": [{"header": "a", "width": -1}, {"header": "b", "width": 1e999}],
                "rows": [{"cells": ["x", "y"]}],
            }
        )
    ),
    "a note that begins with a heading": shown(displayed(chart=samples.chart(note="# Heading"))),
    "a name that no file has": shown("![x](a%00b.png) ![x](" + "a" * 3000 + ".png)"),
    "a drawing of many groups": shown(displayed(**{"image/svg+xml": drawing("<g>" * 5000 + "</g>" * 5000)})),
    "a drawing without its namespace": shown('<svg><image href="http://127.0.0.1:9/y"/></svg>'),
    "a download with half a character": shown("x", downloads=["a\ud800.csv"]),
}


@pytest.mark.parametrize("exporter", EXPORTERS)
@pytest.mark.parametrize("name", ODD)
def test_odd_parts_of_a_notebook_cost_themselves_alone(
    exporter: type[ReportExporter], name: str, tmp_path: Path
) -> None:
    assert exporter().render(ODD[name], {"metadata": {"name": "odd", "path": str(tmp_path)}})


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0))
WHOLE = HEAD + chunk(b"IDAT", zlib.compress((b"\0" + b"\x77" * 27) * 9)) + chunk(b"IEND", b"")
DAMAGED = {
    "cut": WHOLE[:-20],
    "changed": WHOLE[:45] + b"\0\0" + WHOLE[47:],
    "without an end": WHOLE[:-12],
    "without pixels": HEAD + chunk(b"IEND", b""),
    "with other pixels": HEAD + chunk(b"IDAT", b"none") + chunk(b"IEND", b""),
    "with too few pixels": HEAD + chunk(b"IDAT", zlib.compress(b"\0" * 20)) + chunk(b"IEND", b""),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_picture_is_said_to_be_one_and_costs_nothing_else(damage: str) -> None:
    cells = [displayed(**{"image/png": base64.b64encode(data).decode()}) for data in (WHOLE, DAMAGED[damage])]
    text = poppler(PDFReportExporter().render(shown("BEFORE", *cells, "AFTER"), {}), "pdftotext", "-raw")
    said = [line for line in text.splitlines() if "are damaged" in line or "cannot be set in print" in line]
    assert len(said) == 1
    assert text.index("BEFORE") < text.index(said[0]) < text.index("AFTER")


@pytest.mark.parametrize(
    "settings",
    [
        {"choice": {"name": "x"}},
        {"choice": "x"},
        {"source_names": {"c1": 5}},
        {"downloads": 7},
        {"authors": 3},
    ],
)
def test_settings_that_are_none_are_told_in_one_line(settings: Any, tmp_path: Path) -> None:
    with pytest.raises(CellError, match="metadata under `reported` cannot be read"):
        made(HTMLReportExporter, shown("x", **settings), tmp_path)


LONG = {
    "a heading and spaces": lambda: rows.gather(["a"], [shown("# a" + " " * 40_000 + "x")]),
    "backspaces": lambda: terminal("a" * 40_000 + "\b" * 40_000),
    "environments": lambda: pandoc.convert([pandoc.Piece("markdown", "\\begin{a}\n" * 4000)], "html"),
    "comments": lambda: sanitise.output("<!--" * 10_000, lambda address: None),
    "brackets": lambda: sanitise.output("<" * 40_000, lambda address: None),
    "drawings": lambda: sanitise.output("<svg><title>" * 4000, lambda address: None),
    "names of cells": lambda: Normaliser(Path("/x")).text("<ipython-input-" * 3000),
}


@pytest.mark.parametrize("name", LONG)
def test_long_text_takes_time_in_proportion(name: str) -> None:
    begun = time.monotonic()
    LONG[name]()
    assert time.monotonic() - begun < 10
