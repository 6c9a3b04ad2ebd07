"""The text of an article: read, normalised, divided into paragraphs; and what of a page around it has got into it.

Knows nothing of ledgers. The text itself is neither stored nor sent anywhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

LONGEST = 1_000_000  # characters; articles are shorter


class ArticleError(ValueError):
    """A text that cannot be read, or a source that is not known; says what was found and what to do."""


_QUOTES = str.maketrans({**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")})
_GROUP_SPACE = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
_LOST_SPACE = re.compile(r"(?<!\d)\u202f|\u202f(?!\d{3}(?!\d))")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_SIGNATURES = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word file or other archive", b"{\\rtf": "an RTF file"}


def read(path: str | Path) -> str:
    """The text of an article's file (UTF-8, with or without a byte order mark).

    Raises ArticleError where there is no such text: file missing, a folder, not UTF-8, binary, empty, too long.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        found = "a folder" if path.is_dir() else (error.strerror or "not readable").lower()
        raise ArticleError(f"{path.name or path}: {found}; name the text file of an article") from None
    found = _not_text(data)
    if found:
        raise ArticleError(f"{path.name}: {found}; save the article as plain text in UTF-8")
    text = data.decode("utf-8-sig")
    if not normalise(text):
        raise ArticleError(f"{path.name}: empty; save the article's text in it")
    if len(text) > LONGEST:
        raise ArticleError(
            f"{path.name}: {len(text):,} characters, more than {LONGEST:,}; save one article alone"
        )
    return text


def _not_text(data: bytes) -> str:
    """What bytes are if they are not UTF-8 text; "" if they are."""
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            return name
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return f"not UTF-8 (line {line}, byte {error.start + 1} is 0x{data[error.start]:02x})"
    if control := _CONTROL.search(text):
        line = text[: control.start()].count("\n") + 1
        return f"not text (a control character, U+{ord(control[0]):04X}, in line {line})"
    is_html = re.match(r"\s*<(?:!doctype html|html|head|body|div|p|article)\b", text, re.IGNORECASE)
    return "a web page" if is_html else ""


def paragraphs(text: str) -> list[str]:
    """The text's blank-line blocks, normalised; the headline is the first, and paragraph 1."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_QUOTES)
    text = _LOST_SPACE.sub(" ", _GROUP_SPACE.sub("\u202f", text))  # thin spaces stay where they group digits
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        line = re.sub(r"[^\S\u202f]+", " ", line).strip(" ")
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [" ".join(block) for block in blocks if block]


def normalise(text: str) -> str:
    """NFC, straight quotes, single spaces, trimmed, one blank line between paragraphs, nothing invisible."""
    return "\n\n".join(paragraphs(text))


def sha256(text: str) -> str:
    """Checksum of the normalised text, in hexadecimal: what sources.csv keeps of an article."""
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


def furniture(paragraph: str) -> list[tuple[int, int]]:
    """Where a page's own furniture is in a paragraph: "2 min read", "14 comments", "3 hours ago".

    It is furniture only where it fills a line of its own, or a part of one between bars or dots.

    >>> furniture("By Ana Silva · 2 min read"), furniture("The alarm came 2 minutes late")
    ([(15, 25)], [])
    """
    found, start = [], 0
    for separator in _SEPARATOR.finditer(paragraph):
        if _FURNITURE.fullmatch(paragraph, start, separator.start()):
            found.append((start, separator.start()))
        start = separator.end()
    return found
