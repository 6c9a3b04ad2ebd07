"""The base of both exporters: finds their templates, takes in a notebook and converts its text.

A user's templates come first: in the working folder, and in the folders that `--TemplateExporter.extra_template_basedirs`
names.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from nbconvert.exporters import TemplateExporter
from traitlets import Enum, Unicode, default, validate
from traitlets.config import Application

from reported.press.clean import pandoc
from reported.press.read import document
from reported.press.read.document import Block, Cell, Document

_EXCLUDED = ("code_cell", "input", "output", "output_stdin", "markdown", "raw", "unknown")
_TEMPLATES = str(Path(__file__).parent / "templates")


class ReportExporter(TemplateExporter):
    """An nbconvert exporter with the package's templates beneath a user's."""

    image_root = Unicode(
        "", help="The folder that pictures named in text may lie in; by default the notebook's project."
    ).tag(config=True)
    remote_images = Enum(
        ("leave", "refuse", "embed"),
        "leave",
        help="Pictures at other hosts: left out with a line that says so, an error, or fetched and embedded.",
    ).tag(config=True)

    @default("optimistic_validation")
    def _optimistic_validation(self) -> bool:
        # a notebook is validated once, not after each preprocessor again: that took longer than the page
        return True

    @default("template_data_paths")
    def _template_data_paths(self) -> list[str]:
        return [_TEMPLATES]

    @default("extra_template_basedirs")
    def _basedirs(self) -> list[str]:
        return [str(Path.cwd()), _TEMPLATES]

    @validate("extra_template_basedirs")
    def _own_come_last(self, proposal: Any) -> list[str]:
        return [*(folder for folder in proposal["value"] if folder != _TEMPLATES), _TEMPLATES]

    @default("raw_mimetypes")
    def _raw_mimetypes_default(self) -> list[str]:
        return ["", "text/html"]

    def read(self, nb: Any, resources: dict[str, Any]) -> Document:
        """A notebook as a document, without what the options exclude."""
        excluded = {name for name in _EXCLUDED if getattr(self, f"exclude_{name}")}
        # what --embed-images sets
        remote = "embed" if self.config.HTMLExporter.get("embed_images") is True else self.remote_images
        wanted = document.Wanted(excluded, self.raw_mimetypes, self.image_root, remote)
        return document.read(nb, resources, wanted)

    def render(self, nb: Any, resources: dict[str, Any]) -> str | bytes:
        """The page or PDF of a notebook, without nbconvert's preprocessors."""
        raise NotImplementedError

    def warn(self, read: Document) -> None:
        """Tell the log what the author should know of how a document is shown."""
        for notice in read.notices:
            self.log.warning("%s", notice)

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """As nbconvert calls it. Where a notebook has code but no outputs at all, the log says so."""
        nb, resources = super(TemplateExporter, self).from_notebook_node(nb, resources, **kw)
        code = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
        if code and not any(cell.get("outputs") or cell.get("execution_count") for cell in code):
            name = resources.get("metadata", {}).get("name", "notebook")
            self.log.warning(
                "%s.ipynb has not been run: it has no outputs to show. Run it, or add --execute.", name
            )
        return self.render(nb, resources), resources


class Unlisted(TemplateExporter):
    """An exporter by a name with a hyphen, which the command line accepts.

    Not enabled in jupyter_server, whose menu would list it, but which has no route to it (`/nbconvert/(?P<format>\\w+)`).
    """

    @default("enabled")
    def _enabled(self) -> bool:
        server = sys.modules.get("jupyter_server.serverapp")
        return not (
            server and Application.initialized() and isinstance(Application.instance(), server.ServerApp)
        )


def convert_text(
    read: Document,
    to: Literal["html", "typst"],
    finish: Callable[[str, Cell | None], str],
    max_rows: int = 0,
    max_columns: int = 0,
    as_tex: Mapping[int, str] = MappingProxyType({}),
) -> tuple[pandoc.Converted, Sequence[Cell | None]]:
    """Convert a document's text in place: prose (for print HTML outputs too), the notes of charts, the footer.

    `finish(text, cell)` returns what is put into the document of a converted text. Returns pandoc's answer and the
    cell of each piece in it, None for the footer.
    """
    owners = [
        *(read.of_kind("prose") if to == "html" else read.of_kind("prose", "html")),
        *read.of_kind("chart"),
    ]
    pieces = [*(_piece(cell, block) for cell, block in owners), pandoc.Piece("markdown", read.footer)]
    converted = pandoc.convert(
        pieces, to, read.anchors(), read.row_ids(), read.shift, max_rows, max_columns, as_tex
    )
    for piece, formula, fault in converted.faults:
        where = owners[piece][0].where if piece < len(owners) else "the footer"
        read.notices.append(f"{where}: the formula {_short(formula)} is shown as TeX: {fault}")
    *texts, footer = converted.pieces
    for (cell, block), text in zip(owners, texts, strict=True):
        if block.kind == "chart":
            block.data["note"] = finish(text, cell)
        else:
            block.data = finish(text, cell)
    read.footer = finish(footer, None)
    return converted, [*(cell for cell, _ in owners), None]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:58]} …"


def _piece(cell: Cell, block: Block) -> pandoc.Piece:
    if block.kind == "html":
        return pandoc.Piece("html", block.data, cell.file)
    return pandoc.Piece("markdown", block.data["note"] if block.kind == "chart" else block.data, cell.file)
