"""An nbconvert exporter: a notebook as a tagged PDF (PDF/UA-1), set by Typst from wheels alone.

What the pages look like is in templates/report.typ; HTML becomes Typst in press.markup.
"""

import importlib.util
import os
import re
import tempfile
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters import Exporter
from traitlets import Bool, Int

from reported.press import content
from reported.press.content import Content, Place, PressError
from reported.press.markup import Setter, string

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
FONTS = Path(__file__).parent.parent / "fonts"


class PDFReportExporter(Exporter):
    """A notebook as PDF: `jupyter nbconvert --to reported-pdf notebook.ipynb`."""

    export_from_notebook = "PDF (tagged, without LaTeX)"
    output_mimetype = "application/pdf"

    include_code = Bool(False, help="Print the source of code cells.").tag(config=True)
    max_rows = Int(200, help="Longer tables are cut here, and say so.").tag(config=True)
    max_lines = Int(120, help="Longer text outputs are cut here, and say so.").tag(config=True)

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF of a notebook. Raises PressError, naming notebook and cell, for what cannot be set."""
        nb, resources = super().from_notebook_node(nb, resources=resources, **kw)
        return _typeset(nb, content.read(nb, resources, "print"), self), resources


@dataclass(frozen=True)
class _Piece:
    """One cell's text or one output, as Typst."""

    place: Place
    markup: str
    wide: bool = False
    replaced: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        return _file(self.place)


def _file(place: Place) -> str:
    index, number = place
    return f"{index:04d}-{number + 1:03d}"


def _typeset(nb: Any, read: Content, settings: PDFReportExporter) -> bytes:
    """Set all pieces and compile; what Typst refuses in one piece is set plainly, once."""
    plainly: set[Place] = set()
    undrawable: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="reported-") as name:
        folder = Path(name)
        for _ in range(50):
            try:
                return _compile(nb, read, settings, folder, plainly, undrawable)
            except typst.TypstError as refusal:
                if not _give_way(refusal, nb, read, plainly, undrawable):
                    raise _explained(refusal, read) from None
    raise PressError(read.document.title, 0, "Typst refuses this notebook again and again")


def _compile(
    nb: Any,
    read: Content,
    settings: PDFReportExporter,
    folder: Path,
    plainly: set[Place],
    undrawable: set[str],
) -> bytes:
    missing = sorted(undrawable, key=lambda text: (-len(text), text))
    targets = _targets(nb, read)

    def setter(place: Place) -> Setter:
        return Setter(
            folder,
            _file(place),
            targets,
            missing,
            read.document.downloads,
            plainly=place in plainly,
            max_rows=settings.max_rows,
        )

    pieces = list(_pieces(nb, read, settings, setter))
    # Typst finds a picture beside the file that shows it, and the template shows them all
    (folder / "report.typ").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    for piece in pieces:
        text = f'#import "report.typ": *\n{piece.markup}\n'
        (folder / f"{piece.file}.typ").write_text(text, encoding="utf-8")
    main = folder / "main.typ"
    main.write_text(_main(read, pieces, setter((len(nb.cells), 0))), encoding="utf-8")
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    pdf, _ = typst.compile_with_warnings(
        str(main),
        root=str(folder),
        format="pdf",
        ignore_system_fonts=True,
        font_paths=[str(FONTS), str(_fallback_fonts(folder))],
        pdf_standards=["ua-1"],
        timestamp=int(epoch) if epoch.isdigit() else 0,
    )
    return bytes(pdf)


def _fallback_fonts(folder: Path) -> Path:
    """A folder with matplotlib's DejaVu fonts alone (never its LastResort, which draws boxes)."""
    fonts = folder / "fonts"
    if not fonts.exists():
        fonts.mkdir()
        package = importlib.util.find_spec("matplotlib")
        for place in (package.submodule_search_locations if package else None) or ():
            for file in Path(place, "mpl-data", "fonts", "ttf").glob("DejaVuS*.ttf"):
                (fonts / file.name).symlink_to(file)
    return fonts


def _targets(nb: Any, read: Content) -> frozenset[str]:
    """Ids that some link in the notebook leads to."""
    outputs = [
        str(output.get("data", {}).get("text/html", ""))
        for cell in nb.cells
        for output in cell.get("outputs", ())
    ]
    return frozenset(
        urllib.parse.unquote(name)
        for html in (*read.html.values(), *outputs, read.footer)
        for name in re.findall(r"href=[\"']?#([^\"'\s>]+)", html)
    )


# ---------------------------------------------------------------- pieces


def _pieces(nb: Any, read: Content, settings: PDFReportExporter, setter: Any) -> Iterator[_Piece]:
    for index, cell in enumerate(nb.cells):
        places: list[Place] = [
            (index, -1),
            *((index, number) for number in range(len(cell.get("outputs", ())))),
        ]
        for place in places:
            setting = setter(place)
            try:
                markup = (
                    _cell(cell, place, read, settings, setting)
                    if place[1] < 0
                    else _output(cell.outputs[place[1]], place, read, settings, setting)
                )
            except PressError:
                raise
            except Exception as fault:
                raise PressError(*read.place(index), f"{type(fault).__name__}: {fault}") from fault
            if markup:
                yield _Piece(place, markup, setting.wide, frozenset(setting.replaced))


def _cell(cell: Any, place: Place, read: Content, settings: PDFReportExporter, setting: Setter) -> str:
    if cell.cell_type == "markdown":
        return setting.html(read.html[place])
    if cell.cell_type == "raw" and cell.source.strip():
        return f"#listing[{setting.raw(cell.source, block=True)}]"
    if cell.cell_type == "code" and settings.include_code and cell.source.strip():
        return f"#source[{setting.raw(cell.source, block=True)}]"
    return ""


def _output(output: Any, place: Place, read: Content, settings: PDFReportExporter, setting: Setter) -> str:
    mime, data, metadata = content.choose(output)
    if mime == content.CHART:
        return _chart(data, place, read, setting)
    if mime in ("text/markdown", "text/latex"):
        return setting.html(read.html[place])
    if mime == "text/html":
        setting.outlined = False
        where = read.where(place[0])
        return setting.html(content.embed_images(content.safe(data), {}, read.folder, where))
    if mime in content.IMAGES:
        alt = str(metadata.get("alt") or "") or content.undescribed(read.where(place[0]))
        width = metadata.get("width")
        points = width * 0.75 if isinstance(width, int | float) and 0 < width < 10_000 else None
        return setting.image(content.attached(data, mime), alt, points)
    frame = {content.STDERR: "messages", content.ERROR: "failure"}.get(mime, "listing")
    text = _text(content.terminal(data), frame, settings, setting)
    if mime in content.SHOWN:
        return text
    return "\n\n".join(filter(None, [setting.unshown(content.unshown(mime)), text]))


def _text(text: str, frame: str, settings: PDFReportExporter, setting: Setter) -> str:
    """Plain text, cut where it is long."""
    if not text.strip():
        return ""
    lines = text.rstrip("\n").split("\n")
    most = settings.max_lines
    shown = "\n".join(lines[:most])
    left_out = []
    if len(lines) > most:
        left_out.append(f"{len(lines) - most:,} more lines")
    if len(shown) > 100 * most:
        left_out.insert(0, f"{len(shown) - 100 * most:,} more characters")
        shown = shown[: 100 * most]
    cut = setting.unshown(f"{' and '.join(left_out)} of this text left out in print.") if left_out else ""
    return f"#{frame}[{setting.raw(shown, block=True)}]\n\n{cut}".rstrip()


def _chart(data: Any, place: Place, read: Content, setting: Setter) -> str:
    if not isinstance(data, dict) or not isinstance(data.get("wide"), str) or not data.get("alt"):
        raise PressError(*read.place(place[0]), "a chart needs its drawing (wide) and its alt text (alt)")
    name = f"{setting.name}-chart.svg"
    (setting.folder / name).write_text(setting.drawing(data["wide"]), encoding="utf-8")
    note = setting.html(read.html[place])
    anchor = f"#metadata(none)#label({string(str(data['id']))})" if data.get("id") in setting.targets else ""
    return (
        f"{anchor}#chart({string(setting.name)}, title: [{setting.text(str(data.get('title', '')))}],"
        f" subtitle: [{setting.text(str(data.get('subtitle', '')))}],"
        f" note: [{note}],"
        f" width => image({string(name)}, alt: {string(setting.drawable(str(data['alt'])))}, width: width))"
    )


# ---------------------------------------------------------------- the document


def _main(read: Content, pieces: list[_Piece], setting: Setter) -> str:
    """The main file: settings, title, pieces in order with turned pages around wide ones, colophon."""
    about = read.document
    language = re.fullmatch(r"([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{2}))?(?:[-_].*)?", about.language)
    authors = "".join(f"{string(setting.drawable(author))}, " for author in about.authors)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    lines = [
        '#import "report.typ": *',
        f"#show: report.with(title: {string(setting.drawable(about.title))},",
        f"  subtitle: {string(setting.drawable(about.subtitle))}, authors: ({authors}),",
        f"  description: {string(setting.drawable(about.description))},",
        f"  language: {string(language[1].lower()) if language else string('en')},",
        f"  region: {string(language[2].upper()) if language and language[2] else 'none'},",
        f"  date: {'auto' if epoch.isdigit() else 'none'})",
    ]
    if not read.titled:
        lines += [f"#masthead[{setting.text(about.title)}]", "#contents()"]
    for turned, group in _grouped(pieces):
        leads = _leads(group)
        # a chart that is led by words moves with them; any other stands where it is
        before = [False, *leads]
        included = [_included(piece, leads[at], before[at]) for at, piece in enumerate(group)]
        lines += ["#page(flipped: true)[", *included, "]"] if turned else included
    if read.footer:
        lines.append(f"#colophon[{setting.html(read.footer)}]")
    return "\n".join(lines) + "\n"


def _included(piece: _Piece, lead: bool, led: bool) -> str:
    line = f'#include "{piece.file}.typ"'
    if lead:
        line = f"#leading[{line}]"
    elif _CHART in piece.markup and not led:
        line = f"#foothold({string(piece.file)})\n{line}"
    line += "\n"
    if piece.replaced:
        names = ", ".join(
            " ".join(f"U+{ord(letter):04X}" for letter in text) for text in sorted(piece.replaced)
        )
        stands = f"\ufffd stands for what no font at hand can draw: {names}."
        line += f"#unshown[#{string(stands)};]\n"
    return line


def _grouped(pieces: list[_Piece]) -> list[tuple[bool, list[_Piece]]]:
    """Runs of pieces, each with whether its page is turned; words that lead up to a wide table go along."""
    groups: list[tuple[bool, list[_Piece]]] = []
    for piece in pieces:
        if groups and groups[-1][0] == piece.wide:
            groups[-1][1].append(piece)
            continue
        led = _leading(groups[-1][1]) if piece.wide and groups else []
        if led:
            del groups[-1][1][-len(led) :]
        groups.append((piece.wide, [*led, piece]))
    return [(turned, group) for turned, group in groups if group]


def _leading(pieces: list[_Piece]) -> list[_Piece]:
    """The last pieces back to a heading, or to that of the chapter, if they are a few words each."""
    led = 0
    for count in range(1, len(pieces) + 1):
        if not _few_words(pieces[-count]):
            break
        if pieces[-count].markup.startswith("#heading("):
            led = count
        if pieces[-count].markup.startswith("#heading(level: 1)"):
            break
    return pieces[-led:] if led else []


def _leads(group: list[_Piece]) -> list[bool]:
    """Which pieces are the few words between a heading and a chart or table, which they stay with."""
    leads = [False] * len(group)
    for place, piece in enumerate(group):
        before = place - 1
        if _CHART not in piece.markup and "#sheet(" not in piece.markup:
            continue
        while before >= 0 and _few_words(group[before]) and not group[before].markup.startswith("#heading("):
            before -= 1
        if before >= 0 and _few_words(group[before]):
            leads[before:place] = [True] * (place - before)
    return leads


_CHART = "#chart("


def _few_words(piece: _Piece) -> bool:
    figures = ("#sheet(", _CHART, "#picture(", "#listing[", "#messages[", "#failure[", "#masthead[", "#list(")
    return len(piece.markup) < 1500 and not any(figure in piece.markup for figure in figures)


# ---------------------------------------------------------------- what Typst refuses

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_WHERE = re.compile(r"(\d{4,})-(\d{3})(?:-\w+)?\.\w+:")
_CONTENT = re.compile(
    r"failed to (?:decode|load|parse)|unknown (?:image|variable)|image format|SVG"
    r"|unexpected|expected|unclosed"
)


def _give_way(refusal: Any, nb: Any, read: Content, plainly: set[Place], undrawable: set[str]) -> bool:
    """Note what to set otherwise at the next try; whether there is anything."""
    diagnostic = _errors(refusal)
    missing = {_unescaped(text) for text in _MISSING.findall(diagnostic)} - undrawable - {""}
    undrawable |= missing
    if missing or not _CONTENT.search(str(refusal.message)):
        return bool(missing)
    places = {(int(index), int(number) - 1) for index, number in _WHERE.findall(diagnostic)}
    new = {place for place in places - plainly if place[0] < len(nb.cells) and not _is_chart(nb, place)}
    plainly |= new
    return bool(new)


def _errors(refusal: Any) -> str:
    """The diagnostic without its warnings."""
    return "".join(
        part
        for part in re.split(r"(?m)^(?=error:|warning:)", str(refusal.diagnostic))
        if part.startswith("error:")
    )


def _is_chart(nb: Any, place: Place) -> bool:
    index, number = place
    return number >= 0 and content.choose(nb.cells[index].outputs[number])[0] == content.CHART


def _unescaped(text: str) -> str:
    text = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\\(.)", r"\1", text)


def _explained(refusal: Any, read: Content) -> PressError:
    """Typst's refusal with the notebook and cell it is about."""
    place = _WHERE.search(_errors(refusal))
    message = f"Typst: {refusal.message}"
    try:
        return PressError(*read.place(int(place[1])), message) if place else PressError("report", 0, message)
    except IndexError:
        return PressError("report", 0, message)
