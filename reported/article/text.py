"""Read an article's text, normalise it, divide it into paragraphs, and recognise remains of its web page.

Knows nothing of ledgers. The text itself is neither stored nor sent anywhere, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reported.ground.invisible import BREAKS

LONGEST = 1_000_000  # characters; articles are shorter


class ArticleError(ValueError):
    """A text that cannot be read, or an unknown source; says what was found and what to do."""


_QUOTES = str.maketrans({**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")})
_GROUP_SPACE = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
_LOST_SPACE = re.compile(r"(?<!\d)\u202f|\u202f(?!\d{3}(?!\d))")
_UNSEEN = re.compile(f"[{BREAKS}]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_SIGNATURES = {
    b"%PDF": "a PDF; copy its text into a text file, a blank line between paragraphs",
    b"PK\x03\x04": "a Word file or another archive; save it as plain text in UTF-8",
    b"\xd0\xcf\x11\xe0": "an old Word file; save it as plain text in UTF-8",
    b"{\\rtf": "an RTF file; save it as plain text in UTF-8",
}
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|div|p|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENDED = re.compile(r"[.!?:][\"')\]]*$")
_WRAPPED = 100
"""Longest line of wrapped text, in characters."""


@dataclass(frozen=True)
class Article:
    """An article's text, what its page says about it, and what was guessed while reading."""

    text: str
    publisher: str = ""
    title: str = ""
    published: str = ""
    link: str = ""
    notes: tuple[str, ...] = ()


def read(path: str | Path) -> Article:
    """Read an article from a file: UTF-8 text, with or without a byte order mark, or a saved web page.

    Raises ArticleError for an address, a missing file, a folder, and content that is not UTF-8, binary, empty or too long.
    """
    if match := re.match(r"(https?):/+(.*)", str(path)):
        raise ArticleError(
            f"{match[1]}://{match[2]}: an address, and nothing is fetched; save the page and name its file"
        )
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        found = "a folder" if path.is_dir() else (error.strerror or "not readable").lower()
        raise ArticleError(f"{path.name or path}: {found}; name the text file of an article") from None
    if found := _not_text(data):
        raise ArticleError(f"{path.name}: {found}")
    text = data.decode("utf-8-sig")
    article = _from_page(path, text) if _PAGE.match(text) else Article(text, notes=_layout_notes(text))
    text = article.text
    if not normalise(text):
        raise ArticleError(f"{path.name}: empty; save the article's text in it")
    if len(text) > LONGEST:
        raise ArticleError(
            f"{path.name}: {len(text):,} characters, more than {LONGEST:,}; save one article alone"
        )
    return article


def _from_page(path: Path, page: str) -> Article:
    """Extract the article from a saved page, by trafilatura."""
    import logging

    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import Document
    except ModuleNotFoundError as error:
        advice = 'pip install "reported[report]", or save its text as plain text in UTF-8'
        raise ArticleError(
            f"{path.name}: a web page, which needs {error.name} to be read: {advice}"
        ) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    text = re.sub(r"\n+", "\n\n", (found.text or "") if isinstance(found, Document) else "")
    if not isinstance(found, Document) or not text.strip():
        raise ArticleError(
            f"{path.name}: a web page in which no article was found; save its text as plain text in UTF-8"
        )
    title = " ".join((found.title or "").split())
    if title and normalise(title) not in normalise(text)[: len(title) + 200]:
        text = f"{title}\n\n{text}"
    note = "a saved page: the text, and what the page says of title, day and publisher, were taken out of it; compare them"
    publisher = " ".join((found.sitename or found.hostname or "").split())
    return Article(text, publisher, title, found.date or "", found.url or "", (note,))


def _not_text(data: bytes) -> str:
    """Say what bytes are if they are not UTF-8 text; "" if they are."""
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            return name
    advice = "save the article as plain text in UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"UTF-16; {advice}"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return f"not UTF-8 (line {line}, byte {error.start + 1} is 0x{data[error.start]:02x}); {advice}"
    if control := _CONTROL.search(text):
        line = text[: control.start()].count("\n") + 1
        return f"not text (a control character, U+{ord(control[0]):04X}, in line {line}); {advice}"
    return ""


def paragraphs(text: str) -> list[str]:
    """Return the normalised paragraphs; the headline is paragraph 1.

    Blank lines separate them. Without blank lines each line is one; in wrapped text a short line ends one.
    """
    lines = _lines(text)
    return [" ".join(block) for block in _blocks(lines, layout(text))]


def _lines(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_QUOTES)
    text = _LOST_SPACE.sub(" ", _GROUP_SPACE.sub("\u202f", text))  # thin spaces stay where they group digits
    return [re.sub(r"[^\S\u202f]+", " ", line).strip(" ") for line in text.splitlines()]


def layout(text: str) -> str:
    """Tell how a text is divided: "blank lines", "lines", or "wrapped" without blank lines.

    >>> layout("Fair\\n\\nIt was full."), layout("Fair\\nIt was full.\\nIt rained.")
    ('blank lines', 'lines')
    """
    lines = _lines(text)
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    if len(lines) < 3 or "" in lines:
        return "blank lines"
    inside = [line for line in lines[1:-1] if not _ENDED.search(line)]
    is_wrapped = max(map(len, lines)) <= _WRAPPED and 2 * len(inside) > len(lines) - 2
    return "wrapped" if is_wrapped else "lines"


def _blocks(lines: list[str], layout_: str) -> Iterator[list[str]]:
    width = max(map(len, lines), default=0)
    block: list[str] = []
    for number, line in enumerate(lines):
        if line:
            block.append(line)
        ends_short = (
            layout_ == "wrapped"
            and len(line) < 0.8 * width
            and (_ENDED.search(line) is not None or number == 0)
        )
        if block and (not line or layout_ == "lines" or ends_short):
            yield block
            block = []
    if block:
        yield block


def _layout_notes(text: str) -> tuple[str, ...]:
    guessed = {
        "lines": "each line was taken as a paragraph",
        "wrapped": "a line that ends short was taken as a paragraph's end",
    }
    found = layout(text)
    return (f"no blank lines between paragraphs: {guessed[found]}",) if found in guessed else ()


def normalise(text: str) -> str:
    """Return text in NFC with straight quotes, single spaces, one blank line between paragraphs, nothing invisible."""
    return "\n\n".join(paragraphs(text))


def sha256(text: str) -> str:
    """Return the checksum of the normalised text in hexadecimal, as sources.csv keeps it."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


_LABEL = r"(?:published|updated|posted|last updated)?:?\s*"
_FURNITURE = re.compile(
    rf"""(?:
    (?:a\ )?\d+[\s-]*min(?:ute)?s?\.?(?:[\s-]*(?:read|listen|video|watch))?(?:\ ?time)?
    | (?:reading|listening)\ time:?\ \d+\ min(?:ute)?s?
    | {_LABEL}\d+\ (?:min(?:ute)?|hour|hr|day|week|month)s?\ ago
    | \d+\ (?:comment|share|view|like|repl(?:y|ie)|photo|image)s?
    | (?:comments?|shares?|photos?|images?)\ ?\(?\d+(?:\ (?:of|/)\ \d+)?\)?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATOR = re.compile(r"\s*(?:[|·•–—]|$)\s*")


def page_chrome(paragraph: str) -> list[tuple[int, int]]:
    """Find page chrome in a paragraph: "2 min read", "14 comments", "3 hours ago".

    It counts only if it fills a line of its own, or a part of one between bars or dots.

    >>> page_chrome("By Ana Silva · 2 min read"), page_chrome("The alarm came 2 minutes late")
    ([(15, 25)], [])
    """
    found, start = [], 0
    for separator in _SEPARATOR.finditer(paragraph):
        if _FURNITURE.fullmatch(paragraph, start, separator.start()):
            found.append((start, separator.start()))
        start = separator.end()
    return found
