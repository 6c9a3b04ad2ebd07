"""An nbconvert exporter: a notebook as one HTML page that is complete offline and accessible.

The page's parts are named blocks of templates/reported/index.html.j2, which a user's template can override.
"""

import base64
import functools
import hashlib
import html as html_references
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markupsafe import Markup
from nbconvert.filters import ansi2html
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound
from traitlets import Unicode, default

from reported.press.clean import pandoc, sanitise, text
from reported.press.errors import CellError
from reported.press.pages import fonts
from reported.press.pages.exporter import ReportExporter, Unlisted, convert_text
from reported.press.read import document
from reported.press.read.document import Block, Cell, Document

_FONTS = "/* the page's fonts */"


class HTMLReportExporter(ReportExporter):
    """`jupyter nbconvert --to reported_html notebook.ipynb`."""

    export_from_notebook = "Report (HTML, complete offline)"
    output_mimetype = "text/html"

    accent = Unicode("#74326a", help="CSS colour of rules and links on white paper.").tag(config=True)
    accent_dark = Unicode("#dda6d3", help="The same on a dark screen.").tag(config=True)

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name(self) -> str:
        return "reported"

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """nbconvert's, and the template's own."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield from {"terminal": _terminal, "as_json": _as_json}.items()

    def render(self, nb: Any, resources: dict[str, Any]) -> str:
        """The page, as text. Raises CellError, which names the notebook and the cell."""
        read = self.read(nb, resources)
        self.environment.autoescape = True
        self.environment.filters["highlight_code"] = _highlighter(read.code_language)
        style = self._part("page.css", read)
        script = self._part("page.js", read)
        page = _page(read) | {
            "style": style,
            "script": script,
            "policy": _policy(script),
            "fonts": Markup(_FONTS),
        }
        output: str = self.template.render(nb=nb, resources=resources, **page)
        self.warn(read)
        characters = html_references.unescape(output)
        return output.replace(_FONTS, fonts.font_faces(characters), 1) + "\n"

    def _part(self, name: str, read: Document) -> Markup:
        template = self.environment.get_template(name)
        return Markup(template.render(choice=read.choice, accent=self.accent, accent_dark=self.accent_dark))


class HyphenatedHTMLReportExporter(Unlisted, HTMLReportExporter):
    """`jupyter nbconvert --to reported-html notebook.ipynb`."""


@functools.cache
def _highlighter(language: str) -> Callable[[str], Markup]:
    """Colours code of a language as nbconvert does, its lexer and formatter made once; unknown ones are plain text."""
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = TextLexer()
    formatter = HtmlFormatter(cssclass=html_references.escape(f" highlight hl-{language}"))
    return lambda code: Markup(highlight(code or " ", lexer, formatter))


def _terminal(printed: str) -> Markup:
    """Printed text; the colours that terminals name, as classes which suit light and dark, and no others."""
    return Markup(re.sub(r' style="[^"]*"', "", ansi2html(text.terminal(printed, keep_colours=True))))


def _policy(script: str) -> str:
    """Content-Security-Policy: nothing from anywhere, and one script, known by its hash."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _as_json(value: Any) -> Markup:
    """JSON for a script element of data, which only `</` could end."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Markup(written.replace("<", "\\u003c").replace("&", "\\u0026"))


def _page(read: Document) -> dict[str, Any]:
    """Return the template's variables: see the comment at its top."""
    prose = read.of_kind("prose")
    rows = read.row_ids()
    targets = {*rows, *read.anchors()}
    taken = set(targets)
    converted, _ = convert_text(
        read, "html", lambda html, cell: Markup(sanitise.prose(html, _fetcher(read, cell), taken))
    )
    for cell, block in prose:
        cell.chapter = cell.chapter or bool(read.shift and block.data.startswith("<h2"))
    _keep_first_ids(read)
    for cell, block in read.blocks:
        _prepare(read, cell, block)
    read.check_refused()
    heading = _take_title(prose, converted, read)
    return {
        "document": read,
        "cells": [cell for cell in read.cells if cell.blocks or cell.code],
        "heading": heading,
        "contents": _contents(converted.headings),
        "has_code": any(cell.code for cell in read.cells),
        "row_choices": {name: said for name, said in sorted(read.choices.items()) if name in targets},
        "row_ids": frozenset(rows),
        "targets": frozenset(taken),
    }


def _fetcher(read: Document, cell: Cell | None) -> sanitise.FetchImage:
    def fetch(address: str) -> str | None:
        found = read.image(address, cell)
        return sanitise.unshown(found) if isinstance(found, str) else _data_uri(*found)

    return fetch


def _data_uri(data: bytes, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def _keep_first_ids(read: Document) -> None:
    """Leave an id to the first table, chart or row that has it: an address must lead to one place."""
    taken: set[str] = set()
    for _, block in read.of_kind("table", "chart"):
        for item in [block.data, *block.data.get("rows", ())]:
            if item["id"] in taken:
                item["id"] = ""
            taken.add(item["id"])


def _prepare(read: Document, cell: Cell, block: Block) -> None:
    """Make a block's data what the template shows, in place."""
    if block.kind == "html":
        cleaned = sanitise.output(block.data, _fetcher(read, cell))
        block.data = Markup(cleaned)
        block.mime = "page-island" if sanitise.has_own_colours(cleaned) else ""
    elif block.kind == "picture":
        block.data = _data_uri(block.data, block.mime)
    elif block.kind == "chart":
        for number, part in enumerate(block.data["parts"]):
            for width in ("wide", "narrow"):
                prefix = f"c{cell.number}-{cell.blocks.index(block)}-{number}{width[0]}-"
                try:
                    part[width] = Markup(sanitise.drawing(part[width], prefix, read.choice.groups))
                except ValueError:
                    raise CellError(cell.file, cell.file_number, document.NOT_DRAWN) from None


def _take_title(
    prose: Sequence[tuple[Cell, Block]], converted: pandoc.Converted, read: Document
) -> Markup | None:
    """The page's h1, taken from the top of the text where it has one; None if it comes further down."""
    if not converted.titled:
        return Markup("<h1>{}</h1>").format(read.title)
    html = prose[0][1].data if prose else ""
    if not prose or prose[0][0] is not read.cells[0] or not html.startswith("<h1"):
        return None
    title, end, rest = html.partition("</h1>")
    prose[0][1].data = Markup(rest)
    return Markup(title + end)


def _contents(headings: Sequence[pandoc.Heading]) -> list[pandoc.Heading]:
    """The chapters, if there are enough to need a table of contents."""
    chapters = [heading for heading in headings if heading.level == 2]
    return chapters if len(chapters) > 1 else []
