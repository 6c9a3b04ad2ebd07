"""Markdown, and for print HTML, converted by one pandoc process for all pieces of a document.

What pandoc is asked to do is in markdown.lua; what comes back as HTML is not yet sanitised.
"""

import functools
import html
import importlib.util
import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reported.press import bounded
from reported.press.clean import sanitise

_FOLDER = Path(__file__).parent
_SECONDS, _SECONDS_ALONE = 30, 5
"""For a whole document, and for each of its pieces where that was not enough."""
_ENVIRONMENT = re.compile(r"(?ms)^\\begin\{(\w+\*?)\}.*?\\end\{\1\}[ \t]*$")
_FENCED = re.compile(r"(?ms)^( {0,3}(?:```+|~~~+)).*?(?:^\1[`~]*[ \t]*$|\Z)|\$\$.*?\$\$")
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


def convert(
    pieces: Sequence[Piece],
    to: Literal["html", "typst"],
    anchors: Iterable[str] = (),
    rows: Iterable[str] = (),
    shift: int = 0,
    max_rows: int = 200,
    max_columns: int = 100,
) -> Converted:
    """Convert all pieces, read as JupyterLab reads them. `anchors` and `rows` are the other targets of links.

    Headings of Markdown get unique ids, and levels that neither skip nor repeat the first (none when `shift`
    is 1). Links to an anchor that is not in the document become text, followed by their title in brackets.
    """
    request: dict[str, Any] = {
        "to": to,
        "shift": shift,
        "anchors": sorted(anchors),
        "rows": sorted(rows),
        "max_rows": max_rows,
        "max_columns": max_columns,
        "pieces": [
            {
                "format": piece.format,
                "file": piece.file,
                "text": _with_environments(piece.text) if piece.format == "markdown" else piece.text,
            }
            for piece in pieces
        ],
    }
    unread: set[int] = set()
    try:
        answer = _answer(request, _SECONDS)
    except bounded.Ended:
        unread = _unreadable(request)
        for number in unread:
            request["pieces"][number]["text"] = ""
        answer = _answer(request, _SECONDS)
    return Converted(
        pieces=[
            text if isinstance(text, str) and number not in unread else _unread(piece, to)
            for number, (piece, text) in enumerate(zip(pieces, answer["pieces"], strict=True))
        ],
        headings=[Heading(*heading) for heading in answer["headings"]],
        titled=answer["titled"],
        images=[(piece - 1, address) for piece, address in answer["images"]],
    )


def _answer(request: Mapping[str, Any], seconds: float) -> Any:
    """What markdown.lua answers, after its HTML was cleaned. Raises bounded.Ended."""
    with _PANDOC.program() as program:
        answer = json.loads(program.ask(json.dumps(request).encode(), seconds))
        if "raw" in answer:
            taken: set[str] = set()
            cleaned = [sanitise.prose(html, lambda address: address, taken) for html in answer["raw"]]
            answer = json.loads(program.ask(json.dumps(cleaned).encode(), seconds))
    return answer


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


def _unread(piece: Piece, to: str) -> str:
    if to == "html":
        return f"<p>{UNREADABLE}</p><pre>{html.escape(piece.text)}</pre>"
    return f"#{typst_string(UNREADABLE)}\n\n#listing(raw(block: true, {typst_string(piece.text)}))"


def typst_string(text: str) -> str:
    """A Typst string literal."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "")):
        text = text.replace(sign, written)
    return f'"{text}"'


def _with_environments(source: str) -> str:
    """Jupyter shows a bare `\\begin{align}…\\end{align}` as mathematics; pandoc wants dollar signs."""
    pieces, end = [], 0
    for fenced in [*_FENCED.finditer(source), None]:
        between = source[end : fenced.start() if fenced else None]
        pieces.append(_ENVIRONMENT.sub(lambda found: f"$$\n{found[0]}\n$$", between))
        if fenced:
            pieces.append(fenced[0])
            end = fenced.end()
    return "".join(pieces)


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
