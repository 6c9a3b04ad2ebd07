"""One HTML page of a notebook: cells set in order, contents, fonts and script inside it. Nothing is fetched.

Not for reading the notebook or judging its text (content.py), nor for the final filter (safety.py).
"""

import base64
import colorsys
import functools
import hashlib
import html as html_escapes
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
import lxml.html
from markupsafe import Markup

from reported.press import content, fonts, safety
from reported.press.content import Content, PressError

_TEMPLATES = Path(__file__).parent / "templates"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Part:
    """A piece of a cell to show. `kind`: text, chart, picture or printed; each uses its own fields."""

    kind: str
    html: Any = ""
    is_output: bool = False
    keeps_colours: bool = False
    title: str = ""
    subtitle: str = ""
    note: Any = ""
    anchor: str = ""
    wide: Any = ""
    narrow: Any = ""
    address: str = ""
    alt: str = ""
    width: int = 0
    stream: str = ""
    label: str = ""
    name: str = ""


@dataclass
class Cell:
    """A cell as the page shows it: its parts, then its code. `name` tells a reader which cell it is."""

    name: str
    parts: list[Part] = field(default_factory=list)
    code: str = ""
    opens_chapter: bool = False

    @property
    def manner(self) -> str:
        """How it is set: words alone; prose made by code, whose disclosure can stand beside it; silent code."""
        if not self.parts:
            return "silent"
        if any(part.kind != "text" or "<table" in part.html for part in self.parts):
            return ""
        return "prose" if self.code else "words"


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    id: str
    text: str
    parts: list["Entry"] = field(default_factory=list)


def render(notebook: Any, resources: Mapping[str, Any]) -> str:
    """The page. `resources` are nbconvert's: `metadata.name` and `metadata.path` say where the notebook is.

    Raises PressError when an output cannot be set.
    """
    read = content.read(notebook, resources, "html")
    cells = [_cell(notebook, index, read) for index in range(len(notebook.cells))]
    heading = _finish(cells, read)
    script = (_TEMPLATES / "page.js").read_text("utf-8")
    fields = {
        "document": read.document,
        "heading": heading,
        "cells": [cell for cell in cells if cell.parts or cell.code],
        "contents": _contents(read.headings),
        "footer": Markup(safety.clean_html(read.footer)),
        "script": Markup(script),
        "style": Markup((_TEMPLATES / "page.css").read_text("utf-8")),
        "policy": _policy(script),
    }
    template = _template()
    # every character that the page without its fonts holds, a superset of those it shows
    characters = html_escapes.unescape(template.render(fields, fonts=""))
    return template.render(fields, fonts=Markup(fonts.font_faces(characters))) + "\n"


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(_TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined).get_template(
        "page.html"
    )


def _policy(script: str) -> str:
    """Content-Security-Policy: nothing from anywhere; the page's own script, known by its hash."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _contents(headings: list[tuple[int, str, str]]) -> list[Entry]:
    """Chapters with their sections, where there are enough to need a table of contents."""
    entries: list[Entry] = []
    for level, name, text in headings:
        if not text:
            continue  # a heading that is a picture
        if level == 2:
            entries.append(Entry(name, text))
        elif level == 3 and entries:
            entries[-1].parts.append(Entry(name, text))
    return entries if len(entries) > 1 else []


# ---------------------------------------------------------------- cells and their outputs


def _cell(notebook: Any, index: int, read: Content) -> Cell:
    source = notebook.cells[index]
    file, number = read.place(index)
    cell = Cell(read.where(index))
    if source.cell_type == "markdown":
        cell.parts.append(Part("text", read.html[index, -1]))
        cell.opens_chapter = bool(read.document.shift) and cell.parts[0].html.startswith("<h2")
    elif source.cell_type == "raw" and source.source.strip():
        text = html_escapes.escape(content.visible(source.source))
        cell.parts.append(Part("printed", Markup(text), stream="raw", label="Raw text", name=cell.name))
    elif source.cell_type == "code":
        if source.source.strip():
            cell.code = _highlighted(source.source, _language(notebook))
        for place in range(len(source.get("outputs", ()))):
            try:
                cell.parts += _output(source.outputs[place], (index, place), read)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise PressError(file, number, f"output {place + 1} cannot be shown: {error}") from error
    return cell


def _output(output: Any, place: content.Place, read: Content) -> list[Part]:
    mime, data, metadata = content.choose(output)
    where = read.where(place[0])
    if mime == content.CHART:
        return [_chart(data, place, read)]
    if place in read.html:
        return [Part("text", read.html[place])]
    if mime == "text/html":
        return [_html_output(data, read, where)]
    if mime in content.IMAGES:
        return [_picture(mime, data, metadata, where)]
    parts = [] if mime in content.SHOWN else [_line(content.unshown(mime))]
    if data.strip():
        parts.append(_printed(mime, data, where))
    return parts


def _line(text: str) -> Part:
    """A plain line that stands for something that cannot be shown."""
    return Part("text", str(Markup('<p class="unshown">{}</p>').format(text)))


def _printed(mime: str, text: str, where: str) -> Part:
    stream, label = _STREAMS.get(mime, ("stdout", ""))
    return Part("printed", Markup(_terminal(text)), stream=stream, label=label, name=where)


_STREAMS = {content.STDERR: ("stderr", "Messages"), content.ERROR: ("error", "Error")}


def _chart(data: Mapping[str, Any], place: content.Place, read: Content) -> Part:
    alt = content.visible(str(data["alt"])).strip()
    if not alt:
        raise ValueError("a chart has no alt text")
    prefix = f"c{place[0]}-{place[1]}"
    anchor = str(data.get("id", ""))
    return Part(
        "chart",
        anchor=anchor if re.fullmatch(r"[A-Za-z][\w-]*", anchor) else "",
        title=content.visible(str(data.get("title", ""))),
        subtitle=content.visible(str(data.get("subtitle", ""))),
        note=read.html.get(place, ""),
        wide=_drawing(data["wide"], f"{prefix}w-", alt, "page-wide"),
        narrow=_drawing(data.get("narrow") or data["wide"], f"{prefix}n-", alt, "page-narrow"),
    )


def _drawing(svg: str, prefix: str, alt: str, kind: str) -> Markup:
    """A drawing as one picture with its alt text; matplotlib's joins, set in its style sheet, are kept."""
    drawn = safety.clean_drawing(content.visible(svg), prefix)
    opening = Markup(
        '<svg class="{}" role="img" aria-label="{}" stroke-linejoin="round" stroke-linecap="butt"'
    )
    return opening.format(kind, alt) + Markup(drawn.removeprefix("<svg"))


def _html_output(data: str, read: Content, where: str) -> Part:
    html = content.embed_images(content.safe(data), {}, read.folder, where)
    part = Part("text", html, is_output=True)
    # colours that somebody chose for white paper keep white paper under them
    part.keeps_colours = re.search(r'style="[^"]*(?:color|background)', part.html) is not None
    return part


def _picture(mime: str, data: Any, metadata: Mapping[str, Any], where: str) -> Part:
    picture = content.attached(data, mime)
    kind = content.image_type(picture)
    if kind is None:
        return _line(f"[Image not shown ({mime} of {where} cannot be read)]")
    width = metadata.get("width")
    return Part(
        "picture",
        address=content.data_uri(picture, kind),
        alt=content.visible(str(metadata.get("alt") or "")) or content.undescribed(where),
        width=round(width) if isinstance(width, int | float) else 0,
    )


def _terminal(text: str) -> str:
    """What was printed, as HTML; colours as classes, so that they suit light and dark."""
    kept = content.terminal(text, keep_colours=True)
    if "\x1b[" not in kept:
        return html_escapes.escape(kept)
    from nbconvert.filters import ansi2html  # here, because most notebooks print no colours

    return re.sub(r' style="([^"]*)"', _named_colours, ansi2html(kept))  # type: ignore[no-untyped-call]


def _named_colours(style: re.Match[str]) -> str:
    """The nearest of six named colours for each `rgb(…)` of a span; none for greys."""
    names = []
    for ground, *channels in re.findall(r"(background-)?color: ?rgb\((\d+), ?(\d+), ?(\d+)\)", style[1]):
        red, green, blue = (int(channel) / 255 for channel in channels)
        hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        if saturation > 0.2:
            name = ("red", "yellow", "green", "cyan", "blue", "magenta")[round(hue * 6) % 6]
            names.append(f"ansi-{name}-{'bg' if ground else 'fg'}")
    return f' class="{" ".join(names)}"' if names else ""


def _language(notebook: Any) -> str:
    """The language of the notebook's code, as Pygments calls it."""
    metadata = notebook.metadata
    info = metadata.get("language_info", {})
    name = info.get("pygments_lexer") or info.get("name") or metadata.get("kernelspec", {}).get("language")
    return "python" if not name or str(name).startswith("ipython") else str(name)


@functools.cache
def _lexer(language: str) -> Any:
    if language == "python":
        from pygments.lexers.python import PythonLexer  # by name takes a tenth of a second longer

        return PythonLexer()
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return get_lexer_by_name("text")


@functools.cache
def _formatter() -> Any:
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)


def _highlighted(code: str, language: str) -> Markup:
    from pygments import highlight

    return Markup(highlight(content.visible(code), _lexer(language), _formatter()).rstrip("\n"))


# ---------------------------------------------------------------- the page as a whole


def _finish(cells: list[Cell], read: Content) -> Markup:
    """Fit the cells' HTML to each other and filter it, in place. Returns the page's `<h1>`."""
    texts = [part for cell in cells for part in cell.parts if part.kind == "text" and part.html]
    notes = [part for cell in cells for part in cell.parts if part.note]
    trees = [lxml.html.fragment_fromstring(part.html, create_parent="div") for part in texts]
    note_trees = [lxml.html.fragment_fromstring(part.note, create_parent="div") for part in notes]
    _fit_headings(zip(texts, trees, strict=True))
    _keep_first_ids([*trees, *note_trees], read)
    _mark_row_links([*trees, *note_trees])
    heading = _take_title(trees, read)
    labels: Counter[str] = Counter()
    for tree in trees:
        _mend(tree)
        _frame_wide_things(tree, labels)
        _highlight_listings(tree)
    for part, tree in zip(texts, trees, strict=True):
        part.html = _filtered(tree)
    for part, tree in zip(notes, note_trees, strict=True):
        part.note = _filtered(tree)
    return heading


def _filtered(tree: Any) -> Markup:
    html: str = lxml.html.tostring(tree, encoding="unicode")
    return Markup(safety.clean_html(html.removeprefix("<div>").removesuffix("</div>")))


def _fit_headings(texts: Iterator[tuple[Part, Any]]) -> None:
    """Put headings inside outputs one level under the heading above them: the page has one order."""
    level = 1
    for part, tree in texts:
        for element in tree.iter(*_HEADINGS):
            if part.is_output:
                element.tag = f"h{min(level + 1, 6)}"
            else:
                level = int(element.tag[1])


def _keep_first_ids(trees: list[Any], read: Content) -> None:
    """Leave every id to one element, a heading before others: an address that leads to two leads astray."""
    headings = {name for _, name, _ in read.headings}
    taken: set[str] = set()
    for tree in trees:
        for element in tree.xpath(".//*[@id]"):
            name = element.get("id")
            if name in taken or (name in headings and element.tag not in _HEADINGS):
                del element.attrib["id"]
            taken.add(name)


def _mark_row_links(trees: list[Any]) -> None:
    """Mark links to a row of a table, which the page's script shows in place."""
    rows = {row.get("id") for tree in trees for row in tree.iter("tr") if row.get("id")}
    for tree in trees:
        for link in tree.iter("a"):
            if link.get("href", "")[:1] == "#" and link.get("href")[1:] in rows:
                link.set("class", f"{link.get('class', '')} to-row".strip())


def _take_title(trees: list[Any], read: Content) -> Markup:
    """The `<h1>` for the head of the page: taken from the top of the text, or made from the title."""
    if not read.titled:
        return Markup("<h1>{}</h1>").format(read.document.title)
    first = next(iter(trees[0]), None) if trees else None
    if first is None or first.tag != "h1" or (trees[0].text or "").strip():
        return Markup()  # something stands above it: it stays where it is
    first.tail, rest = None, first.tail
    trees[0].remove(first)
    trees[0].text = rest
    return Markup(safety.clean_html(lxml.html.tostring(first, encoding="unicode")))


_FUNCTION_APPLIED = "\N{FUNCTION APPLICATION}"


def _mend(tree: Any) -> None:
    """Set variables of formulas in the text's own italics; put right what parsing made of an invisible sign."""
    for name in tree.iter("mi"):
        if len(name.text or "") == 1 and not name.get("mathvariant"):
            name.set("class", "page-variable")
    for operator in tree.iter("mo"):
        # the invisible sign between a function and its argument is none to write out
        if operator.text == content.visible(_FUNCTION_APPLIED):
            operator.text = _FUNCTION_APPLIED
            argument = operator.getparent().getnext()
            if argument is not None and argument.get("form") != "prefix":
                operator.addnext(lxml.html.fragment_fromstring('<mspace width="0.17em"></mspace>'))


def _frame_wide_things(tree: Any, labels: Counter[str]) -> None:
    """Let tables, listings and formulas scroll by themselves; the label names them to a screen reader."""
    for table in tree.iter("table"):
        if next(table.iterancestors("table"), None) is not None:
            continue
        caption = table.find("caption")
        if caption is not None:
            table.set("class", f"page-titled {table.get('class', '')}".strip())
        _set_widths(table)
        frame = lxml.html.Element("div")
        frame.set("class", "page-table")
        label = (_label(caption) if caption is not None else "") or "Table"
        labels[label] += 1
        frame.set("data-label", label if labels[label] == 1 else f"{label} ({labels[label]})")
        table.addprevious(frame)
        frame.tail, table.tail = table.tail, None
        frame.append(table)
    for listing in tree.iter("pre"):
        listing.set("data-label", "Listing")
    for formula in tree.iter("math"):
        parent = formula.getparent()
        if formula.get("display") == "block" and parent.tag == "p":
            parent.set("data-label", "Formula")


def _set_widths(table: Any) -> None:
    """Give a table the column widths that it asks for, as shares (`data-widths="3 2 1"`)."""
    shares = [float(share) for share in re.findall(r"\d+(?:\.\d+)?", table.get("data-widths", ""))]
    columns_shown = max(
        (sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")), default=0
    )
    if not sum(shares) or len(shares) != columns_shown or table.find("colgroup") is not None:
        return
    table.set("class", f"page-shared {table.get('class', '')}".strip())
    columns = lxml.html.Element("colgroup")
    for share in shares:
        column = lxml.html.Element("col")
        column.set("style", f"width: {100 * share / sum(shares):.4g}%")
        columns.append(column)
    table.insert(0 if table.find("caption") is None else 1, columns)


def _label(element: Any) -> str:
    return " ".join(element.text_content().split())


def _highlight_listings(tree: Any) -> None:
    """Colour code that Markdown shows as a listing and names the language of."""
    for listing in tree.iter("pre"):
        code = listing.find("code")
        language = (code.get("class") or "").removeprefix("language-") if code is not None else ""
        if not language or len(code):
            continue
        coloured = lxml.html.fragment_fromstring(
            str(_highlighted(code.text or "", language)), create_parent="code"
        )
        listing.set("class", "page-highlight")
        listing.replace(code, coloured)
