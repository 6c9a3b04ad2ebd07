"""What a notebook holds, made safe to set on a page: Markdown, output choice, images, hostile text.

Both exporters start from the HTML made here; what a page looks like is theirs. Nothing is fetched.
"""

import base64
import functools
import html as html_escapes
import importlib.util
import json
import re
import subprocess
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import lxml.etree
import lxml.html

CHART = "application/vnd.reported.chart+json"
STDOUT = "application/vnd.jupyter.stdout"
STDERR = "application/vnd.jupyter.stderr"
ERROR = "application/vnd.jupyter.error"
IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
PREFERENCE = (CHART, "text/html", "text/markdown", *IMAGES, "text/latex", "text/plain")
# What both exporters can show; any other type `choose` returns is to be replaced by `unshown(mime)`.
SHOWN = frozenset({*PREFERENCE, STDOUT, STDERR, ERROR})

Place = tuple[int, int]  # (cell index, output index); -1 instead of an output: the cell's own text


class PressError(Exception):
    """A page cannot be made. Names the notebook and the cell, counted from 1 (0: no single cell)."""

    def __init__(self, notebook: str, cell_number: int, message: str) -> None:
        where = f"{notebook}, cell {cell_number}" if cell_number else notebook
        super().__init__(f"{where}: {message}")
        self.notebook, self.cell_number, self.message = notebook, cell_number, message


# ---------------------------------------------------------------- text that hides something

# Characters that are drawn as nothing or turn the order of what follows: controls, marks and
# overrides of direction, zero-width spaces, tag characters, halves of surrogate pairs. Joiners are
# left where writing needs them (after Arabic, Indic, emoji; never after Latin or Cyrillic).
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
    "|(?<![\u0600-\U0010ffff])[\u200c\u200d]"
)
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|[A-Za-z]+);?")


def visible(text: str) -> str:
    """The text with hidden characters written out, as in ⟨U+202E⟩; tabs and line ends stay.

    >>> visible("abc\\u202edef")
    'abc⟨U+202E⟩def'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def _visible_source(html: str) -> str:
    """`visible` for HTML source: also where a hidden character is written as a reference."""

    def written_out(reference: re.Match[str]) -> str:
        number = re.fullmatch(r"&#([xX]?)([0-9a-fA-F]+);?", reference[0])
        try:
            # html.unescape follows browsers, which drop some numbers: read those ourselves
            text = (
                chr(int(number[2], 16 if number[1] else 10))
                if number
                else html_escapes.unescape(reference[0])
            )
        except (ValueError, OverflowError):
            return "�"
        return visible(text) if _HIDDEN.search(text) else reference[0]

    return visible(_REFERENCE.sub(written_out, html))


_ANSI = re.compile(r"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


def terminal(text: str, keep_colours: bool = False) -> str:
    """What a terminal would show of a stream: returns and backspaces done, other controls written out.

    Escape sequences go, except, with `keep_colours`, colour codes (`ESC [ … m`), which
    nbconvert's `ansi2html` reads (it escapes HTML itself).
    """
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.rstrip("\r").rsplit("\r", 1)[-1]
        while (shorter := re.sub("[^\x08]\x08|^\x08+", "", line)) != line:
            line = shorter
        lines.append(line)
    kept = "\n".join(lines)
    if not keep_colours:
        return visible(_ANSI.sub("", kept))
    pieces = re.split(r"(\x1b\[[0-9;]*m)", kept)
    return "".join(
        piece if place % 2 else visible(_ANSI.sub("", piece)) for place, piece in enumerate(pieces)
    )


# ---------------------------------------------------------------- which form of an output

_NO_TEXT = re.compile(r"(?is)<(script|style)\b.*?(</\1\s*>|\Z)|<!--.*?-->|<[^>]*>|\s+")


def choose(output: Mapping[str, Any]) -> tuple[str, Any, dict[str, Any]]:
    """The form of an output that a page shows best: (mime type, data, metadata of that form).

    Streams and errors come as `STDOUT`, `STDERR` and `ERROR` with their text as data. An output
    whose only forms need a running kernel or script (a widget, a plotly chart without a picture)
    comes under that type, which is not in `SHOWN`, with its plain text as data: say `unshown(mime)`.
    """
    kind = output["output_type"]
    if kind == "stream":
        return (STDERR if output.get("name") == "stderr" else STDOUT), _joined(output.get("text", "")), {}
    if kind == "error":
        traceback = "\n".join(_joined(line) for line in output.get("traceback", ()))
        return ERROR, traceback or f"{output.get('ename', '')}: {output.get('evalue', '')}", {}
    bundle = output.get("data", {})
    mime = next((mime for mime in PREFERENCE if mime in bundle), "")
    if mime == "text/html" and not _NO_TEXT.sub("", _joined(bundle[mime])):
        # a script draws it: a picture beside it says more
        mime = next((picture for picture in IMAGES if picture in bundle), mime)
    richer = sorted(set(bundle) - {"text/plain"})
    if mime == "text/plain" and richer:
        return richer[0], _joined(bundle[mime]), {}
    if not mime:
        return (richer or ["text/plain"])[0], "", {}
    data = bundle[mime]
    metadata = output.get("metadata", {})
    return mime, data if mime == CHART else _joined(data), dict(metadata.get(mime, metadata))


def _joined(data: Any) -> str:
    """Notebook text, which nbformat allows to be a list of lines."""
    if isinstance(data, list):
        return "".join(map(str, data))
    return data if isinstance(data, str) else json.dumps(data)


def unshown(mime: str) -> str:
    """The plain line that stands where an output of this type would."""
    names = {
        "application/javascript": "A script",
        "application/vnd.jupyter.widget-view+json": "An interactive control",
        "application/vnd.plotly.v1+json": "An interactive chart",
        "application/vnd.bokehjs_exec.v0+json": "An interactive chart",
        "application/vnd.vegalite.v5+json": "An interactive chart",
        "application/pdf": "A PDF document",
    }
    name = names.get(mime, f"An output of type {visible(mime)}")
    return f"{name} cannot be shown on a page; it needs the notebook."


# ---------------------------------------------------------------- Markdown

_ENVIRONMENT = re.compile(r"(?ms)^\\begin\{(\w+\*?)\}.*?\\end\{\1\}[ \t]*$")
_FENCED = re.compile(r"(?ms)^( {0,3}(?:```+|~~~+)).*?(?:^\1[`~]*[ \t]*$|\Z)|\$\$.*?\$\$")


def _with_environments(source: str) -> str:
    """Jupyter sets a bare `\\begin{align}…\\end{align}` as mathematics; pandoc wants dollar signs."""
    pieces, end = [], 0
    for fenced in [*_FENCED.finditer(source), None]:
        between = source[end : fenced.start() if fenced else None]
        pieces.append(_ENVIRONMENT.sub(lambda found: f"$$\n{found[0]}\n$$", between))
        if fenced:
            pieces.append(fenced[0])
            end = fenced.end()
    return "".join(pieces)


@functools.cache
def _pandoc() -> str:
    """The pandoc binary inside the pypandoc wheel (asking pypandoc for it takes a quarter of a second)."""
    package = importlib.util.find_spec("pypandoc")
    folders = package.submodule_search_locations if package else None
    for folder in folders or ():
        for name in ("pandoc", "pandoc.exe"):
            if (binary := Path(folder, "files", name)).is_file():
                return str(binary)
    raise FileNotFoundError("pandoc is missing: pip install pypandoc_binary")


def convert_markdown(sources: Sequence[str], to: Literal["html", "print"], shift: int = 0) -> list[str]:
    """HTML of each Markdown source, in order, as JupyterLab would read it; one pandoc process for all.

    `to="html"` sets formulas as MathML; `to="print"` as `<span class="formula" data-typst=…>TeX</span>`
    for press.pdf (no `data-typst` where pandoc cannot read the TeX). Footnotes are numbered through
    and stay with their source. Heading ids are unique over all sources, the same for both forms, and
    levels neither skip nor repeat the first: at most one `<h1>`, none when `shift` is 1. The HTML is
    well-formed and has been through `safe`, except for images: see `embed_images`.
    """
    written = [_with_environments(visible(source)) for source in sources]
    request = json.dumps({"to": to, "sources": written})
    script = Path(__file__).parent / "templates" / "markdown.lua"
    run = subprocess.run(
        [_pandoc(), "lua", str(script)], input=request.encode(), capture_output=True, timeout=120, check=False
    )
    if run.returncode:
        raise ChildProcessError(f"pandoc failed: {run.stderr.decode(errors='replace').strip()[-500:]}")
    answers: list[str | Literal[False]] = json.loads(run.stdout)
    fragments = [
        _parsed(answer)
        if isinstance(answer, str)
        else _parsed(f"<p>{UNREADABLE}</p><pre>{html_escapes.escape(source)}</pre>")
        for answer, source in zip(answers, written, strict=True)
    ]
    for fragment in fragments:
        _disarm(fragment)
    _order_headings([heading for fragment in fragments for heading in fragment.iter(*_LEVELS)], shift)
    _resolve_anchors(fragments)
    return [_serialised(fragment) for fragment in fragments]


UNREADABLE = "This text could not be read as Markdown and stands as written:"
_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _order_headings(headings: list[Any], shift: int) -> None:
    """Give headings their ids and levels, in place: see `convert_markdown`."""
    taken: set[str] = set()
    headings = [heading for heading in headings if not _dropped_if_empty(heading)]
    levels = [int(heading.tag[1]) for heading in headings]
    titled = not shift and levels[:1] == [1]
    # a notebook that uses several h1 means the first as its title and the others as chapters
    extra = shift or int(levels.count(1) > titled)
    before = 0 if titled else 1
    for place, heading in enumerate(headings):
        level = 1 if titled and place == 0 else min(max(levels[place] + extra, 2), before + 1, 6)
        heading.tag, before = f"h{level}", level
        heading.set("id", _unique(slug(words(heading)) or "section", taken))


def _dropped_if_empty(heading: Any) -> bool:
    """Whether a heading has no words: it is no heading then, and goes, or stays as its picture."""
    if words(heading):
        return False
    if heading.find(".//img") is None:
        heading.drop_tree()
    else:
        heading.tag = "p"
    return True


def slug(text: str) -> str:
    """A heading's anchor, GitHub's way: lower case, no punctuation, spaces as hyphens."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def _unique(wanted: str, taken: set[str]) -> str:
    name, count = wanted, 0
    while name in taken:
        count += 1
        name = f"{wanted}-{count}"
    taken.add(name)
    return name


def _resolve_anchors(fragments: list[Any]) -> None:
    """Point links written in Jupyter's form (`#Some-Heading`) at the ids that headings have here."""
    known = {element.get("id") for fragment in fragments for element in fragment.iter() if element.get("id")}
    for fragment in fragments:
        for link in fragment.iter("a"):
            target = link.get("href", "")
            if target.startswith("#") and target[1:] not in known:
                name = slug(urllib.parse.unquote(target[1:]))
                if name in known:
                    link.set("href", f"#{name}")


def words(element: Any) -> str:
    """The words of an element, spaces collapsed; formulas as TeX, footnotes' numbers left out."""

    def walk(node: Any) -> Iterator[str]:
        if "footnote-ref" in node.get("class", ""):
            return
        if node.tag == "math" and (tex := node.findtext(".//annotation")):
            yield tex
            return
        yield node.text or ""
        for child in node:
            yield from walk(child)
            yield child.tail or ""

    return " ".join("".join(walk(element)).split())


def headings_in(fragments: Iterable[str]) -> list[tuple[int, str, str]]:
    """(level, id, text) of every heading in pieces of HTML that `convert_markdown` made."""
    return [
        (int(heading.tag[1]), heading.get("id", ""), words(heading))
        for fragment in fragments
        if "<h" in fragment
        for heading in _parsed(fragment).iter(*_LEVELS)
    ]


# ---------------------------------------------------------------- HTML that may be hostile


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_TAGS = _words(
    "a abbr address article aside b bdi blockquote br caption center cite code col colgroup data dd del",
    "details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label",
    "li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup",
    "table tbody td tfoot th thead time tr tt u ul var wbr",
    # mathematics
    "math semantics annotation mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded",
    "mphantom menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd",
)
_SILENT = _words("style head link meta base title template noscript")
_ATTRIBUTES = _words(
    "id class href title alt src colspan rowspan scope lang dir start reversed value type width height",
    "datetime cite abbr headers role align valign color open",
)
_MATH_ATTRIBUTES = _words(
    "xmlns display encoding mathvariant stretchy form fence separator accent accentunder columnalign",
    "columnspacing rowspacing linethickness lspace rspace minsize maxsize symmetric largeop movablelimits",
    "width height depth notation rowspan columnspan displaystyle scriptlevel",
)
_STYLE = re.compile(
    r"(?i)^(?:background-color|background|color|font-weight|font-style|text-align|text-decoration|white-space"
    r"|width|padding-left|padding-right)$"
)
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "doi"})
_NAMED = {
    "script": "a script",
    "iframe": "an embedded page",
    "frame": "an embedded page",
    "object": "an embedded object",
    "embed": "an embedded object",
    "applet": "an embedded object",
    "video": "a video",
    "audio": "a recording",
    "canvas": "a drawing made by a script",
    "form": "a form",
    "input": "a form field",
    "select": "a form field",
    "textarea": "a form field",
    "button": "a button",
    "svg": "a drawing",
}


def safe(html: str) -> str:
    """HTML of an output that can do nothing but show: well-formed, hidden characters written out.

    Elements, attributes, styles and addresses are kept by list. A Styler's own style sheet is
    written into its cells' `style`; other style sheets are dropped. Inline drawings become images.
    Whatever else a reader would have seen (scripts, frames, media, fields, links that run code) is
    taken out, and a last paragraph of class "unshown" says what. Images: see `embed_images`.
    """
    fragment = _parsed(html)
    _disarm(fragment)
    return _serialised(fragment)


def _parsed(html: str) -> Any:
    """A `div` holding the HTML."""
    source = _visible_source(html)
    source = re.sub(r"(?is)<svg\b.*?</svg\s*>", _as_image, source)
    source = re.sub(r"(?i)</?(?:html|head|body)\b[^>]*>", "", source)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    body = lxml.html.document_fromstring(f"<body><div>{source}</div></body>".encode(), parser=parser).body
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # nested beyond reading: its words are what can be kept
        return _parsed(re.sub(r"<[^<>]*>", " ", source))
    # where the source closes more than it opened, the rest stands behind our div
    fragment, *rest = body
    after, fragment.tail = fragment.tail or "", None
    if len(fragment):
        fragment[-1].tail = (fragment[-1].tail or "") + after
    else:
        fragment.text = (fragment.text or "") + after
    fragment.extend(rest)
    _flatten(fragment)
    return fragment


def _flatten(fragment: Any) -> None:
    """Undo nesting that no page needs and no reader survives."""
    depth, too_deep = 0, []
    for event, element in lxml.etree.iterwalk(fragment, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > _DEEPEST:
            too_deep.append(element)
    for element in too_deep:
        element.drop_tag()


_DEEPEST = 60


def _serialised(fragment: Any) -> str:
    """The HTML inside an element."""
    inner: str = lxml.html.tostring(fragment, encoding="unicode", with_tail=False)
    return inner[inner.index(">") + 1 : inner.rindex("<")].strip("\n") if "</" in inner else ""


def _as_image(drawing: re.Match[str]) -> str:
    """An inline drawing as an image, which can run nothing (and keeps SVG's case-sensitive names)."""
    svg = drawing[0]
    label = re.search(r'(?is)aria-label="([^"]*)"|<title[^>]*>(.*?)</title>', svg)
    alt = html_escapes.escape(html_escapes.unescape((label[1] or label[2] or "") if label else "").strip())
    return f'<img alt="{alt}" src="{data_uri(svg.encode(), "image/svg+xml")}">'


def data_uri(content: bytes, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"


def _disarm(fragment: Any) -> None:
    """Take out, in place, all that `safe` says goes."""
    sheet = "\n".join(style.text or "" for style in fragment.iter("style"))
    rules = _styler_rules(sheet)
    left_out: list[str] = []
    for element in list(fragment.iterdescendants()):
        if not isinstance(element.tag, str):
            element.drop_tree()
        elif element.tag not in _TAGS:
            _take_out(element, left_out)
        else:
            if element.get("id") in rules:
                element.set("style", f"{element.get('style', '')};{rules[element.get('id')]}")
            _keep_attributes(element, left_out)
    for cell in fragment.iter("th"):
        _scope(cell)
    if left_out:
        line = lxml.html.Element("p")
        line.set("class", "unshown")
        line.text = f"Left out here: {', '.join(dict.fromkeys(left_out))}."
        fragment.append(line)


def _take_out(element: Any, left_out: list[str]) -> None:
    if element.tag in _SILENT:
        element.drop_tree()
    elif element.tag == "input" and element.get("type") == "checkbox":
        box = "☑ " if element.get("checked") is not None else "☐ "
        element.tail = box + (element.tail or "")
        element.drop_tree()
    elif element.tag in _NAMED:
        address = element.get("src") or element.get("data") or ""
        left_out.append(_NAMED[element.tag] + (f" ({address})" if address else ""))
        element.drop_tree()
    else:
        element.drop_tag()


def _keep_attributes(element: Any, left_out: list[str]) -> None:
    mathematics = element.tag in {"math", "semantics", "annotation"} or element.tag.startswith("m")
    for name, value in element.attrib.items():
        kept = name in _ATTRIBUTES or name.startswith(("data-", "aria-"))
        kept = kept or (mathematics and name in _MATH_ATTRIBUTES)
        if name == "style":
            style = _kept_style(value)
            element.attrib.pop(name)
            if style:
                element.set(name, style)
        elif not kept:
            element.attrib.pop(name)
    if element.tag == "a" and "href" in element.attrib and not _harmless(element.get("href")):
        left_out.append(f"a link to {element.get('href').strip()[:200]}")
        element.attrib.pop("href")
    elif element.tag != "a":
        element.attrib.pop("href", None)
    if element.tag != "img":
        element.attrib.pop("src", None)


def _harmless(address: str) -> bool:
    """Whether a link leads somewhere, rather than running something."""
    plain = re.sub(r"[\s\x00-\x20]|⟨U\+[0-9A-F]+⟩", "", html_escapes.unescape(address))
    scheme = re.match(r"([^/?#:]*):", plain)
    return not scheme or scheme[1].lower() in _SCHEMES


def _kept_style(style: str) -> str:
    kept = []
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if _STYLE.match(name.strip()) and not re.search(r"(?i)url|expression|import|[<>\\@{}]", value):
            kept.append(f"{name.strip().lower()}: {value.strip()}")
    return "; ".join(kept)


def _styler_rules(sheet: str) -> dict[str, str]:
    """Declarations by element id, from the style sheet that pandas' Styler writes (`#T_1_row0_col0 {…}`)."""
    rules: dict[str, str] = {}
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        for selector in selectors.split(","):
            if name := re.fullmatch(r"\s*#([\w-]+)\s*", selector):
                rules[name[1]] = f"{rules.get(name[1], '')};{' '.join(declarations.split())}"
    return rules


def _scope(cell: Any) -> None:
    """Say what a header cell heads; an empty one is an ordinary cell (it heads nothing)."""
    if not words(cell) and cell.find(".//img") is None:
        cell.tag = "td"
        cell.attrib.pop("scope", None)
    elif cell.get("scope") is None:
        within = next((parent.tag for parent in cell.iterancestors("thead", "tbody", "table")), "table")
        first = cell.getparent().getparent() is not None and cell.getparent().getprevious() is None
        cell.set("scope", "col" if within == "thead" or (within == "table" and first) else "row")


# ---------------------------------------------------------------- images


def embed_images(
    html: str, attachments: Mapping[str, Mapping[str, str]], folder: Path | None, where: str = ""
) -> str:
    """The HTML with every image inside it, as a data: address; one without a description says so, and `where`.

    `attachments` are the cell's own; other names are files beside the notebook, in `folder` (or one
    folder up, no further). An image elsewhere is never fetched: its description and address stand in
    a `<span class="unshown">` instead, as they do for a file that is missing or no image.
    """
    if "<img" not in html:
        return html
    fragment = _parsed(html)
    for image in list(fragment.iter("img")):
        found = _image(image.get("src", ""), attachments, folder)
        alt = image.get("alt", "").strip()
        if isinstance(found, str):
            line = lxml.html.Element("span")
            line.set("class", "unshown")
            line.text = f"[Image not shown{f': {alt}' if alt else ''} ({found})]"
            line.tail, image.tail = image.tail, None
            image.getparent().replace(image, line)
        else:
            image.set("src", data_uri(*found))
            image.set("alt", alt or undescribed(where))
    return _serialised(fragment)


def undescribed(where: str) -> str:
    """The alt text of an image that came without one; `where` as in "02-troops.ipynb, cell 3"."""
    return f"Image without a description{f', from {where}' if where else ''}"


def _image(
    address: str, attachments: Mapping[str, Mapping[str, str]], folder: Path | None
) -> tuple[bytes, str] | str:
    """Content and type of the image at an address, or the reason why there is none."""
    shown = address if len(address) <= 200 else address[:200] + "…"
    scheme = re.match(r"([a-zA-Z][\w+.-]*):", address)
    if address.startswith("data:"):
        content = _decoded(address)
    elif address.startswith("attachment:"):
        bundle = attachments.get(urllib.parse.unquote(address[11:])) or attachments.get(address[11:]) or {}
        content = next((attached(bundle[mime], mime) for mime in sorted(bundle)), b"")
    elif (scheme and len(scheme[1]) > 1) or address.startswith("//"):
        return f"at {shown}, which is not fetched"
    else:
        path = urllib.parse.unquote(address.partition("#")[0].partition("?")[0])
        if (
            folder is None
            or not path
            or not (folder / path).resolve().is_relative_to(folder.resolve().parent)
        ):
            return f"{shown} is not beside the notebook"
        file = folder / path
        content = file.read_bytes() if file.is_file() else b""
        if not content:
            return f"{shown} is missing"
    kind = image_type(content)
    return (content, kind) if kind else f"{shown} is no image that can be read"


def _decoded(address: str) -> bytes:
    """The bytes of a data: address, empty when it is malformed."""
    head, _, body = address.partition(",")
    try:
        return base64.b64decode(body) if head.endswith(";base64") else urllib.parse.unquote_to_bytes(body)
    except ValueError:
        return b""


def attached(data: str | Sequence[str], mime: str) -> bytes:
    """Bytes of an image as notebooks keep it: base64, or plain text for SVG. Empty when malformed."""
    text = _joined(data)
    try:
        return text.encode() if mime == "image/svg+xml" else base64.b64decode(text)
    except ValueError:
        return b""


def image_type(content: bytes) -> str | None:
    """The type of an image by its own first bytes; None when it is no image a page can hold."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in content[:4096] else None


# ---------------------------------------------------------------- a whole notebook


@dataclass(frozen=True)
class Document:
    """What a notebook says of itself (metadata key `reported`), with its title and first text as defaults."""

    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    language: str = "en"
    description: str = ""
    shift: int = 0
    source_names: Mapping[str, str] = field(default_factory=dict)
    footer: str = ""
    downloads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """A notebook made ready for a page: all its Markdown as safe HTML, by place, in order.

    `titled`: the text opens with the title as its `<h1>`; otherwise the page has to set it.
    `footer` is the document's footer as HTML; `place(index)` is a cell's notebook and number in it;
    `folder` is where images beside the notebook are.
    """

    document: Document
    html: Mapping[Place, str]
    headings: list[tuple[int, str, str]]
    titled: bool
    footer: str
    place: Callable[[int], tuple[str, int]]
    folder: Path | None = None

    def where(self, index: int) -> str:
        """A cell's name for a reader: notebook and number."""
        notebook, number = self.place(index)
        return f"{notebook}, cell {number}"


def markdown_sources(notebook: Any) -> dict[Place, str]:
    """Every Markdown text of a notebook in order: cells, Markdown and LaTeX outputs, notes of charts."""
    sources: dict[Place, str] = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            sources[index, -1] = _joined(cell.source)
        for number, output in enumerate(cell.get("outputs", ())):
            mime, data, _ = choose(output)
            if mime == "text/markdown":
                sources[index, number] = data
            elif mime == "text/latex":
                sources[index, number] = f"$$\n{data.strip().strip('$').strip()}\n$$"
            elif mime == CHART:
                sources[index, number] = str(data.get("note", ""))
    return sources


def headings(notebook: Any, shift: int) -> list[tuple[int, str, str]]:
    """(level, id, text) of every heading of a notebook, as both exporters set them."""
    return headings_in(convert_markdown(list(markdown_sources(notebook).values()), "html", shift))


def read(notebook: Any, resources: Mapping[str, Any], to: Literal["html", "print"]) -> Content:
    """All that both exporters need of a notebook before setting it; one pandoc process.

    `resources` are nbconvert's: `metadata.name` (file stem), `metadata.path` (folder of the notebook).
    """
    about = dict(notebook.metadata.get("reported", {}))
    file = resources.get("metadata", {})
    shift = int(about.get("shift", 0))
    sources = markdown_sources(notebook)
    converted = convert_markdown([*sources.values(), str(about.get("footer", ""))], to, shift)
    footer = converted.pop()
    found = headings_in(converted)
    titled = bool(found) and found[0][0] == 1
    heading = found[0][2] if titled else ""
    title = str(about.get("title") or "").strip() or heading or file.get("name") or "Notebook"
    known = {name: about[name] for name in ("subtitle", "language", "description", "footer") if name in about}
    document = Document(
        title=visible(str(title)),
        shift=shift,
        authors=tuple(map(visible, map(str, about.get("authors", ())))),
        source_names=dict(about.get("source_names", {})),
        downloads=tuple(map(str, about.get("downloads", ()))),
        **{name: visible(str(value)) for name, value in known.items()},
    )
    ready = Content(
        document,
        {},
        found,
        titled,
        footer,
        functools.partial(_place, notebook, document, file),
        Path(file["path"]) if file.get("path") is not None else None,
    )
    html = {
        (index, number): embed_images(
            text,
            notebook.cells[index].get("attachments", {}) if number < 0 else {},
            ready.folder,
            ready.where(index),
        )
        for (index, number), text in zip(sources, converted, strict=True)
    }
    return replace(ready, html=html)


def _place(notebook: Any, document: Document, file: Mapping[str, Any], index: int) -> tuple[str, int]:
    """(notebook's file name, number of the cell in it, from 1) of the cell at an index."""

    def name(cell: Any) -> str:
        fallback = file.get("name")
        return document.source_names.get(cell.get("id", ""), f"{fallback}.ipynb" if fallback else "notebook")

    here = name(notebook.cells[index])
    return here, sum(name(cell) == here for cell in notebook.cells[: index + 1])
