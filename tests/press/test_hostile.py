"""A notebook that is rendered without being run is hostile: it reaches nothing, and costs at most its own cells."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_raw_cell

from reported.press.errors import CellError
from reported.press.pages.exporter import ReportExporter
from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter
from tests.press import samples
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
