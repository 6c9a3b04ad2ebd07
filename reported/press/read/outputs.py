"""Choose which MIME type of an output to show; validate the press's own types.

Three types are the press's own, all JSON: a chart, a table, and rows that a build gathers into a file. They are
documented in docs/press.md. Whoever emits them need not know the press, and the press knows nothing of their subject.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reported.press.clean.sanitise import anchor
from reported.press.clean.text import visible
from reported.press.read import foreign

CHART = "application/vnd.reported.chart+json"
TABLE = "application/vnd.reported.table+json"
ROWS = "application/vnd.reported.rows+json"
OURS = (CHART, TABLE, ROWS)
IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/webp", "image/gif")
JSON = "application/json"
PREFERENCE = (CHART, TABLE, "text/html", "text/markdown", *IMAGES, "text/latex", JSON, "text/plain")

_NO_TEXT = re.compile(r"(?is)<(script|style)\b.*?(</\1\s*>|\Z)|<!--.*?-->|<[^>]*>|\s+")
_SCRIPT = re.compile(r"(?i)<script\b")
_TO_TRUST = re.compile(r"Make this Notebook Trusted to load map: File -> Trust Notebook")
_TO_LOAD = "Loading ITables"
_ELEMENT = re.compile(r"(?i)<(?!link\b|meta\b)[a-z]")
_PLAYED = re.compile(r"(?i)<(audio|canvas|embed|iframe|object|video)\b")
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


@dataclass(frozen=True)
class Form:
    """The chosen form of an output. Streams and errors have the kinds "stdout", "stderr" and "error" for type."""

    mime: str
    data: Any
    metadata: Mapping[str, Any]


def choose(output: Mapping[str, Any]) -> Form:
    """The form of an output that a page shows best; its type is "unshown" if none can be shown."""
    kind = output["output_type"]
    if kind == "stream":
        return Form(
            "stderr" if output.get("name") == "stderr" else "stdout", joined(output.get("text", "")), {}
        )
    if kind == "error":
        traceback = "\n".join(joined(line) for line in output.get("traceback", ()))
        return Form("error", traceback or f"{output.get('ename', '')}: {output.get('evalue', '')}", {})
    bundle = output.get("data", {})
    if not _ELEMENT.search(html := joined(bundle.get("text/html", ""))) and not _NO_TEXT.sub("", html):
        bundle = {mime: data for mime, data in bundle.items() if mime != "text/html"}
    other_text = [mime for mime in bundle if mime.startswith("text/") and mime not in PREFERENCE]
    mime = next((mime for mime in (*PREFERENCE[:-1], *other_text, "text/plain") if mime in bundle), "")
    scripted = ""
    if mime == "text/html":
        scripted = foreign.drawn_by(html)
        if foreign.last_frame(html) or not _NO_TEXT.sub("", _loaded(_TO_TRUST.sub("", html))):
            # a script would draw it, or a player show it: a picture beside it says more
            unseen = _PLAYED.search(html) or _SCRIPT.search(html)
            mime = next((picture for picture in IMAGES if picture in bundle), "" if unseen else mime)
    richer = sorted(set(bundle) - {"text/plain", ROWS})
    if not mime and not richer:
        return Form("nothing", "", {})
    if not mime or (mime == "text/plain" and richer):
        other = f"An output of type {visible(richer[0])}"
        if "text/html" in bundle:
            other = (
                "A film or frame" if _PLAYED.search(joined(bundle["text/html"])) else "What a script shows"
            )
        return Form("unshown", unshown(foreign.name_of(bundle) or scripted or other), {})
    metadata = output.get("metadata", {})
    data = bundle[mime]
    if mime == JSON:
        data = json.dumps(data, indent=2, ensure_ascii=False)
    return Form(mime, data if mime in OURS else joined(data), dict(metadata.get(mime) or metadata))


def _loaded(html: str) -> str:
    """HTML without the table that stands in a page until a script, which is not run, has filled it."""
    at = html.find(_TO_LOAD)
    start, end = html.rfind("<table", 0, max(at, 0)), html.find("</table", at)
    return html[:start] + html[end:] if at >= 0 and 0 <= start < end else html


def length(value: Any) -> float:
    """A width as a notebook gives it: 0, which is none, for what is no length at all.

    >>> length(2.5), length("3"), length(-1), length(float("inf"))
    (2.5, 0.0, 0.0, 0.0)
    """
    return float(value) if isinstance(value, int | float) and 0 < value < 1e5 else 0.0


def unshown(what: str) -> str:
    """The sentence that stands for something that no page can show."""
    return f"{what} cannot be shown on a page; open the notebook to see it."


def joined(data: Any) -> str:
    """Notebook text, which nbformat allows to be a list of lines."""
    if isinstance(data, list):
        return "".join(map(str, data))
    return data if isinstance(data, str) else json.dumps(data)


def picture_type(data: bytes) -> str:
    """The MIME type of a picture by its first bytes, "" for anything else."""
    for signature, mime in _SIGNATURES:
        if data.startswith(signature):
            return mime
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    start = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return (
        "image/svg+xml" if start.startswith((b"<svg", b"<?xml", b"<!--")) and b"<svg" in data[:5000] else ""
    )


def picture_bytes(data: str, mime: str) -> bytes:
    """The bytes of a picture as a notebook holds it: SVG as text, all others in base64."""
    if mime == "image/svg+xml":
        return data.encode("utf-8", "replace")
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except binascii.Error:
        return b""


# ---------------------------------------------------------------- the press's own types


def chart(data: Any) -> dict[str, Any]:
    """A chart, checked: title, subtitle, alt, note, and its parts with `wide` and `narrow` drawings."""
    written = _mapping(data, "a chart")
    if not _text(written, "alt").strip():
        raise ValueError("a chart has no alt text: describe it in `alt`")
    parts = written.get("parts")
    if not isinstance(parts, list) or not parts:
        raise ValueError("a chart has no `parts`: give a list of {wide, narrow} drawings (SVG)")
    drawings = []
    for part in parts:
        wide = _text(_mapping(part, "a chart's part"), "wide")
        drawings.append({"wide": wide, "narrow": _text(part, "narrow") or wide})
    texts = {name: _text(written, name) for name in ("title", "subtitle", "alt", "note")}
    return {"id": anchor(_text(written, "id")), "parts": drawings} | texts


def table(data: Any) -> dict[str, Any]:
    """A table, checked and completed: every column and run with all its fields, every row as long as the header."""
    written = _mapping(data, "a table")
    columns: list[dict[str, Any]] = [
        {
            "header": _text(column, "header"),
            "width": length(column.get("width")),
            "number": bool(column.get("number")),
            "filter": bool(column.get("filter")),
        }
        for column in _list(written, "columns", "a table")
    ]
    if not columns:
        raise ValueError("a table has no columns")
    for column in columns:
        if not column["header"].strip():
            raise ValueError("a table has a column without a header")
    rows = []
    for number, row in enumerate(_list(written, "rows", "a table"), 1):
        cells = [[_run(run) for run in _as_list(cell)] for cell in _list(row, "cells", f"row {number}")]
        group = bool(row.get("group"))
        if len(cells) != (1 if group else len(columns)):
            of_group = "; a group's row has one" if group else ""
            raise ValueError(
                f"row {number} of a table has {len(cells)} cells, its header {len(columns)}{of_group}"
            )
        rows.append(
            {"id": anchor(_text(row, "id")), "group": group, "cite": _text(row, "cite"), "cells": cells}
        )
    kind = " ".join(re.findall(r"[a-z][a-z0-9-]*", _text(written, "kind")))
    left_out = written.get("left_out") or ""
    return {
        "id": anchor(_text(written, "id")),
        "caption": _text(written, "caption"),
        "columns": columns,
        "rows": rows,
        "kind": kind,
        "left_out": visible(
            left_out if isinstance(left_out, str) else f"{left_out} more rows are not shown."
        ),
    }


def _run(run: Any) -> dict[str, Any]:
    if isinstance(run, str):
        run = {"text": run}
    href = _text(_mapping(run, "a run"), "href")
    if href.startswith("#"):
        href = f"#{name}" if (name := anchor(href[1:])) else ""
    elif not re.match(r"https?://|mailto:", href):
        href = ""
    return {
        "text": _text(run, "text"),
        "sort": _text(run, "sort"),
        "href": href,
        "strong": bool(run.get("strong")),
        "em": bool(run.get("em")),
        "small": bool(run.get("small")),
        "break": bool(run.get("break")),
        "choices": _texts(run, "choices") or None,
        "class": " ".join(
            name for name in re.findall(r"[a-z][\w-]*", _text(run, "class")) if not name.startswith("page-")
        ),
    }


@dataclass(frozen=True)
class Row:
    """One row that an output asks to be gathered into a file of the report."""

    file: str
    id: str
    same: str
    cells: Mapping[str, str]
    choices: Mapping[str, str]
    anchor: str


def rows(output: Mapping[str, Any]) -> list[Row]:
    """The rows an output carries, none for most. Raises ValueError for rows that are not of the form described."""
    data = (
        output.get("data", {}).get(ROWS)
        if output["output_type"] in ("display_data", "execute_result")
        else None
    )
    if data is None:
        return []
    written = _mapping(data, "rows")
    file = _text(written, "file")
    if not re.fullmatch(r"[A-Za-z0-9][\w-]*\.csv", file):
        raise ValueError(f"rows go to a file such as comparisons.csv, not to {file!r}")
    return [
        Row(
            file=file,
            id=_text(row, "id"),
            same=_text(row, "same"),
            cells=_texts(row, "cells"),
            choices=_texts(row, "choices"),
            anchor=anchor(_text(row, "anchor")),
        )
        for row in _list(written, "rows", "an output of rows")
    ]


def _mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{what} must be a JSON object, not {type(value).__name__}")
    return value


def _list(value: Any, name: str, what: str) -> Sequence[Any]:
    found = _mapping(value, what).get(name)
    if not isinstance(found, list):
        raise ValueError(f"{what} needs a list of {name}")
    return found


def _as_list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _texts(value: Mapping[str, Any], name: str) -> dict[str, str]:
    """An object of texts, empty where it is left out."""
    written = _mapping(value.get(name) or {}, name)
    return {visible(str(key)): _text(written, key) for key in written}


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    return "" if found is None else visible(str(found))
