"""Markdown converted by one pandoc process for all pieces of a document, and for print its HTML as Typst.

Formulas do not pass through it (formulas.py): a sign waits in the place of each.
What pandoc is asked to do is in markdown.lua. HTML for a page is not yet sanitised; what goes to print is.
"""

import functools
import html
import importlib.util
import json
import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from reported.press import bounded
from reported.press.clean import formulas, markdown, sanitise, typst, typst_math
from reported.press.clean.formulas import Formula
from reported.press.errors import PressError

_FOLDER = Path(__file__).parent
_SECONDS, _SECONDS_ALONE = 30, 5
"""For a whole document, and for each of its pieces where that was not enough."""
_LONGEST = 2000  # signs of a formula that is shown as TeX
_WAITING = "\uf8f3{}\uf8f4"  # in the place of a formula; these signs of nobody's are written out where a piece holds them
_SIGN = re.compile("\uf8f3(\\d+)\uf8f4")
# where HTML holds text that is not shown as text, or shown as it is written
_AS_WRITTEN = re.compile(r"(?is)<(pre|code|script|style|textarea)\b.*?</\1\s*>|<[^<>]*>")
# links within a document, or to another notebook, and the anchors of cleaned HTML
_HREF = re.compile(r'<a\b[^>]*?\shref="((?![a-z][\w+.-]*:)[^"]*)"', re.IGNORECASE)
_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')
# quotes and lists opened at the start of one line, which pandoc reads in quadratic time
_TOO_DEEP = re.compile(r"(?m)^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){500}")
UNREADABLE = "This text could not be read and is shown as written:"


@dataclass(frozen=True)
class Piece:
    """A text to convert."""

    format: Literal["markdown", "html"]
    text: str
    file: str = ""
    """The notebook that it is in, to tell the headings of several apart."""


@dataclass(frozen=True)
class Heading:
    """A heading of the converted document."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Converted:
    """Pieces in their new form, in order; the outline; whether the first heading is the document's title."""

    pieces: Sequence[str]
    headings: Sequence[Heading]
    titled: bool
    images: Sequence[tuple[int, str]]
    """Pictures named in print: the piece, counted from 0, and the address."""
    faults: Sequence[tuple[int, str, str]] = ()
    """Formulas that are shown as TeX: the piece, the formula, and why."""


def convert(
    pieces: Sequence[Piece],
    to: Literal["html", "typst"],
    anchors: Iterable[str] = (),
    rows: Iterable[str] = (),
    shift: int = 0,
    max_rows: int = 200,
    max_columns: int = 100,
    as_tex: Mapping[int, str] = MappingProxyType({}),
) -> Converted:
    """Convert all pieces, read as JupyterLab reads them. `anchors` and `rows` are the other targets of links.

    Headings of Markdown get unique ids, and levels that neither skip nor repeat the first (none when `shift`
    is 1). Links to an anchor that is not in the document become text, followed by their title in brackets.
    `as_tex` are formulas, by number, that are not to be set, with the reason.
    """
    found: list[Formula] = []
    piece_of: list[int] = []

    def keep_for(number: int) -> Callable[[Formula], str]:
        def keep(formula: Formula) -> str:
            found.append(formula)
            piece_of.append(number)
            return _WAITING.format(len(found) - 1)

        return keep

    texts = []
    for number, piece in enumerate(pieces):
        text = re.sub("[\uf8f3\uf8f4]", lambda sign: f"⟨U+{ord(sign[0]):04X}⟩", piece.text)
        if piece.format == "markdown":
            texts.append(markdown.rewritten(formulas.separate(text, keep_for(number))))
        else:
            cleaned = sanitise.output(text, lambda address: address)
            texts.append(formulas.separate_markup(cleaned, keep_for(number)))
    asked = [number for number, piece in enumerate(pieces) if piece.format == "markdown"]
    links = sorted(
        {
            (piece.file, html.unescape(address))
            for piece, text in zip(pieces, texts, strict=True)
            if piece.format == "html"
            for address in _HREF.findall(text)
        }
    )
    request: dict[str, Any] = {
        "shift": shift,
        "anchors": sorted(anchors),
        "rows": sorted(rows),
        "pieces": [{"file": pieces[number].file, "text": texts[number]} for number in asked],
        "formulas": [{"source": formula.source, "tex": formula.tex} for formula in found],
        "links": links,
    }
    unread = {place for place, number in enumerate(asked) if _TOO_DEEP.search(texts[number])}
    for place in unread:
        request["pieces"][place]["text"] = ""
    try:
        answer = _answer(request, _SECONDS)
    except bounded.Ended:
        unread |= _unreadable(request)
        for place in unread:
            request["pieces"][place]["text"] = ""
        try:
            answer = _answer(request, _SECONDS)
        except bounded.Ended as ended:  # whatever the text
            raise PressError(f"text cannot be converted: pandoc ended: {ended}") from None
    unread |= {number for number, text in enumerate(answer["pieces"]) if not isinstance(text, str)}
    for place, number in enumerate(asked):
        texts[number] = answer["pieces"][place] or ""
    headings = [Heading(*heading) for heading in answer["headings"]]
    titled, images = answer["titled"], []
    if to == "typst":
        taken = {*request["anchors"], *request["rows"]}
        for number in asked:
            cleaned = sanitise.prose(texts[number], lambda address: address, taken)
            texts[number] = formulas.separate_markup(cleaned, keep_for(number))
        resolved = {tuple(link): id or "" for link, id in zip(links, answer["links"], strict=True)}
        known = taken.union(*(_ID.findall(text) for text in texts))
        sources = [(formula.source, formula.tex) for formula in found]
        numbered = {heading.id for heading in headings}
        writer = typst.Writer(max_rows, max_columns, known, sources, numbered, shift)
        for number, piece in enumerate(pieces):

            def resolve(address: str, piece: Piece = piece) -> str:
                if piece.format == "html":
                    return resolved.get((piece.file, address), "")
                return address[1:] if address.startswith("#") else ""

            writer.resolve = resolve
            texts[number] = writer.written(texts[number], number)
        titled, images = writer.titled, writer.images
    made = formulas.convert(found)
    shown = [
        _formula(number, formula, converted, to, number in as_tex)
        for number, (formula, converted) in enumerate(zip(found, made, strict=True))
    ]
    unreadable = {asked[number] for number in unread}
    return Converted(
        pieces=[
            _unread(piece, to) if number in unreadable else _with_formulas(text, found, shown, to)
            for number, (piece, text) in enumerate(zip(pieces, texts, strict=True))
        ],
        headings=headings,
        titled=titled,
        images=images,
        faults=[
            (piece, formula.source, fault)
            for number, (piece, formula, each) in enumerate(zip(piece_of, found, made, strict=True))
            if (fault := as_tex.get(number) or each.fault)
        ],
    )


def _answer(request: Mapping[str, Any], seconds: float) -> Any:
    """Return the answer of markdown.lua. Raises bounded.Ended."""
    return json.loads(_answered(json.dumps(request).encode(), seconds))


@functools.lru_cache(maxsize=2)
def _answered(request: bytes, seconds: float) -> bytes:
    """The answer as it came, kept while the same notebook is made a page and a PDF."""
    return _PANDOC.ask(request, seconds)


def _unreadable(request: Mapping[str, Any]) -> set[int]:
    """The pieces, counted from 0, that pandoc cannot convert alone, within bounds of time and memory."""
    found = set()
    until = time.monotonic() + _SECONDS
    for number, piece in enumerate(request["pieces"]):
        try:
            if time.monotonic() > until:
                raise bounded.Ended
            _answer({**request, "pieces": [piece]}, _SECONDS_ALONE)
        except bounded.Ended:
            found.add(number)
    return found


def _formula(number: int, formula: Formula, made: formulas.Converted, to: str, as_tex: bool) -> str:
    """A formula in the target's own form; where it cannot be set, as it was written."""
    if made.fault or as_tex:
        tex = formula.source if len(formula.source) <= _LONGEST else f"{formula.source[:_LONGEST]} …"
        return f"<code>{html.escape(tex)}</code>" if to == "html" else f"#raw({typst.string(tex)});"
    if not made.mathml:
        return ""
    if to == "html":
        return made.mathml.replace("\u2063", "")  # stands for a brace that is not there
    try:
        set_as = typst_math.written(made.mathml)
    except (ElementTree.ParseError, ValueError):  # somebody's own MathML
        return f"#raw({typst.string(formula.tex)});"
    block = "true" if formula.display else "false"
    tex, beside = typst.string(formula.tex), typst.string(set_as.number)
    space = " " if formula.display else ""
    # on a line of its own, by which Typst's complaints are known
    return f"#formula({tex}, {block}, {beside},\n// formula {number}\n${space}{set_as.body}{space}$);"


def _with_formulas(text: str, found: Sequence[Formula], shown: Sequence[str], to: str) -> str:
    """The text with the formulas in their places."""
    if "\uf8f3" not in text:
        return text
    if to == "html":
        text = _AS_WRITTEN.sub(
            lambda part: _SIGN.sub(lambda sign: html.escape(found[int(sign[1])].source), part[0]), text
        )
    return _SIGN.sub(lambda sign: shown[int(sign[1])], text)


def _unread(piece: Piece, to: str) -> str:
    if to == "html":
        return f"<p>{UNREADABLE}</p><pre>{html.escape(piece.text)}</pre>"
    return f"#{typst.string(UNREADABLE)}\n\n#listing(raw(block: true, {typst.string(piece.text)}))"


def _command() -> list[str]:
    # a small heap, and no major garbage collection below 64 MB: pandoc's defaults double the time; at most 1 GB
    limits = ["+RTS", "-H4m", "-O64m", "-M1g", "-RTS"]
    return [_binary(), *limits, "lua", str(_FOLDER / "answer.lua"), str(_FOLDER / "markdown.lua")]


_PANDOC = bounded.Pool(_command)


@functools.cache
def _binary() -> str:
    """The pandoc inside the pypandoc wheel (asking pypandoc for its path takes a quarter of a second)."""
    package = importlib.util.find_spec("pypandoc")
    for folder in (package.submodule_search_locations if package else None) or ():
        for name in ("pandoc", "pandoc.exe"):
            if (binary := Path(folder, "files", name)).is_file():
                return str(binary)
    raise FileNotFoundError("pandoc is missing: pip install pypandoc_binary")
