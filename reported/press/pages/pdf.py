"""An nbconvert exporter: a notebook as a tagged PDF (PDF/UA-1), set by Typst from wheels alone.

What the pages look like is in templates/reported-pdf; what they hold comes from document.py and pandoc.
"""

import io
import json
import os
import re
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from traitlets import Bool, Enum, Float, Int, List, Unicode, default

from reported.ground.english import not_printed
from reported.press import bounded
from reported.press.clean import text
from reported.press.clean.sanitise import SVG
from reported.press.clean.typst import string as typst_string
from reported.press.errors import CellError, PressError
from reported.press.pages import fonts, scripts
from reported.press.pages.exporter import ReportExporter, Unlisted, convert_text
from reported.press.read import document
from reported.press.read.document import Block, Cell, Document

_COMPILATIONS = 8
_SEARCH_SECONDS = 60
_MOST_KEPT = 400 << 20  # a Typst that has kept more of what it has set is replaced
_END_OF_TIME = 253_402_300_800  # the year 10000, which no calendar here knows
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*([^()]+)\)")  # CSS that Typst does not know: its fallback
_SUFFIXES = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
}


class PDFReportExporter(ReportExporter):
    """`jupyter nbconvert --to reported_pdf notebook.ipynb`."""

    export_from_notebook = "Report (tagged PDF, without LaTeX)"
    output_mimetype = "application/pdf"

    include_code = Bool(False, help="Print the source of code cells.").tag(config=True)
    max_rows = Int(
        200, help="Rows printed of a table that is not the press's own; a line counts the rest."
    ).tag(config=True)
    max_columns = Int(
        100, help="Columns printed of a table that is not the press's own; a line counts the rest."
    ).tag(config=True)
    fonts = List(
        Unicode(),
        help="Font files for scripts that the press's own fonts do not draw; the system's are found by themselves.",
    ).tag(config=True)
    missing_signs = Enum(
        ["refuse", "number"],
        "refuse",
        help="Where no font is found for a script: refuse the PDF, or print its signs by their numbers.",
    ).tag(config=True)
    timeout = Float(300, help="Seconds that Typst may take for a document.").tag(config=True)
    max_lines = Int(120, help="Lines printed of a text output; a line counts the rest.").tag(config=True)

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".pdf"

    @default("template_extension")
    def _template_extension(self) -> str:
        return ".typ.j2"

    @default("template_name")
    def _template_name(self) -> str:
        return "reported-pdf"

    def render(self, nb: Any, resources: dict[str, Any]) -> bytes:
        """The PDF, as bytes. Raises CellError, which names the notebook and the cell, for what cannot be set."""
        with fonts.added(self._fonts_for(nb)):
            return self._render(nb, resources)

    def _fonts_for(self, nb: Any) -> list[Path]:
        """The fonts that a notebook needs besides the press's own. Raises CellError if none is found for a script."""
        needed = scripts.of(fonts.undrawn(json.dumps(nb, ensure_ascii=False)))
        try:
            found, missing = scripts.fonts_for(needed, [Path(file) for file in self.fonts])
        except OSError as error:
            raise PressError(f"{error.filename}: no font is there: {error.strerror}") from None
        if missing and self.missing_signs == "refuse":
            signs = "; ".join(
                f"{name} ({text[:12]}{'…' if len(text) > 12 else ''})" for name, text in missing.items()
            )
            raise PressError(
                f"the PDF needs a font for {signs}, and none was found on this system. Install one (for most scripts "
                "Noto has it), or name a file: --font FILE of `reported report`, `fonts` of press.build, --PDFReportExporter.fonts=FILE "
                "of nbconvert; --missing-signs number, or --PDFReportExporter.missing_signs=number, prints the signs by "
                "their numbers instead"
            )
        if missing:
            self.log.warning(
                "signs of %s are printed by their numbers: no font was found", ", ".join(missing)
            )
        return found

    def _render(self, nb: Any, resources: dict[str, Any]) -> bytes:
        self.environment.filters["typst_string"] = typst_string
        plainly: set[int] = set()
        as_tex: dict[int, str] = {}
        for attempt in range(1, _COMPILATIONS + 1):
            read = self.read(nb, resources)
            with tempfile.TemporaryDirectory(prefix="reported-") as name:
                folder = Path(name)
                source = self._write(read, plainly, as_tex, folder)
                try:
                    made = _compile(folder, "main.typ", self.timeout)
                except Refused as refused:
                    new_tex = _formulas_at_fault(refused.diagnostic, source, attempt > 2) - set(as_tex)
                    if new_tex and attempt < _COMPILATIONS - 2:
                        as_tex |= dict.fromkeys(new_tex, str(refused))
                        continue
                    at_fault = _cells_at_fault(refused.diagnostic, source) or _cells_at_fault_alone(
                        folder, source
                    )
                    plain = {cell.number for cell in read.cells if _can_be_plain(cell)} - plainly
                    # in the end all that others have made is set as plainly as can be
                    new = plain & at_fault if attempt < _COMPILATIONS - 1 else plain
                    if not new:
                        raise _explained(str(refused), at_fault, read) from None
                    for number in sorted(new & at_fault):
                        self.log.warning(
                            "%s is printed as it was written: %s", read.cells[number].where, refused
                        )
                    plainly |= new
                else:
                    self.warn(read)
                    return made
        raise AssertionError("unreachable")

    def _write(self, read: Document, plainly: set[int], as_tex: Mapping[int, str], folder: Path) -> str:
        """Write everything Typst needs into a folder; the main file's text."""
        values = _prepare(read, plainly, as_tex, folder, self.max_rows, self.max_columns, self.max_lines)
        values["include_code"] = self.include_code
        source: str = self.template.render(resources={}, dated=_epoch() is not None, **values)
        (folder / "main.typ").write_text(source, "utf-8")
        # as it is, not as a Jinja template: Typst has its own `#`
        loaded, _, _ = self.environment.loader.get_source(self.environment, "report.typ")
        (folder / "report.typ").write_text(loaded, "utf-8")
        texts = [
            source,
            *(each.read_text("utf-8") for each in folder.glob("*.json") if each.stem != "images"),
        ]
        breaks = [name for name, pattern in _BREAKS.items() if any(map(pattern.search, texts))]
        if not any(map(scripts.is_centred, fonts.added_files())):
            breaks = [name for name in breaks if name != "pairs"]
        _json(folder, "breaks", breaks)
        return source


class HyphenatedPDFReportExporter(Unlisted, PDFReportExporter):
    """`jupyter nbconvert --to reported-pdf notebook.ipynb`."""


def _epoch() -> int | None:
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(written) if written.isdecimal() and int(written) < _END_OF_TIME else None


class Refused(Exception):
    """Typst does not set a document. `diagnostic` may say where."""

    def __init__(self, message: str, diagnostic: str = "") -> None:
        super().__init__(message)
        self.diagnostic = diagnostic


_TYPESETTER = bounded.Pool(lambda: [sys.executable, "-P", str(Path(__file__).with_name("typesetter.py"))])


def _compile(folder: Path, main: str, seconds: float, standards: Sequence[str] = ("ua-1",)) -> bytes:
    """The PDF of a document in a folder. Raises Refused."""
    request = {
        "main": str(folder / main),
        "to": str(folder / "made.pdf"),
        "fonts": [str(fonts.FOLDER), str(fonts.folder_of_others())],
        "standards": list(standards),
        "timestamp": _epoch() or 0,
    }
    try:
        with _TYPESETTER.program() as program:
            answer = json.loads(program.ask(json.dumps(request).encode(), seconds))
            program.spent = answer["memory"] > _MOST_KEPT
    except bounded.Ended as ended:
        raise Refused(f"Typst ended: {ended}") from None
    if "message" in answer:
        raise Refused(f"Typst says: {answer['message']}", answer["diagnostic"])
    return (folder / "made.pdf").read_bytes()


# ---------------------------------------------------------------- what Typst is given


def _prepare(
    read: Document,
    plainly: set[int],
    as_tex: Mapping[int, str],
    folder: Path,
    max_rows: int,
    max_columns: int,
    max_lines: int,
) -> dict[str, Any]:
    """The template's values. Files that the document names are written into the folder."""
    read.title = fonts.printable(read.title)
    for cell in read.cells:
        if cell.number in plainly:
            cell.blocks = [_plain(block) for block in cell.blocks]
        cell.code = fonts.printable(cell.code)
    # all text comes back in string literals, references to characters resolved
    converted, cells = convert_text(
        read, "typst", lambda piece, cell: _printable_text(piece), max_rows, max_columns, as_tex
    )
    images: dict[str, dict[str, str]] = {}
    for number, (piece, address) in enumerate(converted.images):
        found = read.image(address, cells[piece])
        images[str(number)] = (
            {"why": fonts.printable(found)}
            if isinstance(found, str)
            else _image(folder, f"image-{number}", *found)
        )
    read.check_refused()
    for cell in read.cells:
        for number, block in enumerate(cell.blocks):
            name = f"{cell.number:04d}-{number:02d}"
            if block.kind == "table":
                block.data = _json(folder, name, _printable(block.data | _measured(block.data)))
            elif block.kind == "chart":
                block.data = _chart(read, cell, block, folder, name)
            elif block.kind == "picture":
                images[name] = _image(folder, name, block.data, block.mime)
                block.data, block.alt = name, fonts.printable(block.alt)
            elif block.kind == "printed":
                _cut(block, max_lines)
            elif block.kind == "unshown":
                block.data = fonts.printable(block.data)
    _json(folder, "images", images)
    language, *parts = read.language.split("-")
    region = parts[-1].upper() if parts and len(parts[-1]) == 2 else None
    about = {
        "title": read.title,
        "subtitle": read.subtitle,
        "authors": read.authors,
        "description": read.description,
        "draft": read.draft,
        "chosen": read.choice.chosen,
        "imprint": " · ".join(part["text"] for part in read.imprint),
        "citation": read.citation,
        "language": language.lower(),
        "region": region,
    }
    _json(folder, "document", _printable(about))
    return {
        "document": read,
        "cells": [cell for cell in read.cells if cell.blocks or cell.code],
        "titled": converted.titled,
    }


# Text for which report.typ has rules that say where a line may end: Typst tries each rule on all text of a document,
# which may have no use for it. Looked for in the source with its markup, which seldom has such signs.
_BREAKS = {
    "scripts": re.compile("[\u0600-\u1fff\u2e80-\U0010ffff]"),
    "joined": re.compile("[\u0600-\U0010ffff]{28}"),
    "pairs": re.compile("[、。，．・：；！？（）「」『』【】〔〕〈〉《》]{2}"),
    "spaces": re.compile("\u00a0"),
    "marks": re.compile(r" [:;!?/,.)\]}»…]"),
    "openings": re.compile(r"[(\[{¡¿«‚„“‘—] "),
}


def _json(folder: Path, name: str, value: Any) -> str:
    (folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return f"{name}.json"


def _printable_text(piece: str) -> str:
    """`fonts.printable` for converted text but its formulas, which a font of their own draws."""
    parts = re.split(r"(?ms)(^// formula \d+\n\$.*?(?<!\\)\$\);)", piece)
    return "".join(part if number % 2 else fonts.printable(part) for number, part in enumerate(parts))


def _printable(value: Any) -> Any:
    """`fonts.printable` for every string inside a JSON value, except ids and links."""
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    if isinstance(value, Mapping):
        return {name: item if name in ("id", "href") else _printable(item) for name, item in value.items()}
    return value


def _measured(table: Mapping[str, Any]) -> dict[str, Any]:
    """The widest texts of each column, by which a table is laid out; and if it has a cell of many lines."""
    texts: list[list[str]] = [[column["header"]] for column in table["columns"]]
    for row in table["rows"]:
        if not row["group"]:
            for column, cell in zip(texts, row["cells"], strict=True):
                column.append("".join("\n" * run["break"] + run["text"] for run in cell))

    def longest(items: Iterable[str]) -> list[str]:
        return sorted(set(items), key=len)[-3:]

    return {
        "measured": [
            {
                "words": longest(word for text in column for word in text.split()),
                "lines": longest(line for text in column for line in text.split("\n")),
            }
            for column in texts
        ],
        "long": any(len(text) > 400 for column in texts for text in column),
    }


def _image(folder: Path, name: str, data: bytes, mime: str) -> dict[str, str]:
    """Write a picture; its `file`, or `why` it is not shown."""
    try:
        if mime == "image/svg+xml":
            data = _drawing_of_default(data.decode("utf-8", "replace"), []).encode("utf-8")
        else:
            picture = Image.open(io.BytesIO(data))
            # a PNG has checksums; decoding it takes longer than all else here
            picture.verify() if mime == "image/png" else picture.load()
    except Image.DecompressionBombError:
        return {"why": "it is too large"}
    except RecursionError:
        return {"why": "it nests too deep"}
    except (ElementTree.ParseError, OSError, SyntaxError, ValueError, IndexError):
        return {"why": "its data are damaged"}
    file = f"{name}.{_SUFFIXES[mime]}"
    (folder / file).write_bytes(data)
    return {"file": file}


def _chart(read: Document, cell: Cell, block: Block, folder: Path, name: str) -> dict[str, str]:
    """Write a chart's drawings and texts; the file of its texts, and its note, which is Markdown."""
    hidden = [group for group in read.choice.groups if group != f"{read.choice.name}-{read.choice.default}"]
    files = []
    for number, part in enumerate(block.data["parts"]):
        try:
            drawing = _drawing_of_default(text.visible(part["wide"]), hidden)
        except (ElementTree.ParseError, RecursionError):
            raise CellError(cell.file, cell.file_number, document.NOT_DRAWN) from None
        files.append(f"{name}-{number}.svg")
        (folder / files[-1]).write_text(drawing, "utf-8")
    texts = {name: block.data[name] for name in ("id", "title", "subtitle", "alt")}
    return {"file": _json(folder, name, _printable({**texts, "files": files})), "note": block.data["note"]}


def _drawing_of_default(svg: str, hidden: Sequence[str]) -> str:
    """A drawing without the groups that are shown for another choice than the default, and without linked pictures."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    svg = _VARIABLE.sub(r"\1", svg[svg.find("<svg") :] if "<svg" in svg else svg)
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            left_out = child.tag == f"{{{SVG}}}g" and child.get("id", "").endswith(tuple(hidden))
            address = next((value for name, value in child.items() if name.endswith("href")), "")
            elsewhere = child.tag == f"{{{SVG}}}image" and not address.startswith("data:")
            if left_out or elsewhere:
                parent.remove(child)
    return fonts.printable(ElementTree.tostring(root, encoding="unicode"))


def _cut(block: Block, max_lines: int) -> None:
    """A text output made printable; cut where it is long, with a line (in `alt`) that says so."""
    lines = fonts.printable(text.terminal(block.data)).rstrip("\n").split("\n")
    shown = "\n".join(lines[:max_lines])
    longest = 100 * max_lines
    block.data = shown[:longest]
    left_out = {"character": len(shown) - longest, "line": len(lines) - max_lines}
    block.alt = not_printed("text", left_out)


# ---------------------------------------------------------------- what Typst refuses


def _plain(block: Block) -> Block:
    """Fallback for prose or HTML that Typst rejects: its source text."""
    if block.kind == "prose":
        return Block("printed", fonts.printable(block.data, strictly=True), "raw")
    if block.kind in ("html", "picture"):
        what = "An HTML output" if block.kind == "html" else "A picture"
        return Block(
            "unshown", f"{what} that cannot be set in print; open the page or the notebook to see it."
        )
    return block


def _can_be_plain(cell: Cell) -> bool:
    return any(block.kind in ("prose", "html", "picture") for block in cell.blocks)


def _cells_at_fault(diagnostic: str, source: str) -> set[int]:
    """The cells that Typst's positions in the main file lie in. Positions are read, its sentences are not."""
    lines = source.splitlines()
    found = set()
    for position in re.findall(r"main\.typ:(\d+)", diagnostic):
        for line in reversed(lines[: int(position)]):
            if marker := re.fullmatch(r"// cell (\d+)", line):
                found.add(int(marker[1]))
                break
    return found


def _cells_at_fault_alone(folder: Path, source: str) -> set[int]:
    """The cells that cannot be set by themselves, sought by halves if Typst does not say where."""
    head, *sections = re.split(r"(?m)^(?=// cell \d+$)", source)
    until = time.monotonic() + _SEARCH_SECONDS

    def sought(some: Sequence[str]) -> set[int]:
        if not some or time.monotonic() > until:
            return set()
        (folder / "part.typ").write_text(head + "".join(some), "utf-8")
        try:
            # by no standard: a part may begin with a heading of any level
            _compile(folder, "part.typ", _SEARCH_SECONDS / 6, standards=())
        except Refused:
            if len(some) == 1:
                return {int(some[0].removeprefix("// cell ").partition("\n")[0])}
            half = len(some) // 2
            return sought(some[:half]) | sought(some[half:])
        return set()

    return sought(sections)


def _formulas_at_fault(diagnostic: str, source: str, all_of_cell: bool) -> set[int]:
    """The formulas that Typst's positions lie in, by their numbers; or all of the cells that these are in."""
    lines = source.splitlines()
    found: set[int] = set()
    for position in map(int, re.findall(r"main\.typ:(\d+)", diagnostic)):
        if not re.fullmatch(r"// formula \d+", lines[position - 2] if position > 1 else ""):
            continue
        first = last = position - 2
        if all_of_cell:
            first = next((n for n in range(first, 0, -1) if lines[n].startswith("// cell ")), 0)
            last = next((n for n in range(last, len(lines)) if lines[n].startswith("// cell ")), len(lines))
        found.update(
            int(line.split()[-1]) for line in lines[first : last + 1] if line.startswith("// formula ")
        )
    return found


def _explained(message: str, at_fault: Iterable[int], read: Document) -> CellError:
    for number in sorted(at_fault):
        cell = read.cells[number]
        return CellError(cell.file, cell.file_number, f"this cell cannot be set: {message}")
    return CellError(read.title, 0, f"this document cannot be set: {message}")
